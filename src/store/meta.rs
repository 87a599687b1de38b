use crate::frame::Frames;
use crate::model::{ClaimsDocument, Knowledge};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Counts of a store, and what its derived files were derived by.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Meta {
    /// Version of the program that derived.
    pub program: String,
    /// [`super::Basis::hash`] of the data it derived with.
    pub data: String,
    pub documents: usize,
    /// Documents by language.
    pub languages: BTreeMap<String, usize>,
    /// Documents by publisher.
    pub publishers: BTreeMap<String, usize>,
    /// First and last day of publication, as the documents write them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<(String, String)>,
    /// Documents by extractor, "name version".
    pub extractors: BTreeMap<String, usize>,
    pub claims: usize,
    /// Claims by frame.
    pub frames: BTreeMap<String, usize>,
    pub facts: usize,
    /// Facts by frame.
    pub facts_by_frame: BTreeMap<String, usize>,
    /// Facts that more than one source states.
    pub corroborated: usize,
    /// Entities that take part in some fact.
    pub things: usize,
    /// Those by kind.
    pub kinds: BTreeMap<String, usize>,
    pub contradictions: usize,
    pub quads: usize,
}

impl Meta {
    pub(super) fn count(docs: &[ClaimsDocument], knowledge: &Knowledge, quads: usize) -> Meta {
        let mut meta = Meta { documents: docs.len(), quads, facts: knowledge.facts.len(), ..Meta::default() };
        for doc in docs {
            let m = &doc.document.meta;
            *meta.languages.entry(m.language.clone()).or_default() += 1;
            *meta.publishers.entry(m.publisher.clone().unwrap_or_default()).or_default() += 1;
            if let Some(e) = &doc.document.extractor {
                *meta.extractors.entry(format!("{} {}", e.name, e.version).trim_end().to_string()).or_default() += 1;
            }
            if let Some(day) = &m.published {
                let (first, last) = meta.published.take().unwrap_or_else(|| (day.clone(), day.clone()));
                meta.published = Some((first.min(day.clone()), last.max(day.clone())));
            }
            meta.claims += doc.claims.len();
            for claim in &doc.claims {
                *meta.frames.entry(claim.frame.clone()).or_default() += 1;
            }
        }
        for fact in knowledge.facts.values() {
            *meta.facts_by_frame.entry(fact.frame.clone()).or_default() += 1;
            meta.corroborated += usize::from(fact.sources > 1);
        }
        for thing in knowledge.things.values() {
            *meta.kinds.entry(thing.kind.name().to_string()).or_default() += 1;
        }
        meta.things = knowledge.things.len();
        meta.contradictions = knowledge.contradictions.len();
        meta
    }

    /// Claims of frames that the data no longer knows: kept in the log, but no part of any fact.
    pub fn unknown_frames<'a>(&'a self, frames: &'a Frames) -> impl Iterator<Item = (&'a str, usize)> + 'a {
        self.frames.iter().filter(|(name, _)| frames.get(name).is_none()).map(|(name, n)| (name.as_str(), *n))
    }
}
