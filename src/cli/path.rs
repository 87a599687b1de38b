use super::export::focus;
use super::{Global, Outcome, style};
use chancery::frame::Frames;
use chancery::graph::{Selection, Step, View, saying, way};
use chancery::model::{ClaimsDocument, Fact, Knowledge};
use clap::Args;
use serde_json::json;
use std::io::{self, Write};

/// The shortest way between two things, with a quote for each step
///
/// Of several shortest ways the one is shown whose steps most facts tell. What half the world shares (an asset, a topic)
/// is only gone through where nothing else joins the two. `chancery export svg --view path` draws all shortest ways.
#[derive(Args)]
#[command(after_help = "Example:\n  chancery path Pakistan \"El Salvador\"")]
pub struct Path {
    /// Where it begins: any name, key or Wikidata id of a thing.
    #[arg(value_name = "A")]
    from: String,
    /// Where it ends.
    #[arg(value_name = "B")]
    to: String,
    #[arg(long, value_name = "FORMAT", default_value = "text", value_parser = ["text", "json"])]
    format: String,
    /// Only facts of this frame; can be given several times.
    #[arg(long = "frame", value_name = "FRAME")]
    frames: Vec<String>,
}

/// What stands behind a fact, in one source.
struct Said {
    quote: String,
    source: String,
}

impl Path {
    pub fn run(&self, global: &Global) -> anyhow::Result<Outcome> {
        let store = global.open()?;
        let (knowledge, frames) = (store.knowledge()?, global.frames()?);
        let selection = Selection { frames: self.frames.clone(), ..Selection::default() };
        let view = View::new(&knowledge, &frames, &selection)?;
        let [from, to] = [&self.from, &self.to].map(|name| focus("the end", name, &knowledge));
        let steps = way(&view, &knowledge, &from?, &to?)?;
        let told = steps.iter().flat_map(|s| &s.facts).filter_map(|id| knowledge.facts.get(id));
        let docs = store.documents_of(&told.flat_map(|f| f.support.iter().map(|s| s.document.as_str())).collect())?;
        let mut out = io::BufWriter::new(anstream::stdout().lock());
        if self.format == "json" {
            let steps: Vec<_> = steps.iter().map(|s| object(s, &view, &knowledge, &frames, &docs)).collect();
            writeln!(out, "{}", serde_json::to_string_pretty(&steps)?)?;
        } else {
            print(&steps, &view, &knowledge, &frames, &docs, &mut out)?;
        }
        out.flush()?;
        Ok(if steps.is_empty() { Outcome::Nothing } else { Outcome::Found })
    }
}

fn object(
    step: &Step,
    view: &View,
    knowledge: &Knowledge,
    frames: &Frames,
    docs: &[ClaimsDocument],
) -> serde_json::Value {
    let facts: Vec<_> = step
        .facts
        .iter()
        .filter_map(|id| knowledge.facts.get(id))
        .map(|fact| {
            let said = said(fact, docs);
            json!({
                "fact": fact.id, "frame": fact.frame, "verb": saying(fact, frames),
                "date": fact.date.map(|d| d.to_string()), "sources": fact.sources,
                "quote": said.as_ref().map(|s| &s.quote), "source": said.as_ref().map(|s| &s.source),
            })
        })
        .collect();
    let [from, to] = [step.from, step.to].map(|n| json!({"id": view.graph[n].id, "name": view.graph[n].label}));
    json!({"from": from, "to": to, "facts": facts})
}

fn print(
    steps: &[Step],
    view: &View,
    knowledge: &Knowledge,
    frames: &Frames,
    docs: &[ClaimsDocument],
    out: &mut dyn Write,
) -> io::Result<()> {
    /// Facts of one step before the rest is only counted.
    const FACTS: usize = 3;
    let (bold, quiet, id, quote) = (style::HEADING, style::QUIET, style::ID, style::QUOTE);
    let Some(first) = steps.first() else { return Ok(()) };
    writeln!(out, "{bold}{}{bold:#}", view.graph[first.from].label)?;
    for step in steps {
        for fact in step.facts.iter().take(FACTS).filter_map(|f| knowledge.facts.get(f)) {
            let date = fact.date.map(|d| d.to_string()).unwrap_or_default();
            let head = style::joined([saying(fact, frames).as_str(), &date], ", ");
            writeln!(out, "  │ {head}  {id}{}{id:#}", fact.id)?;
            if let Some(said) = said(fact, docs) {
                writeln!(out, "  │   {quote}“{}”{quote:#}", said.quote)?;
                writeln!(out, "  │   {quiet}{}{quiet:#}", said.source)?;
            }
        }
        if step.facts.len() > FACTS {
            writeln!(
                out,
                "  │ {quiet}and {}{quiet:#}",
                style::count(step.facts.len() - FACTS, "more fact", "more facts")
            )?;
        }
        writeln!(out, "{bold}{}{bold:#}", view.graph[step.to].label)?;
    }
    Ok(())
}

/// The first claim behind a fact, in the order of its support.
fn said(fact: &Fact, docs: &[ClaimsDocument]) -> Option<Said> {
    fact.support.iter().find_map(|support| {
        let doc = docs.iter().find(|d| d.document.meta.id == support.document)?;
        let claim = doc.claims.iter().find(|c| c.id == support.claim)?;
        let meta = &doc.document.meta;
        let [publisher, published] = [&meta.publisher, &meta.published].map(|t| t.as_deref().unwrap_or_default());
        let source = style::joined([publisher, published, meta.title.as_str()], ", ");
        Some(Said { quote: claim.evidence.first()?.quote.clone(), source })
    })
}
