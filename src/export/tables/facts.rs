use super::{Source, Table, precision, put, share, text, typed, written};
use crate::export::ExportError;
use crate::frame::{Frames, Range};
use crate::graph::{Selection, Status};
use crate::model::{Fact, Term};
use crate::table::{Cell, Column, Kind, Sink};
use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

pub(super) const FACTS: Table = Table {
    name: "facts",
    about: "A fact, with a column for each role that facts of the selected frames can have.",
    columns,
    rows,
};

/// What of a role's values stands in a column.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    /// Names, descriptions, concepts: `party`.
    Words,
    /// Ids of things: `party_id`.
    Id,
    /// The number of the first amount: `amount`.
    Number,
    /// Its unit: `amount_unit`.
    Unit,
    /// Its bound: `amount_bound`.
    Bound,
}

/// A column that a role has.
struct Place<'a> {
    role: &'a str,
    sort: Sort,
    gloss: &'a str,
}

impl Place<'_> {
    fn column(&self) -> Column {
        let Place { role, sort, gloss } = self;
        let (name, kind, about) = match sort {
            Sort::Words => {
                let about = format!("{gloss} Names, concepts or words; several are separated by `; `.");
                (role.to_string(), Kind::Text, about)
            }
            Sort::Id => {
                let about = format!("Ids of the entities in `{role}`, in its order; empty for what is no entity.");
                (format!("{role}_id"), Kind::Texts, about)
            }
            Sort::Number => (role.to_string(), Kind::Number, format!("{gloss} The first amount, in `{role}_unit`.")),
            Sort::Unit => {
                let about = "A currency (ISO 4217), a ticker, `MW`, `kWh`, `percent` …".to_string();
                (format!("{role}_unit"), Kind::Text, about)
            }
            Sort::Bound => {
                let about = "`at-least`, `at-most`, `about`; nothing where it is as stated.".to_string();
                (format!("{role}_bound"), Kind::Text, about)
            }
        };
        Column::new(name, kind).about(about)
    }
}

/// The columns of the roles of the selected frames, in the order of the frames' definitions, each once; ids at the end.
/// A date has its columns already.
fn places<'a>(frames: &'a Frames, selection: &Selection) -> Vec<Place<'a>> {
    let mut places: Vec<Place> = Vec::new();
    let mut ids: Vec<Place> = Vec::new();
    let wanted = frames.iter().filter(|f| selection.frames.is_empty() || selection.frames.contains(&f.name));
    for (role, definition) in wanted.flat_map(|f| &f.roles) {
        let sorts: &[Sort] = match definition.range {
            Range::Quantity => &[Sort::Number, Sort::Unit, Sort::Bound],
            Range::Date => continue,
            Range::Entity | Range::Asset => &[Sort::Words, Sort::Id],
            Range::Concept | Range::Value | Range::Text => &[Sort::Words],
        };
        for sort in sorts.iter().copied() {
            let place = Place { role, sort, gloss: &definition.gloss };
            // A role of one name can hold amounts in one frame and words in another: the first column stays.
            let name = place.column().name;
            if !places.iter().chain(&ids).any(|p| p.column().name == name) {
                if sort == Sort::Id { ids.push(place) } else { places.push(place) }
            }
        }
    }
    places.extend(ids);
    places
}

fn columns(frames: &Frames, selection: &Selection) -> Vec<Column> {
    let mut columns = vec![
        text("fact", "Unique; `chancery explain` takes it."),
        text("frame", "What kind of event or state it is."),
        text("date", "When, at the precision known: `2025`, `2025-Q3`, `2025-07`, `2025-07-16`."),
        typed("year", Kind::Whole, "The year of `date`."),
        typed("earliest", Kind::Day, "The first day that `date` can mean."),
        typed("latest", Kind::Day, "The last day that `date` can mean."),
        text("until", "When it stopped holding, as `date`."),
        text("status", "`actual`, `planned`, `possible`, `ended` (by a later fact) or `negated`."),
        text("modality", "`actual`, `planned`, `possible`."),
        text("polarity", "`affirmed`, `negated`."),
        typed("sources", Kind::Whole, "How many publishers state it independently of each other."),
        typed("confidence", Kind::Number, "0 to 1."),
        text("first_said", "When it was published first."),
        text("last_said", "When it was published last."),
    ];
    columns.extend(places(frames, selection).iter().map(Place::column));
    columns.extend([
        typed("documents", Kind::Texts, "Ids of the documents that state it."),
        text("quote", "The words of its first claim."),
        text("ended_by", "Id of the later fact that ended it."),
        text("iri", "Its IRI in the RDF formats."),
        text("date_precision", "How precise `date` is: `year`, `quarter`, `month` or `day`."),
        typed("until_earliest", Kind::Day, "The first day that `until` can mean."),
        typed("until_latest", Kind::Day, "The last day that `until` can mean."),
        text("realised_by", "Of a plan, the id of the fact that tells that it came about."),
        typed("claims", Kind::Texts, "Ids of the claims behind it."),
    ]);
    columns
}

