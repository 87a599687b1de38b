//! Noun phrases: their heads, names, possessors and coordination.

use super::words::{Part, Sentence};
use crate::lexicon::Lexicon;
use crate::lexicon::compiled::{Tag, aux, closed, prep};
use crate::model::Kind;

/// A noun phrase, by token indices within its sentence.
#[derive(Debug, Clone)]
pub struct Phrase {
    pub start: usize,
    pub end: usize,
    pub head: usize,
    /// The name that it refers by; other names in it stand in `modifiers`.
    pub name: Option<usize>,
    pub modifiers: Vec<usize>,
    /// (class, member) of the head noun.
    pub classes: Vec<(u16, u16)>,
    /// Bits of the preposition that governs it; 0 for a bare phrase.
    pub prepositions: u32,
    pub preposition_at: Option<usize>,
    pub determiner: u16,
    pub possessive: bool,
    pub pronoun: u16,
    pub negated: bool,
    /// Phrase that possesses it ("Poland's president"), or that hangs on this one by "of".
    pub possessor: Option<usize>,
    pub is_possessor: bool,
    /// The phrase just before that it modifies ("the president *of Poland*").
    pub of: Option<usize>,
    pub group: usize,
    pub measure: Option<usize>,
    pub apposition_of: Option<usize>,
    pub alias_of: Option<usize>,
    pub clause: usize,
}

impl Phrase {
    pub fn bare(&self) -> bool {
        self.prepositions == 0
            && self.preposition_at.is_none()
            && !self.is_possessor
            && self.apposition_of.is_none()
            && self.alias_of.is_none()
    }

    pub fn has_class(&self, class: u16) -> bool {
        self.classes.iter().any(|(c, _)| *c == class)
    }
}

fn is_quote(s: &str) -> bool {
    matches!(s, "\"" | "\u{201c}" | "\u{201d}" | "\u{201e}" | "\u{ab}" | "\u{bb}" | "\u{2018}" | "\u{2019}" | "'")
}

/// Finds the phrases of a tagged sentence.
pub fn chunk(s: &Sentence<'_>, lexicon: &Lexicon) -> Vec<Phrase> {
    let mut out: Vec<Phrase> = Vec::new();
    let n = s.len();
    let mut i = 0;
    let mut pending: Option<(u32, usize)> = None;
    let mut possessor: Option<usize> = None;
    while i < n {
        let w = &s.words[i];
        match w.part {
            Part::Preposition => {
                pending = Some((w.prepositions, pending.filter(|(_, at)| at + 1 == i).map_or(i, |(_, at)| at)));
                i += 1;
            }
            Part::Pronoun => {
                let mut phrase = blank(i, i + 1, pending.take());
                phrase.pronoun = w.closed | closed::PRONOUN;
                if w.aux & aux::REFLEXIVE != 0 && w.closed & (closed::PERSON | closed::THING | closed::PLURAL) == 0 {
                    // A reflexive stands for nobody.
                    i += 1;
                    continue;
                }
                phrase.group = out.len();
                out.push(phrase);
                i += 1;
            }
            Part::Determiner
            | Part::Possessive
            | Part::Noun
            | Part::Adjective
            | Part::Name
            | Part::Measure
            | Part::Number
            | Part::Negator => {
                if w.part == Part::Negator
                    && !matches!(s.words.get(i + 1).map(|x| x.part), Some(Part::Noun | Part::Adjective | Part::Name))
                {
                    i += 1;
                    continue;
                }
                if w.part == Part::Negator && w.closed & closed::DETERMINER == 0 {
                    i += 1;
                    continue;
                }
                let (mut phrase, genitive) = one(s, i, pending.take(), lexicon);
                i = phrase.end.max(i + 1);
                if phrase.start == phrase.end {
                    continue;
                }
                phrase.possessor = possessor.take();
                phrase.group = out.len();
                if genitive {
                    phrase.is_possessor = true;
                    possessor = Some(out.len());
                    // "in Poland's parliament": the preposition governs what is possessed.
                    pending = phrase.preposition_at.map(|at| (phrase.prepositions, at));
                    i += usize::from(s.words.get(i).is_some_and(|x| x.part == Part::Genitive));
                }
                out.push(phrase);
            }
            Part::Date => {
                // "In May the ministry …": the preposition governed the date.
                pending = None;
                i += 1;
            }
            Part::Punctuation if is_quote(s.norm(i)) => i += 1,
            Part::Adverb if pending.is_some() => i += 1,
            _ => {
                pending = None;
                possessor = None;
                i += 1;
            }
        }
    }
    link(s, &mut out);
    out
}

