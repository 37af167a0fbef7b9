//! Every clause of a shipped law is held by one of its cases: without it, or with another number in it, a case fails or the law does not compile.
//!
//! Clauses that no case can hold stand in `clauses.txt` beside this file, each with the reason; one that is held after all may not stand there.

use crate::support;
use callup_law::cases::run_cases;
use callup_law::check::check;
use callup_law::diagnostic::{Diagnostic, Severity, Source};
use callup_law::holidays::Holidays;
use callup_law::parse::parse;
use callup_law::resolve::resolve;
use callup_law::rulebook::Rulebook;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// A text that differs from a law in one clause.
struct Changed {
    what: String,
    text: String,
    /// Where the clause stands, counted from 0.
    line: usize,
}

/// Statements that something hangs on in the life of a matter. A duty without a time is none: nothing follows from it.
const STATEMENTS: [&str; 8] = ["rule ", "measure ", "remedy ", "chain ", "notice ", "duty ", "while ", "param "];

#[test]
fn without_any_one_clause_a_case_fails() {
    let holidays = support::holidays();
    let laws = support::shipped(".law.md");
    let found: BTreeSet<String> = std::thread::scope(|scope| {
        let runs: Vec<_> = laws.iter().map(|law| scope.spawn(|| unheld(law, &holidays))).collect();
        runs.into_iter().flat_map(|run| run.join().expect("no law makes it panic")).collect()
    });
    let waived = waived();
    let missing: Vec<&str> = found.iter().filter(|name| !waived.contains_key(*name)).map(String::as_str).collect();
    assert!(missing.is_empty(), "no case holds these {}:\n{}", missing.len(), missing.join("\n"));
    let unused: Vec<_> = waived.keys().filter(|name| !found.contains(*name)).collect();
    assert!(unused.is_empty(), "held by a case after all, or gone: {unused:#?}");
}

/// The clauses of a law that none of its cases holds.
fn unheld(law: &Source, holidays: &[Holidays]) -> Vec<String> {
    let mut last = String::new();
    let changes = changes(&law.text).into_iter();
    let unheld = changes.filter(|changed| !is_held(&law.name, changed, holidays, &mut last));
    unheld.map(|changed| format!("{}: {}", law.name, changed.what)).collect()
}

/// Whether the changed text is refused or fails a case. The dearest question, the checks of the whole, comes last.
fn is_held(name: &str, changed: &Changed, holidays: &[Holidays], last: &mut String) -> bool {
    let source = Source { name: name.to_owned(), text: changed.text.clone() };
    let (document, findings) = parse(&source, 0);
    let mut resolved = resolve(&document, holidays);
    is_refused(&findings)
        || is_refused(&resolved.findings)
        || fails_a_case(&mut resolved.book, changed.line, last)
        || is_refused(&check(&resolved.book, std::slice::from_ref(&source)).findings)
}

fn is_refused(findings: &[Diagnostic]) -> bool {
    findings.iter().any(|finding| finding.severity == Severity::Error)
}

/// Runs the cases until one fails: first the one that failed `last`, for clauses that stand together are held together, then those near the clause.
fn fails_a_case(book: &mut Rulebook, line: usize, last: &mut String) -> bool {
    let mut cases = std::mem::take(&mut book.cases);
    cases.sort_by_key(|case| (case.name != *last, (case.cite.line as usize).abs_diff(line)));
    cases.into_iter().any(|case| {
        book.cases = vec![case];
        let fails = run_cases(book).iter().any(|result| !result.passed);
        if fails {
            last.clone_from(&book.cases[0].name);
        }
        fails
    })
}

/// Every text that lacks one clause of this one, or has a number of it changed by one.
fn changes(text: &str) -> Vec<Changed> {
    let lines: Vec<&str> = text.lines().collect();
    let mut all = Vec::new();
    for statement in statements(&lines) {
        let name: Vec<&str> = lines[statement.start].split([' ', ':']).take(2).collect();
        let name = name.join(" ");
        let text = replaced(&lines, &statement, "");
        all.push(Changed { what: format!("without {name}"), text, line: statement.start });
        for clause in clauses(&lines, statement) {
            clause_changes(&lines, &clause, &name, &mut all);
        }
    }
    all
}

