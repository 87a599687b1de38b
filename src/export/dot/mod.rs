//! Graphviz: a picture for people. Each kind of node has a shape and a colour of its own, told apart by the colour-blind
//! too; arrows between the same two nodes are one, with a line for each thing that is said.

mod rows;
mod text;

use super::{Export, ExportError, Input, Options};
use crate::diagram::{Diagram, Group, Key, Line, Node, Shape, picture, stroke};
use crate::graph::Status;
use std::fmt::Write as _;
use std::io::Write;
use text::{html, quoted, stacked};

/// A picture in Graphviz's language.
pub struct Dot;

impl Export for Dot {
    fn name(&self) -> &'static str {
        "dot"
    }

    fn extension(&self) -> &'static str {
        "gv"
    }

    fn description(&self) -> &'static str {
        "Graphviz: a picture, by `dot -Tsvg`"
    }

    fn selects(&self) -> bool {
        true
    }

    fn draws(&self) -> bool {
        true
    }

    fn write(&self, input: &Input, options: &Options, out: &mut dyn Write) -> Result<(), ExportError> {
        let picture = picture(input.knowledge, input.frames, input.documents, &options.request())?;
        out.write_all(drawing(&picture).as_bytes())?;
        Ok(())
    }
}

const DEFAULTS: &str = r##"  node [fontname="Helvetica,Arial,sans-serif" margin="0.14,0.08" height=0.4 penwidth=1.2]
  edge [fontname="Helvetica,Arial,sans-serif" fontsize=10 arrowsize=0.7]
"##;

/// The diagram in Graphviz's language.
pub(super) fn drawing(diagram: &Diagram) -> String {
    let is_banded = !diagram.bands.is_empty();
    let mut out = String::from("digraph chancery {\n");
    let rank = if is_banded { "rankdir=TB ranksep=0.25" } else { "rankdir=LR ranksep=0.9" };
    let _ = writeln!(
        out,
        "  graph [{rank} nodesep=0.3 pad=0.3 splines=true outputorder=edgesfirst bgcolor=white labelloc=b labeljust=l \
         fontname=\"Helvetica,Arial,sans-serif\" fontsize=10]"
    );
    out.push_str(DEFAULTS);
    let _ = writeln!(out, "  label=<{}>", legend(diagram));
    out.push('\n');
    for node in &diagram.nodes {
        self::node(&mut out, node);
    }
    bands(&mut out, diagram);
    out.push('\n');
    for line in &diagram.lines {
        self::line(&mut out, diagram, line);
    }
    if !is_banded {
        for (from, to) in rows::ties(diagram) {
            let [from, to] = [from, to].map(|n| quoted(&diagram.nodes[n].id));
            let _ = writeln!(out, "  {from} -> {to} [style=invis]");
        }
    }
    out.push_str("}\n");
    out
}

fn shape(shape: Shape) -> &'static str {
    match shape {
        Shape::Rounded => "shape=box style=\"rounded,filled\"",
        Shape::Square => "shape=box style=filled",
        Shape::Oval => "shape=ellipse style=filled margin=\"0.06,0.04\"",
        Shape::Hexagon => "shape=hexagon style=filled margin=\"0.04,0.04\"",
        Shape::Note => "shape=note style=filled",
        Shape::Dashed => "shape=box style=\"rounded,dashed\"",
        Shape::Bare => "shape=plaintext margin=\"0.04,0.02\" height=0.2",
    }
}

fn node(out: &mut String, node: &Node) {
    let look = node.group.look();
    let shown = stacked(&node.text, look.faint, look.is_left);
    let _ = write!(out, "  {} [label=<{shown}> {}", quoted(&node.id), shape(look.shape));
    if look.shape != Shape::Bare {
        let _ = write!(out, " fillcolor=\"{}\" color=\"{}\"", look.fill, look.line);
    }
    let _ = write!(out, " fontcolor=\"{}\" fontsize={}", look.ink, node.points);
    if node.is_focus {
        out.push_str(" peripheries=2 penwidth=2");
    }
    let _ = write!(out, " tooltip={}", quoted(&node.tooltip));
    if let Some(url) = &node.url {
        let _ = write!(out, " URL={}", quoted(url));
    }
    out.push_str("]\n");
}

