use super::{LABEL, Placed, Rect, Route, block, size};
use crate::diagram::Diagram;

/// Boxes beside each other.
const COLUMNS: usize = 4;
const GAP: f64 = 14.0;
/// Left of the boxes, for the band's label.
const MARGIN: f64 = 74.0;

/// One band below the other, its boxes in rows.
pub(super) fn banded(diagram: &Diagram) -> Placed {
    let sizes: Vec<(f64, f64)> = diagram.nodes.iter().map(size).collect();
    // A column is as wide as its widest box, and there are no more columns than a band has boxes.
    let members: Vec<Vec<usize>> = (0..diagram.bands.len())
        .map(|b| (0..diagram.nodes.len()).filter(|n| diagram.nodes[*n].band == Some(b)).collect())
        .collect();
    let most = members.iter().map(Vec::len).max().unwrap_or(1).clamp(1, COLUMNS);
    let mut widths = vec![0.0_f64; most];
    for band in &members {
        for (i, node) in band.iter().enumerate() {
            widths[i % most] = widths[i % most].max(sizes[*node].0);
        }
    }
    let left = |column: usize| MARGIN + widths[..column].iter().map(|w| w + GAP).sum::<f64>();
    let mut placed = Placed { nodes: vec![Rect::default(); diagram.nodes.len()], ..Placed::default() };
    let mut y = 0.0;
    for band in &members {
        let top = y;
        y += GAP;
        for row in band.chunks(most) {
            let height = row.iter().map(|n| sizes[*n].1).fold(0.0, f64::max);
            for (column, node) in row.iter().enumerate() {
                let (width, height) = (widths[column], sizes[*node].1);
                placed.nodes[*node] = Rect { x: left(column) + width / 2.0, y: y + height / 2.0, width, height };
            }
            y += height + GAP;
        }
        placed.bands.push((top, y));
    }
    placed.width = left(most) - GAP;
    placed.height = y;
    placed.lines = diagram.lines.iter().map(|l| route(&placed.nodes[l.from], &placed.nodes[l.to], &l.text)).collect();
    placed
}

/// Down from the lower border to the upper one of a later row; within a row from side to side.
fn route(from: &Rect, to: &Rect, text: &[crate::diagram::Text]) -> Route {
    let points = if to.y - to.height / 2.0 >= from.y + from.height / 2.0 {
        vec![(from.x, from.y + from.height / 2.0), (to.x, to.y - to.height / 2.0)]
    } else {
        let side = if to.x > from.x { 1.0 } else { -1.0 };
        vec![(from.x + side * from.width / 2.0, from.y), (to.x - side * to.width / 2.0, to.y)]
    };
    let (width, height) = block(text, LABEL);
    let middle = ((points[0].0 + points[1].0) / 2.0, (points[0].1 + points[1].1) / 2.0);
    Route { points, label: Some(Rect { x: middle.0, y: middle.1, width: width + 6.0, height: height + 4.0 }) }
}
