//! What each token of a sentence is: its entries in the lexicon, and one tag in the end.

use super::names::Name;
use crate::lexicon::Language;
use crate::lexicon::compiled::{Entry, Tag, aux, closed, form};
use crate::text::{DateExpr, Found, Hit, Measure, Tokens};

/// The part of speech that a token was read as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    Name,
    Date,
    Measure,
    Punctuation,
    Determiner,
    Possessive,
    Pronoun,
    Preposition,
    Coordinator,
    Subordinator,
    Relative,
    Negator,
    Adverb,
    Auxiliary,
    InfinitiveMark,
    Verb,
    Noun,
    Adjective,
    Number,
    Genitive,
}

/// One token, analysed.
#[derive(Debug, Clone)]
pub struct Word {
    pub part: Part,
    pub closed: u16,
    pub aux: u16,
    pub prepositions: u32,
    /// Bits of the verb forms that it can be.
    pub forms: u8,
    pub hits: Found,
    pub name: Option<usize>,
    pub date: Option<usize>,
    pub measure: Option<usize>,
}

/// A sentence with the analysis of its tokens; all indices are into the passage's tokens, less `from`.
pub struct Sentence<'a> {
    pub tokens: &'a Tokens,
    pub from: usize,
    pub to: usize,
    pub text: &'a str,
    pub language: &'a Language,
    pub words: Vec<Word>,
    pub hits: Vec<Hit>,
    pub names: Vec<Name>,
    pub dates: Vec<DateExpr>,
    pub measures: Vec<Measure>,
}

fn is_noun_like(part: Part) -> bool {
    matches!(part, Part::Name | Part::Noun | Part::Adjective | Part::Measure | Part::Number)
}

impl<'a> Sentence<'a> {
    pub fn len(&self) -> usize {
        self.to - self.from
    }

    pub fn norm(&self, i: usize) -> &str {
        self.tokens.norm(self.from + i)
    }

    /// The hash of the normalised word.
    pub fn hash(&self, i: usize) -> u64 {
        self.tokens.list[self.from + i].hash
    }

