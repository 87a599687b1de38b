use super::xml::escape;
use super::{Export, ExportError, Input, Options, day};
use crate::graph::{Arrow, Node, View};
use crate::model::Thing;
use crate::rdf::vocab::Iris;
use petgraph::visit::EdgeRef;
use std::io::Write;

/// A graph for Gephi, networkx, igraph, Cytoscape.
pub struct GraphMl;

/// An attribute: where it stands, its name and its type.
pub(super) type Key = (&'static str, &'static str, &'static str);

/// In the order in which they are written. What a node or an edge has not is left out.
pub(super) const KEYS: &[Key] = &[
    ("node", "label", "string"),
    ("node", "kind", "string"),
    ("node", "country", "string"),
    ("node", "wikidata", "string"),
    ("node", "iri", "string"),
    ("edge", "label", "string"),
    ("edge", "frame", "string"),
    ("edge", "detail", "string"),
    ("edge", "date", "string"),
    ("edge", "year", "int"),
    ("edge", "earliest", "string"),
    ("edge", "latest", "string"),
    ("edge", "until", "string"),
    ("edge", "status", "string"),
    ("edge", "modality", "string"),
    ("edge", "polarity", "string"),
    ("edge", "mutual", "boolean"),
    ("edge", "sources", "int"),
    ("edge", "confidence", "double"),
    ("edge", "fact", "string"),
];

impl Export for GraphMl {
    fn name(&self) -> &'static str {
        "graphml"
    }

    fn extension(&self) -> &'static str {
        "graphml"
    }

    fn description(&self) -> &'static str {
        "GraphML: a graph for Gephi, networkx, igraph, Cytoscape; an edge a fact and pair"
    }

    fn selects(&self) -> bool {
        true
    }

    fn write(&self, input: &Input, options: &Options, out: &mut dyn Write) -> Result<(), ExportError> {
        let view = View::new(input.knowledge, input.frames, &options.selection)?;
        let iris = Iris::new(input.base);
        writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
        writeln!(
            out,
            "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" \
             xsi:schemaLocation=\"http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd\">"
        )?;
        for (place, name, kind) in KEYS {
            writeln!(out, "  <key id=\"{place}-{name}\" for=\"{place}\" attr.name=\"{name}\" attr.type=\"{kind}\"/>")?;
        }
        writeln!(out, "  <graph id=\"chancery\" edgedefault=\"directed\">")?;
        for node in view.graph.node_weights() {
            writeln!(out, "    <node id=\"{}\">", escape(&node.id))?;
            data(out, "node", &node_values(node, input.knowledge.things.get(&node.id), &iris))?;
            writeln!(out, "    </node>")?;
        }
        for (number, edge) in view.graph.edge_references().enumerate() {
            let [from, to] = [edge.source(), edge.target()].map(|n| escape(&view.graph[n].id));
            writeln!(out, "    <edge id=\"e{}\" source=\"{from}\" target=\"{to}\">", number + 1)?;
            data(out, "edge", &edge_values(edge.weight(), input))?;
            writeln!(out, "    </edge>")?;
        }
        writeln!(out, "  </graph>\n</graphml>")?;
        Ok(())
    }
}

pub(super) fn node_values(node: &Node, thing: Option<&Thing>, iris: &Iris) -> Vec<(&'static str, Option<String>)> {
    vec![
        ("label", Some(node.label.clone())),
        ("kind", Some(node.sort.name().to_string())),
        ("country", thing.and_then(|t| t.country.clone())),
        ("wikidata", thing.and_then(|t| t.wikidata.clone())),
        ("iri", super::iri(node, iris)),
    ]
}

pub(super) fn edge_values(arrow: &Arrow, input: &Input) -> Vec<(&'static str, Option<String>)> {
    let fact = input.knowledge.facts.get(&arrow.fact);
    vec![
        ("label", Some(arrow.verb.clone())),
        ("frame", Some(arrow.frame.clone())),
        ("detail", arrow.detail.clone()),
        ("date", arrow.date.map(|d| d.to_string())),
        ("year", arrow.date.map(|d| d.year().to_string())),
        ("earliest", arrow.date.map(|d| day(d.earliest()))),
        ("latest", arrow.date.map(|d| day(d.latest()))),
        ("until", arrow.until.map(|d| d.to_string())),
        ("status", Some(arrow.status.name().to_string())),
        ("modality", fact.map(|f| f.modality.name().to_string())),
        ("polarity", fact.map(|f| f.polarity.name().to_string())),
        ("mutual", Some(arrow.mutual.to_string())),
        ("sources", fact.map(|f| f.sources.to_string())),
        ("confidence", fact.map(|f| f.confidence.decimal())),
        ("fact", Some(arrow.fact.clone())),
    ]
}

fn data(out: &mut dyn Write, place: &str, values: &[(&str, Option<String>)]) -> Result<(), ExportError> {
    for (name, value) in values {
        if let Some(value) = value {
            writeln!(out, "      <data key=\"{place}-{name}\">{}</data>", escape(value))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::{Sort, Status};

    #[test]
    fn every_value_has_a_declared_key() {
        let node = Node { id: "x".into(), label: "X".into(), sort: Sort::Concept };
        let iris = Iris::new(crate::rdf::vocab::BASE);
        let arrow = Arrow {
            frame: "ban".into(),
            verb: "banned".into(),
            detail: None,
            date: None,
            until: None,
            status: Status::Actual,
            mutual: false,
            fact: "f".into(),
        };
        let knowledge = crate::model::Knowledge::default();
        let input = Input {
            knowledge: &knowledge,
            frames: crate::frame::Frames::embedded(),
            documents: &[],
            quads: &|| Box::new(std::iter::empty()),
            base: crate::rdf::vocab::BASE,
        };
        let written = node_values(&node, None, &iris).into_iter().map(|(n, _)| ("node", n));
        let written = written.chain(edge_values(&arrow, &input).into_iter().map(|(n, _)| ("edge", n)));
        assert!(written.eq(KEYS.iter().map(|(place, name, _)| (*place, *name))));
    }
}
