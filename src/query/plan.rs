//! How the engine found an answer.

use super::QueryError;
use crate::rdf::vocab;
use oxigraph::sparql::QueryExplanation;
use serde::Deserialize;
use std::fmt;
use std::time::Duration;

/// The plan of a query that has been evaluated, with what each step gave and took. As text it is a tree, the step that
/// gives the answer first.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    pub root: Step,
    /// Rows or triples of the answer.
    pub found: usize,
    /// From the parsed query to the last row, without counting.
    pub took: Duration,
}

/// One step. Its time is that of the steps below it, too, and of the counting: it is for comparing steps.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Step {
    pub name: String,
    #[serde(rename = "number of results", default)]
    pub rows: u64,
    #[serde(rename = "duration in seconds", default)]
    pub seconds: Option<f64>,
    #[serde(default)]
    pub children: Vec<Step>,
}

#[derive(Deserialize)]
struct Written {
    plan: Step,
}

impl Plan {
    pub(super) fn new(explanation: &QueryExplanation, found: usize, took: Duration) -> Result<Plan, QueryError> {
        // The engine shows its plan only as JSON.
        let mut json = Vec::new();
        explanation.write_in_json(&mut json)?;
        let written: Written = serde_json::from_slice(&json).map_err(std::io::Error::from)?;
        Ok(Plan { root: written.plan, found, took })
    }
}

impl fmt::Display for Plan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{:>10}  {:>10}  step", "rows", "ms")?;
        line(&self.root, 0, f)
    }
}

fn line(step: &Step, depth: usize, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let ms = step.seconds.map_or(String::new(), |s| format!("{:.2}", s * 1000.0));
    writeln!(f, "{:>10}  {ms:>10}  {}{}", step.rows, "  ".repeat(depth), short(&step.name))?;
    step.children.iter().try_for_each(|child| line(child, depth + 1, f))
}

/// With prefixes for the namespaces that have one.
fn short(name: &str) -> String {
    let mut name = name.to_string();
    for (prefix, namespace) in vocab::PREFIXES {
        let opening = format!("<{namespace}");
        while let Some(at) = name.find(&opening) {
            let Some(end) = name[at..].find('>') else { break };
            let local = format!("{prefix}:{}", &name[at + opening.len()..at + end]);
            name.replace_range(at..=at + end, &local);
        }
    }
    name
}

#[cfg(test)]
mod tests {
    use crate::query::{Bound, Names, Question};
    use crate::rdf::vocab::BASE;
    use crate::store::Graph;

    #[test]
    fn a_plan_counts_the_rows_of_each_step() {
        let quads = "<a:s> <a:p> <a:o> .\n<a:s> <https://schema.org/name> \"x\" .\n";
        let graph = Graph::from_nquads(quads.as_bytes()).unwrap();
        let question = Question::text("SELECT ?s { ?s <a:p> ?o OPTIONAL { ?s schema:name ?n } } ORDER BY ?s");
        let plan = Bound::new(&question, &[], &Names::of(&graph, BASE)).unwrap().explain(&graph, None).unwrap();
        assert_eq!((plan.found, plan.root.rows), (1, 1));
        let text = plan.to_string();
        assert!(text.contains("schema:name") && text.lines().count() >= 4, "{text}");
    }
}
