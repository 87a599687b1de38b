//! What is new since.

use super::card::{roles, status, when};
use crate::frame::Frames;
use crate::model::{Contradiction, Fact, Knowledge};
use std::collections::{BTreeMap, BTreeSet};

/// One fact that is new, gone or otherwise than before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    pub fact: String,
    pub frame: String,
    pub when: String,
    pub status: Vec<String>,
    pub roles: Vec<(String, String)>,
    /// What became otherwise, before and after; empty for what is new or gone.
    pub otherwise: Vec<String>,
}

/// What one state of knowledge has that another had not, and the other way round. All in a fixed order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Diff {
    pub new: Vec<Change>,
    pub changed: Vec<Change>,
    /// Facts of which no claim is left.
    pub gone: Vec<Change>,
    /// Names of things that no entity of before is a part of.
    pub things: Vec<String>,
    /// Facts that contradict each other now and did not, and in what.
    pub contradictions: Vec<Contradiction>,
}

impl Diff {
    /// Whether both are the same.
    pub fn is_empty(&self) -> bool {
        *self == Diff::default()
    }
}

/// Compares two states of knowledge. Facts are the same where a claim supports both: ids may change when a claim that says
/// more joins a fact.
pub fn diff(before: &Knowledge, after: &Knowledge, frames: &Frames) -> Diff {
    let (then, now) = (before.facts_by_claim(), after.facts_by_claim());
    // Facts of before that a claim leads to, by id.
    let was = |fact: &Fact| -> BTreeMap<&str, &Fact> {
        fact.claims().filter_map(|claim| then.get(claim)).map(|old| (old.id.as_str(), *old)).collect()
    };
    let mut found = Diff::default();
    for fact in after.facts.values() {
        let olds = was(fact);
        let Some((_, old)) = olds.first_key_value() else {
            found.new.push(change(fact, after, frames, Vec::new()));
            continue;
        };
        let mut otherwise = differences(old, fact, before, after, frames);
        if olds.len() > 1 {
            otherwise.push(format!("joins {} facts", olds.len()));
        }
        if !otherwise.is_empty() {
            found.changed.push(change(fact, after, frames, otherwise));
        }
    }
    for fact in before.facts.values().filter(|f| f.claims().all(|c| !now.contains_key(c))) {
        found.gone.push(change(fact, before, frames, Vec::new()));
    }
    for list in [&mut found.new, &mut found.changed, &mut found.gone] {
        list.sort_by(|a, b| (&a.frame, &a.when, &a.fact).cmp(&(&b.frame, &b.when, &b.fact)));
    }
    let members: BTreeSet<(&str, &str)> =
        before.things.values().flat_map(|t| &t.members).map(|m| (m.document.as_str(), m.entity.as_str())).collect();
    let fresh = after.things.values().filter(|t| {
        let known = t.members.iter().any(|m| members.contains(&(m.document.as_str(), m.entity.as_str())));
        !known && !before.things.contains_key(&t.key)
    });
    found.things = fresh.map(|t| t.name.clone()).collect();
    found.things.sort();
    let of_before: BTreeSet<(&str, Option<&str>, [&str; 2])> =
        before.contradictions.iter().map(|c| pair(c, [&c.facts[0], &c.facts[1]])).collect();
    let known = |c: &Contradiction| {
        let of = |id: &String| Some(*was(after.facts.get(id)?).first_key_value()?.0);
        of(&c.facts[0]).zip(of(&c.facts[1])).is_some_and(|(a, b)| of_before.contains(&pair(c, [a, b])))
    };
    found.contradictions = after.contradictions.iter().filter(|c| !known(c)).cloned().collect();
    found
}

/// A contradiction between two facts, whichever is named first.
fn pair<'a>(c: &'a Contradiction, mut facts: [&'a str; 2]) -> (&'a str, Option<&'a str>, [&'a str; 2]) {
    facts.sort_unstable();
    (&c.kind, c.role.as_deref(), facts)
}

fn change(fact: &Fact, knowledge: &Knowledge, frames: &Frames, otherwise: Vec<String>) -> Change {
    Change {
        fact: fact.id.clone(),
        frame: fact.frame.clone(),
        when: when(fact),
        status: status(fact),
        roles: roles(fact, knowledge, frames),
        otherwise,
    }
}

fn differences(old: &Fact, new: &Fact, before: &Knowledge, after: &Knowledge, frames: &Frames) -> Vec<String> {
    let mut found = Vec::new();
    let mut note = |what: &str, a: String, b: String| {
        if a != b {
            let or = |text: String| if text.is_empty() { "–".to_string() } else { text };
            found.push(format!("{what} {} → {}", or(a), or(b)));
        }
    };
    note("when", when(old), when(new));
    note("status", status(old).join(", "), status(new).join(", "));
    let (was, is) = (roles(old, before, frames), roles(new, after, frames));
    let names: BTreeSet<&str> = was.iter().chain(&is).map(|(role, _)| role.as_str()).collect();
    for name in names {
        let of = |list: &[(String, String)]| {
            list.iter().find(|(role, _)| role == name).map(|(_, v)| v.clone()).unwrap_or_default()
        };
        note(name, of(&was), of(&is));
    }
    note("sources", old.sources.to_string(), new.sources.to_string());
    found
}
