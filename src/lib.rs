//! chancery: a knowledge-graph builder for crypto policy.
pub mod data;
pub mod extract;
pub mod frame;
pub mod lexicon;
pub mod model;
