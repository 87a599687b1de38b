use super::card::{roles, status, when};
use crate::frame::Frames;
use crate::model::{Claim, ClaimsById, ClaimsDocument, Entity, Fact, Knowledge, Percent, Step, Value, claims_by_id};
use std::collections::BTreeSet;

/// A fact, or a claim that supports none, with every claim behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explained {
    /// Of the fact; of the claim where it supports none.
    pub id: String,
    pub frame: String,
    pub when: String,
    pub status: Vec<String>,
    pub roles: Vec<(String, String)>,
    pub confidence: Percent,
    pub sources: usize,
    /// Id of the later fact that ended it.
    pub ended_by: Option<String>,
    /// Of a plan, id of the fact that tells that it came about.
    pub realised_by: Option<String>,
    /// Facts that contradict it, and in what.
    pub contradicted: Vec<(String, String)>,
    pub behind: Vec<Behind>,
}

/// One claim, where it stands and what made it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Behind {
    pub claim: String,
    pub document: String,
    pub title: String,
    pub publisher: Option<String>,
    pub published: Option<String>,
    pub url: Option<String>,
    pub attribution: Option<String>,
    /// What a person has decided about it; the roles are those that were read.
    pub curated: Option<String>,
    pub status: Vec<String>,
    /// As this document fills them, in its own words.
    pub roles: Vec<(String, String)>,
    pub confidence: Percent,
    /// Extractor's name and version.
    pub extractor: String,
    /// Each quote in the sentence it stands in: before, quote, after.
    pub quotes: Vec<[String; 3]>,
    pub lexical_unit: Option<String>,
    pub pattern: Option<String>,
    pub steps: Vec<Step>,
}

/// What an id leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reference {
    One(Box<Explained>),
    /// The ids that begin so.
    Several(Vec<String>),
    Nothing,
}

/// Ids of the documents that [`explain`] needs; `None` where it needs all, to look for a claim that supports no fact.
pub fn explain_documents<'a>(id: &str, knowledge: &'a Knowledge) -> Option<BTreeSet<&'a str>> {
    let id = plain(id);
    let facts = knowledge.facts.values();
    let supports = facts.flat_map(|f| f.support.iter().filter(|s| f.id.starts_with(id) || s.claim.starts_with(id)));
    let documents: BTreeSet<&str> = supports.map(|s| s.document.as_str()).collect();
    (!documents.is_empty()).then_some(documents)
}

/// The id that an IRI ends in, or what a narrow table left of it.
fn plain(id: &str) -> &str {
    let id = id.trim_end_matches('…');
    id.trim_matches(['<', '>']).rsplit('/').next().unwrap_or(id)
}

/// Explains a fact or a claim by its id, the beginning of it as far as only one begins so, or its IRI. Of a claim that
/// supports a fact, only that claim is shown behind it.
pub fn explain(id: &str, knowledge: &Knowledge, frames: &Frames, docs: &[ClaimsDocument]) -> Reference {
    let id = plain(id);
    if id.is_empty() {
        return Reference::Nothing;
    }
    let claims = claims_by_id(docs);
    let facts = knowledge.facts.keys().map(String::as_str);
    let mut fitting: Vec<&str> = facts.chain(claims.keys().copied()).filter(|known| known.starts_with(id)).collect();
    if let Some(exact) = fitting.iter().copied().find(|known| *known == id) {
        fitting = vec![exact];
    }
    match fitting.as_slice() {
        [] => Reference::Nothing,
        [one] => Reference::One(Box::new(explained(one, knowledge, frames, &claims))),
        several => Reference::Several(several.iter().map(|id| id.to_string()).collect()),
    }
}

fn explained(id: &str, knowledge: &Knowledge, frames: &Frames, claims: &ClaimsById) -> Explained {
    let one = claims.get(id);
    let of_claim = |f: &&Fact| f.claims().any(|c| c == id);
    let fact = knowledge.facts.get(id).or_else(|| knowledge.facts.values().find(of_claim));
    let mut behind: Vec<Behind> = match (one, fact) {
        (Some((claim, doc)), _) => vec![of_document(claim, doc, knowledge)],
        (None, Some(fact)) => {
            let found = fact.claims().filter_map(|id| claims.get(id));
            found.map(|(claim, doc)| of_document(claim, doc, knowledge)).collect()
        }
        (None, None) => Vec::new(),
    };
    behind.sort_by(|a, b| (&a.published, &a.document, &a.claim).cmp(&(&b.published, &b.document, &b.claim)));
    match (fact, one) {
        (Some(fact), _) => {
            let other = |c: &crate::model::Contradiction| {
                let other = c.facts.iter().find(|f| **f != fact.id)?;
                c.facts.contains(&fact.id).then(|| (other.clone(), c.role.clone().unwrap_or_else(|| c.kind.clone())))
            };
            Explained {
                id: fact.id.clone(),
                frame: fact.frame.clone(),
                when: when(fact),
                status: status(fact),
                roles: roles(fact, knowledge, frames),
                confidence: fact.confidence,
                sources: fact.sources,
                ended_by: fact.ended_by.clone(),
                realised_by: fact.realised_by.clone(),
                contradicted: knowledge.contradictions.iter().filter_map(other).collect(),
                behind,
            }
        }
        (None, claim) => Explained {
            id: id.to_string(),
            frame: claim.map(|(c, _)| c.frame.clone()).unwrap_or_default(),
            when: String::new(),
            status: Vec::new(),
            roles: Vec::new(),
            confidence: claim.map(|(c, _)| c.confidence).unwrap_or_default(),
            sources: 0,
            ended_by: None,
            realised_by: None,
            contradicted: Vec::new(),
            behind,
        },
    }
}

