use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::str::FromStr;

/// A decimal number kept exactly: `units` × 10^-`scale`. Up to 10^20 it has digits to spare; beyond, a double is
/// as good as it gets and the text form shows the exponent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Decimal {
    units: i128,
    scale: u32,
}

/// A number that is not one, or is too large to be kept exactly.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("\"{0}\" is not a decimal number of at most 30 digits")]
pub struct DecimalError(pub String);

impl Decimal {
    /// `units` × 10^-`scale`, without trailing zeros after the point.
    pub fn new(mut units: i128, mut scale: u32) -> Decimal {
        while scale > 0 && units % 10 == 0 {
            units /= 10;
            scale -= 1;
        }
        Decimal { units, scale }
    }

    /// Multiplied by 10^`power`; `None` where it would not fit.
    pub fn shifted(self, power: u32) -> Option<Decimal> {
        let down = power.min(self.scale);
        let up = power - down;
        let units = self.units.checked_mul(10i128.checked_pow(up)?)?;
        Some(Decimal::new(units, self.scale - down))
    }

    /// The product; `None` where it would not fit.
    pub fn times(self, other: Decimal) -> Option<Decimal> {
        Some(Decimal::new(self.units.checked_mul(other.units)?, self.scale.checked_add(other.scale)?))
    }

    /// How many digits say something: 6200 has two, 6238 four, 0 one.
    pub fn significant(self) -> u32 {
        let mut units = self.units.unsigned_abs();
        while units != 0 && units.is_multiple_of(10) {
            units /= 10;
        }
        units.checked_ilog10().map_or(1, |n| n + 1)
    }

    /// Whether this is what the other becomes when rounded, up, down or to the nearest, to this one's significant
    /// digits: 6200 of 6238, 745000000 of 744600000.
    pub fn rounds(self, other: Decimal) -> bool {
        let scale = self.scale.max(other.scale);
        let lift = |d: Decimal| d.units.checked_mul(10i128.checked_pow(scale - d.scale)?);
        let (Some(a), Some(b)) = (lift(self), lift(other)) else { return self == other };
        let mut step: i128 = 1;
        while a != 0 && a % (step * 10) == 0 {
            step *= 10;
        }
        (a - b).abs() < step
    }

    /// The nearest double, for ratios and drawing only.
    pub fn to_f64(self) -> f64 {
        self.units as f64 / 10f64.powi(self.scale as i32)
    }

    pub fn is_zero(self) -> bool {
        self.units == 0
    }

    /// Whether the two differ by at most `percent` of the larger.
    pub fn near(self, other: Decimal, percent: u32) -> bool {
        let scale = self.scale.max(other.scale);
        let lift = |d: Decimal| d.units.checked_mul(10i128.checked_pow(scale - d.scale)?);
        match (lift(self), lift(other)) {
            (Some(a), Some(b)) => {
                let most = a.abs().max(b.abs());
                (a - b).abs().saturating_mul(100) <= most.saturating_mul(percent as i128)
            }
            _ => self == other,
        }
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        let scale = self.scale.max(other.scale);
        let lift = |d: &Decimal| 10i128.checked_pow(scale - d.scale).and_then(|p| d.units.checked_mul(p));
        match (lift(self), lift(other)) {
            (Some(a), Some(b)) => a.cmp(&b),
            _ => self.to_f64().total_cmp(&other.to_f64()),
        }
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.scale == 0 {
            return write!(f, "{}", self.units);
        }
        let sign = if self.units < 0 { "-" } else { "" };
        let digits = format!("{:0>width$}", self.units.unsigned_abs(), width = self.scale as usize + 1);
        let (whole, part) = digits.split_at(digits.len() - self.scale as usize);
        write!(f, "{sign}{whole}.{part}")
    }
}

impl FromStr for Decimal {
    type Err = DecimalError;

