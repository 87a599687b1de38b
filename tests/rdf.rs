//! The graph: its size, its ontology, what it looks like.

mod common;

use chancery::data::Data;
use chancery::frame::Frames;
use chancery::model::ClaimsDocument;
use chancery::rdf::{nquads_sorted, ontology, ontology_turtle, quads, vocab::BASE};
use chancery::resolve::resolve;
use common::{checked, doc, example, gazetteer};
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::Quad;
use oxigraph::sparql::{QueryResults, SparqlEvaluator};
use oxigraph::store::Store;
use serde_json::json;

fn graph(docs: &[ClaimsDocument]) -> Vec<Quad> {
    let frames = Frames::embedded();
    quads(&resolve(docs, gazetteer(), frames), docs, frames, gazetteer(), BASE)
}

/// Rows of a query over the union of all graphs, as text.
fn ask(docs: &[ClaimsDocument], query: &str) -> Vec<String> {
    let store = Store::new().unwrap();
    store.extend(graph(docs)).unwrap();
    let prefixes = "PREFIX ch: <https://w3id.org/chancery/ns/1#> PREFIX schema: <https://schema.org/> \
                    PREFIX oa: <http://www.w3.org/ns/oa#> PREFIX prov: <http://www.w3.org/ns/prov#> \
                    PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> PREFIX id: <https://w3id.org/chancery/id/>";
    let mut query = SparqlEvaluator::new().parse_query(&format!("{prefixes} {query}")).unwrap();
    query.dataset_mut().set_default_graph_as_union();
    let QueryResults::Solutions(rows) = query.on_store(&store).execute().unwrap() else { panic!("a SELECT") };
    let mut rows: Vec<String> =
        rows.map(|row| row.unwrap().iter().map(|(_, t)| t.to_string()).collect::<Vec<_>>().join(" ")).collect();
    rows.sort();
    rows
}

#[test]
fn the_ontology_on_disk_is_the_generated_one() {
    let data = Data::embedded();
    let header = data.text("ontology/header.ttl").unwrap();
    let made = ontology_turtle(&ontology(Frames::embedded(), header).unwrap()).unwrap();
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/data/ontology/chancery.ttl");
    if std::env::var_os("CHANCERY_BLESS").is_some() {
        std::fs::write(path, &made).unwrap();
    }
    let there = std::fs::read_to_string(path).unwrap_or_default();
    assert!(
        made == there,
        "data/ontology/chancery.ttl is not what data/frames make of it: run CHANCERY_BLESS=1 cargo test --test rdf"
    );
}

#[test]
fn every_term_of_ours_in_the_graph_is_in_the_ontology() {
    let data = Data::embedded();
    let terms = ontology(Frames::embedded(), data.text("ontology/header.ttl").unwrap()).unwrap();
    let defined: std::collections::BTreeSet<String> = terms.iter().map(|t| t.subject.to_string()).collect();
    let ns = "<https://w3id.org/chancery/ns/1#";
    for quad in graph(&example()) {
        for used in [quad.subject.to_string(), quad.predicate.to_string(), quad.object.to_string()] {
            assert!(!used.starts_with(ns) || defined.contains(&used), "{used}");
        }
    }
}

#[test]
fn twenty_quads_a_claim_are_enough() {
    // Thirty articles of eight claims, half of which tell what others tell, as in a folder of news.
    let docs: Vec<ClaimsDocument> = (0..30)
        .map(|n| {
            let firm = format!("Firm {}", n / 2);
            let entities = [("e1", "El Salvador", "country"), ("e2", firm.as_str(), "company"), ("e3", "Pakistan", "country")];
            let quotes: Vec<String> = (0..8).map(|c| format!("El Salvador, {firm} and Pakistan in sentence {c}")).collect();
            let claims: Vec<_> = (0..8)
                .map(|c| {
                    let date = json!([{"date": format!("2025-{:02}-{:02}", 1 + c, 1 + n / 2)}]);
                    let roles = if c % 2 == 0 {
                        json!({"authority": [{"entity": "e1"}], "licensee": [{"entity": "e2"}], "action": [{"concept": "granted"}],
                               "kind": [{"text": "sentence"}], "date": date})
                    } else {
                        json!({"party": [{"entity": "e2"}, {"entity": "e3"}], "instrument": [{"concept": "contract"}],
                               "topic": [{"concept": "mining"}, {"concept": "energy"}], "date": date})
                    };
                    (if c % 2 == 0 { "licence" } else { "agreement" }, roles, quotes[c].as_str())
                })
                .collect();
            doc(&format!("d{n}"), "2025-12-01", &entities, &claims)
        })
        .collect();
    let (quads, claims) = (graph(&docs).len(), docs.iter().map(|d| d.claims.len()).sum::<usize>());
    assert!(quads <= 20 * claims, "{quads} quads for {claims} claims");
}

#[test]
fn the_graph_is_plain_and_the_same_in_any_order() {
    let mut docs = example();
    let text = nquads_sorted(&graph(&docs));
    docs.reverse();
    assert_eq!(text, nquads_sorted(&graph(&docs)));
    assert!(!text.contains("_:"), "no blank nodes");
    let back: Vec<Quad> =
        RdfParser::from_format(RdfFormat::NQuads).for_slice(text.as_bytes()).collect::<Result<_, _>>().unwrap();
    assert_eq!(nquads_sorted(&back), text);
    assert_eq!(back.len(), graph(&docs).len(), "no doubles");
}

