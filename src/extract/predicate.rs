//! Words that evoke frames, and the phrases around them by grammatical function.

use super::chunk::Phrase;
use super::clause::{Clause, ClauseKind, finite};
use super::words::{Part, Sentence};
use crate::lexicon::compiled::{Entry, Multi, Tag, aux, form, prep};

/// How a word evokes a frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Evoker {
    Verb,
    /// The noun of the event ("the signing of").
    Noun(usize),
    Copula,
}

/// One word that evokes a frame.
#[derive(Debug, Clone)]
pub struct Predicate {
    pub class: u16,
    pub member: u16,
    pub at: usize,
    pub clause: usize,
    pub by: Evoker,
    pub passive: bool,
    pub forms: u8,
    /// Preposition of a verb of several words that governs its object.
    pub governed: Option<usize>,
    /// The phrase that a participle without an auxiliary describes.
    pub describes: Option<usize>,
    /// Every token that belongs to the evoking words.
    pub tokens: Vec<usize>,
}

/// The phrases that can fill the places of a construction, best first.
#[derive(Debug, Clone, Default)]
pub struct Arguments {
    pub subjects: Vec<usize>,
    pub objects: Vec<usize>,
    /// Behind prepositions, with the preposition classes.
    pub governed: Vec<(usize, u32)>,
}

/// All evoking words of a sentence.
pub fn predicates(
    s: &Sentence<'_>,
    phrases: &[Phrase],
    clauses: &[Clause],
    event_class: &dyn Fn(u16) -> bool,
) -> Vec<Predicate> {
    let mut out = Vec::new();
    for (c, clause) in clauses.iter().enumerate() {
        let sieve = clause.tokens.iter().fold(0, |bits, t| bits | bit(s.hash(*t)));
        for &at in &clause.tokens {
            let word = &s.words[at];
            if word.part == Part::Verb
                || word.part == Part::Auxiliary && !clause.tokens.iter().any(|t| s.words[*t].part == Part::Verb)
            {
                verbs(s, phrases, (clause, c, sieve), at, &mut out);
            }
            let participle = || {
                clause
                    .tokens
                    .iter()
                    .any(|t| s.words[*t].part == Part::Verb && s.words[*t].forms & (1 << form::PARTICIPLE) != 0)
            };
            if word.part == Part::Auxiliary && word.aux & (aux::BE | aux::BECOME) != 0 && !participle() {
                out.push(Predicate {
                    class: u16::MAX,
                    member: u16::MAX,
                    at,
                    clause: c,
                    by: Evoker::Copula,
                    passive: false,
                    forms: 0,
                    governed: None,
                    describes: None,
                    tokens: vec![at],
                });
            }
        }
    }
    let mut seen = std::collections::BTreeSet::new();
    out.retain(|p: &Predicate| seen.insert((p.at, p.class)));
    for (i, p) in phrases.iter().enumerate() {
        if p.name.is_some() && p.classes.iter().all(|c| c.1 == u16::MAX) {
            continue;
        }
        for (class, member) in &p.classes {
            if event_class(*class) && *member != u16::MAX && seen.insert((p.head, *class)) {
                out.push(Predicate {
                    class: *class,
                    member: *member,
                    at: p.head,
                    clause: p.clause,
                    by: Evoker::Noun(i),
                    passive: false,
                    forms: 0,
                    governed: None,
                    describes: None,
                    tokens: vec![p.head],
                });
            }
        }
    }
    out
}

/// One of 128 bits for a word: a sieve of a clause's words that most others do not pass.
fn bit(hash: u64) -> u128 {
    1 << (hash >> 57)
}

/// The verbs that evoke at `at`, in a clause with its index and the sieve of its words.
fn verbs(
    s: &Sentence<'_>,
    phrases: &[Phrase],
    (clause, c, sieve): (&Clause, usize, u128),
    at: usize,
    out: &mut Vec<Predicate>,
) {
    let first = out.len();
    let voice = voice(s, phrases, clause, at);
    let Some((passive, describes)) = voice else { return };
    let make = |class, member, governed, tokens: Vec<usize>| Predicate {
        class,
        member,
        at,
        clause: c,
        by: Evoker::Verb,
        passive,
        forms: s.words[at].forms,
        governed,
        describes,
        tokens,
    };
    for h in s.hits_at(at).iter().filter(|h| h.entry.tag == Tag::MultiVerb) {
        let multi = &s.language.tables.multis[h.entry.a as usize];
        // Most verbs of several words are not meant: their first other word settles it.
        if telling(multi).is_none_or(|word| bit(word) & sieve == 0) {
            continue;
        }
        if h.entry.c > 0 && !particle(s, clause, at, h.entry.c) {
            continue;
        }
        if let Some((tokens, governed)) = rest(s, clause, at, multi) {
            out.push(make(multi.class, multi.member, governed, tokens));
        }
    }
    if out.len() > first {
        // The longest of several is meant: "put on hold" is not "put on".
        let most = out[first..].iter().map(|p| p.tokens.len()).max().unwrap_or(0);
        let mut several = out.split_off(first);
        several.retain(|p| p.tokens.len() == most);
        out.append(&mut several);
        return;
    }
    let single: Vec<_> = s.hits_at(at).iter().map(|h| h.entry).filter(|e| e.tag == Tag::Verb).collect();
    // A particle that stands apart decides: "stellt … vor" is not "stellt".
    let apart = single.iter().any(|e| e.c > 0 && particle(s, clause, at, e.c));
    let meant = |e: &&Entry| if apart { e.c > 0 && particle(s, clause, at, e.c) } else { e.c == 0 };
    out.extend(single.iter().filter(meant).map(|e| make(e.a, e.b, None, vec![at])));
}

