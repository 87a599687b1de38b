//! Puts data/ into the binary: its files as they are, and the lexicon compiled, so that start-up builds nothing.

use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

// The same modules as in src/lexicon, so that `--data` and the build compile data/ alike.
#[allow(dead_code)]
#[path = "src/lexicon/compile.rs"]
mod compile;
#[allow(dead_code)]
#[path = "src/lexicon/compiled.rs"]
mod compiled;
#[allow(dead_code)]
#[path = "src/lexicon/entry.rs"]
mod entry;
#[allow(dead_code)]
#[path = "src/model/kind.rs"]
mod kind;
#[allow(dead_code)]
#[path = "src/lexicon/source.rs"]
mod source;
#[allow(dead_code)]
#[path = "src/lexicon/table.rs"]
mod table;
#[allow(dead_code)]
#[path = "src/lexicon/whole.rs"]
mod whole;

mod model {
    pub use crate::kind::Kind;
}

fn main() {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("set by cargo"));
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("set by cargo"));
    let data = root.join("data");
    println!("cargo::rerun-if-changed=build.rs");
    for file in ["compile", "compiled", "entry", "source", "table", "whole"] {
        println!("cargo::rerun-if-changed=src/lexicon/{file}.rs");
    }
    println!("cargo::rerun-if-changed=src/model/kind.rs");
    let mut paths = Vec::new();
    walk(&data, &mut paths);
    paths.sort();
    let files: Vec<(String, String)> = paths
        .iter()
        .map(|path| {
            let name = path.strip_prefix(&data).expect("below data").to_string_lossy().replace('\\', "/");
            (name, fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display())))
        })
        .collect();
    // What only the lexicon reads is there in its compiled form and need not be there twice.
    let mut table = String::from("pub static FILES: &[(&str, &str)] = &[\n");
    for ((name, _), path) in files.iter().zip(&paths) {
        if !(name.starts_with("gazetteer/") || name.ends_with(".tsv") || name.contains("/classes/")) {
            let _ = writeln!(table, "    ({name:?}, include_str!({:?})),", path.to_string_lossy());
        }
    }
    table.push_str("];\n");
    table.push_str("pub static DIGESTS: &[(&str, &str)] = &[\n");
    for (name, text) in &files {
        let digest: String = Sha256::digest(text.as_bytes()).iter().map(|b| format!("{b:02x}")).collect();
        let _ = writeln!(table, "    ({name:?}, {digest:?}),");
    }
    table.push_str("];\n");
    fs::write(out.join("files.rs"), table).expect("OUT_DIR can be written");
    questions(&root.join("queries"), &out.join("queries.rs"));

    let borrowed: Vec<(&str, &str)> = files.iter().map(|(p, t)| (p.as_str(), t.as_str())).collect();
    let all = match whole::compile_all(&borrowed) {
        Ok(all) => all,
        Err((path, line, what)) => panic!("\n\ndata/{path}:{line}: {what}\n\n"),
    };
    let write = |name: &str, bytes: Vec<u8>| fs::write(out.join(name), bytes).expect("OUT_DIR can be written");
    let bytes = |r: Result<Vec<u8>, postcard::Error>| r.expect("plain data can be written");
    write("entries.bin", bytes(postcard::to_stdvec(&all.entries)));
    write("outline.bin", bytes(postcard::to_stdvec(&all.outline)));
    let mut table = String::from("pub static LANGUAGES: &[(&str, &[u8])] = &[\n");
    for (code, language) in &all.languages {
        let gaps = &language.words.tables.gaps;
        for gap in gaps.iter().take(3) {
            println!("cargo::warning=data/{gap} (one of {})", gaps.len());
        }
        write(&format!("language-{code}.bin"), bytes(postcard::to_stdvec(language)));
        let _ =
            writeln!(table, "    ({code:?}, include_bytes!(concat!(env!(\"OUT_DIR\"), \"/language-{code}.bin\"))),");
    }
    table.push_str("];\n");
    fs::write(out.join("languages.rs"), table).expect("OUT_DIR can be written");
}

/// The named queries: a sorted table of (name, text).
fn questions(folder: &Path, out: &Path) {
    println!("cargo::rerun-if-changed={}", folder.display());
    let entries = fs::read_dir(folder).expect("queries/ can be read");
    let mut paths: Vec<PathBuf> = entries.map(|e| e.expect("queries/ can be read").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|e| e == "rq"));
    // By name: "x" before "x-y", which their paths would turn round.
    paths.sort_by(|a, b| a.file_stem().cmp(&b.file_stem()));
    let mut table = String::from("pub static QUERIES: &[(&str, &str)] = &[\n");
    for path in paths {
        println!("cargo::rerun-if-changed={}", path.display());
        let name = path.file_stem().expect("has an extension").to_string_lossy();
        let _ = writeln!(table, "    ({name:?}, include_str!({:?})),", path.to_string_lossy());
    }
    table.push_str("];\n");
    fs::write(out, table).expect("OUT_DIR can be written");
}

/// Everything but the sample articles, which are input and not data.
fn walk(folder: &Path, files: &mut Vec<PathBuf>) {
    println!("cargo::rerun-if-changed={}", folder.display());
    for entry in fs::read_dir(folder).expect("data/ can be read") {
        let path = entry.expect("data/ can be read").path();
        if path.is_dir() {
            if !path.ends_with("articles") && !path.ends_with("examples") {
                walk(&path, files);
            }
        } else if path.extension().is_some_and(|e| e == "toml" || e == "tsv" || e == "ttl") {
            println!("cargo::rerun-if-changed={}", path.display());
            files.push(path);
        }
    }
}
