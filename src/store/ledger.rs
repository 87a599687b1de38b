use crate::model::{ClaimsDocument, Extractor};
use serde::{Deserialize, Serialize};

/// What is known of a stored document without reading its claims.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    pub id: String,
    /// Of title, blank line and body.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sha256: Option<String>,
    /// What the claims were made from and by, [`super::Basis::key`]; none for claims that were loaded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extractor: Option<Extractor>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub title: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    pub claims: usize,
}

impl Row {
    pub(super) fn of(doc: &ClaimsDocument, key: Option<String>) -> Row {
        let meta = &doc.document.meta;
        Row {
            id: meta.id.clone(),
            sha256: meta.sha256.clone(),
            key,
            extractor: doc.document.extractor.clone(),
            title: meta.title.clone(),
            url: meta.url.clone(),
            claims: doc.claims.len(),
        }
    }
}
