//! No measure without a ground, no row without a reason, nobody lost: on small scenarios whose values are drawn at random.
//!
//! Each run counts everything anew every day (`support::run`). Beside that, what the histories say is held against the text of the laws and
//! against the daily table: a start needs its state entered, an effect its start, an end its lift; and the table is the sum of the histories.

use crate::lives::{Place, by_matter, is_recounted, place_of, recount};
use crate::support::{basis, books, busy, day, law_text, mixed, number, run, uniform};
use callup_law::roles::MeasureKind;
use callup_law::rulebook::Rulebook;
use callup_naive::random_law::Stream;
use callup_sim::Outcome as Run;
use callup_sim::journal::{Cause, HistoryRow, What};
use callup_sim::people::People;
use callup_sim::scenario::{Capacity, ConditionSetting, Decides, LawInForce, Outcome, Pace, Reading, Scenario, Timing};
use std::collections::BTreeMap;

const SCENARIOS: u64 = 40;
const DAYS: u16 = 170;

/// The chains of shipped laws that a run may live under; the second change comes within the run.
pub const CHAINS: &[&[(&str, &str, &str)]] = &[
    &[
        ("ru/paper/2022-01-01.law.md", "ru_paper_2022", "2023-03-01"),
        ("ru/127-fz/2023-04-14.law.md", "ru_127fz", "2023-04-14"),
        ("ru/437-fz/2023-08-04.law.md", "ru_437fz", "2023-08-04"),
    ],
    &[
        ("ru/paper/2022-01-01.law.md", "ru_paper_2022", "2023-03-01"),
        ("ru/as-reported/2023-04-14.law.md", "ru_as_reported_2023", "2023-04-14"),
    ],
    &[
        ("ru/127-fz/2023-04-14.law.md", "ru_127fz", "2023-05-01"),
        ("ru/437-fz/2023-08-04.law.md", "ru_437fz", "2023-08-04"),
    ],
    &[
        ("ru/437-fz/2023-08-04.law.md", "ru_437fz", "2025-10-01"),
        ("ru/year-round/2026-01-01.law.md", "ru_2026", "2026-01-01"),
    ],
];

fn chain_of(stream: &mut Stream) -> (Vec<Rulebook>, Vec<LawInForce>) {
    let chain = stream.pick(CHAINS);
    let texts: Vec<String> = chain.iter().map(|(path, _, _)| law_text(path)).collect();
    let laws = chain.iter().map(|(_, id, from)| LawInForce { id: (*id).into(), from: day(from) });
    (books(&texts.iter().map(String::as_str).collect::<Vec<_>>()), laws.collect())
}

/// A share that is often none or all.
fn share(stream: &mut Stream) -> f64 {
    stream.pick(&[0.0, 0.05, 0.3, 0.7, 1.0])
}

fn scenario(stream: &mut Stream, rulebooks: &[Rulebook], laws: Vec<LawInForce>) -> Scenario {
    let start = laws[0].from;
    let mut scenario = Scenario { start, days: DAYS, laws, history_share: 1.0, ..busy() };
    scenario.seed = stream.next_number();
    let switches = rulebooks.iter().flat_map(|book| &book.switches);
    scenario.answers = switches
        .map(|switch| (switch.name.clone(), switch.options[stream.below(switch.options.len())].clone()))
        .collect();
    let condition = |from: i32, regions: Option<&str>, value| ConditionSetting {
        name: "register_works".into(),
        from: start.plus_days(from),
        regions: regions.map(|iso| vec![iso.into()]),
        value,
        basis: basis(),
    };
    scenario.conditions = vec![condition(0, None, stream.one_in(2)), condition(60, Some("XX-1"), stream.one_in(2))];
    people_answer(stream, &mut scenario);
    offices_work(stream, &mut scenario);
    campaigns_run(stream, &mut scenario);
    scenario
}

