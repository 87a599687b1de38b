use super::{Cell, Column, Kind, Sink, TableError};
use bytes::Bytes;
use jiff::civil::Date;
use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical, ZstdLevel};
use parquet::column::writer::ColumnWriterImpl;
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DataType, DoubleType, Int32Type, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::types::Type;
use std::io::Write;
use std::ops::Range;
use std::sync::Arc;

/// Rows that are kept in memory until they are written as one group.
const GROUP: usize = 1 << 16;

/// A table as Parquet.
///
/// The columns are written by the crate's own writer, not by way of Arrow's arrays: those would more than double what
/// this format adds to the time of a build, and readers make Arrow's types of Parquet's anyway.
pub(super) struct Chunks<'w> {
    /// Writes to memory, which is emptied into `out` after each group: the crate asks for an output that can go to
    /// another thread.
    file: SerializedFileWriter<Vec<u8>>,
    columns: Vec<Chunk>,
    /// In this group.
    rows: usize,
    /// In those before.
    written: usize,
    out: &'w mut dyn Write,
}

impl<'w> Chunks<'w> {
    pub(super) fn begin(columns: &[Column], out: &'w mut dyn Write) -> Result<Self, TableError> {
        let fields = columns.iter().map(|c| field(c).map(Arc::new)).collect::<Result<_, _>>()?;
        let schema = Type::group_type_builder("schema").with_fields(fields).build()?;
        let properties = WriterProperties::builder()
            .set_compression(Compression::ZSTD(ZstdLevel::try_new(3)?))
            .set_statistics_enabled(EnabledStatistics::Chunk)
            .set_created_by(concat!("chancery ", env!("CARGO_PKG_VERSION")).to_string())
            .build();
        let file = SerializedFileWriter::new(Vec::new(), Arc::new(schema), Arc::new(properties))?;
        let columns = columns.iter().map(Chunk::new).collect();
        Ok(Chunks { file, columns, rows: 0, written: 0, out })
    }

    fn flush_group(&mut self) -> Result<(), TableError> {
        let mut group = self.file.next_row_group()?;
        for chunk in &mut self.columns {
            // There are as many as the schema has fields.
            let Some(writer) = group.next_column()? else { break };
            chunk.flush(writer)?;
        }
        group.close()?;
        self.written += self.rows;
        self.rows = 0;
        self.file.flush()?;
        self.out.write_all(&std::mem::take(self.file.inner_mut()))?;
        Ok(())
    }
}

impl Sink for Chunks<'_> {
    fn row(&mut self, cells: &[Cell<'_>]) -> Result<(), TableError> {
        let row = self.written + self.rows;
        if cells.len() != self.columns.len() {
            let what = format!("{} cells for {} columns", cells.len(), self.columns.len());
            return Err(TableError::Row { row, what });
        }
        for (chunk, cell) in self.columns.iter_mut().zip(cells) {
            if !chunk.push(cell) {
                let what = format!("{cell:?} in a column of {}", chunk.values.kind().name());
                return Err(TableError::Row { row, what });
            }
        }
        self.rows += 1;
        if self.rows == GROUP { self.flush_group() } else { Ok(()) }
    }

    fn finish(mut self: Box<Self>) -> Result<(), TableError> {
        if self.rows > 0 {
            self.flush_group()?;
        }
        let end = self.file.into_inner()?;
        self.out.write_all(&end)?;
        Ok(self.out.flush()?)
    }
}

/// A column's type. A list is a repeated group, as the format's specification says.
fn field(column: &Column) -> Result<Type, ParquetError> {
    let of = |name: &str, physical, logical, repetition| {
        Type::primitive_type_builder(name, physical).with_logical_type(logical).with_repetition(repetition).build()
    };
    let (physical, logical) = match column.kind {
        Kind::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
        Kind::Whole => (Physical::INT64, None),
        Kind::Number => (Physical::DOUBLE, None),
        Kind::Day => (Physical::INT32, Some(LogicalType::Date)),
        Kind::Truth => (Physical::BOOLEAN, None),
        Kind::Texts => {
            let element = of("element", Physical::BYTE_ARRAY, Some(LogicalType::String), Repetition::REQUIRED)?;
            let list = Type::group_type_builder("list").with_repetition(Repetition::REPEATED);
            return Type::group_type_builder(&column.name)
                .with_repetition(Repetition::REQUIRED)
                .with_logical_type(Some(LogicalType::List))
                .with_fields(vec![Arc::new(list.with_fields(vec![Arc::new(element)]).build()?)])
                .build();
        }
    };
    of(&column.name, physical, logical, Repetition::OPTIONAL)
}

