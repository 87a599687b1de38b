//! Decisions about things: which names are one, which are not, and what they are called.

use super::{Curation, State, Verdict};
use crate::lexicon::fold;
use crate::model::{Kind, Thing};
use indexmap::IndexMap;
use std::collections::{BTreeMap, BTreeSet};

/// What the resolver has to join and to keep apart: pairs of sets of entities, as indices that the caller numbers them by.
#[derive(Debug, Default)]
pub(crate) struct Links {
    /// Entities that are one thing.
    pub same: Vec<Vec<usize>>,
    /// No entity of the first is one thing with one of the second.
    pub apart: Vec<(BTreeSet<usize>, BTreeSet<usize>)>,
}

impl Links {
    /// Whether two groups of entities must not become one.
    pub fn forbid(&self, a: &BTreeSet<usize>, b: &BTreeSet<usize>) -> bool {
        let meets = |x: &BTreeSet<usize>, y: &BTreeSet<usize>| x.intersection(y).next().is_some();
        self.apart.iter().any(|(p, q)| (meets(a, p) && meets(b, q)) || (meets(a, q) && meets(b, p)))
    }
}

/// An entity as a decision can name it.
pub(crate) struct Named<'a> {
    pub document: &'a str,
    /// Keys: the gazetteer's, and the one it would have of its own.
    pub keys: Vec<String>,
    pub name: &'a str,
}

/// Whether an entity is meant by a name, or a name with its document.
fn is_meant(reference: &str, named: &Named) -> bool {
    let one = |text: &str| named.keys.iter().any(|k| k == text) || fold(named.name) == fold(text);
    one(reference)
        || reference.rsplit_once(" @ ").is_some_and(|(name, document)| document == named.document && one(name))
}

impl Curation {
    /// Decisions of which things are the same that contradict each other: index to what is wrong.
    fn odd_links(&self) -> BTreeMap<usize, String> {
        let mut home: BTreeMap<String, String> = BTreeMap::new();
        fn root(home: &BTreeMap<String, String>, name: &str) -> String {
            let mut name = name.to_string();
            while let Some(next) = home.get(&name).filter(|n| **n != name) {
                name = next.clone();
            }
            name
        }
        let of = |verdict: Verdict| self.decisions.iter().enumerate().filter(move |(_, d)| d.decide == verdict);
        for (_, decision) in of(Verdict::Same) {
            let names: Vec<String> = decision.things.iter().map(|t| fold(t)).collect();
            for pair in names.windows(2) {
                let (a, b) = (root(&home, &pair[0]), root(&home, &pair[1]));
                home.insert(a.clone().max(b.clone()), a.min(b));
            }
        }
        let mut odd = BTreeMap::new();
        for (i, decision) in of(Verdict::NotSame) {
            let roots: Vec<String> = decision.things.iter().map(|t| root(&home, &fold(t))).collect();
            let Some(twice) = roots.iter().enumerate().find(|(n, r)| roots[..*n].contains(r)).map(|(_, r)| r) else {
                continue;
            };
            let joining: Vec<usize> = of(Verdict::Same)
                .filter(|(_, d)| d.things.iter().any(|t| root(&home, &fold(t)) == *twice))
                .map(|(j, _)| j)
                .collect();
            let lines: Vec<String> = joining.iter().map(|j| self.line(*j).to_string()).collect();
            let what = if lines.is_empty() {
                "names one thing twice".to_string()
            } else {
                format!("contradicts \"same\" of line {}: none of them is applied, strike one", lines.join(", "))
            };
            odd.insert(i, what);
            for j in joining {
                let what = format!("contradicts \"not-same\" of line {}: neither is applied, strike one", self.line(i));
                odd.insert(j, what);
            }
        }
        odd
    }

