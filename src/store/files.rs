//! The folder's own files: format, pointer, locks.

use super::{FORMAT, StoreError};
use fs4::FileExt;
use fs4::TryLockError;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// The folder of a store, which need not be there yet.
#[derive(Debug, Clone)]
pub(super) struct Folder {
    root: PathBuf,
}

/// A lock that is held until it is dropped.
#[derive(Debug)]
pub(super) struct Lock {
    _file: File,
}

impl Folder {
    pub fn new(root: &Path) -> Folder {
        Folder { root: root.to_path_buf() }
    }

    pub fn root(&self) -> &Path {
        &self.root
    }

    pub fn generations(&self) -> PathBuf {
        self.root.join("generations")
    }

    /// The base of the store's IRIs; `None` where there is no store.
    pub fn base(&self) -> Result<Option<String>, StoreError> {
        let path = self.root.join("FORMAT");
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(e) if matches!(e.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => return Ok(None),
            Err(e) => return Err(StoreError::io(&path, "read")(e)),
        };
        let mut lines = text.lines();
        let version = lines.next().and_then(|l| l.strip_prefix("chancery-store ")).and_then(|v| v.parse().ok());
        match (version, lines.next().and_then(|l| l.strip_prefix("base "))) {
            (Some(found), _) if found > FORMAT => Err(StoreError::Newer { dir: self.root.clone(), found }),
            (Some(FORMAT), Some(base)) => Ok(Some(base.to_string())),
            _ => Err(StoreError::damaged(&path, "it names no version and base")),
        }
    }

    /// Makes an empty store; gives its base.
    pub fn create(&self, base: &str) -> Result<String, StoreError> {
        if oxigraph::model::NamedNode::new(base).is_err() || !(base.ends_with('/') || base.ends_with('#')) {
            return Err(StoreError::BadBase { base: base.to_string() });
        }
        fs::create_dir_all(&self.root).map_err(StoreError::io(&self.root, "made"))?;
        let mut inside = fs::read_dir(&self.root).map_err(StoreError::io(&self.root, "read"))?;
        // What a creation that was cut short may have left.
        let ours = |name: &std::ffi::OsStr| {
            name == "FORMAT.new" || name == "lock" || name == "generations" || name == super::CURATION
        };
        if inside.any(|e| e.is_ok_and(|e| !ours(&e.file_name()))) {
            return Err(StoreError::NotAStore { dir: self.root.clone() });
        }
        let _lock = self.lock()?;
        // Another process may have been faster.
        if let Some(base) = self.base()? {
            return Ok(base);
        }
        self.replace("FORMAT", &format!("chancery-store {FORMAT}\nbase {base}\n"))?;
        Ok(base.to_string())
    }

    /// The writer's lock.
    pub fn lock(&self) -> Result<Lock, StoreError> {
        let path = self.root.join("lock");
        let file = OpenOptions::new().create(true).append(true).open(&path);
        let file = file.map_err(StoreError::io(&path, "opened"))?;
        match FileExt::try_lock(&file) {
            Ok(()) => Ok(Lock { _file: file }),
            Err(TryLockError::WouldBlock) => Err(StoreError::Busy { dir: self.root.clone() }),
            Err(TryLockError::Error(e)) => Err(StoreError::io(&path, "locked")(e)),
        }
    }

    /// The name of the generation that readers should see.
    pub fn pointer(&self) -> Result<Option<String>, StoreError> {
        let path = self.root.join("current");
        match fs::read_to_string(&path) {
            Ok(text) => {
                let name = text.trim_end();
                let plain = !name.is_empty() && name.bytes().all(|b| b.is_ascii_digit());
                let name = plain.then(|| name.to_string());
                name.map(Some).ok_or_else(|| StoreError::damaged(&path, "it names no generation"))
            }
            Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(e) => Err(StoreError::io(&path, "read")(e)),
        }
    }

    /// Makes a finished generation the one that readers see.
    pub fn point(&self, name: &str) -> Result<(), StoreError> {
        self.replace("current", &format!("{name}\n"))
    }

    /// A small file, whole or not at all.
    fn replace(&self, name: &str, text: &str) -> Result<(), StoreError> {
        let aside = self.root.join(format!("{name}.new"));
        let path = self.root.join(name);
        let mut file = File::create(&aside).map_err(StoreError::io(&aside, "written"))?;
        file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).map_err(StoreError::io(&aside, "written"))?;
        fs::rename(&aside, &path).map_err(StoreError::io(&path, "replaced"))?;
        sync_folder(&self.root)
    }
}

/// Makes a folder's entries survive a power cut. Where folders can't be opened (Windows), the file system sees to it.
pub(super) fn sync_folder(path: &Path) -> Result<(), StoreError> {
    if cfg!(unix) {
        File::open(path).and_then(|f| f.sync_all()).map_err(StoreError::io(path, "synced"))?;
    }
    Ok(())
}

/// A shared lock on an existing file; `None` where the file has gone.
pub(super) fn lock_shared(path: &Path) -> Result<Option<Lock>, StoreError> {
    let file = match File::open(path) {
        Ok(file) => file,
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(e) => return Err(StoreError::io(path, "opened")(e)),
    };
    match FileExt::lock_shared(&file) {
        Ok(()) => {}
        // File systems without locks: the reader may then lose its generation, and says so.
        Err(e) if e.kind() == io::ErrorKind::Unsupported => {}
        Err(e) => return Err(StoreError::io(path, "locked")(e)),
    }
    Ok(path.exists().then_some(Lock { _file: file }))
}

/// The lock on a generation that nobody reads; `None` where somebody does.
pub(super) fn lock_unused(path: &Path) -> Option<Lock> {
    let file = File::open(path).ok()?;
    FileExt::try_lock(&file).ok()?;
    Some(Lock { _file: file })
}
