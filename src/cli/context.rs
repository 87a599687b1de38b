//! What several subcommands start with.

use super::{Global, style};
use anyhow::Context as _;
use chancery::data::Data;
use chancery::document::{Note, Reader};
use chancery::frame::Frames;
use chancery::model::ClaimsDocument;
use chancery::store::{Basis, Store};
use std::io::{self, IsTerminal as _, Write as _};

impl Global {
    /// data/, from the program or a folder.
    pub fn data(&self) -> anyhow::Result<Data> {
        Ok(match &self.data {
            Some(folder) => Data::folder(folder)?,
            None => Data::embedded(),
        })
    }

    pub fn frames(&self) -> anyhow::Result<Frames> {
        Ok(Frames::load(&self.data()?)?)
    }

    pub fn basis(&self) -> anyhow::Result<Basis> {
        Ok(Basis::new(&self.data()?)?)
    }

    pub fn open(&self) -> anyhow::Result<Store> {
        Ok(Store::open(&self.store)?)
    }

    /// A reader that tells its notes, unless nobody wants to hear them.
    pub fn reader(&self) -> anyhow::Result<Reader> {
        let reader = Reader::new(&self.data()?)?;
        let (quiet, verbose) = (self.quiet, self.verbose);
        Ok(reader.with_notes(move |note| {
            let usual = !matches!(note, Note::Skipped { .. } | Note::Again { .. });
            if !quiet && (usual || verbose) {
                let _ = writeln!(anstream::stderr(), "{note}");
            }
        }))
    }

    /// A line beside the results: on standard error, not with `--quiet`.
    pub fn say(&self, text: impl std::fmt::Display) {
        if !self.quiet {
            let _ = writeln!(anstream::stderr(), "{text}");
        }
    }
}

/// Something went wrong that doesn't end the run.
pub fn warn(text: impl std::fmt::Display) {
    let label = style::WARNING;
    let _ = writeln!(anstream::stderr(), "{label}skipped:{label:#} {text}");
}

/// All documents of a store.
pub fn documents(store: &Store) -> anyhow::Result<Vec<ClaimsDocument>> {
    store.documents()?.collect::<Result<_, _>>().context("the store's log could not be read")
}

/// As many as there are cores.
pub fn threads(asked: Option<std::num::NonZeroUsize>) -> usize {
    asked.or_else(|| std::thread::available_parallelism().ok()).map_or(1, std::num::NonZeroUsize::get)
}

/// Columns of the terminal that standard output is; `None` where it is none.
pub fn width() -> Option<usize> {
    io::stdout().is_terminal().then(|| terminal_size::terminal_size().map_or(100, |(w, _)| usize::from(w.0)))
}
