//! The things that facts are about: in the default graph.

use super::vocab::{self, Iris, class, own, term};
use super::{Out, tagged};
use crate::lexicon::{Entry, Gazetteer};
use crate::model::{ClaimsDocument, Entity, Kind, Knowledge, Term, Thing};
use oxigraph::model::Literal;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Each document's language and entities by id, for looking up what a member is called.
type Spoken<'a> = HashMap<&'a str, (&'a str, HashMap<&'a str, &'a Entity>)>;

/// Things of facts, and the countries that they belong to. What documents merely mention is no part of the graph.
pub(super) fn entities(
    out: &mut Out,
    knowledge: &Knowledge,
    docs: &[ClaimsDocument],
    gazetteer: &Gazetteer,
    iris: &Iris,
) {
    let spoken: Spoken = docs
        .iter()
        .map(|d| {
            let entities = d.entities.iter().map(|e| (e.id.as_str(), e)).collect();
            (d.document.meta.id.as_str(), (d.document.meta.language.as_str(), entities))
        })
        .collect();
    let mut wanted: BTreeSet<&str> = BTreeSet::new();
    for role in knowledge.facts.values().flat_map(|f| &f.roles) {
        if let Term::Thing(key) = &role.term {
            wanted.insert(key);
        }
    }
    let countries: Vec<&str> = wanted.iter().filter_map(|k| knowledge.things.get(*k)?.country.as_deref()).collect();
    wanted.extend(countries);
    for key in wanted {
        match (knowledge.things.get(key), gazetteer.get(key)) {
            (Some(thing), entry) => {
                of_documents(out, thing, entry, &spoken, iris);
                if let Some(note) = knowledge.curated.get(key) {
                    out.put(&iris.entity(key), own("curated"), Literal::new_simple_literal(note));
                }
            }
            (None, Some(entry)) => of_gazetteer(out, entry, iris),
            (None, None) => {}
        }
    }
}

fn of_documents(out: &mut Out, thing: &Thing, entry: Option<&Entry>, spoken: &Spoken, iris: &Iris) {
    let node = iris.entity(&thing.key);
    let languages: BTreeSet<&str> =
        thing.members.iter().filter_map(|m| Some(spoken.get(m.document.as_str())?.0)).collect();
    let mut preferred: BTreeMap<&str, &str> = BTreeMap::new();
    if let Some(entry) = entry {
        for language in languages.iter().copied().chain(["en"]) {
            if let Some(name) = entry.names.get(language).and_then(|n| n.first()) {
                preferred.insert(language, name);
            }
        }
    }
    let mut others: BTreeSet<(&str, &str)> = BTreeSet::new();
    for member in &thing.members {
        let Some((language, entities)) = spoken.get(member.document.as_str()) else { continue };
        if let Some(entity) = entities.get(member.entity.as_str()) {
            others.insert((language, &entity.name));
        }
    }
    // The label serves every language that has no other.
    preferred.retain(|_, name| *name != thing.name);
    let labels: BTreeSet<&str> = preferred.values().copied().chain([thing.name.as_str()]).collect();
    others.retain(|(_, name)| !labels.contains(name));
    head(out, &node, thing.kind, &thing.name, thing.wikidata.as_deref());
    for (language, name) in preferred {
        out.put(&node, term(vocab::SKOS, "prefLabel"), tagged(name, language));
    }
    for (language, name) in others {
        out.put(&node, term(vocab::SKOS, "altLabel"), tagged(name, language));
    }
    if let Some(country) = thing.country.as_deref().filter(|c| *c != thing.key) {
        out.put(&node, own("country"), iris.entity(country));
    }
    for key in &thing.former_keys {
        out.put(&iris.entity(key), term(vocab::DCTERMS, "isReplacedBy"), node.clone());
    }
}

/// A country that no document names, but one of whose bodies is in the graph.
fn of_gazetteer(out: &mut Out, entry: &Entry, iris: &Iris) {
    let node = iris.entity(&entry.key);
    head(out, &node, entry.kind, entry.name(), entry.wikidata.as_deref());
}

fn head(out: &mut Out, node: &oxigraph::model::NamedNode, kind: Kind, name: &str, wikidata: Option<&str>) {
    out.a(node, class(kind));
    out.put(node, term(vocab::RDFS, "label"), Literal::new_simple_literal(name));
    if let Some(id) = wikidata {
        out.put(node, term(vocab::OWL, "sameAs"), term(vocab::WIKIDATA, id));
    }
}
