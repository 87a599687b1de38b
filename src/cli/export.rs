use super::context::{When, documents};
use super::{Global, Outcome};
use anyhow::{Context as _, bail};
use chancery::diagram::{Request, Subject};
use chancery::export::{FORMATS, Input, Options, Quads, format, save, write};
use chancery::graph::{Measure, Selection};
use chancery::model::{Knowledge, PartialDate};
use chancery::query::{Found, find};
use clap::Args;
use clap::builder::PossibleValuesParser;
use std::io::{self, BufWriter, Write as _};
use std::path::PathBuf;

/// Write the graph in a form that other programs read
#[derive(Args)]
#[command(after_help = formats())]
pub struct Export {
    #[arg(value_name = "FORMAT", value_parser = PossibleValuesParser::new(FORMATS.iter().map(|f| f.name())))]
    format: String,
    /// A file, or a folder for a format of several tables; written whole or not at all [default: standard output].
    #[arg(value_name = "FILE", conflicts_with = "output")]
    path: Option<PathBuf>,
    /// The same.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Replace files that are there already.
    #[arg(long)]
    force: bool,
    /// CSV for a spreadsheet: an apostrophe before texts that it would take for formulas. Without it, CSV is exact.
    #[arg(long)]
    spreadsheet: bool,
    /// One table only, of a format that has several.
    #[arg(long, value_name = "NAME")]
    table: Option<String>,
    /// Only what is around one thing (by any of its names) or concept.
    #[arg(long, value_name = "ENTITY", help_heading = SELECTION)]
    focus: Option<String>,
    /// How many steps around it [default: 1].
    #[arg(long, value_name = "N", help_heading = SELECTION)]
    depth: Option<usize>,
    /// Only facts of this frame; can be given several times.
    #[arg(long = "frame", value_name = "FRAME", help_heading = SELECTION)]
    frames: Vec<String>,
    /// Only facts on or after this date, as 2025, 2025-Q3, 2025-07 or 2025-07-16.
    #[arg(long, value_name = "DATE", help_heading = SELECTION)]
    since: Option<PartialDate>,
    /// Only facts on or before this date.
    #[arg(long, value_name = "DATE", help_heading = SELECTION)]
    until: Option<PartialDate>,
    #[command(flatten)]
    when: When,
    /// What to draw [default: network].
    #[arg(long, value_name = "VIEW", help_heading = PICTURE, value_parser = PossibleValuesParser::new(Subject::ALL.iter().map(|(n, _)| *n)))]
    view: Option<String>,
    /// Where a path leads, from --focus.
    #[arg(long, value_name = "ENTITY", help_heading = PICTURE)]
    to: Option<String>,
    /// Whose provenance: id of a fact, or the beginning of it.
    #[arg(long, value_name = "ID", help_heading = PICTURE)]
    fact: Option<String>,
    /// What the size of a name tells [default: the number of neighbours].
    #[arg(long, value_name = "MEASURE", help_heading = PICTURE, value_parser = PossibleValuesParser::new(Measure::ALL.iter().map(|(n, _)| *n)))]
    size: Option<String>,
    /// Above this many boxes things are drawn together by country; a timeline keeps what most sources state [default: 60].
    #[arg(long, value_name = "N", help_heading = PICTURE)]
    most: Option<usize>,
    /// Who lays an SVG picture out; graphviz needs that program.
    #[arg(long, value_name = "LAYOUT", default_value = "builtin", help_heading = PICTURE, value_parser = ["builtin", "graphviz"])]
    layout: String,
}

const PICTURE: &str = "Pictures (dot, svg and mermaid)";

const SELECTION: &str = "Selection (pictures, graphml and tables)";

fn formats() -> String {
    let mut text = String::from("Formats:\n");
    for format in FORMATS {
        text.push_str(&format!("  {:<10} {}\n", format.name(), format.description()));
    }
    text
}

impl Export {
    pub fn run(&self, global: &Global) -> anyhow::Result<Outcome> {
        let Some(format) = format(&self.format) else { bail!("there is no format \"{}\"", self.format) };
        let store = global.open()?;
        let (seen, frames) = (self.when.seen(&store, global)?, global.frames()?);
        let now;
        let (knowledge, docs) = match &seen {
            Some(seen) => (&seen.knowledge, &seen.documents),
            None => {
                now = (store.knowledge()?, documents(&store)?);
                (&now.0, &now.1)
            }
        };
        let quads = || -> Quads<'_> {
            if let Some(seen) = &seen {
                return Box::new(seen.quads().map(|q| q.map_err(Into::into)));
            }
            match store.quads() {
                Ok(quads) => Box::new(quads.map(|q| q.map_err(Into::into))),
                Err(e) => Box::new(std::iter::once(Err(e.into()))),
            }
        };
        let input = Input { knowledge, frames: &frames, documents: docs, quads: &quads, base: store.base() };
        let selection = Selection {
            focus: self.focus.as_deref().map(|name| focus("--focus", name, knowledge)).transpose()?,
            depth: self.depth,
            frames: self.frames.clone(),
            since: self.since,
            until: self.until,
        };
        let request = Request {
            subject: chosen(&Subject::ALL, &self.view).unwrap_or_default(),
            to: self.to.as_deref().map(|name| focus("--to", name, knowledge)).transpose()?,
            fact: self.fact.clone(),
            size: chosen(&Measure::ALL, &self.size),
            most: self.most,
            ..Request::default()
        };
        let options = Options {
            selection,
            table: self.table.clone(),
            spreadsheet: self.spreadsheet,
            force: self.force,
            request,
            graphviz: self.layout == "graphviz",
        };
        match self.path.as_ref().or(self.output.as_ref()) {
            Some(path) => save(format, &input, &options, path)?,
            None => {
                let mut out = BufWriter::new(io::stdout().lock());
                write(format, &input, &options, &mut out)?;
                out.flush().context("the export could not be written")?;
            }
        }
        Ok(Outcome::Found)
    }
}

/// What a list of names has under the one that was chosen.
pub fn chosen<T: Copy>(all: &[(&str, T)], name: &Option<String>) -> Option<T> {
    all.iter().find(|(n, _)| Some(*n) == name.as_deref()).map(|(_, value)| *value)
}

/// The key of a thing that is named; what names no thing may be a concept.
pub fn focus(option: &str, name: &str, knowledge: &Knowledge) -> anyhow::Result<String> {
    match find(knowledge, name) {
        Found::One(thing) => Ok(thing.key.clone()),
        Found::Several(things) => {
            let keys: Vec<String> = things.iter().map(|t| format!("{} ({})", t.key, t.name)).collect();
            bail!("{option} \"{name}\" can be any of these; give a key: {}", keys.join(", "))
        }
        Found::Nothing(_) => Ok(name.to_string()),
    }
}
