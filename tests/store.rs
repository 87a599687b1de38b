//! The store as a library: generations, locks, history, what is kept and what is read again. One file, though a long one,
//! since all of it works on the same small documents and folders.

use chancery::data::Data;
use chancery::document::Reader;
use chancery::extract::Extract;
use chancery::frame::Frames;
use chancery::model::{ClaimsDocument, Document, DocumentRecord, Extractor, FORMAT};
use chancery::store::{Basis, BuildOptions, BuildReport, Changes, Event, Store, StoreError, build};
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

fn basis() -> &'static Basis {
    static BASIS: OnceLock<Basis> = OnceLock::new();
    // One entry instead of some thousands, which every derivation would go through.
    let gazetteer = "schema = 1\n[[entity]]\nkey = \"alpha\"\ntype = \"company\"\nnames = { en = [\"Alpha\"] }\n";
    let files = [("gazetteer/test.toml".to_string(), gazetteer.to_string())];
    BASIS.get_or_init(|| Basis::new(&Data::embedded().without("gazetteer/").with(files)).unwrap())
}

/// A document that states one holding.
fn doc(id: &str, holder: &str, amount: u32) -> ClaimsDocument {
    let line = serde_json::json!({
        "document": {"id": id, "title": "Holdings", "publisher": format!("Paper of {id}"), "published": "2025-03-01",
                     "language": "en", "text": format!("{holder} holds {amount} BTC, it was said.")},
        "entities": [{"id": "e1", "name": holder, "type": "company"}],
        "claims": [{"frame": "holding",
                    "roles": {"holder": [{"entity": "e1"}], "asset": [{"concept": "bitcoin"}],
                              "quantity": [{"number": amount, "unit": "BTC"}]},
                    "evidence": [{"quote": format!("{holder} holds {amount} BTC")}]}]
    });
    chancery::claims::check(&line.to_string(), "test", |_| None, Frames::embedded()).unwrap()
}

fn put(docs: impl IntoIterator<Item = ClaimsDocument>) -> Changes {
    Changes { put: docs.into_iter().map(Into::into).collect(), ..Changes::default() }
}

fn forget(ids: &[&str]) -> Changes {
    Changes { forget: ids.iter().map(|id| id.to_string()).collect(), ..Changes::default() }
}

fn update(dir: &Path, changes: Changes) -> chancery::store::Report {
    Store::create_or_open(dir, None).unwrap().write().unwrap().update(changes, basis()).unwrap()
}

/// Every file of the current generation.
fn files(dir: &Path) -> BTreeMap<String, Vec<u8>> {
    let current = fs::read_to_string(dir.join("current")).unwrap();
    fs::read_dir(dir.join("generations").join(current.trim()))
        .unwrap()
        .map(|e| e.unwrap().path())
        .filter(|p| p.is_file())
        .map(|p| (p.file_name().unwrap().to_str().unwrap().to_string(), fs::read(p).unwrap()))
        .collect()
}

