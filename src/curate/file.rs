//! The file: read with line numbers, appended to so that its comments stay.

use super::{Curation, Decision, Verdict};
use crate::model::Kind;
use serde::Serialize;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// Why a file of decisions can't be used.
#[derive(Debug, thiserror::Error)]
pub enum CurationError {
    #[error("{}:{line}: {what}", path.display())]
    Bad { path: PathBuf, line: usize, what: String },
    #[error("{}: cannot be {doing}", path.display())]
    Io {
        path: PathBuf,
        /// "read", "written".
        doing: &'static str,
        source: io::Error,
    },
}

/// What stands at the head of a new file.
const HEAD: &str = "\
# Decisions about claims and things, made with `chancery curate` or by hand. They are applied at each build and stay when
# articles are revised; `chancery curate` lists them with what became of each.
schema = 1
";

impl Curation {
    /// The decisions of a file; none where there is no file.
    ///
    /// # Errors
    /// A file that can't be read, or is not as it should be, with its line.
    pub fn read(path: &Path) -> Result<Curation, CurationError> {
        match fs::read_to_string(path) {
            Ok(text) => Curation::parse(path, &text),
            Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(Curation::default()),
            Err(source) => Err(CurationError::Io { path: path.to_path_buf(), doing: "read", source }),
        }
    }

    /// The decisions of a text; `path` is for messages.
    ///
    /// # Errors
    /// A text that is not as it should be, with its line.
    pub fn parse(path: &Path, text: &str) -> Result<Curation, CurationError> {
        let bad = |line: usize, what: String| CurationError::Bad { path: path.to_path_buf(), line, what };
        let mut curation: Curation = toml::from_str(text).map_err(|e: toml::de::Error| {
            let at = e.span().map_or(0, |s| s.start);
            bad(text[..at.min(text.len())].matches('\n').count() + 1, e.message().to_string())
        })?;
        if curation.schema != 1 && !curation.is_empty() {
            return Err(bad(1, format!("schema is {}, and this program reads 1: write schema = 1", curation.schema)));
        }
        let heads = text.lines().enumerate().filter(|(_, line)| line.trim_start().starts_with("[[decision]]"));
        curation.lines = heads.map(|(i, _)| i + 1).collect();
        for (i, decision) in curation.decisions.iter().enumerate() {
            check(decision).map_err(|what| bad(curation.line(i), what))?;
        }
        Ok(curation)
    }

    /// Adds decisions to the end of a file, which is made where it is not there. What stands in it stays as it is.
    ///
    /// # Errors
    /// A decision that is not as it should be, or a file that can't be written.
    pub fn append(path: &Path, decisions: &[Decision]) -> Result<(), CurationError> {
        #[derive(Serialize)]
        struct Part<'a> {
            decision: [&'a Decision; 1],
        }
        let io = |source| CurationError::Io { path: path.to_path_buf(), doing: "written", source };
        let old = match fs::read_to_string(path) {
            Ok(text) => text,
            Err(e) if e.kind() == io::ErrorKind::NotFound => HEAD.to_string(),
            Err(e) => return Err(io(e)),
        };
        let mut text = old.clone();
        if !text.ends_with('\n') && !text.is_empty() {
            text.push('\n');
        }
        for decision in decisions {
            let part = toml::to_string(&Part { decision: [decision] }).map_err(|e| io(io::Error::other(e)))?;
            text.push('\n');
            text.push_str(&part);
        }
        // What would not be read again is not written.
        Curation::parse(path, &text)?;
        let mut aside = path.as_os_str().to_owned();
        aside.push(".new");
        let write = || {
            let mut file = fs::File::create(&aside)?;
            file.write_all(text.as_bytes())?;
            file.sync_all()?;
            fs::rename(&aside, path)
        };
        write().map_err(io)
    }
}

/// What a decision lacks or has too much.
fn check(decision: &Decision) -> Result<(), String> {
    let name = decision.decide.name();
    if decision.why.trim().is_empty() {
        return Err(format!("\"{name}\" has no reason: write why = \"…\""));
    }
    if decision.decide.of_claim() {
        let missing = [("document", &decision.document), ("frame", &decision.frame), ("quote", &decision.quote)]
            .into_iter()
            .find(|(_, value)| value.as_ref().is_none_or(|v| v.trim().is_empty()));
        if let Some((field, _)) = missing {
            return Err(format!("\"{name}\" is about a claim and has no {field}: write {field} = \"…\""));
        }
        return match decision.set.is_empty() {
            true if decision.decide == Verdict::Amend => {
                Err("\"amend\" sets nothing: write set = { role = \"value\" }".to_string())
            }
            false if decision.decide != Verdict::Amend => {
                Err(format!("\"{name}\" can't set roles: decide = \"amend\" does"))
            }
            _ => Ok(()),
        };
    }
    let several = matches!(decision.decide, Verdict::Same | Verdict::NotSame);
    match decision.things.len() {
        0 => Err(format!("\"{name}\" names no things: write things = [\"…\"]")),
        1 if several => Err(format!("\"{name}\" needs two things or more: write things = [\"…\", \"…\"]")),
        n if n > 1 && !several => Err(format!("\"{name}\" is about one thing, and {n} are named")),
        _ if several => Ok(()),
        _ => value(decision.decide, decision.to.as_deref().unwrap_or("").trim()),
    }
}

fn value(verdict: Verdict, to: &str) -> Result<(), String> {
    let wikidata = |id: &str| id.strip_prefix('Q').is_some_and(|n| n.parse::<u64>().is_ok_and(|n| n > 0));
    match verdict {
        _ if to.is_empty() => Err(format!("\"{}\" says not to what: write to = \"…\"", verdict.name())),
        Verdict::Type if Kind::from_name(to).is_none() => {
            let all: Vec<&str> = Kind::ALL.iter().map(|k| k.name()).collect();
            Err(format!("\"{to}\" is no type of thing; types are {}", all.join(", ")))
        }
        Verdict::Wikidata if !wikidata(to) => Err(format!("\"{to}\" is no Wikidata id: write Q792")),
        _ => Ok(()),
    }
}
