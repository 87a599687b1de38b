//! Names: those of the gazetteer, and those that only their shape and company give away.

use crate::lexicon::compiled::{Tag, closed, name_kind, prep};
use crate::lexicon::table::hash;
use crate::lexicon::{Language, Lexicon};
use crate::model::Kind;
use crate::text::{Found, Hit, Tokens, tags};
use std::collections::{BTreeMap, BTreeSet};

/// A name in a sentence, by token indices within the sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    pub start: usize,
    pub end: usize,
    /// The gazetteer's entries it may mean, best first; empty for a name that is not in it.
    pub entries: Vec<u32>,
    pub kind: Kind,
    pub demonym: bool,
    /// Which rule found it.
    pub rule: &'static str,
    /// A name that means this only where its country is spoken of ("the Commission").
    pub local: bool,
}

/// What names mean in one document: which countries it is about, which words it writes with a capital inside a sentence.
#[derive(Debug, Default)]
pub struct Surroundings {
    /// Mentions by country (gazetteer index), the title counting three times.
    pub countries: BTreeMap<u32, u32>,
    pub capitalised: BTreeSet<String>,
}

impl Surroundings {
    /// The country that the document is most about.
    pub fn country(&self) -> Option<u32> {
        self.countries.iter().max_by_key(|(k, n)| (**n, std::cmp::Reverse(**k))).map(|(k, _)| *k)
    }
}

/// A stretch of tokens that the gazetteer knows: (start, end, kinds and entries as the language's map holds them).
pub type Listed<'a> = (usize, usize, &'a [u64]);

/// The gazetteer's names in tokens `from..to`, the longest where they overlap.
pub fn known<'a>(tokens: &Tokens, text: &str, from: usize, to: usize, language: &'a Language) -> Vec<Listed<'a>> {
    let word = |i: usize| &text[tokens.list[i].start..tokens.list[i].end];
    let hashes = |i: usize| (i..to.min(i + 12)).map(word).map(hash);
    let mut out = Vec::new();
    let mut i = from;
    while i < to {
        if !tokens.list[i].word && !tokens.list[i].digit {
            i += 1;
            continue;
        }
        let mut best: Option<(usize, &[u64])> = None;
        language.names.walk(hashes(i), |len, list| best = Some((len, list)));
        // "Pakistans", "Binances"
        let possessor = || word(i).strip_suffix('s').filter(|b| b.chars().count() > 3);
        if best.is_none()
            && language.tables.verb_second
            && tokens.list[i].upper
            && let Some(bare) = possessor()
        {
            best = Some(language.names.get(bare)).filter(|list| !list.is_empty()).map(|list| (1, list));
        }
        match best {
            Some((len, list)) => {
                out.push((i, i + len, list));
                i += len;
            }
            None => i += 1,
        }
    }
    out
}

/// Chooses among the entries that share a name: local names only where their country is spoken of.
pub fn choose(values: &[u64], around: &Surroundings, lexicon: &Lexicon, caps_name: bool) -> Option<(Vec<u32>, u8)> {
    let weight = |index: u32| {
        let entry = lexicon.outline(index);
        let country = entry.country.or(entry.kind.is_jurisdiction().then_some(index));
        country.and_then(|c| around.countries.get(&c)).copied().unwrap_or(0)
    };
    let mut fit: Vec<(u32, u8, u32)> = Vec::new();
    for value in values {
        let (kind, index) = ((value >> 32) as u8, *value as u32);
        let w = weight(index);
        if kind == name_kind::LOCAL && lexicon.outline(index).country.is_some() && w == 0 {
            continue;
        }
        if kind == name_kind::LOCAL && lexicon.outline(index).country.is_none() && !caps_name {
            continue;
        }
        fit.push((w, kind, index));
    }
    if fit.is_empty() {
        return None;
    }
    fit.sort_by_key(|(w, kind, index)| (std::cmp::Reverse(*w), *kind, *index));
    let kind = fit[0].1;
    Some((fit.into_iter().map(|f| f.2).collect(), kind))
}

/// Classes whose members tell what a capitalised sequence names.
pub struct HeadKinds {
    kinds: Vec<(u16, Kind)>,
}

