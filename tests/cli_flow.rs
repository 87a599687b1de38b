//! Articles and claims through the program: build, extract, load, forget, export.

mod cli_support;

use cli_support::{Place, TWO};

const DULL: &str = "{\"id\":\"d-1\",\"language\":\"en\",\"title\":\"Sun\",\"published\":\"2025-05-01\",\"text\":\"The sun shone on the river all day long.\"}\n";

#[test]
fn the_same_documents_in_any_order_give_the_same_store() {
    let one = Place::with_two();
    let other = Place::new();
    let (first, second) = TWO.trim_end().split_once('\n').unwrap();
    other.write("b.jsonl", second);
    other.write("a.jsonl", first);
    assert_eq!(other.run(&["load", "b.jsonl"]).code, 0);
    assert_eq!(other.run(&["load", "a.jsonl"]).code, 0);
    assert_eq!(one.generation(), other.generation());
}

#[test]
fn loading_again_changes_nothing() {
    let place = Place::with_two();
    let current = || std::fs::read_to_string(place.path().join("kg/current")).unwrap();
    let before = current();
    let done = place.run(&["load", "two.jsonl"]);
    assert!(done.code == 0 && done.err.contains("Loaded 2 documents: 2 unchanged"), "{}", done.err);
    assert_eq!(current(), before);
}

#[test]
fn forgetting_is_as_if_it_had_never_been() {
    let place = Place::new();
    let (first, second) = TWO.trim_end().split_once('\n').unwrap();
    place.write("b.jsonl", second);
    place.write("a.jsonl", first);
    place.run(&["load", "b.jsonl"]);
    let before = place.generation();
    place.run(&["load", "a.jsonl"]);
    assert_ne!(place.generation(), before);
    let done = place.run(&["forget", "https://example.org/1"]);
    assert_eq!(done.code, 0, "{}", done.err);
    assert!(done.err.starts_with("Forgot 1 document; left are 1 document"), "{}", done.err);
    assert_eq!(place.generation(), before);
}

#[test]
fn claims_without_text_are_checked_against_the_stores() {
    let place = Place::with_two();
    let line = r#"{"document":{"id":"b-1","language":"es","published":"2025-07-18"},"entities":[{"id":"e1","name":"El Salvador"}],
        "claims":[{"frame":"reserve","roles":{"holder":[{"entity":"e1"}]},"modality":"possible","evidence":[{"quote":"quizá cree una reserva"}]}]}"#;
    let done = place.feed(&["load", "-"], line.replace('\n', ""));
    assert!(done.code == 0 && done.err.contains("1 with other claims than before"), "{}", done.err);
    let done = place.feed(&["load", "-"], line.replace('\n', "").replace("b-1", "b-9"));
    assert!(done.code == 2 && done.err.contains("standard input:1: document.text"), "{}", done.err);
}

#[test]
fn extract_streams_in_the_order_of_its_input() {
    let place = Place::new();
    let lines: String = (0..200).map(|i| DULL.replace("d-1", &format!("d-{i}"))).collect();
    for threads in ["1", "3"] {
        let done = place.feed(&["extract", "-", "--threads", threads], &lines);
        // Nothing in it states anything.
        assert_eq!(done.code, 1, "{}", done.err);
        let ids: Vec<String> = done
            .out
            .lines()
            .map(|l| serde_json::from_str::<serde_json::Value>(l).unwrap())
            .inspect(|json| assert!(json["document"].get("text").is_none()))
            .map(|json| json["document"]["id"].as_str().unwrap().to_string())
            .collect();
        assert_eq!(ids, (0..200).map(|i| format!("d-{i}")).collect::<Vec<_>>());
    }
    let done = place.feed(&["extract", "-", "--with-text"], DULL);
    let json: serde_json::Value = serde_json::from_str(&done.out).unwrap();
    assert_eq!(json["document"]["text"], "The sun shone on the river all day long.");
    // What goes out can come in.
    assert_eq!(place.feed(&["load", "-"], &done.out).code, 0);
}

/// A program that writes one article and waits for its claims gets them.
#[test]
fn extract_answers_line_by_line() {
    use std::io::{BufRead as _, BufReader, Write as _};
    let place = Place::new();
    let piped = std::process::Stdio::piped;
    let mut child = place.command(&["extract", "-", "-q"]).stdin(piped()).stdout(piped()).spawn().unwrap();
    let (mut to, mut from) = (child.stdin.take().unwrap(), BufReader::new(child.stdout.take().unwrap()));
    for i in 0..3 {
        to.write_all(DULL.replace("d-1", &format!("d-{i}")).as_bytes()).unwrap();
        to.flush().unwrap();
        let mut line = String::new();
        from.read_line(&mut line).unwrap();
        assert!(line.contains(&format!("\"d-{i}\"")), "{line}");
    }
    drop(to);
    assert_eq!(child.wait().unwrap().code(), Some(1));
}

