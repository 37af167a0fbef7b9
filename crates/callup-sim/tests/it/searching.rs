//! Looking for people, held to closed forms: how many are found, wrongly stopped, and stopped on a stale listing.
//!
//! Everybody defaults on one day, so that the length of the list is known; then each count is a sum of independent events with a known mean.

use crate::support::{books, fixed, law_text, men, number, people_of, quiet, run, search};
use callup_sim::Outcome;
use callup_sim::people::{Attribute, People, Person, PersonSpec};
use callup_sim::scenario::{Outcome as CommissionOutcome, Reading, Scenario, Search, SearchKind};

/// Day on which all are in default under R1: nobody reads, so service is deemed on the seventh day and default comes twenty days later.
const DEFAULT: u32 = 27;
const DAYS: u16 = 128;
/// Days on which the list is at work.
const AT_WORK: f64 = 100.0;
/// Inhabitants of a region of the tests.
const INHABITANTS: f64 = 1000.0;

/// One notice for everybody on the first day; nobody comes by himself.
fn all_default(searches: Vec<Search>) -> Scenario {
    let mut scenario = quiet("reference_r1", "2023-01-01", DAYS);
    scenario.campaigns[0].until = scenario.campaigns[0].from;
    scenario.reading = Reading::PerNotice { probability: number(0.0), delay: fixed(0) };
    scenario.response.appears = number(0.0);
    scenario.response.comes_late_daily = number(0.0);
    scenario.response.located_daily = number(0.0);
    scenario.searches = searches;
    scenario
}

/// So many searches a day in a region of the tests.
fn a_day(kind: SearchKind, searches: f64) -> Search {
    Search {
        searches: number(searches * 100_000.0 / INHABITANTS),
        hit: number(0.0),
        mistaken_at_10000: number(0.0),
        removal_delay: fixed(0),
        end_not_entered: number(0.0),
        ..search(kind)
    }
}

fn lived(people: &People, scenario: &Scenario) -> Outcome {
    run(people, &books(&[&law_text("reference/r1/2000-01-01.law.md")]), scenario)
}

fn total(outcome: &Outcome, column: &str) -> f64 {
    outcome.daily.total(outcome.daily.column(column).expect("a column")) as f64
}

/// 4.5 standard errors of a sum of rare independent events: one chance in 150,000 to fail on a right program.
fn assert_near(count: f64, expected: f64, what: &str) {
    assert!((count - expected).abs() <= 4.5 * expected.sqrt() + 1.0, "{what}: {count}, expected {expected}");
}

#[test]
fn as_many_are_found_as_searches_hit_whatever_the_length_of_the_list() {
    for each in [400, 4_000] {
        let cameras = Search { hit: number(0.25), ..a_day(SearchKind::Cameras, 8.0) };
        let outcome = lived(&men(2, 2, each), &all_default(vec![cameras]));
        // Eight searches a day in each of two regions find a quarter of those they look for; nobody can be found twice.
        assert_near(total(&outcome, "found_by_cameras"), 2.0 * 8.0 * 0.25 * AT_WORK, "found");
        assert_eq!(total(&outcome, "found_by_cameras"), total(&outcome, "located"));
        assert_eq!(total(&outcome, "stale_stops_by_cameras"), 0.0, "the list is kept without delay");
        let entered = outcome.daily.column("list_entered").expect("a column");
        assert_eq!(
            outcome.daily.national(DEFAULT as usize, entered),
            4 * each as u64,
            "all come onto the list at default"
        );
    }
}

#[test]
fn scale_changes_what_a_man_stands_for_and_not_the_rates() {
    let cameras = Search {
        hit: number(0.25),
        mistaken_at_10000: number(0.5),
        mistaken_ages: [35, 45],
        ..a_day(SearchKind::Cameras, 40.0)
    };
    let mut scenario = all_default(vec![cameras]);
    scenario.scale = 0.2;
    scenario.campaigns[0].selection = callup_sim::scenario::Selection::Everyone { age_min: 16, age_max: 26 };
    let outcome = lived(&half_of_them_old(800), &scenario);
    // A fifth of the searches; of the 4,000 real men whom 800 stand for, half are listed.
    assert_near(total(&outcome, "found_by_cameras"), 0.2 * 40.0 * 0.25 * AT_WORK, "found");
    let left = AT_WORK * 0.2 * 40.0 * 0.25 / 2.0;
    let mean_list = (400.0 - left) / 0.2;
    assert_near(
        total(&outcome, "wrongly_stopped_by_cameras"),
        0.2 * 40.0 * 0.5 * mean_list / 10_000.0 * AT_WORK,
        "wrong",
    );
}

/// Men of one region and two districts, every other one 40 years old and outside every campaign.
fn half_of_them_old(count: usize) -> People {
    let man = |place: usize| {
        let born = if place.is_multiple_of(2) { "1997-06-15" } else { "1983-06-15" };
        PersonSpec {
            region_code: 1,
            district: (place / 2 % 2) as u16,
            person: crate::support::man_of(crate::support::day(born)),
        }
    };
    people_of(1, 2, &(0..count).map(man).collect::<Vec<_>>())
}