fn clause_changes(lines: &[&str], clause: &Range<usize>, name: &str, all: &mut Vec<Changed>) {
    let text = lines[clause.clone()].join("\n");
    // What stands in quotes is words for people.
    let words: Vec<&str> = text.split('"').step_by(2).flat_map(str::split_whitespace).collect();
    let said = words.join(" ");
    let mut change = |what: String, new: &str| {
        all.push(Changed { what: format!("{name}{what}"), text: replaced(lines, clause, new), line: clause.start });
    };
    // A rule without one of its two lines is none.
    if text.starts_with(' ') && !name.starts_with("rule ") {
        change(format!(" without `{said}`"), "");
    }
    let code = text.split('"').next().unwrap_or_default();
    if let Some((clause_only, guard)) = code.split_once(" if ") {
        let end = if guard.ends_with(':') { ":" } else { "" };
        change(format!(": `{said}` without its `if`"), &format!("{clause_only}{end}"));
    }
    for (at, number) in numbers(&text) {
        let rest = &text[at + number.to_string().len()..];
        let new = format!("{}{}{rest}", &text[..at], number + 1);
        change(format!(" with {} for {number} in `{said}`", number + 1), &new);
    }
}

/// The numbers of a clause and where they stand: lengths of time, ages and values; no dates, no paragraphs and none in quotes.
fn numbers(text: &str) -> Vec<(usize, u32)> {
    let words = text.split('"').step_by(2).flat_map(|part| part.split([' ', '\n', ',']));
    words.filter_map(|word| Some((word.as_ptr() as usize - text.as_ptr() as usize, word.parse().ok()?))).collect()
}

/// Statements of the law blocks: a line that is not indented and those that are below it.
fn statements(lines: &[&str]) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut inside = false;
    for (number, line) in lines.iter().enumerate() {
        if line.starts_with("```") {
            inside = line.starts_with("```law");
        } else if inside && !line.starts_with([' ', '#']) {
            let is_idle = line.starts_with("duty ") && !line.contains(" within ");
            if STATEMENTS.iter().any(|word| line.starts_with(word)) && !is_idle {
                found.push(number..number + 1);
            }
        } else if inside && found.last().is_some_and(|last| last.end == number) {
            found.last_mut().expect("there is a last").end = number + 1;
        }
    }
    found
}

/// Clauses of a statement: its head, and each line below it with those that are indented more deeply.
fn clauses(lines: &[&str], statement: Range<usize>) -> Vec<Range<usize>> {
    let indent = |line: usize| lines[line].len() - lines[line].trim_start().len();
    let is_head = |line: usize| indent(line) == 0 && lines[line].trim_end().ends_with(':');
    let mut found: Vec<Range<usize>> = Vec::new();
    for line in statement.filter(|line| !lines[*line].trim_start().starts_with('#')) {
        match found.last_mut() {
            Some(last) if !is_head(last.start) && indent(line) > indent(last.start) => last.end = line + 1,
            _ => found.push(line..line + 1),
        }
    }
    found
}

/// The text with other words, or none, in the place of these lines.
fn replaced(lines: &[&str], place: &Range<usize>, new: &str) -> String {
    let parts = [&lines[..place.start], &[new][usize::from(new.is_empty())..], &lines[place.end..]];
    parts.concat().iter().map(|line| format!("{line}\n")).collect()
}

/// The clauses that no case can hold: `LAW: WHAT | REASON`, one a line.
fn waived() -> BTreeMap<String, String> {
    let text = std::fs::read_to_string(support::folder("clauses.txt")).expect("the list lies beside the tests");
    let lines = text.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty());
    let parts = lines.map(|line| line.rsplit_once(" | ").expect("a clause, a bar and the reason"));
    parts.map(|(name, reason)| (name.to_owned(), reason.to_owned())).collect()
}
