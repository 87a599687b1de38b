//! Frames: the kinds of events and states that an article can state, each defined by one file of data/frames.
//!
//! ```
//! let frames = chancery::frame::Frames::embedded();
//! let frame = frames.get("legal-tender").unwrap();
//! assert_eq!(frame.keys().collect::<Vec<_>>(), ["jurisdiction", "asset", "action"]);
//! ```

use crate::data::{Data, DataError};
use crate::model::Kind;
use indexmap::IndexMap;
use serde::Deserialize;
use std::sync::OnceLock;

/// Whether a frame holds until something ends it or happens once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Nature {
    State,
    Event,
}

/// What may fill a role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Range {
    Entity,
    /// A concept of the scheme `asset`, or an entity (a company whose shares are bought).
    Asset,
    Concept,
    /// One of the role's own `values`.
    Value,
    Quantity,
    Date,
    Text,
}

/// A place in a frame.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Role {
    pub gloss: String,
    pub range: Range,
    /// Kinds of entities that fit; empty where the range is not an entity.
    #[serde(default)]
    pub kinds: Vec<Kind>,
    #[serde(default)]
    pub values: Vec<String>,
    #[serde(default)]
    pub scheme: Option<String>,
    /// `money`, `asset`, `power`, `percent`.
    #[serde(default)]
    pub dimensions: Vec<String>,
    /// Identifies a claim (FRAMES.md's bold roles).
    #[serde(default)]
    pub key: bool,
    /// Usually takes several values.
    #[serde(default)]
    pub many: bool,
    /// Classes of a description that may fill the role without a name; with none, any.
    #[serde(default)]
    pub describes: Vec<String>,
    /// Left unsaid, it is what the last claim of the frame in the document had ("lifted the ban").
    #[serde(default)]
    pub remembered: bool,
    /// Kinds that fill the role with their country: a minister's proposal is the country's.
    #[serde(default)]
    pub speaks_for_country: Vec<Kind>,
    /// Kinds of what fills the role where the article leaves it unsaid; with none, a key role must be said.
    #[serde(default)]
    pub unsaid: Vec<Kind>,
}

impl Role {
    /// Only a country, territory, union or city fits.
    pub fn of_jurisdictions(&self) -> bool {
        self.kinds.iter().all(|k| k.is_jurisdiction() || *k == Kind::City)
    }
}

/// The triple between the main participants of an actual, affirmed fact.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Direct {
    pub property: String,
    pub from: String,
    pub to: String,
    pub label: String,
    /// The actions that give the triple; empty where each does, or the frame has none.
    #[serde(default)]
    pub actions: Vec<String>,
}

/// How a fact is drawn: as arrows between the fillers of two roles.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Draw {
    /// Pairs of roles. Twice the same role: its fillers are joined with each other, without a direction.
    pub arrows: Vec<[String; 2]>,
    /// What stands at the arrow, to be read from its start to its end.
    pub verb: String,
    /// The role whose value gives the verb: by `verbs`, else its own name.
    #[serde(default)]
    pub by: Option<String>,
    #[serde(default)]
    pub verbs: IndexMap<String, String>,
    /// Roles of which the first that is filled stands below the verb.
    #[serde(default)]
    pub detail: Vec<String>,
}

impl Draw {
    /// Every role that it names.
    fn roles(&self) -> impl Iterator<Item = &String> {
        self.arrows.iter().flatten().chain(&self.by).chain(&self.detail)
    }
}

/// A later `action` ends facts with the action `ends` whose other fact-key roles are the same.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Succession {
    pub action: String,
    pub ends: String,
}

/// How a frame is recognised: the sentence it stands for, classes in capitals, roles in braces.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Construction {
    pub pattern: String,
    /// Roles that the construction itself fills ("action").
    #[serde(default)]
    pub set: IndexMap<String, String>,
    #[serde(default)]
    pub modality: Option<crate::model::Modality>,
    #[serde(default)]
    pub polarity: Option<crate::model::Polarity>,
    /// Roles without which the construction does not fire.
    #[serde(default)]
    pub need: Vec<String>,
    /// In percent, before what the sentence adds or takes.
    #[serde(default = "usual_confidence")]
    pub confidence: u8,
}

