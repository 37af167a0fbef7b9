//! The static checks: doubts about a compiled law that can be found without running it.
//!
//! Every check works on the `Rulebook` alone and reports all it finds; `check` is the table of contents. The list of codes is
//! `codes.rs` and covers what reading and resolving find too. This file knows no grammar, no people and no run.

pub mod codes;
mod coverage;
mod explore;
mod graph;
mod guards;
mod lengths;
mod machine;
mod names;
mod quotes;
mod region;
mod remedies;
mod restrictions;
mod sound;
mod time;
mod versions;
mod witness;

#[cfg(test)]
mod tests;

pub use codes::{CODES, Code};
pub use coverage::{Coverage, coverage, paragraphs};
pub use versions::{check_pair, check_set};

use crate::diagnostic::{Diagnostic, Severity, Source, Span};
use crate::rulebook::{Cite, Rulebook, Waiver};

/// What the checks of one law come to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Checked {
    /// What stands: errors always, warnings and remarks that nobody has waived. In order of place.
    pub findings: Vec<Diagnostic>,
    /// What the document waives, with the waiver. In order of place.
    pub waived: Vec<(Diagnostic, Waiver)>,
}

/// A finding before it has a place in bytes: the checks know citations, not texts.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Finding {
    pub code: &'static str,
    pub cite: Cite,
    pub message: String,
    pub help: Vec<String>,
}

impl Finding {
    pub(crate) fn new(code: &'static str, cite: &Cite, message: impl Into<String>) -> Finding {
        Finding { code, cite: cite.clone(), message: message.into(), help: Vec::new() }
    }

    pub(crate) fn help(mut self, line: impl Into<String>) -> Finding {
        self.help.push(line.into());
        self
    }

    pub(crate) fn lines(mut self, lines: Vec<String>) -> Finding {
        self.help.extend(lines);
        self
    }
}

/// Checks one compiled law. `sources` are the texts it was compiled from, found by the name that stands in each citation.
///
/// Never fails and never hangs: what is too large to search is itself a finding (E099).
#[must_use]
pub fn check(book: &Rulebook, sources: &[Source]) -> Checked {
    waive(book, findings(book), sources)
}

/// All that is found, in no order, waivers aside.
pub(crate) fn findings(book: &Rulebook) -> Vec<Finding> {
    if let Some(finding) = sound::check(book) {
        return vec![finding];
    }
    let mut findings = Vec::new();
    names::check(book, &mut findings);
    coverage::check(book, &mut findings);
    quotes::check(book, &mut findings);
    guards::check(book, &mut findings);
    time::check(book, &mut findings);
    remedies::check(book, &mut findings);
    graph::check(book, &mut findings);
    findings
}

/// Splits what was found into what stands and what the document waives; a waiver of nothing is itself a finding.
fn waive(book: &Rulebook, mut findings: Vec<Finding>, sources: &[Source]) -> Checked {
    let waives = |waiver: &Waiver, finding: &Finding| {
        waiver.code == finding.code
            && waiver.cite.article == finding.cite.article
            && codes::severity(finding.code) != Severity::Error
    };
    let idle = book.waivers.iter().filter(|waiver| !findings.iter().any(|finding| waives(waiver, finding)));
    let idle: Vec<Finding> = idle.map(idle_waiver).collect();
    findings.extend(idle);
    findings.sort_by(|a, b| (a.cite.line, a.cite.column, a.code).cmp(&(b.cite.line, b.cite.column, b.code)));
    findings.dedup();
    let mut checked = Checked::default();
    for finding in findings {
        match book.waivers.iter().find(|waiver| waives(waiver, &finding)) {
            Some(waiver) => checked.waived.push((diagnostic(finding, sources), waiver.clone())),
            None => checked.findings.push(diagnostic(finding, sources)),
        }
    }
    checked
}

fn idle_waiver(waiver: &Waiver) -> Finding {
    let message = match codes::find(&waiver.code) {
        None => format!("`allow {}` names no finding of the checks", waiver.code),
        Some(code) if code.severity == Severity::Error => {
            format!("`allow {}` has no effect: an error cannot be waived", waiver.code)
        }
        Some(_) => format!("`allow {}` waives nothing in this article", waiver.code),
    };
    Finding::new("W003", &waiver.cite, message)
        .help("a waiver holds inside its own article only; take it out or move it")
}

pub(crate) fn diagnostic(finding: Finding, sources: &[Source]) -> Diagnostic {
    Diagnostic {
        code: finding.code,
        severity: codes::severity(finding.code),
        span: span(&finding.cite, sources),
        heading: heading(&finding.cite),
        message: finding.message,
        help: finding.help,
    }
}

/// `Article 6(2)`, or nothing for what stands outside the articles.
pub(crate) fn heading(cite: &Cite) -> Option<String> {
    match (cite.article.as_str(), cite.paragraph.as_str()) {
        ("", _) => None,
        (article, "") => Some(article.to_owned()),
        (article, paragraph) => Some(format!("{article}({paragraph})")),
    }
}

/// The rest of the cited line; an empty span at the start where the text is not among the sources.
fn span(cite: &Cite, sources: &[Source]) -> Span {
    let Some(index) = sources.iter().position(|source| source.name == cite.file) else {
        return Span { source: 0, start: 0, end: 0 };
    };
    let mut start = 0;
    for line in sources[index].text.split_inclusive('\n').take(cite.line.saturating_sub(1) as usize) {
        start += line.len();
    }
    let line = sources[index].text[start..].lines().next().unwrap_or("").trim_end();
    let column = cite.column.saturating_sub(1) as usize;
    let skipped = line.char_indices().nth(column).map_or(line.len(), |(at, _)| at);
    let bytes = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    Span {
        source: u16::try_from(index).unwrap_or(u16::MAX),
        start: bytes(start + skipped),
        end: bytes(start + line.len()),
    }
}

/// The name of the source text, from any citation that has one.
pub(crate) fn file(book: &Rulebook) -> String {
    let gaps = book.gaps.iter().map(|gap| &gap.cite);
    let matters = book.matters.iter().map(|matter| &matter.cite);
    coverage::statements(book).chain(gaps).chain(matters).next().map_or_else(String::new, |cite| cite.file.clone())
}
