//! The static checks: doubts about a compiled law that can be found without running it.
//!
//! Every check works on the `Rulebook` alone and reports all it finds; `check` is the table of contents. The list of codes is
//! `codes.rs` and covers what reading and resolving find too. This file knows no grammar, no people and no run.

pub mod codes;
pub(crate) mod coverage;
mod dates;
mod days;
mod effect;
mod explore;
mod graph;
mod guards;
mod lengths;
mod machine;
mod names;
mod numerals;
pub mod pages;
mod partly;
mod quotes;
mod reached;
mod region;
mod remedies;
mod restrictions;
mod sound;
mod time;
mod turn;
mod versions;
pub(crate) mod witness;

#[cfg(test)]
mod tests;

pub use codes::{CODES, Code};
pub use coverage::{Coverage, coverage, paragraphs};
pub use dates::{Step, Witness};
pub(crate) use partly::Damage;
pub use reached::{Reached, reached};
pub use versions::{check_pair, check_set};

use crate::diagnostic::{Diagnostic, Lines, Severity, Source, Span};
use crate::rulebook::{Cite, Rulebook, Waiver};

/// Most warnings and remarks about one law.
const DOUBTS_MAX: usize = 1_000;

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
    /// With `{}` in the place of the subjects, if there are any.
    pub message: String,
    /// Measures that share the finding.
    pub subjects: Vec<String>,
    /// With `{}` in the place of the names of the subjects, as a law lists them.
    pub help: Vec<String>,
    /// How it comes about, on dates.
    pub witness: Option<Box<Witness>>,
}

impl Finding {
    pub(crate) fn new(code: &'static str, cite: &Cite, message: impl Into<String>) -> Finding {
        Finding {
            code,
            cite: cite.clone(),
            message: message.into(),
            subjects: Vec::new(),
            help: Vec::new(),
            witness: None,
        }
    }

    pub(crate) fn about(mut self, subject: &str) -> Finding {
        self.subjects.push(subject.to_owned());
        self
    }

    pub(crate) fn help(mut self, line: impl Into<String>) -> Finding {
        self.help.push(line.into());
        self
    }

    pub(crate) fn lines(mut self, lines: Vec<String>) -> Finding {
        self.help.extend(lines);
        self
    }

    pub(crate) fn story(self, story: witness::Story) -> Finding {
        Finding { witness: story.witness.map(Box::new), ..self.lines(story.lines) }
    }
}

/// Checks one compiled law. `sources` are the texts it was compiled from, found by the name that stands in each citation.
///
/// Never fails and never hangs: what is too large to search is itself a finding (E099).
#[must_use]
pub fn check(book: &Rulebook, sources: &[Source]) -> Checked {
    waive(book, findings(book, true), &Texts::of(sources))
}

/// Checks a law some of whose statements have errors: says only what these cannot change.
pub(crate) fn check_partly(book: &mut Rulebook, sources: &[Source], damage: &Damage) -> Checked {
    if damage.hopeless {
        return Checked::default();
    }
    damage.cut(book);
    let found = damage.keep(book, findings(book, damage.says_days()));
    let mut checked = waive(book, found, &Texts::of(sources));
    // A waiver may be meant for what was not looked at.
    checked.findings.retain(|finding| finding.code != "W003" || !finding.message.starts_with("`allow"));
    checked
}

/// How each finding about a way through a matter comes about, with the code of the finding; waived or not.
#[must_use]
pub fn witnesses(book: &Rulebook) -> Vec<(&'static str, Witness)> {
    let told = findings(book, true).into_iter().filter_map(|finding| Some((finding.code, *finding.witness?)));
    told.collect()
}

/// All that is found, in no order, waivers aside. Days are compared if it is said how they are counted.
pub(crate) fn findings(book: &Rulebook, is_counted: bool) -> Vec<Finding> {
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
    effect::check(book, &mut findings);
    graph::check(book, is_counted, &mut findings);
    findings
}

