use super::context::documents;
use super::{Global, Outcome, style};
use chancery::curate::{Row, write_sheet};
use chancery::model::PartialDate;
use chancery::query::{Looking, Reason, review};
use clap::{Args, ValueEnum};
use std::io::{self, Write};

/// Claims that are worth a look: contradicted, of low confidence, new, told once; with quote and sentence
///
/// As CSV they come with empty columns `decision`, `set` and `why`: fill them and hand the file to `chancery curate read`.
/// Claims about which something is decided are left out. Exits with 1 if there is nothing to look at.
#[derive(Args)]
#[command(
    after_help = "Examples:\n  chancery review --only contradicted\n  chancery review --since 2025-07 --csv > look.csv\n  chancery curate read look.csv"
)]
pub struct Review {
    /// Only claims with this reason; can be given several times.
    #[arg(long, value_enum, value_name = "REASON")]
    only: Vec<Why>,
    /// A confidence below this is low, in percent.
    #[arg(long, default_value = "65", value_name = "PERCENT", value_parser = clap::value_parser!(u8).range(0..=100))]
    below: u8,
    /// Documents published from this date on are new.
    #[arg(long, value_name = "DATE")]
    since: Option<PartialDate>,
    /// Also claims about which something is decided.
    #[arg(long)]
    decided: bool,
    /// At most so many.
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    /// As CSV, to be edited and read back.
    #[arg(long)]
    csv: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum Why {
    Contradicted,
    Low,
    New,
    Once,
}

impl Review {
    pub fn run(&self, global: &Global) -> anyhow::Result<Outcome> {
        let store = global.open()?;
        let (knowledge, docs) = (store.knowledge()?, documents(&store)?);
        let reason = |why: &Why| match why {
            Why::Contradicted => Reason::Contradicted,
            Why::Low => Reason::Low,
            Why::New => Reason::New,
            Why::Once => Reason::Once,
        };
        let looking = Looking {
            reasons: self.only.iter().map(reason).collect(),
            below: self.below,
            since: self.since,
            decided: self.decided,
        };
        let mut rows = review(&looking, &knowledge, &global.frames()?, &docs);
        let all = rows.len();
        rows.truncate(self.limit.unwrap_or(usize::MAX));
        let mut out = io::BufWriter::new(anstream::stdout().lock());
        if self.csv {
            write_sheet(&rows, &mut out)?;
        } else {
            rows.iter().try_for_each(|row| print(row, &mut out))?;
        }
        out.flush()?;
        if rows.len() < all {
            global.say(format_args!("the first {} of {}", style::grouped(rows.len()), style::grouped(all)));
        }
        if rows.is_empty() {
            global.say("nothing to look at");
            return Ok(Outcome::Nothing);
        }
        Ok(Outcome::Found)
    }
}

fn print(row: &Row, out: &mut dyn Write) -> io::Result<()> {
    let (bold, id, warning, quiet) = (style::HEADING, style::ID, style::WARNING, style::QUIET);
    let status = if row.status.is_empty() { String::new() } else { format!(" [{}]", row.status) };
    writeln!(
        out,
        "{id}{}{id:#}  {warning}{}{warning:#}  {bold}{}{bold:#}{status}  {}  confidence {}",
        row.claim, row.reasons, row.frame, row.roles, row.confidence
    )?;
    let said = if row.sentence.is_empty() { &row.quote } else { &row.sentence };
    let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
    let source = style::joined([row.publisher.as_str(), &row.published, &row.document], ", ");
    writeln!(out, "    {said} {quiet}{source}{quiet:#}")
}
