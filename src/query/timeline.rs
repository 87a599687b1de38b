use super::card::{facts_of, roles, status};
use crate::frame::Frames;
use crate::model::{Fact, Knowledge, PartialDate, Thing};

/// One fact on the line of time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moment {
    pub fact: String,
    pub frame: String,
    /// When it happened or began, at the precision known.
    pub from: Option<PartialDate>,
    /// When it stopped holding.
    pub until: Option<PartialDate>,
    /// When it was first and last said.
    pub said: Option<(PartialDate, PartialDate)>,
    pub status: Vec<String>,
    /// Role and values, in the order of the frame.
    pub roles: Vec<(String, String)>,
    pub sources: usize,
}

/// The facts of a thing in the order of when they were so, those without a date by when they were first said.
pub fn timeline(thing: &Thing, knowledge: &Knowledge, frames: &Frames) -> Vec<Moment> {
    let mut facts: Vec<&Fact> = facts_of(thing, knowledge).collect();
    facts.sort_by_cached_key(|f| {
        let when = f.date.or(f.first_said);
        (when.is_none(), when.map(|d| (d.earliest(), d.latest())), f.until.map(PartialDate::earliest), f.id.clone())
    });
    let moment = |fact: &&Fact| Moment {
        fact: fact.id.clone(),
        frame: fact.frame.clone(),
        from: fact.date,
        until: fact.until,
        said: fact.first_said.zip(fact.last_said),
        status: status(fact),
        roles: roles(fact, knowledge, frames),
        sources: fact.sources,
    };
    facts.iter().map(moment).collect()
}
