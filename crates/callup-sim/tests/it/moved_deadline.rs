//! A deadline that moves moves dates and re-rolls nothing, and a harsher law is kinder to nobody.
//!
//! The shipped laws run with their deadlines and with moved ones, over the same people. Who reads when, who comes, how long a late man takes
//! after his default, what the commission decides: all that is drawn stays, and what is counted from the deadline moves by as much as the
//! deadline, to the day. With the answers of people held, a shorter deadline starts no measure later for anybody.

use crate::lives::{Matter, by_matter, day_of, is_event};
use crate::support::{basis, books, busy, day, law_text, mixed, number, run, uniform};
use callup_law::roles::{Event, NoticeKind};
use callup_sim::journal::{Assumption, Cause, HistoryRow, What};
use callup_sim::people::People;
use callup_sim::scenario::{
    Campaign, Capacity, Commission, ConditionSetting, LawInForce, Outcome, Pace, Recourse, Scenario, Selection, Timing,
};
use std::collections::BTreeMap;

const LAW_127: &str = "ru/127-fz/2023-04-14.law.md";
const LAW_437: &str = "ru/437-fz/2023-08-04.law.md";
const DEEMED: &str = "  7 days after placed, once it has run out\n";
const DEFAULT: &str = "  20 days after appearance_date, once it has run out";

type Matters = BTreeMap<Matter, Vec<HistoryRow>>;

/// A law of the repository with these deadlines in place of its own.
fn law_with(path: &str, deemed_days: u16, default_days: u16) -> String {
    let text = law_text(path);
    assert!(text.contains(DEEMED) && text.contains(DEFAULT), "{path} has other deadlines");
    let deemed = DEEMED.replace('7', &deemed_days.to_string());
    text.replace(DEEMED, &deemed).replace(DEFAULT, &DEFAULT.replace("20", &default_days.to_string()))
}

/// One campaign to which nobody answers otherwise than by reading, coming, coming late or being found; no office is ever full.
fn scenario(id: &str, start: &str, days: u16, seed: u64) -> Scenario {
    let busy = busy();
    let mut scenario = Scenario {
        recourse: Recourse::none(),
        seed,
        start: day(start),
        days,
        laws: vec![LawInForce { id: id.into(), from: day(start) }],
        conditions: vec![ConditionSetting {
            name: "register_works".into(),
            from: day(start),
            regions: None,
            value: true,
            basis: basis(),
        }],
        campaigns: vec![Campaign {
            name: "season".into(),
            notice: NoticeKind::DraftNotice,
            basis: basis(),
            from: day(start),
            // The season outlasts the run: its end is a fixed day that no deadline moves.
            until: day(start).plus_days(i32::from(days)),
            regions: None,
            selection: Selection::RecordedLiable { age_min: 18, age_max: 29 },
            pace: Pace::UniformDay,
            decreed: None,
            appearance_lead: uniform(14, 25),
        }],
        commission: Commission {
            capacity: Capacity::Unlimited,
            outcome: Outcome::Shares { deferred: number(0.3), exempted: number(0.1) },
            ..busy.commission.clone()
        },
        // What one is found by depends on how many others are listed.
        searches: Vec::new(),
        history_share: 1.0,
        ..busy
    };
    scenario.response.tries_to_leave = number(0.0);
    scenario.response.comes_late_daily = number(0.03);
    scenario.response.located_daily = number(0.01);
    scenario.response.timing = Timing::OnAppearanceDate { when_late: uniform(1, 5) };
    scenario.border.departures_per_year = number(0.0);
    scenario.border.trips_per_year = number(0.0);
    // Another day of coming can run into an illness.
    scenario.valid_reason.spells_per_year = number(0.0);
    scenario
}

fn under(people: &People, text: &str, scenario: &Scenario) -> Matters {
    by_matter(&run(people, &books(&[text]), scenario))
}

/// A row without its day and place of citation: what it says.
fn said(row: &HistoryRow, days_later: u16) -> (u16, What, u16, Option<u16>, bool) {
    let date = if row.what == What::LiftDue { row.date.map(|date| date + days_later) } else { row.date };
    (row.day + days_later, row.what, row.detail, date, matches!(row.cause, Cause::Article { .. }))
}

fn entered(row: &HistoryRow, state: &str, states: &[String]) -> bool {
    row.what == What::Entered && row.detail < 256 && states[usize::from(row.detail)] == state
}

/// Names of the states of the track `service`.
fn states(text: &str) -> Vec<String> {
    let book = &books(&[text])[0];
    book.tracks[0].states.iter().map(|state| state.name.clone()).collect()
}

fn day_entered(rows: &[HistoryRow], state: &str, states: &[String]) -> Option<u16> {
    rows.iter().find(|row| entered(row, state, states)).map(|row| row.day)
}

