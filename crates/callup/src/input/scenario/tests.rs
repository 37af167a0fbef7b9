//! The shipped scenarios are whole; broken ones are told so with every finding, word for word.

mod broken;

use super::{RegionsOf, ScenarioRead, Surroundings, read_scenario};
use crate::input::tables::{read_tables, region_codes};
use callup_law::diagnostic::{Source, render};
use callup_law::rulebook::Rulebook;
use callup_sim::scenario::{Basis, Capacity, ChannelKind, Decides, Pace, Reading, Scenario, Selection};
use std::sync::LazyLock;

/// The regions of the shipped tables.
#[derive(Debug)]
struct Russia(Vec<String>);

impl Russia {
    fn read() -> Russia {
        let text = include_str!("../../../../../tables/ru/regions.csv");
        let text_of =
            |name: &str| name.ends_with("regions.csv").then(|| Source { name: name.to_owned(), text: text.to_owned() });
        Russia(region_codes(&read_tables("ru", 2023, &text_of).tables))
    }
}

impl RegionsOf for Russia {
    fn regions_of(&self, country: &str) -> Option<Vec<String>> {
        (country == "ru").then(|| self.0.clone())
    }
}

fn shipped(name: &str) -> Option<Source> {
    let text = match name {
        "ru-2023-as-enacted" => include_str!("../../../../../scenarios/ru-2023-as-enacted.toml"),
        "ru-2023" => include_str!("../../../../../scenarios/ru-2023.toml"),
        "ru-2023-as-reported" => include_str!("../../../../../scenarios/ru-2023-as-reported.toml"),
        "ru-2022-autumn" => include_str!("../../../../../scenarios/ru-2022-autumn.toml"),
        "ru-2022-mobilisation" => include_str!("../../../../../scenarios/ru-2022-mobilisation.toml"),
        "ru-2023-second-wave" => include_str!("../../../../../scenarios/ru-2023-second-wave.toml"),
        "reference-r1" => include_str!("../../../../../scenarios/reference-r1.toml"),
        _ => return None,
    };
    Some(Source { name: format!("scenarios/{name}.toml"), text: text.to_owned() })
}

fn laws() -> &'static [Rulebook] {
    static LAWS: LazyLock<Vec<Rulebook>> = LazyLock::new(compiled);
    &LAWS
}

fn compiled() -> Vec<Rulebook> {
    let texts = [
        include_str!("../../../../../laws/ru/paper/2022-01-01.law.md"),
        include_str!("../../../../../laws/ru/mobilisation/2022-09-21.law.md"),
        include_str!("../../../../../laws/ru/127-fz/2023-04-14.law.md"),
        include_str!("../../../../../laws/ru/437-fz/2023-08-04.law.md"),
        include_str!("../../../../../laws/ru/as-reported/2023-04-14.law.md"),
        include_str!("../../../../../laws/reference/r1/2000-01-01.law.md"),
    ];
    let sources = texts.map(|text| Source { name: "law".to_owned(), text: text.to_owned() });
    callup_law::compile(&sources).rulebooks
}

fn read(name: &str, text_of: &dyn Fn(&str) -> Option<Source>) -> ScenarioRead {
    read_scenario(name, text_of, &Surroundings { laws: laws(), regions: &Russia::read() })
}

fn whole(name: &str) -> Scenario {
    let read = read(name, &shipped);
    assert!(read.findings.is_empty(), "{name}:\n{}", render(&read.findings, &read.sources));
    read.scenario.expect("no finding, so there is a scenario")
}

#[test]
fn the_flagship_says_what_its_file_says() {
    let scenario = whole("ru-2023-as-enacted");
    assert_eq!(
        (scenario.days, scenario.seed, String::from(scenario.start)),
        (365, 20_230_414, "2023-01-01".to_owned())
    );
    let laws: Vec<&str> = scenario.laws.iter().map(|law| law.id.as_str()).collect();
    assert_eq!(laws, ["ru_paper_2022", "ru_127fz", "ru_437fz"]);
    assert_eq!(scenario.answers["electronic_service_moment"], "after_seven_days");
    let decreed: Vec<u32> = scenario.campaigns.iter().filter_map(|c| c.decreed.as_ref()).map(|d| d.number).collect();
    assert_eq!(decreed, [147_000, 130_000]);
    let check = &scenario.campaigns[0];
    assert_eq!(check.regions.as_ref().map(Vec::len), Some(43), "Agora counted 43 regions by 16 March");
    assert!(
        matches!(&scenario.commission.capacity, Capacity::National { decisions_per_year, .. } if decisions_per_year.value == 1.4e6)
    );
    assert!(matches!(&scenario.campaigns[1].pace, Pace::PerDecreed { ramp, .. } if ramp.len() == 4));
}

#[test]
fn what_happened_differs_in_the_register_the_channels_and_the_agencies_alone() {
    let (enacted, happened) = (whole("ru-2023-as-enacted"), whole("ru-2023"));
    let kinds: Vec<ChannelKind> = happened.channels.iter().map(|channel| channel.kind).collect();
    assert_eq!(kinds, [ChannelKind::InHand, ChannelKind::Employer]);
    assert!(happened.conditions.iter().all(|setting| !setting.value));
    let Scenario { name, title, about, conditions, channels, agencies, register, .. } = enacted.clone();
    let levelled = Scenario { name, title, about, conditions, channels, agencies, register, ..happened };
    assert_eq!(levelled, enacted);
}

