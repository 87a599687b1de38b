//! Reading: from paths, folders and standard input to [`Document`] values, streaming.
//!
//! A [`Reader`] takes text, Markdown, HTML, JSON, JSON Lines and CSV, by content and extension, finds the encoding,
//! normalises dates, tells the language, gives each document its identity and divides its text into passages. The
//! text itself is never altered: the body of a document is its record's `text`, or its file's, to the letter.
//!
//! ```
//! use chancery::data::Data;
//! use chancery::document::{RawArticle, Reader};
//!
//! let reader = Reader::new(&Data::embedded())?;
//! let raw = RawArticle {
//!     title: Some("Ghana legalises crypto".into()),
//!     published: Some("2025-12-29T08:00:00Z".into()),
//!     text: Some("Parliament has passed the bill, and the central bank will license the exchanges.".into()),
//!     ..RawArticle::default()
//! };
//! let document = reader.document(raw, "example")?;
//! assert_eq!(document.meta.language, "en");
//! assert_eq!(document.meta.published.as_deref(), Some("2025-12-29"));
//! assert!(document.full.starts_with("Ghana legalises crypto\n\nParliament"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod article;
mod chrome;
mod dates;
mod encoding;
mod error;
mod html;
mod language;
mod metadata;
mod noise;
mod offsets;
mod passages;
mod phrases;
mod plain;
mod posts;
mod records;
mod repeats;
mod source;
mod words;

pub use article::RawArticle;
pub use error::ReadError;
pub use offsets::Offsets;

use crate::data::{Data, DataError};
use crate::model::{Document, DocumentMeta};
use noise::Languages;
use std::collections::HashMap;
use std::path::PathBuf;
use words::Word;

/// Longest text of one article, in bytes. No article is near it; what is longer is a dump of something else.
pub const MOST_BYTES: usize = 8 << 20;

/// Something worth telling that kept no document from being read.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Note {
    /// A file in a folder, of a kind that is not read.
    Skipped { place: String },
    /// The same id with the same text stood earlier in this run.
    Again { place: String, id: String, first: String },
    /// No publication date: relative dates ("yesterday") will stay open.
    NoDate { place: String },
    /// A publication date in a form that is not understood; read as none.
    BadDate { place: String, date: String },
    /// The text is plainly in another language than its record says; the text was believed.
    OtherLanguage { place: String, stated: String, found: String },
}

impl std::fmt::Display for Note {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Note::Skipped { place } => write!(f, "{place}: skipped, not a kind of file that is read"),
            Note::Again { place, id, first } => write!(f, "{place}: \"{id}\" was read already from {first}"),
            Note::NoDate { place } => write!(f, "{place}: no publication date; relative dates stay open"),
            Note::BadDate { place, date } => {
                write!(f, "{place}: \"{date}\" is no date that is understood; write it as 2025-07-16")
            }
            Note::OtherLanguage { place, stated, found } => {
                write!(f, "{place}: stated to be in \"{stated}\", read as \"{found}\"")
            }
        }
    }
}

type Observer = Box<dyn Fn(&Note) + Send + Sync>;

/// Turns files and records into documents. Made once; cheap to share between threads.
pub struct Reader {
    languages: Languages,
    observer: Option<Observer>,
}

impl Reader {
    /// A reader for the languages of data/languages.
    ///
    /// # Errors
    /// A `noise.toml` that is not of its form.
    pub fn new(data: &Data) -> Result<Reader, DataError> {
        Ok(Reader { languages: Languages::load(data)?, observer: None })
    }

    /// Calls `observer` with every [`Note`]; without one they are dropped.
    pub fn with_notes(mut self, observer: impl Fn(&Note) + Send + Sync + 'static) -> Reader {
        self.observer = Some(Box::new(observer));
        self
    }

    fn note(&self, note: Note) {
        if let Some(observer) = &self.observer {
            observer(&note);
        }
    }

