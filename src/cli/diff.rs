use super::{Global, Outcome, style};
use anyhow::bail;
use chancery::model::{Knowledge, PartialDate};
use chancery::query::{Change, diff};
use chancery::store::{Store, View};
use clap::Args;
use std::io::{self, Write};
use std::path::PathBuf;

/// What is new since a date, or since another store: facts, changes, things, contradictions
///
/// With `--since`, what was published by the day before is compared with all there is. With another store, that one is the
/// former. Exits with 1 if nothing is different.
#[derive(Args)]
#[command(after_help = "Examples:\n  chancery diff --since 2025-07\n  chancery diff ./kg-of-last-week")]
pub struct Diff {
    /// The folder of another store, to compare with.
    #[arg(value_name = "DIR", conflicts_with = "since")]
    other: Option<PathBuf>,
    /// What was published from this date on is new.
    #[arg(long, value_name = "DATE")]
    since: Option<PartialDate>,
}

impl Diff {
    pub fn run(&self, global: &Global) -> anyhow::Result<Outcome> {
        let (store, frames) = (global.open()?, global.frames()?);
        let before: Knowledge = match (&self.other, self.since) {
            (Some(dir), _) => Store::open(dir)?.knowledge()?,
            (None, Some(since)) => {
                let seen = store.seen(View { known_by: Some(since.day_before()), as_of: None }, &global.basis()?)?;
                if seen.undated > 0 {
                    let new = style::count(seen.undated, "document tells", "documents tell");
                    global.say(format_args!("{new} no date of publication, and counts as new"));
                }
                seen.knowledge
            }
            (None, None) => bail!("say since when, as in --since 2025-07, or name the folder of another store"),
        };
        let after = store.knowledge()?;
        let found = diff(&before, &after, &frames);
        let mut out = io::BufWriter::new(anstream::stdout().lock());
        let (bold, id) = (style::HEADING, style::ID);
        for (title, changes) in [("New", &found.new), ("Changed", &found.changed), ("Gone", &found.gone)] {
            if !changes.is_empty() {
                writeln!(out, "{bold}{title}{bold:#} ({})", style::count(changes.len(), "fact", "facts"))?;
                changes.iter().try_for_each(|change| print(change, &mut out))?;
            }
        }
        if !found.things.is_empty() {
            writeln!(out, "{bold}New things{bold:#} ({})", style::grouped(found.things.len()))?;
            writeln!(out, "  {}", found.things.join("; "))?;
        }
        if !found.contradictions.is_empty() {
            writeln!(out, "{bold}New contradictions{bold:#} ({})", style::grouped(found.contradictions.len()))?;
            for c in &found.contradictions {
                let what = c.role.as_ref().unwrap_or(&c.kind);
                writeln!(out, "  {id}{}{id:#} and {id}{}{id:#} in {what}", c.facts[0], c.facts[1])?;
            }
        }
        out.flush()?;
        if found.is_empty() {
            global.say("nothing is different");
            return Ok(Outcome::Nothing);
        }
        Ok(Outcome::Found)
    }
}

fn print(change: &Change, out: &mut dyn Write) -> io::Result<()> {
    let (bold, id) = (style::HEADING, style::ID);
    let when = if change.when.is_empty() { "undated" } else { &change.when };
    let (status, roles) = (style::status(&change.status), style::roles(&change.roles));
    let (frame, fact) = (&change.frame, &change.fact);
    writeln!(out, "  {bold}{frame}{bold:#} {when}{status}  {roles}  {id}{fact}{id:#}")?;
    change.otherwise.iter().try_for_each(|what| writeln!(out, "      {what}"))
}
