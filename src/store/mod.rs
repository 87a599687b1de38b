//! A folder that holds documents with their claims, and what was computed from them.
//!
//! ```text
//! kg/
//!   FORMAT               version of the format, and the base of the data's IRIs
//!   lock                 held by the one writer
//!   curation.toml        what a person has decided, where it is not kept elsewhere; never replaced
//!   current              names the generation that readers see; replaced by one rename
//!   generations/000007/
//!     log.jsonl          claims documents with their texts, one a line, sorted by id: all that cannot be derived
//!     ledger.jsonl       one line a document: its hashes and by what its claims were made
//!     knowledge.json     things, facts and contradictions
//!     blocks.json        which facts came from which claims, so that only what has changed is made again
//!     graph.nq           the graph as sorted N-Quads
//!     meta.json          counts
//!     lock               shared by the readers of this generation
//! ```
//!
//! A generation never changes. A writer makes the next one aside, syncs it, and renames the pointer; whatever stops it
//! before that leaves the store as it was. Old generations go when nobody reads them.
//!
//! ```
//! use chancery::data::Data;
//! use chancery::store::{Basis, Changes, Store};
//!
//! let folder = std::env::temp_dir().join(format!("chancery-doc-{}", std::process::id()));
//! let basis = Basis::new(&Data::embedded())?;
//! let line = r#"{"document":{"id":"a-1","title":"A pact","text":"Ghana signed a treaty with Togo."},
//!   "entities":[{"id":"e1","name":"Ghana"},{"id":"e2","name":"Togo"}],
//!   "claims":[{"frame":"agreement","roles":{"party":[{"entity":"e1"},{"entity":"e2"}]},
//!              "evidence":[{"quote":"Ghana signed a treaty"}]}]}"#;
//! let doc = chancery::claims::check(line, "example", |_| None, &basis.frames).map_err(|e| e[0].clone())?;
//! let mut writer = Store::create_or_open(&folder, None)?.write()?;
//! let report = writer.update(Changes { put: vec![doc.into()], ..Changes::default() }, &basis)?;
//! assert_eq!(report.added, ["a-1"]);
//! # drop(writer);
//! assert_eq!(Store::open(&folder)?.meta().claims, 1);
//! # std::fs::remove_dir_all(&folder)?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod basis;
mod build;
mod derive;
mod error;
mod files;
mod generation;
mod graph;
mod ledger;
mod load;
mod meta;
mod view;
mod writer;

pub use basis::Basis;
pub use build::{BuildOptions, BuildReport, Event, build};
pub use error::StoreError;
pub use graph::Graph;
pub use ledger::Row;
pub use load::{LoadReport, load};
pub use meta::Meta;
pub use view::{Seen, View};
pub use writer::{Changes, Put, Report, Writer};

use crate::model::{ClaimsDocument, Knowledge};
use files::Folder;
use generation::Generation;
use oxigraph::model::Quad;
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

/// The version of the store's format that this program reads and writes.
pub const FORMAT: u32 = 1;

/// The file of decisions in a store's folder, unless they are kept elsewhere; no generation touches it.
pub const CURATION: &str = "curation.toml";

/// A store as it stood when it was opened: later writers don't change what it shows.
#[derive(Debug, Clone)]
pub struct Store {
    folder: Folder,
    base: String,
    generation: Option<Arc<Generation>>,
    meta: Meta,
}

impl Store {
    /// An existing store.
    ///
    /// # Errors
    /// There is none, it is of a newer version, or it is damaged.
    pub fn open(dir: &Path) -> Result<Store, StoreError> {
        let folder = Folder::new(dir);
        let base = folder.base()?.ok_or_else(|| StoreError::NotThere { dir: dir.to_path_buf() })?;
        Store::at(folder, base)
    }

    /// An existing store, or a new empty one. `base` is what the data's IRIs start with; it can be chosen when a store
    /// is made, and is [`crate::rdf::vocab::BASE`] unless it is.
    ///
    /// # Errors
    /// As [`Store::open`]; also a folder that holds something else, or another base than the store has.
    pub fn create_or_open(dir: &Path, base: Option<&str>) -> Result<Store, StoreError> {
        let folder = Folder::new(dir);
        let recorded = match folder.base()? {
            Some(recorded) => recorded,
            None => folder.create(base.unwrap_or(crate::rdf::vocab::BASE))?,
        };
        match base {
            Some(asked) if asked != recorded => {
                Err(StoreError::Base { dir: dir.to_path_buf(), recorded, asked: asked.to_string() })
            }
            _ => Store::at(folder, recorded),
        }
    }

    fn at(folder: Folder, base: String) -> Result<Store, StoreError> {
        let generation = Generation::current(&folder)?.map(Arc::new);
        let meta = generation.as_ref().map_or_else(|| Ok(Meta::default()), |g| g.meta())?;
        Ok(Store { folder, base, generation, meta })
    }

    /// The folder.
    pub fn dir(&self) -> &Path {
        self.folder.root()
    }

    /// What the data's IRIs start with.
    pub fn base(&self) -> &str {
        &self.base
    }

    /// Counts, and what the derived files were derived by.
    pub fn meta(&self) -> &Meta {
        &self.meta
    }

    /// What is known of each document without reading its claims, sorted by id.
    ///
    /// # Errors
    /// A file that cannot be read or is damaged, like all below.
    pub fn ledger(&self) -> Result<Vec<Row>, StoreError> {
        self.generation.as_ref().map_or_else(|| Ok(Vec::new()), |g| g.ledger())
    }

    /// The claims documents with their texts, sorted by id, one read after the other.
    pub fn documents(&self) -> Result<impl Iterator<Item = Result<ClaimsDocument, StoreError>> + use<>, StoreError> {
        Ok(self.generation.as_ref().map(|g| g.documents()).transpose()?.into_iter().flatten())
    }

    /// The claims documents of some ids, sorted by id; those that the store doesn't have are left out.
    pub fn documents_of(&self, ids: &BTreeSet<&str>) -> Result<Vec<ClaimsDocument>, StoreError> {
        self.generation.as_ref().map_or_else(|| Ok(Vec::new()), |g| g.documents_of(ids))
    }

    /// Things, facts and contradictions.
    pub fn knowledge(&self) -> Result<Knowledge, StoreError> {
        self.generation.as_ref().map_or_else(|| Ok(Knowledge::default()), |g| g.knowledge())
    }

    /// The graph's quads in their reference form and order, one read after the other.
    pub fn quads(&self) -> Result<impl Iterator<Item = Result<Quad, StoreError>> + use<>, StoreError> {
        Ok(self.generation.as_ref().map(|g| g.quads()).transpose()?.into_iter().flatten())
    }

    /// The graph, ready for queries.
    pub fn graph(&self) -> Result<Graph, StoreError> {
        match &self.generation {
            Some(generation) => Graph::of(generation.clone()),
            None => Graph::from_nquads(b""),
        }
    }

    /// Becomes the store's one writer, on what is current now.
    ///
    /// # Errors
    /// [`StoreError::Busy`] where another process writes.
    pub fn write(self) -> Result<Writer, StoreError> {
        Writer::new(self)
    }
}
