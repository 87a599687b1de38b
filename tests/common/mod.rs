//! What the tests of claims, facts and the graph share: a small gazetteer and short claims documents.
#![allow(dead_code, reason = "each test program uses its part")]

use chancery::claims::check;
use chancery::data::Data;
use chancery::frame::Frames;
use chancery::lexicon::Gazetteer;
use chancery::model::{ClaimsDocument, Fact, FactRole, Kind, Term, Thing};
use serde_json::{Value as Json, json};
use std::sync::OnceLock;

const ENTRIES: &str = r#"
schema = 1
[[entity]]
key = "sv"
type = "country"
wikidata = "Q792"
names = { all = ["El Salvador"], fr = ["Salvador"], en = ["El Salvador"] }
[[entity]]
key = "pk"
type = "country"
wikidata = "Q843"
names = { en = ["Pakistan"], es = ["Pakistán"], nl = ["Pakistan"] }
[[entity]]
key = "us"
type = "country"
wikidata = "Q30"
names = { en = ["United States", "U.S."], es = ["Estados Unidos"] }
[[entity]]
key = "ng"
type = "country"
names = { en = ["Nigeria"] }
[[entity]]
key = "ge"
type = "country"
names = { en = ["Georgia"] }
[[entity]]
key = "us-ga"
type = "territory"
country = "us"
names = { en = ["Georgia"] }
[[entity]]
key = "imf"
type = "institution"
wikidata = "Q7804"
names = { all = ["IMF"], en = ["International Monetary Fund"], nl = ["Internationaal Monetair Fonds"], es = ["Fondo Monetario Internacional", "FMI"] }
[[entity]]
key = "us-sec"
type = "regulator"
country = "us"
names = { all = ["SEC"], en = ["Securities and Exchange Commission"] }
[[entity]]
key = "ng-sec"
type = "regulator"
country = "ng"
names = { all = ["SEC"], en = ["Securities and Exchange Commission"] }
[[entity]]
key = "us-treasury"
type = "ministry"
country = "us"
names = { en = ["Department of the Treasury"] }
local = { en = ["Treasury"] }
[[entity]]
key = "btc"
type = "asset"
concept = "bitcoin"
ticker = "BTC"
names = { all = ["Bitcoin"] }
"#;

/// A gazetteer of a dozen entries, so that no test depends on what the real one has.
pub fn gazetteer() -> &'static Gazetteer {
    static SMALL: OnceLock<Gazetteer> = OnceLock::new();
    SMALL.get_or_init(|| {
        let files = [("gazetteer/small.toml".to_string(), ENTRIES.to_string())];
        Gazetteer::load(&Data::embedded().without("gazetteer/").with(files)).unwrap()
    })
}

/// A document whose text is made of its quotes; entities as (id, name, type), claims as (frame, roles, quote).
pub fn doc(
    id: &str,
    published: &str,
    entities: &[(&str, &str, &str)],
    claims: &[(&str, Json, &str)],
) -> ClaimsDocument {
    let entities: Vec<Json> =
        entities.iter().map(|(id, name, kind)| json!({"id": id, "name": name, "type": kind})).collect();
    let quotes: Vec<&str> = claims.iter().map(|c| c.2).collect();
    let claims: Vec<Json> = claims
        .iter()
        .map(|(frame, roles, quote)| {
            let mut claim = json!({"frame": frame, "roles": roles, "evidence": [{"quote": quote}]});
            // "+": fields of the claim itself, beside its roles.
            if let Some(more) = claim["roles"].as_object_mut().and_then(|r| r.shift_remove("+")) {
                for (field, value) in more.as_object().unwrap() {
                    claim[field] = value.clone();
                }
            }
            claim
        })
        .collect();
    let names: Vec<&str> = entities.iter().map(|e| e["name"].as_str().unwrap()).collect();
    let line = json!({
        "document": {"id": id, "title": format!("Title of {id}"), "publisher": format!("Paper {id}"),
                     "published": published, "language": "en",
                     "text": format!("{}\n\n{}: {}.", quotes.join("\n\n"), id, names.join(", "))},
        "entities": entities, "claims": claims
    });
    checked(&line.to_string())
}

/// A line that has to be good.
pub fn checked(line: &str) -> ClaimsDocument {
    check(line, "test", |_| None, Frames::embedded())
        .unwrap_or_else(|e| panic!("{}", e.iter().map(|e| format!("{e}\n")).collect::<String>()))
}

/// The worked example of data/.
pub fn example() -> Vec<ClaimsDocument> {
    include_str!("../../data/examples/letter-of-intent.jsonl").lines().map(checked).collect()
}

/// A company.
pub fn thing(key: &str, name: &str, country: Option<&str>) -> Thing {
    Thing {
        key: key.to_string(),
        kind: Kind::Company,
        name: name.to_string(),
        names: [(String::new(), vec![name.to_string()])].into(),
        wikidata: None,
        country: country.map(str::to_string),
        former_keys: Vec::new(),
        members: Vec::new(),
    }
}

/// An agreement that no claim supports.
pub fn agreement(id: &str, parties: [&str; 2]) -> Fact {
    let role = |key: &str| FactRole { role: "party".into(), term: Term::Thing(key.into()), claims: Vec::new() };
    Fact {
        id: id.to_string(),
        frame: "agreement".to_string(),
        roles: parties.map(role).into(),
        modality: Default::default(),
        polarity: Default::default(),
        date: None,
        until: None,
        ended_by: None,
        realised_by: None,
        first_said: None,
        last_said: None,
        sources: 1,
        confidence: Default::default(),
        support: Vec::new(),
    }
}
