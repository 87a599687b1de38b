//! All of data/ that the lexicon is made of, compiled. Shared with the build script.

use super::compile::{self, Fault};
use super::compiled::{CompiledLanguage, CompiledNames};
use super::entry::{Entry, GazetteerFile};
use super::source::{ClassesFile, GrammarFile};
use serde::{Deserialize, Serialize};

/// A language with the names that it uses.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct LanguageParts {
    pub words: CompiledLanguage,
    pub names: CompiledNames,
}

/// What the extractor needs to know of a gazetteer entry on every article, without its names.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct OutlineEntry {
    pub key: String,
    pub kind: crate::model::Kind,
    /// Index of the country.
    pub country: Option<u32>,
    /// Index of the country that it is the capital of.
    pub capital_of: Option<u32>,
    pub concept: Option<String>,
    pub ticker: Option<String>,
    pub wikidata: Option<String>,
    /// (index of the organisation, from, until)
    pub offices: Vec<(u32, String, String)>,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Outline {
    pub classes: Vec<String>,
    pub entries: Vec<OutlineEntry>,
}

#[derive(Debug, Clone, Default)]
pub struct Whole {
    pub outline: Outline,
    pub entries: Vec<Entry>,
    pub languages: Vec<(String, LanguageParts)>,
}

/// Compiles everything from (path below data/, text) pairs in order of their paths.
pub fn compile_all(files: &[(&str, &str)]) -> Result<Whole, Fault> {
    let mut whole = Whole::default();
    for (path, text) in files.iter().filter(|(p, _)| p.starts_with("gazetteer/")) {
        let file: GazetteerFile = compile::parse(path, text)?;
        whole.entries.extend(file.entity);
    }
    whole.entries.sort_by(|a, b| a.key.cmp(&b.key));
    if let Some(pair) = whole.entries.windows(2).find(|p| p[0].key == p[1].key) {
        let path = files
            .iter()
            .find(|(p, t)| p.starts_with("gazetteer/") && t.contains(&format!("key = \"{}\"", pair[0].key)))
            .map_or("gazetteer", |f| f.0);
        return Err((path.to_string(), 1, format!("the key \"{}\" stands twice in the gazetteer", pair[0].key)));
    }
    let index = |key: &Option<String>| {
        key.as_ref().and_then(|k| whole.entries.binary_search_by(|e| e.key.as_str().cmp(k)).ok()).map(|i| i as u32)
    };
    whole.outline.entries = whole
        .entries
        .iter()
        .map(|e| OutlineEntry {
            key: e.key.clone(),
            kind: e.kind,
            country: index(&e.country),
            capital_of: index(&e.capital_of),
            concept: e.concept.clone(),
            ticker: e.ticker.clone(),
            wikidata: e.wikidata.clone(),
            offices: e
                .offices
                .iter()
                .filter_map(|o| Some((index(&Some(o.organisation.clone()))?, o.from.clone(), o.until.clone())))
                .collect(),
        })
        .collect();
    if let Some((path, text)) = files.iter().find(|(p, _)| *p == "classes.toml") {
        let classes: ClassesFile = compile::parse(path, text)?;
        whole.outline.classes = classes.classes.into_keys().collect();
    }
    let mut codes: Vec<&str> =
        files.iter().filter_map(|(p, _)| p.strip_prefix("languages/")?.strip_suffix("/grammar.toml")).collect();
    codes.sort_unstable();
    for code in codes {
        let folder = format!("languages/{code}/");
        let own: Vec<(&str, &str)> = files.iter().filter(|(p, _)| p.starts_with(&folder)).copied().collect();
        let (path, text) = own.iter().find(|(p, _)| p.ends_with("/grammar.toml")).copied().unwrap_or_default();
        let grammar: GrammarFile = compile::parse(path, text)?;
        let endings: Vec<&str> = grammar.adjective_endings.iter().map(String::as_str).collect();
        let words = compile::compile(&own, &whole.outline.classes)?;
        let names = compile::compile_names(code, &whole.entries, &endings);
        whole.languages.push((code.to_string(), LanguageParts { words, names }));
    }
    Ok(whole)
}