fn blank(start: usize, end: usize, governed: Option<(u32, usize)>) -> Phrase {
    Phrase {
        start,
        end,
        head: start,
        name: None,
        modifiers: Vec::new(),
        classes: Vec::new(),
        prepositions: governed.map_or(0, |g| g.0),
        preposition_at: governed.map(|g| g.1),
        determiner: 0,
        possessive: false,
        pronoun: 0,
        negated: false,
        possessor: None,
        is_possessor: false,
        of: None,
        group: 0,
        measure: None,
        apposition_of: None,
        alias_of: None,
        clause: 0,
    }
}

/// One phrase that begins at `i`; the flag says that a possessive ending follows and something possessed.
fn one(s: &Sentence<'_>, i: usize, governed: Option<(u32, usize)>, lexicon: &Lexicon) -> (Phrase, bool) {
    let n = s.len();
    let tables = &s.language.tables;
    let mut p = blank(i, i, governed);
    let mut names: Vec<usize> = Vec::new();
    let mut nouns: Vec<usize> = Vec::new();
    let mut at = i;
    let mut genitive = false;
    while at < n {
        let w = &s.words[at];
        match w.part {
            Part::Determiner | Part::Possessive | Part::Negator => {
                if at > i && !matches!(s.words[at - 1].part, Part::Determiner | Part::Possessive) {
                    break;
                }
                p.determiner |= w.closed;
                p.possessive |= w.part == Part::Possessive;
                p.negated |= w.part == Part::Negator;
                // A genitive article ("des", "der") hangs the phrase on what stands before.
                if w.aux & aux::GENITIVE != 0
                    && p.preposition_at.is_none()
                    && at == i
                    && i > 0
                    && matches!(s.words[i - 1].part, Part::Noun | Part::Name)
                {
                    p.prepositions |= prep::OF;
                    p.preposition_at = Some(i);
                }
                at += 1;
            }
            Part::Noun | Part::Adjective | Part::Number => {
                let last_name = names.last().filter(|m| s.names[**m].end == at);
                if let Some(m) = last_name {
                    let name = &s.names[*m];
                    let keeps = name.demonym
                        || name.kind == Kind::Asset
                        || !tables.verb_second && !tables.adjective_after
                        || w.part == Part::Number
                        || tables.verb_second && s.text[..s.bytes(name.start, name.end).1].ends_with('s');
                    if !keeps {
                        break;
                    }
                }
                if w.part == Part::Noun {
                    nouns.push(at);
                }
                at += 1;
            }
            Part::Name => {
                let Some(m) = w.name else { break };
                // Two names side by side are two phrases, unless the first is a demonym or something bought and sold.
                if names.last().is_some_and(|l| {
                    s.names[*l].end == at
                        && !s.names[*l].demonym
                        && s.names[*l].kind != Kind::Asset
                        && (tables.verb_second || tables.adjective_after)
                }) {
                    break;
                }
                names.push(m);
                at = s.names[m].end;
            }
            Part::Measure => {
                let Some(m) = w.measure else { break };
                if p.measure.is_some_and(|x| x != m) {
                    break;
                }
                p.measure = Some(m);
                at += 1;
            }
            Part::Genitive => {
                let next = s.words.get(at + 1).map(|x| x.part);
                if matches!(next, Some(Part::Noun | Part::Adjective | Part::Name | Part::Measure | Part::Number)) {
                    genitive = true;
                    break;
                }
                at += 1;
            }
            Part::Punctuation
                if at > i
                    && is_quote(s.norm(at))
                    && matches!(
                        s.words.get(at + 1).map(|x| x.part),
                        Some(Part::Noun | Part::Name | Part::Adjective)
                    )
                    && matches!(
                        s.words[at - 1].part,
                        Part::Determiner | Part::Noun | Part::Adjective | Part::Possessive
                    ) =>
            {
                at += 1
            }
            _ => break,
        }
    }
    p.end = at;
    settle(s, &mut p, names, nouns, lexicon);
    (p, genitive)
}

