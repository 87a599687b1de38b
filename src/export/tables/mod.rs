//! The tables for pandas, polars, databases and spreadsheets: each is defined once, here, and written as Parquet, CSV or
//! JSON Lines by [`crate::table`]. docs/data-dictionary.md is generated from the same definitions.

mod claims;
mod dictionary;
mod entities;
mod facts;
mod graph;
mod roles;

pub use dictionary::dictionary;

use super::{Export, ExportError, Input, Options};
use crate::frame::Frames;
use crate::graph::{Selection, View};
use crate::model::{Claim, ClaimsDocument, Decimal, Fact, Knowledge, Percent, Thing};
use crate::rdf::vocab::Iris;
use crate::table::{Cell, Column, Form, Kind, Sink, TableError, begin};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

/// A table: what a row is, its columns, and how its rows are found.
pub(super) struct Table {
    pub name: &'static str,
    /// What a row is.
    pub about: &'static str,
    pub columns: fn(&Frames, &Selection) -> Vec<Column>,
    pub rows: fn(&Source<'_>, &mut dyn Sink) -> Result<(), ExportError>,
}

/// In the order of the dictionary.
const TABLES: [&Table; 9] = [
    &facts::FACTS,
    &roles::ROLES,
    &entities::ENTITIES,
    &entities::NAMES,
    &claims::CLAIMS,
    &claims::DOCUMENTS,
    &claims::CONTRADICTIONS,
    &graph::NODES,
    &graph::EDGES,
];

const NAMES: [&str; TABLES.len()] = {
    let (mut names, mut i) = ([""; TABLES.len()], 0);
    while i < names.len() {
        names[i] = TABLES[i].name;
        i += 1;
    }
    names
};

/// The tables in one form.
pub struct Tables {
    name: &'static str,
    extension: &'static str,
    description: &'static str,
    form: Form,
}

/// As CSV.
pub const CSV: Tables = Tables {
    name: "csv",
    extension: "csv",
    description: "CSV: tables of facts, roles, entities, names, claims, documents …, as files of a folder",
    form: Form::Csv { spreadsheet: false },
};

/// As JSON Lines.
pub const JSONL: Tables = Tables {
    name: "jsonl",
    extension: "jsonl",
    description: "JSON Lines: the same tables, an object a row",
    form: Form::JsonLines,
};

/// As Parquet.
pub const PARQUET: Tables = Tables {
    name: "parquet",
    extension: "parquet",
    description: "Parquet (Zstandard): the same tables with typed columns, for pandas, polars, DuckDB",
    form: Form::Parquet,
};

impl Export for Tables {
    fn name(&self) -> &'static str {
        self.name
    }

    fn extension(&self) -> &'static str {
        self.extension
    }

    fn description(&self) -> &'static str {
        self.description
    }

    fn tables(&self) -> &'static [&'static str] {
        &NAMES
    }

    fn selects(&self) -> bool {
        true
    }

    fn write(&self, input: &Input, options: &Options, out: &mut dyn Write) -> Result<(), ExportError> {
        let form = match self.form {
            Form::Csv { .. } => Form::Csv { spreadsheet: options.spreadsheet },
            other => other,
        };
        let name = options.table.as_deref().unwrap_or("facts");
        let table = TABLES.into_iter().find(|t| t.name == name).unwrap_or(&facts::FACTS);
        let source = Source::new(input, &options.selection)?;
        let mut sink = begin(form, &(table.columns)(input.frames, &options.selection), out)?;
        (table.rows)(&source, &mut *sink)?;
        Ok(sink.finish()?)
    }
}

/// What the rows are made from.
pub(super) struct Source<'a> {
    pub knowledge: &'a Knowledge,
    pub frames: &'a Frames,
    documents: &'a [ClaimsDocument],
    pub selection: &'a Selection,
    pub iris: Iris<'a>,
    /// Those selected, by id.
    pub facts: Vec<&'a Fact>,
}

impl<'a> Source<'a> {
    fn new(input: &'a Input<'_>, selection: &'a Selection) -> Result<Self, ExportError> {
        // Only what is near something takes a walk through the graph.
        let facts = if selection.focus.is_some() {
            let view = View::new(input.knowledge, input.frames, selection)?;
            view.facts.iter().filter_map(|id| input.knowledge.facts.get(id)).collect()
        } else {
            input.knowledge.facts.values().filter(|f| selection.takes(f)).collect()
        };
        let Input { knowledge, frames, documents, base, .. } = *input;
        Ok(Source { knowledge, frames, documents, selection, iris: Iris::new(base), facts })
    }

    /// The things that selected facts are about; all of them where all facts are wanted.
    fn things(&self) -> Vec<&'a Thing> {
        let things = self.knowledge.things.values();
        if self.selection.is_all() {
            return things.collect();
        }
        let wanted: BTreeSet<&str> = self.facts.iter().flat_map(|f| f.things()).collect();
        things.filter(|t| wanted.contains(t.key.as_str())).collect()
    }

    /// Documents by id, each with those of its claims that stand behind a selected fact, and these facts; all where all
    /// facts are wanted.
    fn documents(&self) -> Vec<Behind<'a>> {
        let facts: BTreeMap<&str, &str> =
            self.facts.iter().flat_map(|f| f.claims().map(|c| (c, f.id.as_str()))).collect();
        let mut documents: Vec<&ClaimsDocument> = self.documents.iter().collect();
        documents.sort_by(|a, b| a.document.meta.id.cmp(&b.document.meta.id));
        let all = self.selection.is_all();
        let behind = documents.into_iter().map(|document| {
            let claims = document.claims.iter().map(|c| (c, facts.get(c.id.as_str()).copied()));
            Behind { document, claims: claims.filter(|(_, fact)| all || fact.is_some()).collect() }
        });
        behind.filter(|b| all || !b.claims.is_empty()).collect()
    }

    /// The name of a thing, else its key.
    fn name(&self, key: &'a str) -> &'a str {
        self.knowledge.things.get(key).map_or(key, |t| &t.name)
    }
}

/// A document with claims of it and the facts that they support.
struct Behind<'a> {
    document: &'a ClaimsDocument,
    claims: Vec<(&'a Claim, Option<&'a str>)>,
}

fn text(name: &'static str, about: &'static str) -> Column {
    Column::new(name, Kind::Text).about(about)
}

fn typed(name: &'static str, kind: Kind, about: &'static str) -> Column {
    Column::new(name, kind).about(about)
}

/// 0 to 1.
fn share(percent: Percent) -> Cell<'static> {
    Cell::Number(Decimal::new(i128::from(percent.get()), 2))
}

/// `year`, `quarter`, `month` or `day`.
fn precision(date: Option<crate::model::PartialDate>) -> Cell<'static> {
    Cell::maybe(date.map(|d| ["year", "quarter", "month", "day"][usize::from(d.precision().min(3))]))
}

/// As it is known: `2025-Q3`.
fn written(date: Option<crate::model::PartialDate>) -> Cell<'static> {
    Cell::maybe(date.map(|d| d.to_string()))
}

fn put(sink: &mut dyn Sink, cells: &[Cell<'_>]) -> Result<(), ExportError> {
    sink.row(cells).map_err(|e: TableError| e.into())
}
