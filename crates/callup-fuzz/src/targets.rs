//! The fuzz targets: one function a reader, each given any bytes, and what every one of them must hold to.
//!
//! The list at the end is the only one; the fuzzer's wrappers, the commands and the tests go through it.

mod facts;
mod law;
mod rulebook;
mod scenario;
mod tables;
mod validation;

pub use facts::facts;
pub use law::law;
pub use rulebook::rulebook;
pub use scenario::scenario;
pub use tables::tables;
pub use validation::validation;

use callup_law::diagnostic::{Diagnostic, Source, render};

/// A target: its name and what it does with bytes.
pub type Target = (&'static str, fn(&[u8]));

/// Every target.
pub const TARGETS: &[Target] = &[
    ("law", law),
    ("scenario", scenario),
    ("facts", facts),
    ("tables", tables),
    ("validation", validation),
    ("rulebook", rulebook),
];

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