/// Splits what was found into what stands and what the document waives; a waiver of nothing is itself a finding.
fn waive(book: &Rulebook, mut findings: Vec<Finding>, texts: &Texts) -> Checked {
    let waives = |waiver: &Waiver, finding: &Finding| {
        waiver.code == finding.code
            && waiver.cite.article == finding.cite.article
            && codes::severity(finding.code) != Severity::Error
    };
    let idle = book.waivers.iter().filter(|waiver| !findings.iter().any(|finding| waives(waiver, finding)));
    let idle: Vec<Finding> = idle.map(idle_waiver).collect();
    findings.extend(idle);
    findings.sort_by(|a, b| (a.cite.line, a.cite.column, a.code).cmp(&(b.cite.line, b.cite.column, b.code)));
    let findings = bounded(findings);
    let mut checked = Checked::default();
    for finding in gathered(findings) {
        match book.waivers.iter().find(|waiver| waives(waiver, &finding)) {
            Some(waiver) => checked.waived.push((diagnostic(finding, texts), waiver.clone())),
            None => checked.findings.push(diagnostic(finding, texts)),
        }
    }
    checked
}

/// Every error and the first of the doubts: a quotation of ten thousand paragraphs would bring as many, and nobody reads them.
fn bounded(mut findings: Vec<Finding>) -> Vec<Finding> {
    let mut doubts = 0;
    findings.retain(|finding| {
        doubts += usize::from(codes::severity(finding.code) != Severity::Error);
        codes::severity(finding.code) == Severity::Error || doubts <= DOUBTS_MAX
    });
    findings
}

/// One finding where several say the same: of one measure under several notices, or of several measures of one article.
fn gathered(findings: Vec<Finding>) -> Vec<Finding> {
    let mut gathered: Vec<Finding> = Vec::new();
    for finding in findings {
        let repeats = |known: &Finding| {
            let same = (known.code, &known.message) == (finding.code, &finding.message);
            let known_subject = finding.subjects.iter().all(|subject| known.subjects.contains(subject));
            same && known.cite.article == finding.cite.article
                && ((known_subject && !known.subjects.is_empty()) || *known == finding)
        };
        if gathered.iter().any(repeats) {
            continue;
        }
        let joins = |known: &&mut Finding| {
            let same = (known.code, &known.message, &known.help) == (finding.code, &finding.message, &finding.help);
            same && !finding.subjects.is_empty() && known.cite.article == finding.cite.article
        };
        match gathered.iter_mut().find(joins) {
            Some(known) => known.subjects.extend(finding.subjects),
            None => gathered.push(finding),
        }
    }
    gathered
}

/// `` `a`, `b` and `c` ``
fn listed(subjects: &[String]) -> String {
    match subjects {
        [] => String::new(),
        [one] => format!("`{one}`"),
        [first @ .., last] => format!("`{}` and `{last}`", first.join("`, `")),
    }
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

pub(crate) fn diagnostic(finding: Finding, texts: &Texts) -> Diagnostic {
    Diagnostic {
        code: finding.code,
        severity: codes::severity(finding.code),
        span: texts.span(&finding.cite),
        heading: heading(&finding.cite),
        message: finding.message.replacen("{}", &listed(&finding.subjects), 1),
        help: finding.help.iter().map(|line| line.replacen("{}", &finding.subjects.join(", "), 1)).collect(),
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

/// The texts in which citations find their bytes.
pub(crate) struct Texts<'a> {
    sources: &'a [Source],
    lines: Vec<Lines>,
}

impl<'a> Texts<'a> {
    pub(crate) fn of(sources: &'a [Source]) -> Texts<'a> {
        Texts { sources, lines: sources.iter().map(|source| Lines::of(&source.text)).collect() }
    }

    /// From the cited place to the end of its line; the start of the first text for a place that none of them has.
    fn span(&self, cite: &Cite) -> Span {
        self.known_span(cite).unwrap_or(Span { source: 0, start: 0, end: 0 })
    }

    fn known_span(&self, cite: &Cite) -> Option<Span> {
        let index = self.sources.iter().position(|source| source.name == cite.file)?;
        let text = &self.sources[index].text;
        let start = self.lines[index].byte(text, cite.line, cite.column)?;
        let line = text.get(start as usize..)?.lines().next().unwrap_or_default().trim_end();
        let end = start.saturating_add(u32::try_from(line.len()).ok()?);
        Some(Span { source: u16::try_from(index).ok()?, start, end })
    }
}

/// The name of the source text, from any citation that has one.
pub(crate) fn file(book: &Rulebook) -> String {
    let gaps = book.gaps.iter().map(|gap| &gap.cite);
    let matters = book.matters.iter().map(|matter| &matter.cite);
    coverage::statements(book).chain(gaps).chain(matters).next().map_or_else(String::new, |cite| cite.file.clone())
}
