//! What held at some time.

use crate::model::{Fact, Knowledge, Modality, PartialDate};

/// What may have held or had happened on some date, as far as is known now.
///
/// A fact counts from the first day that its date can mean, one without a date from when it was first said; a state until
/// the last day that its end can mean. What ended later is not ended yet. Plans and possibilities count from when they were
/// said. Facts of which nothing tells when are left out.
pub fn as_of(knowledge: &Knowledge, date: PartialDate) -> Knowledge {
    let mut then = knowledge.clone();
    then.facts.retain(|_, fact| begun(fact, date) && !ended(fact, knowledge, date));
    let there: std::collections::BTreeSet<String> = then.facts.keys().cloned().collect();
    for fact in then.facts.values_mut() {
        fact.ended_by = None;
        fact.realised_by.take_if(|id| !there.contains(id));
    }
    then.contradictions.retain(|c| c.facts.iter().all(|f| there.contains(f)));
    then
}

fn begun(fact: &Fact, date: PartialDate) -> bool {
    let from = if fact.modality == Modality::Actual { fact.date.or(fact.first_said) } else { fact.first_said };
    from.is_some_and(|from| from.earliest() <= date.latest())
}

fn ended(fact: &Fact, knowledge: &Knowledge, date: PartialDate) -> bool {
    let by = fact.ended_by.as_ref().and_then(|id| knowledge.facts.get(id));
    let until = fact.until.or(by.and_then(|f| f.date.or(f.first_said)));
    fact.modality == Modality::Actual && until.is_some_and(|until| until.latest() < date.earliest())
}
