use super::FORMAT;
use std::io;
use std::path::{Path, PathBuf};

/// Why a store can't be read or written. Whatever it is, the store is as it was before.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    #[error("there is no store at {}: make one with `chancery build FOLDER`, or name another with --store", dir.display())]
    NotThere { dir: PathBuf },
    #[error(
        "{} holds files, but no store: name an empty folder or a new one with --store, so that nothing gets mixed up",
        dir.display()
    )]
    NotAStore { dir: PathBuf },
    #[error(
        "the store at {} is of format {found}, and this program reads up to format {FORMAT}: use the newer chancery that \
         made it, or build another store with --store", dir.display()
    )]
    Newer { dir: PathBuf, found: u32 },
    #[error(
        "the store at {} has the base {recorded}, not {asked}: leave --base out, or build another store with --store",
        dir.display()
    )]
    Base { dir: PathBuf, recorded: String, asked: String },
    #[error("\"{base}\" can't be the base of IRIs: give an absolute IRI that ends in / or #")]
    BadBase { base: String },
    #[error("another process is writing to the store at {}: wait until it has ended, then try again", dir.display())]
    Busy { dir: PathBuf },
    #[error("{}: damaged: {what}; put back a copy of the store, or build it again into a new folder", path.display())]
    Damaged { path: PathBuf, what: String },
    #[error("{}: cannot be {doing}{}", path.display(), hint(source))]
    Io {
        path: PathBuf,
        /// "read", "written", …
        doing: &'static str,
        source: io::Error,
    },
    #[error("the graph cannot be indexed")]
    Index(#[source] oxigraph::store::StorageError),
}

fn hint(error: &io::Error) -> &'static str {
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => {
            ": there is no room for it; free some, the store is as it was before"
        }
        io::ErrorKind::PermissionDenied => ": check its permissions",
        io::ErrorKind::ReadOnlyFilesystem => ": the disk is read-only",
        _ => "",
    }
}

impl StoreError {
    pub(super) fn io(path: &Path, doing: &'static str) -> impl FnOnce(io::Error) -> StoreError {
        let path = path.to_path_buf();
        move |source| StoreError::Io { path, doing, source }
    }

    pub(super) fn damaged(path: &Path, what: impl std::fmt::Display) -> StoreError {
        StoreError::Damaged { path: path.to_path_buf(), what: what.to_string() }
    }
}
