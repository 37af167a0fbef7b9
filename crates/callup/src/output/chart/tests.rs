//! Charts say what they are given: axis titles, months, groups of digits, a point where it belongs.

use super::{Frame, bars, lines, month_ticks, month_word};
use crate::output::series::Series;
use callup_law::calendar::Day;

const FRAME: Frame<'_> = Frame { values: "notices a week", steps: "2023" };

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

#[test]
fn a_line_chart_has_its_titles_and_months() {
    let series = Series { label: "x".into(), points: (0..365).map(|day| (day, u64::from(day) * 1000)).collect() };
    let svg = lines(&FRAME, day("2023-01-01"), &[series.clone(), series]);
    for text in ["notices a week", "2023", "Jan 2023", "Dec", "200,000"] {
        assert!(svg.contains(text), "{text} is missing");
    }
    assert!(svg.starts_with("<svg") && svg.trim_end().ends_with("</svg>"));
}

#[test]
fn nothing_to_show_is_still_a_chart() {
    assert!(lines(&FRAME, day("2023-01-01"), &[]).contains("</svg>"));
    let empty = Series { label: "x".into(), points: Vec::new() };
    assert!(lines(&FRAME, day("2023-01-01"), &[empty]).contains("</svg>"));
    assert!(bars(&FRAME, &[], 7).contains("</svg>"));
}

#[test]
fn bars_have_one_rectangle_each() {
    let count = |svg: &str| svg.matches("<rect").count();
    let none = count(&bars(&FRAME, &[], 7));
    assert_eq!(count(&bars(&FRAME, &[(0, 5), (7, 3)], 7)), none + 2);
}

#[test]
fn ticks_are_the_firsts_of_months_and_are_thinned() {
    assert_eq!(month_ticks(day("2023-01-01"), 59), [0, 31, 59]);
    assert_eq!(month_ticks(day("2023-01-05"), 3), [0, 3]);
    assert!(month_ticks(day("2023-01-01"), 730).len() <= super::TICKS_MAX);
    assert_eq!(month_word(day("2024-01-01")), "Jan 2024");
    assert_eq!(month_word(day("2024-02-01")), "Feb");
    assert_eq!(month_word(day("2024-02-03")), "2024-02-03");
}
