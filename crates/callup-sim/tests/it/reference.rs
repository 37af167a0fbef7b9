//! The reference model R1 has a closed form: every waiting time is a table, so the chance of each state on each day is a convolution.
//!
//! The run is held to it state by state, day by day and region by region.

use crate::support::{books, law_text, men, number, quiet, run};

const DAYS: usize = 365;
/// Chance of complying and of being located on each day after restriction: competing, so that both never happen on one day.
const COMPLIES: f64 = 0.01;
const LOCATED: f64 = 0.002;

/// Chance that something happens on each day; what lies past the end is left out.
type ByDay = Vec<f64>;

/// The sum of two independent waiting times.
fn then(first: &ByDay, wait: &[(usize, f64)]) -> ByDay {
    let mut sum = vec![0.0; DAYS];
    for (day, chance) in first.iter().enumerate() {
        for (days, weight) in wait.iter().filter(|(days, _)| day + days < DAYS) {
            sum[day + days] += chance * weight;
        }
    }
    sum
}

fn scaled(by_day: &ByDay, share: f64) -> ByDay {
    by_day.iter().map(|chance| chance * share).collect()
}

fn either(one: &ByDay, other: &ByDay) -> ByDay {
    one.iter().zip(other).map(|(one, other)| one + other).collect()
}

/// Chance of having happened by the end of each day.
fn by_end(by_day: &ByDay) -> ByDay {
    by_day
        .iter()
        .scan(0.0, |sum, chance| {
            *sum += chance;
            Some(*sum)
        })
        .collect()
}

/// For each transition of R1 the chance of its day.
struct Expected {
    issued: ByDay,
    served: ByDay,
    restricted: ByDay,
    appeared: ByDay,
    located: ByDay,
    decided: ByDay,
}

impl Expected {
    fn new() -> Expected {
        let issued: ByDay = (0..DAYS).map(|day| if day < 105 { 1.0 / 105.0 } else { 0.0 }).collect();
        let mut service: Vec<(usize, f64)> = (0..7).map(|days| (days, 0.35 / 7.0)).collect();
        service.push((7, 0.65));
        let served = then(&issued, &service);
        let in_time: Vec<(usize, f64)> = (1..20).map(|days| (days, 0.6 / 19.0)).collect();
        let restricted = then(&served, &[(20, 0.4)]);
        let leaves = COMPLIES + LOCATED;
        let out: Vec<(usize, f64)> =
            (1..DAYS).map(|days| (days, (1.0 - leaves).powi(days as i32 - 1) * leaves)).collect();
        let freed = then(&restricted, &out);
        let located = scaled(&freed, LOCATED / leaves);
        let appeared = either(&then(&served, &in_time), &freed);
        let decided = then(&appeared, &[(3, 1.0)]);
        Expected { issued, served, restricted, appeared, located, decided }
    }

    /// Chance of being in each state at the end of each day, by the name of its column.
    fn states(&self) -> Vec<(&'static str, ByDay)> {
        let (issued, served) = (by_end(&self.issued), by_end(&self.served));
        let (restricted, appeared, decided) = (by_end(&self.restricted), by_end(&self.appeared), by_end(&self.decided));
        // Of those who have appeared, how many were restricted before: all but those who came in time.
        let in_time: ByDay = by_end(&then(&self.served, &(1..20).map(|days| (days, 0.6 / 19.0)).collect::<Vec<_>>()));
        let freed: ByDay = appeared.iter().zip(&in_time).map(|(all, in_time)| all - in_time).collect();
        let minus =
            |one: &ByDay, other: &ByDay| one.iter().zip(other).map(|(one, other)| one - other).collect::<ByDay>();
        vec![
            ("at_placed", minus(&issued, &served)),
            ("at_served", minus(&minus(&served, &in_time), &restricted)),
            ("at_defaulted", minus(&restricted, &freed)),
            ("at_appeared", minus(&appeared, &decided)),
            ("at_deferred", scaled(&decided, 0.25)),
            ("at_called_up", scaled(&decided, 0.75)),
        ]
    }
}

/// Whether a count of `people` may be this far from its expectation. Binomial, `widths` standard errors; two more for the whole numbers
/// where fewer than one is expected.
fn is_near(count: u64, people: f64, chance: f64, widths: f64) -> bool {
    let deviation = (count as f64 - people * chance).abs();
    deviation <= widths * (people * chance * (1.0 - chance)).sqrt() + 2.0
}

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
    let totals = [
        ("entered_placed", &expected.issued),
        ("entered_served", &expected.served),
        ("entered_defaulted", &expected.restricted),
        ("entered_appeared", &expected.appeared),
        ("located", &expected.located),
        ("examined", &expected.decided),
    ];
    for (name, by_day) in totals {
        let (count, chance) = (outcome.daily.total(column(name)), by_day.iter().sum::<f64>());
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
    let sum = |by_day: &ByDay| by_day.iter().sum::<f64>();
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
