use crate::diagram::Diagram;
use std::collections::BTreeSet;

/// Nodes of a part that may stand beside others; a larger one has a row for itself.
const SMALL: usize = 12;
/// Parts in a row.
const ROW: usize = 3;

/// Pairs of nodes to be joined by arrows that are not seen, so that small parts of a drawing without any arrow between
/// them stand side by side. Graphviz puts them all below each other; its own packing loses the arrows' labels.
pub(super) fn ties(diagram: &Diagram) -> Vec<(usize, usize)> {
    let parts = diagram.parts().into_iter().map(|(nodes, _)| nodes);
    let mut small: Vec<Vec<usize>> = parts.filter(|p| p.len() <= SMALL).collect();
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
