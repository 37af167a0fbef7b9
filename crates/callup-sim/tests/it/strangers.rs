//! One more man who shares nothing with the others changes no table but by what befell him, row for row.
//!
//! That his coming changes no other man's rows is in `chance.rs`; here stands the case of a drive that takes a share of those on record, where an
//! even spread of notices over the days must not pass him on to the next in the roll, and the sum of the tables.

use crate::lives::{is_event, is_recounted, recount};
use crate::support::{busy, but_trips, mixed, mixed_population, number, run, two_laws, uncoupled};
use callup_law::roles::Event;
use callup_sim::Outcome;
use callup_sim::journal::{HistoryRow, What};
use callup_sim::people::People;
use callup_sim::random::{Draws, PersonId};
use callup_sim::scenario::{Pace, Scenario, Selection};

/// Nobody waits for anybody: unlimited commissions, and of each selection a share, each on an office day of his own.
fn shares() -> Scenario {
    let mut scenario = uncoupled();
    scenario.history_share = 1.0;
    for campaign in &mut scenario.campaigns {
        campaign.pace = Pace::Share { share: number(0.7) };
    }
    scenario
}

fn rows_of(outcome: &Outcome, is: impl Fn(PersonId) -> bool) -> Vec<HistoryRow> {
    outcome.histories.iter().copied().filter(|row| is(row.person)).collect()
}

/// What the tables have more with the stranger is what his own history says.
fn assert_tables_differ_by(people: &People, own: &[HistoryRow], without: &Outcome, with: &Outcome) {
    let counts = recount(people, own);
    let columns = without.daily.columns().iter().enumerate().filter(|(_, column)| is_recounted(&column.name, false));
    for (place, column) in columns {
        for (day, region) in (0..with.daily.days()).flat_map(|day| (0..3).map(move |region| (day, region))) {
            let his = counts.get(&(day as u16, region, column.name.clone())).copied().unwrap_or(0);
            let (was, is) = (without.daily.value(day, region, place), with.daily.value(day, region, place));
            assert_eq!(was + his, is, "{} on day {day} in region {region}", column.name);
        }
    }
}

#[test]
fn a_stranger_in_a_drive_by_shares_changes_nobody_and_adds_himself_to_the_tables() {
    let (scenario, books) = (shares(), two_laws());
    let people = mixed(3, 8);
    let without = run(&people, &books, &scenario);
    let mut summoned = 0;
    for (birth_year, district) in [(1997, 0), (2001, 1), (2003, 0), (2004, 1), (2005, 0)] {
        let (more, stranger) = people
            .with_extra(2, birth_year, district, &mixed_population(), &Draws::new(20))
            .expect("room for one more");
        let with = run(&more, &books, &scenario);
        assert_eq!(rows_of(&with, |person| person != stranger), without.histories, "born in {birth_year}");
        let own = rows_of(&with, |person| person == stranger);
        summoned += own.iter().filter(|row| is_event(row, Event::Issued)).count();
        assert_tables_differ_by(&more, &own, &without, &with);
        assert_eq!(with.totals.people, without.totals.people + 1);
    }
    assert!(summoned >= 3, "the strangers got {summoned} notices: too few to change anything");
}

#[test]
fn one_who_is_too_old_for_everything_leaves_every_table_as_it_was() {
    // 34 in 2023: in no campaign's ages and, here, in none of those who depart. Everybody behind him stands in another row.
    let (mut scenario, books) = (busy(), two_laws());
    scenario.border.departure_ages = [18, 30];
    scenario.history_share = 1.0;
    let mut people = mixed(3, 20);
    let without = run(&people, &books, &scenario);
    for district in [0, 1] {
        let more = people.with_extra(1, 1988, district, &mixed_population(), &Draws::new(20));
        people = more.expect("the layout has his birth year").0;
    }
    let with = run(&people, &books, &scenario);
    assert_eq!(but_trips(&with), but_trips(&without));
    assert_eq!((&with.weekly, &with.histograms), (&without.weekly, &without.histograms));
    assert_eq!(with.histories, without.histories);
}

#[test]
fn a_campaign_that_takes_nobody_changes_nobody() {
    // A decreed number couples the districts of a nation every week. That of a campaign for whose ages nobody is there must not be felt.
    let (mut scenario, books, people) = (shares(), two_laws(), mixed(3, 12));
    // A drive that mends records runs up to the first day of a season, which begins in the middle of a week.
    scenario.campaigns[0].regions = None;
    scenario.campaigns[0].until = scenario.campaigns[1].from.plus_days(30);
    scenario.campaigns[1].from = scenario.campaigns[1].from.plus_days(3);
    let without = run(&people, &books, &scenario);
    let mut idle = busy().campaigns.remove(2);
    idle.name = "nobody".into();
    idle.selection = Selection::Everyone { age_min: 60, age_max: 64 };
    scenario.campaigns.push(idle);
    let with = run(&people, &books, &scenario);
    let differing = with.histories.iter().zip(&without.histories).find(|(with, without)| with != without);
    assert_eq!((differing, with.histories.len()), (None, without.histories.len()));
    assert_eq!((with.daily, with.weekly), (without.daily, without.weekly));
    assert!(without.histories.iter().filter(|row| row.what == What::RecordMended).count() > 20);
}
