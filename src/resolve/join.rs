//! Which entities of which documents are one thing.

use super::known::{Known, kinds_fit};
use super::local::{Local, is_acronym};
use crate::curate::Links;
use crate::lexicon::Entry;
use crate::model::Kind;
use std::collections::{BTreeMap, BTreeSet};

/// One thing's entities: indices into the locals, each with the rule that brought it here.
pub(super) struct Joined<'a> {
    pub entry: Option<&'a Entry>,
    pub members: Vec<(usize, &'static str)>,
}

/// Entities that are one thing beyond doubt: one gazetteer entry, or one name of one kind in one country.
struct Node<'a> {
    entry: Option<&'a Entry>,
    members: Vec<(usize, &'static str)>,
    words: Vec<String>,
    kinds: BTreeSet<Kind>,
    countries: BTreeSet<String>,
}

impl Node<'_> {
    fn add(&mut self, index: usize, local: &Local, rule: &'static str) {
        self.members.push((index, rule));
        self.kinds.extend(local.kind);
        self.countries.extend(local.place().map(str::to_string));
    }

    fn locals(&self) -> BTreeSet<usize> {
        self.members.iter().map(|(i, _)| *i).collect()
    }

    fn fits(&self, kinds: &BTreeSet<Kind>, countries: &BTreeSet<String>) -> bool {
        self.kinds.iter().all(|a| kinds.iter().all(|b| kinds_fit(Some(*a), Some(*b))))
            && (self.countries.is_empty() || countries.is_empty() || self.countries == *countries)
    }
}

/// Joins what is one thing. Deterministic: nodes are made and joined in an order of their names, not of arrival.
pub(super) fn join<'a>(locals: &[Local<'a>], known: &Known<'a>, links: &Links) -> Vec<Joined<'a>> {
    let parts = name_parts(locals, known);
    let mut nodes = listed(locals);
    unlisted(locals, &parts, known, links, &mut nodes);
    let mut edges = acronyms(locals, &nodes, known);
    edges.extend(initials(&nodes, locals, known));
    edges.extend(persons(locals, &nodes, known));
    edges.extend(wikidata(locals, &nodes));
    let of_local: BTreeMap<usize, usize> =
        nodes.iter().enumerate().flat_map(|(n, node)| node.members.iter().map(move |(l, _)| (*l, n))).collect();
    for same in &links.same {
        let node = |l: &usize| of_local.get(l).or_else(|| of_local.get(parts.get(l)?)).copied();
        let nodes: BTreeSet<usize> = same.iter().filter_map(node).collect();
        let first = nodes.first().copied();
        edges.extend(nodes.iter().skip(1).zip(first.into_iter().cycle()).map(|(n, first)| (0, *n, first, "curated")));
    }
    for (short, full) in &parts {
        if let (None, Some(node)) = (of_local.get(short), of_local.get(full)) {
            nodes[*node].members.push((*short, "name-part"));
        }
    }
    edges.sort();
    edges.dedup();
    merge(nodes, edges, links)
}

/// (short, full): persons that a document also gives by their full name; indices into the locals.
fn name_parts(locals: &[Local], known: &Known) -> BTreeMap<usize, usize> {
    let mut parts = BTreeMap::new();
    let mut from = 0;
    while from < locals.len() {
        let to = from + locals[from..].iter().take_while(|l| l.doc == locals[from].doc).count();
        let full = |l: &Local| -> Vec<Vec<String>> {
            let names = l.entry.iter().flat_map(|(e, _)| e.names.values().flatten());
            std::iter::once(l.words.clone()).chain(names.map(|n| known.rules().person(n))).collect()
        };
        for short in from..to {
            let l = &locals[short];
            if l.entry.is_some() || !(l.is_person() || (l.kind.is_none() && l.words.len() == 1)) {
                continue;
            }
            let within = |other: &usize| {
                locals[*other].is_person()
                    && *other != short
                    && full(&locals[*other])
                        .iter()
                        .any(|words| words.len() > l.words.len() && l.words.iter().all(|w| words.contains(w)))
            };
            let mut candidates = (from..to).filter(within);
            if let (Some(one), None) = (candidates.next(), candidates.next()) {
                parts.insert(short, one);
            }
        }
        from = to;
    }
    // A name that is part of a part: follow to the fullest.
    let direct = parts.clone();
    for full in parts.values_mut() {
        while let Some(fuller) = direct.get(full) {
            *full = *fuller;
        }
    }
    parts
}

