//! Claims that are worth a person's look.

use super::card::{roles, status};
use super::explain::in_sentence;
use crate::curate::Row;
use crate::frame::Frames;
use crate::model::{Claim, ClaimsDocument, Fact, Knowledge, PartialDate};
use crate::resolve::published;
use std::cell::LazyCell;
use std::collections::BTreeSet;

/// Why a claim is worth a look, the weightiest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// Its fact is contradicted.
    Contradicted,
    /// The reader is not sure of it.
    Low,
    /// Its document was published since a date.
    New,
    /// No other publisher states the fact.
    Once,
}

impl Reason {
    /// `contradicted`, `low`, `new`, `once`.
    pub fn name(self) -> &'static str {
        match self {
            Reason::Contradicted => "contradicted",
            Reason::Low => "low",
            Reason::New => "new",
            Reason::Once => "once",
        }
    }
}

/// What to look for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Looking {
    /// Only claims with one of these reasons; none means any.
    pub reasons: BTreeSet<Reason>,
    /// A confidence below this many percent is low.
    pub below: u8,
    /// Documents that were published from this date on are new.
    pub since: Option<PartialDate>,
    /// Also claims about which something is decided.
    pub decided: bool,
}

/// The claims that support facts and have a reason to be looked at: those with the weightiest reasons first, then the
/// least sure.
pub fn review<'a>(
    looking: &Looking,
    knowledge: &Knowledge,
    frames: &Frames,
    docs: impl IntoIterator<Item = &'a ClaimsDocument>,
) -> Vec<Row> {
    let contradicted: BTreeSet<&str> =
        knowledge.contradictions.iter().flat_map(|c| &c.facts).map(String::as_str).collect();
    let facts = knowledge.facts_by_claim();
    let mut found = Vec::new();
    for doc in docs {
        let day = doc.document.meta.published.as_deref().and_then(published);
        // Read at most once, and only where a claim is wanted.
        let full = LazyCell::new(|| doc.document.full().map(|f| f.chars().collect::<Vec<char>>()));
        let is_new = looking.since.zip(day).is_some_and(|(since, day)| day.latest() >= since.earliest());
        for claim in &doc.claims {
            let Some(fact) = facts.get(claim.id.as_str()) else { continue };
            if knowledge.curated.contains_key(&claim.id) && !looking.decided {
                continue;
            }
            let reasons: Vec<Reason> = [
                (Reason::Contradicted, contradicted.contains(fact.id.as_str())),
                (Reason::Low, claim.confidence.get() < looking.below),
                (Reason::New, is_new),
                (Reason::Once, fact.sources < 2),
            ]
            .into_iter()
            .filter_map(|(reason, is_so)| is_so.then_some(reason))
            .collect();
            let wanted = |r: &Reason| looking.reasons.is_empty() || looking.reasons.contains(r);
            if reasons.iter().any(wanted) {
                found.push((
                    reasons.clone(),
                    claim.confidence,
                    row(claim, doc, full.as_deref(), fact, &reasons, knowledge, frames),
                ));
            }
        }
    }
    found.sort_by(|a, b| (&a.0, a.1, &a.2.claim).cmp(&(&b.0, b.1, &b.2.claim)));
    found.into_iter().map(|(_, _, row)| row).collect()
}

fn row(
    claim: &Claim,
    doc: &ClaimsDocument,
    full: Option<&[char]>,
    fact: &Fact,
    reasons: &[Reason],
    knowledge: &Knowledge,
    frames: &Frames,
) -> Row {
    let of_claim: Vec<String> = roles(fact, knowledge, frames)
        .into_iter()
        .filter(|(role, _)| claim.roles.contains_key(role))
        .map(|(role, values)| format!("{role}={values}"))
        .chain(fact.date.map(|d| format!("date={d}")))
        .collect();
    let evidence = claim.evidence.first();
    let sentence = evidence.zip(full).and_then(|(e, full)| {
        let (start, end) = (e.start?, e.end?);
        (start <= end && end <= full.len()).then(|| {
            let [before, quote, after] = in_sentence(full, start, end);
            format!("{before}⟦{quote}⟧{after}")
        })
    });
    let meta = &doc.document.meta;
    Row {
        claim: claim.id.clone(),
        reasons: reasons.iter().map(|r| r.name()).collect::<Vec<_>>().join(" "),
        frame: claim.frame.clone(),
        roles: of_claim.join("; "),
        status: status(fact).join(", "),
        confidence: claim.confidence.decimal(),
        publisher: meta.publisher.clone().unwrap_or_default(),
        published: meta.published.clone().unwrap_or_default(),
        quote: evidence.map(|e| e.quote.clone()).unwrap_or_default(),
        sentence: sentence.unwrap_or_default(),
        document: meta.id.clone(),
        ..Row::default()
    }
}
