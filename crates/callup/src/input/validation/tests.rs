//! The shipped figures are whole, and are compared as they say.

use super::{Held, Role, Unit, read_validation};
use callup_law::calendar::Day;
use callup_law::diagnostic::Source;

fn source(text: &str) -> Source {
    Source { name: "validation/ru-2023.toml".to_owned(), text: text.to_owned() }
}

const SHIPPED: &str = include_str!("../../../../../validation/ru-2023.toml");

#[test]
fn the_shipped_figures_are_whole() {
    let read = read_validation(&source(SHIPPED));
    assert_eq!(read.findings, []);
    let published = read.published.expect("no finding");
    assert_eq!(published.scenario, "ru-2023");
    let role = |name: &str| published.figures.iter().find(|figure| figure.name == name).map(|figure| figure.role);
    assert_eq!(role("spring_called_up"), Some(Role::Input), "a closing statement validates nothing");
    assert_eq!(role("april_called_up"), Some(Role::Held));
    let shares = published.figures.iter().filter(|figure| figure.unit == Unit::Share);
    assert!(
        shares.clone().count() > 0
            && shares.clone().all(|figure| figure.against.as_ref().is_some_and(|a| !a.of.is_empty()))
    );
}

#[test]
fn the_figures_of_2022_are_whole_and_disagree_among_themselves() {
    let read = read_validation(&source(include_str!("../../../../../validation/ru-2022-autumn.toml")));
    assert_eq!(read.findings, []);
    let published = read.published.expect("no finding");
    let figure = |name: &str| published.figures.iter().find(|figure| figure.name == name).expect("it ships");
    let (low, high) = (figure("fled_rather_than_report"), figure("left_in_two_weeks"));
    assert!(low.high.is_some_and(|most| most < high.low), "both stand, and no run can hit both");
    let crossings = ["left_in_two_weeks", "three_countries_in_a_week", "exits_third_quarter"];
    assert!(
        crossings.iter().all(|name| figure(name).what.contains("Men")),
        "the share of men is said where it is used"
    );
}

#[test]
fn a_figure_is_held_against_the_days_it_allows() {
    let published = read_validation(&source(SHIPPED)).published.expect("the shipped figures are whole");
    let figure = |name: &str| published.figures.iter().find(|figure| figure.name == name).expect("it ships").clone();
    // Ten of each column a day: the sum grows with the last day.
    let ten_a_day = |_: &str, _: Option<&str>, from: Day, until: Day| Some(10.0 * f64::from(until.0 - from.0 + 1));
    let held = figure("april_called_up").held(&ten_a_day);
    assert_eq!(held, Some(Held { model: 170.0, model_low: 100.0, model_high: 300.0 }));
    let share = figure("april_called_up_share").held(&ten_a_day).expect("a share");
    assert!((share.model - 1.0 / 3.0).abs() < 1e-12);
    assert_eq!(figure("fined_for_not_appearing").held(&ten_a_day), None);
    assert_eq!(figure("april_called_up").held(&|_, _, _, _| None), None, "a column that is not there is no nought");
}

#[test]
fn agreement_is_reaching_the_range_on_some_allowed_day() {
    let published = read_validation(&source(SHIPPED)).published.expect("the shipped figures are whole");
    let figure = published.figures.iter().find(|figure| figure.name == "april_appeared").expect("it ships");
    let held = |model_low, model_high| Held { model: model_low, model_low, model_high };
    assert!(figure.agrees(&held(10_000.0, 51_000.0)));
    assert!(!figure.agrees(&held(10_000.0, 49_999.0)));
    assert!(!figure.agrees(&held(52_001.0, 90_000.0)));
}

#[test]
fn days_out_of_order_and_a_missing_comparison_are_found() {
    let broken = SHIPPED.replacen("until_earliest = 2023-04-10", "until_earliest = 2023-04-20", 1);
    let broken = broken.replacen("role = \"not_modelled\"", "role = \"held\"", 1);
    let read = read_validation(&source(&broken));
    let codes: Vec<&str> = read.findings.iter().map(|finding| finding.code).collect();
    assert_eq!(codes, ["S014", "S004"]);
    assert!(read.published.is_none());
}