fn usual_confidence() -> u8 {
    80
}

/// One frame's definition.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Frame {
    #[serde(rename = "schema")]
    _schema: i64,
    #[serde(rename = "frame")]
    pub name: String,
    /// Local name of its class in the ontology.
    pub class: String,
    pub gloss: String,
    pub nature: Nature,
    /// Roles that must agree for two claims to be about one fact.
    pub fact_key: Vec<String>,
    pub near_days: u32,
    #[serde(default)]
    pub direct: Option<Direct>,
    #[serde(default)]
    pub draw: Option<Draw>,
    #[serde(default)]
    pub succession: Vec<Succession>,
    pub roles: IndexMap<String, Role>,
    /// By name; `frame/name` is the pattern's name in the evidence.
    #[serde(default)]
    pub constructions: IndexMap<String, Construction>,
}

impl Frame {
    /// The roles that identify a claim, in the order of the definition.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.roles.iter().filter(|(_, r)| r.key).map(|(n, _)| n.as_str())
    }
}

/// A controlled vocabulary of data/concepts.toml.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scheme {
    pub label: String,
    /// Whether values beside the listed ones are allowed (tickers).
    #[serde(default)]
    pub open: bool,
    pub concepts: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Concepts {
    #[serde(rename = "schema")]
    _schema: i64,
    schemes: IndexMap<String, Scheme>,
}

/// All frames and concept schemes.
#[derive(Debug, Clone)]
pub struct Frames {
    frames: IndexMap<String, Frame>,
    schemes: IndexMap<String, Scheme>,
}

impl Frames {
    /// Those of the data inside the binary, read once.
    ///
    /// # Panics
    /// If the embedded data is broken, which the tests rule out.
    pub fn embedded() -> &'static Frames {
        static FRAMES: OnceLock<Frames> = OnceLock::new();
        FRAMES.get_or_init(|| Frames::load(&Data::embedded()).expect("the embedded data is tested"))
    }

    /// Those of some data.
    ///
    /// # Errors
    /// A file that is not TOML or not a frame's definition, with its line.
    pub fn load(data: &Data) -> Result<Frames, DataError> {
        let mut frames = IndexMap::new();
        for (path, _) in data.below("frames/") {
            let frame: Frame = data.parse(path)?;
            let direct = frame.direct.iter().flat_map(|d| [&d.from, &d.to]);
            let drawn = frame.draw.iter().flat_map(Draw::roles);
            for role in frame.fact_key.iter().chain(direct).chain(drawn) {
                if !frame.roles.contains_key(role) {
                    return Err(data.error(path, 1, format!("there is no role \"{role}\" in this frame")));
                }
            }
            if path != format!("frames/{}.toml", frame.name) {
                return Err(data.error(
                    path,
                    2,
                    format!("the frame \"{}\" belongs in a file of that name", frame.name),
                ));
            }
            frames.insert(frame.name.clone(), frame);
        }
        let concepts: Concepts = data.parse("concepts.toml")?;
        Ok(Frames { frames, schemes: concepts.schemes })
    }

    pub fn get(&self, name: &str) -> Option<&Frame> {
        self.frames.get(name)
    }

    /// In alphabetical order.
    pub fn iter(&self) -> impl Iterator<Item = &Frame> {
        self.frames.values()
    }

    pub fn scheme(&self, name: &str) -> Option<&Scheme> {
        self.schemes.get(name)
    }

    pub fn schemes(&self) -> impl Iterator<Item = (&str, &Scheme)> {
        self.schemes.iter().map(|(n, s)| (n.as_str(), s))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_eighteen_frames_are_defined() {
        let frames = Frames::embedded();
        assert_eq!(frames.iter().count(), 18);
        for frame in frames.iter() {
            assert!(frame.keys().count() > 0, "{} has no key role", frame.name);
            for (name, role) in &frame.roles {
                if let Some(scheme) = &role.scheme {
                    assert!(frames.scheme(scheme).is_some(), "{}.{name}: no scheme {scheme}", frame.name);
                }
            }
        }
    }
}