impl HeadKinds {
    pub fn new(lexicon: &Lexicon) -> HeadKinds {
        // In order of trust: what a body is beats that it is a body.
        let table = [
            ("CENTRAL-BANK", Kind::CentralBank),
            ("REGULATOR", Kind::Regulator),
            ("MINISTRY", Kind::Ministry),
            ("PARLIAMENT", Kind::Parliament),
            ("COURT", Kind::Court),
            ("POLICE", Kind::Police),
            ("GOVERNMENT", Kind::Government),
            ("LAW", Kind::Law),
            ("DRAFT", Kind::Law),
            ("PARTY", Kind::Party),
            ("INSTITUTION", Kind::Institution),
            ("COMPANY", Kind::Company),
            ("BODY", Kind::Agency),
            ("LIST", Kind::List),
            ("RESERVE", Kind::Product),
            ("PRODUCT", Kind::Product),
            ("PROGRAMME", Kind::Product),
        ];
        HeadKinds { kinds: table.iter().filter_map(|(c, k)| Some((lexicon.class(c)?, *k))).collect() }
    }

    /// The kind that a noun's classes speak for.
    pub fn kind(&self, classes: impl Iterator<Item = u16> + Clone) -> Option<Kind> {
        self.kinds.iter().find(|(c, _)| classes.clone().any(|k| k == *c)).map(|(_, k)| *k)
    }
}

/// A listed name that goes on in words that no list holds ("Edwin Rojas" before "Ulo") is one name with them.
pub fn merge(names: Vec<Name>, tokens: &Tokens, from: usize) -> Vec<Name> {
    let mut out: Vec<Name> = Vec::new();
    for name in names {
        if let Some(last) = out.last_mut()
            && last.end == name.start
            && tokens.list[from + name.start].spaced
        {
            let person = |n: &Name| n.kind == Kind::Person;
            let single = |n: &Name| n.end - n.start == 1;
            // "toezichthouder AFM": the first only says what the second is.
            if last.local && !name.demonym && !matches!(name.kind, Kind::Person | Kind::Asset) {
                *last = name;
                continue;
            }
            let open = |n: &Name| n.entries.is_empty() && matches!(n.kind, Kind::Person | Kind::Unknown);
            let given = single(last)
                && !last.demonym
                && matches!(last.kind, Kind::Person | Kind::City | Kind::Unknown)
                && !tokens.list[from + last.start].caps;
            if open(&name)
                && !tokens.list[from + name.start].caps
                && (person(last) && !single(last) || given && (person(&name) || person(last)))
            {
                if single(last) {
                    last.entries.clear();
                }
                (last.end, last.kind) = (name.end, Kind::Person);
                continue;
            }
            if last.entries.is_empty()
                && last.rule != "head word"
                && single(last)
                && person(&name)
                && single(&name)
                && !tokens.list[from + last.start].caps
            {
                // A first name that no list holds before a surname that one does.
                last.end = name.end;
                last.kind = Kind::Person;
                last.entries = name.entries;
                continue;
            }
        }
        out.push(name);
    }
    out
}

/// What the finder looks at.
pub struct Finder<'a> {
    pub tokens: &'a Tokens,
    pub from: usize,
    pub to: usize,
    pub text: &'a str,
    pub language: &'a Language,
    pub hits: &'a [Hit],
    pub found: &'a [Found],
    pub around: &'a Surroundings,
    pub heads: &'a HeadKinds,
}