fn rows(source: &Source<'_>, sink: &mut dyn Sink) -> Result<(), ExportError> {
    let places = places(source.frames, source.selection);
    let mut of_role: BTreeMap<&str, Vec<(usize, Sort)>> = BTreeMap::new();
    for (at, place) in places.iter().enumerate() {
        of_role.entry(place.role).or_default().push((at, place.sort));
    }
    let mut quotes: HashMap<&str, &str> = HashMap::new();
    for claim in source.documents.iter().flat_map(|d| &d.claims) {
        if let Some(evidence) = claim.evidence.first() {
            quotes.insert(&claim.id, &evidence.quote);
        }
    }
    for fact in &source.facts {
        let mut documents: Vec<&str> = fact.support.iter().map(|s| s.document.as_str()).collect();
        documents.dedup();
        let quote = fact.claims().find_map(|claim| quotes.get(claim)).copied();
        let mut cells = vec![
            (&fact.id).into(),
            (&fact.frame).into(),
            written(fact.date),
            Cell::maybe(fact.date.map(|d| Cell::Whole(d.year().into()))),
            Cell::earliest(fact.date),
            Cell::latest(fact.date),
            written(fact.until),
            Status::of(fact).name().into(),
            fact.modality.name().into(),
            fact.polarity.name().into(),
            Cell::count(fact.sources),
            share(fact.confidence),
            written(fact.first_said),
            written(fact.last_said),
        ];
        let first = cells.len();
        cells.extend(places.iter().map(|p| match p.sort {
            Sort::Id => Cell::Texts(Vec::new()),
            _ => Cell::Nothing,
        }));
        let mut done: Option<&str> = None;
        for role in &fact.roles {
            // A role's values stand together.
            if done.replace(&role.role) == Some(&role.role) {
                continue;
            }
            for (at, sort) in of_role.get(role.role.as_str()).into_iter().flatten() {
                cells[first + at] = cell(source, fact, &role.role, *sort);
            }
        }
        cells.extend([
            Cell::texts(documents),
            Cell::maybe(quote),
            Cell::maybe(fact.ended_by.as_deref()),
            source.iris.fact(&fact.id).into_string().into(),
            precision(fact.date),
            Cell::earliest(fact.until),
            Cell::latest(fact.until),
            Cell::maybe(fact.realised_by.as_deref()),
            Cell::texts(fact.claims()),
        ]);
        put(sink, &cells)?;
    }
    Ok(())
}

fn cell<'a>(source: &Source<'a>, fact: &'a Fact, role: &'a str, sort: Sort) -> Cell<'a> {
    let amount = || {
        fact.terms(role).find_map(|t| match t {
            Term::Quantity(q) => Some(q),
            _ => None,
        })
    };
    match sort {
        Sort::Words => {
            let words: Vec<Cow<'a, str>> = fact.terms(role).map(|t| words(t, source)).collect();
            match words.as_slice() {
                [] => Cell::Nothing,
                [one] => Cell::Text(one.clone()),
                several => Cell::Text(several.join("; ").into()),
            }
        }
        Sort::Id => {
            let ids = fact.terms(role).map(|t| match t {
                Term::Thing(key) => key.as_str(),
                _ => "",
            });
            let ids: Vec<&str> = ids.collect();
            Cell::texts(if ids.iter().all(|i| i.is_empty()) { Vec::new() } else { ids })
        }
        Sort::Number => Cell::maybe(amount().map(|q| Cell::Number(q.number))),
        Sort::Unit => Cell::maybe(amount().map(|q| &q.unit)),
        Sort::Bound => Cell::maybe(amount().and_then(|q| q.bound).map(|b| b.name())),
    }
}

/// A value for reading.
pub(super) fn words<'a>(term: &'a Term, source: &Source<'a>) -> Cow<'a, str> {
    match term {
        Term::Thing(key) => source.name(key).into(),
        Term::Concept(concept) => concept.into(),
        Term::Text(text) => text.into(),
        Term::Date(date) => date.to_string().into(),
        Term::Quantity(quantity) => quantity.to_string().into(),
    }
}
