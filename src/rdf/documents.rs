//! Documents and their claims: each document a named graph.

use super::facts::edtf;
use super::vocab::{self, Iris, own, term};
use super::{Out, tagged, typed};
use crate::model::{Claim, ClaimsDocument, Evidence, Knowledge, PartialDate};
use oxigraph::model::{GraphName, Literal, NamedNode};
use std::collections::BTreeSet;

pub(super) fn documents(out: &mut Out, knowledge: &Knowledge, docs: &[ClaimsDocument], iris: &Iris) {
    let facts = knowledge.facts_by_claim();
    let mut order: Vec<&ClaimsDocument> = docs.iter().collect();
    order.sort_by(|a, b| a.document.meta.id.cmp(&b.document.meta.id));
    let publishers: BTreeSet<&str> = docs.iter().filter_map(|d| d.document.meta.publisher.as_deref()).collect();
    for name in publishers {
        let node = iris.source(name);
        out.put(&node, term(vocab::SCHEMA, "name"), Literal::new_simple_literal(name));
    }
    for doc in order {
        let node = iris.document(&doc.document.meta.id);
        out.graph = GraphName::NamedNode(node.clone());
        metadata(out, &node, doc, iris);
        for c in &doc.claims {
            claim(out, c, &node, facts.get(c.id.as_str()).map(|f| f.id.as_str()), iris);
            if let Some(note) = knowledge.curated.get(&c.id) {
                out.put(&iris.claim(&c.id), own("curated"), Literal::new_simple_literal(note));
            }
        }
    }
    out.graph = GraphName::DefaultGraph;
}

fn metadata(out: &mut Out, node: &NamedNode, doc: &ClaimsDocument, iris: &Iris) {
    let meta = &doc.document.meta;
    let schema = |name: &str| term(vocab::SCHEMA, name);
    out.a(node, schema("NewsArticle"));
    out.put(node, term(vocab::DCTERMS, "identifier"), Literal::new_simple_literal(&meta.id));
    if !meta.title.is_empty() {
        out.put(node, schema("headline"), tagged(&meta.title, &meta.language));
    }
    if let Some(published) = &meta.published {
        let day = crate::resolve::published(published);
        out.put(
            node,
            schema("datePublished"),
            match day {
                Some(PartialDate::Day(..)) => typed(published.get(..10).unwrap_or(published), "date"),
                Some(date) => edtf(date),
                None => Literal::new_simple_literal(published),
            },
        );
    }
    if !meta.language.is_empty() {
        out.put(node, schema("inLanguage"), Literal::new_simple_literal(&meta.language));
    }
    if let Some(publisher) = &meta.publisher {
        out.put(node, schema("publisher"), iris.source(publisher));
    }
    if let Some(author) = &meta.author {
        out.put(node, term(vocab::DCTERMS, "creator"), Literal::new_simple_literal(author));
    }
    if let Some(url) = &meta.url {
        out.put(node, schema("url"), typed(url, "anyURI"));
    }
    if let Some(hash) = &meta.sha256 {
        out.put(node, own("sha256"), Literal::new_simple_literal(hash));
    }
    // Each text that stood under this id before, by its hash, the newest first.
    let mut newer = node.clone();
    for hash in doc.document.former.iter().rev() {
        let older = iris.version(&meta.id, hash);
        out.put(&newer, term(vocab::PROV, "wasRevisionOf"), older.clone());
        newer = older;
    }
    if let Some(extractor) = &doc.document.extractor {
        let name = format!("{} {}", extractor.name, extractor.version);
        out.put(node, own("readBy"), Literal::new_simple_literal(name.trim_end()));
    }
}

fn claim(out: &mut Out, claim: &Claim, document: &NamedNode, fact: Option<&str>, iris: &Iris) {
    let node = iris.claim(&claim.id);
    out.a(&node, own("Claim"));
    if let Some(fact) = fact {
        out.put(&node, own("supports"), iris.fact(fact));
    }
    out.put(&node, term(vocab::PROV, "wasDerivedFrom"), document.clone());
    if let Some(who) = &claim.attribution {
        out.put(&node, own("attribution"), Literal::new_simple_literal(who));
    }
    for (i, evidence) in claim.evidence.iter().enumerate() {
        if i == 0 {
            quote(out, &node, evidence);
        } else {
            // The first quote is on the claim itself, so that the usual question is a short one.
            let selector = iris.quote(&claim.id, i + 1);
            out.put(&node, term(vocab::OA, "hasSelector"), selector.clone());
            quote(out, &selector, evidence);
        }
    }
}

fn quote(out: &mut Out, node: &NamedNode, evidence: &Evidence) {
    out.put(node, term(vocab::OA, "exact"), Literal::new_simple_literal(&evidence.quote));
    for (name, at) in [("start", evidence.start), ("end", evidence.end)] {
        if let Some(at) = at {
            out.put(node, term(vocab::OA, name), typed(at.to_string(), "nonNegativeInteger"));
        }
    }
}
