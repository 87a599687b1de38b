//! Clauses: where they begin and end, what they hang on, and which verbs they have.

use super::chunk::Phrase;
use super::words::{Part, Sentence};
use crate::lexicon::compiled::{aux, closed, form};

/// What a clause is to the one it stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClauseKind {
    Main,
    Relative,
    Subordinate,
    /// A hypothesis or a purpose: nothing is claimed from it.
    Hypothetical,
    Bracket,
}

/// A clause, by token indices within its sentence; its tokens need not be contiguous.
#[derive(Debug, Clone)]
pub struct Clause {
    pub kind: ClauseKind,
    pub parent: Option<usize>,
    pub antecedent: Option<usize>,
    /// Preposition before the relative ("under which").
    pub relative_preposition: u32,
    /// The clause whose subject it shares ("signed the law and dissolved the agency").
    pub shares: Option<usize>,
    pub tokens: Vec<usize>,
    pub finite: Vec<usize>,
    pub opener: usize,
}

/// Whether the token is a finite verb or auxiliary.
pub fn finite(s: &Sentence<'_>, i: usize) -> bool {
    let w = &s.words[i];
    match w.part {
        Part::Auxiliary => {
            w.aux & !(aux::INFINITIVE_MARK | aux::REFLEXIVE | aux::GENITIVE) != 0 && !bare_infinitive(s, i)
        }
        Part::Verb => {
            let fin = w.forms
                & (1 << form::FINITE | 1 << form::FUTURE | 1 << form::CONDITIONAL | 1 << form::SUBJUNCTIVE)
                != 0;
            fin && !bare_infinitive(s, i)
        }
        _ => false,
    }
}

/// An infinitive: behind its mark, or behind an auxiliary that asks for one.
fn bare_infinitive(s: &Sentence<'_>, i: usize) -> bool {
    let w = &s.words[i];
    if i > 0 && s.words[i - 1].part == Part::InfinitiveMark {
        return true;
    }
    if w.part == Part::Verb && w.forms & (1 << form::INFINITIVE) != 0 {
        return (i.saturating_sub(4)..i).any(|k| {
            s.words[k].part == Part::Auxiliary && s.words[k].aux & (aux::FUTURE | aux::POSSIBLE | aux::PLANNED) != 0
        });
    }
    false
}

