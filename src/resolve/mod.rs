//! From mentions to things and from claims to facts.
use crate::frame::Frames;
use crate::lexicon::Gazetteer;
use crate::model::{ClaimsDocument, Knowledge};

/// Everything that some documents say together. The order of the documents does not matter.
pub fn resolve(docs: &[ClaimsDocument], gazetteer: &Gazetteer, frames: &Frames) -> Knowledge {
    let _ = (docs, gazetteer, frames);
    Knowledge::default()
}