#[test]
fn a_parameter_remembers_the_file_that_set_it() {
    let scenario = whole("ru-2023");
    let record = |path: &str| &scenario.register[scenario.parameter_index(path).expect("the path is in the register")];
    assert_eq!(record("channel.in_hand_before.used_share").set_in, "scenarios/ru-2023.toml");
    assert_eq!(record("response.appears_share").set_in, "scenarios/ru-2023-as-enacted.toml");
    assert_eq!(record("response.appears_share").unit, "share");
    assert!(matches!(record("response.appears_share").parameter.basis, Basis::Source(_)));
    assert_eq!(record("border.trips_per_year").unit, "per year");
    assert_eq!(record("population.study_share.18_18").parameter.value, 0.75);
    assert!(scenario.parameter_index("channel.register.used_share").is_none(), "channels are replaced as a whole");
}

#[test]
fn paths_of_the_register_are_unique() {
    for name in ["ru-2023-as-enacted", "ru-2023", "ru-2023-as-reported", "ru-2022-autumn", "reference-r1"] {
        let mut paths: Vec<String> = whole(name).register.into_iter().map(|record| record.path).collect();
        paths.sort();
        let all = paths.len();
        paths.dedup();
        assert_eq!(paths.len(), all, "{name}");
    }
}

#[test]
fn the_autumn_of_2022_has_the_people_of_the_flagship_and_surges_that_leave_no_day_out() {
    let (enacted, autumn) = (whole("ru-2023-as-enacted"), whole("ru-2022-autumn"));
    assert_eq!(autumn.population, enacted.population);
    let surges = &autumn.border.surges;
    assert_eq!((surges[0].from, surges.last().map(|last| last.until)), (autumn.start, Some(autumn.last_day())));
    assert!(surges.windows(2).all(|two| two[1].from == two[0].until.plus_days(1)));
}

#[test]
fn the_reported_rules_stand_over_the_same_people() {
    let (enacted, reported) = (whole("ru-2023-as-enacted"), whole("ru-2023-as-reported"));
    assert_eq!(reported.laws.last().map(|law| law.id.as_str()), Some("ru_as_reported_2023"));
    assert_eq!(reported.population, enacted.population);
    assert_eq!(reported.campaigns, enacted.campaigns);
    assert_eq!(reported.answers["reported_lifting"], "on_appearance");
}

#[test]
fn the_reference_model_is_r1() {
    let scenario = whole("reference-r1");
    assert_eq!(scenario.response.decides, Decides::Served);
    assert!(matches!(&scenario.reading, Reading::PerNotice { probability, .. } if probability.value == 0.35));
    let campaign = &scenario.campaigns[0];
    assert_eq!((campaign.pace.clone(), campaign.until.0 - campaign.from.0), (Pace::UniformDay, 104));
}

#[test]
fn a_sibling_sets_single_numbers_by_their_paths_and_the_last_file_holds() {
    let between = r#"
extends = "ru-2023-as-enacted"
[set]
"campaign.spring_2023.pace.notices_per_decreed" = { value = 5.0, assumption = "fewer" }
"border.returns_share" = { value = 0.2, assumption = "more" }
"#;
    let sibling = r#"
extends = "between"
[set]
"campaign.spring_2023.pace.notices_per_decreed" = { value = 7.0, assumption = "more" }
"population.study_share.18_18" = { value = 0.5, low = 0.4, source = "a table" }
"commission.examination_delay" = { days = 3, assumption = "a day is a day" }
"#;
    let text_of = |name: &str| match name {
        "between" => Some(Source { name: name.to_owned(), text: between.to_owned() }),
        "sibling" => Some(Source { name: name.to_owned(), text: sibling.to_owned() }),
        other => shipped(other),
    };
    let read = read("sibling", &text_of);
    let scenario = read.scenario.unwrap_or_else(|| panic!("{}", render(&read.findings, &read.sources)));
    let of = |path: &str| {
        let found = scenario.register.iter().find(|record| record.path == path);
        let record = found.unwrap_or_else(|| panic!("no {path}"));
        let Basis::Assumption(reason) = &record.parameter.basis else { panic!("{path} is assumed") };
        let parameter = &record.parameter;
        (parameter.value, parameter.low, parameter.high, reason.clone(), record.set_in.clone())
    };
    let per_decreed = of("campaign.spring_2023.pace.notices_per_decreed");
    assert_eq!(per_decreed, (7.0, 4.5, 8.0, "more".to_owned(), "sibling".to_owned()));
    assert_eq!(of("border.returns_share").0.to_bits(), 0.2_f64.to_bits());
    let study = of("population.study_share.18_18");
    assert_eq!((study.0, study.1, study.2), (0.5, 0.4, 0.82));
    assert!(study.3.ends_with("; ages 18 to 18: a table"), "{}", study.3);
    assert_eq!(of("commission.examination_delay").0.to_bits(), 3.0_f64.to_bits());
}

#[test]
fn a_mobilisation_calls_the_reserve_of_its_number_in_its_own_weeks() {
    for (name, others) in [("ru-2022-mobilisation", 0), ("ru-2023-second-wave", 1)] {
        let scenario = whole(name);
        let campaign = &scenario.campaigns[0];
        assert!(matches!(campaign.selection, Selection::RecordedReservists { .. }), "{name}");
        assert_eq!(campaign.decreed.as_ref().map(|decreed| decreed.number), Some(300_000), "{name}");
        let mobilisation = scenario.recourse.mobilisation.as_ref().expect("it is on");
        assert_eq!((mobilisation.categories.len(), scenario.campaigns.len()), (3, 1 + others), "{name}");
        assert!(mobilisation.cards.is_some() && scenario.recourse.help.is_some(), "{name}");
    }
    assert!(whole("ru-2023-as-enacted").recourse.mobilisation.is_none());
}
