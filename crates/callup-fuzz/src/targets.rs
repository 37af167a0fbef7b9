//! The fuzz targets: one function a reader, each given any bytes, and what every one of them must hold to.
//!
//! The list at the end is the only one; the fuzzer's wrappers, the commands and the tests go through it.

mod facts;
mod law;
mod rulebook;
mod scenario;
pub mod snapshot;
mod tables;
mod validation;

use callup_law::diagnostic::{Diagnostic, Source, render};

/// A target: its name and what it does with bytes.
pub type Target = (&'static str, fn(&[u8]));

/// Law texts.
pub const LAW: Target = ("law", law::law);
/// Scenarios and those they extend.
pub const SCENARIO: Target = ("scenario", scenario::scenario);
/// Facts of a case.
pub const FACTS: Target = ("facts", facts::facts);
/// Population tables with their sources.
pub const TABLES: Target = ("tables", tables::tables);
/// Published figures.
pub const VALIDATION: Target = ("validation", validation::validation);
/// Compiled laws as JSON.
pub const RULEBOOK: Target = ("rulebook", rulebook::rulebook);

/// Saves of a run.
pub const SNAPSHOT: Target = ("snapshot", snapshot::snapshot);

/// Every target.
pub const TARGETS: &[Target] = &[LAW, SCENARIO, FACTS, TABLES, VALIDATION, RULEBOOK, SNAPSHOT];

/// What every finding promises: a code, a message, a place inside the text it speaks of, and that it can be printed.
fn assert_sound(findings: &[Diagnostic], sources: &[Source]) {
    for finding in findings {
        let span = finding.span;
        let source = sources.get(usize::from(span.source));
        let place = source.and_then(|source| source.text.get(span.start as usize..span.end as usize));
        assert!(place.is_some(), "{finding:?} points outside its text or into a character");
        assert!(!finding.message.is_empty(), "{finding:?} says nothing");
        assert!(!finding.message.contains('\n'), "{finding:?} has several lines");
        assert_eq!(finding.code.len(), 4, "{finding:?} has no code");
    }
    assert_eq!(render(findings, sources).is_empty(), findings.is_empty(), "findings are printed");
}
