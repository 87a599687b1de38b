//! Parameters of questions: `$name` in the text, declared in the head, given as `name=value`.

use super::scan::{Piece, pieces};
use super::{QueryError, Question};
use crate::model::{Decimal, PartialDate};
use crate::rdf::vocab;

/// What a parameter's value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ParamType {
    Text,
    /// `2025`, `2025-Q3`, `2025-07`, `2025-07-16`; its first day.
    Date,
    Number,
}

/// One parameter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Param {
    pub name: String,
    pub kind: ParamType,
    /// What it is if left out.
    pub default: String,
    pub about: String,
}

impl Param {
    /// `country text "" Only this country.`
    pub(super) fn parse(line: &str) -> Option<Param> {
        let (name, rest) = line.split_once(' ')?;
        let (kind, rest) = rest.trim_start().split_once(' ')?;
        let kind = match kind {
            "text" => ParamType::Text,
            "date" => ParamType::Date,
            "number" => ParamType::Number,
            _ => return None,
        };
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

    /// The value as SPARQL.
    fn literal(&self, value: &str) -> Result<String, QueryError> {
        let bad = |what: String| QueryError::Value { name: self.name.clone(), value: value.to_string(), what };
        match self.kind {
            ParamType::Text => Ok(oxigraph::model::Literal::new_simple_literal(value).to_string()),
            ParamType::Date => {
                let date: PartialDate = value.parse().map_err(|e: crate::model::DateError| bad(e.to_string()))?;
                let (year, month, day) = date.earliest();
                Ok(format!("\"{year:04}-{month:02}-{day:02}\"^^<{}date>", vocab::XSD))
            }
            ParamType::Number => {
                let number: Decimal = value.parse().map_err(|_| bad("it is no number".to_string()))?;
                Ok(format!("\"{number}\"^^<{}decimal>", vocab::XSD))
            }
        }
    }
}

/// A question's SPARQL with its parameters filled in.
pub(super) fn fill(question: &Question, given: &[(String, String)]) -> Result<String, QueryError> {
    for (name, _) in given {
        if !question.params.iter().any(|p| p.name == *name) {
            let known = question.params.iter().map(|p| p.name.clone()).collect();
            return Err(QueryError::Param { query: question.name.clone(), name: name.clone(), known });
        }
    }
    let mut out = String::with_capacity(question.sparql.len());
    for piece in pieces(&question.sparql) {
        match piece {
            Piece::Other(text) => out.push_str(text),
            Piece::Dollar(name) => match question.params.iter().find(|p| p.name == name) {
                Some(param) => {
                    let value = given.iter().rev().find(|(n, _)| n == name).map_or(&param.default, |(_, v)| v);
                    out.push_str(&param.literal(value)?);
                }
                None => {
                    out.push('$');
                    out.push_str(name);
                }
            },
        }
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_fill_parameters_and_nothing_else() {
        let text = "# param: who text \"\" Whose.\n# param: since date 2000 From when.\n\
                    SELECT ?who { ?x <a#$who> \"$who\" ; ?p $who } # $who\nFILTER(?d >= $since && $other)";
        let question = Question::parse("q", text).unwrap();
        let filled = fill(&question, &[("who".into(), "O\"Neill \\".into())]).unwrap();
        assert!(filled.contains(r#"SELECT ?who { ?x <a#$who> "$who" ; ?p "O\"Neill \\" } # $who"#), "{filled}");
        assert!(filled.contains("?d >= \"2000-01-01\"^^<http://www.w3.org/2001/XMLSchema#date> && $other"));
        assert!(matches!(fill(&question, &[("whom".into(), "x".into())]), Err(QueryError::Param { .. })));
        assert!(matches!(fill(&question, &[("since".into(), "soon".into())]), Err(QueryError::Value { .. })));
    }
}