/// The particle of a separable verb stands later in the clause.
fn particle(s: &Sentence<'_>, clause: &Clause, at: usize, index: u16) -> bool {
    let particle = &s.language.tables.particles[index as usize - 1];
    clause.tokens.iter().rev().take_while(|t| **t > at).any(|t| s.norm(*t) == particle)
}

/// The first other word of a verb of several that is not left open.
fn telling(multi: &Multi) -> Option<u64> {
    multi.after.iter().chain(&multi.before).copied().find(|w| *w != 0)
}

/// The other words of a verb of several: together, before or after it. Returns all tokens and the governing preposition.
fn rest(s: &Sentence<'_>, clause: &Clause, at: usize, multi: &Multi) -> Option<(Vec<usize>, Option<usize>)> {
    let v2 = s.language.tables.verb_second;
    let telling = telling(multi)?;
    if !clause.tokens.iter().any(|t| s.hash(*t) == telling) {
        return None;
    }
    let mut tokens = vec![at];
    let mut governed = None;
    if !multi.after.is_empty() {
        let found = sequence(s, clause, &multi.after, at + 1, if v2 { 40 } else { 7 })
            .or_else(|| if v2 { sequence(s, clause, &multi.after, clause.tokens[0], 40) } else { None })?;
        governed = multi.governs.then(|| found[found.len() - 1]);
        tokens.extend(found);
    }
    if !multi.before.is_empty() {
        // Head last in the dictionary form; in the sentence the verb may come first.
        let found = sequence(s, clause, &multi.before, clause.tokens[0], 60)?;
        if multi.after.is_empty() {
            governed = multi.governs.then(|| found[found.len() - 1]);
        }
        tokens.extend(found);
    }
    tokens.sort_unstable();
    tokens.dedup();
    Some((tokens, governed))
}

/// `words` in order in the clause, at most two other small words between, beginning within `reach` of `from`.
fn sequence(s: &Sentence<'_>, clause: &Clause, words: &[u64], from: usize, reach: usize) -> Option<Vec<usize>> {
    let inside = &clause.tokens[clause.tokens.partition_point(|t| *t < from)..];
    'start: for begin in 0..inside.len().min(reach) {
        let mut out = Vec::new();
        let mut k = begin;
        for (i, word) in words.iter().enumerate() {
            if *word == 0 {
                if inside.get(k).is_some_and(|t| matches!(s.words[*t].part, Part::Possessive | Part::Determiner)) {
                    k += 1;
                }
                continue;
            }
            let limit = if i == 0 { 1 } else { 3 };
            // A governing preposition may stand a little further off: "takes the axe to".
            let Some(step) = (0..limit).find(|d| inside.get(k + d).is_some_and(|t| s.hash(*t) == *word)) else {
                continue 'start;
            };
            out.push(inside[k + step]);
            k += step + 1;
        }
        if !out.is_empty() {
            return Some(out);
        }
    }
    None
}

