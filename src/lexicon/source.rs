//! The files of data/languages/LL as people write them. Shared with the build script, so it leans on nothing else here.

use serde::Deserialize;
use std::collections::BTreeMap;

pub type Words = Vec<String>;

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct GrammarFile {
    pub schema: i64,
    pub language: String,
    pub name: String,
    /// "svo" or "v2".
    pub order: String,
    /// "names" or "nouns": what capitals mark.
    pub capitals: String,
    pub compounds: bool,
    pub pro_drop: bool,
    pub adjective_order: String,
    /// What "-" stands for at the end of a demonym.
    pub adjective_endings: Words,
    pub determiners: Words,
    pub definite: Words,
    pub possessives: Words,
    pub pronouns: Words,
    pub pronouns_by: BTreeMap<String, Words>,
    pub words: WordLists,
    pub auxiliaries: BTreeMap<String, Words>,
    pub prepositions: BTreeMap<String, Words>,
    pub genitive: Genitive,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct WordLists {
    pub relatives: Words,
    pub subordinators: Words,
    pub conditionals: Words,
    pub purposes: Words,
    pub coordinators: Words,
    pub contrast: Words,
    pub negators: Words,
    pub adverbs: Words,
    pub question_words: Words,
    pub abbreviations: Words,
    pub titles_of_address: Words,
    pub name_particles: Words,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Genitive {
    pub suffixes: Words,
    pub determiners: Words,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct UnitWords {
    pub day: Words,
    pub week: Words,
    pub month: Words,
    pub year: Words,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Around {
    pub before: Words,
    pub after: Words,
    pub units: UnitWords,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct LastNext {
    pub last: Words,
    pub next: Words,
    pub this: Words,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct DatesFile {
    pub schema: i64,
    pub months: Vec<Words>,
    pub weekdays: Vec<Words>,
    pub ordinal_suffixes: Words,
    /// The day may follow the month ("July 16, 2025").
    pub day_after_month: bool,
    /// A month is always capitalised, and in lower case another word ("may", "march").
    pub capital_months: bool,
    pub relative: BTreeMap<String, String>,
    pub ago: Around,
    pub later: Around,
    pub last: LastNext,
    pub parts: Words,
    pub quarters: Vec<OneOrMany>,
    pub quarter_short: Vec<OneOrMany>,
    pub half_years: Vec<OneOrMany>,
    pub seasons: BTreeMap<String, Words>,
    pub year_prefixes: Words,
    pub since: Words,
    pub until: Words,
    pub from_on: Words,
}

/// A word, or several that mean the same.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub enum OneOrMany {
    One(String),
    Many(Words),
}

impl OneOrMany {
    pub fn words(&self) -> &[String] {
        match self {
            OneOrMany::One(word) => std::slice::from_ref(word),
            OneOrMany::Many(words) => words,
        }
    }
}

#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub enum NumberOrText {
    Number(i64),
    Text(String),
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct NumbersFile {
    pub schema: i64,
    pub decimal: String,
    pub grouping: Words,
    pub scales: BTreeMap<String, u32>,
    pub words: BTreeMap<String, i64>,
    pub fractions: BTreeMap<String, NumberOrText>,
    pub at_least: Words,
    pub at_most: Words,
    pub about: Words,
    pub between: Vec<Words>,
    pub percent: Words,
    pub currencies: BTreeMap<String, String>,
    pub units: BTreeMap<String, String>,
    pub assets: BTreeMap<String, String>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct CuesFile {
    pub schema: i64,
    pub planned: Words,
    pub possible: Words,
    pub hypothetical: Words,
    pub negating: Words,
    pub ended: Words,
    pub acting: Words,
    pub according_to: Words,
    pub say: Words,
    pub again: Again,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Again {
    pub words: Words,
}

#[derive(Debug, Clone, Deserialize)]
pub struct Title {
    pub words: Words,
    pub title: String,
    /// country, ministry, central-bank, regulator, company, parliament, none.
    #[serde(default = "none")]
    pub of: String,
    #[serde(default)]
    pub optional: bool,
    #[serde(default = "yes")]
    pub office: bool,
}

fn none() -> String {
    "none".to_string()
}

fn yes() -> bool {
    true
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct TitlesFile {
    pub schema: i64,
    pub title: Vec<Title>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct ConceptsFile {
    pub schema: i64,
    pub topic: BTreeMap<String, Words>,
    pub instrument: BTreeMap<String, Words>,
    pub asset: BTreeMap<String, Words>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Members {
    pub verbs: Words,
    pub nouns: Words,
    pub adjectives: Words,
}

#[derive(Debug, Clone, Deserialize)]
pub struct ClassInfo {
    pub pos: String,
    pub gloss: String,
}

#[derive(Debug, Clone, Deserialize)]
pub struct ClassesFile {
    pub schema: i64,
    pub classes: BTreeMap<String, ClassInfo>,
}
