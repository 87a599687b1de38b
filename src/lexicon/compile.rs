//! From the files of data/languages/LL to a [`CompiledLanguage`]. Shared with the build script.

use super::compiled::*;
use super::source::*;
use super::table::{Lists, hash};
use std::collections::BTreeMap;

/// (path, line, what is wrong).
pub type Fault = (String, usize, String);

/// Collects phrases with their entries until they are frozen into maps.
#[derive(Default)]
struct Collector {
    phrases: BTreeMap<String, Vec<Entry>>,
    endings: BTreeMap<String, Vec<Entry>>,
    strings: Vec<String>,
    string_index: BTreeMap<String, u16>,
}

impl Collector {
    fn add(&mut self, phrase: &str, tag: Tag, d: u8, a: u16, b: u16, c: u16) {
        let key = split_words(&normalise(phrase.trim())).join(" ");
        if key.is_empty() {
            return;
        }
        let entry = Entry { tag, d, a, b, c };
        let list = self.phrases.entry(key).or_default();
        if !list.contains(&entry) {
            list.push(entry);
        }
    }

    fn ending(&mut self, word: &str, entry: Entry) {
        let key = normalise(word.trim());
        if word.chars().count() >= 3 && !word.contains(' ') {
            let list = self.endings.entry(key).or_default();
            if !list.contains(&entry) {
                list.push(entry);
            }
        }
    }

    fn bits(&mut self, words: &[String], tag: Tag, bits: u16) {
        for word in words {
            let key = split_words(&normalise(word.trim())).join(" ");
            let list = self.phrases.entry(key).or_default();
            match list.iter_mut().find(|e| e.tag == tag) {
                Some(entry) => entry.a |= bits,
                None => list.push(Entry { tag, d: 0, a: bits, b: 0, c: 0 }),
            }
        }
    }

    fn string(&mut self, text: &str) -> u16 {
        if let Some(index) = self.string_index.get(text) {
            return *index;
        }
        let index = self.strings.len() as u16;
        self.strings.push(text.to_string());
        self.string_index.insert(text.to_string(), index);
        index
    }
}

/// Words of a phrase, divided as the tokenizer divides text (an apostrophe ends its word).
pub fn split_words(phrase: &str) -> Vec<String> {
    let mut words = Vec::new();
    for piece in phrase.split_whitespace() {
        match piece.find('\'') {
            Some(at) if at > 0 && at + 1 < piece.len() && at <= 5 && !piece.starts_with('\'') => {
                words.push(piece[..=at].to_string());
                words.push(piece[at + 1..].to_string());
            }
            // A full stop at the end is a token of its own unless others stand inside ("u.s.").
            _ => match piece.strip_suffix('.') {
                Some(bare) if !bare.is_empty() && !bare.contains('.') => {
                    words.extend([bare.to_string(), ".".to_string()]);
                }
                _ => words.push(piece.to_string()),
            },
        }
    }
    words
}

type Forms = BTreeMap<String, Vec<(u8, String)>>;

