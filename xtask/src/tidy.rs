//! The rules of the house as tests: heads, lengths of functions, circles of files, dependencies, sources of tables, cases of laws.
//!
//! It reads the project's own files and nothing else; what is allowed stands in the constants below.

use crate::source::{self, RustFile};
use crate::{dependencies, map};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// No function of the program is longer.
const FUNCTION_LINES_MAX: usize = 70;
/// Nine of ten functions are not longer.
const FUNCTION_LINES_MOST: usize = 30;

/// All findings; `Ok` if there are none.
pub fn report(root: &Path) -> Result<(), String> {
    let findings = findings(root)?;
    if findings.is_empty() { Ok(()) } else { Err(format!("tidy:\n  {}", findings.join("\n  "))) }
}

/// Every broken rule, one line each.
pub fn findings(root: &Path) -> Result<Vec<String>, String> {
    let files = source::rust_files(root)?;
    let mut found = heads(&files);
    found.extend(lengths(&files)?);
    found.extend(circles(&files));
    found.extend(pure_crates(&files));
    found.extend(laws_have_cases(root)?);
    found.extend(tables_have_sources(root)?);
    found.extend(documents_speak_of_the_project(root)?);
    found.extend(dependencies::findings(root)?);
    found.extend(map::findings(root, &files)?);
    Ok(found)
}

fn heads(files: &[RustFile]) -> Vec<String> {
    files.iter().filter(|file| file.head().is_none()).map(|file| format!("{}: no head (`//!`)", file.path)).collect()
}

fn lengths(files: &[RustFile]) -> Result<Vec<String>, String> {
    let mut found = Vec::new();
    let mut lengths = Vec::new();
    for file in files.iter().filter(|file| !file.is_test()) {
        for (name, line, length) in file.functions()? {
            lengths.push(length);
            if length > FUNCTION_LINES_MAX {
                found.push(format!("{}:{line}: `{name}` has {length} lines, at most {FUNCTION_LINES_MAX}", file.path));
            }
        }
    }
    lengths.sort_unstable();
    let most = lengths.get(lengths.len() * 9 / 10).copied().unwrap_or(0);
    if most > FUNCTION_LINES_MOST {
        found.push(format!("nine of ten functions should have at most {FUNCTION_LINES_MOST} lines, but it is {most}"));
    }
    Ok(found)
}

/// A file sees only what stands below it: no circle of files in a crate. A module and its own children count as one file.
fn circles(files: &[RustFile]) -> Vec<String> {
    let mut arrows: BTreeMap<(String, String), BTreeSet<String>> = BTreeMap::new();
    for file in files.iter().filter(|file| !file.is_test()) {
        let Some((name, module)) = module_of(&file.path) else { continue };
        let mut targets = crate_imports(&file.text);
        targets.remove(&module);
        arrows.entry((name, module)).or_default().extend(targets);
    }
    let mut found = Vec::new();
    for (name, module) in arrows.keys() {
        if reaches(&arrows, name, module, module) {
            found.push(format!("crates/{name}: `{module}` is in a circle of files"));
        }
    }
    found
}

/// (crate, top-level module) of a path; `lib` and `main` stand above all and are left out.
fn module_of(path: &str) -> Option<(String, String)> {
    let mut parts = path.strip_prefix("crates/")?.split('/');
    let name = parts.next()?.to_string();
    if parts.next()? != "src" {
        return None;
    }
    let module = parts.next()?.trim_end_matches(".rs").to_string();
    (module != "lib" && module != "main").then_some((name, module))
}

fn crate_imports(text: &str) -> BTreeSet<String> {
    let program = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or(text);
    let mut found = BTreeSet::new();
    for line in program.lines().filter(|line| !line.trim_start().starts_with("//")) {
        for (at, _) in line.match_indices("crate::") {
            if line[..at].ends_with(|before: char| before.is_alphanumeric() || before == '_' || before == '$') {
                continue;
            }
            let rest = &line[at + "crate::".len()..];
            if let Some(group) = rest.strip_prefix('{') {
                found.extend(group.split(',').map(first_name).filter(|name| !name.is_empty()));
            } else {
                found.insert(first_name(rest));
            }
        }
    }
    found
}

fn first_name(text: &str) -> String {
    text.trim().chars().take_while(|letter| letter.is_ascii_lowercase() || *letter == '_').collect()
}

