//! Words of a text as reading sees them: hashes for comparison, shapes, and where a unit (a sentence, a menu entry,
//! a line) begins.

use std::hash::{BuildHasherDefault, Hasher};

/// A run of letters and digits, or the sign ©.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word {
    pub start: usize,
    pub end: usize,
    /// Of the word in lower case.
    pub hash: u64,
    /// Begins with an upper-case letter.
    pub upper: bool,
    /// Two letters or more, none of them lower-case.
    pub capitals: bool,
    /// Begins with a digit.
    pub number: bool,
    /// A unit begins here.
    pub opens: bool,
    /// A sign that menus are divided with stands before it.
    pub edge: bool,
    /// A blank line stands before it.
    pub paragraph: bool,
}

const FNV: u64 = 0xcbf2_9ce4_8422_2325;

fn step(hash: u64, byte: u8) -> u64 {
    (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
}

/// FNV-1a of the lower-case form: the same on every machine.
pub(super) fn hash(word: &str) -> u64 {
    let mut hash = FNV;
    for c in word.chars() {
        hash = push(hash, c);
    }
    hash
}

fn push(mut hash: u64, c: char) -> u64 {
    if c.is_ascii() {
        return step(hash, c.to_ascii_lowercase() as u8);
    }
    let mut buffer = [0; 4];
    for lower in c.to_lowercase() {
        for byte in lower.encode_utf8(&mut buffer).bytes() {
            hash = step(hash, byte);
        }
    }
    hash
}

/// A hasher for keys that are hashes already.
#[derive(Default)]
pub(super) struct Identity(u64);

impl Hasher for Identity {
    fn finish(&self) -> u64 {
        // The low bits choose the bucket; FNV's are its weakest.
        self.0 ^ (self.0 >> 32)
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = step(self.0, *byte);
        }
    }

    fn write_u64(&mut self, n: u64) {
        self.0 = n;
    }
}

/// A map whose keys are hashes of words.
pub(super) type HashMap<V> = std::collections::HashMap<u64, V, BuildHasherDefault<Identity>>;
/// A set of hashes of words.
pub(super) type HashSet = std::collections::HashSet<u64, BuildHasherDefault<Identity>>;

fn is_word(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_alphanumeric() } else { c.is_alphanumeric() || ('\u{300}'..='\u{36F}').contains(&c) }
}

/// The words of `text[from..to]`; offsets count from the text's start.
pub(super) fn words(text: &str, from: usize, to: usize) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::with_capacity((to - from) / 6);
    let mut open: Option<Word> = None;
    let (mut letters, mut lower) = (0usize, false);
    let mut before = from;
    let mut close = |word: Word, end: usize, letters: usize, lower: bool, words: &mut Vec<Word>| {
        let mut word = Word { end, capitals: letters >= 2 && !lower, ..word };
        let gap = Gap::of(&text[before..word.start], words.last(), &word);
        (word.opens, word.edge, word.paragraph) = (words.is_empty() || gap.cut.is_some(), gap.edge, gap.paragraph);
        before = end;
        words.push(word);
    };
    for (i, c) in text[from..to].char_indices() {
        let at = from + i;
        if is_word(c) {
            match &mut open {
                Some(word) => word.hash = push(word.hash, c),
                None => {
                    (letters, lower) = (0, false);
                    open = Some(Word {
                        start: at,
                        end: at,
                        hash: push(FNV, c),
                        upper: c.is_uppercase(),
                        capitals: false,
                        number: c.is_numeric(),
                        opens: false,
                        edge: false,
                        paragraph: false,
                    });
                }
            }
            letters += usize::from(c.is_alphabetic());
            lower |= c.is_lowercase();
        } else {
            if let Some(word) = open.take() {
                close(word, at, letters, lower, &mut words);
            }
            if c == '©' {
                let word = Word {
                    start: at,
                    end: at,
                    hash: push(FNV, c),
                    upper: true,
                    capitals: false,
                    number: false,
                    opens: false,
                    edge: false,
                    paragraph: false,
                };
                close(word, at + c.len_utf8(), 0, true, &mut words);
            }
        }
    }
    if let Some(word) = open {
        close(word, to, letters, lower, &mut words);
    }
    words
}

/// What stands between two words.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Gap {
    /// Where in the gap the next unit begins, if one does.
    pub cut: Option<usize>,
    pub edge: bool,
    pub paragraph: bool,
}

/// Signs between the entries of a menu or a ticker.
fn is_edge(c: char) -> bool {
    matches!(c, '|' | '·' | '›' | '☰' | '≡' | '▲' | '▼' | '🔍' | '►' | '▶')
}

/// Signs that begin an entry of a list, an advert or a reaction.
fn is_bullet(c: char) -> bool {
    matches!(c, '•' | '➜' | '♥' | '📣' | '👍' | '💬' | '👉' | '🔔' | '🔊')
}

