use super::arrows::Bundle;
use petgraph::graph::NodeIndex;
use petgraph::unionfind::UnionFind;
use std::collections::{BTreeMap, BTreeSet};

/// Nodes of a part that may stand beside others; a larger one has a row for itself.
const SMALL: usize = 12;
/// Parts in a row.
const ROW: usize = 3;

/// Pairs of nodes to be joined by arrows that are not seen, so that small parts of a drawing without any arrow between
/// them stand side by side. Graphviz puts them all below each other; its own packing loses the arrows' labels.
pub(super) fn ties(drawn: &BTreeSet<NodeIndex>, bundles: &[Bundle]) -> Vec<(NodeIndex, NodeIndex)> {
    let size = drawn.last().map_or(0, |n| n.index() + 1);
    let mut joined: UnionFind<usize> = UnionFind::new(size);
    for bundle in bundles {
        joined.union(bundle.from.index(), bundle.to.index());
    }
    let mut parts: BTreeMap<usize, Vec<NodeIndex>> = BTreeMap::new();
    for node in drawn {
        parts.entry(joined.find(node.index())).or_default().push(*node);
    }
    let mut small: Vec<Vec<NodeIndex>> = parts.into_values().filter(|p| p.len() <= SMALL).collect();
    // Parts of one height share a row, so that little room is lost.
    small.sort_by_key(|part| (part.len(), part[0]));
    let starts: BTreeSet<NodeIndex> = bundles.iter().map(|b| b.from).collect();
    let ends: BTreeSet<NodeIndex> = bundles.iter().map(|b| b.to).collect();
    let mut ties = Vec::new();
    for row in small.chunks(ROW) {
        for pair in row.windows(2) {
            let last = pair[0].iter().find(|n| !starts.contains(n)).unwrap_or(&pair[0][0]);
            let first = pair[1].iter().find(|n| !ends.contains(n)).unwrap_or(&pair[1][0]);
            ties.push((*last, *first));
        }
    }
    ties
}