    /// Reads `-12.50`, `7e9`, `1.4E+9`.
    fn from_str(text: &str) -> Result<Self, DecimalError> {
        let bad = || DecimalError(text.to_string());
        let (mantissa, exponent) = match text.split_once(['e', 'E']) {
            Some((m, e)) => (m, e.parse::<i32>().map_err(|_| bad())?),
            None => (text, 0),
        };
        let (sign, mantissa) = match mantissa.strip_prefix('-') {
            Some(rest) => (-1, rest),
            None => (1, mantissa.strip_prefix('+').unwrap_or(mantissa)),
        };
        let (whole, part) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let digits = format!("{whole}{part}");
        if digits.is_empty() || digits.len() > 30 || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return Err(bad());
        }
        let units: i128 = digits.parse().map_err(|_| bad())?;
        let value = Decimal::new(sign * units, part.len() as u32);
        if exponent >= 0 {
            value.shifted(exponent as u32).filter(|_| exponent <= 30).ok_or_else(bad)
        } else if exponent >= -30 {
            Ok(Decimal::new(value.units, value.scale + exponent.unsigned_abs()))
        } else {
            Err(bad())
        }
    }
}

impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        if self.scale == 0
            && let Ok(whole) = i64::try_from(self.units)
        {
            return s.serialize_i64(whole);
        }
        s.serialize_f64(self.to_f64())
    }
}

impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let number = serde_json::Number::deserialize(d)?;
        number.to_string().parse().map_err(serde::de::Error::custom)
    }
}

/// Digits in threes, for readers: `1400000` is `1,400,000`.
pub fn group_thousands(digits: &str) -> String {
    let mut out = String::with_capacity(digits.len() * 4 / 3);
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    out
}

/// How a stated number relates to the true one. `None` on a quantity: as stated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Bound {
    AtLeast,
    AtMost,
    About,
}

impl Bound {
    pub fn name(self) -> &'static str {
        match self {
            Bound::AtLeast => "at-least",
            Bound::AtMost => "at-most",
            Bound::About => "about",
        }
    }
}

/// A number with its unit: ISO 4217 codes for money, tickers for assets, `MW`, `kWh`, `percent`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Quantity {
    pub number: Decimal,
    pub unit: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bound: Option<Bound>,
}

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bound = match self.bound {
            None => "",
            Some(Bound::AtLeast) => "at least ",
            Some(Bound::AtMost) => "at most ",
            Some(Bound::About) => "about ",
        };
        let text = self.number.to_string();
        let (whole, part) = text.split_once('.').map_or((text.as_str(), None), |(w, p)| (w, Some(p)));
        let (sign, whole) = whole.strip_prefix('-').map_or(("", whole), |w| ("-", w));
        let grouped = group_thousands(whole);
        write!(f, "{bound}{sign}{grouped}")?;
        if let Some(part) = part {
            write!(f, ".{part}")?;
        }
        match self.unit.as_str() {
            "percent" => write!(f, " %"),
            "" => Ok(()),
            unit => write!(f, " {unit}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_keep_what_was_written() {
        for (text, shown) in [("6200", "6200"), ("-12.50", "-12.5"), ("1.4e9", "1400000000"), ("5e-3", "0.005")] {
            assert_eq!(text.parse::<Decimal>().unwrap().to_string(), shown);
        }
        assert!("1e300".parse::<Decimal>().is_err());
        assert!("twelve".parse::<Decimal>().is_err());
    }

    #[test]
    fn rounding_is_told_from_difference() {
        let d = |t: &str| t.parse::<Decimal>().unwrap();
        assert!(d("6200").rounds(d("6238")) && d("6240").rounds(d("6238")) && d("7.1").rounds(d("7.12")));
        assert!(!d("6200").rounds(d("6338")) && !d("6238").rounds(d("6239")));
        assert_eq!([d("6200").significant(), d("0.05").significant(), d("0").significant()], [2, 1, 1]);
    }

    #[test]
    fn nearness_is_relative() {
        let d = |t: &str| t.parse::<Decimal>().unwrap();
        assert!(d("6200").near(d("6238"), 1));
        assert!(!d("6200").near(d("6400"), 1));
    }

    #[test]
    fn quantities_are_grouped_for_readers() {
        let q = Quantity { number: "745000000".parse().unwrap(), unit: "USD".into(), bound: Some(Bound::About) };
        assert_eq!(q.to_string(), "about 745,000,000 USD");
    }
}