    /// The source text of tokens `a..b`.
    pub fn slice(&self, a: usize, b: usize) -> &'a str {
        if a >= b {
            return "";
        }
        &self.text[self.tokens.list[self.from + a].start..self.tokens.list[self.from + b - 1].end]
    }

    /// Byte offsets of tokens `a..b`.
    pub fn bytes(&self, a: usize, b: usize) -> (usize, usize) {
        (self.tokens.list[self.from + a].start, self.tokens.list[self.from + b.max(a + 1) - 1].end)
    }

    pub fn upper(&self, i: usize) -> bool {
        self.tokens.list[self.from + i].upper
    }

    pub fn hits_at(&self, i: usize) -> &[Hit] {
        self.words[i].hits.of(&self.hits)
    }

    /// Whether a hit at `i` has that tag.
    pub fn has(&self, i: usize, tag: Tag) -> bool {
        self.words[i].hits.has(tag)
    }

    /// The longest hit at `i` with that tag.
    pub fn longest(&self, i: usize, tag: Tag) -> Option<Hit> {
        if !self.has(i, tag) {
            return None;
        }
        self.hits_at(i).iter().filter(|h| h.entry.tag == tag).max_by_key(|h| h.len).copied()
    }

    /// Looks all phrases up; a compound counts as the noun that it ends with.
    pub fn look_up(tokens: &Tokens, from: usize, to: usize, language: &Language) -> (Vec<Hit>, Vec<Found>) {
        let mut hits = Vec::with_capacity(3 * (to - from));
        let mut found = Vec::with_capacity(to - from);
        for i in from..to {
            let first = hits.len();
            let window = &tokens.list[i..to.min(i + 9)];
            language.phrases(window, |len, list| {
                hits.extend(list.iter().map(|bits| Hit { at: i - from, len, entry: Entry::from_bits(*bits) }));
            });
            let token = &tokens.list[i];
            let known = hits[first..].iter().any(|h: &Hit| h.len == 1 && h.entry.tag == Tag::Noun);
            if token.word && !known && (!language.tables.noun_capitals || token.upper) {
                let norm = tokens.norm(i);
                if let Some((_, entries)) = language.compound(norm) {
                    hits.extend(entries.map(|entry| Hit { at: i - from, len: 1, entry }));
                } else if let Some((_, last)) = norm.rsplit_once('-') {
                    hits.extend(language.entries(last).filter(|e| e.tag == Tag::Noun).map(|entry| Hit {
                        at: i - from,
                        len: 1,
                        entry,
                    }));
                }
            }
            found.push(Found::new(&hits, first));
        }
        (hits, found)
    }

    /// Decides what each token is. Names, dates and measures are settled before.
    pub fn tag(&mut self) {
        let n = self.len();
        for i in 0..n {
            let hits = self.words[i].hits.of(&self.hits);
            let w = &mut self.words[i];
            for hit in hits.iter().filter(|h| h.len == 1) {
                match hit.entry.tag {
                    Tag::Closed => w.closed |= hit.entry.a,
                    Tag::Auxiliary => w.aux |= hit.entry.a,
                    Tag::Preposition => w.prepositions |= u32::from(hit.entry.a) | u32::from(hit.entry.b) << 16,
                    Tag::Verb | Tag::OtherVerb | Tag::MultiVerb => w.forms |= 1 << hit.entry.d,
                    _ => {}
                }
            }
        }
        // Prepositions and adverbs of several words cover theirs.
        let mut covered = vec![None; n];
        for hit in &self.hits {
            let part = match hit.entry.tag {
                Tag::Preposition if hit.len > 1 => Part::Preposition,
                Tag::Title if hit.len > 1 => Part::Noun,
                Tag::Closed if hit.len > 1 && hit.entry.a & closed::ADVERB != 0 => Part::Adverb,
                Tag::Closed if hit.len > 1 && hit.entry.a & closed::CONDITIONAL != 0 => Part::Subordinator,
                Tag::Closed if hit.len > 1 && hit.entry.a & closed::SUBORDINATOR != 0 => Part::Subordinator,
                _ => continue,
            };
            covered[hit.at..(hit.at + hit.len).min(n)].fill(Some((part, hit.at, hit.entry)));
        }
        for (i, cover) in covered.into_iter().enumerate() {
            let part = match cover {
                Some((part, at, entry)) if self.words[i].name.is_none() && self.words[i].date.is_none() => {
                    if part == Part::Preposition {
                        self.words[i].prepositions = u32::from(entry.a) | u32::from(entry.b) << 16;
                    } else if at == i {
                        self.words[i].closed |= entry.a;
                    }
                    part
                }
                _ => self.part_of(i),
            };
            self.words[i].part = part;
        }
        self.mend();
    }

    fn part_of(&self, i: usize) -> Part {
        let token = &self.tokens.list[self.from + i];
        let w = &self.words[i];
        if w.name.is_some() {
            return Part::Name;
        }
        if w.date.is_some() {
            return Part::Date;
        }
        if w.measure.is_some() {
            return Part::Measure;
        }
        if token.digit {
            return Part::Number;
        }
        if !token.word {
            return if self.language.tables.genitive_suffixes.iter().any(|s| s == self.norm(i)) && !token.spaced {
                Part::Genitive
            } else if token.start < token.end && token.norm(&self.tokens.norms).chars().any(char::is_alphanumeric) {
                Part::Noun
            } else {
                Part::Punctuation
            };
        }
        let before = i.checked_sub(1).map(|b| self.words[b].part);
        let has = |bit: u16| w.closed & bit != 0;
        let noun_next = self.noun_may_follow(i);
        if w.aux & aux::INFINITIVE_MARK != 0
            && self.words.get(i + 1).is_some_and(|x| {
                x.forms & (1 << form::INFINITIVE) != 0 || x.aux & (aux::BE | aux::BECOME | aux::HAVE) != 0
            })
            && (w.prepositions == 0 || !self.upper_next(i))
        {
            return Part::InfinitiveMark;
        }
        if w.aux & !(aux::INFINITIVE_MARK | aux::GENITIVE | aux::REFLEXIVE) != 0
            && !(has(closed::DETERMINER) && noun_next)
        {
            // An article may look like an auxiliary ("a" in French) and an auxiliary like a noun ("will").
            let article = w.prepositions != 0 && noun_next && before.is_some_and(|b| !is_noun_like(b));
            if !article {
                return Part::Auxiliary;
            }
        }
        let relative = has(closed::RELATIVE);
        if relative {
            let after_comma = i > 0 && self.norm(i - 1) == ",";
            let after_noun = before.is_some_and(is_noun_like);
            let after_preposition = before == Some(Part::Preposition);
            // Where adjectives follow their noun, a relative is never an article too.
            let determiner =
                (has(closed::DETERMINER) || w.aux & aux::GENITIVE != 0) && !self.language.tables.adjective_after;
            if after_comma && (!determiner || self.language.tables.verb_second && self.verb_last_ahead(i)) {
                return Part::Relative;
            }
            if after_noun && (!determiner || !noun_next) && !after_comma {
                return if has(closed::SUBORDINATOR) && !has(closed::PRONOUN) && self.language.tables.verb_second {
                    Part::Subordinator
                } else {
                    Part::Relative
                };
            }
            if after_preposition && !determiner {
                return Part::Relative;
            }
            // Dutch leaves the comma out; German never does.
            if after_noun
                && determiner
                && self.language.tables.verb_second
                && !self.language.tables.noun_capitals
                && self.verb_last_ahead(i)
            {
                return Part::Relative;
            }
        }
        if has(closed::NEGATOR) {
            return Part::Negator;
        }
        if has(closed::POSSESSIVE) && noun_next {
            return Part::Possessive;
        }
        if (has(closed::DETERMINER) || w.aux & aux::GENITIVE != 0) && noun_next {
            return Part::Determiner;
        }
        if has(closed::CONDITIONAL | closed::PURPOSE) && w.prepositions == 0 {
            return Part::Subordinator;
        }
        if has(closed::COORDINATOR) {
            return Part::Coordinator;
        }
        if has(closed::ADVERB) && before == Some(Part::Auxiliary) && !noun_next {
            return Part::Adverb;
        }
        let participle_next = self.words.get(i + 1).is_some_and(|x| x.forms & (1 << form::PARTICIPLE) != 0);
        if has(closed::ADVERB) && before == Some(Part::Auxiliary) && participle_next {
            return Part::Adverb;
        }
        if w.prepositions != 0 {
            if has(closed::SUBORDINATOR)
                && !noun_next
                && self.words.get(i + 1).is_some_and(|x| x.closed & closed::PRONOUN != 0)
            {
                return Part::Subordinator;
            }
            return Part::Preposition;
        }
        if has(closed::SUBORDINATOR) {
            return Part::Subordinator;
        }
        if has(closed::CONTRAST) {
            return Part::Coordinator;
        }
        if has(closed::PRONOUN | closed::PERSON | closed::THING | closed::PLURAL) {
            return Part::Pronoun;
        }
        if w.aux & aux::REFLEXIVE != 0 {
            return Part::Pronoun;
        }
        if has(closed::ADVERB | closed::QUESTION) && !(token.upper && i > 0 && self.language.tables.noun_capitals) {
            return Part::Adverb;
        }
        if has(closed::DETERMINER) {
            return Part::Pronoun;
        }
        self.noun_or_verb(i, before)
    }

    fn upper_next(&self, i: usize) -> bool {
        i + 1 < self.len() && self.upper(i + 1)
    }

    /// Whether the next token can begin or continue a noun phrase.
    fn noun_may_follow(&self, i: usize) -> bool {
        let Some(next) = self.words.get(i + 1) else { return false };
        let token = &self.tokens.list[self.from + i + 1];
        if next.name.is_some() || next.measure.is_some() || next.date.is_some() || token.digit {
            return true;
        }
        if !token.word {
            return matches!(self.norm(i + 1), "\"" | "\u{201c}" | "\u{201e}" | "\u{ab}" | "\u{2018}");
        }
        if self.language.tables.noun_capitals && token.upper {
            return true;
        }
        let hits = self.hits_at(i + 1);
        if hits.iter().any(|h| matches!(h.entry.tag, Tag::Noun | Tag::Title | Tag::Number)) {
            return true;
        }
        if next.aux & !(aux::GENITIVE | aux::REFLEXIVE) != 0 && next.closed & closed::DETERMINER == 0 {
            return false;
        }
        if next.closed
            & (closed::PRONOUN | closed::NEGATOR | closed::COORDINATOR | closed::SUBORDINATOR | closed::RELATIVE)
            != 0
            && next.closed & (closed::DETERMINER | closed::POSSESSIVE) == 0
        {
            return false;
        }
        if next.prepositions != 0 {
            return false;
        }
        // A verb form may be a noun or a participle before a noun; a finite form alone is not.
        next.forms == 0
            || next.forms & (1 << form::PARTICIPLE | 1 << form::GERUND) != 0
            || next.forms & (1 << form::INFINITIVE) != 0 && !self.language.tables.verb_second
    }

    /// In verb-last languages: a verb stands just before the next comma or the end, so that this opens a clause.
    fn verb_last_ahead(&self, i: usize) -> bool {
        let n = self.len();
        let mut k = i + 1;
        while k < n && !matches!(self.norm(k), "," | "." | ";" | ":") {
            k += 1;
        }
        if k <= i + 2 || k - i > 25 {
            return false;
        }
        // The verb, or the verb with no more than a short adverbial behind it ("erkende in 2021").
        (i + 2..k).rev().take(4).any(|v| {
            let w = &self.words[v];
            (w.forms != 0 && w.prepositions == 0
                || w.aux & !(aux::GENITIVE | aux::REFLEXIVE | aux::INFINITIVE_MARK) != 0)
                && (v + 1 == k || self.words[v + 1].prepositions != 0 && self.words[v + 1].forms == 0)
        })
    }

    fn noun_or_verb(&self, i: usize, before: Option<Part>) -> Part {
        let w = &self.words[i];
        let token = &self.tokens.list[self.from + i];
        let noun = self
            .hits_at(i)
            .iter()
            .any(|h| matches!(h.entry.tag, Tag::Noun | Tag::Title | Tag::Unit | Tag::AssetUnit | Tag::Currency));
        let adjective = self.hits_at(i).iter().any(|h| h.entry.tag == Tag::Adjective);
        if w.forms == 0 {
            return if adjective && !noun { Part::Adjective } else { Part::Noun };
        }
        if self.language.tables.noun_capitals {
            return if token.upper && (i > 0 || noun) { Part::Noun } else { self.participle_or_verb(i, before) };
        }
        // Behind an article, a preposition, an adjective: a noun; a participle there describes what follows.
        if matches!(before, Some(Part::Determiner | Part::Possessive | Part::Genitive)) {
            return if w.forms & (1 << form::PARTICIPLE | 1 << form::GERUND) != 0 && self.noun_may_follow(i) {
                Part::Adjective
            } else {
                Part::Noun
            };
        }
        if before == Some(Part::Preposition) && noun {
            return Part::Noun;
        }
        if before == Some(Part::Preposition) && w.forms & (1 << form::GERUND | 1 << form::INFINITIVE) == 0 {
            return Part::Noun;
        }
        if matches!(before, Some(Part::Auxiliary | Part::InfinitiveMark | Part::Pronoun | Part::Adverb | Part::Negator))
        {
            return if adjective && before == Some(Part::Auxiliary) && w.forms & (1 << form::PARTICIPLE) == 0 {
                Part::Adjective
            } else {
                Part::Verb
            };
        }
        if noun {
            // "Parliament plans …", "the firm fines …": a verb only between a noun phrase and what can be its object.
            let object_next = self.words.get(i + 1).is_some_and(|x| {
                x.name.is_some()
                    || x.closed & (closed::DETERMINER | closed::POSSESSIVE) != 0
                    || x.aux & aux::INFINITIVE_MARK != 0
            });
            let finite = w.forms & (1 << form::FINITE | 1 << form::FUTURE | 1 << form::CONDITIONAL) != 0;
            let has_verb = (0..i).any(|k| self.words[k].part == Part::Verb || self.words[k].part == Part::Auxiliary);
            return if before.is_some_and(is_noun_like) && object_next && finite && !has_verb {
                Part::Verb
            } else {
                Part::Noun
            };
        }
        self.participle_or_verb(i, before)
    }

    fn participle_or_verb(&self, i: usize, before: Option<Part>) -> Part {
        let w = &self.words[i];
        let describes = w.forms & (1 << form::PARTICIPLE) != 0
            && w.forms & (1 << form::FINITE) == 0
            && matches!(before, Some(Part::Determiner | Part::Possessive | Part::Adjective))
            && self.noun_may_follow(i);
        if describes { Part::Adjective } else { Part::Verb }
    }

    /// Second thoughts that need what follows.
    fn mend(&mut self) {
        let n = self.len();
        for i in 0..n {
            // A determiner that nothing nominal follows after all stands for a thing.
            if self.words[i].part == Part::Determiner {
                let next = self.words.get(i + 1).map(|w| w.part);
                if matches!(next, None | Some(Part::Verb | Part::Auxiliary | Part::Preposition)) {
                    self.words[i].part = Part::Pronoun;
                }
            }
        }
    }
}
