//! What cannot both be so, and what only looks so.

use super::card::{Said, roles, said_of, status, term};
use crate::frame::Frames;
use crate::model::{
    ClaimsDocument, Contradiction, Fact, FactRole, Knowledge, Percent, Polarity, Quantity, Term, claims_by_id,
};
use crate::resolve::amounts_fit;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Two facts that cannot both be so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Conflict {
    /// `quantity`: figures differ; `date`: dates differ; `polarity`: one denies what the other asserts.
    pub kind: String,
    pub frame: String,
    /// What both are about: the roles that identify the fact.
    pub about: String,
    /// The role in which they differ, where it is one role.
    pub role: Option<String>,
    pub sides: [Side; 2],
}

/// One of the two.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Side {
    pub fact: String,
    /// What it says where they differ.
    pub value: String,
    pub date: Option<String>,
    pub status: Vec<String>,
    /// Independent publishers.
    pub sources: usize,
    pub confidence: Percent,
    /// Where it is said; by date of publication.
    pub said: Vec<Said>,
}

/// Figures that are one: told with fewer digits, as a bound, or in another unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Told {
    /// `rounding`, `bound`, `conversion`.
    pub kind: &'static str,
    pub fact: String,
    pub frame: String,
    pub about: String,
    pub role: String,
    /// Each figure with where it is said.
    pub figures: Vec<(String, Vec<Said>)>,
}

/// Whether a fact is about a thing; any is about none in particular.
fn concerns(fact: &Fact, thing: Option<&str>) -> bool {
    thing.is_none_or(|key| fact.is_about(key))
}

/// Ids of the documents that [`conflicts`] and [`told_apart`] need to give quotes.
pub fn conflict_documents(knowledge: &Knowledge) -> BTreeSet<&str> {
    let of_pairs = knowledge.contradictions.iter().flat_map(|c| &c.facts).filter_map(|id| knowledge.facts.get(id));
    let several = knowledge.facts.values().filter(|f| !variants(f).is_empty());
    of_pairs.chain(several).flat_map(|f| f.support.iter().map(|s| s.document.as_str())).collect()
}

/// The contradictions, of one thing (by its key) or of all: by kind, frame and what they are about.
pub fn conflicts<'a>(
    thing: Option<&str>,
    knowledge: &Knowledge,
    frames: &Frames,
    docs: impl IntoIterator<Item = &'a ClaimsDocument>,
) -> Vec<Conflict> {
    let claims = claims_by_id(docs);
    let conflict = |c: &Contradiction| {
        let [one, other] = [knowledge.facts.get(&c.facts[0])?, knowledge.facts.get(&c.facts[1])?];
        let side = |fact: &Fact| Side {
            fact: fact.id.clone(),
            value: value(fact, c, knowledge),
            date: fact.date.map(|d| d.to_string()),
            status: status(fact),
            sources: fact.sources,
            confidence: fact.confidence,
            said: said_of(fact.claims(), &claims),
        };
        let wanted = concerns(one, thing) || concerns(other, thing);
        wanted.then(|| Conflict {
            kind: c.kind.clone(),
            frame: one.frame.clone(),
            about: about(one, c.role.as_deref(), knowledge, frames),
            role: c.role.clone(),
            sides: [side(one), side(other)],
        })
    };
    let mut found: Vec<Conflict> = knowledge.contradictions.iter().filter_map(conflict).collect();
    let order = |c: &Conflict| (c.kind.clone(), c.frame.clone(), c.about.clone(), c.sides.clone().map(|s| s.fact));
    found.sort_by_cached_key(order);
    found
}

/// What a fact says where it is at odds with another.
fn value(fact: &Fact, c: &Contradiction, knowledge: &Knowledge) -> String {
    match (c.kind.as_str(), &c.role) {
        ("polarity", _) => if fact.polarity == Polarity::Negated { "denied" } else { "asserted" }.to_string(),
        ("date", _) => fact.date.map_or_else(String::new, |d| d.to_string()),
        (_, Some(role)) => fact.terms(role).map(|t| term(t, knowledge)).collect::<Vec<_>>().join(", "),
        (_, None) => String::new(),
    }
}

/// The roles that identify a fact, but for one.
fn about(fact: &Fact, but: Option<&str>, knowledge: &Knowledge, frames: &Frames) -> String {
    let keys: BTreeSet<&str> = frames.get(&fact.frame).into_iter().flat_map(|f| f.keys()).collect();
    let roles = roles(fact, knowledge, frames).into_iter();
    let kept = roles.filter(|(role, _)| keys.contains(role.as_str()) && but != Some(role.as_str()));
    kept.map(|(_, values)| values).collect::<Vec<_>>().join(" · ")
}

/// Roles of a fact with several figures: that they stand in one fact says that they fit each other.
fn variants(fact: &Fact) -> BTreeMap<&str, Vec<(&FactRole, &Quantity)>> {
    let mut figures: BTreeMap<&str, Vec<(&FactRole, &Quantity)>> = BTreeMap::new();
    for role in &fact.roles {
        if let Term::Quantity(quantity) = &role.term {
            figures.entry(&role.role).or_default().push((role, quantity));
        }
    }
    figures.retain(|_, list| list.len() > 1);
    figures
}

/// Figures that differ and are no contradiction, with the reason: of one thing (by its key) or of all.
pub fn told_apart<'a>(
    thing: Option<&str>,
    knowledge: &Knowledge,
    frames: &Frames,
    docs: impl IntoIterator<Item = &'a ClaimsDocument>,
) -> Vec<Told> {
    let claims = claims_by_id(docs);
    let mut found = Vec::new();
    for fact in knowledge.facts.values().filter(|f| concerns(f, thing)) {
        for (role, figures) in variants(fact) {
            let units: BTreeSet<&str> = figures.iter().map(|(_, q)| q.unit.as_str()).collect();
            let rounded = figures.iter().any(|(_, q)| q.number != figures[0].1.number);
            let plain: Vec<Quantity> = figures.iter().map(|(_, q)| Quantity { bound: None, ..(*q).clone() }).collect();
            let fit = plain.iter().all(|a| plain.iter().all(|b| amounts_fit(a, b)));
            let kind = match (units.len() > 1, rounded && fit) {
                (true, _) => "conversion",
                (false, true) => "rounding",
                (false, false) => "bound",
            };
            found.push(Told {
                kind,
                fact: fact.id.clone(),
                frame: fact.frame.clone(),
                about: about(fact, Some(role), knowledge, frames),
                role: role.to_string(),
                figures: figures
                    .iter()
                    .map(|(r, q)| (q.to_string(), said_of(r.claims.iter().map(String::as_str), &claims)))
                    .collect(),
            });
        }
    }
    found.sort_by(|a, b| (a.kind, &a.frame, &a.about, &a.fact).cmp(&(b.kind, &b.frame, &b.about, &b.fact)));
    found
}
