use super::{Global, Outcome, style};
use chancery::store::Changes;
use clap::Args;
use std::io::Write as _;

/// Remove documents with their claims; what only they stated goes from the graph
#[derive(Args)]
#[command(after_help = "Examples:\n  chancery forget https://example.org/article-7\n  chancery forget a-1 a-2")]
pub struct Forget {
    /// Ids or URLs of documents, as `explain` shows them.
    #[arg(required = true, value_name = "DOCUMENT")]
    documents: Vec<String>,
}

impl Forget {
    pub fn run(&self, global: &Global) -> anyhow::Result<Outcome> {
        let mut writer = global.open()?.write()?;
        let ledger = writer.store().ledger()?;
        let mut forget = Vec::new();
        let mut unknown = false;
        for asked in &self.documents {
            let found = ledger.iter().find(|row| row.id == *asked);
            match found.or_else(|| ledger.iter().find(|row| row.url.as_ref() == Some(asked))) {
                Some(row) => forget.push(row.id.clone()),
                None => {
                    unknown = true;
                    writeln!(anstream::stderr(), "the store has no document \"{asked}\"")?;
                }
            }
        }
        if forget.is_empty() {
            return Ok(Outcome::Nothing);
        }
        let basis = global.basis()?;
        let report = writer.update(Changes { forget, ..Changes::default() }, &basis)?;
        global.warn_idle(&report, &basis);
        global.say(format!(
            "Forgot {}; left are {}, {}",
            style::count(report.forgotten.len(), "document", "documents"),
            style::count(report.meta.documents, "document", "documents"),
            style::count(report.meta.facts, "fact", "facts")
        ));
        global.say_touched(&report);
        Ok(if unknown { Outcome::Nothing } else { Outcome::Found })
    }
}
