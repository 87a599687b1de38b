//! The status of what a predicate states: modality, negation, and whose words they are.

use super::chunk::Phrase;
use super::clause::{Clause, ClauseKind};
use super::discourse::{Discourse, Referent};
use super::predicate::{Evoker, Predicate};
use super::words::{Part, Sentence};
use crate::lexicon::Lexicon;
use crate::lexicon::compiled::{Tag, aux, cue, form};
use crate::model::{Modality, Polarity};

/// Classes that turn what they govern into a plan, a possibility, a denial.
pub struct Governors {
    pub plan: Option<u16>,
    pub consider: Option<u16>,
    pub decline: Option<u16>,
    pub deny: Option<u16>,
    pub request: Option<u16>,
    pub say: Option<u16>,
    pub propose: Option<u16>,
    pub order: Option<u16>,
}

impl Governors {
    pub fn new(lexicon: &Lexicon) -> Governors {
        Governors {
            plan: lexicon.class("PLAN"),
            consider: lexicon.class("CONSIDER"),
            decline: lexicon.class("DECLINE"),
            deny: lexicon.class("DENY"),
            request: lexicon.class("REQUEST"),
            say: lexicon.class("SAY"),
            propose: lexicon.class("PROPOSE"),
            order: lexicon.class("ORDER"),
        }
    }
}

/// Modality and polarity of a predicate; `None` where nothing is asserted (a hypothesis).
pub fn status(
    s: &Sentence<'_>,
    clauses: &[Clause],
    phrases: &[Phrase],
    p: &Predicate,
    g: &Governors,
) -> Option<(Modality, Polarity)> {
    let clause = &clauses[p.clause];
    let mut modality = Modality::Actual;
    let mut negated = false;
    let v2 = s.language.tables.verb_second;
    let weaken = |m: &mut Modality, to: Modality| {
        if to == Modality::Possible || *m == Modality::Actual {
            *m = to;
        }
    };
    let before = |t: usize| v2 || t <= p.at;
    for &t in &clause.tokens {
        let w = &s.words[t];
        if w.part == Part::Auxiliary && before(t) && t != p.at {
            if w.aux & aux::FUTURE != 0 && (w.aux & (aux::BE | aux::HAVE | aux::BECOME) == 0) {
                weaken(&mut modality, Modality::Planned);
            }
            if w.aux & aux::PLANNED != 0 && w.aux & (aux::HAVE | aux::BE) == 0 {
                weaken(&mut modality, Modality::Planned);
            }
            if w.aux & aux::POSSIBLE != 0 {
                weaken(&mut modality, Modality::Possible);
            }
        }
        if w.part == Part::Negator && near(s, clause, t, p) {
            negated = true;
        }
        let plain = w.name.is_none() && w.date.is_none() && w.measure.is_none();
        for h in s.hits_at(t).iter().filter(|h| h.entry.tag == Tag::Cue && plain) {
            if p.tokens.contains(&t) && h.len == 1 && p.by != Evoker::Copula {
                continue;
            }
            match h.entry.a {
                cue::PLANNED if before(t) || h.len > 1 && t < p.at + 12 => weaken(&mut modality, Modality::Planned),
                cue::POSSIBLE if before(t) => weaken(&mut modality, Modality::Possible),
                cue::HYPOTHETICAL if t < p.at && !matches!(w.part, Part::Preposition | Part::Coordinator) => {
                    return None;
                }
                cue::NEGATING if t < p.at && p.at - t < 9 => negated = true,
                _ => {}
            }
        }
        // A verb of planning that governs this one ("plans to launch").
        if w.part == Part::Verb && t != p.at && !p.tokens.contains(&t) && governs(s, t, p) {
            for h in s.hits_at(t).iter().filter(|h| h.entry.tag == Tag::Verb) {
                let class = Some(h.entry.a);
                if class == g.plan {
                    weaken(&mut modality, Modality::Planned);
                } else if class == g.consider || class == g.request || class == g.propose {
                    weaken(&mut modality, Modality::Possible);
                } else if class == g.decline || class == g.deny {
                    weaken(&mut modality, Modality::Possible);
                    negated = true;
                }
            }
        }
    }
    if p.by == Evoker::Verb {
        let only = |bit: u8| {
            p.forms & (1 << bit) != 0
                && p.forms & (1 << form::FINITE | 1 << form::PARTICIPLE | 1 << form::INFINITIVE) == 0
        };
        if only(form::FUTURE) {
            weaken(&mut modality, Modality::Planned);
        }
        if only(form::CONDITIONAL) {
            weaken(&mut modality, Modality::Possible);
        }
        // An infinitive that nothing governs is a purpose or a plan, not a fact.
        let infinitive = p.at > 0 && s.words[p.at - 1].part == Part::InfinitiveMark;
        if infinitive && !s.language.tables.adjective_after && modality == Modality::Actual && !negated {
            let auxiliary = clause.tokens.iter().any(|t| {
                *t < p.at
                    && s.words[*t].part == Part::Auxiliary
                    && s.words[*t].aux & (aux::PLANNED | aux::FUTURE | aux::POSSIBLE) != 0
            });
            // "told the banks to close accounts" has happened.
            let ordered = clause.tokens.iter().any(|t| {
                *t < p.at
                    && s.words[*t].part == Part::Verb
                    && s.hits_at(*t).iter().any(|h| h.entry.tag == Tag::Verb && Some(h.entry.a) == g.order)
            });
            if !auxiliary && !ordered {
                weaken(&mut modality, Modality::Planned);
            }
        }
    }
    // "no licence", "keine Lizenz", "Neither company": the negation stands in a phrase of the clause.
    if phrases.iter().any(|q| q.clause == p.clause && q.negated) {
        negated = true;
    }
    if clause.kind == ClauseKind::Hypothetical {
        return None;
    }
    Some((modality, if negated { Polarity::Negated } else { Polarity::Affirmed }))
}

