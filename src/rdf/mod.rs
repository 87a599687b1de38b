//! Knowledge as RDF.
use crate::frame::Frames;
use crate::lexicon::Gazetteer;
use crate::model::{ClaimsDocument, Knowledge};
use oxigraph::model::{Quad, Triple};

pub mod vocab;

/// The graph: entities and facts in the default graph, each document's metadata and claims in its named graph.
pub fn quads(
    knowledge: &Knowledge,
    docs: &[ClaimsDocument],
    frames: &Frames,
    gazetteer: &Gazetteer,
    base: &str,
) -> Vec<Quad> {
    let _ = (knowledge, docs, frames, gazetteer, base);
    Vec::new()
}

/// The ontology's generated part.
pub fn ontology(frames: &Frames) -> Vec<Triple> {
    let _ = frames;
    Vec::new()
}

/// One line a quad, sorted, without doubles: the reference form.
pub fn nquads_sorted(quads: &[Quad]) -> String {
    let mut lines: Vec<String> = quads.iter().map(|q| format!("{q} .\n")).collect();
    lines.sort();
    lines.dedup();
    lines.concat()
}
