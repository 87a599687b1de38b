//! Decisions about claims, applied to claims documents before anything is derived from them.

use super::amend::{amend, words};
use super::{AmendError, Curation, Decision, State, Verdict};
use crate::frame::Frames;
use crate::lexicon::fold;
use crate::model::{Claim, ClaimsDocument, PartialDate, Percent};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// Claims documents as decided.
pub(crate) struct Curated<'a> {
    /// In the order given; those given where nothing was decided about claims.
    pub docs: Cow<'a, [ClaimsDocument]>,
    /// Ids of claims with what was decided about each; also of those that are rejected.
    pub notes: BTreeMap<String, String>,
    /// By index of the decision; those about things are not there.
    pub states: BTreeMap<usize, State>,
}

impl Decision {
    /// A decision about a claim as its document makes it.
    pub fn about(
        claim: &Claim,
        doc: &ClaimsDocument,
        frames: &Frames,
        decide: Verdict,
        why: &str,
        on: Option<PartialDate>,
    ) -> Decision {
        let keys = frames.get(&claim.frame).into_iter().flat_map(|f| f.keys());
        let of = |role: &str| -> Vec<String> {
            claim.roles.get(role).into_iter().flatten().map(|v| words(v, &doc.entities)).collect()
        };
        Decision {
            decide,
            document: Some(doc.document.meta.id.clone()),
            frame: Some(claim.frame.clone()),
            quote: claim.evidence.first().map(|e| e.quote.clone()),
            things: Vec::new(),
            to: None,
            why: why.to_string(),
            on,
            roles: keys.map(|role| (role.to_string(), of(role))).filter(|(_, v)| !v.is_empty()).collect(),
            set: BTreeMap::new(),
        }
    }

    /// Whether it can be applied to a claim of the document: what it sets has to be what the frame takes.
    ///
    /// # Errors
    /// What can't be set, and what could be.
    pub fn try_on(&self, claim: &Claim, doc: &ClaimsDocument, frames: &Frames) -> Result<(), AmendError> {
        amend(&mut claim.clone(), &mut doc.entities.clone(), &self.set, frames)
    }
}

impl Curation {
    /// The documents with claims rejected, confirmed and amended. The claims that were read stay as they are in the log.
    pub(crate) fn on_claims<'a>(&self, docs: &'a [ClaimsDocument], frames: &Frames) -> Curated<'a> {
        let mut of_document: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        let mut states = BTreeMap::new();
        for (i, d) in self.decisions.iter().enumerate().filter(|(_, d)| d.decide.of_claim()) {
            of_document.entry(d.document.as_deref().unwrap_or_default()).or_default().push(i);
            states.insert(i, State::Applies(0));
        }
        let mut notes = BTreeMap::new();
        if of_document.is_empty() {
            return Curated { docs: Cow::Borrowed(docs), notes, states };
        }
        let mut there: BTreeSet<&str> = BTreeSet::new();
        let mut curated = Vec::with_capacity(docs.len());
        for doc in docs {
            let id = doc.document.meta.id.as_str();
            curated.push(match of_document.get(id) {
                None => doc.clone(),
                Some(decisions) => {
                    there.insert(id);
                    self.on_document(doc, decisions, frames, &mut notes, &mut states)
                }
            });
        }
        for (i, state) in &mut states {
            let document = self.decisions[*i].document.as_deref().unwrap_or_default();
            if *state == State::Applies(0) {
                *state = State::Idle(if there.contains(document) {
                    format!("document \"{document}\" makes no such claim any more")
                } else {
                    format!("the store has no document \"{document}\"")
                });
            }
        }
        Curated { docs: Cow::Owned(curated), notes, states }
    }

    fn on_document(
        &self,
        doc: &ClaimsDocument,
        decisions: &[usize],
        frames: &Frames,
        notes: &mut BTreeMap<String, String>,
        states: &mut BTreeMap<usize, State>,
    ) -> ClaimsDocument {
        let mut out = doc.clone();
        let claims = std::mem::take(&mut out.claims);
        for mut claim in claims {
            let fitting: Vec<usize> =
                decisions.iter().copied().filter(|i| fits(&self.decisions[*i], &claim, doc)).collect();
            if fitting.is_empty() {
                out.claims.push(claim);
                continue;
            }
            if let Some((a, b)) = self.at_odds(&fitting) {
                let said = |i: usize, other: usize| {
                    let line = self.line(other);
                    let verdicts = (self.decisions[i].decide.name(), self.decisions[other].decide.name());
                    State::Idle(format!(
                        "\"{}\" contradicts \"{}\" of line {line} about one claim: neither is applied, strike one",
                        verdicts.0, verdicts.1
                    ))
                };
                states.insert(a, said(a, b));
                states.insert(b, said(b, a));
                out.claims.push(claim);
                continue;
            }
            let mut rejected = false;
            let mut told = Vec::new();
            for i in fitting {
                let decision = &self.decisions[i];
                match decision.decide {
                    Verdict::Reject => rejected = true,
                    Verdict::Amend => {
                        let mut amended = claim.clone();
                        match amend(&mut amended, &mut out.entities, &decision.set, frames) {
                            Ok(()) => claim = amended,
                            Err(e) => {
                                states.insert(i, State::Idle(e.to_string()));
                                continue;
                            }
                        }
                        claim.confidence = Percent::new(100);
                    }
                    _ => claim.confidence = Percent::new(100),
                }
                told.push(decision.note());
                if let Some(State::Applies(n)) = states.get_mut(&i) {
                    *n += 1;
                }
            }
            if !told.is_empty() {
                notes.insert(claim.id.clone(), told.join("; "));
            }
            if !rejected {
                out.claims.push(claim);
            }
        }
        out
    }

    /// Two decisions about one claim that can't both be applied.
    fn at_odds(&self, fitting: &[usize]) -> Option<(usize, usize)> {
        let pairs = fitting.iter().enumerate().flat_map(|(n, a)| fitting[n + 1..].iter().map(move |b| (*a, *b)));
        pairs.into_iter().find(|(a, b)| {
            let (a, b) = (&self.decisions[*a], &self.decisions[*b]);
            let rejects = |d: &Decision| d.decide == Verdict::Reject;
            rejects(a) != rejects(b) || a.set.iter().any(|(role, v)| b.set.get(role).is_some_and(|w| w != v))
        })
    }
}

fn fits(decision: &Decision, claim: &Claim, doc: &ClaimsDocument) -> bool {
    let squeezed = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let quote = squeezed(decision.quote.as_deref().unwrap_or_default());
    let quoted = |q: &str| {
        let q = squeezed(q);
        q.contains(&quote) || quote.contains(&q)
    };
    decision.frame.as_deref() == Some(claim.frame.as_str())
        && claim.evidence.iter().any(|e| quoted(&e.quote))
        && decision.roles.iter().all(|(role, wanted)| {
            let values: Vec<_> = claim.roles.get(role).into_iter().flatten().collect();
            wanted.iter().all(|w| values.iter().any(|v| fold(&words(v, &doc.entities)) == fold(w)))
        })
}
