//! What exports look like, that they say the same as the graph, and that nothing in a name can break them.

mod common;

use bytes::Bytes;
use chancery::export::{ExportError, FORMATS, Input, Options, Quads, format, save, write};
use chancery::frame::Frames;
use chancery::graph::{Selection, SelectionError, Sort, View};
use chancery::model::{ClaimsDocument, Knowledge, Support};
use chancery::rdf::{nquads_sorted, quads, vocab::BASE};
use chancery::resolve::resolve;
use common::{agreement, doc, example, gazetteer, thing};
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{GraphName, Quad};
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::{Field, Row};
use serde_json::json;
use std::collections::BTreeSet;

struct World {
    documents: Vec<ClaimsDocument>,
    knowledge: Knowledge,
    quads: Vec<Quad>,
}

impl World {
    fn new(documents: Vec<ClaimsDocument>) -> World {
        let knowledge = resolve(&documents, gazetteer(), Frames::embedded());
        let quads = quads(&knowledge, &documents, Frames::embedded(), gazetteer(), BASE);
        World { documents, knowledge, quads }
    }

    fn with_input<T>(&self, then: impl FnOnce(&Input) -> T) -> T {
        let quads = || -> Quads<'_> { Box::new(self.quads.iter().cloned().map(Ok)) };
        let (knowledge, documents) = (&self.knowledge, self.documents.as_slice());
        then(&Input { knowledge, frames: Frames::embedded(), documents, quads: &quads, base: BASE })
    }

    fn written(&self, name: &str, options: &Options) -> Result<String, ExportError> {
        let mut out = Vec::new();
        self.with_input(|input| write(format(name).unwrap(), input, options, &mut out))?;
        Ok(String::from_utf8(out).unwrap())
    }

    fn all(&self, name: &str) -> String {
        self.written(name, &Options::default()).unwrap()
    }

    /// Of any format, text or not.
    fn bytes(&self, name: &str, options: &Options) -> Vec<u8> {
        let mut out = Vec::new();
        self.with_input(|input| write(format(name).unwrap(), input, options, &mut out)).unwrap();
        out
    }

    fn view(&self, selection: &Selection) -> View {
        View::new(&self.knowledge, Frames::embedded(), selection).unwrap()
    }
}

fn table(name: &str) -> Options {
    Options { table: Some(name.to_string()), ..Options::default() }
}

fn select(selection: Selection) -> Options {
    Options { selection, ..Options::default() }
}

fn rows(csv: &str) -> (Vec<String>, Vec<Vec<String>>) {
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let header = reader.headers().unwrap().iter().map(String::from).collect();
    (header, reader.records().map(|r| r.unwrap().iter().map(String::from).collect()).collect())
}

#[test]
fn the_drawing_of_the_example() {
    insta::assert_snapshot!(World::new(example()).all("dot"));
}

#[test]
fn the_turtle_of_the_example() {
    insta::assert_snapshot!(World::new(example()).all("turtle"));
}

#[test]
fn the_tables_of_the_example() {
    let world = World::new(example());
    for name in format("csv").unwrap().tables() {
        insta::assert_snapshot!(format!("table_{name}"), world.written("csv", &table(name)).unwrap());
    }
}

#[test]
fn the_graphml_of_the_example() {
    insta::assert_snapshot!(World::new(example()).all("graphml"));
}

