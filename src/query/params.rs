//! Parameters of questions: `$name` in the text, declared in the head, given as `name=value`.

use super::names::{Names, Sort};
use super::{QueryError, Question};
use crate::model::{Decimal, PartialDate};
use crate::rdf::vocab;
use oxigraph::model::{Literal, Term, Variable};
use std::collections::BTreeMap;
use std::fmt;

/// What a parameter's value is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ParamType {
    /// Any words, taken as they are.
    Text,
    /// A decimal number: `1.5`.
    Number,
    /// A whole number from 0 on.
    Count,
    /// `2025`, `2025-Q3`, `2025-07`, `2025-07-16`; its first day.
    Date,
    /// The same; its last day.
    EndDate,
    /// A thing, by any of its names, its key, Wikidata id or IRI.
    Entity,
    /// A document, by id, title or address.
    Document,
    /// Who published, by name.
    Publisher,
    /// A value of a controlled vocabulary: `concept:asset` takes `bitcoin`.
    Concept(String),
}

impl ParamType {
    /// What may stand in a head, for messages.
    pub const ALL: &'static str = "text, number, count, date, end-date, entity, document, publisher, concept:SCHEME";

    fn parse(name: &str) -> Option<ParamType> {
        Some(match name {
            "text" => ParamType::Text,
            "number" => ParamType::Number,
            "count" => ParamType::Count,
            "date" => ParamType::Date,
            "end-date" => ParamType::EndDate,
            "entity" => ParamType::Entity,
            "document" => ParamType::Document,
            "publisher" => ParamType::Publisher,
            _ => ParamType::Concept(name.strip_prefix("concept:").filter(|s| !s.is_empty())?.to_string()),
        })
    }
}

impl fmt::Display for ParamType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            ParamType::Text => "text",
            ParamType::Number => "number",
            ParamType::Count => "count",
            ParamType::Date => "date",
            ParamType::EndDate => "end-date",
            ParamType::Entity => "entity",
            ParamType::Document => "document",
            ParamType::Publisher => "publisher",
            ParamType::Concept(scheme) => return write!(f, "concept:{scheme}"),
        })
    }
}

/// One parameter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Param {
    pub name: String,
    pub kind: ParamType,
    /// What it is if left out. Empty: `$name` is the empty text, and of any other type a variable without a value.
    /// `!`: it can't be left out.
    pub default: String,
    pub about: String,
}

impl Param {
    /// `country entity "" Only this country.`
    pub(super) fn parse(line: &str) -> Option<Param> {
        let (name, rest) = line.split_once(' ')?;
        let (kind, rest) = rest.trim_start().split_once(' ')?;
        let kind = ParamType::parse(kind)?;
        let rest = rest.trim_start();
        let (default, about) = match rest.strip_prefix('"') {
            Some(quoted) => quoted.split_once('"')?,
            None => rest.split_once(' ').unwrap_or((rest, "")),
        };
        let plain = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
        plain.then(|| Param {
            name: name.to_string(),
            kind,
            default: default.to_string(),
            about: about.trim().to_string(),
        })
    }

    /// Whether the question makes no sense without it.
    pub fn is_required(&self) -> bool {
        self.default == REQUIRED
    }

    /// The value as a term; `None` where it is left open.
    fn term(&self, value: &str, names: &Names) -> Result<Option<Term>, QueryError> {
        if value.is_empty() && self.kind != ParamType::Text {
            return Ok(None);
        }
        let bad = |what: String| QueryError::Value { name: self.name.clone(), value: value.to_string(), what };
        let look = |sort: Sort| names.look(&self.name, value, &sort).map(|node| Some(node.into()));
        let typed =
            |text: String, datatype| Some(Literal::new_typed_literal(text, vocab::term(vocab::XSD, datatype)).into());
        let date = || -> Result<PartialDate, QueryError> {
            value.parse().map_err(|e: crate::model::DateError| bad(e.to_string()))
        };
        let day = |(year, month, day): (i16, u8, u8)| typed(format!("{year:04}-{month:02}-{day:02}"), "date");
        match &self.kind {
            ParamType::Text => Ok(Some(Literal::new_simple_literal(value).into())),
            ParamType::Number => {
                let number: Decimal =
                    value.parse().map_err(|_| bad("is no number: write digits, as in 1000 or 0.5".into()))?;
                Ok(typed(number.to_string(), "decimal"))
            }
            ParamType::Count => {
                let number: u32 =
                    value.parse().map_err(|_| bad("is no whole number: write digits only, as in 2".into()))?;
                Ok(typed(number.to_string(), "integer"))
            }
            ParamType::Date => Ok(day(date()?.earliest())),
            ParamType::EndDate => Ok(day(date()?.latest())),
            ParamType::Entity => look(Sort::Entity),
            ParamType::Document => look(Sort::Document),
            ParamType::Publisher => look(Sort::Publisher),
            ParamType::Concept(scheme) => look(Sort::Concept(scheme.clone())),
        }
    }
}

