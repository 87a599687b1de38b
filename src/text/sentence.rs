use super::Tokens;
use crate::lexicon::Language;
use crate::lexicon::compiled::Tag;
use std::ops::Range;

/// Divides tokens into sentences, as ranges of token indices. `text` is what the offsets (less `base`) point into.
pub fn sentences(tokens: &Tokens, text: &str, base: usize, language: &Language) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut from = 0;
    let list = &tokens.list;
    for i in 0..list.len() {
        let mark = &text[list[i].start - base..list[i].end - base];
        let next = list.get(i + 1);
        let ends = match mark {
            "." | "!" | "?" | "\u{2026}" => match next {
                None => true,
                // A closing quotation mark belongs to the sentence it closes.
                Some(n) if !n.spaced => false,
                Some(n) => {
                    mark != "."
                        || (starts_sentence(tokens, text, base, i + 1)
                            && !abbreviation(tokens, i, language)
                            && !ordinal(tokens, i, n.upper, language))
                }
            },
            "\"" | "\u{201d}" | "\u{bb}" | "\u{2019}" | ")" | "\u{201c}" if i > 0 => {
                let before = &text[list[i - 1].start - base..list[i - 1].end - base];
                matches!(before, "." | "!" | "?" | "\u{2026}")
                    && !list[i].spaced
                    && next.is_none_or(|n| n.spaced && starts_sentence(tokens, text, base, i + 1))
            }
            _ => false,
        };
        let line_break = next.is_some_and(|n| {
            n.line_start && (blank_line(text, base, list[i].end, n.start) || bullet(text, base, n.start))
        });
        let bullet_next = next.is_some_and(|n| {
            matches!(text[n.start - base..].chars().next(), Some('\u{2022}' | '\u{25cf}' | '\u{25aa}' | '\u{b7}'))
        });
        if ends || line_break || bullet_next {
            out.push(from..i + 1);
            from = i + 1;
        }
    }
    if from < list.len() {
        out.push(from..list.len());
    }
    out
}

fn blank_line(text: &str, base: usize, end: usize, start: usize) -> bool {
    text[end - base..start - base].contains('\n')
}

fn bullet(text: &str, base: usize, start: usize) -> bool {
    matches!(text[start - base..].chars().next(), Some('-' | '*' | '\u{2013}' | '\u{2014}'))
}

fn starts_sentence(tokens: &Tokens, text: &str, base: usize, i: usize) -> bool {
    let Some(t) = tokens.list.get(i) else { return true };
    t.upper
        || t.digit
        || t.line_start
        || {
            let c = text[t.start - base..].chars().next().unwrap_or(' ');
            !c.is_alphanumeric()
        }
        || tokens.list.get(i + 1).is_some_and(|n| n.upper && !t.word)
}

/// The token before a full stop is an abbreviation ("Sen.") or an initial.
fn abbreviation(tokens: &Tokens, dot: usize, language: &Language) -> bool {
    if dot == 0 || tokens.list[dot].spaced {
        return false;
    }
    let before = &tokens.list[dot - 1];
    let norm = before.norm(&tokens.norms);
    if before.word && norm.chars().count() == 1 && before.upper {
        return true;
    }
    language.has(&format!("{norm} ."), Tag::Abbreviation)
        || language.entries(&format!("{norm} .")).any(|e| matches!(e.tag, Tag::Title | Tag::Month | Tag::Scale))
            && tokens.list.get(dot + 1).is_some_and(|n| n.upper || n.digit)
}

/// "19. Juli", "1. Januar": a full stop that makes an ordinal, in languages that write them so.
fn ordinal(tokens: &Tokens, dot: usize, next_upper: bool, language: &Language) -> bool {
    if dot == 0 || !tokens.list[dot - 1].digit || !language.tables.ordinal_suffixes.iter().any(|s| s == ".") {
        return false;
    }
    let number = tokens.norm(dot - 1);
    number.len() <= 2
        && next_upper
        && (language.entries(tokens.norm(dot + 1)).any(|e| e.tag == Tag::Month)
            || tokens.list[dot - 1].start > 0 && dot >= 2 && tokens.list[dot - 2].word && !tokens.list[dot - 2].upper)
}