#[test]
fn every_rdf_format_reads_back_as_the_graph() {
    let world = World::new(example());
    assert_eq!(world.all("nquads"), nquads_sorted(&world.quads));
    let whole: BTreeSet<String> = world.quads.iter().map(Quad::to_string).collect();
    let union: BTreeSet<String> = world
        .quads
        .iter()
        .map(|q| {
            Quad::new(q.subject.clone(), q.predicate.clone(), q.object.clone(), GraphName::DefaultGraph).to_string()
        })
        .collect();
    assert!(union.len() > 200 && world.quads.iter().any(|q| !q.graph_name.is_default_graph()));
    let jsonld = RdfFormat::from_media_type("application/ld+json").unwrap();
    for (name, syntax, expected) in [
        ("nquads", RdfFormat::NQuads, &whole),
        ("trig", RdfFormat::TriG, &whole),
        ("jsonld", jsonld, &whole),
        ("objects", jsonld, &union),
        ("turtle", RdfFormat::Turtle, &union),
        ("rdfxml", RdfFormat::RdfXml, &union),
    ] {
        let text = world.all(name);
        let parsed = RdfParser::from_format(syntax).for_slice(text.as_bytes());
        let parsed: BTreeSet<String> = parsed.map(|q| q.unwrap().to_string()).collect();
        assert!(parsed == *expected, "{name}: {} statements, not {}", parsed.len(), expected.len());
    }
}

#[test]
fn the_order_of_documents_changes_no_byte() {
    let mut documents = example();
    let forth = World::new(documents.clone());
    documents.reverse();
    let back = World::new(documents);
    for format in FORMATS {
        let all = |world: &World| world.bytes(format.name(), &Options::default());
        assert!(all(&forth) == all(&back), "{}", format.name());
    }
}

#[test]
fn the_tables_agree_with_each_other() {
    let world = World::new(example());
    let (_, nodes) = rows(&world.written("csv", &table("nodes")).unwrap());
    let (header, edges) = rows(&world.written("csv", &table("edges")).unwrap());
    let (_, facts) = rows(&world.all("csv"));
    let ids: BTreeSet<&str> = nodes.iter().map(|n| n[0].as_str()).collect();
    assert_eq!(ids.len(), nodes.len());
    assert!(edges.iter().all(|e| ids.contains(e[0].as_str()) && ids.contains(e[1].as_str())));
    let of = header.iter().position(|c| c == "fact").unwrap();
    let known: BTreeSet<&str> = facts.iter().map(|f| f[0].as_str()).collect();
    assert!(edges.iter().all(|e| known.contains(e[of].as_str())));
    assert_eq!(known.len(), world.knowledge.facts.len());
}

#[test]
fn a_frame_has_the_columns_of_its_roles_alone() {
    let frames = vec!["programme".to_string()];
    let csv = World::new(example()).written("csv", &select(Selection { frames, ..Selection::default() })).unwrap();
    let (header, facts) = rows(&csv);
    let at = |name: &str| header.iter().position(|c| c == name).unwrap();
    assert!(!header.contains(&"party".to_string()));
    let salvador = facts.iter().find(|f| f[at("participant")] == "El Salvador").unwrap();
    assert_eq!(salvador[at("participant_id")], "sv");
    assert_eq!((&*salvador[at("amount")], &*salvador[at("amount_unit")]), ("1400000000", "USD"));
    assert_eq!((&*salvador[at("earliest")], &*salvador[at("latest")]), ("2025-02-01", "2025-02-28"));
}

#[test]
fn a_focus_shows_what_is_near_and_no_path_leads_through_bitcoin() {
    let world = World::new(example());
    let near = |focus: &str, depth| {
        let view = world.view(&Selection { focus: Some(focus.to_string()), depth, ..Selection::default() });
        view.graph.node_weights().map(|n| n.id.clone()).collect::<BTreeSet<_>>()
    };
    assert!(near("sv", None).contains("imf") && near("sv", None).contains("asset-bitcoin"));
    assert!(!near("sv", None).contains("pk"));
    assert!(near("sv", Some(2)).contains("pk"), "by way of the IMF");
    assert!(near("bitcoin", Some(1)).contains("sv") && near("bitcoin", Some(1)).contains("pk"));
    let without_imf = Selection {
        focus: Some("sv".to_string()),
        depth: Some(9),
        frames: vec!["legal-tender".to_string(), "reserve".to_string()],
        ..Selection::default()
    };
    assert!(world.view(&without_imf).graph.node_weights().all(|n| n.id != "pk"));
}

