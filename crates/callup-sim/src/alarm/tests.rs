//! Alarm held to what halves, where news is heard, and what a denial takes away.

use super::{Alarm, Response};
use crate::scenario::alarm::{Alarm as Choice, News, NewsKind};
use crate::scenario::{Basis, Parameter};
use callup_law::calendar::Day;

fn number(value: f64) -> Parameter {
    Parameter { value, low: value, high: value, basis: Basis::Assumption("for the test".into()) }
}

fn news(kind: NewsKind, day: i32, regions: Option<&str>, strength: f64) -> News {
    let regions = regions.map(|region| vec![region.to_owned()]);
    let basis = Basis::Assumption("for the test".into());
    News { name: format!("{day}"), kind, day: Day(day), regions, strength: number(strength), basis }
}

fn alarm(news: Vec<News>) -> Alarm {
    let choice = Choice {
        halving_days: [7.0, 14.0, 3.0].map(number),
        departures: number(3.0),
        willingness: number(0.5),
        requests: number(6.0),
        news,
    };
    Alarm::new(&choice, &["A".to_owned(), "B".to_owned()], Day(10_000), 28)
}

#[test]
fn half_is_forgotten_in_the_days_of_its_kind() {
    let announced = alarm(vec![news(NewsKind::Announcement, 10_003, None, 0.8)]);
    assert_eq!([2, 3, 10, 17].map(|day| announced.index(0, day)), [0, 800, 400, 200]);
    let rumoured = alarm(vec![news(NewsKind::Rumour, 9_986, None, 0.8)]);
    assert_eq!([0, 14].map(|day| rumoured.index(1, day)), [400, 200]);
    assert_eq!(rumoured.index(1, 28), 0, "past the run there is none");
}

#[test]
fn news_of_a_region_is_heard_there() {
    let alarm = alarm(vec![
        news(NewsKind::Announcement, 10_000, Some("B"), 0.5),
        news(NewsKind::Announcement, 10_000, None, 0.2),
    ]);
    assert_eq!([alarm.index(0, 0), alarm.index(1, 0), alarm.national(0)], [200, 700, 200]);
    let days: u32 = (7..14).map(|day| alarm.index(1, day)).sum();
    assert_eq!(alarm.weekly(Some(1), 1), days / 7);
    assert!(alarm.weekly(None, 1) < alarm.weekly(Some(1), 1));
}

#[test]
fn a_denial_calms_but_not_below_calm_and_is_forgotten_first() {
    let alarm = alarm(vec![news(NewsKind::Announcement, 10_000, None, 0.4), news(NewsKind::Denial, 10_000, None, 0.6)]);
    assert_eq!(alarm.index(0, 0), 0);
    assert_eq!(alarm.index(0, 7), 200 - (600.0_f64 * 0.198_425_13).round() as u32);
}

#[test]
fn responses_are_in_proportion_and_never_negative() {
    assert_eq!([0, 500, 1000, 2000].map(|index| Response(3000).at(index)), [1000, 2000, 3000, 5000]);
    assert_eq!([0, 1000, 2000, 5000].map(|index| Response(500).at(index)), [1000, 500, 0, 0]);
    assert_eq!(Response::NONE.at(77_000), 1000);
}

#[test]
fn without_a_choice_there_is_calm() {
    let none = Alarm::none();
    assert!(!none.is_on());
    assert_eq!([none.index(0, 0), none.national(3), none.weekly(Some(1), 0), none.weekly(None, 0)], [0; 4]);
}
