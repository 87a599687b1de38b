use super::{Source, Table, precision, put, share, text, typed};
use crate::export::ExportError;
use crate::frame::Frames;
use crate::graph::Selection;
use crate::table::{Cell, Column, Kind, Sink};
use std::collections::BTreeSet;

pub(super) const CLAIMS: Table = Table {
    name: "claims",
    about: "What one document states, with the words that state it.",
    columns: claim_columns,
    rows: claims,
};

pub(super) const DOCUMENTS: Table =
    Table { name: "documents", about: "An article, without its text.", columns: document_columns, rows: documents };

pub(super) const CONTRADICTIONS: Table = Table {
    name: "contradictions",
    about: "Two facts that cannot both be so.",
    columns: contradiction_columns,
    rows: contradictions,
};

fn claim_columns(_: &Frames, _: &Selection) -> Vec<Column> {
    vec![
        text("claim", "Unique; `chancery explain` takes it."),
        text("document", "`document` of `documents`."),
        text("fact", "`fact` of `facts`: the one that it supports."),
        text("frame", "What kind of event or state it states."),
        text("modality", "`actual`, `planned`, `possible`."),
        text("polarity", "`affirmed`, `negated`."),
        text("attribution", "Who says so, where the article reports it as somebody's words."),
        typed("confidence", Kind::Number, "0 to 1."),
        text("quote", "The words of the article, letter for letter."),
        typed("start", Kind::Whole, "Where the quote begins, in Unicode code points of title, blank line, body."),
        typed("end", Kind::Whole, "Where it ends, excluded."),
        typed("quotes", Kind::Whole, "How many quotes the claim has; the first stands here."),
        text("lexical_unit", "The words that evoked the frame, with their class."),
        text("pattern", "The construction, by frame and name."),
        text("iri", "Its IRI in the RDF formats."),
    ]
}

fn claims(source: &Source<'_>, sink: &mut dyn Sink) -> Result<(), ExportError> {
    for behind in source.documents() {
        for (claim, fact) in &behind.claims {
            let first = claim.evidence.first();
            let cells = [
                (&claim.id).into(),
                (&behind.document.document.meta.id).into(),
                Cell::maybe(*fact),
                (&claim.frame).into(),
                claim.modality.name().into(),
                claim.polarity.name().into(),
                Cell::maybe(claim.attribution.as_deref()),
                share(claim.confidence),
                Cell::maybe(first.map(|e| &e.quote)),
                Cell::maybe(first.and_then(|e| e.start).map(Cell::count)),
                Cell::maybe(first.and_then(|e| e.end).map(Cell::count)),
                Cell::count(claim.evidence.len()),
                Cell::maybe(first.and_then(|e| e.lexical_unit.as_deref())),
                Cell::maybe(first.and_then(|e| e.pattern.as_deref())),
                source.iris.claim(&claim.id).into_string().into(),
            ];
            put(sink, &cells)?;
        }
    }
    Ok(())
}

fn document_columns(_: &Frames, _: &Selection) -> Vec<Column> {
    vec![
        text("document", "Unique: its explicit id, else its URL, else the hash of its text."),
        text("title", "The headline."),
        text("publisher", "Who published it."),
        text("author", "Who wrote it."),
        text("language", "ISO 639-1."),
        text("published", "As its source gives it."),
        typed("published_day", Kind::Day, "The first day that `published` can mean."),
        text("published_precision", "`year`, `quarter`, `month` or `day`."),
        text("url", "Where it stands."),
        typed("claims", Kind::Whole, "How many of its claims are in `claims`."),
        typed("facts", Kind::Whole, "How many facts these support."),
        text("extractor", "What made its claims."),
        text("extractor_version", "In which version."),
        text("sha256", "Of title, blank line and body in UTF-8."),
        text("iri", "Its IRI in the RDF formats."),
    ]
}

fn documents(source: &Source<'_>, sink: &mut dyn Sink) -> Result<(), ExportError> {
    for behind in source.documents() {
        let record = &behind.document.document;
        let meta = &record.meta;
        let published = meta.published.as_deref().and_then(crate::resolve::published);
        let facts: BTreeSet<&str> = behind.claims.iter().filter_map(|(_, fact)| *fact).collect();
        let known = |text: &'_ str| !text.is_empty();
        let cells = [
            (&meta.id).into(),
            Cell::maybe(Some(meta.title.as_str()).filter(|t| known(t))),
            Cell::maybe(meta.publisher.as_deref()),
            Cell::maybe(meta.author.as_deref()),
            Cell::maybe(Some(meta.language.as_str()).filter(|l| known(l))),
            Cell::maybe(meta.published.as_deref()),
            Cell::earliest(published),
            precision(published),
            Cell::maybe(meta.url.as_deref()),
            Cell::count(behind.claims.len()),
            Cell::count(facts.len()),
            Cell::maybe(record.extractor.as_ref().map(|e| &e.name)),
            Cell::maybe(record.extractor.as_ref().map(|e| &e.version)),
            Cell::maybe(meta.sha256.as_deref()),
            source.iris.document(&meta.id).into_string().into(),
        ];
        put(sink, &cells)?;
    }
    Ok(())
}

fn contradiction_columns(_: &Frames, _: &Selection) -> Vec<Column> {
    vec![
        text("kind", "`polarity`, `date`, `quantity`."),
        text("fact", "`fact` of `facts`."),
        text("other_fact", "`fact` of `facts`."),
        text("role", "The role in which they differ, where it is one role."),
        text("iri", "Its IRI in the RDF formats."),
    ]
}

/// Those with a selected fact.
fn contradictions(source: &Source<'_>, sink: &mut dyn Sink) -> Result<(), ExportError> {
    let selected: BTreeSet<&str> = source.facts.iter().map(|f| f.id.as_str()).collect();
    for c in &source.knowledge.contradictions {
        if c.facts.iter().any(|f| selected.contains(f.as_str())) {
            let [fact, other] = &c.facts;
            let iri = source.iris.contradiction(c).into_string();
            put(sink, &[(&c.kind).into(), fact.into(), other.into(), Cell::maybe(c.role.as_deref()), iri.into()])?;
        }
    }
    Ok(())
}
