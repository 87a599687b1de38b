//! Grouping the claims of one block: those that do not contradict each other are one fact.

use crate::frame::{Frame, Nature, Range};
use crate::model::{Bound, Decimal, PartialDate, Quantity};
use std::collections::{BTreeMap, BTreeSet};

/// What grouping looks at in a claim.
#[derive(Debug, Clone)]
pub(super) struct Facet {
    pub date: Option<PartialDate>,
    /// When its document was published.
    pub said: Option<PartialDate>,
    pub quantities: BTreeMap<String, Vec<Quantity>>,
    /// Roles that must not differ and may be left open, by role.
    pub soft: BTreeMap<String, BTreeSet<String>>,
    /// Document and claim, for a canonical order.
    pub id: (String, String),
}

/// How the dates and amounts of a frame's claims are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Manner {
    /// It happens once: dates have to fit each other.
    Event,
    /// It holds on: dates within the frame's nearness are the same.
    State,
    /// It is measured again and again: an amount is part of what identifies a claim though not a fact.
    Measure,
}

/// The manner of a frame, from its definition.
pub(super) fn manner(frame: &Frame) -> Manner {
    let measured =
        frame.roles.iter().any(|(name, r)| r.key && r.range == Range::Quantity && !frame.fact_key.contains(name));
    match (measured, frame.nature) {
        (true, _) => Manner::Measure,
        (_, Nature::State) => Manner::State,
        (_, Nature::Event) => Manner::Event,
    }
}

/// Days from 1 January of the year 0, for differences only.
fn day_number((y, m, d): (i16, u8, u8)) -> i64 {
    let (y, m) = if m > 2 { (i64::from(y), i64::from(m)) } else { (i64::from(y) - 1, i64::from(m) + 12) };
    365 * y + y.div_euclid(4) - y.div_euclid(100) + y.div_euclid(400) + (153 * (m - 3) + 2) / 5 + i64::from(d)
}

/// Days between two dates; 0 where some day fits both.
pub(super) fn gap(a: PartialDate, b: PartialDate) -> i64 {
    let apart = |x: PartialDate, y: PartialDate| day_number(y.earliest()) - day_number(x.latest());
    apart(a, b).max(apart(b, a)).max(0)
}

/// Whether two amounts can be the same one, told with more or fewer digits or as a bound.
pub(crate) fn amounts_fit(a: &Quantity, b: &Quantity) -> bool {
    if a.unit != b.unit {
        // Another currency or another measure: nothing to compare.
        return true;
    }
    let (x, y) = (a.number, b.number);
    let bounded = |bound: Option<Bound>, bounding: Decimal, other: Decimal| match bound {
        None => false,
        Some(Bound::AtLeast) => other >= bounding && other.near(bounding, 20),
        Some(Bound::AtMost) => other <= bounding && other.near(bounding, 20),
        Some(Bound::About) => other.near(bounding, 5),
    };
    let rounds = |p: Decimal, q: Decimal| p.significant() < q.significant() && p.rounds(q) && p.near(q, 5);
    x == y || bounded(a.bound, x, y) || bounded(b.bound, y, x) || rounds(x, y) || rounds(y, x)
}

/// Whether no amount of a role that both state rules the other's out.
pub(super) fn quantities_fit(a: &BTreeMap<String, Vec<Quantity>>, b: &BTreeMap<String, Vec<Quantity>>) -> bool {
    a.iter().all(|(role, xs)| match b.get(role) {
        Some(ys) => xs.iter().any(|x| ys.iter().any(|y| amounts_fit(x, y))),
        None => true,
    })
}

fn soft_fit(a: &BTreeMap<String, BTreeSet<String>>, b: &BTreeMap<String, BTreeSet<String>>) -> bool {
    a.iter().all(|(role, xs)| b.get(role).is_none_or(|ys| xs.intersection(ys).next().is_some()))
}

/// Claims that are one fact: indices into the facets, most precise first.
#[derive(Debug)]
pub(super) struct Group {
    pub members: Vec<usize>,
    /// Members that differ in amounts or soft roles from each other: those that a further claim has to fit.
    distinct: Vec<usize>,
    first: Option<PartialDate>,
    /// What all of its dates allow, for events.
    from: Option<(i16, u8, u8)>,
    to: Option<(i16, u8, u8)>,
}