#[test]
fn service_deemed_later_moves_the_day_of_service_and_nothing_else() {
    let (people, scenario) = (mixed(2, 15), scenario("ru_437fz", "2023-08-04", 150, 3));
    let (early, late) = (law_with(LAW_437, 7, 20), law_with(LAW_437, 10, 20));
    let states = states(&early);
    let (before, after) = (under(&people, &early, &scenario), under(&people, &late, &scenario));
    assert_eq!(before.len(), after.len());
    let mut moved = 0;
    for ((matter, ours), theirs) in before.iter().zip(after.values()) {
        let but_service = |rows: &[HistoryRow]| -> Vec<_> {
            rows.iter().filter(|row| !entered(row, "served", &states)).map(|row| said(row, 0)).collect()
        };
        assert_eq!(but_service(ours), but_service(theirs), "{matter:?}");
        let (was, is) = (day_entered(ours, "served", &states), day_entered(theirs, "served", &states));
        let placed = day_of(ours, Event::Placed);
        if let (Some(was), Some(placed)) = (was, placed)
            && was == placed + 8
        {
            // Handed over, delivered, come or past the end in the three days: then he is not deemed served at all.
            let otherwise = theirs.iter().any(|row| (was..was + 3).contains(&row.day) && row.what == What::Entered);
            let past = was + 3 >= scenario.days;
            assert!(is == Some(was + 3) || otherwise || past, "{matter:?}: served on {was}, then on {is:?}");
            moved += usize::from(is == Some(was + 3));
        } else {
            assert_eq!(was, is, "{matter:?} was not deemed served and moves all the same");
        }
    }
    assert!(moved > 100, "only {moved} days of service move");
}

/// The last day on which a notice reached him on a day of his own or of the post, which no deadline moves.
fn reached(rows: &[HistoryRow]) -> Option<u16> {
    let ways = [Event::Delivered, Event::HandedOver, Event::HandedOverByEmployer, Event::Opened];
    rows.iter().rfind(|row| ways.iter().any(|event| is_event(row, *event))).map(|row| row.day)
}

/// How his commission decided.
fn decision(rows: &[HistoryRow]) -> Option<u16> {
    let decisions = [Event::Deferred, Event::Exempted, Event::CalledUp, Event::NotCalledUp];
    rows.iter().find(|row| decisions.iter().any(|event| is_event(row, *event))).map(|row| row.detail)
}

/// The day on which he came of his own accord, in time or because he had learned of it late.
fn came(rows: &[HistoryRow]) -> Option<u16> {
    let own = |row: &&HistoryRow| is_event(row, Event::Appeared) && row.cause == Cause::Assumption(Assumption::Appears);
    rows.iter().find(own).map(|row| row.day)
}

#[test]
fn a_later_default_moves_what_follows_from_it_and_re_rolls_nothing() {
    const LATER: u16 = 3;
    let (people, scenario) = (mixed(2, 20), scenario("ru_437fz", "2023-08-04", 150, 4));
    let (early, late) = (law_with(LAW_437, 7, 20), law_with(LAW_437, 7, 20 + LATER));
    let states = states(&early);
    let (before, after) = (under(&people, &early, &scenario), under(&people, &late, &scenario));
    let (mut moved, mut decided) = (0, 0);
    for ((matter, ours), theirs) in before.iter().zip(after.values()) {
        if let (Some(ours), Some(theirs)) = (decision(ours), decision(theirs)) {
            assert_eq!(ours, theirs, "{matter:?}: another decision");
            decided += 1;
        }
        let Some(default) = day_entered(ours, "defaulted", &states) else {
            let said = |rows: &[HistoryRow]| -> Vec<_> { rows.iter().map(|row| said(row, 0)).collect() };
            assert_eq!(said(ours), said(theirs), "{matter:?} has not defaulted and changes all the same");
            continue;
        };
        if [reached(ours), reached(theirs), came(ours)].iter().max() >= Some(&Some(default)) {
            // He learns of it or comes when he has defaulted, on a day of his own: the two clocks part. What was drawn for each of them stays.
            assert_eq!(came(ours), came(theirs), "{matter:?}");
            let found = |rows: &[HistoryRow], default: u16| day_of(rows, Event::Located).map(|day| day - default);
            if let (Some(ours), Some(theirs)) = (found(ours, default), found(theirs, default + LATER)) {
                assert_eq!(ours, theirs, "{matter:?}: found after another while");
            }
            continue;
        }
        let of = |rows: &[HistoryRow], from: u16, until: u16, later: u16| -> Vec<_> {
            let within = |row: &&HistoryRow| (from..until).contains(&row.day);
            rows.iter().filter(within).map(|row| said(row, later)).collect()
        };
        assert_eq!(of(ours, 0, default, 0), of(theirs, 0, default + LATER, 0), "{matter:?} before the default");
        let end = scenario.days;
        let (was, is) = (of(ours, default, end - LATER, LATER), of(theirs, default + LATER, end, 0));
        assert_eq!(was, is, "{matter:?} from the default on {default}");
        moved += 1;
    }
    assert!(moved > 100 && decided > 300, "only {moved} lives move and {decided} decisions compare");
}

#[test]
fn a_shorter_deadline_starts_no_measure_later_for_anybody() {
    let people = mixed(2, 8);
    let mut starts = 0;
    for (seed, (harsh, lenient)) in (0..).zip([
        ((4, 20), (7, 20)),
        ((7, 10), (7, 20)),
        ((3, 12), (7, 20)),
        ((7, 20), (13, 31)),
        ((6, 19), (7, 20)),
        ((0, 0), (30, 40)),
    ]) {
        let scenario = scenario("ru_127fz", "2023-04-14", 110, seed);
        let with = |(deemed, default)| under(&people, &law_with(LAW_127, deemed, default), &scenario);
        let (harsh, lenient) = (with(harsh), with(lenient));
        for (matter, rows) in &lenient {
            for row in rows.iter().filter(|row| row.what == What::StartDue) {
                let same = |other: &&HistoryRow| other.what == What::StartDue && other.detail == row.detail;
                let start = harsh[matter].iter().find(same).map(|row| row.day);
                assert!(start.is_some_and(|start| start <= row.day), "{matter:?}: {row:?}, harsher on {start:?}");
                starts += 1;
            }
        }
    }
    assert!(starts > 1_000, "only {starts} starts of measures compare");
}
