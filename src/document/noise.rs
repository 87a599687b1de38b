//! data/languages/LL/noise.toml: the phrases by which site chrome, captions and bylines are known, compiled for
//! matching word by word.

use super::dates::{self, Months};
use super::words::{HashMap, HashSet, Word, hash, words};
use crate::data::{Data, DataError};
use serde::Deserialize;
use std::collections::BTreeMap;

/// What a phrase says about the words it begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
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
enum Item {
    /// A word; in the text it has to stand in capitals if it does in the data.
    Word {
        hash: u64,
        capitals: bool,
    },
    Number,
    Slot(Slot),
}

#[derive(Debug, Clone)]
struct Pattern {
    rule: Rule,
    items: Vec<Item>,
    colon: bool,
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

/// Longest filler of a slot, in words.
const LONGEST_SLOT: usize = 30;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(rename = "schema")]
    _schema: i64,
    /// German: a capital says nothing about names or beginnings.
    #[serde(default, rename = "nouns-are-capitalised")]
    nouns: bool,
    opens: Vec<String>,
    within: Vec<String>,
    labels: Vec<String>,
    captions: Vec<String>,
    credits: Vec<String>,
    stamps: Vec<String>,
    bylines: Vec<String>,
    sentences: Vec<String>,
    common: String,
    neutral: String,
}

/// What reading needs of dates.toml, whose home is elsewhere: the names of the months.
#[derive(Deserialize, Default)]
struct DatesFile {
    #[serde(default)]
    months: Vec<Vec<String>>,
}

/// The phrases of one language, together with those of English, which pages of all languages use.
pub(super) struct Noise {
    pub code: String,
    pub nouns: bool,
    patterns: HashMap<Vec<Pattern>>,
    /// Sources of pictures, after which a caption is over.
    credits: HashSet,
    /// Function words.
    pub common: HashSet,
    /// Names of services: never where a sentence begins.
    pub neutral: HashSet,
    pub months: HashSet,
}

impl Noise {
    fn add(&mut self, rule: Rule, phrases: &[String]) -> Result<(), String> {
        for phrase in phrases {
            let (items, colon) = compile(phrase)?;
            let first = match items.first() {
                Some(Item::Word { hash, .. }) => *hash,
                Some(Item::Number) => NUMBER,
                Some(Item::Slot(_)) | None => return Err(format!("\"{phrase}\" has to begin with a word")),
            };
            self.patterns.entry(first).or_default().push(Pattern { rule, items, colon });
        }
        Ok(())
    }

    /// The longest phrase that begins at word `at`.
    pub(super) fn find(&self, text: &str, words: &[Word], at: usize) -> Option<Match> {
        let word = &words[at];
        let mut best: Option<Match> = None;
        let keys = [Some(word.hash), word.number.then_some(NUMBER)];
        for pattern in keys.into_iter().flatten().filter_map(|k| self.patterns.get(&k)).flatten() {
            let mut slots = Vec::new();
            let Some(end) = fits(&pattern.items, words, at, &mut slots) else { continue };
            if pattern.colon && !follows(text, words, end, ':') {
                continue;
            }
            if best.as_ref().is_none_or(|b| end > b.end) {
                best = Some(Match { rule: pattern.rule, end, slots });
            }
        }
        best
    }

    /// The end of the credit that begins at word `at`: the word after the last that is a source of pictures.
    pub(super) fn credit(&self, words: &[Word], at: usize) -> usize {
        let mut end = at;
        while words.get(end).is_some_and(|w| (end == at || !w.paragraph) && self.credits.contains(&w.hash)) {
            end += 1;
        }
        end
    }
}

/// The key of patterns that begin with a number.
const NUMBER: u64 = 0;

/// Whether `sign` is the first thing but white space after word `end - 1`.
fn follows(text: &str, words: &[Word], end: usize, sign: char) -> bool {
    let from = words[end - 1].end;
    let to = words.get(end).map_or(text.len(), |w| w.start);
    text[from..to].trim_start().starts_with(sign)
}

