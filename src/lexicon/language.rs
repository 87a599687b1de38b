use super::compiled::{CompiledLanguage, Entry, Tables, Tag};
use super::table::{self, Table};
use super::whole::LanguageParts;
use crate::text::Token;
use std::borrow::Cow;
use std::sync::Arc;

/// Phrases with lists of entries.
pub struct PhraseMap {
    table: Table<Cow<'static, [u8]>>,
    lists: Arc<[u64]>,
}

impl PhraseMap {
    fn new(bytes: Cow<'static, [u8]>, lists: Arc<[u64]>) -> PhraseMap {
        PhraseMap { table: Table::new(bytes), lists }
    }

    /// The entries of one key.
    pub fn get(&self, key: &str) -> &[u64] {
        self.table.find(table::phrase(key)).map_or(&[], |at| table::list(&self.lists, at))
    }

    /// Calls `found(number of words, entries)` for each phrase that begins with the first of the words with these hashes,
    /// shortest first.
    pub fn walk<'a>(&'a self, words: impl Iterator<Item = u64>, mut found: impl FnMut(usize, &'a [u64])) {
        let mut phrase = None;
        for (count, word) in words.enumerate() {
            let hash = phrase.map_or(word, |before| table::join(before, word));
            let Some(at) = self.table.find(hash) else { return };
            // At 0 a longer phrase begins.
            if at > 0 {
                found(count + 1, table::list(&self.lists, at));
            }
            phrase = Some(hash);
        }
    }

    /// The longest key that `word` ends with, but not all of it: (bytes, entries).
    pub fn ending(&self, word: &str) -> Option<(usize, &[u64])> {
        let shorter = table::endings(word).take_while(|(bytes, _)| *bytes < word.len());
        let found = shorter.filter_map(|(bytes, hash)| Some((bytes, self.table.find(hash)?))).last();
        found.map(|(bytes, at)| (bytes, table::list(&self.lists, at)))
    }
}

/// One language, ready for look-up.
pub struct Language {
    pub tables: Tables,
    phrases: PhraseMap,
    endings: PhraseMap,
    /// Values: kind of name << 32 | index of the gazetteer's entry.
    pub names: PhraseMap,
    labels: Vec<String>,
}

impl Language {
    /// From its compiled form.
    pub fn new(parts: LanguageParts) -> Language {
        let CompiledLanguage { tables, phrases, endings, entries } = parts.words;
        let entries = table::lists(&entries);
        Language {
            tables,
            phrases: PhraseMap::new(phrases, entries.clone()),
            endings: PhraseMap::new(endings, entries),
            names: PhraseMap::new(parts.names.names, table::lists(&parts.names.entries)),
            labels: parts.names.labels,
        }
    }

    /// The phrases that begin at the first of `tokens`: (how many tokens, entries as bits), shortest first.
    pub fn phrases<'a>(&'a self, tokens: &[Token], found: impl FnMut(usize, &'a [u64])) {
        self.phrases.walk(tokens.iter().map(|t| t.hash), found);
    }

    /// The entries of one normalised phrase.
    pub fn entries(&self, phrase: &str) -> impl Iterator<Item = Entry> + '_ {
        self.phrases.get(phrase).iter().map(|bits| Entry::from_bits(*bits))
    }

    /// What the language calls an entry of the gazetteer.
    pub fn label(&self, entry: u32) -> &str {
        &self.labels[entry as usize]
    }

    /// Whether the phrase is there with that tag.
    pub fn has(&self, phrase: &str, tag: Tag) -> bool {
        self.entries(phrase).any(|e| e.tag == tag)
    }

    /// For languages that write compounds as one word: the noun that `word` ends with, and where it begins.
    pub fn compound(&self, word: &str) -> Option<(usize, impl Iterator<Item = Entry> + '_)> {
        if !self.tables.compounds {
            return None;
        }
        let (bytes, list) = self.endings.ending(word)?;
        let first = word.len() - bytes;
        (word[..first].chars().filter(|c| c.is_alphanumeric()).count() >= 2)
            .then(|| (first, list.iter().map(|bits| Entry::from_bits(*bits))))
    }
}
