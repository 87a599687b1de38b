//! Files of many articles: JSON, JSON Lines, CSV. Each yields its records one by one, with their places.

use super::article::RawArticle;
use super::{MOST_BYTES, ReadError};
use crate::digest::sha256;
use std::io::BufRead;

/// A record and where it stands ("news.jsonl:7"), or why it is none.
pub(super) type Record = Result<(RawArticle, String), ReadError>;

/// JSON Lines, read line by line: memory for one line at a time.
pub(super) struct JsonLines<R> {
    input: R,
    name: String,
    line: usize,
    ended: bool,
}

impl<R: BufRead> JsonLines<R> {
    pub(super) fn new(input: R, name: &str) -> JsonLines<R> {
        JsonLines { input, name: name.to_string(), line: 0, ended: false }
    }

    /// The next line without its end, at most [`MOST_BYTES`] and the rest of the record of it; the true length beside it.
    fn line(&mut self) -> std::io::Result<Option<(Vec<u8>, usize)>> {
        let (mut kept, mut length) = (Vec::new(), 0);
        loop {
            let chunk = match self.input.fill_buf() {
                Err(e) if e.kind() == std::io::ErrorKind::Interrupted => continue,
                other => other?,
            };
            if chunk.is_empty() {
                return Ok((length > 0).then_some((kept, length)));
            }
            let end = chunk.iter().position(|b| *b == b'\n');
            let part = &chunk[..end.unwrap_or(chunk.len())];
            length += part.len();
            if length <= 2 * MOST_BYTES {
                kept.extend_from_slice(part);
            }
            let used = end.map_or(part.len(), |e| e + 1);
            self.input.consume(used);
            if end.is_some() {
                // An empty line is a line.
                return Ok(Some((kept, length)));
            }
        }
    }
}

impl<R: BufRead> Iterator for JsonLines<R> {
    type Item = Record;

    fn next(&mut self) -> Option<Record> {
        while !self.ended {
            let read = self.line();
            self.line += 1;
            let place = format!("{}:{}", self.name, self.line);
            let (bytes, length) = match read {
                Ok(Some(line)) => line,
                Ok(None) => return None,
                Err(source) => {
                    self.ended = true;
                    return Some(Err(ReadError::Io { place, source }));
                }
            };
            if length > 2 * MOST_BYTES {
                return Some(Err(ReadError::TooLong { place, megabytes: (length >> 20) as u64 }));
            }
            let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF".as_slice()).filter(|_| self.line == 1).unwrap_or(&bytes);
            let text = match std::str::from_utf8(bytes) {
                Ok(text) => text.trim(),
                Err(e) => {
                    let what = format!("byte {} of the line is not UTF-8", e.valid_up_to() + 1);
                    return Some(Err(ReadError::Encoding { place, what }));
                }
            };
            if !text.is_empty() {
                return Some(RawArticle::from_json(text, &self.name, self.line, 1).map(|a| (a, place)));
            }
        }
        None
    }
}

/// A JSON file: one article, a list of them, or lines of them in spite of its name.
pub(super) fn json(text: &str, name: &str) -> Vec<Record> {
    let start = text.len() - text.trim_start().len();
    let rest = &text[start..];
    if rest.starts_with('[') {
        return elements(text, start)
            .map(|(range, line, column)| {
                let article = RawArticle::from_json(&text[range], name, line, column)?;
                Ok((article, format!("{name}:{line}")))
            })
            .collect();
    }
    let first = rest.lines().next().unwrap_or("");
    if rest.trim_end().contains('\n') && serde_json::from_str::<serde::de::IgnoredAny>(first).is_ok() {
        return JsonLines::new(text.as_bytes(), name).collect();
    }
    let line = text[..start].matches('\n').count() + 1;
    vec![RawArticle::from_json(rest.trim_end(), name, line, 1).map(|a| (a, name.to_string()))]
}

/// The elements of the list that opens at `start`: byte range, line and column (from 1). Cut by brackets and
/// strings alone, so that one broken element leaves the others readable.
fn elements(text: &str, start: usize) -> impl Iterator<Item = (std::ops::Range<usize>, usize, usize)> + '_ {
    let bytes = text.as_bytes();
    let mut at = start + 1;
    let mut line = text[..at].matches('\n').count() + 1;
    let mut line_start = text[..at].rfind('\n').map_or(0, |i| i + 1);
    std::iter::from_fn(move || {
        while at < bytes.len() && (bytes[at].is_ascii_whitespace() || bytes[at] == b',') {
            if bytes[at] == b'\n' {
                line += 1;
                line_start = at + 1;
            }
            at += 1;
        }
        if at >= bytes.len() || bytes[at] == b']' {
            return None;
        }
        let (from, from_line, column) = (at, line, at - line_start + 1);
        let (mut depth, mut quoted) = (0usize, false);
        while at < bytes.len() {
            match bytes[at] {
                b'\\' if quoted => at += 1,
                b'"' => quoted = !quoted,
                b'\n' => {
                    line += 1;
                    line_start = at + 1;
                }
                b'{' | b'[' if !quoted => depth += 1,
                b'}' | b']' if !quoted && depth > 0 => depth -= 1,
                b',' | b']' if !quoted && depth == 0 => break,
                _ => {}
            }
            at += 1;
        }
        at = at.min(bytes.len());
        // An escape at the very end can leave the cut inside a character.
        while !text.is_char_boundary(at) {
            at += 1;
        }
        let end = from + text[from..at].trim_end().len();
        Some((from..end, from_line, column))
    })
}

