//! Puts the files of data/ into the binary: a sorted table of (path below data/, text).

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("set by cargo"));
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("set by cargo"));
    let data = root.join("data");
    println!("cargo::rerun-if-changed=build.rs");
    let mut files = Vec::new();
    walk(&data, &mut files);
    files.sort();
    let mut table = String::from("pub static FILES: &[(&str, &str)] = &[\n");
    for file in &files {
        let name = file.strip_prefix(&data).expect("below data").to_string_lossy().replace('\\', "/");
        let _ = writeln!(table, "    ({name:?}, include_str!({:?})),", file.to_string_lossy());
    }
    table.push_str("];\n");
    fs::write(out.join("files.rs"), table).expect("OUT_DIR can be written");
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
            files.push(path);
        }
    }
}
