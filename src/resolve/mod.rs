//! From mentions to things and from claims to facts.
//!
//! The same thing under many names is one [`crate::model::Thing`]; claims that say the same become one
//! [`crate::model::Fact`], claims that cannot both be so a [`crate::model::Contradiction`]. All of it is derived from the
//! claims documents alone, whatever their order, so forgetting a document is resolving without it.
//!
//! ```
//! use chancery::{claims, frame::Frames, lexicon::Gazetteer, resolve::resolve};
//! let line = |id: &str, publisher: &str| format!(r#"{{"document":{{"id":"{id}","title":"A pact","publisher":"{publisher}",
//!     "text":"{publisher}: Ruritania signed a treaty with Graustark."}},
//!   "entities":[{{"id":"e1","name":"Ruritania"}},{{"id":"e2","name":"Graustark"}}],
//!   "claims":[{{"frame":"agreement","roles":{{"party":[{{"entity":"e1"}},{{"entity":"e2"}}]}},
//!              "evidence":[{{"quote":"Ruritania signed a treaty"}}]}}]}}"#);
//! let frames = Frames::embedded();
//! let docs: Vec<_> = ["Courier", "Herald"].iter().enumerate()
//!     .map(|(i, p)| claims::check(&line(&i.to_string(), p), "line", |_| None, frames).unwrap()).collect();
//! let knowledge = resolve(&docs, Gazetteer::embedded(), frames);
//! assert_eq!((knowledge.things.len(), knowledge.facts.len()), (2, 1));
//! ```

mod decided;
mod facts;
mod group;
mod join;
mod known;
mod local;
mod relate;
mod sources;
mod things;
mod time;

pub(crate) use facts::published;
pub use facts::{Blocks, Former};
pub(crate) use group::amounts_fit;
pub use time::as_of;

use crate::curate::{Curated, Curation, State};
use crate::frame::Frames;
use crate::lexicon::Gazetteer;
use crate::model::{ClaimsDocument, Knowledge};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// What documents say together, and what became of the decisions about it.
#[derive(Debug)]
pub struct Resolved<'a> {
    /// The documents with their claims as decided.
    pub documents: Cow<'a, [ClaimsDocument]>,
    pub knowledge: Knowledge,
    /// One for each decision, in order.
    pub states: Vec<State>,
    /// The blocks of claims about the same, from which the facts are made.
    pub blocks: Blocks,
}

/// Everything that some documents say together.
///
/// The order of `docs` does not matter; their ids have to be different. `gazetteer` has the things that are known
/// beforehand and the rules for comparing names.
pub fn resolve(docs: &[ClaimsDocument], gazetteer: &Gazetteer, frames: &Frames) -> Knowledge {
    resolve_curated(docs, gazetteer, frames, &Curation::default(), None).knowledge
}

/// The same, with what a person has decided about claims and things. Blocks of claims that `former` has are not made again;
/// it has to come from the same `gazetteer` and `frames`. The result is the same without it.
pub fn resolve_curated<'a>(
    docs: &'a [ClaimsDocument],
    gazetteer: &Gazetteer,
    frames: &Frames,
    curation: &Curation,
    former: Option<Former>,
) -> Resolved<'a> {
    let Curated { docs: documents, notes, states } = curation.on_claims(docs, frames);
    let (knowledge, states, blocks) = {
        let mut docs: Vec<&ClaimsDocument> = documents.iter().collect();
        docs.sort_by(|a, b| {
            let (a, b) = (&a.document.meta, &b.document.meta);
            (&a.id, &a.sha256, &a.published).cmp(&(&b.id, &b.sha256, &b.published))
        });
        known_together(&docs, gazetteer, frames, curation, former, (notes, states))
    };
    let idle = || State::Idle("it was not looked at".to_string());
    let states = (0..curation.decisions.len()).map(|i| states.get(&i).cloned().unwrap_or_else(idle)).collect();
    Resolved { documents, knowledge, states, blocks }
}

/// Of documents in canonical order.
fn known_together(
    docs: &[&ClaimsDocument],
    gazetteer: &Gazetteer,
    frames: &Frames,
    curation: &Curation,
    former: Option<Former>,
    (mut curated, mut states): (BTreeMap<String, String>, BTreeMap<usize, State>),
) -> (Knowledge, BTreeMap<usize, State>, Blocks) {
    let known = known::Known::new(gazetteer);
    let locals = local::locals(docs, &known);
    let (links, mut linked) = decided::links(curation, docs, &locals);
    let joined = join::join(&locals, &known, &links);
    decided::look(&links, &joined, curation, &mut linked);
    let (mut things, keys) = things::things(docs, &locals, joined, gazetteer);
    states.extend(curation.on_things(&mut things, &mut curated, &linked));
    states.extend(linked);
    let families = sources::Families::new(docs);
    let (drafts, blocks) = facts::drafts(docs, &locals, &keys, gazetteer, frames, &families, former);
    let (facts, contradictions) = relate::relate(drafts, frames);
    (Knowledge { things, facts, contradictions, curated }, states, blocks)
}
