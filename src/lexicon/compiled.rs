//! The compiled form of one language: tables of phrases and small tables. Shared with the build script.

use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// What a phrase of the language can be. Eight bytes: `tag`, then operands whose meaning depends on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    pub tag: Tag,
    pub d: u8,
    pub a: u16,
    pub b: u16,
    pub c: u16,
}

macro_rules! tags {
    ($($name:ident),*) => {
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        #[repr(u8)]
        pub enum Tag { $($name),* }
        impl Tag {
            const ALL: &'static [Tag] = &[$(Tag::$name),*];
        }
    };
}

tags! {
    // a: bits of `closed`
    Closed,
    // a: bits of `aux`
    Auxiliary,
    // a, b: low and high half of the preposition classes' bits
    Preposition,
    // a: class, b: member
    Noun,
    Adjective,
    // a: class, b: member, d: form; c: 1 + index of a separable particle that must stand apart, or 0
    Verb,
    // d: form; a verb in no class
    OtherVerb,
    // a: index of the multi-word verb, d: form
    MultiVerb,
    // a: kind of cue
    Cue,
    // a: index of the title
    Title,
    Month,
    Weekday,
    // a: index into `relative`
    RelativeDate,
    // a: low, b: high half of the number
    Number,
    // a: power of ten
    Scale,
    // a: index into `strings`, a decimal
    Fraction,
    // a: 0 at least, 1 at most, 2 about
    Bound,
    // a: index into `strings`
    Currency,
    Unit,
    AssetUnit,
    // a: scheme (0 topic, 1 instrument, 2 asset), b: index into `strings`
    Concept,
    // a: kind of date word, b: operand
    DateWord,
    Abbreviation,
    NameParticle,
    Address,
    Percent
}

impl Entry {
    pub fn to_bits(self) -> u64 {
        (self.tag as u64) << 56
            | u64::from(self.d) << 48
            | u64::from(self.a) << 32
            | u64::from(self.b) << 16
            | u64::from(self.c)
    }

    pub fn from_bits(bits: u64) -> Entry {
        Entry {
            tag: Tag::ALL[((bits >> 56) as usize).min(Tag::ALL.len() - 1)],
            d: (bits >> 48) as u8,
            a: (bits >> 32) as u16,
            b: (bits >> 16) as u16,
            c: bits as u16,
        }
    }
}

/// Bits of a closed-class word.
pub mod closed {
    pub const DETERMINER: u16 = 1;
    pub const DEFINITE: u16 = 1 << 1;
    pub const POSSESSIVE: u16 = 1 << 2;
    pub const PRONOUN: u16 = 1 << 3;
    pub const PERSON: u16 = 1 << 4;
    pub const THING: u16 = 1 << 5;
    pub const PLURAL: u16 = 1 << 6;
    pub const RELATIVE: u16 = 1 << 7;
    pub const SUBORDINATOR: u16 = 1 << 8;
    pub const CONDITIONAL: u16 = 1 << 9;
    pub const PURPOSE: u16 = 1 << 10;
    pub const COORDINATOR: u16 = 1 << 11;
    pub const CONTRAST: u16 = 1 << 12;
    pub const NEGATOR: u16 = 1 << 13;
    pub const ADVERB: u16 = 1 << 14;
    pub const QUESTION: u16 = 1 << 15;
}

/// Bits of an auxiliary.
pub mod aux {
    pub const BE: u16 = 1;
    pub const BECOME: u16 = 1 << 1;
    pub const HAVE: u16 = 1 << 2;
    pub const FUTURE: u16 = 1 << 3;
    pub const PLANNED: u16 = 1 << 4;
    pub const POSSIBLE: u16 = 1 << 5;
    pub const PASSIVE: u16 = 1 << 6;
    pub const REFLEXIVE: u16 = 1 << 7;
    pub const INFINITIVE_MARK: u16 = 1 << 8;
    pub const GENITIVE: u16 = 1 << 9;
}

/// Forms of a verb.
pub mod form {
    pub const INFINITIVE: u8 = 0;
    pub const FINITE: u8 = 1;
    pub const PARTICIPLE: u8 = 2;
    pub const GERUND: u8 = 3;
    pub const FUTURE: u8 = 4;
    pub const CONDITIONAL: u8 = 5;
    pub const SUBJUNCTIVE: u8 = 6;
    pub const SPLIT: u8 = 7;

    pub fn from_tag(tag: &str) -> Option<u8> {
        Some(match tag {
            "inf" => INFINITIVE,
            "fin" => FINITE,
            "pp" => PARTICIPLE,
            "ger" => GERUND,
            "fut" => FUTURE,
            "cond" => CONDITIONAL,
            "subj" => SUBJUNCTIVE,
            "split" => SPLIT,
            _ => return None,
        })
    }
}

/// Kinds of cues.
pub mod cue {
    pub const PLANNED: u16 = 0;
    pub const POSSIBLE: u16 = 1;
    pub const HYPOTHETICAL: u16 = 2;
    pub const NEGATING: u16 = 3;
    pub const ENDED: u16 = 4;
    pub const ACTING: u16 = 5;
    pub const ACCORDING: u16 = 6;
    pub const AGAIN: u16 = 7;
}

