//! The entities of documents with what resolution needs of them.

use super::known::{Asked, Found, Known, kinds_fit};
use crate::lexicon::{Entry, NameRules};
use crate::model::{ClaimsDocument, Entity, Kind};
use std::collections::BTreeMap;

/// One document's entity. Descriptions are none.
pub(super) struct Local<'a> {
    /// Index of the document in canonical order.
    pub doc: usize,
    pub entity: &'a Entity,
    /// `None` where the text does not say.
    pub kind: Option<Kind>,
    /// Key of its country: as the document says, else that of the gazetteer.
    pub country: Option<&'a str>,
    /// Key of the country that the document is about.
    pub focus: Option<&'a str>,
    /// The words of its name.
    pub words: Vec<String>,
    /// The gazetteer's entry and the rule that found it.
    pub entry: Option<(&'a Entry, &'static str)>,
    /// Whether the gazetteer has several such and nothing tells which is meant.
    pub ambiguous: bool,
}

impl Local<'_> {
    pub fn name(&self) -> String {
        self.words.join(" ")
    }

    /// The name for comparing across documents: without small words, where that leaves two.
    pub fn name_without(&self, rules: &NameRules) -> String {
        let words: Vec<&str> = self.words.iter().map(String::as_str).filter(|w| !rules.is_small(w)).collect();
        if self.is_person() || words.len() < 2 { self.name() } else { words.join(" ") }
    }

    pub fn is_person(&self) -> bool {
        self.kind == Some(Kind::Person)
    }

    /// The country that tells things of one name apart: for what each country has one of, the country that the
    /// document is about is as good as a stated one.
    pub fn place(&self) -> Option<&str> {
        let everywhere = matches!(
            self.kind,
            Some(Kind::Company | Kind::Asset | Kind::Product | Kind::List | Kind::Country | Kind::Union)
        );
        let of_a_country = self.kind == Some(Kind::Law)
            || self.kind.is_some_and(|k| k.is_authority() && k != Kind::Institution)
            || (self.is_person() && self.words.len() == 1);
        if everywhere {
            None
        } else if of_a_country {
            self.country.or(self.focus)
        } else {
            self.country
        }
    }
}

/// All entities of the documents, which stand in canonical order.
pub(super) fn locals<'a>(docs: &[&'a ClaimsDocument], known: &Known<'a>) -> Vec<Local<'a>> {
    let mut all = Vec::new();
    for (i, doc) in docs.iter().enumerate() {
        let focus = focus(doc, known);
        let mut entities: Vec<&Entity> = doc.entities.iter().filter(|e| e.kind != Some(Kind::Description)).collect();
        entities.sort_by(|a, b| a.id.cmp(&b.id));
        for entity in entities {
            let kind = entity.kind.filter(|k| *k != Kind::Unknown);
            let rules = known.rules();
            let words = if kind == Some(Kind::Person) { rules.person(&entity.name) } else { rules.words(&entity.name) };
            if words.is_empty() {
                continue;
            }
            let asked = Asked { kind, country: entity.country.as_deref(), focus };
            let (entry, ambiguous) = entry(entity, &asked, known);
            let country = entity.country.as_deref().or(entry.and_then(|(e, _)| e.country.as_deref()));
            let kind = kind.or(entry.map(|(e, _)| e.kind));
            all.push(Local { doc: i, entity, kind, country, focus, words, entry, ambiguous });
        }
    }
    all
}

/// The gazetteer's entry for an entity: by its key, else by name, by an alias, by its Wikidata id.
fn entry<'a>(entity: &Entity, asked: &Asked, known: &Known<'a>) -> (Option<(&'a Entry, &'static str)>, bool) {
    if let Some(entry) = entity.key.as_deref().and_then(|k| known.gazetteer.get(k)) {
        return (Some((entry, "gazetteer-key")), false);
    }
    let ambiguous = match known.by_name(&entity.name, asked) {
        Found::One(entry, rule) => {
            // "The Securities and Exchange Commission" in an article about Nigeria is Nigeria's, if it has one.
            let elsewhere = entry.kind.is_authority()
                && asked.country.is_none()
                && entry.country.as_deref().zip(asked.focus).is_some_and(|(a, b)| a != b);
            let names: Vec<&str> = std::iter::once(&entity.name).chain(&entity.aliases).map(String::as_str).collect();
            if elsewhere && let Some(near) = asked.focus.and_then(|f| known.local(&names, asked.kind, f)) {
                return (Some((near, "gazetteer-local-name")), false);
            }
            return (Some((entry, rule)), false);
        }
        Found::Several => true,
        Found::Nothing => false,
    };
    for alias in &entity.aliases {
        let long = known.rules().words(alias).len() > 1 || is_acronym(alias);
        if long && let Found::One(entry, "gazetteer-name" | "gazetteer-name-in-country") = known.by_name(alias, asked) {
            return (Some((entry, "gazetteer-alias")), false);
        }
    }
    // Last, and only where the kind agrees: ids from memory are often another thing's.
    let entry = entity.wikidata.as_deref().and_then(|id| known.by_wikidata(id));
    (entry.filter(|e| asked.kind.is_some() && kinds_fit(asked.kind, Some(e.kind))).map(|e| (e, "wikidata")), ambiguous)
}

/// The country that a document is about: the one it mentions most, directly or by its bodies, the first of several.
fn focus<'a>(doc: &'a ClaimsDocument, known: &Known<'a>) -> Option<&'a str> {
    let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for entity in &doc.entities {
        let asked = Asked { kind: entity.kind.filter(|k| *k != Kind::Unknown), country: None, focus: None };
        let entry = entity.key.as_deref().and_then(|k| known.gazetteer.get(k)).or_else(|| {
            match known.by_name(&entity.name, &asked) {
                Found::One(entry, "gazetteer-name") => Some(entry),
                _ => None,
            }
        });
        let country = match entry {
            Some(e) if e.kind == Kind::Country => Some(e.key.as_str()),
            Some(e) => e.country.as_deref(),
            None => entity.country.as_deref(),
        };
        if let Some(country) = country {
            let first = entity.mentions.iter().filter_map(|m| m.start).min().unwrap_or(usize::MAX);
            let count = counts.entry(country).or_insert((0, usize::MAX));
            count.0 += entity.mentions.len().max(1);
            count.1 = count.1.min(first);
        }
    }
    counts.into_iter().min_by_key(|(key, (n, first))| (std::cmp::Reverse(*n), *first, *key)).map(|(key, _)| key)
}

/// Two to eight capitals or digits, no small letters: PVARA, CNAD, G20.
pub(super) fn is_acronym(name: &str) -> bool {
    let letters: Vec<char> = name.chars().filter(|c| *c != '.').collect();
    (2..=8).contains(&letters.len())
        && letters.iter().filter(|c| c.is_uppercase()).count() >= 2
        && letters.iter().all(|c| c.is_uppercase() || c.is_ascii_digit())
}
