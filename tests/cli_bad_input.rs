//! Bad input to store, load and command line: a clear message naming file and line, and the store as it was.

mod cli_support;

use cli_support::{Place, TWO};
use std::process::Stdio;
use std::time::Duration;

#[test]
fn broken_lines_are_refused_one_by_one_and_the_rest_is_loaded() {
    let place = Place::new();
    let (first, second) = TWO.trim_end().split_once('\n').unwrap();
    let bad_frame = second.replace("\"b-1\"", "\"b-2\"").replace("\"frame\":\"reserve\"", "\"frame\":\"reserves\"");
    let bad_quote = second.replace("\"b-1\"", "\"b-3\"").replace("\"quote\":\"firmaron", "\"quote\":\"firmarían");
    let bad_role = second.replace("\"b-1\"", "\"b-4\"").replace("\"holder\"", "\"owner\"");
    let again = second.replace("Un acuerdo", "Otro acuerdo");
    let lines = [first, "", second, &bad_frame, &bad_quote, &bad_role, "{\"document\": {\"id\": \"x\"", &again, first];
    let mut bytes = lines.join("\n").into_bytes();
    bytes.extend_from_slice(b"\n{\"document\":\xff\xfe}\n");
    place.write("in.jsonl", bytes);
    let done = place.run(&["load", "in.jsonl"]);
    assert_eq!(done.code, 2, "{}", done.err);
    for (line, what) in
        [(4, "reserves"), (5, "quote"), (6, "owner"), (7, "is not JSON"), (8, "in.jsonl:3"), (10, "UTF-8")]
    {
        let found = done.err.lines().any(|l| l.contains(&format!("in.jsonl:{line}: ")) && l.contains(what));
        assert!(found, "line {line}, {what}: {}", done.err);
    }
    assert!(done.err.contains("Loaded 3 documents: 2 new"), "{}", done.err);
    assert!(done.err.contains("Refused 6 lines"), "{}", done.err);
    let alone = Place::with_two();
    assert_eq!(place.generation(), alone.generation());
}

#[test]
fn a_file_that_is_not_there_stores_nothing() {
    let place = Place::with_two();
    let before = place.generation();
    let done = place.run(&["load", "two.jsonl", "none.jsonl"]);
    assert_eq!(done.code, 2);
    assert!(done.err.contains("none.jsonl: cannot be read: "), "{}", done.err);
    assert_eq!(done.err.lines().count(), 1, "{}", done.err);
    assert_eq!(place.generation(), before);
}

#[test]
fn no_store_another_folder_or_a_newer_store_are_told_apart() {
    let place = Place::new();
    for arguments in [&["query", "ASK {}"][..], &["show", "x"], &["stats"], &["forget", "x"], &["explain", "f"]] {
        let done = place.run(arguments);
        assert_eq!(done.code, 2, "{arguments:?}");
        assert!(done.err.contains("there is no store at ./kg: make one with `chancery build FOLDER`"), "{}", done.err);
    }
    place.write("other/holiday.txt", "sun");
    place.write("two.jsonl", TWO);
    let done = place.run(&["load", "two.jsonl", "--store", "other"]);
    assert_eq!(done.code, 2);
    assert!(done.err.contains("other holds files, but no store"), "{}", done.err);
    assert_eq!(std::fs::read_dir(place.path().join("other")).unwrap().count(), 1);

    let place = Place::with_two();
    place.write("kg/FORMAT", "chancery-store 7\nsomething else\n");
    for arguments in [&["query", "ASK {}"][..], &["load", "two.jsonl"], &["build", "two.jsonl"]] {
        let done = place.run(arguments);
        assert_eq!(done.code, 2);
        assert!(done.err.contains("is of format 7, and this program reads up to format 1"), "{}", done.err);
    }
}

#[test]
fn another_base_than_the_stores_is_refused() {
    let place = Place::new();
    place.write("two.jsonl", TWO);
    let done = place.run(&["load", "two.jsonl", "--base", "https://example.org/graph/"]);
    assert_eq!(done.code, 0, "{}", done.err);
    let done = place.run(&["query", "SELECT ?a { ?a ch:hasLegalTender ?x . id:fact a rdfs:Class }", "-f", "csv"]);
    assert_eq!(done.code, 1, "{}", done.err);
    let done = place.run(&["query", "SELECT ?a { ?a ch:hasLegalTender ?x }", "-f", "csv"]);
    assert_eq!(done.out, "a\r\nhttps://example.org/graph/entity/sv\r\n");
    assert_eq!(place.run(&["load", "two.jsonl"]).code, 0);
    let done = place.run(&["load", "two.jsonl", "--base", "https://example.org/other/"]);
    assert_eq!(done.code, 2);
    assert!(
        done.err.contains("has the base https://example.org/graph/, not https://example.org/other/"),
        "{}",
        done.err
    );
    let done = place.run(&["load", "two.jsonl", "--base", "nonsense", "--store", "new"]);
    assert!(done.code == 2 && done.err.contains("absolute IRI that ends in / or #"), "{}", done.err);
}

