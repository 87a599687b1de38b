//! The named questions: each over a small graph of claims written by hand, with its answers as snapshots, and over the
//! graph of the sample articles. New answers are accepted with `INSTA_UPDATE=always cargo test --test queries`.

use chancery::claims;
use chancery::data::Data;
use chancery::document::Reader;
use chancery::extract::Engine;
use chancery::frame::Frames;
use chancery::query::{Bound, Format, Names, QueryError, Question, Writing, Written, named, write};
use chancery::rdf::vocab;
use chancery::store::{Basis, BuildOptions, Changes, Graph, Store, build};
use oxigraph::io::{RdfFormat, RdfParser};
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::OnceLock;

struct Place {
    _folder: tempfile::TempDir,
    store: Store,
    graph: Graph,
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn opened(folder: tempfile::TempDir) -> Place {
    let store = Store::open(folder.path()).unwrap();
    let graph = store.graph().unwrap();
    Place { _folder: folder, store, graph }
}

/// The claims of tests/fixtures/queries.jsonl.
fn fixture() -> &'static Place {
    static FIXTURE: OnceLock<Place> = OnceLock::new();
    FIXTURE.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let lines = std::fs::read_to_string(root().join("tests/fixtures/queries.jsonl")).unwrap();
        let checked = |line| claims::check(line, "queries.jsonl", |_| None, Frames::embedded()).unwrap();
        let put = lines.lines().map(|line| checked(line).into()).collect();
        let basis = Basis::new(&Data::embedded()).unwrap();
        let mut writer = Store::create_or_open(folder.path(), None).unwrap().write().unwrap();
        writer.update(Changes { put, ..Changes::default() }, &basis).unwrap();
        opened(folder)
    })
}

impl Place {
    fn table(&self, question: &Question, params: &[(String, String)]) -> Result<(usize, String), QueryError> {
        let names = Names::of(&self.graph, self.store.base()).with(|| self.store.knowledge());
        let answer = Bound::new(question, params, &names)?.ask(&self.graph, None)?;
        let mut out = Vec::new();
        let Written { rows, .. } = write(answer, &Writing::new(Format::Table, self.store.base()), &mut out)?;
        Ok((rows, String::from_utf8(out).unwrap()))
    }
}

/// The words of a command, those in quotation marks as one.
fn words(command: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quoted = false;
    for c in command.chars() {
        match c {
            '"' | '\'' => quoted = !quoted,
            ' ' if !quoted => words.push(String::new()),
            c => words.last_mut().unwrap().push(c),
        }
    }
    words
}

/// The parameters of an example; other options change no answer.
fn params(example: &str) -> Vec<(String, String)> {
    let words = words(example);
    let given = words.windows(2).filter(|pair| pair[0] == "--param").map(|pair| pair[1].split_once('=').unwrap());
    given.map(|(name, value)| (name.to_string(), value.to_string())).collect()
}

#[test]
fn each_example_finds_something_and_what_it_finds_is_known() {
    for question in named() {
        let mut shown = String::new();
        for example in &question.examples {
            let answer = fixture().table(&question, &params(example));
            let (rows, table) = answer.unwrap_or_else(|e| panic!("{example}: {e}"));
            assert!(rows > 0, "{example}: nothing found");
            shown.push_str(&format!("{example}\n\n{table}\n"));
        }
        insta::assert_snapshot!(format!("query_{}", question.name), shown);
    }
}

#[test]
fn each_parameter_stands_in_an_example_or_can_be_given() {
    for question in named() {
        let shown: BTreeSet<String> = question.examples.iter().flat_map(|e| params(e)).map(|(name, _)| name).collect();
        for param in question.params.iter().filter(|p| !shown.contains(&p.name)) {
            let value = match param.kind.to_string().as_str() {
                "entity" => "El Salvador",
                "date" | "end-date" => "2025",
                "count" | "number" => "2",
                "concept:asset" => "bitcoin",
                "concept:topic" => "mining",
                "concept:action" => "fined",
                "concept:stance" => "warns",
                "concept:instrument" => "letter-of-intent",
                "text" => "date",
                other => panic!("{} of {}: an example should show a {other}", param.name, question.name),
            };
            let mut given: Vec<_> = params(&question.examples[0]);
            given.push((param.name.clone(), value.to_string()));
            let answer = fixture().table(&question, &given);
            assert!(answer.is_ok(), "{} {}={value}: {}", question.name, param.name, answer.unwrap_err());
        }
    }
}

