use super::text::wrapped;
use super::{Diagram, Group, Line, Node, Request, Span, Subject, Text, Tone, counted};
use crate::graph::{Arrow, Measure, Sort, Status, View, measures};
use crate::lexicon::Gazetteer;
use crate::model::{Knowledge, group_thousands};
use petgraph::Incoming;
use petgraph::graph::NodeIndex;
use petgraph::visit::EdgeRef;
use std::collections::{BTreeMap, BTreeSet};

/// Verbs of a label before the rest is only counted.
const SAYINGS: usize = 4;
/// Columns in one.
const WIDTH: usize = 26;
/// Columns of a verb and its detail that still stand in one line.
const SHORT: usize = 18;

/// The arrows between two nodes that are drawn as one line.
struct Bundle<'a> {
    from: NodeIndex,
    to: NodeIndex,
    mutual: bool,
    status: Status,
    arrows: Vec<&'a Arrow>,
}

fn bundles(view: &View) -> Vec<Bundle<'_>> {
    let mut found: BTreeMap<_, Vec<&Arrow>> = BTreeMap::new();
    for edge in view.graph.edge_references() {
        let arrow = edge.weight();
        found.entry((edge.source(), edge.target(), arrow.mutual, arrow.status)).or_default().push(arrow);
    }
    found.into_iter().map(|((from, to, mutual, status), arrows)| Bundle { from, to, mutual, status, arrows }).collect()
}

/// The nodes that are to be seen: those that an arrow touches, and the focus.
pub(super) fn drawn(view: &View) -> BTreeSet<NodeIndex> {
    let ends = view.graph.edge_references().flat_map(|e| [e.source(), e.target()]);
    ends.chain(view.focus).collect()
}

/// Every thing and every line, with what is said.
pub(super) fn network(knowledge: &Knowledge, view: &View, request: &Request) -> Diagram {
    let drawn = drawn(view);
    let index: BTreeMap<NodeIndex, usize> = drawn.iter().enumerate().map(|(i, n)| (*n, i)).collect();
    let points = points(view, &drawn, request.size);
    let nodes = drawn.iter().zip(points).map(|(n, points)| node(knowledge, view, *n, points)).collect();
    let lines = bundles(view).iter().map(|b| line(view, b, index[&b.from], index[&b.to])).collect();
    Diagram { title: title(view, request), caption: caption(view, &drawn, request), nodes, lines, bands: Vec::new() }
}

/// The size of each name: what much is said of, or measures high, is to be found first.
fn points(view: &View, drawn: &BTreeSet<NodeIndex>, size: Option<Measure>) -> Vec<u32> {
    let Some(size) = size else {
        let degree = |n: &NodeIndex| view.graph.neighbors_undirected(*n).count().min(12);
        return drawn.iter().map(|n| 12 + degree(n) as u32 / 3).collect();
    };
    let measured = measures(view, size == Measure::Betweenness);
    let values: Vec<u64> = drawn.iter().map(|n| measured.get(n).map_or(0, |m| m.of(size))).collect();
    let most = values.iter().copied().max().unwrap_or(0).max(1);
    // The area of a letter follows the measure; 11 to 22 points.
    values.iter().map(|v| 11 + (121 * v / most).isqrt() as u32).collect()
}

fn node(knowledge: &Knowledge, view: &View, index: NodeIndex, points: u32) -> Node {
    let crate::graph::Node { id, label, sort } = &view.graph[index];
    let group = Group::of(*sort);
    let look = group.look();
    let tone = match (look.is_strong, look.is_slanted) {
        (true, _) => Tone::Strong,
        (_, true) => Tone::Slanted,
        _ => Tone::Plain,
    };
    let mut text: Vec<Text> = wrapped(label, look.width, 3).iter().map(|l| vec![Span::new(l, tone)]).collect();
    text.extend(below(knowledge, view, index).map(|b| vec![Span::new(&b, Tone::Faint)]));
    let wikidata = knowledge.things.get(id).and_then(|t| t.wikidata.as_deref());
    Node {
        id: id.clone(),
        text,
        group,
        points: if matches!(sort, Sort::Fact | Sort::Words) { 11 } else { points },
        is_focus: view.focus == Some(index),
        band: None,
        tooltip: super::readable(&format!("{label} ({})", sort.name())),
        url: wikidata.map(|item| format!("{}{item}", crate::rdf::vocab::WIKIDATA)),
    }
}

/// What stands below a name: the country that something belongs to, unless its name says so; the year of a fact.
fn below(knowledge: &Knowledge, view: &View, index: NodeIndex) -> Option<String> {
    let node = &view.graph[index];
    if node.sort == Sort::Fact {
        return view.graph.edges_directed(index, Incoming).find_map(|e| e.weight().date).map(|d| d.year().to_string());
    }
    let thing = knowledge.things.get(&node.id)?;
    let country = thing.country.as_deref().filter(|c| *c != thing.key)?;
    let name = name_of(knowledge, country)?;
    (!thing.name.contains(name)).then(|| name.to_string())
}

/// The name of a thing that the graph or the gazetteer knows.
pub(super) fn name_of<'k>(knowledge: &'k Knowledge, key: &str) -> Option<&'k str> {
    match knowledge.things.get(key) {
        Some(thing) => Some(&thing.name),
        None => Some(Gazetteer::embedded().get(key)?.name()),
    }
}

