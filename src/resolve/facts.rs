//! Claims as facts: blocks of claims about the same, groups that do not contradict each other.

use super::group::{Facet, Group, group, manner};
use super::local::Local;
use super::sources::{Families, combine};
use super::things::Keys;
use crate::claims::short_id;
use crate::digest::sha256;
use crate::frame::{Frame, Frames};
use crate::lexicon::Gazetteer;
use crate::model::{
    Claim, ClaimsDocument, Fact, FactRole, Modality, PartialDate, Percent, Polarity, Quantity, Support, Term, Value,
};
use indexmap::IndexMap;
use std::collections::{BTreeMap, BTreeSet};

/// A fact with what relating it to others needs.
pub(super) struct Draft {
    pub fact: Fact,
    /// Frame and the roles that say what it is about, without modality and polarity.
    pub about: String,
    /// The same without the action.
    pub about_any_action: String,
    pub action: Option<String>,
    pub quantities: BTreeMap<String, Vec<Quantity>>,
}

/// What all blocks share.
struct Shared<'a> {
    docs: &'a [&'a ClaimsDocument],
    gazetteer: &'a Gazetteer,
    families: &'a Families,
}

/// Claims about the same, of one modality and polarity.
struct Block<'a> {
    about: String,
    modality: Modality,
    polarity: Polarity,
    claims: Vec<Filled<'a>>,
}

/// One claim with its roles as terms.
struct Filled<'a> {
    doc: usize,
    claim: &'a Claim,
    roles: BTreeMap<&'a str, Vec<Term>>,
}

/// What blocks gave before: a block of the same claims gives the same facts again.
#[derive(Clone, Copy)]
pub struct Former<'a> {
    /// Ids of the facts of each block, by a digest of all that they were made from.
    pub blocks: &'a BTreeMap<String, Vec<String>>,
    pub facts: &'a IndexMap<String, Fact>,
}

/// What became of the blocks.
#[derive(Debug, Default)]
pub struct Blocks {
    /// Ids of the facts of each block, by a digest of all that they were made from.
    pub facts: BTreeMap<String, Vec<String>>,
    /// How many were made anew.
    pub touched: usize,
}

/// Makes the facts of all claims, each block by itself, and only where `former` does not have them.
pub(super) fn drafts(
    docs: &[&ClaimsDocument],
    locals: &[Local],
    keys: &Keys,
    gazetteer: &Gazetteer,
    frames: &Frames,
    families: &Families,
    former: Option<Former>,
) -> (Vec<Draft>, Blocks) {
    let concepts = concepts(locals, gazetteer);
    let mut blocks: BTreeMap<(String, Modality, Polarity), Vec<Filled>> = BTreeMap::new();
    for (i, doc) in docs.iter().enumerate() {
        for claim in &doc.claims {
            let Some(frame) = frames.get(&claim.frame) else { continue };
            let filled = fill(doc, i, claim, frame, keys, &concepts);
            let about = about(&filled, frame, docs, gazetteer, &[]);
            blocks.entry((about, claim.modality, claim.polarity)).or_default().push(filled);
        }
    }
    let shared = Shared { docs, gazetteer, families };
    let mut drafts = Vec::new();
    let mut done = Blocks::default();
    for ((about_key, modality, polarity), claims) in blocks {
        let Some(frame) = frames.get(&claims[0].claim.frame) else { continue };
        let about_any_action = about(&claims[0], frame, docs, gazetteer, &["action"]);
        let block = Block { about: about_key, modality, polarity, claims };
        let digest = digest(&block, &shared);
        let facts = again(&digest, former).unwrap_or_else(|| {
            done.touched += 1;
            let facets: Vec<Facet> = block.claims.iter().map(|f| facet(f, frame, docs)).collect();
            let groups = group(&facets, manner(frame), frame.near_days);
            groups.iter().map(|group| fact(&block, &facets, group, frame, &shared)).collect()
        });
        done.facts.insert(digest, facts.iter().map(|f| f.id.clone()).collect());
        for fact in facts {
            let action =
                fact.terms("action").find_map(|t| if let Term::Concept(c) = t { Some(c.clone()) } else { None });
            let mut quantities: BTreeMap<String, Vec<Quantity>> = BTreeMap::new();
            for role in &fact.roles {
                if let Term::Quantity(q) = &role.term {
                    quantities.entry(role.role.clone()).or_default().push(q.clone());
                }
            }
            let about = block.about.clone();
            drafts.push(Draft { fact, about, about_any_action: about_any_action.clone(), action, quantities });
        }
    }
    (drafts, done)
}

