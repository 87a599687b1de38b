//! Knowledge as RDF: plain RDF 1.1 without blank nodes, in standard vocabularies wherever they have the term.
//!
//! Things and facts stand in the default graph; each document is a named graph with its metadata and its claims. A
//! claim `ch:supports` a fact, `prov:wasDerivedFrom` its document, and carries its quote. [`ontology`] says what the
//! terms of our own mean; it is generated from data/frames and data/concepts.toml, so that it cannot drift.

mod documents;
mod entities;
mod facts;
mod ontology;
pub mod vocab;

pub use ontology::{OntologyError, ontology, ontology_turtle};

use crate::frame::Frames;
use crate::lexicon::Gazetteer;
use crate::model::{ClaimsDocument, Knowledge};
use oxigraph::model::{GraphName, Literal, NamedNode, Quad, Term};
use vocab::Iris;

/// The whole graph.
///
/// `docs` are the documents that `knowledge` was resolved from; `base` is what the data's IRIs start with
/// ([`vocab::BASE`] unless a store has its own). The quads come in a fixed order, without doubles.
pub fn quads(
    knowledge: &Knowledge,
    docs: &[ClaimsDocument],
    frames: &Frames,
    gazetteer: &Gazetteer,
    base: &str,
) -> Vec<Quad> {
    let iris = Iris::new(base);
    let mut out = Out { quads: Vec::new(), graph: GraphName::DefaultGraph };
    facts::facts(&mut out, knowledge, frames, &iris);
    entities::entities(&mut out, knowledge, docs, gazetteer, &iris);
    documents::documents(&mut out, knowledge, docs, &iris);
    out.quads
}

/// One line a quad, sorted, without doubles: the reference form.
pub fn nquads_sorted(quads: &[Quad]) -> String {
    let mut lines: Vec<String> = quads.iter().map(|q| format!("{q} .\n")).collect();
    lines.sort();
    lines.dedup();
    lines.concat()
}

/// Where quads are put.
struct Out {
    quads: Vec<Quad>,
    graph: GraphName,
}

impl Out {
    fn put(&mut self, subject: &NamedNode, predicate: NamedNode, object: impl Into<Term>) {
        self.quads.push(Quad::new(subject.clone(), predicate, object, self.graph.clone()));
    }

    fn a(&mut self, subject: &NamedNode, class: NamedNode) {
        self.put(subject, vocab::term(vocab::RDF, "type"), class);
    }
}

/// A literal of a type of XML Schema.
fn typed(text: impl Into<String>, datatype: &str) -> Literal {
    Literal::new_typed_literal(text, vocab::term(vocab::XSD, datatype))
}

/// A text in a language; without one where the tag is none.
fn tagged(text: &str, language: &str) -> Literal {
    Literal::new_language_tagged_literal(text, language).unwrap_or_else(|_| Literal::new_simple_literal(text))
}
