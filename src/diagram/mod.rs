//! What a picture shows, before anybody draws it: boxes with their text, lines between them, a title, a caption that
//! says what was left out. The formats that draw (dot, svg, mermaid) write the same [`Diagram`]; [`place`] says where
//! things go, for the one that has to know.
//!
//! ```
//! use chancery::{diagram::{self, Request}, frame::Frames, model::Knowledge};
//! let picture = diagram::picture(&Knowledge::default(), Frames::embedded(), &[], &Request::default())?;
//! assert!(picture.nodes.is_empty() && picture.caption[0].starts_with("0 facts"));
//! # Ok::<(), chancery::diagram::DiagramError>(())
//! ```

mod error;
mod look;
mod network;
mod overview;
pub mod place;
mod provenance;
mod text;
mod timeline;

pub use error::DiagramError;
pub use look::{FAINT, Group, Look, Shape, Stroke, stroke};
pub use text::{Span, Text, Tone, plain, readable};

use crate::frame::Frames;
use crate::graph::{Measure, Selection, Status, View};
use crate::model::{ClaimsDocument, Knowledge};
use petgraph::unionfind::UnionFind;
use std::collections::BTreeMap;

/// What to draw.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Subject {
    /// The selected facts; with a focus, what is around it.
    #[default]
    Network,
    /// The shortest ways between the focus and another thing.
    Path,
    /// Who has agreed what with whom.
    Agreements,
    /// The facts about the focus, year below year.
    Timeline,
    /// The documents and claims behind one fact.
    Provenance,
}

impl Subject {
    /// All, with what each is asked for by.
    pub const ALL: [(&'static str, Subject); 5] = [
        ("network", Subject::Network),
        ("path", Subject::Path),
        ("agreements", Subject::Agreements),
        ("timeline", Subject::Timeline),
        ("provenance", Subject::Provenance),
    ];

    /// What it is asked for by.
    pub fn name(self) -> &'static str {
        Subject::ALL.iter().find(|(_, s)| *s == self).map_or("", |(n, _)| n)
    }
}

/// A picture that is wanted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Request {
    pub subject: Subject,
    /// Which facts, and around what.
    pub selection: Selection,
    /// Key of the thing that a path leads to.
    pub to: Option<String>,
    /// Id of the fact whose provenance is drawn, or the beginning of it.
    pub fact: Option<String>,
    /// What the size of a name tells; the number of neighbours where left out.
    pub size: Option<Measure>,
    /// Above this many boxes things are drawn together by country, and of a timeline's facts the best supported are
    /// kept; 60 where left out.
    pub most: Option<usize>,
    /// More arrows than this, before any are drawn together, are refused; any number is drawn where left out. Pictures
    /// that are not of the graph have none.
    pub most_arrows: Option<usize>,
}

impl Request {
    fn most(&self) -> usize {
        self.most.unwrap_or(60)
    }
}

/// A picture's content.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Diagram {
    pub title: String,
    /// Sentences below the picture: how much it shows and what it leaves out.
    pub caption: Vec<String>,
    pub nodes: Vec<Node>,
    pub lines: Vec<Line>,
    /// Ranks from top to bottom, each with its label, where [`Node::band`] says which a node is in.
    pub bands: Vec<String>,
}

/// A box.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// Unique in the diagram.
    pub id: String,
    pub text: Vec<Text>,
    pub group: Group,
    /// Size of the text in points.
    pub points: u32,
    pub is_focus: bool,
    /// Number of its rank, in a diagram that has bands.
    pub band: Option<usize>,
    /// What a pointer that rests on it is told.
    pub tooltip: String,
    pub url: Option<String>,
}

/// A line between two boxes, with everything that is said of the two in one status.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Index of a node.
    pub from: usize,
    /// Index of a node.
    pub to: usize,
    pub text: Vec<Text>,
    pub status: Status,
    /// Whether it has no direction.
    pub is_mutual: bool,
    /// How many facts it stands for.
    pub count: usize,
    pub tooltip: String,
}

/// A line of the legend: what a look means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    Group(Group),
    Status(Status),
}

impl Diagram {
    /// The parts that hang together by lines: numbers of their nodes and of their lines.
    pub(crate) fn parts(&self) -> Vec<(Vec<usize>, Vec<usize>)> {
        let mut joined: UnionFind<usize> = UnionFind::new(self.nodes.len());
        for line in &self.lines {
            joined.union(line.from, line.to);
        }
        let mut parts: BTreeMap<usize, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
        for node in 0..self.nodes.len() {
            parts.entry(joined.find(node)).or_default().0.push(node);
        }
        for (number, line) in self.lines.iter().enumerate() {
            parts.entry(joined.find(line.from)).or_default().1.push(number);
        }
        parts.into_values().collect()
    }

    /// What the legend explains: only what is there, in a fixed order.
    pub fn keys(&self) -> Vec<Key> {
        let mut groups: Vec<Group> = self.nodes.iter().map(|n| n.group).collect();
        groups.sort_unstable();
        groups.dedup();
        let mut statuses: Vec<Status> = self.lines.iter().map(|l| l.status).collect();
        statuses.sort_unstable();
        statuses.dedup();
        // One kind of line that is as one expects needs no words.
        if statuses == [Status::Actual] {
            statuses.clear();
        }
        let groups = groups.into_iter().filter(|g| !g.look().legend.is_empty()).map(Key::Group);
        groups.chain(statuses.into_iter().map(Key::Status)).collect()
    }
}

/// The picture that is asked for.
///
/// # Errors
/// See [`DiagramError`]: a request that lacks something or names what there is not.
pub fn picture(
    knowledge: &Knowledge,
    frames: &Frames,
    documents: &[ClaimsDocument],
    request: &Request,
) -> Result<Diagram, DiagramError> {
    request.check()?;
    match request.subject {
        Subject::Timeline => timeline::timeline(knowledge, frames, request),
        Subject::Provenance => provenance::provenance(knowledge, frames, documents, request),
        Subject::Network | Subject::Path | Subject::Agreements => {
            let view = view(knowledge, frames, request)?;
            let arrows = view.graph.edge_count();
            if request.most_arrows.is_some_and(|most| arrows > most) {
                return Err(DiagramError::Arrows(arrows));
            }
            let drawn = network::drawn(&view);
            Ok(match drawn.len() > request.most() && request.subject != Subject::Path {
                true => overview::overview(knowledge, &view, request),
                false => network::network(knowledge, &view, request),
            })
        }
    }
}

fn view(knowledge: &Knowledge, frames: &Frames, request: &Request) -> Result<View, DiagramError> {
    let mut selection = request.selection.clone();
    match request.subject {
        Subject::Path => {
            let (Some(from), Some(to)) = (selection.focus.take(), request.to.as_deref()) else {
                return Err(DiagramError::Ends);
            };
            selection.depth = None;
            let whole = View::new(knowledge, frames, &selection)?;
            Ok(crate::graph::between(&whole, knowledge, &from, to)?)
        }
        // What the ontology joins without a direction is an agreement or a meeting; the former is asked for.
        Subject::Agreements if selection.frames.is_empty() => {
            selection.frames.push(AGREEMENT.to_string());
            Ok(View::new(knowledge, frames, &selection)?)
        }
        _ => Ok(View::new(knowledge, frames, &selection)?),
    }
}

/// The frame of the agreements network.
const AGREEMENT: &str = "agreement";

/// `1 fact`, `1,234 facts`.
fn counted(number: usize, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{} {noun}{plural}", crate::model::group_thousands(&number.to_string()))
}
