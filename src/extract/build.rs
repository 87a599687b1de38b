//! From matches to the claims document: automatic roles, distribution, the same claim once, spans and confidence.

use super::clause::Clause;
use super::discourse::Discourse;
use super::fill::{Filled, Filler, Match, View};
use super::office::Held;
use super::pattern::Pattern;
use super::predicate::{Evoker, Predicate};
use super::words::{Part, Sentence};
use crate::document::Offsets;
use crate::frame::{Frame, Frames, Range};
use crate::lexicon::Lexicon;
use crate::lexicon::compiled::{prep, scheme};
use crate::model::{
    Claim, ClaimsDocument, Document, DocumentRecord, Entity, Evidence, Extractor, FORMAT, Kind, Mention, Modality,
    PartialDate, Percent, Place, Polarity, Roles, Step, Value,
};
use std::collections::BTreeMap;

/// A date that fills a role, and where it stands.
type Dated = (String, PartialDate, Option<(usize, usize)>);

/// A claim in the making.
#[derive(Debug, Clone)]
pub struct Draft {
    frame: usize,
    roles: Vec<Filled>,
    dates: Vec<Dated>,
    modality: Modality,
    polarity: Polarity,
    speaker: Option<usize>,
    /// Whose words the passage is, where it is a quotation.
    author: Option<String>,
    confidence: u8,
    span: (usize, usize),
    unit: Option<String>,
    pattern: String,
    steps: Vec<Step>,
    nominal: bool,
    slots: usize,
    predicate: usize,
}

/// What the sentence says of a predicate's status, and who says it.
#[derive(Debug, Clone, Copy)]
pub struct Stated {
    pub modality: Modality,
    pub polarity: Polarity,
    pub speaker: Option<usize>,
}

/// Collects the claims of one document.
pub struct Builder<'a> {
    document: &'a Document,
    frames: &'a Frames,
    lexicon: &'a Lexicon,
    extractor: Extractor,
    published: Option<PartialDate>,
    published_text: String,
    heading: Option<PartialDate>,
    author: Option<String>,
    last_event: Option<PartialDate>,
    drafts: Vec<Draft>,
    /// The last filler by frame and role.
    memory: BTreeMap<(usize, String), Filled>,
}

