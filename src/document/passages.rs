//! A text divided into passages: what is article, what is the page around it, who speaks, in which language.
//!
//! Every word gets a kind; neighbours of one kind are a passage. In the order of the steps below a later one leaves
//! alone what an earlier one has settled. All steps look at a bounded stretch around each word, so that the whole is
//! linear in the text.

use super::noise::{Languages, Match, Noise, Rule};
use super::words::{Word, division, words};
use super::{language, posts, repeats};
use crate::model::{Passage, PassageKind};
use std::ops::Range;

/// Longest sentence of chrome, in words; what is longer only seems to be one.
const LONGEST: usize = 30;

/// The passages of `full` (title, blank line, body), in order, without overlap. Together they cover all but white
/// space. `marks` are kinds that the source's markup gives to stretches of `full`.
pub(super) fn divide(
    full: &str,
    title: usize,
    language: &str,
    languages: &Languages,
    marks: &[(Range<usize>, PassageKind)],
) -> Vec<Passage> {
    let Some(noise) = languages.get(language) else { return Vec::new() };
    let headline = words(full, 0, title);
    let mut page = Page::new(full, title + 2, noise);
    page.mark_up(marks);
    page.sentences();
    page.headlines(&headline);
    posts::find(&mut page, languages);
    page.labels();
    page.fill();
    repeats::find(&mut page, &headline);
    page.languages(languages);
    let mut passages = Vec::new();
    let trimmed = trim(full, 0..title);
    if !trimmed.is_empty() {
        passages.push(Passage {
            bytes: trimmed,
            language: language.to_string(),
            kind: PassageKind::Headline,
            author: None,
        });
    }
    page.collect(&mut passages);
    passages
}

/// A range without the white space at its ends.
fn trim(text: &str, range: Range<usize>) -> Range<usize> {
    let part = &text[range.clone()];
    let start = range.start + (part.len() - part.trim_start().len());
    start..start + part.trim().len()
}

/// The body of a document while its words get their kinds.
pub(super) struct Page<'a> {
    pub text: &'a str,
    pub start: usize,
    pub noise: &'a Noise,
    pub words: Vec<Word>,
    pub kinds: Vec<PassageKind>,
    /// Per word: which of [`Page::posts`] it belongs to, plus one.
    pub post: Vec<u32>,
    /// Author and language of embedded posts.
    pub posts: Vec<(Option<String>, Option<String>)>,
    /// Per word: the language, where it is not the document's.
    foreign: Vec<Option<&'a str>>,
    /// Phrases that count only beside other chrome.
    candidates: Vec<(usize, Match)>,
}

