//! The reference model R1 has a closed form: the run is held to it.

use crate::support::{books, law_text, men, quiet, run};

#[test]
fn everybody_gets_one_notice_and_is_served_once() {
    let law = law_text("reference/r1/2000-01-01.law.md");
    let outcome = run(&men(2, 2, 500), &books(&[&law]), &quiet("reference_r1", "2023-01-01", 365));
    let total = |name: &str| outcome.daily.total(outcome.daily.column(name).expect("a column"));
    for column in ["issued", "entered_placed", "entered_served"] {
        assert_eq!(total(column), 2000, "{column}");
    }
    assert_eq!(total("served_unseen") + total("opened"), 2000);
}
