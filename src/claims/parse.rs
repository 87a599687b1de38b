//! From JSON to a claims document whose parts are what they should be; places are looked at afterwards.

use super::reader::{Reader, join};
use crate::frame::{Frame, Frames, Range, Role};
use crate::model::{
    Bound, Claim, ClaimsDocument, Decimal, DocumentMeta, DocumentRecord, Entity, Evidence, Extractor, FORMAT, Kind,
    Mention, Modality, PartialDate, Percent, Place, Polarity, Quantity, Roles, Step, Value,
};
use serde_json::{Map, Value as Json};
use std::collections::BTreeSet;

type Fields = Map<String, Json>;

/// The whole line.
pub(super) fn document(r: &mut Reader, json: &Json, frames: &Frames) -> Option<ClaimsDocument> {
    let map = r.object(json, "", &["format", "document", "entities", "claims"])?;
    if let Some(format) = r.text(map, "", "format")
        && format != FORMAT
    {
        r.fail("format", format!("is \"{format}\"; this version reads \"{FORMAT}\""));
    }
    let Some(record) = map.get("document") else {
        r.fail("document", "is missing: say which document the claims are from");
        return None;
    };
    let document = record_of(r, record)?;
    let mut ids = BTreeSet::new();
    let mut entities = Vec::new();
    for (i, json) in r.list(map, "", "entities").iter().enumerate() {
        let path = format!("entities[{i}]");
        if let Some(entity) = entity(r, json, &path) {
            if !ids.insert(entity.id.clone()) {
                r.fail(&join(&path, "id"), format!("\"{}\" stands twice in this document", entity.id));
            }
            entities.push(entity);
        }
    }
    let mut claims = Vec::new();
    for (i, json) in r.list(map, "", "claims").iter().enumerate() {
        claims.extend(claim(r, json, &format!("claims[{i}]"), frames, &ids));
    }
    Some(ClaimsDocument { format: FORMAT.to_string(), document, entities, claims })
}

fn record_of(r: &mut Reader, json: &Json) -> Option<DocumentRecord> {
    // Fields of another tool's own are welcome here: they describe the document, and nothing is derived from them.
    let map = r.object(json, "document", &[])?;
    let path = "document";
    let meta = DocumentMeta {
        id: r.text(map, path, "id").unwrap_or_default(),
        url: r.text(map, path, "url"),
        title: r.text(map, path, "title").unwrap_or_default(),
        publisher: r.text(map, path, "publisher"),
        author: r.text(map, path, "author"),
        published: r.text(map, path, "published"),
        language: r.text(map, path, "language").unwrap_or_default(),
        sha256: r.text(map, path, "sha256"),
        raw_sha256: r.text(map, path, "raw_sha256"),
    };
    if let Some(published) = &meta.published
        && published.get(..10).unwrap_or(published).parse::<PartialDate>().is_err()
    {
        r.fail("document.published", format!("\"{published}\" is no date: write 2025, 2025-07 or 2025-07-16"));
    }
    if !(meta.language.is_empty()
        || (2..=3).contains(&meta.language.len()) && meta.language.bytes().all(|b| b.is_ascii_lowercase()))
    {
        r.fail("document.language", format!("\"{}\" is no language code: write en, nl, es …", meta.language));
    }
    let extractor = match map.get("extractor") {
        None | Some(Json::Null) => None,
        Some(json) => r.object(json, "document.extractor", &["name", "version"]).and_then(|fields| {
            let name = r.needed(fields, "document.extractor", "name")?;
            Some(Extractor { name, version: r.text(fields, "document.extractor", "version").unwrap_or_default() })
        }),
    };
    Some(DocumentRecord { meta, text: r.text(map, path, "text"), extractor, former: Vec::new() })
}

fn entity(r: &mut Reader, json: &Json, path: &str) -> Option<Entity> {
    let map = r.object(json, path, &["id", "name", "type", "key", "country", "aliases", "wikidata", "mentions"])?;
    let kinds: Vec<(&str, Kind)> = Kind::ALL.iter().map(|k| (k.name(), *k)).collect();
    let kind = r.one_of(map, path, "type", &kinds);
    let mut aliases = Vec::new();
    for (i, json) in r.list(map, path, "aliases").iter().enumerate() {
        match json.as_str() {
            Some(alias) if !alias.trim().is_empty() => aliases.push(alias.to_string()),
            _ => r.fail(&format!("{path}.aliases[{i}]"), "is not a text with something in it"),
        }
    }
    let mut mentions = Vec::new();
    for (i, json) in r.list(map, path, "mentions").iter().enumerate() {
        let path = format!("{path}.mentions[{i}]");
        if let Some(map) = r.object(json, &path, &["start", "end", "text"]) {
            let (start, end) = (r.offset(map, &path, "start"), r.offset(map, &path, "end"));
            if let Some(text) = r.needed(map, &path, "text") {
                mentions.push(Mention { start, end, text });
            }
        }
    }
    let wikidata = r.text(map, path, "wikidata");
    if let Some(id) = &wikidata
        && !is_wikidata(id)
    {
        r.fail(&join(path, "wikidata"), format!("\"{id}\" is no Wikidata id: write Q792"));
    }
    let (key, country) = (r.text(map, path, "key"), r.text(map, path, "country"));
    let (id, name) = (r.needed(map, path, "id"), r.needed(map, path, "name"));
    Some(Entity { id: id?, name: name?, kind, key, country, aliases, wikidata, mentions })
}

