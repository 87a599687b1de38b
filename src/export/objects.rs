use super::{Export, ExportError, Input, Options, rdf};
use crate::frame::{Frames, Range};
use crate::rdf::vocab;
use oxigraph::model::vocab::{rdf as rdf_terms, xsd};
use oxigraph::model::{Literal, Term};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::io::Write;

/// The union of the graphs as objects that read like records: one for each entity, fact, document, claim.
pub struct Objects;

impl Export for Objects {
    fn name(&self) -> &'static str {
        "objects"
    }

    fn extension(&self) -> &'static str {
        "jsonld"
    }

    fn description(&self) -> &'static str {
        "JSON-LD: each entity, fact, document and claim as one object, with the context of data/ontology/context.jsonld"
    }

    /// A subject a line, in the order of Turtle.
    fn write(&self, input: &Input, _: &Options, out: &mut dyn Write) -> Result<(), ExportError> {
        let quads = rdf::sorted(rdf::union(rdf::quads(input)?), input.base);
        let names = Names::new(input.frames, input.base);
        write!(out, "{{\"@context\":{},\"@graph\":[", names.context())?;
        for (number, same) in quads.chunk_by(|a, b| a.subject == b.subject).enumerate() {
            let mut object: BTreeMap<String, Vec<Value>> = BTreeMap::new();
            for quad in same {
                let (key, value) = if quad.predicate == rdf_terms::TYPE {
                    ("@type".to_string(), Value::from(names.short(term_iri(&quad.object), true)))
                } else {
                    let key = names.short(quad.predicate.as_str(), true);
                    let value = names.value(&quad.object, names.types.get(&key).map(String::as_str));
                    (key, value)
                };
                object.entry(key).or_default().push(value);
            }
            let id = same[0].subject.to_string();
            let id = names.short(id.trim_start_matches('<').trim_end_matches('>'), false);
            let mut record = Map::from_iter([("@id".to_string(), Value::from(id))]);
            for (key, mut values) in object {
                let value = if values.len() == 1 { values.remove(0) } else { Value::Array(values) };
                record.insert(key, value);
            }
            write!(out, "{}\n{}", if number == 0 { "" } else { "," }, Value::Object(record))?;
        }
        writeln!(out, "\n]}}")?;
        Ok(())
    }
}

/// data/ontology/context.jsonld: what the short names of the objects mean.
pub fn context(frames: &Frames) -> String {
    let document = json!({ "@context": Names::new(frames, vocab::BASE).context() });
    format!("{document:#}\n")
}

/// Short names for IRIs, and the types of values that need not be written.
struct Names<'a> {
    base: &'a str,
    /// By property: `@id` or a datatype.
    types: BTreeMap<String, String>,
}

/// Properties of every fact and claim that no frame defines, with the type of their values.
const COMMON: [(&str, &str); 17] = [
    ("between", "@id"),
    ("confidence", "xsd:decimal"),
    ("contradictionKind", "@id"),
    ("dateEarliest", "xsd:date"),
    ("dateLatest", "xsd:date"),
    ("differsIn", "@id"),
    ("endedBy", "@id"),
    ("modality", "@id"),
    ("oa:end", "xsd:nonNegativeInteger"),
    ("oa:start", "xsd:nonNegativeInteger"),
    ("polarity", "@id"),
    ("prov:wasDerivedFrom", "@id"),
    ("schema:publisher", "@id"),
    ("sources", "xsd:integer"),
    ("supports", "@id"),
    ("untilEarliest", "xsd:date"),
    ("untilLatest", "xsd:date"),
];

impl<'a> Names<'a> {
    fn new(frames: &Frames, base: &'a str) -> Names<'a> {
        let mut types: BTreeMap<String, String> =
            COMMON.iter().map(|(name, kind)| (name.to_string(), kind.to_string())).collect();
        for name in ["date", "until"] {
            types.insert(name.to_string(), vocab::EDTF.as_str().to_string());
        }
        for frame in frames.iter() {
            types.extend(frame.direct.iter().map(|d| (d.property.clone(), "@id".to_string())));
            for (name, role) in &frame.roles {
                if !matches!(role.range, Range::Date | Range::Text) {
                    types.insert(name.clone(), "@id".to_string());
                }
            }
        }
        Names { base, types }
    }

    fn context(&self) -> Value {
        let mut context = Map::from_iter([("@vocab".to_string(), Value::from(vocab::NS))]);
        context.extend(vocab::prefixes(self.base).map(|(prefix, space)| (prefix.to_string(), Value::from(space))));
        for (name, kind) in &self.types {
            // A name with a prefix says by itself what it means.
            let id = if name.contains(':') { name.clone() } else { format!("ch:{name}") };
            context.insert(name.clone(), json!({"@id": id, "@type": kind}));
        }
        Value::Object(context)
    }

    /// An IRI in few letters; of our own vocabulary without a prefix, where a term is meant.
    fn short(&self, iri: &str, is_term: bool) -> String {
        let short = vocab::prefixes(self.base).find_map(|(prefix, space)| {
            let local = iri.strip_prefix(space)?;
            // What starts with two slashes would be taken for an IRI.
            let fits = !local.is_empty() && !local.starts_with("//");
            fits.then(|| if is_term && prefix == "ch" { local.to_string() } else { format!("{prefix}:{local}") })
        });
        short.unwrap_or_else(|| iri.to_string())
    }

    /// A value of a property whose values are of a `kind` unless they say otherwise.
    fn value(&self, term: &Term, kind: Option<&str>) -> Value {
        match term {
            Term::Literal(literal) => self.literal(literal, kind),
            other => {
                let iri = self.short(term_iri(other), false);
                if kind == Some("@id") { Value::from(iri) } else { json!({ "@id": iri }) }
            }
        }
    }

    fn literal(&self, literal: &Literal, kind: Option<&str>) -> Value {
        let text = literal.value();
        if let Some(language) = literal.language() {
            return json!({"@value": text, "@language": language});
        }
        let datatype = literal.datatype();
        let name = self.short(datatype.as_str(), false);
        match kind {
            Some(kind) if kind == name => Value::from(text),
            None if datatype == xsd::STRING => Value::from(text),
            _ if datatype == xsd::STRING => json!({ "@value": text }),
            _ => json!({"@value": text, "@type": name}),
        }
    }
}

/// The graph has no blank nodes; a literal has no IRI.
fn term_iri(term: &Term) -> &str {
    match term {
        Term::NamedNode(node) => node.as_str(),
        _ => "",
    }
}