/// A CSV file with a header line; comma, semicolon or tab, whichever the header has most of.
pub(super) fn csv(text: &str, name: &str) -> Vec<Record> {
    let header = text.lines().next().unwrap_or("");
    let count = |c: char| header.matches(c).count();
    let delimiter = [',', ';', '\t'].into_iter().rev().max_by_key(|c| count(*c)).unwrap_or(',');
    let mut reader =
        ::csv::ReaderBuilder::new().delimiter(delimiter as u8).flexible(false).from_reader(text.as_bytes());
    let fail = |e: &::csv::Error, line: usize| {
        let line = e.position().map_or(line, |p| p.line() as usize);
        let what = match e.kind() {
            ::csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
                format!("{len} fields where the header has {expected_len}")
            }
            _ => e.to_string(),
        };
        ReadError::Syntax { place: format!("{name}:{line}"), column: 1, what }
    };
    let columns: Vec<String> = match reader.headers() {
        Ok(header) => header.iter().map(|c| c.trim().to_ascii_lowercase()).collect(),
        Err(e) => return vec![Err(fail(&e, 1))],
    };
    let Some(body) = columns.iter().position(|c| c == "text") else {
        let what = format!("no column `text` among {}", columns.join(", "));
        return vec![Err(ReadError::Syntax { place: format!("{name}:1"), column: 1, what })];
    };
    let mut records = Vec::new();
    let mut row = ::csv::StringRecord::new();
    loop {
        let from = reader.position().clone();
        match reader.read_record(&mut row) {
            Ok(false) => return records,
            Ok(true) => {
                let mut article = RawArticle::default();
                for (column, value) in columns.iter().zip(row.iter()) {
                    article.set(column, value);
                }
                article.text = row.get(body).map(str::to_string);
                let bytes = &text.as_bytes()[from.byte() as usize..reader.position().byte() as usize];
                article.raw_sha256 = Some(sha256(bytes));
                let line = row.position().map_or(from.line(), ::csv::Position::line);
                records.push(Ok((article, format!("{name}:{line}"))));
            }
            Err(e) => records.push(Err(fail(&e, from.line() as usize))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(records: Vec<Record>) -> Vec<String> {
        records
            .into_iter()
            .map(|r| match r {
                Ok((a, place)) => format!("{place} {}", a.text.unwrap_or_default()),
                Err(e) => e.to_string(),
            })
            .collect()
    }

    #[test]
    fn a_broken_line_is_named_and_the_rest_is_read() {
        let lines = "{\"text\":\"a\"}\n\n{\"text\":\"b\", }\n{\"id\":7,\"text\":\"c\",\"url\":null}\n";
        assert_eq!(
            shown(JsonLines::new(lines.as_bytes(), "n.jsonl").collect()),
            ["n.jsonl:1 a", "n.jsonl:3, column 14: trailing comma; correct the record", "n.jsonl:4 c"]
        );
    }

    #[test]
    fn a_list_reads_around_a_broken_element() {
        let list = "[\n {\"text\": \"a ] \\\" {\"},\n {\"text\": 5},\n {\"text\": \"c\"}\n]";
        let read = shown(json(list, "n.json"));
        assert_eq!(read[0], "n.json:2 a ] \" {");
        assert!(read[1].starts_with("n.json:3, column 11: invalid type"), "{}", read[1]);
        assert_eq!(read[2], "n.json:4 c");
    }

    #[test]
    fn a_broken_file_says_line_and_column() {
        let one = "{\n \"title\": \"x\",\n \"text\": \"a\n";
        let read = shown(json(one, "n.json"));
        assert!(read[0].starts_with("n.json:3, column "), "{}", read[0]);
    }

    #[test]
    fn csv_with_semicolons_and_a_short_row() {
        let table = "id;date;text\n1;2025-01-02;\"a\nb\"\n2;x\n3;;c\n";
        assert_eq!(
            shown(csv(table, "n.csv")),
            ["n.csv:2 a\nb", "n.csv:4, column 1: 2 fields where the header has 3; correct the record", "n.csv:5 c"]
        );
    }
}