/// Divides a tagged sentence into clauses and tells each phrase which it is in.
pub fn divide(s: &Sentence<'_>, phrases: &mut [Phrase]) -> Vec<Clause> {
    let n = s.len();
    let mut list = vec![Clause {
        kind: ClauseKind::Main,
        parent: None,
        antecedent: None,
        relative_preposition: 0,
        shares: None,
        tokens: Vec::new(),
        finite: Vec::new(),
        opener: 0,
    }];
    let mut of_token = vec![0usize; n];
    let mut current = 0;
    let mut i = 0;
    while i < n {
        let w = &s.words[i];
        let mark = if w.part == Part::Punctuation { s.norm(i) } else { "" };
        match w.part {
            Part::Relative => {
                let antecedent = phrases
                    .iter()
                    .rposition(|p| p.end <= i && i - p.end <= 2 && p.pronoun == 0 && p.alias_of.is_none());
                let antecedent = antecedent.map(|a| phrases[a].apposition_of.unwrap_or(a));
                let mut clause = nested(ClauseKind::Relative, current, i);
                clause.antecedent = antecedent;
                if i > 0 && s.words[i - 1].part == Part::Preposition {
                    clause.relative_preposition = s.words[i - 1].prepositions;
                } else if w.prepositions != 0 {
                    clause.relative_preposition = w.prepositions;
                }
                list.push(clause);
                current = list.len() - 1;
            }
            Part::Subordinator
                if i == 0
                    || of_token[i - 1] != current
                    || list[current].opener != i - 1
                    || list[current].kind != ClauseKind::Subordinate =>
            {
                let hypothetical = w.closed & (closed::CONDITIONAL | closed::PURPOSE) != 0;
                let kind = if hypothetical { ClauseKind::Hypothetical } else { ClauseKind::Subordinate };
                list.push(nested(kind, current, i));
                current = list.len() - 1;
            }
            Part::Punctuation if mark == "(" => {
                list.push(nested(ClauseKind::Bracket, current, i));
                current = list.len() - 1;
            }
            Part::Punctuation if mark == ")" => {
                let mut k = current;
                while list[k].kind != ClauseKind::Bracket {
                    match list[k].parent {
                        Some(p) => k = p,
                        None => break,
                    }
                }
                if list[k].kind == ClauseKind::Bracket {
                    of_token[i] = k;
                    current = list[k].parent.unwrap_or(0);
                    i += 1;
                    continue;
                }
            }
            Part::Punctuation
                if matches!(mark, ";" | ":" | "\u{2014}" | "\u{2013}" | "\u{2022}" | "|")
                    && !list[current].tokens.is_empty() =>
            {
                list.push(Clause { kind: ClauseKind::Main, parent: None, ..nested(ClauseKind::Main, 0, i + 1) });
                current = list.len() - 1;
            }
            Part::Punctuation if mark == "," => {
                if matches!(
                    list[current].kind,
                    ClauseKind::Relative | ClauseKind::Subordinate | ClauseKind::Hypothetical
                ) && has_verb(s, &list[current])
                    && !goes_on(s, i)
                {
                    current = list[current].parent.unwrap_or(0);
                } else if starts_clause(s, phrases, i, &list[current]) {
                    current = sibling(&mut list, current, i, s);
                }
            }
            Part::Coordinator if starts_clause(s, phrases, i, &list[current]) => {
                current = sibling(&mut list, current, i, s);
            }
            _ if finite(s, i)
                && !list[current].finite.is_empty()
                && !chained(s, &list[current], i)
                && !s.language.tables.verb_second =>
            {
                if matches!(
                    list[current].kind,
                    ClauseKind::Relative | ClauseKind::Subordinate | ClauseKind::Hypothetical
                ) && list[current].parent.is_some_and(|p| list[p].finite.is_empty())
                {
                    current = list[current].parent.unwrap_or(0);
                } else if let Some(p) = phrases
                    .iter()
                    .rposition(|p| p.end <= i && p.bare() && i - p.end <= 2)
                    .filter(|p| list[current].finite.last().is_some_and(|f| phrases[*p].start > *f))
                {
                    // "officials said the law takes effect": the phrase before the verb opens a clause.
                    let from = phrases[p].start;
                    list.push(nested(ClauseKind::Subordinate, current, from));
                    let new = list.len() - 1;
                    let moved: Vec<usize> = list[current].tokens.iter().copied().filter(|t| *t >= from).collect();
                    list[current].tokens.retain(|t| *t < from);
                    for t in &moved {
                        of_token[*t] = new;
                    }
                    list[new].tokens = moved;
                    current = new;
                }
            }
            _ => {}
        }
        of_token[i] = current;
        list[current].tokens.push(i);
        if finite(s, i) {
            list[current].finite.push(i);
        }
        i += 1;
    }
    for p in phrases.iter_mut() {
        p.clause = of_token[p.head.min(n - 1)];
    }
    list
}

fn nested(kind: ClauseKind, parent: usize, opener: usize) -> Clause {
    Clause {
        kind,
        parent: Some(parent),
        antecedent: None,
        relative_preposition: 0,
        shares: None,
        tokens: Vec::new(),
        finite: Vec::new(),
        opener,
    }
}

fn has_verb(s: &Sentence<'_>, clause: &Clause) -> bool {
    clause.tokens.iter().any(|t| matches!(s.words[*t].part, Part::Verb | Part::Auxiliary))
}