/// Compiles one language from its files: (path, text) pairs, and the class names in order.
pub fn compile(files: &[(&str, &str)], classes: &[String]) -> Result<CompiledLanguage, Fault> {
    let mut c = Collector::default();
    let mut tables = Tables::default();
    let find = |name: &str| files.iter().find(|(p, _)| p.ends_with(name)).copied();
    let (path, text) = find("/grammar.toml").ok_or_else(|| {
        (files.first().map_or("data/languages", |f| f.0).to_string(), 1, "the language has no grammar.toml".to_string())
    })?;
    let grammar: GrammarFile = parse(path, text)?;
    compile_grammar(&mut c, &mut tables, &grammar);
    if let Some((path, text)) = find("/dates.toml") {
        compile_dates(&mut c, &mut tables, &parse(path, text)?);
    }
    if let Some((path, text)) = find("/numbers.toml") {
        compile_numbers(&mut c, &mut tables, &parse(path, text)?);
    }
    if let Some((path, text)) = find("/cues.toml") {
        let cues: CuesFile = parse(path, text)?;
        for (kind, words) in [
            (cue::PLANNED, &cues.planned),
            (cue::POSSIBLE, &cues.possible),
            (cue::HYPOTHETICAL, &cues.hypothetical),
            (cue::NEGATING, &cues.negating),
            (cue::ENDED, &cues.ended),
            (cue::ACTING, &cues.acting),
            (cue::ACCORDING, &cues.according_to),
            (cue::AGAIN, &cues.again.words),
        ] {
            for word in words {
                c.add(word, Tag::Cue, 0, kind, 0, 0);
            }
        }
    }
    if let Some((path, text)) = find("/titles.toml") {
        let titles: TitlesFile = parse(path, text)?;
        for title in titles.title {
            let index = tables.titles.len() as u16;
            for word in &title.words {
                c.add(word, Tag::Title, 0, index, 0, 0);
            }
            tables.titles.push(TitleInfo {
                title: title.title,
                of: title.of,
                optional: title.optional,
                office: title.office,
            });
        }
    }
    if let Some((path, text)) = find("/concepts.toml") {
        let concepts: ConceptsFile = parse(path, text)?;
        for (number, table) in [
            (scheme::TOPIC, &concepts.topic),
            (scheme::INSTRUMENT, &concepts.instrument),
            (scheme::ASSET, &concepts.asset),
        ] {
            for (concept, words) in table {
                let index = c.string(concept);
                for word in words {
                    match word.strip_suffix('-') {
                        Some(stem) => tables.stems.push((normalise(stem), number, index)),
                        None => c.add(word, Tag::Concept, 0, number, index, 0),
                    }
                }
            }
        }
        tables.stems.sort();
    }
    let forms = match find("/forms/verbs.tsv") {
        Some((path, text)) => read_forms(path, text)?,
        None => Forms::new(),
    };
    let mut used = std::collections::BTreeSet::new();
    for (path, text) in files.iter().filter(|(p, _)| p.contains("/classes/")) {
        compile_classes(&mut c, &mut tables, path, text, classes, &forms, &mut used)?;
    }
    for (lemma, list) in &forms {
        if !used.contains(lemma) {
            for (form, word) in list {
                if *form != form::SPLIT && !word.contains(' ') {
                    c.add(word, Tag::OtherVerb, *form, 0, 0, 0);
                }
            }
        }
    }
    tables.strings = std::mem::take(&mut c.strings);
    let mut lists = Lists::default();
    let phrases = lists.phrases(bits(&c.phrases)).into();
    let endings = lists.endings(bits(&c.endings)).into();
    Ok(CompiledLanguage { tables, phrases, endings, entries: lists.bytes().into() })
}

/// Phrases with their entries as bits.
fn bits(table: &BTreeMap<String, Vec<Entry>>) -> impl Iterator<Item = (&str, Vec<u64>)> {
    table.iter().map(|(key, list)| (key.as_str(), list.iter().map(|e| e.to_bits()).collect()))
}

/// A file's TOML as a `T`; the schema version is looked at by the caller's type.
pub fn parse<T: serde::de::DeserializeOwned>(path: &str, text: &str) -> Result<T, Fault> {
    toml::from_str(text).map_err(|e| {
        let line = e.span().map_or(1, |s| text[..s.start.min(text.len())].matches('\n').count() + 1);
        (path.to_string(), line, e.message().to_string())
    })
}

/// The line on which a string stands, for messages.
fn line_of(text: &str, needle: &str) -> usize {
    text.find(needle).map_or(1, |at| text[..at].matches('\n').count() + 1)
}

