//! What each station takes: `cargo bench`. Whole processes are timed by benches/process.sh.

use chancery::claims;
use chancery::data::Data;
use chancery::document::Reader;
use chancery::extract::{Engine, Extract as _};
use chancery::frame::Frames;
use chancery::lexicon::Gazetteer;
use chancery::model::{ClaimsDocument, Document};
use chancery::query::{Format, Question, Writing, ask, write};
use chancery::rdf::vocab;
use chancery::resolve::resolve;
use chancery::store::{Basis, BuildOptions, Changes, Graph, Store, build};
use divan::counter::{BytesCount, ItemsCount};
use divan::{Bencher, black_box};
use oxigraph::io::RdfFormat;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

fn main() {
    divan::main();
}

/// How many copies of the sample graph make the graph that is loaded: some 80,000 quads instead of 5,000.
const COPIES: usize = 15;

fn samples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data/articles")
}

fn engine() -> &'static Engine {
    static ENGINE: OnceLock<Engine> = OnceLock::new();
    ENGINE.get_or_init(|| Engine::new(&Data::embedded()).unwrap())
}

fn articles() -> &'static [Document] {
    static ARTICLES: OnceLock<Vec<Document>> = OnceLock::new();
    ARTICLES.get_or_init(|| {
        let reader = Reader::new(&Data::embedded()).unwrap();
        reader.read(&[samples()]).map(|d| d.unwrap()).collect()
    })
}

fn claimed() -> Vec<ClaimsDocument> {
    let each = articles().iter().map(|document| {
        let mut doc = engine().extract(document);
        claims::assign_ids(&mut doc, Frames::embedded());
        doc
    });
    each.collect()
}

/// The graph of the sample articles as sorted N-Quads.
fn graph() -> &'static [u8] {
    static GRAPH: OnceLock<Vec<u8>> = OnceLock::new();
    GRAPH.get_or_init(|| {
        let dir = tempfile::tempdir().unwrap();
        let basis = Basis::new(&Data::embedded()).unwrap();
        let reader = Reader::new(&Data::embedded()).unwrap();
        let mut writer = Store::create_or_open(dir.path(), None).unwrap().write().unwrap();
        let options = BuildOptions { threads: 2, prune: false };
        build(&mut writer, &reader, engine(), &basis, &[samples()], options, |_| ()).unwrap();
        drop(writer);
        let current = fs::read_to_string(dir.path().join("current")).unwrap();
        fs::read(dir.path().join("generations").join(current.trim()).join("graph.nq")).unwrap()
    })
}

/// The same many times over, each copy about things of its own.
fn large() -> &'static str {
    static LARGE: OnceLock<String> = OnceLock::new();
    LARGE.get_or_init(|| {
        let one = std::str::from_utf8(graph()).unwrap();
        let copy = |k: usize| one.replace(vocab::BASE, &format!("{}{k}-", vocab::BASE));
        (0..COPIES).map(copy).collect()
    })
}

/// Claims of all sample articles on one core, lists loaded; bytes are those of title and text.
#[divan::bench(sample_count = 30)]
fn extract(bencher: Bencher) {
    let bytes: usize = articles().iter().map(|d| d.full.len()).sum();
    // Each language is unpacked when it is first asked for.
    claimed();
    bencher.counter(BytesCount::new(bytes)).bench_local(|| {
        for document in articles() {
            let mut doc = engine().extract(document);
            claims::assign_ids(&mut doc, Frames::embedded());
            black_box(doc);
        }
    });
}

/// Reading the sample articles from their files: passages, languages, chrome.
#[divan::bench(sample_count = 30)]
fn read(bencher: Bencher) {
    let reader = Reader::new(&Data::embedded()).unwrap();
    let inputs = [samples()];
    let bytes: usize = articles().iter().map(|d| d.full.len()).sum();
    bencher.counter(BytesCount::new(bytes)).bench_local(|| reader.read(&inputs).count());
}