/// A group's cells of one column.
struct Chunk {
    values: Values,
    /// For each cell, or each text of a list: whether it is there.
    defined: Vec<i16>,
    /// Of lists, for each text: whether it is a further one of its cell.
    repeated: Vec<i16>,
}

/// The values that are there.
enum Values {
    Texts { letters: Vec<u8>, places: Vec<Range<usize>>, lists: bool },
    Whole(Vec<i64>),
    Number(Vec<f64>),
    Day(Vec<i32>),
    Truth(Vec<bool>),
}

impl Values {
    fn kind(&self) -> Kind {
        match self {
            Values::Texts { lists: false, .. } => Kind::Text,
            Values::Texts { lists: true, .. } => Kind::Texts,
            Values::Whole(_) => Kind::Whole,
            Values::Number(_) => Kind::Number,
            Values::Day(_) => Kind::Day,
            Values::Truth(_) => Kind::Truth,
        }
    }
}

impl Chunk {
    fn new(column: &Column) -> Chunk {
        let texts = |lists| Values::Texts { letters: Vec::new(), places: Vec::new(), lists };
        let values = match column.kind {
            Kind::Text => texts(false),
            Kind::Texts => texts(true),
            Kind::Whole => Values::Whole(Vec::new()),
            Kind::Number => Values::Number(Vec::new()),
            Kind::Day => Values::Day(Vec::new()),
            Kind::Truth => Values::Truth(Vec::new()),
        };
        Chunk { values, defined: Vec::new(), repeated: Vec::new() }
    }

    /// Whether the cell is of the column's kind, and taken.
    fn push(&mut self, cell: &Cell<'_>) -> bool {
        let put = |text: &str, letters: &mut Vec<u8>, places: &mut Vec<Range<usize>>| {
            let start = letters.len();
            letters.extend_from_slice(text.as_bytes());
            places.push(start..letters.len());
        };
        match (&mut self.values, cell) {
            (Values::Texts { lists: true, .. }, Cell::Nothing) => {
                self.defined.push(0);
                self.repeated.push(0);
                return true;
            }
            (Values::Texts { letters, places, lists: true }, Cell::Texts(texts)) => {
                for (i, text) in texts.iter().enumerate() {
                    put(text, letters, places);
                    self.defined.push(1);
                    self.repeated.push(i16::from(i > 0));
                }
                if texts.is_empty() {
                    self.defined.push(0);
                    self.repeated.push(0);
                }
                return true;
            }
            (_, Cell::Nothing) => {
                self.defined.push(0);
                return true;
            }
            (Values::Texts { letters, places, lists: false }, Cell::Text(text)) => put(text, letters, places),
            (Values::Whole(values), Cell::Whole(number)) => values.push(*number),
            (Values::Number(values), Cell::Number(number)) => match number.to_string().parse() {
                // The nearest double, whatever the machine.
                Ok(nearest) => values.push(nearest),
                Err(_) => return false,
            },
            (Values::Number(values), Cell::Double(number)) => values.push(*number),
            (Values::Day(values), Cell::Day(year, month, day)) => match days(*year, *month, *day) {
                Some(days) => values.push(days),
                None => return false,
            },
            (Values::Truth(values), Cell::Truth(truth)) => values.push(*truth),
            _ => return false,
        }
        self.defined.push(1);
        true
    }

