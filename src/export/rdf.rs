//! What the RDF formats share: prefixes, order, and Oxigraph's serializers.

use super::{ExportError, Input};
use crate::rdf::vocab;
use oxigraph::io::{RdfFormat, RdfSerializer};
use oxigraph::model::vocab::rdf;
use oxigraph::model::{GraphName, Quad, Term};
use std::io::{self, Write};

/// The store's graph.
pub(super) fn quads(input: &Input) -> Result<Vec<Quad>, ExportError> {
    (input.quads)().collect::<Result<_, _>>().map_err(ExportError::Graph)
}

/// The quads as triples: the union of the graphs.
pub(super) fn union(mut quads: Vec<Quad>) -> Vec<Quad> {
    for quad in &mut quads {
        quad.graph_name = GraphName::DefaultGraph;
    }
    quads
}

/// Sorts of subjects, in the order in which they are read best; those of none stand before the documents.
const ORDER: [&str; 3] = ["entity/", "fact/", "contradiction/"];
const EVIDENCE: [&str; 2] = ["document/", "claim/"];

/// In the order in which they are read best: graph by graph, the default one first, subject by subject, its type first.
pub(super) fn sorted(mut quads: Vec<Quad>, base: &str) -> Vec<Quad> {
    let rank = |subject: &str| {
        let sort = subject.strip_prefix('<').and_then(|s| s.strip_prefix(base)).unwrap_or("");
        let first = ORDER.iter().position(|s| sort.starts_with(s));
        let last = EVIDENCE.iter().position(|s| sort.starts_with(s));
        first.unwrap_or(last.map_or(ORDER.len(), |n| ORDER.len() + 1 + n))
    };
    quads.sort_by_cached_key(|q| {
        let graph = match &q.graph_name {
            GraphName::DefaultGraph => String::new(),
            other => other.to_string(),
        };
        let subject = q.subject.to_string();
        let predicate = q.predicate.as_str().to_string();
        (graph, rank(&subject), subject, q.predicate != rdf::TYPE, predicate, q.object.to_string())
    });
    quads.dedup();
    quads
}

/// Namespaces with a prefix each. Data has one for each sort, as a prefix's local name cannot hold a slash.
fn prefixes(base: &str) -> impl Iterator<Item = (String, String)> {
    let own = ["entity", "fact", "claim", "document", "source", "quantity"];
    let own = own.map(|sort| (sort.to_string(), format!("{base}{sort}/")));
    let others = vocab::PREFIXES.iter().filter(|(prefix, _)| *prefix != "id");
    others.map(|(prefix, namespace)| ((*prefix).to_string(), (*namespace).to_string())).chain(own)
}

/// Writes quads in the order given.
pub(super) fn serialize(format: RdfFormat, base: &str, quads: &[Quad], out: &mut dyn Write) -> Result<(), ExportError> {
    let mut serializer = RdfSerializer::from_format(format);
    for (prefix, namespace) in prefixes(base) {
        serializer = serializer.with_prefix(prefix, namespace).map_err(io::Error::other)?;
    }
    // The serializer writes in very small pieces.
    let mut writer = serializer.for_writer(io::BufWriter::new(out));
    for quad in quads {
        if format.supports_datasets() {
            writer.serialize_quad(quad)?;
        } else {
            writer.serialize_triple(quad.as_ref())?;
        }
    }
    writer.finish()?.flush()?;
    Ok(())
}

/// Literals without the characters that XML 1.0 cannot hold, each replaced by U+FFFD.
pub(super) fn for_xml(mut quads: Vec<Quad>) -> Vec<Quad> {
    for quad in &mut quads {
        if let Term::Literal(literal) = &quad.object
            && let Some(text) = super::xml::clean(literal.value())
        {
            quad.object = match literal.language() {
                Some(language) => oxigraph::model::Literal::new_language_tagged_literal_unchecked(text, language),
                None => oxigraph::model::Literal::new_typed_literal(text, literal.datatype().into_owned()),
            }
            .into();
        }
    }
    quads
}
