use super::context::width;
use super::export::chosen;
use super::{Global, Outcome, style};
use chancery::graph::{Measure, Selection, View, measures};
use chancery::model::PartialDate;
use chancery::table::{Cell, Column, Form, Kind, write as write_table};
use clap::Args;
use clap::builder::PossibleValuesParser;
use std::io::{self, Write};
use unicode_width::UnicodeWidthStr as _;

/// Which things are central: neighbours, PageRank, betweenness, communities, components
///
/// Facts join things whatever their direction; several facts between the same two count as one neighbour. Betweenness is
/// the share of shortest ways between two others that lead through a thing; communities are found by Louvain's method;
/// things of one component are joined by some way at all. Both are numbered from the largest.
#[derive(Args)]
#[command(
    after_help = "Examples:\n  chancery rank --by pagerank --limit 20\n  chancery rank --frame agreement --format csv"
)]
pub struct Rank {
    /// What to sort by.
    #[arg(long, value_name = "MEASURE", default_value = "pagerank", value_parser = PossibleValuesParser::new(Measure::ALL.iter().map(|(n, _)| *n)))]
    by: String,
    /// How many [default: 20 as a table, else all].
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    #[arg(long, value_name = "FORMAT", default_value = "table", value_parser = ["table", "csv", "json"])]
    format: String,
    /// Only facts of this frame; can be given several times.
    #[arg(long = "frame", value_name = "FRAME")]
    frames: Vec<String>,
    /// Only facts on or after this date.
    #[arg(long, value_name = "DATE")]
    since: Option<PartialDate>,
    /// Only facts on or before this date.
    #[arg(long, value_name = "DATE")]
    until: Option<PartialDate>,
}

const COLUMNS: [&str; 10] =
    ["id", "name", "kind", "country", "facts", "degree", "pagerank", "betweenness", "community", "component"];

impl Rank {
    pub fn run(&self, global: &Global) -> anyhow::Result<Outcome> {
        let (knowledge, frames) = (global.open()?.knowledge()?, global.frames()?);
        let selection =
            Selection { frames: self.frames.clone(), since: self.since, until: self.until, ..Selection::default() };
        let view = View::new(&knowledge, &frames, &selection)?;
        let by = chosen(&Measure::ALL, &Some(self.by.clone())).unwrap_or(Measure::PageRank);
        let mut found: Vec<_> = measures(&view, true).into_iter().collect();
        found.sort_by(|(a, x), (b, y)| y.of(by).cmp(&x.of(by)).then(a.cmp(b)));
        let limit = self.limit.unwrap_or(if self.format == "table" { 20 } else { usize::MAX });
        let rows: Vec<[String; 10]> = found
            .iter()
            .take(limit)
            .map(|(node, m)| {
                let node = &view.graph[*node];
                let country = knowledge.things.get(&node.id).and_then(|t| t.country.clone()).unwrap_or_default();
                let share = |millionths: u64| format!("{}.{:06}", millionths / 1_000_000, millionths % 1_000_000);
                [
                    node.id.clone(),
                    node.label.clone(),
                    node.sort.name().to_string(),
                    country,
                    m.facts.to_string(),
                    m.degree.to_string(),
                    share(m.pagerank),
                    share(m.betweenness),
                    m.community.to_string(),
                    m.component.to_string(),
                ]
            })
            .collect();
        let mut out = io::BufWriter::new(anstream::stdout().lock());
        match self.format.as_str() {
            "csv" => csv(&rows, &mut out)?,
            "json" => json(&rows, &mut out)?,
            _ => table(&rows, &mut out)?,
        }
        out.flush()?;
        if rows.len() < found.len() {
            global.say(format!("{} of {} things; --limit gives more", rows.len(), style::grouped(found.len())));
        }
        Ok(if rows.is_empty() { Outcome::Nothing } else { Outcome::Found })
    }
}

fn csv(rows: &[[String; 10]], out: &mut dyn Write) -> anyhow::Result<()> {
    let columns = COLUMNS.map(|name| Column::new(name, Kind::Text));
    let cells = rows.iter().map(|row| row.each_ref().map(Cell::from));
    write_table(Form::Csv { spreadsheet: false }, &columns, cells, out)?;
    Ok(())
}

/// Numbers as numbers; a country that is not known is null.
fn json(rows: &[[String; 10]], out: &mut dyn Write) -> anyhow::Result<()> {
    let value = |(column, cell): (usize, &String)| match column {
        3 if cell.is_empty() => serde_json::Value::Null,
        4.. => serde_json::from_str(cell).unwrap_or_default(),
        _ => cell.as_str().into(),
    };
    let object = |row: &[String; 10]| -> serde_json::Map<String, serde_json::Value> {
        row.iter().enumerate().map(|cell| (COLUMNS[cell.0].to_string(), value(cell))).collect()
    };
    let rows: Vec<_> = rows.iter().map(object).collect();
    writeln!(out, "{}", serde_json::to_string_pretty(&rows)?)?;
    Ok(())
}

/// Without the ids, as far as a terminal is wide.
fn table(rows: &[[String; 10]], out: &mut dyn Write) -> io::Result<()> {
    let bold = style::HEADING;
    let most = if width().is_some_and(|w| w < 110) { 28 } else { 48 };
    let cell = |text: &str| chancery::diagram::readable(text).chars().take(most).collect::<String>();
    let widths: Vec<usize> = (1..COLUMNS.len())
        .map(|c| rows.iter().map(|r| cell(&r[c]).width()).max().unwrap_or(0).max(COLUMNS[c].len()))
        .collect();
    let line = |cells: Vec<String>| {
        let padded = cells.iter().zip(&widths).enumerate().map(|(i, (text, width))| {
            let room = " ".repeat(width - text.width());
            if i < 3 { format!("{text}{room}") } else { format!("{room}{text}") }
        });
        padded.collect::<Vec<_>>().join("  ").trim_end().to_string()
    };
    let head = line(COLUMNS[1..].iter().map(|c| c.to_string()).collect());
    writeln!(out, "{bold}{head}{bold:#}")?;
    for row in rows {
        writeln!(out, "{}", line(row[1..].iter().map(|c| cell(c)).collect()))?;
    }
    Ok(())
}
