//! Phrases of noise.toml as patterns over words, and where they fit.

use super::words::{Word, words};

/// What a phrase says about the words it begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rule {
    /// Chrome from here to the end of the sentence, or of the title of another article that follows.
    Opens,
    /// The whole sentence that has it is chrome.
    Within,
    /// These words alone, beside other chrome.
    Label,
    /// A caption begins here, or the credit that ends one.
    Caption,
    /// Chrome, with the date or the figures that follow.
    Stamp,
    /// Chrome if nothing but other chrome follows.
    Byline,
    /// A sentence of the site about the article, with slots.
    Sentence,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Slot {
    Title,
    Author,
    Publisher,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Item {
    /// A word; in the text it has to stand in capitals if it does in the data.
    Word {
        hash: u64,
        capitals: bool,
    },
    Number,
    /// A colon right behind the word before.
    Colon,
    Slot(Slot),
}

#[derive(Debug, Clone)]
pub(super) struct Pattern {
    pub rule: Rule,
    pub items: Vec<Item>,
}

/// A phrase found at a word.
#[derive(Debug, Clone)]
pub(super) struct Match {
    pub rule: Rule,
    /// The first word after it.
    pub end: usize,
    /// Words that fill the slots.
    pub slots: Vec<(Slot, std::ops::Range<usize>)>,
}

/// Most groups of digits behind the first in a number.
const MOST_GROUPS: usize = 3;
/// Longest filler of a slot, in words.
const LONGEST_SLOT: usize = 30;

/// The key of patterns that begin with a number.
pub(super) const NUMBER: u64 = 0;

/// Whether `sign` is the first thing but white space after word `end - 1`.
fn follows(text: &str, words: &[Word], end: usize, sign: char) -> bool {
    let from = words[end - 1].end;
    let to = words.get(end).map_or(text.len(), |w| w.start);
    text[from..to].trim_start().starts_with(sign)
}

pub(super) fn fits(
    text: &str,
    items: &[Item],
    words: &[Word],
    at: usize,
    slots: &mut Vec<(Slot, std::ops::Range<usize>)>,
) -> Option<usize> {
    let mut at = at;
    for (n, item) in items.iter().enumerate() {
        if n > 0 && words.get(at).is_some_and(|w| w.paragraph) {
            return None;
        }
        match *item {
            Item::Word { hash, capitals } => {
                let word = words.get(at)?;
                if word.hash != hash || capitals && !word.capitals {
                    return None;
                }
                at += 1;
            }
            Item::Number => {
                words.get(at).filter(|w| w.number)?;
                at += 1;
                // 12 000, 1.204
                let groups = words[at..].iter().take(MOST_GROUPS).take_while(|w| w.number && !w.opens).count();
                at += groups;
            }
            Item::Colon => {
                if at == 0 || !follows(text, words, at, ':') {
                    return None;
                }
            }
            Item::Slot(slot) if n + 1 == items.len() => {
                let mut end = at;
                while words.get(end).is_some_and(|w| end == at || !w.opens) && end - at < LONGEST_SLOT {
                    end += 1;
                }
                if end == at || end - at >= LONGEST_SLOT {
                    return None;
                }
                slots.push((slot, at..end));
                at = end;
            }
            Item::Slot(slot) => {
                let kept = slots.len();
                for end in at + 1..=(at + LONGEST_SLOT).min(words.len()) {
                    slots.push((slot, at..end));
                    if let Some(found) = fits(text, &items[n + 1..], words, end, slots) {
                        return Some(found);
                    }
                    slots.truncate(kept);
                }
                return None;
            }
        }
    }
    Some(at)
}

pub(super) fn compile(phrase: &str) -> Result<Vec<Item>, String> {
    let mut items = Vec::new();
    for (n, part) in phrase.split('{').enumerate() {
        let mut rest = part;
        if n > 0 {
            let (name, after) = part.split_once('}').ok_or_else(|| format!("\"{phrase}\": a brace is not closed"))?;
            items.push(match name {
                "n" => Item::Number,
                "title" => Item::Slot(Slot::Title),
                "author" => Item::Slot(Slot::Author),
                "publisher" => Item::Slot(Slot::Publisher),
                other => {
                    return Err(format!(
                        "\"{phrase}\": {{{other}}} is none of {{n}}, {{title}}, {{author}}, {{publisher}}"
                    ));
                }
            });
            rest = after;
        }
        let found = words(rest, 0, rest.len());
        items.extend(found.iter().map(|w| Item::Word { hash: w.hash, capitals: w.capitals }));
        if rest.trim_end().ends_with(':') {
            items.push(Item::Colon);
        }
    }
    Ok(items)
}