fn compile_grammar(c: &mut Collector, tables: &mut Tables, g: &GrammarFile) {
    tables.language = g.language.clone();
    tables.verb_second = g.order == "v2";
    tables.noun_capitals = g.capitals == "nouns";
    tables.compounds = g.compounds;
    tables.pro_drop = g.pro_drop;
    tables.adjective_after = g.adjective_order == "after";
    tables.genitive_suffixes = g.genitive.suffixes.iter().map(|s| normalise(s)).collect();
    for (words, bits) in [
        (&g.determiners, closed::DETERMINER),
        (&g.definite, closed::DETERMINER | closed::DEFINITE),
        (&g.possessives, closed::POSSESSIVE),
        (&g.pronouns, closed::PRONOUN),
        (&g.words.relatives, closed::RELATIVE),
        (&g.words.subordinators, closed::SUBORDINATOR),
        (&g.words.conditionals, closed::CONDITIONAL),
        (&g.words.purposes, closed::PURPOSE),
        (&g.words.coordinators, closed::COORDINATOR),
        (&g.words.contrast, closed::CONTRAST),
        (&g.words.negators, closed::NEGATOR),
        (&g.words.adverbs, closed::ADVERB),
        (&g.words.question_words, closed::QUESTION),
    ] {
        c.bits(words, Tag::Closed, bits);
    }
    for (kind, words) in &g.pronouns_by {
        let bits = match kind.as_str() {
            "person" => closed::PERSON,
            "thing" => closed::THING,
            _ => closed::PLURAL,
        };
        c.bits(words, Tag::Closed, closed::PRONOUN | bits);
    }
    for (kind, words) in &g.auxiliaries {
        let bits = match kind.as_str() {
            "be" => aux::BE,
            "become" => aux::BECOME,
            "have" => aux::HAVE,
            "future" => aux::FUTURE,
            "planned" => aux::PLANNED,
            "possible" => aux::POSSIBLE,
            "passive" => aux::PASSIVE,
            "reflexive" => aux::REFLEXIVE,
            "infinitive_marker" => aux::INFINITIVE_MARK,
            _ => continue,
        };
        c.bits(words, Tag::Auxiliary, bits);
    }
    c.bits(&g.genitive.determiners, Tag::Auxiliary, aux::GENITIVE);
    for (class, words) in &g.prepositions {
        let Some(bits) = preposition(class) else { continue };
        for word in words {
            let key = split_words(&normalise(word.trim())).join(" ");
            let list = c.phrases.entry(key).or_default();
            let (low, high) = (bits as u16, (bits >> 16) as u16);
            match list.iter_mut().find(|e| e.tag == Tag::Preposition) {
                Some(entry) => {
                    entry.a |= low;
                    entry.b |= high;
                }
                None => list.push(Entry { tag: Tag::Preposition, d: 0, a: low, b: high, c: 0 }),
            }
        }
    }
    for word in &g.words.abbreviations {
        c.add(word, Tag::Abbreviation, 0, 0, 0, 0);
    }
    for word in &g.words.name_particles {
        c.add(word, Tag::NameParticle, 0, 0, 0, 0);
    }
    for word in &g.words.titles_of_address {
        c.add(word, Tag::Address, 0, 0, 0, 0);
    }
}

