//! Graphviz: a drawing for people. Each kind of node has a shape and a colour of its own, told apart by the
//! colour-blind too; arrows between the same two nodes are one, with a line for each thing that is said.

mod arrows;
mod look;
mod rows;
mod text;

use super::{Export, ExportError, Input, Options};
use crate::graph::{Node, Selection, Sort, Status, View};
use crate::lexicon::Gazetteer;
use look::Group;
use petgraph::Incoming;
use petgraph::graph::NodeIndex;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::Write;
use text::{faint, html, quoted, stacked, wrapped};

/// A drawing in Graphviz's language.
pub struct Dot;

impl Export for Dot {
    fn name(&self) -> &'static str {
        "dot"
    }

    fn extension(&self) -> &'static str {
        "gv"
    }

    fn description(&self) -> &'static str {
        "Graphviz: a drawing, by `dot -Tsvg`"
    }

    fn selects(&self) -> bool {
        true
    }

    fn write(&self, input: &Input, options: &Options, out: &mut dyn Write) -> Result<(), ExportError> {
        let view = View::new(input.knowledge, input.frames, &options.selection)?;
        out.write_all(drawing(input, &view, &options.selection).as_bytes())?;
        Ok(())
    }
}

fn drawing(input: &Input, view: &View, selection: &Selection) -> String {
    let bundles = arrows::bundles(view);
    let drawn: BTreeSet<NodeIndex> = bundles.iter().flat_map(|b| [b.from, b.to]).chain(view.focus).collect();
    let mut out = String::from("digraph chancery {\n");
    let _ = write!(out, "{}", look::DEFAULTS);
    let _ = writeln!(out, "  label=<{}>", legend(view, &drawn, &bundles, selection));
    out.push('\n');
    for index in &drawn {
        node(&mut out, input, view, *index);
    }
    out.push('\n');
    for bundle in &bundles {
        arrows::arrow(&mut out, view, bundle);
    }
    for (from, to) in rows::ties(&drawn, &bundles) {
        let [from, to] = [from, to].map(|n| quoted(&view.graph[n].id));
        let _ = writeln!(out, "  {from} -> {to} [style=invis]");
    }
    out.push_str("}\n");
    out
}

fn node(out: &mut String, input: &Input, view: &View, index: NodeIndex) {
    let Node { id, label, sort } = &view.graph[index];
    let group = Group::of(*sort);
    let look = group.look();
    let mark = |line: &String| match (look.bold, look.italic) {
        (true, _) => format!("<b>{}</b>", html(line)),
        (_, true) => format!("<i>{}</i>", html(line)),
        _ => html(line),
    };
    let mut lines: Vec<String> = wrapped(label, look.width, 3).iter().map(mark).collect();
    if let Some(below) = below(input, view, index) {
        lines.push(format!("<font point-size=\"9\" color=\"{}\">{}</font>", look.faint, html(&below)));
    }
    let shown = stacked(&lines);
    let _ = write!(out, "  {} [label=<{shown}>", quoted(id));
    let _ = write!(out, " {}", look.attributes);
    if !matches!(sort, Sort::Fact | Sort::Words) {
        // What much is said of is to be found first.
        let degree = view.graph.neighbors_undirected(index).count();
        let _ = write!(out, " fontsize={}", 11 + degree.min(12) / 3);
    }
    if view.focus == Some(index) {
        out.push_str(" peripheries=2 penwidth=2");
    }
    let _ = write!(out, " tooltip={}", quoted(&format!("{label} ({})", sort.name())));
    if let Some(item) = input.knowledge.things.get(id).and_then(|t| t.wikidata.as_deref()) {
        let _ = write!(out, " URL={}", quoted(&format!("{}{item}", crate::rdf::vocab::WIKIDATA)));
    }
    out.push_str("]\n");
}

/// What stands below a name: the country that something belongs to, unless its name says so; the year of a fact.
fn below(input: &Input, view: &View, index: NodeIndex) -> Option<String> {
    let node = &view.graph[index];
    if node.sort == Sort::Fact {
        return view.graph.edges_directed(index, Incoming).find_map(|e| e.weight().date).map(|d| d.year().to_string());
    }
    let thing = input.knowledge.things.get(&node.id)?;
    let country = thing.country.as_deref().filter(|c| *c != thing.key)?;
    let name = match input.knowledge.things.get(country) {
        Some(country) => country.name.as_str(),
        None => Gazetteer::embedded().get(country)?.name(),
    };
    (!thing.name.contains(name)).then(|| name.to_string())
}

/// What the drawing shows, what it leaves out, and what shapes and lines mean: only those that are there.
fn legend(view: &View, drawn: &BTreeSet<NodeIndex>, bundles: &[arrows::Bundle], selection: &Selection) -> String {
    let facts: BTreeSet<&str> = view.graph.edge_weights().map(|a| a.fact.as_str()).collect();
    let things = drawn.iter().filter(|n| !matches!(view.graph[**n].sort, Sort::Fact | Sort::Words)).count();
    let mut caption = format!("{} about {}", counted(facts.len(), "fact"), counted(things, "thing"));
    if let Some(focus) = view.focus {
        let depth = selection.depth.unwrap_or(1);
        let _ = write!(caption, ", {} around {}", counted(depth, "step"), view.graph[focus].label);
    }
    if !selection.frames.is_empty() {
        let _ = write!(caption, "; {}", selection.frames.join(", "));
    }
    if let Some(since) = selection.since {
        let _ = write!(caption, "; since {since}");
    }
    if let Some(until) = selection.until {
        let _ = write!(caption, "; until {until}");
    }
    let left_out = view.facts.len() - facts.len();
    if left_out > 0 {
        let _ = write!(caption, "; not drawn: {} about one thing alone", counted(left_out, "fact"));
    }
    let groups: BTreeSet<Group> = drawn.iter().map(|n| Group::of(view.graph[*n].sort)).collect();
    let statuses: BTreeSet<Status> = bundles.iter().map(|b| b.status).collect();
    let mut cells = String::new();
    for look in groups.iter().map(|g| g.look()).filter(|l| !l.legend.is_empty()) {
        let _ = write!(
            cells,
            "<td bgcolor=\"{}\" color=\"{}\" border=\"1\" style=\"{}\"><font color=\"{}\">{}</font></td>",
            look.fill, look.line, look.corner, look.ink, look.legend
        );
    }
    for status in statuses {
        let line = arrows::line(status);
        let _ = write!(cells, "<td><font color=\"{}\">{}</font></td>", line.ink, line.legend);
    }
    let cells = if cells.is_empty() {
        String::new()
    } else {
        format!(
            "<tr><td><table border=\"0\" cellborder=\"0\" cellspacing=\"6\" cellpadding=\"4\"><tr>{cells}</tr></table></td></tr>"
        )
    };
    format!(
        "<table border=\"0\" cellspacing=\"0\" cellpadding=\"2\"><tr><td> </td></tr>{cells}<tr><td align=\"left\" cellpadding=\"8\">{}</td></tr></table>",
        faint(&caption)
    )
}

fn counted(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}
