use super::{QueryError, table};
use crate::rdf::vocab;
use oxigraph::io::{JsonLdProfileSet, RdfFormat, RdfSerializer};
use oxigraph::sparql::results::{QueryResultsFormat, QueryResultsSerializer};
use oxigraph::sparql::{QueryResults, QueryTripleIter};
use std::collections::BTreeMap;
use std::io::{self, Write};

/// How an answer is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// For people; triples are written as Turtle.
    Table,
    Csv,
    Tsv,
    /// SPARQL Query Results JSON; triples are written as JSON-LD.
    Json,
    /// SPARQL Query Results XML; triples are written as RDF/XML.
    Xml,
}

impl Format {
    pub const ALL: [(&'static str, Format); 5] = [
        ("table", Format::Table),
        ("csv", Format::Csv),
        ("tsv", Format::Tsv),
        ("json", Format::Json),
        ("xml", Format::Xml),
    ];

    pub fn name(self) -> &'static str {
        Format::ALL.iter().find(|(_, f)| *f == self).map_or("", |(n, _)| n)
    }
}

/// Writes an answer and gives how many rows or triples it has; for a yes-or-no question, 1 for yes and 0 for no.
///
/// `base` is what the data's IRIs start with: tables leave it out. Tables are cut to `width` columns where one is given.
///
/// # Errors
/// An evaluation that fails underway, an answer that has no such form, or an output that can't be written.
pub fn write(
    answer: QueryResults,
    format: Format,
    base: &str,
    width: Option<usize>,
    out: &mut dyn Write,
) -> Result<usize, QueryError> {
    let standard = match format {
        Format::Table => None,
        Format::Csv => Some(QueryResultsFormat::Csv),
        Format::Tsv => Some(QueryResultsFormat::Tsv),
        Format::Json => Some(QueryResultsFormat::Json),
        Format::Xml => Some(QueryResultsFormat::Xml),
    };
    match (answer, standard) {
        (QueryResults::Graph(triples), _) => graph(triples, format, base, out),
        (QueryResults::Boolean(yes), None) => {
            writeln!(out, "{}", if yes { "yes" } else { "no" })?;
            Ok(usize::from(yes))
        }
        (QueryResults::Boolean(yes), Some(standard)) => {
            QueryResultsSerializer::from_format(standard).serialize_boolean_to_writer(&mut *out, yes)?;
            ended(standard, out)?;
            Ok(usize::from(yes))
        }
        (QueryResults::Solutions(rows), None) => table::write(rows, base, width, out),
        (QueryResults::Solutions(rows), Some(standard)) => {
            let variables = rows.variables().to_vec();
            let serializer = QueryResultsSerializer::from_format(standard);
            let mut serializer = serializer.serialize_solutions_to_writer(&mut *out, variables)?;
            let mut count = 0;
            for row in rows {
                let row = row.map_err(QueryError::Evaluation)?;
                serializer.serialize(row.iter())?;
                count += 1;
            }
            serializer.finish()?;
            ended(standard, out)?;
            Ok(count)
        }
    }
}

/// JSON and XML come without a line's end.
fn ended(format: QueryResultsFormat, out: &mut dyn Write) -> io::Result<()> {
    if matches!(format, QueryResultsFormat::Json | QueryResultsFormat::Xml) { writeln!(out) } else { Ok(()) }
}

/// Triples in order, without doubles.
fn graph(triples: QueryTripleIter, format: Format, base: &str, out: &mut dyn Write) -> Result<usize, QueryError> {
    let format = match format {
        Format::Table => RdfFormat::Turtle,
        Format::Json => RdfFormat::JsonLd { profile: JsonLdProfileSet::empty() },
        Format::Xml => RdfFormat::RdfXml,
        Format::Csv | Format::Tsv => {
            let (gives, choose) = ("triples, not rows", "table (Turtle), json (JSON-LD) or xml (RDF/XML)");
            return Err(QueryError::Format { gives, asked: format.name(), choose });
        }
    };
    let mut sorted = BTreeMap::new();
    for triple in triples {
        let triple = triple.map_err(QueryError::Evaluation)?;
        sorted.insert((triple.subject.to_string(), triple.predicate.to_string(), triple.object.to_string()), triple);
    }
    let mut serializer = RdfSerializer::from_format(format);
    for (prefix, namespace) in vocab::PREFIXES {
        let namespace = if prefix == "id" { base } else { namespace };
        if let Ok(with) = serializer.clone().with_prefix(prefix, namespace) {
            serializer = with;
        }
    }
    let mut writer = serializer.for_writer(&mut *out);
    for triple in sorted.values() {
        writer.serialize_triple(triple.as_ref())?;
    }
    writer.finish()?;
    Ok(sorted.len())
}
