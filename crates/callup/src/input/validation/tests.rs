//! The shipped figures are whole, and are compared as they say.

use super::{Held, Lived, Role, Sought, Unit, ValidationRead, read_validation};
use crate::input::scenario::RegionsOf;
use callup_law::calendar::Day;
use callup_law::diagnostic::Source;

fn source(text: &str) -> Source {
    Source { name: "validation/ru-2023.toml".to_owned(), text: text.to_owned() }
}

#[derive(Debug)]
struct Russia;

impl RegionsOf for Russia {
    fn regions_of(&self, country: &str) -> Option<Vec<String>> {
        (country == "ru")
            .then(|| ["RU-MOW", "RU-SPE", "RU-SVE", "RU-CHE", "RU-PER", "RU-VLG"].map(str::to_owned).into())
    }
}

fn read(source: &Source) -> ValidationRead {
    read_validation(source, &Russia)
}

/// A run in which ten of each column are counted a day, whose indicators count as many as there are days, a tenth of all, and whose lengths are 21 days;
/// or one in which nothing is counted.
struct TenADay(bool);

impl Lived for TenADay {
    fn flow(&self, _: &str, _: Option<&str>, from: Day, until: Day) -> Option<f64> {
        self.0.then(|| 10.0 * f64::from(until.0 - from.0 + 1))
    }

    fn told(&self, _: &str, _: Option<&str>, _: Option<&str>, days: (Day, Day), share: bool) -> Option<f64> {
        let count = f64::from(days.1.0 - days.0.0 + 1);
        self.0.then_some(if share { 0.1 } else { count })
    }

    fn length(&self, _: &str, _: Option<&str>, _: Option<&str>, statistic: &str) -> Option<f64> {
        (self.0 && statistic == "median").then_some(21.0)
    }
}

const SHIPPED: &str = include_str!("../../../../../validation/ru-2023.toml");

#[test]
fn the_shipped_figures_are_whole() {
    let read = read(&source(SHIPPED));
    assert_eq!(read.findings, []);
    let published = read.published.expect("no finding");
    assert_eq!(published.scenario, "ru-2023");
    let role = |name: &str| published.figures.iter().find(|figure| figure.name == name).map(|figure| figure.role);
    assert_eq!(role("spring_called_up"), Some(Role::Input), "a closing statement validates nothing");
    assert_eq!(role("april_called_up"), Some(Role::Held));
    let shares = published.figures.iter().filter(|figure| figure.unit == Unit::Share);
    assert!(
        shares.clone().count() > 0
            && shares.clone().all(|figure| figure
                .against
                .as_ref()
                .is_some_and(|a| { !matches!(&a.sought, Sought::Columns { of, .. } if of.is_empty()) }))
    );
}

#[test]
fn the_figures_of_2022_are_whole_and_disagree_among_themselves() {
    let read = read(&source(include_str!("../../../../../validation/ru-2022-autumn.toml")));
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
    let published = read(&source(SHIPPED)).published.expect("the shipped figures are whole");
    let figure = |name: &str| published.figures.iter().find(|figure| figure.name == name).expect("it ships").clone();
    // Ten of each column a day: the sum grows with the last day.
    let ten_a_day = TenADay(true);
    let held = figure("april_called_up").held(&ten_a_day);
    assert_eq!(held, Some(Held { model: 170.0, model_low: 100.0, model_high: 300.0 }));
    let share = figure("april_called_up_share").held(&ten_a_day).expect("a share");
    assert!((share.model - 1.0 / 3.0).abs() < 1e-12);
    assert_eq!(figure("fined_for_not_appearing").held(&ten_a_day), None);
    assert_eq!(figure("april_called_up").held(&TenADay(false)), None, "a column that is not there is no nought");
}

#[test]
fn an_interval_agrees_that_meets_the_range() {
    let published = read(&source(SHIPPED)).published.expect("the shipped figures are whole");
    let figure = published.figures.iter().find(|figure| figure.name == "april_appeared").expect("it ships");
    assert!(figure.meets((10_000.0, 51_000.0)));
    assert!(!figure.meets((10_000.0, 49_999.0)));
    assert!(!figure.meets((52_001.0, 90_000.0)));
}

