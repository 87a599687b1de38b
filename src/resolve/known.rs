//! Looking names up in the gazetteer.

use crate::lexicon::{Entry, Gazetteer, NameRules};
use crate::model::Kind;
use std::collections::HashMap;

/// The gazetteer by name. Its maps are only asked, never walked: their order is not the same in every run.
pub(super) struct Known<'g> {
    pub gazetteer: &'g Gazetteer,
    names: HashMap<String, Vec<(&'g Entry, bool)>>,
    wikidata: HashMap<&'g str, Option<&'g Entry>>,
    /// Countries by the names of their capitals, which news use for their governments.
    capitals: HashMap<String, &'g Entry>,
}

/// What a look-up found.
pub(super) enum Found<'g> {
    /// That entry, by that rule.
    One(&'g Entry, &'static str),
    /// Several things have the name, and nothing says which is meant.
    Several,
    Nothing,
}

/// What is known of the thing that is looked for.
pub(super) struct Asked<'a> {
    pub kind: Option<Kind>,
    /// Key of the country it belongs to, where the document says so.
    pub country: Option<&'a str>,
    /// Key of the country the document is about.
    pub focus: Option<&'a str>,
}

impl<'g> Known<'g> {
    pub fn new(gazetteer: &'g Gazetteer) -> Known<'g> {
        let mut names: HashMap<String, Vec<(&Entry, bool)>> = HashMap::new();
        let mut wikidata: HashMap<&str, Option<&Entry>> = HashMap::new();
        for entry in gazetteer.iter() {
            for (list, local) in [(&entry.names, false), (&entry.local, true)] {
                for name in list.values().flatten() {
                    let entries = names.entry(gazetteer.rules().key(name)).or_default();
                    if !entries.iter().any(|(e, _)| e.key == entry.key) {
                        entries.push((entry, local));
                    }
                }
            }
            if let Some(id) = &entry.wikidata {
                wikidata.entry(id).and_modify(|e| *e = None).or_insert(Some(entry));
            }
        }
        let mut capitals = HashMap::new();
        for city in gazetteer.iter() {
            if let Some(country) = city.capital_of.as_deref().and_then(|key| gazetteer.get(key)) {
                capitals.extend(city.names.values().flatten().map(|n| (gazetteer.rules().key(n), country)));
            }
        }
        // A country that is called as its capital is itself.
        capitals.retain(|name, _| !names.get(name).is_some_and(|e| e.iter().any(|(e, _)| e.kind == Kind::Country)));
        Known { gazetteer, names, wikidata, capitals }
    }

    /// The one body of a country that is known there by a name, or by its first letters, without the country's name.
    pub fn local(&self, names: &[&str], kind: Option<Kind>, country: &str) -> Option<&'g Entry> {
        let mut found: Vec<&Entry> = names
            .iter()
            .flat_map(|name| [self.rules().key(name), self.rules().initials(name)])
            .filter_map(|key| self.names.get(&key))
            .flatten()
            .filter(|(e, local)| *local && belongs(e, Some(country)) && kinds_fit(kind, Some(e.kind)))
            .map(|(e, _)| *e)
            .collect();
        found.sort_by(|a, b| a.key.cmp(&b.key));
        found.dedup_by(|a, b| a.key == b.key);
        if let [one] = found[..] { Some(one) } else { None }
    }

    pub fn rules(&self) -> &'g NameRules {
        self.gazetteer.rules()
    }

    /// The entry that a name means, if one does.
    pub fn by_name(&self, name: &str, asked: &Asked) -> Found<'g> {
        let key =
            if asked.kind == Some(Kind::Person) { self.rules().person(name).join(" ") } else { self.rules().key(name) };
        let here = asked.country.or(asked.focus);
        if asked.kind == Some(Kind::Country)
            && let Some(entry) = self.capitals.get(&key)
        {
            return Found::One(entry, "gazetteer-capital");
        }
        let mut found: Vec<(&Entry, bool)> = self
            .names
            .get(&key)
            .into_iter()
            .flatten()
            .filter(|(e, local)| kinds_fit(asked.kind, Some(e.kind)) && (!local || belongs(e, here)))
            .filter(|(e, _)| asked.country.is_none() || e.country.is_none() || e.country.as_deref() == asked.country)
            .copied()
            .collect();
        if found.iter().any(|(e, _)| Some(e.kind) == asked.kind) {
            found.retain(|(e, _)| Some(e.kind) == asked.kind);
        }
        match found[..] {
            [] => Found::Nothing,
            [(entry, false)] => Found::One(entry, "gazetteer-name"),
            [(entry, true)] => Found::One(entry, "gazetteer-local-name"),
            _ => {
                found.retain(|(e, _)| belongs(e, here));
                match found[..] {
                    [(entry, _)] => Found::One(entry, "gazetteer-name-in-country"),
                    _ => Found::Several,
                }
            }
        }
    }

    /// The one entry with a Wikidata id.
    pub fn by_wikidata(&self, id: &str) -> Option<&'g Entry> {
        self.wikidata.get(id).copied().flatten()
    }
}

fn belongs(entry: &Entry, country: Option<&str>) -> bool {
    country.is_some_and(|c| entry.country.as_deref() == Some(c) || entry.key == c)
}

/// Whether one thing can be called both: what is unknown can be anything, a body is told apart from a firm, and a
/// body of public power goes by many kinds.
pub(super) fn kinds_fit(a: Option<Kind>, b: Option<Kind>) -> bool {
    let (Some(a), Some(b)) = (a, b) else { return true };
    let class = |k: Kind| match k {
        Kind::Country | Kind::Territory => 1,
        Kind::City => 2,
        Kind::Person => 3,
        Kind::Asset | Kind::Product => 4,
        Kind::Law => 5,
        Kind::List => 6,
        Kind::Company => 7,
        Kind::Organisation | Kind::Party => 8,
        Kind::Description => 9,
        Kind::Unknown => 0,
        _ => 10,
    };
    let (x, y) = (class(a).min(class(b)), class(a).max(class(b)));
    x == y || x == 0 || matches!((x, y), (7, 8) | (8, 10))
}
