use super::context::documents;
use super::{Global, Outcome, style};
use chancery::query::{Behind, Explained, Reference, explain, explain_documents};
use clap::Args;
use std::io::{self, Write};

/// Every claim behind a fact: document, sentence with the quote marked, what made it
///
/// Ids stand on cards and in tables; as much of one as only it begins with is enough. Quotes are marked ⟦so⟧.
#[derive(Args)]
#[command(after_help = "Examples:\n  chancery explain f1a2b3\n  chancery explain c09f")]
pub struct Explain {
    /// Id of a fact (f…) or a claim (c…), the beginning of one, or its IRI.
    #[arg(value_name = "ID")]
    id: String,
}

impl Explain {
    pub fn run(&self, global: &Global) -> anyhow::Result<Outcome> {
        let store = global.open()?;
        let knowledge = store.knowledge()?;
        let docs = match explain_documents(&self.id, &knowledge) {
            Some(ids) => store.documents_of(&ids)?,
            None => documents(&store)?,
        };
        match explain(&self.id, &knowledge, &global.frames()?, &docs) {
            Reference::One(found) => {
                let mut out = io::BufWriter::new(anstream::stdout().lock());
                print(&found, &mut out)?;
                out.flush()?;
                Ok(Outcome::Found)
            }
            Reference::Several(ids) => {
                let mut err = anstream::stderr().lock();
                writeln!(err, "\"{}\" begins several ids; give more of it:", self.id)?;
                for id in ids.iter().take(20) {
                    writeln!(err, "  {id}")?;
                }
                Ok(Outcome::Nothing)
            }
            Reference::Nothing => {
                global.say(format!(
                    "no fact and no claim has the id \"{}\"; `chancery show` and `query` give ids",
                    self.id
                ));
                Ok(Outcome::Nothing)
            }
        }
    }
}

fn print(found: &Explained, out: &mut dyn Write) -> io::Result<()> {
    let (bold, id, warning) = (style::HEADING, style::ID, style::WARNING);
    writeln!(out, "{bold}{}{bold:#}  {id}{}{id:#}", found.frame, found.id)?;
    let status = found.status.join(", ");
    let sources = match found.sources {
        0 => "supports no fact".to_string(),
        n => style::count(n, "independent source", "independent sources"),
    };
    let confidence = format!("confidence {}", found.confidence.decimal());
    writeln!(out, "{}", style::joined([found.when.as_str(), &status, &sources, &confidence], " · "))?;
    for (role, values) in &found.roles {
        writeln!(out, "  {role}: {values}")?;
    }
    if let Some(by) = &found.ended_by {
        writeln!(out, "  ended by {id}{by}{id:#}")?;
    }
    if let Some(by) = &found.realised_by {
        writeln!(out, "  came about: {id}{by}{id:#}")?;
    }
    for (other, what) in &found.contradicted {
        writeln!(out, "  {warning}contradicted{warning:#} in {what} by {id}{other}{id:#}")?;
    }
    for behind in &found.behind {
        writeln!(out)?;
        claim(behind, out)?;
    }
    Ok(())
}

fn claim(behind: &Behind, out: &mut dyn Write) -> io::Result<()> {
    let (bold, quiet, id, quote) = (style::HEADING, style::QUIET, style::ID, style::QUOTE);
    let publisher = behind.publisher.as_deref().unwrap_or("");
    let published = behind.published.as_deref().unwrap_or("");
    let head = style::joined([publisher, published, behind.title.as_str()], ", ");
    writeln!(out, "{bold}{head}{bold:#}  {id}{}{id:#}", behind.claim)?;
    writeln!(
        out,
        "  {quiet}document {}{quiet:#}",
        style::joined(
            [behind.document.as_str(), behind.url.as_deref().filter(|u| *u != behind.document).unwrap_or("")],
            " "
        )
    )?;
    for [before, words, after] in &behind.quotes {
        writeln!(out, "  {before}{quote}⟦{words}⟧{quote:#}{after}")?;
    }
    for (role, values) in &behind.roles {
        writeln!(out, "    {role}: {values}")?;
    }
    if let Some(who) = &behind.attribution {
        writeln!(out, "    said by: {who}")?;
    }
    if !behind.status.is_empty() {
        writeln!(out, "    status: {}", behind.status.join(", "))?;
    }
    if let Some(note) = &behind.curated {
        writeln!(out, "    decided: {note}")?;
    }
    if let Some(unit) = &behind.lexical_unit {
        writeln!(out, "    evoked by: {unit}")?;
    }
    if let Some(pattern) = &behind.pattern {
        writeln!(out, "    pattern: {pattern}")?;
    }
    for step in &behind.steps {
        writeln!(out, "    read “{}” as {} ({})", step.words, step.read_as, step.rule)?;
    }
    writeln!(out, "    confidence {}; {}", behind.confidence.decimal(), behind.extractor)
}
