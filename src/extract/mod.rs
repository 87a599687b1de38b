//! From a document to its claims, driven by data/ alone.
//!
//! A passage goes through five steps: `names` (what is named), `words` (what each token is), `chunk` and
//! `clause` (phrases and clauses), `discourse` (what a phrase means), `fill` (which construction it fits);
//! `status` says whether it happened, and `build` writes the claims.

mod build;
mod chunk;
mod clause;
mod discourse;
mod engine;
mod fill;
mod names;
mod office;
mod pattern;
mod predicate;
mod status;
mod words;

pub use engine::Engine;
pub use pattern::{Pattern, PatternError, PrepositionSlot, Slot};

use crate::model::{ClaimsDocument, Document, Extractor};

/// Something that reads a document and states its claims.
pub trait Extract: Sync {
    /// Name and version, kept in each claims document. The version changes with anything that can change a claim.
    fn identity(&self) -> Extractor;

    /// The claims of one document, without ids ([`crate::claims::assign_ids`] gives them); never fails: a text that states
    /// nothing gives none.
    fn extract(&self, document: &Document) -> ClaimsDocument;
}
