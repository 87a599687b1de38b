//! Knowledge as a graph of nodes and arrows, to be drawn, measured and walked.

mod select;

pub use select::{Selection, SelectionError};
