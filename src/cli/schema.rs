use super::{Global, Outcome};
use clap::Args;
use std::io::Write as _;

/// The JSON Schema of a claims document, what `extract` writes and `load` takes
#[derive(Args)]
pub struct Schema {}

impl Schema {
    pub fn run(&self, global: &Global) -> anyhow::Result<Outcome> {
        let schema = chancery::claims::json_schema(&global.frames()?);
        writeln!(std::io::stdout().lock(), "{}", serde_json::to_string_pretty(&schema)?)?;
        Ok(Outcome::Found)
    }
}
