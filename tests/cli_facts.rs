//! Contradictions, plans, time: facts as a person asks about them.

mod cli_support;

use cli_support::Place;
use serde_json::{Value as Json, json};

/// A document of one claim about El Salvador (e1), in which the text is the quote.
fn line(id: &str, published: &str, frame: &str, roles: Json, quote: &str) -> Json {
    json!({
        "document": {"id": id, "title": format!("Title {id}"), "publisher": format!("Paper {id}"), "published": published,
                     "language": "en", "text": format!("By {id}: El Salvador {quote}.")},
        "entities": [{"id": "e1", "name": "El Salvador", "type": "country"}],
        "claims": [{"frame": frame, "roles": roles, "evidence": [{"quote": quote}]}]
    })
}

fn holds(id: &str, published: &str, number: Json, quote: &str) -> Json {
    let roles = json!({"holder": [{"entity": "e1"}], "asset": [{"concept": "bitcoin"}],
                       "quantity": [{"number": number, "unit": "BTC"}]});
    line(id, published, "holding", roles, quote)
}

fn tender(id: &str, published: &str, action: &str, date: &str, quote: &str) -> Json {
    let roles = json!({"jurisdiction": [{"entity": "e1"}], "asset": [{"concept": "bitcoin"}],
                       "action": [{"concept": action}], "date": [{"date": date}]});
    line(id, published, "legal-tender", roles, quote)
}

fn with(line: Json, field: &str, value: &str) -> Json {
    let mut line = line;
    line["claims"][0][field] = json!(value);
    line
}

fn place(lines: &[Json]) -> Place {
    let place = Place::new();
    place.write("in.jsonl", lines.iter().map(|l| format!("{l}\n")).collect::<String>());
    let done = place.run(&["load", "in.jsonl"]);
    assert_eq!(done.code, 0, "{}", done.err);
    place
}

/// Legal tender from 2021 to 2025, planned before; two figures that differ and one that is rounded; a denial.
fn sample() -> Place {
    place(&[
        with(tender("plan", "2021-06-09", "adopted", "2021-09", "will be legal tender"), "modality", "planned"),
        tender("made", "2021-09-08", "adopted", "2021-09-07", "bitcoin is legal tender now"),
        tender("over", "2025-02-01", "revoked", "2025-01-30", "bitcoin is legal tender no more"),
        holds("six", "2025-07-01", json!(6238), "holds 6,238 coins"),
        holds("round", "2025-07-02", json!(6200), "holds 6,200 coins"),
        holds("less", "2025-07-10", json!(5100), "holds 5,100 coins"),
        with(holds("no", "2025-07-11", json!(6238), "does not hold 6,238 coins"), "polarity", "negated"),
    ])
}