#[test]
fn what_is_said_of_a_focus_alone_is_near() {
    let entities = [("e1", "Ruritania Crypto Council", "agency"), ("e2", "Graustark", "country")];
    let alone = json!({"body": [{"entity": "e1"}], "action": [{"concept": "founded"}]});
    let world =
        World::new(vec![doc("a", "2025-01-01", &entities, &[("establishment", alone, "the council was founded")])]);
    let key = world.knowledge.things.keys().find(|k| k.contains("council")).unwrap().clone();
    let view = world.view(&Selection { focus: Some(key), ..Selection::default() });
    assert_eq!((view.graph.node_count(), view.graph.edge_count(), view.facts.len()), (1, 0, 1));
}

#[test]
fn time_is_that_of_the_facts() {
    let world = World::new(example());
    let date = |t: &str| Some(t.parse().unwrap());
    let years = |since, until| {
        let view = world.view(&Selection { since, until, ..Selection::default() });
        view.facts.iter().map(|f| world.knowledge.facts[f].date.unwrap().year()).collect::<BTreeSet<_>>()
    };
    assert!(years(date("2025"), None).iter().all(|y| *y >= 2025));
    assert_eq!(years(date("2021-06"), date("2021-09-10")), BTreeSet::from([2021]));
    assert_eq!(years(None, date("2020")), BTreeSet::new());
}

#[test]
fn selections_that_make_no_sense_say_so() {
    let world = World::new(example());
    let date = |t: &str| Some(t.parse().unwrap());
    let frames = vec!["treaty".to_string()];
    for (selection, part) in [
        (Selection { focus: Some("atlantis".into()), ..Selection::default() }, "\"atlantis\""),
        (Selection { frames, ..Selection::default() }, "there are: acquisition, agreement"),
        (Selection { depth: Some(2), ..Selection::default() }, "--focus"),
        (Selection { since: date("2025"), until: date("2024-12"), ..Selection::default() }, "2024-12"),
    ] {
        let error = world.written("dot", &select(selection)).unwrap_err();
        assert!(matches!(error, ExportError::Selection(_)) && error.to_string().contains(part), "{error}");
    }
    let focus = Selection { focus: Some("sv".into()), ..Selection::default() };
    assert!(matches!(world.written("turtle", &select(focus)), Err(ExportError::Whole("turtle"))));
    let error = world.written("csv", &table("people")).unwrap_err();
    assert!(error.to_string().contains("facts, roles, entities"), "{error}");
    assert!(matches!(
        View::new(&world.knowledge, Frames::embedded(), &Selection { depth: Some(1), ..Selection::default() }),
        Err(SelectionError::Depth)
    ));
}

#[test]
fn three_parties_meet_in_a_node_and_two_in_a_line() {
    let parties = |ids: &[&str]| json!({"party": ids.iter().map(|e| json!({"entity": e})).collect::<Vec<_>>()});
    let entities = [("e1", "Ruritania", "country"), ("e2", "Graustark", "country"), ("e3", "Evallonia", "country")];
    let three = parties(&["e1", "e2", "e3"]);
    let view = World::new(vec![doc("a", "2025-01-01", &entities, &[("agreement", three, "all three signed")])])
        .view(&Selection::default());
    assert_eq!(view.graph.node_weights().filter(|n| n.sort == Sort::Fact).count(), 1);
    assert_eq!(view.graph.edge_count(), 3);
    let two = parties(&["e1", "e2"]);
    let view = World::new(vec![doc("a", "2025-01-01", &entities, &[("agreement", two, "two signed")])])
        .view(&Selection::default());
    assert!(view.graph.node_weights().all(|n| n.sort != Sort::Fact));
    assert!(view.graph.edge_weights().all(|a| a.mutual) && view.graph.edge_count() == 1);
}

#[test]
fn every_frame_can_be_drawn() {
    for frame in Frames::embedded().iter() {
        assert!(frame.draw.as_ref().is_some_and(|d| !d.arrows.is_empty()), "{} has no [draw]", frame.name);
    }
}

