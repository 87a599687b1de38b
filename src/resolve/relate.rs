//! Facts beside facts: what a later one ended, and which cannot both be so.

use super::facts::Draft;
use super::group::{Manner, gap, manner, quantities_fit};
use crate::frame::{Frame, Frames};
use crate::model::{Contradiction, Fact, Modality, PartialDate, Polarity, Term};
use indexmap::IndexMap;
use std::collections::{BTreeMap, BTreeSet};

/// Up to how many facts about the same each is compared with every other. Thousands of figures for one thing would give
/// millions of pairs, of which nobody reads one.
const ALL_COMPARED: usize = 200;
/// Where there are more, with how many further ones each is compared.
const SOME_COMPARED: usize = 5;

/// Sets what ended what, lists the contradictions, and sorts the facts by id.
pub(super) fn relate(mut drafts: Vec<Draft>, frames: &Frames) -> (IndexMap<String, Fact>, Vec<Contradiction>) {
    succeed(&mut drafts, frames);
    realise(&mut drafts);
    let mut same: BTreeMap<&str, Vec<&Draft>> = BTreeMap::new();
    for draft in &drafts {
        if draft.fact.modality == Modality::Actual {
            same.entry(&draft.about).or_default().push(draft);
        }
    }
    let mut found = BTreeSet::new();
    for drafts in same.into_values().filter(|d| d.len() > 1) {
        let Some(frame) = frames.get(&drafts[0].fact.frame) else { continue };
        let reach = if drafts.len() <= ALL_COMPARED { ALL_COMPARED } else { SOME_COMPARED };
        for (i, a) in drafts.iter().enumerate() {
            for b in drafts[i + 1..].iter().take(reach) {
                if let Some((kind, role)) = contradiction(a, b, frame) {
                    let mut facts = [a.fact.id.clone(), b.fact.id.clone()];
                    facts.sort();
                    found.insert(Contradiction { kind: kind.to_string(), facts, role });
                }
            }
        }
    }
    let facts: BTreeMap<String, Fact> = drafts.into_iter().map(|d| (d.fact.id.clone(), d.fact)).collect();
    (facts.into_iter().collect(), found.into_iter().collect())
}

/// When a fact was so, else when it was first said.
fn when(fact: &Fact) -> Option<PartialDate> {
    fact.date.or(fact.first_said)
}

/// Ends each state by the first later fact that takes it back.
fn succeed(drafts: &mut [Draft], frames: &Frames) {
    let mut by_key: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (i, draft) in drafts.iter().enumerate() {
        if draft.fact.modality == Modality::Actual && draft.fact.polarity == Polarity::Affirmed {
            by_key.entry(&draft.about_any_action).or_default().push(i);
        }
    }
    let mut ends: Vec<(usize, usize)> = Vec::new();
    for same in by_key.values().filter(|s| s.len() > 1) {
        let Some(frame) = frames.get(&drafts[same[0]].fact.frame) else { continue };
        for ended in same {
            let enders = same.iter().filter(|ender| {
                frame.succession.iter().any(|s| {
                    drafts[**ender].action.as_deref() == Some(&s.action)
                        && drafts[*ended].action.as_deref() == Some(&s.ends)
                }) && follows(&drafts[**ender].fact, &drafts[*ended].fact)
            });
            let first = enders.min_by_key(|e| {
                let fact = &drafts[**e].fact;
                (when(fact).is_none(), when(fact).map(PartialDate::earliest), &fact.id)
            });
            ends.extend(first.map(|ender| (*ended, *ender)));
        }
    }
    for (ended, ender) in ends {
        let (id, date) = (drafts[ender].fact.id.clone(), drafts[ender].fact.date);
        let fact = &mut drafts[ended].fact;
        fact.ended_by = Some(id);
        fact.until = date.or(fact.until);
    }
}