/// Head, classes and the name that a phrase refers by.
fn settle(s: &Sentence<'_>, p: &mut Phrase, names: Vec<usize>, nouns: Vec<usize>, lexicon: &Lexicon) {
    let after = s.language.tables.adjective_after;
    let head_noun = if after {
        nouns.iter().copied().find(|i| !s.hits_at(*i).is_empty()).or(nouns.first().copied())
    } else {
        nouns.last().copied()
    };
    let last_name = names.iter().rev().find(|m| !s.names[**m].demonym).copied();
    let referent = match (last_name, head_noun) {
        (Some(m), None) => Some(m),
        (Some(m), Some(h)) => {
            let name = &s.names[m];
            let asset = name.kind == Kind::Asset;
            // A noun behind the name is what it is about ("Binance founder"); one before it introduces it.
            let behind = !after && h >= name.end;
            let leads = h < name.start;
            let introduces = leads
                && (name.start == h + 1
                    || is_quote(s.norm(name.start - 1))
                    || after
                    || nouns.iter().all(|k| *k < name.start));
            (!asset && !behind && introduces).then_some(m)
        }
        (None, _) => None,
    };
    p.name = referent;
    p.modifiers = names.iter().copied().filter(|m| Some(*m) != referent).collect();
    p.head = match (referent, head_noun) {
        (_, Some(h)) => h,
        (Some(m), None) => s.names[m].end - 1,
        (None, None) => p.end.saturating_sub(1).max(p.start),
    };
    let mut classes: Vec<(u16, u16)> = Vec::new();
    let from = p.head.saturating_sub(5).max(p.start);
    let mut best = 0;
    for i in from..=p.head.min(s.len() - 1) {
        for h in s.hits_at(i).iter().filter(|h| h.entry.tag == Tag::Noun && h.at <= p.head && p.head < h.at + h.len) {
            if h.len > best {
                best = h.len;
            }
            classes.push((h.entry.a, h.entry.b));
        }
    }
    // A name's own words tell its class too: "Virtual Assets Act" is a LAW.
    if let Some(m) = referent.filter(|_| head_noun.is_none()) {
        for i in s.names[m].start..s.names[m].end {
            classes.extend(s.hits_at(i).iter().filter(|h| h.entry.tag == Tag::Noun).map(|h| (h.entry.a, h.entry.b)));
        }
        if s.names[m].kind == Kind::Law {
            classes.extend(lexicon.class("LAW").map(|c| (c, u16::MAX)));
        }
        if s.names[m].kind == Kind::List {
            classes.extend(lexicon.class("LIST").map(|c| (c, u16::MAX)));
        }
        if matches!(s.names[m].kind, Kind::Asset) {
            classes.extend(lexicon.class("CRYPTO").map(|c| (c, u16::MAX)));
        }
        if matches!(s.names[m].kind, Kind::Product) {
            classes.extend(lexicon.class("PRODUCT").map(|c| (c, u16::MAX)));
        }
    }
    classes.dedup();
    p.classes = classes;
}

