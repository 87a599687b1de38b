//! Where the boxes, lines and labels of a diagram go, in points from the top left corner.
//!
//! Networks are laid out in layers from left to right by dagre's method, each part that hangs together for itself;
//! diagrams with bands have one row of boxes below the other. Coordinates come out the same on every machine: only sums,
//! products and roots are taken, and the writer rounds.

mod bands;
mod layers;
mod measure;
mod pack;

pub use measure::{line_height, points_of, text_width};

use super::{Diagram, Node, Shape, Text};

/// A rectangle by its middle and its size.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Rect {
    pub x: f64,
    pub y: f64,
    pub width: f64,
    pub height: f64,
}

/// The course of a line, from border to border, and the middle of its label.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Route {
    pub points: Vec<(f64, f64)>,
    pub label: Option<Rect>,
}

/// A place for everything; nodes and lines in the order of the diagram.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Placed {
    pub width: f64,
    pub height: f64,
    pub nodes: Vec<Rect>,
    pub lines: Vec<Route>,
    /// From top to bottom of each band.
    pub bands: Vec<(f64, f64)>,
}

/// Size of the text at lines.
pub const LABEL: u32 = 10;

/// Finds a place for everything.
pub fn place(diagram: &Diagram) -> Placed {
    if diagram.bands.is_empty() { pack::packed(diagram) } else { bands::banded(diagram) }
}

/// Width and height that a box needs for its text.
fn size(node: &Node) -> (f64, f64) {
    let look = node.group.look();
    let (width, height) = block(&node.text, node.points);
    let (across, above) = match look.shape {
        Shape::Bare => (4.0, 3.0),
        Shape::Oval => (15.0, 7.0),
        Shape::Hexagon => (18.0, 7.0),
        _ if look.is_left => (12.0, 9.0),
        _ => (11.0, 8.0),
    };
    ((width + 2.0 * across).max(36.0).ceil(), (height + 2.0 * above).ceil())
}

/// Width and height of lines of text below each other, the faint ones a size smaller.
fn block(text: &[Text], points: u32) -> (f64, f64) {
    let width = text.iter().map(|l| text_width(l, points)).fold(0.0, f64::max);
    let height: f64 = text.iter().map(|l| line_height(l, points)).sum();
    (width, height)
}