impl<'a> Page<'a> {
    fn new(text: &'a str, start: usize, noise: &'a Noise) -> Page<'a> {
        let words = words(text, start, text.len());
        let n = words.len();
        Page {
            text,
            start,
            noise,
            words,
            kinds: vec![PassageKind::Body; n],
            post: vec![0; n],
            posts: Vec::new(),
            foreign: vec![None; n],
            candidates: Vec::new(),
        }
    }

    /// Whether word `at` begins the body or follows a blank line.
    pub(super) fn begins_paragraph(&self, at: usize) -> bool {
        at == 0 || self.words.get(at).is_none_or(|w| w.paragraph)
    }

    /// The first word of the unit that word `at` is in; looks back [`LONGEST`] words at most.
    pub(super) fn unit_start(&self, at: usize) -> usize {
        let least = at.saturating_sub(LONGEST);
        (least..=at).rev().find(|i| self.words[*i].opens).unwrap_or(at)
    }

    /// The word after the unit that word `at` is in.
    pub(super) fn unit_end(&self, at: usize) -> usize {
        (at + 1..self.words.len()).find(|i| self.words[*i].opens).unwrap_or(self.words.len())
    }

    /// What stands between word `at - 1` and word `at`.
    pub(super) fn gap(&self, at: usize) -> &'a str {
        let from = if at == 0 { self.start } else { self.words[at - 1].end };
        let to = self.words.get(at).map_or(self.text.len(), |w| w.start);
        &self.text[from..to]
    }

    /// Gives body words a kind; what has one keeps it.
    pub(super) fn set(&mut self, range: Range<usize>, kind: PassageKind) {
        for i in range {
            if self.kinds[i] == PassageKind::Body {
                self.kinds[i] = kind;
            }
        }
    }

    fn mark_up(&mut self, marks: &[(Range<usize>, PassageKind)]) {
        for (bytes, kind) in marks {
            let from = self.words.partition_point(|w| w.start < bytes.start);
            let to = self.words.partition_point(|w| w.start < bytes.end);
            self.set(from..to, *kind);
        }
    }

    /// Phrases that stand for themselves; the others are kept as candidates.
    fn sentences(&mut self) {
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
                    _ => self.tail(at, found.end),
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
                let end = self.date_end(found.end);
                self.set(at..end, PassageKind::Chrome);
                end
            }
            Rule::Sentence => {
                self.set(at..found.end, PassageKind::Chrome);
                found.end
            }
            Rule::Label | Rule::Byline => {
                let end = found.end;
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
            if k == self.words.len() || self.words[k].opens && k > start || k > from && self.turns(from, k) {
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

    /// Whether a new sentence seems to begin at word `k` of a text without end marks: a function word in capitals
    /// that no function word leads up to, an opening quotation mark, or (where nouns have no capitals) a capital
    /// after a small letter.
    fn turns(&self, from: usize, k: usize) -> bool {
        let (word, before) = (&self.words[k], &self.words[k - 1]);
        let gap = self.gap(k);
        if gap.ends_with(['"', '“', '«', '[']) && gap.starts_with(' ') {
            return true;
        }
        if !word.upper || gap != " " || self.noise.common.contains(&before.hash) || k < from + 2 {
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
        let credit = self.noise.credit(&self.words, found.end);
        if credit > found.end {
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

    /// The end of a date, a time or a count that begins at word `from`; `from` where there is none.
    pub(super) fn date_end(&self, from: usize) -> usize {
        let (mut end, mut idle) = (from, 0);
        for k in from..(from + 16).min(self.words.len()) {
            let word = &self.words[k];
            if k > from && word.paragraph {
                break;
            }
            if word.number || self.noise.months.contains(&word.hash) {
                end = k + 1;
                idle = 0;
            } else if idle == 2 || word.end - word.start > 9 || k > from && word.opens && word.upper {
                break;
            } else {
                idle += 1;
            }
        }
        end
    }

    /// The title where the page repeats it above the text.
    fn headlines(&mut self, headline: &[Word]) {
        if headline.len() < 4 {
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
    fn labels(&mut self) {
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
            let long = candidates[n..=last].iter().any(|(at, m)| m.rule == Rule::Label && m.end - at >= 3);
            let run = last > n;
            let sure = match byline {
                // A byline is short, and nothing but chrome follows.
                true => end - start <= LONGEST && (right || left && run) && (left || self.words[start].opens || run),
                false => run || long || left && right,
            };
            if sure {
                self.set(start..end, PassageKind::Chrome);
            }
            n = last + 1;
        }
    }

    /// A few words between chrome and chrome are chrome: menu entries, tickers, the site's name.
    fn fill(&mut self) {
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
            let beside = chrome(at.checked_sub(1)) || chrome(Some(end)) || edges == 2;
            let inside = !self.words[at].paragraph && self.words.get(end).is_none_or(|w| !w.paragraph || w.edge);
            if count <= 3 && !sentence && beside && inside && self.chrome_before(at) && self.chrome_after(end) {
                self.set(at..end, PassageKind::Chrome);
            }
            at = end;
        }
    }

    /// The language of a stretch if it is plainly not the document's: the detector says so, and function words agree.
    pub(super) fn other_language<'l>(
        &self,
        range: Range<usize>,
        languages: &'l Languages,
        sure: bool,
    ) -> Option<&'l str> {
        let bytes = self.words.get(range.start)?.start..self.words.get(range.end.checked_sub(1)?)?.end;
        let (code, _) = language::detect(&self.text[bytes]);
        let other = languages.get(code).filter(|n| n.code != self.noise.code)?;
        let count = |noise: &Noise| self.words[range.clone()].iter().filter(|w| noise.common.contains(&w.hash)).count();
        let (own, others) = (count(self.noise), count(other));
        let agree = if sure { others > own && others >= 2 } else { others > own || own == 0 };
        agree.then_some(other.code.as_str())
    }

    /// Sentences of the body in another language than the document.
    fn languages(&mut self, languages: &'a Languages) {
        let mut at = 0;
        while at < self.words.len() {
            let mut end = at + 1;
            while end < self.words.len() && !self.words[end].opens && self.kinds[end] == self.kinds[at] {
                end += 1;
            }
            if end - at >= 8
                && self.kinds[at] != PassageKind::Quotation
                && let Some(code) = self.other_language(at..end, languages, true)
            {
                self.foreign[at..end].fill(Some(code));
            }
            at = end;
        }
    }

    /// The passages, and those of paragraphs without words (rules, emoji), which are chrome.
    fn collect(self, passages: &mut Vec<Passage>) {
        let body = self.text.len();
        let language = |at: usize| -> String {
            let post = (self.post[at] as usize).checked_sub(1).and_then(|p| self.posts[p].1.clone());
            post.or_else(|| self.foreign[at].map(str::to_string)).unwrap_or_else(|| self.noise.code.clone())
        };
        let mut push = |bytes: Range<usize>, at: usize| {
            let bytes = trim(self.text, bytes);
            if !bytes.is_empty() {
                let author = (self.post[at] as usize).checked_sub(1).and_then(|p| self.posts[p].0.clone());
                passages.push(Passage { bytes, language: language(at), kind: self.kinds[at], author });
            }
        };
        if self.words.is_empty() {
            let bytes = trim(self.text, self.start..body);
            if !bytes.is_empty() {
                let language = self.noise.code.clone();
                passages.push(Passage { bytes, language, kind: PassageKind::Chrome, author: None });
            }
            return;
        }
        let (mut from, mut first) = (self.start, 0);
        for at in 1..self.words.len() {
            let same = self.kinds[at] == self.kinds[at - 1]
                && self.post[at] == self.post[at - 1]
                && self.foreign[at] == self.foreign[at - 1];
            if !same || self.words[at].paragraph {
                let cut = division(self.text, &self.words[at - 1], &self.words[at]);
                push(from..cut, first);
                (from, first) = (cut, at);
            }
        }
        push(from..body, first);
    }
}