impl<'a> Builder<'a> {
    pub fn new(
        document: &'a Document,
        frames: &'a Frames,
        lexicon: &'a Lexicon,
        extractor: Extractor,
        published: Option<PartialDate>,
    ) -> Builder<'a> {
        Builder {
            document,
            frames,
            lexicon,
            extractor,
            published,
            published_text: published.map_or_else(String::new, |p| p.to_string()),
            heading: None,
            author: None,
            last_event: None,
            drafts: Vec::new(),
            memory: BTreeMap::new(),
        }
    }

    pub fn published_text(&self) -> &str {
        &self.published_text
    }

    pub fn passage(&mut self, author: Option<&str>) {
        self.author = author.map(str::to_string);
        self.heading = None;
    }

    /// The date at the head of the line that the next sentences stand in.
    pub fn heading(&mut self, date: Option<PartialDate>) {
        self.heading = date;
    }

    fn frame(&self, index: usize) -> &'a Frame {
        self.frames.iter().nth(index).expect("indices come from the same registry")
    }

    /// A title's claim.
    pub fn office(&mut self, s: &Sentence<'_>, held: Held) {
        let Some(frame) = self.frames.iter().position(|f| f.name == "office") else { return };
        let filled = |role: &str, filler: Filler, span| Filled { role: role.to_string(), filler, span, phrase: None };
        let action = if held.left { "left" } else { "holds" };
        let roles = vec![
            filled("person", Filler::Entity(held.person), Some(held.person_span)),
            filled("organisation", Filler::Entity(held.organisation), held.organisation_span),
            filled("action", Filler::Concept(action.to_string()), None),
            filled("title", Filler::Text(held.title.clone()), Some(s.bytes(held.title_tokens.0, held.title_tokens.1))),
        ];
        self.drafts.push(Draft {
            frame,
            roles,
            dates: Vec::new(),
            modality: Modality::Actual,
            polarity: Polarity::Affirmed,
            speaker: None,
            author: self.author.clone(),
            confidence: if held.sure { 88 } else { 74 },
            span: s.bytes(held.tokens.0, held.tokens.1),
            unit: Some(format!("title: {}", held.title)),
            pattern: format!("office/{}", held.rule.replace(' ', "-")),
            steps: held.step.into_iter().collect(),
            nominal: false,
            slots: 2,
            predicate: usize::MAX,
        });
    }

    /// The drafts of one match: automatic roles filled, distributed over coordinated values.
    pub fn draft(
        &mut self,
        m: &View<'_>,
        d: &mut Discourse,
        p: &Predicate,
        pattern: &Pattern,
        found: Match,
        stated: Stated,
    ) -> Vec<Draft> {
        let s = m.s;
        let frame = self.frame(pattern.frame);
        let mut filled = found.filled;
        let clause = &m.clauses[p.clause];
        let Stated { mut modality, mut polarity, speaker } = stated;
        let unit = (p.by != Evoker::Copula).then(|| s.language.tables.members[p.member as usize].clone());
        let (first, last) = self.extent(clause, p, &filled, m);
        let mut confidence = pattern.confidence;
        if let Some(to) = pattern.modality
            && (to == Modality::Possible || modality == Modality::Actual)
        {
            modality = to;
        }
        if let Some(to) = pattern.polarity {
            polarity = if to == polarity { to } else { Polarity::Negated };
        }
        self.own_country(frame, &mut filled, d, s);
        for (role, value) in &pattern.set {
            if !filled.iter().any(|f| f.role == *role) {
                filled.push(Filled::unsaid(role, Filler::Concept(value.clone())));
            }
        }
        self.automatic(frame, &mut filled, m, clause, (first, last));
        self.home(frame, &mut filled, d, s);
        let mut steps: Vec<Step> = filled.iter().filter_map(|f| m.read[f.phrase?].step.clone()).collect();
        for (name, role) in frame.roles.iter().filter(|(_, r)| !r.unsaid.is_empty()) {
            if filled.iter().any(|f| f.role == *name) {
                continue;
            }
            if let Some(e) = self.unsaid(&role.unsaid, d, s) {
                steps.push(Step {
                    words: String::new(),
                    read_as: d.entities[e].name.clone(),
                    rule: format!("{name} left unsaid"),
                });
                filled.push(Filled::unsaid(name, Filler::Entity(e)));
                confidence = confidence.saturating_sub(12);
            }
        }
        for (name, _) in frame.roles.iter().filter(|(_, r)| r.remembered) {
            if !filled.iter().any(|f| f.role == *name)
                && let Some(before) = self.memory.get(&(pattern.frame, name.clone()))
            {
                steps.push(Step {
                    words: String::new(),
                    read_as: describe(before, d),
                    rule: format!("{name} of the claim before"),
                });
                filled.push(Filled { span: None, phrase: None, ..before.clone() });
                confidence = confidence.saturating_sub(10);
            }
        }
        // Every key role must be said, or be one that may go unsaid.
        for (name, role) in frame.roles.iter().filter(|(_, r)| r.key) {
            if role.unsaid.is_empty() && !filled.iter().any(|f| f.role == *name) {
                return Vec::new();
            }
        }
        for (role, count) in &pattern.need {
            if filled.iter().filter(|f| f.role == *role).count() < *count {
                return Vec::new();
            }
        }
        if same_twice(&filled, frame) {
            return Vec::new();
        }
        // A plan announced in May has May as its date; only what the sentence itself puts into the future lies there.
        let told =
            if pattern.modality.is_some() && stated.modality == Modality::Actual { Modality::Actual } else { modality };
        let (dates, future) = self.dates(frame, s, clause, p, told);
        if future && modality == Modality::Actual {
            modality = Modality::Planned;
        }
        if found.nominal {
            confidence = confidence.saturating_sub(20);
        }
        if !steps.is_empty() {
            confidence = confidence.saturating_sub(5);
        }
        let span = s.bytes(first, last + 1);
        let base = Draft {
            frame: pattern.frame,
            roles: Vec::new(),
            dates,
            modality,
            polarity,
            speaker,
            author: self.author.clone(),
            confidence,
            span,
            unit,
            pattern: pattern.name.clone(),
            steps,
            nominal: found.nominal,
            slots: found.slots,
            predicate: p.at,
        };
        for f in &filled {
            self.memory.insert((pattern.frame, f.role.clone()), f.clone());
        }
        distribute(frame, filled).into_iter().map(|roles| Draft { roles, ..base.clone() }).collect()
    }

    /// First and last token of the evidence: the clause and whatever fills a role, without marks at the edges.
    fn extent(&self, clause: &Clause, p: &Predicate, filled: &[Filled], m: &View<'_>) -> (usize, usize) {
        let mut first = clause.tokens.iter().copied().min().unwrap_or(p.at).min(p.at);
        let mut last = clause.tokens.iter().copied().max().unwrap_or(p.at).max(p.at);
        for f in filled {
            if let Some(i) = f.phrase {
                first = first.min(m.phrases[i].start);
                last = last.max(m.phrases[i].end - 1);
            }
        }
        let edge = |i: usize| {
            m.s.words[i].part == Part::Punctuation
                && !matches!(m.s.norm(i), "\"" | "\u{201c}" | "\u{201d}" | "(" | ")" | "$" | "\u{20ac}" | "\u{a3}")
        };
        while first < last && (edge(first) || m.s.words[first].part == Part::Coordinator) {
            first += 1;
        }
        while last > first && edge(last) {
            last -= 1;
        }
        (first, last)
    }

    /// A body that fills a country's role stands for its country; so does a capital.
    fn own_country(&mut self, frame: &Frame, filled: &mut [Filled], d: &mut Discourse, s: &Sentence<'_>) {
        for f in filled.iter_mut() {
            let Filler::Entity(e) = f.filler else { continue };
            let role = &frame.roles[&f.role];
            let kind = d.entities[e].kind;
            let capital =
                kind == Kind::City && d.entities[e].entry.is_some_and(|x| self.lexicon.outline(x).capital_of.is_some());
            let place = f.role == "place";
            let speaks = role.speaks_for_country.contains(&kind);
            if role.of_jurisdictions() && !kind.is_jurisdiction() && kind != Kind::City || capital && !place || speaks {
                let entry = d.entities[e].entry;
                let country = if capital {
                    entry.and_then(|x| self.lexicon.outline(x).capital_of)
                } else {
                    d.entities[e].country.or_else(|| d.nearest_country().or(d.country).filter(|_| speaks))
                };
                if let Some(c) = country {
                    f.filler = Filler::Entity(d.of_entry(c, s.language, self.lexicon));
                }
            }
        }
    }

    /// Whose law, whose body: the country of who acts, where the frame has a place for it and the clause is silent.
    fn home(&self, frame: &Frame, filled: &mut Vec<Filled>, d: &mut Discourse, s: &Sentence<'_>) {
        if frame.roles.get("jurisdiction").is_none_or(|r| r.key) || filled.iter().any(|f| f.role == "jurisdiction") {
            return;
        }
        let actor = filled.iter().find_map(|f| match f.filler {
            Filler::Entity(e) => d.entities[e].country,
            _ => None,
        });
        if let Some(c) = actor.or_else(|| d.nearest_country()).or(d.country) {
            let e = d.of_entry(c, s.language, self.lexicon);
            filled.push(Filled::unsaid("jurisdiction", Filler::Entity(e)));
        }
    }

    /// Amounts, places, topics, kinds: what a clause says beside its construction.
    fn automatic(
        &self,
        frame: &Frame,
        filled: &mut Vec<Filled>,
        m: &View<'_>,
        clause: &Clause,
        (first, last): (usize, usize),
    ) {
        let s = m.s;
        let has = |filled: &Vec<Filled>, role: &str| filled.iter().any(|f| f.role == role);
        for (name, role) in &frame.roles {
            if has(filled, name) {
                continue;
            }
            match role.range {
                Range::Quantity => {
                    let found = s.measures.iter().find(|x| {
                        let at = x.start - s.from;
                        at >= first
                            && at <= last
                            && m.dimension(role, &x.quantity.unit)
                            && !filled.iter().any(|f| matches!(&f.filler, Filler::Quantity(q) if *q == x.quantity))
                    });
                    if let Some(x) = found {
                        filled.push(Filled {
                            role: name.clone(),
                            filler: Filler::Quantity(x.quantity.clone()),
                            span: Some(s.bytes(x.start - s.from, x.end - s.from)),
                            phrase: None,
                        });
                    }
                }
                Range::Concept | Range::Asset => {
                    let number = View::scheme(role);
                    if number == scheme::ASSET {
                        // What a quantity counts, else the asset named in the clause.
                        let counted = filled.iter().find_map(|f| match &f.filler {
                            Filler::Quantity(q) => m.asset_of(&q.unit),
                            _ => None,
                        });
                        let named = || m.concepts(scheme::ASSET, first, last + 1).into_iter().next();
                        if let Some(c) = counted.or_else(named).filter(|_| role.range == Range::Concept) {
                            filled.push(Filled::unsaid(name, Filler::Concept(c)));
                        }
                        continue;
                    }
                    let limit = if role.many { 3 } else { 1 };
                    for c in m.concepts(number, first, last + 1).into_iter().take(limit) {
                        filled.push(Filled::unsaid(name, Filler::Concept(c)));
                    }
                }
                Range::Entity if name == "place" => {
                    let found = (0..m.phrases.len()).find(|i| {
                        let p = &m.phrases[*i];
                        p.prepositions & (prep::IN | prep::AT) != 0
                            && clause.tokens.contains(&p.head)
                            && p.name.is_some_and(|n| matches!(s.names[n].kind, Kind::City))
                    });
                    if let Some(i) = found
                        && let Some(e) = m.read[i].entity
                    {
                        filled.push(Filled {
                            role: name.clone(),
                            filler: Filler::Entity(e),
                            span: Some(m.read[i].span),
                            phrase: Some(i),
                        });
                    }
                }
                _ => {}
            }
        }
    }

    /// The last one spoken of that may go unsaid; a country only if the document is about one.
    fn unsaid(&self, kinds: &[Kind], d: &mut Discourse, s: &Sentence<'_>) -> Option<usize> {
        if let Some(e) = d.unsaid(kinds) {
            return Some(e);
        }
        let country = d.country.filter(|_| kinds.contains(&Kind::Country))?;
        Some(d.of_entry(country, s.language, self.lexicon))
    }

    /// Dates for the frame's date roles; and whether the date lies after the publication.
    fn dates(
        &mut self,
        frame: &Frame,
        s: &Sentence<'_>,
        clause: &Clause,
        p: &Predicate,
        modality: Modality,
    ) -> (Vec<Dated>, bool) {
        let mut out = Vec::new();
        if !frame.roles.contains_key("date") {
            return (out, false);
        }
        let inside = |x: &&crate::text::DateExpr| clause.tokens.contains(&(x.start - s.from));
        let mut ordered: Vec<&crate::text::DateExpr> = s.dates.iter().filter(inside).collect();
        ordered.sort_by_key(|x| (x.start - s.from).abs_diff(p.at));
        if ordered.is_empty() && s.dates.len() == 1 {
            ordered.extend(s.dates.first());
        }
        let is_until = |x: &crate::text::DateExpr| {
            x.start > s.from && s.words[x.start - s.from - 1].prepositions & prep::UNTIL != 0
        };
        let resolve = |x: &crate::text::DateExpr, last: Option<PartialDate>| {
            if x.after_event.is_some() {
                return last.and_then(|l| x.after(l));
            }
            Some(if modality == Modality::Actual { x.past } else { x.future.unwrap_or(x.past) })
        };
        for x in &ordered {
            let role = if is_until(x) && frame.roles.contains_key("until") { "until" } else { "date" };
            if role == "date" && is_until(x) || out.iter().any(|(r, ..)| r == role) {
                continue;
            }
            if let Some(date) = resolve(x, self.last_event) {
                out.push((role.to_string(), date, Some(s.bytes(x.start - s.from, x.end - s.from))));
            }
        }
        if !out.iter().any(|(r, ..)| r == "date")
            && let Some(date) = self.heading
        {
            out.push(("date".to_string(), date, None));
        }
        let date = out.iter().find(|(r, ..)| r == "date").map(|(_, d, _)| *d);
        if let Some(date) = date {
            self.last_event = Some(date);
        }
        let future = date.zip(self.published).is_some_and(|(d, p)| d.earliest() > p.latest());
        (out, future)
    }

    /// Among the drafts of one sentence keeps one construction for each evoking word, the fullest; event nouns yield to
    /// verbs of the same frame.
    pub fn settle(&mut self, drafts: Vec<Draft>) {
        let mut best: BTreeMap<usize, (usize, u8, String)> = BTreeMap::new();
        for draft in &drafts {
            let score = (draft.slots, draft.confidence, draft.pattern.clone());
            let held = best.entry(draft.predicate).or_insert_with(|| score.clone());
            if (score.0, score.1) > (held.0, held.1) {
                *held = score;
            }
        }
        let mut kept: Vec<Draft> =
            drafts.into_iter().filter(|d| best.get(&d.predicate).is_some_and(|b| b.2 == d.pattern)).collect();
        let verbal: Vec<usize> = kept.iter().filter(|k| !k.nominal).map(|k| k.frame).collect();
        kept.retain(|k| !k.nominal || !verbal.contains(&k.frame));
        self.drafts.extend(kept);
    }

    /// The claims document.
    pub fn finish(mut self, d: Discourse) -> ClaimsDocument {
        let offsets = Offsets::new(&self.document.full);
        let mut out = ClaimsDocument {
            format: FORMAT.to_string(),
            document: DocumentRecord {
                meta: self.document.meta.clone(),
                text: Some(self.document.body().to_string()),
                extractor: Some(self.extractor.clone()),
                former: Vec::new(),
            },
            entities: Vec::new(),
            claims: Vec::new(),
        };
        let mut numbers: BTreeMap<usize, String> = BTreeMap::new();
        let drafts = std::mem::take(&mut self.drafts);
        let mut seen: Vec<(String, usize)> = Vec::new();
        for draft in &drafts {
            let frame = self.frame(draft.frame);
            let key = identity(frame, draft, &d);
            if let Some((_, at)) = seen.iter().find(|(k, _)| *k == key) {
                // Told again: what the second telling adds is kept, with its own evidence.
                let again = self.claim(frame, draft, &d, &offsets, &mut numbers);
                let claim: &mut Claim = &mut out.claims[*at];
                for (role, values) in again.roles {
                    claim.roles.entry(role).or_insert(values);
                }
                for evidence in again.evidence {
                    if !claim.evidence.iter().any(|e| e.start < evidence.end && evidence.start < e.end) {
                        claim.evidence.push(evidence);
                    }
                }
                continue;
            }
            // Of a frame without steps, a plan told beside the fact is the fact told again.
            if draft.modality != Modality::Actual && !frame.roles.contains_key("action") {
                let done = key.replace("|false|", "|true|");
                if seen.iter().any(|(k, _)| *k == done) {
                    continue;
                }
            }
            if frame.name == "office" && self.superseded(draft, &drafts) {
                continue;
            }
            seen.push((key, out.claims.len()));
            out.claims.push(self.claim(frame, draft, &d, &offsets, &mut numbers));
        }
        for claim in &mut out.claims {
            let frame = self.frames.get(&claim.frame).expect("made from it");
            claim.roles.sort_by(|a, _, b, _| frame.roles.get_index_of(a).cmp(&frame.roles.get_index_of(b)));
        }
        for (e, id) in &numbers {
            let known = &d.entities[*e];
            let mut mentions: Vec<Mention> = known
                .mentions
                .iter()
                .map(|(a, b, text)| {
                    let span = offsets.span(*a..*b);
                    Mention { start: Some(span.start), end: Some(span.end), text: text.clone() }
                })
                .collect();
            mentions.sort_by_key(|m| m.start);
            let mut aliases: Vec<String> = Vec::new();
            for text in known.mentions.iter().map(|m| &m.2) {
                if *text != known.name && !aliases.contains(text) {
                    aliases.push(text.clone());
                }
            }
            let outline = known.entry.map(|x| self.lexicon.outline(x));
            out.entities.push(Entity {
                id: id.clone(),
                name: known.name.clone(),
                kind: Some(known.kind),
                key: outline.map(|o| o.key.clone()),
                country: known.country.map(|c| self.lexicon.outline(c).key.clone()),
                aliases,
                wikidata: outline.and_then(|o| o.wikidata.clone()),
                mentions,
            });
        }
        out.entities.sort_by_key(|e| e.id[1..].parse::<usize>().unwrap_or(0));
        out
    }

    /// Somebody who is appointed or leaves does not also "hold" by the same sentence's title.
    fn superseded(&self, draft: &Draft, all: &[Draft]) -> bool {
        let get = |d: &Draft, role: &str| d.roles.iter().find(|f| f.role == role).map(|f| f.filler.clone());
        get(draft, "action") == Some(Filler::Concept("holds".to_string()))
            && all.iter().any(|o| {
                o.frame == draft.frame
                    && get(o, "person") == get(draft, "person")
                    && get(o, "organisation") == get(draft, "organisation")
                    && get(o, "action") != get(draft, "action")
            })
    }

    fn claim(
        &self,
        frame: &Frame,
        draft: &Draft,
        d: &Discourse,
        offsets: &Offsets<'_>,
        numbers: &mut BTreeMap<usize, String>,
    ) -> Claim {
        let place = |span: Option<(usize, usize)>| match span {
            Some((a, b)) => {
                let span = offsets.span(a..b);
                Place { start: Some(span.start), end: Some(span.end), inferred: false }
            }
            None => Place { start: None, end: None, inferred: true },
        };
        let mut roles = Roles::new();
        for f in &draft.roles {
            let value = match &f.filler {
                Filler::Entity(e) => {
                    let next = numbers.len() + 1;
                    let id = numbers.entry(*e).or_insert_with(|| format!("e{next}")).clone();
                    Value::Entity { entity: id, place: place(f.span) }
                }
                Filler::Text(text) => Value::Text { text: text.clone(), place: place(f.span) },
                Filler::Concept(concept) => Value::Concept { concept: concept.clone(), place: place(f.span) },
                Filler::Quantity(quantity) => Value::Quantity { quantity: quantity.clone(), place: place(f.span) },
            };
            let list: &mut Vec<Value> = roles.entry(f.role.clone()).or_default();
            if !list.contains(&value) {
                list.push(value);
            }
        }
        for (role, date, span) in &draft.dates {
            roles.insert(role.clone(), vec![Value::Date { date: *date, place: place(*span) }]);
        }
        let span = offsets.span(draft.span.0..draft.span.1);
        Claim {
            id: String::new(),
            frame: frame.name.clone(),
            roles,
            modality: draft.modality,
            polarity: draft.polarity,
            attribution: draft.speaker.map(|e| d.entities[e].name.clone()).or_else(|| draft.author.clone()),
            confidence: Percent::new(draft.confidence),
            evidence: vec![Evidence {
                start: Some(span.start),
                end: Some(span.end),
                quote: self.document.full[draft.span.0..draft.span.1].to_string(),
                lexical_unit: draft.unit.clone(),
                pattern: Some(draft.pattern.clone()),
                steps: draft.steps.clone(),
            }],
        }
    }
}

