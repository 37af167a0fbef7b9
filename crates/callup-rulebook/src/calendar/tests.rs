//! The calendar against a naive count of days and against known dates.

use super::*;
use proptest::prelude::*;

fn day(text: &str) -> Day {
    Day::parse(text).expect("a date of the test")
}

/// Every accepted date in order, found by counting one day at a time.
fn counted() -> impl Iterator<Item = (i32, u32, u32)> {
    let mut next = Some((1900, 1, 1));
    std::iter::from_fn(move || {
        let (year, month, day) = next?;
        let leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
        let length = [31, if leap { 29 } else { 28 }, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month as usize - 1];
        next = Some(match (day == length, month == 12) {
            (false, _) => (year, month, day + 1),
            (true, false) => (year, month + 1, 1),
            (true, true) => (year + 1, 1, 1),
        })
        .filter(|(year, _, _)| *year < 2100);
        Some((year, month, day))
    })
}

#[test]
fn every_day_agrees_with_a_count_of_single_days() {
    let mut last = 0;
    for (offset, (year, month, day)) in counted().enumerate() {
        let expected = Day(i32::try_from(offset).expect("few days"));
        assert_eq!(Day::from_ymd(year, month, day), Some(expected));
        assert_eq!(expected.to_ymd(), (year, month, day));
        assert_eq!(Day::parse(&expected.to_string()), Some(expected));
        last = expected.0;
    }
    assert_eq!(Day(last), Day::MAX);
}

#[test]
fn known_weekdays() {
    assert_eq!(day("1900-01-01").weekday(), Weekday::Monday);
    assert_eq!(day("2000-02-29").weekday(), Weekday::Tuesday);
    assert_eq!(day("2023-04-14").weekday(), Weekday::Friday);
    assert_eq!(day("2026-03-02").weekday(), Weekday::Monday);
    assert_eq!(day("2099-12-31").weekday(), Weekday::Thursday);
}

#[test]
fn what_is_no_date_is_refused() {
    for text in [
        "2026-02-29",
        "1900-02-29",
        "2026-13-01",
        "2026-00-01",
        "2026-01-00",
        "2026-1-01",
        "20260101",
        "2100-01-01",
        "1899-12-31",
        "2026-04-31",
        "+026-01-01",
        "2026-01-0１",
        "",
        "2026-01-01 ",
    ] {
        assert_eq!(Day::parse(text), None, "{text}");
    }
}

#[test]
fn a_leap_day_birthday_falls_on_the_first_of_march() {
    let born = day("2008-02-29");
    assert_eq!(day("2026-02-28").age_of(born), 17);
    assert_eq!(day("2026-03-01").age_of(born), 18);
    assert_eq!(day("2028-02-28").age_of(born), 19);
    assert_eq!(day("2028-02-29").age_of(born), 20);
    assert_eq!(day("2008-02-28").age_of(born), -1);
}

#[test]
fn days_and_hours_end_as_the_worked_example_says() {
    let placed = day("2026-03-02");
    assert_eq!(placed.last_of_days(7, Start::NextDay), day("2026-03-09"));
    assert_eq!(placed.last_of_days(7, Start::SameDay), day("2026-03-08"));
    assert_eq!(Moment::OnceItHasRunOut.due(day("2026-03-09")), (day("2026-03-10"), Phase::RunOut));
    assert_eq!(Moment::OnTheLastDay.due(day("2026-03-09")), (day("2026-03-09"), Phase::LastDay));
    assert_eq!(day("2026-04-15").last_of_hours(24), day("2026-04-16"));
    assert_eq!(day("2026-04-15").last_of_hours(25), day("2026-04-17"));
    assert_eq!(day("2026-04-15").last_of_hours(0), day("2026-04-15"));
}

