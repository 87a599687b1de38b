//! Knowledge as a graph of nodes and arrows, to be drawn, measured and walked.
//!
//! Nodes are the things that facts are about, and concepts such as bitcoin; an arrow is what a fact says of two of them,
//! as the frame's `draw` in data/frames states. A fact of three or more equal participants becomes a node itself with
//! one arrow from each; words and amounts at an arrow's end ("19 companies", "30 %") become a node of that fact alone.
//!
//! ```
//! use chancery::{frame::Frames, graph::{Selection, View}, model::Knowledge};
//! let view = View::new(&Knowledge::default(), Frames::embedded(), &Selection::default())?;
//! assert_eq!(view.graph.node_count(), 0);
//! # Ok::<(), chancery::graph::SelectionError>(())
//! ```

mod amount;
mod build;
mod measure;
mod near;
mod select;
mod way;

pub use amount::short;
pub use build::saying;
pub use measure::{Measure, Measures, measures};
pub use select::{Selection, SelectionError};
pub use way::{Step, between, way};

use crate::frame::Frames;
use crate::model::{Fact, Kind, Knowledge, Modality, PartialDate, Polarity};
use petgraph::graph::{DiGraph, NodeIndex};

/// What a node is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sort {
    Thing(Kind),
    /// A value of a controlled vocabulary: an asset, a topic.
    Concept,
    /// A fact of three or more equal participants.
    Fact,
    /// A description or an amount at the end of one fact's arrow.
    Words,
}

impl Sort {
    /// The kind's name, else `concept`, `fact`, `words`.
    pub fn name(self) -> &'static str {
        match self {
            Sort::Thing(kind) => kind.name(),
            Sort::Concept => "concept",
            Sort::Fact => "fact",
            Sort::Words => "words",
        }
    }

    /// Whether a path may lead through it. What half the world shares (bitcoin, a topic) makes no two things near.
    fn is_passable(self) -> bool {
        !matches!(self, Sort::Thing(Kind::Asset) | Sort::Concept | Sort::Words)
    }
}

/// A node: unique by `id`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// A thing's key; `scheme-name` of a concept; a fact's id; a fact's id, role and number for words.
    pub id: String,
    pub label: String,
    pub sort: Sort,
}

/// How certain it is that what an arrow says is so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// It happened, or holds as far as is known.
    Actual,
    Planned,
    Possible,
    /// It held until a later fact ended it.
    Ended,
    /// It is stated not to be so.
    Negated,
}

impl Status {
    /// That of a fact.
    pub fn of(fact: &Fact) -> Status {
        match (fact.polarity, fact.ended_by.is_some(), fact.modality) {
            (Polarity::Negated, ..) => Status::Negated,
            (_, true, _) => Status::Ended,
            (.., Modality::Planned) => Status::Planned,
            (.., Modality::Possible) => Status::Possible,
            (.., Modality::Actual) => Status::Actual,
        }
    }

    pub fn name(self) -> &'static str {
        match self {
            Status::Actual => "actual",
            Status::Planned => "planned",
            Status::Possible => "possible",
            Status::Ended => "ended",
            Status::Negated => "negated",
        }
    }
}

/// What one fact says of two nodes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Arrow {
    pub frame: String,
    /// To be read from the start to the end: `licensed`.
    pub verb: String,
    /// An amount or a title: `6,240 BTC`.
    pub detail: Option<String>,
    pub date: Option<PartialDate>,
    pub until: Option<PartialDate>,
    pub status: Status,
    /// Whether it reads the same from both ends.
    pub mutual: bool,
    /// Id of the fact.
    pub fact: String,
}

/// A graph of the selected facts. Nodes stand in the order of sort and id, arrows in the order of their ends, then as
/// they compare; the same knowledge gives the same order.
#[derive(Debug, Clone)]
pub struct View {
    pub graph: DiGraph<Node, Arrow>,
    pub focus: Option<NodeIndex>,
    /// Ids of the facts that were selected, in order; not each has an arrow.
    pub facts: Vec<String>,
}

impl View {
    /// The graph of the facts that a selection asks for.
    ///
    /// # Errors
    /// A selection that makes no sense ([`Selection::check`]) or whose focus no selected fact is about.
    pub fn new(knowledge: &Knowledge, frames: &Frames, selection: &Selection) -> Result<View, SelectionError> {
        selection.check(frames)?;
        let whole = build::build(knowledge, frames, selection);
        match &selection.focus {
            None => Ok(whole),
            Some(focus) => near::near(&whole, knowledge, focus, selection.depth.unwrap_or(1)),
        }
    }
}
