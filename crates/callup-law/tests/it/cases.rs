//! The cases of every law that ships, and of the laws of these tests, hold; a wrong expectation fails and says what came.

use crate::support::{folder, holidays, law, laws, shipped};

use callup_law::cases::{findings, run_cases};
use callup_law::diagnostic::Source;

/// Runs the cases of one text; returns how many there are and what fails.
fn run(source: &Source) -> (usize, Vec<String>) {
    let compiled = callup_law::compile_with(std::slice::from_ref(source), &holidays());
    let Some(book) = compiled.rulebooks.first() else {
        let findings = callup_law::diagnostic::render(&compiled.diagnostics, std::slice::from_ref(source));
        return (0, vec![format!("{} does not compile\n{findings}", source.name)]);
    };
    let results = run_cases(book);
    let failing = findings(&results, source, 0);
    let lines =
        failing.iter().map(|finding| format!("{}: {}: {}", source.name, finding.message, finding.help.join("; ")));
    (results.len(), lines.collect())
}

#[test]
fn the_cases_of_all_laws_hold() {
    let mut cases = 0;
    let mut failing = Vec::new();
    for source in shipped(".law.md").into_iter().chain(laws("good")) {
        let (count, lines) = run(&source);
        cases += count;
        failing.extend(lines);
    }
    assert!(failing.is_empty(), "{}", failing.join("\n"));
    assert!(cases > 0);
}

/// The model act with its last case exchanged for this one.
fn model_with(case: &str) -> Source {
    let mut source = law(&folder("good").join("model_a.law.md"));
    let start = source.text.find("case \"").expect("the model act has a case");
    source.text.truncate(start);
    source.text.push_str(case);
    source.text.push_str("\n```\n");
    source
}

#[test]
fn a_wrong_expectation_is_a_finding_that_says_what_came() {
    let source = model_with(
        "case \"off by one\":\n  born 2004-05-06, placed 2026-03-02, appearance_date 2026-03-20, appeared 2026-04-15\n  expect exit_ban on 2026-03-09, driving_ban lifted by 2026-04-16",
    );
    let book = callup_law::compile(std::slice::from_ref(&source)).rulebooks.remove(0);
    let found = findings(&run_cases(&book), &source, 0);
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].code, found[0].message.as_str()), ("E090", "case \"off by one\" fails"));
    let place = &source.text[found[0].span.start as usize..found[0].span.end as usize];
    assert_eq!(place, "case \"off by one\":");
    assert_eq!(found[0].help, ["expected exit_ban on 2026-03-09; came exit_ban from 2026-03-10, lifted by 2026-04-16"]);
}

#[test]
fn a_case_must_hold_whatever_it_leaves_unsaid() {
    let source = model_with(
        "case \"no age\":\n  placed 2026-03-02, appearance_date 2026-03-20\n  expect exit_ban on 2026-03-10",
    );
    let book = callup_law::compile(std::slice::from_ref(&source)).rulebooks.remove(0);
    let found = findings(&run_cases(&book), &source, 0);
    assert_eq!(
        found[0].help,
        [
            "expected exit_ban on 2026-03-10; came no exit_ban if age on 2026-03-02 as recorded = younger than 18, which the case does not say"
        ]
    );
    let source = model_with("case \"before the law\":\n  placed 2024-12-31\n  expect no exit_ban");
    let book = callup_law::compile(std::slice::from_ref(&source)).rulebooks.remove(0);
    let found = findings(&run_cases(&book), &source, 0);
    assert_eq!(found[0].help, ["the matter opens on a day on which `model_a` is not in force"]);
}

#[test]
fn a_notice_outside_its_bounds_is_void() {
    for (date, is_void) in [("2026-04-01", false), ("2026-04-02", true)] {
        let case =
            format!("case \"bound\":\n  born 2004-05-06, placed 2026-03-02, appearance_date {date}\n  expect void");
        let source = model_with(&case);
        let book = callup_law::compile(std::slice::from_ref(&source)).rulebooks.remove(0);
        assert_eq!(run_cases(&book)[0].passed, is_void, "{date}");
    }
}

/// What the only case of a law says that came, with each expectation; empty if it holds.
fn failing(source: &Source) -> Vec<String> {
    let compiled = callup_law::compile(std::slice::from_ref(source));
    let book = compiled.rulebooks.first().expect("the law compiles");
    findings(&run_cases(book), source, 0).into_iter().flat_map(|found| found.help).collect()
}

const LATE: &str = "born 2004-05-06, placed 2026-03-02, appearance_date 2026-03-20";

#[test]
fn a_bound_that_is_broken_without_a_consequence_is_a_gap() {
    for (date, is_gap) in [("2026-04-01", false), ("2026-04-02", true)] {
        for (expected, wanted) in [("gap", true), ("no gap", false)] {
            let case = format!(
                "case \"bound\":\n  born 2004-05-06, placed 2026-03-02, appearance_date {date}\n  expect {expected}"
            );
            let mut source = model_with(&case);
            source.text = source.text.replace("; else void", "; else gap");
            let came = if is_gap { "gap" } else { "no gap" };
            let fails = (is_gap != wanted).then(|| format!("expected {expected}; came {came}"));
            assert_eq!(failing(&source), Vec::from_iter(fails), "{date}");
        }
    }
}

#[test]
fn an_event_in_another_matter_is_seen_by_the_lines_that_look_there() {
    for (matter, came) in
        [("this", "exit_ban from 2026-03-10, open"), ("any", "exit_ban from 2026-03-10, lifted by 2026-04-16")]
    {
        let case = format!(
            "case \"elsewhere\":\n  {LATE}, appeared 2026-04-15 in another matter\n  expect exit_ban lifted by 2026-04-17, never service.closed"
        );
        let mut source = model_with(&case);
        source.text = source.text.replace("appeared in this matter", &format!("appeared in {matter} matter"));
        assert_eq!(failing(&source), [format!("expected exit_ban lifted by 2026-04-17; came {came}")]);
    }
}

#[test]
fn last_days_to_file_and_to_decide_can_be_expected() {
    let case = format!(
        "case \"times\" with challenge_suspends = no:\n  {LATE}, filed 2026-03-31\n  expect court_challenge open until 2026-06-09, court must act by 2026-05-01"
    );
    assert_eq!(
        failing(&model_with(&case)),
        [
            "expected court_challenge open until 2026-06-09; came court_challenge open until 2026-06-10, court_challenge open until 2026-07-10",
            "expected court must act by 2026-05-01; came court must act by 2026-04-30",
        ]
    );
    let source = model_with("case \"nobody\":\n  placed 2026-03-02\n  expect office must act by 2026-05-01");
    let found = callup_law::compile(std::slice::from_ref(&source)).diagnostics;
    let errors: Vec<_> = found.iter().filter(|finding| finding.code == "E009").collect();
    assert_eq!(errors.len(), 1, "{found:?}");
    assert_eq!(errors[0].message, "`office` is no one whom this law sets a time to act");
}
