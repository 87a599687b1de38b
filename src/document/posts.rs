//! Embedded posts: somebody else's words with a handle (`@name`) before or after them.

use super::noise::Languages;
use super::passages::Page;
use crate::model::PassageKind;
use std::ops::Range;

/// Longest post in words, and longest author's name.
const LONGEST: usize = 80;
const LONGEST_NAME: usize = 6;

fn is_dash(c: char) -> bool {
    matches!(c, '—' | '–' | '-' | '―')
}

/// Marks posts as quotations with author and language, their attribution as chrome.
pub(super) fn find(page: &mut Page<'_>, languages: &Languages) {
    let mut done = 0;
    let mut from = page.start;
    while let Some(found) = page.text[from..].find('@').map(|i| from + i) {
        from = found + 1;
        let handle = page.text[from..]
            .find(|c: char| !(c.is_ascii_alphanumeric() || c == '_'))
            .map_or(page.text.len(), |i| from + i);
        // An address of mail, or no handle at all.
        let mail = page.text[..found].ends_with(|c: char| c.is_alphanumeric());
        if mail || handle - from < 2 {
            continue;
        }
        let first = page.words.partition_point(|w| w.start < from);
        let after = page.words.partition_point(|w| w.start < handle);
        if first < done || first == after {
            continue;
        }
        if let Some(end) = post(page, languages, first..after, done, found) {
            done = end;
        }
    }
}

/// The post that the handle at words `handle` belongs to, if it is one; gives the word after it. `least` is the end
/// of the post before, `sign` the byte of the `@`.
fn post(page: &mut Page<'_>, languages: &Languages, handle: Range<usize>, least: usize, sign: usize) -> Option<usize> {
    let name = page.text[sign + 1..page.words[handle.end - 1].end].to_string();
    let before = page.gap(handle.start).trim_end_matches('@').trim_end();
    let bracket = before.ends_with('(');
    let before = before.trim_end_matches('(').trim_end();
    let paragraph = (handle.start.saturating_sub(LONGEST + LONGEST_NAME)..=handle.start)
        .rev()
        .find(|i| page.begins_paragraph(*i))
        .unwrap_or(handle.start.saturating_sub(LONGEST));
    let least = least.max(paragraph);
    // Words before the handle: "quote" @handle, "quote" — @handle, … — Name (@handle).
    let dash = (least..=handle.start)
        .rev()
        .take(LONGEST_NAME + 1)
        .find(|k| page.gap(*k).contains(is_dash) && (page.gap(*k).trim_end_matches(['@', '(']).ends_with(' ')))
        .filter(|k| bracket || *k == handle.start);
    let quoted = before.trim_end_matches(is_dash).trim_end().ends_with(['"', '”', '»', '“']);
    let date = if bracket || quoted || dash.is_some() { date_after(page, handle.end) } else { handle.end };
    if let Some(dash) = dash.filter(|_| !quoted) {
        let author = (dash < handle.start)
            .then(|| page.text[page.words[dash].start..page.words[handle.start - 1].end].trim().to_string());
        let closing = page.gap(dash).trim_end_matches(|c: char| is_dash(c) || c.is_whitespace());
        let start = match closing.ends_with(['"', '”', '»']) {
            true => opening(page, least, dash),
            false => None,
        };
        let start = start.unwrap_or_else(|| foreign_start(page, languages, least, dash));
        if start == dash {
            return None;
        }
        mark(page, languages, start..dash, dash..date, author.unwrap_or(name));
        return Some(date);
    }
    if quoted {
        let start = opening(page, least, handle.start)?;
        mark(page, languages, start..handle.start, handle.start..date, name);
        return Some(date);
    }
    // Words after the handle: @handle: "quote", Name @handle · Oct 23 quote.
    let after = page.gap(handle.end).trim_start();
    if let Some(colon) = after.strip_prefix(':') {
        let limit = (handle.end + LONGEST).min(page.words.len());
        if !colon.trim_start().starts_with(['"', '“', '«']) {
            return None;
        }
        let end = (handle.end + 1..=limit).find(|k| page.gap(*k).contains(['"', '”', '»']))?;
        let date = date_after(page, end);
        page.set(handle.clone(), PassageKind::Chrome);
        mark(page, languages, handle.end..end, end..date, name);
        return Some(date);
    }
    if after.starts_with('·') {
        let capital = |k: usize| page.words[k].upper && page.kinds[k] == PassageKind::Body;
        let mut start = handle.start;
        while start > least
            && handle.start - start < 3
            && capital(start - 1)
            && (start == handle.start || page.gap(start) == " ")
        {
            start -= 1;
        }
        let author = (start < handle.start)
            .then(|| page.text[page.words[start].start..page.words[handle.start - 1].end].to_string());
        let from = page.noise.date_end(page.text, &page.words, handle.end).min(handle.end + 3);
        let end = foreign_end(page, languages, from);
        page.set(start..from, PassageKind::Chrome);
        mark(page, languages, from..end, end..end, author.unwrap_or(name));
        return Some(end);
    }
    None
}

/// The end of the date right after a post: at most four words, or up to the bracket.
fn date_after(page: &Page<'_>, from: usize) -> usize {
    page.noise.date_end(page.text, &page.words, from).min(from + 4)
}

/// The word after the quotation mark that opens what is closed before word `end`.
fn opening(page: &Page<'_>, least: usize, end: usize) -> Option<usize> {
    let floor = least.max(end.saturating_sub(LONGEST));
    (floor..end).rev().find(|k| page.gap(*k).contains(['"', '“', '«', '„']))
}

/// Where the post that ends before word `end` begins: its unit, and those before it while they are in another
/// language than the document or entries of one list.
fn foreign_start(page: &Page<'_>, languages: &Languages, least: usize, end: usize) -> usize {
    let floor = least.max(end.saturating_sub(LONGEST));
    let (mut start, mut at) = (end, end);
    while at > floor {
        let unit = page.unit_start(at - 1).max(floor);
        let free = page.kinds[unit..at].iter().rposition(|k| *k != PassageKind::Body).map_or(unit, |i| unit + i + 1);
        if free == at {
            break;
        }
        // A word or two ("Bullish?") belong to the post if what stands before them does.
        let short = at - free < 3;
        let listed = at < end && page.gap(at).contains('•');
        let near = at == end || listed || page.other_language(free..at, languages, false).is_some();
        if !near && !short {
            break;
        }
        at = free;
        if near {
            start = free;
        }
        if free > unit {
            break;
        }
    }
    start
}

/// Where the post that begins at word `from` ends: after its first unit and those in another language.
fn foreign_end(page: &Page<'_>, languages: &Languages, from: usize) -> usize {
    let limit = (from + LONGEST).min(page.words.len());
    let mut end = from;
    while end < limit && page.kinds[end] == PassageKind::Body && !(end > from && page.words[end].paragraph) {
        let unit = page.unit_end(end).min(limit);
        if end > from && page.other_language(end..unit, languages, false).is_none() {
            break;
        }
        end = unit;
    }
    end
}

fn mark(page: &mut Page<'_>, languages: &Languages, words: Range<usize>, credit: Range<usize>, author: String) {
    let language = page.other_language(words.clone(), languages, false).map(str::to_string);
    page.posts.push((Some(author), language));
    let number = page.posts.len() as u32;
    for i in words {
        if page.kinds[i] == PassageKind::Body {
            page.kinds[i] = PassageKind::Quotation;
            page.post[i] = number;
        }
    }
    page.set(credit, PassageKind::Chrome);
}
