//! A module uses only modules of lower layers.

use std::fs;
use std::path::{Path, PathBuf};

/// Ground to roof.
const LAYERS: &[&str] = &[
    "assets",
    "parallel",
    "text",
    "lexicon",
    "document",
    "demo",
    "attribution",
    "corpus",
    "analysis",
    "library",
    "session",
    "report",
    "config",
    "tui",
    "cli",
];

/// Used by the roof alone, which hands its values down.
const HANDED_DOWN: &str = "config";

#[test]
fn no_module_uses_a_higher_layer() {
    let mut upward = Vec::new();
    for file in sources(Path::new("src")) {
        let Some(layer) = layer_of(&file) else { continue };
        let text = fs::read_to_string(&file).expect("a source file is readable");
        for (number, line) in text.lines().enumerate() {
            for used in used_modules(line).into_iter().filter(|used| !allowed(layer, used)) {
                upward.push(format!("{}:{}: `{}` uses `{used}`", file.display(), number + 1, LAYERS[layer]));
            }
        }
    }
    assert!(upward.is_empty(), "upward or unknown:\n{}", upward.join("\n"));
}

#[test]
fn every_module_has_a_layer() {
    let text = fs::read_to_string("src/lib.rs").expect("the crate has a root");
    for line in text.lines() {
        if let Some(name) = line.strip_prefix("pub mod ").and_then(|rest| rest.strip_suffix(';')) {
            assert!(LAYERS.contains(&name), "`{name}` has no layer");
        }
    }
}

#[test]
fn an_upward_use_would_be_seen() {
    let text = LAYERS.iter().position(|name| *name == "text").expect("it is a layer");
    assert_eq!(used_modules("use crate::lexicon::Lexicon; // crate::tui"), ["lexicon"]);
    assert!(!allowed(text, "lexicon"));
    assert!(allowed(text, "text"));
    assert!(!allowed(LAYERS.len() - 2, HANDED_DOWN));
}

fn allowed(layer: usize, used: &str) -> bool {
    let below = LAYERS.iter().position(|name| *name == used).is_some_and(|used| used <= layer);
    below && (used != HANDED_DOWN || matches!(LAYERS[layer], "cli" | "config"))
}

/// The first names after `crate::` on a line, but not in comments.
fn used_modules(line: &str) -> Vec<&str> {
    const ROOT: &str = "crate::";
    let code = line.split("//").next().unwrap_or_default();
    let is_name = |c: char| c.is_alphanumeric() || c == '_';
    code.match_indices(ROOT)
        .map(|(at, _)| code[at + ROOT.len()..].split(|c| !is_name(c)).next().unwrap_or_default())
        .filter(|name| !name.is_empty())
        .collect()
}

fn layer_of(file: &Path) -> Option<usize> {
    let inner = file.strip_prefix("src").ok()?;
    let first = inner.components().next()?.as_os_str().to_str()?;
    LAYERS.iter().position(|name| *name == first.trim_end_matches(".rs"))
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a source folder is readable") {
        let path = entry.expect("a folder entry is readable").path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}