/// One arrow between two things of the worst names.
fn hostile() -> World {
    let things = [
        thing("a", "\"]; evil [label=\"<b>&amp;\\N</b>\u{1}\n=cmd()", None),
        thing("b", "\u{202E}مصرف \u{5D1}\u{5E0}\u{5E7} ]]> <!-- 'x' ", None),
    ];
    let mut fact = agreement("f1", ["a", "b"]);
    fact.roles.iter_mut().for_each(|r| r.claims.push("c1".to_string()));
    fact.support = vec![Support { document: "d".to_string(), claim: "c1".to_string() }];
    let knowledge = Knowledge {
        things: things.into_iter().map(|t| (t.key.clone(), t)).collect(),
        facts: [(fact.id.clone(), fact)].into_iter().collect(),
        contradictions: Vec::new(),
        curated: Default::default(),
    };
    let quads = quads(&knowledge, &[], Frames::embedded(), gazetteer(), BASE);
    World { documents: Vec::new(), knowledge, quads }
}

#[test]
fn nothing_in_a_name_breaks_a_format() {
    let world = hostile();
    let dot = world.all("dot");
    assert!(!dot.contains("<b>&amp;\\N") && !dot.contains("; evil [label=\"<"), "{dot}");
    assert!(dot.contains("&lt;b&gt;&amp;amp;&#92;N"), "{dot}");
    let graphml = world.all("graphml");
    assert!(!graphml.contains("]]>") && !graphml.contains("<b>") && !graphml.contains('\u{1}'));
    let json: serde_json::Value = serde_json::from_str(&world.all("node-link")).unwrap();
    assert_eq!(json["nodes"][0]["label"], world.knowledge.things["a"].name.as_str());
    let (header, nodes) = rows(&world.written("csv", &table("nodes")).unwrap());
    assert_eq!(header[1], "label");
    assert_eq!(nodes[0][1], world.knowledge.things["a"].name, "CSV is exact");
    for (name, syntax) in [("turtle", RdfFormat::Turtle), ("rdfxml", RdfFormat::RdfXml)] {
        let text = world.all(name);
        let parsed: Result<Vec<Quad>, _> = RdfParser::from_format(syntax).for_slice(text.as_bytes()).collect();
        assert_eq!(parsed.unwrap().len(), world.quads.len(), "{name}");
    }
    assert!(!world.all("rdfxml").contains('\u{1}'));
}

#[test]
fn mentions_are_what_the_documents_say() {
    let world = World::new(example());
    let lines: Vec<serde_json::Value> =
        world.all("mentions").lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    assert_eq!(lines.len(), world.knowledge.things.len());
    let imf = lines.iter().find(|l| l["entity"] == format!("{BASE}entity/imf")).unwrap();
    let said: Vec<&str> = imf["mentions"].as_array().unwrap().iter().map(|m| m["text"].as_str().unwrap()).collect();
    assert!(said.contains(&"International Monetary Fund") && said.contains(&"IMF"), "{said:?}");
}

