//! The gazetteer's form. Shared with the build script, so it leans on nothing but the kinds.

use crate::model::Kind;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Names by language; `all` where they are good in every language.
pub type Names = BTreeMap<String, Vec<String>>;

/// An office that a person of the gazetteer holds or held.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Office {
    pub organisation: String,
    #[serde(default)]
    pub title: String,
    #[serde(default)]
    pub from: String,
    #[serde(default)]
    pub until: String,
}

/// One thing that is known beforehand.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// Frozen: the entity's IRI is made of it.
    pub key: String,
    #[serde(rename = "type")]
    pub kind: Kind,
    #[serde(default)]
    pub country: Option<String>,
    #[serde(default)]
    pub wikidata: Option<String>,
    #[serde(default)]
    pub iso: Option<String>,
    #[serde(default)]
    pub capital: Option<String>,
    #[serde(default, rename = "capital-of")]
    pub capital_of: Option<String>,
    #[serde(default)]
    pub names: Names,
    /// Names that mean this entity only where the article is about its country ("the Treasury").
    #[serde(default)]
    pub local: Names,
    #[serde(default)]
    pub demonyms: Names,
    #[serde(default)]
    pub offices: Vec<Office>,
    /// For assets: the concept of the scheme `asset` that it is.
    #[serde(default)]
    pub concept: Option<String>,
    #[serde(default)]
    pub ticker: Option<String>,
}

impl Entry {
    /// The name to show: English where there is one, else the first of any language.
    pub fn name(&self) -> &str {
        ["en", "all"]
            .iter()
            .find_map(|l| self.names.get(*l))
            .or_else(|| self.names.values().next())
            .and_then(|n| n.first())
            .map_or(self.key.as_str(), String::as_str)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
/// One file of data/gazetteer.
#[allow(dead_code)]
pub struct GazetteerFile {
    pub schema: i64,
    #[serde(default)]
    pub entity: Vec<Entry>,
}
