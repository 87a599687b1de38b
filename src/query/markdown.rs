//! Rows as a table in Markdown.

use super::results::Rows;
use super::{QueryError, show, table};
use std::io::Write;

/// Nothing at all where there are no rows.
pub(super) fn write(rows: &mut Rows, base: &str, out: &mut dyn Write) -> Result<(), QueryError> {
    let variables = rows.variables();
    let mut lines: Vec<Vec<String>> = Vec::new();
    // Numbers stand to the right.
    let mut right = vec![true; variables.len()];
    while let Some(row) = rows.next()? {
        let cells = variables.iter().zip(&mut right).map(|(variable, right)| {
            let value = row.get(variable);
            *right &= value.is_none_or(show::is_number);
            value.map(|term| escaped(&table::one_line(&show::term(term, base)))).unwrap_or_default()
        });
        lines.push(cells.collect());
    }
    if lines.is_empty() {
        return Ok(());
    }
    let names: Vec<String> = variables.iter().map(|v| escaped(v.as_str())).collect();
    writeln!(out, "| {} |", names.join(" | "))?;
    let rules: Vec<&str> = right.iter().map(|right| if *right { "---:" } else { "---" }).collect();
    writeln!(out, "| {} |", rules.join(" | "))?;
    for line in &lines {
        writeln!(out, "| {} |", line.join(" | "))?;
    }
    Ok(())
}

/// Letters that Markdown or the HTML within it would take for more than letters.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '|' | '*' | '_' | '`' | '[' | ']' | '<' | '>' | '&' | '~') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use crate::query::{Format, Question, Writing, ask, write};
    use crate::store::Graph;

    fn written(format: Format, spreadsheet: bool, limit: Option<usize>) -> String {
        let quads =
            "<x:1> <x:p> \"a | <b>*c*</b>\\nd\" .\n<x:2> <x:p> \"=HYPERLINK(\\\"x\\\")\" .\n<x:3> <x:p> \"-7\" .\n";
        let graph = Graph::from_nquads(quads.as_bytes()).unwrap();
        let question = Question::text("SELECT ?name (-7 AS ?n) { ?s <x:p> ?name } ORDER BY ?s");
        let answer = ask(&graph, "x:", &question, &[]).unwrap();
        let mut out = Vec::new();
        let how = Writing { spreadsheet, limit, ..Writing::new(format, "x:") };
        let written = write(answer, &how, &mut out).unwrap();
        assert_eq!((written.rows, written.more), (limit.unwrap_or(3), limit.is_some()));
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn nothing_in_a_cell_is_taken_for_more_than_text() {
        let text = written(Format::Markdown, false, None);
        assert_eq!(
            text,
            "| name | n |\n| --- | ---: |\n| a \\| \\<b\\>\\*c\\*\\</b\\> d | -7 |\n| =HYPERLINK(\"x\") | -7 |\n| -7 | -7 |\n"
        );
    }

    #[test]
    fn csv_is_exact_unless_it_is_for_a_spreadsheet() {
        let exact = "name,n\r\n\"a | <b>*c*</b>\nd\",-7\r\n\"=HYPERLINK(\"\"x\"\")\",-7\r\n-7,-7\r\n";
        assert_eq!(written(Format::Csv, false, None), exact);
        let guarded = "name,n\r\n\"a | <b>*c*</b>\nd\",-7\r\n\"'=HYPERLINK(\"\"x\"\")\",-7\r\n'-7,-7\r\n";
        assert_eq!(written(Format::Csv, true, None), guarded);
    }

    #[test]
    fn a_limit_cuts_and_says_so() {
        assert_eq!(written(Format::Csv, false, Some(1)), "name,n\r\n\"a | <b>*c*</b>\nd\",-7\r\n");
        assert_eq!(written(Format::Table, false, Some(2)).lines().count(), 4);
    }
}
