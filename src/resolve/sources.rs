//! Who says something independently of whom, and how sure that makes it.

use crate::lexicon::fold;
use crate::model::{ClaimsDocument, Percent};
use std::collections::{BTreeMap, BTreeSet};

/// How many of a text's fingerprints are kept; the smallest ones, so that two texts keep the same ones of what they share.
const SKETCH: usize = 64;
/// Words in one fingerprint.
const SHINGLE: usize = 4;

/// What tells independent documents apart: their publisher, and the family of near-duplicates that their text is of.
pub(super) struct Families {
    publisher: Vec<Option<String>>,
    family: Vec<usize>,
}

impl Families {
    /// Of documents in canonical order. Texts are near-duplicates when half of the smaller one's fingerprints are the
    /// other's too.
    pub fn new(docs: &[&ClaimsDocument]) -> Families {
        let sketches: Vec<Vec<u64>> =
            docs.iter().map(|d| sketch(d.document.text.as_deref().unwrap_or_default())).collect();
        let mut holders: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
        for (i, sketch) in sketches.iter().enumerate() {
            for print in sketch {
                holders.entry(*print).or_default().push(i);
            }
        }
        let mut shared: BTreeMap<(usize, usize), usize> = BTreeMap::new();
        for same in holders.values() {
            // Of what very many texts share (a site's own lines) the first few are enough to find the pairs.
            for (n, a) in same.iter().take(50).enumerate() {
                for b in &same[n + 1..same.len().min(50)] {
                    *shared.entry((*a, *b)).or_default() += 1;
                }
            }
        }
        let mut family: Vec<usize> = (0..docs.len()).collect();
        for ((a, b), count) in shared {
            if count * 2 >= sketches[a].len().min(sketches[b].len()).max(4) {
                let (a, b) = (root(&family, a), root(&family, b));
                family[a.max(b)] = a.min(b);
            }
        }
        let family = (0..docs.len()).map(|i| root(&family, i)).collect();
        Families { publisher: docs.iter().map(|d| publisher(d)).collect(), family }
    }

    /// What tells some documents' voices apart, among each other: the first of them with a text so alike, and the publisher.
    pub fn labels(&self, docs: &[usize]) -> Vec<(usize, Option<&str>)> {
        let mut first: BTreeMap<usize, usize> = BTreeMap::new();
        let label =
            |(n, doc): (usize, &usize)| (*first.entry(self.family[*doc]).or_insert(n), self.publisher[*doc].as_deref());
        docs.iter().enumerate().map(label).collect()
    }

    /// Groups documents (indices) that are one voice: of one publisher or near-duplicates of each other.
    pub fn voices(&self, docs: &BTreeSet<usize>) -> Vec<BTreeSet<usize>> {
        let docs: Vec<usize> = docs.iter().copied().collect();
        let mut home: Vec<usize> = (0..docs.len()).collect();
        let (mut families, mut publishers) = (BTreeMap::new(), BTreeMap::new());
        for (i, doc) in docs.iter().enumerate() {
            let family = *families.entry(self.family[*doc]).or_insert(i);
            let publisher = self.publisher[*doc].as_deref().map_or(i, |p| *publishers.entry(p).or_insert(i));
            for other in [family, publisher] {
                let (a, b) = (root(&home, other), root(&home, i));
                home[a.max(b)] = a.min(b);
            }
        }
        let mut voices: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
        for (i, doc) in docs.iter().enumerate() {
            voices.entry(root(&home, i)).or_default().insert(*doc);
        }
        voices.into_values().collect()
    }
}

fn root(family: &[usize], mut i: usize) -> usize {
    while family[i] != i {
        i = family[i];
    }
    i
}

/// The publisher, else the host of the URL, for comparing.
fn publisher(doc: &ClaimsDocument) -> Option<String> {
    let meta = &doc.document.meta;
    let host = || meta.url.as_deref()?.split_once("://")?.1.split(['/', '?', '#']).next();
    meta.publisher.as_deref().or_else(host).map(fold).filter(|p| !p.is_empty())
}

/// The smallest fingerprints of a text's runs of words.
fn sketch(text: &str) -> Vec<u64> {
    let words: Vec<u64> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(fingerprint).collect();
    let prints: BTreeSet<u64> =
        words.windows(SHINGLE).map(|run| run.iter().fold(0, |h: u64, w| mix(h.rotate_left(17) ^ w))).collect();
    prints.into_iter().take(SKETCH).collect()
}

/// FNV-1a over the lower-case letters: the same on every machine.
fn fingerprint(word: &str) -> u64 {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for c in word.chars().flat_map(char::to_lowercase) {
        for byte in u32::from(c).to_le_bytes() {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    hash
}

/// Spreads the bits, so that the smallest fingerprints are no words in particular (the finalizer of SplitMix64).
fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// How much of what a further voice says counts, in percent: the first whole, each later one less, since publishers
/// read each other.
const WEIGHT: [u32; 6] = [100, 60, 40, 25, 15, 10];
/// No number of voices makes a fact surer than this.
const MOST: u8 = 99;

/// The confidence of a fact from the best confidence of each voice: what is left of doubt after each has spoken.
/// In hundredths of a percent on the way, doubt rounded up; whole percents in the end.
pub(super) fn combine(mut voices: Vec<Percent>) -> Percent {
    voices.sort_by(|a, b| b.cmp(a));
    let best = voices.first().map_or(0, |p| p.get());
    let mut doubt: u32 = 10_000;
    for (i, voice) in voices.iter().enumerate() {
        let weight = WEIGHT[i.min(WEIGHT.len() - 1)];
        let left = 10_000 - u32::from(voice.get()) * weight;
        doubt = (doubt * left).div_ceil(10_000);
    }
    let sure = u8::try_from((10_000 - doubt.min(10_000)) / 100).unwrap_or(0);
    Percent::new(sure.max(best).min(MOST.max(best)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn voices_add_and_never_pass_the_limit() {
        let of = |list: &[u8]| combine(list.iter().map(|p| Percent::new(*p)).collect()).get();
        assert_eq!(of(&[80]), 80);
        assert_eq!(of(&[80, 80]), 89);
        assert_eq!(of(&[50, 80]), of(&[80, 50]));
        assert_eq!(of(&[90; 40]), 99);
        assert_eq!(of(&[100]), 100);
        assert_eq!(of(&[]), 0);
    }
}
