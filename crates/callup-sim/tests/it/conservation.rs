//! Nothing is lost and nothing comes from nowhere: stocks balance, measures have grounds, offices keep to their limits, days read no crowd.
//!
//! Every run of these tests also counts everything anew every day (`support::run`).

use crate::support::{books, busy, law_text, men, mixed, number, quiet, run, two_laws};
use callup_law::roles::{Event, MeasureKind};
use callup_sim::Outcome as Run;
use callup_sim::indicators::ColumnKind;
use callup_sim::journal::{HistoryRow, What};
use callup_sim::scenario::{Capacity, Outcome, Pace};
use std::collections::BTreeMap;

fn at(outcome: &Run, name: &str) -> usize {
    outcome.daily.column(name).unwrap_or_else(|| panic!("a column `{name}`"))
}

#[test]
fn stocks_are_yesterdays_plus_what_came_minus_what_went() {
    let outcome = run(&mixed(3, 40), &two_laws(), &busy());
    let balances = [
        ("matters_open", "matters_opened", "matters_closed"),
        ("at_served", "entered_served", "departed_served"),
        ("exit_ban_grounds_standing", "exit_ban_on", "exit_ban_off"),
        ("exit_ban_standing", "exit_ban_restricted", "exit_ban_freed"),
        ("driving_ban_standing", "driving_ban_restricted", "driving_ban_freed"),
    ];
    for (stock, came, went) in
        balances.map(|(stock, came, went)| (at(&outcome, stock), at(&outcome, came), at(&outcome, went)))
    {
        for region in 0..outcome.daily.regions() {
            let mut standing = 0;
            for day in 0..outcome.daily.days() {
                standing = standing + outcome.daily.value(day, region, came) - outcome.daily.value(day, region, went);
                assert_eq!(standing, outcome.daily.value(day, region, stock));
            }
            assert!(standing > 0, "the stock is never empty at the end of this run");
        }
    }
}

#[test]
fn every_mechanism_of_the_busy_year_is_taken() {
    let outcome = run(&mixed(4, 60), &two_laws(), &busy());
    let idle = |name: &str| outcome.daily.total(at(&outcome, name)) == 0;
    let flows = outcome.daily.columns().iter().filter(|column| column.kind == ColumnKind::Flow);
    let idle: Vec<&str> = flows.map(|column| column.name.as_str()).filter(|name| idle(name)).collect();
    // These two laws set no bound on the date, bar nobody before service, ask nobody for his circumstances, and never leave a final state.
    // The register is always used and serves before any date, so that nothing fails for being unread or for want of an account.
    let cannot = |name: &&str| {
        let from_final = ["departed_lapsed", "departed_closed", "departed_deferred", "departed_called_up"];
        from_final.contains(name)
            || name.ends_with("_unserved")
            || name.ends_with("_assessed")
            // Nothing is mobilised, and there is no training.
            || name.contains("mobilis")
            || name.starts_with("employer_")
            // A season is over before the three months to file are.
            || *name == "remedies_late"
            || ["void", "irregular", "visits_training", "unreached_not_read", "unreached_no_account"].contains(name)
    };
    let missed: Vec<&&str> = idle.iter().filter(|name| !cannot(name)).collect();
    assert!(missed.is_empty(), "columns without a single count: {missed:?}");
}

#[test]
fn no_measure_comes_into_effect_without_its_start_being_due() {
    let outcome = run(&mixed(3, 60), &two_laws(), &callup_sim::scenario::Scenario { history_share: 1.0, ..busy() });
    let mut due: BTreeMap<_, i32> = BTreeMap::new();
    let mut put_on = 0;
    for row in &outcome.histories {
        let ground = (row.person, row.campaign, row.detail);
        match row.what {
            What::StartDue => *due.entry(ground).or_default() += 1,
            What::On => {
                put_on += 1;
                assert!(due.get(&ground).is_some_and(|due| *due > 0), "{row:?}");
            }
            _ => {}
        }
    }
    assert!(put_on > 1000, "{put_on}");
}

/// Rows of one event of the vocabulary.
fn events(outcome: &Run, event: Event) -> impl Iterator<Item = &HistoryRow> {
    outcome.histories.iter().filter(move |row| row.what == What::Event && row.detail == event as u16)
}

#[test]
fn one_man_can_have_two_notices_at_once() {
    let mut scenario = quiet("ru_127fz", "2023-04-14", 200);
    let busy = busy();
    (scenario.answers, scenario.agencies) = (busy.answers, busy.agencies);
    scenario.history_share = 1.0;
    // Nobody is dispatched, so everybody is there for both.
    scenario.commission.outcome = Outcome::Shares { deferred: number(1.0), exempted: number(0.0) };
    let mut second = scenario.campaigns[0].clone();
    second.name = "second".into();
    scenario.campaigns.push(second);
    let law = law_text("ru/127-fz/2023-04-14.law.md");
    let outcome = run(&men(1, 2, 200), &books(&[&law]), &scenario);
    assert_eq!(events(&outcome, Event::Issued).count(), 800);
    assert_eq!(outcome.totals.summoned, 400);
    let (grounds, persons) = (at(&outcome, "exit_ban_grounds_standing"), at(&outcome, "exit_ban_standing"));
    let on = |day: usize| (outcome.daily.national(day, grounds), outcome.daily.national(day, persons));
    assert!((0..200).all(|day| on(day).0 >= on(day).1));
    assert!((0..200).any(|day| on(day).0 > on(day).1), "some day a man is under two grounds");
}

