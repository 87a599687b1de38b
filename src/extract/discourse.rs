//! What a document has spoken of: its entities, which of them a phrase means, and by which rule.

use super::chunk::Phrase;
use super::names::{HeadKinds, Name};
use super::words::Sentence;
use crate::lexicon::compiled::closed;
use crate::lexicon::{Language, Lexicon};
use crate::model::{Kind, Step};
use std::collections::BTreeMap;

/// An entity of the document.
#[derive(Debug, Clone)]
pub struct Known {
    pub name: String,
    pub kind: Kind,
    pub entry: Option<u32>,
    /// Gazetteer index of its country.
    pub country: Option<u32>,
    /// Surface forms with their places (bytes); the name is the longest of them.
    pub mentions: Vec<(usize, usize, String)>,
}

/// What a phrase means.
#[derive(Debug, Clone)]
pub struct Referent {
    pub entity: Option<usize>,
    pub kind: Kind,
    /// Bytes of the phrase without its article.
    pub span: (usize, usize),
    pub text: String,
    pub step: Option<Step>,
    /// The others that a plural stands for.
    pub also: Vec<usize>,
}

/// The entities of a document so far, most recent last.
#[derive(Debug, Default)]
pub struct Discourse {
    pub entities: Vec<Known>,
    by_entry: BTreeMap<u32, usize>,
    by_name: BTreeMap<String, usize>,
    recent: Vec<usize>,
    /// Subject of the sentence before.
    pub topic: Option<usize>,
    /// The country that the document is most about.
    pub country: Option<u32>,
    /// The last entities that were named together, and how many sentences ago.
    pub group: Vec<usize>,
    pub group_age: usize,
}

fn fold(name: &str) -> String {
    crate::lexicon::compiled::normalise(name)
}

impl Discourse {
    pub fn new(country: Option<u32>) -> Discourse {
        Discourse { country, ..Discourse::default() }
    }

    pub fn touch(&mut self, entity: usize) {
        self.recent.retain(|e| *e != entity);
        self.recent.push(entity);
    }

    /// The entity of a gazetteer entry, made on first sight.
    pub fn of_entry(&mut self, entry: u32, language: &Language, lexicon: &Lexicon) -> usize {
        if let Some(e) = self.by_entry.get(&entry) {
            return *e;
        }
        let outline = lexicon.outline(entry);
        self.entities.push(Known {
            name: language.label(entry).to_string(),
            kind: outline.kind,
            entry: Some(entry),
            country: outline.country.or(outline.kind.is_jurisdiction().then_some(entry)),
            mentions: Vec::new(),
        });
        self.by_entry.insert(entry, self.entities.len() - 1);
        self.entities.len() - 1
    }

    /// The entity of a name as it stands in a sentence.
    pub fn of_name(&mut self, s: &Sentence<'_>, name: &Name, lexicon: &Lexicon) -> usize {
        let surface = s.slice(name.start, name.end).to_string();
        let (a, b) = s.bytes(name.start, name.end);
        let entity = match name.entries.first() {
            Some(entry) => self.of_entry(*entry, s.language, lexicon),
            None => self.unlisted(&surface, name.kind),
        };
        if !name.demonym {
            let known = &mut self.entities[entity];
            if known.mentions.is_empty() || surface.chars().count() > known.name.chars().count() {
                known.name.clone_from(&surface);
            }
            if !known.mentions.iter().any(|m| m.0 == a && m.1 == b) {
                known.mentions.push((a, b, surface.clone()));
            }
            if known.kind == Kind::Unknown && name.kind != Kind::Unknown {
                known.kind = name.kind;
            }
            self.by_name.entry(fold(&surface)).or_insert(entity);
        }
        self.touch(entity);
        entity
    }

    fn unlisted(&mut self, surface: &str, kind: Kind) -> usize {
        let key = fold(surface);
        if let Some(e) = self.by_name.get(&key) {
            return *e;
        }
        // "Saqib" after "Bilal bin Saqib": the last word of a person's name.
        if !surface.contains(' ') && matches!(kind, Kind::Unknown | Kind::Person) {
            let found = self.recent.iter().rev().copied().find(|e| {
                let known = &self.entities[*e];
                known.kind == Kind::Person && fold(&known.name).split(' ').next_back() == Some(key.as_str())
            });
            if let Some(e) = found {
                return e;
            }
        }
        self.add(surface, kind, None)
    }

    /// A new entity that no list holds.
    pub fn add(&mut self, name: &str, kind: Kind, country: Option<u32>) -> usize {
        let key = fold(name);
        if let Some(e) = self.by_name.get(&key) {
            return *e;
        }
        self.entities.push(Known { name: name.to_string(), kind, entry: None, country, mentions: Vec::new() });
        self.by_name.insert(key, self.entities.len() - 1);
        self.entities.len() - 1
    }

