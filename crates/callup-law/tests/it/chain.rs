//! A summons that is pending when the law changes, along the chain of the Russian laws: both readings of the open transition.
//!
//! The dates are counted by hand from the texts of the laws, beside each expectation.

use crate::shipped::{books, shipped};
use callup_law::calendar::Day;
use callup_law::holder::{Laws, Notice, Person, What, horizon_for};
use callup_law::program::{Answers, PictureCode};
use callup_law::roles::{Event, MeasureKind, NoticeKind, PersonFact};
use callup_law::rulebook::Rulebook;
use std::collections::{BTreeMap, BTreeSet};

/// A man of 20, liable as recorded and in truth, where the register works or does not.
struct Conscript {
    register_works: bool,
}

impl Person for Conscript {
    fn age_between(&self, _on: Day, least: i32, most: i32, _picture: PictureCode) -> bool {
        (least..=most).contains(&20)
    }
    fn person(&self, fact: PersonFact, _picture: PictureCode) -> bool {
        fact == PersonFact::LiableForDraft
    }
    fn condition(&self, name: &str, _day: Day) -> bool {
        assert_eq!(name, "register_works", "the only condition of the chain");
        self.register_works
    }
    fn switch(&self, name: &str, _options: &[String]) -> usize {
        panic!("the switch {name} is not answered")
    }
}

fn day(text: &str) -> Day {
    Day::parse(text).expect("a day")
}

fn answers(pending: &str) -> Answers {
    let fixed = [
        ("electronic_service_moment", "after_seven_days"),
        ("post_refusal", "not_served"),
        ("measures_on_data_check", "no"),
        ("appearance_counts", "this_matter"),
        ("credit_ban_active", "yes"),
        ("hand_over_is_sending", "no"),
        ("pending_at_change", pending),
    ];
    fixed.into_iter().map(|(name, option)| (name.to_owned(), option.to_owned())).collect()
}

/// Starts of measures until three months after the change, as (kind, day, law that governs then).
fn starts(
    laws: [&str; 2],
    pending: &str,
    register_works: bool,
    events: &[(Event, &str)],
    date: &str,
) -> Vec<(MeasureKind, String, String)> {
    let all: Vec<Rulebook> = books(&shipped());
    let chosen: Vec<&Rulebook> = all.iter().filter(|book| laws.contains(&book.id.as_str())).collect();
    let until = chosen.iter().map(|book| book.in_force_from).max().expect("two laws").plus_days(90);
    let notice = Notice {
        kind: NoticeKind::DraftNotice,
        dates: BTreeMap::from([("appearance_date".to_owned(), day(date))]),
        events: events.iter().map(|(event, on)| (*event, day(on))).collect(),
        remedies: Vec::new(),
    };
    let notices = [notice];
    let answers = answers(pending);
    let horizon = horizon_for(&notices, until).expect("dates of one year");
    let laws =
        Laws::bind(&chosen, &BTreeSet::from([NoticeKind::DraftNotice]), &answers, horizon).expect("answered laws");
    let history = laws.live(&Conscript { register_works }, &notices, until);
    let started = history.entries.iter().filter_map(|entry| match &entry.what {
        What::Starts { measure, .. } => {
            let book = chosen[entry.law];
            Some((book.measures[*measure].kind, String::from(entry.day), book.id.clone()))
        }
        _ => None,
    });
    started.collect()
}

fn start_of(kind: MeasureKind, starts: &[(MeasureKind, String, String)]) -> Option<(&str, &str)> {
    starts.iter().find(|start| start.0 == kind).map(|start| (start.1.as_str(), start.2.as_str()))
}

const PAPER_TO_127: [&str; 2] = ["ru_paper_2022", "ru_127fz"];
const TO_437: [&str; 2] = ["ru_127fz", "ru_437fz"];

#[test]
fn a_paper_summons_brings_no_measure_under_the_old_law() {
    let found = starts(PAPER_TO_127, "old", true, &[(Event::HandedOver, "2023-03-01")], "2023-03-10");
    assert_eq!(found, []);
}

#[test]
fn a_paper_summons_judged_by_the_new_law_brings_all_that_is_overdue_on_its_first_day() {
    // 20 days after 10 March are over at 0:00 of 31 March, before the new law: its first day is the earliest.
    let found = starts(PAPER_TO_127, "new", true, &[(Event::HandedOver, "2023-03-01")], "2023-03-10");
    let kinds: BTreeSet<MeasureKind> = found.iter().map(|start| start.0).collect();
    assert_eq!(kinds.len(), 7, "exit ban and package: {found:?}");
    assert!(found.iter().all(|start| start.1 == "2023-04-14" && start.2 == "ru_127fz"), "{found:?}");
}

#[test]
fn a_paper_summons_judged_by_the_new_law_keeps_the_days_that_are_left() {
    // 20 days after 30 March are 31 March to 19 April; the package begins at 0:00 of 20 April.
    let found = starts(PAPER_TO_127, "new", true, &[(Event::HandedOver, "2023-03-20")], "2023-03-30");
    assert_eq!(start_of(MeasureKind::ExitBan, &found), Some(("2023-04-14", "ru_127fz")));
    assert_eq!(start_of(MeasureKind::DrivingBan, &found), Some(("2023-04-20", "ru_127fz")));
}

#[test]
fn a_summons_placed_before_4_august_bars_the_exit_by_the_law_that_governs_it() {
    // Placed on 31 July, deemed served at 0:00 of 8 August: the older law bars from then, the newer one from its own first day.
    let placed = [(Event::Placed, "2023-07-31")];
    let old = starts(TO_437, "old", true, &placed, "2023-08-20");
    assert_eq!(start_of(MeasureKind::ExitBan, &old), Some(("2023-08-08", "ru_127fz")));
    assert_eq!(start_of(MeasureKind::PassportBan, &old), None);
    let new = starts(TO_437, "new", true, &placed, "2023-08-20");
    assert_eq!(start_of(MeasureKind::ExitBan, &new), Some(("2023-08-04", "ru_437fz")));
    assert_eq!(start_of(MeasureKind::PassportBan, &new), Some(("2023-08-04", "ru_437fz")));
}

#[test]
fn a_summons_sent_before_4_august_bars_the_exit_only_where_the_register_does_not_work() {
    let sent = [(Event::Sent, "2023-07-31")];
    let without = starts(TO_437, "new", false, &sent, "2023-08-20");
    assert_eq!(start_of(MeasureKind::ExitBan, &without), Some(("2023-08-04", "ru_437fz")));
    assert_eq!(starts(TO_437, "new", true, &sent, "2023-08-20"), []);
}

#[test]
fn a_standing_ban_is_not_started_again_by_the_next_law() {
    // Placed on 1 December 2025, barred from then; the law of 2026 finds the ban standing. 20 days after 20 December end on 9 January.
    let found = starts(["ru_437fz", "ru_2026"], "new", true, &[(Event::Placed, "2025-12-01")], "2025-12-20");
    let exits: Vec<_> = found.iter().filter(|start| start.0 == MeasureKind::ExitBan).collect();
    assert_eq!(exits.len(), 1, "{found:?}");
    assert_eq!(start_of(MeasureKind::ExitBan, &found), Some(("2025-12-01", "ru_437fz")));
    assert_eq!(start_of(MeasureKind::DrivingBan, &found), Some(("2026-01-10", "ru_2026")));
}