fn compile_dates(c: &mut Collector, tables: &mut Tables, dates: &DatesFile) {
    for (tag, lists) in [(Tag::Month, &dates.months), (Tag::Weekday, &dates.weekdays)] {
        for (i, words) in lists.iter().enumerate() {
            for word in words {
                c.add(word, tag, 0, i as u16 + 1, 0, 0);
            }
        }
    }
    tables.day_after_month = dates.day_after_month;
    tables.capital_months = dates.capital_months;
    tables.ordinal_suffixes = dates.ordinal_suffixes.iter().map(|s| normalise(s)).collect();
    for (phrase, code) in &dates.relative {
        let index = tables.relative.iter().position(|r| r == code).unwrap_or_else(|| {
            tables.relative.push(code.clone());
            tables.relative.len() - 1
        });
        c.add(phrase, Tag::RelativeDate, 0, index as u16, 0, 0);
    }
    let mut word = |words: &[String], kind: u16, operand: u16| {
        for w in words {
            c.add(w, Tag::DateWord, 0, kind, operand, 0);
        }
    };
    word(&dates.ago.before, date_word::AGO_BEFORE, 0);
    word(&dates.ago.after, date_word::AGO_AFTER, 0);
    word(&dates.later.before, date_word::LATER_BEFORE, 0);
    word(&dates.later.after, date_word::LATER_AFTER, 0);
    for units in [&dates.ago.units, &dates.later.units] {
        for (i, words) in [&units.day, &units.week, &units.month, &units.year].into_iter().enumerate() {
            word(words, date_word::UNIT, i as u16);
        }
    }
    word(&dates.last.last, date_word::LAST, 0);
    word(&dates.last.next, date_word::NEXT, 0);
    word(&dates.last.this, date_word::THIS, 0);
    word(&dates.parts, date_word::PART, 0);
    for list in [&dates.quarters, &dates.quarter_short] {
        for (i, words) in list.iter().enumerate() {
            word(words.words(), date_word::QUARTER, i as u16 % 4 + 1);
        }
    }
    for (i, words) in dates.half_years.iter().enumerate() {
        word(words.words(), date_word::HALF, i as u16 + 1);
    }
    for (i, name) in ["spring", "summer", "autumn", "winter"].iter().enumerate() {
        if let Some(words) = dates.seasons.get(*name) {
            word(words, date_word::SEASON, i as u16);
        }
    }
    word(&dates.since, date_word::SINCE, 0);
    word(&dates.until, date_word::UNTIL, 0);
    word(&dates.from_on, date_word::FROM_ON, 0);
    word(&dates.year_prefixes, date_word::YEAR_PREFIX, 0);
}

fn compile_numbers(c: &mut Collector, tables: &mut Tables, numbers: &NumbersFile) {
    tables.decimal = numbers.decimal.chars().next().unwrap_or('.');
    for (word, power) in &numbers.scales {
        c.add(word, Tag::Scale, 0, *power as u16, 0, 0);
    }
    for (word, value) in &numbers.words {
        c.add(word, Tag::Number, 0, *value as u16, (*value >> 16) as u16, 0);
    }
    for (word, value) in &numbers.fractions {
        let text = match value {
            NumberOrText::Number(n) => n.to_string(),
            NumberOrText::Text(t) => t.clone(),
        };
        let index = c.string(&text);
        c.add(word, Tag::Fraction, 0, index, 0, 0);
    }
    for (kind, words) in [(0, &numbers.at_least), (1, &numbers.at_most), (2, &numbers.about)] {
        for word in words {
            c.add(word, Tag::Bound, 0, kind, 0, 0);
        }
    }
    for word in &numbers.percent {
        c.add(word, Tag::Percent, 0, 0, 0, 0);
    }
    for (tag, table) in
        [(Tag::Currency, &numbers.currencies), (Tag::Unit, &numbers.units), (Tag::AssetUnit, &numbers.assets)]
    {
        for (word, code) in table {
            let index = c.string(code);
            c.add(word, tag, 0, index, 0, 0);
        }
    }
}

fn read_forms(path: &str, text: &str) -> Result<Forms, Fault> {
    let mut forms = Forms::new();
    for (i, line) in text.lines().enumerate() {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let mut fields = line.split('\t');
        let fault = |what: &str| (path.to_string(), i + 1, what.to_string());
        let (Some(lemma), Some(tag), Some(word), None) = (fields.next(), fields.next(), fields.next(), fields.next())
        else {
            return Err(fault("a line is lemma, tag and form, divided by tabs"));
        };
        let form =
            form::from_tag(tag).ok_or_else(|| fault("the tag is none of inf, fin, pp, ger, fut, cond, subj, split"))?;
        forms.entry(normalise(lemma)).or_default().push((form, normalise(word)));
    }
    Ok(forms)
}

