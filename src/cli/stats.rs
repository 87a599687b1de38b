use super::{Global, Outcome, style};
use clap::Args;
use std::io::Write as _;

/// Counts of the store
#[derive(Args)]
#[command(after_help = "Examples:\n  chancery stats\n  chancery stats --json | jq .frames")]
pub struct Stats {
    /// As JSON.
    #[arg(long)]
    json: bool,
}

impl Stats {
    pub fn run(&self, global: &Global) -> anyhow::Result<Outcome> {
        let store = global.open()?;
        let meta = store.meta();
        let mut out = anstream::stdout().lock();
        if self.json {
            writeln!(out, "{}", serde_json::to_string_pretty(meta)?)?;
        } else {
            let per = if meta.claims == 0 {
                String::new()
            } else {
                format!(", {:.1} a claim", meta.quads as f64 / meta.claims as f64)
            };
            let published = meta.published.as_ref().map_or(String::new(), |(a, b)| format!(", published {a} to {b}"));
            writeln!(
                out,
                "documents       {} ({}){published}",
                style::grouped(meta.documents),
                style::shares(&meta.languages)
            )?;
            writeln!(
                out,
                "publishers      {} ({})",
                style::grouped(meta.publishers.len()),
                style::shares(&meta.publishers)
            )?;
            writeln!(out, "extractors      {}", style::shares(&meta.extractors))?;
            writeln!(out, "claims          {} ({})", style::grouped(meta.claims), style::shares(&meta.frames))?;
            writeln!(out, "facts           {} ({})", style::grouped(meta.facts), style::shares(&meta.facts_by_frame))?;
            writeln!(out, "corroborated    {}", style::grouped(meta.corroborated))?;
            writeln!(out, "entities        {} ({})", style::grouped(meta.things), style::shares(&meta.kinds))?;
            writeln!(out, "contradictions  {}", style::grouped(meta.contradictions))?;
            writeln!(out, "quads           {}{per}", style::grouped(meta.quads))?;
            writeln!(out, "base            {}", store.base())?;
        }
        Ok(if meta.documents == 0 { Outcome::Nothing } else { Outcome::Found })
    }
}
