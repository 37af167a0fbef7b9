//! Several matters, changes of law, and order of input, on small laws written as text.

use super::*;
use crate::diagnostic::{Source, render};
use crate::forks::{Known, explore};
use crate::program::Answers;

/// Compiles a law from its statements; every one stands in article 1.
fn book(statements: &str) -> Rulebook {
    let text = format!(
        "# A law\n\nsource \"none\" confidence fictional\n\n## Article 1. All\n> (1) All of it.\n```law\nperiods in days (1): start next-day, roll none\nperiods in hours (1): run from the event\n{statements}\n```\n"
    );
    let sources = [Source { name: "law".to_string(), text }];
    let mut compiled = crate::compile(&sources);
    assert_eq!(compiled.rulebooks.len(), 1, "{}", render(&compiled.diagnostics, &sources));
    compiled.rulebooks.remove(0)
}

const COMMON: &str = "matter draft_notice, data_check_notice:
  track service: none, served, late, over final
rule serving (1) \"served\":
  when handed_over
  service: none -> served
rule lateness (1) \"late\":
  10 days after handed_over, once it has run out
  service: served -> late
rule ending (1) \"over\":
  when appeared
  service: served | late -> over";

fn law(head: &str, rest: &str) -> Rulebook {
    book(&format!("{head}\n{COMMON}\n{rest}"))
}

fn day(text: &str) -> Day {
    Day::parse(text).expect("a date of the test")
}

fn notice(kind: NoticeKind, events: &[(Event, &str)]) -> Notice {
    Notice {
        kind,
        dates: BTreeMap::new(),
        events: events.iter().map(|(event, on)| (*event, day(on))).collect(),
        remedies: Vec::new(),
    }
}

fn live(books: &[&Rulebook], answers: &[(&str, &str)], notices: &[Notice], until: &str) -> History {
    let answers: Answers = answers.iter().map(|(name, option)| (name.to_string(), option.to_string())).collect();
    let horizon = horizon_for(notices, day(until)).expect("a short life");
    let kinds = notices.iter().map(|notice| notice.kind).collect();
    let laws = Laws::bind(books, &kinds, &answers, horizon).expect("the laws bind");
    let mut forks = explore(&laws, &Known::default(), notices, day(until), 2).forks;
    assert_eq!(forks.len(), 1, "nothing is left open");
    forks.remove(0).history
}

/// The measure is that of the law which governs the matter at the end; in these laws a measure keeps its index.
fn stretch(history: &History, matter: usize, measure: usize) -> Vec<(String, Option<String>)> {
    let found = history.stretches(matter, |_, of| of == measure);
    found.iter().map(|stretch| (stretch.start.to_string(), stretch.lift.map(|lift| lift.to_string()))).collect()
}

fn pair(start: &str, lift: Option<&str>) -> Vec<(String, Option<String>)> {
    vec![(start.to_string(), lift.map(str::to_string))]
}

const BAN: &str = "measure exit_ban (1) \"ban\":\n  starts on service.served\n  ends (1) on appeared in this matter";
const BAN_ANY: &str =
    "measure exit_ban (1) \"ban\":\n  starts on service.served\n  ends (1) within 24 hours of appeared in any matter";

#[test]
fn an_event_serves_its_own_matter_unless_the_law_says_any() {
    let notices = [
        notice(NoticeKind::DraftNotice, &[(Event::HandedOver, "2026-01-01"), (Event::Appeared, "2026-01-05")]),
        notice(NoticeKind::DataCheckNotice, &[(Event::HandedOver, "2026-01-03")]),
    ];
    let head = "law one \"One\"\nin force from 2025-01-01";
    let own = live(&[&law(head, BAN)], &[], &notices, "2026-03-01");
    assert_eq!(stretch(&own, 0, 0), pair("2026-01-01", Some("2026-01-05")));
    assert_eq!(stretch(&own, 1, 0), pair("2026-01-03", None));
    let any = live(&[&law(head, BAN_ANY)], &[], &notices, "2026-03-01");
    assert_eq!(stretch(&any, 0, 0), pair("2026-01-01", Some("2026-01-06")));
    assert_eq!(stretch(&any, 1, 0), pair("2026-01-03", Some("2026-01-06")));
}

