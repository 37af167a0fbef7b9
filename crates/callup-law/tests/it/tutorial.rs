//! The tutorial: every law block in it compiles, or is refused with just the findings that the page prints below it.
//!
//! A block is fenced by four backticks with the info word `markdown`; one that is shown to fail says `markdown broken CODE`.

use callup_law::cases;
use callup_law::check::check;
use callup_law::compile;
use callup_law::diagnostic::{Diagnostic, Severity, Source, render};

/// What the page calls the law in its output.
const NAME: &str = "exemplar.law.md";

struct Block {
    /// The code that the block is refused with, if the page says so.
    broken: Option<String>,
    text: String,
    /// The page after the block.
    after: String,
}

fn blocks() -> Vec<Block> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/tutorial-first-law.md");
    let page = std::fs::read_to_string(path).expect("the tutorial");
    let mut blocks = Vec::new();
    let mut rest = page.as_str();
    while let Some((_, opened)) = rest.split_once("\n````markdown") {
        let (info, body) = opened.split_once('\n').expect("a line after the fence");
        let (text, after) = body.split_once("\n````\n").expect("a closing fence");
        let broken = info.trim().strip_prefix("broken ").map(str::to_owned);
        blocks.push(Block { broken, text: format!("{text}\n"), after: after.to_owned() });
        rest = after;
    }
    blocks
}

fn findings(source: &Source) -> Vec<Diagnostic> {
    let sources = std::slice::from_ref(source);
    let compiled = compile(sources);
    let checked = compiled.rulebooks.iter().flat_map(|book| check(book, sources).findings);
    let failing = compiled.rulebooks.iter().flat_map(|book| cases::findings(&cases::run_cases(book), source, 0));
    let mut all: Vec<Diagnostic> = compiled.diagnostics.iter().cloned().chain(checked).chain(failing).collect();
    all.dedup();
    all
}

#[test]
fn every_law_of_the_tutorial_is_as_the_page_says() {
    let blocks = blocks();
    assert!(blocks.len() >= 4, "the tutorial shows {} laws", blocks.len());
    for block in blocks {
        let source = Source { name: NAME.to_owned(), text: block.text };
        let errors: Vec<_> = findings(&source).into_iter().filter(|found| found.severity == Severity::Error).collect();
        let shown = render(&errors, std::slice::from_ref(&source));
        let codes: Vec<&str> = errors.iter().map(|found| found.code).collect();
        assert_eq!(codes, block.broken.iter().map(String::as_str).collect::<Vec<_>>(), "{shown}");
        for line in shown.lines().filter(|line| line.starts_with("error")) {
            assert!(block.after.contains(line), "the page does not show `{line}`");
        }
    }
}
