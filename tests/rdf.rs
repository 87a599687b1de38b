//! The graph: its size, its ontology, what it looks like.

mod common;

use chancery::data::Data;
use chancery::frame::Frames;
use chancery::rdf::{nquads_sorted, ontology, ontology_turtle, quads, vocab::BASE};
use chancery::resolve::resolve;
use common::{example, gazetteer};

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
fn the_worked_example_stays_within_the_budget() {
    let docs = example();
    let frames = Frames::embedded();
    let k = resolve(&docs, gazetteer(), frames);
    let quads = quads(&k, &docs, frames, gazetteer(), BASE);
    let text = nquads_sorted(&quads);
    let claims: usize = docs.iter().map(|d| d.claims.len()).sum();
    println!("{text}\n{} quads, {claims} claims", quads.len());
    assert!(!text.contains("_:"), "no blank nodes");
}