#[test]
fn build_adds_keeps_revises_and_prunes() {
    let place = Place::new();
    place.write("in/one.jsonl", DULL);
    place.write("in/two.jsonl", DULL.replace("d-1", "d-2"));
    let done = place.run(&["build", "in", "--threads", "2"]);
    assert!(done.code == 0 && done.out.contains("2 documents: 2 new\n"), "{}{}", done.out, done.err);
    let first = place.generation();
    let done = place.run(&["build", "in", "--threads", "1"]);
    assert!(done.out.contains("2 documents: 2 unchanged\n"), "{}", done.out);
    assert_eq!(place.generation(), first);

    place.write("in/two.jsonl", DULL.replace("d-1", "d-2").replace("sun shone", "moon shone"));
    let done = place.run(&["build", "in"]);
    assert!(done.out.contains("2 documents: 1 revised, 1 unchanged\n"), "{}", done.out);
    let revised = place.run(&["query", "SELECT * { ?new prov:wasRevisionOf ?old }", "-f", "csv"]);
    assert_eq!(revised.out.lines().count(), 2, "{}{}", revised.out, revised.err);

    std::fs::remove_file(place.path().join("in/two.jsonl")).unwrap();
    let done = place.run(&["build", "in"]);
    assert!(done.out.contains("Documents       2 (en 2)"), "{}", done.out);
    let done = place.run(&["build", "in", "--prune"]);
    assert!(done.out.contains("1 document: 1 unchanged, 1 forgotten\n"), "{}", done.out);
    assert!(done.out.contains("Documents       1 (en 1)"), "{}", done.out);
    let fresh = Place::new();
    fresh.write("in/one.jsonl", DULL);
    fresh.run(&["build", "in"]);
    assert_eq!(place.generation(), fresh.generation());
}

#[test]
fn every_format_is_written_to_standard_output_and_to_a_file() {
    let place = Place::with_two();
    for format in chancery::export::FORMATS {
        let name = format.name();
        let saved = place.run(&["export", name, "saved"]);
        assert_eq!((saved.code, saved.out.as_str()), (0, ""), "{name}: {}", saved.err);
        let again = place.run(&["export", name, "-o", "saved"]);
        assert!(again.code == 2 && again.err.contains("--force"), "{name}: {}", again.err);
        assert_eq!(place.run(&["export", name, "-o", "saved", "--force"]).code, 0, "{name}");
        let path = place.path().join("saved");
        // Parquet is no text.
        let done = (name != "parquet").then(|| place.run(&["export", name]));
        if let Some(done) = &done {
            assert_eq!((done.code, done.err.as_str()), (0, ""), "{name}");
            assert_eq!(place.run(&["export", name]).out, done.out, "{name}");
        }
        if format.tables().is_empty() {
            let done = done.unwrap();
            assert_eq!(std::fs::read_to_string(&path).unwrap(), done.out, "{name}");
            std::fs::remove_file(path).unwrap();
        } else {
            assert_eq!(std::fs::read_dir(&path).unwrap().count(), format.tables().len(), "{name}");
            std::fs::remove_dir_all(path).unwrap();
        }
    }
    // The reference form comes out byte for byte.
    assert!(place.run(&["export", "nquads"]).out.as_bytes() == place.generation()["graph.nq"]);
    let drawn = place.run(&["export", "dot", "--focus", "el salvador", "--frame", "holding", "--depth", "2"]);
    assert!(drawn.code == 0 && drawn.out.contains("El Salvador") && !drawn.out.contains("Pakistan"), "{}", drawn.out);
    let done = place.run(&["export", "dot", "--focus", "Narnia"]);
    assert!(done.code == 2 && done.err.contains("Narnia"), "{}", done.err);
    assert_eq!(place.run(&["export", "powerpoint"]).code, 2);
}

#[test]
fn help_man_page_schema_and_completions_are_there() {
    let place = Place::new();
    let help = place.run(&["--help"]);
    assert_eq!(help.code, 0);
    for name in ["build", "extract", "load", "query", "show", "explain", "export", "stats", "forget", "schema"] {
        assert!(help.out.contains(&format!("\n  {name} ")), "{name}");
        let own = place.run(&[name, "--help"]);
        assert!(own.code == 0 && own.out.contains("--store <DIR>"), "{name}");
        assert!(place.run(&["man"]).out.contains(&format!(".SH CHANCERY {}", name.to_uppercase())), "{name}");
    }
    let schema: serde_json::Value = serde_json::from_str(&place.run(&["schema"]).out).unwrap();
    assert_eq!(schema["title"], "Claims document");
    assert!(
        place.run(&["completions", "bash"]).out.contains("letters")
            || place.run(&["completions", "bash"]).out.contains("complete -F")
    );
}
