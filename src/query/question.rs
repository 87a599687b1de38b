use super::params::{Param, ParamType};
use super::{QueryError, find};

mod embedded {
    include!(concat!(env!("OUT_DIR"), "/queries.rs"));
}

/// A query with what its head comment says of it.
///
/// ```text
/// # title: Letters of intent
/// # answers: Who signed a letter of intent with whom, where and when?
/// # param: country entity "" Only where this is a party, or a party's country.
/// # example: chancery query letters-of-intent --param country=Pakistan
/// SELECT … FILTER(!BOUND($country) || EXISTS { ?fact ch:party/ch:country? $country })
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// The name in queries/, or where the text comes from, for messages.
    pub name: String,
    pub title: String,
    pub answers: String,
    pub params: Vec<Param>,
    pub examples: Vec<String>,
    /// SPARQL; `$name` stands for a parameter of that name.
    pub sparql: String,
}

/// All named questions, by name.
pub fn named() -> impl Iterator<Item = Question> {
    // That their heads are right is tested.
    embedded::QUERIES.iter().filter_map(|(name, text)| Question::parse(name, text).ok())
}

impl Question {
    /// A question from its text and head comment.
    ///
    /// # Errors
    /// A parameter that is not of the form `name type default text`.
    pub fn parse(name: &str, text: &str) -> Result<Question, QueryError> {
        let mut question = Question { name: name.to_string(), ..Question::text(text) };
        for (i, line) in text.lines().enumerate() {
            let Some(comment) = line.strip_prefix('#') else { break };
            let Some((field, value)) = comment.split_once(':') else { continue };
            let value = value.trim();
            match field.trim() {
                "title" => question.title = value.to_string(),
                "answers" => question.answers = value.to_string(),
                "example" => question.examples.push(value.to_string()),
                "param" => {
                    let param = Param::parse(value).ok_or_else(|| QueryError::Head {
                        name: name.to_string(),
                        line: i + 1,
                        what: format!(
                            "\"{value}\" is no parameter: write `name type default what it is`, with a type of {}",
                            ParamType::ALL
                        ),
                    })?;
                    question.params.push(param);
                }
                _ => {}
            }
        }
        Ok(question)
    }

    /// A question without a head.
    pub fn text(sparql: &str) -> Question {
        Question {
            name: "query".to_string(),
            title: String::new(),
            answers: String::new(),
            params: Vec::new(),
            examples: Vec::new(),
            sparql: sparql.to_string(),
        }
    }

    /// The named question of that name.
    ///
    /// # Errors
    /// There is none; the message has the nearest ones.
    pub fn named(name: &str) -> Result<Question, QueryError> {
        match embedded::QUERIES.iter().find(|(n, _)| *n == name) {
            Some((name, text)) => Question::parse(name, text),
            None => {
                let names = embedded::QUERIES.iter().map(|(n, _)| *n);
                let nearest = find::nearest(name, names, 3).into_iter().map(str::to_string).collect();
                Err(QueryError::Unknown { name: name.to_string(), nearest })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_named_question_has_a_whole_head_and_parses() {
        assert!(embedded::QUERIES.len() >= 25);
        for (name, text) in embedded::QUERIES {
            let question = Question::parse(name, text).unwrap();
            assert!(!question.title.is_empty() && !question.answers.is_empty(), "{name}");
            assert!(!question.examples.is_empty(), "{name}");
            for example in &question.examples {
                assert!(example.starts_with(&format!("chancery query {name}")), "{name}: {example}");
            }
            for param in &question.params {
                assert!(question.sparql.contains(&format!("${}", param.name)), "{name}: {}", param.name);
            }
            let graph = crate::store::Graph::from_nquads(b"").unwrap();
            let names = super::super::Names::of(&graph, crate::rdf::vocab::BASE);
            // A default may name what an empty graph doesn't have.
            match super::super::Bound::new(&question, &[], &names) {
                Ok(_) | Err(QueryError::NoMatch { is_empty: true, .. } | QueryError::Missing { .. }) => {}
                Err(error) => panic!("{error}"),
            }
        }
        assert_eq!(named().count(), embedded::QUERIES.len());
    }

    #[test]
    fn a_name_that_is_near_is_suggested() {
        let Err(QueryError::Unknown { nearest, .. }) = Question::named("legal-tendr") else { panic!("found") };
        assert_eq!(nearest.first().map(String::as_str), Some("legal-tender"));
    }
}