#[test]
fn months_end_on_their_number_or_by_the_month_end_rule() {
    let months = |from: &str, count, start, end| day(from).last_of_months(count, start, end).to_string();
    use MonthEnd::{FirstOfNext, LastDay};
    use Start::{NextDay, SameDay};
    assert_eq!(months("2026-03-12", 3, NextDay, LastDay), "2026-06-12");
    assert_eq!(months("2026-03-12", 3, SameDay, LastDay), "2026-06-11");
    assert_eq!(months("2026-03-01", 1, SameDay, LastDay), "2026-03-31");
    for (from, next_last, next_first, same_last, same_first) in [
        ("2026-01-28", "2026-02-28", "2026-02-28", "2026-02-27", "2026-02-27"),
        ("2026-01-29", "2026-02-28", "2026-03-01", "2026-02-28", "2026-02-28"),
        ("2026-01-31", "2026-02-28", "2026-03-01", "2026-02-28", "2026-02-28"),
        ("2028-01-29", "2028-02-29", "2028-02-29", "2028-02-28", "2028-02-28"),
    ] {
        assert_eq!(months(from, 1, NextDay, LastDay), next_last);
        assert_eq!(months(from, 1, NextDay, FirstOfNext), next_first);
        assert_eq!(months(from, 1, SameDay, LastDay), same_last);
        assert_eq!(months(from, 1, SameDay, FirstOfNext), same_first);
    }
    assert_eq!(months("2024-02-29", 12, NextDay, LastDay), "2025-02-28");
    assert_eq!(months("2024-02-29", 48, NextDay, LastDay), "2028-02-29");
}

#[test]
fn arithmetic_stops_at_the_end() {
    assert_eq!(Day::MAX.plus_days(1), Day::PAST_END);
    assert_eq!(Day::MAX.plus_days(i32::MAX), Day::PAST_END);
    assert_eq!(Day::MIN.plus_days(i32::MIN), Day::MIN);
    assert_eq!(Day::MAX.last_of_months(u32::MAX, Start::NextDay, MonthEnd::LastDay), Day::PAST_END);
    assert_eq!(day("2099-12-31").last_of_hours(u16::MAX), Day::PAST_END);
    assert_eq!(Day::PAST_END.to_string(), "after 2099-12-31");
    assert_eq!(Day(i32::MAX).days_since(Day(i32::MIN)), i32::MAX);
    assert_eq!(Day(i32::MIN).weekday().short().len(), 3);
}

#[test]
fn json_is_an_iso_date() {
    let text = serde_json::to_string(&day("2026-03-02")).expect("a date can be written");
    assert_eq!(text, "\"2026-03-02\"");
    assert_eq!(serde_json::from_str::<Day>(&text).expect("a date can be read"), day("2026-03-02"));
    assert!(serde_json::from_str::<Day>("\"2026-02-30\"").is_err());
}

proptest! {
    #[test]
    fn months_agree_with_an_independent_calendar(offset in 0..=Day::MAX.0, count in 0u32..240) {
        let start = Day(offset);
        let (year, month, day) = start.to_ymd();
        let theirs = jiff::civil::date(year as i16, month as i8, day as i8).checked_add(jiff::Span::new().months(count)).expect("in range");
        let ours = start.last_of_months(count, Start::NextDay, MonthEnd::LastDay);
        if theirs.year() > 2099 {
            prop_assert_eq!(ours, Day::PAST_END);
        } else {
            prop_assert_eq!(ours.to_string(), theirs.to_string());
        }
    }

    #[test]
    fn ends_of_months_never_run_backwards(offset in 0..Day::MAX.0, count in 0u32..240, same in any::<bool>(), first in any::<bool>()) {
        let start = if same { Start::SameDay } else { Start::NextDay };
        let end = if first { MonthEnd::FirstOfNext } else { MonthEnd::LastDay };
        prop_assert!(Day(offset).last_of_months(count, start, end) <= Day(offset + 1).last_of_months(count, start, end));
    }

    #[test]
    fn age_grows_by_one_on_each_birthday(born in 0..40_000i32, later in 0..30_000i32) {
        let (born, today) = (Day(born), Day(born + later));
        let (_, month, day) = born.to_ymd();
        let (_, today_month, today_day) = today.to_ymd();
        let birthday = (today_month, today_day) == (month, day)
            || ((month, day) == (2, 29) && (today_month, today_day) == (3, 1) && today.plus_days(-1).to_ymd().2 == 28);
        let grown = later > 0 && birthday;
        prop_assert_eq!(today.age_of(born) - today.plus_days(-1).age_of(born), i32::from(grown || (later == 0 && born > Day::MIN)));
    }
}
