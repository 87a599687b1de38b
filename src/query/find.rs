use crate::lexicon::fold;
use crate::model::{Knowledge, Thing};
use std::collections::HashMap;

/// What looking up a thing came to.
#[derive(Debug, Clone)]
pub enum Found<'a> {
    One(&'a Thing),
    /// Several fit equally well; those with most facts first.
    Several(Vec<&'a Thing>),
    /// Nothing fits; the names that come nearest.
    Nothing(Vec<String>),
}

/// Looks up a thing by its key (also a former one), its IRI, its Wikidata id, or a name: any of its names, whatever
/// their case and accents, else the only one that has all the words.
pub fn find<'a>(knowledge: &'a Knowledge, text: &str) -> Found<'a> {
    let key = text.rsplit('/').next().unwrap_or(text).trim_matches(['<', '>']);
    if let Some(thing) = knowledge.things.get(text).or_else(|| knowledge.things.get(key)) {
        return Found::One(thing);
    }
    let things = || knowledge.things.values();
    if let Some(thing) = things().find(|t| t.former_keys.iter().any(|k| k == key) || t.wikidata.as_deref() == Some(key))
    {
        return Found::One(thing);
    }
    let wanted = fold(text.trim());
    let exact: Vec<&Thing> = things().filter(|t| names(t).any(|n| fold(n) == wanted)).collect();
    // The name to show counts for more than a name that somebody used once.
    let shown: Vec<&Thing> = exact.iter().copied().filter(|t| fold(&t.name) == wanted).collect();
    let words: Vec<&str> = wanted.split_whitespace().collect();
    let partly = || things().filter(|t| names(t).any(|n| has_all(&fold(n), &words))).collect::<Vec<_>>();
    let mut fitting = [shown, exact].into_iter().find(|l| !l.is_empty()).unwrap_or_else(partly);
    match fitting.as_slice() {
        [one] => Found::One(one),
        [] => Found::Nothing(nearest(text, things().flat_map(names), 5).into_iter().map(str::to_string).collect()),
        _ => {
            let counts = counts(knowledge);
            let count = |t: &Thing| counts.get(t.key.as_str()).copied().unwrap_or(0);
            fitting.sort_by(|a, b| count(b).cmp(&count(a)).then_with(|| a.key.cmp(&b.key)));
            Found::Several(fitting)
        }
    }
}

/// How many facts each thing takes part in.
pub(super) fn counts(knowledge: &Knowledge) -> HashMap<&str, usize> {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for fact in knowledge.facts.values() {
        let mut keys: Vec<&str> = fact
            .roles
            .iter()
            .filter_map(|r| if let crate::model::Term::Thing(key) = &r.term { Some(key.as_str()) } else { None })
            .collect();
        keys.sort_unstable();
        keys.dedup();
        for key in keys {
            *counts.entry(key).or_default() += 1;
        }
    }
    counts
}

fn names(thing: &Thing) -> impl Iterator<Item = &str> {
    [thing.name.as_str()].into_iter().chain(thing.names.values().flatten().map(String::as_str))
}

/// Each of the words begins a word of the name.
fn has_all(name: &str, words: &[&str]) -> bool {
    let mut of_name = name.split(|c: char| !c.is_alphanumeric()).peekable();
    let of_name: Vec<&str> = of_name.by_ref().filter(|w| !w.is_empty()).collect();
    !words.is_empty() && words.iter().all(|w| of_name.iter().any(|n| n.starts_with(w)))
}

/// The names that come nearest to what was asked for, the nearest first; none where nothing is near.
pub(super) fn nearest<'n>(text: &str, names: impl Iterator<Item = &'n str>, most: usize) -> Vec<&'n str> {
    let wanted = fold(text);
    let length = wanted.chars().count();
    let mut near: Vec<(usize, &str)> = names
        .filter_map(|name| {
            let folded = fold(name);
            let whole = strsim::osa_distance(&wanted, &folded);
            // One word of a long name, misspelt.
            let word = folded.split_whitespace().map(|w| strsim::osa_distance(&wanted, w) + 1).min();
            let distance = word.map_or(whole, |w| w.min(whole));
            (distance <= 1 + length / 4).then_some((distance, name))
        })
        .collect();
    near.sort_unstable();
    near.dedup_by_key(|(_, name)| *name);
    near.into_iter().map(|(_, name)| name).take(most).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Kind;

    fn thing(key: &str, name: &str, others: &[&str]) -> (String, Thing) {
        let thing = Thing {
            key: key.into(),
            kind: Kind::Unknown,
            name: name.into(),
            names: [(String::new(), others.iter().map(|n| n.to_string()).collect())].into(),
            wikidata: None,
            country: None,
            former_keys: vec![format!("old-{key}")],
            members: Vec::new(),
        };
        (key.to_string(), thing)
    }

    #[test]
    fn any_name_finds_it_and_doubt_is_told() {
        let things = [
            thing("sv", "El Salvador", &["Salvador", "República de El Salvador"]),
            thing("sv-bitcoin-office", "Bitcoin Office", &["ONBTC"]),
            thing("pk-council", "Pakistan Crypto Council", &["PCC"]),
            thing("pt-pcc", "Comité Central", &["PCC"]),
        ];
        let knowledge = Knowledge { things: things.into_iter().collect(), ..Knowledge::default() };
        let one = |text: &str| match find(&knowledge, text) {
            Found::One(thing) => thing.key.clone(),
            other => format!("{other:?}"),
        };
        for text in ["el salvador", "SALVADOR", "republica de el salvador", "sv", "old-sv", "https://x.y/entity/sv"] {
            assert_eq!(one(text), "sv", "{text}");
        }
        assert_eq!(one("crypto council"), "pk-council");
        assert_eq!(one("comite central"), "pt-pcc");
        assert!(matches!(find(&knowledge, "PCC"), Found::Several(l) if l.len() == 2));
        let Found::Nothing(near) = find(&knowledge, "El Salvadro") else { panic!("found") };
        assert_eq!(near.first().map(String::as_str), Some("El Salvador"));
        assert!(matches!(find(&knowledge, "zzzzzz"), Found::Nothing(near) if near.is_empty()));
    }
}
