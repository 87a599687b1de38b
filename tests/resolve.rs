//! Claims documents become knowledge: what is one thing, what is one fact, what contradicts what.

mod common;

use chancery::frame::Frames;
use chancery::model::{ClaimsDocument, Fact, Knowledge, Term, Thing};
use chancery::resolve::resolve;
use common::{doc, example, gazetteer};
use proptest::prelude::*;
use serde_json::{Value as Json, json};

fn known(docs: &[ClaimsDocument]) -> Knowledge {
    resolve(docs, gazetteer(), Frames::embedded())
}

fn of<'a>(k: &'a Knowledge, frame: &str) -> Vec<&'a Fact> {
    k.facts.values().filter(|f| f.frame == frame).collect()
}

fn thing_of<'a>(k: &'a Knowledge, document: &str, entity: &str) -> &'a Thing {
    k.things.values().find(|t| t.members.iter().any(|m| m.document == document && m.entity == entity)).unwrap()
}

fn rule<'a>(k: &'a Knowledge, document: &str, entity: &str) -> &'a str {
    let members = &thing_of(k, document, entity).members;
    &members.iter().find(|m| m.document == document && m.entity == entity).unwrap().rule
}

/// Whether entities of documents, as (document, entity), are one thing.
fn same(k: &Knowledge, a: (&str, &str), b: (&str, &str)) -> bool {
    thing_of(k, a.0, a.1).key == thing_of(k, b.0, b.1).key
}

