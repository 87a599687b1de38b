use super::bind::bind;
use super::names::Names;
use super::params::{MARK, stand_in, values};
use super::scan::{Piece, pieces};
use super::{Plan, QueryError, Question};
use crate::rdf::vocab;
use crate::store::Graph;
use oxigraph::sparql::{CancellationToken, PreparedSparqlQuery, QueryEvaluationError, QueryResults, SparqlEvaluator};
use spargebra::{Query, SparqlParser};
use std::fmt;

/// A question whose parameters have their values, ready to be asked. As text it is plain SPARQL without prefixes, for any
/// other engine; one whose default graph is the union of all graphs gives the same answer.
#[derive(Debug, Clone)]
pub struct Bound {
    query: Query,
}

impl fmt::Display for Bound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.query.fmt(f)
    }
}

impl Bound {
    /// Puts values, by the names of the parameters, into a question. Those left out are as the question says.
    ///
    /// Relative IRIs are taken from the names' base, and so is the prefix `id:`.
    ///
    /// # Errors
    /// A query that is not SPARQL, with line and column; a parameter that the question doesn't have; a value of the wrong
    /// type, or a name that nothing or several things have.
    pub fn new(question: &Question, params: &[(String, String)], names: &Names) -> Result<Bound, QueryError> {
        let text = set_apart(question);
        let parsed = parser(names.base()).parse_query(&text);
        let mut query = parsed.map_err(|e| syntax_error(question, &text, &e.to_string()))?;
        let values = values(question, params, names)?;
        bind(&mut query, &values).map_err(|misplaced| {
            let of_it = |p: &&super::Param| super::params::variable(&p.name) == misplaced.variable;
            let name = question.params.iter().find(of_it).map_or("", |p| &p.name).to_string();
            QueryError::Misplaced { query: question.name.clone(), name, place: misplaced.place }
        })?;
        Ok(Bound { query })
    }

    /// The answer over the union of all graphs, or over what the question names itself with FROM. `stop` ends the
    /// evaluation at the next quad that it reads.
    ///
    /// # Errors
    /// What the evaluation runs into; also later, while the answer is read.
    pub fn ask(self, graph: &Graph, stop: Option<CancellationToken>) -> Result<QueryResults<'static>, QueryError> {
        graph.answer(self.prepared(stop)).map_err(QueryError::from)
    }

    /// The answer, read to its end and thrown away, and how it was found. It is looked for twice: once for the time that it
    /// takes, and once more counting at each step, which may take many times as long.
    ///
    /// # Errors
    /// As [`Bound::ask`].
    pub fn explain(self, graph: &Graph, stop: Option<CancellationToken>) -> Result<Plan, QueryError> {
        let begun = std::time::Instant::now();
        let found = drained(self.clone().ask(graph, stop.clone())?)?;
        let took = begun.elapsed();
        let (answer, explanation) = graph.explain(self.prepared(stop));
        drained(answer?)?;
        Plan::new(&explanation, found, took)
    }

    fn prepared(self, stop: Option<CancellationToken>) -> PreparedSparqlQuery {
        // Oxigraph is built without its HTTP client, so that SERVICE is refused.
        let mut evaluator = SparqlEvaluator::new();
        if let Some(stop) = stop {
            evaluator = evaluator.with_cancellation_token(stop);
        }
        let mut prepared = evaluator.for_query(self.query);
        if prepared.dataset().is_default_dataset() {
            prepared.dataset_mut().set_default_graph_as_union();
        }
        prepared
    }
}

/// How many rows or triples there are.
fn drained(answer: QueryResults) -> Result<usize, QueryEvaluationError> {
    match answer {
        QueryResults::Solutions(mut rows) => rows.try_fold(0, |n, row| row.map(|_| n + 1)),
        QueryResults::Graph(mut triples) => triples.try_fold(0, |n, triple| triple.map(|_| n + 1)),
        QueryResults::Boolean(yes) => Ok(usize::from(yes)),
    }
}

impl From<QueryEvaluationError> for QueryError {
    fn from(error: QueryEvaluationError) -> QueryError {
        match error {
            QueryEvaluationError::Cancelled => QueryError::Stopped,
            other => QueryError::Evaluation(other),
        }
    }
}

/// Answers a question: [`Bound::new`] with the names of the graph, then [`Bound::ask`].
///
/// # Errors
/// As these.
pub fn ask(
    graph: &Graph,
    base: &str,
    question: &Question,
    params: &[(String, String)],
) -> Result<QueryResults<'static>, QueryError> {
    Bound::new(question, params, &Names::of(graph, base))?.ask(graph, None)
}

