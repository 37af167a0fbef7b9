//! Intervals over replicates, and what they make of a figure.

use super::{Agreement, Checked, Verdict, judge_statements};
use crate::input::validation::{Against, Figure, Held, Role, Sought, Unit};
use crate::interval::Interval;
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

/// A figure of one day, with a value a replicate.
fn checked(role: Role, values: &[f64]) -> Checked {
    over_days(role, &values.iter().map(|value| vec![Some(*value)]).collect::<Vec<_>>(), 0)
}

/// A figure from 100 to 110 whose source allows as many last days as each replicate has values, from 10 April on; that of this place is chosen.
fn over_days(role: Role, by_day: &[Vec<Option<f64>>], chosen: usize) -> Checked {
    let first = Day::from_ymd(2023, 4, 10).unwrap();
    let last = first.plus_days(by_day.first().map_or(0, |days| days.len() as i32 - 1));
    let sought = Sought::Columns { columns: vec!["called_up".into()], of: Vec::new() };
    let until = first.plus_days(chosen as i32);
    let against = Against { sought, from: first, until, until_earliest: first, until_latest: last, region: None };
    let figure = Figure { against: Some(against), ..figure(role, 100.0, Some(110.0)) };
    let held = |days: &Vec<Option<f64>>| {
        let known = || days.iter().copied().flatten();
        let (least, greatest) = (known().fold(f64::INFINITY, f64::min), known().fold(f64::NEG_INFINITY, f64::max));
        Some(Held { model: days[chosen]?, model_low: least, model_high: greatest })
    };
    let held = by_day.iter().filter_map(held).collect();
    Checked { figure, held, by_day: by_day.to_vec(), fits_together: true }
}

#[test]
fn few_replicates_have_their_extremes_as_interval_and_many_their_percentiles() {
    let few = checked(Role::Held, &[3.0, 1.0, 2.0]);
    assert_eq!(few.value(), Some((2.0, 1.0, 3.0)));
    let hundred: Vec<f64> = (0..=100).map(f64::from).collect();
    let many = checked(Role::Held, &hundred);
    // Two of 101, a fortieth, are left out on either side: the rule of every other interval.
    assert_eq!(many.value(), Some((50.0, 2.0, 98.0)));
    let other = Interval::of(&hundred).map(|interval| (interval.median, interval.low, interval.high));
    assert_eq!(many.value(), other);
}

#[test]
fn a_figure_is_hit_if_the_interval_meets_its_range() {
    assert_eq!(checked(Role::Held, &[90.0, 101.0]).verdict(), Verdict::Predicted(Agreement::Hit));
    let later = over_days(Role::Held, &[vec![Some(90.0), Some(96.0), Some(101.0)]], 0);
    assert_eq!(later.verdict(), Verdict::Predicted(Agreement::HitOnAnotherDay));
    assert_eq!(checked(Role::Held, &[80.0, 90.0]).verdict(), Verdict::Predicted(Agreement::Miss));
    assert_eq!(checked(Role::Tuned, &[105.0]).verdict(), Verdict::Tuned(Agreement::Hit));
}

#[test]
fn an_outlier_that_the_interval_leaves_out_is_no_hit_on_another_day() {
    let mut values = vec![90.0; 60];
    values[7] = 105.0;
    let one_day = checked(Role::Held, &values);
    assert_eq!(one_day.value(), Some((90.0, 90.0, 90.0)));
    assert_eq!(one_day.verdict(), Verdict::Predicted(Agreement::Miss));
    assert_eq!(one_day.reach(), Some(Held { model: 90.0, model_low: 90.0, model_high: 90.0 }));
}

#[test]
fn a_range_between_the_values_of_two_days_is_met_on_neither() {
    let jumps = over_days(Role::Held, &[vec![Some(60.0), Some(90.0), Some(120.0)]], 1);
    assert_eq!(jumps.verdict(), Verdict::Predicted(Agreement::Miss));
    let reach = jumps.reach().unwrap();
    assert_eq!((reach.model_low, reach.model_high), (60.0, 120.0));
    let unknown = over_days(Role::Held, &[vec![Some(60.0), None, Some(105.0)]], 0);
    assert_eq!(
        unknown.verdict(),
        Verdict::Predicted(Agreement::HitOnAnotherDay),
        "a day without a value spoils no other"
    );
}

#[test]
fn a_figure_that_cannot_be_judged_does_not_spoil_its_statement() {
    let early = || stated((9.0, 11.0), [10.0, 20.0, 30.0]);
    let mut silent = Checked { held: Vec::new(), by_day: vec![vec![None; 3]], ..early() };
    let nothing = Figure { against: None, role: Role::NotModelled, ..early().figure };
    let mut all = vec![early(), Checked::of(nothing), silent.clone()];
    judge_statements(&mut all);
    assert_eq!(all[0].verdict(), Verdict::Predicted(Agreement::HitOnAnotherDay));
    assert_eq!((all[1].verdict(), all[2].verdict()), (Verdict::NotModelled, Verdict::NotInThisRun));
    silent.by_day.clear();
    judge_statements(std::slice::from_mut(&mut silent));
    assert_eq!(silent.verdict(), Verdict::NotInThisRun);
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
    Checked { figure, held: vec![held], by_day: vec![by_day.map(Some).to_vec()], fits_together: true }
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
