//! Intervals over replicates, and what they make of a figure.

use super::{Agreement, Checked, Verdict};
use crate::input::validation::{Figure, Held, Role, Unit};

fn figure(role: Role, low: f64, high: Option<f64>) -> Figure {
    let text = || "a test".to_owned();
    Figure {
        name: text(),
        what: text(),
        unit: Unit::Persons,
        low,
        high,
        source: text(),
        published: text(),
        confidence: text(),
        role,
        reason: text(),
        against: None,
    }
}

fn checked(role: Role, values: &[f64]) -> Checked {
    let held = values.iter().map(|model| Held { model: *model, model_low: model - 5.0, model_high: model + 5.0 });
    Checked { figure: figure(role, 100.0, Some(110.0)), held: held.collect() }
}

#[test]
fn few_replicates_have_their_extremes_as_interval_and_many_their_percentiles() {
    let few = checked(Role::Held, &[3.0, 1.0, 2.0]);
    assert_eq!(few.value(), Some((2.0, 1.0, 3.0)));
    let hundred: Vec<f64> = (0..=100).map(f64::from).collect();
    let many = checked(Role::Held, &hundred);
    // Places 2.5 and 97.5 of 0 to 100, rounded away from zero.
    assert_eq!(many.value(), Some((50.0, 3.0, 98.0)));
}

#[test]
fn a_figure_is_hit_if_the_interval_meets_its_range() {
    assert_eq!(checked(Role::Held, &[90.0, 101.0]).verdict(), Verdict::Predicted(Agreement::Hit));
    assert_eq!(checked(Role::Held, &[90.0, 96.0]).verdict(), Verdict::Predicted(Agreement::HitOnAnotherDay));
    assert_eq!(checked(Role::Held, &[80.0, 90.0]).verdict(), Verdict::Predicted(Agreement::Miss));
    assert_eq!(checked(Role::Tuned, &[105.0]).verdict(), Verdict::Tuned(Agreement::Hit));
}

#[test]
fn an_input_is_never_a_hit_and_nothing_is_no_miss() {
    assert_eq!(checked(Role::Input, &[105.0]).verdict(), Verdict::Input);
    assert_eq!(checked(Role::Held, &[]).verdict(), Verdict::NotInThisRun);
    assert_eq!(checked(Role::NotModelled, &[105.0]).verdict(), Verdict::NotModelled);
}
