use crate::claims::sha256;
use crate::curate::Curation;
use crate::data::{Data, DataError};
use crate::frame::Frames;
use crate::lexicon::Gazetteer;
use crate::model::{ClaimsDocument, DocumentMeta, Extractor};
use crate::resolve::{Former, Resolved, resolve_curated};
use std::collections::BTreeMap;

/// What a store is written by: the parts of data/ that facts are derived with, and the hashes that tell whether claims
/// can be kept.
#[derive(Debug)]
pub struct Basis {
    pub frames: Frames,
    pub gazetteer: Gazetteer,
    /// What a person has decided; nothing unless [`Basis::with`].
    pub curation: Curation,
    /// Digest of each data file that can bear on claims, by path.
    digests: BTreeMap<String, String>,
}

impl Basis {
    /// # Errors
    /// Data that cannot be used, with file and line.
    pub fn new(data: &Data) -> Result<Basis, DataError> {
        Ok(Basis {
            frames: Frames::load(data)?,
            gazetteer: Gazetteer::load(data)?,
            curation: Curation::default(),
            digests: data.digests(),
        })
    }

    /// With decisions about claims and things.
    pub fn with(self, curation: Curation) -> Basis {
        Basis { curation, ..self }
    }

    /// Hash of all of data/, and of the decisions.
    pub fn hash(&self) -> String {
        let data = self.hashed(|_| true);
        if self.curation.is_empty() {
            return data;
        }
        sha256(format!("{data}\n{}", serde_json::json!(self.curation)).as_bytes())
    }

    /// What documents say together, as decided. `former` is what was made with the same data/ and program before.
    pub fn resolve<'a>(&self, docs: &'a [ClaimsDocument], former: Option<Former>) -> Resolved<'a> {
        resolve_curated(docs, &self.gazetteer, &self.frames, &self.curation, former)
    }

    /// Hash of all of data/ and the program's version: what a block of claims gives depends on nothing else.
    pub(super) fn maker(&self) -> String {
        format!("{} {}", env!("CARGO_PKG_VERSION"), self.hashed(|_| true))
    }

    /// What a document's claims were made from and by, besides its text: its metadata, the extractor, and every data
    /// file but those of languages that none of its passages is in. Equal keys of equal texts give equal claims.
    pub fn key(&self, meta: &DocumentMeta, languages: &[String], extractor: &Extractor) -> String {
        let other = |path: &str| {
            let language = path.strip_prefix("languages/").and_then(|p| p.split_once('/')).map(|(l, _)| l);
            language.is_some_and(|l| l != meta.language && !languages.iter().any(|x| x == l))
        };
        let data = self.hashed(|path| !path.starts_with("ontology/") && !other(path));
        // The bytes that were read don't matter where the text is the same.
        let meta = DocumentMeta { raw_sha256: None, ..meta.clone() };
        let text = serde_json::json!([meta, extractor, data]).to_string();
        sha256(text.as_bytes())[..32].to_string()
    }

    fn hashed(&self, wanted: impl Fn(&str) -> bool) -> String {
        let mut text = String::new();
        for (path, digest) in self.digests.iter().filter(|(path, _)| wanted(path)) {
            text.push_str(&format!("{path} {digest}\n"));
        }
        sha256(text.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_changes_with_what_can_change_claims_and_with_nothing_else() {
        let mut basis = Basis::new(&Data::embedded()).unwrap();
        basis.digests.insert("languages/nl/grammar.toml".into(), "1".into());
        basis.digests.insert("languages/pt/grammar.toml".into(), "1".into());
        let meta = DocumentMeta { id: "a".into(), language: "nl".into(), ..DocumentMeta::default() };
        let extractor = Extractor { name: "x".into(), version: "1".into() };
        let before = basis.key(&meta, &[], &extractor);
        let with_portuguese = basis.key(&meta, &["pt".into()], &extractor);
        basis.digests.insert("languages/pt/grammar.toml".into(), "2".into());
        assert_eq!(basis.key(&meta, &[], &extractor), before);
        assert_ne!(basis.key(&meta, &["pt".into()], &extractor), with_portuguese);
        basis.digests.insert("languages/nl/grammar.toml".into(), "2".into());
        assert_ne!(basis.key(&meta, &[], &extractor), before);
        let newer = Extractor { version: "2".into(), ..extractor.clone() };
        assert_ne!(basis.key(&meta, &[], &newer), basis.key(&meta, &[], &extractor));
    }
}
