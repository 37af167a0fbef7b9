//! The list of codes in the documentation is the list of codes in the code.

use std::collections::BTreeSet;

const SOURCES: &[&str] = &[
    include_str!("document.rs"),
    include_str!("facts.rs"),
    include_str!("scenario.rs"),
    include_str!("scenario/offices.rs"),
    include_str!("scenario/people.rs"),
    include_str!("scenario/population.rs"),
    include_str!("scenario/procedure.rs"),
    include_str!("scenario/ledgers.rs"),
    include_str!("set.rs"),
    include_str!("tables.rs"),
    include_str!("take.rs"),
    include_str!("validation.rs"),
    include_str!("../../../callup-sim/src/scenario/check.rs"),
];

fn is_code(text: &str) -> bool {
    let mut letters = text.chars();
    letters.next().is_some_and(|letter| letter.is_ascii_uppercase())
        && text.len() == 4
        && letters.all(|letter| letter.is_ascii_digit())
}

#[test]
fn every_code_is_documented_and_no_other() {
    let used: BTreeSet<&str> =
        SOURCES.iter().flat_map(|source| source.split('"')).filter(|text| is_code(text)).collect();
    let page = include_str!("../../../../docs/scenario-format.md");
    let rows = page.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next());
    let documented: BTreeSet<&str> = rows.filter(|text| is_code(text)).collect();
    assert_eq!(used, documented);
}