#[test]
fn files_are_there_whole_or_as_before() {
    let world = World::new(example());
    let folder = tempfile::tempdir().unwrap();
    let tables = folder.path().join("tables");
    world.with_input(|i| save(format("csv").unwrap(), i, &Options::default(), &tables)).unwrap();
    let mut names: Vec<_> = std::fs::read_dir(&tables).unwrap().map(|e| e.unwrap().file_name()).collect();
    names.sort();
    let mut tables: Vec<String> = format("csv").unwrap().tables().iter().map(|t| format!("{t}.csv")).collect();
    tables.sort();
    assert_eq!(names, tables.iter().map(std::ffi::OsString::from).collect::<Vec<_>>());

    let file = folder.path().join("graph.gv");
    std::fs::write(&file, "as before").unwrap();
    let focus = Selection { focus: Some("atlantis".into()), ..Selection::default() };
    let nowhere = Options { selection: focus, force: true, ..Options::default() };
    assert!(world.with_input(|i| save(format("dot").unwrap(), i, &nowhere, &file)).is_err());
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "as before");
    let refused = world.with_input(|i| save(format("dot").unwrap(), i, &Options::default(), &file)).unwrap_err();
    assert!(refused.to_string().contains("graph.gv is there already: give --force"), "{refused}");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "as before");
    let force = Options { force: true, ..Options::default() };
    world.with_input(|i| save(format("dot").unwrap(), i, &force, &file)).unwrap();
    assert_eq!(std::fs::read_to_string(&file).unwrap(), world.all("dot"));
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 2, "nothing is left beside them");

    let missing = folder.path().join("no/such/graph.gv");
    let error = world.with_input(|i| save(format("dot").unwrap(), i, &Options::default(), &missing)).unwrap_err();
    assert!(error.to_string().contains("graph.gv"), "{error}");
}

#[test]
fn a_graph_that_cannot_be_read_is_an_error_and_no_short_file() {
    let world = World::new(example());
    let broken = || -> Quads<'_> {
        Box::new(world.quads.iter().cloned().map(Ok).take(3).chain([Err("the disk is gone".into())]))
    };
    let (knowledge, documents) = (&world.knowledge, world.documents.as_slice());
    let input = Input { knowledge, frames: Frames::embedded(), documents, quads: &broken, base: BASE };
    for name in ["nquads", "trig", "turtle", "jsonld", "rdfxml"] {
        let mut out = Vec::new();
        let error = write(format(name).unwrap(), &input, &Options::default(), &mut out).unwrap_err();
        assert!(error.to_string().contains("the disk is gone") && out.is_empty(), "{name}: {error}");
    }
}

#[test]
fn the_three_forms_of_a_table_say_the_same() {
    let world = World::new(example());
    for name in format("parquet").unwrap().tables() {
        let (header, csv) = rows(&world.written("csv", &table(name)).unwrap());
        let json: Vec<serde_json::Map<String, serde_json::Value>> =
            world.written("jsonl", &table(name)).unwrap().lines().map(|l| serde_json::from_str(l).unwrap()).collect();
        let file = SerializedFileReader::new(Bytes::from(world.bytes("parquet", &table(name)))).unwrap();
        let parquet: Vec<Row> = file.get_row_iter(None).unwrap().map(Result::unwrap).collect();
        assert_eq!((json.len(), parquet.len()), (csv.len(), csv.len()), "{name}");
        assert!(!csv.is_empty() || *name == "contradictions", "{name} is empty");
        for ((cells, object), row) in csv.iter().zip(&json).zip(&parquet) {
            assert!(object.keys().eq(&header), "{name}");
            for ((cell, value), (column, field)) in cells.iter().zip(object.values()).zip(row.get_column_iter()) {
                let plain = match value {
                    serde_json::Value::Null => String::new(),
                    serde_json::Value::String(text) => text.clone(),
                    serde_json::Value::Array(texts) => {
                        texts.iter().map(|t| t.as_str().unwrap()).collect::<Vec<_>>().join("; ")
                    }
                    other => other.to_string(),
                };
                assert_eq!(*cell, plain, "{name}.{column}");
                let typed = match field {
                    Field::Null => String::new(),
                    Field::Str(text) => text.clone(),
                    Field::Date(_) => field.to_string(),
                    Field::ListInternal(list) => {
                        let texts = list.elements().iter().map(|e| match e {
                            Field::Str(text) => text.as_str(),
                            other => panic!("{name}.{column}: {other}"),
                        });
                        texts.collect::<Vec<_>>().join("; ")
                    }
                    Field::Long(number) => number.to_string(),
                    Field::Double(number) => number.to_string(),
                    Field::Bool(truth) => truth.to_string(),
                    other => panic!("{name}.{column}: {other}"),
                };
                assert_eq!(*cell, typed, "{name}.{column}");
            }
        }
    }
}

