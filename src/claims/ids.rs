use crate::digest::sha256;
use crate::model::{ClaimsDocument, Entity, Value};
use std::collections::BTreeMap;

/// A letter and twenty hexadecimal digits made of some parts, which are kept apart whatever they contain.
pub(crate) fn short_id(letter: char, parts: &[&str]) -> String {
    let mut bytes = Vec::new();
    for part in parts {
        bytes.extend_from_slice(&(part.len() as u64).to_le_bytes());
        bytes.extend_from_slice(part.as_bytes());
    }
    format!("{letter}{}", &sha256(&bytes)[..20])
}

/// The id of a document whose source gives it neither an id nor a canonical URL: made of its full text.
pub fn text_id(full: &str) -> String {
    format!("sha256:{}", sha256(full.as_bytes()))
}

/// Gives a document its hash and its id where it has none, and each claim its id.
///
/// A claim's id is made of the document's id, the frame, the places of its key roles and the sentence that its first
/// evidence stands in; not of optional roles, confidence, pattern or version, so that what a curator decided about it
/// survives better patterns. Ids that another tool gave are replaced: they are no more than numbers within its output.
/// Which roles are key is taken from `keys`.
pub fn assign_ids(doc: &mut ClaimsDocument, frames: &crate::frame::Frames) {
    let full = doc.document.full();
    if let Some(full) = &full {
        let meta = &mut doc.document.meta;
        meta.sha256 = Some(sha256(full.as_bytes()));
        if meta.id.is_empty() {
            meta.id = meta.url.clone().filter(|u| !u.is_empty()).unwrap_or_else(|| text_id(full));
        }
    }
    let sentences = full.as_deref().map(Sentences::of);
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for claim in &mut doc.claims {
        let mut parts = vec![doc.document.meta.id.clone(), claim.frame.clone()];
        for role in frames.get(&claim.frame).iter().flat_map(|f| f.keys()) {
            let mut values: Vec<String> =
                claim.roles.get(role).into_iter().flatten().map(|v| place_of(v, &doc.entities)).collect();
            values.sort();
            parts.push(format!("{role}={}", values.join("|")));
        }
        parts.push(match (claim.evidence.first(), &sentences) {
            (Some(e), Some(s)) if e.start.is_some() => format!("{:?}", s.around(e.start.unwrap_or(0))),
            (Some(e), _) => e.quote.clone(),
            (None, _) => String::new(),
        });
        let base = short_id('c', &parts.iter().map(String::as_str).collect::<Vec<_>>());
        let count = seen.entry(base.clone()).or_default();
        *count += 1;
        claim.id = if *count == 1 { base } else { short_id('c', &[&base, &count.to_string()]) };
    }
}

/// What identifies a role's value in its document: where it stands, or what it is where it stands nowhere.
fn place_of(value: &Value, entities: &[Entity]) -> String {
    let place = value.place();
    match value {
        Value::Entity { entity, .. } => match (place.start, place.end) {
            (Some(start), Some(end)) => format!("{start}-{end}"),
            _ => entities.iter().find(|e| e.id == *entity).map_or_else(|| entity.clone(), |e| e.name.clone()),
        },
        Value::Concept { concept, .. } => concept.clone(),
        Value::Quantity { quantity, .. } => format!("{} {}", quantity.number, quantity.unit),
        Value::Date { date, .. } => date.to_string(),
        Value::Text { text, .. } => text.clone(),
    }
}

/// Sentences as good as an id needs them: stretches between a full stop, question or exclamation mark or line end
/// and the next. An abbreviation cuts one short, always at the same place.
struct Sentences {
    /// Code point at which each starts, ascending, from 0.
    starts: Vec<usize>,
}

impl Sentences {
    fn of(full: &str) -> Sentences {
        let mut starts = vec![0];
        let mut ended = false;
        for (i, c) in full.chars().enumerate() {
            if c.is_whitespace() {
                if ended || c == '\n' {
                    starts.push(i + 1);
                }
                ended = false;
            } else if matches!(c, '.' | '!' | '?' | '…' | '。') {
                ended = true;
            } else if !matches!(c, '"' | '\'' | ')' | ']' | '»' | '”' | '’') {
                ended = false;
            }
        }
        Sentences { starts }
    }

    /// Start of the sentence that a code point stands in.
    fn around(&self, at: usize) -> usize {
        let next = self.starts.partition_point(|s| *s <= at);
        self.starts[next.saturating_sub(1)]
    }
}
