use super::{Cell, Column, Sink, TableError, day};
use std::borrow::Cow;
use std::io::{self, Write};

/// A table as JSON Lines.
pub(super) struct Lines<'w> {
    /// Names as JSON.
    names: Vec<String>,
    rows: usize,
    line: Vec<u8>,
    out: &'w mut dyn Write,
}

impl<'w> Lines<'w> {
    pub(super) fn begin(columns: &[Column], out: &'w mut dyn Write) -> Self {
        let names = columns.iter().map(|c| serde_json::Value::from(&*c.name).to_string()).collect();
        Lines { names, rows: 0, line: Vec::new(), out }
    }
}

impl Sink for Lines<'_> {
    fn row(&mut self, cells: &[Cell<'_>]) -> Result<(), TableError> {
        if cells.len() != self.names.len() {
            let what = format!("{} cells for {} columns", cells.len(), self.names.len());
            return Err(TableError::Row { row: self.rows, what });
        }
        self.line.clear();
        for (i, (name, cell)) in self.names.iter().zip(cells).enumerate() {
            self.line.push(if i == 0 { b'{' } else { b',' });
            self.line.extend_from_slice(name.as_bytes());
            self.line.push(b':');
            value(cell, &mut self.line)?;
        }
        self.line.extend_from_slice(if cells.is_empty() { b"{}\n" } else { b"}\n" });
        self.out.write_all(&self.line)?;
        self.rows += 1;
        Ok(())
    }

    fn finish(self: Box<Self>) -> Result<(), TableError> {
        Ok(self.out.flush()?)
    }
}

fn value(cell: &Cell<'_>, line: &mut Vec<u8>) -> io::Result<()> {
    match cell {
        Cell::Nothing => line.extend_from_slice(b"null"),
        Cell::Text(text) => serde_json::to_writer(line, &**text)?,
        Cell::Texts(texts) => serde_json::to_writer(line, &texts.iter().map(Cow::as_ref).collect::<Vec<&str>>())?,
        Cell::Whole(number) => write!(line, "{number}")?,
        // JSON's numbers have as many digits as one likes.
        Cell::Number(number) => write!(line, "{number}")?,
        // Infinity and what is no number become null.
        Cell::Double(number) => serde_json::to_writer(line, number)?,
        Cell::Day(y, m, d) => write!(line, "\"{}\"", day(*y, *m, *d))?,
        Cell::Truth(truth) => write!(line, "{truth}")?,
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::{Form, Kind, write};
    use super::*;

    #[test]
    fn numbers_keep_their_digits_and_texts_their_letters() {
        let columns = [Column::new("a\"", Kind::Text), Column::new("b", Kind::Number), Column::new("c", Kind::Texts)];
        let row = [
            Cell::from("x\n\u{202E}"),
            Cell::Number("12345678901234567890.5".parse().unwrap()),
            Cell::texts(["d", "e"]),
        ];
        let mut out = Vec::new();
        write(Form::JsonLines, &columns, [&row], &mut out).unwrap();
        assert_eq!(
            String::from_utf8(out).unwrap(),
            "{\"a\\\"\":\"x\\n\u{202E}\",\"b\":12345678901234567890.5,\"c\":[\"d\",\"e\"]}\n"
        );
    }
}
