use serde::{Deserialize, Serialize};

/// A stretch of a text, in Unicode code points, end excluded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Span {
    pub start: usize,
    pub end: usize,
}

/// What is known of a document besides its text; a part of the claims document.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentMeta {
    /// Explicit id of its source, else its canonical URL, else the hash of its text; never a path or a row number.
    pub id: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    #[serde(default)]
    pub title: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub publisher: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub author: Option<String>,
    /// ISO 8601, at the precision known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<String>,
    /// The main language, ISO 639-1.
    #[serde(default)]
    pub language: String,
    /// SHA-256 of title, blank line and body in UTF-8, in hexadecimal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sha256: Option<String>,
    /// SHA-256 of the bytes as they were read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub raw_sha256: Option<String>,
}

/// What a passage is on its page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PassageKind {
    Headline,
    Body,
    /// An embedded post or block quotation: somebody else's words.
    Quotation,
    Caption,
    /// Site chrome: menus, newsletter lines, adverts, bylines. Nothing is claimed from it.
    Chrome,
    /// The same words stood earlier in the document.
    Repeated,
}

/// A stretch of a document with a language and a kind. Passages do not overlap, and stand in the order of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// Byte offsets into [`Document::full`].
    pub bytes: std::ops::Range<usize>,
    /// ISO 639-1; one of the languages with a folder in data/languages.
    pub language: String,
    pub kind: PassageKind,
    /// Who is quoted, for a [`PassageKind::Quotation`] that names its author ("SHA256 News").
    pub author: Option<String>,
}

/// A text with where it came from, never altered after reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    pub meta: DocumentMeta,
    /// Title, blank line, body: what every offset counts. Without a title it starts with the blank line ("\n\n").
    pub full: String,
    /// Where it was read, for messages only ("news.jsonl:7").
    pub place: String,
    pub passages: Vec<Passage>,
}

impl Document {
    /// The body: [`Document::full`] without title and blank line.
    pub fn body(&self) -> &str {
        &self.full[self.meta.title.len() + 2..]
    }

    /// Byte offset of the body in [`Document::full`].
    pub fn body_start(&self) -> usize {
        self.meta.title.len() + 2
    }
}
