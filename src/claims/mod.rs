//! Claims documents: checked when they come from elsewhere, given ids, described by a JSON Schema.
//!
//! A claims document is one line of JSON that says what one article states. Ours come from
//! [`crate::extract`]; anybody's are welcome through [`check`], which finds the offsets itself and refuses what it cannot
//! find, never half a document.
//!
//! ```
//! use chancery::{claims, frame::Frames};
//! let line = r#"{"document":{"title":"A pact","text":"Ruritania signed a treaty with Graustark."},
//!   "entities":[{"id":"e1","name":"Ruritania"},{"id":"e2","name":"Graustark"}],
//!   "claims":[{"frame":"agreement","roles":{"party":[{"entity":"e1"},{"entity":"e2"}]},
//!              "evidence":[{"quote":"Ruritania signed a treaty"}]}]}"#;
//! let doc = claims::check(line, "line 1", |_| None, Frames::embedded()).unwrap();
//! assert_eq!(doc.claims[0].evidence[0].start, Some(8));
//! assert!(doc.claims[0].id.starts_with('c'));
//! ```

mod ids;
mod locate;
mod parse;
mod reader;
mod schema;
mod text;

pub use crate::digest::sha256;
pub(crate) use ids::short_id;
pub use ids::{assign_ids, text_id};
pub(crate) use parse::{has_dimension, known_concept};
pub use schema::json_schema;

use crate::frame::Frames;
use crate::model::ClaimsDocument;
use reader::Reader;
use std::fmt;

/// Something in a claims document that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimsError {
    /// File and line: `claims.jsonl:7`.
    pub place: String,
    /// Where in the JSON: `claims[2].roles.party[0]`; empty for the line as a whole.
    pub path: String,
    /// What is wrong and what to do.
    pub what: String,
}

impl fmt::Display for ClaimsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let gap = if self.path.is_empty() { "" } else { ": " };
        write!(f, "{}: {}{gap}{}", self.place, self.path, self.what)
    }
}

impl std::error::Error for ClaimsError {}

/// Reads one line of claims documents and checks it.
///
/// `place` names file and line for the messages. `known_text` gives the full text (title, blank line, body) that the
/// store has under a document's id; it is asked only where the line itself brings no text. What comes back has its
/// text, hashes, ids and offsets.
///
/// # Errors
/// Everything that is wrong with the line, each with its place.
pub fn check(
    line: &str,
    place: &str,
    known_text: impl Fn(&str) -> Option<String>,
    frames: &Frames,
) -> Result<ClaimsDocument, Vec<ClaimsError>> {
    let mut r = Reader { place, errors: Vec::new() };
    let json = match serde_json::from_str(line) {
        Ok(json) => json,
        Err(e) => {
            r.fail("", format!("is not JSON: {e}"));
            return Err(r.errors);
        }
    };
    let Some(mut doc) = parse::document(&mut r, &json, frames) else { return Err(r.errors) };
    if let Some(full) = full_text(&mut r, &mut doc, known_text) {
        let stated = doc.document.meta.sha256.clone();
        if stated.is_some_and(|hash| !hash.eq_ignore_ascii_case(&sha256(full.as_bytes()))) {
            r.fail(
                "document.sha256",
                "is that of another text (title, blank line, body in UTF-8): leave it out, or give the text it belongs to",
            );
        }
        let text = text::Text::new(full);
        locate::all(&mut r, &text, &mut doc.entities, &mut doc.claims);
    }
    if !r.errors.is_empty() {
        return Err(r.errors);
    }
    assign_ids(&mut doc, frames);
    Ok(doc)
}

/// The text that offsets count: the line's own, else the store's, which then also says what the title is.
fn full_text(r: &mut Reader, doc: &mut ClaimsDocument, known_text: impl Fn(&str) -> Option<String>) -> Option<String> {
    if doc.document.text.is_none() {
        let id = doc.document.meta.id.clone();
        let known = Some(&id).filter(|id| !id.is_empty()).and_then(|id| known_text(id));
        let Some(known) = known else {
            let what = if id.is_empty() {
                "is missing, and so is the id: give the document's text, or the id of a document of the store"
                    .to_string()
            } else {
                format!("is missing, and the store has no document \"{id}\": give the document's text")
            };
            r.fail("document.text", what);
            return None;
        };
        let (title, body) = known.split_once("\n\n").unwrap_or(("", &known));
        let meta = &mut doc.document.meta;
        if !meta.title.is_empty() && meta.title != title {
            r.fail(
                "document.title",
                format!("the store has this document as \"{title}\": leave the title out, or give the text"),
            );
        }
        meta.title = title.to_string();
        doc.document.text = Some(body.to_string());
    }
    doc.document.full()
}