fn people_answer(stream: &mut Stream, scenario: &mut Scenario) {
    let response = &mut scenario.response;
    response.decides = stream.pick(&[Decides::Aware, Decides::Served]);
    response.appears = number(share(stream));
    response.comes_late_daily = number(share(stream) / 10.0);
    response.measure_factor = number(stream.pick(&[0.0, 1.0, 4.0]));
    response.located_daily = number(share(stream) / 10.0);
    response.tries_to_leave = number(share(stream));
    if stream.one_in(2) {
        response.timing = Timing::AfterDeciding(uniform(0, 9));
    }
    if stream.one_in(2) {
        scenario.reading = Reading::PerNotice { probability: number(share(stream)), delay: uniform(0, 20) };
    }
    scenario.border.trips_per_year = number(stream.pick(&[0.0, 2.0, 60.0]));
    scenario.border.departures_per_year = number(stream.pick(&[0.0, 0.05, 1.0]));
    scenario.border.ban_seen = number(share(stream));
}

fn offices_work(stream: &mut Stream, scenario: &mut Scenario) {
    for channel in &mut scenario.channels {
        (channel.from, channel.used) = (scenario.start.plus_days(stream.below(50) as i32), number(share(stream)));
        channel.success = number(share(stream));
    }
    for agency in &mut scenario.agencies {
        agency.start_latency = uniform(0, stream.below(12) as u16);
        agency.lift_latency = uniform(0, stream.below(40) as u16);
    }
    let commission = &mut scenario.commission;
    if stream.one_in(3) {
        commission.capacity = Capacity::Unlimited;
    } else {
        let decisions_per_year = number(stream.pick(&[30.0, 300.0, 3_000.0]));
        commission.capacity = Capacity::National { decisions_per_year, headroom: number(1.2) };
    }
    if stream.one_in(2) {
        commission.outcome = Outcome::Shares { deferred: number(0.4), exempted: number(share(stream) * 0.6) };
    }
    (commission.examination_delay, commission.dispatch_delay) = (uniform(0, 4), uniform(0, stream.below(60) as u16));
    (commission.record_delay, commission.record_lost) = (uniform(0, 20), number(share(stream)));
}

fn campaigns_run(stream: &mut Stream, scenario: &mut Scenario) {
    for campaign in &mut scenario.campaigns {
        let from = scenario.start.plus_days(stream.below(60) as i32);
        (campaign.from, campaign.until) = (from, from.plus_days(20 + stream.below(130) as i32));
        campaign.regions = None;
        campaign.appearance_lead = uniform(0, 1 + stream.below(50) as u16);
        match &mut campaign.decreed {
            Some(decreed) if stream.one_in(2) => {
                (decreed.number, decreed.dispatch_from) = (5 + stream.below(60) as u32, from.plus_days(10));
                decreed.regions.truncate(stream.below(2));
                for (_, number) in &mut decreed.regions {
                    *number = 3;
                }
            }
            _ => {
                campaign.decreed = None;
                campaign.pace = if stream.one_in(2) { Pace::UniformDay } else { Pace::Share { share: number(0.8) } };
            }
        }
    }
}

/// What the rows of one matter must have said before.
#[derive(Default)]
struct Before {
    /// Names of tracks and states: a change of law numbers them anew.
    entered: Vec<(String, String)>,
    start_due: BTreeMap<u16, u32>,
    lift_due: BTreeMap<u16, u32>,
    is_on: BTreeMap<u16, bool>,
}

impl Before {
    fn read(&mut self, row: &HistoryRow, books: &[Rulebook]) {
        let place = match row.cause {
            Cause::Article { law, cite } => Some((usize::from(law), place_of(&books[usize::from(law)], cite))),
            Cause::Assumption(_) => None,
        };
        let named = |law: usize, measure: usize| books[law].measures[measure].kind as u16 == row.detail;
        match (row.what, place) {
            (What::Entered, Some((law, Place::Rule(rule)))) => {
                let rule = &books[law].rules[rule];
                assert_eq!(
                    (rule.track, u16::from(rule.to)),
                    (usize::from(row.detail >> 8), row.detail & 255),
                    "{row:?}"
                );
                self.entered.push(names(&books[law], rule.track, rule.to));
            }
            (What::StartDue, Some((law, Place::Start(measure, line)))) => {
                assert!(named(law, measure), "{row:?}");
                let start = &books[law].measures[measure].starts[line];
                let is_there = start.state == 0 || self.entered.contains(&names(&books[law], start.track, start.state));
                assert!(is_there, "a start without its state: {row:?}");
                *self.start_due.entry(row.detail).or_default() += 1;
            }
            (What::LiftDue, Some((law, Place::End(measure, _)))) => {
                assert!(named(law, measure) && self.start_due.contains_key(&row.detail), "{row:?}");
                assert!(row.date.is_none_or(|by| by >= row.day), "{row:?}");
                *self.lift_due.entry(row.detail).or_default() += 1;
            }
            (What::LiftDue, Some((_, Place::Replaces))) => *self.lift_due.entry(row.detail).or_default() += 1,
            (What::Void, Some((_, Place::Bound(_)))) | (What::Transferred, Some((_, Place::Replaces))) => {}
            (What::Closed, Some((_, Place::Rule(_) | Place::End(..) | Place::Replaces))) => {}
            (What::On, None) => {
                assert!(self.start_due.contains_key(&row.detail), "an effect without a start: {row:?}");
                assert!(!self.is_on.insert(row.detail, true).unwrap_or(false), "on twice: {row:?}");
            }
            (What::Off, None) => {
                assert!(self.lift_due.contains_key(&row.detail), "an end without a lift: {row:?}");
                assert_eq!(self.is_on.insert(row.detail, false), Some(true), "off and never on: {row:?}");
            }
            (What::Entered | What::StartDue | What::LiftDue | What::Void | What::Transferred, _)
            | (What::On | What::Off, Some(_)) => panic!("the wrong kind of reason: {row:?}"),
            (_, place) => assert!(place.is_none(), "an article for what the world does: {row:?}"),
        }
    }
}

