use super::{Arguments, Outcome};
use clap::{Args, CommandFactory as _};
use clap_complete::Shell;
use std::io::Write as _;

/// Completions for a shell, to be sourced
#[derive(Args)]
#[command(after_help = "Example:\n  chancery completions bash > /etc/bash_completion.d/chancery")]
pub struct Completions {
    shell: Shell,
}

impl Completions {
    pub fn run(&self) -> anyhow::Result<Outcome> {
        let mut text = Vec::new();
        clap_complete::generate(self.shell, &mut Arguments::command(), "chancery", &mut text);
        std::io::stdout().lock().write_all(&text)?;
        Ok(Outcome::Found)
    }
}
