//! One generation: what a reader sees, and how the next one is made.

use super::files::{self, Folder, Lock};
use super::{Meta, Row, StoreError};
use crate::model::{ClaimsDocument, Knowledge};
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::Quad;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{BufRead as _, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

/// Which facts came from which blocks of claims.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Made {
    /// [`super::Basis::maker`] at that time.
    pub by: String,
    /// Ids of facts by the digest of their block.
    pub blocks: BTreeMap<String, Vec<String>>,
}

/// A generation that can't go while this lives.
#[derive(Debug)]
pub(super) struct Generation {
    dir: PathBuf,
    _lock: Lock,
}

impl Generation {
    /// The one that the pointer names, if there is one yet.
    pub fn current(folder: &Folder) -> Result<Option<Generation>, StoreError> {
        // Between the pointer and the lock a writer may have gone on, twice in a row at the very worst.
        for _ in 0..100 {
            let Some(name) = folder.pointer()? else { return Ok(None) };
            let dir = folder.generations().join(&name);
            if let Some(lock) = files::lock_shared(&dir.join("lock"))? {
                return Ok(Some(Generation { dir, _lock: lock }));
            }
            if folder.pointer()?.as_ref() == Some(&name) {
                return Err(StoreError::damaged(&dir, "the generation that `current` names is not there"));
            }
        }
        Err(StoreError::Busy { dir: folder.root().to_path_buf() })
    }

    pub fn path(&self, file: &str) -> PathBuf {
        self.dir.join(file)
    }

    pub fn meta(&self) -> Result<Meta, StoreError> {
        self.json("meta.json")
    }

    pub fn knowledge(&self) -> Result<Knowledge, StoreError> {
        self.json("knowledge.json")
    }

    pub fn ledger(&self) -> Result<Vec<Row>, StoreError> {
        lines(&self.path("ledger.jsonl"))?.collect()
    }

    pub fn documents(&self) -> Result<impl Iterator<Item = Result<ClaimsDocument, StoreError>> + use<>, StoreError> {
        lines(&self.path("log.jsonl"))
    }

    /// Those of some ids, the other lines unparsed: the ledger says which line is whose.
    pub fn documents_of(&self, wanted: &BTreeSet<&str>) -> Result<Vec<ClaimsDocument>, StoreError> {
        let ids = self.ledger()?.into_iter().map(|row| row.id);
        let path = self.path("log.jsonl");
        let file = File::open(&path).map_err(StoreError::io(&path, "read"))?;
        let mut docs = Vec::with_capacity(wanted.len());
        for (i, (line, id)) in BufReader::with_capacity(1 << 16, file).lines().zip(ids).enumerate() {
            let line = line.map_err(StoreError::io(&path, "read"))?;
            if wanted.contains(id.as_str()) {
                docs.push(parsed(&line, &path, i)?);
            }
        }
        Ok(docs)
    }

    /// The quads as they were written, in order; an index gives numbers back in another spelling.
    pub fn quads(&self) -> Result<impl Iterator<Item = Result<Quad, StoreError>> + use<>, StoreError> {
        let path = self.path("graph.nq");
        let file = File::open(&path).map_err(StoreError::io(&path, "read"))?;
        let parser = RdfParser::from_format(RdfFormat::NQuads).lenient();
        let quads = parser.for_reader(BufReader::with_capacity(1 << 16, file));
        Ok(quads.map(move |quad| quad.map_err(|e| StoreError::damaged(&path, e))))
    }

    /// What the facts were made from; `None` where that is not known, which costs making them all again.
    pub fn blocks(&self) -> Option<Made> {
        self.json("blocks.json").ok()
    }

    fn json<T: DeserializeOwned>(&self, file: &str) -> Result<T, StoreError> {
        let path = self.path(file);
        let bytes = fs::read(&path).map_err(StoreError::io(&path, "read"))?;
        serde_json::from_slice(&bytes).map_err(|e| StoreError::damaged(&path, e))
    }
}