    /// The documents of files, folders (recursive, in order of their names) and `-` (JSON Lines on standard
    /// input, line by line). One after the other: a file is opened when its turn comes.
    ///
    /// A record that cannot be read is an error item, and the rest goes on. The same id with the same text is read
    /// once; with another text it is an error naming both places.
    pub fn read(&self, inputs: &[PathBuf]) -> impl Iterator<Item = Result<Document, ReadError>> + use<'_> {
        let mut seen: HashMap<String, (String, String)> = HashMap::new();
        self.articles(inputs).filter_map(move |record| {
            let document = match record.and_then(|(raw, place)| self.document(raw, &place)) {
                Ok(document) => document,
                Err(error) => return Some(Err(error)),
            };
            let hash = document.meta.sha256.clone().unwrap_or_default();
            let (id, place) = (document.meta.id.clone(), document.place.clone());
            match seen.get(&id) {
                None => {
                    seen.insert(id, (hash, place));
                    Some(Ok(document))
                }
                Some((same, first)) if *same == hash => {
                    self.note(Note::Again { place, id, first: first.clone() });
                    None
                }
                Some((_, first)) => Some(Err(ReadError::Duplicate { place, id, first: first.clone() })),
            }
        })
    }

    /// The records of files, folders and `-` with their places, before anything is made of them: the cheap part of
    /// [`Reader::read`], for callers that spread [`Reader::document`] over threads.
    pub fn articles(
        &self,
        inputs: &[PathBuf],
    ) -> impl Iterator<Item = Result<(RawArticle, String), ReadError>> + use<'_> {
        source::Files::new(inputs).flat_map(|found| source::records(self, found))
    }

    /// How many files [`Reader::read`] would open, for a progress bar; `-` counts as one.
    pub fn count(inputs: &[PathBuf]) -> usize {
        source::Files::new(inputs)
            .filter(|found| found.as_ref().is_ok_and(|(path, given)| *given || source::is_wanted(path)))
            .count()
    }

    /// One record as a document; `place` is for messages only.
    ///
    /// # Errors
    /// No text, a text that is too long for an article, a language that is not read here.
    pub fn document(&self, raw: RawArticle, place: &str) -> Result<Document, ReadError> {
        let at = || place.to_string();
        let some = |text: Option<String>| text.map(|t| t.trim().to_string()).filter(|t| !t.is_empty());
        let body = raw.text.filter(|t| !t.trim().is_empty()).ok_or_else(|| ReadError::NoText { place: at() })?;
        if body.len() > MOST_BYTES {
            return Err(ReadError::TooLong { place: at(), megabytes: (body.len() >> 20) as u64 });
        }
        // Words are found once, for the language, for what the page says of itself and for the passages.
        let mut words = words::words(&body, 0, body.len());
        let language = self.language(raw.language.as_deref(), &body, &words, place)?;
        let stated = self.languages.stated(&body, &words, &language);
        let title = some(raw.title).or(stated.title).unwrap_or_default();
        // A blank line would end the title too early for everyone who counts offsets.
        let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
        let published = match some(raw.published) {
            None => stated.published,
            Some(date) => {
                let normal = dates::normalise(&date, self.languages.months());
                if normal.is_none() {
                    self.note(Note::BadDate { place: at(), date });
                }
                normal.or(stated.published)
            }
        };
        if published.is_none() {
            self.note(Note::NoDate { place: at() });
        }
        let full = format!("{title}\n\n{body}");
        let hash = crate::digest::sha256(full.as_bytes());
        let url = some(raw.url);
        let id = some(raw.id).or_else(|| url.clone()).unwrap_or_else(|| format!("sha256-{}", &hash[..16]));
        let start = title.len() + 2;
        let marks: Vec<_> = raw.marks.iter().map(|(r, k)| (r.start + start..r.end + start, *k)).collect();
        for word in &mut words {
            word.start += start;
            word.end += start;
        }
        let passages = passages::divide(&full, title.len(), words, &language, &self.languages, &marks);
        let meta = DocumentMeta {
            id,
            url,
            title,
            publisher: some(raw.publisher).or(stated.publisher),
            author: some(raw.author).or(stated.author),
            published,
            language,
            sha256: Some(hash),
            raw_sha256: raw.raw_sha256,
        };
        Ok(Document { meta, full, place: at(), passages })
    }

    /// The stated language, unless the text is plainly in another one; without one, what the text looks like.
    fn language(&self, stated: Option<&str>, body: &str, words: &[Word], place: &str) -> Result<String, ReadError> {
        let refuse = |language: &str| ReadError::Language {
            place: place.to_string(),
            language: language.to_string(),
            supported: self.languages.codes().collect::<Vec<_>>().join(", "),
        };
        let stated: Option<String> = stated
            .map(|l| l.trim().split(['-', '_']).next().unwrap_or("").to_ascii_lowercase())
            .filter(|l| !l.is_empty());
        if let Some(stated) = stated {
            if self.languages.get(&stated).is_none() {
                return Err(refuse(&format!("\"{stated}\"")));
            }
            // Short texts and lists of names mislead the detector; common words of the stated language don't.
            if self.languages.share(words, &stated).is_none_or(|share| share >= 10) {
                return Ok(stated);
            }
            let Some((code, name)) = language::main_language(body).filter(|(code, _)| *code != stated) else {
                return Ok(stated);
            };
            if self.languages.get(code).is_none() {
                return Err(refuse(name));
            }
            if self.languages.share(words, code).is_some_and(|share| share >= 20) {
                self.note(Note::OtherLanguage { place: place.to_string(), stated, found: code.to_string() });
                return Ok(code.to_string());
            }
            return Ok(stated);
        }
        let (code, name) = language::main_language(body).ok_or_else(|| refuse("no language that can be told"))?;
        if self.languages.get(code).is_none() {
            return Err(refuse(name));
        }
        if self.languages.share(words, code).is_some_and(|share| share < 10) {
            return Err(refuse("no language that can be told"));
        }
        Ok(code.to_string())
    }

    /// Whether a line is site chrome by its first words, in any language.
    fn is_noise(&self, line: &str) -> bool {
        self.languages.is_noise(line)
    }
}