/// The negation belongs to the predicate: little stands between, and no other verb.
fn near(s: &Sentence<'_>, clause: &Clause, t: usize, p: &Predicate) -> bool {
    let (a, b) = if t < p.at { (t, p.at) } else { (p.at, t) };
    if b - a > 12 {
        return false;
    }
    let verbs = clause.tokens.iter().filter(|k| **k > a && **k < b && s.words[**k].part == Part::Verb).count();
    verbs == 0 && (t < p.at || s.language.tables.verb_second || b - a <= 2)
}

/// The verb at `t` governs the predicate: an infinitive or a noun behind it, or (verb last) around it.
fn governs(s: &Sentence<'_>, t: usize, p: &Predicate) -> bool {
    if p.by != Evoker::Verb {
        return false;
    }
    if s.language.tables.verb_second {
        // "plant … einzuführen", "einzuführen plant": the governed one is an infinitive by its mark, or stands last.
        let marked = p.at > 0 && s.words[p.at - 1].part == Part::InfinitiveMark || p.forms & (1 << form::FINITE) == 0;
        return p.forms & (1 << form::INFINITIVE) != 0 && (t < p.at || marked);
    }
    t < p.at && p.at - t < 8 && p.forms & (1 << form::INFINITIVE | 1 << form::GERUND) != 0
}

/// Who says what the clause states: "X said that …", "according to X". A name's entity, or nobody.
pub fn attribution(
    s: &Sentence<'_>,
    phrases: &[Phrase],
    clauses: &[Clause],
    read: &[Referent],
    d: &Discourse,
    p: &Predicate,
    g: &Governors,
) -> Option<usize> {
    for i in 0..s.len() {
        let Some(h) = s.hits_at(i).iter().find(|h| h.entry.tag == Tag::Cue && h.entry.a == cue::ACCORDING) else {
            continue;
        };
        let found =
            phrases.iter().position(|q| q.start >= i && q.start <= i + h.len + 1 || q.preposition_at == Some(i));
        if let Some(e) = found.and_then(|q| read[q].entity) {
            return Some(e);
        }
    }
    // A clause of saying that this one hangs on, or that stands beside its words.
    for (c, clause) in clauses.iter().enumerate() {
        if c == p.clause && p.by == Evoker::Verb {
            continue;
        }
        let hangs = clauses[p.clause].parent == Some(c) && clauses[p.clause].kind != ClauseKind::Relative;
        if !hangs {
            continue;
        }
        let says = clause.tokens.iter().find(|t| {
            s.words[**t].part == Part::Verb
                && s.hits_at(**t).iter().any(|h| h.entry.tag == Tag::Verb && Some(h.entry.a) == g.say)
        });
        if says.is_some() {
            let speaker =
                super::predicate::subjects(s, phrases, clauses, c, 0).into_iter().find_map(|q| read[q].entity);
            if let Some(e) = speaker.filter(|e| d.entities[*e].kind != crate::model::Kind::Asset) {
                return Some(e);
            }
        }
    }
    None
}
