use super::{Sort, View};
use petgraph::graph::{NodeIndex, UnGraph};
use petgraph::visit::EdgeRef;
use std::collections::{BTreeMap, BTreeSet};

/// A way of saying how central a thing is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// How many other things facts join it with.
    Degree,
    /// How often somebody who follows facts at random comes by.
    PageRank,
    /// On how many of the shortest ways between two others it lies.
    Betweenness,
}

impl Measure {
    /// All, with what each is asked for by.
    pub const ALL: [(&'static str, Measure); 3] =
        [("degree", Measure::Degree), ("pagerank", Measure::PageRank), ("betweenness", Measure::Betweenness)];

    /// For people: `PageRank`.
    pub fn title(self) -> &'static str {
        match self {
            Measure::Degree => "number of neighbours",
            Measure::PageRank => "PageRank",
            Measure::Betweenness => "betweenness",
        }
    }
}

/// What is measured of one thing. Fractions are in millionths, rounded, so that they are the same everywhere.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Measures {
    /// Facts that have an arrow from or to it.
    pub facts: u64,
    pub degree: u64,
    /// Of a whole of one million.
    pub pagerank: u64,
    /// Of the pairs of other things, one million being all; 0 where it was not asked for.
    pub betweenness: u64,
    /// Number of its community, from 1, the largest first.
    pub community: u64,
    /// Number of the part of the graph it is joined with, from 1, the largest first.
    pub component: u64,
}

impl Measures {
    pub fn of(&self, measure: Measure) -> u64 {
        match measure {
            Measure::Degree => self.degree,
            Measure::PageRank => self.pagerank,
            Measure::Betweenness => self.betweenness,
        }
    }
}

/// Measures every thing and concept of a graph; arrows count without their direction, several between the same two as
/// one, and a fact of several equal participants joins each two of them. Betweenness takes time with the square of the
/// graph, and is left out unless asked for.
pub fn measures(view: &View, with_betweenness: bool) -> BTreeMap<NodeIndex, Measures> {
    let (graph, facts) = simple(view);
    let rank = pagerank(&graph);
    // The threshold keeps it on one thread: floating-point sums depend on their order.
    let between = match with_betweenness {
        true => rustworkx_core::centrality::betweenness_centrality(&graph, false, true, usize::MAX),
        false => Vec::new(),
    };
    let community = numbered(&communities(&graph));
    let mut part = vec![0; graph.node_count()];
    for (number, nodes) in rustworkx_core::connectivity::connected_components(&graph).iter().enumerate() {
        nodes.iter().for_each(|n| part[n.index()] = number);
    }
    let part = numbered(&part);
    let millionths = |share: f64| (share * 1e6).round() as u64;
    let of = |n: NodeIndex| Measures {
        facts: facts.get(&graph[n]).map_or(0, |f| f.len() as u64),
        degree: graph.neighbors(n).count() as u64,
        pagerank: millionths(rank[n.index()]),
        betweenness: millionths(between.get(n.index()).copied().flatten().unwrap_or(0.0)),
        community: community[n.index()],
        component: part[n.index()],
    };
    graph.node_indices().map(|n| (graph[n], of(n))).collect()
}

/// The things and concepts with one edge between each two that a fact joins, and the facts of each.
fn simple(view: &View) -> (UnGraph<NodeIndex, ()>, BTreeMap<NodeIndex, BTreeSet<&str>>) {
    let is_thing = |n: NodeIndex| !matches!(view.graph[n].sort, Sort::Fact | Sort::Words);
    let mut facts: BTreeMap<NodeIndex, BTreeSet<&str>> = BTreeMap::new();
    let mut pairs: BTreeSet<(NodeIndex, NodeIndex)> = BTreeSet::new();
    let mut hubs: BTreeMap<NodeIndex, BTreeSet<NodeIndex>> = BTreeMap::new();
    for edge in view.graph.edge_references() {
        let ends = [edge.source(), edge.target()];
        for end in ends.into_iter().filter(|n| is_thing(*n)) {
            facts.entry(end).or_default().insert(&edge.weight().fact);
        }
        match ends.map(is_thing) {
            [true, true] => _ = pairs.insert((ends[0].min(ends[1]), ends[0].max(ends[1]))),
            [true, false] => _ = hubs.entry(ends[1]).or_default().insert(ends[0]),
            [false, true] => _ = hubs.entry(ends[0]).or_default().insert(ends[1]),
            [false, false] => {}
        }
    }
    for members in hubs.values() {
        for a in members {
            pairs.extend(members.range(*a..).filter(|b| *b != a).map(|b| (*a, *b)));
        }
    }
    let mut graph = UnGraph::with_capacity(facts.len(), pairs.len());
    let index: BTreeMap<NodeIndex, NodeIndex> = facts.keys().map(|n| (*n, graph.add_node(*n))).collect();
    for (a, b) in pairs.iter().filter(|(a, b)| a != b) {
        graph.add_edge(index[a], index[b], ());
    }
    (graph, facts)
}

