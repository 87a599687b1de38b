use super::params::fill;
use super::{QueryError, Question};
use crate::rdf::vocab;
use crate::store::Graph;
use oxigraph::sparql::{PreparedSparqlQuery, QueryResults, SparqlEvaluator};

/// Answers a question over the union of all graphs, or over what it names itself with FROM.
///
/// `base` is what the data's IRIs start with: relative IRIs are taken from there, and so is the prefix `id:`. `params` are
/// names and values of the question's parameters; those left out are as the question says.
///
/// # Errors
/// A query that is not SPARQL, with line and column; a parameter that the question doesn't have.
pub fn ask(
    graph: &Graph,
    base: &str,
    question: &Question,
    params: &[(String, String)],
) -> Result<QueryResults<'static>, QueryError> {
    let mut prepared = prepare_at(base, question, params)?;
    if prepared.dataset().is_default_dataset() {
        prepared.dataset_mut().set_default_graph_as_union();
    }
    graph.answer(prepared).map_err(QueryError::Evaluation)
}

/// The parsed query, without a graph.
#[cfg(test)]
pub(super) fn prepare(question: &Question, params: &[(String, String)]) -> Result<PreparedSparqlQuery, QueryError> {
    prepare_at(vocab::BASE, question, params)
}

fn prepare_at(base: &str, question: &Question, params: &[(String, String)]) -> Result<PreparedSparqlQuery, QueryError> {
    // First as it was written, where a parameter is a variable like others: places in messages are those of the text.
    let syntax = |e: &dyn std::fmt::Display| syntax_error(&question.name, &question.sparql, &e.to_string());
    let evaluator = evaluator(base);
    if !question.params.is_empty() {
        let _ = evaluator.clone().parse_query(&question.sparql).map_err(|e| syntax(&e))?;
    }
    let filled = fill(question, params)?;
    evaluator.parse_query(&filled).map_err(|e| syntax(&e))
}

/// With the prefixes of the graph, and without anything that would ask other machines.
fn evaluator(base: &str) -> SparqlEvaluator {
    // Oxigraph is built without its HTTP client, so that SERVICE is refused.
    let mut evaluator = SparqlEvaluator::new();
    for (prefix, namespace) in vocab::PREFIXES {
        let namespace = if prefix == "id" { base } else { namespace };
        // The base was checked when the store was made; the others are constants.
        if let Ok(with) = evaluator.clone().with_prefix(prefix, namespace) {
            evaluator = with;
        }
    }
    match evaluator.clone().with_base_iri(base) {
        Ok(with) => with,
        Err(_) => evaluator,
    }
}

/// The parser's message is "error at LINE:COLUMN: expected …".
fn syntax_error(name: &str, sparql: &str, message: &str) -> QueryError {
    let found = message.strip_prefix("error at ").and_then(|rest| {
        let (line, rest) = rest.split_once(':')?;
        let (column, what) = rest.split_once(": ")?;
        Some((line.parse().ok()?, column.parse().ok()?, what))
    });
    let (line, column, what) = found.unwrap_or((1, 1, message));
    let text = sparql.split('\n').nth(line - 1).unwrap_or("").trim_end_matches('\r');
    QueryError::Syntax { name: name.to_string(), line, column, what: what.to_string(), text: text.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::{Format, write};

    fn csv(nquads: &str, sparql: &str) -> String {
        let graph = Graph::from_nquads(nquads.as_bytes()).unwrap();
        let answer = ask(&graph, vocab::BASE, &Question::text(sparql), &[]).unwrap();
        let mut out = Vec::new();
        write(answer, Format::Csv, vocab::BASE, None, &mut out).unwrap();
        String::from_utf8(out).unwrap().replace("\r\n", "|")
    }

    #[test]
    fn queries_see_the_union_unless_they_name_graphs() {
        let quads = "<a:s> <a:p> \"1\" .\n<a:s> <a:p> \"2\" <a:g> .\n<a:s> <a:p> \"1\" <a:g> .\n";
        assert_eq!(csv(quads, "SELECT DISTINCT ?o { ?s ?p ?o } ORDER BY ?o"), "o|1|2|");
        assert_eq!(csv(quads, "SELECT ?o FROM <a:g> { ?s ?p ?o } ORDER BY ?o"), "o|1|2|");
        assert_eq!(csv(quads, "SELECT ?o { GRAPH ?g { ?s ?p ?o } } ORDER BY ?o"), "o|1|2|");
    }

    #[test]
    fn a_mistake_is_shown_under_a_caret() {
        let graph = Graph::from_nquads(b"").unwrap();
        let question = Question::text("SELECT ?x\nWHERE { ?x ch:party }");
        let Err(error) = ask(&graph, vocab::BASE, &question, &[]) else { panic!("parsed") };
        let text = error.to_string();
        assert!(text.starts_with("query:2:21: expected "), "{text}");
        assert!(text.ends_with("\n   |\n 2 | WHERE { ?x ch:party }\n   |                     ^"), "{text}");
    }

    #[test]
    fn no_other_machine_is_asked() {
        let graph = Graph::from_nquads(b"").unwrap();
        let question = Question::text("SELECT * { SERVICE <https://example.org/sparql> { ?s ?p ?o } }");
        let answer = ask(&graph, vocab::BASE, &question, &[]);
        let failed = match answer {
            Err(QueryError::Evaluation(_)) => true,
            Ok(QueryResults::Solutions(mut rows)) => rows.next().is_some_and(|row| row.is_err()),
            _ => false,
        };
        assert!(failed);
    }
}
