/// Byte offsets of a text to Unicode code points: what every span in an output counts.
///
/// Text of ASCII alone costs nothing; else one counter is kept every 64 bytes, and a question counts the bytes
/// between it and the offset: constant time, 1/16 of the text's size.
///
/// ```
/// use chancery::document::Offsets;
/// let text = "één ₿ = 1 BTC";
/// let offsets = Offsets::new(text);
/// assert_eq!(offsets.code_points(text.find('=').unwrap()), 6);
/// assert_eq!(offsets.byte(6), text.find('='));
/// ```
#[derive(Debug, Clone)]
pub struct Offsets<'a> {
    text: &'a str,
    /// Code points before each block of [`BLOCK`] bytes; empty where the text is ASCII.
    before: Vec<u32>,
    total: usize,
}

const BLOCK: usize = 64;

/// Bytes that begin a code point.
fn starts(bytes: &[u8]) -> usize {
    bytes.iter().filter(|b| (**b as i8) >= -0x40).count()
}

impl<'a> Offsets<'a> {
    /// One pass over the text.
    pub fn new(text: &'a str) -> Offsets<'a> {
        if text.is_ascii() {
            return Offsets { text, before: Vec::new(), total: text.len() };
        }
        let mut before = Vec::with_capacity(text.len() / BLOCK + 1);
        let mut total = 0;
        for block in text.as_bytes().chunks(BLOCK) {
            before.push(total as u32);
            total += starts(block);
        }
        Offsets { text, before, total }
    }

    /// Code points before a byte offset. An offset inside a code point counts it; one past the end is the end.
    pub fn code_points(&self, byte: usize) -> usize {
        let byte = byte.min(self.text.len());
        if self.before.is_empty() {
            return byte;
        }
        let block = byte / BLOCK;
        let Some(before) = self.before.get(block) else { return self.total };
        *before as usize + starts(&self.text.as_bytes()[block * BLOCK..byte])
    }

    /// The span of a byte range, in code points.
    pub fn span(&self, bytes: std::ops::Range<usize>) -> crate::model::Span {
        crate::model::Span { start: self.code_points(bytes.start), end: self.code_points(bytes.end) }
    }

    /// The byte offset of a code point (the text's length for the one after the last); `None` beyond.
    pub fn byte(&self, code_point: usize) -> Option<usize> {
        if self.before.is_empty() {
            return (code_point <= self.text.len()).then_some(code_point);
        }
        if code_point >= self.total {
            return (code_point == self.total).then_some(self.text.len());
        }
        let block = self.before.partition_point(|b| *b as usize <= code_point).saturating_sub(1);
        let mut seen = self.before[block] as usize;
        for (i, b) in self.text.as_bytes()[block * BLOCK..].iter().enumerate() {
            if (*b as i8) >= -0x40 {
                if seen == code_point {
                    return Some(block * BLOCK + i);
                }
                seen += 1;
            }
        }
        None
    }

    /// The text's length in code points.
    pub fn len(&self) -> usize {
        self.total
    }

    /// Whether the text is empty.
    pub fn is_empty(&self) -> bool {
        self.total == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn agrees_with_counting(text in "\\PC{0,200}") {
            let offsets = Offsets::new(&text);
            prop_assert_eq!(offsets.len(), text.chars().count());
            for (n, (byte, _)) in text.char_indices().enumerate() {
                prop_assert_eq!(offsets.code_points(byte), n);
                prop_assert_eq!(offsets.byte(n), Some(byte));
            }
            prop_assert_eq!(offsets.byte(offsets.len()), Some(text.len()));
            prop_assert_eq!(offsets.byte(offsets.len() + 1), None);
        }
    }
}