/// By repeated sharing out, until nothing moves that is seen in a millionth. Of the two libraries, petgraph's takes time
/// with the square of the nodes and rustworkx-core has none.
fn pagerank(graph: &UnGraph<NodeIndex, ()>) -> Vec<f64> {
    const DAMPING: f64 = 0.85;
    let count = graph.node_count();
    let mut rank = vec![1.0 / count.max(1) as f64; count];
    for _ in 0..200 {
        let idle: f64 =
            graph.node_indices().filter(|n| graph.neighbors(*n).next().is_none()).map(|n| rank[n.index()]).sum();
        let base = (1.0 - DAMPING + DAMPING * idle) / count as f64;
        let mut next = vec![base; count];
        for node in graph.node_indices() {
            let share = DAMPING * rank[node.index()] / graph.neighbors(node).count().max(1) as f64;
            graph.neighbors(node).for_each(|n| next[n.index()] += share);
        }
        let moved: f64 = rank.iter().zip(&next).map(|(a, b)| (a - b).abs()).sum();
        rank = next;
        if moved < 1e-9 {
            break;
        }
    }
    rank
}

/// Communities by Louvain's method: each node goes where the modularity gains most, then each community is one node, and
/// so on. All in whole numbers, nodes in order, ties to the smallest number, so that there is one result.
fn communities(graph: &UnGraph<NodeIndex, ()>) -> Vec<usize> {
    let mut of_node: Vec<usize> = (0..graph.node_count()).collect();
    let mut links: Vec<BTreeMap<usize, i64>> = vec![BTreeMap::new(); graph.node_count()];
    for edge in graph.edge_references() {
        links[edge.source().index()].insert(edge.target().index(), 1);
        links[edge.target().index()].insert(edge.source().index(), 1);
    }
    loop {
        let moved = moved(&links);
        let numbers: BTreeMap<usize, usize> =
            moved.iter().copied().collect::<BTreeSet<_>>().into_iter().enumerate().map(|(i, c)| (c, i)).collect();
        if numbers.len() == links.len() {
            return of_node;
        }
        of_node.iter_mut().for_each(|c| *c = numbers[&moved[*c]]);
        let mut joined: Vec<BTreeMap<usize, i64>> = vec![BTreeMap::new(); numbers.len()];
        for (node, to) in links.iter().enumerate() {
            for (other, weight) in to {
                *joined[numbers[&moved[node]]].entry(numbers[&moved[*other]]).or_default() += weight;
            }
        }
        links = joined;
    }
}

/// One round: the community that each node is in when none wants to move any more.
fn moved(links: &[BTreeMap<usize, i64>]) -> Vec<usize> {
    let weight: Vec<i64> = links.iter().map(|l| l.values().sum()).collect();
    let whole: i64 = weight.iter().sum();
    let mut community: Vec<usize> = (0..links.len()).collect();
    let mut total = weight.clone();
    // Bounded, though each move raises the modularity and so it ends by itself.
    for _ in 0..100 {
        let mut is_quiet = true;
        for node in 0..links.len() {
            let here = community[node];
            total[here] -= weight[node];
            let mut near: BTreeMap<usize, i64> = BTreeMap::from([(here, 0)]);
            for (other, weight) in links[node].iter().filter(|(o, _)| **o != node) {
                *near.entry(community[*other]).or_default() += weight;
            }
            // The gain in modularity, times what is the same for all.
            let gain = |(c, links): (&usize, &i64)| {
                (links * whole - weight[node] * total[*c], *c == here, std::cmp::Reverse(*c))
            };
            let best = near.iter().max_by_key(|n| gain(*n)).map_or(here, |(c, _)| *c);
            community[node] = best;
            total[best] += weight[node];
            is_quiet &= best == here;
        }
        if is_quiet {
            break;
        }
    }
    community
}

/// Numbers from 1 for groups, the largest first, those of one size in the order of their first member.
fn numbered(group: &[usize]) -> Vec<u64> {
    let mut sizes: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
    for (node, group) in group.iter().enumerate() {
        sizes.entry(*group).or_insert((0, node)).0 += 1;
    }
    let mut order: Vec<(usize, usize, usize)> = sizes.into_iter().map(|(g, (size, first))| (size, first, g)).collect();
    order.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    let number: BTreeMap<usize, u64> = order.iter().zip(1..).map(|((_, _, g), n)| (*g, n)).collect();
    group.iter().map(|g| number[g]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn graph(nodes: usize, edges: &[(u32, u32)]) -> UnGraph<NodeIndex, ()> {
        let mut graph = UnGraph::default();
        (0..nodes).for_each(|n| _ = graph.add_node(NodeIndex::new(n)));
        edges.iter().for_each(|(a, b)| _ = graph.add_edge((*a).into(), (*b).into(), ()));
        graph
    }

    #[test]
    fn two_triangles_joined_by_one_edge_are_two_communities() {
        let graph = graph(7, &[(0, 1), (1, 2), (0, 2), (2, 3), (3, 4), (4, 5), (3, 5)]);
        assert_eq!(numbered(&communities(&graph)), [1, 1, 1, 2, 2, 2, 3]);
    }

    #[test]
    fn the_middle_of_a_star_has_the_highest_rank_and_all_make_one() {
        let graph = graph(6, &[(0, 1), (0, 2), (0, 3), (0, 4)]);
        let rank = pagerank(&graph);
        assert!(rank[1..].iter().all(|r| rank[0] > 2.0 * r));
        assert!((rank.iter().sum::<f64>() - 1.0).abs() < 1e-6);
        assert!(rank[5] < rank[1]);
    }
}
