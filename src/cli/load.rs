use super::{Global, Outcome, style};
use anyhow::Context as _;
use chancery::store::{Store, load};
use clap::Args;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Write as _};
use std::path::PathBuf;

/// Put claims documents into the store that somebody else made: a language model, a person, another tool
///
/// One JSON object a line, as `chancery schema` describes and `chancery extract --with-text` writes. Each is checked:
/// frames, roles and values must be known and quotes must stand in the text; offsets are found where they are missing
/// or wrong. What is wrong is refused line by line with the reason, never half a document; the rest is stored.
#[derive(Args)]
#[command(
    after_help = "Examples:\n  chancery load claims.jsonl\n  chancery extract --with-text articles | chancery load --store ./other -"
)]
pub struct Load {
    /// Files of JSON Lines, or - for standard input.
    #[arg(required = true, value_name = "FILE")]
    inputs: Vec<PathBuf>,
    /// What the IRIs of a new store start with [default: https://w3id.org/chancery/id/].
    #[arg(long, value_name = "IRI")]
    base: Option<String>,
}

impl Load {
    pub fn run(&self, global: &Global) -> anyhow::Result<Outcome> {
        let basis = global.basis()?;
        let mut inputs: Vec<(String, Box<dyn BufRead>)> = Vec::new();
        for path in &self.inputs {
            if path.as_os_str() == "-" {
                inputs.push(("standard input".to_string(), Box::new(BufReader::new(io::stdin()))));
            } else {
                let file = File::open(path).with_context(|| format!("{}: cannot be read", path.display()))?;
                inputs.push((path.display().to_string(), Box::new(BufReader::new(file))));
            }
        }
        let mut writer = Store::create_or_open(&global.store, self.base.as_deref())?.write()?;
        let label = style::WARNING;
        let refuse = |error: &chancery::claims::ClaimsError| {
            let _ = writeln!(anstream::stderr(), "{label}refused:{label:#} {error}");
        };
        let done = load(&mut writer, inputs, &basis, refuse)?;
        global.warn_idle(&done.report, &basis);
        let (report, meta) = (&done.report, &done.report.meta);
        let mut news = vec![
            (report.added.len(), "new"),
            (report.revised.len(), "revised"),
            (report.renewed.len(), "with other claims than before"),
            (report.unchanged.len(), "unchanged"),
        ];
        news.retain(|(n, _)| *n > 0);
        let news: Vec<String> = news.iter().map(|(n, what)| format!("{} {what}", style::grouped(*n))).collect();
        global.say(format!("Loaded {}: {}", style::count(done.accepted, "document", "documents"), news.join(", ")));
        if done.refused > 0 {
            global.say(format!("Refused {}; nothing of them was stored", style::count(done.refused, "line", "lines")));
        }
        global.say(format!(
            "Store {}: {}, {}, {}",
            global.store.display(),
            style::count(meta.documents, "document", "documents"),
            style::count(meta.claims, "claim", "claims"),
            style::count(meta.facts, "fact", "facts")
        ));
        global.say_touched(report);
        Ok(match (done.accepted, done.refused) {
            (_, 1..) => Outcome::Partly,
            (0, 0) => Outcome::Nothing,
            _ => Outcome::Found,
        })
    }
}
