//! Intervals over replicates, and what they make of a figure.

use super::{Agreement, Checked, Verdict, judge_statements};
use crate::input::validation::{Against, Figure, Held, Role, Sought, Unit};
use callup_law::calendar::Day;

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
        statement: None,
        against: None,
    }
}

fn checked(role: Role, values: &[f64]) -> Checked {
    let held = values.iter().map(|model| Held { model: *model, model_low: model - 5.0, model_high: model + 5.0 });
    Checked { figure: figure(role, 100.0, Some(110.0)), held: held.collect(), by_day: Vec::new(), fits_together: true }
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

/// A figure of a statement of 10 to 12 April, whose values on those days are given.
fn stated(range: (f64, f64), by_day: [f64; 3]) -> Checked {
    let day = |day| Day::from_ymd(2023, 4, day).unwrap();
    let sought = Sought::Columns { columns: vec!["called_up".into()], of: Vec::new() };
    let against =
        Against { sought, from: day(1), until: day(11), until_earliest: day(10), until_latest: day(12), region: None };
    let statement = Some("april".to_owned());
    let figure = Figure { statement, against: Some(against), ..figure(Role::Held, range.0, Some(range.1)) };
    let held = Held { model: by_day[1], model_low: by_day[0], model_high: by_day[2] };
    Checked { figure, held: vec![held], by_day: vec![by_day.to_vec()], fits_together: true }
}

#[test]
fn figures_of_one_statement_are_hit_on_one_day_or_not_at_all() {
    let verdicts = |mut checked: Vec<Checked>| -> Vec<Verdict> {
        judge_statements(&mut checked);
        checked.iter().map(Checked::verdict).collect()
    };
    let early = || stated((9.0, 11.0), [10.0, 20.0, 30.0]);
    let also_early = || stated((4.0, 6.0), [5.0, 7.0, 9.0]);
    let late = || stated((29.0, 31.0), [10.0, 20.0, 30.0]);
    let hit = Verdict::Predicted(Agreement::HitOnAnotherDay);
    assert_eq!(verdicts(vec![early(), also_early()]), [hit, hit], "the tenth fits both");
    let miss = Verdict::Predicted(Agreement::MissTogether);
    assert_eq!(verdicts(vec![early(), late()]), [miss, miss], "the tenth fits one and the twelfth the other");
}