impl Finder<'_> {
    fn hits_at(&self, i: usize) -> &[Hit] {
        self.found[i].of(self.hits)
    }

    fn has(&self, i: usize, tag: Tag) -> bool {
        self.found[i].has(tag)
    }

    fn closed(&self, i: usize) -> bool {
        self.hits_at(i).iter().any(|h| {
            h.len == 1
                && (h.entry.tag == Tag::Closed && h.entry.a & !closed::ADVERB != 0
                    || matches!(h.entry.tag, Tag::Preposition | Tag::Auxiliary))
        })
    }

    /// A token that can be part of a name that no list holds.
    fn nameable(&self, i: usize, taken: &[bool]) -> bool {
        let t = &self.tokens.list[self.from + i];
        if taken[i] || !t.word || !t.upper || self.in_title(i) {
            return false;
        }
        let norm = self.tokens.norm(self.from + i);
        let first = i == 0 || self.starts_quote(i);
        if norm.chars().count() == 1 && !t.caps {
            return true;
        }
        if self.has(i, Tag::Month) || self.has(i, Tag::Weekday) {
            return false;
        }
        if self.language.tables.noun_capitals {
            // Every noun has a capital: only what no list knows, or what is all capitals, is a name.
            let known = self.hits_at(i).iter().any(|h| h.len == 1) || self.language.compound(norm).is_some();
            return !known || t.caps && norm.chars().count() >= 3;
        }
        if self.closed(i) && (first || !t.caps) {
            return false;
        }
        if first && !t.caps {
            // The first word of a sentence is a name only if the document writes it so elsewhere, or a name goes on.
            let word = &self.text[t.start..t.end];
            let known = self.hits_at(i).iter().any(|h| h.len == 1);
            return self.around.capitalised.contains(word)
                || !known && i + 1 < self.to - self.from && self.tokens.list[self.from + i + 1].upper;
        }
        true
    }

    /// A word of a title of several words ("minister van Financiën").
    fn in_title(&self, i: usize) -> bool {
        (i.saturating_sub(6)..=i).any(|k| {
            self.has(k, Tag::Title)
                && self.hits_at(k).iter().any(|h| h.entry.tag == Tag::Title && h.len > 1 && i < h.at + h.len)
        })
    }

    fn starts_quote(&self, i: usize) -> bool {
        i > 0
            && matches!(
                self.tokens.norm(self.from + i - 1),
                "\"" | "\u{201c}" | "\u{201e}" | "\u{ab}" | ":" | "\u{2022}"
            )
    }

    /// Names that are not in the gazetteer: runs of capitals with particles between, cut at known names.
    pub fn unknown(&self, taken: &[bool]) -> Vec<Name> {
        let n = self.to - self.from;
        let mut out = Vec::new();
        let mut i = 0;
        while i < n {
            if let Some(end) = self.numbered_law(i, taken) {
                out.push(Name {
                    start: i,
                    end,
                    entries: Vec::new(),
                    kind: Kind::Law,
                    demonym: false,
                    rule: "numbered law",
                    local: false,
                });
                i = end;
                continue;
            }
            if !self.nameable(i, taken) {
                i += 1;
                continue;
            }
            let start = i;
            let mut end = i + 1;
            loop {
                if end < n && self.nameable_next(end, taken) {
                    end += 1;
                    continue;
                }
                // "Bilal bin Saqib", "Autoridad de Mercados", "Bank of X": particles between two capitals; behind
                // the noun of a body also prepositions with their articles.
                let body = self.head_kind(start).is_some();
                let joins = |k: usize| {
                    let own = |tag: Tag| self.has(k, tag);
                    (own(Tag::NameParticle) || body && (self.is_of(k) || k > end && self.is_article(k)))
                        && !own(Tag::Auxiliary)
                };
                let mut k = end;
                while k < n && k - end < 3 && !self.tokens.list[self.from + k].upper && joins(k) {
                    k += 1;
                }
                if k > end && k < n && self.nameable_next(k, taken) && !self.language.tables.noun_capitals {
                    end = k + 1;
                    continue;
                }
                break;
            }
            if let Some(name) = self.judge(start, end) {
                out.push(name);
            }
            i = end;
        }
        out
    }

    /// "Law 25-10", "Gesetz Nr. 25-10", "Lei 14/2023": the noun of a law, perhaps "number", and a number.
    fn numbered_law(&self, i: usize, taken: &[bool]) -> Option<usize> {
        let n = self.to - self.from;
        let token = |k: usize| &self.tokens.list[self.from + k];
        if taken[i] || self.head_kind(i) != Some(Kind::Law) {
            return None;
        }
        let mut k = i + 1;
        while k < n
            && k - i <= 3
            && !token(k).digit
            && self.tokens.norm(self.from + k).chars().count() <= 3
            && !self.is_of(k)
            && !self.closed(k)
        {
            k += 1;
        }
        if k >= n
            || !token(k).digit
            || k == i + 1
                && self.tokens.norm(self.from + k).len() == 4
                && !self.text[token(k).end..].starts_with(['-', '/'])
        {
            return None;
        }
        k += 1;
        while k + 1 < n
            && !token(k).spaced
            && matches!(self.tokens.norm(self.from + k), "-" | "/" | "\u{2013}")
            && token(k + 1).digit
            && !token(k + 1).spaced
        {
            k += 2;
        }
        let unit = k < n
            && (self.has(k, Tag::Currency)
                || self.has(k, Tag::Percent)
                || self.has(k, Tag::Month)
                || self.has(k, Tag::Scale));
        (!unit).then_some(k)
    }

    fn nameable_next(&self, i: usize, taken: &[bool]) -> bool {
        let t = &self.tokens.list[self.from + i];
        if t.digit {
            // "Senate Bill 21", "House Bill 302"
            return !taken[i]
                && self.tokens.norm(self.from + i).len() <= 6
                && i > 0
                && self.head_kind(i - 1) == Some(Kind::Law)
                && t.spaced;
        }
        t.spaced && self.nameable(i, taken)
            || !t.spaced && t.word && t.upper && !taken[i] && self.tokens.norm(self.from + i - 1) == "."
    }

    fn is_of(&self, i: usize) -> bool {
        self.hits_at(i)
            .iter()
            .any(|h| h.len == 1 && h.entry.tag == Tag::Preposition && h.entry.a & prep::OF as u16 != 0)
    }

    fn is_article(&self, i: usize) -> bool {
        self.hits_at(i).iter().any(|h| h.len == 1 && h.entry.tag == Tag::Closed && h.entry.a & closed::DEFINITE != 0)
    }

    fn head_kind(&self, i: usize) -> Option<Kind> {
        if !self.has(i, Tag::Noun) {
            return None;
        }
        let classes = self.hits_at(i).iter().filter(|h| h.entry.tag == Tag::Noun && h.len == 1).map(|h| h.entry.a);
        self.heads.kind(classes)
    }

    fn judge(&self, start: usize, end: usize) -> Option<Name> {
        let name =
            |kind, rule| Some(Name { start, end, entries: Vec::new(), kind, demonym: false, rule, local: false });
        // The head is the last noun, or the first where adjectives follow.
        let inside = || (start..end).filter(|i| self.has(*i, Tag::Noun));
        let head = if self.language.tables.adjective_after { inside().next() } else { inside().next_back() };
        let count = (start..end).filter(|i| self.tokens.list[self.from + i].word).count();
        if self.language.tables.noun_capitals && start == 0 && count == 1 && !self.tokens.list[self.from + start].caps {
            return None;
        }
        if let Some(kind) = head.and_then(|h| self.head_kind(h)) {
            if count == 1 {
                // "Parliament", "Commission": one capitalised word of a class is a reference, not a name.
                return None;
            }
            return name(kind, "head word");
        }
        let titled = start > 0 && self.title_ends_at(start);
        if titled {
            return name(Kind::Person, "title");
        }
        if (start..end).all(|i| self.has(i, Tag::Title) || self.closed(i)) {
            return None;
        }
        let caps = self.tokens.list[self.from + start].caps;
        if (2..=4).contains(&count)
            && head.is_none()
            && (start..end).all(|i| {
                !self.tokens.list[self.from + i].caps && !self.tokens.list[self.from + i].digit && !self.any_noun(i)
            })
        {
            return name(Kind::Person, "two capitals");
        }
        if count == 1 && !caps && self.any_known(start) {
            return None;
        }
        name(Kind::Unknown, if caps { "acronym" } else { "capital" })
    }

    fn any_noun(&self, i: usize) -> bool {
        self.found[i].any(tags(&[Tag::Noun, Tag::Concept, Tag::Title, Tag::AssetUnit]))
    }

    fn any_known(&self, i: usize) -> bool {
        self.hits_at(i).iter().any(|h| {
            h.len == 1 && !matches!(h.entry.tag, Tag::Verb | Tag::OtherVerb | Tag::MultiVerb | Tag::NameParticle)
        })
    }

    /// A title of office ends just before `i`.
    fn title_ends_at(&self, i: usize) -> bool {
        (i.saturating_sub(8)..i).any(|k| {
            self.has(k, Tag::Title) && self.hits_at(k).iter().any(|h| h.entry.tag == Tag::Title && h.at + h.len == i)
        }) || i > 0 && self.has(i - 1, Tag::Address)
    }
}
