//! The contract campaign: how many sign by which channel equals what their hazards say, the willing run out, quotas raise effort up to a limit.

use crate::support::{alarm, bonus, books, contract, day, law_text, left_or_ended, men, number, quiet, quota, run};
use callup_sim::Outcome;
use callup_sim::journal::What;
use callup_sim::people::People;
use callup_sim::scenario::contract::{Channel, Party};
use callup_sim::scenario::{Scenario, Selection};
use std::collections::BTreeSet;

const DAYS: u16 = 210;

fn lived(people: &People, scenario: &Scenario) -> Outcome {
    run(people, &books(&[&law_text("reference/r1/2000-01-01.law.md")]), scenario)
}

fn total(outcome: &Outcome, name: &str) -> f64 {
    outcome.daily.total(outcome.daily.column(name).expect("a column")) as f64
}

/// 4.5 standard errors of a sum of independent events: one chance in 150,000 to fail on a right program.
fn assert_near(count: f64, expected: f64, what: &str) {
    assert!((count - expected).abs() <= 4.5 * expected.sqrt() + 1.0, "{what}: {count}, expected {expected}");
}

/// Nobody gets a notice; one contract is on offer.
fn recruiting() -> Scenario {
    let mut scenario = quiet("reference_r1", "2023-01-01", DAYS);
    scenario.campaigns[0].selection = Selection::Everyone { age_min: 60, age_max: 64 };
    scenario.contracts = vec![contract("ministry", Party::Ministry)];
    scenario
}

/// Hazard a day of a channel that reaches a share of whom a tenth signs.
fn daily(reach: f64) -> f64 {
    -(1.0 - reach * 0.1_f64).ln()
}

#[test]
fn as_many_sign_as_hazards_use_up_of_the_willing() {
    let outcome = lived(&men(1, 2, 5_000), &recruiting());
    // From 10 January on, one man in five; nobody studies.
    let (posters, calls, days) = (daily(0.02), daily(0.01), f64::from(DAYS) - 9.0);
    let signed = 2_000.0 * (1.0 - (-(posters + calls) * days).exp());
    assert_near(total(&outcome, "contracts_signed"), signed, "signed");
    assert_near(total(&outcome, "contracts_by_posters"), signed * posters / (posters + calls), "by posters");
    assert_eq!(total(&outcome, "contracts_by_places_of_study"), 0.0);
    let by_channel: f64 = outcome
        .daily
        .columns()
        .iter()
        .filter(|column| column.name.starts_with("contracts_by_"))
        .map(|column| total(&outcome, &column.name))
        .sum();
    assert_eq!(by_channel, total(&outcome, "contracts_signed"));
    let serving = outcome.daily.column("contract").expect("a column");
    assert_eq!(outcome.daily.national(usize::from(DAYS) - 1, serving) as f64, total(&outcome, "contracts_signed"));
    assert!(outcome.quota_weeks.is_empty() && outcome.environment.efforts.is_empty());
}

#[test]
fn the_willing_run_out() {
    let mut scenario = recruiting();
    scenario.contracts[0].channels[0].reach = number(1.0);
    let outcome = lived(&men(1, 1, 10_000), &scenario);
    assert_near(total(&outcome, "contracts_signed"), 2_000.0, "all of them");
    let column = outcome.daily.column("contracts_signed").expect("a column");
    let month = |first: usize| (first..first + 30).map(|day| outcome.daily.national(day, column)).sum::<u64>();
    assert!(month(150) * 20 < month(9), "{} after {}", month(150), month(9));
}

#[test]
fn a_channel_less_moves_only_those_who_had_signed_by_it() {
    let people = men(1, 2, 3_000);
    let mut scenario = Scenario { history_share: 1.0, ..recruiting() };
    let signers = |outcome: &Outcome, channel: Channel| -> BTreeSet<(u64, u16)> {
        let rows = outcome
            .histories
            .iter()
            .filter(|row| row.what == What::Signed && row.detail == channel as u16 && row.detail >> 8 == 0);
        rows.map(|row| (row.person.0, row.day)).collect()
    };
    let with = lived(&people, &scenario);
    scenario.contracts[0].channels.retain(|used| used.channel != Channel::ColdCalls);
    let without = lived(&people, &scenario);
    let (before, after) = (signers(&with, Channel::Posters), signers(&without, Channel::Posters));
    let moved: BTreeSet<u64> = signers(&with, Channel::ColdCalls).iter().map(|one| one.0).collect();
    assert!(before.is_subset(&after) && before.len() > 100 && moved.len() > 50);
    assert!(after.difference(&before).all(|one| moved.contains(&one.0)), "somebody else was moved");
}

