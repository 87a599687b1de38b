use super::{Hits, Tokens, number_token, tags};
use crate::lexicon::Language;
use crate::lexicon::compiled::{Entry, Tag, date_word};
use crate::model::PartialDate;
use jiff::ToSpan;
use jiff::civil::Date;

/// A date as the text gives it. Without a year of its own it has two readings; the claim's modality decides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateExpr {
    pub start: usize,
    pub end: usize,
    /// The latest one that is not after the publication, or the only one.
    pub past: PartialDate,
    /// The next one after it, where the text leaves the year open.
    pub future: Option<PartialDate>,
    /// The text names the year itself.
    pub explicit_year: bool,
    /// "three months later": (unit, count) after the event before it; `past` is then the publication date.
    pub after_event: Option<(u8, i16)>,
}

struct Scan<'a> {
    tokens: &'a Tokens,
    language: &'a Language,
    hits: Hits<'a>,
    end: usize,
    published: Option<Date>,
    /// Year and month that the text last spoke of.
    context: Option<(i16, Option<u8>)>,
}

fn day(date: Date) -> PartialDate {
    PartialDate::Day(date.year(), date.month() as u8, date.day() as u8)
}

fn make_day(year: i16, month: u8, d: u32) -> Option<PartialDate> {
    let d = u8::try_from(d).ok()?;
    Date::new(year, month as i8, d as i8).ok().map(day)
}

impl<'a> Scan<'a> {
    fn one(&self, i: usize, tag: Tag) -> Option<(usize, Entry)> {
        if i >= self.end { None } else { self.hits.longest(i, tag) }
    }

    fn word(&self, i: usize, kind: u16) -> Option<(usize, u16)> {
        if i >= self.end {
            return None;
        }
        self.hits
            .at(i)
            .filter(|(_, e)| e.tag == Tag::DateWord && e.a == kind)
            .max_by_key(|(n, _)| *n)
            .map(|(n, e)| (n, e.b))
    }

    /// A month; a word that is another one in lower case ("may", "mars") counts only where the language writes it so.
    fn month(&self, i: usize) -> Option<(usize, u8)> {
        if i >= self.end || !self.tokens.list[i].word {
            return None;
        }
        let (mut n, e) = self.one(i, Tag::Month)?;
        if self.language.tables.capital_months && !self.tokens.list[i].upper {
            return None;
        }
        if i + n < self.end
            && self.tokens.norm(i + n) == "."
            && !self.tokens.list[i + n].spaced
            && self.tokens.norm(i).len() <= 4
            && i + n + 1 < self.end
            && (self.tokens.list[i + n + 1].digit || !self.tokens.list[i + n + 1].upper)
        {
            n += 1;
        }
        Some((n, e.a as u8))
    }

    fn year(&self, i: usize) -> Option<i16> {
        let norm = self.tokens.list.get(i).filter(|t| t.digit).map(|t| t.norm(&self.tokens.norms))?;
        (i < self.end && norm.len() == 4 && norm.bytes().all(|b| b.is_ascii_digit()))
            .then(|| norm.parse().ok())
            .flatten()
            .filter(|y| (1950..=2100).contains(y))
    }

    /// A day of a month: "16", "16th", "1er", "16.": (tokens, day, has an ordinal mark).
    fn day_number(&self, i: usize) -> Option<(usize, u32, bool)> {
        let t = self.tokens.list.get(i).filter(|t| t.digit && i < self.end)?;
        let norm = t.norm(&self.tokens.norms);
        if norm.len() > 2 {
            return None;
        }
        let value: u32 = norm.parse().ok().filter(|d| (1..=31).contains(d))?;
        if let Some(next) = self.tokens.list.get(i + 1).filter(|n| i + 1 < self.end && !n.spaced) {
            let suffix = next.norm(&self.tokens.norms);
            if self.language.tables.ordinal_suffixes.iter().any(|s| s == suffix) {
                return Some((2, value, true));
            }
            if matches!(suffix, "º" | "ª" | "°") {
                return Some((2, value, true));
            }
            if next.word {
                return None;
            }
        }
        Some((1, value, false))
    }

