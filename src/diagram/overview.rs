use super::network::{name_of, selected, title};
use super::text::wrapped;
use super::{Diagram, Group, Line, Node, Request, Span, Text, Tone, counted};
use crate::graph::{Sort, Status, View};
use crate::model::Knowledge;
use crate::query::cut;
use petgraph::graph::NodeIndex;
use petgraph::visit::EdgeRef;
use std::collections::{BTreeMap, BTreeSet};

/// Countries with a box for themselves; the others share one.
const CLUSTERS: usize = 36;
/// Names in a box before the rest is only counted.
const NAMES: usize = 10;
/// Lines before those of fewest facts are left out.
const LINES: usize = 72;
/// Frames named at a line.
const FRAMES: usize = 2;

/// What stands together: a country's things, else those of one kind.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    Country(String),
    Kind(Group),
    Elsewhere,
}

/// What is told of the things of one place.
#[derive(Default)]
struct Cluster {
    members: Vec<NodeIndex>,
    /// Facts whose participants are all here.
    inside: BTreeSet<String>,
    facts: BTreeSet<String>,
}

/// Facts between two places, by frame.
type Between = BTreeMap<(usize, usize), BTreeMap<String, BTreeSet<String>>>;

/// Too much to draw singly: a box for each country, with the names of what is most spoken of there; a line for all the
/// facts between two.
pub(super) fn overview(knowledge: &Knowledge, view: &View, request: &Request) -> Diagram {
    let drawn: Vec<NodeIndex> = super::network::drawn(view).into_iter().collect();
    let degree: BTreeMap<NodeIndex, usize> =
        drawn.iter().map(|n| (*n, view.graph.neighbors_undirected(*n).count())).collect();
    let mut places: BTreeMap<NodeIndex, Place> =
        drawn.iter().filter_map(|n| Some((*n, place(knowledge, view, *n)?))).collect();
    merge_small(&mut places, &degree);

    let mut order: BTreeMap<&Place, usize> = BTreeMap::new();
    for place in places.values() {
        let next = order.len();
        order.entry(place).or_insert(next);
    }
    let mut clusters: Vec<Cluster> = order.iter().map(|_| Cluster::default()).collect();
    for (node, place) in &places {
        clusters[order[place]].members.push(*node);
    }
    for cluster in &mut clusters {
        cluster.members.sort_by_key(|n| (std::cmp::Reverse(degree[n]), *n));
    }
    let between = facts_between(view, &places, &order, &mut clusters);
    let names: BTreeMap<usize, String> = order.iter().map(|(p, i)| (*i, place_name(knowledge, p))).collect();

    let (kept, left_out, least) = strongest(&between);
    let lines = kept.iter().map(|(ends, by_frame)| line(ends, by_frame, &names)).collect();
    let nodes = clusters.iter().enumerate().map(|(i, c)| node(view, i, &names[&i], c, &degree)).collect();

    let facts: BTreeSet<&str> = view.graph.edge_weights().map(|a| a.fact.as_str()).collect();
    let things = places.len();
    let hidden: usize = clusters.iter().map(|c| c.members.len().saturating_sub(NAMES)).sum();
    let words = drawn.iter().filter(|n| view.graph[**n].sort == Sort::Words).count();
    let alone = view.facts.iter().filter(|f| !facts.contains(f.as_str())).count();
    let mut caption = vec![format!(
        "{} about {}{}, drawn together by country (singly up to {}).",
        counted(facts.len(), "fact"),
        counted(things, "thing"),
        selected(view, request),
        request.most()
    )];
    caption.push("A number at a line counts the facts between two boxes; those inside a box are counted in it.".into());
    let mut left: Vec<String> = Vec::new();
    if hidden > 0 {
        left.push(format!("the names of {} (the least connected)", counted(hidden, "thing")));
    }
    if left_out > 0 {
        left.push(format!("{} of fewer than {}", counted(left_out, "line"), counted(least, "fact")));
    }
    if words > 0 {
        left.push(counted(words, "description"));
    }
    if alone > 0 {
        left.push(format!("{} about one thing alone", counted(alone, "fact")));
    }
    if !left.is_empty() {
        caption.push(format!("Left out: {}.", left.join("; ")));
    }
    Diagram { title: title(view, request), caption, nodes, lines, bands: Vec::new() }
}

/// Where a node stands; `None` for facts' own nodes and for words.
fn place(knowledge: &Knowledge, view: &View, index: NodeIndex) -> Option<Place> {
    let node = &view.graph[index];
    if matches!(node.sort, Sort::Fact | Sort::Words) {
        return None;
    }
    let country = knowledge.things.get(&node.id).and_then(|t| t.country.clone());
    Some(match (country, Group::of(node.sort)) {
        (Some(country), _) => Place::Country(country),
        (None, Group::Country) => Place::Country(node.id.clone()),
        (None, group) => Place::Kind(group),
    })
}

/// Countries of which least is said share one box where there are too many.
fn merge_small(places: &mut BTreeMap<NodeIndex, Place>, degree: &BTreeMap<NodeIndex, usize>) {
    let mut weight: BTreeMap<Place, usize> = BTreeMap::new();
    for (node, place) in places.iter().filter(|(_, p)| matches!(p, Place::Country(_))) {
        *weight.entry(place.clone()).or_default() += 1 + degree[node];
    }
    let mut by_weight: Vec<(usize, Place)> = weight.into_iter().map(|(p, w)| (w, p)).collect();
    by_weight.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    let small: BTreeSet<Place> = by_weight.into_iter().skip(CLUSTERS).map(|(_, p)| p).collect();
    for place in places.values_mut().filter(|p| small.contains(p)) {
        *place = Place::Elsewhere;
    }
}

