use crate::model::{Bound, Decimal, Quantity};

/// A quantity in as few letters as say it: `6,240 BTC`, `1.4bn USD`, `≥ 30 %`. From a million on it is rounded to three
/// digits; for drawings, not for reckoning.
pub fn short(quantity: &Quantity) -> String {
    let bound = match quantity.bound {
        None => "",
        Some(Bound::AtLeast) => "≥ ",
        Some(Bound::AtMost) => "≤ ",
        Some(Bound::About) => "≈ ",
    };
    match rounded(quantity.number) {
        Some((number, letters)) => {
            let unit = if quantity.unit == "percent" { "%" } else { &quantity.unit };
            format!("{bound}{number}{letters} {unit}").trim_end().to_string()
        }
        None => {
            let exact = Quantity { bound: None, ..quantity.clone() };
            format!("{bound}{exact}")
        }
    }
}

/// Three digits and the letters for the thousands that stand behind them.
fn rounded(number: Decimal) -> Option<(Decimal, &'static str)> {
    let text = number.to_string();
    let whole: i128 = text.split('.').next()?.parse().ok()?;
    let size = whole.unsigned_abs();
    if size < 1_000_000 {
        return None;
    }
    let unit = 10u128.pow(size.ilog10() - 2);
    let kept = (size + unit / 2) / unit * unit;
    let (power, letters) = match kept.ilog10() {
        ..9 => (6, "m"),
        9..12 => (9, "bn"),
        _ => (12, "tn"),
    };
    let kept = i128::try_from(kept).ok()? * whole.signum();
    Some((Decimal::new(kept, power), letters))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn large_amounts_are_shortened_and_small_ones_are_not() {
        for (number, unit, bound, shown) in [
            ("1400000000", "USD", None, "1.4bn USD"),
            ("744600000", "USD", Some(Bound::About), "≈ 745m USD"),
            ("999999999", "EUR", None, "1bn EUR"),
            ("12345678000000000", "KRW", None, "12300tn KRW"),
            ("6240", "BTC", Some(Bound::AtLeast), "≥ 6,240 BTC"),
            ("30", "percent", None, "30 %"),
            ("-2500000", "USD", None, "-2.5m USD"),
            ("0.5", "percent", None, "0.5 %"),
        ] {
            let quantity = Quantity { number: number.parse().unwrap(), unit: unit.into(), bound };
            assert_eq!(short(&quantity), shown);
        }
    }
}
