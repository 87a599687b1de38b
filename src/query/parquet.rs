//! Rows as Parquet, each column of the type that its values have.

use super::QueryError;
use super::results::Rows;
use crate::rdf::vocab;
use crate::table::{Cell, Column, Form, Kind, write as write_table};
use oxigraph::model::{Literal, Term};
use std::io::Write;

pub(super) fn write(rows: &mut Rows, out: &mut dyn Write) -> Result<(), QueryError> {
    let variables = rows.variables();
    let mut table: Vec<Vec<Option<Term>>> = Vec::new();
    let mut kinds: Vec<Option<Kind>> = vec![None; variables.len()];
    while let Some(row) = rows.next()? {
        let terms: Vec<Option<Term>> = variables.iter().map(|v| row.get(v).cloned()).collect();
        for (kind, term) in kinds.iter_mut().zip(&terms) {
            if let Some(term) = term {
                let found = kind_of(term);
                *kind = Some(kind.map_or(found, |known| both(known, found)));
            }
        }
        table.push(terms);
    }
    let kinds: Vec<Kind> = kinds.into_iter().map(|kind| kind.unwrap_or(Kind::Text)).collect();
    let named = variables.iter().zip(&kinds);
    let columns: Vec<Column> = named.map(|(v, kind)| Column::new(v.as_str().to_string(), *kind)).collect();
    let cells = table.iter().map(|row| -> Vec<Cell> {
        row.iter().zip(&kinds).map(|(term, kind)| term.as_ref().map_or(Cell::Nothing, |t| cell(t, *kind))).collect()
    });
    write_table(Form::Parquet, &columns, cells, out)?;
    Ok(())
}

/// The type that holds a term. What XML Schema allows and the type does not (a date with a time zone, a number of forty
/// digits) is text, so that nothing is lost.
fn kind_of(term: &Term) -> Kind {
    let Term::Literal(literal) = term else { return Kind::Text };
    let tried = match datatype(literal) {
        "boolean" => Kind::Truth,
        "date" => Kind::Day,
        "decimal" | "double" | "float" => Kind::Number,
        "integer" | "long" | "int" | "short" | "byte" | "nonNegativeInteger" | "positiveInteger" | "unsignedInt" => {
            Kind::Whole
        }
        _ => Kind::Text,
    };
    match cell(term, tried) {
        Cell::Text(_) => Kind::Text,
        _ => tried,
    }
}

/// The type that holds the values of two: numbers of both sorts are numbers, all else is text.
fn both(a: Kind, b: Kind) -> Kind {
    match (a, b) {
        _ if a == b => a,
        (Kind::Whole, Kind::Number) | (Kind::Number, Kind::Whole) => Kind::Number,
        _ => Kind::Text,
    }
}

/// A term as a cell of a column's type; as the text that CSV has where it is of none.
fn cell(term: &Term, kind: Kind) -> Cell<'_> {
    let literal = match term {
        Term::Literal(literal) => literal,
        Term::NamedNode(node) => return node.as_str().into(),
        Term::BlankNode(node) => return node.to_string().into(),
    };
    let text = literal.value();
    let typed = match kind {
        Kind::Truth => match text {
            "true" | "1" => Some(Cell::Truth(true)),
            "false" | "0" => Some(Cell::Truth(false)),
            _ => None,
        },
        Kind::Whole => text.parse().ok().map(Cell::Whole),
        Kind::Number if matches!(datatype(literal), "double" | "float") => double(text).map(Cell::Double),
        Kind::Number => text.parse().ok().map(Cell::Number),
        Kind::Day => text
            .parse()
            .ok()
            .map(|d: jiff::civil::Date| Cell::Day(d.year(), d.month().unsigned_abs(), d.day().unsigned_abs())),
        Kind::Text | Kind::Texts => None,
    };
    typed.unwrap_or_else(|| text.into())
}

/// XML Schema writes infinity in its own way.
fn double(text: &str) -> Option<f64> {
    match text {
        "INF" | "+INF" => Some(f64::INFINITY),
        "-INF" => Some(f64::NEG_INFINITY),
        text => text.parse().ok(),
    }
}

/// The name of a type of XML Schema; empty for others.
fn datatype(literal: &Literal) -> &str {
    literal.datatype().as_str().strip_prefix(vocab::XSD).unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::{Format, Question, Writing, ask, write};
    use crate::store::Graph;
    use ::parquet::file::reader::{FileReader as _, SerializedFileReader};

    #[test]
    fn a_typed_value_stays_typed() {
        let text = "SELECT ?whole ?number ?double ?day ?truth ?year ?mixed ?iri ?none ?large {
            VALUES (?whole ?number ?double ?day ?truth ?year ?mixed ?iri ?large) {
              (1 1.50 1e3 \"2025-07-16\"^^xsd:date true \"2025\"^^xsd:gYear 1 <a:b> 12345678901234567890)
              (UNDEF 2 \"-INF\"^^xsd:double \"1969-12-31\"^^xsd:date false \"2024\"^^xsd:gYear \"one\" <a:c> 1)
            } }";
        let graph = Graph::from_nquads(b"").unwrap();
        let answer = ask(&graph, vocab::BASE, &Question::text(text), &[]).unwrap();
        let mut out = Vec::new();
        assert_eq!(write(answer, &Writing::new(Format::Parquet, vocab::BASE), &mut out).unwrap().rows, 2);
        let reader = SerializedFileReader::new(bytes::Bytes::from(out)).unwrap();
        let schema = reader.metadata().file_metadata().schema_descr();
        let types: Vec<String> = schema
            .columns()
            .iter()
            .map(|c| format!("{} {} {:?}", c.name(), c.physical_type(), c.logical_type_ref()))
            .collect();
        insta::assert_snapshot!(types.join("\n"), @"
        whole INT64 None
        number DOUBLE None
        double DOUBLE None
        day INT32 Some(Date)
        truth BOOLEAN None
        year BYTE_ARRAY Some(String)
        mixed BYTE_ARRAY Some(String)
        iri BYTE_ARRAY Some(String)
        none BYTE_ARRAY Some(String)
        large BYTE_ARRAY Some(String)
        ");
        let rows: Vec<String> = reader.get_row_iter(None).unwrap().map(|r| r.unwrap().to_string()).collect();
        for (row, values) in rows
            .iter()
            .zip([["whole: 1,", "number: 1.5,", "truth: true,"], ["whole: null,", "number: 2", "truth: false,"]])
        {
            assert!(values.iter().all(|value| row.contains(value)), "{row}");
        }
    }

    #[test]
    fn what_has_no_rows_is_refused() {
        let graph = Graph::from_nquads(b"<a:s> <a:p> <a:o> .\n").unwrap();
        for text in ["ASK {}", "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }"] {
            let answer = ask(&graph, vocab::BASE, &Question::text(text), &[]).unwrap();
            let written = write(answer, &Writing::new(Format::Parquet, vocab::BASE), &mut Vec::new());
            assert!(matches!(written, Err(QueryError::Format { .. })), "{text}");
        }
    }
}
