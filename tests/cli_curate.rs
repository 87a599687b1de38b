//! What a person decides: review, curate, the file of decisions, and what becomes of it all.

mod cli_support;

use cli_support::{Done, Place};
use serde_json::{Value as Json, json};

fn holds(id: &str, number: u32, name: &str) -> Json {
    let quote = format!("{name} holds {number} coins");
    json!({
        "document": {"id": id, "title": format!("Title {id}"), "publisher": format!("Paper {id}"), "published": "2025-07-01",
                     "language": "en", "text": format!("By {id}: {quote}.")},
        "entities": [{"id": "e1", "name": name, "type": "agency"}],
        "claims": [{"frame": "holding", "confidence": 0.6, "evidence": [{"quote": quote}],
                    "roles": {"holder": [{"entity": "e1"}], "asset": [{"concept": "bitcoin"}],
                              "quantity": [{"number": number, "unit": "BTC"}]}}]
    })
}

fn load(place: &Place, lines: &[Json]) -> Done {
    let done = place.feed(&["load", "-"], lines.iter().map(|l| format!("{l}\n")).collect::<String>());
    assert_eq!(done.code, 0, "{}", done.err);
    done
}

/// Two papers with one figure, one with another, and another name for the same body.
fn place() -> Place {
    let place = Place::new();
    load(
        &place,
        &[
            holds("a", 6238, "Ruritania Coin Office"),
            holds("b", 6238, "Ruritania Coin Office"),
            holds("c", 5100, "Ruritania Coin Office"),
            holds("d", 77, "Coin Bureau"),
        ],
    );
    place
}

/// The id of the claim of a document.
fn claim(place: &Place, document: &str) -> String {
    let rows = place.run(&["review", "--csv", "--decided"]).out;
    let row =
        rows.lines().find(|l| l.trim_end().ends_with(&format!(",{document}"))).unwrap_or_else(|| panic!("{rows}"));
    row.split(',').find(|cell| cell.len() == 21 && cell.starts_with('c')).unwrap().to_string()
}

fn file(place: &Place) -> String {
    std::fs::read_to_string(place.path().join("kg/curation.toml")).unwrap()
}

#[test]
fn review_gives_what_is_worth_a_look_with_its_sentence() {
    let place = place();
    let done = place.run(&["review"]);
    assert_eq!(done.code, 0, "{}", done.err);
    insta::assert_snapshot!(done.out);
    assert_eq!(place.run(&["review", "--only", "contradicted"]).out.lines().count(), 6);
    assert_eq!(place.run(&["review", "--only", "low", "--below", "10"]).code, 1);
    assert_eq!(place.run(&["review", "--only", "new", "--since", "2026"]).code, 1);
    assert!(place.run(&["review", "--limit", "1"]).err.contains("the first 1 of 4"));
    assert_eq!(place.run(&["review", "--below", "101"]).code, 2);
}

#[test]
fn a_rejected_claim_counts_for_nothing_and_is_still_there() {
    let place = place();
    let before = place.generation();
    let id = claim(&place, "c");
    let done = place.run(&["curate", "reject", &id, "--why", "a typing error", "--on", "2025-08-01"]);
    assert_eq!(done.code, 0, "{}", done.err);
    assert_eq!(place.run(&["conflicts"]).code, 1);
    let told = place.run(&["explain", &id]).out;
    assert!(told.contains("decided: rejected: a typing error (2025-08-01)"), "{told}");
    insta::assert_snapshot!(file(&place));
    // The log has every claim as it was read, and without the file all is as before.
    std::fs::remove_file(place.path().join("kg/curation.toml")).unwrap();
    load(&place, &[holds("a", 6238, "Ruritania Coin Office")]);
    assert_eq!(place.generation(), before);
}