/// A digest of all that the facts of a block are made from, but for data/ and the program.
fn digest(block: &Block, shared: &Shared) -> String {
    let docs: Vec<usize> = block.claims.iter().map(|f| f.doc).collect();
    let mut text = format!("{}\n{}\n{}\n", block.about, block.modality.name(), block.polarity.name());
    for (filled, voice) in block.claims.iter().zip(shared.families.labels(&docs)) {
        let meta = &shared.docs[filled.doc].document.meta;
        let (id, confidence) = (&filled.claim.id, filled.claim.confidence);
        let line = format!("{:?} {id} {confidence:?} {:?} {voice:?} {:?}\n", meta.id, meta.published, filled.roles);
        text.push_str(&line);
    }
    sha256(text.as_bytes())[..32].to_string()
}

/// The facts that a block gave before, as they were before they were related to others.
fn again(digest: &str, former: Option<Former>) -> Option<Vec<Fact>> {
    let former = former?;
    let facts = former.blocks.get(digest)?.iter().map(|id| {
        let fact = former.facts.get(id)?;
        let until = fact.terms("until").filter_map(|t| if let Term::Date(d) = t { Some(*d) } else { None });
        let until = last_date(until);
        Some(Fact { ended_by: None, realised_by: None, until, ..fact.clone() })
    });
    facts.collect()
}

/// Entities that are a concept of the scheme of assets: (document, entity) to the concept.
fn concepts<'a>(locals: &[Local<'a>], gazetteer: &'a Gazetteer) -> BTreeMap<(usize, &'a str), &'a str> {
    locals
        .iter()
        .filter_map(|l| {
            let entry = l.entry.map(|(e, _)| e).or_else(|| l.entity.key.as_deref().and_then(|k| gazetteer.get(k)))?;
            Some(((l.doc, l.entity.id.as_str()), entry.concept.as_deref()?))
        })
        .collect()
}

fn fill<'a>(
    doc: &'a ClaimsDocument,
    index: usize,
    claim: &'a Claim,
    frame: &Frame,
    keys: &Keys,
    concepts: &BTreeMap<(usize, &str), &str>,
) -> Filled<'a> {
    let mut roles = BTreeMap::new();
    for (role, values) in &claim.roles {
        let takes_concepts = frame.roles.get(role).is_some_and(|r| r.scheme.is_some());
        let mut terms: Vec<Term> = values
            .iter()
            .filter_map(|value| match value {
                Value::Entity { entity, .. } => match concepts.get(&(index, entity.as_str())) {
                    Some(concept) if takes_concepts => Some(Term::Concept(concept.to_string())),
                    _ => match keys.get(&(index, entity.clone())) {
                        Some(key) => Some(Term::Thing(key.clone())),
                        None => {
                            let named = doc.entities.iter().find(|e| e.id == *entity)?;
                            Some(Term::Text(named.name.clone()))
                        }
                    },
                },
                Value::Concept { concept, .. } => Some(Term::Concept(concept.clone())),
                Value::Quantity { quantity, .. } => Some(Term::Quantity(quantity.clone())),
                Value::Date { date, .. } => Some(Term::Date(*date)),
                Value::Text { text, .. } => Some(Term::Text(text.clone())),
            })
            .collect();
        terms.sort();
        terms.dedup();
        roles.insert(role.as_str(), terms);
    }
    Filled { doc: index, claim, roles }
}

/// A term for comparing: descriptions by their words.
fn compared(term: &Term, gazetteer: &Gazetteer) -> String {
    match term {
        Term::Thing(key) => format!("thing {key}"),
        Term::Concept(concept) => format!("concept {concept}"),
        Term::Quantity(q) => format!("quantity {} {}", q.number, q.unit),
        Term::Date(date) => format!("date {date}"),
        Term::Text(text) => format!("text {}", gazetteer.rules().key(text)),
    }
}

/// What a claim is about: frame and the roles of the fact's key that identify a claim. One that leaves such a role open,
/// or fills none with a thing ("a decree"), is about something of its document alone.
fn about(filled: &Filled, frame: &Frame, docs: &[&ClaimsDocument], gazetteer: &Gazetteer, but: &[&str]) -> String {
    let mut parts = vec![frame.name.clone()];
    let (mut open, mut anchored) = (false, false);
    for role in &frame.fact_key {
        if but.contains(&role.as_str()) || !frame.roles.get(role).is_some_and(|r| r.key) {
            continue;
        }
        let terms: BTreeSet<String> =
            filled.roles.get(role.as_str()).into_iter().flatten().map(|t| compared(t, gazetteer)).collect();
        open |= terms.is_empty();
        anchored |= filled.roles.get(role.as_str()).into_iter().flatten().any(|t| matches!(t, Term::Thing(_)));
        parts.push(format!("{role}={}", terms.into_iter().collect::<Vec<_>>().join("|")));
    }
    if open || !anchored {
        parts.push(format!("document={}", docs[filled.doc].document.meta.id));
    }
    parts.join("\n")
}

