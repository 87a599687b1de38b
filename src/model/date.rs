use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::str::FromStr;

/// A date at the precision known: `2021`, `2025-Q3`, `2025-07`, `2025-07-16`. Proleptic Gregorian, years 1 to 9999.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PartialDate {
    Year(i16),
    Quarter(i16, u8),
    Month(i16, u8),
    Day(i16, u8, u8),
}

/// A text that is no date of a form that the claims document knows.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("\"{0}\" is no date: write 2025, 2025-Q3, 2025-07 or 2025-07-16")]
pub struct DateError(pub String);

/// Days in a month.
fn month_length(year: i16, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

impl PartialDate {
    pub fn year(self) -> i16 {
        match self {
            PartialDate::Year(y)
            | PartialDate::Quarter(y, _)
            | PartialDate::Month(y, _)
            | PartialDate::Day(y, _, _) => y,
        }
    }

    /// The month, where it is known.
    pub fn month(self) -> Option<u8> {
        match self {
            PartialDate::Month(_, m) | PartialDate::Day(_, m, _) => Some(m),
            _ => None,
        }
    }

    /// First day it can mean, as (year, month, day).
    pub fn earliest(self) -> (i16, u8, u8) {
        match self {
            PartialDate::Year(y) => (y, 1, 1),
            PartialDate::Quarter(y, q) => (y, q * 3 - 2, 1),
            PartialDate::Month(y, m) => (y, m, 1),
            PartialDate::Day(y, m, d) => (y, m, d),
        }
    }

    /// Last day it can mean.
    pub fn latest(self) -> (i16, u8, u8) {
        match self {
            PartialDate::Year(y) => (y, 12, 31),
            PartialDate::Quarter(y, q) => (y, q * 3, month_length(y, q * 3)),
            PartialDate::Month(y, m) => (y, m, month_length(y, m)),
            PartialDate::Day(y, m, d) => (y, m, d),
        }
    }

    /// The day before the first one that it can mean.
    pub fn day_before(self) -> PartialDate {
        match self.earliest() {
            (y, 1, 1) => PartialDate::Day(y - 1, 12, 31),
            (y, m, 1) => PartialDate::Day(y, m - 1, month_length(y, m - 1)),
            (y, m, d) => PartialDate::Day(y, m, d - 1),
        }
    }

    /// Whether some day fits both.
    pub fn overlaps(self, other: PartialDate) -> bool {
        self.earliest() <= other.latest() && other.earliest() <= self.latest()
    }

    /// 0 for a year to 3 for a day: the larger, the more precise.
    pub fn precision(self) -> u8 {
        match self {
            PartialDate::Year(_) => 0,
            PartialDate::Quarter(..) => 1,
            PartialDate::Month(..) => 2,
            PartialDate::Day(..) => 3,
        }
    }

    /// The Extended Date/Time Format of ISO 8601-2: quarters are the "seasons" 33 to 36.
    pub fn edtf(self) -> String {
        match self {
            PartialDate::Quarter(y, q) => format!("{y:04}-{}", 32 + q),
            other => other.to_string(),
        }
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            PartialDate::Year(y) => write!(f, "{y:04}"),
            PartialDate::Quarter(y, q) => write!(f, "{y:04}-Q{q}"),
            PartialDate::Month(y, m) => write!(f, "{y:04}-{m:02}"),
            PartialDate::Day(y, m, d) => write!(f, "{y:04}-{m:02}-{d:02}"),
        }
    }
}

impl FromStr for PartialDate {
    type Err = DateError;

    fn from_str(text: &str) -> Result<Self, DateError> {
        let bad = || DateError(text.to_string());
        let mut parts = text.split('-');
        let year_text = parts.next().unwrap_or("");
        if year_text.len() != 4 || !year_text.bytes().all(|b| b.is_ascii_digit()) {
            return Err(bad());
        }
        let year: i16 = year_text.parse().map_err(|_| bad())?;
        let two = |t: &str, from: u8, to: u8| -> Result<u8, DateError> {
            let n: u8 = t.parse().map_err(|_| bad())?;
            if t.len() == 2 && (from..=to).contains(&n) { Ok(n) } else { Err(bad()) }
        };
        let date = match (parts.next(), parts.next(), parts.next()) {
            (None, _, _) => PartialDate::Year(year),
            (Some(q), None, _) if q.starts_with('Q') => {
                let n: u8 = q[1..].parse().map_err(|_| bad())?;
                if !(1..=4).contains(&n) {
                    return Err(bad());
                }
                PartialDate::Quarter(year, n)
            }
            (Some(m), None, _) => PartialDate::Month(year, two(m, 1, 12)?),
            (Some(m), Some(d), None) => {
                let month = two(m, 1, 12)?;
                PartialDate::Day(year, month, two(d, 1, month_length(year, month))?)
            }
            _ => return Err(bad()),
        };
        if year == 0 { Err(bad()) } else { Ok(date) }
    }
}

impl Serialize for PartialDate {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for PartialDate {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        String::deserialize(d)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_come_back_as_written() {
        for text in ["2021", "2025-Q3", "2025-07", "2024-02-29"] {
            assert_eq!(text.parse::<PartialDate>().unwrap().to_string(), text);
        }
        for text in ["25", "2025-13", "2025-02-29", "2025-Q5", "yesterday", "2025-07-16T10:00"] {
            assert!(text.parse::<PartialDate>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_year_fits_two_days_that_do_not_fit_each_other() {
        let d = |t: &str| t.parse::<PartialDate>().unwrap();
        assert!(d("2025").overlaps(d("2025-07-16")) && d("2025").overlaps(d("2025-07-18")));
        assert!(!d("2025-07-16").overlaps(d("2025-07-18")));
        assert_eq!(d("2025-Q3").latest(), (2025, 9, 30));
        assert_eq!(d("2025-Q3").edtf(), "2025-35");
    }
}
