//! Roles as a person writes them.

use crate::claims::{has_dimension, known_concept};
use crate::frame::{Frame, Frames, Range, Role};
use crate::lexicon::fold;
use crate::model::{Bound, Claim, Decimal, Entity, Modality, PartialDate, Place, Polarity, Quantity, Value};
use std::collections::BTreeMap;

/// Why a claim can't say that.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AmendError {
    #[error("\"{0}\" is no role of {1}; what can be set is {2}")]
    Role(String, String, String),
    #[error("{0} can't be \"{1}\": {2}")]
    Value(String, String, String),
}

/// A value's words, as a decision has them.
pub(super) fn words(value: &Value, entities: &[Entity]) -> String {
    match value {
        Value::Entity { entity, .. } => {
            entities.iter().find(|e| e.id == *entity).map_or_else(|| entity.clone(), |e| e.name.clone())
        }
        Value::Concept { concept, .. } => concept.clone(),
        Value::Quantity { quantity, .. } => figure(quantity),
        Value::Date { date, .. } => date.to_string(),
        Value::Text { text, .. } => text.clone(),
    }
}

/// `at-least 6200 BTC`: what [`quantity`] reads.
fn figure(quantity: &Quantity) -> String {
    let bound = quantity.bound.map_or_else(String::new, |b| format!("{} ", b.name()));
    format!("{bound}{} {}", quantity.number, quantity.unit)
}

/// Changes what a claim says. A name that its document's entities do not have becomes one of them.
pub(super) fn amend(
    claim: &mut Claim,
    entities: &mut Vec<Entity>,
    set: &BTreeMap<String, String>,
    frames: &Frames,
) -> Result<(), AmendError> {
    let Some(frame) = frames.get(&claim.frame) else { return Ok(()) };
    for (name, text) in set {
        let (text, fail) = (text.trim(), |what: &str| AmendError::Value(name.clone(), text.clone(), what.to_string()));
        match name.as_str() {
            "modality" => {
                claim.modality = [Modality::Actual, Modality::Planned, Modality::Possible]
                    .into_iter()
                    .find(|m| m.name() == text)
                    .ok_or_else(|| fail("it can be actual, planned, possible"))?;
            }
            "polarity" => {
                claim.polarity = [Polarity::Affirmed, Polarity::Negated]
                    .into_iter()
                    .find(|p| p.name() == text)
                    .ok_or_else(|| fail("it can be affirmed, negated"))?;
            }
            _ => {
                let role = frame.roles.get(name).ok_or_else(|| unknown(name, frame))?;
                let parts = text.split('|').map(str::trim).filter(|t| !t.is_empty());
                let mut values = Vec::new();
                for part in parts {
                    values.push(value(part, role, entities, frames).map_err(|what| fail(&what))?);
                }
                // As the frame orders its roles.
                claim.roles.shift_remove(name);
                if !values.is_empty() {
                    claim.roles.insert(name.clone(), values);
                    let order = |role: &String| frame.roles.get_index_of(role);
                    claim.roles.sort_by(|a, _, b, _| order(a).cmp(&order(b)));
                }
            }
        }
    }
    Ok(())
}

fn unknown(name: &str, frame: &Frame) -> AmendError {
    let all: Vec<&str> = frame.roles.keys().map(String::as_str).chain(["modality", "polarity"]).collect();
    AmendError::Role(name.to_string(), frame.name.clone(), all.join(", "))
}

fn value(text: &str, role: &Role, entities: &mut Vec<Entity>, frames: &Frames) -> Result<Value, String> {
    let place = Place { inferred: true, ..Place::default() };
    let concept = |text: &str| Value::Concept { concept: text.to_string(), place };
    match role.range {
        Range::Concept | Range::Value => known_concept(text, role, frames).map(|()| concept(text)),
        Range::Asset if known_concept(text, role, frames).is_ok() => Ok(concept(text)),
        Range::Entity | Range::Asset => {
            let named = |e: &&Entity| std::iter::once(&e.name).chain(&e.aliases).any(|n| fold(n) == fold(text));
            let entity = match entities.iter().find(named) {
                Some(entity) => entity.id.clone(),
                None => {
                    let id = format!("curated {text}");
                    entities.push(Entity {
                        id: id.clone(),
                        name: text.to_string(),
                        kind: None,
                        key: None,
                        country: None,
                        aliases: Vec::new(),
                        wikidata: None,
                        mentions: Vec::new(),
                    });
                    id
                }
            };
            Ok(Value::Entity { entity, place })
        }
        Range::Quantity => Ok(Value::Quantity { quantity: quantity(text, role)?, place }),
        Range::Date => text.parse::<PartialDate>().map(|date| Value::Date { date, place }).map_err(|e| e.to_string()),
        Range::Text => Ok(Value::Text { text: text.to_string(), place }),
    }
}

fn quantity(text: &str, role: &Role) -> Result<Quantity, String> {
    let mut words: Vec<&str> = text.split_whitespace().collect();
    let bounds = [Bound::AtLeast, Bound::AtMost, Bound::About];
    let bound = words.first().and_then(|w| bounds.into_iter().find(|b| b.name() == *w));
    if bound.is_some() {
        words.remove(0);
    }
    let [number, unit] = words[..] else {
        return Err("write a number and its unit, as in 6238 BTC or at-least 6200 BTC".to_string());
    };
    let number: Decimal = number.replace(',', "").parse().map_err(|e: crate::model::DecimalError| e.to_string())?;
    if !role.dimensions.is_empty() && !role.dimensions.iter().any(|d| has_dimension(unit, d)) {
        return Err(format!("\"{unit}\" is no unit of {}", role.dimensions.join(" or ")));
    }
    Ok(Quantity { number, unit: unit.to_string(), bound })
}
