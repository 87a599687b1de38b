//! Stretches that stand twice: the same run of eight words or more, over whole units.

use super::passages::Page;
use super::words::{HashMap, Word};
use crate::model::PassageKind;

/// Shortest run that counts as the same words again.
const RUN: usize = 8;
/// Multiplier of the rolling hash; odd.
const BASE: u64 = 0x9E37_79B9_7F4A_7C15;

/// Marks body units all of whose words stand in runs that stood earlier in the title or the body. A unit that only
/// shares a long name or a phrase with an earlier one is left alone.
pub(super) fn find(page: &mut Page<'_>, headline: &[Word]) {
    let body: Vec<usize> = (0..page.words.len()).filter(|i| page.kinds[*i] == PassageKind::Body).collect();
    let hashes: Vec<u64> = headline.iter().map(|w| w.hash).chain(body.iter().map(|i| page.words[*i].hash)).collect();
    let mut again = vec![false; hashes.len()];
    if hashes.len() >= 2 * RUN {
        let leading = (1..RUN).fold(1u64, |p, _| p.wrapping_mul(BASE));
        let mut rolling = hashes[..RUN].iter().fold(0u64, |h, w| h.wrapping_mul(BASE).wrapping_add(*w));
        let mut seen: HashMap<u32> = HashMap::with_capacity_and_hasher(hashes.len(), Default::default());
        for at in 0..=hashes.len() - RUN {
            if at > 0 {
                let dropped = hashes[at - 1].wrapping_mul(leading);
                rolling = rolling.wrapping_sub(dropped).wrapping_mul(BASE).wrapping_add(hashes[at + RUN - 1]);
            }
            // A run across the end of the title is none.
            if at < headline.len() && at + RUN > headline.len() {
                continue;
            }
            match seen.get(&rolling) {
                Some(first) => {
                    let first = *first as usize;
                    if first + RUN <= at && hashes[first..first + RUN] == hashes[at..at + RUN] {
                        again[at..at + RUN].fill(true);
                    }
                }
                None => {
                    seen.insert(rolling, at as u32);
                }
            }
        }
    }
    let again = &again[headline.len()..];
    let mut at = 0;
    while at < body.len() {
        let mut end = at + 1;
        while end < body.len() && body[end] == body[end - 1] + 1 && !page.words[body[end]].opens {
            end += 1;
        }
        if again[at..end].iter().all(|a| *a) {
            page.set(body[at]..body[end - 1] + 1, PassageKind::Repeated);
        }
        at = end;
    }
}
