//! What data/ knows of names and words, compiled once so that look-up begins at once.

pub mod compile;
pub mod compiled;
mod entry;
mod gazetteer;
mod language;
mod names;
pub mod source;
pub mod table;
pub mod whole;

use crate::data::{Data, DataError};
pub use entry::{Entry, Names, Office};
pub use gazetteer::Gazetteer;
pub use language::{Language, PhraseMap};
pub use names::{NameRules, fold};
use std::sync::OnceLock;
use whole::{LanguageParts, Outline, OutlineEntry, Whole};

mod embedded {
    include!(concat!(env!("OUT_DIR"), "/languages.rs"));
    pub static ENTRIES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/entries.bin"));
    pub static OUTLINE: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/outline.bin"));
}

/// Words and names of all languages; a language is unpacked when it is first asked for.
pub struct Lexicon {
    outline: Outline,
    languages: Vec<(String, OnceLock<Language>, Packed)>,
}

enum Packed {
    Bytes(&'static [u8]),
    Parts(Box<LanguageParts>),
}

impl Lexicon {
    /// The lexicon inside the binary.
    ///
    /// # Panics
    /// If the embedded bytes are broken, which the tests rule out.
    pub fn embedded() -> Lexicon {
        let outline = postcard::from_bytes(embedded::OUTLINE).expect("written by the build script");
        let languages = embedded::LANGUAGES
            .iter()
            .map(|(code, bytes)| (code.to_string(), OnceLock::new(), Packed::Bytes(bytes)))
            .collect();
        Lexicon { outline, languages }
    }

    pub(crate) fn embedded_entries() -> Vec<Entry> {
        postcard::from_bytes(embedded::ENTRIES).expect("written by the build script")
    }

    /// The lexicon of some data, compiled now (a good part of a second).
    ///
    /// # Errors
    /// A file that cannot be used, with its line.
    pub fn load(data: &Data) -> Result<Lexicon, DataError> {
        if data.is_embedded() {
            return Ok(Lexicon::embedded());
        }
        let files: Vec<(&str, &str)> = data.below("").collect();
        let whole: Whole = whole::compile_all(&files).map_err(|(path, line, what)| data.error(&path, line, what))?;
        let languages = whole
            .languages
            .into_iter()
            .map(|(code, parts)| (code, OnceLock::new(), Packed::Parts(Box::new(parts))))
            .collect();
        Ok(Lexicon { outline: whole.outline, languages })
    }

    /// Codes of the languages, sorted.
    pub fn codes(&self) -> impl Iterator<Item = &str> {
        self.languages.iter().map(|(code, ..)| code.as_str())
    }

    /// A language by its code.
    pub fn language(&self, code: &str) -> Option<&Language> {
        let (_, cell, packed) = self.languages.iter().find(|(c, ..)| c == code)?;
        Some(cell.get_or_init(|| {
            Language::new(match packed {
                Packed::Bytes(bytes) => postcard::from_bytes(bytes).expect("written by the build script"),
                Packed::Parts(parts) => (**parts).clone(),
            })
        }))
    }

    /// Members of the word lists that cannot fire, of all languages, each with file, line and reason; empty where data/
    /// is as it should be. Unpacks every language.
    pub fn gaps(&self) -> impl Iterator<Item = &str> {
        self.codes().filter_map(|code| self.language(code)).flat_map(|l| &l.tables.gaps).map(String::as_str)
    }

    /// The number of a class.
    pub fn class(&self, name: &str) -> Option<u16> {
        self.outline.classes.binary_search_by(|c| c.as_str().cmp(name)).ok().map(|i| i as u16)
    }

    /// A class's name.
    pub fn class_name(&self, class: u16) -> &str {
        &self.outline.classes[class as usize]
    }

    /// How many classes there are.
    pub fn classes(&self) -> usize {
        self.outline.classes.len()
    }

    /// What is known of a gazetteer entry without its names.
    pub fn outline(&self, index: u32) -> &OutlineEntry {
        &self.outline.entries[index as usize]
    }

    /// The tickers of all assets: units that count coins.
    pub fn tickers(&self) -> std::collections::BTreeSet<String> {
        self.outline.entries.iter().filter_map(|e| e.ticker.clone()).collect()
    }

    /// Index of the gazetteer entry of that key.
    pub fn index(&self, key: &str) -> Option<u32> {
        self.outline.entries.binary_search_by(|e| e.key.as_str().cmp(key)).ok().map(|i| i as u32)
    }
}