/// The values of a file with one JSON object a line.
fn lines<T: DeserializeOwned>(path: &Path) -> Result<impl Iterator<Item = Result<T, StoreError>> + use<T>, StoreError> {
    let path = path.to_path_buf();
    let file = File::open(&path).map_err(StoreError::io(&path, "read"))?;
    let lines = BufReader::with_capacity(1 << 16, file).lines();
    Ok(lines.enumerate().map(move |(i, line)| parsed(&line.map_err(StoreError::io(&path, "read"))?, &path, i)))
}

fn parsed<T: DeserializeOwned>(line: &str, path: &Path, number: usize) -> Result<T, StoreError> {
    serde_json::from_str(line).map_err(|e| StoreError::damaged(path, format!("line {}: {e}", number + 1)))
}

/// A generation in the making; gone again unless it is finished.
pub(super) struct Draft {
    name: String,
    dir: PathBuf,
    finished: bool,
}

impl Draft {
    /// An empty folder with the next number.
    pub fn new(folder: &Folder) -> Result<Draft, StoreError> {
        let all = folder.generations();
        fs::create_dir_all(&all).map_err(StoreError::io(&all, "made"))?;
        let last = numbers(&all)?.into_iter().max().unwrap_or(0);
        let name = format!("{:06}", last + 1);
        let dir = all.join(&name);
        fs::create_dir(&dir).map_err(StoreError::io(&dir, "made"))?;
        Ok(Draft { name, dir, finished: false })
    }

    #[cfg(feature = "rocksdb")]
    pub fn path(&self, file: &str) -> PathBuf {
        self.dir.join(file)
    }

    /// Writes one file through to the disk.
    pub fn write(
        &self,
        file: &str,
        fill: impl FnOnce(&mut dyn Write) -> std::io::Result<()>,
    ) -> Result<(), StoreError> {
        let path = self.dir.join(file);
        let put = || {
            let mut out = BufWriter::with_capacity(1 << 16, File::create(&path)?);
            fill(&mut out)?;
            out.into_inner().map_err(|e| e.into_error())?.sync_all()
        };
        put().map_err(StoreError::io(&path, "written"))
    }

    /// Makes it the current one.
    pub fn finish(mut self, folder: &Folder) -> Result<(), StoreError> {
        self.write("lock", |_| Ok(()))?;
        files::sync_folder(&self.dir)?;
        files::sync_folder(&folder.generations())?;
        folder.point(&self.name)?;
        self.finished = true;
        Ok(())
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        if !self.finished {
            // What stays behind is swept by the next writer.
            let _ = fs::remove_dir_all(&self.dir);
        }
    }
}

fn numbers(all: &Path) -> Result<Vec<u64>, StoreError> {
    let mut found = Vec::new();
    for entry in fs::read_dir(all).map_err(StoreError::io(all, "read"))? {
        let name = entry.map_err(StoreError::io(all, "read"))?.file_name();
        found.extend(name.to_str().and_then(|n| n.split('.').next()).and_then(|n| n.parse::<u64>().ok()));
    }
    Ok(found)
}

/// Removes the generations that are neither current nor read, and what a writer that was killed left behind. Only for
/// the holder of the writer's lock. What can't be removed now goes the next time.
pub(super) fn sweep(folder: &Folder) -> Result<(), StoreError> {
    let current = folder.pointer()?;
    let Ok(entries) = fs::read_dir(folder.generations()) else { return Ok(()) };
    for entry in entries.flatten() {
        let (name, path) = (entry.file_name(), entry.path());
        if name.to_str() == current.as_deref() {
            continue;
        }
        let lock = path.join("lock");
        let held = files::lock_unused(&lock);
        if lock.exists() && held.is_none() {
            continue;
        }
        // Renamed first, so that no reader finds half of it.
        let aside = folder.generations().join(format!("{}.old", name.to_string_lossy().trim_end_matches(".old")));
        if fs::rename(&path, &aside).is_ok() {
            let _ = fs::remove_dir_all(&aside);
        }
    }
    Ok(())
}
