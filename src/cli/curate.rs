use super::context::{documents, one};
use super::{Global, Outcome, style};
use anyhow::{Context as _, bail};
use chancery::curate::{Curation, Decision, State, Verdict, read_sheet};
use chancery::model::{ClaimsById, Knowledge, PartialDate, claims_by_id};
use chancery::store::{Changes, Store};
use clap::{Args, Subcommand};
use std::collections::BTreeMap;
use std::io::{self, Read as _, Write as _};
use std::path::PathBuf;

/// Decide about claims and things; without a decision, list what is decided and what became of it
///
/// Decisions are written to the end of a small text file (curation.toml in the store, or --curation FILE) and applied at
/// once. They name document, quote and words, not ids, and so outlive rebuilds, better patterns and revised articles. What
/// contradicts itself or applies no more is named at each build and stays in the file.
#[derive(Args)]
#[command(
    after_help = "Examples:\n  chancery curate\n  chancery curate reject c09f12 --why \"a quotation of a joke\"\n  chancery curate amend c09f12 quantity=\"6238 BTC\" --why \"the table says so\"\n  chancery curate same PVARA \"Pakistan Virtual Assets Regulatory Authority\" --why \"its full name\"\n  chancery curate read look.csv"
)]
pub struct Curate {
    #[command(subcommand)]
    what: Option<What>,
}

#[derive(Subcommand)]
enum What {
    /// What a claim says is wrong: it counts for nothing (of a fact: all its claims)
    Reject(OfClaims),
    /// What a claim says is right: its confidence is 1
    Confirm(OfClaims),
    /// A claim says something else in some roles
    Amend(Amend),
    /// Names are of one thing
    Same(OfThings),
    /// Names are of different things
    NotSame(OfThings),
    /// A thing has another name
    Rename(To),
    /// A thing is of another type
    Type(To),
    /// A thing's Wikidata id
    Wikidata(To),
    /// Decisions from an edited CSV of `chancery review --csv`
    Read(Sheet),
}

#[derive(Args)]
struct Because {
    /// The reason, shown wherever the decision applies.
    #[arg(long, value_name = "TEXT")]
    why: String,
    /// When it was decided.
    #[arg(long, value_name = "DATE")]
    on: Option<PartialDate>,
}

#[derive(Args)]
struct OfClaims {
    /// Ids of claims (c…) or facts (f…), or their beginnings.
    #[arg(required = true, value_name = "ID")]
    ids: Vec<String>,
    #[command(flatten)]
    because: Because,
}

#[derive(Args)]
struct Amend {
    /// Id of a claim (c…) or a fact (f…), or its beginning.
    #[arg(value_name = "ID")]
    id: String,
    /// What a role (or modality, polarity) is instead; nothing after = takes the role away, | stands between several.
    #[arg(required = true, value_name = "ROLE=VALUE")]
    set: Vec<String>,
    #[command(flatten)]
    because: Because,
}

#[derive(Args)]
struct OfThings {
    /// Names or keys; "SEC @ article-7" is the one of that document.
    #[arg(required = true, num_args = 2.., value_name = "THING")]
    things: Vec<String>,
    #[command(flatten)]
    because: Because,
}

#[derive(Args)]
struct To {
    /// A name or key.
    thing: String,
    /// What it is from now on.
    to: String,
    #[command(flatten)]
    because: Because,
}

#[derive(Args)]
struct Sheet {
    /// The file, or - for standard input.
    file: PathBuf,
    /// When it was decided.
    #[arg(long, value_name = "DATE")]
    on: Option<PartialDate>,
}

