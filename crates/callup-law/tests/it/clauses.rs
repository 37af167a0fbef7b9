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
}

/// Words with which the clauses begin that can be left out; a law without one of the others does not compile.
const CLAUSES: [&str; 8] = ["starts ", "ends ", "file ", "decide ", "suspends ", "only ", "begins ", "against "];
/// Statements whose clauses are looked at.
const STATEMENTS: [&str; 6] = ["rule ", "measure ", "remedy ", "chain ", "notice ", "duty "];
/// Units of a length of time.
const UNITS: [&str; 5] = ["day", "working day", "month", "hour", "year"];

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
    let mut likely = Vec::new();
    let changes = changes(&law.text).into_iter();
    let unheld = changes.filter(|changed| {
        let text = Source { name: law.name.clone(), text: changed.text.clone() };
        !is_held(&text, holidays, &mut likely)
    });
    unheld.map(|changed| format!("{}: {}", law.name, changed.what)).collect()
}

/// Whether the changed text is refused or fails a case. The dearest question, the checks of the whole, comes last.
fn is_held(changed: &Source, holidays: &[Holidays], likely: &mut Vec<String>) -> bool {
    let (document, findings) = parse(changed, 0);
    let mut resolved = resolve(&document, holidays);
    is_refused(&findings)
        || is_refused(&resolved.findings)
        || fails_a_case(&mut resolved.book, likely)
        || is_refused(&check(&resolved.book, std::slice::from_ref(changed)).findings)
}

fn is_refused(findings: &[Diagnostic]) -> bool {
    findings.iter().any(|finding| finding.severity == Severity::Error)
}

/// Runs the cases one by one until one fails; `likely` names those that failed before, the latest last: clauses that stand together are held together.
fn fails_a_case(book: &mut Rulebook, likely: &mut Vec<String>) -> bool {
    let mut cases = std::mem::take(&mut book.cases);
    cases.sort_by_key(|case| std::cmp::Reverse(likely.iter().position(|name| *name == case.name)));
    for case in cases {
        book.cases = vec![case];
        if run_cases(book).iter().any(|result| !result.passed) {
            let name = &book.cases[0].name;
            likely.retain(|other| other != name);
            likely.push(name.clone());
            return true;
        }
    }
    false
}

/// Every text that lacks one clause of this one, or has a number of it changed by one.
fn changes(text: &str) -> Vec<Changed> {
    let lines: Vec<&str> = text.lines().collect();
    let mut all = Vec::new();
    for statement in statements(&lines) {
        let name: Vec<&str> = lines[statement.start].split([' ', ':']).take(2).collect();
        let name = name.join(" ");
        if name.starts_with("rule ") {
            all.push(Changed { what: format!("without {name}"), text: replaced(&lines, &statement, "") });
        }
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
    if CLAUSES.iter().any(|word| said.starts_with(word)) {
        all.push(Changed { what: format!("{name} without `{said}`"), text: replaced(lines, clause, "") });
    }
    let code = text.split('"').next().unwrap_or_default();
    if let Some((clause_only, guard)) = code.split_once(" if ") {
        let end = if guard.ends_with(':') { ":" } else { "" };
        let what = format!("{name}: `{said}` without its `if`");
        all.push(Changed { what, text: replaced(lines, clause, &format!("{clause_only}{end}")) });
    }
    for (at, number) in lengths(&text) {
        let rest = &text[at + number.to_string().len()..];
        let what = format!("{name} with {} for {number} in `{said}`", number + 1);
        all.push(Changed { what, text: replaced(lines, clause, &format!("{}{}{rest}", &text[..at], number + 1)) });
    }
}

/// Lengths of time in a clause, outside quotes: where their numbers stand.
fn lengths(text: &str) -> Vec<(usize, u32)> {
    let outside = text.split('"').step_by(2);
    let words = outside.flat_map(|part| part.split([' ', '\n']));
    let numbers =
        words.filter_map(|word| Some((word.as_ptr() as usize - text.as_ptr() as usize, word.parse().ok()?, word)));
    let is_length = |rest: &str| UNITS.iter().any(|unit| rest.trim_start().starts_with(unit));
    numbers.filter(|(at, _, word)| is_length(&text[at + word.len()..])).map(|(at, number, _)| (at, number)).collect()
}

/// Statements of the law blocks: a line that is not indented and those that are below it.
fn statements(lines: &[&str]) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut inside = false;
    for (number, line) in lines.iter().enumerate() {
        if line.starts_with("```") {
            inside = line.starts_with("```law");
        } else if inside && !line.starts_with([' ', '#']) {
            if STATEMENTS.iter().any(|word| line.starts_with(word)) {
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
