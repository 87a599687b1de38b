use super::layers::{Part, layers};
use super::{Placed, Rect, Route};
use crate::diagram::Diagram;

/// Between parts that no line joins.
const GAP: f64 = 26.0;
/// The width that a page has room for before a row of parts is full.
const WIDTH: f64 = 1000.0;

/// Lays out each part that hangs together, and sets them in rows, the highest first.
pub(super) fn packed(diagram: &Diagram) -> Placed {
    let parts = diagram.parts().into_iter();
    let mut parts: Vec<Part> = parts.map(|(nodes, lines)| layers(diagram, &nodes, &lines)).collect();
    parts.sort_by(|a, b| b.height.total_cmp(&a.height).then(a.nodes[0].0.cmp(&b.nodes[0].0)));

    let area: f64 = parts.iter().map(|p| (p.width + GAP) * (p.height + GAP)).sum();
    let widest = parts.iter().map(|p| p.width).fold(0.0, f64::max);
    let room = widest.max((area * 1.6).sqrt()).max(WIDTH.min(widest * 2.0));
    let mut placed = Placed {
        nodes: vec![Rect::default(); diagram.nodes.len()],
        lines: vec![Route::default(); diagram.lines.len()],
        ..Placed::default()
    };
    let (mut x, mut y, mut row) = (0.0, 0.0, 0.0_f64);
    for mut part in parts {
        if x > 0.0 && x + part.width > room {
            (x, y, row) = (0.0, y + row + GAP, 0.0);
        }
        part.moved(x, y);
        x += part.width + GAP;
        row = row.max(part.height);
        placed.width = placed.width.max(x - GAP);
        placed.height = placed.height.max(y + row);
        part.nodes.into_iter().for_each(|(n, rect)| placed.nodes[n] = rect);
        part.lines.into_iter().for_each(|(n, route)| placed.lines[n] = route);
    }
    placed
}
