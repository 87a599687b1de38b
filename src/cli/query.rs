use super::context::{When, width};
use super::{Global, Outcome, style};
use anyhow::{Context as _, bail};
use chancery::query::{
    Bound, CancellationToken, Format, Names, Param, Plan, QueryError, Question, Writing, Written, named, write,
};
use chancery::store::Store;
use chancery::table::TableError;
use clap::Args;
use clap::builder::PossibleValuesParser;
use std::io::{self, BufWriter, IsTerminal as _, Read as _, Write};
use std::path::Path;
use std::sync::mpsc;
use std::time::{Duration, Instant};

/// Ask the graph in SPARQL, or one of the questions that have a name
///
/// Without a question it lists those that have a name. The usual prefixes are set (ch: for our own terms, id: for the
/// data, schema:, skos:, prov:, oa:, rdfs: …) and the graphs of all documents are one. Exits with 1 if nothing is found,
/// also where a name in a parameter fits nothing or several things.
#[derive(Args)]
#[command(
    after_help = "Examples:\n  chancery query legal-tender\n  chancery query timeline --param country=\"El Salvador\" --format csv\n  chancery query 'SELECT ?who { ?who ch:hasLegalTender ch:asset-bitcoin }'\n  chancery query mine.rq --explain\n  chancery query -        (from standard input)"
)]
pub struct Query {
    /// A name of the list, a file, SPARQL itself, or - for standard input.
    #[arg(value_name = "QUESTION")]
    question: Option<String>,
    /// The same as --param.
    #[arg(value_name = "NAME=VALUE")]
    params: Vec<String>,
    /// A parameter of the question; can be given again.
    #[arg(short = 'p', long = "param", value_name = "NAME=VALUE")]
    more_params: Vec<String>,
    /// How to write the answer; triples of CONSTRUCT as Turtle, JSON-LD or RDF/XML.
    #[arg(short, long, default_value = "table", value_parser = PossibleValuesParser::new(Format::ALL.map(|(n, _)| n)))]
    format: String,
    /// Put an apostrophe before texts of the CSV that a spreadsheet would run as formulas. Without it the CSV is exact.
    #[arg(long)]
    spreadsheet: bool,
    /// Write at most this many rows.
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    /// Give up after this many seconds.
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    timeout: Option<Duration>,
    /// Show how the answer is found, with rows and time of each step, instead of the answer.
    #[arg(long)]
    explain: bool,
    #[command(flatten)]
    when: When,
}

fn seconds(text: &str) -> Result<Duration, String> {
    let seconds = text.parse().ok().and_then(|s| Duration::try_from_secs_f64(s).ok()).filter(|d| !d.is_zero());
    seconds.ok_or_else(|| "write seconds, as in 10 or 0.5".to_string())
}

impl Query {
    pub fn run(&self, global: &Global) -> anyhow::Result<Outcome> {
        let Some(asked) = &self.question else { return list(global.verbose) };
        let params = self.params.iter().chain(&self.more_params).map(|p| match p.split_once('=') {
            Some((name, value)) => Ok((name.to_string(), value.to_string())),
            None => bail!("\"{p}\" is no parameter: write name=value, or put the query in quotation marks"),
        });
        let params = params.collect::<anyhow::Result<Vec<_>>>()?;
        let format = Format::ALL.iter().find(|(n, _)| *n == self.format).map_or(Format::Table, |(_, f)| *f);
        if self.spreadsheet && format != Format::Csv {
            bail!("--spreadsheet is about CSV: add --format csv");
        }
        if format == Format::Parquet && io::stdout().is_terminal() {
            bail!("Parquet is not for reading on a terminal: add > answer.parquet");
        }
        let question = question(asked)?;
        let store = global.open()?;
        let begun = Instant::now();
        // The program ends here: giving the index back piece by piece would take a good part of its time.
        let seen = self.when.seen(&store, global)?;
        let graph = std::mem::ManuallyDrop::new(match &seen {
            Some(seen) => seen.graph()?,
            None => store.graph()?,
        });
        let opened = begun.elapsed();
        let guard = self.timeout.map(Guard::new);
        let stop = guard.as_ref().map(|g| g.stop.clone());
        let bound = match Bound::new(
            &question,
            &params,
            &Names::of(&graph, store.base()).with(|| match &seen {
                Some(seen) => Ok(seen.knowledge.clone()),
                None => store.knowledge(),
            }),
        ) {
            Err(error @ (QueryError::NoMatch { .. } | QueryError::Ambiguous { .. })) => {
                global.say(error);
                return Ok(nothing(global, &store));
            }
            bound => bound?,
        };
        let mut out = BufWriter::new(io::stdout().lock());
        if self.explain {
            explain(&bound.explain(&graph, stop).map_err(|e| self.late(e))?, opened, &mut out)?;
            return Ok(Outcome::Found);
        }
        let answer = bound.ask(&graph, stop).map_err(|e| self.late(e))?;
        let how = Writing {
            width: width(),
            limit: self.limit,
            spreadsheet: self.spreadsheet,
            ..Writing::new(format, store.base())
        };
        let Written { rows, more } = write(answer, &how, &mut out).map_err(|e| self.late(e))?;
        out.flush()?;
        if more {
            global.say(format_args!("the first {rows} only: there is more without --limit"));
        }
        if rows == 0 && self.limit != Some(0) {
            global.say("nothing found");
            return Ok(nothing(global, &store));
        }
        Ok(Outcome::Found)
    }

