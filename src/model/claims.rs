use super::{DocumentMeta, PartialDate, Quantity};
use indexmap::IndexMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::collections::BTreeMap;

/// The name and version of the claims document's format, its `format` field.
pub const FORMAT: &str = "chancery-claims/1";

/// Whether what a claim states has happened or holds, is decided, or is merely considered.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Modality {
    #[default]
    Actual,
    Planned,
    Possible,
}

impl Modality {
    pub fn name(self) -> &'static str {
        match self {
            Modality::Actual => "actual",
            Modality::Planned => "planned",
            Modality::Possible => "possible",
        }
    }
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Polarity {
    #[default]
    Affirmed,
    Negated,
}

impl Polarity {
    pub fn name(self) -> &'static str {
        match self {
            Polarity::Affirmed => "affirmed",
            Polarity::Negated => "negated",
        }
    }
}

/// A confidence in whole percent, 0 to 100; in JSON a number between 0 and 1. Never a float inside, so that the
/// same input gives the same bytes on every machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Percent(u8);

impl Percent {
    /// Anything above 100 is 100.
    pub fn new(percent: u8) -> Percent {
        Percent(percent.min(100))
    }

    pub fn get(self) -> u8 {
        self.0
    }

    /// `0.85`, with two digits after the point.
    pub fn decimal(self) -> String {
        format!("{}.{:02}", self.0 / 100, self.0 % 100)
    }
}

impl Default for Percent {
    /// What a claim without a stated confidence gets: as good as not, somewhat better.
    fn default() -> Self {
        Percent(70)
    }
}

impl Serialize for Percent {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_f64(f64::from(self.0) / 100.0)
    }
}

impl<'de> Deserialize<'de> for Percent {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let number = f64::deserialize(d)?;
        if !(0.0..=1.0).contains(&number) {
            return Err(serde::de::Error::custom(format!("confidence {number} is not between 0 and 1")));
        }
        Ok(Percent((number * 100.0).round() as u8))
    }
}

/// A span of the document that names or describes an entity. Offsets count Unicode code points of title, blank
/// line, body; end excluded. Absent where another tool did not give them and they were not looked for yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mention {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<usize>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end: Option<usize>,
    pub text: String,
}

/// One thing as one document speaks of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entity {
    /// Within this document only: `e1`.
    pub id: String,
    /// The fullest name that the document uses, in its own language.
    pub name: String,
    /// A [`super::Kind`] by name; `unknown` where left out.
    #[serde(rename = "type", default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<super::Kind>,
    /// The gazetteer's key, where the entity is in it: `sv`, `us-sec`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// Gazetteer key of the country it belongs to, where the document lets one tell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wikidata: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mentions: Vec<Mention>,
}

/// What fills a role. `start` and `end` give its place; `inferred` says that the article leaves it unsaid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Value {
    Entity {
        entity: String,
        #[serde(flatten)]
        place: Place,
    },
    Concept {
        concept: String,
        #[serde(flatten)]
        place: Place,
    },
    Quantity {
        #[serde(flatten)]
        quantity: Quantity,
        #[serde(flatten)]
        place: Place,
    },
    Date {
        date: PartialDate,
        #[serde(flatten)]
        place: Place,
    },
    Text {
        text: String,
        #[serde(flatten)]
        place: Place,
    },
}

/// Where in the document a role's value stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<usize>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end: Option<usize>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub inferred: bool,
}

impl Value {
    pub fn place(&self) -> Place {
        match self {
            Value::Entity { place, .. }
            | Value::Concept { place, .. }
            | Value::Quantity { place, .. }
            | Value::Date { place, .. }
            | Value::Text { place, .. } => *place,
        }
    }

    pub fn place_mut(&mut self) -> &mut Place {
        match self {
            Value::Entity { place, .. }
            | Value::Concept { place, .. }
            | Value::Quantity { place, .. }
            | Value::Date { place, .. }
            | Value::Text { place, .. } => place,
        }
    }
}

/// Role name to its values, in the order of the frame's definition.
pub type Roles = IndexMap<String, Vec<Value>>;

/// One step of reference that led to a role's filler: "it" read as an entity, by which rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// The words that were resolved.
    pub words: String,
    /// The name they were read as.
    pub read_as: String,
    /// The rule's name.
    pub rule: String,
}

/// A verbatim quote with its place, and what made the claim there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<usize>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end: Option<usize>,
    pub quote: String,
    /// The lexical unit that evoked the frame: `SIGN: zijn handtekening zetten onder`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lexical_unit: Option<String>,
    /// The construction, by frame and name: `agreement/signing`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pattern: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<Step>,
}

/// A filled frame as one document states it. Never changed once written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    /// Made of document, frame, spans of key roles and the evidence's sentence; computed where absent.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub id: String,
    pub frame: String,
    pub roles: Roles,
    #[serde(default)]
    pub modality: Modality,
    #[serde(default)]
    pub polarity: Polarity,
    /// Name of who says so, where the article reports it as somebody's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attribution: Option<String>,
    #[serde(default)]
    pub confidence: Percent,
    pub evidence: Vec<Evidence>,
}

/// Who or what stated the claims.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extractor {
    pub name: String,
    pub version: String,
}

/// One document's claims: the interchange format, one JSON object a line. See `chancery schema`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClaimsDocument {
    #[serde(default = "default_format")]
    pub format: String,
    pub document: DocumentRecord,
    #[serde(default)]
    pub entities: Vec<Entity>,
    #[serde(default)]
    pub claims: Vec<Claim>,
}

fn default_format() -> String {
    FORMAT.to_string()
}

/// The document part of a [`ClaimsDocument`].
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentRecord {
    #[serde(flatten)]
    pub meta: DocumentMeta,
    /// The body. `chancery extract` leaves it out unless asked with `--with-text`; a store keeps it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extractor: Option<Extractor>,
    /// Hashes of the texts that stood under this id before, oldest first; kept by a store.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub former: Vec<String>,
}

impl DocumentRecord {
    /// Title, blank line, body: the text that offsets count. `None` where the body is not there.
    pub fn full(&self) -> Option<String> {
        self.text.as_ref().map(|body| format!("{}\n\n{}", self.meta.title, body))
    }
}

/// Claims by their ids, each with its document.
pub type ClaimsById<'a> = BTreeMap<&'a str, (&'a Claim, &'a ClaimsDocument)>;

/// All claims of some documents.
pub fn claims_by_id<'a>(docs: impl IntoIterator<Item = &'a ClaimsDocument>) -> ClaimsById<'a> {
    docs.into_iter().flat_map(|doc| doc.claims.iter().map(move |c| (c.id.as_str(), (c, doc)))).collect()
}
