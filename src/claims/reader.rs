//! Reading JSON piece by piece, so that everything that is wrong with a line is said at once, each with its path.

use super::ClaimsError;
use serde_json::{Map, Value as Json};

/// Collects what is wrong while a line is read.
pub(super) struct Reader<'a> {
    pub place: &'a str,
    pub errors: Vec<ClaimsError>,
}

impl Reader<'_> {
    pub fn fail(&mut self, path: &str, what: impl Into<String>) {
        self.errors.push(ClaimsError { place: self.place.to_string(), path: path.to_string(), what: what.into() });
    }

    /// An object; with `allowed` given, one that has no other fields.
    pub fn object<'j>(&mut self, json: &'j Json, path: &str, allowed: &[&str]) -> Option<&'j Map<String, Json>> {
        let Some(map) = json.as_object() else {
            self.fail(path, format!("is {}, not an object", named(json)));
            return None;
        };
        if !allowed.is_empty() {
            for field in map.keys().filter(|k| !allowed.contains(&k.as_str())) {
                self.fail(&join(path, field), format!("is not a field known here; known are {}", allowed.join(", ")));
            }
        }
        Some(map)
    }

    /// A list under a field; empty where it is absent.
    pub fn list<'j>(&mut self, map: &'j Map<String, Json>, path: &str, field: &str) -> &'j [Json] {
        match map.get(field) {
            None | Some(Json::Null) => &[],
            Some(Json::Array(items)) => items,
            Some(other) => {
                self.fail(&join(path, field), format!("is {}, not a list: write [ ] around it", named(other)));
                &[]
            }
        }
    }

    /// A text that may be absent, null or empty, which is the same.
    pub fn text(&mut self, map: &Map<String, Json>, path: &str, field: &str) -> Option<String> {
        match map.get(field) {
            None | Some(Json::Null) => None,
            Some(Json::String(text)) => Some(text.clone()).filter(|t| !t.is_empty()),
            Some(other) => {
                self.fail(&join(path, field), format!("is {}, not a text", named(other)));
                None
            }
        }
    }

    /// A text that has to be there. Says so where it is not.
    pub fn needed(&mut self, map: &Map<String, Json>, path: &str, field: &str) -> Option<String> {
        let before = self.errors.len();
        let text = self.text(map, path, field).filter(|t| !t.trim().is_empty());
        if text.is_none() && self.errors.len() == before {
            self.fail(&join(path, field), "is missing or empty");
        }
        text
    }

    /// A place in the text, counted in code points.
    pub fn offset(&mut self, map: &Map<String, Json>, path: &str, field: &str) -> Option<usize> {
        match map.get(field) {
            None | Some(Json::Null) => None,
            Some(json) => {
                let number = json.as_u64().and_then(|n| usize::try_from(n).ok());
                if number.is_none() {
                    self.fail(&join(path, field), "is not a whole number from 0: leave it out and it will be found");
                }
                number
            }
        }
    }

    /// One of some names, or `None` where the field is absent.
    pub fn one_of<T: Copy>(
        &mut self,
        map: &Map<String, Json>,
        path: &str,
        field: &str,
        all: &[(&str, T)],
    ) -> Option<T> {
        let text = self.text(map, path, field)?;
        let found = all.iter().find(|(name, _)| *name == text).map(|(_, value)| *value);
        if found.is_none() {
            let names: Vec<&str> = all.iter().map(|(n, _)| *n).collect();
            self.fail(&join(path, field), format!("is \"{text}\"; it can be {}", names.join(", ")));
        }
        found
    }
}

/// `claims[2]` and `frame` make `claims[2].frame`.
pub(super) fn join(path: &str, field: &str) -> String {
    if path.is_empty() { field.to_string() } else { format!("{path}.{field}") }
}

/// What a JSON value is, for messages.
fn named(json: &Json) -> &'static str {
    match json {
        Json::Null => "null",
        Json::Bool(_) => "true or false",
        Json::Number(_) => "a number",
        Json::String(_) => "a text",
        Json::Array(_) => "a list",
        Json::Object(_) => "an object",
    }
}
