use super::Extract;
use super::build::{Builder, Stated};
use super::chunk::chunk;
use super::clause::divide;
use super::discourse::{Discourse, Reading, Referent};
use super::fill::{Match, Matcher, View};
use super::names::{Finder, HeadKinds, Listed, Name, Surroundings, choose, known, merge};
use super::office::Offices;
use super::pattern::Pattern;
use super::predicate::{Evoker, arguments, predicates, subjects};
use super::status::{Governors, attribution, status};
use super::words::{Part, Sentence, Word};
use crate::data::{Data, DataError};
use crate::frame::Frames;
use crate::lexicon::compiled::{Tag, name_kind};
use crate::lexicon::{Language, Lexicon};
use crate::model::{ClaimsDocument, Document, Extractor, Kind, PartialDate, PassageKind};
use crate::text::{Found, Hits, Tokens, dates, measures, sentences, tokenize};
use std::collections::BTreeSet;

/// The deterministic extractor, driven by data/ alone.
pub struct Engine {
    version: String,
    lexicon: Lexicon,
    frames: Frames,
    patterns: Vec<Pattern>,
    /// Patterns by anchor class; the last list holds those of the copula.
    by_class: Vec<Vec<usize>>,
    heads: HeadKinds,
    governors: Governors,
    tickers: BTreeSet<String>,
}

impl Engine {
    /// # Errors
    /// Data that cannot be used, with file and line.
    pub fn new(data: &Data) -> Result<Engine, DataError> {
        let lexicon = Lexicon::load(data)?;
        let frames = Frames::load(data)?;
        let mut patterns = Vec::new();
        for (index, frame) in frames.iter().enumerate() {
            for name in frame.constructions.keys() {
                let path = format!("frames/{}.toml", frame.name);
                let pattern = Pattern::parse(&frames, index, name, &lexicon).map_err(|e| {
                    let line = data
                        .text(&path)
                        .and_then(|t| Some(t[..t.find(&format!("[constructions.{name}]"))?].matches('\n').count() + 1));
                    data.error(&path, line.unwrap_or(1), format!("construction \"{name}\": {e}"))
                })?;
                patterns.push(pattern);
            }
        }
        let mut by_class = vec![Vec::new(); lexicon.classes() + 1];
        for (i, pattern) in patterns.iter().enumerate() {
            for class in &pattern.anchors {
                by_class[*class as usize].push(i);
            }
            if pattern.copula {
                by_class[lexicon.classes()].push(i);
            }
        }
        let heads = HeadKinds::new(&lexicon);
        let governors = Governors::new(&lexicon);
        let tickers = lexicon.tickers();
        Ok(Engine {
            version: env!("CARGO_PKG_VERSION").to_string(),
            lexicon,
            frames,
            patterns,
            by_class,
            heads,
            governors,
            tickers,
        })
    }

