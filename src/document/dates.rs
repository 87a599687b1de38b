//! Publication dates as sources write them, to ISO 8601.

use crate::model::PartialDate;
use std::collections::BTreeMap;

/// Month names in lower case, without a point, to 1..=12.
pub(super) type Months = BTreeMap<String, u8>;

/// ISO 8601 at the precision given, from ISO dates and datetimes (the day as written, whatever the time zone),
/// RFC 2822, `28.09.2025`, `28/9/2025` where it cannot be read otherwise, and dates with a month's name. `None` for
/// anything else.
pub(super) fn normalise(text: &str, months: &Months) -> Option<String> {
    let text = text.trim();
    if let Ok(date) = text.replace('/', "-").parse::<PartialDate>() {
        return Some(date.to_string());
    }
    if let Some((date, rest)) = text.split_at_checked(10)
        && rest.starts_with(['T', 't', ' ', ','])
        && let Ok(date) = date.replace('/', "-").parse::<PartialDate>()
    {
        return Some(date.to_string());
    }
    if let Ok(date) = jiff::fmt::rfc2822::parse(text) {
        return day(i64::from(date.date().year()), date.date().month() as i64, date.date().day() as i64);
    }
    if text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit()) {
        let number = |range: std::ops::Range<usize>| text[range].parse().ok();
        return day(number(0..4)?, number(4..6)?, number(6..8)?);
    }
    by_parts(text, months)
}

fn day(year: i64, month: i64, day: i64) -> Option<String> {
    Some(format!("{year:04}-{month:02}-{day:02}").parse::<PartialDate>().ok()?.to_string())
}

/// Day, month and year in any order that leaves no doubt; a time after them is left alone.
fn by_parts(text: &str, months: &Months) -> Option<String> {
    let (mut numbers, mut month) = (Vec::new(), None);
    for token in text.split(|c: char| !c.is_alphanumeric()).filter(|t| !t.is_empty()).take(12) {
        let digits: String = token.chars().take_while(char::is_ascii_digit).collect();
        if let Some(m) = months.get(&token.to_lowercase()) {
            month = month.or(Some(i64::from(*m)));
        } else if !digits.is_empty() && digits.len() <= 4 {
            numbers.push((digits.parse::<i64>().ok()?, digits.len()));
        }
        if numbers.len() + usize::from(month.is_some()) == 3 {
            break;
        }
    }
    match (month, numbers.as_slice()) {
        (Some(m), [(d, 1..=2), (y, 4)]) => day(*y, m, *d),
        (Some(m), [(y, 4), (d, 1..=2)]) => day(*y, m, *d),
        (Some(m), [(y, 4)]) => Some(format!("{y:04}-{m:02}").parse::<PartialDate>().ok()?.to_string()),
        (None, [(y, 4), (m, 1..=2), (d, 1..=2)]) => day(*y, *m, *d),
        // With points the day goes first everywhere; with strokes only if the other reading is no date.
        (None, [(d, 1..=2), (m, 1..=2), (y, 4)]) if text.contains('.') || *d > 12 => day(*y, *m, *d),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_many_kinds() {
        let months: Months = [("juli", 7), ("dec", 12)].map(|(n, m)| (n.to_string(), m)).into();
        for (written, iso) in [
            ("2025-09-28", Some("2025-09-28")),
            ("2025-09", Some("2025-09")),
            ("2025-09-28T23:30:00-05:00", Some("2025-09-28")),
            ("2025-09-28 10:00", Some("2025-09-28")),
            ("Sun, 28 Sep 2025 09:14:00 +0200", Some("2025-09-28")),
            ("20250928", Some("2025-09-28")),
            ("2025/09/28", Some("2025-09-28")),
            ("28.09.2025, 09:14", Some("2025-09-28")),
            ("28/9/2025", Some("2025-09-28")),
            ("8/9/2025", None),
            ("31 juli 2025 09:14", Some("2025-07-31")),
            ("Dec. 3, 2025", Some("2025-12-03")),
            ("31.02.2025", None),
            ("yesterday", None),
            ("", None),
        ] {
            assert_eq!(normalise(written, &months).as_deref(), iso, "{written}");
        }
    }
}