    /// Says what stopped a query.
    fn late(&self, error: QueryError) -> anyhow::Error {
        match (error, self.timeout) {
            (QueryError::Stopped, Some(timeout)) => anyhow::anyhow!("{}", too_late(timeout)),
            // As it is, so that a closed pipe is known for one.
            (QueryError::Write(error) | QueryError::Table(TableError::Write(error)), _) => error.into(),
            (error, _) => error.into(),
        }
    }
}

fn nothing(global: &Global, store: &Store) -> Outcome {
    if store.meta().documents == 0 {
        global.say("the store is empty: put articles into it with `chancery build FOLDER`");
    }
    Outcome::Nothing
}

fn too_late(timeout: Duration) -> String {
    let seconds = timeout.as_secs_f64();
    format!("no answer within {seconds} s: narrow the question, or give it more time with --timeout")
}

/// Stops a query when its time is over.
struct Guard {
    stop: CancellationToken,
    /// Closed when the query is done.
    _done: mpsc::Sender<()>,
}

impl Guard {
    fn new(timeout: Duration) -> Guard {
        let stop = CancellationToken::new();
        let (done, watched) = mpsc::channel::<()>();
        let token = stop.clone();
        std::thread::spawn(move || {
            let over = |time| matches!(watched.recv_timeout(time), Err(mpsc::RecvTimeoutError::Timeout));
            if !over(timeout) {
                return;
            }
            token.cancel();
            // The engine looks at the token only when it reads data; what it holds in memory it may sort for long.
            if over(Duration::from_millis(500)) {
                super::print_error(&anyhow::anyhow!("{}", too_late(timeout)));
                std::process::exit(2);
            }
        });
        Guard { stop, _done: done }
    }
}

fn explain(plan: &Plan, opened: Duration, out: &mut dyn Write) -> io::Result<()> {
    let ms = |d: Duration| d.as_secs_f64() * 1000.0;
    write!(out, "{plan}")?;
    writeln!(
        out,
        "{}; {:.1} ms to open the graph, {:.1} ms to answer (without the counting that the steps above were slowed by)",
        style::count(plan.found, "row", "rows"),
        ms(opened),
        ms(plan.took)
    )?;
    out.flush()
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

fn list(examples: bool) -> anyhow::Result<Outcome> {
    let mut out = anstream::stdout().lock();
    let (bold, quiet) = (style::HEADING, style::QUIET);
    for question in named() {
        writeln!(out, "{bold}{}{bold:#}  {}", question.name, question.title)?;
        writeln!(out, "    {}", question.answers)?;
        for param in &question.params {
            let Param { name, kind, default, about } = param;
            let default = match default.as_str() {
                "" => String::new(),
                _ if param.is_required() => ", required".to_string(),
                default => format!(", {default} unless given"),
            };
            writeln!(out, "    {name}=…  {about} {quiet}({kind}{default}){quiet:#}")?;
        }
        for example in question.examples.iter().filter(|_| examples) {
            writeln!(out, "    {quiet}{example}{quiet:#}")?;
        }
    }
    Ok(Outcome::Found)
}
