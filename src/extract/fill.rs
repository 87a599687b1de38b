//! Constructions against a sentence: which phrases fill which roles.

use super::chunk::Phrase;
use super::clause::{Clause, ClauseKind};
use super::discourse::{Discourse, Referent};
use super::pattern::{Pattern, Slot};
use super::predicate::{Arguments, Evoker, Predicate};
use super::words::{Part, Sentence};
use crate::frame::{Frame, Frames, Range, Role};
use crate::lexicon::Lexicon;
use crate::lexicon::compiled::{Tag, prep, scheme};
use crate::model::{Kind, Quantity};
use std::collections::BTreeSet;

/// What fills a role, before it is written out.
#[derive(Debug, Clone, PartialEq)]
pub enum Filler {
    Entity(usize),
    /// Words that describe.
    Text(String),
    Concept(String),
    Quantity(Quantity),
}

/// A filler with its place (bytes) and the phrase it came from.
#[derive(Debug, Clone)]
pub struct Filled {
    pub role: String,
    pub filler: Filler,
    pub span: Option<(usize, usize)>,
    pub phrase: Option<usize>,
}

impl Filled {
    /// A filler that stands nowhere in the sentence: set by a construction, or left unsaid.
    pub fn unsaid(role: &str, filler: Filler) -> Filled {
        Filled { role: role.to_string(), filler, span: None, phrase: None }
    }
}

/// A construction that fired.
#[derive(Debug, Clone)]
pub struct Match {
    pub pattern: usize,
    pub filled: Vec<Filled>,
    pub nominal: bool,
    /// Phrases that its slots took, for telling overlapping matches apart.
    pub slots: usize,
}

/// A sentence as it was read: what can be said of it without knowing what was spoken of before.
pub struct View<'a> {
    pub s: &'a Sentence<'a>,
    pub phrases: &'a [Phrase],
    pub clauses: &'a [Clause],
    pub read: &'a [Referent],
    pub lexicon: &'a Lexicon,
    pub tickers: &'a BTreeSet<String>,
    /// The class of words for people.
    pub person: Option<u16>,
}

/// All that matching looks at.
pub struct Matcher<'a> {
    pub view: &'a View<'a>,
    pub discourse: &'a Discourse,
    pub frames: &'a Frames,
}

impl View<'_> {
    /// The number of the scheme whose concepts fill the role.
    pub fn scheme(role: &Role) -> u16 {
        match role.scheme.as_deref() {
            Some("topic") => scheme::TOPIC,
            Some("instrument") => scheme::INSTRUMENT,
            _ => scheme::ASSET,
        }
    }

    /// The concept of a number that a word in `a..b` shows; the head's wins, then the last.
    pub fn concept(&self, number: u16, a: usize, b: usize) -> Option<String> {
        self.concepts(number, a, b).into_iter().next_back()
    }

    /// All concepts of a number in `a..b`, in order, once each.
    pub fn concepts(&self, number: u16, a: usize, b: usize) -> Vec<String> {
        let tables = &self.s.language.tables;
        let mut out: Vec<String> = Vec::new();
        let mut push = |c: &str| {
            if !out.iter().any(|o| o == c) {
                out.push(c.to_string());
            }
        };
        let mut i = a;
        while i < b.min(self.s.len()) {
            let mut step = 1;
            if let Some(h) = self
                .s
                .hits_at(i)
                .iter()
                .filter(|h| h.entry.tag == Tag::Concept && h.entry.a == number)
                .max_by_key(|h| h.len)
            {
                push(&tables.strings[h.entry.b as usize]);
                step = h.len;
            } else {
                let norm = self.s.norm(i);
                if let Some((_, _, index)) =
                    tables.stems.iter().find(|(stem, k, _)| *k == number && norm.starts_with(stem.as_str()))
                {
                    push(&tables.strings[*index as usize]);
                } else if number == scheme::ASSET
                    && let Some(m) = self.s.words[i].name
                    && let Some(c) =
                        self.s.names[m].entries.first().and_then(|e| self.lexicon.outline(*e).concept.clone())
                {
                    push(&c);
                }
            }
            i += step;
        }
        out
    }

    /// The asset that a unit counts.
    pub fn asset_of(&self, unit: &str) -> Option<String> {
        self.tickers.contains(unit).then(|| match unit {
            "BTC" => "bitcoin".to_string(),
            "ETH" => "ether".to_string(),
            other => other.to_lowercase(),
        })
    }

    /// Whether a unit is of one of the role's dimensions.
    pub fn dimension(&self, role: &Role, unit: &str) -> bool {
        let dimension = match unit {
            "percent" => "percent",
            "kW" | "MW" | "GW" | "TW" | "kWh" | "MWh" | "GWh" | "TWh" => "power",
            unit if self.tickers.contains(unit) => "asset",
            _ => "money",
        };
        role.dimensions.iter().any(|d| d == dimension)
    }
}

