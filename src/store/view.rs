//! A store as it was to be seen at some time.

use super::{Basis, Graph, Store, StoreError, derive};
use crate::model::{ClaimsDocument, Knowledge, PartialDate};
use crate::resolve;
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::Quad;
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::path::Path;

/// When to look from, in two ways that are independent of each other.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct View {
    /// What held then ([`resolve::as_of`]).
    pub as_of: Option<PartialDate>,
    /// What documents that were published by then say, to the last day that this can mean. Documents that do not tell when
    /// they were published are left out.
    pub known_by: Option<PartialDate>,
}

impl View {
    /// Whether it is simply all that is known now.
    pub fn is_now(&self) -> bool {
        *self == View::default()
    }
}

/// What a store shows in a [`View`].
#[derive(Debug)]
pub struct Seen {
    pub knowledge: Knowledge,
    /// The documents with those of their claims that count.
    pub documents: Vec<ClaimsDocument>,
    /// How many documents were left out because they do not tell when they were published.
    pub undated: usize,
    nquads: String,
}

impl Seen {
    /// The graph, ready for queries.
    ///
    /// # Errors
    /// As [`Graph::from_nquads`].
    pub fn graph(&self) -> Result<Graph, StoreError> {
        Graph::from_nquads(self.nquads.as_bytes())
    }

    /// The graph's quads in their reference form and order.
    pub fn quads(&self) -> impl Iterator<Item = Result<Quad, StoreError>> + '_ {
        let quads = RdfParser::from_format(RdfFormat::NQuads).lenient().for_slice(self.nquads.as_bytes());
        quads.map(|quad| quad.map_err(|e| StoreError::damaged(Path::new("graph.nq"), e)))
    }
}

impl Store {
    /// What the store shows in a view, derived anew: the documents of that time are resolved as if there were no others.
    ///
    /// # Errors
    /// A file that cannot be read or is damaged.
    pub fn seen(&self, view: View, basis: &Basis) -> Result<Seen, StoreError> {
        let mut documents: Vec<ClaimsDocument> = self.documents()?.collect::<Result<_, _>>()?;
        let mut undated = 0;
        if let Some(by) = view.known_by {
            documents.retain(|doc| {
                let published = doc.document.meta.published.as_deref().and_then(resolve::published);
                undated += usize::from(published.is_none());
                published.is_some_and(|day| day.latest() <= by.latest())
            });
        }
        let resolve::Resolved { documents: decided, mut knowledge, .. } = basis.resolve(&documents, None);
        // Where nothing is decided they are those that were read.
        let decided = if let Cow::Owned(decided) = decided { Some(decided) } else { None };
        let mut documents = decided.unwrap_or(documents);
        if let Some(date) = view.as_of {
            knowledge = resolve::as_of(&knowledge, date);
            let counts: BTreeSet<&str> = knowledge.facts.values().flat_map(|f| f.claims()).collect();
            for doc in &mut documents {
                doc.claims.retain(|claim| counts.contains(claim.id.as_str()));
            }
        }
        let nquads = derive::nquads(&knowledge, &documents, basis, self.base());
        Ok(Seen { knowledge, documents, undated, nquads })
    }
}
