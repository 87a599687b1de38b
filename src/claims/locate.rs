//! Finding the places of quotes, mentions and role values where they are missing or wrong, and refusing what is not
//! in the text. Language models copy well and count badly.

use super::reader::Reader;
use super::text::Text;
use crate::model::{Claim, Entity, Mention, Place, Span, Value};
use std::collections::BTreeSet;

/// Sets every place of a document.
pub(super) fn all(r: &mut Reader, text: &Text, entities: &mut [Entity], claims: &mut [Claim]) {
    let (mut used, mut stated) = (BTreeSet::new(), BTreeSet::new());
    for value in claims.iter().flat_map(|c| c.roles.values().flatten()) {
        if let Value::Entity { entity, place } = value {
            used.insert(entity.clone());
            if !place.inferred {
                stated.insert(entity.clone());
            }
        }
    }
    for (i, entity) in entities.iter_mut().enumerate() {
        let may_be_unsaid = used.contains(&entity.id) && !stated.contains(&entity.id);
        mentions(r, text, entity, &format!("entities[{i}]"), may_be_unsaid);
    }
    for (i, claim) in claims.iter_mut().enumerate() {
        for (j, evidence) in claim.evidence.iter_mut().enumerate() {
            let path = format!("claims[{i}].evidence[{j}].quote");
            match text.nearest_quote(&evidence.quote, evidence.start) {
                Some(span) => (evidence.start, evidence.end) = (Some(span.start), Some(span.end)),
                None => r.fail(&path, not_there(&evidence.quote)),
            }
        }
        let near = claim.evidence.first().and_then(|e| e.start);
        for (role, values) in &mut claim.roles {
            for (j, value) in values.iter_mut().enumerate() {
                role_value(r, text, entities, value, near, &format!("claims[{i}].roles.{role}[{j}]"));
            }
        }
    }
}

/// The message for words that the text does not have, with the nearest guess at why.
fn not_there(words: &str) -> String {
    let shown: String = words.chars().take(60).collect();
    let dots = if words.chars().count() > 60 { "…" } else { "" };
    format!(
        "\"{shown}{dots}\" does not stand in the text: copy it letter for letter, line breaks and quotation marks included"
    )
}

fn set(mention: &mut Mention, span: Span) {
    (mention.start, mention.end) = (Some(span.start), Some(span.end));
}

/// Places the mentions that were given; where none were, every place of the name and the aliases is one.
fn mentions(r: &mut Reader, text: &Text, entity: &mut Entity, path: &str, may_be_unsaid: bool) {
    for (i, mention) in entity.mentions.iter_mut().enumerate() {
        if stands(text, mention.start, mention.end, &mention.text) {
            continue;
        }
        match text.nearest(&mention.text, mention.start) {
            Some(span) => set(mention, span),
            None => r.fail(&format!("{path}.mentions[{i}].text"), not_there(&mention.text)),
        }
    }
    if !entity.mentions.is_empty() {
        return;
    }
    let mut names: Vec<&String> = std::iter::once(&entity.name).chain(&entity.aliases).collect();
    names.sort_by_key(|n| std::cmp::Reverse(n.chars().count()));
    let mut spans: Vec<Span> = Vec::new();
    for name in names {
        for span in text.all(name).filter(|s| text.is_word(*s)) {
            if !spans.iter().any(|s| s.start < span.end && span.start < s.end) {
                spans.push(span);
            }
        }
    }
    spans.sort();
    entity.mentions = spans
        .into_iter()
        .filter_map(|s| {
            let words = text.get(s.start, s.end)?.to_string();
            Some(Mention { start: Some(s.start), end: Some(s.end), text: words })
        })
        .collect();
    if entity.mentions.is_empty() && !may_be_unsaid {
        r.fail(
            &format!("{path}.name"),
            format!(
                "neither \"{}\" nor an alias stands in the text: give the text's own words as an alias or a mention, or \
                 mark the values that use it with \"inferred\": true",
                entity.name
            ),
        );
    }
}

fn stands(text: &Text, start: Option<usize>, end: Option<usize>, words: &str) -> bool {
    matches!((start, end), (Some(s), Some(e)) if text.get(s, e) == Some(words))
}

fn role_value(r: &mut Reader, text: &Text, entities: &[Entity], value: &mut Value, near: Option<usize>, path: &str) {
    let place = value.place();
    if place.inferred {
        let unsaid = Place { start: None, end: None, inferred: true };
        *value.place_mut() = unsaid;
        return;
    }
    let near = place.start.or(near);
    let found = match value {
        Value::Entity { entity, .. } => {
            let Some(entity) = entities.iter().find(|e| e.id == *entity) else { return };
            let given = place.start.zip(place.end).map(|(start, end)| Span { start, end });
            let spans = || {
                entity.mentions.iter().filter_map(|m| Some(Span { start: m.start?, end: m.end? })).chain(
                    std::iter::once(&entity.name)
                        .chain(&entity.aliases)
                        .flat_map(|name| text.all(name).filter(|s| text.is_word(*s))),
                )
            };
            if given.is_some_and(|g| spans().any(|s| s == g)) {
                return;
            }
            // The longest name among those equally near: "Bank of Ghana" rather than "Bank".
            spans().min_by_key(|s| (near.map_or(0, |n| s.start.abs_diff(n)), s.start, std::cmp::Reverse(s.end)))
        }
        Value::Text { text: words, .. } => {
            if stands(text, place.start, place.end, words) {
                return;
            }
            let found = text.nearest(words, near);
            if found.is_none() {
                r.fail(path, format!("{}, or mark it with \"inferred\": true", not_there(words)));
            }
            found
        }
        // What words stand for a concept, an amount or a day is the reader's knowledge: a place can be kept or not.
        _ => {
            if let (Some(s), Some(e)) = (place.start, place.end)
                && (s >= e || e > text.len())
            {
                r.fail(path, format!("{s} to {e} is no place in a text of {} code points: leave it out", text.len()));
            }
            return;
        }
    };
    if let Some(span) = found {
        let place = value.place_mut();
        (place.start, place.end) = (Some(span.start), Some(span.end));
    }
}