#[test]
fn pay_bonus_and_alarm_move_the_hazard() {
    let people = men(2, 1, 5_000);
    let mut scenario = recruiting();
    scenario.contracts[0].elsewhere = number(0.0);
    let of_region = |outcome: &Outcome, region| {
        let column = outcome.daily.column("contracts_signed").expect("a column");
        (0..usize::from(DAYS)).map(|day| outcome.daily.value(day, region, column)).sum::<u64>() as f64
    };
    // A year's bonus as high as a year's pay doubles the ratio, and the hazard with it.
    scenario.bonuses = vec![bonus("XX-2", 2_400_000)];
    let outcome = lived(&people, &scenario);
    let rate = (daily(0.02) + daily(0.01)) * (f64::from(DAYS) - 9.0);
    assert_near(of_region(&outcome, 0), 1_000.0 * (1.0 - (-rate).exp()), "without a bonus");
    assert_near(of_region(&outcome, 1), 1_000.0 * (1.0 - (-2.0 * rate).exp()), "with one");
    let mut news = alarm();
    news.news[0].day = day("2022-12-31");
    (news.halving_days[0], news.willingness) = (number(3650.0), number(0.0));
    scenario.alarm = Some(news);
    let alarmed = lived(&people, &scenario);
    assert!(total(&alarmed, "contracts_signed") < total(&outcome, "contracts_signed") * 0.1);
}

#[test]
fn who_can_gain_a_million_signs_where_it_is_paid_and_counts_there() {
    let mut scenario = recruiting();
    scenario.bonuses = vec![bonus("XX-2", 1_000_000)];
    scenario.quota = Some(quota(day("2023-01-01"), 100));
    let outcome = lived(&men(2, 1, 2_000), &scenario);
    let moved = total(&outcome, "contracts_signed_elsewhere");
    assert!(moved > 50.0 && moved < total(&outcome, "contracts_signed"));
    let last = |region| outcome.quota_weeks.iter().rfind(|week| week.region == region).expect("a week");
    assert_eq!(last(0).actual, 0);
    // The quota has two hundred days, the run ten more.
    assert!(last(1).actual as f64 > total(&outcome, "contracts_signed") * 0.85);
}

#[test]
fn effort_grows_with_the_lag_up_to_its_limit_and_no_further() {
    let people = men(2, 2, 2_000);
    let usual = lived(&people, &recruiting());
    let wanting = |number_persons| {
        let mut scenario = recruiting();
        scenario.quota = Some(quota(day("2023-01-01"), number_persons));
        lived(&people, &scenario)
    };
    let (easy, hard) = (wanting(10), wanting(100_000));
    assert!(total(&hard, "contracts_signed") > total(&usual, "contracts_signed") * 1.5);
    let efforts: BTreeSet<u32> = hard.quota_weeks.iter().skip(2).map(|week| week.effort).collect();
    assert!(efforts.iter().all(|effort| (1000..=2500).contains(effort)) && efforts.contains(&2500), "{efforts:?}");
    let late = easy.quota_weeks.iter().filter(|week| week.day > 100);
    assert!(late.clone().count() > 20 && late.clone().all(|week| week.effort == 1000));
    let weeks: Vec<_> = hard.quota_weeks.iter().filter(|week| week.region == 0).collect();
    assert_eq!((weeks.len(), weeks[0].plan, weeks[29].plan), (30, 50_000 * 7 / 200, 50_000));
    assert!(weeks.windows(2).all(|pair| pair[0].plan <= pair[1].plan && pair[0].actual <= pair[1].actual));
}

#[test]
fn contracts_are_left_while_they_can_be_and_end_with_their_term() {
    let mut scenario = recruiting();
    let can_be_left = left_or_ended(contract("ministry", Party::Ministry));
    scenario.contracts = vec![callup_sim::scenario::contract::Contract { term: None, ..can_be_left.clone() }];
    let outcome = lived(&men(1, 1, 10_000), &scenario);
    let left = outcome.daily.column("contracts_left").expect("a column");
    // The last day on which it can be left is the 181st of the year.
    let on = |days: std::ops::Range<usize>| days.map(|day| outcome.daily.national(day, left)).sum::<u64>();
    assert!(on(0..181) > 50 && on(181..usize::from(DAYS)) == 0, "{} then {}", on(0..181), on(181..210));
    let ends = callup_sim::scenario::contract::Contract { leaving: None, party: Party::Company, ..can_be_left };
    scenario.contracts = vec![ends];
    let outcome = lived(&men(1, 1, 10_000), &scenario);
    let signed = outcome.daily.column("company_contracts").expect("a column");
    let over: u64 = (0..usize::from(DAYS) - 100).map(|day| outcome.daily.national(day, signed)).sum();
    assert_near(total(&outcome, "company_returned"), over as f64 * 0.5, "home after a hundred days");
    assert_eq!(total(&outcome, "contracts_signed"), 0.0);
}
