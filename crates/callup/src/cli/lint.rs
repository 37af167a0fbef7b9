//! `callup lint`: every finding about laws, what they waive, how much of each article is modelled, and how their cases end.

use super::args::LintArgs;
use super::render::{json_text, print};
use crate::data::Data;
use crate::error::Error;
use crate::explaining::chosen_law;
use crate::input::laws::{self, LawText};
use callup_law::cases::{self, CaseResult};
use callup_law::check::{self, Checked, Coverage, pages};
use callup_law::diagnostic::{Diagnostic, Lines, Severity, Source, render};
use callup_law::diff::{Score, score};
use callup_law::rulebook::Rulebook;
use serde::Serialize;

/// A law and all that lint finds out about it.
struct Linted {
    law: LawText,
    checked: Checked,
    cases: Vec<CaseResult>,
}

impl Linted {
    /// Checks a law and runs its cases; a case that fails is an error.
    fn of(law: LawText) -> Linted {
        let mut checked = law.checked();
        let cases = law.run_cases();
        checked.findings.extend(cases::findings(&cases, &law.source, 0));
        Linted { law, checked, cases }
    }
}

/// What lint says of one law, for machines.
#[derive(Debug, Serialize)]
struct LawReport {
    law: String,
    file: String,
    findings: Vec<FindingRow>,
    waived: Vec<WaivedRow>,
    coverage: Vec<CoverageRow>,
    cases: Vec<CaseResult>,
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
    let (text, clean) = lint(args, data)?;
    print(&text)?;
    Ok(clean)
}

/// What lint prints, and whether no error is among it.
///
/// # Errors
/// When a law is not there.
pub fn lint(args: &LintArgs, data: &Data) -> Result<(String, bool), Error> {
    if let Some(code) = &args.explain {
        let page = pages::page(code).ok_or_else(|| Error::Usage {
            message: format!("the checks have no code `{code}`"),
            help: "docs/checks.md lists them; a code is one letter and three digits, for example E031".to_owned(),
        })?;
        return Ok((page.to_owned(), true));
    }
    let laws = if args.laws.is_empty() {
        laws::read_all(data)?.iter().map(|law| LawText::clone(law)).collect()
    } else {
        args.laws.iter().map(|name| chosen_law(data, name)).collect::<Result<Vec<_>, _>>()?
    };
    if args.score {
        return scores(&laws, args.json);
    }
    let linted: Vec<Linted> = laws.into_iter().map(Linted::of).collect();
    let sources: Vec<Source> = linted.iter().map(|one| one.law.source.clone()).collect();
    let books: Vec<Rulebook> = linted.iter().filter_map(|one| one.law.book.clone()).collect();
    let together = check::check_set(&books, &sources);
    let all = linted.iter().flat_map(|one| &one.checked.findings).chain(&together);
    let clean = !all.clone().any(|finding| finding.severity == Severity::Error);
    if args.json {
        let reports: Vec<LawReport> = linted.iter().map(report).collect();
        let together: Vec<FindingRow> = together.iter().map(|finding| row(finding, &sources)).collect();
        let whole = serde_json::json!({ "format_version": 1, "laws": reports, "together": together });
        return Ok((json_text(&whole)?, clean));
    }
    let mut text: String = linted.iter().map(section).collect();
    text += &render(&together, &sources);
    text += &closing(&linted, all);
    Ok((text, clean))
}

/// What each law comes to; a law with errors has no score, and is not clean.
fn scores(laws: &[LawText], json: bool) -> Result<(String, bool), Error> {
    let told = laws.iter().filter_map(|law| score(law.book.as_ref()?).ok());
    let scores: Vec<Score> = told.collect();
    let clean = scores.len() == laws.len();
    if json {
        let whole = serde_json::json!({ "format_version": 1, "laws": scores });
        return Ok((json_text(&whole)?, clean));
    }
    let mut texts: Vec<String> = scores.iter().map(Score::text).collect();
    let unread = laws.iter().filter(|law| law.book.is_none());
    texts.extend(unread.map(|law| format!("{}: has errors; lint it first\n", law.name())));
    Ok((texts.join("\n"), clean))
}

fn section(linted: &Linted) -> String {
    let Linted { law, checked, cases } = linted;
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
    let passed = cases.iter().filter(|case| case.passed).count();
    out += &format!("  cases: {passed} of {} hold\n\n", cases.len());
    out
}

fn remainder(coverage: &Coverage) -> String {
    let named = |word: &str, names: &[String]| match names {
        [] => String::new(),
        names => format!("; {word} {}", names.iter().map(|name| format!("({name})")).collect::<Vec<_>>().join(" ")),
    };
    named("gap only", &coverage.gaps) + &named("missing", &coverage.missing)
}

fn closing<'f>(linted: &[Linted], findings: impl Iterator<Item = &'f Diagnostic>) -> String {
    let (mut errors, mut warnings) = (0, 0);
    for finding in findings {
        match finding.severity {
            Severity::Error => errors += 1,
            Severity::Warning => warnings += 1,
            Severity::Info => {}
        }
    }
    let cases = linted.iter().map(|one| one.cases.len()).sum();
    let counts = [(linted.len(), "law"), (errors, "error"), (warnings, "warning"), (cases, "case")];
    let words = counts.map(|(count, word)| format!("{count} {word}{}", if count == 1 { "" } else { "s" }));
    format!("{}\n", words.join(", "))
}

fn report(linted: &Linted) -> LawReport {
    let Linted { law, checked, cases } = linted;
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
        cases: cases.clone(),
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