#[test]
fn a_graph_as_a_person_reads_it() {
    let line = json!({
        "document": {"id": "https://example.org/n/1", "url": "https://example.org/n/1", "title": "Tender", "language": "en",
                     "publisher": "Example Courier", "published": "2025-02-01",
                     "text": "El Salvador, which made bitcoin legal tender in 2021, revoked that in January 2025. It holds about 6,240 BTC, says Ana Roe."},
        "entities": [{"id": "e1", "name": "El Salvador", "type": "country"}],
        "claims": [
            {"frame": "legal-tender", "evidence": [{"quote": "made bitcoin legal tender in 2021"}],
             "roles": {"jurisdiction": [{"entity": "e1"}], "asset": [{"concept": "bitcoin"}], "action": [{"concept": "adopted"}], "date": [{"date": "2021"}]}},
            {"frame": "legal-tender", "evidence": [{"quote": "revoked that in January 2025"}],
             "roles": {"jurisdiction": [{"entity": "e1"}], "asset": [{"concept": "bitcoin"}], "action": [{"concept": "revoked"}], "date": [{"date": "2025-01"}]}},
            {"frame": "holding", "attribution": "Ana Roe", "confidence": 0.85,
             "evidence": [{"quote": "It holds about 6,240 BTC"}, {"quote": "says Ana Roe"}],
             "roles": {"holder": [{"entity": "e1"}], "asset": [{"concept": "bitcoin"}],
                       "quantity": [{"number": 6240, "unit": "BTC", "bound": "about"}]}}]
    });
    let quads = graph(&[checked(&line.to_string())]);
    let mut lines: Vec<String> = quads.iter().map(|q| format!("{q} .")).collect();
    lines.sort();
    let mut sorted = String::new();
    for quad in RdfParser::from_format(RdfFormat::NQuads).for_slice(lines.join("\n").as_bytes()) {
        let quad = quad.unwrap();
        sorted.push_str(&readable(&quad));
    }
    insta::assert_snapshot!(sorted);
}

/// One line of TriG-like text with prefixes in place of namespaces.
fn readable(quad: &Quad) -> String {
    let mut line = format!("{} {} {} {}", quad.graph_name, quad.subject, quad.predicate, quad.object);
    for (prefix, namespace) in chancery::rdf::vocab::PREFIXES {
        let parts: Vec<&str> = line.split(&format!("<{namespace}")).collect();
        line = parts[1..].iter().fold(parts[0].to_string(), |out, part| {
            let (name, rest) = part.split_once('>').unwrap_or((part, ""));
            format!("{out}{prefix}:{name}{rest}")
        });
    }
    line.trim().to_string() + "\n"
}

#[test]
fn simple_questions_are_simple_queries() {
    let docs = example();
    let names = ask(&docs, "SELECT ?a ?b { ?x ch:hasProgrammeWith ?y . ?x rdfs:label ?a . ?y rdfs:label ?b }");
    assert_eq!(
        names,
        ["\"El Salvador\" \"International Monetary Fund\"", "\"Pakistan\" \"International Monetary Fund\""]
    );
    let tender = ask(&docs, "SELECT ?a { ?x ch:hasLegalTender ch:asset-bitcoin ; rdfs:label ?a }");
    assert_eq!(tender, ["\"El Salvador\""]);
    let quotes = ask(
        &docs,
        "SELECT ?q ?p { ?c ch:supports ?f ; oa:exact ?q ; prov:wasDerivedFrom/schema:publisher/schema:name ?p . \
         ?f a ch:Establishment ; ch:jurisdiction id:entity\\/pk ; ch:dateEarliest ?d FILTER(?d > \"2025-06-01\"^^<http://www.w3.org/2001/XMLSchema#date>) }",
    );
    assert_eq!(quotes.len(), 1);
    assert!(
        quotes[0].contains("Pakistan Virtual Assets Regulatory Authority (PVARA)")
            && quotes[0].contains("Example Gazette")
    );
}

#[test]
fn only_what_is_so_and_holds_has_a_direct_triple() {
    let roles = |action: &str, more: serde_json::Value| json!({"jurisdiction": [{"entity": "e1"}], "asset": [{"concept": "bitcoin"}], "action": [{"concept": action}], "+": more});
    let tender = |action: &str, more: serde_json::Value| {
        let d = doc(
            "a",
            "2025",
            &[("e1", "El Salvador", "country")],
            &[("legal-tender", roles(action, more), "El Salvador did")],
        );
        ask(&[d], "SELECT ?x { ?x ch:hasLegalTender ?y }").len()
    };
    assert_eq!(tender("adopted", json!({})), 1);
    assert_eq!(tender("revoked", json!({})), 0);
    assert_eq!(tender("adopted", json!({"modality": "planned"})), 0);
    assert_eq!(tender("adopted", json!({"polarity": "negated"})), 0);
}
