use super::{Arrow, Node, Selection, Sort, Status, View, short};
use crate::frame::{Draw, Frame, Frames};
use crate::model::{Fact, Knowledge, Term};
use petgraph::graph::DiGraph;
use std::collections::{BTreeMap, BTreeSet};

/// Nodes and arrows as they are found; made into a graph once all are there and can be put in order.
struct Found<'a> {
    knowledge: &'a Knowledge,
    nodes: BTreeMap<(Sort, String), String>,
    arrows: BTreeSet<(End, End, Arrow)>,
}

/// A node by what makes it one.
type End = (Sort, String);

/// The graph of the selected facts, whatever the focus.
pub(super) fn build(knowledge: &Knowledge, frames: &Frames, selection: &Selection) -> View {
    let mut found = Found { knowledge, nodes: BTreeMap::new(), arrows: BTreeSet::new() };
    let mut facts = Vec::new();
    for fact in knowledge.facts.values().filter(|f| selection.takes(f)) {
        let Some(frame) = frames.get(&fact.frame) else { continue };
        facts.push(fact.id.clone());
        found.things(fact);
        if let Some(draw) = &frame.draw {
            found.arrows(fact, frame, draw);
        }
    }
    let mut graph = DiGraph::new();
    let mut index = BTreeMap::new();
    for ((sort, id), label) in found.nodes {
        let node = graph.add_node(Node { id: id.clone(), label, sort });
        index.insert((sort, id), node);
    }
    for (from, to, arrow) in found.arrows {
        graph.add_edge(index[&from], index[&to], arrow);
    }
    View { graph, focus: None, facts }
}

impl Found<'_> {
    /// Every thing that a fact is about, drawn or not.
    fn things(&mut self, fact: &Fact) {
        for role in &fact.roles {
            if let Term::Thing(key) = &role.term {
                self.thing(key);
            }
        }
    }

    fn thing(&mut self, key: &str) -> Option<End> {
        let thing = self.knowledge.things.get(key)?;
        Some(self.node(Sort::Thing(thing.kind), &thing.key, &thing.name))
    }

    fn node(&mut self, sort: Sort, id: &str, label: &str) -> End {
        let end = (sort, id.to_string());
        self.nodes.entry(end.clone()).or_insert_with(|| label.to_string());
        end
    }

    fn arrows(&mut self, fact: &Fact, frame: &Frame, draw: &Draw) {
        let arrow = Arrow {
            frame: frame.name.clone(),
            verb: verb(fact, draw),
            detail: detail(fact, draw),
            date: fact.date,
            until: fact.until,
            status: Status::of(fact),
            mutual: false,
            fact: fact.id.clone(),
        };
        for [from, to] in &draw.arrows {
            if from == to {
                self.mutual(fact, frame, from, &arrow);
                continue;
            }
            let ends = self.ends(fact, frame, to);
            for start in self.ends(fact, frame, from) {
                for end in ends.iter().filter(|end| **end != start) {
                    self.arrows.insert((start.clone(), end.clone(), arrow.clone()));
                }
            }
        }
    }

    /// Two participants are joined with each other; more are joined with a node of the fact.
    fn mutual(&mut self, fact: &Fact, frame: &Frame, role: &str, arrow: &Arrow) {
        let arrow = Arrow { mutual: true, ..arrow.clone() };
        let ends: BTreeSet<End> = self.ends(fact, frame, role).into_iter().collect();
        let ends: Vec<End> = ends.into_iter().collect();
        match ends.as_slice() {
            [] | [_] => {}
            [a, b] => _ = self.arrows.insert((a.clone(), b.clone(), arrow)),
            many => {
                let hub = self.node(Sort::Fact, &fact.id, &arrow.verb);
                for end in many {
                    self.arrows.insert((end.clone(), hub.clone(), arrow.clone()));
                }
            }
        }
    }

    /// The nodes that fill a role.
    fn ends(&mut self, fact: &Fact, frame: &Frame, name: &str) -> Vec<End> {
        let mut ends = Vec::new();
        for (number, term) in fact.terms(name).enumerate() {
            let own = || format!("{}/{name}/{}", fact.id, number + 1);
            match term {
                Term::Thing(key) => ends.extend(self.thing(key)),
                Term::Concept(concept) => {
                    let scheme = frame.roles.get(name).and_then(|r| r.scheme.as_deref()).unwrap_or(name);
                    // The gazetteer's assets have the same keys, so that bitcoin is one node.
                    let id = format!("{scheme}-{concept}");
                    let end = self.thing(&id).unwrap_or_else(|| {
                        let label = concept.replace('-', " ");
                        self.node(Sort::Concept, &id, &label)
                    });
                    ends.push(end);
                }
                Term::Quantity(quantity) => ends.push(self.node(Sort::Words, &own(), &short(quantity))),
                Term::Text(text) => ends.push(self.node(Sort::Words, &own(), text)),
                Term::Date(_) => {}
            }
        }
        ends
    }
}

/// What a fact says: its verb, else the name of its frame.
pub fn saying(fact: &Fact, frames: &Frames) -> String {
    let draw = frames.get(&fact.frame).and_then(|f| f.draw.as_ref());
    draw.map_or_else(|| fact.frame.clone(), |draw| verb(fact, draw))
}

/// What an arrow of a fact says, to be read from its start to its end.
fn verb(fact: &Fact, draw: &Draw) -> String {
    let value = draw.by.as_deref().and_then(|role| {
        fact.terms(role).find_map(|t| match t {
            Term::Concept(value) => Some(value),
            _ => None,
        })
    });
    match value {
        Some(value) => draw.verbs.get(value).cloned().unwrap_or_else(|| value.replace('-', " ")),
        None => draw.verb.clone(),
    }
}

fn detail(fact: &Fact, draw: &Draw) -> Option<String> {
    draw.detail.iter().find_map(|role| {
        fact.terms(role).find_map(|term| match term {
            Term::Quantity(quantity) => Some(short(quantity)),
            Term::Text(text) => Some(text.clone()),
            Term::Concept(concept) => Some(concept.replace('-', " ")),
            _ => None,
        })
    })
}
