//! Idle people cost nothing: the days of a run read no row of theirs and serve no entry for them, however many they are and however long it lasts.
//!
//! The counter of rows is kept where rows are scanned (`rows_of_ages`); entries of the agenda are counted where they are served.

use crate::support::{busy, but_trips, mixed_population, run, two_laws};
use callup_sim::Outcome;
use callup_sim::people::{Layout, People, RegionPlan};
use callup_sim::random::Draws;
use callup_sim::scenario::Scenario;

/// Two regions of men born from 1988 to 2007, and `idle` men a district and year born from 1960 to 1987, whom no campaign and no departure takes.
fn with_idle(idle: u32) -> People {
    let years = |each: u32| [vec![idle; 28], vec![each; 20]].concat();
    let plan = |code: u8| RegionPlan {
        code,
        iso_code: format!("XX-{code}"),
        inhabitants: 1000,
        districts: vec![years(12), years(15)],
    };
    let layout = Layout::new(&[plan(1), plan(2)], 1960, 48).expect("a layout");
    People::draw(layout, 2023, &mixed_population(), &Draws::new(20)).expect("people")
}

fn scenario(days: u16) -> Scenario {
    let mut scenario = Scenario { days, history_share: 1.0, ..busy() };
    scenario.border.departure_ages = [18, 30];
    scenario
}

fn lived(idle: u32, days: u16) -> (usize, Outcome) {
    let people = with_idle(idle);
    (people.len(), run(&people, &two_laws(), &scenario(days)))
}

#[test]
fn idle_people_cost_no_row_and_no_entry() {
    let (few, alone) = lived(0, 365);
    let (many, among) = lived(60, 365);
    assert!(many > 5 * few, "{many} people against {few}");
    assert!(alone.work.row_visits > 0);
    assert_eq!(alone.work.row_visits, among.work.row_visits, "rows");
    assert_eq!(alone.work.events, among.work.events, "entries served");
    assert_eq!(alone.work.peak_agenda, among.work.peak_agenda, "entries that wait");
    assert_eq!(alone.work.peak_matters, among.work.peak_matters, "matters");
    // And nobody is touched by them.
    assert_eq!(but_trips(&alone), but_trips(&among));
    let begun = |outcome: &Outcome| outcome.daily.total(outcome.daily.column("trips_begun").expect("a column"));
    assert!(begun(&among) > 5 * begun(&alone), "idle people travel all the same");
    assert_eq!(alone.histories, among.histories);
}

#[test]
fn days_read_no_rows() {
    // Every season of the busy year has begun by its 280th day; after it only days pass.
    let (people, short) = lived(3, 280);
    let (_, long) = lived(3, 365);
    assert_eq!(short.work.row_visits, long.work.row_visits);
    // Three campaigns and one look at who departs.
    assert!(long.work.row_visits <= 4 * people as u64, "{} rows of {people} people", long.work.row_visits);
}
