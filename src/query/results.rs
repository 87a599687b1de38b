use super::{QueryError, markdown, parquet, show, table};
use crate::rdf::vocab;
use crate::table::guarded;
use oxigraph::io::{JsonLdProfileSet, RdfFormat, RdfSerializer};
use oxigraph::model::{Term, Variable};
use oxigraph::sparql::results::{QueryResultsFormat, QueryResultsSerializer};
use oxigraph::sparql::{QueryResults, QuerySolution, QuerySolutionIter, QueryTripleIter};
use std::collections::BTreeMap;
use std::io::{self, Write};

/// How an answer is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// For people; triples are written as Turtle.
    Table,
    /// SPARQL Query Results CSV.
    Csv,
    /// SPARQL Query Results TSV.
    Tsv,
    /// SPARQL Query Results JSON; triples are written as JSON-LD.
    Json,
    /// SPARQL Query Results XML; triples are written as RDF/XML.
    Xml,
    /// A table for READMEs and issues.
    Markdown,
    /// A table for pandas and its like: a column is a number, a date or a truth where all of its values are.
    Parquet,
}

impl Format {
    pub const ALL: [(&'static str, Format); 7] = [
        ("table", Format::Table),
        ("csv", Format::Csv),
        ("tsv", Format::Tsv),
        ("json", Format::Json),
        ("xml", Format::Xml),
        ("markdown", Format::Markdown),
        ("parquet", Format::Parquet),
    ];

    pub fn name(self) -> &'static str {
        Format::ALL.iter().find(|(_, f)| *f == self).map_or("", |(n, _)| n)
    }
}

/// How, and how much of, an answer is written.
#[derive(Debug, Clone)]
pub struct Writing<'a> {
    pub format: Format,
    /// What the data's IRIs start with: tables leave it out.
    pub base: &'a str,
    /// Tables are cut to this many columns of a terminal.
    pub width: Option<usize>,
    /// No more rows (or triples) than this.
    pub limit: Option<usize>,
    /// Whether texts of a CSV that a spreadsheet would run as formulas get an apostrophe in front. Otherwise it is exact.
    pub spreadsheet: bool,
}

impl<'a> Writing<'a> {
    /// All of it, as it is.
    pub fn new(format: Format, base: &'a str) -> Writing<'a> {
        Writing { format, base, width: None, limit: None, spreadsheet: false }
    }
}

/// What was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Written {
    /// Rows or triples; for a yes-or-no question, 1 for yes and 0 for no.
    pub rows: usize,
    /// Whether the limit left something out.
    pub more: bool,
}

/// Writes an answer.
///
/// # Errors
/// An evaluation that fails underway, an answer that has no such form, or an output that can't be written.
pub fn write(answer: QueryResults, how: &Writing, out: &mut dyn Write) -> Result<Written, QueryError> {
    let standard = match how.format {
        Format::Table | Format::Markdown | Format::Parquet => None,
        Format::Csv => Some(QueryResultsFormat::Csv),
        Format::Tsv => Some(QueryResultsFormat::Tsv),
        Format::Json => Some(QueryResultsFormat::Json),
        Format::Xml => Some(QueryResultsFormat::Xml),
    };
    match (answer, standard) {
        (QueryResults::Graph(triples), _) => graph(triples, how, out),
        (QueryResults::Boolean(_), _) if how.format == Format::Parquet => {
            let (gives, choose) = ("yes or no, not rows", "table, csv, tsv, json or xml");
            Err(QueryError::Format { gives, asked: how.format.name(), choose })
        }
        (QueryResults::Boolean(yes), None) => {
            writeln!(out, "{}", if yes { "yes" } else { "no" })?;
            Ok(Written { rows: usize::from(yes), more: false })
        }
        (QueryResults::Boolean(yes), Some(standard)) => {
            QueryResultsSerializer::from_format(standard).serialize_boolean_to_writer(&mut *out, yes)?;
            ended(standard, out)?;
            Ok(Written { rows: usize::from(yes), more: false })
        }
        (QueryResults::Solutions(rows), standard) => {
            let mut rows = Rows { rows, left: how.limit.unwrap_or(usize::MAX), count: 0 };
            match standard {
                None if how.format == Format::Markdown => markdown::write(&mut rows, how.base, out)?,
                None if how.format == Format::Parquet => parquet::write(&mut rows, out)?,
                None => table::write(&mut rows, how.base, how.width, out)?,
                Some(QueryResultsFormat::Csv) if how.spreadsheet => spreadsheet(&mut rows, out)?,
                Some(standard) => {
                    let serializer = QueryResultsSerializer::from_format(standard);
                    let mut serializer = serializer.serialize_solutions_to_writer(&mut *out, rows.variables())?;
                    while let Some(row) = rows.next()? {
                        serializer.serialize(row.iter())?;
                    }
                    serializer.finish()?;
                    ended(standard, out)?;
                }
            }
            Ok(Written { rows: rows.count, more: rows.are_left()? })
        }
    }
}