#[test]
fn decisions_outlive_revisions_and_tell_when_they_apply_no_more() {
    let place = place();
    let id = claim(&place, "c");
    place.run(&["curate", "amend", &id, "quantity=6238 BTC", "date=2025-06", "--why", "corrected by the paper"]);
    assert_eq!(place.run(&["conflicts"]).code, 1);
    let card = place.run(&["show", "Ruritania Coin Office"]).out;
    assert!(card.contains("2025-06") && !card.contains("5,100"), "{card}");
    // The article is revised around the same words.
    let mut revised = holds("c", 5100, "Ruritania Coin Office");
    revised["document"]["text"] = json!("Corrected. Last night it was so: Ruritania Coin Office holds 5100 coins.");
    let done = load(&place, &[revised]);
    assert!(!done.err.contains("not applied"), "{}", done.err);
    assert_ne!(claim(&place, "c"), "");
    assert!(place.run(&["show", "Ruritania Coin Office"]).out.contains("2025-06"));
    // Then the words go.
    let done = load(&place, &[holds("c", 6300, "Ruritania Coin Office")]);
    assert!(
        done.err.contains("kg/curation.toml:5: \"amend\": document \"c\" makes no such claim any more"),
        "{}",
        done.err
    );
    let done = place.run(&["forget", "c"]);
    assert!(done.err.contains("the store has no document \"c\""), "{}", done.err);
    let list = place.run(&["curate"]);
    assert!(list.code == 0 && list.out.contains("not applied: the store has no document"), "{}", list.out);
    assert!(file(&place).contains("corrected by the paper"));
}

#[test]
fn contradicting_decisions_are_named_and_not_applied() {
    let place = place();
    let id = claim(&place, "c");
    place.run(&["curate", "confirm", &id, "--why", "I saw it"]);
    assert!(place.run(&["explain", &id]).out.contains("confidence 1.00"));
    let done = place.run(&["curate", "reject", &id, "--why", "I saw it not"]);
    assert_eq!(done.err.matches("contradicts").count(), 2, "{}", done.err);
    assert_eq!(place.run(&["conflicts"]).code, 0, "neither is applied");

    let place = crate::place();
    let names = ["Ruritania Coin Office", "Coin Bureau"];
    let done = place.run(&["curate", "same", names[0], names[1], "--why", "renamed in June"]);
    assert_eq!(done.code, 0, "{}", done.err);
    let card = place.run(&["show", names[1]]).out;
    assert!(
        card.contains("6,238 BTC") && card.contains("77 BTC") && card.contains("joined: renamed in June"),
        "{card}"
    );
    // A cycle of "same" is one thing; with "not same" in it, nothing of it is applied.
    assert!(!place.run(&["curate", "same", names[1], names[0], "--why", "again"]).err.contains("not applied"));
    let done = place.run(&["curate", "not-same", names[1], names[0], "--why", "two offices"]);
    assert_eq!(done.err.matches("not applied:").count(), 3, "{}", done.err);
    assert!(!place.run(&["show", names[1]]).out.contains("6,238 BTC"));
}

#[test]
fn bodies_of_one_name_can_be_kept_apart_by_document() {
    let place = place();
    let all = place.run(&["stats", "--json"]).out;
    let things = |text: &str| serde_json::from_str::<Json>(text).unwrap()["things"].as_u64().unwrap();
    let done = place.run(&[
        "curate",
        "not-same",
        "Ruritania Coin Office @ a",
        "Ruritania Coin Office @ c",
        "--why",
        "old and new",
    ]);
    assert_eq!(done.code, 0, "{}", done.err);
    assert!(!done.err.contains("not applied"), "{}", done.err);
    assert_eq!(things(&place.run(&["stats", "--json"]).out), things(&all) + 1);
    let done =
        place.run(&["curate", "not-same", "Ruritania Coin Office", "Ruritania Coin Office @ c", "--why", "no sense"]);
    assert!(done.err.contains("say in which document"), "{}", done.err);
}

#[test]
fn things_are_renamed_typed_and_linked() {
    let place = place();
    for (what, to) in [("rename", "Bureau of Coins"), ("type", "regulator"), ("wikidata", "Q4242")] {
        let done = place.run(&["curate", what, "Coin Bureau", to, "--why", "its site says so"]);
        assert_eq!(done.code, 0, "{}", done.err);
    }
    let card = place.run(&["show", "coin bureau"]).out;
    assert!(
        card.contains("Bureau of Coins") && card.contains("regulator") && card.contains("wikidata:Q4242"),
        "{card}"
    );
    assert!(card.contains("decided: renamed: its site says so; type set: its site says so"), "{card}");
    let asked = "ASK { ?x rdfs:label \"Bureau of Coins\" ; a ch:Regulator ; owl:sameAs wd:Q4242 ; ch:curated ?why }";
    assert_eq!(place.run(&["query", asked]).out, "yes\n");
    let done = place.run(&["curate", "rename", "Coin Bureau", "Coinery", "--why", "no"]);
    assert_eq!(done.err.matches("contradicts line").count(), 2, "{}", done.err);
    for (arguments, what) in [
        (["type", "Coin Bureau", "volcano"], "is no type of thing; types are country"),
        (["wikidata", "Coin Bureau", "792"], "is no Wikidata id: write Q792"),
    ] {
        let done = place.run(&[&["curate"][..], &arguments, &["--why", "x"]].concat());
        assert!(done.code == 2 && done.err.contains(what), "{}", done.err);
    }
    assert_eq!(place.run(&["curate", "rename", "Nobody", "Somebody", "--why", "x"]).code, 1);
}

