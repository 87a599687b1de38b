use super::look::FAINT;
use super::text::{faint, html, quoted, stacked, wrapped};
use crate::graph::{Arrow, Sort, Status, View};
use petgraph::graph::NodeIndex;
use petgraph::visit::EdgeRef;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Verbs of a label before the rest is only counted.
const SAYINGS: usize = 4;
/// Characters in one.
const WIDTH: usize = 26;

/// Characters of a verb and its detail that still stand in one line.
const SHORT: usize = 18;

/// The arrows between two nodes that are drawn as one line.
pub(super) struct Bundle<'a> {
    pub(super) from: NodeIndex,
    pub(super) to: NodeIndex,
    pub(super) mutual: bool,
    pub(super) status: Status,
    arrows: Vec<&'a Arrow>,
}

pub(super) fn bundles(view: &View) -> Vec<Bundle<'_>> {
    let mut found: BTreeMap<_, Vec<&Arrow>> = BTreeMap::new();
    for edge in view.graph.edge_references() {
        let arrow = edge.weight();
        found.entry((edge.source(), edge.target(), arrow.mutual, arrow.status)).or_default().push(arrow);
    }
    found.into_iter().map(|((from, to, mutual, status), arrows)| Bundle { from, to, mutual, status, arrows }).collect()
}

/// How a line is drawn, and what the legend says of it.
pub(super) struct Line {
    attributes: &'static str,
    pub(super) ink: &'static str,
    pub(super) legend: &'static str,
}

pub(super) fn line(status: Status) -> Line {
    match status {
        Status::Actual => Line { attributes: r##"color="#4B5563""##, ink: "#1F2933", legend: "── actual" },
        Status::Planned => {
            Line { attributes: r##"color="#4B5563" style=dashed"##, ink: "#1F2933", legend: "╌╌ planned" }
        }
        Status::Possible => {
            Line { attributes: r##"color="#4B5563" style=dotted"##, ink: "#1F2933", legend: "┈┈ considered" }
        }
        Status::Ended => Line { attributes: r##"color="#B6BCC6""##, ink: FAINT, legend: "── ended" },
        Status::Negated => {
            Line { attributes: r##"color="#B6BCC6" style=dashed"##, ink: FAINT, legend: "╌╌ denied" }
        }
    }
}

pub(super) fn arrow(out: &mut String, view: &View, bundle: &Bundle) {
    let look = line(bundle.status);
    let _ = write!(
        out,
        "  {} -> {} [{}",
        quoted(&view.graph[bundle.from].id),
        quoted(&view.graph[bundle.to].id),
        look.attributes
    );
    // A fact's own node has the words already.
    if view.graph[bundle.to].sort != Sort::Fact {
        let _ = write!(out, " label=<{}> fontcolor=\"{}\"", label(bundle), look.ink);
    }
    if bundle.mutual {
        out.push_str(" dir=none");
    }
    if bundle.status == Status::Negated {
        out.push_str(" arrowhead=tee");
    }
    if bundle.arrows.len() > 1 {
        let _ = write!(out, " penwidth={}", if bundle.arrows.len() > 3 { "2.6" } else { "1.8" });
    }
    let _ = writeln!(out, " tooltip={}]", quoted(&tooltip(bundle)));
}

/// What is said: for each verb how often, the latest detail, and the years.
fn label(bundle: &Bundle) -> String {
    let mut said: BTreeMap<(&str, &str), Vec<&Arrow>> = BTreeMap::new();
    for arrow in &bundle.arrows {
        said.entry((&arrow.frame, &arrow.verb)).or_default().push(arrow);
    }
    let mut sayings: Vec<Vec<&Arrow>> = said.into_values().collect();
    // In the order of time; what has no date comes last.
    sayings.sort_by_key(|arrows| {
        let first = arrows.iter().filter_map(|a| a.date).map(|d| d.earliest()).min();
        (first.is_none(), first)
    });
    let more = sayings.len().saturating_sub(SAYINGS);
    let mut lines: Vec<String> =
        sayings.iter().take(SAYINGS).flat_map(|arrows| saying(bundle.status, arrows)).collect();
    if more > 0 {
        lines.push(faint(&format!("and {more} more")));
    }
    stacked(&lines)
}

fn saying(status: Status, arrows: &[&Arrow]) -> Vec<String> {
    let Some(latest) = arrows.iter().max_by_key(|a| (a.date.map(|d| d.latest()), a.detail.is_some())) else {
        return Vec::new();
    };
    let mut verb = latest.verb.clone();
    if status == Status::Negated {
        verb.insert_str(0, "not: ");
    }
    if arrows.len() > 1 {
        let _ = write!(verb, " ×{}", arrows.len());
    }
    let mut lines = wrapped(&verb, WIDTH, 2);
    match (&latest.detail, lines.last_mut()) {
        (Some(detail), Some(last)) if last.chars().count() + detail.chars().count() < SHORT => {
            let _ = write!(last, " {detail}");
        }
        (Some(detail), _) => lines.extend(wrapped(detail, WIDTH, 2)),
        (None, _) => {}
    }
    let mut lines: Vec<String> = lines.iter().map(|l| html(l)).collect();
    if let (Some(years), Some(last)) = (years(arrows), lines.last_mut()) {
        let _ = write!(last, " {}", faint(&years));
    }
    lines
}

/// From the first year to the last: `2021`, `2021–25`.
fn years(arrows: &[&Arrow]) -> Option<String> {
    let first = arrows.iter().filter_map(|a| a.date).map(|d| d.year()).min()?;
    let last = arrows.iter().flat_map(|a| [a.date, a.until]).flatten().map(|d| d.year()).max()?;
    Some(match first == last {
        true => first.to_string(),
        false if first / 100 == last / 100 => format!("{first}–{:02}", last % 100),
        false => format!("{first}–{last}"),
    })
}

fn tooltip(bundle: &Bundle) -> String {
    let said = bundle.arrows.iter().map(|a| {
        let date = a.date.map(|d| format!(", {d}")).unwrap_or_default();
        let detail = a.detail.as_deref().map(|d| format!(" {d}")).unwrap_or_default();
        format!("{}: {}{detail}{date} ({})", a.frame, a.verb, a.fact)
    });
    said.collect::<Vec<_>>().join(" · ")
}
