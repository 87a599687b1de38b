//! Tables with typed columns, and the three forms in which they are written: Parquet, CSV, JSON Lines.
//!
//! Whoever has rows names the columns once and gives each row as cells; the form decides how a date or a number looks.
//! The exports' tables are written this way, and so can be any other rows, such as a query's answer:
//!
//! ```
//! use chancery::table::{Cell, Column, Form, Kind, write};
//! let columns = [Column::new("country", Kind::Text), Column::new("bitcoin", Kind::Number)];
//! let rows = [vec![Cell::from("El Salvador"), Cell::Number("6240.18".parse()?)], vec!["Bhutan".into(), Cell::Nothing]];
//! let mut out = Vec::new();
//! write(Form::Csv { spreadsheet: false }, &columns, rows, &mut out)?;
//! assert_eq!(String::from_utf8(out)?, "country,bitcoin\nEl Salvador,6240.18\nBhutan,\n");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod csv;
mod jsonl;
mod parquet;

pub use csv::guarded;

use crate::model::{Decimal, PartialDate};
use std::borrow::Cow;
use std::io::{self, Write};

/// What the cells of a column hold. Any cell but one of [`Kind::Texts`] can be [`Cell::Nothing`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// UTF-8. Parquet: string.
    Text,
    /// Texts in order, perhaps none. Parquet: list of strings; CSV: separated by `; `.
    Texts,
    /// 64 bits with sign. Parquet: int64.
    Whole,
    /// Exact where the form can: CSV and JSON Lines have all digits; Parquet: double.
    Number,
    /// A day of the proleptic Gregorian calendar. Parquet: date32; else ISO 8601.
    Day,
    /// Parquet: boolean; else `true`, `false`.
    Truth,
}

impl Kind {
    /// For the data dictionary: `whole number`.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Text => "text",
            Kind::Texts => "texts",
            Kind::Whole => "whole number",
            Kind::Number => "number",
            Kind::Day => "day",
            Kind::Truth => "true or false",
        }
    }
}

/// A column's name and what it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    pub name: Cow<'static, str>,
    pub kind: Kind,
    /// For the data dictionary; may be empty.
    pub about: Cow<'static, str>,
}

impl Column {
    /// Without a description.
    pub fn new(name: impl Into<Cow<'static, str>>, kind: Kind) -> Column {
        Column { name: name.into(), kind, about: Cow::Borrowed("") }
    }

    /// The same with a description.
    pub fn about(self, about: impl Into<Cow<'static, str>>) -> Column {
        Column { about: about.into(), ..self }
    }
}

/// One value, of the kind of its column.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell<'a> {
    /// Not known, or there is none.
    Nothing,
    Text(Cow<'a, str>),
    Texts(Vec<Cow<'a, str>>),
    Whole(i64),
    Number(Decimal),
    /// A [`Kind::Number`] that was a float to begin with.
    Double(f64),
    /// Year, month, day.
    Day(i16, u8, u8),
    Truth(bool),
}

impl<'a> Cell<'a> {
    /// The value, else nothing.
    pub fn maybe<T: Into<Cell<'a>>>(value: Option<T>) -> Cell<'a> {
        value.map_or(Cell::Nothing, Into::into)
    }

    /// Texts in order.
    pub fn texts<T: Into<Cow<'a, str>>>(values: impl IntoIterator<Item = T>) -> Cell<'a> {
        Cell::Texts(values.into_iter().map(Into::into).collect())
    }

    /// A number of things.
    pub fn count(number: usize) -> Cell<'a> {
        Cell::Whole(i64::try_from(number).unwrap_or(i64::MAX))
    }

    /// First day that a date can mean.
    pub fn earliest(date: Option<PartialDate>) -> Cell<'a> {
        Cell::maybe(date.map(PartialDate::earliest))
    }

    /// Last day that a date can mean.
    pub fn latest(date: Option<PartialDate>) -> Cell<'a> {
        Cell::maybe(date.map(PartialDate::latest))
    }
}

impl<'a> From<&'a str> for Cell<'a> {
    fn from(text: &'a str) -> Self {
        Cell::Text(Cow::Borrowed(text))
    }
}

impl<'a> From<&'a String> for Cell<'a> {
    fn from(text: &'a String) -> Self {
        Cell::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Cell<'_> {
    fn from(text: String) -> Self {
        Cell::Text(Cow::Owned(text))
    }
}

impl From<(i16, u8, u8)> for Cell<'_> {
    fn from((year, month, day): (i16, u8, u8)) -> Self {
        Cell::Day(year, month, day)
    }
}

/// Why a table was not written, or only in part.
#[derive(Debug, thiserror::Error)]
pub enum TableError {
    /// A closed pipe is [`io::ErrorKind::BrokenPipe`].
    #[error(transparent)]
    Write(#[from] io::Error),
    #[error("Parquet: {0}")]
    Parquet(#[from] ::parquet::errors::ParquetError),
    /// A mistake of the one who made the rows.
    #[error("row {row} does not fit the columns: {what}")]
    Row { row: usize, what: String },
}

/// A form of tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A header line, commas, quotes as RFC 4180 says; nothing is an empty cell. Exact, unless it is for a
    /// `spreadsheet`: then texts that one would take for formulas get an apostrophe before them ([`guarded`]).
    Csv { spreadsheet: bool },
    /// One object a row, with every column; nothing is null.
    JsonLines,
    /// Zstandard; the columns' types are those of [`Kind`].
    Parquet,
}

/// Takes rows one by one. [`Sink::finish`] must follow the last.
pub trait Sink {
    /// Writes a row, a cell for each column in order.
    ///
    /// # Errors
    /// See [`TableError`].
    fn row(&mut self, cells: &[Cell<'_>]) -> Result<(), TableError>;

    /// Writes what is left.
    ///
    /// # Errors
    /// See [`TableError`].
    fn finish(self: Box<Self>) -> Result<(), TableError>;
}

/// Begins a table.
///
/// # Errors
/// See [`TableError`].
pub fn begin<'w>(form: Form, columns: &[Column], out: &'w mut dyn Write) -> Result<Box<dyn Sink + 'w>, TableError> {
    Ok(match form {
        Form::Csv { spreadsheet } => Box::new(csv::Sheet::begin(columns, spreadsheet, out)?),
        Form::JsonLines => Box::new(jsonl::Lines::begin(columns, out)),
        Form::Parquet => Box::new(parquet::Chunks::begin(columns, out)?),
    })
}

/// Writes a table whole and gives the number of its rows. The same rows give the same bytes.
///
/// # Errors
/// See [`TableError`].
pub fn write<'a, R: AsRef<[Cell<'a>]>>(
    form: Form,
    columns: &[Column],
    rows: impl IntoIterator<Item = R>,
    out: &mut dyn Write,
) -> Result<usize, TableError> {
    let mut sink = begin(form, columns, out)?;
    let mut count = 0;
    for row in rows {
        sink.row(row.as_ref())?;
        count += 1;
    }
    sink.finish()?;
    Ok(count)
}

/// ISO 8601.
fn day(year: i16, month: u8, day: u8) -> String {
    format!("{year:04}-{month:02}-{day:02}")
}
