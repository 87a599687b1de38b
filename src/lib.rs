//! chancery: a knowledge-graph builder for crypto policy.
pub mod data;
pub mod frame;
pub mod model;
