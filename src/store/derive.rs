//! From the log to everything that is computed from it.

use super::{Basis, Meta};
use crate::curate::State;
use crate::model::{ClaimsDocument, Knowledge};
use crate::rdf;
use crate::resolve::Resolved;

/// What a generation holds beside its log.
pub(super) struct Derived {
    pub knowledge: Knowledge,
    /// Sorted.
    pub nquads: String,
    pub meta: Meta,
    /// What became of each decision.
    pub states: Vec<State>,
}

/// The same documents and data give the same, in any order.
pub(super) fn derive(docs: &[ClaimsDocument], basis: &Basis, base: &str) -> Derived {
    let Resolved { documents, knowledge, states } = basis.resolve(docs);
    let nquads = nquads(&knowledge, &documents, basis, base);
    let mut meta = Meta::count(docs, &knowledge, nquads.bytes().filter(|b| *b == b'\n').count());
    meta.program = env!("CARGO_PKG_VERSION").to_string();
    meta.data = basis.hash();
    Derived { knowledge, nquads, meta, states }
}

/// The graph of some knowledge in its reference form.
pub(super) fn nquads(knowledge: &Knowledge, docs: &[ClaimsDocument], basis: &Basis, base: &str) -> String {
    rdf::nquads_sorted(&rdf::quads(knowledge, docs, &basis.frames, &basis.gazetteer, base))
}
