//! How long a million facts take to be written as tables: `cargo bench --bench tables [-- FACTS]`.

use chancery::export::{Input, Options, Quads, format, write};
use chancery::frame::Frames;
use chancery::model::{
    Claim, ClaimsDocument, Evidence, Fact, FactRole, Kind, Knowledge, Modality, PartialDate, Percent, Polarity,
    Quantity, Support, Term, Thing,
};
use chancery::rdf::vocab::BASE;
use std::io::{self, Write};
use std::time::Instant;

/// Facts about things: one claim a fact, fifty claims a document.
const THINGS: usize = 50_000;
const PER_DOCUMENT: usize = 50;

/// Counts what is written to a file that is gone afterwards.
struct Counted<W>(W, u64);

impl<W: Write> Write for Counted<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.0.write(bytes)?;
        self.1 += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

fn main() {
    // Cargo itself gives `--bench`.
    let facts = std::env::args().skip(1).find_map(|a| a.parse().ok()).unwrap_or(1_000_000);
    let (knowledge, documents) = world(facts);
    let quads = || -> Quads<'_> { Box::new(std::iter::empty()) };
    let input =
        Input { knowledge: &knowledge, frames: Frames::embedded(), documents: &documents, quads: &quads, base: BASE };
    for name in ["parquet", "csv", "jsonl"] {
        let format = format(name).unwrap();
        let mut all = 0.0;
        for table in ["facts", "roles", "entities", "names", "claims", "documents"] {
            let options = Options { table: Some(table.to_string()), ..Options::default() };
            let mut out = Counted(io::BufWriter::new(tempfile::tempfile().unwrap()), 0);
            let begun = Instant::now();
            write(format, &input, &options, &mut out).unwrap();
            out.flush().unwrap();
            let took = begun.elapsed().as_secs_f64();
            all += took;
            println!("{name:<8} {table:<10} {took:6.2} s  {:8.1} MB", out.1 as f64 / 1e6);
        }
        println!("{name:<8} all six    {all:6.2} s  ({facts} facts)");
    }
}

fn world(count: usize) -> (Knowledge, Vec<ClaimsDocument>) {
    let mut knowledge = Knowledge::default();
    for n in 0..THINGS {
        let (key, name) = (format!("thing-{n}"), format!("Thing number {n}"));
        let names = [("en".to_string(), vec![name.clone(), format!("No. {n}")])].into();
        let thing = Thing {
            key: key.clone(),
            kind: Kind::Company,
            name,
            names,
            wikidata: None,
            country: None,
            former_keys: Vec::new(),
            members: Vec::new(),
        };
        knowledge.things.insert(key, thing);
    }
    let mut documents: Vec<ClaimsDocument> = Vec::new();
    for n in 0..count {
        let (id, claim) = (format!("f{n:019x}"), format!("c{n:019x}"));
        if n % PER_DOCUMENT == 0 {
            let meta = serde_json::json!({"id": format!("d-{}", documents.len()), "title": "A title", "publisher": "The Paper",
                "published": "2025-07-16", "language": "en", "extractor": {"name": "chancery", "version": "0.1.0"}});
            documents.push(serde_json::from_value(serde_json::json!({"document": meta})).unwrap());
        }
        let document = documents.len() - 1;
        let value = |role: &str, term: Term| FactRole { role: role.to_string(), term, claims: vec![claim.clone()] };
        let date = PartialDate::Day(2025, (n % 12) as u8 + 1, (n % 28) as u8 + 1);
        let quantity =
            Quantity { number: (n % 90_000).to_string().parse().unwrap(), unit: "BTC".to_string(), bound: None };
        let roles = vec![
            value("holder", Term::Thing(format!("thing-{}", n * 7919 % THINGS))),
            value("asset", Term::Concept("bitcoin".to_string())),
            value("quantity", Term::Quantity(quantity)),
            value("date", Term::Date(date)),
        ];
        let fact = Fact {
            id: id.clone(),
            frame: "holding".to_string(),
            roles,
            modality: Modality::Actual,
            polarity: Polarity::Affirmed,
            date: Some(date),
            until: None,
            ended_by: None,
            realised_by: None,
            first_said: Some(date),
            last_said: Some(date),
            sources: 1,
            confidence: Percent::new(70),
            support: vec![Support { document: format!("d-{document}"), claim: claim.clone() }],
        };
        knowledge.facts.insert(id, fact);
        let evidence = Evidence {
            start: Some(n % 1000),
            end: Some(n % 1000 + 60),
            quote: format!("Thing number {} holds some {} bitcoin in its reserve", n * 7919 % THINGS, n % 90_000),
            lexical_unit: Some("HOLD: hold".to_string()),
            pattern: Some("holding/having".to_string()),
            steps: Vec::new(),
        };
        documents[document].claims.push(Claim {
            id: claim,
            frame: "holding".to_string(),
            roles: Default::default(),
            modality: Modality::Actual,
            polarity: Polarity::Affirmed,
            attribution: None,
            confidence: Percent::new(70),
            evidence: vec![evidence],
        });
    }
    (knowledge, documents)
}