/// Passive or not, and which phrase a bare participle describes; `None` where the form evokes nothing here.
fn voice(s: &Sentence<'_>, phrases: &[Phrase], clause: &Clause, at: usize) -> Option<(bool, Option<usize>)> {
    let w = &s.words[at];
    let participle = w.forms & (1 << form::PARTICIPLE) != 0;
    let v2 = s.language.tables.verb_second;
    let auxiliaries: Vec<usize> = clause
        .tokens
        .iter()
        .copied()
        .filter(|t| s.words[*t].part == Part::Auxiliary && (v2 || *t < at && !between_verbs(s, clause, *t, at)))
        .collect();
    let reflexive = (at > 0 && s.words[at - 1].aux & aux::REFLEXIVE != 0
        || s.words.get(at + 1).is_some_and(|x| x.aux & aux::REFLEXIVE != 0))
        && !v2;
    if participle && !auxiliaries.is_empty() {
        let has = |bit: u16| auxiliaries.iter().any(|t| s.words[*t].aux & bit != 0);
        return Some((has(aux::PASSIVE), None));
    }
    if reflexive && w.forms & !(1 << form::INFINITIVE) != 0 {
        return Some((true, None));
    }
    let only = w.forms
        & (1 << form::FINITE
            | 1 << form::FUTURE
            | 1 << form::CONDITIONAL
            | 1 << form::SUBJUNCTIVE
            | 1 << form::INFINITIVE
            | 1 << form::GERUND)
        == 0;
    if participle && auxiliaries.is_empty() {
        let before = phrases.iter().position(|p| {
            p.end == at && p.pronoun == 0
                || p.end + 1 == at && s.words[at - 1].part == Part::Adverb
                || p.end + 1 == at && s.norm(at - 1) == ","
        });
        if only {
            return Some((true, before.or_else(|| phrases.iter().rposition(|p| p.end <= at && p.bare()))));
        }
        // "The law signed in May takes effect": a finite-looking participle, if another verb is the clause's.
        let other =
            clause.finite.iter().any(|f| *f > at && finite(s, *f) && s.words[*f].forms & (1 << form::PARTICIPLE) == 0);
        let by =
            s.words.get(at + 1).is_some_and(|x| x.part == Part::Preposition && x.prepositions & prep::BY != 0 && !v2);
        if (other || by) && before.is_some() {
            return Some((true, before));
        }
    }
    Some((false, None))
}

fn between_verbs(s: &Sentence<'_>, clause: &Clause, a: usize, b: usize) -> bool {
    clause.tokens.iter().any(|t| {
        *t > a
            && *t < b
            && s.words[*t].part == Part::Verb
            && s.words[*t].forms & (1 << form::PARTICIPLE | 1 << form::INFINITIVE) == 0
    })
}

/// The subject phrases of a clause, nearest reading first.
pub fn subjects(s: &Sentence<'_>, phrases: &[Phrase], clauses: &[Clause], c: usize, depth: usize) -> Vec<usize> {
    let clause = &clauses[c];
    let first = clause
        .finite
        .first()
        .copied()
        .or_else(|| clause.tokens.iter().copied().find(|t| s.words[*t].part == Part::Verb))
        .unwrap_or(usize::MAX);
    let mut out: Vec<usize> = (0..phrases.len())
        .filter(|i| {
            phrases[*i].clause == c && phrases[*i].bare() && phrases[*i].end <= first && phrases[*i].of.is_none()
        })
        .collect();
    if !s.language.tables.verb_second {
        out.reverse();
    }
    if out.is_empty() && depth < 4 {
        if let Some(shared) = clause.shares {
            return subjects(s, phrases, clauses, shared, depth + 1);
        }
        if clause.kind == ClauseKind::Relative && clause.relative_preposition == 0 && clause.antecedent.is_some() {
            return antecedents(phrases, clause);
        }
    }
    out
}

/// What a relative clause may belong to: the phrase before it, then what that one hangs on ("the first country *in the
/// world* that").
fn antecedents(phrases: &[Phrase], clause: &Clause) -> Vec<usize> {
    let mut out: Vec<usize> = clause.antecedent.into_iter().collect();
    while let Some(i) = out.last().copied().filter(|i| *i > 0 && out.len() < 3) {
        if phrases[i].preposition_at != Some(phrases[i - 1].end) {
            break;
        }
        out.push(i - 1);
    }
    out
}

