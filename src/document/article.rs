use super::ReadError;
use crate::model::PassageKind;
use serde::{Deserialize, Deserializer, Serialize};
use std::ops::Range;

/// An article as its source gives it, before anything was concluded from it. In JSON the fields of the
/// articles format; nulls and unknown fields are fine, `text` is required.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RawArticle {
    /// The source's own id; a number is taken as its digits.
    #[serde(default, deserialize_with = "text_or_number")]
    pub id: Option<String>,
    /// ISO 639-1, or a tag that begins with it (`pt-BR`).
    #[serde(default)]
    pub language: Option<String>,
    #[serde(default)]
    pub title: Option<String>,
    #[serde(default)]
    pub publisher: Option<String>,
    #[serde(default)]
    pub author: Option<String>,
    /// A date or a date with time, ISO 8601 or RFC 2822.
    #[serde(default, alias = "date")]
    pub published: Option<String>,
    /// The canonical address.
    #[serde(default)]
    pub url: Option<String>,
    /// The body, without the title; kept to the letter.
    #[serde(default)]
    pub text: Option<String>,
    /// SHA-256 of the record's bytes, in hexadecimal.
    #[serde(skip)]
    pub raw_sha256: Option<String>,
    /// What markup says of stretches of the text (byte offsets into `text`): captions, quotations.
    #[serde(skip)]
    pub marks: Vec<(Range<usize>, PassageKind)>,
}

impl RawArticle {
    /// One JSON object; `line` and `column` (both from 1) say where it begins in the file `name`.
    pub(super) fn from_json(json: &str, name: &str, line: usize, column: usize) -> Result<RawArticle, ReadError> {
        let mut article: RawArticle = serde_json::from_str(json).map_err(|e| {
            let at = if e.line() <= 1 { column + e.column().max(1) - 1 } else { e.column() };
            let what = e.to_string();
            // serde_json counts from the record's start; the place says it from the file's.
            let what = what.rsplit_once(" at line ").map_or(what.as_str(), |(w, _)| w).to_string();
            ReadError::Syntax { place: format!("{name}:{}", line + e.line().max(1) - 1), column: at, what }
        })?;
        article.raw_sha256 = Some(crate::digest::sha256(json.as_bytes()));
        Ok(article)
    }

    /// Sets the field of that name; unknown names are left alone, empty values and `null` are no value.
    pub(super) fn set(&mut self, name: &str, value: &str) {
        let value = value.trim();
        if value.is_empty() || value == "null" || value == "~" {
            return;
        }
        let field = match name.trim().to_ascii_lowercase().as_str() {
            "id" => &mut self.id,
            "language" | "lang" => &mut self.language,
            "title" => &mut self.title,
            "publisher" => &mut self.publisher,
            "author" => &mut self.author,
            "published" | "date" => &mut self.published,
            "url" => &mut self.url,
            _ => return,
        };
        *field = Some(value.to_string());
    }
}

fn text_or_number<'de, D: Deserializer<'de>>(d: D) -> Result<Option<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Id {
        Text(String),
        Number(serde_json::Number),
    }
    Ok(Option::<Id>::deserialize(d)?.map(|id| match id {
        Id::Text(text) => text,
        Id::Number(number) => number.to_string(),
    }))
}
