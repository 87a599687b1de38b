use super::find::counts;
use super::show::plain;
use crate::frame::Frames;
use crate::model::{ClaimsById, ClaimsDocument, Fact, Kind, Knowledge, Modality, Polarity, Term, Thing, claims_by_id};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// All that is known of one thing, ready to be printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    pub key: String,
    pub name: String,
    pub kind: Kind,
    /// Other names, with the languages they are used in, in order.
    pub names: Vec<(String, Vec<String>)>,
    pub wikidata: Option<String>,
    /// Name of the country it belongs to.
    pub country: Option<String>,
    /// Things that belong to it (of a country), with how many facts they take part in; most first.
    pub bodies: Vec<(String, usize)>,
    /// What a person has decided about it.
    pub curated: Option<String>,
    /// How many documents speak of it.
    pub documents: usize,
    /// By frame, in alphabetical order.
    pub sections: Vec<Section>,
}

/// The facts of one frame.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    pub frame: String,
    /// By date, those without one last.
    pub lines: Vec<Line>,
}

/// One fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub fact: String,
    /// `2025-07-16`, `2021-09 to 2025-01`; empty where nothing is known of it.
    pub when: String,
    /// What it is besides so: `planned`, `possible`, `negated`.
    pub status: Vec<String>,
    /// Role and values, in the order of the frame.
    pub roles: Vec<(String, String)>,
    /// Ids of facts that contradict it, and in what.
    pub contradicted: Vec<(String, String)>,
    pub sources: usize,
    pub said: Vec<Said>,
}

/// Where a fact is stated.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Said {
    pub claim: String,
    pub quote: String,
    /// Publisher, else the document's id.
    pub publisher: String,
    pub published: Option<String>,
}

/// Ids of the documents that state the facts of a thing: those that [`card`] needs.
pub fn card_documents<'a>(thing: &Thing, knowledge: &'a Knowledge) -> BTreeSet<&'a str> {
    facts_of(thing, knowledge).flat_map(|f| f.support.iter().map(|s| s.document.as_str())).collect()
}

pub(super) fn facts_of<'a>(thing: &Thing, knowledge: &'a Knowledge) -> impl Iterator<Item = &'a Fact> {
    knowledge.facts.values().filter(move |f| f.is_about(&thing.key))
}

/// The card of a thing.
///
/// `docs` gives the documents with the claims behind its facts; those that it doesn't give are left out of the sources.
pub fn card<'a>(
    thing: &Thing,
    knowledge: &Knowledge,
    frames: &Frames,
    docs: impl IntoIterator<Item = &'a ClaimsDocument>,
) -> Card {
    let facts: Vec<&Fact> = facts_of(thing, knowledge).collect();
    let claims = claims_by_id(docs);
    let mut sections: BTreeMap<&str, Vec<(&Fact, Line)>> = BTreeMap::new();
    for fact in facts {
        sections.entry(&fact.frame).or_default().push((fact, line(fact, knowledge, frames, &claims)));
    }
    let sections = sections
        .into_iter()
        .map(|(frame, mut lines)| {
            let order = |f: &Fact| (f.date.is_none(), f.date.map(|d| (d.earliest(), d.latest())));
            lines.sort_by(|(a, _), (b, _)| order(a).cmp(&order(b)).then_with(|| a.id.cmp(&b.id)));
            Section { frame: frame.to_string(), lines: lines.into_iter().map(|(_, line)| line).collect() }
        })
        .collect();
    Card {
        key: thing.key.clone(),
        name: plain(&thing.name),
        kind: thing.kind,
        names: other_names(thing),
        wikidata: thing.wikidata.clone(),
        country: thing.country.as_ref().map(|key| knowledge.things.get(key).map_or(key, |t| &t.name).clone()),
        bodies: bodies(thing, knowledge),
        curated: knowledge.curated.get(&thing.key).cloned(),
        documents: thing.members.iter().map(|m| &m.document).collect::<BTreeSet<_>>().len(),
        sections,
    }
}

fn other_names(thing: &Thing) -> Vec<(String, Vec<String>)> {
    let mut languages: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (language, names) in &thing.names {
        for name in names.iter().filter(|n| **n != thing.name) {
            let of_name = languages.entry(name).or_default();
            of_name.extend(Some(language.clone()).filter(|l| !l.is_empty()));
        }
    }
    languages.into_iter().map(|(name, languages)| (plain(name), languages)).collect()
}