#[test]
fn the_data_dictionary_does_not_drift() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/data-dictionary.md");
    let page = chancery::export::dictionary(Frames::embedded());
    if std::env::var_os("CHANCERY_BLESS").is_some() {
        std::fs::write(path, &page).unwrap();
    }
    let there = std::fs::read_to_string(path).unwrap_or_default();
    assert!(there.replace('\r', "") == page, "docs/data-dictionary.md: run CHANCERY_BLESS=1 cargo test --test export");
}

#[test]
fn only_a_spreadsheet_gets_guarded_cells() {
    let mut world = hostile();
    world.knowledge.things["a"].name = "=cmd()".to_string();
    let written = |spreadsheet| world.written("csv", &Options { spreadsheet, ..table("entities") }).unwrap();
    assert!(written(false).contains(",=cmd(),") && written(true).contains(",'=cmd(),"));
    let error = world.written("jsonl", &Options { spreadsheet: true, ..Options::default() }).unwrap_err();
    assert!(matches!(error, ExportError::Spreadsheet("jsonl")));
}

#[test]
fn the_forms_of_the_graph_have_the_same_nodes_and_edges() {
    let world = World::new(example());
    let view = world.view(&Selection::default());
    let json: serde_json::Value = serde_json::from_str(&world.all("node-link")).unwrap();
    let (nodes, edges) = (json["nodes"].as_array().unwrap(), json["edges"].as_array().unwrap());
    assert_eq!((nodes.len(), edges.len()), (view.graph.node_count(), view.graph.edge_count()));
    let dated = edges.iter().find(|e| e["date"] == "2025-02").unwrap();
    assert!(dated["year"] == 2025 && dated["confidence"].is_f64() && dated["mutual"].is_boolean(), "{dated}");
    let ids: BTreeSet<&str> = nodes.iter().map(|n| n["id"].as_str().unwrap()).collect();
    assert!(edges.iter().all(|e| ids.contains(e["source"].as_str().unwrap())));

    let (header, nodes) = rows(&world.all("property-graph"));
    assert_eq!(header[..3], ["id:ID", ":LABEL", "label"]);
    assert_eq!(nodes.len(), view.graph.node_count());
    assert!(nodes.iter().any(|n| n[0] == "sv" && n[1] == "Entity;Country" && n[2] == "El Salvador"));
    let (header, edges) = rows(&world.written("property-graph", &table("relationships")).unwrap());
    assert_eq!(header[..3], [":START_ID", ":END_ID", ":TYPE"]);
    for column in ["year:int", "earliest:date", "confidence:double", "mutual:boolean"] {
        assert!(header.iter().any(|h| h == column), "{column}");
    }
    assert_eq!(edges.len(), view.graph.edge_count());
    assert!(edges.iter().all(|e| ids.contains(e[0].as_str()) && ids.contains(e[1].as_str())));
    assert!(edges.iter().any(|e| e[2] == "LEGAL_TENDER"));
}

#[test]
fn one_entity_is_one_object_and_the_context_does_not_drift() {
    let world = World::new(example());
    let json: serde_json::Value = serde_json::from_str(&world.all("objects")).unwrap();
    let salvador: Vec<_> = json["@graph"].as_array().unwrap().iter().filter(|o| o["@id"] == "id:entity/sv").collect();
    assert_eq!(salvador.len(), 1);
    assert_eq!(salvador[0]["@type"], "Country");
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/data/ontology/context.jsonld");
    let made = chancery::export::context(Frames::embedded());
    if std::env::var_os("CHANCERY_BLESS").is_some() {
        std::fs::write(path, &made).unwrap();
    }
    let there = std::fs::read_to_string(path).unwrap_or_default();
    assert!(made == there, "data/ontology/context.jsonld: run CHANCERY_BLESS=1 cargo test --test export");
    let published: serde_json::Value = serde_json::from_str(&there).unwrap();
    assert_eq!(published["@context"], json["@context"], "the export has the published context");
}
