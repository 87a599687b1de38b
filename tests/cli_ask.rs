//! Asking a store: query, show, explain, stats, as a person sees them.

mod cli_support;

use cli_support::{Done, Place};

/// The first word of a line that begins with a letter and twenty hexadecimal digits.
fn id(text: &str, letter: char) -> String {
    let is = |w: &&str| w.len() == 21 && w.starts_with(letter) && w[1..].bytes().all(|b| b.is_ascii_hexdigit());
    text.split_whitespace().find(is).unwrap().to_string()
}

#[test]
fn a_named_question_gives_a_table() {
    let place = Place::with_two();
    let Done { code, out, err } = place.run(&["query", "letters-of-intent"]);
    assert_eq!((code, err.as_str()), (0, ""));
    insta::assert_snapshot!(out);
}

#[test]
fn answers_come_in_the_standard_formats() {
    let place = Place::with_two();
    let text = "SELECT ?who ?what { ?fact a ch:LegalTenderStatus ; ch:jurisdiction/rdfs:label ?who ; ch:asset ?what }";
    for format in ["csv", "tsv", "json", "xml"] {
        let done = place.run(&["query", text, "--format", format]);
        assert_eq!(done.code, 0, "{}", done.err);
        insta::assert_snapshot!(format!("answer_{format}"), done.out);
    }
    let turtle = place.run(&["query", "CONSTRUCT { ?a ch:agreedWith ?b } { ?a ch:agreedWith ?b }"]);
    assert_eq!(turtle.out.matches("ch:agreedWith").count(), 2, "{}", turtle.out);
    assert_eq!(place.run(&["query", "ASK { ?a ch:agreedWith ?b }"]).out, "yes\n");
    let no = place.run(&["query", "ASK { ?a ch:banned ?b }"]);
    assert_eq!((no.code, no.out.as_str()), (1, "no\n"));
}

#[test]
fn parameters_narrow_a_question() {
    let place = Place::with_two();
    let found = place.run(&["query", "letters-of-intent", "country=pakistan", "--param", "since=2025"]);
    assert_eq!((found.code, found.out.lines().count()), (0, 3), "{}", found.err);
    let none = place.run(&["query", "letters-of-intent", "--param", "since=2026"]);
    assert_eq!((none.code, none.out.as_str(), none.err.as_str()), (1, "", "nothing found\n"));
}

#[test]
fn a_parameter_that_fits_nothing_is_answered_with_what_there_is() {
    let place = Place::with_two();
    let run = |name: &str, param: &str| place.run(&["query", name, "--param", param]);
    for (name, param, code, said) in [
        ("letters-of-intent", "land=Bhutan", 2, "no parameter \"land\"; it has country, instrument, since"),
        ("timeline", "country=Bhutan", 1, "country=Bhutan: no thing in the graph is called that"),
        ("timeline", "country=El Salvadro", 1, "; nearest: El Salvador"),
        ("timeline", "country=o", 1, "country=o can be any of these; give the key:\n  sv  El Salvador (country)\n"),
        ("holdings", "asset=bitcion", 1, "no asset in the graph is called that; nearest: bitcoin"),
        ("holdings", "least=many", 2, "least=many: is no number: write digits"),
        ("largest-holders", "days=1.5", 2, "days=1.5: is no whole number"),
        ("letters-of-intent", "since=soon", 2, "since=soon: "),
        ("document-facts", "document=a-2", 1, "no document in the graph is called that; nearest: a-1"),
        ("publisher-claims", "publisher=Example", 1, "nearest: Example Courier"),
        ("timeline", "country=", 2, "timeline needs country=…: The country"),
        ("holdings", "holder=x\") } #", 1, "no thing in the graph is called that"),
    ] {
        let done = run(name, param);
        assert_eq!((done.code, done.out.as_str()), (code, ""), "{param}: {}", done.err);
        assert!(done.err.contains(said), "{param}: {}", done.err);
    }
}

#[test]
fn an_empty_store_is_told() {
    let place = Place::new();
    place.write("none.jsonl", "");
    place.run(&["load", "none.jsonl"]);
    for arguments in
        [&["query", "bans"][..], &["query", "timeline", "country=Chile"], &["query", "holdings", "asset=bitcoin"]]
    {
        let done = place.run(arguments);
        assert_eq!(done.code, 1, "{}", done.err);
        assert!(
            done.err.contains("the store is empty: put articles into it with `chancery build FOLDER`"),
            "{}",
            done.err
        );
    }
}

