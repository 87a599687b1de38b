//! The command line: one file a subcommand, its arguments and its printing.

mod build;
mod completions;
mod conflicts;
mod context;
mod curate;
mod diff;
mod explain;
mod export;
mod extract;
mod forget;
mod load;
mod man;
mod path;
mod query;
mod rank;
mod review;
mod schema;
mod show;
mod stats;
mod style;
mod timeline;

use clap::{Args, Parser, Subcommand};
use std::io::{self, Write as _};
use std::path::PathBuf;

/// Reads crypto-policy articles in six languages and makes a graph of who signed, founded, banned, licensed, borrowed
/// and bought what and when, in which every fact leads back to the sentence that states it.
#[derive(Parser)]
#[command(name = "chancery", version, max_term_width = 110, after_help = AFTER_HELP)]
pub struct Arguments {
    #[command(flatten)]
    pub global: Global,
    #[command(subcommand)]
    command: Command,
}

const AFTER_HELP: &str = "\
A first round:
  chancery build data/articles        read articles into a store in ./kg
  chancery query                      list the questions that have a name
  chancery query legal-tender         ask one of them
  chancery show \"El Salvador\"         all that is known of one thing
  chancery explain f1a2b3             every sentence behind a fact

Exit codes: 0 found or done; 1 nothing found; 2 an error, or a part that could not be read.";

/// What every subcommand understands.
#[derive(Args)]
pub struct Global {
    /// The folder of the store.
    #[arg(long, global = true, default_value = "./kg", env = "CHANCERY_STORE", value_name = "DIR")]
    pub store: PathBuf,
    /// Read frames, languages and names from a folder laid out like data/, not from the copy in the program.
    #[arg(long, global = true, value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// The file of decisions about claims and things (`chancery curate`) [default: curation.toml in the store].
    #[arg(long, global = true, env = "CHANCERY_CURATION", value_name = "FILE")]
    pub curation: Option<PathBuf>,
    /// No progress, no notes, no summary: results and errors only.
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Say more of what is being done.
    #[arg(short, long, global = true)]
    pub verbose: bool,
}

#[derive(Subcommand)]
enum Command {
    Build(build::Build),
    Extract(extract::Extract),
    Load(load::Load),
    Query(query::Query),
    Show(show::Show),
    Explain(explain::Explain),
    Timeline(timeline::Timeline),
    Conflicts(conflicts::Conflicts),
    Diff(diff::Diff),
    Review(review::Review),
    Curate(curate::Curate),
    Export(export::Export),
    Rank(rank::Rank),
    Path(path::Path),
    Stats(stats::Stats),
    Forget(forget::Forget),
    Schema(schema::Schema),
    Completions(completions::Completions),
    Man(man::Man),
}

/// What a subcommand came to, if it came to an end.
pub enum Outcome {
    Found,
    Nothing,
    /// Done, but for something that could not be read or was refused and has been reported.
    Partly,
}

/// Runs the subcommand.
pub fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    let global = &arguments.global;
    match &arguments.command {
        Command::Build(command) => command.run(global),
        Command::Extract(command) => command.run(global),
        Command::Load(command) => command.run(global),
        Command::Query(command) => command.run(global),
        Command::Show(command) => command.run(global),
        Command::Explain(command) => command.run(global),
        Command::Timeline(command) => command.run(global),
        Command::Conflicts(command) => command.run(global),
        Command::Diff(command) => command.run(global),
        Command::Review(command) => command.run(global),
        Command::Curate(command) => command.run(global),
        Command::Export(command) => command.run(global),
        Command::Rank(command) => command.run(global),
        Command::Path(command) => command.run(global),
        Command::Stats(command) => command.run(global),
        Command::Forget(command) => command.run(global),
        Command::Schema(command) => command.run(global),
        Command::Completions(command) => command.run(),
        Command::Man(command) => command.run(),
    }
}

/// Whether the reader of our output has gone, which is its right.
pub fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|e| e.downcast_ref::<io::Error>().is_some_and(|e| e.kind() == io::ErrorKind::BrokenPipe))
}

/// The error with its causes, once.
pub fn print_error(error: &anyhow::Error) {
    let mut said = String::new();
    for cause in error.chain() {
        let text = cause.to_string();
        // Some messages have their cause in them already.
        if !said.contains(&text) {
            said.push_str(if said.is_empty() { "" } else { ": " });
            said.push_str(&text);
        }
    }
    let label = style::ERROR;
    let _ = writeln!(anstream::stderr(), "{label}chancery:{label:#} {said}");
}