/// A node for each entry of the gazetteer that is spoken of.
fn listed<'a>(locals: &[Local<'a>]) -> Vec<Node<'a>> {
    let mut nodes: BTreeMap<&str, Node> = BTreeMap::new();
    for (i, local) in locals.iter().enumerate() {
        if let Some((entry, rule)) = local.entry {
            let node = nodes.entry(&entry.key).or_insert_with(|| Node {
                entry: Some(entry),
                members: Vec::new(),
                words: Vec::new(),
                kinds: BTreeSet::from([entry.kind]),
                countries: entry.country.iter().cloned().collect(),
            });
            node.members.push((i, rule));
        }
    }
    nodes.into_values().collect()
}

/// Nodes for the rest: one name, one kind, one country. What says least about itself comes last and goes where it fits.
fn unlisted<'a>(
    locals: &[Local<'a>],
    parts: &BTreeMap<usize, usize>,
    known: &Known<'a>,
    links: &Links,
    nodes: &mut Vec<Node<'a>>,
) {
    let mut names: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (i, local) in locals.iter().enumerate() {
        if local.entry.is_none() && !parts.contains_key(&i) {
            names.entry(local.name_without(known.rules())).or_default().push(i);
        }
    }
    for mut same in names.into_values() {
        same.sort_by_key(|i| {
            let l = &locals[*i];
            (l.kind.is_none(), l.place().is_none(), l.kind, l.place(), *i)
        });
        let first = nodes.len();
        for i in same {
            let l = &locals[i];
            let (kinds, countries): (BTreeSet<Kind>, BTreeSet<String>) =
                (l.kind.into_iter().collect(), l.place().map(str::to_string).into_iter().collect());
            // A surname alone, in a document that tells no country, is nobody in particular.
            let vague = (l.is_person() && l.words.len() == 1 && l.place().is_none()) || l.ambiguous;
            let fitting: Vec<usize> = (first..nodes.len())
                .filter(|n| nodes[*n].fits(&kinds, &countries) && !vague)
                .filter(|n| links.apart.is_empty() || !links.forbid(&nodes[*n].locals(), &BTreeSet::from([i])))
                .collect();
            let here: Vec<usize> =
                fitting.iter().copied().filter(|n| l.focus.is_some_and(|f| nodes[*n].countries.contains(f))).collect();
            match (&fitting[..], &here[..]) {
                ([one], _) | (_, [one]) => nodes[*one].add(i, l, "same-name"),
                _ => {
                    let mut node = Node {
                        entry: None,
                        members: Vec::new(),
                        words: l.words.clone(),
                        kinds: BTreeSet::new(),
                        countries: BTreeSet::new(),
                    };
                    node.add(i, l, "same-name");
                    nodes.push(node);
                }
            }
        }
    }
}

