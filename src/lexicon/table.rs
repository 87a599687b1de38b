//! Phrases to lists of entries, read where they lie: nothing is built at start-up, and a look-up costs a word one hash
//! and some two comparisons, where a finite-state map pays for each of its letters. Shared with the build script.
//!
//! A table is a number of bits (u32), then for each value of a hash's first bits where its slots begin (u32), then the
//! slots in order of their hashes: 40 bits of the hash, 24 bits of the offset of the list. All little-endian. Keys are
//! not kept: of a million unknown words one in some 10^10 is taken for a known one.

use std::collections::BTreeMap;
use std::sync::Arc;

/// Bits of a hash that a slot keeps; the first ones are known by the place.
const KEPT: u32 = 40;

fn mix(x: u64) -> u64 {
    let x = x.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    x ^ x >> 32
}

/// The hash of one word, the same on every machine.
pub fn hash(word: &str) -> u64 {
    word.as_bytes().chunks(8).fold(word.len() as u64, |hash, chunk| {
        let mut bytes = [0; 8];
        bytes[..chunk.len()].copy_from_slice(chunk);
        mix(hash ^ u64::from_le_bytes(bytes))
    })
}

/// The hash of a phrase that goes on with one more word (or letter).
pub fn join(phrase: u64, next: u64) -> u64 {
    mix(phrase.rotate_left(29) ^ next)
}

/// The hash of words divided by one space.
pub fn phrase(text: &str) -> u64 {
    beginnings(text).last().unwrap_or_default()
}

/// The hashes of a phrase's first word, its first two, and so on to all of it.
fn beginnings(text: &str) -> impl Iterator<Item = u64> + '_ {
    text.split(' ').map(hash).scan(None, |before, word| {
        let hash = before.map_or(word, |b| join(b, word));
        *before = Some(hash);
        Some(hash)
    })
}

/// The hashes of the last letter, the last two, and so on, each with its length in bytes.
pub fn endings(word: &str) -> impl Iterator<Item = (usize, u64)> + '_ {
    word.chars().rev().scan((0, 0), |(bytes, hash), c| {
        *bytes += c.len_utf8();
        *hash = join(*hash, u64::from(c));
        Some((*bytes, *hash))
    })
}

/// Lists, each behind its length; equal ones are kept once. The one at 0 is empty.
pub struct Lists {
    all: Vec<u64>,
    known: BTreeMap<Vec<u64>, u64>,
}

impl Default for Lists {
    fn default() -> Lists {
        Lists { all: vec![0], known: BTreeMap::from([(Vec::new(), 0)]) }
    }
}

impl Lists {
    fn put(&mut self, list: &[u64]) -> u64 {
        if let Some(at) = self.known.get(list) {
            return *at;
        }
        let at = self.all.len() as u64;
        self.all.push(list.len() as u64);
        self.all.extend(list);
        self.known.insert(list.to_vec(), at);
        at
    }

    /// The table of some phrases.
    pub fn phrases<'k>(&mut self, lists: impl Iterator<Item = (&'k str, Vec<u64>)>) -> Vec<u8> {
        let mut slots = BTreeMap::new();
        for (key, list) in lists {
            for hash in beginnings(key) {
                slots.entry(hash).or_insert(0);
            }
            slots.insert(phrase(key), self.put(&list));
        }
        table(&slots)
    }

    /// The table of some words by which others end.
    pub fn endings<'k>(&mut self, lists: impl Iterator<Item = (&'k str, Vec<u64>)>) -> Vec<u8> {
        let last = |word: &str| endings(word).last().map_or(0, |(_, hash)| hash);
        let slots = lists.map(|(key, list)| (last(key), self.put(&list))).collect();
        table(&slots)
    }

    /// All lists as bytes.
    pub fn bytes(&self) -> Vec<u8> {
        self.all.iter().flat_map(|n| n.to_le_bytes()).collect()
    }
}