#[test]
fn an_answer_can_be_bounded_explained_and_guarded() {
    let place = Place::with_two();
    let all = "SELECT ?s { ?s ?p ?o }";
    let cut = place.run(&["query", all, "--limit", "3", "-f", "csv"]);
    assert_eq!((cut.code, cut.out.lines().count()), (0, 4));
    assert!(cut.err.contains("the first 3 only: there is more without --limit"), "{}", cut.err);
    let whole = place.run(&["query", "ASK {}", "--limit", "1"]);
    assert_eq!(whole.err, "");
    let plan = place.run(&["query", "letters-of-intent", "--explain"]);
    assert_eq!(plan.code, 0, "{}", plan.err);
    assert!(plan.out.contains("ch:party") && plan.out.contains("1 row; "), "{}", plan.out);
    let markdown = place.run(&["query", "holdings", "-f", "markdown"]);
    assert!(
        markdown.out.starts_with("| holder | amount |") && markdown.out.contains("\n| --- | ---: |"),
        "{}",
        markdown.out
    );
    let formula = "SELECT (\"=1+1\" AS ?x) (-1 AS ?y) {}";
    assert_eq!(place.run(&["query", formula, "-f", "csv"]).out, "x,y\r\n=1+1,-1\r\n");
    assert_eq!(place.run(&["query", formula, "-f", "csv", "--spreadsheet"]).out, "x,y\r\n'=1+1,-1\r\n");
    assert_eq!(place.run(&["query", formula, "--spreadsheet"]).code, 2);
}

#[test]
fn a_query_ends_when_its_time_is_over() {
    let place = Place::with_two();
    let long = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n2 ?o }";
    // Reads data without end; and one that holds what it multiplies in memory, where the engine does not look up.
    let ten: String = (0..10).map(|i| format!("{i} ")).collect();
    let values: String = (0..9).map(|i| format!("VALUES ?v{i} {{ {ten} }} ")).collect();
    let held = format!("SELECT (COUNT(*) AS ?n) {{ {values} }}");
    for query in [long, &held] {
        let begun = std::time::Instant::now();
        let done = place.run(&["query", query, "--timeout", "0.3"]);
        assert_eq!((done.code, done.out.as_str()), (2, ""), "{}", done.err);
        assert_eq!(
            done.err,
            "chancery: no answer within 0.3 s: narrow the question, or give it more time with --timeout\n"
        );
        assert!(begun.elapsed().as_secs() < 20);
    }
    assert_eq!(place.run(&["query", "bans", "--timeout", "none"]).code, 2);
    assert_eq!(place.run(&["query", "ASK {}", "--timeout", "60"]).code, 0);
}

#[test]
fn a_query_may_come_from_a_file_or_standard_input() {
    let place = Place::with_two();
    place.write("mine.rq", "# param: least number 1 From.\nSELECT ?n { ?q schema:value ?n FILTER(?n >= $least) }");
    assert_eq!(place.run(&["query", "mine.rq", "-f", "csv"]).out, "n\r\n6200\r\n");
    assert_eq!(place.run(&["query", "mine.rq", "least=7000"]).code, 1);
    assert_eq!(place.feed(&["query", "-"], "ASK { ?a ch:agreedWith ?b }").out, "yes\n");
}

#[test]
fn every_named_question_can_be_asked() {
    let place = Place::with_two();
    let list = place.run(&["query"]);
    assert_eq!(list.code, 0);
    let names: Vec<&str> =
        list.out.lines().filter(|l| !l.starts_with(' ')).filter_map(|l| l.split(' ').next()).collect();
    assert!(names.len() >= 5, "{names:?}");
    for name in names {
        let done = place.run(&["query", name, "--format", "csv"]);
        let wants = done.code == 2 && done.err.contains(&format!("{name} needs "));
        assert!(wants || done.code == 0 || done.code == 1, "{name}: {}", done.err);
    }
}

