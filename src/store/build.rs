//! From articles to a store.

use super::{Basis, Changes, Put, Report, Row, StoreError, Writer};
use crate::document::{ReadError, Reader};
use crate::extract::Extract;
use crate::model::Document;
use crate::{claims, parallel};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

/// How a build goes about it.
#[derive(Debug, Clone, Copy)]
pub struct BuildOptions {
    /// Threads that extract; any number gives the same store.
    pub threads: usize,
    /// Forget documents of earlier builds that are not among the inputs now.
    pub prune: bool,
}

/// What happens during a build, for whoever shows it.
#[derive(Debug)]
pub enum Event<'a> {
    /// One more document is done; its place, for people ("news.jsonl:7").
    Document(&'a str),
    /// Something could not be read; the rest goes on.
    Refused(&'a ReadError),
    /// All is read; the graph is being derived.
    Deriving,
}

/// What a build did.
#[derive(Debug, Default)]
pub struct BuildReport {
    /// What changed in the store.
    pub report: Report,
    /// Documents that were read, whether or not their claims were made anew.
    pub documents: usize,
    /// Documents whose claims were kept, because nothing that can bear on them has changed.
    pub kept: usize,
    /// Documents with the same text as before whose claims were made again, because data/, the extractor or their
    /// metadata changed.
    pub again: usize,
    /// Ids of documents whose claims were loaded from elsewhere and are left alone while the text is the same.
    pub loaded: Vec<String>,
    /// What could not be read: files and records.
    pub refused: usize,
    /// Whether something named by the caller was not there.
    pub missing: bool,
    /// Pruning was asked for and not done, because something could not be read and might be what is gone.
    pub not_pruned: bool,
}

/// What became of one document.
enum Outcome {
    Kept(String),
    Loaded(String),
    Extracted { put: Box<Put>, again: bool },
}

/// Reads articles, extracts what is not known yet, and stores it in one step.
///
/// # Errors
/// A store that can't be read or written. What can't be read among the inputs is no error but an [`Event::Refused`].
pub fn build(
    writer: &mut Writer,
    reader: &Reader,
    extractor: &dyn Extract,
    basis: &Basis,
    inputs: &[PathBuf],
    options: BuildOptions,
    mut observe: impl FnMut(Event),
) -> Result<BuildReport, StoreError> {
    let known: BTreeMap<String, Row> = writer.store().ledger()?.into_iter().map(|row| (row.id.clone(), row)).collect();
    let mut done = BuildReport::default();
    let mut changes = Changes::default();
    let mut seen: BTreeSet<String> = BTreeSet::new();
    let work = |item: Result<Document, ReadError>| {
        item.map(|document| (document.place.clone(), outcome(&document, &known, extractor, basis)))
    };
    let sink = |item: Result<(String, Outcome), ReadError>| {
        match item {
            Ok((place, outcome)) => {
                done.documents += 1;
                match outcome {
                    Outcome::Kept(id) => {
                        done.kept += 1;
                        seen.insert(id);
                    }
                    Outcome::Loaded(id) => {
                        done.loaded.push(id.clone());
                        seen.insert(id);
                    }
                    Outcome::Extracted { put, again } => {
                        done.again += usize::from(again);
                        seen.insert(put.doc.document.meta.id.clone());
                        changes.put.push(*put);
                    }
                }
                observe(Event::Document(&place));
            }
            Err(error) => {
                done.refused += 1;
                done.missing |= matches!(error, ReadError::Missing { .. });
                observe(Event::Refused(&error));
            }
        }
        Ok::<(), StoreError>(())
    };
    parallel::ordered(options.threads, || reader.read(inputs), work, sink)?;
    if options.prune {
        let gone = known.values().filter(|row| row.key.is_some() && !seen.contains(&row.id));
        let gone: Vec<String> = gone.map(|row| row.id.clone()).collect();
        done.not_pruned = done.refused > 0 && !gone.is_empty();
        if !done.not_pruned {
            changes.forget = gone;
        }
    }
    observe(Event::Deriving);
    done.loaded.sort();
    done.report = writer.update(changes, basis)?;
    Ok(done)
}

fn outcome(document: &Document, known: &BTreeMap<String, Row>, extractor: &dyn Extract, basis: &Basis) -> Outcome {
    let meta = &document.meta;
    let languages: BTreeSet<String> = document.passages.iter().map(|p| p.language.clone()).collect();
    let languages: Vec<String> = languages.into_iter().collect();
    let key = basis.key(meta, &languages, &extractor.identity());
    let same = known.get(&meta.id).filter(|row| row.sha256 == meta.sha256);
    match same.map(|row| row.key.as_ref()) {
        Some(None) => return Outcome::Loaded(meta.id.clone()),
        Some(Some(old)) if *old == key => return Outcome::Kept(meta.id.clone()),
        _ => {}
    }
    let mut doc = extractor.extract(document);
    claims::assign_ids(&mut doc, &basis.frames);
    Outcome::Extracted { put: Box::new(Put { doc, key: Some(key) }), again: same.is_some() }
}
