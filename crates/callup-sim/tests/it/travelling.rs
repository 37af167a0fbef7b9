//! Trips, departures, returns and illnesses: what is counted for everybody equals what each timeline says, and what they do to a notice.
//!
//! The reference is a man-by-man, day-by-day loop that shares only the draws with the engine.

use crate::support::{books, day, fixed, law_text, men, number, quiet, run, uniform};
use callup_sim::Outcome;
use callup_sim::people::People;
use callup_sim::random::{Decision, DelayTable, DrawKey, Draws, Hazard, PersonId};
use callup_sim::scenario::{ChannelKind, Decides, Reading, Scenario, Selection, Surge, Timing};

const DAYS: u16 = 210;

fn lived(people: &People, law: &str, scenario: &Scenario) -> Outcome {
    run(people, &books(&[&law_text(law)]), scenario)
}

fn column(outcome: &Outcome, name: &str) -> usize {
    outcome.daily.column(name).expect("a column")
}

fn total(outcome: &Outcome, name: &str) -> f64 {
    outcome.daily.total(column(outcome, name)) as f64
}

/// 4.5 standard errors of a sum of rare independent events.
fn assert_near(count: f64, expected: f64, what: &str) {
    assert!((count - expected).abs() <= 4.5 * expected.sqrt() + 2.0, "{what}: {count}, expected {expected}");
}

/// Four trips a year, five times as many in some weeks.
fn travellers() -> Scenario {
    let mut scenario = quiet("reference_r1", "2023-01-01", DAYS);
    // Nobody gets a notice, so that nobody is called up.
    scenario.campaigns[0].selection = Selection::Everyone { age_min: 60, age_max: 64 };
    scenario.border.trips_per_year = number(4.0);
    scenario.border.trip_length = uniform(2, 21);
    let (from, until) = (day("2023-03-01"), day("2023-03-28"));
    scenario.border.surges = vec![Surge { from, until, departures: number(1.0), trips: number(5.0) }];
    scenario
}

/// First days of the trips of a man and days on which he is home again, one day after the other.
fn trips_of(person: PersonId, scenario: &Scenario) -> Vec<(usize, usize)> {
    let (draws, lengths) = (Draws::new(scenario.seed), DelayTable::uniform(2, 21));
    let surge = &scenario.border.surges[0];
    let (mut trips, mut home, mut passed) = (Vec::new(), 0, 0_u64);
    for day in 0..usize::from(scenario.days) {
        if day < home {
            continue;
        }
        let today = scenario.start.plus_days(day as i32);
        let factor = if (surge.from..=surge.until).contains(&today) { 5.0 } else { 1.0 };
        passed += Hazard::of_rate(4.0 / 365.25 * factor).0;
        let ordinal = trips.len() as u32;
        if passed >= draws.budget(DrawKey::of_world(person, Decision::Trip, ordinal)).0 {
            let days = draws.delay(DrawKey::of_world(person, Decision::TripLength, ordinal), &lengths);
            home = day + usize::from(days);
            trips.push((day, home));
            passed = 0;
        }
    }
    trips
}

#[test]
fn the_crossings_of_everybody_are_those_of_each_one() {
    let (people, scenario) = (men(2, 3, 2_000), travellers());
    let outcome = lived(&people, "reference/r1/2000-01-01.law.md", &scenario);
    let weeks = usize::from(DAYS) / 7;
    let mut expected = vec![[0_u32; 2]; weeks * 2];
    let mut abroad = vec![0_u32; usize::from(DAYS)];
    for row in 0..people.len() as u32 {
        let region = people.layout().region_of_district(people.layout().district_of(row));
        for (from, home) in trips_of(people.id(row), &scenario) {
            expected[from / 7 * 2 + region][0] += 1;
            if home < usize::from(DAYS) {
                expected[home / 7 * 2 + region][1] += 1;
            }
            (from..home.min(abroad.len())).for_each(|day| abroad[day] += 1);
        }
    }
    let all: u32 = expected.iter().map(|of| of[0]).sum();
    assert!(all > 20_000, "{all} trips");
    for (flow, name) in ["trips_begun", "trips_ended"].into_iter().enumerate() {
        for (place, counts) in expected.iter().enumerate() {
            let (week, region) = (place / 2, place % 2);
            let days = week * 7..week * 7 + 7;
            let counted: u64 = days.map(|day| outcome.daily.value(day, region, column(&outcome, name))).sum();
            assert_near(counted as f64, f64::from(counts[flow]), &format!("{name} in week {week} of region {region}"));
        }
    }
    for (day, abroad) in abroad.into_iter().enumerate() {
        let stock = outcome.daily.national(day, column(&outcome, "on_trip"));
        assert_near(stock as f64, f64::from(abroad), &format!("on a trip on day {day}"));
    }
}

