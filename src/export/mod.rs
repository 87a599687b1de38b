//! Knowledge in the forms that other programs read.
//!
//! A format is one file here and one entry in [`FORMATS`]; the command line, its help and its completions follow from
//! that. [`save`] writes a file, or the folder of a format that is several tables, so that it is there whole or as before.
//!
//! ```
//! let format = chancery::export::format("turtle").unwrap();
//! assert_eq!(format.extension(), "ttl");
//! ```

mod dot;
mod graphml;
mod jsonld;
mod mentions;
mod mermaid;
mod neo4j;
mod nodelink;
mod nquads;
mod objects;
mod ontology;
mod rdf;
mod rdfxml;
mod svg;
mod tables;
mod trig;
mod turtle;
mod xml;

pub use objects::context;
pub use tables::dictionary;

use crate::diagram::{Diagram, DiagramError, Request, picture};
use crate::frame::Frames;
use crate::graph::{Node, Selection, Sort};
use crate::model::{ClaimsDocument, Knowledge};
use crate::rdf::vocab::{self, Iris};
use oxigraph::model::Quad;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// The graph, quad by quad; an item is an error where the store could not be read further.
pub type Quads<'a> = Box<dyn Iterator<Item = Result<Quad, Box<dyn std::error::Error + Send + Sync>>> + 'a>;

/// What there is to write.
pub struct Input<'a> {
    pub knowledge: &'a Knowledge,
    pub frames: &'a Frames,
    /// The documents that `knowledge` was resolved from, with their entities' mentions.
    pub documents: &'a [ClaimsDocument],
    /// The store's graph from its start, for the RDF formats; the others do not call it.
    pub quads: &'a dyn Fn() -> Quads<'a>,
    /// What the data's IRIs start with: [`crate::rdf::vocab::BASE`] unless the store has its own.
    pub base: &'a str,
}

/// What of it is wanted, and how.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Which facts; formats that write the whole graph refuse one that is not empty.
    pub selection: Selection,
    /// Which table, of a format that has several ([`Export::tables`]); the first named `facts` where left out.
    pub table: Option<String>,
    /// CSV for a spreadsheet: texts that it would take for formulas are guarded, so that they are not exact.
    pub spreadsheet: bool,
    /// Whether [`save`] may replace files that are there.
    pub force: bool,
    /// What formats that draw are to draw; its own selection is not looked at.
    pub request: Request,
    /// Whether Graphviz is to lay an SVG picture out; it must be installed.
    pub graphviz: bool,
}

impl Options {
    /// The picture that is wanted of the selected facts.
    fn request(&self) -> Request {
        Request { selection: self.selection.clone(), ..self.request.clone() }
    }
}