#[test]
fn conflicts_are_listed_by_kind_with_both_quotes_and_succession_is_none() {
    let place = sample();
    let done = place.run(&["conflicts"]);
    assert_eq!(done.code, 0, "{}", done.err);
    insta::assert_snapshot!(done.out);
    assert!(done.err.contains("1 fact has figures that differ by rounding"), "{}", done.err);
    assert!(!done.out.contains("legal-tender"), "{}", done.out);
    let all = place.run(&["conflicts", "el salvador", "--kind", "figures", "--all", "--json"]);
    let lines: Vec<Json> = all.out.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    let kinds: Vec<&str> = lines.iter().map(|l| l["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["quantity", "rounding"]);
    assert_eq!(lines[1]["figures"].as_array().unwrap().len(), 2);
    let none = place.run(&["conflicts", "--kind", "dates"]);
    assert_eq!((none.code, none.out.as_str()), (1, ""));
    assert_eq!(place.run(&["conflicts", "Narnia"]).code, 1);
    assert_eq!(place.run(&["conflicts", "--kind", "moods"]).code, 2);
    let asked = "SELECT ?one ?other { ?c a ch:Contradiction ; ch:contradictionKind ch:contradiction-quantity ; \
                 ch:between ?one, ?other . FILTER(STR(?one) < STR(?other)) }";
    assert_eq!(place.run(&["query", asked, "-f", "csv"]).out.lines().count(), 2);
}

#[test]
fn a_currency_told_in_another_is_no_contradiction() {
    let reserve = |id: &str, number: u64, unit: &str| {
        let roles = json!({"holder": [{"entity": "e1"}], "asset": [{"concept": "bitcoin"}],
            "quantity": [{"number": 6238, "unit": "BTC"}], "value": [{"number": number, "unit": unit}]});
        line(id, "2025-07-01", "holding", roles, "holds 6,238 coins")
    };
    let place = place(&[reserve("usd", 740_000_000, "USD"), reserve("eur", 630_000_000, "EUR")]);
    assert_eq!(place.run(&["conflicts"]).code, 1);
    let all = place.run(&["conflicts", "--all"]);
    assert!(all.code == 0 && all.out.contains("value: conversion"), "{}{}", all.out, all.err);
}

#[test]
fn a_plan_that_came_about_says_so_and_both_stay() {
    let place = sample();
    let line = place.run(&["timeline", "sv"]);
    assert_eq!(line.code, 0, "{}", line.err);
    insta::assert_snapshot!(line.out);
    let asked = "SELECT ?date { ?plan ch:modality ch:modality-planned ; ch:realisedBy/ch:date ?date }";
    assert!(place.run(&["query", asked, "-f", "csv"]).out.contains("2021-09-07"));
    // What was said after the fact about a time before it is no plan that came about.
    let late =
        with(tender("late", "2026-01-01", "adopted", "2026-05", "will be legal tender again"), "modality", "planned");
    let place = crate::place(&[tender("made", "2021-09-08", "adopted", "2021-09-07", "is legal tender"), late]);
    assert!(!place.run(&["timeline", "sv"]).out.contains("came about"));
}

#[test]
fn a_date_asks_what_held_then_or_what_was_known() {
    let place = sample();
    let tender = "ASK { ?x ch:hasLegalTender ch:asset-bitcoin }";
    for (when, answer) in [("2020", "no\n"), ("2021-10-01", "yes\n"), ("2024-12-31", "yes\n"), ("2025-03", "no\n")] {
        assert_eq!(place.run(&["query", tender, "--as-of", when]).out, answer, "{when}");
    }
    assert_eq!(place.run(&["query", tender]).out, "no\n");
    assert_eq!(place.run(&["query", tender, "--known-by", "2025-01"]).out, "yes\n");
    assert_eq!(place.run(&["query", tender, "--known-by", "2021-07"]).out, "no\n");
    let card = place.run(&["show", "sv", "--known-by", "2021-07"]);
    assert!(card.out.contains("[planned]") && !card.out.contains("came about"), "{}", card.out);
    let card = place.run(&["show", "sv", "--as-of", "2024-12-31"]);
    assert!(card.out.contains("legal tender now") && !card.out.contains("no more"), "{}", card.out);
    assert!(!card.out.contains("ended") && !card.out.contains("6,238"), "{}", card.out);
    let turtle = place.run(&["export", "turtle", "--as-of", "2024-12-31"]);
    assert!(turtle.out.contains("ch:hasLegalTender") && !turtle.out.contains("6,238"), "{}", turtle.out);
    assert_eq!(place.run(&["show", "sv", "--known-by", "1850"]).code, 1);
    for (date, what) in [("soon", "is no date"), ("2025-13", "is no date"), ("0000", "is no date")] {
        let done = place.run(&["query", tender, "--as-of", date]);
        assert!(done.code == 2 && done.err.contains(what), "{}", done.err);
    }
}

#[test]
fn documents_that_tell_no_date_are_left_out_of_known_by_and_named() {
    let mut undated = holds("x", "2025-07-01", json!(10), "holds 10 coins");
    undated["document"].as_object_mut().unwrap().remove("published");
    let place = place(&[undated]);
    let done = place.run(&["export", "nquads", "--known-by", "2030"]);
    assert!(done.err.contains("1 document tells no date of publication"), "{}", done.err);
}

#[test]
fn diff_tells_what_is_new_since_and_between_stores() {
    let place = sample();
    let since = place.run(&["diff", "--since", "2025-02"]);
    assert_eq!(since.code, 0, "{}", since.err);
    assert!(since.out.contains("New (4 facts)") && since.out.contains("Changed (1 fact)"), "{}", since.out);
    assert!(since.out.contains("when 2021-09-07 → 2021-09-07 to 2025-01-30"), "{}", since.out);
    assert!(since.out.contains("New contradictions (2)"), "{}", since.out);
    let nothing = place.run(&["diff", "--since", "2099"]);
    assert_eq!((nothing.code, nothing.out.as_str()), (1, ""));
    let copied = std::process::Command::new("cp").args(["-r", "kg", "old"]).current_dir(place.path()).status();
    assert!(copied.unwrap().success());
    assert_eq!(place.run(&["diff", "old"]).code, 1);
    place.run(&["forget", "less", "plan"]);
    let gone = place.run(&["diff", "old"]);
    assert!(gone.code == 0 && gone.out.contains("Gone (2 facts)"), "{}{}", gone.out, gone.err);
    assert!(place.run(&["diff"]).err.contains("say since when"));
    assert_eq!(place.run(&["diff", "nowhere"]).code, 2);
}

#[test]
fn dates_and_figures_beyond_measure_are_kept_or_refused_with_a_reason() {
    let place = place(&[
        tender("old", "1850-01-01", "adopted", "1849", "was legal tender of old"),
        tender("far", "2150-01-01", "revoked", "2149-12", "will be gone"),
        holds("none", "2025-01-01", json!(0), "holds nothing"),
    ]);
    let line = place.run(&["timeline", "sv"]).out;
    assert!(line.contains("1849") && line.contains("to 2149-12") && line.contains("0 BTC"), "{line}");
    let huge = holds("huge", "2025-01-01", json!(1e300), "holds very many");
    let done = place.feed(&["load", "-"], huge.to_string());
    assert!(done.code == 2 && done.err.contains("standard input:1: claims[0].roles.quantity"), "{}", done.err);
    assert!(place.run(&["timeline", "sv"]).out.contains("1849"));
}

#[test]
fn names_that_look_like_iris_or_turn_the_line_do_no_harm() {
    let name = "https://example.org/a> <b> \u{202e}gnp.exe\u{2066}";
    let mut odd = holds("odd", "2025-01-01", json!(7), "holds seven");
    odd["entities"][0] = json!({"id": "e1", "name": name, "type": "company"});
    odd["document"]["text"] = json!(format!("{name} holds seven."));
    let place = place(&[odd]);
    for arguments in [&["timeline", "gnp"][..], &["show", "gnp"], &["export", "turtle"], &["query", "holdings"]] {
        let done = place.run(arguments);
        assert_eq!(done.code, 0, "{arguments:?}: {}", done.err);
    }
    for command in ["show", "timeline"] {
        let shown = place.run(&[command, "gnp"]).out;
        assert!(shown.contains("⟨U+202E⟩gnp") && !shown.contains('\u{202e}'), "{shown}");
    }
    let lines = place.run(&["export", "nquads"]).out;
    assert!(lines.lines().all(|l| l.ends_with(" .")), "{lines}");
}

#[test]
fn ten_thousand_claims_about_one_fact_are_one_fact() {
    let lines: Vec<Json> =
        (0..10_000).map(|n| holds(&format!("d{n}"), "2025-07-01", json!(6238), "holds 6,238")).collect();
    let place = place(&lines);
    let stats: Json = serde_json::from_str(&place.run(&["stats", "--json"]).out).unwrap();
    assert_eq!((stats["facts"].as_u64(), stats["contradictions"].as_u64()), (Some(1), Some(0)));
    let line = place.run(&["timeline", "sv"]).out;
    assert!(line.contains("source"), "{line}");
}
