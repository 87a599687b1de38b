//! Tables for pandas, spreadsheets and databases: UTF-8, a header line, commas, quotes as RFC 4180 says. What is not
//! known is an empty cell. Cells are exact: nothing is added to guard a spreadsheet against formulas.

mod facts;

use super::{Export, ExportError, Input, Options, day, iri};
use crate::graph::{Node, View};
use crate::rdf::vocab::Iris;
use ::csv::Writer;
use petgraph::visit::EdgeRef;
use std::io::{self, Write};

/// Three tables: `nodes` and `edges` of the graph as it is drawn, and `facts` with all their roles.
pub struct Csv;

impl Export for Csv {
    fn name(&self) -> &'static str {
        "csv"
    }

    fn extension(&self) -> &'static str {
        "csv"
    }

    fn description(&self) -> &'static str {
        "CSV: the tables nodes, edges and facts, as files of a folder; to standard output one, facts unless --table says"
    }

    fn tables(&self) -> &'static [&'static str] {
        &["nodes", "edges", "facts"]
    }

    fn selects(&self) -> bool {
        true
    }

    fn write(&self, input: &Input, options: &Options, out: &mut dyn Write) -> Result<(), ExportError> {
        let view = View::new(input.knowledge, input.frames, &options.selection)?;
        let mut table = Writer::from_writer(out);
        match options.table.as_deref() {
            Some("nodes") => nodes(input, &view, &mut table),
            Some("edges") => edges(input, &view, &mut table),
            _ => facts::write(input, &view, &options.selection, &mut table),
        }
        .map_err(io::Error::from)?;
        table.flush()?;
        Ok(())
    }
}

/// `id` (text, unique), `label` (text), `kind` (text: a kind of thing, `concept`, `fact` or `words`), `country` (id of a
/// thing, perhaps not in the table), `wikidata` (`Q792`), `iri` (none of words), `names` (all names in any language,
/// separated by `; `).
fn nodes<W: Write>(input: &Input, view: &View, table: &mut Writer<W>) -> Result<(), ::csv::Error> {
    let iris = Iris::new(input.base);
    table.write_record(["id", "label", "kind", "country", "wikidata", "iri", "names"])?;
    for node in view.graph.node_weights() {
        let Node { id, label, sort } = node;
        let thing = input.knowledge.things.get(id);
        let iri = iri(node, &iris).unwrap_or_default();
        let country = thing.and_then(|t| t.country.as_deref()).unwrap_or_default();
        let wikidata = thing.and_then(|t| t.wikidata.as_deref()).unwrap_or_default();
        let mut names: Vec<&str> = thing.iter().flat_map(|t| t.names.values().flatten()).map(String::as_str).collect();
        names.sort_unstable();
        names.dedup();
        table.write_record([id, label, sort.name(), country, wikidata, &iri, &names.join("; ")])?;
    }
    Ok(())
}

/// `source`, `target` (ids of nodes), `label` (the verb, read from source to target), `frame`, `detail` (an amount or a
/// title, for reading), `date` (`2025`, `2025-Q3`, `2025-07`, `2025-07-16`), `year` (whole number), `earliest`, `latest`
/// (days: what `date` can mean), `until` (as `date`), `status` (`actual`, `planned`, `possible`, `ended`, `negated`),
/// `mutual` (`true` where it reads the same both ways), `sources` (whole number), `confidence` (0 to 1), `fact` (id).
fn edges<W: Write>(input: &Input, view: &View, table: &mut Writer<W>) -> Result<(), ::csv::Error> {
    table.write_record([
        "source",
        "target",
        "label",
        "frame",
        "detail",
        "date",
        "year",
        "earliest",
        "latest",
        "until",
        "status",
        "mutual",
        "sources",
        "confidence",
        "fact",
    ])?;
    for edge in view.graph.edge_references() {
        let arrow = edge.weight();
        let fact = input.knowledge.facts.get(&arrow.fact);
        let text = |t: Option<String>| t.unwrap_or_default();
        table.write_record([
            &view.graph[edge.source()].id,
            &view.graph[edge.target()].id,
            &arrow.verb,
            &arrow.frame,
            &text(arrow.detail.clone()),
            &text(arrow.date.map(|d| d.to_string())),
            &text(arrow.date.map(|d| d.year().to_string())),
            &text(arrow.date.map(|d| day(d.earliest()))),
            &text(arrow.date.map(|d| day(d.latest()))),
            &text(arrow.until.map(|d| d.to_string())),
            arrow.status.name(),
            &arrow.mutual.to_string(),
            &text(fact.map(|f| f.sources.to_string())),
            &text(fact.map(|f| f.confidence.decimal())),
            &arrow.fact,
        ])?;
    }
    Ok(())
}
