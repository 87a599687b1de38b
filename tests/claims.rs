//! Claims documents by other tools: what is found, what is refused, and with which words.

mod common;

use chancery::claims::{check, json_schema};
use chancery::frame::Frames;
use common::{checked, doc, example};
use serde_json::{Value as Json, json};

const TEXT: &str = "Señor Bukele said: “El Salvador holds 6,240 BTC.” El Salvador signed nothing.";

fn line(change: impl FnOnce(&mut Json)) -> String {
    let mut line = json!({
        "format": "chancery-claims/1",
        "document": {"id": "a", "title": "Título", "language": "en", "published": "2025-07-17", "text": TEXT},
        "entities": [{"id": "e1", "name": "El Salvador", "type": "country"}],
        "claims": [{"frame": "holding", "confidence": 0.9,
                    "roles": {"holder": [{"entity": "e1"}], "asset": [{"concept": "bitcoin"}],
                              "quantity": [{"number": 6240, "unit": "BTC"}]},
                    "evidence": [{"quote": "El Salvador holds 6,240 BTC"}]}]
    });
    change(&mut line);
    line.to_string()
}

/// The messages for a line that has to be refused, without the place.
fn refused(line: &str) -> String {
    let errors = check(line, "f.jsonl:7", |_| None, Frames::embedded()).expect_err("the line has to be refused");
    errors.iter().map(|e| format!("{e}\n")).collect()
}

#[test]
fn offsets_count_code_points_and_are_found() {
    let doc = checked(&line(|_| ()));
    let full: Vec<char> = doc.document.full().unwrap().chars().collect();
    let (claim, entity) = (&doc.claims[0], &doc.entities[0]);
    let evidence = &claim.evidence[0];
    assert_eq!((evidence.start, evidence.end), (Some(28), Some(55)));
    assert_eq!(full[28..55].iter().collect::<String>(), evidence.quote);
    assert_eq!(entity.mentions.iter().map(|m| m.start.unwrap()).collect::<Vec<_>>(), [28, 58]);
    assert_eq!(claim.roles["holder"][0].place().start, Some(28));
}

#[test]
fn a_wrong_offset_goes_to_the_nearest_place() {
    let doc =
        checked(&line(|l| l["claims"][0]["evidence"][0] = json!({"quote": "El Salvador", "start": 50, "end": 52})));
    assert_eq!(doc.claims[0].evidence[0].start, Some(58));
    assert_eq!(doc.claims[0].roles["holder"][0].place().start, Some(58));
}

#[test]
fn quotes_are_verbatim_or_refused() {
    for quote in ["El Salvador  holds", "el salvador holds", "“El Salvador holds 6,240 BTC.\""] {
        let message = refused(&line(|l| l["claims"][0]["evidence"][0]["quote"] = json!(quote)));
        assert!(message.starts_with("f.jsonl:7: claims[0].evidence[0].quote: \""), "{message}");
        assert!(message.contains("does not stand in the text"), "{message}");
    }
}

#[test]
fn everything_wrong_is_said_at_once() {
    let message = refused(&line(|l| {
        l["format"] = json!("chancery-claims/9");
        l["entities"][0]["type"] = json!("planet");
        l["entities"][0]["wikidata"] = json!("792");
        l["claims"][0]["confidence"] = json!(1.5);
        l["claims"][0]["polarty"] = json!("negated");
        l["claims"][0]["roles"]["holder"] = json!([{"entity": "e9"}]);
        l["claims"][0]["roles"]["asset"] = json!([{"concept": "Gold Bars"}]);
        l["claims"][0]["roles"]["quantity"] = json!([{"number": "many", "unit": "BTC"}]);
        l["claims"][0]["roles"]["owner"] = json!([]);
        l["claims"][0]["roles"]["date"] = json!([{"date": "last May"}]);
        l["claims"].as_array_mut().unwrap().push(json!({"frame": "holdings", "roles": {}, "evidence": []}));
    }));
    insta::assert_snapshot!(message);
}