#[test]
fn an_edited_table_is_read_back() {
    let place = place();
    let table = place.run(&["review", "--csv", "--only", "contradicted"]).out;
    let (c, a) = (claim(&place, "c"), claim(&place, "a"));
    let edited: String = table
        .lines()
        .map(|line| match line {
            l if l.contains(&c) => l.replacen(",,,", "amend,quantity=6238 BTC,misprint,", 1),
            l if l.contains(&a) => l.replacen(",,,", "confirm,,seen,", 1),
            l => l.to_string(),
        } + "\r\n")
        .collect();
    place.write("look.csv", format!("\u{feff}{edited}"));
    let done = place.run(&["curate", "read", "look.csv"]);
    assert!(done.code == 0 && done.err.contains("2 decisions more"), "{}", done.err);
    assert_eq!(place.run(&["conflicts"]).code, 1);
    assert!(!place.run(&["review", "--csv"]).out.contains(&c), "what is decided is not looked at again");
    place.write("none.csv", table);
    assert_eq!(place.run(&["curate", "read", "none.csv"]).code, 1);
    for (text, what) in [
        ("a,b\n1,2\n".to_string(), "bad.csv:1: there is no column \"decision\""),
        (format!("decision;why;claim\ndoubt;x;{c}\n"), "bad.csv:2: \"doubt\" is no decision about a claim"),
        (format!("decision,why,claim\nreject,,{c}\n"), "bad.csv:2: the decision has no reason"),
        ("decision,why,claim\nreject,x,c00\n".to_string(), "bad.csv:2: the store has no claim \"c00\""),
        (format!("decision,why,set,claim\namend,x,colour=red,{c}\n"), "bad.csv:2: \"colour\" is no role of holding"),
        (format!("decision,why,set,claim\namend,x,quantity=1e300 BTC,{c}\n"), "quantity can't be \"1e300 BTC\""),
    ] {
        place.write("bad.csv", text);
        let done = place.run(&["curate", "read", "bad.csv"]);
        assert!(done.code == 2 && done.err.contains(what), "{what}: {}", done.err);
    }
}

#[test]
fn a_file_that_is_not_as_it_should_be_is_named_with_its_line() {
    let place = place();
    let before = place.generation();
    for (text, what) in [
        ("schema = 1\n\n[[decision]]\ndecide = \"maybe\"\nwhy = \"x\"\n", "mine.toml:4: "),
        (
            "schema = 1\n[[decision]]\ndecide = \"reject\"\nwhy = \"x\"\n",
            "mine.toml:2: \"reject\" is about a claim and has no document",
        ),
        ("schema = 1\n[[decision]]\ndecide = \"same\"\nthings = [\"A\"]\nwhy = \"x\"\n", "needs two things or more"),
        ("schema = 1\n[[decision]]\ndecide = \"same\"\nthings = [\"A\", \"B\"]\nwhy = \"\"\n", "has no reason"),
        (
            "schema = 7\n[[decision]]\ndecide = \"same\"\nthings = [\"A\", \"B\"]\nwhy = \"x\"\n",
            "mine.toml:1: schema is 7",
        ),
    ] {
        place.write("mine.toml", text);
        for command in [&["curate", "--curation", "mine.toml"][..], &["load", "--curation", "mine.toml", "-"]] {
            let done = place.feed(command, "");
            assert!(done.code == 2 && done.err.contains(what), "{what}: {}", done.err);
        }
    }
    assert_eq!(place.generation(), before);
    // A file beside the articles serves as well, and its comments stay.
    place.write("mine.toml", "# ours\nschema = 1\n");
    let id = claim(&place, "c");
    let done = place.run(&["curate", "--curation", "mine.toml", "reject", &id, "--why", "no"]);
    assert_eq!(done.code, 0, "{}", done.err);
    assert!(std::fs::read_to_string(place.path().join("mine.toml")).unwrap().starts_with("# ours\nschema = 1\n"));
    assert!(!place.path().join("kg/curation.toml").exists());
    assert_eq!(place.run(&["curate", "reject", "nonsense", "--why", "x"]).code, 2);
    assert_eq!(place.run(&["curate"]).code, 1);
}
