//! Each code has its page: put together from the list of codes, `docs/checks.md`, the table of reasons and the smallest broken law that shows it.
//!
//! A page that differs is written beside the old one as `CODE.md.new`.

use crate::support::{agrees, folder, laws};
use callup_law::check::pages::{REASONS, page};
use callup_law::check::{CODES, check_set};
use callup_law::diagnostic::{Source, render};
use std::path::{Path, PathBuf};

fn docs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs")
}

/// A broken law, or two that are broken only together, and all that is found.
struct Example {
    sources: Vec<Source>,
    printed: String,
}

impl Example {
    fn of(sources: Vec<Source>) -> Example {
        let compiled = callup_law::compile(&sources);
        let mut findings = compiled.diagnostics;
        if sources.len() > 1 {
            findings.extend(check_set(&compiled.rulebooks, &sources));
        }
        Example { printed: render(&findings, &sources), sources }
    }

    /// Nothing but what makes it a short example: few words, and few findings besides the one it shows.
    fn size(&self) -> (usize, usize) {
        let findings = self.printed.matches("\n  --> ").count() + self.printed.matches("\n   --> ").count();
        (findings, self.sources.iter().map(|source| source.text.len()).sum())
    }

    /// What it prints about one code.
    fn about(&self, code: &str) -> Option<&str> {
        let head = format!("[{code}]: ");
        self.printed.split("\n\n").find(|part| part.lines().next().is_some_and(|line| line.contains(&head)))
    }
}

/// The broken laws that a reader can print.
fn examples() -> Vec<Example> {
    let alone = laws("bad").into_iter().map(|source| vec![source]);
    let pairs = laws("bad/pairs").chunks(2).map(<[Source]>::to_vec).collect::<Vec<_>>();
    let is_plain = |source: &Source| source.text.chars().all(|letter| letter == '\n' || !letter.is_control());
    let sources = alone.chain(pairs).filter(|sources| sources.iter().all(is_plain));
    sources.map(Example::of).collect()
}

/// The row of a code in `docs/checks.md`: meaning, for example, how to mend.
fn row<'t>(table: &'t str, code: &str) -> Vec<&'t str> {
    let head = format!("| {code} |");
    let row = table.lines().find(|line| line.starts_with(&head)).expect("the table has every code");
    row.trim_matches('|').split('|').map(str::trim).skip(1).collect()
}

fn written(code: &str, table: &str, examples: &[Example]) -> String {
    let row = row(table, code);
    let (_, why, waiver) = REASONS.iter().find(|reason| reason.0 == code).expect("every code has its reason");
    let mut text = format!("# {code}: {}\n\n{why}\n\nFor example: {}.\n\n", row[0], row[1]);
    let example = examples.iter().filter(|example| example.about(code).is_some()).min_by_key(|example| example.size());
    match example {
        Some(example) => {
            text += "## A law that has it\n\n";
            for source in &example.sources {
                text += &format!("`{}`:\n\n````markdown\n{}\n````\n\n", source.name, source.text.trim_end());
            }
            let message = example.about(code).unwrap_or_default().trim_end();
            text += &format!("## What is printed\n\n```text\n{message}\n```\n\n");
        }
        None => {
            text += "No text of a law shows it alone: it comes of files that no compiler has written, or of laws beyond all bounds.\n\n"
        }
    }
    text += &format!("## How to mend it\n\n{}.\n\n## When a waiver is right\n\n{waiver}\n", capital(row[2]));
    text
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[test]
fn every_code_has_its_page_and_no_page_is_without_its_code() {
    let table = std::fs::read_to_string(docs().join("checks.md")).expect("the page of the checks");
    let examples = examples();
    let mut differing = Vec::new();
    for code in CODES {
        let text = written(code.code, &table, &examples);
        if !agrees(&docs().join(format!("checks/{}.md", code.code)), &text) {
            differing.push(code.code);
        } else {
            assert_eq!(page(code.code), Some(text.as_str()), "what ships is the page");
        }
    }
    assert!(differing.is_empty(), "these pages say something else: {differing:?}");
    let reasons: Vec<&str> = REASONS.iter().map(|reason| reason.0).collect();
    assert_eq!(reasons, CODES.iter().map(|code| code.code).collect::<Vec<_>>());
    for entry in std::fs::read_dir(docs().join("checks")).expect("the folder of pages") {
        let name = entry.expect("a readable folder").file_name().to_string_lossy().into_owned();
        let code = name.trim_end_matches(".md");
        assert!(CODES.iter().any(|known| known.code == code), "{name} is the page of no code");
    }
    assert_eq!(page("E000"), None);
}

#[test]
fn there_are_enough_broken_laws() {
    assert!(laws("bad").len() + laws("bad/pairs").len() / 2 >= 120, "broken or doubtful laws, pairs counted once");
    assert!(folder("bad").exists());
}
