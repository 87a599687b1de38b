//! Rows as a table for people.

use super::results::Rows;
use super::{QueryError, show};
use std::io::{self, Write};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Between two columns.
const GAP: usize = 2;
/// No column is cut below this.
const LEAST: usize = 6;

struct Column {
    name: String,
    width: usize,
    right: bool,
}

/// Nothing at all where there are no rows.
pub(super) fn write(rows: &mut Rows, base: &str, width: Option<usize>, out: &mut dyn Write) -> Result<(), QueryError> {
    let variables = rows.variables();
    let mut columns: Vec<Column> = variables
        .iter()
        .map(|v| Column { name: v.as_str().to_string(), width: v.as_str().width(), right: true })
        .collect();
    let mut table: Vec<Vec<String>> = Vec::new();
    let mut filled = vec![false; columns.len()];
    while let Some(row) = rows.next()? {
        let mut cells = Vec::with_capacity(columns.len());
        for (i, (variable, column)) in variables.iter().zip(&mut columns).enumerate() {
            let value = row.get(variable);
            let cell = value.map(|t| one_line(&show::term(t, base))).unwrap_or_default();
            column.width = column.width.max(cell.width());
            filled[i] |= value.is_some();
            column.right &= value.is_none_or(show::is_number);
            cells.push(cell);
        }
        table.push(cells);
    }
    for (column, filled) in columns.iter_mut().zip(&filled) {
        column.right &= filled;
    }
    if let Some(width) = width {
        shrink(&mut columns, width);
    }
    if table.is_empty() {
        return Ok(());
    }
    line(&columns, columns.iter().map(|c| c.name.as_str()), out)?;
    let rules: Vec<String> = columns.iter().map(|c| "─".repeat(c.width)).collect();
    line(&columns, rules.iter().map(String::as_str), out)?;
    for cells in &table {
        line(&columns, cells.iter().map(String::as_str), out)?;
    }
    Ok(())
}

/// Takes from the widest column until all fit.
fn shrink(columns: &mut [Column], width: usize) {
    let gaps = GAP * columns.len().saturating_sub(1);
    loop {
        let total: usize = columns.iter().map(|c| c.width).sum::<usize>() + gaps;
        if total <= width {
            return;
        }
        // A number that is cut is another number.
        let texts = columns.iter_mut().filter(|c| !c.right && c.width > LEAST);
        let Some(widest) = texts.max_by_key(|c| c.width) else { return };
        widest.width -= 1;
    }
}

fn line<'a>(columns: &[Column], cells: impl Iterator<Item = &'a str>, out: &mut dyn Write) -> io::Result<()> {
    let mut text = String::new();
    for (i, (column, cell)) in columns.iter().zip(cells).enumerate() {
        if i > 0 {
            text.push_str(&" ".repeat(GAP));
        }
        let cell = cut(cell, column.width);
        let space = " ".repeat(column.width.saturating_sub(cell.width()));
        if column.right {
            text.push_str(&space);
            text.push_str(&cell);
        } else {
            text.push_str(&cell);
            text.push_str(&space);
        }
    }
    writeln!(out, "{}", text.trim_end())
}

/// A cell has one line, and nothing that moves a terminal's cursor.
pub(super) fn one_line(text: &str) -> String {
    text.split(|c: char| c.is_whitespace() || c.is_control() || show::turns(c))
        .filter(|w| !w.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// A text of at most `width` columns, with an ellipsis for what is cut off.
pub(crate) fn cut(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_string();
    }
    let mut out = String::new();
    let mut used = 0;
    for c in text.chars() {
        let wide = c.width().unwrap_or(0);
        if used + wide + 1 > width {
            break;
        }
        used += wide;
        out.push(c);
    }
    out.push('…');
    out
}

#[cfg(test)]
mod tests {
    use crate::query::{Format, Question, Writing, ask, write};
    use crate::store::Graph;

    fn table(width: Option<usize>) -> String {
        let quads = "<x:entity/sv> <x:p> \"El Salvador\" .\n<x:entity/cn> <x:p> \"中国人民银行\" .\n\
             <x:entity/sv> <x:n> \"1400000000\"^^<http://www.w3.org/2001/XMLSchema#integer> .\n\
             <x:entity/cn> <x:n> \"7\"^^<http://www.w3.org/2001/XMLSchema#integer> .\n\
             <x:entity/cn> <x:q> \"two\\nlines \\u001B[31mred\" .\n";
        let graph = Graph::from_nquads(quads.as_bytes()).unwrap();
        let text = "SELECT ?key ?name ?amount ?note { ?key <x:p> ?name ; <x:n> ?amount OPTIONAL { ?key <x:q> ?note } } ORDER BY ?key";
        let answer = ask(&graph, "x:", &Question::text(text), &[]).unwrap();
        let mut out = Vec::new();
        let how = Writing { width, ..Writing::new(Format::Table, "x:") };
        assert_eq!(write(answer, &how, &mut out).unwrap().rows, 2);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn columns_stand_under_each_other_however_wide_the_letters_are() {
        insta::assert_snapshot!(table(None), @"
        key  name                 amount  note
        ───  ────────────  ─────────────  ─────────────────
        cn   中国人民银行              7  two lines [31mred
        sv   El Salvador   1,400,000,000
        ");
    }

    #[test]
    fn a_narrow_terminal_cuts_the_widest() {
        insta::assert_snapshot!(table(Some(38)), @"
        key  name             amount  note
        ───  ────────  ─────────────  ────────
        cn   中国人…               7  two lin…
        sv   El Salv…  1,400,000,000
        ");
    }
}
