use super::{Source, Table, put, text, typed};
use crate::export::ExportError;
use crate::frame::Frames;
use crate::graph::Selection;
use crate::table::{Cell, Column, Kind, Sink};
use std::collections::{BTreeMap, BTreeSet};

pub(super) const ENTITIES: Table = Table {
    name: "entities",
    about: "A thing in the world: a country, a body, a person, an asset, a law.",
    columns: entity_columns,
    rows: entities,
};

pub(super) const NAMES: Table =
    Table { name: "names", about: "One name of an entity in one language.", columns: name_columns, rows: names };

fn entity_columns(_: &Frames, _: &Selection) -> Vec<Column> {
    vec![
        text("entity", "Unique and stable: the gazetteer's key, else a readable one with a short hash."),
        text("name", "The name to show."),
        text("kind", "`country`, `central-bank`, `person`, `company` …"),
        text("country", "`entity` of the country that it belongs to, perhaps not in the table."),
        text("wikidata", "`Q792`."),
        typed("facts", Kind::Whole, "How many of the selected facts are about it."),
        typed("documents", Kind::Whole, "How many documents mention it."),
        typed("former_ids", Kind::Texts, "Ids that led here once and still do."),
        text("iri", "Its IRI in the RDF formats."),
    ]
}

fn entities(source: &Source<'_>, sink: &mut dyn Sink) -> Result<(), ExportError> {
    let mut facts: BTreeMap<&str, usize> = BTreeMap::new();
    for fact in &source.facts {
        for key in fact.things().collect::<BTreeSet<_>>() {
            *facts.entry(key).or_default() += 1;
        }
    }
    for thing in source.things() {
        let documents: BTreeSet<&str> = thing.members.iter().map(|m| m.document.as_str()).collect();
        let cells = [
            (&thing.key).into(),
            (&thing.name).into(),
            thing.kind.name().into(),
            Cell::maybe(thing.country.as_deref()),
            Cell::maybe(thing.wikidata.as_deref()),
            Cell::count(facts.get(thing.key.as_str()).copied().unwrap_or(0)),
            Cell::count(documents.len()),
            Cell::texts(&thing.former_keys),
            source.iris.entity(&thing.key).into_string().into(),
        ];
        put(sink, &cells)?;
    }
    Ok(())
}

fn name_columns(_: &Frames, _: &Selection) -> Vec<Column> {
    vec![
        text("entity", "`entity` of `entities`."),
        text("language", "ISO 639-1; nothing where the name is not of one language."),
        text("name", "A name, as written."),
        typed("shown", Kind::Truth, "Whether it is the entity's name to show."),
    ]
}

fn names(source: &Source<'_>, sink: &mut dyn Sink) -> Result<(), ExportError> {
    for thing in source.things() {
        for (language, names) in &thing.names {
            for name in names {
                let language = Some(language.as_str()).filter(|l| !l.is_empty());
                let shown = Cell::Truth(*name == thing.name);
                put(sink, &[(&thing.key).into(), Cell::maybe(language), name.into(), shown])?;
            }
        }
    }
    Ok(())
}
