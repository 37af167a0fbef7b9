//! Three tiny replicates, whose bands and intervals are worked out by hand; what may be said of how many lie beyond a bound.

use super::{Band, HeadlineLine, MoreThan, Replicate, ReplicateLine, Replicates, round_under};
use crate::interval::Bounds;
use std::collections::BTreeMap;

fn line(expanded: Option<u64>, share: Option<f64>) -> HeadlineLine {
    HeadlineLine {
        id: "barred".into(),
        label: "barred".into(),
        value: expanded.map(|number| number / 10),
        expanded,
        unit: "persons".into(),
        part_of: None,
        share,
        articles: Vec::new(),
        assumptions: Vec::new(),
        replicates: None,
    }
}

fn replicate(seed: u64, expanded: Option<u64>, share: Option<f64>, weeks: &[u64]) -> Replicate {
    Replicate {
        line: ReplicateLine { seed, identity: format!("{seed}") },
        headline: vec![line(expanded, share)],
        weeks: BTreeMap::from([("issued".to_owned(), weeks.to_vec())]),
        held: Vec::new(),
    }
}

fn three() -> Replicates {
    let runs = vec![
        replicate(7, Some(120), Some(0.25), &[1, 9, 0]),
        replicate(8, Some(90), None, &[3, 2, 0]),
        replicate(9, Some(310), Some(0.5), &[2, 4, 0]),
    ];
    Replicates { runs, scale: 0.1 }
}

#[test]
fn bands_are_the_least_middle_and_greatest_of_each_week_at_scale_1() {
    let band = Band { low: vec![10, 20, 0], median: vec![20, 40, 0], high: vec![30, 90, 0] };
    assert_eq!(three().band("issued"), Some(band));
    assert_eq!(three().band("queue"), None);
    assert!(three().has("issued") && !three().has("queue"));
    let alone = Replicates { runs: three().runs[..1].to_vec(), scale: 0.1 };
    assert!(alone.several().is_none());
    assert_eq!((alone.band("issued"), alone.lines().len()), (None, 0));
}

#[test]
fn a_line_has_its_interval_and_what_is_none_is_left_out() {
    let lines = three().beside(vec![line(Some(120), Some(0.25))]);
    let over = lines[0].replicates.expect("there are three");
    let interval = over.interval.expect("three numbers");
    assert_eq!((interval.low, interval.median, interval.high), (90.0, 120.0, 310.0));
    assert_eq!((interval.replicates, interval.bounds), (3, Bounds::LeastAndGreatest));
    let share = over.share.expect("two shares");
    assert_eq!((share.low, share.median, share.high, share.replicates), (0.25, 0.5, 0.5, 2));
    assert_eq!(over.more_than, Some(MoreThan { bound: 89, replicates: 3, of: 3 }));
}

#[test]
fn a_tenth_of_the_replicates_may_lie_under_the_bound_and_all_are_counted() {
    let ten = [1_000, 2_350, 2_400, 2_500, 2_600, 2_700, 2_800, 2_900, 3_000, 3_100];
    let said = MoreThan::of(&ten).expect("ten numbers");
    assert_eq!(said, MoreThan { bound: 2_300, replicates: 9, of: 10 });
    assert_eq!(said.words(), "in 9 of 10 replicates more than 2\u{a0}300".replace('\u{a0}', &separator()));
    // The least is beyond the same round number: then it is said of all.
    let close = [2_310, 2_350, 2_400, 2_500, 2_600, 2_700, 2_800, 2_900, 3_000, 3_100];
    assert_eq!(MoreThan::of(&close), Some(MoreThan { bound: 2_300, replicates: 10, of: 10 }));
    assert_eq!(MoreThan::of(&[0, 0, 5]).map(|said| (said.bound, said.replicates)), Some((0, 1)));
    assert_eq!(MoreThan::of(&[0, 0]).expect("two").words(), "in none of 2 replicates more than 0");
    assert_eq!(MoreThan::of(&[5]), None);
}

/// What stands between thousands in words.
fn separator() -> String {
    crate::output::words::grouped(1_000).trim_matches(['0', '1']).to_owned()
}

#[test]
fn a_round_number_under_another_is_less_than_it_and_has_two_digits() {
    let cases = [(0, 0), (1, 0), (2, 1), (100, 99), (101, 100), (2_300, 2_200), (2_301, 2_300), (99_999, 99_000)];
    for (number, under) in cases {
        assert_eq!(round_under(number), under, "{number}");
    }
}