    /// Another name of an entity ("(PVARA)").
    pub fn alias(&mut self, entity: usize, surface: &str, span: (usize, usize)) {
        self.by_name.insert(fold(surface), entity);
        let known = &mut self.entities[entity];
        if !known.mentions.iter().any(|m| m.0 == span.0) {
            known.mentions.push((span.0, span.1, surface.to_string()));
        }
    }

    /// The most recent entity of which `fit` is true.
    pub fn last(&self, fit: impl Fn(&Known) -> bool) -> Option<usize> {
        self.recent.iter().rev().copied().find(|e| fit(&self.entities[*e]))
    }

    /// The gazetteer's entry of the last country, territory or union spoken of that has laws of its own.
    pub fn nearest_country(&self) -> Option<u32> {
        self.last(|k| k.kind.is_jurisdiction() && k.country.is_some()).and_then(|e| self.entities[e].entry)
    }

    /// The last one spoken of, of these kinds in this order.
    pub fn unsaid(&self, kinds: &[Kind]) -> Option<usize> {
        kinds.iter().find_map(|kind| self.last(|k| k.kind == *kind))
    }
}

/// What the reading of a phrase needs to know.
pub struct Reading<'a> {
    pub lexicon: &'a Lexicon,
    pub heads: &'a HeadKinds,
    pub country_class: Option<u16>,
    pub person_class: Option<u16>,
}

fn step(words: &str, read_as: &str, rule: &str) -> Option<Step> {
    Some(Step { words: words.to_string(), read_as: read_as.to_string(), rule: rule.to_string() })
}

