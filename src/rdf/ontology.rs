//! The ontology, generated from the frames and concepts so that it cannot drift from them.

use super::facts::scheme;
use super::vocab::{self, class, concept, own, term};
use crate::frame::{Frames, Range, Role};
use crate::model::Kind;
use oxigraph::io::{RdfFormat, RdfParser, RdfSerializer};
use oxigraph::model::{Literal, NamedNode, Term, Triple};
use std::collections::{BTreeMap, BTreeSet};

/// A header that is not Turtle, or cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum OntologyError {
    #[error("data/ontology/header.ttl: {0}")]
    Header(#[from] oxigraph::io::RdfParseError),
    #[error("the ontology cannot be written: {0}")]
    Write(#[from] std::io::Error),
}

/// The ontology: `header` (Turtle, data/ontology/header.ttl) with the metadata, the general terms and what they are in
/// other vocabularies, then a class for each frame and kind, a property for each role and main relation, and the
/// controlled vocabularies as SKOS concept schemes. Sorted, without doubles.
///
/// # Errors
/// A header that is not Turtle, with line and column.
pub fn ontology(frames: &Frames, header: &str) -> Result<Vec<Triple>, OntologyError> {
    let mut triples: Vec<Triple> = Vec::new();
    for quad in RdfParser::from_format(RdfFormat::Turtle).for_slice(header.as_bytes()) {
        triples.push(quad.map_err(|e| OntologyError::Header(e.into()))?.into());
    }
    let mut o = Made { triples };
    kinds(&mut o);
    roles(&mut o, frames);
    concepts(&mut o, frames);
    let mut keyed: Vec<(String, Triple)> = o.triples.into_iter().map(|t| (t.to_string(), t)).collect();
    keyed.sort_by(|a, b| a.0.cmp(&b.0));
    keyed.dedup_by(|a, b| a.0 == b.0);
    Ok(keyed.into_iter().map(|(_, t)| t).collect())
}

/// As Turtle with prefixes, in the order given.
///
/// # Errors
/// None in practice: writing to memory.
pub fn ontology_turtle(triples: &[Triple]) -> Result<String, OntologyError> {
    let mut serializer = RdfSerializer::from_format(RdfFormat::Turtle);
    for (prefix, namespace) in vocab::PREFIXES {
        serializer = serializer.with_prefix(prefix, namespace).map_err(std::io::Error::other)?;
    }
    let mut writer = serializer.for_writer(Vec::new());
    for triple in triples {
        writer.serialize_triple(triple)?;
    }
    let text = String::from_utf8_lossy(&writer.finish()?).into_owned();
    // The serializer writes prefixes in no fixed order.
    let (mut prefixes, rest): (Vec<&str>, Vec<&str>) = text.lines().partition(|l| l.starts_with("@prefix "));
    prefixes.sort();
    Ok(prefixes.into_iter().chain(rest).flat_map(|line| [line, "\n"]).collect())
}

struct Made {
    triples: Vec<Triple>,
}

impl Made {
    fn put(&mut self, subject: &NamedNode, predicate: NamedNode, object: impl Into<Term>) {
        self.triples.push(Triple::new(subject.clone(), predicate, object));
    }

    fn a(&mut self, subject: &NamedNode, class: NamedNode) {
        self.put(subject, term(vocab::RDF, "type"), class);
    }

    /// Label and where it is defined.
    fn name(&mut self, subject: &NamedNode, label: &str) {
        self.put(subject, term(vocab::RDFS, "label"), Literal::new_language_tagged_literal_unchecked(label, "en"));
        self.put(subject, term(vocab::RDFS, "isDefinedBy"), NamedNode::new_unchecked(vocab::NS.trim_end_matches('#')));
    }

    fn gloss(&mut self, subject: &NamedNode, gloss: &str) {
        self.put(subject, term(vocab::RDFS, "comment"), Literal::new_language_tagged_literal_unchecked(gloss, "en"));
    }
}

/// `LegalTenderStatus` as "legal tender status".
fn spaced(name: &str) -> String {
    let mut out = String::new();
    for c in name.chars() {
        if c.is_uppercase() && !out.is_empty() {
            out.push(' ');
        }
        out.extend(c.to_lowercase());
    }
    out.replace('-', " ")
}

fn kinds(o: &mut Made) {
    for kind in Kind::ALL {
        if matches!(kind, Kind::Unknown | Kind::Description) {
            continue;
        }
        let node = class(kind);
        o.a(&node, term(vocab::OWL, "Class"));
        o.put(&node, term(vocab::RDFS, "subClassOf"), own("Entity"));
        o.name(&node, &spaced(kind.name()));
    }
}

/// Classes of frames, properties of roles, and the properties between main participants.
fn roles(o: &mut Made, frames: &Frames) {
    let mut uses: BTreeMap<&str, Vec<(&str, &Role)>> = BTreeMap::new();
    for frame in frames.iter() {
        let node = own(&frame.class);
        o.a(&node, term(vocab::OWL, "Class"));
        o.put(&node, term(vocab::RDFS, "subClassOf"), own("Fact"));
        o.name(&node, &spaced(&frame.class));
        o.gloss(&node, &frame.gloss);
        o.put(&node, term(vocab::SKOS, "notation"), Literal::new_simple_literal(&frame.name));
        for (name, role) in &frame.roles {
            uses.entry(name).or_default().push((&frame.class, role));
        }
        if let Some(direct) = &frame.direct {
            let node = own(&direct.property);
            o.a(&node, term(vocab::OWL, "ObjectProperty"));
            if direct.from == direct.to {
                o.a(&node, term(vocab::OWL, "SymmetricProperty"));
            }
            o.name(&node, &direct.label);
            o.put(&node, own("shortFor"), own(&frame.class));
            o.put(&node, own("fromRole"), own(&direct.from));
            o.put(&node, own("toRole"), own(&direct.to));
        }
    }
    for (name, uses) in uses {
        let node = own(name);
        let sort = if uses.iter().all(|(_, r)| matches!(r.range, Range::Date | Range::Text)) {
            term(vocab::OWL, "DatatypeProperty")
        } else if uses.iter().all(|(_, r)| matches!(r.range, Range::Concept | Range::Value | Range::Quantity)) {
            term(vocab::OWL, "ObjectProperty")
        } else {
            // An entity where the text names one, its words where it only describes one.
            term(vocab::RDF, "Property")
        };
        o.a(&node, sort);
        o.put(&node, term(vocab::RDFS, "subPropertyOf"), own("role"));
        o.name(&node, &spaced(name));
        let glosses: BTreeSet<&str> = uses.iter().map(|(_, r)| r.gloss.as_str()).collect();
        o.gloss(&node, &glosses.into_iter().collect::<Vec<_>>().join(" "));
        for (frame, role) in uses {
            o.put(&node, term(vocab::SCHEMA, "domainIncludes"), own(frame));
            for range in ranges(role) {
                o.put(&node, term(vocab::SCHEMA, "rangeIncludes"), range);
            }
        }
    }
}

fn ranges(role: &Role) -> Vec<NamedNode> {
    match role.range {
        Range::Entity | Range::Asset => {
            let kinds = role.kinds.iter().filter(|k| **k != Kind::Description).map(|k| class(*k));
            let concept = (role.range == Range::Asset).then(|| term(vocab::SKOS, "Concept"));
            kinds.chain(concept).collect()
        }
        Range::Concept | Range::Value => vec![term(vocab::SKOS, "Concept")],
        Range::Quantity => vec![term(vocab::SCHEMA, "QuantitativeValue")],
        Range::Date => vec![vocab::EDTF.into_owned()],
        Range::Text => vec![term(vocab::XSD, "string")],
    }
}

/// Concept schemes: those of data/concepts.toml, those of roles with values of their own, and the statuses of facts.
fn concepts(o: &mut Made, frames: &Frames) {
    let mut schemes: BTreeMap<String, (String, BTreeSet<String>)> = BTreeMap::new();
    for (name, scheme) in frames.schemes() {
        schemes.insert(name.to_string(), (scheme.label.clone(), scheme.concepts.iter().cloned().collect()));
    }
    for frame in frames.iter() {
        for (name, role) in frame.roles.iter().filter(|(_, r)| r.range == Range::Value) {
            let scheme = scheme(name, role);
            let slot = schemes.entry(scheme.to_string()).or_insert_with(|| (spaced(scheme), BTreeSet::new()));
            slot.1.extend(role.values.iter().cloned());
        }
    }
    let fixed: [(&str, &str, &[&str]); 4] = [
        ("modality", "Whether it is so, decided or considered", &["actual", "planned", "possible"]),
        ("polarity", "Whether it is said or denied", &["affirmed", "negated"]),
        ("bound", "How a stated amount relates to the true one", &["about", "at-least", "at-most"]),
        ("contradiction", "In what two facts contradict each other", &["date", "polarity", "quantity"]),
    ];
    for (name, label, values) in fixed {
        schemes.insert(name.to_string(), (label.to_string(), values.iter().map(|v| v.to_string()).collect()));
    }
    for (name, (label, values)) in schemes {
        let node = concept_scheme(&name);
        o.a(&node, term(vocab::SKOS, "ConceptScheme"));
        o.name(&node, &label);
        for value in values {
            let concept = concept(&name, &value);
            o.a(&concept, term(vocab::SKOS, "Concept"));
            o.put(&concept, term(vocab::SKOS, "inScheme"), node.clone());
            o.put(&concept, term(vocab::SKOS, "topConceptOf"), node.clone());
            let label = value.replace('-', " ");
            o.put(
                &concept,
                term(vocab::SKOS, "prefLabel"),
                Literal::new_language_tagged_literal_unchecked(&label, "en"),
            );
            o.put(&concept, term(vocab::SKOS, "notation"), Literal::new_simple_literal(&value));
        }
    }
}

/// A scheme's own node; not the property of the same name.
pub(super) fn concept_scheme(name: &str) -> NamedNode {
    own(&format!("scheme-{name}"))
}
