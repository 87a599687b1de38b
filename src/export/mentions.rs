use super::{Export, ExportError, Input, Options};
use crate::rdf::vocab::Iris;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

/// Every thing with what the documents call it: to judge which names were taken for one thing.
pub struct Mentions;

#[derive(Serialize)]
struct Line<'a> {
    entity: String,
    mentions: Vec<Mention<'a>>,
}

#[derive(Serialize)]
struct Mention<'a> {
    document: &'a str,
    text: &'a str,
}

impl Export for Mentions {
    fn name(&self) -> &'static str {
        "mentions"
    }

    fn extension(&self) -> &'static str {
        "jsonl"
    }

    fn description(&self) -> &'static str {
        "JSON Lines: each thing with the documents that mention it and the words they use"
    }

    /// One thing a line, by key; its mentions by document and words, each once. An entity that came without mentions
    /// counts as mentioned by its name.
    fn write(&self, input: &Input, _: &Options, out: &mut dyn Write) -> Result<(), ExportError> {
        let mut words: BTreeMap<(&str, &str), BTreeSet<&str>> = BTreeMap::new();
        for document in input.documents {
            for entity in &document.entities {
                let texts = words.entry((&document.document.meta.id, &entity.id)).or_default();
                texts.extend(entity.mentions.iter().map(|m| m.text.as_str()));
                if texts.is_empty() {
                    texts.insert(&entity.name);
                }
            }
        }
        let iris = Iris::new(input.base);
        for thing in input.knowledge.things.values() {
            let mut mentions: BTreeSet<(&str, &str)> = BTreeSet::new();
            for member in &thing.members {
                if let Some(texts) = words.get(&(member.document.as_str(), member.entity.as_str())) {
                    mentions.extend(texts.iter().map(|text| (member.document.as_str(), *text)));
                }
            }
            let line = Line {
                entity: iris.entity(&thing.key).into_string(),
                mentions: mentions.into_iter().map(|(document, text)| Mention { document, text }).collect(),
            };
            serde_json::to_writer(&mut *out, &line).map_err(std::io::Error::from)?;
            out.write_all(b"\n")?;
        }
        Ok(())
    }
}
