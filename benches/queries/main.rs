//! Times every question of queries/, as its first example asks it, in a store: `benches/queries/run.sh` does it all.
//! Further arguments are the names of those that are wanted.
//!
//! Prints one JSON object a line: the question's name, plain SPARQL with the parameters in it for other engines, how many
//! rows there are, and the best and the median time in milliseconds from the text to the last row.

use chancery::query::{Bound, Names, Question};
use chancery::store::Store;
use oxigraph::sparql::QueryResults;
use std::path::Path;
use std::time::{Duration, Instant};

/// Runs of each question: at least this many, and no more once the time is spent.
const RUNS: usize = 3;
const MOST_RUNS: usize = 30;
const TIME: Duration = Duration::from_secs(3);

fn main() {
    let mut arguments = std::env::args().skip(1).filter(|a| !a.starts_with("--"));
    let Some(folder) = arguments.next() else {
        eprintln!("the folder of a store is wanted: benches/queries/run.sh makes one");
        return;
    };
    let wanted: Vec<String> = arguments.collect();
    let store = Store::open(Path::new(&folder)).unwrap();
    let begun = Instant::now();
    let graph = store.graph().unwrap();
    eprintln!("{} quads opened in {:.2} s", graph.len().unwrap(), begun.elapsed().as_secs_f64());
    let knowledge = store.knowledge().unwrap();
    for question in questions().into_iter().filter(|q| wanted.is_empty() || wanted.contains(&q.name)) {
        let names = Names::of(&graph, store.base()).with(|| Ok(knowledge.clone()));
        let bound = Bound::new(&question, &params(&question.examples[0]), &names).unwrap();
        let sparql = bound.to_string();
        // Both engines get the same text, so that both parse and plan the same.
        let plain = Question::text(&sparql);
        let (mut rows, mut times, begun) = (0, Vec::new(), Instant::now());
        while times.len() < RUNS || (times.len() < MOST_RUNS && begun.elapsed() < TIME) {
            let start = Instant::now();
            let names = Names::of(&graph, store.base());
            let answer = Bound::new(&plain, &[], &names).unwrap().ask(&graph, None).unwrap();
            let QueryResults::Solutions(solutions) = answer else { panic!("{} gives no rows", question.name) };
            rows = solutions.fold(0, |rows, row| row.map(|_| rows + 1).unwrap());
            times.push(start.elapsed().as_secs_f64() * 1000.0);
        }
        times.sort_by(f64::total_cmp);
        let (best, median) = (times[0], times[times.len() / 2]);
        let line =
            serde_json::json!({"name": question.name, "rows": rows, "best": best, "median": median, "sparql": sparql});
        println!("{line}");
    }
}

/// From the files, so that a change can be timed without a build.
fn questions() -> Vec<Question> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("queries");
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let parse = |path: &std::path::PathBuf| {
        let name = path.file_stem().unwrap().to_string_lossy();
        Question::parse(&name, &std::fs::read_to_string(path).unwrap()).unwrap()
    };
    paths.iter().map(parse).collect()
}

/// The parameters of an example: what stands behind each `--param`, in quotation marks or not.
fn params(example: &str) -> Vec<(String, String)> {
    let given = example.split("--param ").skip(1).filter_map(|part| part.split_once('='));
    let value = |text: &str| match text.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next().unwrap_or("").to_string(),
        None => text.split(' ').next().unwrap_or("").to_string(),
    };
    given.map(|(name, rest)| (name.to_string(), value(rest))).collect()
}