/// Coordination, appositions, acronyms in brackets, and phrases that hang on the one before.
fn link(s: &Sentence<'_>, list: &mut [Phrase]) {
    for b in 1..list.len() {
        let a = b - 1;
        if list[b].possessor == Some(a) && list[a].of.is_some() {
            // "two of the world's exchanges": what is possessed hangs on "two".
            list[b].of = list[a].of.take();
            continue;
        }
        // "X, the company's head of compliance, …": what is possessed is set beside X.
        if list[b].possessor == Some(a) && a > 0 && list[b].preposition_at.is_none() {
            let x = a - 1;
            let gap: Vec<usize> = (list[x].end..list[a].start).collect();
            let named = |p: &Phrase| p.name.is_some_and(|m| s.names[m].kind != Kind::Asset);
            if gap.len() == 1
                && s.norm(gap[0]) == ","
                && named(&list[x]) != named(&list[b])
                && list[x].apposition_of.is_none()
            {
                list[b].apposition_of = Some(x);
            }
        }
        // Behind "(BCB)" the phrase in front of the bracket goes on; and "the bank of Bolivia and the commission" joins
        // what is alike, not the nearest.
        let (mut a, mut gap_from) = (a, list[a].end);
        while let Some(x) = list[a].alias_of {
            gap_from = gap_from.max(list[a].end + 1);
            a = x;
        }
        let nearest = a;
        while list[b].preposition_at.is_none()
            && list[a].preposition_at.is_some()
            && list[a].of.is_some()
            && !alike(s, &list[a], &list[b])
        {
            a = list[a].of.unwrap_or(a);
        }
        if !alike(s, &list[a], &list[b]) {
            a = nearest;
        }
        let gap_to = list[b].preposition_at.unwrap_or(list[b].start);
        if gap_from > gap_to {
            continue;
        }
        let gap: Vec<usize> = (gap_from..gap_to).filter(|i| !is_quote(s.norm(*i))).collect();
        if list[b].preposition_at.is_some() && gap.is_empty() && list[b].prepositions & prep::OF != 0 {
            list[b].of = Some(a);
            continue;
        }
        // "zowel A als B", "tanto A como B": a coordinator before the first, AS before the second.
        let lead = list[a].preposition_at.unwrap_or(list[a].start);
        if lead > 0
            && s.words[lead - 1].part == Part::Coordinator
            && list[b].prepositions & prep::AS != 0
            && list[b].preposition_at == Some(gap_from)
        {
            (list[b].prepositions, list[b].preposition_at) = (list[a].prepositions, list[a].preposition_at);
            join(list, a, b);
            continue;
        }
        if list[b].preposition_at.is_some() && list[a].prepositions != list[b].prepositions {
            continue;
        }
        let coordinator = |i: usize| s.words[i].part == Part::Coordinator && s.words[i].closed & closed::CONTRAST == 0;
        let comma = |i: usize| s.norm(i) == ",";
        let only_joins =
            !gap.is_empty() && gap.iter().all(|i| coordinator(*i) || comma(*i) || s.words[*i].part == Part::Adverb);
        if only_joins && gap.iter().any(|i| coordinator(*i)) {
            if !begins_clause(s, list, b) {
                join(list, a, b);
                // "A, B and C": go back over the commas.
                let mut k = a;
                while k > 0 {
                    let between: Vec<usize> =
                        (list[k - 1].end..list[k].preposition_at.unwrap_or(list[k].start)).collect();
                    if between.len() == 1
                        && comma(between[0])
                        && similar(s, &list[k - 1], &list[k])
                        && list[k].apposition_of.is_none()
                    {
                        list[k].apposition_of = None;
                        join(list, k - 1, k);
                        k -= 1;
                    } else {
                        break;
                    }
                }
            }
            continue;
        }
        if gap.len() == 1
            && s.norm(gap[0]) == "("
            && list[b].name.is_some()
            && s.words.get(list[b].end).is_some()
            && s.norm(list[b].end) == ")"
        {
            list[b].alias_of = Some(a);
            continue;
        }
        let named = |p: &Phrase| p.name.is_some_and(|m| s.names[m].kind != Kind::Asset);
        if gap.len() == 1
            && comma(gap[0])
            && list[b].preposition_at.is_none()
            && list[a].apposition_of.is_none()
            && (named(&list[a]) != named(&list[b]) || named(&list[a]) && list[b].determiner != 0)
            && list[b].pronoun == 0
            && list[a].pronoun == 0
            && list[b].measure.is_none()
        {
            // "X, the head of state, …" closes again with a comma or ends the clause.
            list[b].apposition_of = Some(a);
        }
    }
}

/// Both countries, both persons, both other names, or both descriptions.
fn alike(s: &Sentence<'_>, a: &Phrase, b: &Phrase) -> bool {
    let sort = |p: &Phrase| match p.name.map(|m| s.names[m].kind) {
        Some(k) if k.is_jurisdiction() => 1,
        Some(Kind::Person) => 2,
        Some(Kind::City) => 3,
        Some(_) => 4,
        None => 0,
    };
    sort(a) == sort(b)
}

fn similar(s: &Sentence<'_>, a: &Phrase, b: &Phrase) -> bool {
    let kind = |p: &Phrase| p.name.map(|m| s.names[m].kind);
    kind(a).is_some() == kind(b).is_some() && a.measure.is_some() == b.measure.is_some()
}

fn join(list: &mut [Phrase], a: usize, b: usize) {
    let group = list[a].group;
    let old = list[b].group;
    for p in list.iter_mut() {
        if p.group == old {
            p.group = group;
        }
    }
    if list[b].prepositions == 0 && list[a].prepositions != 0 {
        list[b].prepositions = list[a].prepositions;
        list[b].preposition_at = list[a].preposition_at;
    }
    list[b].of = list[a].of;
    list[b].apposition_of = None;
}

/// Whether phrase `b` behind "and" is the subject of a clause of its own: a finite verb follows it, and one stood before.
fn begins_clause(s: &Sentence<'_>, list: &[Phrase], b: usize) -> bool {
    let verb = |i: usize| matches!(s.words[i].part, Part::Verb | Part::Auxiliary);
    let before = (0..list[b].start).rev().take_while(|i| !matches!(s.norm(*i), ";" | ":" | "(")).any(verb);
    let mut k = list[b].end;
    if k < s.len() && s.norm(k) == "(" {
        while k < s.len() && s.norm(k) != ")" {
            k += 1;
        }
        k += 1;
    }
    while k < s.len() && (s.words[k].part == Part::Adverb || s.words[k].part == Part::Date) {
        k += 1;
    }
    before
        && k < s.len()
        && verb(k)
        && (!s.language.tables.verb_second || s.words[k].part == Part::Auxiliary || s.words[k].forms & 2 != 0)
        && list[b].preposition_at.is_none()
}
