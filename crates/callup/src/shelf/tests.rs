//! Answers out of small tables by hand.

use super::{AnswerKind, Bounds, DailyColumn, Entry, Interval, OF_OTHER_DAYS, Question, Shelf};
use callup_law::calendar::Day;
use callup_sim::indicators::registry;
use callup_sim::ledger::registry as ledgers;
use std::collections::BTreeMap;

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

fn entry(form: &str, name: &str, date: Option<&str>, group: Option<&str>, value: u64, of: Option<u64>) -> Entry {
    Entry {
        form: form.into(),
        date: date.map(day),
        region: "all".into(),
        group: group.map(str::to_owned),
        name: name.into(),
        statistic: None,
        days: None,
        value,
        of,
    }
}

fn shelf() -> Shelf {
    let column = |is_flow| DailyColumn {
        is_flow,
        unit: "persons".into(),
        definition: "A test.".into(),
        values: BTreeMap::from([("A".to_owned(), vec![1, 2, 4, 8]), ("B".to_owned(), vec![10, 20, 40, 80])]),
    };
    let median = Entry {
        statistic: Some("median".into()),
        days: Some(21),
        ..entry("summary", "exit_ban_duration", None, Some("exit_ban"), 9, Some(9))
    };
    Shelf {
        scale: 0.5,
        start: Some(day("2023-01-01")),
        daily: BTreeMap::from([("issued".to_owned(), column(true)), ("queue".to_owned(), column(false))]),
        entries: vec![
            entry("week", "unreached", Some("2023-01-07"), None, 3, Some(10)),
            entry("week", "unreached", Some("2023-01-14"), None, 5, Some(10)),
            entry("run", "unreached", None, None, 8, Some(20)),
            entry("week", "missed_notice_rate", Some("2023-01-07"), None, 3, Some(10)),
            entry("week", "missed_notice_rate", Some("2023-01-14"), None, 5, Some(10)),
            entry("run", "missed_notice_rate", None, None, 8, Some(20)),
            entry("month", "unit_cases", Some("2023-01-31"), None, 40, Some(90)),
            entry("month", "unit_cases", Some("2023-02-28"), None, 50, Some(90)),
            entry("run", "unit_cases", None, None, 90, Some(180)),
            entry("run", "unreached", None, Some("student=yes"), 2, Some(5)),
            entry("week", "restricted", Some("2023-01-07"), None, 7, None),
            entry("week", "restricted", Some("2023-01-14"), None, 6, None),
            entry("month", "aid_backlog", Some("2023-01-31"), None, 4, None),
            median,
        ],
    }
}

fn question(indicator: &str) -> Question {
    Question { indicator: indicator.into(), place: None, from: None, until: None, group: None }
}

#[test]
fn flows_are_added_up_and_stocks_stand_at_the_end() {
    let shelf = shelf();
    let flow = shelf.answer(&question("issued")).unwrap();
    assert_eq!((flow.kind, flow.value, flow.expanded), (AnswerKind::Sum, 165, 330));
    assert_eq!((flow.from.as_deref(), flow.until.as_deref()), (Some("2023-01-01"), Some("2023-01-04")));
    let some = Question {
        place: Some("B".into()),
        from: Some(day("2023-01-02")),
        until: Some(day("2023-01-03")),
        ..question("issued")
    };
    assert_eq!(shelf.answer(&some).unwrap().value, 60);
    let stock = shelf.answer(&Question { indicator: "queue".into(), ..some }).unwrap();
    assert_eq!((stock.kind, stock.value, stock.from), (AnswerKind::Stands, 40, None));
}

#[test]
fn flows_are_summed_over_days_of_the_run_and_nothing_else_is() {
    let shelf = shelf();
    let sum = |column: &str, from: &str, until: &str| shelf.flow(column, Some("A"), day(from), day(until));
    assert_eq!(sum("issued", "2023-01-01", "2023-01-02"), Some(6.0));
    assert_eq!(sum("issued", "2023-01-02", "2023-01-04"), Some(28.0));
    assert_eq!(sum("nothing", "2023-01-01", "2023-01-02"), None);
    assert_eq!(sum("queue", "2023-01-01", "2023-01-02"), None, "a stock is not summed over days");
    assert_eq!(sum("issued", "2022-12-31", "2023-01-02"), None, "a day before the run is no day of nothing");
    assert_eq!(sum("issued", "2023-01-02", "2023-01-05"), None, "nor is one after it");
}