/// What extraction finds changes from week to week; that every question can be asked of it does not.
#[test]
fn every_question_can_be_asked_of_the_sample_articles() {
    let folder = tempfile::tempdir().unwrap();
    let data = Data::embedded();
    let basis = Basis::new(&data).unwrap();
    let mut writer = Store::create_or_open(folder.path(), None).unwrap().write().unwrap();
    let (reader, engine) = (Reader::new(&data).unwrap(), Engine::new(&data).unwrap());
    let options = BuildOptions { threads: 2, prune: false };
    build(&mut writer, &reader, &engine, &basis, &[root().join("data/articles")], options, |_| ()).unwrap();
    drop(writer);
    let place = opened(folder);
    let mut answered = 0;
    for question in named() {
        for example in &question.examples {
            match place.table(&question, &params(example)) {
                Ok((rows, _)) => answered += usize::from(rows > 0),
                // The fixture's things need not be in the articles.
                Err(QueryError::NoMatch { .. }) => {}
                Err(error) => panic!("{example}: {error}"),
            }
        }
    }
    assert!(answered >= 20, "{answered}");
}

/// Blocks of docs/queries.md: SPARQL between fences, and what it answers in the text block behind it.
#[test]
fn the_queries_of_the_documentation_answer_as_it_says() {
    let path = root().join("docs/queries.md");
    let text = std::fs::read_to_string(&path).unwrap();
    let fresh = answered(&text);
    if std::env::var_os("CHANCERY_BLESS").is_some() {
        std::fs::write(&path, fresh).unwrap();
        return;
    }
    assert!(
        text == fresh,
        "docs/queries.md shows other answers than there are: CHANCERY_BLESS=1 cargo test --test queries"
    );
}

/// The picture of one fact: every triple of it stands in the graph, whatever the ids of fact and claim are.
#[test]
fn the_fact_in_the_documentation_is_in_the_graph() {
    let text = std::fs::read_to_string(root().join("docs/queries.md")).unwrap();
    let turtle = text.split("```turtle\n").nth(1).unwrap().split("```").next().unwrap();
    let mut parser = RdfParser::from_format(RdfFormat::Turtle);
    let mut prefixes = String::new();
    for (prefix, namespace) in vocab::PREFIXES {
        prefixes.push_str(&format!("@prefix {prefix}: <{namespace}> .\n"));
    }
    parser = parser.with_base_iri(vocab::BASE).unwrap();
    let mut pattern = String::new();
    for quad in parser.for_slice(format!("{prefixes}{turtle}").as_bytes()) {
        let quad = quad.unwrap();
        let open = |term: String| match term.strip_prefix(&format!("<{}", vocab::BASE)) {
            Some(rest) if rest.starts_with("fact/") => "?fact".to_string(),
            Some(rest) if rest.starts_with("claim/") => "?claim".to_string(),
            _ => term,
        };
        pattern.push_str(&format!(
            "{} {} {} .\n",
            open(quad.subject.to_string()),
            quad.predicate,
            open(quad.object.to_string())
        ));
    }
    assert!(pattern.lines().count() > 20, "{pattern}");
    let (yes, _) = fixture().table(&Question::text(&format!("ASK {{ {pattern} }}")), &[]).unwrap();
    assert_eq!(yes, 1, "{pattern}");
}

/// The text with each answer as it is.
fn answered(text: &str) -> String {
    let mut out = String::new();
    let mut queries = 0;
    let mut rest = text;
    while let Some(at) = rest.find("```sparql\n") {
        let start = at + "```sparql\n".len();
        let end = start + rest[start..].find("```\n").expect("a fence that is closed") + "```\n".len();
        let sparql = &rest[start..end - "```\n".len()];
        out.push_str(&rest[..end]);
        rest = &rest[end..];
        let question = Question::parse("docs/queries.md", sparql).unwrap();
        let given = question.examples.first().map_or(Vec::new(), |e| params(e));
        let (rows, table) = fixture().table(&question, &given).unwrap_or_else(|e| panic!("{sparql}{e}"));
        assert!(rows > 0, "nothing found:\n{sparql}");
        queries += 1;
        if let Some(shown) = rest.strip_prefix("\n```text\n") {
            let end = shown.find("```\n").expect("a fence that is closed");
            out.push_str(&format!("\n```text\n{table}"));
            rest = &shown[end..];
        }
    }
    assert!(queries >= 10, "{queries}");
    out.push_str(rest);
    out
}