    /// Words between the parts of a date: "de", "of", ",".
    fn filler(&self, i: usize) -> usize {
        let norm = self.tokens.norm(i);
        usize::from(
            i < self.end
                && (norm == "," || self.language.entries(norm).any(|e| e.tag == Tag::Preposition && e.a & 1 != 0)),
        )
    }

    fn found(&self, start: usize, end: usize, past: PartialDate) -> DateExpr {
        DateExpr { start, end, past, future: None, explicit_year: false, after_event: None }
    }

    /// A month (and day) without a year: the year from the context or from the publication.
    fn open_year(&self, start: usize, end: usize, month: u8, day_of: Option<u32>) -> Option<DateExpr> {
        let make = |year: i16| match day_of {
            Some(d) => make_day(year, month, d),
            None => Some(PartialDate::Month(year, month)),
        };
        if let Some((year, _)) = self.context {
            return Some(self.found(start, end, make(year)?));
        }
        let published = self.published?;
        let limit =
            (published.year(), published.month() as u8, if day_of.is_some() { published.day() as u32 } else { 31 });
        let this_is_past = (published.year(), month, day_of.unwrap_or(1)) <= limit;
        let past_year = if this_is_past { published.year() } else { published.year() - 1 };
        let mut expr = self.found(start, end, make(past_year).or_else(|| make(past_year - 1))?);
        expr.future = make(past_year + 1);
        Some(expr)
    }

    fn shift(&self, unit: u8, count: i16) -> Option<PartialDate> {
        shift_from(self.published?, unit, count)
    }

    fn at(&self, i: usize) -> Option<DateExpr> {
        let t = self.tokens.list[i];
        // Of most words nothing more need be asked.
        const DATED: u32 = tags(&[Tag::Month, Tag::Weekday, Tag::RelativeDate, Tag::DateWord, Tag::Number]);
        if !t.digit && !self.hits.any(i, DATED) {
            return None;
        }
        // 2025-07-16
        if let Some(year) = self.year(i) {
            let dash =
                |k: usize| k < self.end && matches!(self.tokens.norm(k), "-" | "/") && !self.tokens.list[k].spaced;
            if dash(i + 1) && self.tokens.norm(i + 2).len() == 2 && i + 2 < self.end {
                let month: u8 = self.tokens.norm(i + 2).parse().ok().filter(|m| (1..=12).contains(m))?;
                let mut expr = self.found(i, i + 3, PartialDate::Month(year, month));
                if dash(i + 3)
                    && i + 4 < self.end
                    && let Ok(d) = self.tokens.norm(i + 4).parse()
                {
                    expr = self.found(i, i + 5, make_day(year, month, d)?);
                }
                expr.explicit_year = true;
                return Some(expr);
            }
        }
        if let Some((n, d, ordinal)) = self.day_number(i) {
            return self.by_day(i, n, d, ordinal);
        }
        if t.digit {
            if let Some(expr) = self.count_of_units(i) {
                return Some(expr);
            }
            return self.bare_year(i);
        }
        if !t.word {
            return None;
        }
        if let Some((n, e)) = self.one(i, Tag::RelativeDate)
            && let Some(expr) = self.relative(i, n, &self.language.tables.relative[e.a as usize])
        {
            return Some(expr);
        }
        if let Some((n, month)) = self.month(i) {
            return self.by_month(i, n, month);
        }
        if let Some(expr) = self.period(i) {
            return Some(expr);
        }
        if let Some((n, e)) = self.one(i, Tag::Weekday) {
            // Before a full date a weekday adds nothing: "Wednesday, 16 July".
            let after = i + n + self.filler(i + n);
            if after < self.end
                && (self.day_number(after).is_some() || self.month(after).is_some())
                && let Some(mut expr) = self.at(after)
            {
                expr.start = i;
                return Some(expr);
            }
            let published = self.published?;
            let back = (i16::from(published.weekday().to_monday_one_offset()) - e.a as i16).rem_euclid(7);
            let past = published.checked_sub(i64::from(back).days()).ok()?;
            let mut expr = self.found(i, i + n, day(past));
            expr.future = past.checked_add(7.days()).ok().map(day);
            return Some(expr);
        }
        self.count_of_units(i)
    }