/// Leads from each plan to the first fact that tells that it came about: about the same, not told of a time before the
/// plan was, and at odds with nothing that the plan says but its date, since plans slip.
fn realise(drafts: &mut [Draft]) {
    let mut by_key: BTreeMap<&str, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
    for (i, draft) in drafts.iter().enumerate().filter(|(_, d)| d.fact.polarity == Polarity::Affirmed) {
        match draft.fact.modality {
            Modality::Planned => by_key.entry(&draft.about).or_default().0.push(i),
            Modality::Actual => by_key.entry(&draft.about).or_default().1.push(i),
            Modality::Possible => {}
        }
    }
    let mut came: Vec<(usize, String)> = Vec::new();
    for (plans, actual) in by_key.values() {
        for plan in plans {
            let p = &drafts[*plan];
            let after = |a: &Fact| match (when(a), p.fact.first_said) {
                (Some(happened), Some(said)) => said.earliest() <= happened.latest(),
                _ => true,
            };
            let fitting = actual.iter().map(|i| &drafts[*i]).filter(|a| {
                after(&a.fact) && quantities_fit(&p.quantities, &a.quantities) && others_fit(&p.fact, &a.fact)
            });
            let first = fitting.min_by_key(|a| (when(&a.fact).map(PartialDate::earliest), &a.fact.id));
            came.extend(first.map(|a| (*plan, a.fact.id.clone())));
        }
    }
    for (plan, id) in came {
        drafts[plan].fact.realised_by = Some(id);
    }
}

/// Whether one fact can be the later one; where neither date nor report tells, what takes back is later.
fn follows(later: &Fact, earlier: &Fact) -> bool {
    match (when(later), when(earlier)) {
        (Some(l), Some(e)) => e.earliest() <= l.latest(),
        _ => true,
    }
}

/// Whether two facts about the same cannot both be so, in what, and in which role.
fn contradiction(a: &Draft, b: &Draft, frame: &Frame) -> Option<(&'static str, Option<String>)> {
    let near = i64::from(frame.near_days);
    let (x, y) = (&a.fact, &b.fact);
    if x.polarity != y.polarity {
        let (affirmed, negated) = if x.polarity == Polarity::Affirmed { (x, y) } else { (y, x) };
        let at_odds = match (affirmed.date, negated.date) {
            (Some(d), Some(e)) => d.overlaps(e),
            // A denial speaks of the time before it: it says nothing of what happened later.
            (_, None) => match (when(affirmed), negated.last_said) {
                (Some(d), Some(said)) => d.earliest() <= said.latest() && gap(d, said) <= near,
                _ => true,
            },
            (None, Some(e)) => {
                affirmed.first_said.is_none_or(|said| e.earliest() <= said.latest() && gap(e, said) <= near)
            }
        };
        return (at_odds && quantities_fit(&a.quantities, &b.quantities) && others_fit(x, y))
            .then_some(("polarity", None));
    }
    // One document that tells two dates or amounts tells of two events.
    if x.support.iter().any(|s| y.support.iter().any(|t| t.document == s.document)) {
        return None;
    }
    let amounts_fit = quantities_fit(&a.quantities, &b.quantities);
    let differing = a.quantities.iter().find(|(role, q)| {
        b.quantities.get(*role).is_some_and(|r| {
            let (one, other) =
                (BTreeMap::from([(role.to_string(), q.to_vec())]), BTreeMap::from([(role.to_string(), r.clone())]));
            !quantities_fit(&one, &other)
        })
    });
    match (x.date, y.date) {
        // The same amount at two times is no contradiction, nor are two amounts at two times far apart.
        _ if manner(frame) == Manner::Measure => {
            let days = when(x).zip(when(y)).map(|(d, e)| gap(d, e));
            let role = differing.map(|(role, _)| role.clone());
            (!amounts_fit && days.is_some_and(|d| d <= near)).then_some(("quantity", role))
        }
        (Some(d), Some(e)) if d.overlaps(e) && !amounts_fit && others_fit(x, y) => {
            Some(("quantity", differing.map(|(role, _)| role.clone())))
        }
        (Some(d), Some(e)) if !d.overlaps(e) && gap(d, e) <= near && amounts_fit && others_fit(x, y) => {
            Some(("date", Some("date".to_string())))
        }
        _ => None,
    }
}

/// Whether the roles besides dates and amounts that both fill share a value each: then it is one event that is told
/// in two ways, not two events.
fn others_fit(a: &Fact, b: &Fact) -> bool {
    let roles: BTreeSet<&str> = a.roles.iter().map(|r| r.role.as_str()).collect();
    roles.into_iter().all(|role| {
        let of = |f: &Fact| -> BTreeSet<Term> {
            f.terms(role).filter(|t| !matches!(t, Term::Date(_) | Term::Quantity(_))).cloned().collect()
        };
        let (x, y) = (of(a), of(b));
        x.is_empty() || y.is_empty() || x.intersection(&y).next().is_some()
    })
}