type Names<'a> = &'a [(&'a str, &'a str, &'a str)];

fn names(id: &str, entities: Names) -> ClaimsDocument {
    doc(id, "2025-01-01", entities, &[])
}

#[test]
fn the_worked_example_says_what_it_should() {
    let k = known(&example());
    let programmes = of(&k, "programme");
    assert_eq!(programmes.len(), 2, "a programme told twice is one");
    assert!(programmes.iter().all(|f| f.sources == 2 && f.date.is_some()));
    assert!(programmes.iter().all(|f| f.confidence > example()[2].claims[0].confidence));
    assert_eq!(of(&k, "establishment").len(), 2);
    assert!(k.contradictions.is_empty(), "{:?}", k.contradictions);
    let stance = of(&k, "stance")[0];
    assert!(matches!(stance.terms("target").next(), Some(Term::Text(t)) if t.starts_with("risks")));
}

#[test]
fn a_country_decides_between_bodies_of_one_name() {
    let docs = [
        names("a", &[("e1", "Nigeria", "country"), ("e2", "SEC", "regulator")]),
        names("b", &[("e1", "United States", "country"), ("e2", "SEC", "regulator"), ("e3", "Treasury", "ministry")]),
        names("c", &[("e1", "SEC", "regulator")]),
        names("d", &[("e1", "Georgia", "country"), ("e2", "Treasury", "ministry")]),
        names("e", &[("e1", "Georgia", "territory")]),
    ];
    let k = known(&docs);
    assert_eq!(thing_of(&k, "a", "e2").key, "ng-sec");
    assert_eq!(rule(&k, "a", "e2"), "gazetteer-name-in-country");
    assert_eq!(thing_of(&k, "b", "e2").key, "us-sec");
    assert_eq!(thing_of(&k, "b", "e3").key, "us-treasury");
    assert_eq!(rule(&k, "b", "e3"), "gazetteer-local-name");
    assert!(thing_of(&k, "c", "e1").key.starts_with("sec-"), "nothing tells which");
    assert!(thing_of(&k, "d", "e2").key.starts_with("treasury-"), "another country's");
    assert_eq!((thing_of(&k, "d", "e1").key.as_str(), thing_of(&k, "e", "e1").key.as_str()), ("ge", "us-ga"));
}

#[test]
fn names_in_any_language_lead_to_the_gazetteers_thing() {
    let docs = [
        names("a", &[("e1", "Internationaal Monetair Fonds", "institution"), ("e2", "Le Salvador", "country")]),
        names("b", &[("e1", "FMI", "institution"), ("e2", "EL SALVADOR", "country"), ("e3", "Bitcoin", "asset")]),
    ];
    let k = known(&docs);
    assert_eq!(k.things.keys().collect::<Vec<_>>(), ["btc", "imf", "sv"]);
}

#[test]
fn unknown_bodies_join_by_name_acronym_and_initials() {
    let full = "Ruritanian Virtual Assets Authority";
    let mut with_alias = names("b", &[("e1", "National Office of Tokens", "agency"), ("e2", "Pakistan", "country")]);
    with_alias.entities[0].aliases.push("BUTOKEN".to_string());
    let docs = [
        names("a", &[("e1", full, "regulator"), ("e2", "Pakistan", "country")]),
        with_alias,
        names("c", &[("e1", "RVAA", "regulator"), ("e2", "Pakistan", "country"), ("e3", "BUTOKEN", "agency")]),
        names("d", &[("e1", &format!("The {full}"), "regulator"), ("e2", "Pakistan", "country")]),
        names("e", &[("e1", "RVAA", "regulator"), ("e2", "Nigeria", "country")]),
    ];
    let k = known(&docs);
    assert!(same(&k, ("a", "e1"), ("d", "e1")) && same(&k, ("a", "e1"), ("c", "e1")));
    assert_eq!(rule(&k, "c", "e1"), "initials");
    assert!(same(&k, ("b", "e1"), ("c", "e3")));
    assert_eq!(rule(&k, "c", "e3"), "acronym");
    assert!(!same(&k, ("a", "e1"), ("e", "e1")), "another country's");
    let thing = thing_of(&k, "a", "e1");
    assert!(thing.key.starts_with("ruritanian-virtual-assets-authority-") || thing.key.starts_with("rvaa-"));
    assert_eq!(thing.name, full);
    assert_eq!(thing.former_keys.len(), 1, "the acronym's own key still leads here");
}

#[test]
fn a_joining_document_joins_and_parts_again_when_forgotten() {
    let mut joining = names("c", &[("e1", "Bureau of Tokens", "agency"), ("e2", "Pakistan", "country")]);
    joining.entities[0].aliases.push("BOTX".to_string());
    let apart = [
        names("a", &[("e1", "Bureau of Tokens", "agency"), ("e2", "Pakistan", "country")]),
        names("b", &[("e1", "BOTX", "agency"), ("e2", "Pakistan", "country")]),
    ];
    let before = known(&apart);
    assert!(!same(&before, ("a", "e1"), ("b", "e1")));
    let with: Vec<_> = apart.iter().cloned().chain([joining]).collect();
    let joined = known(&with);
    assert!(same(&joined, ("a", "e1"), ("b", "e1")));
    let thing = thing_of(&joined, "a", "e1");
    let keys: Vec<&String> = std::iter::once(&thing.key).chain(&thing.former_keys).collect();
    for key in [&thing_of(&before, "a", "e1").key, &thing_of(&before, "b", "e1").key] {
        assert!(keys.contains(&key), "{key} still resolves");
    }
    assert_eq!(known(&apart), before);
}

#[test]
fn persons_join_by_parts_of_their_name_and_not_across_countries() {
    let docs = [
        names("a", &[("e1", "Jane Q. Roe", "person"), ("e2", "Roe", "person"), ("e3", "Pakistan", "country")]),
        names("b", &[("e1", "Roe", "person"), ("e2", "Pakistan", "country")]),
        names("c", &[("e1", "Roe", "person"), ("e2", "Nigeria", "country")]),
        names("d", &[("e1", "Mr. Jane Q. Roe", "person"), ("e2", "John Roe", "person"), ("e3", "Roe", "person")]),
        names("e", &[("e1", "Roe", "company")]),
    ];
    let k = known(&docs);
    assert_eq!(rule(&k, "a", "e2"), "name-part");
    assert_eq!(rule(&k, "b", "e1"), "name-part-in-country");
    assert!(same(&k, ("a", "e1"), ("b", "e1")) && same(&k, ("a", "e1"), ("d", "e1")));
    for other in [("c", "e1"), ("d", "e2"), ("d", "e3"), ("e", "e1")] {
        assert!(!same(&k, ("a", "e1"), other), "{other:?}");
    }
}

#[test]
fn a_wikidata_id_of_another_sort_of_thing_is_not_believed() {
    let mut docs = [names("a", &[("e1", "Salvadorland", "country"), ("e2", "Fund of Funds", "company")])];
    docs[0].entities[0].wikidata = Some("Q792".into());
    docs[0].entities[1].wikidata = Some("Q7804".into());
    let k = known(&docs);
    assert_eq!(thing_of(&k, "a", "e1").key, "sv");
    assert_ne!(thing_of(&k, "a", "e2").key, "imf");
}

#[test]
fn descriptions_are_words_and_no_things() {
    let ban =
        json!({"authority": [{"entity": "e1"}], "target": [{"entity": "e2"}], "action": [{"concept": "imposed"}]});
    let docs = [doc(
        "a",
        "2025",
        &[("e1", "Nigeria", "country"), ("e2", "nineteen companies", "description")],
        &[("ban", ban, "Nigeria banned nineteen companies")],
    )];
    let k = known(&docs);
    assert_eq!(k.things.len(), 1);
    assert_eq!(of(&k, "ban")[0].terms("target").collect::<Vec<_>>(), [&Term::Text("nineteen companies".into())]);
}

/// A document that says one thing of one frame about El Salvador and Pakistan.
fn told(id: &str, published: &str, frame: &str, roles: Json) -> ClaimsDocument {
    let quote = format!("El Salvador and Pakistan, as {id} tells it");
    doc(id, published, &[("e1", "El Salvador", "country"), ("e2", "Pakistan", "country")], &[(frame, roles, &quote)])
}

fn signed(date: &str) -> Json {
    json!({"party": [{"entity": "e1"}, {"entity": "e2"}], "instrument": [{"concept": "treaty"}], "date": [{"date": date}]})
}

fn tender(action: &str, date: &str) -> Json {
    json!({"jurisdiction": [{"entity": "e1"}], "asset": [{"concept": "bitcoin"}], "action": [{"concept": action}], "date": [{"date": date}]})
}

fn holds(number: u32, date: &str) -> Json {
    json!({"holder": [{"entity": "e1"}], "asset": [{"concept": "bitcoin"}], "quantity": [{"number": number, "unit": "BTC"}], "date": [{"date": date}]})
}

#[test]
fn differing_dates_are_two_facts_and_a_contradiction() {
    let docs = [
        told("a", "2025-08-01", "agreement", signed("2025-07-16")),
        told("b", "2025-08-02", "agreement", signed("2025-07-18")),
        told("c", "2025-08-03", "agreement", signed("2025")),
        told("d", "2028-08-03", "agreement", signed("2028-01")),
    ];
    let k = known(&docs);
    assert_eq!(of(&k, "agreement").len(), 3);
    let first = of(&k, "agreement").into_iter().find(|f| f.support.len() == 2).unwrap();
    assert_eq!(first.date.unwrap().to_string(), "2025-07-16");
    assert_eq!(k.contradictions.len(), 1, "{:?}", k.contradictions);
    assert_eq!((k.contradictions[0].kind.as_str(), k.contradictions[0].role.as_deref()), ("date", Some("date")));
}

#[test]
fn amounts_of_one_month_contradict_unless_one_rounds_the_other() {
    let docs = [
        told("a", "2025-07-10", "holding", holds(6238, "2025-07")),
        told("b", "2025-07-20", "holding", holds(6200, "2025-07")),
        told("c", "2025-07-21", "holding", holds(5999, "2025-07")),
        told("d", "2021-07-21", "holding", holds(400, "2021-07")),
    ];
    let k = known(&docs);
    assert_eq!(of(&k, "holding").len(), 3);
    assert_eq!(k.contradictions.len(), 1, "{:?}", k.contradictions);
    assert_eq!(
        (k.contradictions[0].kind.as_str(), k.contradictions[0].role.as_deref()),
        ("quantity", Some("quantity"))
    );
}

#[test]
fn what_is_asserted_and_denied_contradicts_unless_the_denial_is_older() {
    let denied = |date: &str| {
        let mut roles = signed(date);
        roles["+"] = json!({"polarity": "negated"});
        roles
    };
    let docs = [
        told("a", "2025-08-01", "agreement", signed("2025-07-16")),
        told("b", "2025-08-05", "agreement", denied("2025-07")),
    ];
    let k = known(&docs);
    assert_eq!(k.contradictions.iter().map(|c| c.kind.as_str()).collect::<Vec<_>>(), ["polarity"]);
    let mut older = denied("2025");
    older.as_object_mut().unwrap().remove("date");
    let docs =
        [told("a", "2025-08-01", "agreement", signed("2025-07-16")), told("b", "2025-06-05", "agreement", older)];
    assert!(known(&docs).contradictions.is_empty());
}

#[test]
fn a_later_fact_ends_a_state_and_does_not_contradict_it() {
    let docs = [
        told("a", "2021-10-01", "legal-tender", tender("adopted", "2021-09-07")),
        told("b", "2025-02-01", "legal-tender", tender("revoked", "2025-01")),
    ];
    let k = known(&docs);
    assert!(k.contradictions.is_empty());
    let ended = of(&k, "legal-tender").into_iter().find(|f| f.ended_by.is_some()).unwrap();
    assert_eq!(ended.until.unwrap().to_string(), "2025-01");
    assert_eq!(ended.ended_by.as_ref().map(|id| &k.facts[id].roles[2].term), Some(&Term::Concept("revoked".into())));
    let again = told("c", "2027-02-01", "legal-tender", tender("adopted", "2027-01"));
    let k = known(&[docs[0].clone(), docs[1].clone(), again]);
    let open: Vec<_> = of(&k, "legal-tender").into_iter().filter(|f| f.ended_by.is_none()).collect();
    assert_eq!(open.len(), 2, "what was adopted anew still holds");
}

#[test]
fn a_plan_stays_beside_what_came_of_it() {
    let mut planned = tender("adopted", "2021-09");
    planned["+"] = json!({"modality": "planned"});
    let docs = [
        told("a", "2021-06-10", "legal-tender", planned),
        told("b", "2021-10-01", "legal-tender", tender("adopted", "2021-09-07")),
    ];
    assert_eq!(of(&known(&docs), "legal-tender").len(), 2);
}

#[test]
fn reprints_and_one_publisher_count_once() {
    let mut docs = vec![
        told("a", "2025-08-01", "agreement", signed("2025-07")),
        told("b", "2025-08-01", "agreement", signed("2025-07")),
        told("c", "2025-08-01", "agreement", signed("2025-07")),
    ];
    let words: Vec<String> = (0..120).map(|n| format!("word{}", n * n % 97)).collect();
    for d in &mut docs[..2] {
        let text = d.document.text.clone().unwrap();
        d.document.text = Some(format!("{text} {}", words.join(" ")));
    }
    let sources = |docs: &[ClaimsDocument]| of(&known(docs), "agreement")[0].sources;
    assert_eq!(sources(&docs), 2, "a is a reprint of b");
    docs[2].document.meta.publisher = docs[0].document.meta.publisher.clone();
    assert_eq!(sources(&docs), 1, "and c is by the publisher of a");
}

#[test]
fn claims_that_leave_open_who_are_not_joined_across_documents() {
    let roles = || json!({"target": [{"text": "El Salvador and Pakistan"}], "action": [{"concept": "imposed"}]});
    let docs = [told("a", "2025", "ban", roles()), told("b", "2025", "ban", roles())];
    assert_eq!(of(&known(&docs), "ban").len(), 2);
}

/// Documents with one to three claims each, about few things, so that they meet.
fn corpus() -> impl Strategy<Value = Vec<ClaimsDocument>> {
    let date = prop_oneof![Just("2024"), Just("2025"), Just("2025-07"), Just("2025-07-16"), Just("2025-07-18")];
    let claim = (0usize..4, date, 1u32..5, any::<bool>()).prop_map(|(sort, date, n, negated)| {
        let (frame, mut roles) = match sort {
            0 => ("agreement", signed(date)),
            1 => ("holding", holds(n * 100, date)),
            2 => ("legal-tender", tender("adopted", date)),
            _ => ("legal-tender", tender("revoked", date)),
        };
        if negated && n == 1 {
            roles["+"] = json!({"polarity": "negated"});
        }
        (frame, roles)
    });
    let person = prop_oneof![Just("Roe"), Just("Jane Roe"), Just("Jane Q. Roe"), Just("Ruritania"), Just("RVAA")];
    let body =
        prop_oneof![Just("SEC"), Just("RVAA"), Just("Ruritanian Virtual Assets Authority"), Just("Pakistan Office")];
    let document = (proptest::collection::vec(claim, 1..4), person, body, 0u8..3);
    proptest::collection::vec(document, 1..7).prop_map(|documents| {
        let all = documents.into_iter().enumerate();
        all.map(|(i, (claims, person, body, publisher))| {
            let id = format!("d{i}");
            let quotes: Vec<String> =
                (0..claims.len()).map(|n| format!("El Salvador and Pakistan, sentence {n}")).collect();
            let claims: Vec<(&str, Json, &str)> =
                claims.into_iter().zip(&quotes).map(|((f, r), q)| (f, r, q.as_str())).collect();
            let entities = [
                ("e1", "El Salvador", "country"),
                ("e2", "Pakistan", "country"),
                ("e3", person, "person"),
                ("e4", body, "regulator"),
            ];
            let mut d = doc(&id, "2025-08-01", &entities, &claims);
            d.document.meta.publisher = Some(format!("Paper {publisher}"));
            d
        })
        .collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn the_order_of_documents_does_not_matter(docs in corpus(), turn in 0usize..7, back in any::<bool>()) {
        let first = known(&docs);
        let mut other = docs.clone();
        let by = turn % other.len();
        other.rotate_left(by);
        if back {
            other.reverse();
        }
        prop_assert_eq!(serde_json::to_string(&first).unwrap(), serde_json::to_string(&known(&other)).unwrap());
    }

    #[test]
    fn every_claim_supports_one_fact_and_every_entity_is_one_thing(docs in corpus()) {
        let k = known(&docs);
        let mut claims: Vec<&str> = docs.iter().flat_map(|d| &d.claims).map(|c| c.id.as_str()).collect();
        let mut supports: Vec<&str> = k.facts.values().flat_map(|f| &f.support).map(|s| s.claim.as_str()).collect();
        claims.sort();
        supports.sort();
        prop_assert_eq!(claims, supports);
        let mut entities: Vec<(&str, &str)> =
            docs.iter().flat_map(|d| d.entities.iter().map(|e| (d.document.meta.id.as_str(), e.id.as_str()))).collect();
        let mut members: Vec<(&str, &str)> =
            k.things.values().flat_map(|t| &t.members).map(|m| (m.document.as_str(), m.entity.as_str())).collect();
        entities.sort();
        members.sort();
        prop_assert_eq!(entities, members);
        for c in &k.contradictions {
            prop_assert!(c.facts.iter().all(|f| k.facts.contains_key(f)));
        }
        for f in k.facts.values().filter_map(|f| f.ended_by.as_ref()) {
            prop_assert!(k.facts.contains_key(f));
        }
        // Keys that once led somewhere lead to one thing.
        let mut keys: Vec<&String> = k.things.values().flat_map(|t| std::iter::once(&t.key).chain(&t.former_keys)).collect();
        let all = keys.len();
        keys.sort();
        keys.dedup();
        prop_assert_eq!(keys.len(), all);
    }
}
