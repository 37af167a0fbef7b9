//! The reference model R1 is held to its closed form, state by state, day by day and region by region.

use crate::support::{books, law_text, men, number, quiet, run};
use callup_naive::reference_r1::{COMPLIES, DAYS, Expected, LOCATED, is_near};

#[test]
fn agrees_with_the_closed_form() {
    let law = law_text("reference/r1/2000-01-01.law.md");
    let mut scenario = quiet("reference_r1", "2023-01-01", DAYS as u16);
    // Who is found is found before he could come, so the chance of coming is among the others.
    scenario.response.comes_late_daily = number(COMPLIES / (1.0 - LOCATED));
    scenario.response.located_daily = number(LOCATED);
    let outcome = run(&men(3, 4, 10_000), &books(&[&law]), &scenario);
    let expected = Expected::new();
    let column = |name: &str| outcome.daily.column(name).expect("a column");
    for (name, chance) in expected.totals() {
        let count = outcome.daily.total(column(name));
        assert!(is_near(count, 120_000.0, chance, 4.5), "{name}: {count} of 120000, expected {chance}");
    }
    for (name, by_day) in expected.states() {
        for (day, chance) in by_day.into_iter().enumerate() {
            for region in 0..3 {
                let count = outcome.daily.value(day, region, column(name));
                // 6,570 comparisons, nearly all bound to their neighbours: 5 widths leave them one chance in a thousand together.
                assert!(
                    is_near(count, 40_000.0, chance.clamp(0.0, 1.0), 5.0),
                    "{name} on day {day} in region {region}: {count} of 40000, expected {chance}"
                );
            }
        }
    }
}

#[test]
fn the_expectation_is_the_published_one() {
    let expected = Expected::new();
    let sum = |by_day: &Vec<f64>| by_day.iter().sum::<f64>();
    let events = sum(&expected.issued)
        + sum(&expected.served)
        + sum(&expected.restricted)
        + sum(&expected.appeared)
        + sum(&expected.decided);
    assert!((events - 4.3726).abs() < 0.000_05, "{events} transitions a person");
}

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