fn generations(dir: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(dir.join("generations")).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn what_is_put_can_be_read_back() {
    let dir = tempfile::tempdir().unwrap();
    let report = update(dir.path(), put([doc("b", "Beta", 2), doc("a", "Alpha", 1)]));
    assert_eq!((report.added.as_slice(), report.written), (&["a".to_string(), "b".to_string()][..], true));
    let store = Store::open(dir.path()).unwrap();
    let docs: Vec<ClaimsDocument> = store.documents().unwrap().map(|d| d.unwrap()).collect();
    assert_eq!(docs, [doc("a", "Alpha", 1), doc("b", "Beta", 2)]);
    assert_eq!(store.knowledge().unwrap().facts.len(), 2);
    assert_eq!(store.graph().unwrap().len().unwrap(), store.meta().quads);
    assert_eq!((store.meta().documents, store.meta().frames["holding"]), (2, 2));
    let rows = store.ledger().unwrap();
    assert_eq!((rows[0].id.as_str(), rows[0].claims, rows[0].key.as_ref()), ("a", 1, None));
}

#[test]
fn a_revision_replaces_claims_and_remembers_the_former_texts() {
    let dir = tempfile::tempdir().unwrap();
    update(dir.path(), put([doc("a", "Alpha", 1)]));
    let first = doc("a", "Alpha", 1).document.meta.sha256.unwrap();
    let second = doc("a", "Alpha", 2).document.meta.sha256.unwrap();
    let report = update(dir.path(), put([doc("a", "Alpha", 2)]));
    assert_eq!(report.revised, ["a"]);
    update(dir.path(), put([doc("a", "Alpha", 3)]));
    let store = Store::open(dir.path()).unwrap();
    let now = store.documents().unwrap().next().unwrap().unwrap();
    assert_eq!(now.document.former, [first.clone(), second.clone()]);
    assert_eq!((store.meta().documents, store.meta().claims), (1, 1));
    let nquads = String::from_utf8(files(dir.path())["graph.nq"].clone()).unwrap();
    let revisions: Vec<&str> = nquads.lines().filter(|l| l.contains("prov#wasRevisionOf")).collect();
    assert_eq!(revisions.len(), 2);
    assert!(revisions.iter().any(|l| l.contains("document/a> ") && l.contains(&format!("version/{second}>"))));
    // Back to a text that it had: that one is no former text then.
    update(dir.path(), put([doc("a", "Alpha", 1)]));
    let now = Store::open(dir.path()).unwrap().documents().unwrap().next().unwrap().unwrap();
    assert!(!now.document.former.contains(&first) && now.document.former.contains(&second));
}

#[test]
fn nothing_is_written_where_nothing_changes() {
    let dir = tempfile::tempdir().unwrap();
    update(dir.path(), put([doc("a", "Alpha", 1)]));
    let before = generations(dir.path());
    let report = update(dir.path(), put([doc("a", "Alpha", 1)]));
    assert_eq!((report.unchanged.as_slice(), report.written), (&["a".to_string()][..], false));
    assert!(!update(dir.path(), forget(&["unknown"])).written);
    assert_eq!(generations(dir.path()), before);
}

#[test]
fn readers_keep_what_they_opened_and_it_goes_when_they_have_gone() {
    let dir = tempfile::tempdir().unwrap();
    update(dir.path(), put([doc("a", "Alpha", 1)]));
    let reader = Store::open(dir.path()).unwrap();
    update(dir.path(), put([doc("b", "Beta", 2)]));
    update(dir.path(), put([doc("c", "Gamma", 3)]));
    assert_eq!(generations(dir.path()), ["000001", "000003"]);
    assert_eq!(reader.documents().unwrap().count(), 1);
    assert_eq!(reader.graph().unwrap().len().unwrap(), reader.meta().quads);
    drop(reader);
    update(dir.path(), put([doc("d", "Delta", 4)]));
    assert_eq!(generations(dir.path()), ["000004"]);
}

#[test]
fn one_writer_at_a_time() {
    let dir = tempfile::tempdir().unwrap();
    let writer = Store::create_or_open(dir.path(), None).unwrap().write().unwrap();
    let second = Store::open(dir.path()).unwrap().write();
    assert!(matches!(&second, Err(StoreError::Busy { .. })));
    assert!(second.unwrap_err().to_string().contains("another process is writing"));
    drop(writer);
    assert!(Store::open(dir.path()).unwrap().write().is_ok());
}

#[test]
fn what_a_killed_writer_left_is_not_seen_and_goes() {
    let dir = tempfile::tempdir().unwrap();
    update(dir.path(), put([doc("a", "Alpha", 1)]));
    let before = files(dir.path());
    let half = dir.path().join("generations/000002");
    fs::create_dir(&half).unwrap();
    fs::write(half.join("log.jsonl"), "{\"format\":\"chanc").unwrap();
    fs::create_dir(dir.path().join("generations/000001.old")).unwrap();
    fs::write(dir.path().join("current.new"), "0000").unwrap();
    assert_eq!(Store::open(dir.path()).unwrap().meta().documents, 1);
    assert_eq!(files(dir.path()), before);
    update(dir.path(), put([doc("b", "Beta", 2)]));
    assert_eq!(generations(dir.path()).len(), 1);
    assert_eq!(Store::open(dir.path()).unwrap().meta().documents, 2);
}

#[test]
fn a_store_that_is_empty_can_be_asked() {
    let dir = tempfile::tempdir().unwrap();
    assert!(matches!(Store::open(dir.path()), Err(StoreError::NotThere { .. })));
    let store = Store::create_or_open(dir.path(), Some("https://example.org/kg#")).unwrap();
    assert_eq!((store.base(), store.meta().documents), ("https://example.org/kg#", 0));
    assert!(store.graph().unwrap().is_empty().unwrap());
    assert_eq!((store.documents().unwrap().count(), store.ledger().unwrap().len()), (0, 0));
    assert!(matches!(Store::create_or_open(dir.path(), Some("x")), Err(StoreError::Base { .. })));
}

/// States nothing, and counts how often it is asked.
struct Counting {
    version: &'static str,
    asked: AtomicUsize,
}

impl Extract for Counting {
    fn identity(&self) -> Extractor {
        Extractor { name: "counting".into(), version: self.version.into() }
    }

    fn extract(&self, document: &Document) -> ClaimsDocument {
        self.asked.fetch_add(1, Ordering::SeqCst);
        let record = DocumentRecord {
            meta: document.meta.clone(),
            text: Some(document.body().to_string()),
            extractor: Some(self.identity()),
            ..DocumentRecord::default()
        };
        ClaimsDocument { format: FORMAT.into(), document: record, entities: Vec::new(), claims: Vec::new() }
    }
}

fn article(folder: &Path, name: &str, publisher: &str) {
    let text = serde_json::json!({"id": name, "title": name, "language": "en", "published": "2025-03-01",
        "publisher": publisher, "text": "The sun shone on the river all day long."});
    fs::write(folder.join(format!("{name}.json")), text.to_string()).unwrap();
}

/// One build of a folder with a counting extractor; with how often that was asked.
fn built(dir: &Path, input: &Path, version: &'static str, options: BuildOptions) -> (BuildReport, usize) {
    let reader = Reader::new(&Data::embedded()).unwrap();
    let extractor = Counting { version, asked: AtomicUsize::new(0) };
    let mut writer = Store::create_or_open(dir, None).unwrap().write().unwrap();
    let inputs = [PathBuf::from(input)];
    let mut events = 0;
    let observe = |event: Event| events += usize::from(matches!(event, Event::Document(_)));
    let report = build(&mut writer, &reader, &extractor, basis(), &inputs, options, observe).unwrap();
    assert_eq!(events, report.documents);
    (report, extractor.asked.into_inner())
}

const PLAIN: BuildOptions = BuildOptions { threads: 2, prune: false };
const PRUNE: BuildOptions = BuildOptions { threads: 2, prune: true };

#[test]
fn claims_are_kept_until_something_can_change_them() {
    let (dir, input) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    article(input.path(), "one", "A");
    article(input.path(), "two", "A");
    let (report, asked) = built(dir.path(), input.path(), "1", PLAIN);
    assert_eq!((report.report.added.len(), asked), (2, 2));
    let (report, asked) = built(dir.path(), input.path(), "1", PLAIN);
    assert_eq!((report.kept, asked, report.report.written), (2, 0, false));
    // Metadata can bear on claims.
    article(input.path(), "two", "B");
    let (report, asked) = built(dir.path(), input.path(), "1", PLAIN);
    assert_eq!((report.kept, report.again, asked), (1, 1, 1));
    let (report, asked) = built(dir.path(), input.path(), "2", PLAIN);
    assert_eq!((report.again, asked, report.report.renewed.len()), (2, 2, 2));
}

#[test]
fn claims_that_were_loaded_stay_while_the_text_is_the_same() {
    let (dir, input) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    article(input.path(), "one", "A");
    built(dir.path(), input.path(), "1", PLAIN);
    let mut by_hand = Store::open(dir.path()).unwrap().documents().unwrap().next().unwrap().unwrap();
    by_hand.document.extractor = Some(Extractor { name: "by hand".into(), version: "1".into() });
    update(dir.path(), put([by_hand]));
    let (report, asked) = built(dir.path(), input.path(), "1", PRUNE);
    assert_eq!((report.loaded.as_slice(), asked, report.report.written), (&["one".to_string()][..], 0, false));
    // Loaded documents are in no folder: pruning leaves them.
    fs::remove_file(input.path().join("one.json")).unwrap();
    article(input.path(), "two", "A");
    let (report, _) = built(dir.path(), input.path(), "1", PRUNE);
    assert_eq!((report.report.forgotten.len(), report.report.meta.documents), (0, 2));
}

#[test]
fn pruning_forgets_what_is_gone_but_not_what_cannot_be_read() {
    let (dir, input) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    article(input.path(), "one", "A");
    article(input.path(), "two", "A");
    built(dir.path(), input.path(), "1", PLAIN);
    fs::write(input.path().join("two.json"), "{\"id\":").unwrap();
    let (report, _) = built(dir.path(), input.path(), "1", PRUNE);
    assert!(report.not_pruned && report.report.forgotten.is_empty());
    fs::remove_file(input.path().join("two.json")).unwrap();
    let (report, _) = built(dir.path(), input.path(), "1", PRUNE);
    assert_eq!((report.report.forgotten.as_slice(), report.not_pruned), (&["two".to_string()][..], false));
}

#[test]
fn any_number_of_threads_gives_the_same_store() {
    let input = tempfile::tempdir().unwrap();
    for i in 0..40 {
        article(input.path(), &format!("n-{i}"), "A");
    }
    let stores: Vec<_> = [1, 2, 7]
        .map(|threads| {
            let dir = tempfile::tempdir().unwrap();
            built(dir.path(), input.path(), "1", BuildOptions { threads, prune: false });
            files(dir.path())
        })
        .into();
    assert_eq!(stores[0], stores[1]);
    assert_eq!(stores[0], stores[2]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]

    /// However documents come and go, the store is that of the documents that are there.
    #[test]
    fn a_store_depends_on_its_documents_alone(steps in proptest::collection::vec((0..5_usize, any::<bool>()), 1..8)) {
        let names = ["Alpha", "Beta", "Alpha Holdings", "Gamma", "Beta"];
        let dir = tempfile::tempdir().unwrap();
        let mut there: BTreeMap<String, ClaimsDocument> = BTreeMap::new();
        for (which, add) in steps {
            let id = format!("d-{which}");
            if add {
                // One text a document: revisions leave a trace, and should.
                let document = doc(&id, names[which], which as u32 + 1);
                update(dir.path(), put([document.clone()]));
                there.insert(id, document);
            } else {
                update(dir.path(), forget(&[&id]));
                there.remove(&id);
            }
        }
        let fresh = tempfile::tempdir().unwrap();
        update(fresh.path(), put(there.into_values()));
        prop_assert_eq!(files(dir.path()), files(fresh.path()));
    }
}

#[test]
fn adding_a_document_touches_what_it_bears_on_whatever_the_size_of_the_store() {
    let touched = |size: u32| {
        let dir = tempfile::tempdir().unwrap();
        let many = (0..size).map(|n| doc(&format!("m-{n}"), &format!("Holder number {n} of many"), n + 10));
        let all = update(dir.path(), put(many));
        assert_eq!((all.blocks, all.touched), (size as usize, size as usize));
        let one = update(dir.path(), put([doc("new", "Holder number 3 of many", 13)]));
        let gone = update(dir.path(), forget(&["m-5"]));
        assert_eq!((gone.blocks, gone.touched), (size as usize - 1, 0));
        (one.touched, one.blocks)
    };
    assert_eq!(touched(20), (1, 20));
    assert_eq!(touched(200), (1, 200));
}

/// A step: put a document in one of two texts, forget it, or decide about it or its holder.
#[derive(Debug, Clone, Copy)]
enum Step {
    Put(usize, u32),
    Forget(usize),
    Decide(usize, usize),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        3 => (0..4_usize, 1..3_u32).prop_map(|(which, text)| Step::Put(which, text)),
        1 => (0..4_usize).prop_map(Step::Forget),
        2 => (0..4_usize, 0..4_usize).prop_map(|(which, what)| Step::Decide(which, what)),
    ]
}

