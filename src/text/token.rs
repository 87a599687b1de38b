use crate::lexicon::Language;
use crate::lexicon::compiled::Tag;
use crate::lexicon::table::hash;

/// A word, number or punctuation mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// Byte offsets into the text that was tokenized, plus its base.
    pub start: usize,
    pub end: usize,
    norm: (u32, u32),
    /// Of the normalised word, as the lexicon looks it up.
    pub hash: u64,
    /// White space stands before it.
    pub spaced: bool,
    /// A line break stands before it.
    pub line_start: bool,
    pub upper: bool,
    /// All letters are capitals, and there are at least two.
    pub caps: bool,
    pub digit: bool,
    pub word: bool,
}

impl Token {
    /// The normalised word: lower case, straight apostrophe.
    pub fn norm<'a>(&self, norms: &'a str) -> &'a str {
        &norms[self.norm.0 as usize..self.norm.1 as usize]
    }
}

/// The tokens of a stretch of text.
#[derive(Debug, Default)]
pub struct Tokens {
    pub list: Vec<Token>,
    pub norms: String,
}

impl Tokens {
    pub fn norm(&self, i: usize) -> &str {
        self.list.get(i).map_or("", |t| t.norm(&self.norms))
    }

    pub fn len(&self) -> usize {
        self.list.len()
    }

    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}' | '\u{2bc}')
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2011}' | '\u{2010}')
}

/// Divides `text` into tokens; `base` is added to the offsets. Linear in the length of the text.
pub fn tokenize(text: &str, base: usize, language: &Language) -> Tokens {
    let mut out = Tokens { list: Vec::with_capacity(text.len() / 5), norms: String::with_capacity(text.len()) };
    let mut at = 0;
    let (mut spaced, mut line) = (true, true);
    while let Some(c) = text[at..].chars().next() {
        if c.is_whitespace() {
            spaced = true;
            line |= c == '\n';
            at += c.len_utf8();
            continue;
        }
        let end = if c.is_ascii_digit() {
            number_end(text, at)
        } else if c.is_alphanumeric() {
            word_end(text, at, language)
        } else if is_apostrophe(c) && suffix_end(text, at, language).is_some() && !spaced {
            suffix_end(text, at, language).unwrap_or(at + c.len_utf8())
        } else {
            at + c.len_utf8()
        };
        push(&mut out, text, at, end, base, spaced, line);
        at = end;
        (spaced, line) = (false, false);
    }
    out
}

fn push(out: &mut Tokens, text: &str, start: usize, end: usize, base: usize, spaced: bool, line_start: bool) {
    let word = &text[start..end];
    let from = out.norms.len() as u32;
    let (mut letters, mut uppers) = (0, 0);
    // Most words are plain ASCII letters, for which bytes do.
    let plain = word.bytes().take_while(u8::is_ascii_alphanumeric).count();
    for byte in word[..plain].bytes() {
        letters += usize::from(byte.is_ascii_alphabetic());
        uppers += usize::from(byte.is_ascii_uppercase());
    }
    out.norms.push_str(&word[..plain]);
    out.norms[from as usize..].make_ascii_lowercase();
    for c in word[plain..].chars() {
        if is_apostrophe(c) {
            out.norms.push('\'');
        } else if is_hyphen(c) {
            out.norms.push('-');
        } else if c.is_ascii() {
            out.norms.push(c.to_ascii_lowercase());
        } else {
            out.norms.extend(c.to_lowercase());
        }
        if c.is_alphabetic() {
            letters += 1;
            uppers += usize::from(c.is_uppercase());
        }
    }
    let first = word.chars().next().unwrap_or(' ');
    out.list.push(Token {
        start: base + start,
        end: base + end,
        norm: (from, out.norms.len() as u32),
        hash: hash(&out.norms[from as usize..]),
        spaced,
        line_start,
        upper: first.is_uppercase(),
        caps: letters >= 2 && uppers == letters,
        digit: first.is_ascii_digit(),
        word: first.is_alphabetic(),
    });
}