/// Why nothing, or only a part, was written.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The output could not be written; a closed pipe is [`io::ErrorKind::BrokenPipe`].
    #[error("the export could not be written: {0}")]
    Write(#[from] io::Error),
    #[error("the store's graph could not be read: {0}")]
    Graph(Box<dyn std::error::Error + Send + Sync>),
    #[error(transparent)]
    Selection(#[from] crate::graph::SelectionError),
    #[error(
        "{0} writes the whole graph: leave out --focus, --depth, --frame, --since and --until, or choose dot, graphml, parquet, csv or jsonl"
    )]
    Whole(&'static str),
    #[error("{format} has no table \"{table}\"; there are: {tables}")]
    Table { format: &'static str, table: String, tables: String },
    #[error("--spreadsheet guards cells of CSV; {0} has none")]
    Spreadsheet(&'static str),
    #[error("{} is there already: give --force to replace it, or another name", .0.display())]
    Exists(PathBuf),
    #[error(transparent)]
    Rows(crate::table::TableError),
    #[error(transparent)]
    Diagram(DiagramError),
    #[error(
        "--view, --to, --fact, --size, --most and --layout are about pictures: leave them out, or choose {1} instead of {0}"
    )]
    NoPicture(&'static str, String),
    #[error(
        "a picture of {arrows} arrows is more than anything can show as {format} ({most} at most): draw less with --focus, \
         --frame or --since, or write graphml (for Gephi, networkx, Cytoscape) or csv instead"
    )]
    TooLarge { format: &'static str, arrows: String, most: String },
    #[error("Graphviz's program `dot` is not installed: leave out --layout graphviz, or install Graphviz")]
    NoGraphviz,
    #[error("Graphviz's program `dot` failed ({0}): leave out --layout graphviz")]
    Graphviz(String),
    #[error(transparent)]
    Ontology(#[from] crate::rdf::OntologyError),
}

impl From<crate::table::TableError> for ExportError {
    fn from(error: crate::table::TableError) -> Self {
        match error {
            crate::table::TableError::Write(e) => ExportError::Write(e),
            other => ExportError::Rows(other),
        }
    }
}

impl From<DiagramError> for ExportError {
    fn from(error: DiagramError) -> ExportError {
        match error {
            DiagramError::Selection(error) => ExportError::Selection(error),
            other => ExportError::Diagram(other),
        }
    }
}

/// A form in which knowledge can be written.
pub trait Export: Sync {
    /// What it is asked for by: `turtle`.
    fn name(&self) -> &'static str;

    /// Of the files, without the point: `ttl`.
    fn extension(&self) -> &'static str;

    /// One line for the help.
    fn description(&self) -> &'static str;

    /// Names of its tables, where it has several; each is one file of a folder, or alone by [`Options::table`].
    fn tables(&self) -> &'static [&'static str] {
        &[]
    }

    /// Whether it heeds [`Options::selection`].
    fn selects(&self) -> bool {
        false
    }

    /// Whether it draws a picture: heeds `request` of [`Options`].
    fn draws(&self) -> bool {
        false
    }

    /// Writes it. The same input gives the same bytes. Use [`write()`], which checks the options first.
    ///
    /// # Errors
    /// See [`ExportError`].
    fn write(&self, input: &Input, options: &Options, out: &mut dyn Write) -> Result<(), ExportError>;
}

/// Every format there is, in the order of the help.
pub const FORMATS: &[&dyn Export] = &[
    &nquads::NQuads,
    &trig::TriG,
    &turtle::Turtle,
    &jsonld::JsonLd,
    &objects::Objects,
    &rdfxml::RdfXml,
    &ontology::Ontology,
    &dot::Dot,
    &svg::Svg,
    &mermaid::Mermaid,
    &graphml::GraphMl,
    &nodelink::NodeLink,
    &neo4j::Neo4j,
    &tables::PARQUET,
    &tables::CSV,
    &tables::JSONL,
    &mentions::Mentions,
];

/// The format of that name.
pub fn format(name: &str) -> Option<&'static dyn Export> {
    FORMATS.iter().copied().find(|f| f.name() == name)
}

/// The picture that is wanted, unless it has so many arrows that nothing could show it.
fn bounded(format: &'static str, input: &Input, options: &Options) -> Result<Diagram, ExportError> {
    let number = |n: usize| crate::model::group_thousands(&n.to_string());
    let most = svg::MOST_ARROWS;
    let request = Request { most_arrows: Some(most), ..options.request() };
    picture(input.knowledge, input.frames, input.documents, &request).map_err(|error| match error {
        DiagramError::Arrows(arrows) => ExportError::TooLarge { format, arrows: number(arrows), most: number(most) },
        other => other.into(),
    })
}

/// A node's IRI; words have none.
fn iri(node: &Node, iris: &Iris) -> Option<String> {
    let iri = match node.sort {
        Sort::Thing(_) => iris.entity(&node.id),
        Sort::Concept => {
            let (scheme, name) = node.id.split_once('-')?;
            vocab::concept(scheme, name)
        }
        Sort::Fact => iris.fact(&node.id),
        Sort::Words => return None,
    };
    Some(iri.into_string())
}

