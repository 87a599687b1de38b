use super::context::width;
use super::{Global, Outcome, style};
use anyhow::{Context as _, bail};
use chancery::query::{Format, Question, ask, named, write};
use clap::Args;
use clap::builder::PossibleValuesParser;
use std::io::{self, BufWriter, Read as _, Write};
use std::path::Path;

/// Ask the graph in SPARQL, or one of the questions that have a name
///
/// Without a question it lists those that have a name. The usual prefixes are set (ch: for our own terms, id: for the
/// data, schema:, skos:, prov:, oa:, rdfs: …) and the graphs of all documents are one. Exits with 1 if nothing is found.
#[derive(Args)]
#[command(
    after_help = "Examples:\n  chancery query legal-tender\n  chancery query letters-of-intent country=Pakistan --format csv\n  chancery query 'SELECT ?who { ?who ch:hasLegalTender ch:asset-bitcoin }'\n  chancery query mine.rq\n  chancery query -        (from standard input)"
)]
pub struct Query {
    /// A name of the list, a file, SPARQL itself, or - for standard input.
    #[arg(value_name = "QUESTION")]
    question: Option<String>,
    /// Parameters of the question: name=value.
    #[arg(value_name = "NAME=VALUE")]
    params: Vec<String>,
    /// How to write the answer; triples of CONSTRUCT as Turtle, JSON-LD or RDF/XML.
    #[arg(short, long, default_value = "table", value_parser = PossibleValuesParser::new(Format::ALL.map(|(n, _)| n)))]
    format: String,
}

impl Query {
    pub fn run(&self, global: &Global) -> anyhow::Result<Outcome> {
        let Some(asked) = &self.question else { return list() };
        let params = self.params.iter().map(|p| match p.split_once('=') {
            Some((name, value)) => Ok((name.to_string(), value.to_string())),
            None => bail!("\"{p}\" is no parameter: write name=value, or put the query in quotation marks"),
        });
        let params = params.collect::<anyhow::Result<Vec<_>>>()?;
        let question = question(asked)?;
        let format = Format::ALL.iter().find(|(n, _)| *n == self.format).map_or(Format::Table, |(_, f)| *f);
        let store = global.open()?;
        // The program ends here: giving the index back piece by piece would take a good part of its time.
        let graph = std::mem::ManuallyDrop::new(store.graph()?);
        let answer = ask(&graph, store.base(), &question, &params)?;
        let mut out = BufWriter::new(io::stdout().lock());
        let found = write(answer, format, store.base(), width(), &mut out)?;
        out.flush()?;
        if found == 0 {
            global.say("nothing found");
            return Ok(Outcome::Nothing);
        }
        Ok(Outcome::Found)
    }
}

/// A name has no spaces or braces; a file is there.
fn question(asked: &str) -> anyhow::Result<Question> {
    if asked == "-" {
        let mut text = String::new();
        io::stdin().read_to_string(&mut text).context("standard input is not UTF-8 text")?;
        return Ok(Question::parse("standard input", &text)?);
    }
    let path = Path::new(asked);
    if path.is_file() || path.extension().is_some_and(|e| e == "rq" || e == "sparql") {
        let text = std::fs::read_to_string(path).with_context(|| format!("{asked}: cannot be read"))?;
        return Ok(Question::parse(asked, &text)?);
    }
    if asked.contains(|c: char| c.is_whitespace() || c == '{') {
        return Ok(Question::parse("query", asked)?);
    }
    Ok(Question::named(asked)?)
}

fn list() -> anyhow::Result<Outcome> {
    let mut out = anstream::stdout().lock();
    let (bold, quiet) = (style::HEADING, style::QUIET);
    for question in named() {
        writeln!(out, "{bold}{}{bold:#}  {}", question.name, question.title)?;
        writeln!(out, "    {}", question.answers)?;
        for param in &question.params {
            writeln!(out, "    {}=…  {}", param.name, param.about)?;
        }
        for example in &question.examples {
            writeln!(out, "    {quiet}{example}{quiet:#}")?;
        }
    }
    Ok(Outcome::Found)
}