/// Digits with points, commas or apostrophes between them: `2.000`, `1'000`, `3,5`.
fn number_end(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    let mut at = start;
    while at < bytes.len() {
        let digit_next = |n: usize| bytes.get(at + n).is_some_and(u8::is_ascii_digit);
        if bytes[at].is_ascii_digit() {
            at += 1;
        } else if matches!(bytes[at], b'.' | b',' | b'\'') && digit_next(1) {
            at += 2;
        } else if text[at..].starts_with('\u{2019}') && digit_next(3) {
            at += 4;
        } else if (text[at..].starts_with('\u{a0}') || text[at..].starts_with('\u{202f}'))
            && three_digits(&text[at + text[at..].chars().next().map_or(1, char::len_utf8)..])
        {
            at += text[at..].chars().next().map_or(1, char::len_utf8) + 3;
        } else if bytes[at] == b' '
            && at - start <= 3 + 4 * 3
            && three_digits(&text[at + 1..])
            && group_before(&text[start..at])
        {
            at += 4;
        } else {
            break;
        }
    }
    at
}

/// Exactly three digits, then no further one.
fn three_digits(text: &str) -> bool {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    digits == 3
}

/// What stands before a grouping space: one to three digits, or groups already.
fn group_before(text: &str) -> bool {
    let first = text.split(' ').next().unwrap_or("");
    (1..=3).contains(&first.len()) && first.bytes().all(|b| b.is_ascii_digit())
}

fn word_end(text: &str, start: usize, language: &Language) -> usize {
    let mut at = start + text[start..].bytes().take_while(u8::is_ascii_alphanumeric).count();
    let plain = at;
    let mut chars = text[plain..].char_indices().peekable();
    while let Some((i, c)) = chars.next() {
        let next = chars.peek().map(|(_, n)| *n);
        let here = plain + i;
        let joins = is_hyphen(c) && next.is_some_and(char::is_alphanumeric)
            || c == '&' && next.is_some_and(char::is_uppercase) && here - start <= 3;
        if c.is_alphanumeric() || matches!(c, '_' | '\u{301}' | '\u{308}' | '\u{303}' | '\u{327}') || joins {
            at = here + c.len_utf8();
        } else if c == '.' {
            // "U.S.", "EE.UU.", "S.A.": short pieces of capitals; or "Bitcoinmagazine.nl".
            let piece = text[start..here].rsplit('.').next().unwrap_or("");
            let short = piece.chars().count() <= 2 && piece.chars().all(char::is_uppercase);
            let initials = short && (next.is_some_and(char::is_uppercase) || text[start..here].contains('.'));
            let host = next.is_some_and(|n| n.is_lowercase() || n.is_ascii_digit()) && piece.chars().count() > 1;
            if !(initials || host) {
                break;
            }
            at = here + 1;
        } else if is_apostrophe(c) {
            let word = &text[start..here];
            // An elided article or preposition is a word of its own: "l'", "d'", "qu'".
            if next.is_some_and(char::is_alphanumeric) && word.chars().count() <= 7 {
                let mut key = crate::lexicon::compiled::normalise(word);
                key.push('\'');
                let closed =
                    language.entries(&key).any(|e| matches!(e.tag, Tag::Closed | Tag::Preposition | Tag::Auxiliary));
                if closed {
                    return here + c.len_utf8();
                }
            }
            if suffix_end(text, here, language).is_some() || !next.is_some_and(char::is_alphanumeric) {
                break;
            }
            at = here + c.len_utf8();
        } else {
            break;
        }
    }
    at.max(start + text[start..].chars().next().map_or(1, char::len_utf8))
}

/// The end of a possessive ending that begins at an apostrophe: "'s".
fn suffix_end(text: &str, at: usize, language: &Language) -> Option<usize> {
    let apostrophe = text[at..].chars().next()?;
    let rest = &text[at + apostrophe.len_utf8()..];
    language
        .tables
        .genitive_suffixes
        .iter()
        .filter_map(|s| s.strip_prefix('\''))
        .filter(|s| !s.is_empty())
        .find(|s| rest.starts_with(*s) && !rest[s.len()..].starts_with(char::is_alphanumeric))
        .map(|s| at + apostrophe.len_utf8() + s.len())
}