fn reaches(arrows: &BTreeMap<(String, String), BTreeSet<String>>, name: &str, from: &str, goal: &str) -> bool {
    let mut seen = BTreeSet::new();
    let mut open = vec![from.to_string()];
    while let Some(module) = open.pop() {
        for target in arrows.get(&(name.to_string(), module)).into_iter().flatten() {
            if target == goal {
                return true;
            }
            if seen.insert(target.clone()) {
                open.push(target.clone());
            }
        }
    }
    false
}

/// The law knows no simulation; both know no file, clock, environment or thread.
fn pure_crates(files: &[RustFile]) -> Vec<String> {
    const FORBIDDEN: &[&str] =
        &["std::fs", "std::env", "std::time", "std::thread", "std::net", "std::process", "SystemTime", "Instant::now"];
    let mut found = Vec::new();
    for file in files.iter().filter(|file| !file.is_test()) {
        let pure = file.path.starts_with("crates/callup-law/src") || file.path.starts_with("crates/callup-sim/src");
        for word in FORBIDDEN.iter().filter(|word| pure && file.text.contains(**word)) {
            found.push(format!("{}: `{word}` in a pure crate", file.path));
        }
    }
    found
}

fn laws_have_cases(root: &Path) -> Result<Vec<String>, String> {
    let mut found = Vec::new();
    for path in source::files(root, "laws", "md")? {
        let name = source::relative(root, &path);
        if !name.ends_with(".law.md") {
            continue;
        }
        let cases = source::read(&path)?.lines().filter(|line| line.starts_with("case \"")).count();
        if cases < 6 && !name.starts_with("laws/reference/") {
            found.push(format!("{name}: {cases} cases, at least six are wanted"));
        }
    }
    Ok(found)
}

fn tables_have_sources(root: &Path) -> Result<Vec<String>, String> {
    let mut found = Vec::new();
    for path in source::files(root, "tables", "csv")? {
        let name = source::relative(root, &path);
        let file = path.file_name().map(|file| file.to_string_lossy().into_owned()).unwrap_or_default();
        let sources = source::read(&path.with_file_name("SOURCES.toml")).unwrap_or_default();
        if !sources.contains(&file) {
            found.push(format!("{name}: not in SOURCES.toml beside it"));
        }
        let digest = dependencies::sha256_hex(source::read(&path)?.as_bytes());
        if !sources.contains(&digest) {
            found.push(format!("{name}: SOURCES.toml does not hold its sha256 {digest}"));
        }
    }
    Ok(found)
}

/// Every page of the book is linked from its index, and every link of the index exists.
fn documents_speak_of_the_project(root: &Path) -> Result<Vec<String>, String> {
    let index = source::read(&root.join("docs/README.md"))?;
    let mut found = Vec::new();
    for path in source::files(root, "docs", "md")? {
        let name = source::relative(&root.join("docs"), &path);
        // A folder with an index of its own lists its own pages.
        let (folder, page) = name.rsplit_once('/').unwrap_or(("", &name));
        let own = root.join("docs").join(folder).join("README.md");
        let is_listed = index.contains(&format!("({name})"))
            || !folder.is_empty() && own.exists() && source::read(&own)?.contains(&format!("({page})"));
        if name != "README.md" && !is_listed {
            found.push(format!("docs/{name}: not in docs/README.md"));
        }
    }
    for link in index.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
        if !link.starts_with("http") && !root.join("docs").join(link).exists() {
            found.push(format!("docs/README.md: the page {link} does not exist"));
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_house_is_tidy() {
        let found = findings(&crate::root()).expect("the project's files can be read");
        assert!(found.is_empty(), "{}", found.join("\n"));
    }

    #[test]
    fn a_circle_is_seen() {
        let file = |path: &str, text: &str| RustFile { path: path.into(), text: text.into() };
        let files = [
            file("crates/x/src/a.rs", "use crate::b::Thing;"),
            file("crates/x/src/b.rs", "use crate::{c, d::Other};"),
            file("crates/x/src/c.rs", "use crate::a;"),
            file("crates/x/src/d.rs", "// use crate::a;"),
        ];
        let found = circles(&files);
        assert_eq!(found.len(), 3, "{found:?}");
    }

    #[test]
    fn a_long_function_is_seen() {
        let text = format!("fn long() {{\n{}}}\n", "    let _ = 1;\n".repeat(FUNCTION_LINES_MAX));
        let found = lengths(&[RustFile { path: "crates/x/src/a.rs".into(), text }]).expect("it parses");
        assert!(found.iter().any(|line| line.contains("`long`")), "{found:?}");
    }
}