#[test]
fn an_appearance_before_the_start_lifts_nothing() {
    let notices = [
        notice(NoticeKind::DraftNotice, &[(Event::HandedOver, "2026-01-01"), (Event::Appeared, "2026-01-02")]),
        notice(NoticeKind::DataCheckNotice, &[(Event::Sent, "2026-01-01"), (Event::HandedOver, "2026-01-03")]),
    ];
    let head = "law one \"One\"\nin force from 2025-01-01";
    let any = live(&[&law(head, BAN_ANY)], &[], &notices, "2026-03-01");
    assert_eq!(stretch(&any, 1, 0), pair("2026-01-03", None));
}

#[test]
fn a_later_ending_brings_a_lift_forward_and_a_new_start_takes_its_place() {
    let head = "law one \"One\"\nin force from 2025-01-01";
    let slow = "measure exit_ban (1) \"ban\":\n  starts on service.served\n  starts on service.late\n  ends (1) within 30 days of cancelled in this matter\n  ends (1) within 24 hours of located in this matter";
    let events = [(Event::HandedOver, "2026-01-01"), (Event::Cancelled, "2026-01-02"), (Event::Located, "2026-01-04")];
    let one = live(&[&law(head, slow)], &[], &[notice(NoticeKind::DraftNotice, &events)], "2026-01-05");
    assert_eq!(stretch(&one, 0, 0), pair("2026-01-01", Some("2026-01-05")));
    // The lift fixed for 1 February is still to come when the measure starts again on 12 January.
    let two = live(&[&law(head, slow)], &[], &[notice(NoticeKind::DraftNotice, &events[..2])], "2026-03-05");
    assert_eq!(stretch(&two, 0, 0), pair("2026-01-01", None));
}

const OLD: &str = "law old \"Old\"\nin force from 2025-01-01";

fn new_head(pending: &str) -> String {
    format!("law new \"New\"\nin force from 2026-01-06\nreplaces old from 2026-01-06; pending matters: {pending}")
}

#[test]
fn a_pending_matter_stays_or_moves_as_the_new_law_says() {
    let old = law(OLD, BAN);
    let rest = "measure exit_ban (1) \"ban\":\n  starts on service.served\n  ends (1) within 24 hours of appeared in this matter\nmeasure driving_ban (1) \"wheel\":\n  starts on service.served\n  ends never (1)";
    let notices =
        [notice(NoticeKind::DraftNotice, &[(Event::HandedOver, "2026-01-01"), (Event::Appeared, "2026-01-20")])];
    let stays = law(&new_head("old"), rest);
    let history = live(&[&old, &stays], &[], &notices, "2026-03-01");
    assert_eq!(history.laws, [Some(0)]);
    assert_eq!(stretch(&history, 0, 0), pair("2026-01-01", Some("2026-01-20")));
    let moves = law(&new_head("new"), rest);
    let history = live(&[&old, &moves], &[], &notices, "2026-03-01");
    assert_eq!(history.laws, [Some(1)]);
    // The ban stands on with its start; the lift follows the new words; the new measure starts on the day of the change.
    assert_eq!(stretch(&history, 0, 0), pair("2026-01-01", Some("2026-01-21")));
    assert_eq!(stretch(&history, 0, 1), pair("2026-01-06", None));
    let late = history.entries.iter().find(|entry| matches!(entry.what, What::Entered { state: 2, .. }));
    assert_eq!(
        late.map(|entry| entry.day.to_string()).as_deref(),
        Some("2026-01-12"),
        "counted anew from the same day"
    );
    let asked = law(&format!("{}\nswitch who: old | new \"open\" source \"none\" confidence U", new_head("who")), rest);
    assert_eq!(live(&[&old, &asked], &[("who", "new")], &notices, "2026-03-01").laws, [Some(1)]);
    assert_eq!(live(&[&old, &asked], &[("who", "old")], &notices, "2026-03-01").laws, [Some(0)]);
}