/// ISO 8601.
fn day((year, month, day): (i16, u8, u8)) -> String {
    format!("{year:04}-{month:02}-{day:02}")
}

/// Writes a format to `out`, after a look at whether the options fit it.
///
/// # Errors
/// See [`ExportError`].
pub fn write(format: &dyn Export, input: &Input, options: &Options, out: &mut dyn Write) -> Result<(), ExportError> {
    if !format.selects() && !options.selection.is_all() {
        return Err(ExportError::Whole(format.name()));
    }
    if !format.draws() && (options.request != Request::default() || options.graphviz) {
        let pictures: Vec<&str> = FORMATS.iter().filter(|f| f.draws()).map(|f| f.name()).collect();
        return Err(ExportError::NoPicture(format.name(), pictures.join(" or ")));
    }
    if let Some(table) = options.table.as_deref().filter(|t| !format.tables().contains(t)) {
        let tables = match format.tables() {
            [] => "none, it is one file".to_string(),
            tables => tables.join(", "),
        };
        return Err(ExportError::Table { format: format.name(), table: table.to_string(), tables });
    }
    if options.spreadsheet && format.name() != "csv" {
        return Err(ExportError::Spreadsheet(format.name()));
    }
    options.selection.check(input.frames)?;
    format.write(input, options, out)
}

/// Writes a format to a file, or the tables of one that has several into a folder (made if need be). Each file is
/// written aside and renamed when it is complete, so that a full disk leaves what was there. What is there already is
/// replaced only by [`Options::force`].
///
/// # Errors
/// See [`ExportError`]; an [`io::Error`] names the file.
pub fn save(format: &dyn Export, input: &Input, options: &Options, path: &Path) -> Result<(), ExportError> {
    let is_one = format.tables().is_empty() || options.table.is_some();
    // A device or a pipe is written to, not replaced.
    if is_one && std::fs::metadata(path).is_ok_and(|m| !m.is_file() && !m.is_dir()) {
        let mut out = BufWriter::new(File::create(path).map_err(|e| named(path, e))?);
        write(format, input, options, &mut out)?;
        return out.flush().map_err(|e| named(path, e));
    }
    let free = |path: &Path| match options.force || std::fs::symlink_metadata(path).is_err() {
        true => Ok(()),
        false => Err(ExportError::Exists(path.to_path_buf())),
    };
    if is_one {
        free(path)?;
        return save_file(format, input, options, path);
    }
    let file = |table: &str| path.join(format!("{table}.{}", format.extension()));
    format.tables().iter().try_for_each(|table| free(&file(table)))?;
    std::fs::create_dir_all(path).map_err(|e| named(path, e))?;
    for table in format.tables() {
        let options = Options { table: Some((*table).to_string()), ..options.clone() };
        save_file(format, input, &options, &file(table))?;
    }
    Ok(())
}

fn save_file(format: &dyn Export, input: &Input, options: &Options, path: &Path) -> Result<(), ExportError> {
    let mut aside = path.as_os_str().to_owned();
    aside.push(".part");
    let aside = Path::new(&aside);
    let written = (|| {
        let file = File::create(aside).map_err(|e| named(aside, e))?;
        let mut out = BufWriter::new(file);
        write(format, input, options, &mut out).map_err(|e| match e {
            ExportError::Write(e) => named(aside, e),
            other => other,
        })?;
        let file = out.into_inner().map_err(|e| named(aside, e.into_error()))?;
        file.sync_all().map_err(|e| named(aside, e))?;
        std::fs::rename(aside, path).map_err(|e| named(path, e))
    })();
    if written.is_err() {
        // The error that matters is told already; a leftover would only add to it.
        let _ = std::fs::remove_file(aside);
    }
    written
}

fn named(path: &Path, error: io::Error) -> ExportError {
    ExportError::Write(io::Error::new(error.kind(), format!("{}: {error}", path.display())))
}
