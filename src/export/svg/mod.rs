//! SVG: a picture that needs no other program. Black on white whatever the page around it, the type that every machine
//! has, and nothing that moves or runs.

mod parts;

use super::xml::escape;
use super::{Export, ExportError, Input, Options};
use crate::diagram::place::{LABEL, Placed, Rect, place, text_width};
use crate::diagram::{Diagram, FAINT, Key, Span, Text, Tone, stroke};
use parts::{Ink, curve, number, outline, words};
use std::fmt::Write as _;
use std::io::{self, Write};
use std::process::{Command, Stdio};

/// A picture, laid out here or by Graphviz.
pub struct Svg;

/// Arrows above which a picture of a network is refused: no browser opens it and nobody reads it.
pub const MOST_ARROWS: usize = 50_000;

/// Around everything.
const MARGIN: f64 = 24.0;
/// Least width of the legend and the caption.
const NARROWEST: f64 = 520.0;

impl Export for Svg {
    fn name(&self) -> &'static str {
        "svg"
    }

    fn extension(&self) -> &'static str {
        "svg"
    }

    fn description(&self) -> &'static str {
        "SVG: a picture, without any other program"
    }

    fn selects(&self) -> bool {
        true
    }

    fn draws(&self) -> bool {
        true
    }

    fn write(&self, input: &Input, options: &Options, out: &mut dyn Write) -> Result<(), ExportError> {
        let picture = super::bounded(self.name(), input, options)?;
        let svg = if options.graphviz { graphviz(&super::dot::drawing(&picture))? } else { drawing(&picture) };
        out.write_all(svg.as_bytes())?;
        Ok(())
    }
}

/// The picture as Graphviz lays it out.
fn graphviz(dot: &str) -> Result<String, ExportError> {
    let started = Command::new("dot").arg("-Tsvg").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
    let mut child = match started {
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Err(ExportError::NoGraphviz),
        other => other?,
    };
    // It reads all before it writes, so that neither waits for the other.
    if let Some(mut input) = child.stdin.take() {
        input.write_all(dot.as_bytes())?;
    }
    let done = child.wait_with_output()?;
    match String::from_utf8(done.stdout) {
        Ok(svg) if done.status.success() => Ok(svg),
        _ => Err(ExportError::Graphviz(done.status.to_string())),
    }
}

/// The diagram as SVG.
fn drawing(diagram: &Diagram) -> String {
    let placed = place(diagram);
    let title = [vec![Span::new(&diagram.title, Tone::Strong)]];
    let width = placed.width.max(text_width(&title[0], 16)).max(NARROWEST);
    let top = MARGIN + 36.0;
    let mut below = String::new();
    let bottom = legend(&mut below, diagram, width, top + placed.height + 26.0);
    let [w, h] = [width + 2.0 * MARGIN, bottom + MARGIN].map(number);

    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{w}\" height=\"{h}\" viewBox=\"0 0 {w} {h}\" role=\"img\" \
         xml:space=\"preserve\" font-family=\"Helvetica, Arial, 'Liberation Sans', sans-serif\">\n"
    );
    let _ = writeln!(out, "<title>{}</title>", escape(&diagram.title));
    let _ = writeln!(out, "<desc>{}</desc>", escape(&diagram.caption.join(" ")));
    // Letters from right to left stay within their own words.
    out.push_str("<style>tspan{unicode-bidi:isolate}</style>\n");
    let _ = writeln!(out, "<rect width=\"{w}\" height=\"{h}\" fill=\"#FFFFFF\"/>");
    let heading = Rect { x: MARGIN, y: MARGIN + 8.0, width: 0.0, height: 0.0 };
    words(&mut out, &title, &heading, 16, Ink { ink: "#1F2933", faint: FAINT, is_left: true });
    let _ = writeln!(out, "<g transform=\"translate({} {})\">", number(MARGIN), number(top));
    bands(&mut out, diagram, &placed);
    lines(&mut out, diagram, &placed);
    nodes(&mut out, diagram, &placed);
    out.push_str("</g>\n");
    out.push_str(&below);
    out.push_str("</svg>\n");
    out
}

fn bands(out: &mut String, diagram: &Diagram, placed: &Placed) {
    for (i, (label, (top, bottom))) in diagram.bands.iter().zip(&placed.bands).enumerate() {
        let fill = if i % 2 == 0 { "#F5F8FB" } else { "#FFFFFF" };
        let _ = writeln!(
            out,
            "<rect class=\"band\" x=\"0\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"{fill}\"/>",
            number(*top),
            number(placed.width + 12.0),
            number(bottom - top)
        );
        let text = [vec![Span::new(label, Tone::Strong)]];
        let at = Rect { x: 10.0, y: top + 26.0, ..Rect::default() };
        words(out, &text, &at, 14, Ink { ink: "#0B4F8A", faint: FAINT, is_left: true });
    }
}

