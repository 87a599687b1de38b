//! Where data/ comes from: the copy inside the binary, or a folder given with `--data`.
//!
//! ```
//! let data = chancery::data::Data::embedded();
//! assert!(data.text("frames/agreement.toml").is_some());
//! ```

use serde::de::DeserializeOwned;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

mod embedded {
    include!(concat!(env!("OUT_DIR"), "/files.rs"));
}

/// The version that each data file names in its first line, `schema = 1`.
pub const SCHEMA: i64 = 1;

/// Something in data/ that cannot be used. Names the file, and the line where there is one.
#[derive(Debug, thiserror::Error)]
pub enum DataError {
    #[error("{path}: cannot be read: {source}")]
    Read { path: String, source: std::io::Error },
    #[error("{path}:{line}: {what}")]
    Content { path: String, line: usize, what: String },
}

/// The files of data/ by their path below it, in sorted order.
#[derive(Debug, Clone)]
pub struct Data {
    root: Option<PathBuf>,
    files: BTreeMap<String, Cow<'static, str>>,
}

impl Data {
    /// The copy that was built into the binary.
    pub fn embedded() -> Data {
        let files = embedded::FILES.iter().map(|(path, text)| (path.to_string(), Cow::Borrowed(*text))).collect();
        Data { root: None, files }
    }

    /// These files, by their path below data/, in place of those built in; the others stay as they are.
    pub fn with(mut self, files: impl IntoIterator<Item = (String, String)>) -> Data {
        self.files.extend(files.into_iter().map(|(path, text)| (path, Cow::Owned(text))));
        self
    }

    /// Without the files below a folder ("gazetteer/").
    pub fn without(mut self, folder: &str) -> Data {
        self.files.retain(|path, _| !path.starts_with(folder));
        self
    }

    /// SHA-256 of every file, by path; also of those that the binary has in compiled form only.
    pub fn digests(&self) -> BTreeMap<String, String> {
        let built_in = if self.root.is_none() { embedded::DIGESTS } else { &[] };
        let mut all: BTreeMap<String, String> = built_in.iter().map(|(p, d)| (p.to_string(), d.to_string())).collect();
        for (path, text) in &self.files {
            if matches!(text, Cow::Owned(_)) {
                all.insert(path.clone(), crate::digest::sha256(text.as_bytes()));
            }
        }
        all
    }

    /// A folder laid out like data/.
    ///
    /// # Errors
    /// A file or folder that cannot be read, or is not UTF-8.
    pub fn folder(root: &Path) -> Result<Data, DataError> {
        let mut files = BTreeMap::new();
        let mut waiting = vec![root.to_path_buf()];
        while let Some(folder) = waiting.pop() {
            let fail = |source| DataError::Read { path: folder.display().to_string(), source };
            for entry in std::fs::read_dir(&folder).map_err(fail)? {
                let path = entry.map_err(fail)?.path();
                if path.is_dir() {
                    if !path.ends_with("articles") && !path.ends_with("examples") {
                        waiting.push(path);
                    }
                } else if path.extension().is_some_and(|e| e == "toml" || e == "tsv" || e == "ttl") {
                    let text = std::fs::read_to_string(&path)
                        .map_err(|source| DataError::Read { path: path.display().to_string(), source })?;
                    let name = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().replace('\\', "/");
                    files.insert(name, Cow::Owned(text));
                }
            }
        }
        Ok(Data { root: Some(root.to_path_buf()), files })
    }

    /// Whether this is the copy inside the binary.
    pub fn is_embedded(&self) -> bool {
        self.root.is_none()
    }

    /// The text of one file.
    pub fn text(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(|t| t.as_ref())
    }

    /// The files below a folder ("frames/"), in order of their paths.
    pub fn below<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> + 'a {
        self.files
            .range(folder.to_string()..)
            .take_while(move |(p, _)| p.starts_with(folder))
            .map(|(p, t)| (p.as_str(), t.as_ref()))
    }

    /// A path as a person would look for it: with the folder in front if data/ was given as one.
    pub fn shown(&self, path: &str) -> String {
        match &self.root {
            Some(root) => root.join(path).display().to_string(),
            None => format!("data/{path}"),
        }
    }

    /// An error about a line (from 1) of one of the files.
    pub fn error(&self, path: &str, line: usize, what: impl Into<String>) -> DataError {
        DataError::Content { path: self.shown(path), line, what: what.into() }
    }

    /// One TOML file as a value of type `T`, after a look at its schema version.
    ///
    /// # Errors
    /// [`DataError::Content`] with the line at which TOML or `T` found something wrong.
    pub fn parse<T: DeserializeOwned>(&self, path: &str) -> Result<T, DataError> {
        let text = self.text(path).ok_or_else(|| self.error(path, 1, "the file is missing"))?;
        parse(text).map_err(|(line, what)| self.error(path, line, what))
    }
}

#[derive(serde::Deserialize)]
struct Version {
    schema: Option<i64>,
}

/// TOML with a schema version, or (line, what is wrong).
fn parse<T: DeserializeOwned>(text: &str) -> Result<T, (usize, String)> {
    let describe = |e: toml::de::Error| {
        let line = e.span().map_or(1, |s| text[..s.start.min(text.len())].matches('\n').count() + 1);
        (line, e.message().to_string())
    };
    let version: Version = toml::from_str(text).map_err(describe)?;
    match version.schema {
        Some(SCHEMA) => toml::from_str(text).map_err(describe),
        Some(other) => Err((1, format!("schema {other} is not known here; this version reads schema {SCHEMA}"))),
        None => Err((1, format!("the file does not say `schema = {SCHEMA}` in its first line"))),
    }
}