    /// Writes the cells and forgets them.
    fn flush(&mut self, mut writer: SerializedColumnWriter<'_>) -> Result<(), ParquetError> {
        let (defined, repeated) = (self.defined.as_slice(), self.repeated.as_slice());
        match &mut self.values {
            Values::Texts { letters, places, lists } => {
                let all = Bytes::from(std::mem::take(letters));
                let mut texts = places.drain(..).map(|p| ByteArray::from(all.slice(p))).collect();
                put(writer.typed::<ByteArrayType>(), &mut texts, defined, lists.then_some(repeated))?;
            }
            Values::Whole(values) => put(writer.typed::<Int64Type>(), values, defined, None)?,
            Values::Number(values) => put(writer.typed::<DoubleType>(), values, defined, None)?,
            Values::Day(values) => put(writer.typed::<Int32Type>(), values, defined, None)?,
            Values::Truth(values) => put(writer.typed::<BoolType>(), values, defined, None)?,
        }
        self.defined.clear();
        self.repeated.clear();
        writer.close()
    }
}

/// Writes values and forgets them.
fn put<T: DataType>(
    writer: &mut ColumnWriterImpl<'_, T>,
    values: &mut Vec<T::T>,
    defined: &[i16],
    repeated: Option<&[i16]>,
) -> Result<(), ParquetError> {
    writer.write_batch(values, Some(defined), repeated)?;
    values.clear();
    Ok(())
}

/// Days since 1 January 1970; none for what is no day.
fn days(year: i16, month: u8, day: u8) -> Option<i32> {
    let date = Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
    Some((date - Date::constant(1970, 1, 1)).get_days())
}

#[cfg(test)]
mod tests {
    use super::super::{Form, write};
    use super::*;
    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::record::{Field, RowAccessor};

    #[test]
    fn what_is_written_is_read_with_its_types() {
        let columns = [
            Column::new("text", Kind::Text),
            Column::new("texts", Kind::Texts),
            Column::new("whole", Kind::Whole),
            Column::new("number", Kind::Number),
            Column::new("day", Kind::Day),
            Column::new("truth", Kind::Truth),
        ];
        let full = vec![
            Cell::from("<b>\u{202E}\n"),
            Cell::texts(["a", "", "c"]),
            Cell::Whole(-7),
            Cell::Number("0.1".parse().unwrap()),
            Cell::Day(2024, 2, 29),
            Cell::Truth(true),
        ];
        let empty = vec![
            Cell::Nothing,
            Cell::Texts(Vec::new()),
            Cell::Nothing,
            Cell::Double(2.5),
            Cell::Day(1969, 12, 31),
            Cell::Nothing,
        ];
        // More than one group.
        let rows = (0..GROUP + 3).map(|i| if i % 2 == 0 { &full } else { &empty });
        let mut out = Vec::new();
        assert_eq!(write(Form::Parquet, &columns, rows, &mut out).unwrap(), GROUP + 3);
        let file = SerializedFileReader::new(Bytes::from(out)).unwrap();
        assert_eq!((file.num_row_groups(), file.metadata().file_metadata().num_rows()), (2, GROUP as i64 + 3));
        let read: Vec<_> = file.get_row_iter(None).unwrap().map(Result::unwrap).collect();
        for row in [&read[0], &read[GROUP + 2]] {
            assert_eq!(row.get_string(0).unwrap(), "<b>\u{202E}\n");
            let texts = row.get_list(1).unwrap().elements().iter().map(|t| t.to_string()).collect::<Vec<_>>();
            assert_eq!(texts, ["\"a\"", "\"\"", "\"c\""]);
            assert_eq!((row.get_long(2).unwrap(), row.get_double(3).unwrap()), (-7, 0.1));
            assert!(row.get_bool(5).unwrap());
            assert_eq!(row.get_column_iter().nth(4).unwrap().1, &Field::Date(19_782));
        }
        assert_eq!(read[1].get_list(1).unwrap().elements().len(), 0);
        assert_eq!(read[1].get_column_iter().nth(4).unwrap().1, &Field::Date(-1));
        assert!(read[1].get_string(0).is_err() && read[1].get_bool(5).is_err());
    }

    #[test]
    fn a_cell_of_another_kind_is_an_error() {
        let columns = [Column::new("n", Kind::Whole)];
        let error = write(Form::Parquet, &columns, [[Cell::from("seven")]], &mut Vec::new()).unwrap_err();
        assert!(error.to_string().contains("whole number"), "{error}");
        let error = write(Form::Parquet, &columns, [[Cell::Whole(1), Cell::Whole(2)]], &mut Vec::new()).unwrap_err();
        assert!(error.to_string().contains("2 cells for 1 columns"), "{error}");
    }
}
