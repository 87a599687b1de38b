use super::entry::{Entry, GazetteerFile};
use super::{Lexicon, NameRules};
use crate::data::{Data, DataError};
use indexmap::IndexMap;
use std::sync::OnceLock;

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
        GAZETTEER.get_or_init(|| {
            let entries = Lexicon::embedded_entries().into_iter().map(|e| (e.key.clone(), e)).collect();
            let rules = NameRules::load(&Data::embedded()).expect("the embedded data is tested");
            Gazetteer { entries, rules }
        })
    }

    /// That of some data: all files of data/gazetteer.
    ///
    /// # Errors
    /// A file that is not TOML of the gazetteer's form, or a key that stands twice.
    pub fn load(data: &Data) -> Result<Gazetteer, DataError> {
        // The program has its own gazetteer in compiled form only.
        if data.is_embedded() && data.below("gazetteer/").next().is_none() {
            return Ok(Gazetteer::embedded().clone());
        }
        let mut entries: IndexMap<String, Entry> = IndexMap::new();
        for (path, _) in data.below("gazetteer/") {
            let file: GazetteerFile = data.parse(path)?;
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
