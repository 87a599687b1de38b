//! Mermaid: a picture in the text of a README or an issue, drawn where it is read.

use super::{Export, ExportError, Input, Options};
use crate::diagram::{Diagram, Group, Key, Line, Node, Shape, Text, plain, readable, stroke};
use crate::graph::Status;
use std::fmt::Write as _;
use std::io::Write;

/// A flowchart in Mermaid's language.
pub struct Mermaid;

impl Export for Mermaid {
    fn name(&self) -> &'static str {
        "mermaid"
    }

    fn extension(&self) -> &'static str {
        "mmd"
    }

    fn description(&self) -> &'static str {
        "Mermaid: a picture in a README or an issue"
    }

    fn selects(&self) -> bool {
        true
    }

    fn draws(&self) -> bool {
        true
    }

    fn write(&self, input: &Input, options: &Options, out: &mut dyn Write) -> Result<(), ExportError> {
        let picture = super::bounded(self.name(), input, options)?;
        out.write_all(drawing(&picture).as_bytes())?;
        Ok(())
    }
}

fn drawing(diagram: &Diagram) -> String {
    let title = serde_json::Value::from(diagram.title.as_str());
    let direction = if diagram.bands.is_empty() { "LR" } else { "TB" };
    // Mermaid's own limits (500 lines, 50,000 characters) stand; what is drawn by country stays well below.
    let mut out = format!("---\ntitle: {title}\n---\nflowchart {direction}\n");
    if diagram.bands.is_empty() {
        (0..diagram.nodes.len()).for_each(|n| node(&mut out, "  ", n, &diagram.nodes[n]));
    }
    for (number, label) in diagram.bands.iter().enumerate() {
        let _ = writeln!(out, "  subgraph b{number}[\"{}\"]\n    direction LR", escaped(label));
        for (n, of_band) in diagram.nodes.iter().enumerate().filter(|(_, n)| n.band == Some(number)) {
            node(&mut out, "    ", n, of_band);
        }
        out.push_str("  end\n");
        if number > 0 {
            let _ = writeln!(out, "  b{} ~~~ b{number}", number - 1);
        }
    }
    let first = diagram.bands.len().saturating_sub(1);
    for (number, line) in diagram.lines.iter().enumerate() {
        self::line(&mut out, line, first + number);
    }
    let caption: Vec<String> = diagram.caption.iter().map(|c| escaped(c)).collect();
    let _ = writeln!(out, "  caption[\"{}\"]:::caption", caption.join("<br/>"));
    for key in diagram.keys() {
        if let Key::Group(group) = key {
            let name = class(group);
            let _ = writeln!(out, "  key-{name}([\"{}\"]):::{name}", escaped(group.look().legend));
        }
    }
    classes(&mut out, diagram);
    out
}

fn node(out: &mut String, indent: &str, number: usize, node: &Node) {
    let (open, close) = match node.group.look().shape {
        Shape::Rounded | Shape::Dashed => ("(", ")"),
        Shape::Oval => ("([", "])"),
        Shape::Hexagon => ("{{", "}}"),
        Shape::Square | Shape::Note | Shape::Bare => ("[", "]"),
    };
    let group = class(node.group);
    let focus = if node.is_focus { "focus" } else { "" };
    let _ = writeln!(out, "{indent}n{number}{open}\"{}\"{close}:::{group}{focus}", lines(&node.text));
}

fn line(out: &mut String, line: &Line, number: usize) {
    let arrow = match (line.status, line.is_mutual) {
        (Status::Negated, _) => "-.-x",
        (Status::Planned | Status::Possible, true) => "-.-",
        (Status::Planned | Status::Possible, false) => "-.->",
        (_, true) => "---",
        (_, false) => "-->",
    };
    let label = if line.text.is_empty() { String::new() } else { format!("|\"{}\"|", lines(&line.text)) };
    let _ = writeln!(out, "  n{} {arrow}{label} n{}", line.from, line.to);
    if matches!(line.status, Status::Ended | Status::Negated) {
        let _ = writeln!(out, "  linkStyle {number} stroke:{}", stroke(line.status).ink);
    }
}

fn lines(text: &[Text]) -> String {
    text.iter().map(|l| escaped(&plain(l))).collect::<Vec<_>>().join("<br/>")
}

/// A text for Mermaid's quotes: whatever could end them, or be read as HTML, Markdown or an entity, by its number.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in readable(text).chars() {
        match c {
            '"' | '#' | '&' | '<' | '>' | '`' | '\\' | ';' | '{' | '}' | '[' | ']' | '|' | '*' | '_' | '$' | '%' => {
                let _ = write!(out, "#{};", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out
}

/// The class of a group's boxes.
fn class(group: Group) -> String {
    format!("{group:?}").to_lowercase()
}

fn classes(out: &mut String, diagram: &Diagram) {
    let mut groups: Vec<_> = diagram.nodes.iter().map(|n| (n.group, n.is_focus)).collect();
    groups.extend(diagram.nodes.iter().map(|n| (n.group, false)));
    groups.sort_unstable();
    groups.dedup();
    for (group, is_focus) in groups {
        let look = group.look();
        let name = class(group);
        let (focus, width) = if is_focus { ("focus", 4) } else { ("", 1) };
        let line = if look.shape == Shape::Bare { "#FFFFFF" } else { look.line };
        let dash = if look.shape == Shape::Dashed { ",stroke-dasharray:5 3" } else { "" };
        let _ = writeln!(
            out,
            "  classDef {name}{focus} fill:{},stroke:{line},color:{},stroke-width:{width}px{dash}",
            look.fill, look.ink
        );
    }
    out.push_str("  classDef caption fill:#FFFFFF,stroke:#FFFFFF,color:#4B5563\n");
}
