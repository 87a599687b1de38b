use crate::query::{cut, turns};
use unicode_width::UnicodeWidthStr as _;

/// How a stretch of text looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    Plain,
    Strong,
    Slanted,
    /// To be there without being looked at first; a size smaller in a box.
    Faint,
}

/// A stretch of text in one tone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    pub text: String,
    pub tone: Tone,
}

impl Span {
    /// The text as [`readable`] makes it.
    pub fn new(text: &str, tone: Tone) -> Span {
        Span { text: readable(text), tone }
    }
}

/// One line of text.
pub type Text = Vec<Span>;

/// A line's letters alone.
pub fn plain(text: &Text) -> String {
    text.iter().map(|s| s.text.as_str()).collect()
}

/// The text without what could disturb its surroundings: control characters and those that turn the direction of what
/// follows (bidi embeddings, overrides, isolates, marks). Letters that run from right to left stay as they are.
pub fn readable(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            c if turns(c) => {}
            '\u{200B}' | '\u{2028}' | '\u{2029}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}' => {}
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// Lines of at most `width` columns, broken between words (a longer word is cut), and at most `most` of them; what is
/// left out shows as an ellipsis. Never empty, because an empty box says nothing.
pub(super) fn wrapped(text: &str, width: usize, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in readable(text).split_whitespace().map(|w| cut(w, width)) {
        let room = lines.last().is_some_and(|l| l.width() + 1 + word.width() <= width);
        let full = lines.len() >= most;
        match lines.last_mut() {
            Some(line) if room => {
                line.push(' ');
                line.push_str(&word);
            }
            Some(line) if full => {
                line.push_str(" …");
                break;
            }
            _ => lines.push(word),
        }
    }
    if lines.is_empty() {
        lines.push("–".to_string());
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_wrapped_and_cut() {
        assert_eq!(wrapped("International Monetary Fund", 16, 3), ["International", "Monetary Fund"]);
        assert_eq!(wrapped("one two three four", 5, 2), ["one", "two …"]);
        assert_eq!(wrapped("Donaudampfschifffahrt", 10, 2), ["Donaudamp…"]);
        assert_eq!(wrapped("中国人民银行", 7, 2), ["中国人…"]);
        assert_eq!(wrapped(" \n", 10, 2), ["–"]);
    }

    #[test]
    fn nothing_turns_the_direction_of_what_follows() {
        assert_eq!(readable("\u{202E}مصرف\u{2069}\u{200F} a\nb\u{7}"), "مصرف a b ");
    }
}