fn names(book: &Rulebook, track: usize, state: u8) -> (String, String) {
    let track = &book.tracks[track];
    (track.name.clone(), track.states[usize::from(state)].name.clone())
}

/// Every row of a matter has the reason that it needs.
pub fn assert_grounds(outcome: &Run, books: &[Rulebook]) {
    for rows in by_matter(outcome).values() {
        let mut before = Before::default();
        rows.iter().for_each(|row| before.read(row, books));
        let closed = rows.iter().position(|row| row.what == What::Closed);
        assert!(closed.is_none_or(|at| at + 1 == rows.len()), "a matter goes on after its end: {rows:#?}");
        assert!(closed.is_none() || before.is_on.values().all(|is_on| !is_on), "closed under a measure: {rows:#?}");
        if let Some(at) = closed {
            let of_the_day = |row: &&HistoryRow| row.day == rows[at].day && row.cause == rows[at].cause;
            assert!(
                rows[..at].iter().any(|row| of_the_day(&row)),
                "closed by nothing that happened: {:?}",
                rows.iter().map(|row| (row.day, row.what, row.detail, row.cause)).collect::<Vec<_>>()
            );
        }
    }
}

/// The flows of the table are those of the histories, and its stocks of measures are what the histories leave standing.
pub fn assert_table_is_sum_of_histories(people: &People, outcome: &Run, has_queue: bool) {
    let (counts, daily) = (recount(people, &outcome.histories), &outcome.daily);
    for (place, column) in daily.columns().iter().enumerate().filter(|(_, one)| is_recounted(&one.name, has_queue)) {
        for (day, region) in (0..daily.days()).flat_map(|day| (0..daily.regions()).map(move |region| (day, region))) {
            let counted = counts.get(&(day as u16, region, column.name.clone())).copied().unwrap_or(0);
            assert_eq!(daily.value(day, region, place), counted, "{} on day {day}", column.name);
        }
    }
    let has_place = |(day, region, name): &(u16, usize, String)| {
        usize::from(*day) < daily.days() && *region < daily.regions() && daily.column(name).is_some()
    };
    let homeless = counts.keys().find(|key| is_recounted(&key.2, has_queue) && !has_place(key));
    assert!(homeless.is_none(), "a row that the table has no place for: {homeless:?}");
    for kind in MeasureKind::ALL {
        assert_standing(outcome, *kind);
    }
}

/// Who is under a kind of measure at the end of each day, by the histories and by the table.
fn assert_standing(outcome: &Run, kind: MeasureKind) {
    let Some(grounds) = outcome.daily.column(&format!("{}_grounds_standing", kind.word())) else { return };
    let persons = outcome.daily.column(&format!("{}_standing", kind.word())).expect("the other column");
    let mut changes: BTreeMap<u16, Vec<&HistoryRow>> = BTreeMap::new();
    let of_kind = |row: &&HistoryRow| matches!(row.what, What::On | What::Off) && row.detail == kind as u16;
    for row in outcome.histories.iter().filter(of_kind) {
        changes.entry(row.day).or_default().push(row);
    }
    let mut held: BTreeMap<_, i32> = BTreeMap::new();
    for day in 0..outcome.daily.days() {
        for row in changes.remove(&(day as u16)).unwrap_or_default() {
            *held.entry(row.person).or_default() += if row.what == What::On { 1 } else { -1 };
        }
        let sum: i32 = held.values().sum();
        let under = held.values().filter(|grounds| **grounds > 0).count();
        let table = (outcome.daily.national(day, grounds), outcome.daily.national(day, persons));
        assert_eq!((sum as u64, under as u64), table, "{} on day {day}", kind.word());
    }
}