impl Group {
    /// Days to the group's date where the claim can join it; undated claims join from any distance.
    fn distance(&self, facet: &Facet, manner: Manner, near: i64) -> Option<i64> {
        let (Some(first), Some(date)) = (self.first, facet.date) else {
            return Some(match (self.first, facet.said) {
                // Nothing is told before it happens, unless it is a plan: prefer what had happened by then, the latest.
                (Some(first), Some(said)) => {
                    let ago = day_number(said.latest()) - day_number(first.earliest());
                    if ago < 0 { 1_000_000 - ago } else { ago }
                }
                _ => 0,
            });
        };
        let days = gap(first, date);
        let fits = match manner {
            Manner::Event => {
                self.from.is_none_or(|f| f <= date.latest()) && self.to.is_none_or(|t| date.earliest() <= t)
            }
            Manner::State | Manner::Measure => days <= near,
        };
        fits.then_some(days)
    }

    fn add(&mut self, index: usize, facets: &[Facet]) {
        let facet = &facets[index];
        self.members.push(index);
        let alike = |m: &usize| facets[*m].quantities == facet.quantities && facets[*m].soft == facet.soft;
        if !self.distinct.iter().any(alike) {
            self.distinct.push(index);
        }
        if let Some(date) = facet.date {
            self.first = self.first.or(Some(date));
            self.from = self.from.max(Some(date.earliest()));
            self.to = Some(self.to.map_or(date.latest(), |t| t.min(date.latest())));
        }
    }
}

/// Groups the claims of one block the same way whatever their order: most precise first, each into the nearest group
/// that nothing in it contradicts.
pub(super) fn group(facets: &[Facet], manner: Manner, near_days: u32) -> Vec<Group> {
    let digits = |f: &Facet| f.quantities.values().flatten().map(|q| q.number.significant()).sum::<u32>();
    let amounts = |f: &Facet| f.quantities.values().map(Vec::len).sum::<usize>();
    let mut order: Vec<usize> = (0..facets.len()).collect();
    order.sort_by_cached_key(|i| {
        let f = &facets[*i];
        let rough = (
            std::cmp::Reverse(f.soft.len()),
            std::cmp::Reverse(f.date.map(PartialDate::precision)),
            std::cmp::Reverse(amounts(f)),
            std::cmp::Reverse(digits(f)),
        );
        (rough, f.date.map(PartialDate::earliest), f.quantities.clone(), f.id.clone())
    });
    let mut groups: Vec<Group> = Vec::new();
    for index in order {
        let facet = &facets[index];
        let best = groups
            .iter()
            .enumerate()
            .filter(|(_, g)| {
                g.distinct.iter().all(|m| {
                    quantities_fit(&facets[*m].quantities, &facet.quantities) && soft_fit(&facets[*m].soft, &facet.soft)
                })
            })
            .filter_map(|(n, g)| Some((g.distance(facet, manner, i64::from(near_days))?, n)))
            .min();
        match best {
            Some((_, n)) => groups[n].add(index, facets),
            None => {
                let mut fresh = Group { members: Vec::new(), distinct: Vec::new(), first: None, from: None, to: None };
                fresh.add(index, facets);
                groups.push(fresh);
            }
        }
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    fn q(number: &str, unit: &str, bound: Option<Bound>) -> Quantity {
        Quantity { number: number.parse().unwrap(), unit: unit.into(), bound }
    }

    fn facet(id: &str, date: Option<&str>) -> Facet {
        Facet {
            date: date.map(|d| d.parse().unwrap()),
            said: None,
            quantities: BTreeMap::new(),
            soft: BTreeMap::new(),
            id: (id.into(), String::new()),
        }
    }

    #[test]
    fn a_year_goes_with_one_of_two_days_whatever_the_order() {
        let mut facets = vec![facet("a", Some("2025")), facet("b", Some("2025-07-18")), facet("c", Some("2025-07-16"))];
        for _ in 0..3 {
            facets.rotate_left(1);
            let groups = group(&facets, Manner::Event, 90);
            let names: Vec<Vec<&str>> =
                groups.iter().map(|g| g.members.iter().map(|m| facets[*m].id.0.as_str()).collect()).collect();
            assert_eq!(names, [vec!["c", "a"], vec!["b"]]);
        }
    }

    #[test]
    fn rounding_and_bounds_are_told_from_difference() {
        assert!(amounts_fit(&q("6200", "BTC", Some(Bound::AtLeast)), &q("6238", "BTC", None)));
        assert!(amounts_fit(&q("6240", "BTC", None), &q("6238", "BTC", None)));
        assert!(!amounts_fit(&q("6238", "BTC", None), &q("6102", "BTC", None)));
        assert!(amounts_fit(&q("7", "USD", None), &q("6", "EUR", None)));
    }

    #[test]
    fn days_between_dates() {
        let d = |t: &str| t.parse::<PartialDate>().unwrap();
        assert_eq!(gap(d("2024-02-28"), d("2024-03-01")), 2);
        assert_eq!(gap(d("2025"), d("2025-07")), 0);
        assert_eq!(gap(d("2026-01-01"), d("2025")), 1);
    }
}
