//! From the paths given to the files to read, and from a file to its records.

use super::records::{JsonLines, Record};
use super::{MOST_BYTES, Note, ReadError, Reader, encoding, html, plain, records};
use crate::digest::sha256;
use std::fs::File;
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};

/// Lists of articles are read as a whole; beyond this they have to be JSON Lines, which stream.
const MOST_LIST_BYTES: u64 = 1 << 30;

/// How a file is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Text,
    Markdown,
    Html,
    Json,
    JsonLines,
    Csv,
}

/// The format that a name promises; `None` for files of other kinds.
fn by_name(path: &Path) -> Option<Format> {
    let extension = path.extension()?.to_str()?.to_ascii_lowercase();
    Some(match extension.as_str() {
        "txt" | "text" => Format::Text,
        "md" | "markdown" => Format::Markdown,
        "html" | "htm" | "xhtml" => Format::Html,
        "json" => Format::Json,
        "jsonl" | "ndjson" => Format::JsonLines,
        "csv" | "tsv" => Format::Csv,
        _ => return None,
    })
}

/// What the content shows where the name says nothing, or says text for a page.
fn by_content(text: &str, promised: Option<Format>) -> Format {
    let head = text.trim_start();
    let lower: String = head.chars().take(200).collect::<String>().to_ascii_lowercase();
    let page = lower.starts_with("<!doctype html") || lower.starts_with("<html") || lower.contains("<html");
    match promised {
        Some(Format::Text) | None if page => Format::Html,
        Some(format) => format,
        None if head.starts_with('[') || head.starts_with('{') => Format::Json,
        None if head.starts_with("---\n") => Format::Markdown,
        None => Format::Text,
    }
}

/// Files and folders to files, in order: the paths as given, a folder's files sorted by name, its folders among
/// them. Hidden ones are left out.
pub(super) struct Files {
    /// Last first; the flag says that the path was given, not found.
    waiting: Vec<(PathBuf, bool)>,
}

/// A file, and whether it was given by name.
pub(super) type Found = Result<(PathBuf, bool), ReadError>;

impl Files {
    pub(super) fn new(inputs: &[PathBuf]) -> Files {
        Files { waiting: inputs.iter().rev().map(|p| (p.clone(), true)).collect() }
    }
}

impl Iterator for Files {
    type Item = Found;

    fn next(&mut self) -> Option<Found> {
        loop {
            let (path, given) = self.waiting.pop()?;
            if path.as_os_str() == "-" || !path.is_dir() {
                return Some(Ok((path, given)));
            }
            let place = path.display().to_string();
            let entries = std::fs::read_dir(&path).and_then(|e| e.collect::<Result<Vec<_>, _>>());
            match entries {
                Err(source) => return Some(Err(ReadError::Io { place, source })),
                Ok(entries) => {
                    let mut inside: Vec<PathBuf> = entries
                        .into_iter()
                        .filter(|e| !e.file_name().to_string_lossy().starts_with('.'))
                        .map(|e| e.path())
                        .collect();
                    inside.sort();
                    self.waiting.extend(inside.into_iter().rev().map(|p| (p, false)));
                }
            }
        }
    }
}

/// Whether a file found in a folder would be read or refused, by its name.
pub(super) fn is_wanted(path: &Path) -> bool {
    by_name(path).is_some() || convertible(path, &[]).is_some()
}

/// The records of one file, lazily for JSON Lines.
pub(super) fn records<'r>(reader: &'r Reader, found: Found) -> Box<dyn Iterator<Item = Record> + 'r> {
    let one = |record: Record| -> Box<dyn Iterator<Item = Record>> { Box::new(std::iter::once(record)) };
    let (path, given) = match found {
        Ok(found) => found,
        Err(error) => return one(Err(error)),
    };
    if path.as_os_str() == "-" {
        return Box::new(JsonLines::new(BufReader::new(std::io::stdin()), "-"));
    }
    let place = path.display().to_string();
    if !given && !is_wanted(&path) {
        reader.note(Note::Skipped { place });
        return Box::new(std::iter::empty());
    }
    match open(reader, &path, &place) {
        Ok(records) => records,
        Err(error) => one(Err(error)),
    }
}

