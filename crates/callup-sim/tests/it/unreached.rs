//! Why notices did not reach people: the largest error of the scenario is the largest cause in the tables, and each notice is given up once a way.

use crate::support::{books, channel, fixed, law_text, mixed_population, number, quiet, run};
use callup_sim::Outcome;
use callup_sim::people::{AgeTable, Layout, People, PopulationParameters, RegionPlan};
use callup_sim::random::{Draws, Probability};
use callup_sim::scenario::{Channel, ChannelKind, Reading, Scenario};

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

/// All notices on the first day, on paper and on the portal, with a date three weeks off.
fn all_ways() -> Scenario {
    let mut scenario = quiet("reference_r1", "2023-01-01", 60);
    scenario.campaigns[0].until = scenario.campaigns[0].from;
    scenario.campaigns[0].appearance_lead = fixed(21);
    let way = |kind| Channel { success: number(0.8), outcome_delay: fixed(2), attempts_max: 3, ..channel(kind) };
    scenario.channels =
        [ChannelKind::InHand, ChannelKind::Employer, ChannelKind::Post, ChannelKind::Account].map(way).to_vec();
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
    let outcome = run(&people(parameters), &books(&[&law_text("reference/r1/2000-01-01.law.md")]), scenario);
    let causes = causes(&outcome);
    assert!(causes[0].1 > 2 * causes[1].1, "no cause stands out: {causes:?}");
    causes[0].0.clone()
}

#[test]
fn the_greatest_error_of_the_scenario_is_the_main_cause() {
    // On the portal most of the others would come to know of it before anybody gives up.
    let mut scenario = all_ways();
    scenario.channels.truncate(3);
    let moved = PopulationParameters { at_address: flat(0.5), ..good_register() };
    assert_eq!(leading(&moved, &scenario), "unreached_lives_elsewhere");
    let mut stale = good_register();
    stale.record.address_stale = flat(0.5);
    assert_eq!(leading(&stale, &scenario), "unreached_address_out_of_date");
    let mut unknown = good_register();
    unknown.record.employer_lost = Probability::new(0.6).expect("a share");
    assert_eq!(leading(&unknown, &scenario), "unreached_no_employer_known");
    let scenario = all_ways();
    assert_eq!(
        leading(&PopulationParameters { account: flat(0.2), ..good_register() }, &scenario),
        "unreached_no_account"
    );
}

#[test]
fn a_notice_is_given_up_once_whatever_the_number_of_visits() {
    let mut scenario = all_ways();
    scenario.channels.truncate(1);
    let moved = PopulationParameters { at_address: flat(0.5), ..good_register() };
    let outcome = run(&people(&moved), &books(&[&law_text("reference/r1/2000-01-01.law.md")]), &scenario);
    let count = |name: &str| outcome.daily.total(outcome.daily.column(name).expect("a column"));
    let given_up: u64 = causes(&outcome).iter().map(|cause| cause.1).sum();
    assert_eq!(given_up + count("handed_over"), count("issued"));
    assert!(count("visits") > count("issued"));
    // Half of 12,000 do not live there; 5 standard errors.
    assert!(count("unreached_lives_elsewhere").abs_diff(6_000) < 275, "{}", count("unreached_lives_elsewhere"));
    assert!(count("unreached_not_at_home") > 20, "a fifth of a fifth of a fifth of those who do are not met");
}