/// Behind this comma the list or clause continues with a coordinator.
fn goes_on(s: &Sentence<'_>, comma: usize) -> bool {
    s.words.get(comma + 1).is_some_and(|w| w.part == Part::Coordinator && w.closed & closed::CONTRAST == 0)
}

/// The finite verb belongs to the verb group that the clause already has: "has been signed", "will have to pay".
fn chained(s: &Sentence<'_>, clause: &Clause, i: usize) -> bool {
    let Some(last) = clause.tokens.iter().rev().find(|t| matches!(s.words[**t].part, Part::Verb | Part::Auxiliary))
    else {
        return false;
    };
    let quiet = (last + 1..i).all(|k| {
        matches!(s.words[k].part, Part::Adverb | Part::Negator | Part::InfinitiveMark | Part::Preposition | Part::Date)
            || s.words[k].part == Part::Pronoun
    });
    if !quiet {
        // Participle or infinitive after an auxiliary, with something between.
        let w = &s.words[i];
        let nonfinite = w.forms & (1 << form::PARTICIPLE | 1 << form::INFINITIVE) != 0;
        return nonfinite
            && clause.tokens.iter().any(|t| s.words[*t].part == Part::Auxiliary)
            && !clause.tokens.iter().any(|t| s.words[*t].part == Part::Verb);
    }
    true
}

/// A new clause begins behind the comma or coordinator at `i`: its finite verb comes at once, or after one phrase.
fn starts_clause(s: &Sentence<'_>, phrases: &[Phrase], i: usize, current: &Clause) -> bool {
    if !has_verb(s, current) {
        return false;
    }
    let n = s.len();
    let comma = s.norm(i) == ",";
    let mut k = i + 1;
    if comma && s.words.get(k).is_some_and(|w| w.part == Part::Coordinator) {
        return false;
    }
    let skip = |mut k: usize| {
        while k < n
            && (matches!(s.words[k].part, Part::Adverb | Part::Negator | Part::Date)
                || s.words[k].part == Part::Pronoun && s.words[k].aux & aux::REFLEXIVE != 0)
        {
            k += 1;
        }
        k
    };
    k = skip(k);
    if k >= n {
        return false;
    }
    if finite(s, k) {
        return !comma || s.language.tables.verb_second;
    }
    // A phrase (with what hangs on it), then the verb.
    let Some(mut p) = phrases.iter().position(|p| p.preposition_at.unwrap_or(p.start) == k || p.start == k) else {
        return false;
    };
    let bare = phrases[p].preposition_at.is_none();
    let mut end = phrases[p].end;
    while p + 1 < phrases.len()
        && (phrases[p + 1].of == Some(p) || phrases[p + 1].possessor == Some(p) || phrases[p + 1].alias_of == Some(p))
    {
        p += 1;
        end = phrases[p].end;
        if phrases[p].alias_of.is_some() {
            end += 1;
        }
    }
    let k = skip(end);
    if k >= n || !finite(s, k) {
        return false;
    }
    // A participle looks finite in English: "the exchange, licensed in May, …"
    let w = &s.words[k];
    let ambiguous =
        w.part == Part::Verb && w.forms & (1 << form::PARTICIPLE) != 0 && w.forms & (1 << form::FINITE) != 0;
    if comma && ambiguous && !bare {
        return false;
    }
    !comma || bare || s.language.tables.verb_second
}

fn sibling(list: &mut Vec<Clause>, current: usize, i: usize, s: &Sentence<'_>) -> usize {
    let mut k = i + 1;
    while k < s.len() && matches!(s.words[k].part, Part::Adverb | Part::Negator | Part::Date) {
        k += 1;
    }
    let shares = k < s.len() && finite(s, k);
    let copy = Clause {
        kind: list[current].kind,
        parent: list[current].parent,
        antecedent: list[current].antecedent,
        relative_preposition: list[current].relative_preposition,
        shares: shares.then_some(current),
        tokens: Vec::new(),
        finite: Vec::new(),
        opener: i,
    };
    list.push(copy);
    list.len() - 1
}
