use super::graphml::{KEYS, Key, edge_values, node_values};
use super::{Export, ExportError, Input, Options};
use crate::graph::View;
use crate::rdf::vocab::Iris;
use petgraph::visit::EdgeRef;
use serde_json::{Map, Value};
use std::io::{self, Write};

/// The graph as networkx' `node_link_graph`, igraph, Cytoscape, Gephi and ipysigma read it.
pub struct NodeLink;

impl Export for NodeLink {
    fn name(&self) -> &'static str {
        "node-link"
    }

    fn extension(&self) -> &'static str {
        "json"
    }

    fn description(&self) -> &'static str {
        "node-link JSON: the graph of graphml for networkx (node_link_graph), ipysigma, D3"
    }

    fn selects(&self) -> bool {
        true
    }

    /// A node, then an edge a line. `key` tells parallel edges apart: it is the edge's number.
    fn write(&self, input: &Input, options: &Options, out: &mut dyn Write) -> Result<(), ExportError> {
        let view = View::new(input.knowledge, input.frames, &options.selection)?;
        let iris = Iris::new(input.base);
        writeln!(out, "{{\"directed\":true,\"multigraph\":true,\"graph\":{{\"name\":\"chancery\"}},\"nodes\":[")?;
        let nodes = view.graph.node_weights().map(|node| {
            let own = [("id", Value::from(node.id.as_str()))];
            object(own, "node", node_values(node, input.knowledge.things.get(&node.id), &iris))
        });
        lines(nodes, out)?;
        writeln!(out, "],\"edges\":[")?;
        let edges = view.graph.edge_references().enumerate().map(|(number, edge)| {
            let [from, to] = [edge.source(), edge.target()].map(|n| Value::from(view.graph[n].id.as_str()));
            let own = [("source", from), ("target", to), ("key", Value::from(number + 1))];
            object(own, "edge", edge_values(edge.weight(), input))
        });
        lines(edges, out)?;
        writeln!(out, "]}}")?;
        Ok(())
    }
}

fn lines(objects: impl Iterator<Item = Map<String, Value>>, out: &mut dyn Write) -> io::Result<()> {
    for (number, object) in objects.enumerate() {
        if number > 0 {
            out.write_all(b",\n")?;
        }
        serde_json::to_writer(&mut *out, &object)?;
    }
    writeln!(out)
}

/// What a node or an edge has not is left out.
fn object<const N: usize>(
    own: [(&'static str, Value); N],
    place: &str,
    values: Vec<(&'static str, Option<String>)>,
) -> Map<String, Value> {
    let mut object: Map<String, Value> = own.into_iter().map(|(name, value)| (name.to_string(), value)).collect();
    for (name, value) in values {
        if let Some(value) = value {
            let is_text = |(at, key, kind): &Key| *at == place && *key == name && *kind == "string";
            // Numbers and truths look in JSON as they do in GraphML.
            let typed = if KEYS.iter().any(is_text) { None } else { serde_json::from_str(&value).ok() };
            object.insert(name.to_string(), typed.unwrap_or(Value::String(value)));
        }
    }
    object
}
