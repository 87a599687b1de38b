use super::{Arguments, Outcome};
use clap::{Args, CommandFactory as _};
use std::io::Write as _;

/// The manual page, with all subcommands
#[derive(Args)]
#[command(after_help = "Example:\n  chancery man > chancery.1")]
pub struct Man {}

impl Man {
    pub fn run(&self) -> anyhow::Result<Outcome> {
        let mut command = Arguments::command();
        command.build();
        let mut text = Vec::new();
        clap_mangen::Man::new(command.clone()).render(&mut text)?;
        for sub in command.get_subcommands().filter(|c| c.get_name() != "help") {
            let name = format!("chancery {}", sub.get_name());
            let man = clap_mangen::Man::new(sub.clone().display_name(name.clone()));
            writeln!(text, ".SH {}", name.to_uppercase())?;
            man.render_description_section(&mut text)?;
            man.render_synopsis_section(&mut text)?;
            man.render_options_section(&mut text)?;
            man.render_extra_section(&mut text)?;
        }
        std::io::stdout().lock().write_all(&text)?;
        Ok(Outcome::Found)
    }
}