fn bodies(thing: &Thing, knowledge: &Knowledge) -> Vec<(String, usize)> {
    let counts = counts(knowledge);
    let of_it = knowledge.things.values().filter(|t| t.country.as_deref() == Some(&thing.key) && t.key != thing.key);
    let mut bodies: Vec<(String, usize)> = of_it
        .map(|t| (t.name.clone(), counts.get(t.key.as_str()).copied().unwrap_or(0)))
        .filter(|(_, count)| *count > 0)
        .collect();
    bodies.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    bodies
}

fn line(fact: &Fact, knowledge: &Knowledge, frames: &Frames, claims: &ClaimsById) -> Line {
    let mut contradicted: Vec<(String, String)> = Vec::new();
    for c in &knowledge.contradictions {
        if let Some(other) = other_of(&c.facts, &fact.id) {
            contradicted.push((other.to_string(), c.role.clone().unwrap_or_else(|| c.kind.clone())));
        }
    }
    Line {
        fact: fact.id.clone(),
        when: when(fact),
        status: status(fact),
        roles: roles(fact, knowledge, frames),
        contradicted,
        sources: fact.sources,
        said: said_of(fact.claims(), claims),
    }
}

/// Where some claims are stated, by date of publication.
pub(super) fn said_of<'i>(ids: impl Iterator<Item = &'i str>, claims: &ClaimsById) -> Vec<Said> {
    let said = ids.filter_map(|id| claims.get(id)).filter_map(|(claim, doc)| {
        claim.evidence.first().map(|evidence| Said {
            claim: claim.id.clone(),
            quote: evidence.quote.clone(),
            publisher: doc.document.meta.publisher.clone().unwrap_or_else(|| doc.document.meta.id.clone()),
            published: doc.document.meta.published.clone(),
        })
    });
    let mut said: Vec<Said> = said.collect();
    said.sort_by(|a, b| (&a.published, &a.publisher, &a.claim).cmp(&(&b.published, &b.publisher, &b.claim)));
    said
}

fn other_of<'a>(facts: &'a [String; 2], id: &str) -> Option<&'a str> {
    let [a, b] = facts;
    if a == id {
        Some(b)
    } else if b == id {
        Some(a)
    } else {
        None
    }
}

/// When it happened or held.
pub(super) fn when(fact: &Fact) -> String {
    match (fact.date, fact.until) {
        (Some(from), Some(until)) => format!("{from} to {until}"),
        (Some(date), None) => date.to_string(),
        (None, Some(until)) => format!("until {until}"),
        (None, None) => String::new(),
    }
}

/// What it is besides actual and affirmed.
pub(super) fn status(fact: &Fact) -> Vec<String> {
    let modality = Some(fact.modality).filter(|m| *m != Modality::Actual).map(|m| m.name().to_string());
    let polarity = Some(fact.polarity).filter(|p| *p != Polarity::Affirmed).map(|p| p.name().to_string());
    let ended = fact.ended_by.as_ref().map(|_| "ended".to_string());
    let realised = fact.realised_by.as_ref().map(|_| "came about".to_string());
    [modality, polarity, ended, realised].into_iter().flatten().collect()
}

/// Roles with their values, without the dates that `when` gives.
pub fn roles(fact: &Fact, knowledge: &Knowledge, frames: &Frames) -> Vec<(String, String)> {
    let mut out: Vec<(String, String)> = Vec::new();
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    let known = frames.get(&fact.frame).into_iter().flat_map(|f| f.roles.keys().map(String::as_str));
    for role in known.chain(fact.roles.iter().map(|r| r.role.as_str())) {
        if matches!(role, "date" | "until") || !seen.insert(role) {
            continue;
        }
        let values: Vec<String> = fact.terms(role).map(|t| term(t, knowledge)).collect();
        if !values.is_empty() {
            out.push((role.to_string(), values.join(", ")));
        }
    }
    out
}

pub(super) fn term(term: &Term, knowledge: &Knowledge) -> String {
    match term {
        Term::Thing(key) => plain(knowledge.things.get(key).map_or(key, |t| &t.name)),
        Term::Concept(concept) => concept.replace('-', " "),
        Term::Quantity(quantity) => quantity.to_string(),
        Term::Date(date) => date.to_string(),
        Term::Text(text) => format!("“{}”", plain(text)),
    }
}