#[test]
fn indicators_answer_for_the_run_for_weeks_and_for_groups() {
    let shelf = shelf();
    let whole = shelf.answer(&question("unreached")).unwrap();
    assert_eq!((whole.kind, whole.value, whole.share), (AnswerKind::Run, 8, Some(0.4)));
    let week = Question { from: Some(day("2023-01-08")), ..question("missed_notice_rate") };
    assert_eq!(shelf.answer(&week).unwrap().share, Some(0.5));
    let weeks = Question { from: Some(day("2023-01-01")), ..question("missed_notice_rate") };
    assert_eq!(shelf.answer(&weeks).map(|all| (all.kind, all.value, all.of)), Ok((AnswerKind::Sum, 8, Some(20))));
    let other_days = Question { from: Some(day("2023-01-08")), ..question("unreached") };
    let other_days = shelf.answer(&other_days).unwrap();
    assert_eq!((other_days.value, other_days.of, other_days.share), (5, None, None), "the whole is of other days");
    let students = Question { group: Some("student=yes".into()), ..question("unreached") };
    assert_eq!(shelf.answer(&students).unwrap().value, 2);
    let restricted = shelf.answer(&question("restricted")).unwrap();
    assert_eq!((restricted.kind, restricted.value), (AnswerKind::Stands, 6), "the last week\'s, not the sum");
    assert_eq!(shelf.answer(&question("aid_backlog")).unwrap().kind, AnswerKind::Stands);
    let length = shelf.answer(&question("exit_ban_duration")).unwrap();
    assert_eq!((length.days["median"], length.group), (Some(21), None), "the only kind of measure need not be named");
}

#[test]
fn weeks_and_months_are_counted_whole_and_bear_their_own_days() {
    let shelf = shelf();
    let between = |name: &str, from: &str, until: &str| Question {
        from: Some(day(from)),
        until: Some(day(until)),
        ..question(name)
    };
    let days =
        |question: &Question| shelf.answer(question).map(|told| (told.value, told.from.unwrap(), told.until.unwrap()));
    let told = |value, from: &str, until: &str| Ok((value, from.to_owned(), until.to_owned()));
    assert_eq!(days(&between("unit_cases", "2023-01-20", "2023-03-10")), told(50, "2023-02-01", "2023-02-28"));
    assert_eq!(days(&between("unit_cases", "2023-01-01", "2023-02-28")), told(90, "2023-01-01", "2023-02-28"));
    assert_eq!(days(&between("unreached", "2023-01-02", "2023-01-14")), told(5, "2023-01-08", "2023-01-14"));
    let cut = shelf.answer(&between("unit_cases", "2023-01-20", "2023-02-10")).unwrap_err();
    assert!(cut.message.contains("no month of it lies wholly"), "{}", cut.message);
    assert_eq!(cut.help, "the nearest month is --from 2023-01-01 --to 2023-01-31");
}

#[test]
fn what_is_of_other_days_is_in_a_list() {
    let listed = |name: &str| registry::find(name).is_some() || ledgers::find(name).is_some();
    assert!(OF_OTHER_DAYS.iter().all(|name| listed(name)));
}

#[test]
fn what_is_unknown_is_answered_with_the_nearest() {
    let shelf = shelf();
    let help = |question: &Question| shelf.answer(question).unwrap_err().help;
    assert_eq!(help(&question("unreachd")), "did you mean `unreached`?");
    assert_eq!(help(&question("isued")), "did you mean `issued`?");
    assert_eq!(help(&Question { place: Some("C".into()), ..question("issued") }), "did you mean `A`?");
    let group = Question { group: Some("student=no".into()), ..question("unreached") };
    assert_eq!(help(&group), "did you mean `student=yes`?");
    let late = Question { from: Some(day("2024-01-01")), ..question("issued") };
    assert!(shelf.answer(&late).is_err());
    let off = shelf.answer(&question("unit_verdicts")).unwrap_err().message;
    assert!(off.contains("switched off"), "{off}");
}

#[test]
fn an_interval_is_least_and_greatest_or_percentiles() {
    assert_eq!(Interval::of(&[3.0]), None);
    let few = Interval::of(&[3.0, 1.0, 2.0]).unwrap();
    assert_eq!((few.low, few.high, few.bounds), (1.0, 3.0, Bounds::LeastAndGreatest));
    let many: Vec<f64> = (0..80).map(f64::from).collect();
    let many = Interval::of(&many).unwrap();
    assert_eq!((many.low, many.high, many.bounds), (2.0, 77.0, Bounds::Percentiles));
}