fn of_document(claim: &Claim, doc: &ClaimsDocument, knowledge: &Knowledge) -> Behind {
    let meta = &doc.document.meta;
    let full: Option<Vec<char>> = doc.document.full().map(|f| f.chars().collect());
    let quotes = claim.evidence.iter().map(|e| match (&full, e.start, e.end) {
        (Some(full), Some(start), Some(end)) if start <= end && end <= full.len() => in_sentence(full, start, end),
        _ => [String::new(), e.quote.clone(), String::new()],
    });
    let first = claim.evidence.first();
    let modality = Some(claim.modality.name()).filter(|m| *m != "actual");
    let polarity = Some(claim.polarity.name()).filter(|p| *p != "affirmed");
    Behind {
        claim: claim.id.clone(),
        document: meta.id.clone(),
        title: meta.title.clone(),
        publisher: meta.publisher.clone(),
        published: meta.published.clone(),
        url: meta.url.clone(),
        attribution: claim.attribution.clone(),
        curated: knowledge.curated.get(&claim.id).cloned(),
        status: [modality, polarity].into_iter().flatten().map(str::to_string).collect(),
        roles: claim
            .roles
            .iter()
            .map(|(role, values)| {
                let values: Vec<String> = values.iter().map(|v| value(v, &doc.entities)).collect();
                (role.clone(), values.join(", "))
            })
            .collect(),
        confidence: claim.confidence,
        extractor: doc
            .document
            .extractor
            .as_ref()
            .map(|e| format!("{} {}", e.name, e.version).trim_end().to_string())
            .unwrap_or_default(),
        quotes: quotes.collect(),
        lexical_unit: first.and_then(|e| e.lexical_unit.clone()),
        pattern: first.and_then(|e| e.pattern.clone()),
        steps: claim.evidence.iter().flat_map(|e| e.steps.clone()).collect(),
    }
}

fn value(value: &Value, entities: &[Entity]) -> String {
    let text = match value {
        Value::Entity { entity, .. } => {
            entities.iter().find(|e| e.id == *entity).map_or_else(|| entity.clone(), |e| e.name.clone())
        }
        Value::Concept { concept, .. } => concept.replace('-', " "),
        Value::Quantity { quantity, .. } => quantity.to_string(),
        Value::Date { date, .. } => date.to_string(),
        Value::Text { text, .. } => format!("“{text}”"),
    };
    if value.place().inferred { format!("{text} (unsaid)") } else { text }
}

/// A quote with the rest of its sentence, for people: ends at full stops before white space, at most some 300 letters
/// on either side.
pub(super) fn in_sentence(full: &[char], start: usize, end: usize) -> [String; 3] {
    const MOST: usize = 300;
    let stop = |i: usize| {
        full[i] == '\n' || (full[i].is_whitespace() && i > 0 && matches!(full[i - 1], '.' | '!' | '?' | '…'))
    };
    let from =
        (start.saturating_sub(MOST)..start).rev().find(|i| stop(*i)).map_or(start.saturating_sub(MOST), |i| i + 1);
    let limit = full.len().min(end + MOST);
    let ended = end > start && matches!(full[end - 1], '.' | '!' | '?' | '…');
    let to = if ended { end } else { (end..limit).find(|i| *i > 0 && stop(*i)).unwrap_or(limit) };
    let text = |a: usize, b: usize| full[a..b].iter().collect::<String>();
    [text(from, start).trim_start().to_string(), text(start, end), text(end, to).trim_end().to_string()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quote_is_shown_in_its_sentence() {
        let full: Vec<char> = "Título\n\nUno. Bolivia levantó el veto en junio. Tres.".chars().collect();
        let at = |quote: &str| {
            let text: String = full.iter().collect();
            let start = text[..text.find(quote).unwrap()].chars().count();
            in_sentence(&full, start, start + quote.chars().count())
        };
        assert_eq!(at("levantó el veto"), ["Bolivia ", "levantó el veto", " en junio."]);
        assert_eq!(at("Uno."), ["", "Uno.", ""]);
        assert_eq!(at("Título"), ["", "Título", ""]);
        assert_eq!(at("Tres."), ["", "Tres.", ""]);
    }
}