fn line(view: &View, bundle: &Bundle, from: usize, to: usize) -> Line {
    // A fact's own node has the words already.
    let is_spoke = view.graph[bundle.to].sort == Sort::Fact;
    let tooltip = bundle.arrows.iter().map(|a| {
        let date = a.date.map(|d| format!(", {d}")).unwrap_or_default();
        let detail = a.detail.as_deref().map(|d| format!(" {d}")).unwrap_or_default();
        format!("{}: {}{detail}{date} ({})", a.frame, a.verb, a.fact)
    });
    Line {
        from,
        to,
        text: if is_spoke { Vec::new() } else { label(bundle) },
        status: bundle.status,
        is_mutual: bundle.mutual,
        count: bundle.arrows.len(),
        tooltip: super::readable(&tooltip.collect::<Vec<_>>().join(" · ")),
    }
}

/// What is said: for each verb how often, the latest detail, and the years.
fn label(bundle: &Bundle) -> Vec<Text> {
    let mut said: BTreeMap<(&str, &str), Vec<&Arrow>> = BTreeMap::new();
    for arrow in &bundle.arrows {
        said.entry((&arrow.frame, &arrow.verb)).or_default().push(arrow);
    }
    let mut sayings: Vec<Vec<&Arrow>> = said.into_values().collect();
    // In the order of time; what has no date comes last.
    sayings.sort_by_key(|arrows| {
        let first = arrows.iter().filter_map(|a| a.date).map(|d| d.earliest()).min();
        (first.is_none(), first)
    });
    let more = sayings.len().saturating_sub(SAYINGS);
    let mut lines: Vec<Text> = sayings.iter().take(SAYINGS).flat_map(|arrows| saying(bundle.status, arrows)).collect();
    if more > 0 {
        lines.push(vec![Span::new(&format!("and {more} more"), Tone::Faint)]);
    }
    lines
}

fn saying(status: Status, arrows: &[&Arrow]) -> Vec<Text> {
    let Some(latest) = arrows.iter().max_by_key(|a| (a.date.map(|d| d.latest()), a.detail.is_some())) else {
        return Vec::new();
    };
    let mut verb = latest.verb.clone();
    if status == Status::Negated {
        verb.insert_str(0, "not: ");
    }
    if arrows.len() > 1 {
        verb.push_str(&format!(" ×{}", group_thousands(&arrows.len().to_string())));
    }
    let mut lines = wrapped(&verb, WIDTH, 2);
    match (&latest.detail, lines.last_mut()) {
        (Some(detail), Some(last)) if last.chars().count() + detail.chars().count() < SHORT => {
            last.push_str(&format!(" {detail}"));
        }
        (Some(detail), _) => lines.extend(wrapped(detail, WIDTH, 2)),
        (None, _) => {}
    }
    let mut lines: Vec<Text> = lines.iter().map(|l| vec![Span::new(l, Tone::Plain)]).collect();
    if let (Some(years), Some(last)) = (years(arrows), lines.last_mut()) {
        last.push(Span::new(&format!(" {years}"), Tone::Faint));
    }
    lines
}

/// From the first year to the last: `2021`, `2021–25`.
fn years(arrows: &[&Arrow]) -> Option<String> {
    let first = arrows.iter().filter_map(|a| a.date).map(|d| d.year()).min()?;
    let last = arrows.iter().flat_map(|a| [a.date, a.until]).flatten().map(|d| d.year()).max()?;
    Some(match first == last {
        true => first.to_string(),
        false if first / 100 == last / 100 => format!("{first}–{:02}", last % 100),
        false => format!("{first}–{last}"),
    })
}

pub(super) fn title(view: &View, request: &Request) -> String {
    let focus = view.focus.map(|n| view.graph[n].label.as_str());
    let to = || view.graph.node_weights().find(|n| Some(&n.id) == request.to.as_ref()).map(|n| n.label.as_str());
    let title = match (request.subject, focus) {
        (Subject::Path, Some(from)) => format!("From {from} to {}", to().unwrap_or("…")),
        (Subject::Agreements, Some(focus)) => format!("Agreements around {focus}"),
        (Subject::Agreements, None) => "Who has agreed with whom".to_string(),
        (_, Some(focus)) => format!("Around {focus}"),
        _ => "Who has done what with whom".to_string(),
    };
    super::readable(&title)
}

fn caption(view: &View, drawn: &BTreeSet<NodeIndex>, request: &Request) -> Vec<String> {
    let facts: BTreeSet<&str> = view.graph.edge_weights().map(|a| a.fact.as_str()).collect();
    let things = drawn.iter().filter(|n| !matches!(view.graph[**n].sort, Sort::Fact | Sort::Words)).count();
    let mut caption = vec![format!(
        "{} about {}{}.",
        counted(facts.len(), "fact"),
        counted(things, "thing"),
        selected(view, request)
    )];
    let left_out = view.facts.iter().filter(|f| !facts.contains(f.as_str())).count();
    if left_out > 0 {
        caption.push(format!("Not drawn: {} about one thing alone.", counted(left_out, "fact")));
    }
    caption.extend(request.size.map(|m| format!("The larger a name, the higher its {}.", m.title())));
    caption
}

/// What was selected, as the end of a sentence.
pub(super) fn selected(view: &View, request: &Request) -> String {
    let selection = &request.selection;
    let mut said = String::new();
    match (request.subject, view.focus) {
        (Subject::Path, _) => said.push_str(" on the shortest ways"),
        (_, Some(focus)) => {
            let depth = counted(selection.depth.unwrap_or(1), "step");
            said.push_str(&format!(", {depth} around {}", super::readable(&view.graph[focus].label)));
        }
        (_, None) => {}
    }
    if !selection.frames.is_empty() {
        said.push_str(&format!("; {}", selection.frames.join(", ")));
    }
    said.extend(selection.since.map(|since| format!("; since {since}")));
    said.extend(selection.until.map(|until| format!("; until {until}")));
    said
}
