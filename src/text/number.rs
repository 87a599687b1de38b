use super::{Hits, Tokens, tags};
use crate::lexicon::Language;
use crate::lexicon::compiled::{Entry, Tag};
use crate::model::{Bound, Decimal, Quantity};

/// A number with a unit, as a range of tokens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measure {
    pub start: usize,
    pub end: usize,
    pub quantity: Quantity,
}

/// The value of a token of digits, by the language's decimal and grouping marks. A point or comma before exactly
/// three digits groups; before any other number of them it divides.
pub fn number_token(norm: &str, language: &Language) -> Option<Decimal> {
    if !norm.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let marks: Vec<(usize, char)> = norm.char_indices().filter(|(_, c)| !c.is_ascii_digit()).collect();
    let Some((last, mark)) = marks.last().copied() else { return norm.parse().ok() };
    let after = norm.len() - last - mark.len_utf8();
    let single = marks.iter().filter(|(_, c)| *c == mark).count() == 1;
    let other = marks.iter().any(|(_, c)| *c != mark);
    let divides = match mark {
        '.' | ',' if other && single => true,
        '.' | ',' if single && after == 3 => mark == language.tables.decimal && norm.starts_with("0"),
        '.' | ',' => single,
        _ => false,
    };
    let mut plain = String::with_capacity(norm.len());
    for (i, c) in norm.char_indices() {
        if c.is_ascii_digit() {
            plain.push(c);
        } else if divides && i == last {
            plain.push('.');
        }
    }
    plain.parse().ok()
}

struct Scan<'a> {
    tokens: &'a Tokens,
    language: &'a Language,
    hits: Hits<'a>,
    end: usize,
}

impl Scan<'_> {
    /// The longest phrase at `i` with one of the tags: (tokens, entry).
    fn longest(&self, i: usize, tags: &[Tag]) -> Option<(usize, Entry)> {
        if i >= self.end {
            return None;
        }
        self.hits.at(i).filter(|(_, e)| tags.contains(&e.tag)).max_by_key(|(n, _)| *n)
    }

    /// A number at `i`, words and scales included: (tokens, value).
    fn number(&self, i: usize) -> Option<(usize, Decimal)> {
        let (mut at, mut value) = if self.tokens.list[i].digit {
            (i + 1, number_token(self.tokens.norm(i), self.language)?)
        } else {
            let (n, e) = self.longest(i, &[Tag::Number, Tag::Fraction])?;
            let value = match e.tag {
                Tag::Number => Decimal::new(i128::from(u32::from(e.a) | u32::from(e.b) << 16), 0),
                _ => self.language.tables.strings[e.a as usize].parse().ok()?,
            };
            (i + n, value)
        };
        // "1.4bn", "745 Mio.", "7 milliards de"
        let mut scaled = false;
        while at < self.end {
            let Some((n, e)) = self.longest(at, &[Tag::Scale]) else { break };
            let attached = !self.tokens.list[at].spaced;
            // One letter counts only where it touches the number: "$5m", not "5 m".
            if self.tokens.norm(at).chars().count() == 1 && !attached {
                break;
            }
            value = value.shifted(u32::from(e.a))?;
            at += n;
            scaled = true;
        }
        if !scaled && !self.tokens.list[i].digit && at < self.end && self.tokens.list[at].digit {
            return None;
        }
        Some((at - i, value))
    }
}

/// All numbers with a unit in tokens `from..to`; bare numbers are left out.
pub fn measures(tokens: &Tokens, from: usize, to: usize, language: &Language, hits: Hits<'_>) -> Vec<Measure> {
    let scan = Scan { tokens, language, hits, end: to };
    let mut out: Vec<Measure> = Vec::new();
    let mut i = from;
    while i < to {
        if !tokens.list[i].digit && !hits.any(i, tags(&[Tag::Currency, Tag::Number, Tag::Fraction])) {
            i += 1;
            continue;
        }
        let currency_before = scan.longest(i, &[Tag::Currency]).filter(|_| !tokens.list[i].digit);
        let (prefix, number_at) = match currency_before {
            Some((n, e)) if i + n < to && (tokens.list[i + n].digit || !tokens.list[i].word) => (Some(e), i + n),
            _ => (None, i),
        };
        if number_at >= to || !(tokens.list[number_at].digit || tokens.list[number_at].word) {
            i += 1;
            continue;
        }
        let Some((n, value)) = scan.number(number_at) else {
            i += 1;
            continue;
        };
        let mut end = number_at + n;
        let unit = match prefix {
            Some(e) => Some(language.tables.strings[e.a as usize].clone()),
            None => unit_after(&scan, &mut end),
        };
        if let Some(unit) = unit {
            // Words like "ruim" and "up to" before it.
            let bound = bound_before(&scan, i, from);
            out.push(Measure { start: i, end, quantity: Quantity { number: value, unit, bound } });
        }
        i = end.max(i + 1);
    }
    out
}

/// The unit after a number, perhaps behind "de"/"of"/an adjective: "7 miljard dollar", "millones de dólares".
fn unit_after(scan: &Scan<'_>, end: &mut usize) -> Option<String> {
    let strings = &scan.language.tables.strings;
    let tags = [Tag::Currency, Tag::Unit, Tag::AssetUnit, Tag::Percent];
    for skip in 0..3 {
        let at = *end + skip;
        if at >= scan.end {
            return None;
        }
        // Between number and unit only a hyphen, a preposition or one more word may stand.
        if skip > 0 {
            let between = *end + skip - 1;
            let t = &scan.tokens.list[between];
            let small = !t.word && scan.tokens.norm(between) == "-"
                || scan.language.has(scan.tokens.norm(between), Tag::Preposition);
            if !small {
                return None;
            }
        }
        let mut found = scan.longest(at, &tags);
        if found.is_none() && scan.tokens.list[at].word {
            // "20-prozentige", "MW-Anlage": a unit as the first part of a word.
            let norm = scan.tokens.norm(at);
            found = norm
                .split('-')
                .next()
                .filter(|p| p.len() < norm.len())
                .and_then(|p| scan.language.entries(p).find(|e| tags.contains(&e.tag)).map(|e| (1, e)));
        }
        if let Some((n, e)) = found {
            *end = at + n;
            return Some(match e.tag {
                Tag::Percent => "percent".to_string(),
                _ => strings[e.a as usize].clone(),
            });
        }
    }
    None
}

fn bound_before(scan: &Scan<'_>, at: usize, from: usize) -> Option<Bound> {
    for back in 1..=3usize {
        let Some(i) = at.checked_sub(back).filter(|i| *i >= from) else { break };
        for (n, e) in scan.hits.at(i) {
            if e.tag == Tag::Bound && i + n == at {
                return Some([Bound::AtLeast, Bound::AtMost, Bound::About][usize::from(e.a.min(2))]);
            }
        }
    }
    None
}