fn describe(f: &Filled, d: &Discourse) -> String {
    match &f.filler {
        Filler::Entity(e) => d.entities[*e].name.clone(),
        Filler::Text(t) | Filler::Concept(t) => t.clone(),
        Filler::Quantity(q) => q.to_string(),
    }
}

/// One value a claim for key roles that take one; roles that take several keep them together.
fn distribute(frame: &Frame, filled: Vec<Filled>) -> Vec<Vec<Filled>> {
    let mut out = vec![Vec::new()];
    let mut names: Vec<&str> = Vec::new();
    for f in &filled {
        if !names.contains(&f.role.as_str()) {
            names.push(&f.role);
        }
    }
    for name in names.iter().map(|n| n.to_string()) {
        let values: Vec<&Filled> = filled.iter().filter(|f| f.role == name).collect();
        let role = &frame.roles[&name];
        let apart = role.key && !role.many && values.len() > 1 && !matches!(name.as_str(), "authority");
        if apart {
            out = out
                .iter()
                .flat_map(|o| {
                    values.iter().map(move |v| {
                        let mut x = o.clone();
                        x.push((*v).clone());
                        x
                    })
                })
                .collect();
        } else {
            for o in &mut out {
                o.extend(values.iter().map(|v| (*v).clone()));
            }
        }
    }
    out.truncate(12);
    out
}

