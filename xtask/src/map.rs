//! The code map of ARCHITECTURE.md: one line a file, made from the first sentence of each file's head.
//!
//! A test holds the page to the tree, so the map cannot grow stale.

use crate::source::{self, RustFile};
use std::fmt::Write as _;
use std::path::Path;

const BEGIN: &str = "<!-- code map: begin (cargo xtask map) -->";
const END: &str = "<!-- code map: end -->";

/// Writes the map anew.
pub fn write(root: &Path) -> Result<(), String> {
    let path = root.join("ARCHITECTURE.md");
    let page = source::read(&path)?;
    let (before, after) = split(&page)?;
    let text = format!("{before}{BEGIN}\n{}{END}{after}", render(&source::rust_files(root)?));
    std::fs::write(&path, text).map_err(|error| format!("cannot write {}: {error}", path.display()))
}

/// One finding if the page differs from the tree.
pub fn findings(root: &Path, files: &[RustFile]) -> Result<Vec<String>, String> {
    let page = source::read(&root.join("ARCHITECTURE.md"))?;
    let wanted = format!("{BEGIN}\n{}{END}", render(files));
    if page.contains(&wanted) {
        return Ok(Vec::new());
    }
    Ok(vec!["ARCHITECTURE.md: the code map differs from the tree; run `cargo xtask map`".to_string()])
}

fn split(page: &str) -> Result<(&str, &str), String> {
    let begin = page.find(BEGIN).ok_or("ARCHITECTURE.md has no code map mark")?;
    let end = page.find(END).ok_or("ARCHITECTURE.md has no end of the code map")?;
    Ok((&page[..begin], &page[end + END.len()..]))
}

fn render(files: &[RustFile]) -> String {
    let mut text = String::new();
    let mut folder = String::new();
    for file in files.iter().filter(|file| !file.path.contains("/tests/") && !file.path.ends_with("/tests.rs")) {
        let (parent, name) = file.path.rsplit_once('/').unwrap_or(("", &file.path));
        if parent != folder {
            folder = parent.to_string();
            let _ = writeln!(text, "\n`{folder}/`\n");
        }
        let _ = writeln!(text, "- `{name}`: {}", file.head().unwrap_or_default());
    }
    text.push('\n');
    text
}
