//! Questions to the graph: SPARQL with the prefixes set, the named questions of queries/, and their answers as tables or
//! in the W3C's formats; and, beside SPARQL, looking up a thing by any of its names, its card, and what is behind a fact.
//!
//! Queries see the union of all graphs unless they say otherwise with FROM; nothing is ever fetched from elsewhere.
//!
//! ```
//! use chancery::query::{self, Format, Question, Writing};
//! use chancery::{rdf::vocab::BASE, store::Graph};
//! let graph = Graph::from_nquads(b"<https://w3id.org/chancery/id/entity/sv> \
//!     <https://w3id.org/chancery/ns/1#hasLegalTender> <https://w3id.org/chancery/ns/1#asset-bitcoin> .\n")?;
//! let question = Question::text("SELECT ?who { ?who ch:hasLegalTender ?what }");
//! let answer = query::ask(&graph, BASE, &question, &[])?;
//! let mut out = Vec::new();
//! assert_eq!(query::write(answer, &Writing::new(Format::Csv, BASE), &mut out)?.rows, 1);
//! assert_eq!(String::from_utf8(out)?, "who\r\nhttps://w3id.org/chancery/id/entity/sv\r\n");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod ask;
mod bind;
mod card;
mod conflicts;
mod diff;
mod error;
mod explain;
mod find;
mod markdown;
mod names;
mod params;
mod parquet;
mod plan;
mod question;
mod results;
mod review;
mod scan;
mod show;
mod table;
mod timeline;

pub use ask::{Bound, ask};
pub use card::{Card, Line, Said, Section, card, card_documents, roles};
pub use conflicts::{Conflict, Side, Told, conflict_documents, conflicts, told_apart};
pub use diff::{Change, Diff, diff};
pub use error::QueryError;
pub use explain::{Behind, Explained, Reference, explain, explain_documents};
pub use find::{Found, find};
pub use names::Names;
pub use oxigraph::sparql::CancellationToken;
pub use params::{Param, ParamType};
pub use plan::{Plan, Step};
pub use question::{Question, named};
pub use results::{Format, Writing, Written, write};
pub use review::{Looking, Reason, review};
pub use show::plain;
pub(crate) use show::turns;
pub(crate) use table::cut;
pub use timeline::{Moment, timeline};
