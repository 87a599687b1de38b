use super::{Kind, Modality, PartialDate, Percent, Polarity, Quantity};
use indexmap::IndexMap;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One thing in the world: what the entities of many documents were found to be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Thing {
    /// The gazetteer's frozen key, else a readable slug with a short hash. The IRI is made from it.
    pub key: String,
    pub kind: Kind,
    /// The name to show.
    pub name: String,
    /// Names by language tag; `""` where they are not of one language. Sorted, without doubles.
    pub names: BTreeMap<String, Vec<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wikidata: Option<String>,
    /// Key of the country it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// Keys that led here once and still resolve.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub former_keys: Vec<String>,
    /// (document id, entity id within it) of every entity that was joined here, and by which rule.
    pub members: Vec<Member>,
}

/// One document's entity as a part of a [`Thing`].
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Member {
    pub document: String,
    pub entity: String,
    pub rule: String,
}

/// What fills a role of a fact.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Term {
    /// The key of a [`Thing`].
    Thing(String),
    Concept(String),
    Quantity(Quantity),
    Date(PartialDate),
    /// A description: words, no node.
    Text(String),
}

/// One value of a role, with the claims that state it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FactRole {
    pub role: String,
    pub term: Term,
    /// Ids of the claims that give this value.
    pub claims: Vec<String>,
}

/// A claim behind a fact.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Support {
    pub document: String,
    pub claim: String,
}

/// What claims say together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    /// Stable: made of its block's key and of its first claim in canonical order.
    pub id: String,
    pub frame: String,
    /// In the order of the frame's definition, then canonical.
    pub roles: Vec<FactRole>,
    pub modality: Modality,
    pub polarity: Polarity,
    /// The most precise date its claims agree on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<PartialDate>,
    /// When it stopped holding, because `ended_by` says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<PartialDate>,
    /// Id of the later fact that ended this state.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended_by: Option<String>,
    /// Of a plan, the id of the fact that tells that it came about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub realised_by: Option<String>,
    /// First and last publication date among its claims' documents.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_said: Option<PartialDate>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_said: Option<PartialDate>,
    /// How many publishers state it independently of each other.
    pub sources: usize,
    pub confidence: Percent,
    /// The claims that support it, sorted.
    pub support: Vec<Support>,
}

impl Fact {
    /// The terms of one role.
    pub fn terms<'a>(&'a self, role: &'a str) -> impl Iterator<Item = &'a Term> + 'a {
        self.roles.iter().filter(move |r| r.role == role).map(|r| &r.term)
    }

    /// Keys of the things that fill its roles; one that fills several comes several times.
    pub fn things(&self) -> impl Iterator<Item = &str> {
        self.roles.iter().filter_map(|r| if let Term::Thing(key) = &r.term { Some(key.as_str()) } else { None })
    }

    /// Whether a thing fills a role of it.
    pub fn is_about(&self, key: &str) -> bool {
        self.things().any(|k| k == key)
    }

    /// Ids of the claims that support it.
    pub fn claims(&self) -> impl Iterator<Item = &str> {
        self.support.iter().map(|s| s.claim.as_str())
    }
}

/// Two facts that cannot both be so.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Contradiction {
    /// `polarity`, `date`, `quantity`.
    pub kind: String,
    pub facts: [String; 2],
    /// The role in which they differ, where it is one role.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
}

/// All that is derived from the claims of a store.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Knowledge {
    /// By key, sorted.
    pub things: IndexMap<String, Thing>,
    /// By id, sorted.
    pub facts: IndexMap<String, Fact>,
    pub contradictions: Vec<Contradiction>,
    /// What a person has decided, by id of the claim or key of the thing: `rejected: a typing error`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub curated: BTreeMap<String, String>,
}

impl Knowledge {
    /// The fact that each claim supports, by the claim's id.
    pub fn facts_by_claim(&self) -> BTreeMap<&str, &Fact> {
        self.facts.values().flat_map(|f| f.claims().map(move |c| (c, f))).collect()
    }
}
