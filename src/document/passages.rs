//! A text divided into passages: what is article, what is the page around it, who speaks, in which language.
//!
//! Every word gets a kind; neighbours of one kind are a passage. In the order of the steps below a later one leaves
//! alone what an earlier one has settled. All steps look at a bounded stretch around each word, so that the whole is
//! linear in the text.

use super::noise::{Languages, Noise};
use super::phrases::Match;
use super::words::{Word, division, words};
use super::{language, posts, repeats};
use crate::model::{Passage, PassageKind};
use std::ops::Range;

/// How far back the beginning of a unit is looked for, in words.
const LONGEST: usize = 30;
/// How far ahead its end is looked for: every step looks at a bounded stretch, so that the whole stays linear.
const FARTHEST: usize = 100;

/// The passages of `full` (title, blank line, body), in order, without overlap. Together they cover all but white
/// space. `body` are the words of the body, `marks` kinds that the source's markup gives to stretches of `full`.
pub(super) fn divide(
    full: &str,
    title: usize,
    body: Vec<Word>,
    language: &str,
    languages: &Languages,
    marks: &[(Range<usize>, PassageKind)],
) -> Vec<Passage> {
    let Some(noise) = languages.get(language) else { return Vec::new() };
    let headline = words(full, 0, title);
    let mut page = Page::new(full, title + 2, body, noise);
    page.mark_up(marks);
    page.signature();
    page.sentences();
    page.headlines(&headline);
    posts::find(&mut page, languages);
    page.labels();
    page.times();
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
    pub candidates: Vec<(usize, Match)>,
}

impl<'a> Page<'a> {
    fn new(text: &'a str, start: usize, words: Vec<Word>, noise: &'a Noise) -> Page<'a> {
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

    /// The word after the unit that word `at` is in; looks ahead [`FARTHEST`] words at most.
    pub(super) fn unit_end(&self, at: usize) -> usize {
        let most = (at + FARTHEST).min(self.words.len());
        (at + 1..most).find(|i| self.words[*i].opens).unwrap_or(most)
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

    /// The language of a stretch if it is plainly not the document's: the detector says so, and function words agree.
    /// Unless `sure` is asked for, the absence of the document's own function words is agreement enough.
    pub(super) fn other_language<'l>(
        &self,
        range: Range<usize>,
        languages: &'l Languages,
        sure: bool,
    ) -> Option<&'l str> {
        if range.len() < 3 {
            return None;
        }
        // Words alone, without those of addresses: signs and emoji mislead the detector.
        let glued = |i: usize| matches!(self.gap(i), "." | "/");
        let text: Vec<&str> = range
            .clone()
            .filter(|i| !glued(*i) && !glued(*i + 1))
            .map(|i| &self.text[self.words[i].start..self.words[i].end])
            .collect();
        let (code, _) = language::detect(&text.join(" "));
        if code == self.noise.code {
            return None;
        }
        let count = |noise: &Noise| self.words[range.clone()].iter().filter(|w| noise.common.contains(&w.hash)).count();
        let own = count(self.noise);
        if let Some(other) = languages.get(code) {
            let others = count(other);
            let agree = if sure { others > own && others >= 2 } else { others > own || own == 0 };
            return agree.then_some(other.code.as_str());
        }
        // A language that is not read here is a bad guess for a few words; function words alone decide.
        let best = languages.iter().map(|n| (count(n), n)).rev().max_by_key(|(c, _)| *c)?;
        (!sure && best.0 > own).then_some(best.1.code.as_str())
    }

    /// Sentences of the body in another language than the document.
    fn languages(&mut self, languages: &'a Languages) {
        let mut at = 0;
        while at < self.words.len() {
            let mut end = at + 1;
            while end < self.words.len() && !self.words[end].opens && self.kinds[end] == self.kinds[at] {
                end += 1;
            }
            // A sentence with its share of the document's own function words needs no detector.
            let own = self.words[at..end].iter().filter(|w| self.noise.common.contains(&w.hash)).count();
            if end - at >= 8
                && own * 4 < end - at
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