/// Kinds of date words.
pub mod date_word {
    pub const AGO_BEFORE: u16 = 0;
    pub const AGO_AFTER: u16 = 1;
    pub const LATER_BEFORE: u16 = 2;
    pub const LATER_AFTER: u16 = 3;
    /// b: 0 day, 1 week, 2 month, 3 year
    pub const UNIT: u16 = 4;
    pub const LAST: u16 = 5;
    pub const NEXT: u16 = 6;
    pub const THIS: u16 = 7;
    pub const PART: u16 = 8;
    /// b: 1 to 4
    pub const QUARTER: u16 = 9;
    /// b: 1 or 2
    pub const HALF: u16 = 10;
    /// b: 0 spring, 1 summer, 2 autumn, 3 winter
    pub const SEASON: u16 = 11;
    pub const SINCE: u16 = 12;
    pub const UNTIL: u16 = 13;
    pub const FROM_ON: u16 = 14;
    pub const YEAR_PREFIX: u16 = 15;
}

macro_rules! prepositions {
    ($($name:ident),*) => {
        /// The preposition classes, in the order of their bits.
        pub const PREPOSITIONS: &[&str] = &[$(stringify!($name)),*];

        #[allow(non_camel_case_types, clippy::upper_case_acronyms)]
        enum Position { $($name),* }

        /// Bits of the preposition classes.
        pub mod prep {
            $(pub const $name: u32 = 1 << super::Position::$name as u32;)*
        }
    };
}

prepositions! {
    OF, WITH, TO, FROM, BY, IN, ON, AT, FOR, AGAINST, ABOUT, UNDER, AS, INTO, BETWEEN, THROUGH, AFTER, BEFORE, SINCE, UNTIL,
    DURING, WITHOUT, BEYOND
}

/// The bit of a preposition class.
pub fn preposition(class: &str) -> Option<u32> {
    PREPOSITIONS.iter().position(|p| *p == class).map(|i| 1 << i)
}

/// The number of a concept scheme in an entry: topic, instrument, asset.
pub mod scheme {
    pub const TOPIC: u16 = 0;
    pub const INSTRUMENT: u16 = 1;
    pub const ASSET: u16 = 2;
}

/// A verb of several words: `head` is the one that inflects.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Multi {
    pub class: u16,
    pub member: u16,
    /// The hashes of the other words, normalised; 0 stands for a determiner or possessive.
    pub before: Vec<u64>,
    pub after: Vec<u64>,
    /// The last word is a preposition that governs the object.
    pub governs: bool,
}

/// A title of office.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct TitleInfo {
    pub title: String,
    pub of: String,
    pub optional: bool,
    pub office: bool,
}

/// The small tables of a language.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Tables {
    pub language: String,
    pub verb_second: bool,
    pub noun_capitals: bool,
    pub compounds: bool,
    pub pro_drop: bool,
    pub adjective_after: bool,
    pub decimal: char,
    pub genitive_suffixes: Vec<String>,
    pub ordinal_suffixes: Vec<String>,
    pub day_after_month: bool,
    pub capital_months: bool,
    /// As written in the file, for `explain`.
    pub members: Vec<String>,
    pub multis: Vec<Multi>,
    pub titles: Vec<TitleInfo>,
    pub relative: Vec<String>,
    pub strings: Vec<String>,
    pub particles: Vec<String>,
    /// Beginnings of words that show a concept: (beginning, scheme, index into `strings`).
    pub stems: Vec<(String, u16, u16)>,
    /// Members that cannot fire, with file, line and reason; a test fails where there is one.
    pub gaps: Vec<String>,
}

/// One language, compiled. The bytes are read where they lie: in the program, or in memory where data/ was compiled at
/// start-up.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct CompiledLanguage {
    pub tables: Tables,
    /// The table of normalised phrases.
    #[serde(borrow)]
    pub phrases: Cow<'static, [u8]>,
    /// That of the nouns that end compounds.
    #[serde(borrow)]
    pub endings: Cow<'static, [u8]>,
    /// The lists of both: entries as bits.
    #[serde(borrow)]
    pub entries: Cow<'static, [u8]>,
}

/// Lower case, straight apostrophes: how phrases are looked up.
pub fn normalise(text: &str) -> String {
    text.chars()
        .flat_map(char::to_lowercase)
        .map(|c| if c == '\u{2019}' || c == '\u{2bc}' { '\'' } else { c })
        .collect()
}

/// How a name of the gazetteer means its entity.
pub mod name_kind {
    pub const NAME: u8 = 0;
    /// Only where the article is about its country.
    pub const LOCAL: u8 = 1;
    pub const DEMONYM: u8 = 2;
}

/// The names of the gazetteer as one language uses them.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct CompiledNames {
    /// The table of their exact words.
    #[serde(borrow)]
    pub names: Cow<'static, [u8]>,
    /// Its lists: kind << 32 | index of the entity.
    #[serde(borrow)]
    pub entries: Cow<'static, [u8]>,
    /// By entity: the name that the language calls it by.
    pub labels: Vec<String>,
}