#[test]
fn every_row_has_its_reason_and_the_tables_are_the_sum_of_the_histories() {
    let people = mixed(2, 3);
    let (mut rows, mut off) = (0, 0);
    for seed in 0..SCENARIOS {
        println!("scenario {seed}");
        let mut stream = Stream(seed ^ 0x6_0DD);
        let (books, laws) = chain_of(&mut stream);
        let scenario = scenario(&mut stream, &books, laws);
        let outcome = run(&people, &books, &scenario);
        assert_grounds(&outcome, &books);
        crate::coverage::assert_of_histories(&books, &scenario, &outcome);
        let has_queue = scenario.commission.capacity != Capacity::Unlimited;
        assert_table_is_sum_of_histories(&people, &outcome, has_queue);
        rows += outcome.histories.len();
        off += outcome.histories.iter().filter(|row| row.what == What::Off).count();
    }
    assert!(rows > 30_000 && off > 1_000, "only {rows} rows and {off} ends");
}

/// A law with a measure that its successor does not know.
const OLD: &str = r#"# Old
source "a test" confidence fictional
## Article 1
```law
law old "Old"
in force from 2000-01-01 until 2023-02-28
periods in days: start next-day, roll none
matter draft_notice:
  track service: none, placed, closed final
rule placement "placed":
  when placed
  service: none -> placed
rule appearance "appeared":
  when appeared
  service: placed -> closed
measure leaving "leaving" is exit_ban:
  starts on service.placed
  ends on appeared in this matter
measure driving "driving" is driving_ban:
  starts on service.placed
  ends on appeared in this matter
no remedy against leaving, driving
```
"#;

#[test]
fn a_measure_that_the_new_law_does_not_know_ends_with_a_lift_and_its_article() {
    let new = OLD
        .replace("law old \"Old\"\nin force from 2000-01-01 until 2023-02-28", "law new \"New\"\nin force from 2023-03-01\nreplaces old from 2023-03-01; pending matters: new")
        .replace("measure driving \"driving\" is driving_ban:\n  starts on service.placed\n  ends on appeared in this matter\n", "")
        .replace("leaving, driving", "leaving");
    let mut scenario = crate::support::quiet("old", "2023-01-01", 120);
    scenario.laws = vec![
        LawInForce { id: "old".into(), from: day("2023-01-01") },
        LawInForce { id: "new".into(), from: day("2023-03-01") },
    ];
    scenario.agencies = busy().agencies;
    scenario.history_share = 1.0;
    let (books, people) = (books(&[OLD, &new]), crate::support::men(1, 2, 100));
    let outcome = run(&people, &books, &scenario);
    assert_grounds(&outcome, &books);
    assert_table_is_sum_of_histories(&people, &outcome, false);
    let change = day("2023-03-01").days_since(scenario.start) as u16;
    let is_lift = |row: &&HistoryRow| row.what == What::LiftDue && row.detail == MeasureKind::DrivingBan as u16;
    let lifts: Vec<&HistoryRow> = outcome.histories.iter().filter(is_lift).filter(|row| row.day == change).collect();
    let replaced = |row: &&HistoryRow| match row.cause {
        Cause::Article { law, cite } => law == 1 && place_of(&books[1], cite) == Place::Replaces,
        Cause::Assumption(_) => false,
    };
    assert!(lifts.iter().filter(|row| replaced(row)).count() > 20, "{} lifts on the day of the change", lifts.len());
    let standing = outcome.daily.column("driving_ban_grounds_standing").expect("a column");
    assert!(outcome.daily.national(usize::from(change) - 1, standing) > 0);
    // What was due before the change and not yet in effect is lifted before it begins.
    assert_eq!(outcome.daily.national(usize::from(change), standing), 0);
}
