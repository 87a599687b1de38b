//! The worked example of docs/knowledge.md: every command runs, and shows what the text says.
#![cfg(unix)]

use std::path::Path;
use std::process::Command;

/// Blocks of the document with the words after their fence.
fn blocks(text: &str) -> Vec<(String, String)> {
    let mut blocks: Vec<(String, String)> = Vec::new();
    let mut inside = false;
    for line in text.lines() {
        match (line.strip_prefix("```"), inside) {
            (Some(info), false) => {
                blocks.push((info.to_string(), String::new()));
                inside = true;
            }
            (Some(_), true) => inside = false,
            (None, true) => {
                let block = &mut blocks.last_mut().unwrap().1;
                block.push_str(line);
                block.push('\n');
            }
            (None, false) => {}
        }
    }
    blocks
}

/// Whether a line has the parts of a pattern, in order.
fn has(line: &str, pattern: &str) -> bool {
    let mut rest = line;
    pattern.split('…').all(|part| match rest.find(part) {
        Some(at) => {
            rest = &rest[at + part.len()..];
            true
        }
        None => false,
    })
}

#[test]
fn the_worked_example_shows_what_it_says() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let place = tempfile::tempdir().unwrap();
    std::os::unix::fs::symlink(root.join("data"), place.path().join("data")).unwrap();
    std::fs::create_dir(place.path().join("target")).unwrap();
    let bin = Path::new(env!("CARGO_BIN_EXE_chancery")).parent().unwrap();
    let path = format!("{}:{}", bin.display(), std::env::var("PATH").unwrap());
    let blocks = blocks(&std::fs::read_to_string(root.join("docs/knowledge.md")).unwrap());
    // One shell for all, since later blocks use what earlier ones set.
    let mut script = String::from("set -eu\n");
    for (n, (_, text)) in blocks.iter().filter(|(info, _)| info == "sh tour").enumerate() {
        script.push_str(&format!("echo '==== {n}'\n{text}"));
    }
    let output = Command::new("sh")
        .args(["-c", &script])
        .current_dir(place.path())
        .env("PATH", path)
        .env_remove("CHANCERY_STORE")
        .env_remove("CHANCERY_CURATION")
        .output()
        .unwrap();
    let (out, err) = (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap());
    assert!(output.status.success(), "{out}\n{err}");
    let shown: Vec<&str> = out.split("==== ").skip(1).collect();
    assert!(shown.len() >= 10);
    let mut last = None;
    let mut checked = 0;
    for (info, text) in &blocks {
        match info.as_str() {
            "sh tour" => last = Some(last.map_or(0, |n: usize| n + 1)),
            "text" => {
                let shown = shown[last.unwrap()];
                for pattern in text.lines() {
                    assert!(shown.lines().any(|line| has(line, pattern)), "no line \"{pattern}\" in\n{shown}");
                    checked += 1;
                }
            }
            other => panic!("a block of {other}"),
        }
    }
    assert!(checked >= 15);
}