/// The bytes of a table from its hashes and offsets.
fn table(slots: &BTreeMap<u64, u64>) -> Vec<u8> {
    let bits = (slots.len() / 2).max(2).next_power_of_two().ilog2();
    let mut out = bits.to_le_bytes().to_vec();
    let (mut hashes, mut before) = (slots.keys().peekable(), 0_u32);
    for first in 0..=1_u64 << bits {
        while hashes.next_if(|hash| **hash >> (u64::BITS - bits) < first).is_some() {
            before += 1;
        }
        out.extend(before.to_le_bytes());
    }
    for (hash, offset) in slots {
        out.extend((hash << (u64::BITS - KEPT) | offset).to_le_bytes());
    }
    out
}

/// A table with its lists.
pub struct Table<B> {
    bytes: B,
    /// Of the hash's first bits, and where the slots begin in the bytes; `None` for a table of nothing.
    layout: Option<(u32, usize)>,
}

impl<B: AsRef<[u8]>> Table<B> {
    /// From the bytes that [`Lists`] gave.
    pub fn new(bytes: B) -> Table<B> {
        let bits = four(bytes.as_ref(), 0).filter(|bits| (1..=32).contains(bits));
        Table { layout: bits.map(|bits| (bits, 8 + 4 * (1 << bits))), bytes }
    }

    /// The offset of the list of the phrase with that hash; 0 where longer phrases begin with it and it is none itself.
    pub fn find(&self, hash: u64) -> Option<usize> {
        let bytes = self.bytes.as_ref();
        let (bits, slots) = self.layout?;
        let place = 4 + 4 * (hash >> (u64::BITS - bits)) as usize;
        let (from, to) = (four(bytes, place)? as usize, four(bytes, place + 4)? as usize);
        let wanted = hash << (u64::BITS - KEPT) >> (u64::BITS - KEPT);
        bytes
            .get(slots + 8 * from..slots + 8 * to)?
            .chunks_exact(8)
            .map(eight)
            .find_map(|slot| (slot >> (u64::BITS - KEPT) == wanted).then_some((slot << KEPT >> KEPT) as usize))
    }
}

fn four(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at + 4)?.try_into().ok().map(u32::from_le_bytes)
}

fn eight(bytes: &[u8]) -> u64 {
    bytes.try_into().map_or(0, u64::from_le_bytes)
}

/// The lists from their bytes.
pub fn lists(bytes: &[u8]) -> Arc<[u64]> {
    bytes.chunks_exact(8).map(eight).collect()
}

/// The list at an offset that [`Table::find`] gave.
pub fn list(lists: &[u64], at: usize) -> &[u64] {
    let length = lists.get(at).copied().unwrap_or(0) as usize;
    lists.get(at + 1..at + 1 + length).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_was_put_in_and_nothing_else() {
        let words: Vec<String> = (0..5_000).map(|n| format!("word{n} of a phrase{}", n % 7)).collect();
        let mut all = Lists::default();
        let bytes = all.phrases(words.iter().enumerate().map(|(n, w)| (w.as_str(), vec![n as u64 % 10, 3])));
        let (table, lists) = (Table::new(bytes), lists(&all.bytes()));
        for (n, word) in words.iter().enumerate() {
            assert_eq!(list(&lists, table.find(phrase(word)).unwrap()), [n as u64 % 10, 3]);
            assert_eq!(table.find(phrase(&word[..word.len() - 8])), Some(0), "a beginning is no phrase");
            assert_eq!(table.find(phrase(&format!("{word} more"))), None);
        }
        assert_eq!(lists.len(), 1 + 10 * 3, "equal lists are kept once");
    }

    #[test]
    fn an_empty_table_knows_nothing() {
        assert_eq!(Table::new(Vec::new()).find(hash("a")), None);
        assert_eq!(Table::new(Lists::default().phrases(std::iter::empty())).find(hash("a")), None);
    }

    #[test]
    fn endings_are_hashed_from_behind() {
        let found: Vec<(usize, u64)> = endings("grünbörse").collect();
        assert_eq!(endings("börse").last(), found.iter().copied().find(|(n, _)| *n == "börse".len()));
    }
}