fn place_name(knowledge: &Knowledge, place: &Place) -> String {
    match place {
        Place::Country(key) => name_of(knowledge, key).unwrap_or(key).to_string(),
        Place::Kind(group) => match group.look().legend {
            "" => "of no country".to_string(),
            legend => format!("{legend}, of no country"),
        },
        Place::Elsewhere => "other countries".to_string(),
    }
}

/// Counts each fact once for each pair of places that it joins.
fn facts_between(
    view: &View,
    places: &BTreeMap<NodeIndex, Place>,
    order: &BTreeMap<&Place, usize>,
    clusters: &mut [Cluster],
) -> Between {
    let mut of_fact: BTreeMap<(&str, &str), BTreeSet<usize>> = BTreeMap::new();
    for edge in view.graph.edge_references() {
        let arrow = edge.weight();
        let ends = [edge.source(), edge.target()].into_iter().filter_map(|n| places.get(&n)).map(|p| order[p]);
        of_fact.entry((&arrow.fact, &arrow.frame)).or_default().extend(ends);
    }
    let mut between = Between::new();
    for ((fact, frame), at) in of_fact {
        for place in &at {
            clusters[*place].facts.insert(fact.to_string());
        }
        if let (1, Some(only)) = (at.len(), at.first()) {
            clusters[*only].inside.insert(fact.to_string());
        }
        for a in &at {
            for b in at.range(a + 1..) {
                let by_frame = between.entry((*a, *b)).or_default();
                by_frame.entry(frame.to_string()).or_default().insert(fact.to_string());
            }
        }
    }
    between
}

fn count(by_frame: &BTreeMap<String, BTreeSet<String>>) -> usize {
    by_frame.values().map(BTreeSet::len).sum()
}

type Kept<'b> = Vec<(&'b (usize, usize), &'b BTreeMap<String, BTreeSet<String>>)>;

/// The lines of most facts, how many are left out, and the least number of facts that is kept.
fn strongest(between: &Between) -> (Kept<'_>, usize, usize) {
    let mut counts: Vec<usize> = between.values().map(count).collect();
    counts.sort_unstable_by(|a, b| b.cmp(a));
    // Lines of one strength are kept or left out together.
    let least = match counts.get(LINES) {
        None => 1,
        Some(first_out) => first_out + 1,
    };
    let kept: Kept = between.iter().filter(|(_, f)| count(f) >= least).collect();
    let left_out = between.len() - kept.len();
    (kept, left_out, least)
}

fn line(ends: &(usize, usize), by_frame: &BTreeMap<String, BTreeSet<String>>, names: &BTreeMap<usize, String>) -> Line {
    let mut frames: Vec<(usize, &str)> = by_frame.iter().map(|(f, facts)| (facts.len(), f.as_str())).collect();
    frames.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(b.1)));
    let total = count(by_frame);
    let mut text: Vec<Text> = vec![vec![Span::new(&total.to_string(), Tone::Strong)]];
    if let [(_, only)] = frames.as_slice() {
        text[0].push(Span::new(&format!(" {only}"), Tone::Faint));
    } else {
        let most = frames.iter().take(FRAMES).map(|(n, f)| vec![Span::new(&format!("{n} {f}"), Tone::Faint)]);
        text.extend(most);
    }
    let all: Vec<String> = frames.iter().map(|(n, f)| format!("{f} {n}")).collect();
    Line {
        from: ends.0,
        to: ends.1,
        text,
        status: Status::Actual,
        is_mutual: true,
        count: total,
        tooltip: super::readable(&format!("{} – {}: {}", names[&ends.0], names[&ends.1], all.join(", "))),
    }
}

fn node(view: &View, number: usize, name: &str, cluster: &Cluster, degree: &BTreeMap<NodeIndex, usize>) -> Node {
    let width = Group::Cluster.look().width;
    let mut text: Vec<Text> = wrapped(name, width - 4, 2).iter().map(|l| vec![Span::new(l, Tone::Strong)]).collect();
    let inside = match cluster.inside.len() {
        0 => String::new(),
        n => format!(", {} inside", counted(n, "fact")),
    };
    text.push(vec![Span::new(&format!("{}{inside}", counted(cluster.members.len(), "thing")), Tone::Faint)]);
    for member in cluster.members.iter().take(NAMES) {
        let label = cut(&super::readable(&view.graph[*member].label), width - 4);
        text.push(vec![Span::new(&label, Tone::Plain), Span::new(&format!("  {}", degree[member]), Tone::Faint)]);
    }
    let more = cluster.members.len().saturating_sub(NAMES);
    if more > 0 {
        text.push(vec![Span::new(&format!("and {more} more"), Tone::Faint)]);
    }
    Node {
        id: format!("place-{number}"),
        text,
        group: Group::Cluster,
        points: 11,
        is_focus: view.focus.is_some_and(|f| cluster.members.contains(&f)),
        band: None,
        tooltip: super::readable(&format!("{name}: {}", counted(cluster.facts.len(), "fact"))),
        url: None,
    }
}