#[test]
fn a_mistake_in_a_query_is_shown_where_it_is() {
    let place = Place::with_two();
    let done = place.run(&["query", "SELECT ?x\nWHERE { ?x ch:party }"]);
    assert_eq!((done.code, done.out.as_str()), (2, ""));
    assert!(done.err.starts_with("chancery: query:2:21: expected"), "{}", done.err);
    assert!(done.err.contains("2 | WHERE { ?x ch:party }\n   |                     ^"), "{}", done.err);
    let done = place.run(&["query", "letter-of-intent"]);
    assert_eq!(done.code, 2);
    assert!(done.err.contains("did you mean letters-of-intent"), "{}", done.err);
}

#[test]
fn a_card_has_names_and_facts_with_their_sources() {
    let place = Place::with_two();
    for name in ["El Salvador", "el  salvador", "sv"] {
        let done = place.run(&["show", name]);
        assert_eq!(done.code, if name.contains("  ") { done.code } else { 0 }, "{name}: {}", done.err);
    }
    let card = place.run(&["show", "El", "Salvador"]);
    insta::assert_snapshot!(card.out);
}

#[test]
fn what_is_not_there_is_answered_with_what_is() {
    let place = Place::with_two();
    let done = place.run(&["show", "El Salvadro"]);
    assert_eq!((done.code, done.out.as_str()), (1, ""));
    assert!(done.err.contains("nearest: El Salvador"), "{}", done.err);
    let done = place.run(&["show", "office", "bitcoin"]);
    assert_eq!(done.code, 0, "{}", done.err);
}

#[test]
fn a_fact_is_explained_by_every_claim_behind_it() {
    let place = Place::with_two();
    let table = place.run(&["query", "letters-of-intent"]).out;
    let fact = id(&table, 'f');
    let whole = place.run(&["explain", &fact]);
    assert_eq!(whole.code, 0, "{}", whole.err);
    insta::assert_snapshot!(whole.out);
    assert_eq!(place.run(&["explain", &fact[..8]]).out, whole.out);
    assert_eq!(place.run(&["explain", &format!("{}…", &fact[..8])]).out, whole.out);
    assert_eq!(place.run(&["explain", &format!("https://w3id.org/chancery/id/fact/{fact}")]).out, whole.out);
    let claim = id(&whole.out, 'c');
    let one = place.run(&["explain", &claim]);
    assert!(one.out.contains(&fact) && one.out.contains(&claim));
    assert_eq!(one.out.matches('⟦').count(), 1);
    let several = place.run(&["explain", "c"]);
    assert_eq!(several.code, 1);
    assert_eq!(several.err.lines().count(), 6, "{}", several.err);
    assert_eq!(place.run(&["explain", "x00"]).code, 1);
}

#[test]
fn stats_count() {
    let place = Place::with_two();
    let done = place.run(&["stats", "--json"]);
    let json: serde_json::Value = serde_json::from_str(&done.out).unwrap();
    assert_eq!((json["documents"].as_u64(), json["claims"].as_u64()), (Some(2), Some(5)));
    assert_eq!(json["languages"]["es"].as_u64(), Some(1));
    assert!(place.run(&["stats"]).out.contains("claims          5 (agreement 2,"));
}

#[test]
fn nothing_is_coloured_and_a_closed_pipe_is_no_error() {
    let place = Place::with_two();
    for arguments in [&["show", "sv"][..], &["query"], &["stats"], &["explain", "f"], &["query", "holdings"]] {
        let done = place.run(arguments);
        assert!(!done.out.contains('\u{1b}') && !done.err.contains('\u{1b}'), "{arguments:?}");
    }
    for arguments in [
        &["schema"][..],
        &["man"],
        &["show", "sv"],
        &["query", "holdings"],
        &["completions", "zsh"],
        &["query", "SELECT * { ?a ?b ?c . ?d ?e ?f }", "-f", "csv"],
    ] {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let mut child = place.command(arguments).stdout(writer).stderr(std::process::Stdio::piped()).spawn().unwrap();
        let mut err = String::new();
        std::io::Read::read_to_string(child.stderr.as_mut().unwrap(), &mut err).unwrap();
        assert_eq!((child.wait().unwrap().code(), err.as_str()), (Some(0), ""), "{arguments:?}");
    }
}
