use super::text::wrapped;
use super::timeline::card;
use super::{Diagram, DiagramError, Group, Line, Node, Request, Span, Text, Tone, counted};
use crate::frame::Frames;
use crate::graph::Status;
use crate::model::{ClaimsDocument, Knowledge};
use crate::query::{Behind, Reference, explain};
use std::collections::BTreeMap;

/// Lines of a quote before the rest is left out.
const QUOTE: usize = 6;

/// The documents that state a fact, their claims with their quotes, and the fact; also the facts that contradict it or
/// ended it.
pub(super) fn provenance(
    knowledge: &Knowledge,
    frames: &Frames,
    documents: &[ClaimsDocument],
    request: &Request,
) -> Result<Diagram, DiagramError> {
    let id = request.fact.as_deref().ok_or(DiagramError::Fact)?;
    let explained = match explain(id, knowledge, frames, documents) {
        Reference::One(explained) => explained,
        Reference::Several(ids) => return Err(DiagramError::SeveralFacts(id.to_string(), ids.join(", "))),
        Reference::Nothing => return Err(DiagramError::NoFact(id.to_string())),
    };
    let Some(fact) = knowledge.facts.get(&explained.id) else {
        return Err(DiagramError::NoFact(id.to_string()));
    };
    let mut nodes = Vec::new();
    let mut lines = Vec::new();
    let mut at: BTreeMap<&str, usize> = BTreeMap::new();
    for behind in &explained.behind {
        at.entry(&behind.document).or_insert_with(|| {
            nodes.push(document(behind));
            nodes.len() - 1
        });
    }
    let said = nodes.len();
    let shown = nodes.len() + explained.behind.len();
    for (number, behind) in explained.behind.iter().enumerate() {
        nodes.push(claim(behind));
        lines.push(line(at[behind.document.as_str()], said + number, "states", Status::Actual));
        lines.push(line(said + number, shown, "supports", Status::Actual));
    }
    let mut end = card(fact, knowledge, frames, "", None);
    end.is_focus = true;
    nodes.push(end);
    let ended = fact.ended_by.iter().map(|by| (by, "ended by".to_string()));
    let others = explained.contradicted.iter().map(|(other, what)| (other, format!("contradicted in {what}")));
    for (other, what) in ended.chain(others) {
        if let Some(other) = knowledge.facts.get(other) {
            lines.push(line(shown, nodes.len(), &what, Status::Possible));
            nodes.push(card(other, knowledge, frames, "", None));
        }
    }
    let caption = vec![format!(
        "{} in {} by {}; confidence {}.",
        counted(explained.behind.len(), "claim"),
        counted(said, "document"),
        counted(fact.sources, "independent publisher"),
        fact.confidence.decimal()
    )];
    let title = format!("Where {} {} comes from", fact.frame, fact.id);
    Ok(Diagram { title, caption, nodes, lines, bands: Vec::new() })
}

fn line(from: usize, to: usize, text: &str, status: Status) -> Line {
    Line {
        from,
        to,
        text: vec![vec![Span::new(text, Tone::Faint)]],
        status,
        is_mutual: false,
        count: 1,
        tooltip: text.to_string(),
    }
}

fn document(behind: &Behind) -> Node {
    let width = Group::Document.look().width;
    let mut text: Vec<Text> = Vec::new();
    let from: Vec<&str> = [behind.publisher.as_deref(), behind.published.as_deref()].into_iter().flatten().collect();
    if !from.is_empty() {
        text.push(vec![Span::new(&from.join(", "), Tone::Faint)]);
    }
    let title = if behind.title.is_empty() { &behind.document } else { &behind.title };
    text.extend(wrapped(title, width, 3).iter().map(|l| vec![Span::new(l, Tone::Strong)]));
    node(format!("document {}", behind.document), text, Group::Document, &behind.document, behind.url.clone())
}

fn claim(behind: &Behind) -> Node {
    let width = Group::Claim.look().width;
    let quotes: Vec<&str> = behind.quotes.iter().map(|[_, quote, _]| quote.as_str()).collect();
    let quote = format!("“{}”", quotes.join(" … "));
    let mut text: Vec<Text> = wrapped(&quote, width, QUOTE).iter().map(|l| vec![Span::new(l, Tone::Plain)]).collect();
    let mut about = behind.status.clone();
    about.extend(behind.attribution.as_ref().map(|who| format!("said by {who}")));
    about.push(format!("confidence {}", behind.confidence.decimal()));
    text.extend(wrapped(&about.join(", "), width, 2).iter().map(|l| vec![Span::new(l, Tone::Faint)]));
    let id = if behind.claim.is_empty() { format!("claim of {}", behind.document) } else { behind.claim.clone() };
    let tooltip = behind.lexical_unit.clone().unwrap_or_else(|| behind.claim.clone());
    node(id, text, Group::Claim, &tooltip, None)
}

fn node(id: String, text: Vec<Text>, group: Group, tooltip: &str, url: Option<String>) -> Node {
    Node { id, text, group, points: 11, is_focus: false, band: None, tooltip: super::readable(tooltip), url }
}