    fn by_day(&self, i: usize, n: usize, d: u32, ordinal: bool) -> Option<DateExpr> {
        // "16 July 2025", "16 de julio de 2025", "16. Juli"
        let mut at = i + n;
        if at < self.end
            && self.tokens.norm(at) == "."
            && !self.tokens.list[at].spaced
            && self.language.tables.ordinal_suffixes.iter().any(|s| s == ".")
        {
            at += 1;
        }
        let filler = self.filler(at);
        if let Some((m, month)) = self.month(at).or_else(|| self.month(at + filler)) {
            let skip = if self.month(at).is_some() { 0 } else { filler };
            let mut end = at + skip + m;
            let more = self.filler(end);
            if let Some(year) = self.year(end).or_else(|| self.year(end + more)) {
                end += if self.year(end).is_some() { 1 } else { more + 1 };
                let mut expr = self.found(i, end, make_day(year, month, d)?);
                expr.explicit_year = true;
                return Some(expr);
            }
            return self.open_year(i, end, month, Some(d));
        }
        // "16/07/2025", "16.7.2025" is one token of digits with points.
        let slash = |k: usize| k < self.end && self.tokens.norm(k) == "/" && !self.tokens.list[k].spaced;
        if slash(i + 1)
            && slash(i + 3)
            && let (Ok(month), Some(year)) = (self.tokens.norm(i + 2).parse::<u8>(), self.year(i + 4))
            && (1..=12).contains(&month)
        {
            let mut expr = self.found(i, i + 5, make_day(year, month, d)?);
            expr.explicit_year = true;
            return Some(expr);
        }
        if ordinal && let Some(published) = self.published {
            // "on the 27th": of the month that the text or the publication is in.
            if let Some((year, Some(month))) = self.context {
                return Some(self.found(i, i + n, make_day(year, month, d)?));
            }
            let this = make_day(published.year(), published.month() as u8, d)?;
            if d <= published.day() as u32 {
                return Some(self.found(i, i + n, this));
            }
            let before = published.checked_sub(1.months()).ok()?;
            return Some(self.found(i, i + n, make_day(before.year(), before.month() as u8, d)?));
        }
        self.count_of_units(i)
    }

    fn by_month(&self, i: usize, n: usize, month: u8) -> Option<DateExpr> {
        let mut end = i + n;
        // "July 16, 2025", "July 16th"
        if let Some((m, d, _)) = self.day_number(end).filter(|_| self.language.tables.day_after_month) {
            end += m;
            let filler = self.filler(end);
            if let Some(year) = self.year(end + filler) {
                let mut expr = self.found(i, end + filler + 1, make_day(year, month, d)?);
                expr.explicit_year = true;
                return Some(expr);
            }
            return self.open_year(i, end, month, Some(d));
        }
        let filler = self.filler(end);
        if let Some(year) = self.year(end).or_else(|| self.year(end + filler)) {
            end += if self.year(end).is_some() { 1 } else { filler + 1 };
            let mut expr = self.found(i, end, PartialDate::Month(year, month));
            expr.explicit_year = true;
            return Some(expr);
        }
        self.open_year(i, end, month, None)
    }