fn compile_classes(
    c: &mut Collector,
    tables: &mut Tables,
    path: &str,
    text: &str,
    classes: &[String],
    forms: &Forms,
    used: &mut std::collections::BTreeSet<String>,
) -> Result<(), Fault> {
    let file: toml::Table = parse(path, text)?;
    for (name, value) in &file {
        if name == "schema" {
            continue;
        }
        let class = classes.iter().position(|k| k == name).ok_or_else(|| {
            let line = line_of(text, &format!("[{name}]"));
            (path.to_string(), line, format!("there is no class \"{name}\" in data/classes.toml"))
        })? as u16;
        let members: Members = value.clone().try_into().map_err(|e: toml::de::Error| {
            (path.to_string(), line_of(text, &format!("[{name}]")), e.message().to_string())
        })?;
        for (list, tag) in [(&members.nouns, Tag::Noun), (&members.adjectives, Tag::Adjective)] {
            for spec in list {
                let member = member(tables, name, spec);
                for word in spec.split(',') {
                    c.add(word, tag, 0, class, member, 0);
                    if tag == Tag::Noun && tables.compounds {
                        c.ending(word, Entry { tag, d: 0, a: class, b: member, c: 0 });
                    }
                }
            }
        }
        for spec in &members.verbs {
            let member = member(tables, name, spec);
            if let Err(what) = compile_verb(c, tables, spec, class, member, forms, used) {
                tables.gaps.push(format!("{path}:{}: {what}", line_of(text, spec)));
            }
        }
    }
    Ok(())
}

fn member(tables: &mut Tables, class: &str, spec: &str) -> u16 {
    tables.members.push(format!("{class}: {}", spec.split(',').next().unwrap_or(spec).replace(['*', '|'], "")));
    (tables.members.len() - 1) as u16
}

fn compile_verb(
    c: &mut Collector,
    tables: &mut Tables,
    spec: &str,
    class: u16,
    member: u16,
    forms: &Forms,
    used: &mut std::collections::BTreeSet<String>,
) -> Result<(), String> {
    // Words that merely accompany a verb in its dictionary form.
    let words: Vec<String> = split_words(&normalise(spec));
    let starred = words.iter().position(|w| w.starts_with('*') && w.len() > 1);
    let bare: Vec<String> = words.iter().map(|w| w.trim_start_matches('*').to_string()).collect();
    let known = |w: &str| forms.contains_key(w);
    let head = starred
        .or_else(|| {
            let verbs: Vec<usize> = (0..bare.len()).filter(|i| known(&bare[*i])).collect();
            if tables.verb_second { verbs.last().copied() } else { verbs.first().copied() }
        })
        .ok_or_else(|| {
            format!("no word of \"{spec}\" has forms in forms/verbs.tsv: generate them, or mark it with *")
        })?;
    let lemma = bare[head].clone();
    let Some(list) = forms.get(&lemma) else {
        return Err(format!("\"{lemma}\" has no forms in forms/verbs.tsv"));
    };
    used.insert(lemma.clone());
    let particle = lemma.split_once('|').map(|(p, _)| p.to_string());
    let reflexive = |w: &String| {
        c.phrases.get(w).is_some_and(|l| l.iter().any(|e| e.tag == Tag::Auxiliary && e.a & aux::REFLEXIVE != 0))
    };
    let before: Vec<String> = bare[..head].iter().filter(|w| !reflexive(w)).cloned().collect();
    let after: Vec<String> = bare[head + 1..].iter().filter(|w| !reflexive(w)).cloned().collect();
    let particle_index = particle.map_or(0, |p| {
        let index = tables.particles.iter().position(|q| *q == p).unwrap_or_else(|| {
            tables.particles.push(p);
            tables.particles.len() - 1
        });
        index as u16 + 1
    });
    if before.is_empty() && after.is_empty() {
        for (form, word) in list {
            let apart = if *form == form::SPLIT { particle_index } else { 0 };
            let form = if *form == form::SPLIT { form::FINITE } else { *form };
            c.add(word, Tag::Verb, form, class, member, apart);
        }
        return Ok(());
    }
    let last = after.last().or(before.last()).cloned().unwrap_or_default();
    let governs = c.phrases.get(&last).is_some_and(|l| l.iter().any(|e| e.tag == Tag::Preposition));
    let index = tables.multis.len() as u16;
    let hashes = |words: &[String]| words.iter().map(|w| if w == "~" { 0 } else { hash(w) }).collect();
    tables.multis.push(Multi { class, member, before: hashes(&before), after: hashes(&after), governs });
    for (form, word) in list {
        let apart = if *form == form::SPLIT { particle_index } else { 0 };
        let form = if *form == form::SPLIT { form::FINITE } else { *form };
        c.add(word, Tag::MultiVerb, form, index, 0, apart);
    }
    Ok(())
}

