//! Pictures say what the graph says: every node and line is there, nothing in a name breaks them, the same input gives
//! the same bytes, and what is too much is drawn together or refused.

mod common;

use chancery::diagram::{self, Request, Subject};
use chancery::export::{ExportError, Input, Options, Quads, format, write};
use chancery::frame::Frames;
use chancery::graph::{Measure, Selection, SelectionError, View, measures, way};
use chancery::model::{ClaimsDocument, Fact, Knowledge, Term};
use chancery::rdf::vocab::BASE;
use chancery::resolve::resolve;
use common::{agreement, example, gazetteer, thing};
use quick_xml::Reader;
use quick_xml::events::Event;

const PICTURES: [&str; 3] = ["svg", "dot", "mermaid"];

fn written(
    knowledge: &Knowledge,
    docs: &[ClaimsDocument],
    name: &str,
    options: &Options,
) -> Result<String, ExportError> {
    let quads = || -> Quads<'_> { Box::new(std::iter::empty()) };
    let input = Input { knowledge, frames: Frames::embedded(), documents: docs, quads: &quads, base: BASE };
    let mut out = Vec::new();
    write(format(name).unwrap(), &input, options, &mut out)?;
    Ok(String::from_utf8(out).unwrap())
}

fn known() -> (Knowledge, Vec<ClaimsDocument>) {
    let docs = example();
    (resolve(&docs, gazetteer(), Frames::embedded()), docs)
}

fn options(request: Request) -> Options {
    Options { selection: request.selection.clone(), request, ..Options::default() }
}

fn around(key: &str) -> Selection {
    Selection { focus: Some(key.to_string()), ..Selection::default() }
}

