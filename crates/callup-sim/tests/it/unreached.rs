//! Why notices did not reach people: the largest error of the scenario is the largest cause in the tables, and each notice has one.

use crate::support::{all_at_once, books, channel, fixed, law_text, mixed_population, number, quiet, run};
use callup_sim::Outcome;
use callup_sim::people::{AgeTable, Layout, People, PopulationParameters, RegionPlan};
use callup_sim::random::{Draws, Probability};
use callup_sim::scenario::{Channel, ChannelKind, Reading, Scenario};
use callup_sim::tally::{CAUSES, Flow, is_dated};

/// Twelve thousand men born from 1996 to 2005, with these traits.
fn people(parameters: &PopulationParameters) -> People {
    let plan = |code: u8| RegionPlan {
        code,
        iso_code: format!("XX-{code}"),
        inhabitants: 1000,
        districts: vec![vec![300; 10], vec![300; 10]],
    };
    let layout = Layout::new(&[plan(1), plan(2)], 1996, 10).expect("a layout");
    People::draw(layout, 2023, parameters, &Draws::new(7)).expect("people")
}

/// The law on paper: served is only who has the notice in his hands.
const LAW: &str = "ru/paper/2022-01-01.law.md";

/// All notices on the first day, in these ways, with a date three weeks off.
fn ways(kinds: &[ChannelKind]) -> Scenario {
    let mut scenario = quiet("ru_paper_2022", "2023-01-01", 60);
    all_at_once(&mut scenario, 12_000, 21);
    let way = |kind| Channel { success: number(0.8), outcome_delay: fixed(2), attempts_max: 3, ..channel(kind) };
    scenario.channels = kinds.iter().copied().map(way).collect();
    scenario.reading = Reading::Timeline { stretch_days: [1, 7, 30], basis: crate::support::basis() };
    scenario
}

fn flat(value: f64) -> AgeTable {
    AgeTable::uniform(value).expect("a share")
}

/// Little is wrong with the register.
fn good_register() -> PopulationParameters {
    let mut parameters = mixed_population();
    (parameters.at_address, parameters.account) = (flat(0.95), flat(0.95));
    (parameters.works, parameters.student_works) = (flat(1.0), flat(1.0));
    parameters.employer_reports = Probability::new(0.95).expect("a share");
    parameters.record.missing = flat(0.01);
    parameters.record.address_stale = flat(0.02);
    parameters.record.employer_lost = Probability::new(0.02).expect("a share");
    parameters.reading = callup_sim::random::KindTable::new(&[0.9, 0.1, 0.0, 0.0]).expect("weights");
    parameters
}

/// Causes with their counts, the greatest first.
fn causes(outcome: &Outcome) -> Vec<(String, u64)> {
    let columns =
        outcome.daily.columns().iter().enumerate().filter(|(_, column)| column.name.starts_with("unreached_"));
    let mut causes: Vec<(String, u64)> =
        columns.map(|(place, column)| (column.name.clone(), outcome.daily.total(place))).collect();
    causes.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    causes
}

fn leading(parameters: &PopulationParameters, scenario: &Scenario) -> String {
    let outcome = run(&people(parameters), &books(&[&law_text(LAW)]), scenario);
    let causes = causes(&outcome);
    assert!(causes[0].1 > 2 * causes[1].1, "no cause stands out: {causes:?}");
    causes[0].0.clone()
}

#[test]
fn the_greatest_error_of_the_scenario_is_the_main_cause() {
    let moved = PopulationParameters { at_address: flat(0.5), ..good_register() };
    assert_eq!(leading(&moved, &ways(&[ChannelKind::InHand, ChannelKind::Post])), "unreached_lives_elsewhere");
    let mut stale = good_register();
    stale.record.address_stale = flat(0.5);
    assert_eq!(leading(&stale, &ways(&[ChannelKind::InHand, ChannelKind::Post])), "unreached_address_out_of_date");
    let mut unknown = good_register();
    unknown.record.employer_lost = Probability::new(0.6).expect("a share");
    assert_eq!(leading(&unknown, &ways(&[ChannelKind::Employer])), "unreached_no_employer_known");
    let without = PopulationParameters { account: flat(0.2), ..good_register() };
    assert_eq!(leading(&without, &ways(&[ChannelKind::Account])), "unreached_no_account");
    let mut unread = good_register();
    unread.reading = callup_sim::random::KindTable::new(&[0.1, 0.0, 0.0, 0.9]).expect("weights");
    assert_eq!(leading(&unread, &ways(&[ChannelKind::Account])), "unreached_not_read");
}

