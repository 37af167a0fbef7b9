//! Law text to a checked rulebook, one step function, and its explanation.
//!
//! `compile` is the table of contents: parse, resolve, check, in that order. The crate knows no simulation and no files.

pub mod cases;
pub mod check;
pub mod diagnostic;
pub mod diff;
pub mod document;
pub mod explain;
pub mod forks;
pub mod holder;
pub mod holidays;
pub mod parse;
pub mod program;
pub mod resolve;
pub mod schema;
pub mod step;

pub use callup_rulebook::{calendar, roles, rulebook};

use diagnostic::{Diagnostic, Severity, Source};
use document::Document;
use holidays::Holidays;
use rulebook::{Rulebook, Waiver};

/// What came of compiling some documents.
#[derive(Clone, Debug, Default)]
pub struct Compiled {
    /// The rulebooks of the documents without an error, in the order of their sources.
    pub rulebooks: Vec<Rulebook>,
    /// All documents, one a source, in order.
    pub documents: Vec<Document>,
    /// All findings, in order of source and position.
    pub diagnostics: Vec<Diagnostic>,
    /// Findings that a document waives, with the waiver, in order of source and position.
    pub waived: Vec<(Diagnostic, Waiver)>,
}

/// Compiles law texts, each by itself, without holiday files. All findings come in one pass. At most 65,535 sources are looked at.
#[must_use]
pub fn compile(sources: &[Source]) -> Compiled {
    compile_with(sources, &[])
}

/// Compiles law texts whose calendars may name these holiday files.
#[must_use]
pub fn compile_with(sources: &[Source], holidays: &[Holidays]) -> Compiled {
    let mut compiled = Compiled::default();
    for (source, index) in sources.iter().zip(0..u16::MAX) {
        let (document, mut findings) = parse::parse(source, index);
        // A text that was not read at all has one finding; to report what it lacks besides would be noise.
        if !document.text.is_empty() || findings.is_empty() {
            let mut resolved = resolve::resolve(&document, holidays);
            findings.extend(resolved.findings);
            let own = std::slice::from_ref(source);
            let mut checked = if is_whole(&findings) {
                check::check(&resolved.book, own)
            } else {
                let damage = check::Damage::of(&document, &findings, &resolved.passed_over);
                check::check_partly(&mut resolved.book, own, &damage)
            };
            let found = checked.findings.iter_mut().chain(checked.waived.iter_mut().map(|(finding, _)| finding));
            found.for_each(|finding| finding.span.source = index);
            findings.extend(checked.findings);
            compiled.waived.extend(checked.waived);
            compiled.rulebooks.extend(is_whole(&findings).then_some(resolved.book));
        }
        place(&mut findings, &document);
        compiled.diagnostics.extend(findings);
        compiled.documents.push(document);
    }
    compiled
}

/// Reads and resolves one law text without checking it: what it is called, when it is in force and what it knows. `None` if it has errors already.
#[must_use]
pub fn outline(source: &Source, holidays: &[Holidays]) -> Option<Rulebook> {
    let (document, mut findings) = parse::parse(source, 0);
    let resolved = resolve::resolve(&document, holidays);
    findings.extend(resolved.findings);
    is_whole(&findings).then_some(resolved.book)
}

fn is_whole(findings: &[Diagnostic]) -> bool {
    findings.iter().all(|finding| finding.severity != Severity::Error)
}

/// Most findings of a document with errors that are kept: nobody reads more, and no text shall make printing them slow.
const MAX_FINDINGS: usize = 500;

/// Gives findings their heading and their order.
fn place(findings: &mut Vec<Diagnostic>, document: &Document) {
    for finding in findings.iter_mut().filter(|finding| finding.heading.is_none()) {
        finding.heading = document.heading_at(finding.span.start);
    }
    findings.sort_by(|a, b| (a.span, a.code, &a.message).cmp(&(b.span, b.code, &b.message)));
    let broken = findings.iter().any(|finding| finding.severity == Severity::Error);
    if broken && findings.len() > MAX_FINDINGS {
        let message = format!("{} more findings are not shown", findings.len() - MAX_FINDINGS);
        findings.truncate(MAX_FINDINGS);
        let last = findings[MAX_FINDINGS - 1].span;
        findings.push(Diagnostic::new("E008", last, message));
    }
}