impl Curate {
    pub fn run(&self, global: &Global) -> anyhow::Result<Outcome> {
        let Some(what) = &self.what else { return list(global) };
        let store = global.open()?;
        let decisions = match what {
            What::Reject(args) => of_claims(global, &store, Verdict::Reject, args)?,
            What::Confirm(args) => of_claims(global, &store, Verdict::Confirm, args)?,
            What::Amend(args) => amend(global, &store, args)?,
            What::Same(args) => of_things(&store, Verdict::Same, &args.things, None, &args.because)?,
            What::NotSame(args) => of_things(&store, Verdict::NotSame, &args.things, None, &args.because)?,
            What::Rename(args) => to(&store, Verdict::Rename, args)?,
            What::Type(args) => to(&store, Verdict::Type, args)?,
            What::Wikidata(args) => to(&store, Verdict::Wikidata, args)?,
            What::Read(args) => sheet(global, &store, args)?,
        };
        if decisions.is_empty() {
            global.say("nothing decided");
            return Ok(Outcome::Nothing);
        }
        let path = global.curation_file();
        let mut writer = store.write()?;
        Curation::append(&path, &decisions)?;
        let basis = global.basis()?;
        let report = writer.update(Changes::default(), &basis)?;
        global.warn_idle(&report, &basis);
        global.say(format!(
            "{} in {}; the store has {} and {} now",
            style::count(decisions.len(), "decision more", "decisions more"),
            path.display(),
            style::count(report.meta.facts, "fact", "facts"),
            style::count(report.meta.things, "thing", "things")
        ));
        global.say_touched(&report);
        Ok(Outcome::Found)
    }
}

/// The claims that an id, or the beginning of one, of a claim or a fact means.
fn meant<'a>(asked: &str, knowledge: &'a Knowledge, claims: &ClaimsById<'a>) -> anyhow::Result<Vec<&'a str>> {
    let id = asked.trim_end_matches('…').rsplit('/').next().unwrap_or(asked);
    let facts: Vec<_> = knowledge.facts.values().filter(|f| !id.is_empty() && f.id.starts_with(id)).collect();
    let of_claims: Vec<&str> = claims.keys().copied().filter(|c| !id.is_empty() && c.starts_with(id)).collect();
    match (&facts[..], &of_claims[..]) {
        ([fact], []) => Ok(fact.claims().collect()),
        ([], [claim]) => Ok(vec![claim]),
        ([], []) => {
            bail!("no claim and no fact has the id \"{asked}\"; `chancery review`, `show` and `explain` give ids")
        }
        _ => bail!("\"{asked}\" begins several ids: give more of it"),
    }
}

fn of_claims(global: &Global, store: &Store, verdict: Verdict, args: &OfClaims) -> anyhow::Result<Vec<Decision>> {
    let (knowledge, docs, frames) = (store.knowledge()?, documents(store)?, global.frames()?);
    let claims = claims_by_id(&docs);
    let mut decisions = Vec::new();
    for asked in &args.ids {
        for id in meant(asked, &knowledge, &claims)? {
            let (claim, doc) = claims[id];
            decisions.push(Decision::about(claim, doc, &frames, verdict, &args.because.why, args.because.on));
        }
    }
    Ok(decisions)
}

/// `quantity=6238 BTC`, as role and value.
fn pair(text: &str) -> anyhow::Result<(String, String)> {
    match text.split_once('=') {
        Some((role, value)) if !role.trim().is_empty() => Ok((role.trim().to_string(), value.trim().to_string())),
        _ => bail!("\"{text}\" sets nothing: write role=value"),
    }
}

fn amend(global: &Global, store: &Store, args: &Amend) -> anyhow::Result<Vec<Decision>> {
    let (knowledge, docs, frames) = (store.knowledge()?, documents(store)?, global.frames()?);
    let claims = claims_by_id(&docs);
    let set: BTreeMap<String, String> = args.set.iter().map(|s| pair(s)).collect::<anyhow::Result<_>>()?;
    let mut decisions = Vec::new();
    for id in meant(&args.id, &knowledge, &claims)? {
        let (claim, doc) = claims[id];
        let (why, on) = (&args.because.why, args.because.on);
        let decision = Decision { set: set.clone(), ..Decision::about(claim, doc, &frames, Verdict::Amend, why, on) };
        decision.try_on(claim, doc, &frames)?;
        decisions.push(decision);
    }
    Ok(decisions)
}