/// The text with a variable of its own for each parameter. No value is put into it.
fn set_apart(question: &Question) -> String {
    let mut out = String::with_capacity(question.sparql.len());
    for piece in pieces(&question.sparql) {
        match piece {
            Piece::Other(text) => out.push_str(text),
            Piece::Dollar(name) if question.params.iter().any(|p| p.name == name) => {
                out.push('?');
                out.push_str(&stand_in(name));
            }
            Piece::Dollar(name) => {
                out.push('$');
                out.push_str(name);
            }
        }
    }
    out
}

/// With the prefixes of the graph.
fn parser(base: &str) -> SparqlParser {
    let mut parser = SparqlParser::new();
    for (prefix, namespace) in vocab::prefixes(base) {
        // The base was checked when the store was made; the others are constants.
        if let Ok(with) = parser.clone().with_prefix(prefix, namespace) {
            parser = with;
        }
    }
    match parser.clone().with_base_iri(base) {
        Ok(with) => with,
        Err(_) => parser,
    }
}

/// The parser's message is "error at LINE:COLUMN: expected …", about the text with the parameters set apart.
fn syntax_error(question: &Question, parsed: &str, message: &str) -> QueryError {
    let found = message.strip_prefix("error at ").and_then(|rest| {
        let (line, rest) = rest.split_once(':')?;
        let (column, what) = rest.split_once(": ")?;
        Some((line.parse().ok()?, column.parse::<usize>().ok()?, what))
    });
    let (line, column, what) = found.unwrap_or((1, 1, message));
    let line_of = |text: &str| text.split('\n').nth(line - 1).unwrap_or("").trim_end_matches('\r').to_string();
    // The names that parameters have there are longer than as written.
    let before: String = line_of(parsed).chars().take(column - 1).collect();
    let longer = before.matches(MARK).count() * MARK.len();
    let (name, text) = (question.name.clone(), line_of(&question.sparql));
    QueryError::Syntax { name, line, column: column - longer, what: what.to_string(), text }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::{Format, Writing, write};

    fn csv(nquads: &str, sparql: &str) -> String {
        let graph = Graph::from_nquads(nquads.as_bytes()).unwrap();
        let answer = ask(&graph, vocab::BASE, &Question::text(sparql), &[]).unwrap();
        let mut out = Vec::new();
        write(answer, &Writing::new(Format::Csv, vocab::BASE), &mut out).unwrap();
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
    fn a_mistake_behind_a_parameter_is_shown_where_it_was_written() {
        let graph = Graph::from_nquads(b"").unwrap();
        let text = "# param: p text \"\" x\nASK { ?s ?r $p, $p . ?x ch:party }";
        let Err(error) = ask(&graph, vocab::BASE, &Question::parse("q", text).unwrap(), &[]) else { panic!("parsed") };
        assert!(
            error
                .to_string()
                .ends_with("2 | ASK { ?s ?r $p, $p . ?x ch:party }\n   |                                  ^"),
            "{error}"
        );
    }

    #[test]
    fn a_parameter_is_a_term_of_its_own_beside_a_variable_of_its_name() {
        let quads = "<a:s> <a:p> \"x\\\" } #\" .\n<a:t> <a:p> \"y\" .\n";
        let graph = Graph::from_nquads(quads.as_bytes()).unwrap();
        let text = "# param: what text \"\" It.\nSELECT ?what ?s { ?s ?p $what BIND(STR(?p) AS ?what) } # $what";
        let question = Question::parse("q", text).unwrap();
        let given = [("what".to_string(), "x\" } #".to_string())];
        let mut out = Vec::new();
        let answer = ask(&graph, vocab::BASE, &question, &given).unwrap();
        assert_eq!(write(answer, &Writing::new(Format::Csv, vocab::BASE), &mut out).unwrap().rows, 1);
        assert_eq!(String::from_utf8(out).unwrap(), "what,s\r\na:p,a:s\r\n");
        let wrong = ask(&graph, vocab::BASE, &question, &[("whom".into(), "x".into())]);
        assert!(matches!(wrong, Err(QueryError::Param { .. })));
        let text = "# param: what text \"\" It.\nSELECT * { $what ?p ?o }";
        let Err(error) = ask(&graph, vocab::BASE, &Question::parse("q", text).unwrap(), &given) else { panic!() };
        assert!(error.to_string().starts_with("q: the parameter \"what\" is no name"), "{error}");
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
