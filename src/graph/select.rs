use crate::frame::Frames;
use crate::model::{Fact, PartialDate};

/// Which facts to look at; by default all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Selection {
    /// Key of the thing (or name of the concept) around which to look.
    pub focus: Option<String>,
    /// How many steps from the focus; 1 where left out.
    pub depth: Option<usize>,
    /// Names of frames; none means all.
    pub frames: Vec<String>,
    /// Only facts that may have happened on or after the first day of this. Facts without a date are left out.
    pub since: Option<PartialDate>,
    /// Only facts that may have happened on or before the last day of this. Facts without a date are left out.
    pub until: Option<PartialDate>,
}

impl Selection {
    /// Whether everything is wanted.
    pub fn is_all(&self) -> bool {
        *self == Selection::default()
    }

    /// Whether a fact is of a frame and a time that are wanted.
    pub fn takes(&self, fact: &Fact) -> bool {
        let frame = self.frames.is_empty() || self.frames.contains(&fact.frame);
        let after = self.since.is_none_or(|s| fact.date.is_some_and(|d| d.latest() >= s.earliest()));
        let before = self.until.is_none_or(|u| fact.date.is_some_and(|d| d.earliest() <= u.latest()));
        frame && after && before
    }

    /// Whether it makes sense at all, whatever the graph.
    ///
    /// # Errors
    /// A frame that there is not, a depth without a focus, dates in the wrong order.
    pub fn check(&self, frames: &Frames) -> Result<(), SelectionError> {
        for name in &self.frames {
            if frames.get(name).is_none() {
                let names: Vec<&str> = frames.iter().map(|f| f.name.as_str()).collect();
                return Err(SelectionError::Frame(name.clone(), names.join(", ")));
            }
        }
        if self.depth.is_some() && self.focus.is_none() {
            return Err(SelectionError::Depth);
        }
        match (self.since, self.until) {
            (Some(since), Some(until)) if since.earliest() > until.latest() => Err(SelectionError::Dates(since, until)),
            _ => Ok(()),
        }
    }
}

/// A selection of what is not there.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SelectionError {
    #[error("no selected fact is about \"{0}\": give the key of a thing that one is about, or widen the selection")]
    Focus(String),
    #[error("no selected facts lead from \"{0}\" to \"{1}\": widen the selection")]
    Path(String, String),
    #[error("there is no frame \"{0}\"; there are: {1}")]
    Frame(String, String),
    #[error("--depth counts steps from --focus: give both")]
    Depth,
    #[error("--since {0} is later than --until {1}: no fact can be between them")]
    Dates(PartialDate, PartialDate),
}
