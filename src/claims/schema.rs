use crate::frame::{Frames, Range, Role};
use crate::model::{FORMAT, Kind};
use serde_json::{Map, Value as Json, json};

/// The JSON Schema (draft 2020-12) of a claims document, one line of JSON Lines, with the roles of each frame.
///
/// It says what can be said without the text: [`super::check`] also looks for the quotes.
pub fn json_schema(frames: &Frames) -> Json {
    let names: Vec<&str> = frames.iter().map(|f| f.name.as_str()).collect();
    let kinds: Vec<&str> = Kind::ALL.iter().map(|k| k.name()).collect();
    let per_frame: Vec<Json> = frames
        .iter()
        .map(|frame| {
            let roles: Map<String, Json> =
                frame.roles.iter().map(|(name, role)| (name.clone(), role_schema(role, frames))).collect();
            json!({
                "if": {"properties": {"frame": {"const": frame.name}}, "required": ["frame"]},
                "then": {"properties": {"roles": {
                    "type": "object", "description": frame.gloss, "properties": roles, "additionalProperties": false}}}
            })
        })
        .collect();
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "https://w3id.org/chancery/schema/claims/1",
        "title": "Claims document",
        "description": "What one article states. One object a line. Offsets count Unicode code points of title, blank \
                        line, text; they may be left out and are found.",
        "type": "object",
        "required": ["document"],
        "additionalProperties": false,
        "properties": {
            "format": {"const": FORMAT},
            "document": {"$ref": "#/$defs/document"},
            "entities": {"type": "array", "items": {"$ref": "#/$defs/entity"}},
            "claims": {"type": "array", "items": {"$ref": "#/$defs/claim"}}
        },
        "$defs": {
            "offset": {"type": ["integer", "null"], "minimum": 0},
            "text": {"type": ["string", "null"]},
            "date": {"type": "string", "pattern": "^[0-9]{4}(-Q[1-4]|-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"},
            "document": {
                "type": "object",
                "description": "Without an id it is the URL's, else the text's. The text may be left out where the \
                                store has the document.",
                "properties": {
                    "id": {"$ref": "#/$defs/text"}, "url": {"$ref": "#/$defs/text"}, "title": {"$ref": "#/$defs/text"},
                    "publisher": {"$ref": "#/$defs/text"}, "author": {"$ref": "#/$defs/text"},
                    "published": {"$ref": "#/$defs/text"},
                    "language": {"type": ["string", "null"], "pattern": "^([a-z]{2,3})?$"},
                    "sha256": {"$ref": "#/$defs/text"}, "raw_sha256": {"$ref": "#/$defs/text"},
                    "text": {"$ref": "#/$defs/text"},
                    "extractor": {"type": ["object", "null"], "required": ["name"], "additionalProperties": false,
                                  "properties": {"name": {"type": "string"}, "version": {"$ref": "#/$defs/text"}}}
                }
            },
            "entity": {
                "type": "object", "required": ["id", "name"], "additionalProperties": false,
                "properties": {
                    "id": {"type": "string", "minLength": 1},
                    "name": {"type": "string", "minLength": 1, "description": "The fullest name the article uses."},
                    "type": {"enum": kinds},
                    "key": {"$ref": "#/$defs/text"}, "country": {"$ref": "#/$defs/text"},
                    "aliases": {"type": ["array", "null"], "items": {"type": "string", "minLength": 1}},
                    "wikidata": {"type": ["string", "null"], "pattern": "^Q[1-9][0-9]*$"},
                    "mentions": {"type": ["array", "null"], "items": {
                        "type": "object", "required": ["text"], "additionalProperties": false,
                        "properties": {"start": {"$ref": "#/$defs/offset"}, "end": {"$ref": "#/$defs/offset"},
                                       "text": {"type": "string", "minLength": 1}}}}
                }
            },
            "evidence": {
                "type": "object", "required": ["quote"], "additionalProperties": false,
                "properties": {
                    "start": {"$ref": "#/$defs/offset"}, "end": {"$ref": "#/$defs/offset"},
                    "quote": {"type": "string", "minLength": 1, "description": "Letter for letter as in the text."},
                    "lexical_unit": {"$ref": "#/$defs/text"}, "pattern": {"$ref": "#/$defs/text"},
                    "steps": {"type": ["array", "null"], "items": {
                        "type": "object", "required": ["words", "read_as", "rule"],
                        "properties": {"words": {"type": "string"}, "read_as": {"type": "string"},
                                       "rule": {"type": "string"}}}}
                }
            },
            "claim": {
                "type": "object", "required": ["frame", "roles", "evidence"], "additionalProperties": false,
                "properties": {
                    "id": {"$ref": "#/$defs/text"},
                    "frame": {"enum": names},
                    "roles": {"type": "object"},
                    "modality": {"enum": ["actual", "planned", "possible"], "default": "actual"},
                    "polarity": {"enum": ["affirmed", "negated"], "default": "affirmed"},
                    "attribution": {"$ref": "#/$defs/text"},
                    "confidence": {"type": ["number", "null"], "minimum": 0, "maximum": 1, "default": 0.7},
                    "evidence": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/evidence"}}
                },
                "allOf": per_frame
            }
        }
    })
}

fn role_schema(role: &Role, frames: &Frames) -> Json {
    let entity = || ("entity", json!({"type": "string", "minLength": 1}));
    let text = || ("text", json!({"type": "string", "minLength": 1}));
    let concept = || {
        let scheme = role.scheme.as_deref().and_then(|s| frames.scheme(s));
        if scheme.is_some_and(|s| s.open) {
            return ("concept", json!({"type": "string", "pattern": "^[a-z0-9-]{1,30}$"}));
        }
        let all: Vec<&String> = role.values.iter().chain(scheme.iter().flat_map(|s| &s.concepts)).collect();
        ("concept", json!({"enum": all}))
    };
    let forms: Vec<Json> = match role.range {
        Range::Entity => vec![form(entity()), form(text())],
        Range::Asset => vec![form(concept()), form(entity()), form(text())],
        Range::Concept | Range::Value => vec![form(concept())],
        Range::Quantity => vec![json!({
            "type": "object", "required": ["number", "unit"], "additionalProperties": false,
            "properties": places(&[
                ("number", json!({"type": "number", "minimum": 0})),
                ("unit", json!({"type": "string", "minLength": 1})),
                ("bound", json!({"enum": ["at-least", "at-most", "about"]})),
            ])
        })],
        Range::Date => vec![form(("date", json!({"$ref": "#/$defs/date"})))],
        Range::Text => vec![form(text())],
    };
    let items = if forms.len() == 1 { forms.into_iter().next().unwrap_or(Json::Null) } else { json!({"oneOf": forms}) };
    json!({"type": "array", "description": role.gloss, "items": items})
}

/// A value with one field beside its place.
fn form((field, schema): (&str, Json)) -> Json {
    json!({"type": "object", "required": [field], "additionalProperties": false, "properties": places(&[(field, schema)])})
}

fn places(fields: &[(&str, Json)]) -> Json {
    let mut map = Map::new();
    for (name, schema) in fields {
        map.insert(name.to_string(), schema.clone());
    }
    for name in ["start", "end"] {
        map.insert(name.to_string(), json!({"$ref": "#/$defs/offset"}));
    }
    map.insert("inferred".to_string(), json!({"type": ["boolean", "null"]}));
    Json::Object(map)
}