#[test]
fn small_districts_lose_no_trip_to_rounding() {
    let scenario = travellers();
    let law = "reference/r1/2000-01-01.law.md";
    let (one, many) = (lived(&men(1, 1, 600), law, &scenario), lived(&men(1, 200, 3), law, &scenario));
    // Each of 200 districts counts whole men; what each begins and ends with is less than one man away from the expectation.
    let (one, many) = (total(&one, "trips_begun"), total(&many, "trips_begun"));
    assert!((one - many).abs() < 4.5 * (200.0_f64 / 6.0).sqrt(), "{one} in one district, {many} in two hundred");
}

/// Everybody sets out on the first day for sixty days and stays at home ever after.
fn all_abroad() -> Scenario {
    let mut scenario = quiet("reference_r1", "2023-01-01", 150);
    scenario.border.trips_per_year = number(36_500.0);
    scenario.border.trip_length = fixed(60);
    let (from, until) = (scenario.start.plus_days(1), scenario.last_day());
    scenario.border.surges = vec![Surge { from, until, departures: number(1.0), trips: number(0.0) }];
    scenario.campaigns[0].until = scenario.campaigns[0].from;
    scenario.response.comes_late_daily = number(0.0);
    scenario.response.located_daily = number(0.05);
    scenario
}

#[test]
fn who_is_abroad_reads_the_portal_and_comes_when_he_is_home() {
    let mut scenario = all_abroad();
    scenario.reading = Reading::PerNotice { probability: number(1.0), delay: fixed(1) };
    scenario.response.decides = Decides::Aware;
    scenario.response.appears = number(1.0);
    scenario.response.timing = Timing::AfterDeciding(fixed(3));
    let outcome = lived(&men(1, 2, 50), "reference/r1/2000-01-01.law.md", &scenario);
    let on = |day: usize, name: &str| outcome.daily.national(day, column(&outcome, name));
    assert_eq!((on(1, "opened"), total(&outcome, "opened")), (100, 100.0));
    assert_eq!(
        (on(60, "appeared"), total(&outcome, "appeared")),
        (100, 100.0),
        "he comes on the day on which he is home"
    );
    assert_eq!((on(0, "trips_begun"), on(60, "trips_ended")), (100, 100));
    assert_eq!(
        on(60, "located") as f64,
        total(&outcome, "located"),
        "nobody is found abroad, and at home all come at once"
    );
}

#[test]
fn trips_beyond_measure_are_the_trips_of_certainty() {
    let of_a_year = |trips| {
        let mut scenario = all_abroad();
        scenario.border.trips_per_year = number(trips);
        format!("{:?}", lived(&men(1, 2, 50), "reference/r1/2000-01-01.law.md", &scenario))
    };
    assert!(of_a_year(36_500.0) == of_a_year(1e300));
}

#[test]
fn who_is_abroad_is_handed_nothing() {
    let mut scenario = all_abroad();
    let in_hand = crate::support::channel(ChannelKind::InHand);
    scenario.channels = vec![callup_sim::scenario::Channel { attempts_max: 3, outcome_delay: fixed(4), ..in_hand }];
    scenario.laws[0].id = "ru_paper_2022".into();
    crate::support::all_at_once(&mut scenario, 100, 21);
    let law = "ru/paper/2022-01-01.law.md";
    let outcome = lived(&men(1, 2, 50), law, &scenario);
    assert_eq!((total(&outcome, "visits"), total(&outcome, "handed_over")), (300.0, 0.0));
    assert_eq!(total(&outcome, "unreached_away"), 100.0, "each notice is given up once");
    scenario.border.trips_per_year = number(0.0);
    let outcome = lived(&men(1, 2, 50), law, &scenario);
    assert_eq!((total(&outcome, "handed_over"), total(&outcome, "trips_begun")), (100.0, 0.0));
}

