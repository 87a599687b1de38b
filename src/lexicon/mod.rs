//! What data/ knows of names and words.

mod gazetteer;
mod names;

pub use gazetteer::{Entry, Gazetteer, Names, Office};
pub use names::{NameRules, fold};
