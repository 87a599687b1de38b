use super::context::{When, one};
use super::{Global, Outcome, style};
use chancery::query::{Moment, plain, timeline};
use clap::Args;
use std::io::{self, Write};

/// The facts of one thing in the order of time: when each happened or held, and when it was said
///
/// Facts without a date stand where they were first said. States have an end where a later fact ends them.
#[derive(Args)]
#[command(after_help = "Examples:\n  chancery timeline \"El Salvador\"\n  chancery timeline ng --known-by 2024-06")]
pub struct Timeline {
    /// A name, a key, an IRI or a Wikidata id.
    #[arg(required = true, value_name = "ENTITY")]
    entity: Vec<String>,
    #[command(flatten)]
    when: When,
}

impl Timeline {
    pub fn run(&self, global: &Global) -> anyhow::Result<Outcome> {
        let (knowledge, _) = self.when.knowledge(&global.open()?, global)?;
        let Some(thing) = one(&knowledge, &self.entity.join(" "))?.and_then(|key| knowledge.things.get(&key)) else {
            return Ok(Outcome::Nothing);
        };
        let moments = timeline(thing, &knowledge, &global.frames()?);
        if moments.is_empty() {
            global.say(format_args!("nothing is known to have happened to {}", thing.name));
            return Ok(Outcome::Nothing);
        }
        let mut out = io::BufWriter::new(anstream::stdout().lock());
        let bold = style::HEADING;
        writeln!(out, "{bold}{}{bold:#}", plain(&thing.name))?;
        for moment in &moments {
            print(moment, &mut out)?;
        }
        out.flush()?;
        Ok(Outcome::Found)
    }
}

fn print(moment: &Moment, out: &mut dyn Write) -> io::Result<()> {
    let (bold, quiet, id) = (style::HEADING, style::QUIET, style::ID);
    let text = |date: Option<chancery::model::PartialDate>| date.map_or_else(String::new, |d| d.to_string());
    let until = moment.until.map_or_else(String::new, |d| format!("to {d}"));
    let (status, roles) = (style::status(&moment.status), style::roles(&moment.roles));
    let said = match moment.said {
        Some((first, last)) if first != last => format!("said {first} to {last}"),
        Some((first, _)) => format!("said {first}"),
        None => "said at no known time".to_string(),
    };
    let sources = style::count(moment.sources, "source", "sources");
    writeln!(
        out,
        "  {:<10} {until:<13} {bold}{}{bold:#}{status}  {roles}  {quiet}{said}, {sources}{quiet:#}  {id}{}{id:#}",
        text(moment.from),
        moment.frame,
        moment.fact
    )
}
