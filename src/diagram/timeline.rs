use super::text::wrapped;
use super::{Diagram, DiagramError, Group, Line, Node, Request, Span, Text, Tone, counted};
use crate::frame::Frames;
use crate::graph::{SelectionError, Status};
use crate::model::{Fact, Knowledge};
use crate::query::roles;
use std::collections::{BTreeMap, BTreeSet};

/// The facts about a thing, each in the rank of its year, the oldest first; what has no date comes last. A line leads
/// from a state to what ended it.
pub(super) fn timeline(knowledge: &Knowledge, frames: &Frames, request: &Request) -> Result<Diagram, DiagramError> {
    let selection = &request.selection;
    selection.check(frames)?;
    let focus = selection.focus.as_deref().ok_or(DiagramError::Focus)?;
    let thing = knowledge.things.get(focus);
    let wanted = |f: &&Fact| f.is_about(focus) && selection.takes(f);
    let mut facts: Vec<&Fact> = knowledge.facts.values().filter(wanted).collect();
    let (Some(thing), false) = (thing, facts.is_empty()) else {
        return Err(SelectionError::Focus(focus.to_string()).into());
    };
    let found = facts.len();
    // What most sources state is kept where there is too much.
    facts.sort_by(|a, b| (b.sources, b.confidence, &a.id).cmp(&(a.sources, a.confidence, &b.id)));
    facts.truncate(request.most());
    let key = |f: &Fact| (f.date.is_none(), f.date.map(|d| (d.earliest(), d.latest())), f.id.clone());
    facts.sort_by_key(|f| key(f));

    let years: BTreeSet<(bool, i16)> = facts.iter().map(|f| year(f)).collect();
    let bands: BTreeMap<(bool, i16), usize> = years.iter().enumerate().map(|(i, y)| (*y, i)).collect();
    let labels = years.iter().map(|(undated, y)| if *undated { "undated".into() } else { y.to_string() }).collect();
    let index: BTreeMap<&str, usize> = facts.iter().enumerate().map(|(i, f)| (f.id.as_str(), i)).collect();
    let nodes = facts.iter().map(|f| card(f, knowledge, frames, focus, Some(bands[&year(f)]))).collect();
    let ended = |f: &&Fact| Some((index[f.id.as_str()], *index.get(f.ended_by.as_deref()?)?));
    let lines = facts.iter().filter_map(ended).map(|(from, to)| Line {
        from,
        to,
        text: vec![vec![Span::new("ended by", Tone::Faint)]],
        status: Status::Actual,
        is_mutual: false,
        count: 1,
        tooltip: "what ended it".to_string(),
    });
    let mut caption = vec![format!(
        "{} about {}, by the year in which each happened or held.",
        counted(facts.len(), "fact"),
        super::readable(&thing.name)
    )];
    if found > facts.len() {
        let left = counted(found - facts.len(), "fact");
        caption.push(format!("Left out: {left} that fewest sources state; --most {found} draws all."));
    }
    let title = super::readable(&format!("{} through time", thing.name));
    Ok(Diagram { title, caption, lines: lines.collect(), nodes, bands: labels })
}

/// What has no date comes after what has one.
fn year(fact: &Fact) -> (bool, i16) {
    (fact.date.is_none(), fact.date.map_or(0, |d| d.year()))
}

/// A fact with all that it says: what and when, who else, how many say so.
pub(super) fn card(fact: &Fact, knowledge: &Knowledge, frames: &Frames, about: &str, band: Option<usize>) -> Node {
    let width = Group::Card.look().width;
    let mut head: Text = vec![Span::new(&crate::graph::saying(fact, frames), Tone::Strong)];
    head.extend(fact.date.map(|d| Span::new(&format!("  {d}"), Tone::Faint)));
    let mut text = vec![head];
    let name = knowledge.things.get(about).map(|t| t.name.as_str()).unwrap_or_default();
    for (role, values) in roles(fact, knowledge, frames) {
        // The action is the verb, and whom it is all about is the title.
        if role == "action" || values == name {
            continue;
        }
        for (i, line) in wrapped(&values, width.saturating_sub(role.len() + 1), 2).iter().enumerate() {
            let mut shown: Text = Vec::new();
            if i == 0 {
                shown.push(Span::new(&format!("{role} "), Tone::Faint));
            }
            shown.push(Span::new(line, Tone::Plain));
            text.push(shown);
        }
    }
    let status = match Status::of(fact) {
        Status::Actual => String::new(),
        status => format!("{}, ", super::stroke(status).legend),
    };
    text.push(vec![Span::new(&format!("{status}{}", counted(fact.sources, "source")), Tone::Faint)]);
    Node {
        id: fact.id.clone(),
        text,
        group: Group::Card,
        points: 11,
        is_focus: false,
        band,
        tooltip: super::readable(&format!("{} {}", fact.frame, fact.id)),
        url: None,
    }
}
