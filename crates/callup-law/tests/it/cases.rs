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
