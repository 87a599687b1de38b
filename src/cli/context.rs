//! What several subcommands start with.

use super::{Global, style};
use anyhow::Context as _;
use chancery::curate::Curation;
use chancery::data::Data;
use chancery::document::{Note, Reader};
use chancery::frame::Frames;
use chancery::model::{ClaimsDocument, Knowledge, PartialDate};
use chancery::query::{Found, find};
use chancery::store::{Basis, CURATION, Report, Seen, Store, View};
use clap::Args;
use std::io::{self, IsTerminal as _, Write as _};
use std::path::PathBuf;

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
        Ok(Basis::new(&self.data()?)?.with(Curation::read(&self.curation_file())?))
    }

    /// Names the decisions that a change could not apply.
    pub fn warn_idle(&self, report: &Report, basis: &Basis) {
        let (label, path) = (style::WARNING, self.curation_file());
        for (i, why) in &report.idle {
            let name = basis.curation.decisions.get(*i).map_or("decision", |d| d.decide.name());
            let line = basis.curation.line(*i);
            let _ = writeln!(
                anstream::stderr(),
                "{label}not applied:{label:#} {}:{line}: \"{name}\": {why}",
                path.display()
            );
        }
    }

    /// With `-v`, says how much of the facts a change bore on.
    pub fn say_touched(&self, report: &Report) {
        if self.verbose && report.written {
            self.say(touched(report));
        }
    }

    /// Where decisions are kept.
    pub fn curation_file(&self) -> PathBuf {
        self.curation.clone().unwrap_or_else(|| self.store.join(CURATION))
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

/// When to look from.
#[derive(Args, Clone, Copy)]
pub struct When {
    /// Only what held or had happened on this date, as 2025, 2025-Q3, 2025-07 or 2025-07-16.
    #[arg(long, value_name = "DATE", help_heading = "Time")]
    as_of: Option<PartialDate>,
    /// Only what had been published by this date.
    #[arg(long, value_name = "DATE", help_heading = "Time")]
    known_by: Option<PartialDate>,
}

impl When {
    /// What the store shows from there; `None` where that is simply all it has now.
    pub fn seen(&self, store: &Store, global: &Global) -> anyhow::Result<Option<Seen>> {
        let view = View { as_of: self.as_of, known_by: self.known_by };
        if view.is_now() {
            return Ok(None);
        }
        let seen = store.seen(view, &global.basis()?)?;
        if seen.undated > 0 {
            let left = style::count(seen.undated, "document tells", "documents tell");
            global.say(format_args!("{left} no date of publication, and can't be placed by --known-by: left out"));
        }
        Ok(Some(seen))
    }

    /// The knowledge to be seen from there, with the documents where they were read on the way.
    pub fn knowledge(
        &self,
        store: &Store,
        global: &Global,
    ) -> anyhow::Result<(Knowledge, Option<Vec<ClaimsDocument>>)> {
        Ok(match self.seen(store, global)? {
            Some(seen) => (seen.knowledge, Some(seen.documents)),
            None => (store.knowledge()?, None),
        })
    }
}

/// The key of the one thing that is called so; otherwise says what could be meant.
pub fn one(knowledge: &Knowledge, name: &str) -> io::Result<Option<String>> {
    let mut err = anstream::stderr().lock();
    match find(knowledge, name) {
        Found::One(thing) => return Ok(Some(thing.key.clone())),
        Found::Several(things) => {
            writeln!(err, "\"{name}\" can be any of these; name one by its key:")?;
            for thing in things {
                writeln!(err, "  {}  {} ({})", thing.key, thing.name, thing.kind.name())?;
            }
        }
        Found::Nothing(near) => {
            writeln!(err, "nothing in the store is called \"{name}\"")?;
            if !near.is_empty() {
                writeln!(err, "nearest: {}", near.join(", "))?;
            }
        }
    }
    Ok(None)
}

/// Something went wrong that doesn't end the run.
pub fn warn(text: impl std::fmt::Display) {
    let label = style::WARNING;
    let _ = writeln!(anstream::stderr(), "{label}skipped:{label:#} {text}");
}

/// How much of the facts a change bore on.
pub fn touched(report: &Report) -> String {
    let blocks = style::count(report.blocks, "block", "blocks");
    format!("made anew from {} of {blocks} of claims about the same", style::grouped(report.touched))
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
