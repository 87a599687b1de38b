use super::NameRules;
use crate::data::{Data, DataError};
use crate::model::Kind;
use indexmap::IndexMap;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// Names by language; `all` where they are good in every language.
pub type Names = BTreeMap<String, Vec<String>>;

/// An office that a person of the gazetteer holds or held.
#[derive(Debug, Clone, Deserialize)]
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
#[derive(Debug, Clone, Deserialize)]
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
struct File {
    #[serde(rename = "schema")]
    _schema: i64,
    #[serde(default)]
    entity: Vec<Entry>,
}

/// Everything that is known beforehand, by key.
#[derive(Debug, Clone, Default)]
pub struct Gazetteer {
    entries: IndexMap<String, Entry>,
    rules: NameRules,
}

impl Gazetteer {
    /// That of the data inside the binary, read once.
    ///
    /// # Panics
    /// If the embedded data is broken, which the tests rule out.
    pub fn embedded() -> &'static Gazetteer {
        static GAZETTEER: OnceLock<Gazetteer> = OnceLock::new();
        GAZETTEER.get_or_init(|| Gazetteer::load(&Data::embedded()).expect("the embedded data is tested"))
    }

    /// That of some data: all files of data/gazetteer.
    ///
    /// # Errors
    /// A file that is not TOML of the gazetteer's form, or a key that stands twice.
    pub fn load(data: &Data) -> Result<Gazetteer, DataError> {
        let mut entries: IndexMap<String, Entry> = IndexMap::new();
        for (path, _) in data.below("gazetteer/") {
            let file: File = data.parse(path)?;
            for entry in file.entity {
                let key = entry.key.clone();
                if entries.insert(key.clone(), entry).is_some() {
                    return Err(data.error(path, 1, format!("the key \"{key}\" stands twice in the gazetteer")));
                }
            }
        }
        Ok(Gazetteer { entries, rules: NameRules::load(data)? })
    }

    pub fn get(&self, key: &str) -> Option<&Entry> {
        self.entries.get(key)
    }

    /// How names are compared.
    pub fn rules(&self) -> &NameRules {
        &self.rules
    }

    pub fn iter(&self) -> impl Iterator<Item = &Entry> {
        self.entries.values()
    }
}