fn lines(out: &mut String, diagram: &Diagram, placed: &Placed) {
    let is_vertical = !diagram.bands.is_empty();
    for (line, route) in diagram.lines.iter().zip(&placed.lines) {
        let look = stroke(line.status);
        let width = match line.count {
            ..2 => 1.2,
            2..4 => 1.9,
            4..16 => 2.6,
            _ => 3.6,
        };
        let path = curve(&route.points, is_vertical);
        let _ = write!(
            out,
            "<g class=\"line\"><title>{}</title><path d=\"{path}\" fill=\"none\" stroke=\"{}\" stroke-width=\"{}\"",
            escape(&line.tooltip),
            look.ink,
            number(width)
        );
        if let Some([dash, gap]) = look.dashes {
            let _ = write!(out, " stroke-dasharray=\"{dash} {gap}\"");
        }
        out.push_str("/>");
        if !line.is_mutual {
            parts::head(out, &route.points, is_vertical, look.ink, line.status);
        }
        out.push_str("</g>\n");
    }
    // Labels come after all lines, so that no line runs through one.
    for (line, route) in diagram.lines.iter().zip(&placed.lines) {
        let Some(label) = &route.label else { continue };
        let look = stroke(line.status);
        out.push_str("<g class=\"label\">");
        outline::rounded(out, label, 3.0, "fill=\"#FFFFFF\" fill-opacity=\"0.97\"");
        words(out, &line.text, label, LABEL, Ink { ink: look.label, faint: FAINT, is_left: false });
        out.push_str("</g>\n");
    }
}

fn nodes(out: &mut String, diagram: &Diagram, placed: &Placed) {
    for (node, rect) in diagram.nodes.iter().zip(&placed.nodes) {
        let look = node.group.look();
        let _ = write!(out, "<g class=\"node\"><title>{}</title>", escape(&node.tooltip));
        if let Some(url) = &node.url {
            let _ = write!(out, "<a href=\"{}\">", escape(url));
        }
        outline::shape(out, &look, rect, node.is_focus);
        words(out, &node.text, rect, node.points, Ink { ink: look.ink, faint: look.faint, is_left: look.is_left });
        out.push_str(if node.url.is_some() { "</a></g>\n" } else { "</g>\n" });
    }
}

/// What shapes and lines mean, and the caption; gives where it ends.
fn legend(out: &mut String, diagram: &Diagram, width: f64, top: f64) -> f64 {
    let (mut x, mut y) = (MARGIN, top);
    let keys = diagram.keys();
    for key in &keys {
        let (text, across) = match key {
            Key::Group(group) => (group.look().legend, 0.0),
            Key::Status(status) => (stroke(*status).legend, 30.0),
        };
        let text: Text = vec![Span::new(text, Tone::Plain)];
        let wide = text_width(&text, LABEL) + 20.0 + across;
        if x > MARGIN && x + wide > MARGIN + width {
            (x, y) = (MARGIN, y + 26.0);
        }
        let rect = Rect { x: x + wide / 2.0, y: y + 10.0, width: wide, height: 20.0 };
        out.push_str("<g class=\"key\">");
        match key {
            Key::Group(group) => {
                let look = group.look();
                outline::shape(out, &look, &rect, false);
                words(out, &[text], &rect, LABEL, Ink { ink: look.ink, faint: look.faint, is_left: false });
            }
            Key::Status(status) => {
                let look = stroke(*status);
                parts::sample(out, x + 6.0, y + 10.0, &look);
                let rect = Rect { x: rect.x + across / 2.0 + 2.0, ..rect };
                words(out, &[text], &rect, LABEL, Ink { ink: look.label, faint: FAINT, is_left: false });
            }
        }
        out.push_str("</g>\n");
        x += wide + 10.0;
    }
    if !keys.is_empty() {
        y += 34.0;
    }
    for sentence in &diagram.caption {
        for line in filled(sentence, width) {
            let at = Rect { x: MARGIN, y: y + 7.0, ..Rect::default() };
            words(out, &[line], &at, 11, Ink { ink: "#4B5563", faint: FAINT, is_left: true });
            y += 16.0;
        }
    }
    y
}

/// A sentence in lines of a width in points.
fn filled(sentence: &str, width: f64) -> Vec<Text> {
    let mut lines: Vec<Text> = Vec::new();
    let mut line = String::new();
    for word in sentence.split(' ') {
        let longer = if line.is_empty() { word.to_string() } else { format!("{line} {word}") };
        if !line.is_empty() && text_width(&vec![Span::new(&longer, Tone::Plain)], 11) > width {
            lines.push(vec![Span::new(&line, Tone::Plain)]);
            line = word.to_string();
        } else {
            line = longer;
        }
    }
    lines.push(vec![Span::new(&line, Tone::Plain)]);
    lines
}
