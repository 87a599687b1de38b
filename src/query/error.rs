use std::fmt;

/// Why a query has no answer.
#[derive(Debug, thiserror::Error)]
pub enum QueryError {
    /// Lines and columns count from 1, columns in code points.
    #[error("{}", caret(name, *line, *column, what, text))]
    Syntax {
        name: String,
        line: usize,
        column: usize,
        what: String,
        /// The line in question.
        text: String,
    },
    #[error("there is no question \"{name}\"{}; `chancery query` lists them all", near(nearest))]
    Unknown { name: String, nearest: Vec<String> },
    #[error("{name}:{line}: {what}")]
    Head { name: String, line: usize, what: String },
    #[error("{query} has no parameter \"{name}\"{}", known_params(known))]
    Param { query: String, name: String, known: Vec<String> },
    #[error("{name}={value}: {what}")]
    Value { name: String, value: String, what: String },
    #[error("{query} needs {name}=…: {about}{}", shown(example.as_deref()))]
    Missing { query: String, name: String, about: String, example: Option<String> },
    /// With what there is instead: all, where nothing is near.
    #[error("{name}={value}: no {what} in the graph is called that{}", others(instead, *are_all, *is_empty))]
    NoMatch { name: String, value: String, what: String, instead: Vec<String>, are_all: bool, is_empty: bool },
    /// Each candidate with its key first.
    #[error("{name}={value} can be any of these; give the key:{}", listed(candidates, *more))]
    Ambiguous { name: String, value: String, candidates: Vec<String>, more: usize },
    #[error("{query}: the parameter \"{name}\" {place}")]
    Misplaced { query: String, name: String, place: &'static str },
    #[error("the query could not be answered")]
    Evaluation(#[source] oxigraph::sparql::QueryEvaluationError),
    #[error("the query was stopped before its answer was complete")]
    Stopped,
    #[error(transparent)]
    Table(#[from] crate::table::TableError),
    #[error(transparent)]
    Store(#[from] crate::store::StoreError),
    #[error("this query gives {gives}, which can't be written as {asked}: choose {choose}")]
    Format { gives: &'static str, asked: &'static str, choose: &'static str },
    #[error(transparent)]
    Write(#[from] std::io::Error),
}

fn caret(name: &str, line: usize, column: usize, what: &str, text: &str) -> String {
    let number = line.to_string();
    let gap = " ".repeat(number.len());
    // Tabs stay tabs, so that the caret stands under its place however wide they are.
    let before: String = text.chars().take(column - 1).map(|c| if c == '\t' { '\t' } else { ' ' }).collect();
    format!("{name}:{line}:{column}: {what}\n {gap} |\n {number} | {text}\n {gap} | {before}^")
}

fn near(nearest: &[String]) -> impl fmt::Display {
    if nearest.is_empty() { String::new() } else { format!("; did you mean {}?", nearest.join(" or ")) }
}

fn shown(example: Option<&str>) -> String {
    example.map_or(String::new(), |e| format!("\n  {e}"))
}

/// All are said only where they are few enough to be read.
fn others(instead: &[String], are_all: bool, is_empty: bool) -> String {
    match instead {
        _ if is_empty => "; it has none at all".to_string(),
        [] => String::new(),
        all if are_all && all.len() > 40 => String::new(),
        all if are_all => format!("; there are {}", all.join(", ")),
        nearest => format!("; nearest: {}", nearest.join(", ")),
    }
}

fn listed(candidates: &[String], more: usize) -> String {
    let mut text: String = candidates.iter().map(|c| format!("\n  {c}")).collect();
    if more > 0 {
        text.push_str(&format!("\n  and {more} more"));
    }
    text
}

fn known_params(known: &[String]) -> String {
    match known {
        [] => ": it has none".to_string(),
        known => format!("; it has {}", known.join(", ")),
    }
}
