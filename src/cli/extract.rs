use super::context::{threads, warn};
use super::{Global, Outcome};
use chancery::document::ReadError;
use chancery::extract::{Engine, Extract as _};
use chancery::{claims, parallel};
use clap::Args;
use std::io::{self, Write as _};
use std::num::NonZeroUsize;
use std::path::PathBuf;

/// Extract claims without a store: articles in, claims documents out, one a line
///
/// Reads what `build` reads and writes JSON Lines on standard output, in the order of the input, each line as soon as it
/// is there. `chancery schema` describes the lines. Exits with 1 if no article states anything.
#[derive(Args)]
#[command(
    after_help = "Examples:\n  chancery extract article.txt | jq .claims\n  chancery extract - < articles.jsonl > claims.jsonl"
)]
pub struct Extract {
    /// Files, folders, or - for JSON Lines on standard input.
    #[arg(required = true, value_name = "INPUT")]
    inputs: Vec<PathBuf>,
    /// Put the articles' texts into the output, so that it can be loaded elsewhere.
    #[arg(long)]
    with_text: bool,
    /// Threads that extract; the output is the same with any number [default: one for each core].
    #[arg(long, value_name = "N")]
    threads: Option<NonZeroUsize>,
}

impl Extract {
    pub fn run(&self, global: &Global) -> anyhow::Result<Outcome> {
        let data = global.data()?;
        let (reader, engine, frames) = (global.reader()?, Engine::new(&data)?, global.frames()?);
        let mut out = io::stdout().lock();
        let (mut documents, mut found, mut refused, mut missing) = (0_usize, 0_usize, 0_usize, false);
        let work = |item: Result<_, ReadError>| {
            item.map(|document| {
                let mut doc = engine.extract(&document);
                claims::assign_ids(&mut doc, &frames);
                if !self.with_text {
                    doc.document.text = None;
                }
                let mut line = serde_json::to_string(&doc).unwrap_or_default();
                line.push('\n');
                (line, doc.claims.len())
            })
        };
        let sink = |item: Result<(String, usize), ReadError>| -> io::Result<()> {
            match item {
                Ok((line, claims)) => {
                    documents += 1;
                    found += claims;
                    out.write_all(line.as_bytes())?;
                    out.flush()
                }
                Err(error) => {
                    refused += 1;
                    missing |= matches!(error, ReadError::Missing { .. });
                    warn(error);
                    Ok(())
                }
            }
        };
        parallel::ordered(threads(self.threads), || reader.read(&self.inputs), work, sink)?;
        Ok(if missing || (documents == 0 && refused > 0) {
            Outcome::Partly
        } else if found == 0 {
            Outcome::Nothing
        } else {
            Outcome::Found
        })
    }
}