fn fits(items: &[Item], words: &[Word], at: usize, slots: &mut Vec<(Slot, std::ops::Range<usize>)>) -> Option<usize> {
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
                while words.get(at).is_some_and(|w| w.number && !w.opens) {
                    at += 1;
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
                    if let Some(found) = fits(&items[n + 1..], words, end, slots) {
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

fn compile(phrase: &str) -> Result<(Vec<Item>, bool), String> {
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
        items.extend(found.iter().map(|w| Item::Word { hash: w.hash, capitals: w.capitals && w.end - w.start > 2 }));
    }
    Ok((items, phrase.trim_end().ends_with(':')))
}

/// What a text says about itself in its chrome.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Stated {
    pub title: Option<String>,
    pub author: Option<String>,
    pub publisher: Option<String>,
    pub published: Option<String>,
}

/// All languages that are read, by code.
pub(super) struct Languages {
    by_code: BTreeMap<String, Noise>,
    months: Months,
}

impl Languages {
    /// Those with a `noise.toml`.
    pub(super) fn load(data: &Data) -> Result<Languages, DataError> {
        let paths: Vec<String> =
            data.below("languages/").map(|(p, _)| p.to_string()).filter(|p| p.ends_with("/noise.toml")).collect();
        let mut files = BTreeMap::new();
        for path in paths {
            let code = path.split('/').nth(1).unwrap_or_default().to_string();
            files.insert(code, (data.parse::<File>(&path)?, path));
        }
        let mut months = Months::new();
        let mut by_code = BTreeMap::new();
        for (code, (file, path)) in &files {
            let mut names = HashSet::default();
            let dates = format!("languages/{code}/dates.toml");
            if data.text(&dates).is_some() {
                for (n, forms) in data.parse::<DatesFile>(&dates)?.months.iter().enumerate() {
                    for form in forms {
                        let form = form.trim_end_matches('.').to_lowercase();
                        names.insert(hash(&form));
                        months.insert(form, n as u8 + 1);
                    }
                }
            }
            let mut noise = Noise {
                code: code.clone(),
                nouns: file.nouns,
                patterns: HashMap::default(),
                credits: file.credits.iter().flat_map(|c| words(c, 0, c.len())).map(|w| w.hash).collect(),
                common: file.common.split_whitespace().map(hash).collect(),
                neutral: file.neutral.split_whitespace().map(hash).collect(),
                months: names,
            };
            let english = files.get("en").filter(|_| code != "en");
            for (own, (file, path)) in [(true, (file, path)), (false, english.map_or((file, path), |(f, p)| (f, p)))] {
                if !own && english.is_none() {
                    continue;
                }
                let mut add = |rule, phrases: &[String]| {
                    noise.add(rule, phrases).map_err(|what| {
                        let quoted = what.split('"').nth(1).unwrap_or_default();
                        let line = data.text(path).and_then(|t| t.lines().position(|l| l.contains(quoted)));
                        data.error(path, line.map_or(1, |l| l + 1), what)
                    })
                };
                add(Rule::Opens, &file.opens)?;
                add(Rule::Within, &file.within)?;
                add(Rule::Label, &file.labels)?;
                add(Rule::Caption, &file.captions)?;
                add(Rule::Stamp, &file.stamps)?;
                if own {
                    add(Rule::Byline, &file.bylines)?;
                    add(Rule::Sentence, &file.sentences)?;
                }
            }
            by_code.insert(code.clone(), noise);
        }
        Ok(Languages { by_code, months })
    }

    pub(super) fn get(&self, code: &str) -> Option<&Noise> {
        self.by_code.get(code)
    }

    pub(super) fn codes(&self) -> impl Iterator<Item = &str> {
        self.by_code.keys().map(String::as_str)
    }

    pub(super) fn months(&self) -> &Months {
        &self.months
    }

    /// The share of a language's function words in the beginning of a text, in percent; `None` if the text is too
    /// short to say.
    pub(super) fn share(&self, text: &str, code: &str) -> Option<usize> {
        let noise = self.get(code)?;
        let mut to = text.len().min(20_000);
        while !text.is_char_boundary(to) {
            to -= 1;
        }
        let words = words(text, 0, to);
        let letters: Vec<&Word> = words.iter().filter(|w| !w.number).collect();
        let common = letters.iter().filter(|w| noise.common.contains(&w.hash)).count();
        (letters.len() >= 30).then(|| common * 100 / letters.len())
    }

    /// Whether a line begins as chrome does.
    pub(super) fn is_noise(&self, line: &str) -> bool {
        let found = words(line, 0, line.len());
        !found.is_empty()
            && self.by_code.values().any(|noise| {
                noise.find(line, &found, 0).is_some_and(|m| match m.rule {
                    Rule::Opens | Rule::Stamp | Rule::Caption | Rule::Sentence => true,
                    Rule::Label => m.end == found.len(),
                    Rule::Within | Rule::Byline => false,
                })
            })
    }

    /// Title, author, publisher and date from the sentences and date stamps of a page in that language.
    pub(super) fn stated(&self, body: &str, code: &str) -> Stated {
        let mut stated = Stated::default();
        let Some(noise) = self.get(code) else { return stated };
        let found = words(body, 0, body.len());
        for (at, word) in found.iter().enumerate() {
            if !word.opens && !word.upper {
                continue;
            }
            let Some(m) = noise.find(body, &found, at) else { continue };
            match m.rule {
                Rule::Sentence => {
                    for (slot, range) in &m.slots {
                        let text = &body[found[range.start].start..found[range.end - 1].end];
                        let field = match slot {
                            Slot::Title => &mut stated.title,
                            Slot::Author => &mut stated.author,
                            Slot::Publisher => &mut stated.publisher,
                        };
                        field.get_or_insert_with(|| text.split_whitespace().collect::<Vec<_>>().join(" "));
                    }
                }
                // A date stamp stands at the head of a page; dates further down are somebody else's.
                Rule::Stamp if stated.published.is_none() && at < 60 && m.end < found.len() => {
                    let last = found.len().min(m.end + 6) - 1;
                    let rest = &body[found[m.end].start..found[last].end];
                    stated.published = dates::normalise(rest, &self.months);
                }
                _ => {}
            }
        }
        stated
    }
}
