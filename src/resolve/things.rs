//! Joined entities as things with a key, a name and a kind.

use super::join::Joined;
use super::local::{Local, is_acronym};
use crate::claims::sha256;
use crate::lexicon::Gazetteer;
use crate::model::{ClaimsDocument, Kind, Member, Thing};
use indexmap::IndexMap;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// (index of the document, entity id within it) to the key of its thing.
pub(super) type Keys = HashMap<(usize, String), String>;

/// Makes things of joined entities, sorted by key.
pub(super) fn things(
    docs: &[&ClaimsDocument],
    locals: &[Local],
    mut joined: Vec<Joined>,
    gazetteer: &Gazetteer,
) -> (IndexMap<String, Thing>, Keys) {
    for cluster in &mut joined {
        cluster.members.sort();
    }
    // Keys are given in the order of first members: of two things of one name the later gets the longer key.
    joined.sort_by(|a, b| a.members.first().cmp(&b.members.first()));
    let mut taken: BTreeSet<String> = joined.iter().filter_map(|c| c.entry).map(|e| e.key.clone()).collect();
    taken.extend(gazetteer.iter().map(|e| e.key.clone()));
    let mut things = BTreeMap::new();
    let mut keys = Keys::new();
    for cluster in &joined {
        let mut thing = thing(docs, locals, cluster);
        if let Some(entry) = cluster.entry {
            thing.key = entry.key.clone();
        }
        let mut own: BTreeSet<String> = cluster
            .members
            .iter()
            .map(|(i, _)| &locals[*i])
            .filter(|l| l.entry.is_none())
            .map(|l| slug(&l.name(), ""))
            .filter(|k| !taken.contains(k))
            .collect();
        if thing.key.is_empty() {
            thing.key = own.pop_first().unwrap_or_else(|| {
                let first = &locals[cluster.members[0].0];
                let salt = format!("{} {}", docs[first.doc].document.meta.id, first.entity.id);
                slug(&first.name(), &salt)
            });
        }
        taken.insert(thing.key.clone());
        taken.extend(own.iter().cloned());
        thing.former_keys = own.into_iter().collect();
        for (i, _) in &cluster.members {
            keys.insert((locals[*i].doc, locals[*i].entity.id.clone()), thing.key.clone());
        }
        things.insert(thing.key.clone(), thing);
    }
    (things.into_iter().collect(), keys)
}

/// `pakistan-crypto-council-3fa2b1`: readable, with a short hash of the name as it is compared.
pub(super) fn slug(name: &str, salt: &str) -> String {
    let mut slug = String::new();
    for word in name.split(|c: char| !c.is_ascii_alphanumeric()).filter(|w| !w.is_empty()) {
        if slug.len() + word.len() > 48 {
            break;
        }
        if !slug.is_empty() {
            slug.push('-');
        }
        slug.push_str(word);
    }
    let hash = sha256(format!("entity\n{name}\n{salt}").as_bytes());
    if slug.is_empty() { hash[..12].to_string() } else { format!("{slug}-{}", &hash[..6]) }
}

/// The value that most have, the smallest of several.
fn most<T: Ord + Clone>(values: impl Iterator<Item = T>) -> Option<T> {
    let mut counts: BTreeMap<T, usize> = BTreeMap::new();
    for value in values {
        *counts.entry(value).or_default() += 1;
    }
    counts.into_iter().rev().max_by_key(|(_, n)| *n).map(|(value, _)| value)
}

fn thing(docs: &[&ClaimsDocument], locals: &[Local], cluster: &Joined) -> Thing {
    let members = || cluster.members.iter().map(|(i, _)| &locals[*i]);
    let mut names: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    if let Some(entry) = cluster.entry {
        for (language, list) in &entry.names {
            let language = if language == "all" { "" } else { language };
            names.entry(language.to_string()).or_default().extend(list.iter().cloned());
        }
    }
    for local in members() {
        let language = docs[local.doc].document.meta.language.clone();
        let own = std::iter::once(&local.entity.name).chain(&local.entity.aliases);
        names.entry(language).or_default().extend(own.cloned());
    }
    let kind = cluster.entry.map(|e| e.kind).or_else(|| most(members().filter_map(|l| l.kind)));
    let name = match cluster.entry {
        Some(entry) => entry.name().to_string(),
        // A full name before an acronym, the usual before the rare.
        None => {
            let full = most(members().map(|l| &l.entity.name).filter(|n| !is_acronym(n)));
            full.or_else(|| most(members().map(|l| &l.entity.name))).cloned().unwrap_or_default()
        }
    };
    let wikidata = match cluster.entry {
        Some(entry) => entry.wikidata.clone(),
        None => {
            let ids: BTreeSet<&String> = members().filter_map(|l| l.entity.wikidata.as_ref()).collect();
            ids.first().filter(|_| ids.len() == 1).map(|id| id.to_string())
        }
    };
    let country = match cluster.entry {
        Some(entry) => entry.country.clone(),
        None => most(members().filter_map(|l| l.entity.country.clone())),
    };
    Thing {
        key: String::new(),
        kind: kind.unwrap_or(Kind::Unknown),
        name,
        names: names.into_iter().map(|(l, n)| (l, n.into_iter().collect())).collect(),
        wikidata,
        country,
        former_keys: Vec::new(),
        members: cluster
            .members
            .iter()
            .map(|(i, rule)| Member {
                document: docs[locals[*i].doc].document.meta.id.clone(),
                entity: locals[*i].entity.id.clone(),
                rule: rule.to_string(),
            })
            .collect(),
    }
}
