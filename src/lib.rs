#![doc = include_str!("../README.md")]

pub mod claims;
pub mod curate;
pub mod data;
pub mod diagram;
mod digest;
pub mod document;
pub mod export;
pub mod extract;
pub mod frame;
pub mod graph;
pub mod lexicon;
pub mod model;
pub mod parallel;
pub mod query;
pub mod rdf;
pub mod resolve;
pub mod store;
pub mod table;
pub mod text;
