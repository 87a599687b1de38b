use super::graphml::{KEYS, edge_values, node_values};
use super::{Export, ExportError, Input, Options};
use crate::graph::{Node, Sort, View};
use crate::rdf::vocab::{self, Iris};
use crate::table::{Cell, Column, Form, Kind, write};
use petgraph::visit::EdgeRef;
use std::io::Write;

/// The graph in the form that `neo4j-admin database import` reads, and property-graph databases that took it over.
pub struct Neo4j;

impl Export for Neo4j {
    fn name(&self) -> &'static str {
        "property-graph"
    }

    fn extension(&self) -> &'static str {
        "csv"
    }

    fn description(&self) -> &'static str {
        "property-graph CSV: nodes and relationships for neo4j-admin import (with --multiline-fields=true)"
    }

    fn tables(&self) -> &'static [&'static str] {
        &["nodes", "relationships"]
    }

    fn selects(&self) -> bool {
        true
    }

    fn write(&self, input: &Input, options: &Options, out: &mut dyn Write) -> Result<(), ExportError> {
        let view = View::new(input.knowledge, input.frames, &options.selection)?;
        let form = Form::Csv { spreadsheet: false };
        if options.table.as_deref() == Some("relationships") {
            let columns = columns(&[":START_ID", ":END_ID", ":TYPE"], "edge");
            let rows = view.graph.edge_references().map(|edge| {
                let arrow = edge.weight();
                let [from, to] = [edge.source(), edge.target()].map(|n| view.graph[n].id.clone());
                row([from, to, arrow.frame.to_uppercase().replace('-', "_")], edge_values(arrow, input))
            });
            write(form, &columns, rows, out)?;
        } else {
            let iris = Iris::new(input.base);
            let columns = columns(&["id:ID", ":LABEL"], "node");
            let rows = view.graph.node_weights().map(|node| {
                let thing = input.knowledge.things.get(&node.id);
                row([node.id.clone(), labels(node)], node_values(node, thing, &iris))
            });
            write(form, &columns, rows, out)?;
        }
        Ok(())
    }
}

/// The class in the ontology, and before it that it is an entity; several are separated by `;`.
fn labels(node: &Node) -> String {
    match node.sort {
        Sort::Thing(kind) => match vocab::class(kind).as_str().rsplit_once('#').map_or("Entity", |(_, name)| name) {
            "Entity" => "Entity".to_string(),
            class => format!("Entity;{class}"),
        },
        Sort::Concept => "Concept".to_string(),
        Sort::Fact => "Fact".to_string(),
        Sort::Words => "Words".to_string(),
    }
}

/// Names with types, as the importer wants them; without one it is text.
fn columns(own: &[&'static str], place: &str) -> Vec<Column> {
    let mut columns: Vec<Column> = own.iter().map(|name| Column::new(*name, Kind::Text)).collect();
    for (_, name, kind) in KEYS.iter().filter(|(at, ..)| *at == place) {
        let kind = match (*name, *kind) {
            ("earliest" | "latest", _) => ":date",
            (_, "int") => ":int",
            (_, "double") => ":double",
            (_, "boolean") => ":boolean",
            _ => "",
        };
        columns.push(Column::new(format!("{name}{kind}"), Kind::Text));
    }
    columns
}

fn row<const N: usize>(own: [String; N], values: Vec<(&'static str, Option<String>)>) -> Vec<Cell<'static>> {
    own.into_iter().map(Cell::from).chain(values.into_iter().map(|(_, value)| Cell::maybe(value))).collect()
}
