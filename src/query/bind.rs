//! Parameters put into a parsed query: terms in the place of variables, so that no value can become a part of the text.

use oxigraph::model::{Literal, Term, Variable};
use spargebra::Query;
use spargebra::algebra::{AggregateExpression, Expression, GraphPattern, OrderExpression};
use spargebra::term::{NamedNodePattern, TermPattern, TriplePattern};
use std::collections::BTreeMap;

/// A place where a parameter's value can't stand.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Misplaced {
    pub variable: Variable,
    pub place: &'static str,
}

type Bound = Result<(), Misplaced>;

/// Replaces each variable that has a value by it, and tells BOUND whether it has one; what has none stays a variable.
pub(super) fn bind(query: &mut Query, values: &BTreeMap<Variable, Option<Term>>) -> Bound {
    let binder = Binder { values };
    match query {
        Query::Construct { template, pattern, .. } => {
            template.iter_mut().try_for_each(|t| binder.triple(t))?;
            binder.pattern(pattern)
        }
        Query::Select { pattern, .. } | Query::Describe { pattern, .. } | Query::Ask { pattern, .. } => {
            binder.pattern(pattern)
        }
    }
}

struct Binder<'a> {
    values: &'a BTreeMap<Variable, Option<Term>>,
}

impl Binder<'_> {
    fn value(&self, variable: &Variable) -> Option<&Term> {
        self.values.get(variable)?.as_ref()
    }

    /// A variable that the query itself gives a value to.
    fn assigned(&self, variable: &Variable) -> Bound {
        match self.values.contains_key(variable) {
            true => Err(Misplaced { variable: variable.clone(), place: "is given a value by the query itself" }),
            false => Ok(()),
        }
    }

    fn pattern(&self, pattern: &mut GraphPattern) -> Bound {
        match pattern {
            GraphPattern::Bgp { patterns } => patterns.iter_mut().try_for_each(|t| self.triple(t)),
            GraphPattern::Path { subject, object, .. } => {
                self.subject(subject)?;
                self.object(object);
                Ok(())
            }
            GraphPattern::Join { left, right }
            | GraphPattern::Lateral { left, right }
            | GraphPattern::Union { left, right }
            | GraphPattern::Minus { left, right } => {
                self.pattern(left)?;
                self.pattern(right)
            }
            GraphPattern::LeftJoin { left, right, expression } => {
                self.pattern(left)?;
                self.pattern(right)?;
                expression.iter_mut().try_for_each(|e| self.expression(e))
            }
            GraphPattern::Filter { expr, inner } => {
                self.expression(expr)?;
                self.pattern(inner)
            }
            GraphPattern::Graph { name, inner } | GraphPattern::Service { name, inner, .. } => {
                self.named(name)?;
                self.pattern(inner)
            }
            GraphPattern::Extend { inner, variable, expression } => {
                self.assigned(variable)?;
                self.expression(expression)?;
                self.pattern(inner)
            }
            GraphPattern::Values { variables, .. } => variables.iter().try_for_each(|v| self.assigned(v)),
            GraphPattern::OrderBy { inner, expression } => {
                for order in expression {
                    let (OrderExpression::Asc(e) | OrderExpression::Desc(e)) = order;
                    self.expression(e)?;
                }
                self.pattern(inner)
            }
            GraphPattern::Project { inner, variables } => {
                // "SELECT *" means the query's variables.
                variables.retain(|v| !self.values.contains_key(v));
                self.pattern(inner)
            }
            GraphPattern::Distinct { inner } | GraphPattern::Reduced { inner } | GraphPattern::Slice { inner, .. } => {
                self.pattern(inner)
            }
            GraphPattern::Group { inner, variables, aggregates } => {
                variables.retain(|v| self.value(v).is_none());
                for (variable, aggregate) in aggregates {
                    self.assigned(variable)?;
                    if let AggregateExpression::FunctionCall { expr, .. } = aggregate {
                        self.expression(expr)?;
                    }
                }
                self.pattern(inner)
            }
        }
    }

    fn expression(&self, expression: &mut Expression) -> Bound {
        match expression {
            Expression::NamedNode(_) | Expression::Literal(_) => Ok(()),
            Expression::Variable(variable) => {
                match self.value(variable) {
                    Some(Term::NamedNode(node)) => *expression = Expression::NamedNode(node.clone()),
                    Some(Term::Literal(literal)) => *expression = Expression::Literal(literal.clone()),
                    _ => {}
                }
                Ok(())
            }
            Expression::Bound(variable) => {
                if let Some(value) = self.values.get(variable) {
                    *expression = Expression::Literal(Literal::from(value.is_some()));
                }
                Ok(())
            }
            Expression::Exists(pattern) => self.pattern(pattern),
            Expression::Or(a, b)
            | Expression::And(a, b)
            | Expression::Equal(a, b)
            | Expression::SameTerm(a, b)
            | Expression::Greater(a, b)
            | Expression::GreaterOrEqual(a, b)
            | Expression::Less(a, b)
            | Expression::LessOrEqual(a, b)
            | Expression::Add(a, b)
            | Expression::Subtract(a, b)
            | Expression::Multiply(a, b)
            | Expression::Divide(a, b) => {
                self.expression(a)?;
                self.expression(b)
            }
            Expression::UnaryPlus(a) | Expression::UnaryMinus(a) | Expression::Not(a) => self.expression(a),
            Expression::If(a, b, c) => {
                self.expression(a)?;
                self.expression(b)?;
                self.expression(c)
            }
            Expression::In(a, list) => {
                self.expression(a)?;
                list.iter_mut().try_for_each(|e| self.expression(e))
            }
            Expression::Coalesce(list) | Expression::FunctionCall(_, list) => {
                list.iter_mut().try_for_each(|e| self.expression(e))
            }
        }
    }

    fn triple(&self, triple: &mut TriplePattern) -> Bound {
        self.subject(&mut triple.subject)?;
        self.named(&mut triple.predicate)?;
        self.object(&mut triple.object);
        Ok(())
    }

    fn subject(&self, term: &mut TermPattern) -> Bound {
        match term {
            TermPattern::Variable(variable) if matches!(self.value(variable), Some(Term::Literal(_))) => {
                Err(Misplaced {
                    variable: variable.clone(),
                    place: "is no name of anything, and a triple begins with it",
                })
            }
            _ => {
                self.object(term);
                Ok(())
            }
        }
    }

    fn object(&self, term: &mut TermPattern) {
        let TermPattern::Variable(variable) = term else { return };
        match self.value(variable) {
            Some(Term::NamedNode(node)) => *term = TermPattern::NamedNode(node.clone()),
            Some(Term::Literal(literal)) => *term = TermPattern::Literal(literal.clone()),
            _ => {}
        }
    }

    fn named(&self, name: &mut NamedNodePattern) -> Bound {
        let NamedNodePattern::Variable(variable) = name else { return Ok(()) };
        match self.value(variable) {
            Some(Term::NamedNode(node)) => *name = NamedNodePattern::NamedNode(node.clone()),
            Some(_) => {
                return Err(Misplaced {
                    variable: variable.clone(),
                    place: "is no name of anything, and stands for a property or a graph",
                });
            }
            None => {}
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use oxigraph::model::NamedNode;
    use spargebra::SparqlParser;

    fn bound(text: &str) -> Result<String, Misplaced> {
        let mut query = SparqlParser::new().parse_query(text).unwrap();
        let values = BTreeMap::from([
            (Variable::new_unchecked("who"), Some(NamedNode::new_unchecked("a:b").into())),
            (Variable::new_unchecked("text"), Some(Literal::new_simple_literal("x\"} #").into())),
            (Variable::new_unchecked("open"), None),
        ]);
        bind(&mut query, &values)?;
        let text = query.to_string();
        // What is written can be read.
        SparqlParser::new().parse_query(&text).unwrap();
        Ok(text)
    }

    #[test]
    fn values_stand_in_the_place_of_variables_wherever_they_are() {
        let text = bound(
            "SELECT * { { SELECT (COUNT(?x) AS ?n) ?who { ?who ?p ?x } GROUP BY ?who } OPTIONAL { ?s ?who ?text FILTER(BOUND(?open) || !BOUND(?who)) }
             FILTER(EXISTS { ?s (<a:p>/<a:q>)* ?who } && ?x IN (?text, 1)) BIND(IF(?who = ?y, STR(?text), -?n) AS ?z) } ORDER BY DESC(STRLEN(?text))",
        )
        .unwrap();
        assert!(!text.contains("?who") && !text.contains("?text") && !text.contains("?open"), "{text}");
        assert_eq!(text.matches("<a:b>").count(), 4, "{text}");
        assert_eq!(text.matches(r#""x\"} #""#).count(), 4, "{text}");
    }

    #[test]
    fn a_value_stands_only_where_it_can() {
        for text in [
            "ASK { ?text ?p ?o }",
            "ASK { ?s ?text ?o }",
            "ASK { GRAPH ?text { ?s ?p ?o } }",
            "ASK { VALUES ?who { 1 } }",
            "ASK { BIND(1 AS ?open) }",
        ] {
            assert!(bound(text).is_err(), "{text}");
        }
        assert!(bound("CONSTRUCT { ?s <a:p> ?text } { ?s ?p ?who }").unwrap().contains("<a:b>"));
    }
}
