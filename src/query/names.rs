//! From what a person calls something to its IRI.

use super::QueryError;
use super::find::{Found, find, nearest};
use crate::lexicon::fold;
use crate::model::Knowledge;
use crate::rdf::vocab;
use crate::store::{Graph, StoreError};
use oxigraph::model::{NamedNode, NamedOrBlankNode, Term};
use std::cell::OnceCell;
use std::collections::BTreeMap;

/// How many candidates an error lists.
const MOST: usize = 10;

/// Where names are looked up.
pub struct Names<'a> {
    graph: &'a Graph,
    base: &'a str,
    knowledge: Option<Box<Load<'a>>>,
    /// Read once, whatever the number of names.
    loaded: OnceCell<Knowledge>,
}

type Load<'a> = dyn Fn() -> Result<Knowledge, StoreError> + 'a;

/// What a name is looked up among.
pub(super) enum Sort {
    Entity,
    Document,
    Publisher,
    /// Of a scheme.
    Concept(String),
}

impl<'a> Names<'a> {
    /// Among the names that the graph has. `base` is what the data's IRIs start with.
    pub fn of(graph: &'a Graph, base: &'a str) -> Names<'a> {
        Names { graph, base, knowledge: None, loaded: OnceCell::new() }
    }

    /// Things also by every name that the store's knowledge has for them. It is read only where a thing is looked up.
    pub fn with(self, knowledge: impl Fn() -> Result<Knowledge, StoreError> + 'a) -> Names<'a> {
        Names { knowledge: Some(Box::new(knowledge)), ..self }
    }

    /// What the data's IRIs start with.
    pub fn base(&self) -> &str {
        self.base
    }

    /// The one that is meant by the value of a parameter.
    pub(super) fn look(&self, param: &str, value: &str, sort: &Sort) -> Result<NamedNode, QueryError> {
        let mut near = Vec::new();
        if let (Sort::Entity, Some(load)) = (sort, &self.knowledge) {
            let knowledge = match self.loaded.get() {
                Some(knowledge) => knowledge,
                None => {
                    let knowledge = load()?;
                    self.loaded.get_or_init(|| knowledge)
                }
            };
            match find(knowledge, value) {
                Found::One(thing) => return Ok(vocab::Iris::new(self.base).entity(&thing.key)),
                Found::Several(things) => {
                    let line = |t: &&crate::model::Thing| format!("{}  {} ({})", t.key, t.name, t.kind.name());
                    return Err(ambiguous(param, value, things.iter().map(line).collect()));
                }
                Found::Nothing(names) => near = names,
            }
        }
        let known = self.known(sort)?;
        let wanted = fold(value.trim());
        let is_key = |key: &str| key == value;
        let fits = |(iri, (key, names)): &(&String, &(String, Vec<String>))| {
            is_key(key) || iri.as_str() == value.trim_matches(['<', '>']) || names.iter().any(|n| fold(n) == wanted)
        };
        let fitting: Vec<_> = known.iter().filter(fits).collect();
        let keyed: Vec<_> = fitting.iter().filter(|(_, (key, _))| is_key(key)).collect();
        match (keyed.as_slice(), fitting.as_slice()) {
            ([(iri, _)], _) | (_, [(iri, _)]) => Ok(NamedNode::new_unchecked(iri.as_str())),
            (_, []) => {
                if near.is_empty() {
                    let names = known.values().flat_map(|(key, names)| names.iter().chain([key]));
                    near = nearest(value, names.map(String::as_str), 5).into_iter().map(str::to_string).collect();
                }
                let (what, all) = match sort {
                    Sort::Entity => ("thing".to_string(), Vec::new()),
                    Sort::Document => ("document".to_string(), Vec::new()),
                    Sort::Publisher => ("publisher".to_string(), keys(&known)),
                    Sort::Concept(scheme) => (scheme.clone(), keys(&known)),
                };
                let is_empty = known.is_empty();
                let (name, value) = (param.to_string(), value.to_string());
                let (instead, are_all) = if near.is_empty() { (all, true) } else { (near, false) };
                Err(QueryError::NoMatch { name, value, what, instead, are_all, is_empty })
            }
            _ => {
                let line = |(_, (key, names)): &(&String, &(String, Vec<String>))| {
                    format!("{key}  {}", names.first().map_or("", String::as_str))
                };
                Err(ambiguous(param, value, fitting.iter().map(line).collect()))
            }
        }
    }

    /// IRI, key and names of all of a sort.
    fn known(&self, sort: &Sort) -> Result<BTreeMap<String, (String, Vec<String>)>, QueryError> {
        let data = |folder: &str| format!("{}{folder}/", self.base);
        let (prefix, properties): (String, &[(&str, &str)]) = match sort {
            Sort::Entity => {
                (data("entity"), &[(vocab::RDFS, "label"), (vocab::SKOS, "prefLabel"), (vocab::SKOS, "altLabel")])
            }
            Sort::Document => (
                data("document"),
                &[(vocab::DCTERMS, "identifier"), (vocab::SCHEMA, "headline"), (vocab::SCHEMA, "url")],
            ),
            Sort::Publisher => (data("source"), &[(vocab::SCHEMA, "name")]),
            Sort::Concept(scheme) => (format!("{}{scheme}-", vocab::NS), &[(vocab::RDFS, "label")]),
        };
        let mut known: BTreeMap<String, (String, Vec<String>)> = BTreeMap::new();
        for (namespace, property) in properties {
            let property = vocab::term(namespace, property);
            for quad in self.graph.quads(None, Some(property.as_ref()), None, None) {
                let quad = quad?;
                let (NamedOrBlankNode::NamedNode(node), Term::Literal(name)) = (quad.subject, quad.object) else {
                    continue;
                };
                let Some(key) = node.as_str().strip_prefix(&prefix) else { continue };
                let key = super::show::decoded(key);
                known.entry(node.into_string()).or_insert((key, Vec::new())).1.push(name.value().to_string());
            }
        }
        Ok(known)
    }
}

