use super::{Cell, Column, Sink, TableError, day};
use std::borrow::Cow;
use std::io::{self, Write};

/// A table as CSV.
pub(super) struct Sheet<'w> {
    writer: ::csv::Writer<&'w mut dyn Write>,
    spreadsheet: bool,
}

impl<'w> Sheet<'w> {
    pub(super) fn begin(columns: &[Column], spreadsheet: bool, out: &'w mut dyn Write) -> Result<Self, TableError> {
        let mut writer = ::csv::Writer::from_writer(out);
        writer.write_record(columns.iter().map(|c| c.name.as_bytes())).map_err(io::Error::from)?;
        Ok(Sheet { writer, spreadsheet })
    }
}

impl Sink for Sheet<'_> {
    fn row(&mut self, cells: &[Cell<'_>]) -> Result<(), TableError> {
        for cell in cells {
            let text = text(cell);
            let is_words = matches!(cell, Cell::Text(_) | Cell::Texts(_));
            let text = if self.spreadsheet && is_words { guarded(&text) } else { text };
            self.writer.write_field(text.as_bytes()).map_err(io::Error::from)?;
        }
        // The writer counts the fields of each row.
        self.writer.write_record(None::<&[u8]>).map_err(io::Error::from)?;
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> Result<(), TableError> {
        Ok(self.writer.flush()?)
    }
}

fn text<'a>(cell: &'a Cell<'_>) -> Cow<'a, str> {
    match cell {
        Cell::Nothing => "".into(),
        Cell::Text(text) => Cow::Borrowed(text),
        Cell::Texts(texts) => texts.join("; ").into(),
        Cell::Whole(number) => number.to_string().into(),
        Cell::Number(number) => number.to_string().into(),
        Cell::Double(number) => number.to_string().into(),
        Cell::Day(y, m, d) => day(*y, *m, *d).into(),
        Cell::Truth(truth) => if *truth { "true" } else { "false" }.into(),
    }
}

/// A text that no spreadsheet takes for a formula: with an apostrophe before it where it starts as formulas do (`=`,
/// `+`, `-`, `@`, tab, line break), as OWASP advises.
pub fn guarded(text: &str) -> Cow<'_, str> {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) { format!("'{text}").into() } else { text.into() }
}

#[cfg(test)]
mod tests {
    use super::super::{Form, Kind, write};
    use super::*;

    #[test]
    fn it_is_exact_unless_it_is_for_a_spreadsheet() {
        let columns = [Column::new("a", Kind::Text), Column::new("b", Kind::Number), Column::new("c", Kind::Texts)];
        let row = [
            Cell::from("=1+1, \"x\"\n"),
            Cell::Number("-12345678901234567890.5".parse().unwrap()),
            Cell::texts(["@a", "b"]),
        ];
        let written = |spreadsheet| {
            let mut out = Vec::new();
            write(Form::Csv { spreadsheet }, &columns, [&row], &mut out).unwrap();
            String::from_utf8(out).unwrap()
        };
        assert_eq!(written(false), "a,b,c\n\"=1+1, \"\"x\"\"\n\",-12345678901234567890.5,@a; b\n");
        assert_eq!(written(true), "a,b,c\n\"'=1+1, \"\"x\"\"\n\",-12345678901234567890.5,'@a; b\n");
    }
}