fn is_wikidata(id: &str) -> bool {
    id.strip_prefix('Q').is_some_and(|n| !n.starts_with('0') && !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))
}

fn claim(r: &mut Reader, json: &Json, path: &str, frames: &Frames, ids: &BTreeSet<String>) -> Option<Claim> {
    let map = r.object(
        json,
        path,
        &["id", "frame", "roles", "modality", "polarity", "attribution", "confidence", "evidence"],
    )?;
    let modality = r.one_of(
        map,
        path,
        "modality",
        &[("actual", Modality::Actual), ("planned", Modality::Planned), ("possible", Modality::Possible)],
    );
    let polarity = r.one_of(map, path, "polarity", &[("affirmed", Polarity::Affirmed), ("negated", Polarity::Negated)]);
    let confidence = match map.get("confidence") {
        None | Some(Json::Null) => Percent::default(),
        Some(json) => serde_json::from_value(json.clone()).unwrap_or_else(|_| {
            r.fail(&join(path, "confidence"), format!("is {json}; it has to be a number from 0 to 1"));
            Percent::default()
        }),
    };
    let (id, attribution) = (r.text(map, path, "id").unwrap_or_default(), r.text(map, path, "attribution"));
    let evidence = evidence_of(r, map, path);
    let name = r.needed(map, path, "frame")?;
    let Some(frame) = frames.get(&name) else {
        let known: Vec<&str> = frames.iter().map(|f| f.name.as_str()).collect();
        r.fail(&join(path, "frame"), format!("\"{name}\" is not known; frames are {}", known.join(", ")));
        return None;
    };
    let roles = roles(r, map, path, frame, frames, ids);
    Some(Claim {
        id,
        frame: name,
        roles,
        modality: modality.unwrap_or_default(),
        polarity: polarity.unwrap_or_default(),
        attribution,
        confidence,
        evidence,
    })
}

fn evidence_of(r: &mut Reader, map: &Fields, path: &str) -> Vec<Evidence> {
    let mut evidence = Vec::new();
    let list = r.list(map, path, "evidence");
    if list.is_empty() {
        r.fail(&join(path, "evidence"), "is missing: quote the words of the text that state the claim");
    }
    for (i, json) in list.iter().enumerate() {
        let path = format!("{path}.evidence[{i}]");
        let Some(map) = r.object(json, &path, &["start", "end", "quote", "lexical_unit", "pattern", "steps"]) else {
            continue;
        };
        let mut steps = Vec::new();
        for (j, json) in r.list(map, &path, "steps").iter().enumerate() {
            match serde_json::from_value::<Step>(json.clone()) {
                Ok(step) => steps.push(step),
                Err(e) => r.fail(&format!("{path}.steps[{j}]"), e.to_string()),
            }
        }
        let (start, end) = (r.offset(map, &path, "start"), r.offset(map, &path, "end"));
        let (lexical_unit, pattern) = (r.text(map, &path, "lexical_unit"), r.text(map, &path, "pattern"));
        if let Some(quote) = r.needed(map, &path, "quote") {
            evidence.push(Evidence { start, end, quote, lexical_unit, pattern, steps });
        }
    }
    evidence
}

fn roles(r: &mut Reader, map: &Fields, path: &str, frame: &Frame, frames: &Frames, ids: &BTreeSet<String>) -> Roles {
    let path = join(path, "roles");
    let mut roles = Roles::new();
    let Some(json) = map.get("roles") else {
        r.fail(&path, "is missing");
        return roles;
    };
    let Some(map) = r.object(json, &path, &[]) else { return roles };
    for name in map.keys().filter(|n| !frame.roles.contains_key(*n)) {
        let known: Vec<&str> = frame.roles.keys().map(String::as_str).collect();
        r.fail(&join(&path, name), format!("is no role of \"{}\"; its roles are {}", frame.name, known.join(", ")));
    }
    // In the frame's order, whatever the order of the line.
    for (name, role) in &frame.roles {
        let mut values = Vec::new();
        for (i, json) in r.list(map, &path, name).iter().enumerate() {
            let path = format!("{path}.{name}[{i}]");
            values.extend(value(r, json, &path, role, frames, ids));
        }
        if !values.is_empty() {
            roles.insert(name.clone(), values);
        }
    }
    roles
}