fn of_things(
    store: &Store,
    decide: Verdict,
    things: &[String],
    to: Option<String>,
    because: &Because,
) -> anyhow::Result<Vec<Decision>> {
    // Several things of one name may be just what is decided about.
    if !matches!(decide, Verdict::Same | Verdict::NotSame) {
        let knowledge = store.knowledge()?;
        for thing in things {
            let name = thing.rsplit_once(" @ ").map_or(thing.as_str(), |(name, _)| name);
            if one(&knowledge, name)?.is_none() && !thing.contains(" @ ") {
                return Ok(Vec::new());
            }
        }
    }
    Ok(vec![Decision {
        decide,
        document: None,
        frame: None,
        quote: None,
        things: things.to_vec(),
        to,
        why: because.why.clone(),
        on: because.on,
        roles: BTreeMap::new(),
        set: BTreeMap::new(),
    }])
}

fn to(store: &Store, verdict: Verdict, args: &To) -> anyhow::Result<Vec<Decision>> {
    of_things(store, verdict, std::slice::from_ref(&args.thing), Some(args.to.clone()), &args.because)
}

fn sheet(global: &Global, store: &Store, args: &Sheet) -> anyhow::Result<Vec<Decision>> {
    let name = args.file.display();
    let mut text = String::new();
    if args.file.as_os_str() == "-" {
        io::stdin().read_to_string(&mut text).context("standard input is not UTF-8 text")?;
    } else {
        text = std::fs::read_to_string(&args.file).with_context(|| format!("{name}: cannot be read"))?;
    }
    let rows = read_sheet(&text).map_err(|what| anyhow::anyhow!("{name}:{what}"))?;
    let (docs, frames) = (documents(store)?, global.frames()?);
    let claims = claims_by_id(&docs);
    let mut decisions = Vec::new();
    for (line, row) in rows {
        let Some((claim, doc)) = claims.get(row.claim.trim()) else {
            bail!(
                "{name}:{line}: the store has no claim \"{}\": make the table anew with `chancery review --csv`",
                row.claim
            )
        };
        let verdict = Verdict::from_name(row.decision.trim()).unwrap_or(Verdict::Confirm);
        let mut decision = Decision::about(claim, doc, &frames, verdict, row.why.trim(), args.on);
        for part in row.set.split(';').map(str::trim).filter(|p| !p.is_empty()) {
            let (role, value) = pair(part).map_err(|e| anyhow::anyhow!("{name}:{line}: {e}"))?;
            decision.set.insert(role, value);
        }
        decision.try_on(claim, doc, &frames).map_err(|e| anyhow::anyhow!("{name}:{line}: {e}"))?;
        if (verdict == Verdict::Amend) == decision.set.is_empty() {
            bail!("{name}:{line}: the column \"set\" has to say what is amended, and is for `amend` alone");
        }
        decisions.push(decision);
    }
    Ok(decisions)
}

fn list(global: &Global) -> anyhow::Result<Outcome> {
    let (store, basis, path) = (global.open()?, global.basis()?, global.curation_file());
    if basis.curation.is_empty() {
        global.say(format_args!("nothing is decided in {}", path.display()));
        return Ok(Outcome::Nothing);
    }
    let docs = documents(&store)?;
    let states = basis.resolve(&docs, None).states;
    let mut out = anstream::stdout().lock();
    let (bold, quiet, warning) = (style::HEADING, style::QUIET, style::WARNING);
    for (i, (decision, state)) in basis.curation.decisions.iter().zip(states).enumerate() {
        let about = match (&decision.document, &decision.quote) {
            (Some(document), Some(quote)) => format!("“{quote}” of {document}"),
            _ => decision.things.join(", "),
        };
        let set: Vec<String> = decision.set.iter().map(|(role, value)| format!("{role}={value}")).collect();
        let to = decision.to.as_ref().map_or(String::new(), |to| format!(" → {to}"));
        let set = if set.is_empty() { String::new() } else { format!(" → {}", set.join("; ")) };
        let line = basis.curation.line(i);
        writeln!(out, "{line:>4}  {bold}{}{bold:#}  {about}{to}{set}", decision.decide.name())?;
        match state {
            State::Applies(n) => {
                let of = if decision.decide.of_claim() { ("claim", "claims") } else { ("thing", "things") };
                writeln!(out, "      {quiet}{}; applies to {}{quiet:#}", decision.note(), style::count(n, of.0, of.1))?;
            }
            State::Idle(why) => writeln!(out, "      {}; {warning}not applied{warning:#}: {why}", decision.note())?,
        }
    }
    Ok(Outcome::Found)
}
