use super::context::{When, one};
use super::show::quotes;
use super::{Global, Outcome, style};
use chancery::query::{Conflict, Told, conflict_documents, conflicts, told_apart};
use clap::{Args, ValueEnum};
use std::io::{self, Write};

/// Facts that cannot both be so, by kind, with both quotes
///
/// Figures that differ, dates that differ, denials. What a later fact ended is no contradiction; nor are figures that are
/// rounded, bounds, or in another currency: `--all` shows those, too. Exits with 1 if there is none.
#[derive(Args)]
#[command(
    after_help = "Examples:\n  chancery conflicts\n  chancery conflicts \"El Salvador\" --kind figures\n  chancery conflicts --all --json"
)]
pub struct Conflicts {
    /// Only what is about this thing: a name, a key, an IRI or a Wikidata id.
    #[arg(value_name = "ENTITY")]
    entity: Vec<String>,
    /// Only those of one kind.
    #[arg(long, value_enum)]
    kind: Option<Sort>,
    /// Also figures that differ and are no contradiction, with the reason.
    #[arg(long)]
    all: bool,
    /// As JSON, one object a line.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    when: When,
}

#[derive(Clone, Copy, ValueEnum)]
enum Sort {
    Figures,
    Dates,
    Denials,
}

impl Sort {
    /// The kind's name in the graph and its heading.
    fn names(self) -> (&'static str, &'static str) {
        match self {
            Sort::Figures => ("quantity", "Figures that differ"),
            Sort::Dates => ("date", "Dates that differ"),
            Sort::Denials => ("polarity", "Asserted and denied"),
        }
    }
}

/// Quotes that are shown of each side.
const MOST_QUOTES: usize = 3;

impl Conflicts {
    pub fn run(&self, global: &Global) -> anyhow::Result<Outcome> {
        let (store, frames) = (global.open()?, global.frames()?);
        let (knowledge, docs) = self.when.knowledge(&store, global)?;
        let thing = match self.entity.join(" ") {
            name if name.is_empty() => None,
            name => match one(&knowledge, &name)? {
                Some(key) => Some(key),
                None => return Ok(Outcome::Nothing),
            },
        };
        let docs = match docs {
            Some(docs) => docs,
            None => store.documents_of(&conflict_documents(&knowledge))?,
        };
        let mut found = conflicts(thing.as_deref(), &knowledge, &frames, &docs);
        found.retain(|c| self.kind.is_none_or(|kind| kind.names().0 == c.kind));
        let figures = matches!(self.kind, None | Some(Sort::Figures));
        let told = if figures { told_apart(thing.as_deref(), &knowledge, &frames, &docs) } else { Vec::new() };
        let mut out = io::BufWriter::new(anstream::stdout().lock());
        if self.json {
            for conflict in &found {
                writeln!(out, "{}", serde_json::to_string(conflict)?)?;
            }
            for told in told.iter().filter(|_| self.all) {
                writeln!(out, "{}", serde_json::to_string(told)?)?;
            }
        } else {
            print(&found, if self.all { &told } else { &[] }, &mut out)?;
        }
        out.flush()?;
        if !self.all && !told.is_empty() {
            let more = style::count(told.len(), "fact has", "facts have");
            global
                .say(format_args!("{more} figures that differ by rounding, bound or currency only; --all shows them"));
        }
        if found.is_empty() && (told.is_empty() || !self.all) {
            global.say("no contradictions");
            return Ok(Outcome::Nothing);
        }
        Ok(Outcome::Found)
    }
}

fn print(found: &[Conflict], told: &[Told], out: &mut dyn Write) -> io::Result<()> {
    let (bold, id) = (style::HEADING, style::ID);
    for (kind, title) in [Sort::Figures, Sort::Dates, Sort::Denials].map(Sort::names) {
        let of_kind: Vec<&Conflict> = found.iter().filter(|c| c.kind == kind).collect();
        if of_kind.is_empty() {
            continue;
        }
        writeln!(out, "{bold}{title}{bold:#} ({})", style::grouped(of_kind.len()))?;
        for conflict in of_kind {
            writeln!(out, "  {bold}{}{bold:#}  {}", conflict.frame, conflict.about)?;
            for side in &conflict.sides {
                let sources = style::count(side.sources, "source", "sources");
                let when = side.date.as_deref().filter(|d| *d != side.value).unwrap_or("");
                let status = side.status.join(", ");
                let line = style::joined([side.value.as_str(), when, &status, &sources], " · ");
                writeln!(out, "    {line}, confidence {}  {id}{}{id:#}", side.confidence.decimal(), side.fact)?;
                quotes(&side.said, MOST_QUOTES, out)?;
            }
        }
    }
    if !told.is_empty() {
        writeln!(out, "{bold}No contradictions{bold:#} ({})", style::grouped(told.len()))?;
    }
    for told in told {
        writeln!(
            out,
            "  {bold}{}{bold:#}  {}  {}: {}  {id}{}{id:#}",
            told.frame, told.about, told.role, told.kind, told.fact
        )?;
        for (figure, said) in &told.figures {
            writeln!(out, "    {figure}")?;
            quotes(said, MOST_QUOTES, out)?;
        }
    }
    Ok(())
}
