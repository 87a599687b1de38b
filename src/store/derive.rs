//! From the log to everything that is computed from it.

use super::{Basis, Meta};
use crate::model::{ClaimsDocument, Knowledge};
use crate::{rdf, resolve};

/// What a generation holds beside its log.
pub(super) struct Derived {
    pub knowledge: Knowledge,
    /// Sorted.
    pub nquads: String,
    pub meta: Meta,
}

/// The same documents and data give the same, in any order.
pub(super) fn derive(docs: &[ClaimsDocument], basis: &Basis, base: &str) -> Derived {
    let knowledge = resolve::resolve(docs, &basis.gazetteer, &basis.frames);
    let nquads = nquads(&knowledge, docs, basis, base);
    let mut meta = Meta::count(docs, &knowledge, nquads.bytes().filter(|b| *b == b'\n').count());
    meta.program = env!("CARGO_PKG_VERSION").to_string();
    meta.data = basis.hash();
    Derived { knowledge, nquads, meta }
}

/// The graph of some knowledge in its reference form.
pub(super) fn nquads(knowledge: &Knowledge, docs: &[ClaimsDocument], basis: &Basis, base: &str) -> String {
    rdf::nquads_sorted(&rdf::quads(knowledge, docs, &basis.frames, &basis.gazetteer, base))
}
