use super::{LABEL, Rect, Route, block, size};
use crate::diagram::{Diagram, Group};
use dugong::graphlib::{Graph, GraphOptions};
use dugong::{EdgeLabel, GraphLabel, NodeLabel, RankDir, layout_dagreish};

/// One part of a picture, laid out for itself from the top left corner.
pub(super) struct Part {
    pub(super) width: f64,
    pub(super) height: f64,
    /// By the number of the node.
    pub(super) nodes: Vec<(usize, Rect)>,
    /// By the number of the line.
    pub(super) lines: Vec<(usize, Route)>,
}

/// Lays nodes and the lines between them out in layers from left to right.
pub(super) fn layers(diagram: &Diagram, nodes: &[usize], lines: &[usize]) -> Part {
    let options = GraphOptions { directed: true, multigraph: true, compound: true };
    let mut graph: Graph<NodeLabel, EdgeLabel, GraphLabel> = Graph::new(options);
    let is_clusters = nodes.iter().any(|n| diagram.nodes[*n].group == Group::Cluster);
    graph.set_graph(GraphLabel {
        rankdir: RankDir::LR,
        nodesep: if is_clusters { 18.0 } else { 14.0 },
        edgesep: 8.0,
        ranksep: if is_clusters { 46.0 } else { 34.0 },
        ..GraphLabel::default()
    });
    let name = |n: usize| format!("n{n}");
    for node in nodes {
        let (width, height) = size(&diagram.nodes[*node]);
        graph.set_node(name(*node), NodeLabel { width, height, ..NodeLabel::default() });
    }
    for number in lines {
        let line = &diagram.lines[*number];
        let (width, height) = match line.text.as_slice() {
            [] => (0.0, 0.0),
            text => block(text, LABEL),
        };
        let label = EdgeLabel { width: width + 8.0, height: height + 4.0, weight: 1.0, ..EdgeLabel::default() };
        graph.set_edge_named(name(line.from), name(line.to), Some(format!("l{number}")), Some(label));
    }
    layout_dagreish(&mut graph);

    let mut part = Part { width: 0.0, height: 0.0, nodes: Vec::new(), lines: Vec::new() };
    for node in nodes {
        let Some(label) = graph.node(&name(*node)) else { continue };
        let (x, y) = (label.x.unwrap_or(0.0), label.y.unwrap_or(0.0));
        part.nodes.push((*node, Rect { x, y, width: label.width, height: label.height }));
    }
    for number in lines {
        let line = &diagram.lines[*number];
        let key = format!("l{number}");
        let Some(label) = graph.edge(&name(line.from), &name(line.to), Some(key.as_str())) else { continue };
        let middle = label.x.zip(label.y).filter(|_| !line.text.is_empty());
        let label_rect = middle.map(|(x, y)| Rect { x, y, width: label.width, height: label.height });
        let points = label.points.iter().map(|p| (p.x, p.y)).collect();
        part.lines.push((*number, Route { points, label: label_rect }));
    }
    attach(diagram, &mut part);
    to_origin(&mut part);
    part
}

/// Lets lines begin and end at the left or right border of their boxes, side by side in the order in which they come,
/// so that none hides behind a box or crosses its neighbour there.
fn attach(diagram: &Diagram, part: &mut Part) {
    let rects: std::collections::BTreeMap<usize, Rect> = part.nodes.iter().copied().collect();
    // (node, whether on the right, height of the next point, line, whether it is the line's start)
    let mut ends: Vec<(usize, bool, f64, usize, bool)> = Vec::new();
    for (at, (number, route)) in part.lines.iter().enumerate() {
        let line = &diagram.lines[*number];
        if line.from == line.to || route.points.len() < 2 {
            continue;
        }
        let last = route.points.len() - 1;
        for (node, next, is_start) in [(line.from, 1, true), (line.to, last - 1, false)] {
            let next = match route.points.len() {
                2 => rects.get(if is_start { &line.to } else { &line.from }).map_or((0.0, 0.0), |r| (r.x, r.y)),
                _ => route.points[next],
            };
            let Some(rect) = rects.get(&node) else { continue };
            ends.push((node, next.0 >= rect.x, next.1, at, is_start));
        }
    }
    ends.sort_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)).then(a.2.total_cmp(&b.2)).then((a.3, a.4).cmp(&(b.3, b.4))));
    for side in ends.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
        let rect = rects[&side[0].0];
        // Not at the corners; a few lines stay close together.
        let room = (rect.height - 14.0).max(0.0).min(9.0 * (side.len() - 1) as f64);
        for (i, (_, is_right, _, at, is_start)) in side.iter().enumerate() {
            let share = if side.len() == 1 { 0.5 } else { i as f64 / (side.len() - 1) as f64 };
            let x = if *is_right { rect.x + rect.width / 2.0 } else { rect.x - rect.width / 2.0 };
            let point = (x, rect.y - room / 2.0 + room * share);
            let points = &mut part.lines[*at].1.points;
            let index = if *is_start { 0 } else { points.len() - 1 };
            points[index] = point;
        }
    }
}

/// Moves the part to the top left corner and measures it.
fn to_origin(part: &mut Part) {
    let rects = || part.nodes.iter().map(|n| n.1).chain(part.lines.iter().filter_map(|l| l.1.label));
    let points = || part.lines.iter().flat_map(|l| l.1.points.iter().copied());
    let corners = || rects().map(|r| (r.x - r.width / 2.0, r.y - r.height / 2.0)).chain(points());
    let ends = || rects().map(|r| (r.x + r.width / 2.0, r.y + r.height / 2.0)).chain(points());
    let (left, top) = corners().fold((f64::MAX, f64::MAX), |a, p| (a.0.min(p.0), a.1.min(p.1)));
    let (right, bottom) = ends().fold((f64::MIN, f64::MIN), |a, p| (a.0.max(p.0), a.1.max(p.1)));
    (part.width, part.height) = (right - left, bottom - top);
    part.moved(-left, -top);
}

impl Part {
    /// Moves all of it.
    pub(super) fn moved(&mut self, x: f64, y: f64) {
        for (_, rect) in &mut self.nodes {
            (rect.x, rect.y) = (rect.x + x, rect.y + y);
        }
        for (_, route) in &mut self.lines {
            route.points.iter_mut().for_each(|p| *p = (p.0 + x, p.1 + y));
            if let Some(label) = &mut route.label {
                (label.x, label.y) = (label.x + x, label.y + y);
            }
        }
    }
}