/// The rows of an answer, up to a limit.
pub(super) struct Rows<'a> {
    rows: QuerySolutionIter<'a>,
    left: usize,
    count: usize,
}

impl Rows<'_> {
    pub fn variables(&self) -> Vec<Variable> {
        self.rows.variables().to_vec()
    }

    pub fn next(&mut self) -> Result<Option<QuerySolution>, QueryError> {
        if self.left == 0 {
            return Ok(None);
        }
        let row = self.rows.next().transpose()?;
        if row.is_some() {
            self.left -= 1;
            self.count += 1;
        }
        Ok(row)
    }

    fn are_left(&mut self) -> Result<bool, QueryError> {
        Ok(self.left == 0 && self.rows.next().transpose()?.is_some())
    }
}

/// CSV whose texts no spreadsheet takes for formulas.
fn spreadsheet(rows: &mut Rows, out: &mut dyn Write) -> Result<(), QueryError> {
    let variables = rows.variables();
    let mut csv = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
    csv.write_record(variables.iter().map(|v| v.as_str())).map_err(io::Error::from)?;
    while let Some(row) = rows.next()? {
        let cells = variables.iter().map(|v| match row.get(v) {
            None => String::new(),
            Some(term @ Term::Literal(literal)) if !show::is_number(term) => guarded(literal.value()).into_owned(),
            Some(Term::Literal(literal)) => literal.value().to_string(),
            Some(Term::NamedNode(node)) => node.as_str().to_string(),
            Some(Term::BlankNode(node)) => node.to_string(),
        });
        csv.write_record(cells).map_err(io::Error::from)?;
    }
    Ok(csv.flush()?)
}

/// JSON and XML come without a line's end.
fn ended(format: QueryResultsFormat, out: &mut dyn Write) -> io::Result<()> {
    if matches!(format, QueryResultsFormat::Json | QueryResultsFormat::Xml) { writeln!(out) } else { Ok(()) }
}

/// Triples in order, without doubles.
fn graph(triples: QueryTripleIter, how: &Writing, out: &mut dyn Write) -> Result<Written, QueryError> {
    let format = match how.format {
        Format::Table => RdfFormat::Turtle,
        Format::Json => RdfFormat::JsonLd { profile: JsonLdProfileSet::empty() },
        Format::Xml => RdfFormat::RdfXml,
        Format::Csv | Format::Tsv | Format::Markdown | Format::Parquet => {
            let (gives, choose) = ("triples, not rows", "table (Turtle), json (JSON-LD) or xml (RDF/XML)");
            return Err(QueryError::Format { gives, asked: how.format.name(), choose });
        }
    };
    let mut sorted = BTreeMap::new();
    let mut more = false;
    for triple in triples {
        let triple = triple?;
        if how.limit.is_some_and(|limit| sorted.len() >= limit) {
            more = true;
            break;
        }
        sorted.insert((triple.subject.to_string(), triple.predicate.to_string(), triple.object.to_string()), triple);
    }
    let mut serializer = RdfSerializer::from_format(format);
    for (prefix, namespace) in vocab::prefixes(how.base) {
        if let Ok(with) = serializer.clone().with_prefix(prefix, namespace) {
            serializer = with;
        }
    }
    let mut writer = serializer.for_writer(&mut *out);
    for triple in sorted.values() {
        writer.serialize_triple(triple.as_ref())?;
    }
    writer.finish()?;
    Ok(Written { rows: sorted.len(), more })
}
