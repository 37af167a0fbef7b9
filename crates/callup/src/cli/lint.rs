//! `callup lint`: every finding about laws, what they waive, how much of each article is modelled, and how their cases end.

use super::args::LintArgs;
use super::chosen_law;
use super::render::{print, print_json};
use crate::data::Data;
use crate::error::Error;
use crate::input::laws::{self, LawText};
use callup_law::check::{self, Checked, Coverage};
use callup_law::diagnostic::{Diagnostic, Lines, Severity, Source, render};
use callup_law::rulebook::Rulebook;
use serde::Serialize;

/// What lint says of one law, for machines.
#[derive(Debug, Serialize)]
struct LawReport {
    law: String,
    file: String,
    findings: Vec<FindingRow>,
    waived: Vec<WaivedRow>,
    coverage: Vec<CoverageRow>,
}

/// One finding, for machines.
#[derive(Debug, Serialize)]
struct FindingRow {
    code: &'static str,
    severity: Severity,
    file: String,
    line: u32,
    column: u32,
    heading: Option<String>,
    message: String,
    help: Vec<String>,
}

#[derive(Debug, Serialize)]
struct WaivedRow {
    finding: FindingRow,
    because: String,
    date: String,
}

#[derive(Debug, Serialize)]
struct CoverageRow {
    article: String,
    paragraphs: usize,
    modelled: usize,
    missing: Vec<String>,
    gaps: Vec<String>,
}

/// Runs the verb. Whether there are errors is the answer, not a failure: the caller gets the exit code from it.
///
/// # Errors
/// When a law is not there or standard output cannot be written.
pub fn execute(args: &LintArgs, data: &Data) -> Result<bool, Error> {
    let laws = if args.laws.is_empty() {
        laws::read_all(data)?
    } else {
        args.laws.iter().map(|name| chosen_law(data, name)).collect::<Result<Vec<_>, _>>()?
    };
    let checked: Vec<Checked> = laws.iter().map(LawText::checked).collect();
    let sources: Vec<Source> = laws.iter().map(|law| law.source.clone()).collect();
    let books: Vec<Rulebook> = laws.iter().filter_map(|law| law.book.clone()).collect();
    let together = check::check_set(&books, &sources);
    let all = checked.iter().flat_map(|one| &one.findings).chain(&together);
    let clean = !all.clone().any(|finding| finding.severity == Severity::Error);
    if args.json {
        let reports: Vec<LawReport> = laws.iter().zip(&checked).map(|(law, found)| report(law, found)).collect();
        let together: Vec<FindingRow> = together.iter().map(|finding| row(finding, &sources)).collect();
        print_json(&serde_json::json!({ "laws": reports, "together": together }))?;
    } else {
        let mut text: String = laws.iter().zip(&checked).map(|(law, found)| section(law, found)).collect();
        text += &render(&together, &sources);
        text += &closing(laws.len(), all);
        print(&text)?;
    }
    Ok(clean)
}

fn section(law: &LawText, checked: &Checked) -> String {
    let mut out = format!("{}  ({})\n", law.name(), law.source.name);
    if !checked.findings.is_empty() {
        out += &format!("\n{}\n", render(&checked.findings, std::slice::from_ref(&law.source)));
    }
    for (finding, waiver) in &checked.waived {
        let place = finding.heading.clone().unwrap_or_default();
        let date = String::from(waiver.date);
        out += &format!(
            "  waived {} in {place}: {} (because {}, {date})\n",
            finding.code, finding.message, waiver.because
        );
    }
    for coverage in law.book.iter().flat_map(check::coverage) {
        out += &format!("  {coverage}{}\n", remainder(&coverage));
    }
    out.push('\n');
    out
}

fn remainder(coverage: &Coverage) -> String {
    let named = |word: &str, names: &[String]| match names {
        [] => String::new(),
        names => format!("; {word} {}", names.iter().map(|name| format!("({name})")).collect::<Vec<_>>().join(" ")),
    };
    named("gap only", &coverage.gaps) + &named("missing", &coverage.missing)
}

fn closing<'f>(laws: usize, findings: impl Iterator<Item = &'f Diagnostic>) -> String {
    let (mut errors, mut warnings) = (0, 0);
    for finding in findings {
        match finding.severity {
            Severity::Error => errors += 1,
            Severity::Warning => warnings += 1,
            Severity::Info => {}
        }
    }
    format!("{laws} laws: {errors} errors, {warnings} warnings\n")
}

fn report(law: &LawText, checked: &Checked) -> LawReport {
    let sources = std::slice::from_ref(&law.source);
    let waived = checked.waived.iter().map(|(finding, waiver)| WaivedRow {
        finding: row(finding, sources),
        because: waiver.because.clone(),
        date: String::from(waiver.date),
    });
    let coverage = law.book.iter().flat_map(check::coverage).map(|coverage| CoverageRow {
        paragraphs: coverage.paragraphs.len(),
        modelled: coverage.paragraphs.len() - coverage.missing.len() - coverage.gaps.len(),
        article: coverage.article,
        missing: coverage.missing,
        gaps: coverage.gaps,
    });
    LawReport {
        law: law.name(),
        file: law.source.name.clone(),
        findings: checked.findings.iter().map(|finding| row(finding, sources)).collect(),
        waived: waived.collect(),
        coverage: coverage.collect(),
    }
}

fn row(finding: &Diagnostic, sources: &[Source]) -> FindingRow {
    let source = sources.get(usize::from(finding.span.source));
    let position = |source: &Source| Lines::of(&source.text).position(&source.text, finding.span.start);
    let (line, column) = source.map_or((0, 0), position);
    FindingRow {
        code: finding.code,
        severity: finding.severity,
        file: source.map(|source| source.name.clone()).unwrap_or_default(),
        line,
        column,
        heading: finding.heading.clone(),
        message: finding.message.clone(),
        help: finding.help.clone(),
    }
}
