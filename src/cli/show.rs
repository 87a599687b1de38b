use super::context::{When, one};
use super::{Global, Outcome, style};
use chancery::query::{Card, Line, Said, card, card_documents, plain};
use clap::Args;
use std::io::{self, Write};

/// All that is known of one thing: names, type, and its facts, each with sources and quotes
///
/// The thing is named by any of its names, in any language and case, by a part of it that only one has, or by its key.
#[derive(Args)]
#[command(
    after_help = "Examples:\n  chancery show \"El Salvador\"\n  chancery show bukele\n  chancery show sv --as-of 2024-12-31\n  chancery show sv --known-by 2023-06"
)]
pub struct Show {
    /// A name, a key, an IRI or a Wikidata id.
    #[arg(required = true, value_name = "ENTITY")]
    entity: Vec<String>,
    #[command(flatten)]
    when: When,
}

impl Show {
    pub fn run(&self, global: &Global) -> anyhow::Result<Outcome> {
        let name = self.entity.join(" ");
        let store = global.open()?;
        let (knowledge, docs) = self.when.knowledge(&store, global)?;
        let Some(thing) = one(&knowledge, &name)?.and_then(|key| knowledge.things.get(&key)) else {
            return Ok(Outcome::Nothing);
        };
        let docs = match docs {
            Some(docs) => docs,
            None => store.documents_of(&card_documents(thing, &knowledge))?,
        };
        let mut out = io::BufWriter::new(anstream::stdout().lock());
        print(&card(thing, &knowledge, &global.frames()?, &docs), global.verbose, &mut out)?;
        out.flush()?;
        Ok(Outcome::Found)
    }
}

/// Names that a card shows without `-v`.
const MOST_NAMES: usize = 8;

fn print(card: &Card, all_names: bool, out: &mut dyn Write) -> io::Result<()> {
    let (bold, quiet, id) = (style::HEADING, style::QUIET, style::ID);
    writeln!(out, "{bold}{}{bold:#}  {id}{}{id:#}", card.name, card.key)?;
    let country = card.country.as_ref().map_or(String::new(), |c| format!(", {c}"));
    let wikidata = card.wikidata.as_ref().map_or(String::new(), |q| format!(", wikidata:{q}"));
    writeln!(
        out,
        "{}{country}{wikidata}; in {}",
        card.kind.name(),
        style::count(card.documents, "document", "documents")
    )?;
    if !card.names.is_empty() {
        let names = card.names.iter().map(|(name, languages)| match languages.as_slice() {
            [] => name.clone(),
            languages => format!("{name} ({})", languages.join(", ")),
        });
        let most = if all_names { usize::MAX } else { MOST_NAMES };
        let more = card.names.len().saturating_sub(most);
        let more = if more == 0 { String::new() } else { format!("; and {more} more with -v") };
        writeln!(out, "also: {}{more}", names.take(most).collect::<Vec<_>>().join("; "))?;
    }
    if !card.bodies.is_empty() {
        let bodies = card.bodies.iter().map(|(name, facts)| format!("{name} ({facts})"));
        writeln!(out, "of it: {}", bodies.collect::<Vec<_>>().join(", "))?;
    }
    if let Some(note) = &card.curated {
        writeln!(out, "decided: {note}")?;
    }
    for section in &card.sections {
        writeln!(out, "\n{bold}{}{bold:#}", section.frame)?;
        for line in &section.lines {
            fact(line, out)?;
        }
    }
    if card.sections.is_empty() {
        writeln!(out, "\n{quiet}no facts{quiet:#}")?;
    }
    Ok(())
}

fn fact(line: &Line, out: &mut dyn Write) -> io::Result<()> {
    let (id, warning) = (style::ID, style::WARNING);
    let when = if line.when.is_empty() { "undated" } else { &line.when };
    let (status, roles) = (style::status(&line.status), style::roles(&line.roles));
    writeln!(out, "  {when}{status}  {roles}  {id}{}{id:#}", line.fact)?;
    for (other, what) in &line.contradicted {
        writeln!(out, "      {warning}contradicted{warning:#} in {what} by {id}{other}{id:#}")?;
    }
    quotes(&line.said, usize::MAX, out)
}

/// Where something is said, in its own words: the first so many.
pub(super) fn quotes(said: &[Said], most: usize, out: &mut dyn Write) -> io::Result<()> {
    let (quiet, id, quote) = (style::QUIET, style::ID, style::QUOTE);
    for said in said.iter().take(most) {
        let published = said.published.as_deref().map_or(String::new(), |d| format!(", {d}"));
        let words = plain(&said.quote).split_whitespace().collect::<Vec<_>>().join(" ");
        writeln!(
            out,
            "      {quote}“{words}”{quote:#} {quiet}{}{published}{quiet:#} {id}{}{id:#}",
            said.publisher, said.claim
        )?;
    }
    if said.len() > most {
        writeln!(out, "      {quiet}and {} more{quiet:#}", style::grouped(said.len() - most))?;
    }
    Ok(())
}
