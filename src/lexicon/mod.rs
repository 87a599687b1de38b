//! What data/ knows of names and words.

mod gazetteer;

pub use gazetteer::{Entry, Gazetteer, Names, Office};
