//! The nouns: what flows through chancery, and its JSON form.
//!
//! A [`Document`] is read once and never altered. An extractor (ours, a language model, a person) states
//! [`Claim`]s about [`Entity`] values in a [`ClaimsDocument`]; resolution turns the claims of many documents into
//! [`Fact`]s about [`Thing`]s, together a [`Knowledge`]. Everything right of the claims can be derived again.
//!
//! ```
//! use chancery::model::{ClaimsDocument, Modality};
//! let line = r#"{"format":"chancery-claims/1",
//!   "document":{"id":"a-1","language":"en","published":"2025-07-17","title":"A pact","text":"A signed with B."},
//!   "entities":[{"id":"e1","name":"A"},{"id":"e2","name":"B"}],
//!   "claims":[{"frame":"agreement","roles":{"party":[{"entity":"e1"},{"entity":"e2"}]},
//!              "evidence":[{"quote":"A signed with B."}]}]}"#;
//! let doc: ClaimsDocument = serde_json::from_str(line)?;
//! assert_eq!(doc.claims[0].modality, Modality::Actual);
//! # Ok::<(), serde_json::Error>(())
//! ```

mod claims;
mod date;
mod document;
mod kind;
mod knowledge;
mod quantity;

pub use claims::{
    Claim, ClaimsById, ClaimsDocument, DocumentRecord, Entity, Evidence, Extractor, FORMAT, Mention, Modality, Percent,
    Place, Polarity, Roles, Step, Value, claims_by_id,
};
pub use date::{DateError, PartialDate};
pub use document::{Document, DocumentMeta, Passage, PassageKind, Span};
pub use kind::Kind;
pub use knowledge::{Contradiction, Fact, FactRole, Knowledge, Member, Support, Term, Thing};
pub use quantity::{Bound, Decimal, DecimalError, Quantity, group_thousands};
