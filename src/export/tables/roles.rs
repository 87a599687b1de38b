use super::facts::words;
use super::{Source, Table, precision, put, text, typed, written};
use crate::export::ExportError;
use crate::frame::Frames;
use crate::graph::Selection;
use crate::model::Term;
use crate::rdf::vocab;
use crate::table::{Cell, Column, Kind, Sink};

pub(super) const ROLES: Table =
    Table { name: "roles", about: "One value of one role of a fact: `facts`, long instead of wide.", columns, rows };

fn columns(_: &Frames, _: &Selection) -> Vec<Column> {
    vec![
        text("fact", "`fact` of `facts`."),
        text("frame", "As in `facts`."),
        text("role", "Its name in the frame: `party`."),
        typed("position", Kind::Whole, "From 1, among the values of this role of this fact."),
        text("kind", "What the value is: `entity`, `concept`, `quantity`, `date` or `text`."),
        text("value", "For reading: the name, the concept, the amount, the date, the words."),
        text("entity", "`entity` of `entities`."),
        text("concept", "IRI of the concept, as in the ontology."),
        typed("number", Kind::Number, "Of an amount, as a number."),
        text("exact", "The same as text with all its digits, for decimal arithmetic."),
        text("unit", "Of an amount: a currency (ISO 4217), a ticker, `MW`, `kWh`, `percent` …"),
        text("bound", "Of an amount: `at-least`, `at-most`, `about`; nothing where it is as stated."),
        text("date", "At the precision known."),
        text("date_precision", "`year`, `quarter`, `month` or `day`."),
        typed("earliest", Kind::Day, "The first day that `date` can mean."),
        typed("latest", Kind::Day, "The last day that `date` can mean."),
        typed("claims", Kind::Texts, "Ids of the claims that give this value."),
    ]
}

fn rows(source: &Source<'_>, sink: &mut dyn Sink) -> Result<(), ExportError> {
    for fact in &source.facts {
        let frame = source.frames.get(&fact.frame);
        let mut before: (&str, i64) = ("", 0);
        for role in &fact.roles {
            before = if before.0 == role.role { (before.0, before.1 + 1) } else { (&role.role, 1) };
            let kind = match &role.term {
                Term::Thing(_) => "entity",
                Term::Concept(_) => "concept",
                Term::Quantity(_) => "quantity",
                Term::Date(_) => "date",
                Term::Text(_) => "text",
            };
            let quantity = match &role.term {
                Term::Quantity(quantity) => Some(quantity),
                _ => None,
            };
            let date = match &role.term {
                Term::Date(date) => Some(*date),
                _ => None,
            };
            let (entity, concept) = match &role.term {
                Term::Thing(key) => (Cell::from(key), Cell::Nothing),
                Term::Concept(name) => {
                    let definition = frame.and_then(|f| f.roles.get(&role.role));
                    let scheme = definition.and_then(|r| r.scheme.as_deref()).unwrap_or(&role.role);
                    (Cell::Nothing, vocab::concept(scheme, name).into_string().into())
                }
                _ => (Cell::Nothing, Cell::Nothing),
            };
            let cells = [
                (&fact.id).into(),
                (&fact.frame).into(),
                (&role.role).into(),
                Cell::Whole(before.1),
                kind.into(),
                Cell::Text(words(&role.term, source)),
                entity,
                concept,
                Cell::maybe(quantity.map(|q| Cell::Number(q.number))),
                Cell::maybe(quantity.map(|q| q.number.to_string())),
                Cell::maybe(quantity.map(|q| &q.unit)),
                Cell::maybe(quantity.and_then(|q| q.bound).map(|b| b.name())),
                written(date),
                precision(date),
                Cell::earliest(date),
                Cell::latest(date),
                Cell::texts(&role.claims),
            ];
            put(sink, &cells)?;
        }
    }
    Ok(())
}
