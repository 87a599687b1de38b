//! From a document to its claims.

use crate::data::{Data, DataError};
use crate::model::{ClaimsDocument, Document, DocumentRecord, Extractor, FORMAT};

/// Something that reads a document and states its claims.
pub trait Extract: Sync {
    /// Name and version, kept in each claims document. The version changes with anything that can change a claim.
    fn identity(&self) -> Extractor;

    /// The claims of one document; never fails: a text that states nothing gives none.
    fn extract(&self, document: &Document) -> ClaimsDocument;
}

/// The deterministic extractor, driven by data/ alone.
pub struct Engine {
    version: String,
}

impl Engine {
    /// # Errors
    /// Data that cannot be used, with file and line.
    pub fn new(_data: &Data) -> Result<Engine, DataError> {
        Ok(Engine { version: env!("CARGO_PKG_VERSION").to_string() })
    }
}

impl Extract for Engine {
    fn identity(&self) -> Extractor {
        Extractor { name: "chancery".to_string(), version: self.version.clone() }
    }

    fn extract(&self, document: &Document) -> ClaimsDocument {
        ClaimsDocument {
            format: FORMAT.to_string(),
            document: DocumentRecord {
                meta: document.meta.clone(),
                text: Some(document.body().to_string()),
                extractor: Some(self.identity()),
            },
            entities: Vec::new(),
            claims: Vec::new(),
        }
    }
}
