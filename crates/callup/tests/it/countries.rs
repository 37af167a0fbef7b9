//! The scenarios of other countries: one region each, their own people and law; `check` says of each figure what it shows.

use crate::support::{ended, program};
use callup::data::Data;
use callup::prepare::RunRequest;
use callup::rehearse;
use callup_sim::{Control, Outcome};

const SCENARIOS: [&str; 4] = ["ua-2024-update", "ee-2025", "lt-2022", "lt-2025"];

fn lived(scenario: &str, scale: f64) -> Outcome {
    let request = RunRequest { scale: Some(scale), ..RunRequest::once(scenario) };
    rehearse(&request, &Data::embedded(), &mut |_| Control::Continue).unwrap().1
}

fn total(outcome: &Outcome, name: &str) -> u64 {
    outcome.daily.total(outcome.daily.column(name).unwrap())
}

/// In the whole of Ukraine one or two a year; in Estonia a second default is needed; in Lithuania the law has none.
#[test]
fn no_restriction_falls_where_a_court_is_hardly_ever_asked_or_the_law_has_none() {
    for scenario in SCENARIOS {
        let outcome = lived(scenario, if scenario.starts_with("ua") { 0.002 } else { 0.05 });
        assert!(total(&outcome, "first_seen") > 0 && total(&outcome, "served") > 0, "{scenario}");
        let column = outcome.daily.column("restricted").unwrap();
        assert!((0..outcome.daily.days()).all(|day| outcome.daily.national(day, column) == 0), "{scenario}");
    }
}

#[test]
fn publication_notifies_everybody_on_the_list_read_or_not() {
    let outcome = lived("lt-2025", 0.1);
    assert_eq!(total(&outcome, "served"), total(&outcome, "placed"));
    assert_eq!(total(&outcome, "served_unseen"), total(&outcome, "placed"), "notified before he has heard of it");
    // 0.88 hear of it; 5 standard errors of some 2,500.
    let (heard, all) = (total(&outcome, "first_seen") as f64, total(&outcome, "placed") as f64);
    assert!((heard / all - 0.88).abs() < 5.0 * (0.88 * 0.12 / all).sqrt(), "{heard} of {all}");
}

#[test]
fn thirty_days_on_the_portal_serve_whoever_does_not_open() {
    let outcome = lived("ee-2025", 0.2);
    let (unopened, served) = (total(&outcome, "served_unseen"), total(&outcome, "served"));
    assert!(unopened > 0 && unopened < served / 2, "{unopened} of {served}");
    let column = outcome.daily.column("served_unseen").unwrap();
    // Made available on 7 January at the earliest: the thirtieth day is 6 February.
    assert!((0..37).all(|day| outcome.daily.national(day, column) == 0), "served before the thirty days were over");
    assert!((37..60).any(|day| outcome.daily.national(day, column) > 0));
}

#[test]
fn inputs_are_never_called_hits() {
    for scenario in SCENARIOS {
        let scale = if scenario.starts_with("ua") { "0.002" } else { "0.05" };
        let checked = ended(program().args(["check", scenario, "-q", "--scale", scale, "--replicates", "1"]));
        assert_eq!(checked.code, Some(0), "{scenario}: {}", checked.err);
        assert!(checked.out.lines().any(|line| line.ends_with("input, shows nothing")), "{scenario}: {}", checked.out);
    }
}