/// Things, facts and contradictions of all sample articles.
#[divan::bench(sample_count = 20)]
fn resolve_samples(bencher: Bencher) {
    let docs = claimed();
    bencher
        .counter(ItemsCount::new(docs.len()))
        .bench_local(|| resolve(black_box(&docs), Gazetteer::embedded(), Frames::embedded()));
}

/// Our loading of a store's quads.
#[divan::bench(sample_count = 10)]
fn load_chancery(bencher: Bencher) {
    let quads = large();
    bencher
        .counter(ItemsCount::new(quads.lines().count()))
        .bench_local(|| Graph::from_nquads(black_box(quads.as_bytes())).unwrap());
}

/// The engine's own bulk loader on the same quads, to compare with.
#[divan::bench(sample_count = 10)]
fn load_oxigraph(bencher: Bencher) {
    let quads = large();
    bencher.counter(ItemsCount::new(quads.lines().count())).bench_local(|| {
        let index = oxigraph::store::Store::new().unwrap();
        let mut loader = index.bulk_loader();
        loader.load_from_slice(RdfFormat::NQuads, black_box(quads.as_bytes())).unwrap();
        loader.commit().unwrap();
        index
    });
}

/// The sample graph from its file's bytes: what a query pays before it begins.
#[divan::bench]
fn open_samples(bencher: Bencher) {
    bencher.bench_local(|| Graph::from_nquads(black_box(graph())).unwrap());
}

/// Each named query over the sample graph, answered as CSV.
#[divan::bench(args = ["bans", "holdings", "imf-programmes", "legal-tender", "letters-of-intent", "licences", "regulators-founded"])]
fn query(bencher: Bencher, name: &str) {
    let index = Graph::from_nquads(graph()).unwrap();
    let question = Question::named(name).unwrap();
    bencher.bench_local(|| {
        let answer = ask(&index, vocab::BASE, &question, &[]).unwrap();
        write(answer, &Writing::new(Format::Csv, vocab::BASE), &mut Vec::new()).unwrap()
    });
}

/// A store of so many documents about holders of their own, each with one claim.
fn holdings(documents: usize) -> Vec<ClaimsDocument> {
    let one = |n: usize| {
        let (holder, amount) = (format!("Holder number {n} of many"), n + 10);
        let line = serde_json::json!({
            "document": {"id": format!("m-{n}"), "title": "Holdings", "publisher": format!("Paper {n}"), "language": "en",
                         "published": "2025-03-01", "text": format!("{holder} holds {amount} BTC, paper {n} says.")},
            "entities": [{"id": "e1", "name": holder, "type": "company"}],
            "claims": [{"frame": "holding", "evidence": [{"quote": format!("{holder} holds {amount} BTC")}],
                        "roles": {"holder": [{"entity": "e1"}], "asset": [{"concept": "bitcoin"}],
                                  "quantity": [{"number": amount, "unit": "BTC"}]}}]
        });
        claims::check(&line.to_string(), "bench", |_| None, Frames::embedded()).unwrap()
    };
    (0..documents).map(one).collect()
}

/// One document more in a store of so many: one block is made anew, whatever the size. The rest (things, the graph's file)
/// is done for the whole store.
#[divan::bench(args = [100, 1000, 10_000], sample_count = 3)]
fn add_one(bencher: Bencher, documents: usize) {
    let basis = Basis::new(&Data::embedded()).unwrap();
    let dir = tempfile::tempdir().unwrap();
    let put =
        |docs: Vec<ClaimsDocument>| Changes { put: docs.into_iter().map(Into::into).collect(), ..Changes::default() };
    let mut writer = Store::create_or_open(dir.path(), None).unwrap().write().unwrap();
    let mut docs = holdings(documents + 1);
    let last = docs.pop().unwrap();
    writer.update(put(docs), &basis).unwrap();
    bencher.bench_local(|| {
        let report = writer.update(put(vec![last.clone()]), &basis).unwrap();
        assert_eq!((report.touched, report.blocks), (1, documents + 1));
        let forget = vec![last.document.meta.id.clone()];
        writer.update(Changes { forget, ..Changes::default() }, &basis).unwrap();
    });
}
