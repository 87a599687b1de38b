//! What a person has decided about claims and things: a small file of the user's that outlives rebuilds, better patterns
//! and revisions of the article.
//!
//! Decisions about claims name what the claim says, never its id: document, frame, quote, and the words of the roles that
//! identify it. Decisions about things name them, by a key of the gazetteer or by a name, which may say in which document
//! ("SEC @ article-7"). What contradicts itself or applies no more is reported and stays in the file.
//!
//! ```
//! use chancery::curate::Curation;
//! let text = r#"
//! schema = 1
//! [[decision]]
//! decide = "rename"
//! things = ["PVARA"]
//! to = "Pakistan Virtual Assets Regulatory Authority"
//! why = "its full name"
//! "#;
//! let curation = Curation::parse(std::path::Path::new("curation.toml"), text)?;
//! assert_eq!(curation.decisions.len(), 1);
//! # Ok::<(), chancery::curate::CurationError>(())
//! ```

mod amend;
mod claims;
mod file;
mod sheet;
mod things;

pub use amend::AmendError;
pub use file::CurationError;
pub use sheet::{Row, read_sheet, write_sheet};

pub(crate) use claims::Curated;
pub(crate) use things::{Links, Named};

use crate::model::PartialDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What is decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// The claim is not made, whatever the reader found.
    Reject,
    /// The claim is right: its confidence is 1.
    Confirm,
    /// The claim says something else in some roles.
    Amend,
    /// Several names are of one thing.
    Same,
    /// Two names are of two things.
    NotSame,
    Rename,
    Type,
    Wikidata,
}

impl Verdict {
    /// As it stands in the file: `not-same`.
    pub fn name(self) -> &'static str {
        match self {
            Verdict::Reject => "reject",
            Verdict::Confirm => "confirm",
            Verdict::Amend => "amend",
            Verdict::Same => "same",
            Verdict::NotSame => "not-same",
            Verdict::Rename => "rename",
            Verdict::Type => "type",
            Verdict::Wikidata => "wikidata",
        }
    }

    /// The verdict of that name.
    pub fn from_name(name: &str) -> Option<Verdict> {
        use Verdict::{Amend, Confirm, NotSame, Reject, Rename, Same, Type, Wikidata};
        [Reject, Confirm, Amend, Same, NotSame, Rename, Type, Wikidata].into_iter().find(|v| v.name() == name)
    }

    /// Whether it is about a claim, not about things.
    pub fn of_claim(self) -> bool {
        matches!(self, Verdict::Reject | Verdict::Confirm | Verdict::Amend)
    }
}

/// One decision. Which fields it has depends on the verdict.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decision {
    pub decide: Verdict,
    /// Of a claim: id of its document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub frame: Option<String>,
    /// Words of the quote; one that contains the other is the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quote: Option<String>,
    /// Names or keys of the things that it is about; " @ DOCUMENT" after a name means that document only.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub things: Vec<String>,
    /// The new name, type or Wikidata id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    pub why: String,
    /// When it was decided; for people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<PartialDate>,
    /// Of a claim: words that its identifying roles have.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub roles: BTreeMap<String, Vec<String>>,
    /// Of an amended claim: what a role (or `modality`, `polarity`) is instead; nothing takes the role away.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub set: BTreeMap<String, String>,
}

impl Decision {
    /// What is shown where it applies: `confirmed: seen in the gazette`.
    pub fn note(&self) -> String {
        let verdict = match self.decide {
            Verdict::Reject => "rejected",
            Verdict::Confirm => "confirmed",
            Verdict::Amend => "amended",
            Verdict::Same => "joined",
            Verdict::NotSame => "kept apart",
            Verdict::Rename => "renamed",
            Verdict::Type => "type set",
            Verdict::Wikidata => "Wikidata id set",
        };
        let on = self.on.map_or_else(String::new, |d| format!(" ({d})"));
        format!("{verdict}: {}{on}", self.why)
    }
}

/// What became of a decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// It applies to so many claims or things.
    Applies(usize),
    /// It applies to nothing (any more), or can't; with the reason. It stays in the file.
    Idle(String),
}

/// All decisions of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Curation {
    #[serde(default)]
    schema: i64,
    #[serde(default, rename = "decision")]
    pub decisions: Vec<Decision>,
    /// Line of each decision in its file.
    #[serde(skip)]
    lines: Vec<usize>,
}

impl Curation {
    /// Line of a decision in its file, from 1; 0 where it comes from none.
    pub fn line(&self, index: usize) -> usize {
        self.lines.get(index).copied().unwrap_or(0)
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.decisions.is_empty()
    }

    /// With one more.
    pub fn push(&mut self, decision: Decision) {
        self.decisions.push(decision);
        self.lines.push(0);
    }
}