#[test]
fn days_out_of_order_and_a_missing_comparison_are_found() {
    let broken = SHIPPED.replacen("until_earliest = 2023-04-10", "until_earliest = 2023-04-20", 1);
    let broken = broken.replacen("role = \"not_modelled\"", "role = \"held\"", 1);
    let read = read(&source(&broken));
    let codes: Vec<&str> = read.findings.iter().map(|finding| finding.code).collect();
    assert_eq!(codes, ["S014", "S004"]);
    assert!(read.published.is_none());
}

#[test]
fn indicators_ledgers_and_lengths_can_be_held_against() {
    let days = "from = 2023-01-01, until = 2023-06-30, until_earliest = 2023-06-30, until_latest = 2023-06-30, region = \"all\"";
    let figure = |name: &str, unit: &str, against: &str| {
        let said = "what = \"a\"\nsource = \"b\"\npublished = \"c\"\nconfidence = \"derived\"\nrole = \"held\"\nreason = \"d\"";
        format!(
            "[[figure]]\nname = \"{name}\"\nunit = \"{unit}\"\nvalue = {{ low = 1, high = 2 }}\n{said}\nagainst = {{ {against}, {days} }}\n"
        )
    };
    let text = [
        "title = \"t\"\nscenario = \"s\"\n".to_owned(),
        figure("cases", "cases", "ledger = \"unit_cases\""),
        figure("share", "share", "indicator = \"unreached\", group = \"student=yes\""),
        figure("lift", "days", "duration = \"exit_ban_duration\", statistic = \"median\""),
        figure("late", "days", "duration = \"exit_ban_duration\", statistic = \"p95\""),
    ];
    let whole = read(&source(&text.concat()));
    assert_eq!(whole.findings, []);
    let published = whole.published.expect("no finding");
    let models: Vec<Option<f64>> =
        published.figures.iter().map(|one| one.held(&TenADay(true)).map(|held| held.model)).collect();
    assert_eq!(models, [Some(181.0), Some(0.1), Some(21.0), None]);
    let unknown = text.concat().replacen("\"median\"", "\"mean\"", 1);
    let codes: Vec<&str> = read(&source(&unknown)).findings.iter().map(|finding| finding.code).collect();
    assert_eq!(codes, ["S011"]);
}

#[test]
fn a_name_that_no_run_can_have_is_a_finding_with_its_place() {
    let findings = |from: &str, to: &str| {
        let text = SHIPPED.replacen(from, to, 1);
        assert_ne!(text, SHIPPED, "{from}");
        let read = read(&source(&text));
        assert!(read.published.is_none());
        let [finding] = read.findings.as_slice() else { panic!("{:?}", read.findings) };
        let placed = &text[finding.span.start as usize..finding.span.end as usize];
        (finding.code, placed.trim_matches('"').to_owned(), finding.help.join(" "))
    };
    let wanted = |code, word: &str, help: &str| (code, word.to_owned(), help.to_owned());
    let column = findings("[\"dates_come\"]", "[\"dates_came\"]");
    assert_eq!(column, wanted("S011", "dates_came", "did you mean `dates_come`?"));
    assert_eq!(findings("[\"dates_come\"]", "[\"queue\"]").0, "S011", "a stock is not summed over days");
    let of = findings("of = [\"called_up\", \"deferred\"", "of = [\"called_up\", \"defered\"");
    assert_eq!(of, wanted("S011", "defered", "did you mean `deferred`?"));
    let ledger = findings("ledger = \"unit_cases\"", "ledger = \"unit_case\"");
    assert_eq!(ledger, wanted("S011", "unit_case", "did you mean `unit_cases`?"));
    assert_eq!(findings("ledger = \"unit_cases\"", "indicator = \"unit_cases\"").0, "S011", "no indicator, a ledger's");
    let region = findings("region = \"RU-SPE\"", "region = \"RU-SPB\"");
    assert_eq!(region, wanted("S028", "RU-SPB", "did you mean `RU-SPE`?"));
}
