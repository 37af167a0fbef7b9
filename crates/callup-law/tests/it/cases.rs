//! The cases of every law that ships, and of the laws of these tests, hold; a wrong expectation fails and says what came.

use crate::support::{folder, law, laws};
use callup_law::cases::{findings, run_cases};
use callup_law::diagnostic::Source;
use std::path::{Path, PathBuf};

fn shipped() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../laws");
    let mut open = vec![root];
    let mut found = Vec::new();
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(
                std::fs::read_dir(&path).expect("a readable folder").map(|entry| entry.expect("an entry").path()),
            );
        } else if path.to_string_lossy().ends_with(".law.md") {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// Runs the cases of one text; returns how many there are and what fails.
fn run(source: &Source) -> (usize, Vec<String>) {
    let compiled = callup_law::compile(std::slice::from_ref(source));
    let Some(book) = compiled.rulebooks.first() else {
        let findings = callup_law::diagnostic::render(&compiled.diagnostics, std::slice::from_ref(source));
        return (0, vec![format!("{} does not compile\n{findings}", source.name)]);
    };
    let results = run_cases(book);
    let failing = findings(&results, source, 0);
    let lines =
        failing.iter().map(|finding| format!("{}: {}: {}", source.name, finding.message, finding.help.join("; ")));
    (results.len(), lines.collect())
}

#[test]
fn the_cases_of_all_laws_hold() {
    let mut cases = 0;
    let mut failing = Vec::new();
    for source in shipped().iter().map(|path| law(path)).chain(laws("good")) {
        let (count, lines) = run(&source);
        cases += count;
        failing.extend(lines);
    }
    assert!(failing.is_empty(), "{}", failing.join("\n"));
    assert!(cases > 0);
}
