use super::context::{threads, touched, warn};
use super::{Global, Outcome, style};
use chancery::document::Reader;
use chancery::extract::Engine;
use chancery::store::{BuildOptions, BuildReport, Event, Store, build};
use clap::Args;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::{IsTerminal as _, Write as _};
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::time::Instant;

/// Read articles into the store: extract their claims and derive the graph
///
/// Reads .txt, .md, .html, .json, .jsonl and .csv, folders of them, and `-` for JSON Lines on standard input. On an
/// existing store it adds: a document that is there already changes nothing, a changed one replaces its former text.
#[derive(Args)]
#[command(
    after_help = "Examples:\n  chancery build data/articles\n  chancery build news.jsonl --store ./other --threads 4\n  chancery build articles --prune"
)]
pub struct Build {
    /// Files, folders, or - for standard input.
    #[arg(required = true, value_name = "INPUT")]
    inputs: Vec<PathBuf>,
    /// Threads that extract; the result is the same with any number [default: one for each core].
    #[arg(long, value_name = "N")]
    threads: Option<NonZeroUsize>,
    /// Forget the documents of earlier builds that are not among the inputs any more.
    #[arg(long)]
    prune: bool,
    /// What the IRIs of a new store start with [default: https://w3id.org/chancery/id/].
    #[arg(long, value_name = "IRI")]
    base: Option<String>,
}

impl Build {
    pub fn run(&self, global: &Global) -> anyhow::Result<Outcome> {
        let start = Instant::now();
        let data = global.data()?;
        let (reader, engine, basis) = (global.reader()?, Engine::new(&data)?, global.basis()?);
        let mut writer = Store::create_or_open(&global.store, self.base.as_deref())?.write()?;
        let bar = self.bar(global);
        let options = BuildOptions { threads: threads(self.threads), prune: self.prune };
        let observe = |event: Event| match event {
            Event::Document(place) => {
                bar.set_message(place.to_string());
                bar.inc(1);
                // The bar counts files, and a file may hold many documents.
                if bar.length().is_some_and(|length| bar.position() > length) {
                    bar.set_length(bar.position());
                }
            }
            Event::Refused(error) => bar.suspend(|| warn(error)),
            Event::Deriving => bar.set_message("deriving the graph"),
        };
        let done = build(&mut writer, &reader, &engine, &basis, &self.inputs, options, observe)?;
        bar.finish_and_clear();
        global.warn_idle(&done.report, &basis);
        if !global.quiet {
            self.summary(global, &done, start)?;
        }
        Ok(if done.missing || (done.documents == 0 && done.refused > 0) {
            Outcome::Partly
        } else if done.documents == 0 {
            Outcome::Nothing
        } else {
            Outcome::Found
        })
    }

    /// A bar where somebody looks at it.
    fn bar(&self, global: &Global) -> ProgressBar {
        if global.quiet || !std::io::stderr().is_terminal() {
            return ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
        }
        let bar = ProgressBar::new(Reader::count(&self.inputs) as u64);
        if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos}/{len} {elapsed} {wide_msg}") {
            bar.set_style(style);
        }
        bar
    }

    fn summary(&self, global: &Global, done: &BuildReport, start: Instant) -> anyhow::Result<()> {
        let mut out = anstream::stdout().lock();
        let (report, meta, bold) = (&done.report, &done.report.meta, style::HEADING);
        let mut news = vec![
            (report.added.len(), "new"),
            (report.revised.len(), "revised"),
            (done.again, "read again, because data/, the extractor or their metadata changed"),
            (done.kept, "unchanged"),
            (report.forgotten.len(), "forgotten"),
            (done.refused, "not readable"),
        ];
        news.retain(|(n, _)| *n > 0);
        let news: Vec<String> = news.iter().map(|(n, what)| format!("{} {what}", style::grouped(*n))).collect();
        writeln!(
            out,
            "{bold}Read{bold:#}            {}: {}",
            style::count(done.documents, "document", "documents"),
            news.join(", ")
        )?;
        if !done.loaded.is_empty() {
            writeln!(
                out,
                "                {} with claims that were loaded, which are kept (forget them to read them here)",
                style::count(done.loaded.len(), "document", "documents")
            )?;
        }
        if done.not_pruned {
            writeln!(out, "                nothing forgotten: what is not readable might be what is gone")?;
        }
        writeln!(
            out,
            "{bold}Documents{bold:#}       {} ({})",
            style::grouped(meta.documents),
            style::shares(&meta.languages)
        )?;
        writeln!(
            out,
            "{bold}Claims{bold:#}          {} ({})",
            style::grouped(meta.claims),
            style::shares(&meta.frames)
        )?;
        writeln!(
            out,
            "{bold}Facts{bold:#}           {}, {} from more than one source",
            style::grouped(meta.facts),
            style::grouped(meta.corroborated)
        )?;
        if global.verbose && report.written {
            writeln!(out, "                {}", touched(report))?;
        }
        writeln!(out, "{bold}Entities{bold:#}        {}", style::grouped(meta.things))?;
        writeln!(out, "{bold}Contradictions{bold:#}  {}", style::grouped(meta.contradictions))?;
        writeln!(out, "{bold}Graph{bold:#}           {}", style::count(meta.quads, "quad", "quads"))?;
        writeln!(out, "{bold}Time{bold:#}            {:.1} s", start.elapsed().as_secs_f64())?;
        writeln!(out, "{bold}Store{bold:#}           {}", global.store.display())?;
        let store = if global.store.as_os_str() == "./kg" {
            String::new()
        } else {
            format!(" --store {}", global.store.display())
        };
        writeln!(
            out,
            "\nTry next:\n  chancery query{store} letters-of-intent\n  chancery show{store} \"El Salvador\"\n  chancery export{store} dot | dot -Tsvg > graph.svg"
        )?;
        Ok(())
    }
}