/// The phrases around a predicate by function.
pub fn arguments(s: &Sentence<'_>, phrases: &[Phrase], clauses: &[Clause], p: &Predicate) -> Arguments {
    let clause = &clauses[p.clause];
    let v2 = s.language.tables.verb_second;
    let mut out = Arguments::default();
    if let Evoker::Noun(i) = p.by {
        return nominal(phrases, i);
    }
    let in_clause = |i: &usize| phrases[*i].clause == p.clause;
    let next_verb = clause
        .tokens
        .iter()
        .copied()
        .find(|t| *t > p.at && s.words[*t].part == Part::Verb && !p.tokens.contains(t))
        .unwrap_or(usize::MAX);
    let previous_verb = clause
        .tokens
        .iter()
        .copied()
        .rev()
        .find(|t| *t < p.at && s.words[*t].part == Part::Verb && !p.tokens.contains(t));
    let bare: Vec<usize> =
        (0..phrases.len()).filter(in_clause).filter(|i| phrases[*i].bare() && !consumed(&phrases[*i], p)).collect();
    let mut direct_subjects = subjects(s, phrases, clauses, p.clause, 0);
    direct_subjects.retain(|i| !consumed(&phrases[*i], p));
    if let Some(d) = p.describes {
        out.objects = vec![phrases[d].apposition_of.unwrap_or(d), d];
        let mut k = d;
        while let Some(x) = phrases[k].of {
            // "a lei de valores, promulgada em março": what the described phrase hangs on may be meant.
            out.objects.push(x);
            k = x;
        }
        out.objects.dedup();
    } else if v2 {
        let mut list: Vec<usize> = Vec::new();
        if clause.kind == ClauseKind::Relative && clause.relative_preposition == 0 {
            list.extend(antecedents(phrases, clause));
        }
        list.extend(&bare);
        if clause.shares.is_some() && !bare.iter().any(|i| phrases[*i].end <= p.at) {
            for i in direct_subjects.iter().rev() {
                if !list.contains(i) {
                    list.insert(0, *i);
                }
            }
        }
        if p.passive {
            out.objects = list;
        } else {
            out.subjects.clone_from(&list);
            out.objects = list;
        }
    } else {
        let after: Vec<usize> =
            bare.iter().copied().filter(|i| phrases[*i].start > p.at && phrases[*i].start < next_verb).collect();
        let mut relative_object = None;
        if clause.kind == ClauseKind::Relative
            && clause.relative_preposition == 0
            && !direct_subjects.is_empty()
            && clause.antecedent.is_some_and(|a| !direct_subjects.contains(&a))
        {
            relative_object = clause.antecedent;
        }
        if p.passive {
            out.objects.clone_from(&direct_subjects);
            // "se aprobó la ley", "was passed a bill": behind the verb where nothing stands before.
            out.objects.extend(&after);
        } else {
            out.subjects.clone_from(&direct_subjects);
            out.objects.extend(relative_object);
            out.objects.extend(&after);
            if s.language.tables.adjective_after
                && clause.kind == ClauseKind::Relative
                && clause.relative_preposition == 0
            {
                // "la oficina que dirige X": what follows the verb may be who does it.
                out.subjects.extend(&after);
                out.objects.extend(clause.antecedent);
            }
            if direct_subjects.is_empty() {
                out.subjects.extend(&after);
            }
        }
    }
    if let Some(at) = p.governed {
        let governed: Vec<usize> = (0..phrases.len())
            .filter(|i| {
                phrases[*i].preposition_at.is_some_and(|x| x <= at && at < phrases[*i].start)
                    || phrases[*i].preposition_at == Some(at)
            })
            .collect();
        if !governed.is_empty() {
            // What stands bare may still be the object: "2,000 MW reserved for mining".
            let bare = std::mem::replace(&mut out.objects, governed);
            out.objects.extend(bare);
        }
    }
    let from = if v2 { 0 } else { previous_verb.unwrap_or(0) };
    for (i, q) in phrases.iter().enumerate() {
        if q.preposition_at.is_some()
            && q.prepositions != 0
            && (in_clause(&i))
            && (v2 || q.start >= from && q.start < next_verb || q.end < clause.finite.first().copied().unwrap_or(0))
            && !consumed(q, p)
        {
            out.governed.push((i, q.prepositions));
        }
    }
    if clause.kind == ClauseKind::Relative
        && clause.relative_preposition != 0
        && let Some(a) = clause.antecedent
    {
        out.governed.push((a, clause.relative_preposition));
    }
    // Nearest first, those behind the verb before those in front of it.
    out.governed.sort_by_key(|(i, _)| {
        if phrases[*i].start > p.at { phrases[*i].start - p.at } else { 1000 + p.at - phrases[*i].start }
    });
    out
}

/// The phrase is part of the evoking words ("his name" in "put his name to").
fn consumed(q: &Phrase, p: &Predicate) -> bool {
    p.tokens.len() > 1 && p.tokens.contains(&q.head)
}

fn nominal(phrases: &[Phrase], i: usize) -> Arguments {
    let mut out = Arguments::default();
    let noun = &phrases[i];
    out.subjects.extend(noun.possessor);
    // What hangs on the noun: phrases right behind it, each behind a preposition, up to the next bare one.
    let mut last = noun.end;
    for (k, q) in phrases.iter().enumerate().skip(i + 1) {
        let Some(at) = q.preposition_at else {
            if q.group != phrases[k - 1].group && q.start > last + 1 {
                break;
            }
            if q.alias_of.is_some() {
                last = q.end + 1;
            }
            continue;
        };
        if q.clause != noun.clause || at > last + 1 && q.group != phrases[k - 1].group {
            break;
        }
        out.governed.push((k, q.prepositions));
        if q.prepositions & prep::OF != 0 {
            out.objects.push(k);
        }
        last = q.end;
    }
    out
}
