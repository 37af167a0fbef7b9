//! The laws that ship with callup: each compiles, leaves no warning unanswered, and fits those it replaces.
//!
//! What a single law provides is said by its own cases; nothing of that is repeated here.

use crate::support;
use callup_law::check::{check, check_set};
use callup_law::compile_with;
use callup_law::diagnostic::{Severity, Source, render};
use callup_law::rulebook::Rulebook;
use std::path::Path;

/// Every shipped law.
pub fn shipped() -> Vec<Source> {
    support::shipped(".law.md")
}

/// The compiled laws; none may have an error or a warning.
pub fn books(sources: &[Source]) -> Vec<Rulebook> {
    let compiled = compile_with(sources, &support::holidays());
    let grave: Vec<_> = compiled.diagnostics.into_iter().filter(|found| found.severity != Severity::Info).collect();
    assert!(grave.is_empty(), "mend or waive:\n{}", render(&grave, sources));
    compiled.rulebooks
}

#[test]
fn every_shipped_law_compiles_and_answers_every_warning() {
    let sources = shipped();
    assert!(!sources.is_empty(), "no law was found");
    let findings: Vec<_> = books(&sources).iter().flat_map(|book| check(book, &sources).findings).collect();
    let grave: Vec<_> = findings.into_iter().filter(|finding| finding.severity != Severity::Info).collect();
    assert!(grave.is_empty(), "mend or waive:\n{}", render(&grave, &sources));
}

#[test]
fn shipped_laws_fit_those_they_replace() {
    let sources = shipped();
    let books = books(&sources);
    let findings = check_set(&books, &sources);
    assert!(findings.is_empty(), "{}", render(&findings, &sources));
    for book in books.iter().filter(|book| book.replaces.is_some()) {
        let replaces = book.replaces.as_ref().expect("filtered");
        assert!(
            books.iter().any(|old| old.id == replaces.id),
            "{} replaces {}, which does not ship",
            book.id,
            replaces.id
        );
    }
}

#[test]
fn every_shipped_law_has_six_cases_and_a_line_in_the_list() {
    let list = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../laws/README.md");
    let list = std::fs::read_to_string(list).expect("the list of the laws");
    for book in books(&shipped()) {
        assert!(book.cases.len() >= 6, "{} has {} cases", book.id, book.cases.len());
        assert!(list.contains(&format!("`{}`", book.id)), "laws/README.md does not name {}", book.id);
        for switch in &book.switches {
            assert!(
                list.contains(&format!("`{}`", switch.name)),
                "laws/README.md does not name the switch {}",
                switch.name
            );
        }
    }
}