#[test]
fn broken_lines_are_refused_as_a_whole() {
    assert!(refused("{\"document\": ").contains("is not JSON"));
    assert!(refused("[]").contains("is a list, not an object"));
    assert!(refused("{}").contains("document: is missing"));
    assert!(refused(r#"{"document":{}}"#).contains("give the document's text"));
    let twice = line(|l| l["entities"].as_array_mut().unwrap().push(json!({"id": "e1", "name": "Bukele"})));
    assert!(refused(&twice).contains("entities[1].id: \"e1\" stands twice"));
}

#[test]
fn entities_have_to_be_in_the_text() {
    let message = refused(&line(|l| l["entities"][0]["name"] = json!("Elsalvador")));
    assert!(message.contains("entities[0].name: neither \"Elsalvador\" nor an alias stands in the text"), "{message}");
    let inferred = checked(&line(|l| {
        l["entities"][0]["name"] = json!("Elsalvador");
        l["claims"][0]["roles"]["holder"] = json!([{"entity": "e1", "inferred": true}]);
    }));
    assert!(inferred.claims[0].roles["holder"][0].place().inferred);
}

#[test]
fn the_text_comes_from_the_store_where_the_line_has_none() {
    let without = line(|l| {
        l["document"].as_object_mut().unwrap().remove("text");
        l["document"].as_object_mut().unwrap().remove("title");
    });
    let store = |id: &str| (id == "a").then(|| format!("Título\n\n{TEXT}"));
    let doc = check(&without, "f", store, Frames::embedded()).unwrap();
    assert_eq!(doc, checked(&line(|_| ())));
    assert!(check(&without, "f", |_| None, Frames::embedded()).is_err());
}

#[test]
fn a_claim_keeps_its_id_when_what_does_not_identify_it_changes() {
    let id = |l: String| checked(&l).claims[0].id.clone();
    let first = id(line(|_| ()));
    let same = id(line(|l| {
        l["claims"][0]["id"] = json!("mine");
        l["claims"][0]["confidence"] = json!(0.2);
        l["claims"][0]["roles"]["date"] = json!([{"date": "2025"}]);
        l["claims"][0]["evidence"][0]["quote"] = json!("holds 6,240 BTC");
        l["claims"][0]["evidence"][0]["pattern"] = json!("holding/other");
    }));
    assert_eq!(first, same);
    assert_ne!(first, id(line(|l| l["claims"][0]["roles"]["quantity"][0]["number"] = json!(6241))));
    assert_ne!(first, id(line(|l| l["document"]["id"] = json!("b"))));
    let twice = checked(&line(|l| {
        let again = l["claims"][0].clone();
        l["claims"].as_array_mut().unwrap().push(again);
    }));
    assert_ne!(twice.claims[0].id, twice.claims[1].id);
}

#[test]
fn a_document_without_an_id_is_known_by_its_url_else_its_text() {
    let url = checked(&line(|l| l["document"]["id"] = json!(""))).document.meta.id;
    assert!(url.starts_with("sha256:"), "{url}");
    let with = |l: &mut Json| {
        l["document"]["id"] = Json::Null;
        l["document"]["url"] = json!("https://example.org/a");
    };
    assert_eq!(checked(&line(with)).document.meta.id, "https://example.org/a");
}

#[test]
fn what_was_checked_is_good_again_and_the_same() {
    for doc in example() {
        assert_eq!(checked(&serde_json::to_string(&doc).unwrap()), doc);
    }
}

#[test]
fn the_schema_names_every_role_of_every_frame() {
    let frames = Frames::embedded();
    let schema = json_schema(frames);
    let parts = schema["$defs"]["claim"]["allOf"].as_array().unwrap();
    assert_eq!(parts.len(), frames.iter().count());
    for (part, frame) in parts.iter().zip(frames.iter()) {
        let roles = part["then"]["properties"]["roles"]["properties"].as_object().unwrap();
        assert_eq!(roles.keys().collect::<Vec<_>>(), frame.roles.keys().collect::<Vec<_>>());
    }
}

#[test]
fn unused_roles_and_empty_lists_are_left_out() {
    let d = doc(
        "d",
        "2025",
        &[("e1", "Ruritania", "country")],
        &[(
            "ban",
            json!({"authority": [{"entity": "e1"}], "target": [], "action": [{"concept": "imposed"}]}),
            "Ruritania banned it",
        )],
    );
    assert_eq!(d.claims[0].roles.keys().collect::<Vec<_>>(), ["authority", "action"]);
}
