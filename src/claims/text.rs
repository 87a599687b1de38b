//! A text whose places are counted in Unicode code points.

use crate::model::Span;

/// A document's full text with what is needed to go from bytes to code points and back.
pub(super) struct Text {
    pub full: String,
    /// Byte offset of each code point, and of the end.
    bytes: Vec<usize>,
}

impl Text {
    pub fn new(full: String) -> Text {
        let bytes = full.char_indices().map(|(b, _)| b).chain([full.len()]).collect();
        Text { full, bytes }
    }

    /// In code points.
    pub fn len(&self) -> usize {
        self.bytes.len() - 1
    }

    /// What stands between two code points; `None` beyond the end or the wrong way round.
    pub fn get(&self, start: usize, end: usize) -> Option<&str> {
        if start > end {
            return None;
        }
        Some(&self.full[*self.bytes.get(start)?..*self.bytes.get(end)?])
    }

    /// Every place at which exactly these words stand, overlapping ones too.
    pub fn all<'a>(&'a self, words: &'a str) -> impl Iterator<Item = Span> + 'a {
        let length = words.chars().count();
        let step = words.chars().next().map_or(1, char::len_utf8);
        let mut from = 0;
        std::iter::from_fn(move || {
            if words.is_empty() {
                return None;
            }
            let at = from + self.full.get(from..)?.find(words)?;
            from = at + step;
            let start = self.bytes.partition_point(|b| *b < at);
            Some(Span { start, end: start + length })
        })
    }

    /// Whether no letter or digit touches the span from outside: "US" does not stand in "USA" as a word.
    pub fn is_word(&self, span: Span) -> bool {
        let outside = |c: Option<char>| !c.is_some_and(char::is_alphanumeric);
        let (start, end) = (self.bytes[span.start], self.bytes[span.end]);
        outside(self.full[..start].chars().next_back()) && outside(self.full[end..].chars().next())
    }

    /// The place of these words that is nearest to a code point, the first where two are equally near or nothing is
    /// asked; as words of their own where they stand so anywhere.
    pub fn nearest(&self, words: &str, to: Option<usize>) -> Option<Span> {
        self.all(words).min_by_key(|s| (!self.is_word(*s), to.map_or(0, |t| s.start.abs_diff(t)), s.start))
    }

    /// The place of a quote that is nearest to a code point; its ends may lie within words.
    pub fn nearest_quote(&self, quote: &str, to: Option<usize>) -> Option<Span> {
        self.all(quote).min_by_key(|s| (to.map_or(0, |t| s.start.abs_diff(t)), s.start))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_count_code_points_and_the_nearest_wins() {
        let text = Text::new("Señor – USA, US; sí, US".to_string());
        assert_eq!(text.nearest("US", None), Some(Span { start: 13, end: 15 }));
        assert_eq!(text.nearest("US", Some(30)), Some(Span { start: 21, end: 23 }));
        assert_eq!(text.nearest_quote("US", None), Some(Span { start: 8, end: 10 }));
        assert_eq!(text.get(21, 23), Some("US"));
        assert_eq!(text.get(21, 24), None);
        assert_eq!(text.nearest("", None), None);
    }
}