fn open<'r>(reader: &'r Reader, path: &Path, place: &str) -> Result<Box<dyn Iterator<Item = Record> + 'r>, ReadError> {
    let io = |source: std::io::Error| match source.kind() {
        std::io::ErrorKind::NotFound => ReadError::Missing { place: place.to_string() },
        _ => ReadError::Io { place: place.to_string(), source },
    };
    let promised = by_name(path);
    let mut file = File::open(path).map_err(io)?;
    let size = file.metadata().map_err(io)?.len();
    let mut bytes = Vec::new();
    Read::by_ref(&mut file).take(512).read_to_end(&mut bytes).map_err(io)?;
    if bytes.is_empty() {
        return Err(ReadError::Empty { place: place.to_string() });
    }
    if let Some((what, command)) = convertible(path, &bytes) {
        return Err(ReadError::Refused { place: place.to_string(), what, command });
    }
    let wide = encoding_rs::Encoding::for_bom(&bytes).is_some_and(|(e, _)| e != encoding_rs::UTF_8);
    if promised == Some(Format::JsonLines) && !wide {
        let input = BufReader::with_capacity(1 << 16, std::io::Cursor::new(bytes).chain(file));
        return Ok(Box::new(JsonLines::new(input, place)));
    }
    let list = matches!(promised, Some(Format::Json | Format::JsonLines | Format::Csv));
    let most = if list { MOST_LIST_BYTES } else { MOST_BYTES as u64 };
    if size > most {
        return Err(ReadError::TooLong { place: place.to_string(), megabytes: size >> 20 });
    }
    file.read_to_end(&mut bytes).map_err(io)?;
    let text = encoding::decode(&bytes, place)?;
    if text.trim().is_empty() {
        return Err(ReadError::Empty { place: place.to_string() });
    }
    let found = match by_content(&text, promised) {
        Format::Text => vec![Ok((plain::text(&text, |line| reader.is_noise(line)), place.to_string()))],
        Format::Markdown => vec![plain::markdown(&text, place).map(|a| (a, place.to_string()))],
        Format::Html => vec![
            html::article(&text)
                .map(|a| (a, place.to_string()))
                .ok_or_else(|| ReadError::NoArticle { place: place.to_string() }),
        ],
        Format::Json => records::json(&text, place),
        Format::JsonLines => JsonLines::new(text.as_bytes(), place).collect(),
        Format::Csv => records::csv(&text, place),
    };
    let whole = matches!(by_content(&text, promised), Format::Text | Format::Markdown | Format::Html);
    Ok(Box::new(found.into_iter().map(move |record| {
        record.map(|(mut article, place)| {
            if whole {
                article.raw_sha256 = Some(sha256(&bytes));
            }
            (article, place)
        })
    })))
}

/// PDF and word processors: what the file is and the command that turns it into text.
fn convertible(path: &Path, head: &[u8]) -> Option<(&'static str, String)> {
    let name = path.display().to_string();
    let quoted = |p: &Path| format!("'{}'", p.display().to_string().replace('\'', "'\\''"));
    let (file, txt) = (quoted(path), quoted(&path.with_extension("txt")));
    let extension = path.extension().map(|e| e.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
    if head.starts_with(b"%PDF-") || (extension == "pdf" && !name.is_empty()) {
        return Some(("a PDF", format!("pdftotext -enc UTF-8 {file} {txt}")));
    }
    let zip = head.starts_with(b"PK\x03\x04");
    let inside = |word: &[u8]| head.windows(word.len()).any(|w| w == word);
    if matches!(extension.as_str(), "docx" | "odt" | "rtf" | "epub") || (zip && inside(b"word/")) {
        return Some(("a word processor's file", format!("pandoc -t plain --wrap=none {file} -o {txt}")));
    }
    if extension == "doc" || head.starts_with(b"\xD0\xCF\x11\xE0") {
        return Some(("an old Word file", format!("soffice --headless --convert-to txt:Text {file}")));
    }
    None
}