/// How many groups of a class an SVG has; it must be XML whose elements close.
fn groups(svg: &str, class: &str) -> usize {
    let mut reader = Reader::from_str(svg);
    reader.config_mut().check_end_names = true;
    let (mut found, mut open) = (0, 0);
    loop {
        match reader.read_event().unwrap() {
            Event::Start(tag) => {
                open += 1;
                let of_class = tag.try_get_attribute("class").unwrap();
                found += usize::from(of_class.is_some_and(|c| c.value.as_ref() == class.as_bytes()));
            }
            Event::End(_) => open -= 1,
            Event::Text(text) => _ = text.unescape().unwrap(),
            Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(open, 0, "every element closes");
    found
}

/// `count` companies of three countries in a ring of agreements, and as many agreements more between the first two.
fn ring(count: usize) -> Knowledge {
    let key = |n: usize| format!("k{:06}", n % count);
    let countries = ["sv", "pk", "ar"];
    let things = (0..count).map(|n| thing(&key(n), &format!("Company {n}"), Some(countries[n % 3])));
    let mut facts: Vec<Fact> = (0..count).map(|n| agreement(&format!("f{n:07}"), [&key(n), &key(n + 1)])).collect();
    facts.extend((count..2 * count).map(|n| agreement(&format!("f{n:07}"), [&key(0), &key(1)])));
    Knowledge {
        things: things.map(|t| (t.key.clone(), t)).collect(),
        facts: facts.into_iter().map(|f| (f.id.clone(), f)).collect(),
        ..Knowledge::default()
    }
}

#[test]
fn every_node_and_line_is_drawn() {
    let (knowledge, docs) = known();
    let request = Request::default();
    let diagram = diagram::picture(&knowledge, Frames::embedded(), &docs, &request).unwrap();
    let view = View::new(&knowledge, Frames::embedded(), &Selection::default()).unwrap();
    let arrows: usize = diagram.lines.iter().map(|l| l.count).sum();
    assert_eq!(arrows, view.graph.edge_count(), "lines stand for all arrows");
    let joined = view.graph.node_indices().filter(|n| view.graph.neighbors_undirected(*n).next().is_some());
    assert_eq!(diagram.nodes.len(), joined.count());
    let svg = written(&knowledge, &docs, "svg", &options(request.clone())).unwrap();
    assert_eq!(groups(&svg, "node"), diagram.nodes.len());
    assert_eq!(groups(&svg, "line"), diagram.lines.len());
    let mermaid = written(&knowledge, &docs, "mermaid", &options(request.clone())).unwrap();
    let nodes = mermaid.lines().filter(|l| l.starts_with("  n") && l.contains(":::")).count();
    let lines = mermaid.lines().filter(|l| l.contains(" --") || l.contains(" -.-")).count();
    assert_eq!((nodes, lines), (diagram.nodes.len(), diagram.lines.len()), "{mermaid}");
    let dot = written(&knowledge, &docs, "dot", &options(request)).unwrap();
    let seen = |l: &&str| l.contains(" -> ") && !l.contains("style=invis");
    assert_eq!(dot.lines().filter(seen).count(), diagram.lines.len());
}

#[test]
fn every_view_is_drawn_in_every_format_and_the_same_each_time() {
    let (knowledge, docs) = known();
    let supported = knowledge.facts.values().max_by_key(|f| (f.support.len(), &f.id)).unwrap();
    let path = Request { subject: Subject::Path, selection: around("pk"), to: Some("sv".into()), ..Request::default() };
    let provenance = Request { subject: Subject::Provenance, fact: Some(supported.id.clone()), ..Request::default() };
    let requests = [
        Request { selection: around("sv"), size: Some(Measure::Betweenness), ..Request::default() },
        Request { subject: Subject::Agreements, ..Request::default() },
        Request { subject: Subject::Timeline, selection: around("sv"), ..Request::default() },
        path,
        provenance,
    ];
    let mut reversed = docs.clone();
    reversed.reverse();
    let again = resolve(&reversed, gazetteer(), Frames::embedded());
    for request in requests {
        for name in PICTURES {
            let once = written(&knowledge, &docs, name, &options(request.clone())).unwrap();
            let twice = written(&again, &reversed, name, &options(request.clone())).unwrap();
            assert!(once == twice, "{name} of {}", request.subject.name());
            if name == "svg" {
                let diagram = diagram::picture(&knowledge, Frames::embedded(), &docs, &request).unwrap();
                assert!(diagram.nodes.len() > 1);
                assert_eq!(groups(&once, "node"), diagram.nodes.len(), "{}", request.subject.name());
            }
        }
    }
}

#[test]
fn provenance_leads_from_documents_over_quotes_to_the_fact() {
    let (knowledge, docs) = known();
    let fact = knowledge.facts.values().max_by_key(|f| (f.support.len(), &f.id)).unwrap();
    let request = Request { subject: Subject::Provenance, fact: Some(fact.id.clone()), ..Request::default() };
    let diagram = diagram::picture(&knowledge, Frames::embedded(), &docs, &request).unwrap();
    let claims = diagram.nodes.iter().filter(|n| n.group == diagram::Group::Claim).count();
    assert!(claims > 1 && claims == fact.support.len());
    assert_eq!(diagram.lines.len(), 2 * claims);
    let unknown = Request { fact: Some("f00000".into()), ..request };
    assert!(
        diagram::picture(&knowledge, Frames::embedded(), &docs, &unknown).unwrap_err().to_string().contains("f00000")
    );
}

#[test]
fn a_timeline_goes_down_the_years() {
    let (knowledge, docs) = known();
    let request = Request { subject: Subject::Timeline, selection: around("sv"), ..Request::default() };
    let diagram = diagram::picture(&knowledge, Frames::embedded(), &docs, &request).unwrap();
    let placed = diagram::place::place(&diagram);
    assert!(diagram.bands.len() > 1 && diagram.bands.contains(&"2021".to_string()));
    for (node, rect) in diagram.nodes.iter().zip(&placed.nodes) {
        let (top, bottom) = placed.bands[node.band.unwrap()];
        assert!(top < rect.y - rect.height / 2.0 && rect.y + rect.height / 2.0 < bottom, "{}", node.id);
    }
    let few = diagram::picture(&knowledge, Frames::embedded(), &docs, &Request { most: Some(2), ..request }).unwrap();
    assert!(few.nodes.len() == 2 && few.caption.iter().any(|c| c.starts_with("Left out")));
}

#[test]
fn no_box_covers_another() {
    let (knowledge, docs) = known();
    let diagram = diagram::picture(&knowledge, Frames::embedded(), &docs, &Request::default()).unwrap();
    let rects = diagram::place::place(&diagram).nodes;
    for (i, a) in rects.iter().enumerate() {
        for b in &rects[i + 1..] {
            let apart =
                (a.x - b.x).abs() >= (a.width + b.width) / 2.0 || (a.y - b.y).abs() >= (a.height + b.height) / 2.0;
            assert!(apart, "{a:?} {b:?}");
        }
    }
}

#[test]
fn a_thousand_things_are_drawn_by_country_and_the_caption_says_what_is_left_out() {
    let knowledge = ring(1000);
    let diagram = diagram::picture(&knowledge, Frames::embedded(), &[], &Request::default()).unwrap();
    assert_eq!((diagram.nodes.len(), diagram.lines.len()), (3, 3));
    assert_eq!(diagram.lines.iter().map(|l| l.count).sum::<usize>(), 1999, "the last and the first are of one country");
    let caption = diagram.caption.join(" ");
    assert!(caption.starts_with("2,000 facts about 1,000 things"), "{caption}");
    assert!(caption.contains("the names of 970 things"), "{caption}");
    let all = Request { most: Some(1000), ..Request::default() };
    let all = diagram::picture(&knowledge, Frames::embedded(), &[], &all).unwrap();
    assert_eq!((all.nodes.len(), all.lines.len()), (1000, 1000));
    assert!(all.lines.iter().any(|l| l.count == 1001), "parallel arrows are counted");
}

#[test]
fn too_much_is_refused_with_what_to_do_instead() {
    let knowledge = ring(25_001);
    for name in ["svg", "mermaid"] {
        let error = written(&knowledge, &[], name, &Options::default()).unwrap_err();
        assert!(matches!(error, ExportError::TooLarge { .. }));
        let text = error.to_string();
        assert!(text.contains("50,002") && text.contains("graphml") && text.contains("--focus"), "{text}");
    }
}

#[test]
fn nothing_in_a_name_breaks_a_picture() {
    let evil = "\"]; <script>alert('x')</script> &amp; ]]> --> %% `b` #quot; |x| {y}\n\u{1}\u{202E}gpj";
    let mut knowledge = ring(3);
    knowledge.things["k000000"].name = evil.to_string();
    knowledge.things["k000001"].name = "\u{2067}مصرف \u{5D1}\u{5E0}\u{5E7}\u{2069}".to_string();
    for name in PICTURES {
        let text = written(&knowledge, &[], name, &Options::default()).unwrap();
        // Graphviz itself escapes what stands in plain quotes.
        let is_safe = if name == "dot" { text.contains("&lt;script&gt;") } else { !text.contains("<script>") };
        assert!(is_safe && !text.contains('\u{202E}') && !text.contains('\u{1}'), "{name}: {text}");
        assert!(!text.contains('\u{2067}') && text.contains("مصرف"), "{name}");
    }
    let svg = written(&knowledge, &[], "svg", &Options::default()).unwrap();
    assert_eq!(groups(&svg, "node"), 3);
    let mermaid = written(&knowledge, &[], "mermaid", &Options::default()).unwrap();
    for line in mermaid.lines().filter(|l| l.trim_start().starts_with('n')) {
        assert_eq!(line.matches('"').count() % 2, 0, "{line}");
    }
}

#[test]
fn what_a_view_needs_is_asked_for() {
    let (knowledge, docs) = known();
    let ask = |request: Request| written(&knowledge, &docs, "svg", &options(request)).unwrap_err().to_string();
    assert!(ask(Request { subject: Subject::Timeline, ..Request::default() }).contains("--focus"));
    assert!(ask(Request { subject: Subject::Path, ..Request::default() }).contains("--to"));
    assert!(ask(Request { subject: Subject::Provenance, ..Request::default() }).contains("--fact"));
    assert!(ask(Request { to: Some("sv".into()), ..Request::default() }).contains("--view path"));
    let request = Request { subject: Subject::Agreements, ..Request::default() };
    let error = written(&knowledge, &docs, "turtle", &options(request)).unwrap_err();
    assert!(error.to_string().contains("svg"), "{error}");
}

#[test]
fn a_way_leads_from_thing_to_thing_by_facts() {
    let knowledge = ring(10);
    let view = View::new(&knowledge, Frames::embedded(), &Selection::default()).unwrap();
    let steps = way(&view, &knowledge, "k000000", "k000003").unwrap();
    assert_eq!(steps.len(), 3);
    assert_eq!(steps[0].facts.len(), 11, "all facts of a step, parallel ones too");
    assert!(steps.windows(2).all(|w| w[0].to == w[1].from));
    let mut apart = knowledge.clone();
    apart.facts.retain(|_, f| !f.roles.iter().any(|r| r.term == Term::Thing("k000003".into())));
    let view = View::new(&apart, Frames::embedded(), &Selection::default()).unwrap();
    assert!(matches!(way(&view, &apart, "k000000", "k000003"), Err(SelectionError::Focus(_))));
}

#[test]
fn measures_are_those_of_a_ring() {
    let knowledge = ring(10);
    let view = View::new(&knowledge, Frames::embedded(), &Selection::default()).unwrap();
    let measured = measures(&view, true);
    assert_eq!(measured.len(), 10);
    // A node of a ring of ten is inside 6 of the shortest ways of the 36 pairs of others, and shares 4 more by half.
    assert!(measured.values().all(|m| m.degree == 2 && m.component == 1 && m.pagerank == 100_000));
    let between: Vec<u64> = measured.values().map(|m| m.betweenness).collect();
    assert!(between.iter().all(|b| *b == between[0] && *b == 222_222), "{between:?}");
}