impl Reading<'_> {
    /// What a phrase means, given what was spoken of before it. Phrases are read in their order.
    pub fn read(
        &self,
        s: &Sentence<'_>,
        phrases: &[Phrase],
        i: usize,
        read: &[Referent],
        d: &mut Discourse,
    ) -> Referent {
        let p = &phrases[i];
        let mut from = p.start;
        while from < p.end
            && (s.words[from].part == super::words::Part::Determiner
                || s.words[from].part == super::words::Part::Possessive
                || s.words[from].part == super::words::Part::Negator)
        {
            from += 1;
        }
        if from >= p.end {
            from = p.start;
        }
        let text = s
            .slice(from, p.end)
            .trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '$' | '%' | '€' | '£' | '.' | ')'))
            .to_string();
        let mut out = Referent {
            entity: None,
            kind: Kind::Description,
            span: s.bytes(from, p.end),
            text,
            step: None,
            also: Vec::new(),
        };
        if let Some(m) = p.name {
            let name = &s.names[m];
            let e = d.of_name(s, name, self.lexicon);
            let known = &mut d.entities[e];
            // "betaalplatform Cryptomus": the noun says what sort of thing the unlisted name is.
            if known.kind == Kind::Unknown
                && let Some(kind) = self.heads.kind(p.classes.iter().map(|c| c.0))
            {
                known.kind = kind;
            }
            out.kind = known.kind;
            out.entity = Some(e);
            out.span = s.bytes(name.start, name.end);
            out.text = s.slice(name.start, name.end).to_string();
            return out;
        }
        if p.pronoun != 0 {
            return self.pronoun(s, p, out, d);
        }
        self.description(s, phrases, i, read, out, d)
    }

    fn pronoun(&self, s: &Sentence<'_>, p: &Phrase, mut out: Referent, d: &mut Discourse) -> Referent {
        let words = s.slice(p.start, p.end);
        if p.pronoun & closed::PLURAL != 0 && d.group.len() > 1 && d.group_age <= 1 {
            let names: Vec<&str> = d.group.iter().map(|e| d.entities[*e].name.as_str()).collect();
            out.step = step(words, &names.join(", "), "those named together");
            out.entity = d.group.first().copied();
            out.also = d.group[1..].to_vec();
            out.kind = d.entities[d.group[0]].kind;
            return out;
        }
        let person = p.pronoun & closed::PERSON != 0;
        let thing = p.pronoun & closed::THING != 0;
        let fits = |k: &Known| match (person, thing) {
            (true, false) => k.kind == Kind::Person,
            (false, true) => !matches!(k.kind, Kind::Person | Kind::Asset | Kind::City),
            _ => !matches!(k.kind, Kind::Asset | Kind::City),
        };
        let found = d.topic.filter(|t| fits(&d.entities[*t])).or_else(|| d.last(fits));
        if let Some(e) = found.filter(|_| person || thing) {
            out.entity = Some(e);
            out.kind = d.entities[e].kind;
            out.step = step(words, &d.entities[e].name, "pronoun");
        }
        out
    }

    fn description(
        &self,
        s: &Sentence<'_>,
        phrases: &[Phrase],
        i: usize,
        read: &[Referent],
        mut out: Referent,
        d: &mut Discourse,
    ) -> Referent {
        let p = &phrases[i];
        let classes = || p.classes.iter().map(|c| c.0);
        let kind = self.heads.kind(classes());
        let is = |class: Option<u16>| class.is_some_and(|c| p.has_class(c));
        // Whose it is: a name inside, a possessor, or what hangs on it.
        let owner = p
            .modifiers
            .iter()
            .filter(|m| s.names[**m].kind != Kind::Asset)
            .map(|m| d.of_name(s, &s.names[*m], self.lexicon))
            .next()
            .or_else(|| p.possessor.and_then(|q| read.get(q)).and_then(|r| r.entity))
            .or_else(|| {
                let next = phrases.get(i + 1).filter(|q| q.of == Some(i))?;
                let m = next.name?;
                Some(d.of_name(s, &s.names[m], self.lexicon))
            });
        let possessive = p
            .possessive
            .then(|| {
                d.topic.filter(|t| d.entities[*t].kind != Kind::Person).or_else(|| d.last(|k| k.kind.is_jurisdiction()))
            })
            .flatten();
        let definite = p.determiner & closed::DEFINITE != 0 || p.possessive;
        let country = owner.or(possessive).and_then(|o| d.entities[o].country);
        let words = out.text.clone();
        if is(self.country_class) && definite && kind.is_none() {
            let found = d.last(|k| k.kind == Kind::Country).or_else(|| d.last(|k| k.kind.is_jurisdiction()));
            if let Some(e) = found {
                out.entity = Some(e);
                out.kind = d.entities[e].kind;
                out.step = step(&words, &d.entities[e].name, "the country spoken of");
                return out;
            }
        }
        if is(self.person_class)
            && definite
            && let Some(e) = d.last(|k| k.kind == Kind::Person)
        {
            out.entity = Some(e);
            out.kind = Kind::Person;
            out.step = step(&words, &d.entities[e].name, "the person spoken of");
            return out;
        }
        let Some(kind) = kind else { return out };
        // "the IMF's board", "el directorio del FMI": an institution's organ speaks for it.
        if let Some(o) = owner.filter(|o| {
            kind == Kind::Agency
                && matches!(d.entities[*o].kind, Kind::Institution | Kind::CentralBank | Kind::Regulator)
        }) {
            out.entity = Some(o);
            out.kind = d.entities[o].kind;
            out.step = step(&words, &d.entities[o].name, "an organ stands for its body");
            return out;
        }
        if !(kind.is_authority() || matches!(kind, Kind::Company | Kind::Party)) {
            return out;
        }
        out.kind = kind;
        if kind == Kind::Government {
            // A government stands for its country.
            let home = country
                .or_else(|| {
                    definite.then(|| d.last(|k| k.kind == Kind::Country).and_then(|e| d.entities[e].entry)).flatten()
                })
                .or(d.country.filter(|_| definite));
            if let Some(entry) = home {
                let e = d.of_entry(entry, s.language, self.lexicon);
                out.step = step(&words, &d.entities[e].name, "a government stands for its country");
                out.kind = d.entities[e].kind;
                out.entity = Some(e);
                d.alias(e, &words, out.span);
            }
            return out;
        }
        if kind == Kind::Company && p.negated && d.group.len() > 1 && d.group_age <= 3 {
            // "Neither company has received a licence": none of those named together.
            out.step = step(&words, &d.entities[d.group[0]].name, "those named together");
            out.entity = Some(d.group[0]);
            out.also = d.group[1..].to_vec();
            out.kind = d.entities[d.group[0]].kind;
            return out;
        }
        if country.is_none() && definite {
            let found = d.last(|k| {
                k.kind == kind
                    || kind == Kind::Regulator && k.kind == Kind::CentralBank
                    || kind == Kind::Company && k.kind == Kind::Unknown
                    || kind == Kind::Agency && k.kind == Kind::Regulator
                    || kind == Kind::Regulator && k.kind == Kind::Agency
            });
            if let Some(e) = found {
                out.entity = Some(e);
                out.step = step(&words, &d.entities[e].name, "the one of its kind spoken of");
                out.kind = d.entities[e].kind;
                return out;
            }
        }
        if kind == Kind::Company || kind == Kind::Agency && !definite {
            return out;
        }
        // A body that only its description names: an entity of the document by these words.
        let singular_body = matches!(
            kind,
            Kind::CentralBank
                | Kind::Ministry
                | Kind::Regulator
                | Kind::Parliament
                | Kind::Court
                | Kind::Police
                | Kind::Agency
                | Kind::Institution
        );
        if singular_body && (definite || country.is_some() || p.determiner == 0) && out.text.chars().count() < 60 {
            let e = d.add(&out.text, kind, country.or(d.country));
            d.alias(e, &out.text, out.span);
            d.touch(e);
            out.entity = Some(e);
        }
        out
    }
}