/// Each band is a rank with its label, the bands joined from top to bottom by what is not seen.
fn bands(out: &mut String, diagram: &Diagram) {
    for (number, label) in diagram.bands.iter().enumerate() {
        let _ = writeln!(
            out,
            "  \"band {number}\" [label={} shape=plaintext fontsize=14 fontcolor=\"#0B4F8A\"]",
            quoted(label)
        );
        let _ = write!(out, "  {{ rank=same \"band {number}\"");
        for node in diagram.nodes.iter().filter(|n| n.band == Some(number)) {
            let _ = write!(out, " {}", quoted(&node.id));
        }
        out.push_str(" }\n");
        if number > 0 {
            let _ = writeln!(out, "  \"band {}\" -> \"band {number}\" [color=\"#B6BCC6\" arrowhead=none]", number - 1);
        }
    }
}

fn style(status: Status) -> &'static str {
    match stroke(status).dashes {
        None => "",
        Some([dash, _]) if dash > 3 => " style=dashed",
        Some(_) => " style=dotted",
    }
}

fn line(out: &mut String, diagram: &Diagram, line: &Line) {
    let look = stroke(line.status);
    let [from, to] = [line.from, line.to].map(|n| quoted(&diagram.nodes[n].id));
    let _ = write!(out, "  {from} -> {to} [color=\"{}\"{}", look.ink, style(line.status));
    if !line.text.is_empty() {
        let shown = stacked(&line.text, crate::diagram::FAINT, false);
        let _ = write!(out, " label=<{shown}> fontcolor=\"{}\"", look.label);
    }
    if line.is_mutual {
        out.push_str(" dir=none");
    }
    if line.status == Status::Negated {
        out.push_str(" arrowhead=tee");
    }
    if line.count > 1 {
        let _ = write!(out, " penwidth={}", if line.count > 3 { "2.6" } else { "1.8" });
    }
    // A later year's box must not be pulled into the rank of an earlier one.
    if !diagram.bands.is_empty() {
        out.push_str(" constraint=false");
    }
    let _ = writeln!(out, " tooltip={}]", quoted(&line.tooltip));
}

/// The title, what shapes and lines mean, what the picture shows and leaves out.
fn legend(diagram: &Diagram) -> String {
    let mut cells = String::new();
    for key in diagram.keys() {
        match key {
            Key::Group(group) => cells.push_str(&swatch(group)),
            Key::Status(status) => {
                let look = stroke(status);
                let stroke = match look.dashes {
                    None => "──",
                    Some([dash, _]) if dash > 3 => "╌╌",
                    Some(_) => "┈┈",
                };
                let _ = write!(cells, "<td><font color=\"{}\">{stroke} {}</font></td>", look.label, look.legend);
            }
        }
    }
    let row = |cell: &str| format!("<tr><td align=\"left\">{cell}</td></tr>");
    let mut rows = row(&format!("<font point-size=\"14\"><b>{}</b></font>", html(&diagram.title)));
    if !cells.is_empty() {
        rows.push_str(&row(&format!(
            "<table border=\"0\" cellborder=\"0\" cellspacing=\"6\" cellpadding=\"4\"><tr>{cells}</tr></table>"
        )));
    }
    for sentence in &diagram.caption {
        rows.push_str(&row(&format!("<font color=\"{}\">{}</font>", crate::diagram::FAINT, html(sentence))));
    }
    format!("<table border=\"0\" cellspacing=\"0\" cellpadding=\"3\"><tr><td> </td></tr>{rows}</table>")
}

fn swatch(group: Group) -> String {
    let look = group.look();
    let corner = match look.shape {
        Shape::Rounded | Shape::Oval | Shape::Dashed => "rounded",
        _ => "",
    };
    format!(
        "<td bgcolor=\"{}\" color=\"{}\" border=\"1\" style=\"{corner}\"><font color=\"{}\">{}</font></td>",
        look.fill, look.line, look.ink, look.legend
    )
}
