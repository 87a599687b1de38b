//! Claims documents become knowledge: what is one thing, what is one fact, what contradicts what.

mod common;

use chancery::frame::Frames;
use chancery::model::{ClaimsDocument, Fact, Knowledge, Term};
use chancery::resolve::resolve;
use common::{example, gazetteer};

fn known(docs: &[ClaimsDocument]) -> Knowledge {
    resolve(docs, gazetteer(), Frames::embedded())
}

fn of<'a>(k: &'a Knowledge, frame: &str) -> Vec<&'a Fact> {
    k.facts.values().filter(|f| f.frame == frame).collect()
}

#[test]
fn the_worked_example_loads() {
    let docs = example();
    for d in &docs {
        let full: Vec<char> = d.document.full().unwrap().chars().collect();
        for e in d.claims.iter().flat_map(|c| &c.evidence) {
            let there: String = full[e.start.unwrap()..e.end.unwrap()].iter().collect();
            assert_eq!(there, e.quote);
        }
    }
    let k = known(&docs);
    assert_eq!(of(&k, "programme").len(), 2, "a programme told twice is one");
    assert!(of(&k, "programme").iter().all(|f| f.sources == 2 && f.date.is_some()));
    assert_eq!(of(&k, "establishment").len(), 2);
    assert!(k.contradictions.is_empty(), "{:?}", k.contradictions);
    let stance = of(&k, "stance")[0];
    assert!(matches!(stance.terms("target").next(), Some(Term::Text(t)) if t.starts_with("risks")));
}
