//! Tokens, sentences, numbers and dates of a passage, by byte offsets into the document's full text.

mod date;
mod hits;
mod number;
mod sentence;
mod token;

pub use date::{DateExpr, dates};
pub use hits::{Found, Hit, Hits, tags};
pub use number::{Measure, measures, number_token};
pub use sentence::sentences;
pub use token::{Token, Tokens, tokenize};