    /// Which countries the document is about, and which words it capitalises inside sentences.
    fn survey(&self, document: &Document, pages: &[Page<'_>]) -> Surroundings {
        let mut around = Surroundings::default();
        for page in pages {
            let weight = if page.kind == PassageKind::Headline { 3 } else { 1 };
            for (_, _, values) in page.names.iter().flatten() {
                let mut seen = BTreeSet::new();
                for value in values.iter().filter(|v| (**v >> 32) as u8 != name_kind::LOCAL) {
                    let index = *value as u32;
                    let entry = self.lexicon.outline(index);
                    let country = if entry.kind.is_jurisdiction() { Some(index) } else { entry.country };
                    if let Some(c) = country
                        && seen.insert(c)
                    {
                        *around.countries.entry(c).or_default() += weight;
                    }
                }
            }
            for range in &page.sentences {
                for i in range.start + 1..range.end {
                    let t = &page.tokens.list[i];
                    if t.upper && t.word && page.tokens.list[i - 1].word {
                        around.capitalised.insert(document.full[t.start..t.end].to_string());
                    }
                }
            }
        }
        around
    }

    fn analyse<'a>(
        &self,
        page: &'a Page<'a>,
        document: &'a Document,
        number: usize,
        around: &Surroundings,
        published: Option<PartialDate>,
        context: Option<(i16, Option<u8>)>,
    ) -> Sentence<'a> {
        let (from, to) = (page.sentences[number].start, page.sentences[number].end);
        let (hits, found) = Sentence::look_up(&page.tokens, from, to, page.language);
        let n = to - from;
        let mut taken = vec![false; n];
        let mut names: Vec<Name> = Vec::new();
        for &(a, b, values) in &page.names[number] {
            let first = &page.tokens.list[a];
            // A lower-case name only counts whole ("central bank"), an upper-case one anywhere.
            if let Some((entries, chosen)) = choose(values, around, &self.lexicon, first.upper) {
                let kind = self.lexicon.outline(entries[0]).kind;
                // "Comissão" of "Comissão Nacional de Proteção de Dados" is the beginning of another name.
                let goes_on = page.tokens.list.get(b).is_some_and(|t| b < to && t.upper && t.spaced && t.word);
                if chosen == name_kind::LOCAL
                    && b == a + 1
                    && goes_on
                    && first.upper
                    && !page.language.tables.noun_capitals
                {
                    continue;
                }
                // One capitalised common word at the head of a sentence is no acronym.
                names.push(Name {
                    start: a - from,
                    end: b - from,
                    entries,
                    kind,
                    demonym: chosen == name_kind::DEMONYM,
                    rule: "gazetteer",
                    local: chosen == name_kind::LOCAL,
                });
                taken[a - from..b - from].fill(true);
            }
        }
        let finder = Finder {
            tokens: &page.tokens,
            from,
            to,
            text: &document.full,
            language: page.language,
            hits: &hits,
            found: &found,
            around,
            heads: &self.heads,
        };
        names.extend(finder.unknown(&taken));
        names.sort_by_key(|m| m.start);
        let names = merge(names, &page.tokens, from);
        let looked = Hits { list: &hits, found: &found, from };
        let found_dates = dates(&page.tokens, from, to, page.language, looked, published, context);
        let found_measures = measures(&page.tokens, from, to, page.language, looked);
        let blank = Word {
            part: Part::Noun,
            closed: 0,
            aux: 0,
            prepositions: 0,
            forms: 0,
            hits: Found::default(),
            name: None,
            date: None,
            measure: None,
        };
        let mut words: Vec<Word> = found.into_iter().map(|hits| Word { hits, ..blank.clone() }).collect();
        for (k, x) in found_measures.iter().enumerate() {
            words[x.start - from..x.end - from].iter_mut().for_each(|w| w.measure = Some(k));
        }
        for (k, x) in found_dates.iter().enumerate() {
            if words[x.start - from..x.end - from].iter().all(|w| w.measure.is_none()) {
                words[x.start - from..x.end - from].iter_mut().for_each(|w| w.date = Some(k));
            }
        }
        for (k, x) in names.iter().enumerate() {
            if words[x.start..x.end].iter().all(|w| w.measure.is_none()) || x.end - x.start > 1 {
                words[x.start..x.end].iter_mut().for_each(|w| (w.name, w.date, w.measure) = (Some(k), None, None));
            }
        }
        let mut s = Sentence {
            tokens: &page.tokens,
            from,
            to,
            text: &document.full,
            language: page.language,
            words,
            hits,
            names,
            dates: found_dates,
            measures: found_measures,
        };
        s.tag();
        s
    }

    fn sentence(&self, s: &Sentence<'_>, d: &mut Discourse, builder: &mut Builder<'_>, page: &Page<'_>) {
        let mut phrases = chunk(s, &self.lexicon);
        let clauses = divide(s, &mut phrases);
        let reading = Reading {
            lexicon: &self.lexicon,
            heads: &self.heads,
            country_class: self.lexicon.class("COUNTRY"),
            person_class: self.lexicon.class("PERSON"),
        };
        let mut read: Vec<Referent> = Vec::with_capacity(phrases.len());
        for i in 0..phrases.len() {
            let r = reading.read(s, &phrases, i, &read, d);
            read.push(r);
            // A second name in brackets or behind a comma is the same thing.
            let same = phrases[i].alias_of;
            if let (Some(a), Some(m)) = (same, phrases[i].name) {
                let (name, span) =
                    (s.slice(s.names[m].start, s.names[m].end).to_string(), s.bytes(s.names[m].start, s.names[m].end));
                if let Some(e) =
                    read[a].entity.filter(|e| s.names[m].entries.is_empty() || d.entities[*e].entry.is_none())
                    && s.names[m].entries.is_empty()
                    && d.entities[e].kind != Kind::Person
                {
                    d.alias(e, &name, span);
                    read[i].entity = Some(e);
                }
            }
        }
        let question = s.len() > 0 && s.norm(s.len() - 1) == "?";
        let claims = !question && matches!(page.kind, PassageKind::Body | PassageKind::Quotation);
        if claims {
            let offices = Offices {
                s,
                phrases: &phrases,
                read: &read,
                lexicon: &self.lexicon,
                published: builder.published_text(),
            }
            .find(d);
            for held in offices {
                builder.office(s, held);
            }
            let events = |class: u16| !self.by_class[class as usize].is_empty();
            let found = predicates(s, &phrases, &clauses, &events);
            let view = View {
                s,
                phrases: &phrases,
                clauses: &clauses,
                read: &read,
                lexicon: &self.lexicon,
                tickers: &self.tickers,
                person: reading.person_class,
            };
            // All constructions first: what a claim leaves unsaid is looked for among what they found.
            let matches: Vec<(usize, Vec<Match>)> = {
                let matcher = Matcher { view: &view, discourse: d, frames: &self.frames };
                let of = |p| {
                    let args = arguments(s, &phrases, &clauses, p);
                    let class = if p.by == Evoker::Copula { self.lexicon.classes() } else { p.class as usize };
                    let patterns = self.by_class[class].iter();
                    patterns.filter_map(|i| matcher.attempt(*i, &self.patterns[*i], p, &args)).collect()
                };
                found.iter().enumerate().filter(|(_, p)| matcher.claimable(p)).map(|(n, p)| (n, of(p))).collect()
            };
            let mut drafts = Vec::new();
            for (number, matches) in matches {
                let p = &found[number];
                if matches.is_empty() {
                    continue;
                }
                let Some((modality, polarity)) = status(s, &clauses, &phrases, p, &self.governors) else { continue };
                let speaker = attribution(s, &phrases, &clauses, &read, d, p, &self.governors);
                for m in matches {
                    let pattern = &self.patterns[m.pattern];
                    drafts.extend(builder.draft(&view, d, p, pattern, m, Stated { modality, polarity, speaker }));
                }
            }
            builder.settle(drafts);
        }
        // Named together: what "they" stands for in the next sentence.
        d.group_age += 1;
        for p in phrases.iter().enumerate().filter(|(i, p)| p.group == *i).map(|(i, _)| i) {
            let mut members: Vec<usize> = (0..phrases.len())
                .filter(|k| phrases[*k].group == phrases[p].group && phrases[*k].name.is_some())
                .filter_map(|k| read[k].entity)
                .collect();
            members.dedup();
            if members.len() > 1 && members.iter().all(|e| d.entities[*e].kind != Kind::Asset) {
                (d.group, d.group_age) = (members, 0);
            }
        }
        // The subject of the first clause is what the next sentence's pronouns mean.
        if let Some(e) = subjects(s, &phrases, &clauses, 0, 0).into_iter().find_map(|i| read[i].entity) {
            d.topic = Some(e);
        }
    }
}

