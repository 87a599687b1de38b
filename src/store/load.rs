//! From claims documents of anybody to a store.

use super::{Basis, Changes, Report, StoreError, Writer};
use crate::claims::{self, ClaimsError};
use std::collections::BTreeMap;
use std::io::BufRead;

/// What a load did.
#[derive(Debug, Default)]
pub struct LoadReport {
    pub report: Report,
    /// Lines with a document that was accepted.
    pub accepted: usize,
    /// Lines that were refused, each as a whole.
    pub refused: usize,
}

/// Reads claims documents, one a line, checks each, and stores those that are right in one step. `inputs` are names
/// for messages with what to read; `refuse` is told everything that is wrong, line by line.
///
/// # Errors
/// An input that can't be read to its end, or a store that can't be read or written: nothing is stored then.
pub fn load(
    writer: &mut Writer,
    inputs: Vec<(String, Box<dyn BufRead>)>,
    basis: &Basis,
    mut refuse: impl FnMut(&ClaimsError),
) -> Result<LoadReport, StoreError> {
    let mut texts: BTreeMap<String, String> = BTreeMap::new();
    for doc in writer.store().documents()? {
        let doc = doc?;
        texts.extend(doc.document.full().map(|full| (doc.document.meta.id.clone(), full)));
    }
    let mut done = LoadReport::default();
    let mut changes = Changes::default();
    let mut places: BTreeMap<String, (String, String)> = BTreeMap::new();
    for (name, input) in inputs {
        for (i, bytes) in input.split(b'\n').enumerate() {
            let bytes = bytes.map_err(StoreError::io(std::path::Path::new(&name), "read"))?;
            let place = format!("{name}:{}", i + 1);
            let Some(line) = text(&bytes, &place, &mut done, &mut refuse) else { continue };
            match claims::check(line, &place, |id| texts.get(id).cloned(), &basis.frames) {
                Ok(doc) => {
                    let id = doc.document.meta.id.clone();
                    let json = serde_json::to_string(&doc).unwrap_or_default();
                    match places.get(&id) {
                        Some((_, same)) if *same == json => done.accepted += 1,
                        Some((first, _)) => {
                            done.refused += 1;
                            let what =
                                format!("is \"{id}\", which stands already at {first} with other content: remove one");
                            refuse(&ClaimsError { place, path: "document.id".into(), what });
                        }
                        None => {
                            done.accepted += 1;
                            places.insert(id.clone(), (place, json));
                            changes.put.push(doc.into());
                        }
                    }
                }
                Err(errors) => {
                    done.refused += 1;
                    errors.iter().for_each(&mut refuse);
                }
            }
        }
    }
    done.report = writer.update(changes, basis)?;
    Ok(done)
}

/// A line as text; `None` for blank lines and for bytes that are none, which are refused.
fn text<'a>(
    bytes: &'a [u8],
    place: &str,
    done: &mut LoadReport,
    refuse: &mut impl FnMut(&ClaimsError),
) -> Option<&'a str> {
    match std::str::from_utf8(bytes) {
        Ok(line) => Some(line.trim_start_matches('\u{feff}').trim()).filter(|l| !l.is_empty()),
        Err(e) => {
            done.refused += 1;
            let what = format!("is not UTF-8 from byte {} on: save the file as UTF-8", e.valid_up_to() + 1);
            refuse(&ClaimsError { place: place.to_string(), path: String::new(), what });
            None
        }
    }
}