fn facet(filled: &Filled, frame: &Frame, docs: &[&ClaimsDocument]) -> Facet {
    let mut quantities = BTreeMap::new();
    let mut soft = BTreeMap::new();
    for (role, terms) in &filled.roles {
        let amounts: Vec<Quantity> =
            terms.iter().filter_map(|t| if let Term::Quantity(q) = t { Some(q.clone()) } else { None }).collect();
        if !amounts.is_empty() {
            quantities.insert(role.to_string(), amounts);
        }
        let is_soft = frame.fact_key.iter().any(|k| k == role) && !frame.roles.get(*role).is_some_and(|r| r.key);
        if is_soft && !terms.is_empty() {
            soft.insert(role.to_string(), terms.iter().map(|t| format!("{t:?}")).collect());
        }
    }
    let meta = &docs[filled.doc].document.meta;
    Facet {
        date: dates(filled, "date").next(),
        said: meta.published.as_deref().and_then(published),
        quantities,
        soft,
        id: (meta.id.clone(), filled.claim.id.clone()),
    }
}

fn dates<'f>(filled: &'f Filled, role: &str) -> impl Iterator<Item = PartialDate> + 'f {
    filled.roles.get(role).into_iter().flatten().filter_map(|t| if let Term::Date(d) = t { Some(*d) } else { None })
}

/// The day, month or year of a publication date, which may carry a time.
pub(crate) fn published(text: &str) -> Option<PartialDate> {
    text.get(..10).unwrap_or(text).parse().ok()
}

fn fact(block: &Block, facets: &[Facet], group: &Group, frame: &Frame, shared: &Shared) -> Fact {
    let Shared { docs, gazetteer, families } = *shared;
    let members = || group.members.iter().map(|m| &block.claims[*m]);
    let mut roles = Vec::new();
    for name in frame.roles.keys() {
        // By the term as it is compared; of descriptions that differ in case or accents the smallest is shown.
        let mut terms: BTreeMap<String, (Term, BTreeSet<String>)> = BTreeMap::new();
        for filled in members() {
            for term in filled.roles.get(name.as_str()).into_iter().flatten() {
                let slot = terms.entry(compared(term, gazetteer)).or_insert_with(|| (term.clone(), BTreeSet::new()));
                slot.1.insert(filled.claim.id.clone());
                if *term < slot.0 {
                    slot.0 = term.clone();
                }
            }
        }
        for (_, (term, claims)) in terms {
            roles.push(FactRole { role: name.clone(), term, claims: claims.into_iter().collect() });
        }
    }
    let dates_of = |role: &str| members().flat_map(|f| dates(f, role)).collect::<Vec<_>>();
    let date = first_date(dates_of("date"));
    let until = last_date(dates_of("until").into_iter());
    let said: Vec<PartialDate> = group.members.iter().filter_map(|m| facets[*m].said).collect();
    let supporting: BTreeSet<usize> = members().map(|f| f.doc).collect();
    let voices = families.voices(&supporting);
    let best = |voice: &BTreeSet<usize>| {
        members().filter(|f| voice.contains(&f.doc)).map(|f| f.claim.confidence).max().unwrap_or(Percent::new(0))
    };
    let mut support: Vec<Support> = members()
        .map(|f| Support { document: docs[f.doc].document.meta.id.clone(), claim: f.claim.id.clone() })
        .collect();
    support.sort();
    let first = &block.claims[group.members[0]].claim.id;
    Fact {
        id: short_id('f', &[&block.about, block.modality.name(), block.polarity.name(), first]),
        frame: frame.name.clone(),
        roles,
        modality: block.modality,
        polarity: block.polarity,
        date,
        until,
        ended_by: None,
        realised_by: None,
        first_said: said.iter().copied().min_by_key(|d| (d.earliest(), *d)),
        last_said: said.iter().copied().max_by_key(|d| (d.latest(), *d)),
        sources: voices.len(),
        confidence: combine(voices.iter().map(best).collect()),
        support,
    }
}

/// The latest date, of several the most precise.
fn last_date(dates: impl Iterator<Item = PartialDate>) -> Option<PartialDate> {
    dates.max_by_key(|d| (d.latest(), d.precision(), *d))
}

/// Of the dates that fit the earliest one, the most precise.
fn first_date(dates: Vec<PartialDate>) -> Option<PartialDate> {
    let first = dates.iter().copied().min_by_key(|d| (d.earliest(), d.latest()))?;
    let fitting = dates.into_iter().filter(|d| d.overlaps(first));
    fitting.min_by_key(|d| (std::cmp::Reverse(d.precision()), d.earliest()))
}