/// A passage, tokenized.
struct Page<'a> {
    kind: PassageKind,
    language: &'a Language,
    author: Option<String>,
    tokens: Tokens,
    sentences: Vec<std::ops::Range<usize>>,
    /// By sentence: the names that the gazetteer knows.
    names: Vec<Vec<Listed<'a>>>,
}

impl Extract for Engine {
    fn identity(&self) -> Extractor {
        Extractor { name: "chancery".to_string(), version: self.version.clone() }
    }

    fn extract(&self, document: &Document) -> ClaimsDocument {
        let pages: Vec<Page<'_>> = document
            .passages
            .iter()
            .filter(|p| matches!(p.kind, PassageKind::Headline | PassageKind::Body | PassageKind::Quotation))
            .filter_map(|p| {
                let language = self.lexicon.language(&p.language)?;
                let text = &document.full[p.bytes.clone()];
                let tokens = tokenize(text, p.bytes.start, language);
                let sentences = sentences(&tokens, text, p.bytes.start, language);
                let names =
                    sentences.iter().map(|r| known(&tokens, &document.full, r.start, r.end, language)).collect();
                Some(Page { kind: p.kind, language, author: p.author.clone(), tokens, sentences, names })
            })
            .collect();
        let around = self.survey(document, &pages);
        let published = document
            .meta
            .published
            .as_deref()
            .and_then(|p| p.get(..10).or(Some(p)))
            .and_then(|p| p.parse::<PartialDate>().ok());
        let mut d = Discourse::new(around.country());
        let mut builder = Builder::new(document, &self.frames, &self.lexicon, self.identity(), published);
        for page in &pages {
            builder.passage(page.author.as_deref());
            let mut context: Option<(i16, Option<u8>)> = None;
            for (number, range) in page.sentences.iter().enumerate() {
                let first = &page.tokens.list[range.start];
                if first.line_start {
                    context = None;
                }
                let s = self.analyse(page, document, number, &around, published, context);
                // A date at the head of a line holds for all of it.
                if let Some(date) = s.dates.first().filter(|x| x.start == range.start && first.line_start) {
                    builder.heading(Some(date.past));
                    context = Some((date.past.year(), date.past.month()));
                } else if first.line_start {
                    builder.heading(None);
                }
                let telling = s.hits.iter().any(|h| match h.entry.tag {
                    Tag::Verb | Tag::Noun => !self.by_class[h.entry.a as usize].is_empty(),
                    Tag::MultiVerb => true,
                    Tag::Title => true,
                    _ => false,
                });
                if telling || !s.names.is_empty() {
                    self.sentence(&s, &mut d, &mut builder, page);
                }
            }
        }
        builder.finish(d)
    }
}
