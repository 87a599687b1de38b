//! data/languages/LL/noise.toml: the phrases by which site chrome, captions and bylines are known, compiled for
//! matching word by word.

use super::dates::{self, Months};
use super::phrases::{Item, Match, NUMBER, Pattern, Rule, Slot, compile, fits};
use super::words::{HashMap, HashSet, Word, hash, words};
use crate::data::{Data, DataError};
use serde::Deserialize;
use std::collections::BTreeMap;

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
    leading: String,
    common: String,
    neutral: String,
    clock: String,
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
    /// Those of them that no sentence or title ends in.
    pub leading: HashSet,
    /// What belongs to a time of day before it.
    pub clock: HashSet,
    /// Names of services: never where a sentence begins.
    pub neutral: HashSet,
    pub months: HashSet,
}

impl Noise {
    fn add(&mut self, rule: Rule, phrases: &[String]) -> Result<(), String> {
        for phrase in phrases {
            let items = compile(phrase)?;
            let first = match items.first() {
                Some(Item::Word { hash, .. }) => *hash,
                Some(Item::Number) => NUMBER,
                Some(Item::Slot(_) | Item::Colon) | None => {
                    return Err(format!("\"{phrase}\" has to begin with a word"));
                }
            };
            self.patterns.entry(first).or_default().push(Pattern { rule, items });
        }
        Ok(())
    }

    /// The longest phrase that begins at word `at`.
    pub(super) fn find(&self, text: &str, words: &[Word], at: usize) -> Option<Match> {
        self.longest(text, words, at, true)
    }

    /// [`Noise::find`], with bylines or without.
    fn longest(&self, text: &str, words: &[Word], at: usize, bylines: bool) -> Option<Match> {
        let word = &words[at];
        let mut best: Option<Match> = None;
        let keys = [Some(word.hash), word.number.then_some(NUMBER)];
        for pattern in keys.into_iter().flatten().filter_map(|k| self.patterns.get(&k)).flatten() {
            if pattern.rule == Rule::Byline && !bylines {
                continue;
            }
            let mut slots = Vec::new();
            let Some(mut end) = fits(text, &pattern.items, words, at, &mut slots) else { continue };
            if pattern.rule == Rule::Byline && !slots.is_empty() {
                let Some(named) = self.name_end(text, words, slots[0].1.start, pattern.items.contains(&Item::Colon))
                else {
                    continue;
                };
                end = named.min(end);
                slots[0].1.end = end;
            }
            if best.as_ref().is_none_or(|b| end > b.end) {
                best = Some(Match { rule: pattern.rule, end, slots });
            }
        }
        best
    }

    /// The end of the name of an author that begins at word `at`: words with capitals (particles between them), at
    /// most six, up to the next phrase. `None` if there is no name.
    fn name_end(&self, text: &str, words: &[Word], at: usize, any: bool) -> Option<usize> {
        let mut end = at;
        while end < words.len().min(at + 6) && (end == at || !words[end].opens) {
            let word = &words[end];
            if end > at && word.upper && self.longest(text, words, end, false).is_some_and(|m| m.rule != Rule::Within) {
                break;
            }
            let particle = word.end - word.start <= 3 && words.get(end + 1).is_some_and(|w| w.upper && !w.opens);
            if word.number || !(word.upper || any || end > at && particle) {
                break;
            }
            end += 1;
        }
        // "By December last year …" names nobody.
        let stopped = words.get(end).is_none_or(|w| w.opens || w.upper || w.number);
        (end > at && (any || stopped)).then_some(end)
    }

    /// The end of a date, a time or a count that begins at word `from`; `from` where there is none.
    pub(super) fn date_end(&self, text: &str, words: &[Word], from: usize) -> usize {
        let (mut end, mut idle) = (from, 0);
        for k in from..(from + 16).min(words.len()) {
            let word = &words[k];
            if k > from && (word.paragraph || word.number && self.find(text, words, k).is_some()) {
                break;
            }
            if word.number || self.months.contains(&word.hash) {
                end = k + 1;
                idle = 0;
            } else if idle == 2 || word.end - word.start > 9 || k > from && word.opens && word.upper {
                break;
            } else {
                idle += 1;
            }
        }
        end
    }

    /// The end of the date behind a stamp that ends before word `from`; `None` if there is no date, or if the
    /// sentence goes on behind it ("Published on 3 July, the decree …").
    pub(super) fn stamp_end(&self, text: &str, words: &[Word], from: usize) -> Option<usize> {
        let end = self.date_end(text, words, from);
        let goes_on = words.get(end).is_some_and(|next| {
            let gap = &text[words[end - 1].end..next.start];
            let phrase = || self.find(text, words, end).is_some_and(|m| m.rule != Rule::Within);
            !next.paragraph && !next.opens && (gap.starts_with([',', ';']) || !next.upper) && !phrase()
        });
        (end > from && !goes_on).then_some(end)
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
                common: file.common.split_whitespace().chain(file.leading.split_whitespace()).map(hash).collect(),
                leading: file.leading.split_whitespace().map(hash).collect(),
                clock: file.clock.split_whitespace().map(hash).collect(),
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

    pub(super) fn iter(&self) -> impl DoubleEndedIterator<Item = &Noise> {
        self.by_code.values()
    }

    pub(super) fn months(&self) -> &Months {
        &self.months
    }

    /// The share of a language's function words in the beginning of a text, in percent; `None` if the text is too
    /// short to say.
    pub(super) fn share(&self, words: &[Word], code: &str) -> Option<usize> {
        let noise = self.get(code)?;
        let letters = || words.iter().take(SAMPLE).filter(|w| !w.number);
        let (all, common) = (letters().count(), letters().filter(|w| noise.common.contains(&w.hash)).count());
        (all >= 30).then(|| common * 100 / all)
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

    /// Title, author, publisher and date from the sentences and date stamps of a page in that language. Pages say
    /// such things at their beginning and end.
    pub(super) fn stated(&self, body: &str, words: &[Word], code: &str) -> Stated {
        let mut stated = Stated::default();
        let Some(noise) = self.get(code) else { return stated };
        let head = words.len().min(ENDS);
        for at in (0..head).chain(head.max(words.len().saturating_sub(ENDS))..words.len()) {
            if words[at].opens || words[at].upper {
                stated.look(body, words, at, noise, &self.months);
            }
        }
        stated
    }
}

/// How much of a text's beginning and end is searched for what it says about itself, in words.
const ENDS: usize = 300;
/// How much of a text is looked at for function words, in words.
const SAMPLE: usize = 1_500;

impl Stated {
    fn look(&mut self, body: &str, words: &[Word], at: usize, noise: &Noise, months: &Months) {
        let Some(found) = noise.find(body, words, at) else { return };
        match found.rule {
            Rule::Sentence => {
                for (slot, range) in &found.slots {
                    let text = &body[words[range.start].start..words[range.end - 1].end];
                    let field = match slot {
                        Slot::Title => &mut self.title,
                        Slot::Author => &mut self.author,
                        Slot::Publisher => &mut self.publisher,
                    };
                    field.get_or_insert_with(|| text.split_whitespace().collect::<Vec<_>>().join(" "));
                }
            }
            // A date stamp stands at the head of a page; dates further down are somebody else's.
            Rule::Stamp if self.published.is_none() && at < 60 => {
                if let Some(end) = noise.stamp_end(body, words, found.end) {
                    self.published = dates::normalise(&body[words[found.end].start..words[end - 1].end], months);
                }
            }
            _ => {}
        }
    }
}
