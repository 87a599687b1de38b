//! Facts, what they are about in short, and contradictions between them: all in the default graph.

use super::vocab::{self, Iris, concept, own, term};
use super::{Out, typed};
use crate::frame::{Frame, Frames, Role};
use crate::model::{Bound, Fact, Knowledge, Modality, PartialDate, Polarity, Quantity, Term};
use oxigraph::model::{Literal, NamedNode, Term as Node};
use std::collections::BTreeSet;

pub(super) fn facts(out: &mut Out, knowledge: &Knowledge, frames: &Frames, iris: &Iris) {
    let mut quantities: BTreeSet<Quantity> = BTreeSet::new();
    let mut concepts: BTreeSet<(String, String)> = BTreeSet::new();
    let mut direct: BTreeSet<(String, String, String)> = BTreeSet::new();
    for fact in knowledge.facts.values() {
        let Some(frame) = frames.get(&fact.frame) else { continue };
        let node = iris.fact(&fact.id);
        out.a(&node, own(&frame.class));
        for (name, role) in &frame.roles {
            for value in fact.terms(name) {
                match value {
                    // The date that counts is put below, once.
                    Term::Date(_) if matches!(name.as_str(), "date" | "until") => continue,
                    Term::Quantity(q) => _ = quantities.insert(q.clone()),
                    Term::Concept(c) => _ = concepts.insert((scheme(name, role).to_string(), c.clone())),
                    _ => {}
                }
                out.put(&node, own(name), object(value, name, role, iris));
            }
        }
        dates(out, &node, "date", fact.date);
        dates(out, &node, "until", fact.until);
        if let Some(ender) = &fact.ended_by {
            out.put(&node, own("endedBy"), iris.fact(ender));
        }
        if let Some(actual) = &fact.realised_by {
            out.put(&node, own("realisedBy"), iris.fact(actual));
        }
        out.put(&node, own("modality"), concept("modality", fact.modality.name()));
        out.put(&node, own("polarity"), concept("polarity", fact.polarity.name()));
        out.put(&node, own("sources"), typed(fact.sources.to_string(), "integer"));
        out.put(&node, own("confidence"), typed(fact.confidence.decimal(), "decimal"));
        direct.extend(direct_triples(fact, frame, iris));
    }
    for (from, property, to) in direct {
        out.put(&NamedNode::new_unchecked(from), own(&property), NamedNode::new_unchecked(to));
    }
    for quantity in &quantities {
        amount(out, quantity, iris);
    }
    for (scheme, name) in &concepts {
        concept_node(out, scheme, name, frames);
    }
    for c in &knowledge.contradictions {
        let node = iris.contradiction(c);
        out.a(&node, own("Contradiction"));
        out.put(&node, own("contradictionKind"), concept("contradiction", &c.kind));
        for fact in &c.facts {
            out.put(&node, own("between"), iris.fact(fact));
        }
        if let Some(role) = &c.role {
            out.put(&node, own("differsIn"), own(role));
        }
    }
}

/// The scheme that a role's concepts are of: that of data/concepts.toml, else the role's own.
pub(super) fn scheme<'a>(name: &'a str, role: &'a Role) -> &'a str {
    role.scheme.as_deref().unwrap_or(name)
}

fn object(value: &Term, name: &str, role: &Role, iris: &Iris) -> Node {
    match value {
        Term::Thing(key) => iris.entity(key).into(),
        Term::Concept(c) => concept(scheme(name, role), c).into(),
        Term::Quantity(q) => iris.quantity(q).into(),
        Term::Date(date) => edtf(*date).into(),
        Term::Text(text) => Literal::new_simple_literal(text).into(),
    }
}

pub(super) fn edtf(date: PartialDate) -> Literal {
    Literal::new_typed_literal(date.edtf(), vocab::EDTF)
}

fn day((year, month, day): (i16, u8, u8)) -> Literal {
    typed(format!("{year:04}-{month:02}-{day:02}"), "date")
}

/// The date as it is known, and the days that bound it, for comparing.
fn dates(out: &mut Out, node: &NamedNode, name: &str, date: Option<PartialDate>) {
    if let Some(date) = date {
        out.put(node, own(name), edtf(date));
        out.put(node, own(&format!("{name}Earliest")), day(date.earliest()));
        out.put(node, own(&format!("{name}Latest")), day(date.latest()));
    }
}

/// Triples between the main participants, for facts that are so, as far as is known. Descriptions are no nodes and
/// have none. Where both ends are one role, every two of its values are joined, both ways.
fn direct_triples(fact: &Fact, frame: &Frame, iris: &Iris) -> Vec<(String, String, String)> {
    let Some(direct) = &frame.direct else { return Vec::new() };
    let holds = fact.modality == Modality::Actual && fact.polarity == Polarity::Affirmed && fact.ended_by.is_none();
    let by_action = direct.actions.is_empty()
        || fact.terms("action").any(|t| matches!(t, Term::Concept(a) if direct.actions.contains(a)));
    if !holds || !by_action {
        return Vec::new();
    }
    let nodes = |name: &str| -> Vec<String> {
        let Some(role) = frame.roles.get(name) else { return Vec::new() };
        let values = fact.terms(name).filter(|t| matches!(t, Term::Thing(_) | Term::Concept(_)));
        values
            .filter_map(|t| match object(t, name, role, iris) {
                Node::NamedNode(node) => Some(node.into_string()),
                _ => None,
            })
            .collect()
    };
    let mut triples = Vec::new();
    for from in nodes(&direct.from) {
        for to in nodes(&direct.to).into_iter().filter(|to| *to != from) {
            triples.push((from.clone(), direct.property.clone(), to));
        }
    }
    triples
}

fn amount(out: &mut Out, quantity: &Quantity, iris: &Iris) {
    let node = iris.quantity(quantity);
    out.put(&node, term(vocab::SCHEMA, "value"), typed(quantity.number.to_string(), "decimal"));
    out.put(&node, term(vocab::SCHEMA, "unitText"), Literal::new_simple_literal(&quantity.unit));
    let bound = match quantity.bound {
        None => return,
        Some(Bound::AtLeast) => "at-least",
        Some(Bound::AtMost) => "at-most",
        Some(Bound::About) => "about",
    };
    out.put(&node, own("bound"), concept("bound", bound));
}

/// A concept's label, so that the graph can be read without the ontology; all of one that the ontology does not list.
fn concept_node(out: &mut Out, scheme: &str, name: &str, frames: &Frames) {
    let node = concept(scheme, name);
    out.put(&node, term(vocab::RDFS, "label"), Literal::new_simple_literal(name.replace('-', " ")));
    if frames.scheme(scheme).is_some_and(|s| !s.concepts.iter().any(|c| c == name)) {
        out.a(&node, term(vocab::SKOS, "Concept"));
        out.put(&node, term(vocab::SKOS, "inScheme"), super::ontology::concept_scheme(scheme));
    }
}