/// A way from one node to another: rank of the rule, the nodes, the rule.
type Edge = (u8, usize, usize, &'static str);

/// Nodes whose name another node's entities give as their acronym or as another name of several words.
fn acronyms(locals: &[Local], nodes: &[Node], known: &Known) -> Vec<Edge> {
    let rules = known.rules();
    let mut by_name: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (n, node) in nodes.iter().enumerate().filter(|(_, node)| node.entry.is_none()) {
        by_name.entry(node.words.join(" ")).or_default().push(n);
    }
    let mut wanted: BTreeSet<(usize, usize, &'static str)> = BTreeSet::new();
    for (n, node) in nodes.iter().enumerate() {
        for (i, _) in &node.members {
            let local = &locals[*i];
            let aliases = local.entity.aliases.iter().map(|a| (a, true));
            let mentions = local.entity.mentions.iter().map(|m| (&m.text, false));
            for (name, stated) in aliases.chain(mentions) {
                let acronym = is_acronym(name);
                if !(acronym || stated) {
                    continue;
                }
                let words = rules.words(name);
                let short = acronym && words.len() == 1;
                let rule = if short && (stated || rules.initials(&local.entity.name) == words[0]) {
                    "acronym"
                } else if words.len() > 1 && stated {
                    "other-name"
                } else {
                    continue;
                };
                for other in by_name.get(&words.join(" ")).into_iter().flatten().filter(|o| **o != n) {
                    let o = &nodes[*other];
                    let same_country = !node.countries.is_empty() && node.countries == o.countries;
                    let firm = node.kinds.iter().chain(&o.kinds).all(|k| *k == Kind::Company);
                    if o.fits(&node.kinds, &node.countries) && (rule == "acronym" || same_country || firm) {
                        wanted.insert((*other, n, rule));
                    }
                }
            }
        }
    }
    only_one(wanted.into_iter().map(|(from, to, rule)| (if rule == "acronym" { 1 } else { 2 }, from, to, rule)), nodes)
}

/// Nodes named by an acronym that is made of the first letters of one other name: an institution's or a firm's
/// anywhere, else one of the same country.
fn initials(nodes: &[Node], locals: &[Local], known: &Known) -> Vec<Edge> {
    let mut full: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (n, node) in nodes.iter().enumerate().filter(|(_, node)| node.words.len() > 2) {
        let names: BTreeSet<String> =
            node.members.iter().map(|(i, _)| known.rules().initials(&locals[*i].entity.name)).collect();
        for name in names {
            full.entry(name).or_default().push(n);
        }
    }
    let mut edges = Vec::new();
    for (n, node) in nodes.iter().enumerate().filter(|(_, n)| n.entry.is_none() && n.words.len() == 1) {
        let short = node.members.iter().all(|(i, _)| is_acronym(&locals[*i].entity.name));
        if !short || node.words[0].chars().count() < 3 {
            continue;
        }
        for other in full.get(&node.words[0]).into_iter().flatten() {
            let o = &nodes[*other];
            let worldwide = node.kinds == o.kinds
                && node.kinds.iter().any(|k| matches!(k, Kind::Institution | Kind::Company))
                && node.countries == o.countries;
            let same_country = !node.countries.is_empty() && node.countries == o.countries;
            if (worldwide || same_country) && o.fits(&node.kinds, &node.countries) {
                edges.push((3, n, *other, "initials"));
            }
        }
    }
    only_one(edges.into_iter(), nodes)
}

/// Persons by a part of their name: a surname, or all but one of several names, that one person has in the country
/// that the document is about.
fn persons(locals: &[Local], nodes: &[Node], known: &Known) -> Vec<Edge> {
    struct Person {
        node: usize,
        names: Vec<Vec<String>>,
        countries: BTreeSet<String>,
    }
    let rules = known.rules();
    let persons: Vec<Person> = nodes
        .iter()
        .enumerate()
        .filter(|(_, n)| n.kinds.contains(&Kind::Person))
        .map(|(node, n)| {
            let listed = n.entry.iter().flat_map(|e| e.names.values().flatten()).map(|name| rules.person(name));
            let spoken = n.members.iter().map(|(i, _)| &locals[*i]);
            let about = spoken.clone().filter_map(|l| l.country.or(l.focus)).map(str::to_string);
            Person {
                node,
                names: listed.chain(spoken.map(|l| l.words.clone())).collect(),
                countries: n.countries.iter().cloned().chain(about).collect(),
            }
        })
        .collect();
    let mut by_last: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    for (p, person) in persons.iter().enumerate() {
        for word in person.names.iter().filter(|n| n.len() > 1).flatten() {
            by_last.entry(word).or_default().insert(p);
        }
    }
    let mut edges = Vec::new();
    for short in persons.iter().filter(|p| nodes[p.node].entry.is_none()) {
        let words = &nodes[short.node].words;
        let Some(last) = words.last() else { continue };
        for full in by_last.get(last.as_str()).into_iter().flatten().map(|p| &persons[*p]) {
            let part = full.names.iter().any(|name| {
                name.len() > words.len()
                    && words.iter().all(|w| name.contains(w))
                    && (words.len() > 1 || name.last() == Some(last))
            });
            if part && full.node != short.node && full.countries.intersection(&short.countries).next().is_some() {
                edges.push((3, short.node, full.node, "name-part-in-country"));
            }
        }
    }
    only_one(edges.into_iter(), nodes)
}

/// Nodes whose entities carry one Wikidata id.
fn wikidata(locals: &[Local], nodes: &[Node]) -> Vec<Edge> {
    let mut ids: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    for (n, node) in nodes.iter().enumerate() {
        let own = node.entry.and_then(|e| e.wikidata.as_deref());
        let given = node
            .members
            .iter()
            .filter(|_| node.entry.is_none())
            .filter_map(|(i, _)| locals[*i].entity.wikidata.as_deref());
        for id in own.into_iter().chain(given) {
            ids.entry(id).or_default().insert(n);
        }
    }
    ids.into_values()
        .flat_map(|same| {
            let same: Vec<usize> = same.into_iter().collect();
            same.windows(2).map(|w| (4, w[1], w[0], "wikidata")).collect::<Vec<_>>()
        })
        .collect()
}

/// Edges of nodes that have just one way to go: where several things fit, none is taken. Two ways to one thing,
/// or to nodes of which one is the gazetteer's, are one.
fn only_one(edges: impl Iterator<Item = Edge>, nodes: &[Node]) -> Vec<Edge> {
    let mut from: BTreeMap<usize, Vec<Edge>> = BTreeMap::new();
    for edge in edges {
        from.entry(edge.1).or_default().push(edge);
    }
    from.into_values()
        .filter_map(|mut ways| {
            ways.sort();
            let targets: BTreeSet<usize> = ways.iter().map(|w| w.2).collect();
            if targets.len() == 1 {
                return ways.into_iter().next();
            }
            let country = &nodes[ways[0].1].countries;
            let same: Vec<Edge> =
                ways.into_iter().filter(|w| !country.is_empty() && nodes[w.2].countries == *country).collect();
            let targets: BTreeSet<usize> = same.iter().map(|w| w.2).collect();
            if targets.len() == 1 { same.into_iter().next() } else { None }
        })
        .collect()
}

/// Follows the edges in order, unless what they would join does not fit together as a whole.
fn merge<'a>(nodes: Vec<Node<'a>>, edges: Vec<Edge>, links: &Links) -> Vec<Joined<'a>> {
    let mut slots: Vec<Option<Node>> = nodes.into_iter().map(Some).collect();
    let mut home: Vec<usize> = (0..slots.len()).collect();
    let root = |home: &[usize], mut n: usize| {
        while home[n] != n {
            n = home[n];
        }
        n
    };
    for (rank, from, to, rule) in edges {
        let (a, b) = (root(&home, from), root(&home, to));
        if a == b {
            continue;
        }
        let (Some(x), Some(y)) = (&slots[a], &slots[b]) else { continue };
        let decided = rank == 0;
        let kept_apart = !links.apart.is_empty() && links.forbid(&x.locals(), &y.locals());
        if (x.entry.is_some() && y.entry.is_some()) || kept_apart || !(decided || x.fits(&y.kinds, &y.countries)) {
            continue;
        }
        // The gazetteer's stays, else the one that is pointed at.
        let (stay, go) = if x.entry.is_some() { (a, b) } else { (b, a) };
        if let Some(gone) = slots[go].take()
            && let Some(staying) = &mut slots[stay]
        {
            staying.members.extend(gone.members.into_iter().map(|(i, _)| (i, rule)));
            staying.kinds.extend(gone.kinds);
            staying.countries.extend(gone.countries);
            home[go] = stay;
        }
    }
    slots.into_iter().flatten().map(|n| Joined { entry: n.entry, members: n.members }).collect()
}