fn keys(known: &BTreeMap<String, (String, Vec<String>)>) -> Vec<String> {
    known.values().map(|(key, _)| key.clone()).collect()
}

fn ambiguous(param: &str, value: &str, mut candidates: Vec<String>) -> QueryError {
    let more = candidates.len().saturating_sub(MOST);
    candidates.truncate(MOST);
    QueryError::Ambiguous { name: param.to_string(), value: value.to_string(), candidates, more }
}

#[cfg(test)]
mod tests {
    use super::*;

    const QUADS: &str = r#"<https://w3id.org/chancery/id/entity/ge> <http://www.w3.org/2000/01/rdf-schema#label> "Georgia" .
<https://w3id.org/chancery/id/entity/us-ga> <http://www.w3.org/2000/01/rdf-schema#label> "Georgia" .
<https://w3id.org/chancery/id/entity/sv> <http://www.w3.org/2000/01/rdf-schema#label> "El Salvador" .
<https://w3id.org/chancery/id/entity/mx> <http://www.w3.org/2000/01/rdf-schema#label> "Mexico" .
<https://w3id.org/chancery/id/entity/mx> <http://www.w3.org/2004/02/skos/core#altLabel> "México"@es .
<https://w3id.org/chancery/ns/1#asset-bitcoin> <http://www.w3.org/2000/01/rdf-schema#label> "bitcoin" .
<https://w3id.org/chancery/ns/1#asset-crypto-assets> <http://www.w3.org/2000/01/rdf-schema#label> "crypto assets" .
<https://w3id.org/chancery/id/source/Paper%20A> <https://schema.org/name> "Paper A" .
<https://w3id.org/chancery/id/document/x%3A1> <http://purl.org/dc/terms/identifier> "x:1" <https://w3id.org/chancery/id/document/x%3A1> .
"#;

    fn look(value: &str, sort: Sort) -> Result<String, String> {
        let graph = Graph::from_nquads(QUADS.as_bytes()).unwrap();
        let found = Names::of(&graph, vocab::BASE).look("p", value, &sort);
        found.map(|n| n.as_str().rsplit(['/', '#']).next().unwrap().to_string()).map_err(|e| e.to_string())
    }

    #[test]
    fn names_keys_and_iris_lead_to_one_thing() {
        for value in ["El Salvador", "el salvador", "sv", "https://w3id.org/chancery/id/entity/sv"] {
            assert_eq!(look(value, Sort::Entity), Ok("sv".into()), "{value}");
        }
        assert_eq!(look("mexico", Sort::Entity), Ok("mx".into()));
        assert_eq!(look("ge", Sort::Entity), Ok("ge".into()));
        for value in ["crypto-assets", "Crypto Assets"] {
            assert_eq!(look(value, Sort::Concept("asset".into())), Ok("asset-crypto-assets".into()));
        }
        assert_eq!(look("paper a", Sort::Publisher), Ok("Paper%20A".into()));
        assert_eq!(look("x:1", Sort::Document), Ok("x%3A1".into()));
    }

    #[test]
    fn doubt_and_nothing_are_told_with_what_there_is() {
        let error = look("Georgia", Sort::Entity).unwrap_err();
        assert_eq!(error, "p=Georgia can be any of these; give the key:\n  ge  Georgia\n  us-ga  Georgia");
        let error = look("El Salvadro", Sort::Entity).unwrap_err();
        assert_eq!(error, "p=El Salvadro: no thing in the graph is called that; nearest: El Salvador");
        let error = look("gold", Sort::Concept("asset".into())).unwrap_err();
        assert_eq!(error, "p=gold: no asset in the graph is called that; there are bitcoin, crypto-assets");
    }
}