#[test]
fn who_does_not_hear_of_a_published_list_is_not_reached() {
    let outcome = run(&people(&good_register()), &books(&[&law_text(LAW)]), &ways(&[ChannelKind::Published]));
    let count = |name: &str| outcome.daily.total(outcome.daily.column(name).expect("a column"));
    assert_eq!((count("placed"), count("placed_in_account")), (count("issued"), 0));
    // A fifth of 12,000 never hear of it; 5 standard errors. The law of 2022 knows no list, so that nobody is served by it.
    let unheard = count("unreached_not_read");
    assert!(unheard.abs_diff(2_400) < 220, "{unheard}");
    assert_eq!((count("opened"), count("served")), (count("issued") - unheard, 0));
}

#[test]
fn a_way_that_cannot_be_tried_is_no_cause_beside_one_that_is() {
    // Six in ten have no employer on record, and only three in ten live elsewhere.
    let mut parameters = PopulationParameters { at_address: flat(0.7), ..good_register() };
    parameters.record.employer_lost = Probability::new(0.6).expect("a share");
    let scenario = ways(&[ChannelKind::InHand, ChannelKind::Employer]);
    assert_eq!(leading(&parameters, &scenario), "unreached_lives_elsewhere");
}

#[test]
fn every_notice_is_reached_or_has_one_cause() {
    let mut scenario = ways(&[ChannelKind::InHand]);
    let moved = PopulationParameters { at_address: flat(0.5), ..good_register() };
    let outcome = run(&people(&moved), &books(&[&law_text(LAW)]), &scenario);
    let count = |outcome: &Outcome, name: &str| outcome.daily.total(outcome.daily.column(name).expect("a column"));
    let all = |outcome: &Outcome| causes(outcome).iter().map(|cause| cause.1).sum::<u64>();
    assert_eq!(all(&outcome) + count(&outcome, "handed_over"), count(&outcome, "issued"));
    assert!(count(&outcome, "visits") > count(&outcome, "issued"));
    // Half of 12,000 do not live there; 5 standard errors.
    let elsewhere = count(&outcome, "unreached_lives_elsewhere");
    assert!(elsewhere.abs_diff(6_000) < 275, "{elsewhere}");
    assert!(count(&outcome, "unreached_not_at_home") > 20, "a fifth of a fifth of a fifth of those who do are not met");
    let on_the_date = outcome.daily.national(21, outcome.daily.column("unreached_lives_elsewhere").expect("a column"));
    assert_eq!(on_the_date, elsewhere, "all are counted on the date of appearance");
    let indicator = |name: &str| {
        let of_all =
            |row: &&callup_sim::IndicatorRow| row.name == name && row.region.is_none() && row.stratum.is_none();
        outcome.whole.iter().find(of_all).map(|row| (row.value, row.of)).expect("the indicator")
    };
    assert_eq!(indicator("unreached"), (all(&outcome), Some(count(&outcome, "issued"))));
    assert_eq!(indicator("unreached_lives_elsewhere"), (elsewhere, Some(all(&outcome))));
    // Nobody comes before the date, so nothing has failed by then.
    scenario.channels[0].act_delay = fixed(22);
    let outcome = run(&people(&moved), &books(&[&law_text(LAW)]), &scenario);
    assert_eq!(count(&outcome, "unreached_under_way"), count(&outcome, "issued"));
    assert_eq!(all(&outcome), count(&outcome, "issued"));
}

#[test]
fn causes_and_what_is_known_late_are_the_same_columns() {
    let dated: Vec<&Flow> = Flow::ALL.iter().filter(|flow| is_dated(**flow as u16)).collect();
    let expected: Vec<&Flow> = [Flow::ServedDated, Flow::Missed].iter().chain(&CAUSES).collect();
    assert_eq!(dated, expected);
}