    /// Quarters, halves, seasons, and parts of them with or without a year.
    fn period(&self, i: usize) -> Option<DateExpr> {
        if let Some((n, quarter)) = self.word(i, date_word::QUARTER) {
            let filler = self.filler(i + n);
            let year = self
                .year(i + n)
                .map(|y| (y, i + n + 1))
                .or_else(|| self.year(i + n + filler).map(|y| (y, i + n + filler + 1)));
            let (year, end, explicit) = match year {
                Some((y, end)) => (y, end, true),
                None => (self.context.map_or(self.published?.year(), |c| c.0), i + n, false),
            };
            let mut expr = self.found(i, end, PartialDate::Quarter(year, quarter as u8));
            expr.explicit_year = explicit;
            return Some(expr);
        }
        if let Some((n, _)) = self.word(i, date_word::SEASON) {
            let filler = self.filler(i + n);
            let year = self
                .year(i + n)
                .map(|y| (y, i + n + 1))
                .or_else(|| self.year(i + n + filler).map(|y| (y, i + n + filler + 1)));
            let (year, end) = year.unwrap_or((self.published?.year(), i + n));
            return Some(self.found(i, end, PartialDate::Year(year)));
        }
        // "last May", "afgelopen mei", "next Tuesday", "this year" where the phrase is not listed whole
        for (kind, step) in [(date_word::LAST, -1i16), (date_word::THIS, 0), (date_word::NEXT, 1)] {
            let Some((n, _)) = self.word(i, kind) else { continue };
            let at = i + n;
            if at >= self.end {
                continue;
            }
            if let Some((m, month)) = self.month(at) {
                let open = self.open_year(i, at + m, month, None)?;
                let past = if step > 0 { open.future.unwrap_or(open.past) } else { open.past };
                return Some(self.found(i, at + m, past));
            }
            if let Some((m, unit)) = self.word(at, date_word::UNIT) {
                return Some(self.found(i, at + m, self.shift(unit as u8, step)?));
            }
            if self.one(at, Tag::Weekday).is_some() {
                let mut expr = self.at(at)?;
                expr.start = i;
                if step > 0
                    && let Some(future) = expr.future
                {
                    expr.past = future;
                }
                return Some(expr);
            }
        }
        // "early May", "Ende Juni", "eind vorige maand"
        if let Some((n, _)) = self.word(i, date_word::PART).or_else(|| self.word(i, date_word::HALF)) {
            let at = i + n + self.filler(i + n);
            if at < self.end
                && (self.month(at).is_some()
                    || self.year(at).is_some()
                    || self.word(at, date_word::SEASON).is_some()
                    || self.one(at, Tag::RelativeDate).is_some()
                    || self.word(at, date_word::LAST).is_some())
            {
                let mut expr = self.at(at)?;
                expr.start = i;
                return Some(expr);
            }
        }
        None
    }

    /// "three months ago", "vor drei Monaten", "zwei Jahre später".
    fn count_of_units(&self, i: usize) -> Option<DateExpr> {
        let before = [date_word::AGO_BEFORE, date_word::LATER_BEFORE]
            .into_iter()
            .find_map(|k| self.word(i, k).map(|(n, _)| (n, k)));
        let at = i + before.map_or(0, |(n, _)| n);
        let (n, count) = self.small_number(at)?;
        let (m, unit) = self.word(at + n, date_word::UNIT)?;
        let end = at + n + m;
        if let Some((k, _)) = self.word(end, date_word::AGO_AFTER) {
            return Some(self.found(i, end + k, self.shift(unit as u8, -count)?));
        }
        if let Some((k, _)) = self.word(end, date_word::LATER_AFTER) {
            return self.later(i, end + k, unit as u8, count);
        }
        match before {
            Some((_, date_word::AGO_BEFORE)) => Some(self.found(i, end, self.shift(unit as u8, -count)?)),
            Some(_) => self.later(i, end, unit as u8, count),
            None => None,
        }
    }

    fn later(&self, start: usize, end: usize, unit: u8, count: i16) -> Option<DateExpr> {
        let mut expr = self.found(start, end, day(self.published?));
        expr.after_event = Some((unit, count));
        Some(expr)
    }

    fn small_number(&self, i: usize) -> Option<(usize, i16)> {
        let t = self.tokens.list.get(i).filter(|_| i < self.end)?;
        if t.digit {
            let value = number_token(self.tokens.norm(i), self.language)?.to_string().parse().ok()?;
            return Some((1, value));
        }
        let (n, e) = self.one(i, Tag::Number)?;
        (e.b == 0 && e.a < 1000).then_some((n, e.a as i16))
    }

    /// "day:-1", "month:0", "year:1", "season:summer:0", "after:year:1".
    fn relative(&self, start: usize, n: usize, code: &str) -> Option<DateExpr> {
        let parts: Vec<&str> = code.split(':').collect();
        let unit = |name: &str| ["day", "week", "month", "year"].iter().position(|u| *u == name).map(|u| u as u8);
        let number = |at: usize| parts.get(at).and_then(|p| p.trim_start_matches('+').parse::<i16>().ok());
        let end = start + n;
        match parts.first().copied()? {
            "after" => self.later(start, end, unit(parts.get(1)?)?, number(2)?),
            "next-year-after-event" => self.later(start, end, 3, 1),
            "season" | "quarter" => {
                Some(self.found(start, end, PartialDate::Year(self.published?.year() + number(parts.len() - 1)?)))
            }
            name => Some(self.found(start, end, self.shift(unit(name)?, number(1)?)?)),
        }
    }

