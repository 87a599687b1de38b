//! Titles: who holds which office where, as apposition says it.

use super::chunk::Phrase;
use super::discourse::{Discourse, Referent};
use super::words::{Part, Sentence};
use crate::lexicon::Lexicon;
use crate::lexicon::compiled::{Tag, cue};
use crate::model::{Kind, Step};

/// A title with its person and, if it could be told, the organisation.
#[derive(Debug, Clone)]
pub struct Held {
    pub person: usize,
    pub person_span: (usize, usize),
    pub organisation: usize,
    pub organisation_span: Option<(usize, usize)>,
    pub title: String,
    pub title_tokens: (usize, usize),
    pub left: bool,
    pub step: Option<Step>,
    pub rule: &'static str,
    pub sure: bool,
    /// First and last token of the words that say it.
    pub tokens: (usize, usize),
}

/// What finding offices looks at.
pub struct Offices<'a> {
    pub s: &'a Sentence<'a>,
    pub phrases: &'a [Phrase],
    pub read: &'a [Referent],
    pub lexicon: &'a Lexicon,
    /// Publication date, ISO, for offices that the gazetteer dates.
    pub published: &'a str,
}

impl Offices<'_> {
    /// All offices that titles of the sentence state.
    pub fn find(&self, d: &mut Discourse) -> Vec<Held> {
        let s = self.s;
        let mut out: Vec<Held> = Vec::new();
        let mut at = 0;
        while at < s.len() {
            let Some(h) = s.longest(at, Tag::Title) else {
                at += 1;
                continue;
            };
            let (from, to) = (h.at, h.at + h.len);
            let info = &s.language.tables.titles[h.entry.a as usize];
            if s.words[from].part != Part::Verb
                && info.office
                && !info.optional
                && let Some((person, rule)) = self.person(from, to)
                && let Some(e) =
                    self.read[person].entity.filter(|e| matches!(d.entities[*e].kind, Kind::Person | Kind::Unknown))
            {
                d.entities[e].kind = Kind::Person;
                let left = self.cue_near(from, cue::ENDED);
                if let Some((organisation, span, step, sure)) = self.organisation(from, to, person, &info.of, d, e)
                    && organisation != e
                {
                    let title = s.slice(from, to).to_string();
                    let p = &self.phrases[person];
                    let name = p.name.map_or((p.start, p.end), |m| (s.names[m].start, s.names[m].end));
                    out.push(Held {
                        person: e,
                        person_span: self.read[person].span,
                        organisation,
                        organisation_span: span,
                        title,
                        title_tokens: (from, to),
                        left,
                        step,
                        rule,
                        sure,
                        tokens: (from.min(name.0), to.max(name.1)),
                    });
                }
            }
            at = to;
        }
        out
    }

    fn cue_near(&self, title: usize, kind: u16) -> bool {
        (title.saturating_sub(3)..title).any(|k| {
            self.s.hits_at(k).iter().any(|h| h.entry.tag == Tag::Cue && h.entry.a == kind && h.at + h.len <= title)
        }) || self.s.norm(title).split('-').next().is_some_and(|first| {
            first.len() < self.s.norm(title).len()
                && self
                    .s
                    .language
                    .entries(&format!("{first}-"))
                    .chain(self.s.language.entries(first))
                    .any(|e| e.tag == Tag::Cue && e.a == kind)
        })
    }

    fn named(&self, i: usize) -> bool {
        self.phrases[i]
            .name
            .is_some_and(|m| matches!(self.s.names[m].kind, Kind::Person | Kind::Unknown) && !self.s.names[m].demonym)
    }

    /// The person whose title stands at `from..to`: in the same phrase, behind it, or before it.
    fn person(&self, from: usize, to: usize) -> Option<(usize, &'static str)> {
        let s = self.s;
        // "Finance Minister Muhammad Aurangzeb", "el presidente Nayib Bukele"
        for (i, p) in self.phrases.iter().enumerate() {
            let Some(m) = p.name else { continue };
            let name = &s.names[m];
            if !self.named(i) {
                continue;
            }
            if p.start <= from
                && name.start >= to
                && name.start - to <= 2
                && p.end >= name.end
                && (to..name.start).all(|k| matches!(s.words[k].part, Part::Noun | Part::Adjective | Part::Punctuation))
            {
                return Some((i, "title before the name"));
            }
        }
        let own = self.phrases.iter().position(|p| p.start <= from && from < p.end)?;
        // "the governor of the Bank of England, Andrew Bailey"
        let mut last = own;
        while last + 1 < self.phrases.len()
            && (self.phrases[last + 1].of == Some(last)
                || self.phrases[last + 1].preposition_at == Some(self.phrases[last].end)
                    && self.phrases[last + 1].prepositions != 0
                    && !self.named(last + 1))
        {
            last += 1;
        }
        let mut end = self.phrases[last].end;
        while self.phrases.get(last + 1).is_some_and(|p| p.alias_of.is_some()) {
            last += 1;
            end = self.phrases[last].end + 1;
        }
        if let Some(next) = self.phrases.get(last + 1) {
            let gap = next.start.saturating_sub(end);
            let comma = gap == 1 && s.norm(end) == ",";
            if self.named(last + 1) && next.preposition_at.is_none() && (gap == 0 || comma) {
                return Some((last + 1, "title and name in apposition"));
            }
        }
        // "Nayib Bukele, president of El Salvador", "Ali (chair of the SEC)"
        let before = own.checked_sub(1)?;
        let b = if self.phrases[own].apposition_of.is_some() { self.phrases[own].apposition_of? } else { before };
        let gap_from = self.phrases[b].end;
        let gap_to = self.phrases[own].start;
        let joins = gap_to > gap_from
            && gap_to - gap_from <= 2
            && matches!(s.norm(gap_from), "," | "(" | "\u{2013}" | "\u{2014}")
            && !(gap_from..gap_to).any(|k| s.words[k].part == Part::Coordinator);
        if self.named(b) && joins && self.phrases[own].preposition_at.is_none() {
            return Some((b, "name and title in apposition"));
        }
        None
    }

    #[allow(clippy::type_complexity)]
    fn organisation(
        &self,
        from: usize,
        to: usize,
        person: usize,
        of: &str,
        d: &mut Discourse,
        e: usize,
    ) -> Option<(usize, Option<(usize, usize)>, Option<Step>, bool)> {
        let s = self.s;
        let own = self.phrases.iter().position(|p| p.start <= from && from < p.end).unwrap_or(person);
        let country_title = matches!(of, "country" | "ministry");
        let fits = |kind: Kind| {
            kind != Kind::Person && kind != Kind::Asset && kind != Kind::Law && kind != Kind::List && kind != Kind::City
        };
        // A name inside the phrase, a possessor, or what hangs on the title.
        let mut candidates: Vec<(usize, (usize, usize))> = Vec::new();
        for q in [own, person] {
            for m in &self.phrases[q].modifiers {
                let name = &s.names[*m];
                if name.end <= to + 4 {
                    candidates.push((d.of_name(s, name, self.lexicon), s.bytes(name.start, name.end)));
                }
            }
            if let Some(x) = self.phrases[q].possessor
                && let Some(o) = self.read[x].entity
            {
                candidates.push((o, self.read[x].span));
            }
            if self.phrases[q].possessive {
                let own = |kind: Kind| {
                    if country_title { kind.is_jurisdiction() } else { fits(kind) && !kind.is_jurisdiction() }
                };
                let topic = d.topic.filter(|t| own(d.entities[*t].kind)).or_else(|| d.last(|k| own(k.kind)));
                if let Some(t) = topic {
                    candidates.push((t, self.read[q].span));
                }
            }
        }
        let mut k = own;
        while k + 1 < self.phrases.len()
            && self.phrases[k + 1].preposition_at.is_some_and(|p| p <= self.phrases[k].end + 1)
            && k - own < 2
        {
            k += 1;
            if let Some(o) = self.read[k].entity {
                candidates.push((o, self.read[k].span));
            }
        }
        for (o, span) in &candidates {
            let kind = d.entities[*o].kind;
            if *o == e || !fits(kind) {
                continue;
            }
            return Some((*o, Some(*span), None, true));
        }
        // What the gazetteer knows of the person at that date.
        let outline = d.entities[e].entry.map(|entry| self.lexicon.outline(entry));
        let home = outline.and_then(|o| o.country).or(d.country);
        if let Some(o) = outline {
            let valid = |from: &str, until: &str| {
                (from.is_empty() || from <= self.published) && (until.is_empty() || until >= self.published)
            };
            let offices: Vec<u32> =
                o.offices.iter().filter(|(_, from, until)| valid(from, until)).map(|x| x.0).collect();
            let public = |org: &u32| {
                matches!(
                    self.lexicon.outline(*org).kind,
                    Kind::Country | Kind::Territory | Kind::Ministry | Kind::Government
                )
            };
            let held = offices
                .iter()
                .find(|org| public(org) == country_title)
                .or_else(|| offices.first().filter(|_| offices.len() == 1));
            if let Some(org) = held {
                // A ministry held by one whose title names the country's is the country's in these articles.
                let outline = self.lexicon.outline(*org);
                let own = if matches!(outline.kind, Kind::Ministry | Kind::Government) {
                    outline.country.unwrap_or(*org)
                } else {
                    *org
                };
                let x = d.of_entry(own, s.language, self.lexicon);
                return Some((
                    x,
                    None,
                    Some(step(s, from, to, &d.entities[x].name, "the office that the person is known to hold")),
                    false,
                ));
            }
        }
        let wanted: &[Kind] = match of {
            "country" | "ministry" => &[],
            "central-bank" => &[Kind::CentralBank],
            "regulator" => &[Kind::Regulator, Kind::Agency],
            "company" => &[Kind::Company, Kind::Unknown],
            "institution" => &[Kind::Institution],
            _ => return None,
        };
        let found = if wanted.is_empty() {
            let near = d.last(|k| k.kind.is_jurisdiction() && k.kind != Kind::Union && k.country.is_some());
            let listed = outline.and_then(|o| o.country);
            listed
                .map(|c| d.of_entry(c, s.language, self.lexicon))
                .or(near)
                .or_else(|| home.map(|c| d.of_entry(c, s.language, self.lexicon)))
        } else {
            d.unsaid(wanted)
        };
        let found = found.filter(|x| *x != e)?;
        Some((found, None, Some(step(s, from, to, &d.entities[found].name, "whose office it is, left unsaid")), false))
    }
}

fn step(s: &Sentence<'_>, from: usize, to: usize, read_as: &str, rule: &str) -> Step {
    Step { words: s.slice(from, to).to_string(), read_as: read_as.to_string(), rule: rule.to_string() }
}