/// The same entity in two key roles says nothing ("the regulator fined the regulator").
fn same_twice(filled: &[Filled], frame: &Frame) -> bool {
    for (i, a) in filled.iter().enumerate() {
        for b in &filled[i + 1..] {
            if a.role != b.role
                && frame.roles[&a.role].key
                && frame.roles[&b.role].key
                && a.filler == b.filler
                && matches!(a.filler, Filler::Entity(_))
            {
                return true;
            }
        }
    }
    false
}

/// What makes two claims of a document the same: frame, key roles, actual or not, polarity.
fn identity(frame: &Frame, draft: &Draft, d: &Discourse) -> String {
    let mut keys: Vec<String> = Vec::new();
    for name in frame.keys() {
        let mut values: Vec<String> = draft
            .roles
            .iter()
            .filter(|f| f.role == name)
            .map(|f| match &f.filler {
                Filler::Entity(e) => format!("e{}", d.entities[*e].entry.map_or(format!("u{e}"), |x| x.to_string())),
                Filler::Text(t) => crate::lexicon::compiled::normalise(t),
                Filler::Concept(c) => c.clone(),
                Filler::Quantity(q) => q.to_string(),
            })
            .collect();
        values.sort();
        keys.push(format!("{name}={}", values.join("+")));
    }
    format!("{}|{}|{:?}|{}", frame.name, keys.join("|"), draft.modality == Modality::Actual, draft.polarity.name())
}
