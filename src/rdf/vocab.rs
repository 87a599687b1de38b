//! Every IRI that the graph uses, in one place.

/// The ontology's namespace.
pub const NS: &str = "https://w3id.org/chancery/ns/1#";
/// The base of the data's IRIs unless a store has its own.
pub const BASE: &str = "https://w3id.org/chancery/id/";