#[test]
fn departures_and_returns_follow_their_hazard_and_delay() {
    let mut scenario = quiet("reference_r1", "2023-01-01", 300);
    scenario.campaigns[0].selection = Selection::Everyone { age_min: 60, age_max: 64 };
    scenario.border.departures_per_year = number(0.5);
    scenario.border.returns = number(0.4);
    scenario.border.return_delay = fixed(50);
    let outcome = lived(&men(2, 2, 5_000), "reference/r1/2000-01-01.law.md", &scenario);
    let left_by = |days: f64| 20_000.0 * (1.0 - (-0.5 * days / 365.25_f64).exp());
    assert_near(total(&outcome, "left"), left_by(300.0), "left");
    assert_near(total(&outcome, "returned"), 0.4 * left_by(250.0), "returned");
    let abroad = outcome.daily.national(299, column(&outcome, "abroad")) as f64;
    assert_eq!(abroad, total(&outcome, "left") - total(&outcome, "returned"));
    assert_eq!(outcome.totals.left as f64, total(&outcome, "left"), "who has come back does not leave again");
    scenario.border.surges =
        vec![Surge { from: scenario.start, until: day("2023-02-19"), departures: number(6.0), trips: number(1.0) }];
    let outcome = lived(&men(2, 2, 5_000), "reference/r1/2000-01-01.law.md", &scenario);
    assert_near(total(&outcome, "left"), left_by(300.0 + 5.0 * 50.0), "left with a surge of fifty days");
}

#[test]
fn who_is_ill_on_his_day_shows_it_and_comes_when_he_is_well() {
    let mut scenario = quiet("ru_paper_2022", "2022-01-01", 150);
    scenario.channels = vec![crate::support::channel(ChannelKind::InHand)];
    crate::support::all_at_once(&mut scenario, 10_000, 20);
    scenario.response.decides = Decides::Aware;
    scenario.response.appears = number(1.0);
    scenario.response.timing = Timing::OnAppearanceDate { when_late: fixed(1) };
    scenario.valid_reason.spells_per_year = number(6.0);
    scenario.valid_reason.spell_length = fixed(9);
    scenario.valid_reason.shown = number(0.5);
    scenario.valid_reason.shown_delay = fixed(2);
    let outcome = lived(&men(1, 4, 2_500), "ru/paper/2022-01-01.law.md", &scenario);
    // Chance of falling ill on each day, of those who are well on it; a spell lasts nine days.
    let falls = 1.0 - (-6.0 / 365.25_f64).exp();
    let mut well = vec![1.0_f64];
    for day in 0..21_usize {
        let back = if day >= 9 { well[day - 9] * falls } else { 0.0 };
        let before: f64 = if day == 0 { 1.0 } else { well[day - 1] * (1.0 - falls) + back };
        well.truncate(day);
        well.push(before);
    }
    let ill = 1.0 - well[20] * (1.0 - falls);
    assert!(ill > 0.1, "{ill}");
    let on = |day: usize, name: &str| outcome.daily.national(day, column(&outcome, name)) as f64;
    assert_near(10_000.0 - on(20, "appeared"), 10_000.0 * ill, "ill on the date");
    assert_near(total(&outcome, "valid_reason_shown"), 10_000.0 * ill * 0.5, "shown");
    assert_eq!(on(22, "valid_reason_shown"), total(&outcome, "valid_reason_shown"));
    assert_eq!(total(&outcome, "appeared"), 10_000.0, "all come in the end");
    scenario.valid_reason.spells_per_year = number(0.0);
    let outcome = lived(&men(1, 4, 2_500), "ru/paper/2022-01-01.law.md", &scenario);
    assert_eq!((total(&outcome, "valid_reason_shown"), on_day(&outcome, 20, "appeared")), (0.0, 10_000));
}

fn on_day(outcome: &Outcome, day: usize, name: &str) -> u64 {
    outcome.daily.national(day, column(outcome, name))
}