#[test]
fn wrong_persons_are_stopped_in_proportion_to_the_list_and_only_at_the_ages_in_question() {
    let cameras =
        |ages| Search { mistaken_at_10000: number(0.6), mistaken_ages: ages, ..a_day(SearchKind::Cameras, 50.0) };
    let mut scenario = all_default(vec![cameras([35, 45])]);
    scenario.campaigns[0].selection = callup_sim::scenario::Selection::Everyone { age_min: 16, age_max: 26 };
    let people = half_of_them_old(4_000);
    let outcome = lived(&people, &scenario);
    let expected = 50.0 * 0.6 * 2_000.0 / 10_000.0 * AT_WORK;
    assert_near(total(&outcome, "wrongly_stopped_by_cameras"), expected, "wrongly stopped");
    // The young are all listed, and who is listed is not taken for another.
    scenario.searches = vec![cameras([18, 30])];
    assert_eq!(total(&lived(&people, &scenario), "wrongly_stopped_by_cameras"), 0.0);
    scenario.searches = Vec::new();
    let without = lived(&people, &scenario);
    assert_eq!((total(&without, "list_entered"), total(&without, "wrongly_stopped_by_cameras")), (0.0, 0.0));
}

#[test]
fn searches_beyond_measure_stop_everybody_once_a_day() {
    let beyond = |hit, mistaken| Search {
        hit: number(hit),
        mistaken_at_10000: number(mistaken),
        mistaken_ages: [35, 45],
        removal_delay: fixed(DAYS),
        ..a_day(SearchKind::Cameras, 1e300)
    };
    let mut scenario = all_default(vec![beyond(0.0, 1.0)]);
    scenario.campaigns[0].selection = callup_sim::scenario::Selection::Everyone { age_min: 16, age_max: 26 };
    let people = half_of_them_old(80);
    assert_eq!(total(&lived(&people, &scenario), "wrongly_stopped_by_cameras"), 40.0 * AT_WORK);
    // All are found on the first day, and stay listed as long as the run; nobody is dispatched out of sight.
    scenario.searches = vec![beyond(1.0, 0.0)];
    scenario.commission.outcome = CommissionOutcome::Shares { deferred: number(1.0), exempted: number(0.0) };
    let outcome = lived(&people, &scenario);
    let stops = ["found_by_cameras", "stale_stops_by_cameras"].map(|name| total(&outcome, name));
    assert_eq!(stops, [40.0, 40.0 * (AT_WORK - 1.0)]);
}

#[test]
fn a_list_that_lags_stops_those_who_have_come() {
    // All come on the day after default, and stay listed for twenty days: each is met with a hazard of 0.02 on each of them.
    let each = 4_000.0;
    let cameras = |delay_days, never| Search {
        hit: number(0.02),
        removal_delay: fixed(delay_days),
        end_not_entered: number(never),
        ..a_day(SearchKind::Cameras, each)
    };
    let mut scenario = all_default(vec![cameras(20, 0.0)]);
    scenario.response.comes_late_daily = number(1.0);
    // Nobody is dispatched out of sight.
    scenario.commission.outcome = CommissionOutcome::Shares { deferred: number(1.0), exempted: number(0.0) };
    let outcome = lived(&men(1, 1, each as usize), &scenario);
    assert_near(total(&outcome, "found_by_cameras"), each * 0.02, "found on the day on which all come anyway");
    assert_near(total(&outcome, "stale_stops_by_cameras"), each * 20.0 * 0.02, "stopped though they have come");
    // One in ten is never taken off: 79 more days for a list a tenth as long, on which the same searches find ten times as often.
    scenario.searches = vec![cameras(20, 0.1)];
    let outcome = lived(&men(1, 1, each as usize), &scenario);
    // Where the hazard of a day is high some would be met twice in it and are met once.
    let a_day_of_the_few = each * 0.1 * (1.0 - (-0.2_f64).exp());
    assert_near(
        total(&outcome, "stale_stops_by_cameras"),
        each * 20.0 * 0.02 + (AT_WORK - 21.0) * a_day_of_the_few,
        "stopped on listings that never end",
    );
}

#[test]
fn employers_find_those_who_work_and_nobody_else() {
    let with = |works: bool| {
        let man = crate::support::man();
        let attributes = man.truth().attributes().with(Attribute::Works, works);
        Person::new(man.born(), None, attributes, man.errors())
    };
    let specs: Vec<PersonSpec> =
        (0..4_000).map(|place| PersonSpec { region_code: 1, district: 0, person: with(place % 4 == 0) }).collect();
    let way = |kind| Search { hit: number(0.5), ..a_day(kind, 20.0) };
    let scenario = all_default(vec![way(SearchKind::Employers), way(SearchKind::PlacesOfStudy)]);
    let outcome = lived(&people_of(1, 1, &specs), &scenario);
    let found = total(&outcome, "found_by_employers");
    // Searches go to all listed alike, and find only those who work: 1,000 of 4,000 at first, x of 3,000 + x later.
    let expected = (0..100).fold(1_000.0_f64, |left, _| left * (1.0 - 10.0 / (3_000.0 + left)));
    assert_near(found, 1_000.0 - expected, "found at work");
    assert_eq!(total(&outcome, "found_by_places_of_study"), 0.0, "nobody studies");
}