fn value(
    r: &mut Reader,
    json: &Json,
    path: &str,
    role: &Role,
    frames: &Frames,
    ids: &BTreeSet<String>,
) -> Option<Value> {
    let map = r.object(
        json,
        path,
        &["entity", "concept", "number", "unit", "bound", "date", "text", "start", "end", "inferred"],
    )?;
    let kinds: Vec<&str> =
        ["entity", "concept", "number", "date", "text"].into_iter().filter(|k| map.contains_key(*k)).collect();
    let [kind] = kinds[..] else {
        r.fail(path, "has to have exactly one of entity, concept, number, date, text");
        return None;
    };
    let wanted: &[&str] = match role.range {
        Range::Entity => &["entity", "text"],
        Range::Asset => &["concept", "entity", "text"],
        Range::Concept | Range::Value => &["concept"],
        Range::Quantity => &["number"],
        Range::Date => &["date"],
        Range::Text => &["text"],
    };
    if !wanted.contains(&kind) {
        r.fail(path, format!("has \"{kind}\"; this role takes {}", wanted.join(" or ")));
        return None;
    }
    let inferred = match map.get("inferred") {
        None | Some(Json::Null) => false,
        Some(json) => json.as_bool().unwrap_or_else(|| {
            r.fail(&join(path, "inferred"), "is not true or false");
            false
        }),
    };
    let place = Place { start: r.offset(map, path, "start"), end: r.offset(map, path, "end"), inferred };
    if kind == "number" {
        return Some(Value::Quantity { quantity: quantity(r, map, path, role)?, place });
    }
    let text = r.needed(map, path, kind)?;
    match kind {
        "entity" => {
            if !ids.contains(&text) {
                r.fail(&join(path, "entity"), format!("there is no entity \"{text}\" in this document's entities"));
                return None;
            }
            Some(Value::Entity { entity: text, place })
        }
        "concept" => {
            if let Err(what) = known_concept(&text, role, frames) {
                r.fail(&join(path, "concept"), what);
                return None;
            }
            Some(Value::Concept { concept: text, place })
        }
        "date" => match text.parse() {
            Ok(date) => Some(Value::Date { date, place }),
            Err(e) => {
                r.fail(&join(path, "date"), e.to_string());
                None
            }
        },
        _ => Some(Value::Text { text, place }),
    }
}

/// Whether a role takes a concept; else says which it takes.
pub(crate) fn known_concept(text: &str, role: &Role, frames: &Frames) -> Result<(), String> {
    let scheme = role.scheme.as_deref().and_then(|s| frames.scheme(s));
    let listed = role.values.iter().chain(scheme.iter().flat_map(|s| &s.concepts));
    let open = scheme.is_some_and(|s| s.open) && is_ticker(text);
    if open || listed.clone().any(|c| *c == text) {
        return Ok(());
    }
    let all: Vec<&str> = listed.map(String::as_str).collect();
    Err(format!("\"{text}\" is not known here; it can be {}", all.join(", ")))
}

/// A name for a token as an open scheme takes it: `usdt`, `pax-gold`.
fn is_ticker(text: &str) -> bool {
    text.len() <= 30 && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

fn quantity(r: &mut Reader, map: &Fields, path: &str, role: &Role) -> Option<Quantity> {
    let number = match map.get("number") {
        Some(json @ Json::Number(n)) => n.to_string().parse::<Decimal>().map_err(|_| json.to_string()),
        Some(other) => Err(other.to_string()),
        None => return None,
    };
    let number = match number {
        Ok(number) if number >= Decimal::new(0, 0) => Some(number),
        Ok(number) => {
            r.fail(&join(path, "number"), format!("is {number}; an amount cannot be below 0"));
            None
        }
        Err(text) => {
            r.fail(&join(path, "number"), format!("is {text}; write a JSON number of at most 30 digits: 6200"));
            None
        }
    };
    let bounds = [("at-least", Bound::AtLeast), ("at-most", Bound::AtMost), ("about", Bound::About)];
    let bound = r.one_of(map, path, "bound", &bounds);
    let unit = r.needed(map, path, "unit")?;
    if !role.dimensions.is_empty() && !role.dimensions.iter().any(|d| has_dimension(&unit, d)) {
        r.fail(
            &join(path, "unit"),
            format!(
                "\"{unit}\" is no unit of {}: write USD, BTC, MW, kWh or percent as it fits",
                role.dimensions.join(" or ")
            ),
        );
        return None;
    }
    Some(Quantity { number: number?, unit, bound })
}

/// Whether a unit can measure that: ISO 4217 codes money, tickers assets, SI units power and energy.
pub(crate) fn has_dimension(unit: &str, dimension: &str) -> bool {
    let upper = |c: u8| c.is_ascii_uppercase() || c.is_ascii_digit();
    match dimension {
        "money" => unit.len() == 3 && unit.bytes().all(|b| b.is_ascii_uppercase()),
        "asset" => (1..=12).contains(&unit.len()) && unit.bytes().all(upper),
        "power" => matches!(unit, "W" | "kW" | "MW" | "GW" | "kWh" | "MWh" | "GWh" | "TWh"),
        "percent" => unit == "percent",
        _ => true,
    }
}
