use super::files::Lock;
use super::generation::{self, Draft, Generation, Made};
use super::{Basis, Meta, Row, Store, StoreError, derive};
use crate::curate::State;
use crate::model::ClaimsDocument;
use crate::resolve::{Blocks, Former};
use serde::Serialize;
use std::collections::BTreeMap;
use std::io::Write;
use std::sync::Arc;

/// A document to be stored, in the place of what the store has under its id.
#[derive(Debug, Clone)]
pub struct Put {
    pub doc: ClaimsDocument,
    /// [`Basis::key`] of what its claims were made from; `None` for claims that somebody else made.
    pub key: Option<String>,
}

impl From<ClaimsDocument> for Put {
    fn from(doc: ClaimsDocument) -> Put {
        Put { doc, key: None }
    }
}

/// What to change in one step.
#[derive(Debug, Clone, Default)]
pub struct Changes {
    pub put: Vec<Put>,
    /// Ids of documents to remove; those that the store doesn't have are passed over.
    pub forget: Vec<String>,
}

/// What a step changed, by document id, in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    pub added: Vec<String>,
    /// Another text under an id that the store had.
    pub revised: Vec<String>,
    /// The same text with other claims or metadata.
    pub renewed: Vec<String>,
    pub unchanged: Vec<String>,
    pub forgotten: Vec<String>,
    /// Whether a new generation was written: also where only data/ or the program changed.
    pub written: bool,
    /// How many blocks of claims about the same there are, and how many of them were made anew; the others gave what they
    /// had given before. Both 0 where nothing was written.
    pub blocks: usize,
    pub touched: usize,
    /// Decisions that apply to nothing, where a new generation was written: their index, and why.
    pub idle: Vec<(usize, String)>,
    /// The store's counts now.
    pub meta: Meta,
}

/// The one writer of a store.
#[derive(Debug)]
pub struct Writer {
    store: Store,
    _lock: Lock,
}

impl Writer {
    pub(super) fn new(store: Store) -> Result<Writer, StoreError> {
        let lock = store.folder.lock()?;
        generation::sweep(&store.folder)?;
        // Somebody may have written between opening and locking.
        let Store { folder, base, .. } = store;
        Ok(Writer { store: Store::at(folder, base)?, _lock: lock })
    }

    /// The store as it is now.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// Makes some changes, all or none, and derives the graph again. Nothing is written where nothing changes.
    ///
    /// # Errors
    /// A store that is damaged, or can't be written; it is as it was before then.
    pub fn update(&mut self, changes: Changes, basis: &Basis) -> Result<Report, StoreError> {
        let mut keys: BTreeMap<String, Option<String>> =
            self.store.ledger()?.into_iter().map(|row| (row.id, row.key)).collect();
        let mut docs: BTreeMap<String, ClaimsDocument> = BTreeMap::new();
        for doc in self.store.documents()? {
            let doc = doc?;
            docs.insert(doc.document.meta.id.clone(), doc);
        }
        let mut report = Report::default();
        let mut keys_changed = false;
        for id in changes.forget {
            if docs.remove(&id).is_some() {
                keys.remove(&id);
                report.forgotten.push(id);
            }
        }
        for Put { mut doc, key } in changes.put {
            let id = doc.document.meta.id.clone();
            let old = docs.remove(&id);
            keep_history(&mut doc, old.as_ref());
            match &old {
                None => report.added.push(id.clone()),
                Some(old) if old.document.meta.sha256 != doc.document.meta.sha256 => report.revised.push(id.clone()),
                Some(old) if *old == doc => report.unchanged.push(id.clone()),
                Some(_) => report.renewed.push(id.clone()),
            }
            // What a store gave out and gets back as it was is still made by what made it.
            let key = key.or_else(|| keys.get(&id).cloned().flatten().filter(|_| old.as_ref() == Some(&doc)));
            keys_changed |= keys.insert(id.clone(), key.clone()) != Some(key);
            docs.insert(id, doc);
        }
        let stale = self.store.meta.data != basis.hash() || self.store.meta.program != env!("CARGO_PKG_VERSION");
        let first = self.store.generation.is_none();
        let altered =
            [&report.added, &report.revised, &report.renewed, &report.forgotten].iter().any(|l| !l.is_empty());
        if altered || keys_changed || stale || first {
            let (states, blocks) = self.next(docs.into_values().collect(), keys, basis)?;
            (report.blocks, report.touched) = (blocks.facts.len(), blocks.touched);
            let idle = |(i, state)| if let State::Idle(why) = state { Some((i, why)) } else { None };
            report.idle = states.into_iter().enumerate().filter_map(idle).collect();
            report.written = true;
        }
        for list in [&mut report.added, &mut report.revised, &mut report.renewed, &mut report.unchanged] {
            list.sort();
        }
        report.meta = self.store.meta.clone();
        Ok(report)
    }

    /// Writes the next generation and makes it current.
    fn next(
        &mut self,
        docs: Vec<ClaimsDocument>,
        mut keys: BTreeMap<String, Option<String>>,
        basis: &Basis,
    ) -> Result<(Vec<State>, Blocks), StoreError> {
        let maker = basis.maker();
        let made = self.store.generation.as_ref().and_then(|g| g.blocks()).filter(|made| made.by == maker);
        let before = made.is_some().then(|| self.store.knowledge()).transpose()?;
        let former = made.as_ref().zip(before.as_ref());
        let former = former.map(|(made, before)| Former { blocks: &made.blocks, facts: &before.facts });
        let derived = derive::derive(&docs, basis, &self.store.base, former);
        let draft = Draft::new(&self.store.folder)?;
        draft.write("log.jsonl", |out| docs.iter().try_for_each(|doc| line(out, doc)))?;
        draft.write("ledger.jsonl", |out| {
            docs.iter().try_for_each(|doc| {
                let key = keys.remove(&doc.document.meta.id).flatten();
                line(out, &Row::of(doc, key))
            })
        })?;
        draft.write("knowledge.json", |out| Ok(serde_json::to_writer(out, &derived.knowledge)?))?;
        let made = Made { by: maker, blocks: derived.blocks.facts };
        draft.write("blocks.json", |out| Ok(serde_json::to_writer(out, &made)?))?;
        draft.write("graph.nq", |out| out.write_all(derived.nquads.as_bytes()))?;
        draft.write("meta.json", |out| Ok(serde_json::to_writer_pretty(out, &derived.meta)?))?;
        #[cfg(feature = "rocksdb")]
        super::graph::write_index(&draft.path("rocksdb"), &derived.nquads)?;
        draft.finish(&self.store.folder)?;
        self.store.generation = Generation::current(&self.store.folder)?.map(Arc::new);
        self.store.meta = derived.meta;
        generation::sweep(&self.store.folder)?;
        Ok((derived.states, Blocks { facts: made.blocks, touched: derived.blocks.touched }))
    }
}

/// Remembers the texts that a document had before under its id.
fn keep_history(doc: &mut ClaimsDocument, old: Option<&ClaimsDocument>) {
    let Some(old) = old else { return };
    let now = doc.document.meta.sha256.clone();
    let mut former = old.document.former.clone();
    former.extend(old.document.meta.sha256.clone());
    former.retain(|hash| Some(hash) != now.as_ref());
    doc.document.former = former;
}

fn line(out: &mut dyn Write, value: &impl Serialize) -> std::io::Result<()> {
    serde_json::to_writer(&mut *out, value)?;
    out.write_all(b"\n")
}
