use super::day;
use crate::export::Input;
use crate::frame::Range;
use crate::graph::{Selection, Status, View};
use crate::model::{Fact, Term};
use crate::rdf::vocab::Iris;
use ::csv::Writer;
use std::collections::HashMap;
use std::io::Write;

/// A column that a role has.
struct Column {
    role: String,
    sort: Sort,
}

/// What of a role's values stands in a column.
enum Sort {
    /// Names, descriptions, concepts: `party`.
    Words,
    /// Ids of nodes, where a value is a thing: `party_id`.
    Id,
    /// The number of the first amount: `amount`.
    Number,
    /// Its unit: `amount_unit`.
    Unit,
    /// Its bound: `amount_bound`.
    Bound,
}

impl Column {
    fn name(&self) -> String {
        let ending = match self.sort {
            Sort::Words | Sort::Number => "",
            Sort::Id => "_id",
            Sort::Unit => "_unit",
            Sort::Bound => "_bound",
        };
        format!("{}{ending}", self.role)
    }

    /// Several values are separated by `; `, in the same order in a role's columns.
    fn cell(&self, fact: &Fact, input: &Input) -> String {
        let amount = || {
            fact.terms(&self.role).find_map(|t| match t {
                Term::Quantity(q) => Some(q),
                _ => None,
            })
        };
        match self.sort {
            Sort::Words => joined(fact.terms(&self.role).map(|t| words(t, input))),
            Sort::Id => joined(fact.terms(&self.role).map(|t| match t {
                Term::Thing(key) => key.clone(),
                _ => String::new(),
            })),
            Sort::Number => amount().map(|q| q.number.to_string()).unwrap_or_default(),
            Sort::Unit => amount().map(|q| q.unit.clone()).unwrap_or_default(),
            Sort::Bound => amount().and_then(|q| q.bound).map(|b| b.name().to_string()).unwrap_or_default(),
        }
    }
}

fn joined(values: impl Iterator<Item = String>) -> String {
    let values: Vec<String> = values.collect();
    if values.iter().all(String::is_empty) { String::new() } else { values.join("; ") }
}

fn words(term: &Term, input: &Input) -> String {
    match term {
        Term::Thing(key) => input.knowledge.things.get(key).map_or(key, |t| &t.name).clone(),
        Term::Concept(concept) => concept.clone(),
        Term::Text(text) => text.clone(),
        Term::Date(date) => date.to_string(),
        Term::Quantity(quantity) => quantity.to_string(),
    }
}

/// The columns of the roles of the selected frames, in the order of the frames' definitions, each once; ids at the end.
/// A date has its columns already.
fn columns(input: &Input, selection: &Selection) -> Vec<Column> {
    let mut columns: Vec<Column> = Vec::new();
    let mut ids: Vec<Column> = Vec::new();
    let wanted = input.frames.iter().filter(|f| selection.frames.is_empty() || selection.frames.contains(&f.name));
    for (name, role) in wanted.flat_map(|f| &f.roles) {
        let sorts = match role.range {
            Range::Quantity => vec![Sort::Number, Sort::Unit, Sort::Bound],
            Range::Date => continue,
            Range::Entity | Range::Asset => vec![Sort::Words, Sort::Id],
            Range::Concept | Range::Value | Range::Text => vec![Sort::Words],
        };
        for sort in sorts {
            let column = Column { role: name.clone(), sort };
            let there = |columns: &[Column]| columns.iter().any(|c| c.name() == column.name());
            if !there(&columns) && !there(&ids) {
                if matches!(column.sort, Sort::Id) { ids.push(column) } else { columns.push(column) }
            }
        }
    }
    columns.extend(ids);
    columns
}

/// `fact` (id), `frame`, then `date`, `year`, `earliest`, `latest`, `until` and `status`, `sources`, `confidence` as in
/// `edges`; `modality`, `polarity`; `first_said`, `last_said` (publication); a column for each role of the selected
/// frames, with names, concepts or words, several separated by `; `; of an amount the number, with `_unit` and `_bound`
/// beside it; `_id` for each role that things fill, with their ids in the same order; `documents` (ids), `quote` (the
/// first claim's), `ended_by` (id of a fact), `iri`.
pub(super) fn write<W: Write>(
    input: &Input,
    view: &View,
    selection: &Selection,
    table: &mut Writer<W>,
) -> Result<(), ::csv::Error> {
    let columns = columns(input, selection);
    let mut quotes: HashMap<&str, &str> = HashMap::new();
    for claim in input.documents.iter().flat_map(|d| &d.claims) {
        if let Some(evidence) = claim.evidence.first() {
            quotes.insert(&claim.id, &evidence.quote);
        }
    }
    let before = [
        "fact",
        "frame",
        "date",
        "year",
        "earliest",
        "latest",
        "until",
        "status",
        "modality",
        "polarity",
        "sources",
        "confidence",
        "first_said",
        "last_said",
    ];
    let after = ["documents", "quote", "ended_by", "iri"].map(String::from);
    table.write_record(before.map(String::from).into_iter().chain(columns.iter().map(Column::name)).chain(after))?;
    let iris = Iris::new(input.base);
    for fact in view.facts.iter().filter_map(|id| input.knowledge.facts.get(id)) {
        let text = |t: Option<String>| t.unwrap_or_default();
        let mut documents: Vec<&str> = fact.support.iter().map(|s| s.document.as_str()).collect();
        documents.dedup();
        let quote = fact.support.iter().find_map(|s| quotes.get(s.claim.as_str())).copied().unwrap_or_default();
        let head = [
            fact.id.clone(),
            fact.frame.clone(),
            text(fact.date.map(|d| d.to_string())),
            text(fact.date.map(|d| d.year().to_string())),
            text(fact.date.map(|d| day(d.earliest()))),
            text(fact.date.map(|d| day(d.latest()))),
            text(fact.until.map(|d| d.to_string())),
            Status::of(fact).name().to_string(),
            fact.modality.name().to_string(),
            fact.polarity.name().to_string(),
            fact.sources.to_string(),
            fact.confidence.decimal(),
            text(fact.first_said.map(|d| d.to_string())),
            text(fact.last_said.map(|d| d.to_string())),
        ];
        let tail = [
            documents.join("; "),
            quote.to_string(),
            fact.ended_by.clone().unwrap_or_default(),
            iris.fact(&fact.id).into_string(),
        ];
        let cells = columns.iter().map(|c| c.cell(fact, input));
        table.write_record(head.into_iter().chain(cells).chain(tail))?;
    }
    Ok(())
}
