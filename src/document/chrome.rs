//! What of a body is not article: chrome, captions, the title again. Steps over a [`Page`], in the order in which
//! [`super::passages::divide`] calls them.

use super::passages::Page;
use super::phrases::{Match, Rule};
use super::words::Word;
use crate::model::PassageKind;

/// Longest sentence of chrome, in words; what is longer only seems to be one.
const LONGEST: usize = 30;
/// Longest title of another article, in words.
const LONGEST_TITLE: usize = 16;

impl Page<'_> {
    /// A last paragraph in brackets says who wrote and edited.
    pub(super) fn signature(&mut self) {
        let Some(start) = (0..self.words.len()).rev().take(LONGEST).find(|i| self.words[*i].paragraph) else { return };
        let end = self.words.len();
        if self.gap(start).ends_with('(') && self.gap(end).trim_end().ends_with(')') {
            self.set(start..end, PassageKind::Chrome);
        }
    }

    /// Phrases that stand for themselves; the others are kept as candidates.
    pub(super) fn sentences(&mut self) {
        let mut at = 0;
        let mut paragraph = 0;
        while at < self.words.len() {
            if self.words[at].paragraph {
                paragraph = at;
            }
            let word = &self.words[at];
            let eligible = word.opens || word.upper || word.number;
            let found = if eligible { self.noise.find(self.text, &self.words, at) } else { None };
            // Phrases that say what a sentence is may stand anywhere in it.
            let found = found.or_else(|| {
                if eligible {
                    None
                } else {
                    self.noise.find(self.text, &self.words, at).filter(|m| m.rule == Rule::Within)
                }
            });
            let Some(found) = found else {
                at += 1;
                continue;
            };
            at = self.apply(at, paragraph, found).max(at + 1);
        }
    }

    /// Applies a phrase at word `at`; gives the word to go on with.
    fn apply(&mut self, at: usize, paragraph: usize, found: Match) -> usize {
        match found.rule {
            Rule::Opens => {
                let whole = self.paragraph_end_within(paragraph, LONGEST);
                let end = match whole {
                    // A short paragraph that begins like chrome is chrome to its end.
                    Some(end) if at == paragraph && (paragraph > 0 || end < self.words.len()) => end,
                    _ => self.listed(at, found.end),
                };
                self.set(at..end, PassageKind::Chrome);
                end
            }
            Rule::Within => {
                let (start, end) = (self.unit_start(at), self.unit_end(found.end - 1));
                if end - start <= LONGEST && (self.words[start].opens) {
                    self.set(start..end, PassageKind::Chrome);
                    return end;
                }
                found.end
            }
            Rule::Caption => self.caption(at, &found),
            Rule::Stamp => {
                let Some(end) = self.noise.stamp_end(self.text, &self.words, found.end) else {
                    let end = found.end;
                    self.candidates.push((at, Match { rule: Rule::Label, ..found }));
                    return end;
                };
                self.set(at..end, PassageKind::Chrome);
                end
            }
            Rule::Sentence => {
                self.set(at..found.end, PassageKind::Chrome);
                found.end
            }
            Rule::Label | Rule::Byline => {
                let end = found.end;
                if found.rule == Rule::Label && end - at >= 3 {
                    self.set(at..end, PassageKind::Chrome);
                    return end;
                }
                self.candidates.push((at, found));
                end
            }
        }
    }

    fn paragraph_end_within(&self, paragraph: usize, most: usize) -> Option<usize> {
        let last = (paragraph + most + 1).min(self.words.len());
        let end = (paragraph + 1..last).find(|i| self.words[*i].paragraph);
        end.or_else(|| (last == self.words.len()).then_some(last))
    }

    /// The end of what a phrase opens: the end of its unit, the next phrase, or where the title of another article
    /// seems to be over. If none is near, the phrase alone.
    fn tail(&self, start: usize, from: usize) -> usize {
        for k in from..(from + LONGEST).min(self.words.len() + 1) {
            // The sign of an entry may stand between the phrase and the title: "Read also >> …".
            let entry =
                k == from && k < self.words.len() && matches!(self.gap(k).trim(), ">>" | "›" | "»" | "▶" | "►" | "➜");
            if k == self.words.len() || self.words[k].opens && k > start && !entry {
                // A long sentence without a turn is more likely one of the article's that the phrase was glued to.
                return if k - from > LONGEST_TITLE { from } else { k };
            }
            if k > from && self.turns(from, k) {
                return k;
            }
            if k > from && self.words[k].upper {
                let phrase = self.noise.find(self.text, &self.words, k);
                if phrase.is_some_and(|m| m.rule != Rule::Within && (m.rule != Rule::Label || m.end > k + 1)) {
                    return k;
                }
            }
        }
        from
    }

    /// [`Page::tail`], through a numbered list (1. … 2. …) if one follows.
    fn listed(&self, start: usize, from: usize) -> usize {
        let mut k = from;
        let item = |k: usize| self.words.get(k).is_some_and(|w| w.number) && self.gap(k + 1).starts_with('.');
        if !item(k) {
            return self.tail(start, from);
        }
        for _ in 0..10 {
            let last = (k + 1 + LONGEST_TITLE).min(self.words.len());
            match (k + 1..last).find(|i| item(*i)) {
                Some(next) => k = next,
                None => break,
            }
        }
        let end = self.tail(k + 1, k + 1);
        if end == k + 1 { self.unit_end(k + 1).min(k + 2) } else { end }
    }

    /// Whether a new sentence seems to begin at word `k` of a text without end marks: a function word in capitals
    /// that no function word leads up to, an opening quotation mark, or (where nouns have no capitals) a capital
    /// after a small letter.
    fn turns(&self, from: usize, k: usize) -> bool {
        let (word, before) = (&self.words[k], &self.words[k - 1]);
        let gap = self.gap(k);
        if gap.ends_with(['"', '“', '«', '[']) && gap.starts_with(' ') {
            return true;
        }
        if !word.upper || gap != " " || self.noise.leading.contains(&before.hash) || k < from + 2 {
            return false;
        }
        if self.noise.common.contains(&word.hash) {
            return true;
        }
        let small = before.number || !before.upper;
        !self.noise.nouns && !word.capitals && small && k >= from + 3 && !self.noise.neutral.contains(&word.hash)
    }

    /// A caption from its marker, with what is credited in front of it. Gives the word to go on with.
    fn caption(&mut self, at: usize, found: &Match) -> usize {
        let gap = self.gap(at);
        if gap.ends_with(['[', '(']) {
            let close = if gap.ends_with('[') { ']' } else { ')' };
            let limit = (at + 2 * LONGEST).min(self.words.len());
            if let Some(end) = (at + 1..=limit).find(|k| self.gap(*k).contains(close)) {
                self.set(at..end, PassageKind::Caption);
                return end;
            }
        }
        if self.words[at].end - self.words[at].start == '©'.len_utf8()
            && self.gap(at + 1).trim().is_empty()
            && found.end == at + 1
        {
            let end = (found.end + 1).min(self.words.len());
            self.set(at..end, PassageKind::Caption);
            return end;
        }
        let mut credit = self.noise.credit(&self.words, found.end);
        let itself = self.noise.credit(&self.words, found.end - 1) >= found.end;
        if itself && !self.gap(found.end).trim_start().starts_with(':') {
            credit = credit.max(found.end);
        }
        if credit > found.end || itself && credit == found.end && !self.gap(found.end).trim_start().starts_with(':') {
            // What a credit ends is the caption before it, if that is a short unit of its own.
            if at > 0 && self.words[at].opens && !self.words[at].paragraph {
                let start = self.unit_start(at - 1);
                if at - start <= 12 && self.words[start].opens && !self.gap(at).contains('\n') {
                    self.set(start..at, PassageKind::Caption);
                }
            }
            self.set(at..credit, PassageKind::Caption);
            return credit;
        }
        let mut end = self.tail(at, found.end);
        if end == found.end {
            end = (end + 1).min(self.words.len());
        }
        self.set(at..end, PassageKind::Caption);
        end
    }

    /// The title where the page repeats it above the text.
    pub(super) fn headlines(&mut self, headline: &[Word]) {
        // Fewer words may be a name; more are no headline.
        if !(4..=60).contains(&headline.len()) {
            return;
        }
        for at in 0..self.words.len().saturating_sub(headline.len() - 1) {
            let end = at + headline.len();
            let same = || self.words[at..end].iter().zip(headline).all(|(a, b)| a.hash == b.hash);
            let free = |kinds: &[PassageKind]| kinds.iter().all(|k| *k == PassageKind::Body);
            if self.words[at].upper && same() && free(&self.kinds[at..end]) {
                self.set(at..end, PassageKind::Repeated);
            }
        }
    }

    /// Whether something other than article stands before word `at`, or the body begins there.
    fn chrome_before(&self, at: usize) -> bool {
        at == 0 || self.words[at].edge || !matches!(self.kinds[at - 1], PassageKind::Body | PassageKind::Quotation)
    }

    fn chrome_after(&self, end: usize) -> bool {
        end == self.words.len()
            || self.words[end].edge
            || !matches!(self.kinds[end], PassageKind::Body | PassageKind::Quotation)
    }

    /// Labels and bylines beside each other or beside chrome.
    pub(super) fn labels(&mut self) {
        let candidates = std::mem::take(&mut self.candidates);
        let mut n = 0;
        while n < candidates.len() {
            let (start, _) = candidates[n];
            let mut last = n;
            while last + 1 < candidates.len()
                && candidates[last + 1].0 == candidates[last].1.end
                && !self.words[candidates[last + 1].0].paragraph
            {
                last += 1;
            }
            let end = candidates[last].1.end;
            let left = self.chrome_before(start) || self.begins_paragraph(start);
            let right = self.chrome_after(end) || self.begins_paragraph(end);
            let byline = candidates[n..=last].iter().any(|(_, m)| m.rule == Rule::Byline);
            let run = last > n;
            let sure = match byline {
                // A byline is short, and nothing but chrome follows.
                true => end - start <= LONGEST && (right || left && run) && (left || self.words[start].opens || run),
                false => run || left && right,
            };
            if sure {
                self.set(start..end, PassageKind::Chrome);
            }
            n = last + 1;
        }
    }

    /// A date with a time right behind chrome or before it is a time stamp.
    pub(super) fn times(&mut self) {
        for at in 0..self.words.len() {
            if self.kinds[at] != PassageKind::Body
                || !(at == 0 || self.kinds[at - 1] != PassageKind::Body || self.words[at].edge)
            {
                continue;
            }
            let mut end = self.noise.date_end(self.text, &self.words, at);
            if end == at || self.kinds[at..end].iter().any(|k| *k != PassageKind::Body) {
                continue;
            }
            let year = (at..end).any(|k| self.words[k].number && self.words[k].end - self.words[k].start == 4);
            let time = (at + 1..end).any(|k| self.words[k - 1].number && self.words[k].number && self.gap(k) == ":");
            if year && time && self.chrome_before(at) {
                while end < self.words.len() && self.noise.clock.contains(&self.words[end].hash) {
                    end += 1;
                }
                self.set(at..end, PassageKind::Chrome);
            }
        }
    }

    /// A few words between chrome and chrome are chrome: menu entries, tickers, the site's name.
    pub(super) fn fill(&mut self) {
        let mut at = 0;
        while at < self.words.len() {
            if self.kinds[at] != PassageKind::Body {
                at += 1;
                continue;
            }
            let mut end = at + 1;
            while end < self.words.len()
                && self.kinds[end] == PassageKind::Body
                && !self.words[end].edge
                && !self.words[end].paragraph
            {
                end += 1;
            }
            let count = self.words[at..end].iter().filter(|w| !w.number).count();
            let sentence = self.gap(end).starts_with(['.', '!', '?', '…']) && count > 0;
            let edges = [at, end].iter().filter(|i| self.words.get(**i).is_some_and(|w| w.edge)).count();
            let chrome =
                |i: Option<usize>| i.and_then(|i| self.kinds.get(i)).is_some_and(|k| *k == PassageKind::Chrome);
            let beside = chrome(at.checked_sub(1)) || chrome(Some(end)) || edges == 2 || count == 0 && edges > 0;
            let inside = !self.words[at].paragraph && self.words.get(end).is_none_or(|w| !w.paragraph || w.edge);
            if count <= 3 && !sentence && beside && inside && self.chrome_before(at) && self.chrome_after(end) {
                self.set(at..end, PassageKind::Chrome);
            }
            at = end;
        }
    }
}
