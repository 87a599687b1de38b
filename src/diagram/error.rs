use super::{Request, Subject};
use crate::graph::SelectionError;

/// Why there is no picture.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DiagramError {
    #[error(transparent)]
    Selection(#[from] SelectionError),
    #[error("a path needs both ends: --focus and --to")]
    Ends,
    #[error("a timeline is that of one thing: say which with --focus")]
    Focus,
    #[error("say whose provenance with --fact: an id as `show`, `query` and `explain` give it")]
    Fact,
    #[error("no fact has the id \"{0}\"; `chancery show` and `query` give ids")]
    NoFact(String),
    #[error("\"{0}\" begins several ids; give more of it: {1}")]
    SeveralFacts(String, String),
    #[error("a picture of {0} arrows is more than was asked for at most")]
    Arrows(usize),
    #[error("{option} goes with --view {subject}")]
    Option { option: &'static str, subject: &'static str },
}

impl Request {
    /// Whether it has what its subject needs, and nothing that belongs to another.
    pub(super) fn check(&self) -> Result<(), DiagramError> {
        let other = |option, subject: Subject| DiagramError::Option { option, subject: subject.name() };
        if self.to.is_some() && self.subject != Subject::Path {
            return Err(other("--to", Subject::Path));
        }
        if self.fact.is_some() && self.subject != Subject::Provenance {
            return Err(other("--fact", Subject::Provenance));
        }
        match self.subject {
            Subject::Path if self.to.is_none() || self.selection.focus.is_none() => Err(DiagramError::Ends),
            Subject::Timeline if self.selection.focus.is_none() => Err(DiagramError::Focus),
            Subject::Provenance if self.fact.is_none() => Err(DiagramError::Fact),
            _ => Ok(()),
        }
    }
}