impl Matcher<'_> {
    fn frame(&self, pattern: &Pattern) -> &Frame {
        // The pattern's frame index comes from the same registry.
        self.frames.iter().nth(pattern.frame).expect("a pattern is parsed from its frame")
    }

    /// Members of the phrase's coordination, in order; the phrase alone if it stands alone.
    fn group(&self, i: usize) -> Vec<usize> {
        let g = self.view.phrases[i].group;
        let out: Vec<usize> = (0..self.view.phrases.len())
            .filter(|k| self.view.phrases[*k].group == g && self.view.phrases[*k].alias_of.is_none())
            .collect();
        if out.is_empty() { vec![i] } else { out }
    }

    /// The phrase that says what `i` is: behind a quantity ("two *of the exchanges*"), or its name in apposition.
    fn telling(&self, i: usize) -> usize {
        let p = &self.view.phrases[i];
        let people = self.view.person.is_some_and(|c| p.has_class(c)) && self.view.read[i].entity.is_none();
        if p.name.is_none()
            && (p.classes.is_empty() || people)
            && p.pronoun == 0
            && let Some(k) = (i + 1..self.view.phrases.len()).find(|k| self.view.phrases[*k].of == Some(i))
        {
            return k;
        }
        // "the measure behind the reserve, Senate Bill 21": set beside it, or beside what hangs on it.
        let beside = |k: usize| {
            self.view.phrases[k].name.is_some()
                && self.view.phrases[k]
                    .apposition_of
                    .is_some_and(|j| j >= i && (i + 1..=j).all(|x| self.view.phrases[x].preposition_at.is_some()))
        };
        let last = self.view.phrases.len().min(i + 5);
        if p.name.is_none()
            && let Some(k) = (i + 1..last).find(|k| beside(*k))
        {
            return k;
        }
        i
    }

    /// What `i` fills `role` with, if it fits.
    pub fn value(&self, role: &Role, i: usize) -> Option<Filler> {
        let p = &self.view.phrases[i];
        let r = &self.view.read[i];
        match role.range {
            Range::Entity => self.entity(role, p, r),
            Range::Asset => {
                if let Some(concept) = self.view.concept(scheme::ASSET, p.start, p.end) {
                    return Some(Filler::Concept(concept));
                }
                if let Some(m) = p.measure {
                    return self.view.asset_of(&self.view.s.measures[m].quantity.unit).map(Filler::Concept);
                }
                self.entity(role, p, r)
            }
            Range::Concept => self.view.concept(View::scheme(role), p.start, p.end).map(Filler::Concept),
            Range::Quantity => p
                .measure
                .filter(|m| self.view.dimension(role, &self.view.s.measures[*m].quantity.unit))
                .map(|m| Filler::Quantity(self.view.s.measures[m].quantity.clone())),
            Range::Text => {
                (p.pronoun == 0 && !(p.measure.is_some() && p.classes.is_empty())).then(|| Filler::Text(r.text.clone()))
            }
            Range::Value | Range::Date => None,
        }
    }

    fn entity(&self, role: &Role, p: &Phrase, r: &Referent) -> Option<Filler> {
        if let Some(e) = r.entity {
            let known = &self.discourse.entities[e];
            if role.kinds.contains(&known.kind) {
                return Some(Filler::Entity(e));
            }
            if role.of_jurisdictions() && (known.kind.is_authority() || known.kind == Kind::City) {
                // Whose parliament it is, is whose law it is. The country is put in by the caller.
                return known.country.map(|_| Filler::Entity(e));
            }
            let open =
                role.kinds.iter().any(|k| matches!(k, Kind::Company | Kind::Organisation | Kind::Product | Kind::Law));
            if known.kind == Kind::Unknown && open && role.range == Range::Entity {
                return Some(Filler::Entity(e));
            }
            let loose = role.kinds.contains(&Kind::Description);
            if loose && matches!(known.kind, Kind::Product | Kind::Asset | Kind::Law | Kind::Unknown | Kind::List) {
                return Some(Filler::Entity(e));
            }
            return None;
        }
        if p.pronoun != 0 || p.measure.is_some() && p.classes.is_empty() {
            return None;
        }
        let described = role.describes.is_empty()
            || role.describes.iter().any(|c| self.view.lexicon.class(c).is_some_and(|c| p.has_class(c)));
        if (role.kinds.contains(&Kind::Description) || role.kinds.contains(&r.kind) && r.kind != Kind::Company)
            && described
        {
            let words = self.view.s.slice(p.start, p.end);
            return words.chars().any(char::is_alphabetic).then(|| Filler::Text(self.full_text(p)));
        }
        None
    }

    /// A description with what hangs on it, without its article.
    fn full_text(&self, p: &Phrase) -> String {
        let i = self.view.phrases.iter().position(|q| q.start == p.start).unwrap_or(0);
        let mut end = p.end;
        let mut k = i;
        while k + 1 < self.view.phrases.len()
            && self.view.phrases[k + 1].of == Some(k)
            && self.view.phrases[k + 1].end - p.start <= 10
        {
            k += 1;
            end = self.view.phrases[k].end;
        }
        let mut from = p.start;
        while from + 1 < p.end
            && matches!(self.view.s.words[from].part, Part::Determiner | Part::Possessive | Part::Negator)
        {
            from += 1;
        }
        self.view.s.slice(from, end).to_string()
    }

    /// Fills a slot with phrase `i` and its coordinates; `None` if it doesn't fit.
    fn fit(&self, frame: &Frame, slot: &Slot, i: usize) -> Option<Vec<Filled>> {
        let p = &self.view.phrases[i];
        let classed = slot.classes.iter().any(|c| p.has_class(*c));
        let adjective = || {
            slot.classes.iter().any(|c| {
                (p.start..p.end)
                    .any(|k| self.view.s.hits_at(k).iter().any(|h| h.entry.tag == Tag::Adjective && h.entry.a == *c))
            })
        };
        if slot.roles.is_empty() {
            return (classed || adjective()).then(Vec::new);
        }
        for name in &slot.roles {
            let role = &frame.roles[name];
            let named_fit = |k: usize| {
                role.range == Range::Entity
                    && self.view.read[k].entity.is_some_and(|e| {
                        let kind = self.discourse.entities[e].kind;
                        role.kinds.contains(&kind)
                            && kind != Kind::Country
                            && kind != Kind::Person
                            && kind != Kind::City
                            && kind != Kind::Company
                            || kind == Kind::Asset && role.kinds.contains(&Kind::Asset)
                    })
            };
            let mut out = Vec::new();
            let members = self.group(i).into_iter().flat_map(|own| {
                let told = self.telling(own);
                if told == own { vec![(own, own)] } else { self.group(told).into_iter().map(|k| (own, k)).collect() }
            });
            for (own, k) in members {
                let q = &self.view.phrases[k];
                let class_ok = slot.classes.is_empty()
                    || slot.classes.iter().any(|c| q.has_class(*c) || self.view.phrases[own].has_class(*c))
                    || named_fit(k)
                    || role.range == Range::Quantity
                    || self.anaphor(slot, k);
                if !class_ok {
                    continue;
                }
                // A classed description needs no kind of its own: the class says what it is.
                let value = self.value(role, k).or_else(|| {
                    (!slot.classes.is_empty()
                        && matches!(role.range, Range::Entity)
                        && q.pronoun == 0
                        && self.view.read[k].entity.is_none())
                    .then(|| Filler::Text(self.full_text(q)))
                });
                if let Some(filler) = value {
                    if matches!(filler, Filler::Entity(_)) {
                        // "They": each of those that were spoken of together.
                        out.extend(self.view.read[k].also.iter().map(|e| Filled {
                            role: name.clone(),
                            filler: Filler::Entity(*e),
                            span: Some(self.view.read[k].span),
                            phrase: Some(k),
                        }));
                    }
                    out.push(Filled {
                        role: name.clone(),
                        filler,
                        span: Some(self.view.read[k].span),
                        phrase: Some(k),
                    });
                }
            }
            if !out.is_empty() {
                return Some(out);
            }
            // The phrase is of the right class, only the role takes nothing from it ("an agreement" of no listed kind).
            if classed && matches!(role.range, Range::Concept | Range::Text | Range::Quantity) {
                return Some(Vec::new());
            }
        }
        None
    }

    /// A pronoun that stands for an entity of the kind that the slot's class names ("it passed", of a law).
    fn anaphor(&self, slot: &Slot, k: usize) -> bool {
        self.view.phrases[k].pronoun != 0
            && self.view.read[k].entity.is_some_and(|e| {
                let kind = self.discourse.entities[e].kind;
                slot.classes.iter().any(|c| match self.view.lexicon.class_name(*c) {
                    "LAW" => kind == Kind::Law,
                    "BODY" | "REGULATOR" => matches!(kind, Kind::Regulator | Kind::Agency),
                    "PRODUCT" => kind == Kind::Product,
                    _ => false,
                })
            })
    }

    /// Tries one construction on one predicate.
    pub fn attempt(&self, index: usize, pattern: &Pattern, p: &Predicate, args: &Arguments) -> Option<Match> {
        let frame = self.frame(pattern);
        let mut taken: Vec<usize> = Vec::new();
        let mut filled = Vec::new();
        let mut slots = 0;
        let nominal = matches!(p.by, Evoker::Noun(_));
        let verb_noun = nominal && (pattern.subject.is_some() || pattern.object.is_some());
        if let Evoker::Noun(i) = p.by {
            taken.push(i);
        }
        let use_first = |this: &Self,
                         slot: &Slot,
                         candidates: &mut dyn Iterator<Item = usize>,
                         taken: &mut Vec<usize>|
         -> Option<Vec<Filled>> {
            for c in candidates {
                if taken
                    .iter()
                    .any(|t| *t == c || this.view.phrases[*t].group == this.view.phrases[c].group && !nominal)
                {
                    continue;
                }
                if let Some(found) = this.fit(frame, slot, c) {
                    taken.push(c);
                    return Some(found);
                }
            }
            None
        };
        // Required prepositional places first: they are the most telling.
        for place in pattern.prepositions.iter().filter(|x| !x.optional) {
            let found = use_first(self, &place.slot, &mut self.places(place.mask, args, p).into_iter(), &mut taken)
                .or_else(|| {
                    (place.mask == 0 || place.slot.roles.is_empty())
                        .then(|| self.predicate_adjective(&place.slot, p))
                        .flatten()
                })?;
            filled.extend(found);
            slots += 1;
        }
        if let Some(object) = &pattern.object {
            let mut order: Vec<usize> = args.objects.clone();
            if p.by == Evoker::Copula {
                order.retain(|i| self.view.phrases[*i].start > p.at || self.view.s.language.tables.verb_second);
                order.extend(args.governed.iter().map(|g| g.0));
            }
            if self.view.s.language.tables.verb_second
                && !p.passive
                && order.len() > 1
                && p.governed.is_none()
                && !nominal
            {
                // The subject comes first: let the object be looked for from behind.
                order.reverse();
            }
            if self.view.s.language.tables.pro_drop && !p.passive && !nominal {
                // "autorizó a los operadores": people and firms as objects stand behind "a".
                order.extend(args.governed.iter().filter(|g| g.1 & prep::TO != 0).map(|g| g.0));
            }
            if verb_noun {
                order.extend(args.subjects.iter());
            }
            // "een vergunning verlenen aan": the noun that the construction asks for is part of the verb itself.
            let own: Vec<usize> = (0..self.view.phrases.len())
                .filter(|i| {
                    p.tokens.len() > 1
                        && p.tokens.contains(&self.view.phrases[*i].head)
                        && self.view.phrases[*i].clause == p.clause
                })
                .collect();
            if !object.classes.is_empty() {
                order.extend(&own);
            }
            let found = use_first(self, object, &mut order.into_iter(), &mut taken).or_else(|| {
                (p.by == Evoker::Copula && object.roles.is_empty())
                    .then(|| self.predicate_adjective(object, p))
                    .flatten()
            });
            match found {
                Some(found) => {
                    filled.extend(found);
                    slots += 1 + usize::from(!object.classes.is_empty());
                }
                None if object.roles.is_empty() && nominal && object.classes.is_empty() => {}
                None => return None,
            }
        }
        if let Some(subject) = &pattern.subject {
            let mut order: Vec<usize> = args.subjects.clone();
            if p.passive || nominal {
                order = args
                    .governed
                    .iter()
                    .filter(|g| g.1 & prep::BY != 0)
                    .map(|g| g.0)
                    .chain(if nominal { args.subjects.clone() } else { Vec::new() })
                    .collect();
                if nominal {
                    order.extend(args.objects.iter());
                }
                if pattern.object.is_none() {
                    // Nothing to turn round: "has been signed off" of an intransitive construction.
                    order.splice(0..0, args.objects.iter().copied());
                }
            }
            if let Some(found) = use_first(self, subject, &mut order.into_iter(), &mut taken) {
                filled.extend(found);
                slots += 1;
            } else if let Some(found) = self.dropped(frame, subject, p, args) {
                filled.extend(found);
                slots += 1;
            } else if pattern.object.is_none() && pattern.prepositions.iter().all(|x| x.optional) && !nominal {
                return None;
            }
        }
        // Verb second, active: the first phrase is no object while the subject is still to be found.
        if self.view.s.language.tables.verb_second
            && !p.passive
            && !nominal
            && p.describes.is_none()
            && pattern.subject.is_some()
            && args.subjects.len() > 1
        {
            let subject_found =
                pattern.subject.as_ref().is_some_and(|s| s.roles.iter().any(|r| filled.iter().any(|f| f.role == *r)));
            if !subject_found && taken.contains(&args.subjects[0]) && p.governed.is_none() {
                return None;
            }
        }
        for place in pattern.prepositions.iter().filter(|x| x.optional) {
            let mut order = self.places(place.mask, args, p);
            if place.mask & (prep::TO | prep::FOR) != 0 {
                order.extend(args.objects.iter());
            }
            if let Some(found) = use_first(self, &place.slot, &mut order.into_iter(), &mut taken) {
                filled.extend(found);
                slots += 1;
            }
        }
        // The noun of an event says much less than its verb: it must bring its company along.
        if slots == 0 || nominal && slots < 2 {
            return None;
        }
        Some(Match { pattern: index, filled, nominal, slots })
    }

    /// A subject that the language may leave out: the subject of the sentence before.
    fn dropped(&self, frame: &Frame, slot: &Slot, p: &Predicate, args: &Arguments) -> Option<Vec<Filled>> {
        let finite = self.view.clauses[p.clause].finite.iter().any(|f| *f <= p.at);
        if !self.view.s.language.tables.pro_drop
            || p.passive
            || p.by == Evoker::Copula
            || !finite
            || !args.subjects.iter().all(|i| args.objects.contains(i))
        {
            return None;
        }
        let topic = self.discourse.topic?;
        let kind = self.discourse.entities[topic].kind;
        let role = slot.roles.iter().find(|r| frame.roles[*r].kinds.contains(&kind))?;
        Some(vec![Filled::unsaid(role, Filler::Entity(topic))])
    }

    /// Candidates for a place: governed phrases, possessors and modifiers of the objects.
    fn places(&self, mask: u32, args: &Arguments, p: &Predicate) -> Vec<usize> {
        let mut out: Vec<usize> = Vec::new();
        if mask == 0 {
            out.extend(args.objects.iter());
            out.extend(args.governed.iter().map(|g| g.0));
            return out;
        }
        out.extend(args.governed.iter().filter(|g| g.1 & mask != 0).map(|g| g.0));
        if let Some(at) = p.governed {
            // The preposition is part of the verb ("deelnemen aan"): whatever its class, it governs what is meant.
            out.extend(args.objects.iter().copied().filter(|o| self.view.phrases[*o].preposition_at == Some(at)));
        }
        // What hangs on an object: "the licence *of Binance*", "*Binance's* licence".
        for o in args.objects.iter().chain(args.governed.iter().map(|g| &g.0)) {
            if mask & prep::OF != 0 {
                out.extend(self.view.phrases[*o].possessor);
            }
            let mut k = *o;
            while k + 1 < self.view.phrases.len() && self.view.phrases[k + 1].of == Some(k) {
                k += 1;
                if self.view.phrases[k].prepositions & mask != 0 {
                    out.push(k);
                }
            }
        }
        if let Evoker::Noun(i) = p.by {
            out.extend(self.view.phrases[i].possessor);
        }
        let mut seen = BTreeSet::new();
        out.retain(|i| seen.insert(*i));
        out
    }

    /// An adjective or phrase of one of the slot's classes in the clause, behind the copula.
    fn predicate_adjective(&self, slot: &Slot, p: &Predicate) -> Option<Vec<Filled>> {
        let clause = &self.view.clauses[p.clause];
        let found = clause.tokens.iter().any(|t| {
            (self.view.s.language.tables.verb_second || *t > p.at)
                && self
                    .view
                    .s
                    .hits_at(*t)
                    .iter()
                    .any(|h| matches!(h.entry.tag, Tag::Adjective | Tag::Noun) && slot.classes.contains(&h.entry.a))
        });
        found.then(Vec::new)
    }

    /// Whether anything may be claimed from the predicate's clause.
    pub fn claimable(&self, p: &Predicate) -> bool {
        let mut c = p.clause;
        loop {
            let clause = &self.view.clauses[c];
            if clause.kind == ClauseKind::Hypothetical {
                return false;
            }
            match clause.parent {
                Some(parent) if clause.kind != ClauseKind::Main => c = parent,
                _ => return true,
            }
        }
    }
}