#[test]
fn a_commission_takes_what_its_capacity_allows() {
    let mut scenario = busy();
    scenario.commission.capacity = Capacity::National { decisions_per_year: number(120.0), headroom: number(1.0) };
    let outcome = run(&mixed(3, 60), &two_laws(), &scenario);
    let (examined, queued) =
        (outcome.daily.total(at(&outcome, "examined")), outcome.daily.total(at(&outcome, "queued")));
    assert!(queued > 300, "more come than can be decided: {queued}");
    // Six commissions share 120 decisions; each may lose the fraction of one, and capacity before its first visitor.
    assert!((60..=120).contains(&examined), "{examined}");
    let weekend = |day: usize| (crate::support::day("2023-01-01").plus_days(day as i32)).weekday() as u8 >= 5;
    let on_weekends: u64 =
        (0..365).filter(|day| weekend(*day)).map(|day| outcome.daily.national(day, at(&outcome, "examined"))).sum();
    assert_eq!(on_weekends, 0);
}

#[test]
fn no_more_are_called_up_than_decreed() {
    let mut scenario = busy();
    scenario.commission.capacity = Capacity::Unlimited;
    for campaign in &mut scenario.campaigns {
        if let Some(decreed) = campaign.decreed.as_mut().filter(|decreed| decreed.number > 0) {
            (decreed.number, decreed.regions) = (20, vec![("XX-1".into(), 5)]);
        }
        if let Pace::PerDecreed { notices_per_decreed, .. } = &mut campaign.pace {
            *notices_per_decreed = number(20.0);
        }
    }
    // A call-up that falls on a remedy leaves its place to somebody else: more are decided than decreed, and no more stand on any day.
    let outcome = run(&mixed(3, 60), &two_laws(), &scenario);
    let standing = |day, region| outcome.daily.value(day, region, at(&outcome, "call_ups_standing"));
    assert!((0..365).all(|day| standing(day, 0) <= 10 && standing(day, 1) + standing(day, 2) <= 30));
    let (decided, fallen) =
        (outcome.daily.total(at(&outcome, "called_up")), outcome.daily.total(at(&outcome, "call_ups_fallen")));
    assert_eq!(decided - fallen, (0..3).map(|region| standing(364, region)).sum::<u64>());
    assert!(fallen > 0 && decided > 40, "{decided} decided, {fallen} fallen");
    // Without remedies, what is decided stands.
    scenario.recourse.remedies.clear();
    let outcome = run(&mixed(3, 60), &two_laws(), &scenario);
    let called = |region| (0..365).map(|day| outcome.daily.value(day, region, at(&outcome, "called_up"))).sum::<u64>();
    assert_eq!(called(0), 10, "the region whose number is known, twice");
    assert_eq!(called(1) + called(2), 30, "the rest of both numbers");
    assert!(outcome.daily.total(at(&outcome, "not_called_up")) > 0);
}

#[test]
fn the_day_loop_reads_no_crowd() {
    let people = mixed(3, 100);
    let outcome = run(&people, &two_laws(), &busy());
    // Once for each campaign and once for departures, and never by the day.
    assert!(outcome.work.row_visits <= 4 * people.len() as u64, "{} rows", outcome.work.row_visits);
    assert!(outcome.work.row_visits > 0);
}

#[test]
fn nobody_knows_of_a_restriction_that_does_not_stand() {
    let outcome = run(&mixed(3, 60), &two_laws(), &busy());
    for kind in
        MeasureKind::ALL.iter().filter(|kind| outcome.daily.column(&format!("{}_standing", kind.word())).is_some())
    {
        let column = |stock: &str| at(&outcome, &format!("{}_{stock}", kind.word()));
        let (all, unseen) = (column("standing"), column("standing_unseen"));
        let (wrongful, by_record) = (column("standing_wrongful"), column("standing_wrongful_by_record"));
        for day in 0..365 {
            let value = |column| outcome.daily.national(day, column);
            assert!(
                value(unseen) <= value(all) && value(by_record) <= value(wrongful) && value(wrongful) <= value(all)
            );
        }
        assert!(outcome.daily.total(unseen) > 0 && outcome.daily.total(by_record) > 0, "{}", kind.word());
        assert!(outcome.daily.total(wrongful) > outcome.daily.total(by_record), "some rules are too broad");
    }
}
