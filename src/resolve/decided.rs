//! What a person has decided about which names are one thing.

use super::join::Joined;
use super::local::Local;
use super::things::slug;
use crate::curate::{Curation, Links, Named, State, Verdict};
use crate::model::ClaimsDocument;
use std::collections::BTreeMap;

/// The decisions as links between the entities of documents, and what became of those that make none.
pub(super) fn links(
    curation: &Curation,
    docs: &[&ClaimsDocument],
    locals: &[Local],
) -> (Links, BTreeMap<usize, State>) {
    if curation.is_empty() {
        return Default::default();
    }
    let named: Vec<Named> = locals
        .iter()
        .map(|l| Named {
            document: &docs[l.doc].document.meta.id,
            keys: l.entry.iter().map(|(e, _)| e.key.clone()).chain([slug(&l.name(), "")]).collect(),
            name: &l.entity.name,
        })
        .collect();
    curation.links(&named)
}

/// Finds the decisions that joining could not follow.
pub(super) fn look(links: &Links, joined: &[Joined], curation: &Curation, states: &mut BTreeMap<usize, State>) {
    let home: BTreeMap<usize, usize> =
        joined.iter().enumerate().flat_map(|(n, j)| j.members.iter().map(move |(l, _)| (*l, n))).collect();
    let applied = |verdict: Verdict, states: &BTreeMap<usize, State>| -> Vec<usize> {
        let of = curation.decisions.iter().enumerate().filter(|(_, d)| d.decide == verdict).map(|(i, _)| i);
        of.filter(|i| matches!(states.get(i), Some(State::Applies(_)))).collect()
    };
    for (set, i) in links.same.iter().zip(applied(Verdict::Same, states)) {
        let homes: std::collections::BTreeSet<_> = set.iter().map(|l| home.get(l)).collect();
        if homes.len() > 1 {
            let what =
                "they stay apart: the gazetteer has them as different things, or another decision keeps them apart";
            states.insert(i, State::Idle(what.to_string()));
        }
    }
    // Links that keep apart come in pairs, all of one decision after each other.
    let mut pairs = links.apart.iter();
    for i in applied(Verdict::NotSame, states) {
        let count = curation.decisions[i].things.len();
        for (a, b) in pairs.by_ref().take(count * (count - 1) / 2) {
            if a.iter().any(|x| b.iter().any(|y| home.get(x) == home.get(y))) {
                let what = "they are one thing of the gazetteer, or have one name: say in which document, as in \"SEC @ article-7\"";
                states.insert(i, State::Idle(what.to_string()));
            }
        }
    }
}
