use super::near::{find, part};
use super::{SelectionError, Sort, View};
use crate::model::Knowledge;
use petgraph::graph::{EdgeIndex, NodeIndex, UnGraph};
use petgraph::visit::EdgeRef;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// One step of a way: from a thing to the next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    pub from: NodeIndex,
    pub to: NodeIndex,
    /// Ids of the facts that join the two, those with most sources first.
    pub facts: Vec<String>,
}

/// Nodes by how far they are from both ends.
struct Ways {
    from: NodeIndex,
    to: NodeIndex,
    start: HashMap<NodeIndex, u32>,
    end: HashMap<NodeIndex, u32>,
    length: u32,
}

/// The part of a graph that lies on the shortest ways between two things: their nodes, and the arrows that are steps of
/// such a way.
///
/// # Errors
/// An end that no selected fact is about, or ends that nothing joins.
pub fn between(whole: &View, knowledge: &Knowledge, from: &str, to: &str) -> Result<View, SelectionError> {
    let ways = ways(whole, knowledge, from, to)?;
    let kept: BTreeSet<NodeIndex> = whole.graph.node_indices().filter(|n| ways.has(*n)).collect();
    Ok(part(whole, &kept, ways.from, |e| ways.is_step(whole, e)))
}

/// One shortest way between two things, step by step; of several the one whose steps most facts tell.
///
/// # Errors
/// As [`between`].
pub fn way(whole: &View, knowledge: &Knowledge, from: &str, to: &str) -> Result<Vec<Step>, SelectionError> {
    let ways = ways(whole, knowledge, from, to)?;
    let mut steps = Vec::new();
    let mut here = ways.from;
    while here != ways.to {
        let mut facts: BTreeMap<NodeIndex, BTreeSet<&str>> = BTreeMap::new();
        for (next, fact) in beyond(whole, &ways, here) {
            facts.entry(next).or_default().insert(fact);
        }
        let best = facts.into_iter().max_by_key(|(n, f)| (f.len(), std::cmp::Reverse(*n)));
        let Some((next, found)) = best else { break };
        let sources = |id: &str| knowledge.facts.get(id).map_or(0, |f| f.sources);
        let mut facts: Vec<String> = found.into_iter().map(str::to_string).collect();
        facts.sort_by(|a, b| sources(b).cmp(&sources(a)).then_with(|| a.cmp(b)));
        steps.push(Step { from: here, to: next, facts });
        here = next;
    }
    Ok(steps)
}

/// The things one step nearer to the end, with the facts that lead there; a fact's own node is no step.
fn beyond<'v>(whole: &'v View, ways: &Ways, here: NodeIndex) -> Vec<(NodeIndex, &'v str)> {
    let graph = &whole.graph;
    let next = |node: NodeIndex| {
        let edges = graph.edges(node).chain(graph.edges_directed(node, petgraph::Incoming));
        let forward = edges.filter(move |e| ways.is_step(whole, e.id()));
        forward.filter_map(move |e| {
            let other = if e.source() == node { e.target() } else { e.source() };
            (ways.start[&other] > ways.start[&node]).then_some((other, e.weight().fact.as_str()))
        })
    };
    let mut found = Vec::new();
    for (node, fact) in next(here) {
        match graph[node].sort {
            Sort::Fact => found.extend(next(node)),
            _ => found.push((node, fact)),
        }
    }
    found
}

impl Ways {
    fn has(&self, node: NodeIndex) -> bool {
        let both = self.start.get(&node).zip(self.end.get(&node));
        both.is_some_and(|(a, b)| a + b == self.length)
    }

    fn is_step(&self, whole: &View, edge: EdgeIndex) -> bool {
        let Some((a, b)) = whole.graph.edge_endpoints(edge) else { return false };
        self.has(a) && self.has(b) && self.start[&a].abs_diff(self.start[&b]) == cost(whole, a, b)
    }
}

/// Twice the number of steps: a fact's own node stands in the middle of one.
fn cost(whole: &View, a: NodeIndex, b: NodeIndex) -> u32 {
    if [a, b].iter().any(|n| whole.graph[*n].sort == Sort::Fact) { 1 } else { 2 }
}

fn ways(whole: &View, knowledge: &Knowledge, from: &str, to: &str) -> Result<Ways, SelectionError> {
    let end = |name: &str| find(whole, knowledge, name).ok_or_else(|| SelectionError::Focus(name.to_string()));
    let (from_node, to_node) = (end(from)?, end(to)?);
    // What half the world shares joins no two things, unless nothing else does.
    for is_strict in [true, false] {
        let free = |n: NodeIndex| !is_strict || n == from_node || n == to_node || whole.graph[n].sort.is_passable();
        let edges = whole.graph.edge_references().filter(|e| free(e.source()) && free(e.target()));
        let graph = UnGraph::<(), u32>::from_edges(
            edges.map(|e| (e.source(), e.target(), cost(whole, e.source(), e.target()))),
        );
        if [from_node, to_node].iter().any(|n| n.index() >= graph.node_count()) {
            continue;
        }
        let start = petgraph::algo::dijkstra(&graph, from_node, None, |e| *e.weight());
        if let Some(length) = start.get(&to_node).copied() {
            let end = petgraph::algo::dijkstra(&graph, to_node, None, |e| *e.weight());
            let (start, end) = (start.into_iter().collect(), end.into_iter().collect());
            return Ok(Ways { from: from_node, to: to_node, start, end, length });
        }
    }
    Err(SelectionError::Path(from.to_string(), to.to_string()))
}