/// Words of a name, divided as the tokenizer divides text, case kept.
pub fn name_words(name: &str) -> String {
    let straight: String =
        name.trim().chars().map(|c| if c == '\u{2019}' || c == '\u{2bc}' { '\'' } else { c }).collect();
    let mut words: Vec<String> = Vec::new();
    for piece in straight.split_whitespace() {
        let mut word = String::new();
        for c in piece.chars() {
            // Punctuation that the tokenizer sets apart stands apart here too.
            if c.is_alphanumeric() || matches!(c, '-' | '.' | '\'' | '_' | '&') {
                word.push(c);
            } else {
                words.extend((!word.is_empty()).then(|| std::mem::take(&mut word)));
                words.push(c.to_string());
            }
        }
        // A full stop at the end belongs to "U.S." and not to "Corp.".
        match word.strip_suffix('.') {
            Some(bare) if !bare.contains('.') && !bare.is_empty() => words.extend([bare.to_string(), ".".to_string()]),
            _ => words.extend((!word.is_empty()).then_some(word)),
        }
    }
    split_words(&words.join(" ")).join(" ")
}

/// The names of all entries as one language uses them.
pub fn compile_names(language: &str, entries: &[super::entry::Entry], adjective_endings: &[&str]) -> CompiledNames {
    let mut table: BTreeMap<String, Vec<u64>> = BTreeMap::new();
    let mut put = |name: &str, kind: u8, index: usize| {
        let list = table.entry(name_words(name)).or_default();
        let value = u64::from(kind) << 32 | index as u64;
        if !list.contains(&value) {
            list.push(value);
        }
    };
    for (index, entry) in entries.iter().enumerate() {
        for (source, kind) in
            [(&entry.names, name_kind::NAME), (&entry.local, name_kind::LOCAL), (&entry.demonyms, name_kind::DEMONYM)]
        {
            for key in ["all", language] {
                for name in source.get(key).into_iter().flatten() {
                    match name.strip_suffix('-') {
                        Some(stem) if kind == name_kind::DEMONYM => {
                            for ending in adjective_endings {
                                put(&format!("{stem}{ending}"), kind, index);
                            }
                        }
                        _ => put(name, kind, index),
                    }
                }
            }
        }
    }
    // English names are used in all languages, but never against a name of the language itself.
    if language != "en" {
        for (index, entry) in entries.iter().enumerate() {
            for name in entry.names.get("en").into_iter().flatten() {
                let key = name_words(name);
                if name.chars().count() > 3 && !table.contains_key(&key) {
                    table.insert(key, vec![u64::from(name_kind::NAME) << 32 | index as u64]);
                }
            }
        }
    }
    let mut lists = Lists::default();
    let names = table.iter().filter(|(key, _)| !key.is_empty());
    let names = lists.phrases(names.map(|(key, list)| (key.as_str(), list.clone()))).into();
    let labels = entries
        .iter()
        .map(|e| {
            [language, "all", "en"]
                .iter()
                .find_map(|l| e.names.get(*l)?.first())
                .cloned()
                .unwrap_or_else(|| e.names.values().flatten().next().unwrap_or(&e.key).clone())
        })
        .collect();
    CompiledNames { names, entries: lists.bytes().into(), labels }
}