#[test]
fn a_damaged_store_names_file_and_line() {
    let place = Place::with_two();
    let current = std::fs::read_to_string(place.path().join("kg/current")).unwrap();
    let log = format!("kg/generations/{}/log.jsonl", current.trim());
    let text = std::fs::read_to_string(place.path().join(&log)).unwrap();
    place.write(&log, text.replacen("\n{", "\n[", 1));
    let done = place.run(&["show", "sv"]);
    assert_eq!(done.code, 2);
    assert!(done.err.contains("log.jsonl: damaged: line 2: "), "{}", done.err);
}

/// A limit on the size of files stands in for a full disk: writing fails in the middle of a file.
#[cfg(unix)]
#[test]
fn a_full_disk_leaves_the_store_as_it_was() {
    let place = Place::with_two();
    let before = place.generation();
    let long = "Word and word. ".repeat(20_000);
    let line = serde_json::json!({"document": {"id": "long", "title": "Long", "language": "en", "text": long}});
    place.write("long.jsonl", format!("{line}\n"));
    let program = env!("CARGO_BIN_EXE_chancery");
    let limited = format!("trap '' XFSZ; ulimit -f 64; exec {program} load long.jsonl");
    let output = std::process::Command::new("sh").args(["-c", &limited]).current_dir(place.path()).output().unwrap();
    let err = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{err}");
    assert!(err.contains("log.jsonl: cannot be written") && err.contains("the store is as it was before"), "{err}");
    assert_eq!(place.generation(), before);
    assert_eq!(std::fs::read_dir(place.path().join("kg/generations")).unwrap().count(), 1);
    assert_eq!(place.run(&["load", "long.jsonl"]).code, 0);
}

/// A process that is killed with no time to clean up, at many moments of its work.
#[test]
fn killed_in_the_middle_leaves_a_whole_store() {
    let place = Place::with_two();
    let mut lines = String::new();
    for i in 0..300 {
        lines.push_str(&TWO.replace("\"a-1\"", &format!("\"a-{i}\"")).replace("\"b-1\"", &format!("\"b-{i}\"")));
    }
    place.write("many.jsonl", lines);
    let before = place.generation();
    let mut killed = 0;
    for wait in [1, 3, 8, 15, 25, 40, 60, 90, 130, 180, 250, 350] {
        let mut child = place.command(&["load", "many.jsonl", "-q"]).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(wait));
        let _ = child.kill();
        let status = child.wait().unwrap();
        let stats = place.run(&["stats", "--json"]);
        let json: serde_json::Value = serde_json::from_str(&stats.out).unwrap_or_else(|e| panic!("{e}: {}", stats.err));
        if status.code() == Some(0) || json["documents"] != 2 {
            assert_eq!(json["documents"], 600);
            break;
        }
        killed += 1;
        assert_eq!(place.generation(), before);
        assert_eq!(place.run(&["query", "legal-tender"]).code, 0);
    }
    assert!(killed > 0);
    let done = place.run(&["load", "many.jsonl"]);
    assert_eq!(done.code, 0, "{}", done.err);
    // What the killed ones left has gone.
    assert_eq!(std::fs::read_dir(place.path().join("kg/generations")).unwrap().count(), 1);
}

#[test]
fn bad_articles_in_a_folder_of_good_ones_are_named_and_the_rest_is_read() {
    let place = Place::new();
    place.write("in/a.md", "---\ntitle: Rain\ndate: 2025-05-01\nlanguage: en\n---\nIt rained on Monday, and on Tuesday it rained again in the hills.\n");
    place.write("in/b.txt", "");
    place.write("in/c.txt", b"\x00\x01\x02\x03\xff\xfe\x00\x00");
    place.write("in/d.jsonl", "{\"id\":\"d-1\",\"language\":\"en\",\"title\":\"Sun\",\"text\":\"The sun shone on the river all day long.\"}\n{\"id\":\n");
    let done = place.run(&["build", "in"]);
    assert_eq!(done.code, 0, "{}", done.err);
    for name in ["b.txt", "c.txt", "d.jsonl:2"] {
        assert!(done.err.lines().any(|l| l.contains(name)), "{name}: {}", done.err);
    }
    assert!(done.out.contains("2 documents: 2 new, 3 not readable"), "{}", done.out);
    assert!(done.out.contains("chancery show \"El Salvador\""), "{}", done.out);
    let done = place.run(&["build", "in", "nowhere"]);
    assert_eq!(done.code, 2, "{}", done.err);
    assert!(done.err.contains("nowhere") && done.out.contains("2 unchanged"), "{}{}", done.err, done.out);
}

#[test]
fn arguments_that_make_no_sense_are_explained() {
    let place = Place::with_two();
    assert_eq!(place.run(&["query", "a", "--format", "yaml"]).code, 2);
    let done = place.run(&["query", "SELECT", "*", "{}"]);
    assert!(done.code == 2 && done.err.contains("put the query in quotation marks"), "{}", done.err);
    let done = place.run(&["forget", "nobody"]);
    assert!(done.code == 1 && done.err.contains("no document \"nobody\""), "{}", done.err);
}