impl Gap {
    fn of(gap: &str, previous: Option<&Word>, next: &Word) -> Gap {
        let mut found = Gap::default();
        if gap == " " {
            return found;
        }
        // A page squeezed into one line leaves wide gaps where its parts met.
        if gap.chars().count() >= 3 && next.upper && gap.chars().all(|c| c.is_whitespace() && c != '\n') {
            found.cut = Some(gap.len());
            return found;
        }
        let (mut ended, mut spaced, mut lines) = (None, false, 0);
        let mut last = ' ';
        for (i, c) in gap.char_indices() {
            let begins = spaced || i == 0;
            match c {
                '\n' => {
                    lines += 1;
                    ended = Some('\n');
                    spaced = true;
                }
                c if c.is_whitespace() => spaced = true,
                _ => {
                    if found.cut.is_none() && spaced && ended.is_some_and(|e| Gap::ends(e, previous, next, Some(c))) {
                        found.cut = Some(i);
                    }
                    // "++" and ">>" around adverts and links, ">" alone between the steps of a path.
                    let arrows = c == '>' && (begins || last == c) || c == '+' && last == c;
                    if is_edge(c) || arrows || is_bullet(c) && begins {
                        found.edge |= is_edge(c) || arrows;
                        // The first of two signs is where the unit begins.
                        found.cut = found.cut.or(Some(if arrows && last == c { i - 1 } else { i }));
                    }
                    match c {
                        '.' | '!' | '?' | '…' | '。' if found.cut.is_none() => ended = Some(c),
                        // Closing quotes and brackets go with the sentence before them.
                        '"' | '\'' | ')' | ']' | '”' | '’' | '»' | '*' if !spaced => {}
                        _ if found.cut.is_none() && !spaced && ended != Some('\n') => ended = None,
                        _ => {}
                    }
                    lines = if found.paragraph { lines } else { 0 };
                    spaced = false;
                }
            }
            found.paragraph |= lines >= 2;
            last = c;
        }
        if found.cut.is_none() && spaced && ended.is_some_and(|e| Gap::ends(e, previous, next, None)) {
            found.cut = Some(gap.len());
        }
        found
    }

    /// Whether an end mark before `next` ends a unit; `sign` is what stands in front of `next`, if anything does.
    fn ends(mark: char, previous: Option<&Word>, next: &Word, sign: Option<char>) -> bool {
        if mark == '\n' {
            return true;
        }
        if mark != '.' {
            return next.upper || next.number || sign.is_some();
        }
        let length = previous.map_or(0, |p| p.end - p.start);
        let initial = length == 1 && previous.is_some_and(|p| p.upper);
        let opens = match sign {
            // "7 Mrd. $" goes on.
            Some(sign) => !matches!(sign, '$' | '€' | '£' | '%' | '&' | '/'),
            // "Nr. 14" goes on, "in 2024. 40 firms" doesn't.
            None => next.upper || next.number && length > 3,
        };
        !initial && opens
    }
}

/// Where to divide the gap between two words if their passages differ: at the unit's start, else before a dash or an
/// opening quotation mark, else after the first white space, else right behind the first word.
pub(super) fn division(text: &str, previous: &Word, next: &Word) -> usize {
    let gap = &text[previous.end..next.start];
    if let Some(cut) = Gap::of(gap, Some(previous), next).cut {
        return previous.end + cut;
    }
    if let Some(dash) = gap.char_indices().skip(1).find(|(_, c)| matches!(c, '—' | '–')).map(|(i, _)| i) {
        return previous.end + dash;
    }
    if let Some(open) =
        gap.char_indices().skip(1).last().filter(|(_, c)| matches!(c, '"' | '“' | '«' | '„' | '[' | '('))
    {
        return previous.end + open.0;
    }
    let Some(space) = gap.find(char::is_whitespace) else { return previous.end };
    previous.end + space + (gap[space..].len() - gap[space..].trim_start().len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn units(text: &str) -> Vec<&str> {
        let words = words(text, 0, text.len());
        let starts: Vec<usize> = words
            .iter()
            .enumerate()
            .filter(|(_, w)| w.opens)
            .map(|(i, w)| if i == 0 { 0 } else { division(text, &words[i - 1], w) })
            .collect();
        let ends = starts.iter().skip(1).copied().chain([text.len()]);
        starts.iter().zip(ends).map(|(s, e)| text[*s..e].trim()).collect()
    }

    #[test]
    fn units_are_sentences_lines_and_entries() {
        assert_eq!(units("Home | Markets | Learn"), ["Home", "| Markets", "| Learn"]);
        assert_eq!(units("It rose 3.5 percent. \"Good,\" he said."), ["It rose 3.5 percent.", "\"Good,\" he said."]);
        assert_eq!(units("Law Nr. 14.478 holds. The end"), ["Law Nr. 14.478 holds.", "The end"]);
        assert_eq!(units("One\n\nTwo\nThree ++ Four"), ["One", "Two", "Three", "++ Four"]);
        assert_eq!(units("Lu : « une voie ». Puis"), ["Lu : « une voie ».", "Puis"]);
    }

    #[test]
    fn a_blank_line_begins_a_paragraph() {
        let text = "a b\n \nc\r\n\r\nd\ne";
        let flags: Vec<bool> = words(text, 0, text.len()).iter().map(|w| w.paragraph).collect();
        assert_eq!(flags, [false, false, true, true, false]);
    }
}
