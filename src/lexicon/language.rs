use super::compiled::{CompiledLanguage, Entry, Tables, Tag};
use super::whole::LanguageParts;
use crate::text::Token;
use fst::raw::{Fst, Node};
use std::sync::Arc;

/// A finite-state map whose values are lists of entries.
pub struct PhraseMap {
    map: fst::Map<Vec<u8>>,
    entries: Arc<[u64]>,
}

/// From a node along one byte, adding what the step is worth.
fn step<'f>(fst: &'f Fst<Vec<u8>>, node: Node<'f>, byte: u8, sum: &mut u64) -> Option<Node<'f>> {
    let step = node.transition(node.find_input(byte)?);
    *sum += step.out.value();
    Some(fst.node(step.addr))
}

impl PhraseMap {
    fn new(bytes: Vec<u8>, entries: Arc<[u64]>) -> PhraseMap {
        // The bytes come from a builder; an empty map stands in for bytes of another origin.
        let map = fst::Map::new(bytes).unwrap_or_else(|_| fst::Map::default());
        PhraseMap { map, entries }
    }

    fn list(&self, value: u64) -> &[u64] {
        let from = (value >> 8) as usize;
        &self.entries[from..from + (value & 255) as usize]
    }

    /// The entries of one key.
    pub fn get(&self, key: &str) -> &[u64] {
        self.map.get(key).map_or(&[], |value| self.list(value))
    }

    /// Calls `found(number of words, entries)` for each phrase that begins with the first of `words`, shortest first.
    pub fn walk<'a, 'w>(&'a self, words: impl Iterator<Item = &'w str>, mut found: impl FnMut(usize, &'a [u64])) {
        let fst = self.map.as_fst();
        let mut node = fst.root();
        let mut sum = 0u64;
        for (count, word) in words.enumerate() {
            let space = (count > 0).then_some(b' ');
            for byte in space.into_iter().chain(word.bytes()) {
                match step(fst, node, byte, &mut sum) {
                    Some(next) => node = next,
                    None => return,
                }
            }
            if node.is_final() {
                found(count + 1, self.list(sum + node.final_output().value()));
            }
        }
    }

    /// The longest key that `word` ends with when both are spelt backwards, but not all of it: (bytes, entries).
    pub fn ending(&self, word: &str) -> Option<(usize, &[u64])> {
        let fst = self.map.as_fst();
        let mut node = fst.root();
        let (mut sum, mut used, mut best) = (0u64, 0, None);
        for c in word.chars().rev() {
            let mut buffer = [0u8; 4];
            for byte in c.encode_utf8(&mut buffer).bytes() {
                match step(fst, node, byte, &mut sum) {
                    Some(next) => node = next,
                    None => return best.map(|(n, v)| (n, self.list(v))),
                }
            }
            used += c.len_utf8();
            if node.is_final() && used < word.len() {
                best = Some((used, sum + node.final_output().value()));
            }
        }
        best.map(|(n, v)| (n, self.list(v)))
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
        let entries: Arc<[u64]> = entries.into();
        Language {
            tables,
            phrases: PhraseMap::new(phrases, entries.clone()),
            endings: PhraseMap::new(endings, entries),
            names: PhraseMap::new(parts.names.names, parts.names.entries.into()),
            labels: parts.names.labels,
        }
    }

    /// The phrases that begin at the first of `tokens`: (how many tokens, entries), shortest first.
    pub fn phrases<'a>(
        &'a self,
        tokens: &'a [Token],
        norms: &'a str,
        mut found: impl FnMut(usize, &mut dyn Iterator<Item = Entry>),
    ) {
        self.phrases.walk(tokens.iter().map(|t| t.norm(norms)), |count, list| {
            found(count, &mut list.iter().map(|bits| Entry::from_bits(*bits)));
        });
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