/// The variable that stands for a parameter in the parsed query: `$name` and `?name` are one to SPARQL, not here.
pub(super) fn variable(name: &str) -> Variable {
    Variable::new_unchecked(stand_in(name))
}

/// What sets the name of a parameter's variable apart.
pub(super) const MARK: &str = "__given";

/// The name of [`variable`].
pub(super) fn stand_in(name: &str) -> String {
    format!("{name}{MARK}")
}

/// A default that says that there is none.
const REQUIRED: &str = "!";

/// The value of each parameter of a question, by its variable; `None` for those that are left open.
pub(super) fn values(
    question: &Question,
    given: &[(String, String)],
    names: &Names,
) -> Result<BTreeMap<Variable, Option<Term>>, QueryError> {
    for (name, _) in given {
        if !question.params.iter().any(|p| p.name == *name) {
            let known = question.params.iter().map(|p| p.name.clone()).collect();
            return Err(QueryError::Param { query: question.name.clone(), name: name.clone(), known });
        }
    }
    let value = |param: &Param| {
        let given = given.iter().rev().find(|(name, _)| *name == param.name).map(|(_, value)| value);
        let value = given.unwrap_or(&param.default);
        let is_missing = param.is_required() && given.is_none_or(String::is_empty);
        if is_missing {
            let (query, name, about) = (question.name.clone(), param.name.clone(), param.about.clone());
            return Err(QueryError::Missing { query, name, about, example: question.examples.first().cloned() });
        }
        Ok((variable(&param.name), param.term(value, names)?))
    };
    question.params.iter().map(value).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn term(head: &str, value: &str) -> Result<Option<String>, String> {
        let graph = crate::store::Graph::from_nquads(b"").unwrap();
        let param = Param::parse(head).unwrap();
        let term = param.term(value, &Names::of(&graph, vocab::BASE));
        term.map(|t| t.map(|t| t.to_string())).map_err(|e| e.to_string())
    }

    #[test]
    fn values_are_terms_of_their_type() {
        let xsd = |text: &str, datatype: &str| Ok(Some(format!("\"{text}\"^^<{}{datatype}>", vocab::XSD)));
        assert_eq!(term("a text \"\" x", "O\"Neill \\ }"), Ok(Some(r#""O\"Neill \\ }""#.to_string())));
        assert_eq!(term("a text \"\" x", ""), Ok(Some("\"\"".to_string())));
        assert_eq!(term("a number 0 x", "1.50"), xsd("1.5", "decimal"));
        assert_eq!(term("a count 0 x", "7"), xsd("7", "integer"));
        assert_eq!(term("a date \"\" x", "2025-Q3"), xsd("2025-07-01", "date"));
        assert_eq!(term("a end-date \"\" x", "2024-02"), xsd("2024-02-29", "date"));
        assert_eq!(term("a date \"\" x", ""), Ok(None));
        for (head, value) in [("a number 0 x", "much"), ("a count 0 x", "-1"), ("a date 1 x", "soon")] {
            let error = term(head, value).unwrap_err();
            assert!(error.starts_with(&format!("a={value}: ")), "{error}");
        }
    }

    #[test]
    fn a_head_that_makes_no_sense_is_no_parameter() {
        for line in ["who", "who text", "who words \"\" x", "who concept: \"\" x", "w-o text \"\" x", "who text \"x"] {
            assert_eq!(Param::parse(line), None, "{line}");
        }
    }
}
