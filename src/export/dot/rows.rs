use crate::diagram::Diagram;
use petgraph::unionfind::UnionFind;
use std::collections::{BTreeMap, BTreeSet};

/// Nodes of a part that may stand beside others; a larger one has a row for itself.
const SMALL: usize = 12;
/// Parts in a row.
const ROW: usize = 3;

/// Pairs of nodes to be joined by arrows that are not seen, so that small parts of a drawing without any arrow between
/// them stand side by side. Graphviz puts them all below each other; its own packing loses the arrows' labels.
pub(super) fn ties(diagram: &Diagram) -> Vec<(usize, usize)> {
    let mut joined: UnionFind<usize> = UnionFind::new(diagram.nodes.len());
    for line in &diagram.lines {
        joined.union(line.from, line.to);
    }
    let mut parts: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for node in 0..diagram.nodes.len() {
        parts.entry(joined.find(node)).or_default().push(node);
    }
    let mut small: Vec<Vec<usize>> = parts.into_values().filter(|p| p.len() <= SMALL).collect();
    // Parts of one height share a row, so that little room is lost.
    small.sort_by_key(|part| (part.len(), part[0]));
    let starts: BTreeSet<usize> = diagram.lines.iter().map(|l| l.from).collect();
    let ends: BTreeSet<usize> = diagram.lines.iter().map(|l| l.to).collect();
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