#[test]
fn a_measure_that_the_new_law_does_not_know_is_lifted_on_its_first_day() {
    let old = law(OLD, "measure asset_freeze (1) \"freeze\":\n  starts on service.served\n  ends never (1)");
    let new = law(&new_head("new"), BAN);
    let notices = [notice(NoticeKind::DraftNotice, &[(Event::HandedOver, "2026-01-01")])];
    let history = live(&[&new, &old], &[], &notices, "2026-01-10");
    let lifted =
        history.entries.iter().find(|entry| matches!(entry.what, What::LiftByTransfer { old_law: 1, measure: 0 }));
    assert_eq!(lifted.map(|entry| entry.day), Some(day("2026-01-06")));
    let of_new = history.stretches(0, |law, measure| (law, measure) == (0, 0));
    assert_eq!(of_new, [Stretch { start: day("2026-01-06"), lift: None }]);
    let of_old = history.stretches(0, |law, measure| (law, measure) == (1, 0));
    assert_eq!(of_old, [Stretch { start: day("2026-01-01"), lift: Some(day("2026-01-06")) }]);
}

#[test]
fn a_matter_that_is_over_is_not_pending() {
    let rest = "measure driving_ban (1) \"wheel\":\n  starts on service.over\n  ends never (1)";
    let notices =
        [notice(NoticeKind::DraftNotice, &[(Event::HandedOver, "2026-01-01"), (Event::Appeared, "2026-01-02")])];
    let history = live(&[&law(OLD, BAN), &law(&new_head("new"), rest)], &[], &notices, "2026-02-01");
    assert_eq!(history.laws, [Some(0)]);
}

mod order {
    use super::*;
    use proptest::prelude::*;

    const EVENTS: [Event; 6] =
        [Event::Sent, Event::HandedOver, Event::Located, Event::Cancelled, Event::Appeared, Event::Learned];

    fn log() -> impl Strategy<Value = Vec<(usize, Event, i32)>> {
        proptest::collection::vec((0..3usize, proptest::sample::select(&EVENTS[..]), 0..60i32), 1..14)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn the_order_in_which_a_log_is_given_changes_nothing(log in log(), seed in any::<u64>()) {
            let old = law(OLD, BAN_ANY);
            let new = law(&new_head("new"), &format!("{BAN}\nmeasure driving_ban (1) \"wheel\":\n  starts on service.late\n  ends (1) on appeared in any matter"));
            let mut shuffled = log.clone();
            // A fixed permutation from the seed: sorting by a hash of the position.
            shuffled.sort_by_key(|item| (u64::from(item.1 as u8) * 31 + item.2 as u64 * 7 + item.0 as u64).wrapping_mul(seed | 1));
            let notices = |log: &[(usize, Event, i32)]| -> Vec<Notice> {
                (0..3).map(|matter| Notice {
                    kind: if matter == 1 { NoticeKind::DataCheckNotice } else { NoticeKind::DraftNotice },
                    dates: BTreeMap::new(),
                    events: log.iter().filter(|(of, _, _)| *of == matter).map(|(_, event, on)| (*event, day("2025-12-20").plus_days(*on))).collect(),
                    remedies: Vec::new(),
                }).collect()
            };
            let one = live(&[&old, &new], &[], &notices(&log), "2026-06-01");
            let two = live(&[&new, &old], &[], &notices(&shuffled), "2026-06-01");
            prop_assert_eq!(one.entries.len(), two.entries.len());
            for (one, two) in one.entries.iter().zip(&two.entries) {
                prop_assert_eq!((one.day, one.phase, one.matter), (two.day, two.phase, two.matter));
                prop_assert_eq!(std::mem::discriminant(&one.what), std::mem::discriminant(&two.what));
            }
        }
    }
}
