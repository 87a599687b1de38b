use super::{Source, Table, put, share, text, typed, written};
use crate::export::{ExportError, iri};
use crate::frame::Frames;
use crate::graph::{Node, Selection, View};
use crate::table::{Cell, Column, Kind, Sink};
use petgraph::visit::EdgeRef;

pub(super) const NODES: Table =
    Table { name: "nodes", about: "A node of the graph as it is drawn.", columns: node_columns, rows: nodes };

pub(super) const EDGES: Table =
    Table { name: "edges", about: "What one fact says of two nodes.", columns: edge_columns, rows: edges };

fn view(source: &Source<'_>) -> Result<View, ExportError> {
    Ok(View::new(source.knowledge, source.frames, source.selection)?)
}

fn node_columns(_: &Frames, _: &Selection) -> Vec<Column> {
    vec![
        text("id", "Unique; of an entity the same as `entity`."),
        text("label", "The name to show."),
        text(
            "kind",
            "A kind of entity, or `concept`, `fact` (of three or more equal participants), `words` (a description or an amount at one fact's edge).",
        ),
        text("country", "`entity` of the country that it belongs to."),
        text("wikidata", "`Q792`."),
        text("iri", "Its IRI in the RDF formats; `words` have none."),
        typed("names", Kind::Texts, "All names in any language."),
    ]
}

fn nodes(source: &Source<'_>, sink: &mut dyn Sink) -> Result<(), ExportError> {
    for node in view(source)?.graph.node_weights() {
        let Node { id, label, sort } = node;
        let thing = source.knowledge.things.get(id);
        let mut names: Vec<&str> = thing.iter().flat_map(|t| t.names.values().flatten()).map(String::as_str).collect();
        names.sort_unstable();
        names.dedup();
        let cells = [
            id.into(),
            label.into(),
            sort.name().into(),
            Cell::maybe(thing.and_then(|t| t.country.as_deref())),
            Cell::maybe(thing.and_then(|t| t.wikidata.as_deref())),
            Cell::maybe(iri(node, &source.iris)),
            Cell::texts(names),
        ];
        put(sink, &cells)?;
    }
    Ok(())
}

fn edge_columns(_: &Frames, _: &Selection) -> Vec<Column> {
    vec![
        text("source", "`id` of `nodes`."),
        text("target", "`id` of `nodes`."),
        text("label", "The verb, to be read from source to target."),
        text("frame", "What kind of event or state it is."),
        text("detail", "An amount or a title, for reading."),
        text("date", "At the precision known."),
        typed("year", Kind::Whole, "The year of `date`."),
        typed("earliest", Kind::Day, "The first day that `date` can mean."),
        typed("latest", Kind::Day, "The last day that `date` can mean."),
        text("until", "When it stopped holding, as `date`."),
        text("status", "`actual`, `planned`, `possible`, `ended` (by a later fact) or `negated`."),
        typed("mutual", Kind::Truth, "Whether it reads the same from both ends."),
        typed("sources", Kind::Whole, "How many publishers state it independently of each other."),
        typed("confidence", Kind::Number, "0 to 1."),
        text("fact", "`fact` of `facts`."),
    ]
}

fn edges(source: &Source<'_>, sink: &mut dyn Sink) -> Result<(), ExportError> {
    let view = view(source)?;
    for edge in view.graph.edge_references() {
        let arrow = edge.weight();
        let fact = source.knowledge.facts.get(&arrow.fact);
        let cells = [
            (&view.graph[edge.source()].id).into(),
            (&view.graph[edge.target()].id).into(),
            (&arrow.verb).into(),
            (&arrow.frame).into(),
            Cell::maybe(arrow.detail.as_deref()),
            written(arrow.date),
            Cell::maybe(arrow.date.map(|d| Cell::Whole(d.year().into()))),
            Cell::earliest(arrow.date),
            Cell::latest(arrow.date),
            written(arrow.until),
            arrow.status.name().into(),
            Cell::Truth(arrow.mutual),
            Cell::maybe(fact.map(|f| Cell::count(f.sources))),
            Cell::maybe(fact.map(|f| share(f.confidence))),
            (&arrow.fact).into(),
        ];
        put(sink, &cells)?;
    }
    Ok(())
}