    /// What is to be joined and kept apart among some entities, and what became of those decisions.
    pub(crate) fn links(&self, entities: &[Named]) -> (Links, BTreeMap<usize, State>) {
        let mut links = Links::default();
        let mut states: BTreeMap<usize, State> =
            self.odd_links().into_iter().map(|(i, what)| (i, State::Idle(what))).collect();
        for (i, decision) in self.decisions.iter().enumerate() {
            if !matches!(decision.decide, Verdict::Same | Verdict::NotSame) || states.contains_key(&i) {
                continue;
            }
            let sets: Vec<BTreeSet<usize>> = decision
                .things
                .iter()
                .map(|t| entities.iter().enumerate().filter(|(_, e)| is_meant(t, e)).map(|(n, _)| n).collect())
                .collect();
            if let Some(nobody) = sets.iter().position(BTreeSet::is_empty) {
                states.insert(i, State::Idle(format!("no document names \"{}\"", decision.things[nobody])));
                continue;
            }
            states.insert(i, State::Applies(sets.len()));
            if decision.decide == Verdict::Same {
                links.same.push(sets.into_iter().flatten().collect());
            } else {
                for (n, a) in sets.iter().enumerate() {
                    links.apart.extend(sets[n + 1..].iter().map(|b| (a.clone(), b.clone())));
                }
            }
        }
        (links, states)
    }

    /// Names, types and Wikidata ids as decided; with the notes of the things, by key. `links` says which decisions of
    /// [`Curation::links`] apply.
    pub(crate) fn on_things(
        &self,
        things: &mut IndexMap<String, Thing>,
        notes: &mut BTreeMap<String, String>,
        links: &BTreeMap<usize, State>,
    ) -> BTreeMap<usize, State> {
        let mut states = BTreeMap::new();
        let mut done: BTreeMap<(Verdict, String), usize> = BTreeMap::new();
        let mut todo = Vec::new();
        for (i, decision) in self.decisions.iter().enumerate() {
            if decision.decide.of_claim() {
                continue;
            }
            for reference in &decision.things {
                let (name, document) = match reference.rsplit_once(" @ ") {
                    Some((name, document)) => (name, Some(document)),
                    None => (reference.as_str(), None),
                };
                let meant = |t: &&Thing| {
                    let keys = std::iter::once(&t.key).chain(&t.former_keys);
                    let names = std::iter::once(&t.name).chain(t.names.values().flatten());
                    (keys.clone().any(|k| k == name) || names.clone().any(|n| fold(n) == fold(name)))
                        && document.is_none_or(|d| t.members.iter().any(|m| m.document == d))
                };
                let found: Vec<String> = things.values().filter(meant).map(|t| t.key.clone()).collect();
                if matches!(decision.decide, Verdict::Same | Verdict::NotSame) {
                    if let (Some(State::Applies(_)), [key]) = (links.get(&i), &found[..]) {
                        todo.push((i, key.clone()));
                    }
                    continue;
                }
                match &found[..] {
                    [key] => match done.insert((decision.decide, key.clone()), i) {
                        Some(other) if self.decisions[other].to != decision.to => {
                            let at = |line: usize| {
                                State::Idle(format!(
                                    "contradicts line {line} about one thing: neither is applied, strike one"
                                ))
                            };
                            states.insert(i, at(self.line(other)));
                            states.insert(other, at(self.line(i)));
                        }
                        _ => {
                            states.insert(i, State::Applies(1));
                            todo.push((i, key.clone()));
                        }
                    },
                    [] => _ = states.insert(i, State::Idle(format!("no document names \"{reference}\""))),
                    several => {
                        let what = format!("\"{reference}\" can be {}: name it by its key", several.join(", "));
                        states.insert(i, State::Idle(what));
                    }
                }
            }
        }
        for (i, key) in todo {
            let decision = &self.decisions[i];
            let (Some(thing), Some(State::Applies(_)) | None) = (things.get_mut(&key), states.get(&i)) else {
                continue;
            };
            let to = decision.to.clone().unwrap_or_default();
            match decision.decide {
                Verdict::Rename => {
                    // The former name still finds it.
                    let former = std::mem::replace(&mut thing.name, to);
                    let plain = thing.names.entry(String::new()).or_default();
                    plain.push(former);
                    plain.sort();
                    plain.dedup();
                }
                Verdict::Type => thing.kind = Kind::from_name(&to).unwrap_or(thing.kind),
                Verdict::Wikidata => thing.wikidata = Some(to),
                _ => {}
            }
            let note = notes.entry(key).or_default();
            if !note.contains(&decision.note()) {
                *note = if note.is_empty() { decision.note() } else { format!("{note}; {}", decision.note()) };
            }
        }
        states
    }
}