/// A document of one of four: two about holdings, two about one country's legal tender, which one text gives and the other
/// takes away.
fn made(which: usize, text: u32) -> ClaimsDocument {
    let id = format!("d-{which}");
    if which < 2 {
        return doc(&id, ["Alpha", "Beta"][which], text);
    }
    let (action, date) = if text == 1 { ("adopted", "2021-09") } else { ("revoked", "2023-03") };
    let line = serde_json::json!({
        "document": {"id": id, "title": "Tender", "publisher": format!("Paper of {id}"), "published": "2025-03-01",
                     "language": "en", "text": format!("Ruritania {action} bitcoin, {id} says.")},
        "entities": [{"id": "e1", "name": "Ruritania", "type": "country"}],
        "claims": [{"frame": "legal-tender", "evidence": [{"quote": format!("Ruritania {action} bitcoin")}],
                    "roles": {"jurisdiction": [{"entity": "e1"}], "asset": [{"concept": "bitcoin"}],
                              "action": [{"concept": action}], "date": [{"date": date}]}}]
    });
    chancery::claims::check(&line.to_string(), "test", |_| None, Frames::embedded()).unwrap()
}

fn decision(which: usize, what: usize, names: &[&str]) -> chancery::curate::Decision {
    use chancery::curate::Verdict;
    let made = made(which, 1);
    let decide = [Verdict::Reject, Verdict::Amend, Verdict::Same, Verdict::Rename][what];
    let about = chancery::curate::Decision::about(&made.claims[0], &made, Frames::embedded(), decide, "why", None);
    match decide {
        Verdict::Amend => {
            let set = [("date".to_string(), "2022".to_string())].into();
            chancery::curate::Decision { set, ..about }
        }
        Verdict::Same | Verdict::Rename => {
            let things = if decide == Verdict::Same {
                vec![names[which].into(), "Beta".into()]
            } else {
                vec![names[which].into()]
            };
            let (document, frame, quote) = (None, None, None);
            chancery::curate::Decision {
                document,
                frame,
                quote,
                things,
                to: Some("Omega".into()),
                roles: BTreeMap::new(),
                ..about
            }
        }
        _ => about,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    /// However documents come, change and go and whatever is decided on the way, the store is that of what is there in the
    /// end: the documents with their histories, and the decisions.
    #[test]
    fn a_store_is_what_a_build_from_scratch_is(steps in proptest::collection::vec(step(), 1..10)) {
        let names = ["Alpha", "Beta", "Ruritania", "Ruritania"];
        let embedded = || {
            let gazetteer = "schema = 1\n[[entity]]\nkey = \"alpha\"\ntype = \"company\"\nnames = { en = [\"Alpha\"] }\n";
            let files = [("gazetteer/test.toml".to_string(), gazetteer.to_string())];
            Basis::new(&Data::embedded().without("gazetteer/").with(files)).unwrap()
        };
        let mut curation = chancery::curate::Curation::default();
        let dir = tempfile::tempdir().unwrap();
        let update = |dir: &Path, changes: Changes, curation: &chancery::curate::Curation| {
            let basis = embedded().with(curation.clone());
            Store::create_or_open(dir, None).unwrap().write().unwrap().update(changes, &basis).unwrap()
        };
        for step in steps {
            let changes = match step {
                Step::Put(which, text) => put([made(which, text)]),
                Step::Forget(which) => forget(&[&format!("d-{which}")]),
                Step::Decide(which, what) => {
                    curation.push(decision(which, what, &names));
                    Changes::default()
                }
            };
            update(dir.path(), changes, &curation);
        }
        let there: Vec<ClaimsDocument> =
            Store::open(dir.path()).unwrap().documents().unwrap().map(|d| d.unwrap()).collect();
        let fresh = tempfile::tempdir().unwrap();
        update(fresh.path(), put(there), &curation);
        prop_assert_eq!(files(dir.path()), files(fresh.path()));
    }
}
