//! From the log to everything that is computed from it.

use super::{Basis, Meta};
use crate::curate::State;
use crate::model::{ClaimsDocument, Knowledge};
use crate::rdf;
use crate::resolve::{Blocks, Former, Resolved};

/// What a generation holds beside its log.
pub(super) struct Derived {
    pub knowledge: Knowledge,
    /// Sorted.
    pub nquads: String,
    pub meta: Meta,
    /// What became of each decision.
    pub states: Vec<State>,
    pub blocks: Blocks,
}

/// The same documents and data give the same, in any order, and with or without what was made before.
pub(super) fn derive(docs: &[ClaimsDocument], basis: &Basis, base: &str, former: Option<Former>) -> Derived {
    let Resolved { documents, knowledge, states, blocks } = basis.resolve(docs, former);
    let nquads = nquads(&knowledge, &documents, basis, base);
    let mut meta = Meta::count(docs, &knowledge, nquads.bytes().filter(|b| *b == b'\n').count());
    meta.program = env!("CARGO_PKG_VERSION").to_string();
    meta.data = basis.hash();
    Derived { knowledge, nquads, meta, states, blocks }
}

/// The graph of some knowledge in its reference form.
pub(super) fn nquads(knowledge: &Knowledge, docs: &[ClaimsDocument], basis: &Basis, base: &str) -> String {
    rdf::nquads_sorted(&rdf::quads(knowledge, docs, &basis.frames, &basis.gazetteer, base))
}
