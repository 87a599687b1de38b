use super::{SelectionError, Sort, View};
use crate::model::{Kind, Knowledge};
use petgraph::graph::{DiGraph, EdgeIndex, NodeIndex};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// The part of a graph within `depth` steps of a node, with every arrow between nodes of that part. A fact's own node
/// costs no step; no path leads through a concept or an asset but from it.
pub(super) fn near(whole: &View, knowledge: &Knowledge, focus: &str, depth: usize) -> Result<View, SelectionError> {
    let graph = &whole.graph;
    let start = find(whole, knowledge, focus).ok_or_else(|| SelectionError::Focus(focus.to_string()))?;
    let mut steps: BTreeMap<NodeIndex, usize> = BTreeMap::from([(start, 0)]);
    let mut waiting = VecDeque::from([start]);
    while let Some(node) = waiting.pop_front() {
        let here = steps[&node];
        if node != start && !graph[node].sort.is_passable() {
            continue;
        }
        for next in graph.neighbors_undirected(node) {
            let free = graph[next].sort == Sort::Fact;
            let there = if free { here } else { here + 1 };
            if there > depth || steps.get(&next).is_some_and(|s| *s <= there) {
                continue;
            }
            steps.insert(next, there);
            // What costs nothing goes first, so that each node is reached by its shortest way.
            if free { waiting.push_front(next) } else { waiting.push_back(next) }
        }
    }
    let kept: BTreeSet<NodeIndex> = steps
        .keys()
        .copied()
        .filter(|n| {
            let spokes = graph.neighbors_undirected(*n).filter(|m| steps.contains_key(m)).count();
            graph[*n].sort != Sort::Fact || spokes > 1
        })
        .collect();
    let mut near = part(whole, &kept, start, |_| true);
    // What is said of the focus alone has no arrow, and is near all the same.
    let key = &graph[start].id;
    let about = |id: &&String| knowledge.facts.get(*id).is_some_and(|f| f.is_about(key));
    let facts: BTreeSet<String> = near.facts.into_iter().chain(whole.facts.iter().filter(about).cloned()).collect();
    near.facts = facts.into_iter().collect();
    Ok(near)
}

/// The node of a thing's key, present or former, or of a concept's name.
pub(super) fn find(whole: &View, knowledge: &Knowledge, focus: &str) -> Option<NodeIndex> {
    let former = || {
        let thing = knowledge.things.values().find(|t| t.former_keys.iter().any(|k| k == focus))?;
        by_id(whole, &thing.key)
    };
    let concept = || {
        whole.graph.node_indices().find(|n| {
            let node = &whole.graph[*n];
            let is_concept = matches!(node.sort, Sort::Concept | Sort::Thing(Kind::Asset));
            is_concept && node.id.split_once('-').is_some_and(|(_, name)| name == focus)
        })
    };
    by_id(whole, focus).or_else(former).or_else(concept)
}

fn by_id(whole: &View, id: &str) -> Option<NodeIndex> {
    whole.graph.node_indices().find(|n| whole.graph[*n].id == id)
}

/// The nodes that are kept, with every arrow between them that is.
pub(super) fn part(
    whole: &View,
    kept: &BTreeSet<NodeIndex>,
    start: NodeIndex,
    keep: impl Fn(EdgeIndex) -> bool,
) -> View {
    let mut graph = DiGraph::new();
    let index: BTreeMap<NodeIndex, NodeIndex> =
        kept.iter().map(|n| (*n, graph.add_node(whole.graph[*n].clone()))).collect();
    let mut facts = BTreeSet::new();
    for edge in whole.graph.edge_indices().filter(|e| keep(*e)) {
        let Some((from, to)) = whole.graph.edge_endpoints(edge) else { continue };
        if let (Some(from), Some(to)) = (index.get(&from), index.get(&to)) {
            let arrow = whole.graph[edge].clone();
            facts.insert(arrow.fact.clone());
            graph.add_edge(*from, *to, arrow);
        }
    }
    View { graph, focus: index.get(&start).copied(), facts: facts.into_iter().collect() }
}
