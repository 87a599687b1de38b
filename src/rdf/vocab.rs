//! Every IRI that the graph uses, in one place.

use crate::claims::short_id;
use crate::model::{Contradiction, Kind, Quantity};
use oxigraph::model::{NamedNode, NamedNodeRef};
use std::fmt::Write as _;

/// The ontology's namespace; the number is its version.
pub const NS: &str = "https://w3id.org/chancery/ns/1#";
/// The base of the data's IRIs unless a store has its own.
pub const BASE: &str = "https://w3id.org/chancery/id/";

pub const SCHEMA: &str = "https://schema.org/";
pub const SKOS: &str = "http://www.w3.org/2004/02/skos/core#";
pub const PROV: &str = "http://www.w3.org/ns/prov#";
pub const OA: &str = "http://www.w3.org/ns/oa#";
pub const DCTERMS: &str = "http://purl.org/dc/terms/";
pub const OWL: &str = "http://www.w3.org/2002/07/owl#";
pub const RDF: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
pub const RDFS: &str = "http://www.w3.org/2000/01/rdf-schema#";
pub const XSD: &str = "http://www.w3.org/2001/XMLSchema#";
pub const WIKIDATA: &str = "http://www.wikidata.org/entity/";

/// Prefix and namespace, in the order in which they are written.
pub const PREFIXES: [(&str, &str); 12] = [
    ("ch", NS),
    ("dcterms", DCTERMS),
    ("id", BASE),
    ("oa", OA),
    ("owl", OWL),
    ("prov", PROV),
    ("rdf", RDF),
    ("rdfs", RDFS),
    ("schema", SCHEMA),
    ("skos", SKOS),
    ("wd", WIKIDATA),
    ("xsd", XSD),
];

/// The prefixes for data whose IRIs start with `base`.
pub fn prefixes(base: &str) -> impl Iterator<Item = (&'static str, &str)> {
    PREFIXES.into_iter().map(move |(prefix, space)| (prefix, if prefix == "id" { base } else { space }))
}

/// Dates in the Extended Date/Time Format.
pub const EDTF: NamedNodeRef = NamedNodeRef::new_unchecked("http://id.loc.gov/datatypes/edtf/EDTF");

/// A term of a standard vocabulary or of ours.
pub fn term(namespace: &str, name: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("{namespace}{name}"))
}

/// A term of our own ontology.
pub fn own(name: &str) -> NamedNode {
    term(NS, name)
}

/// A concept of a scheme: `ch:instrument-letter-of-intent`.
pub fn concept(scheme: &str, name: &str) -> NamedNode {
    own(&format!("{scheme}-{}", encoded(name)))
}

/// The class of a kind: `ch:CentralBank`; of the unknown, `ch:Entity`.
pub fn class(kind: Kind) -> NamedNode {
    if kind == Kind::Unknown {
        return own("Entity");
    }
    let name: String = kind
        .name()
        .split('-')
        .flat_map(|word| {
            let mut letters = word.chars();
            letters.next().map(|c| c.to_ascii_uppercase()).into_iter().chain(letters)
        })
        .collect();
    own(&name)
}

/// The IRIs of data under one base.
#[derive(Debug, Clone)]
pub struct Iris<'a> {
    base: &'a str,
}

impl<'a> Iris<'a> {
    /// `base` is an absolute IRI that ends in `/` or `#`.
    pub fn new(base: &'a str) -> Iris<'a> {
        Iris { base }
    }

    fn of(&self, sort: &str, id: &str) -> NamedNode {
        NamedNode::new_unchecked(format!("{}{sort}/{}", self.base, encoded(id)))
    }

    pub fn entity(&self, key: &str) -> NamedNode {
        self.of("entity", key)
    }

    pub fn document(&self, id: &str) -> NamedNode {
        self.of("document", id)
    }

    /// A former text of a document, by its hash.
    pub fn version(&self, id: &str, sha256: &str) -> NamedNode {
        NamedNode::new_unchecked(format!("{}document/{}/version/{sha256}", self.base, encoded(id)))
    }

    pub fn claim(&self, id: &str) -> NamedNode {
        self.of("claim", id)
    }

    pub fn fact(&self, id: &str) -> NamedNode {
        self.of("fact", id)
    }

    /// A further quote (from 2) of a claim.
    pub fn quote(&self, claim: &str, number: usize) -> NamedNode {
        NamedNode::new_unchecked(format!("{}claim/{}/quote/{number}", self.base, encoded(claim)))
    }

    /// Who published.
    pub fn source(&self, name: &str) -> NamedNode {
        self.of("source", name)
    }

    /// An amount with its unit: one node for each amount there is.
    pub fn quantity(&self, quantity: &Quantity) -> NamedNode {
        let bound = match quantity.bound {
            None => "",
            Some(crate::model::Bound::AtLeast) => "at-least-",
            Some(crate::model::Bound::AtMost) => "at-most-",
            Some(crate::model::Bound::About) => "about-",
        };
        self.of("quantity", &format!("{bound}{}-{}", quantity.number, quantity.unit))
    }

    pub fn contradiction(&self, c: &Contradiction) -> NamedNode {
        let role = c.role.as_deref().unwrap_or("");
        self.of("contradiction", &short_id('x', &[&c.kind, &c.facts[0], &c.facts[1], role]))
    }
}

/// Percent-encoded but for letters, digits and `-._~`: safe as one step of a path, and reversible.
pub fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn iris_hold_any_id() {
        let iris = Iris::new(BASE);
        assert_eq!(
            iris.document("https://example.org/a?b=ü").as_str(),
            "https://w3id.org/chancery/id/document/https%3A%2F%2Fexample.org%2Fa%3Fb%3D%C3%BC"
        );
        assert_eq!(class(Kind::CentralBank).as_str(), "https://w3id.org/chancery/ns/1#CentralBank");
        for kind in Kind::ALL {
            assert!(NamedNode::new(class(kind).as_str()).is_ok());
        }
    }
}