    /// A year alone: behind a word that dates ("in", "since") or at the head of a line, not before a noun or unit.
    fn bare_year(&self, i: usize) -> Option<DateExpr> {
        // "16.7.2025"
        let norm = self.tokens.norm(i);
        let parts: Vec<&str> = norm.split('.').collect();
        if let [d, m, y] = parts[..]
            && y.len() == 4
            && let (Ok(d), Ok(m), Ok(y)) = (d.parse::<u32>(), m.parse::<u8>(), y.parse::<i16>())
            && (1..=12).contains(&m)
        {
            let mut expr = self.found(i, i + 1, make_day(y, m, d)?);
            expr.explicit_year = true;
            return Some(expr);
        }
        let year = self.year(i).filter(|y| (1990..=2100).contains(y))?;
        let before = i.checked_sub(1).map(|b| self.tokens.norm(b)).unwrap_or("");
        let dated = i == 0
            || self.tokens.list[i].line_start
            || self.language.entries(before).any(|e| matches!(e.tag, Tag::Preposition | Tag::DateWord))
            || matches!(before, "(" | "," | "-" | "\u{2013}")
            || self.tokens.list[i - 1].word && !self.language.has(before, Tag::Currency);
        let unit_next = self.tokens.list.get(i + 1).filter(|_| i + 1 < self.end).is_some_and(|_| {
            self.language
                .entries(self.tokens.norm(i + 1))
                .any(|e| matches!(e.tag, Tag::Currency | Tag::Unit | Tag::AssetUnit | Tag::Percent | Tag::Scale))
        });
        if !dated || unit_next {
            return None;
        }
        let mut expr = self.found(i, i + 1, PartialDate::Year(year));
        expr.explicit_year = true;
        Some(expr)
    }
}

/// `count` units after (or before) a day, at the precision of the unit.
fn shift_from(date: Date, unit: u8, count: i16) -> Option<PartialDate> {
    let count = i64::from(count);
    Some(match unit {
        0 => day(date.checked_add(count.days()).ok()?),
        1 => {
            let d = date.checked_add(count.weeks()).ok()?;
            PartialDate::Month(d.year(), d.month() as u8)
        }
        2 => {
            let d = date.checked_add(count.months()).ok()?;
            PartialDate::Month(d.year(), d.month() as u8)
        }
        _ => PartialDate::Year(date.checked_add(count.years()).ok()?.year()),
    })
}

impl DateExpr {
    /// For "three months later": the date that lies so far after `event`.
    pub fn after(&self, event: PartialDate) -> Option<PartialDate> {
        let (unit, count) = self.after_event?;
        let (y, m, d) = event.earliest();
        let shifted = shift_from(Date::new(y, m as i8, d as i8).ok()?, unit, count)?;
        // No more precise than the event itself was.
        Some(match (event.precision(), shifted) {
            (0 | 1, date) => PartialDate::Year(date.year()),
            (2, PartialDate::Day(y, m, _)) => PartialDate::Month(y, m),
            (_, date) => date,
        })
    }
}

/// The dates in tokens `from..to`, in order. `published` resolves the relative ones; `context` is the year (and
/// month) that a heading or an earlier date of the paragraph set.
pub fn dates(
    tokens: &Tokens,
    from: usize,
    to: usize,
    language: &Language,
    hits: Hits<'_>,
    published: Option<PartialDate>,
    context: Option<(i16, Option<u8>)>,
) -> Vec<DateExpr> {
    let published = published.and_then(|p| {
        let (y, m, d) = p.latest();
        Date::new(y, m as i8, d as i8).ok()
    });
    let mut scan = Scan { tokens, language, hits, end: to, published, context };
    let mut out = Vec::new();
    let mut i = from;
    while i < to {
        match scan.at(i) {
            Some(expr) => {
                if expr.explicit_year && expr.after_event.is_none() {
                    scan.context = Some((expr.past.year(), expr.past.month()));
                }
                i = expr.end.max(i + 1);
                out.push(expr);
            }
            None => i += 1,
        }
    }
    out
}
