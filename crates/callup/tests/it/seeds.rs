//! What was held against the record: every reported figure that the project starts from has its place, and whatever was tuned is on the list.

use callup::checking::published;
use callup::data::Data;
use callup::input::validation::Role;
use callup::prepare::{Place, RunRequest, Saving, prepare};
use std::collections::BTreeSet;

const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/validation.md");
/// Figures of the five press reports.
const REPORTED: usize = 52;
/// Figures over all scenarios that were asked for at least.
const FIGURES_LEAST: usize = 60;

/// Back-quoted words of a cell.
fn quoted(cell: &str) -> Vec<&str> {
    cell.split('`').skip(1).step_by(2).collect()
}

#[test]
fn every_reported_figure_has_a_place_that_exists() {
    let page = std::fs::read_to_string(PAGE).unwrap();
    let data = Data::embedded();
    for number in 1..=REPORTED {
        let id = format!("| S{number:02} | ");
        let rows: Vec<&str> = page.lines().filter(|line| line.starts_with(&id)).collect();
        let [row] = rows.as_slice() else { panic!("{id} stands {} times", rows.len()) };
        let place = row.trim_end_matches('|').rsplit_once('|').expect("three cells").1;
        let words = quoted(place);
        if place.contains("outside the model:") {
            continue;
        }
        let (file, names) = words.split_first().unwrap_or_else(|| panic!("{row}"));
        let text = data.peek(file).unwrap_or_else(|error| panic!("{row}: {error}")).text;
        let others = names.iter().filter(|name| !name.contains('/'));
        for name in others {
            let wanted =
                if file.starts_with("validation/") { format!("name = \"{name}\"") } else { (*name).to_owned() };
            assert!(text.contains(&wanted), "{row}: {file} does not say {wanted}");
        }
    }
}

#[test]
fn enough_figures_are_published_and_none_twice() {
    let data = Data::embedded();
    let mut figures = 0;
    for file in data.list("validation", ".toml").unwrap().iter().filter(|file| !file.ends_with("tuning.toml")) {
        let scenario = file.trim_start_matches("validation/").trim_end_matches(".toml");
        let of_file = published(scenario, &data).unwrap();
        assert_eq!(of_file.scenario, scenario);
        figures += of_file.figures.len();
    }
    assert!(figures >= FIGURES_LEAST, "{figures}");
}

/// The list of what was tuned.
fn tunings() -> Vec<toml::Table> {
    let list: toml::Table = Data::embedded().peek("validation/tuning.toml").unwrap().text.parse().unwrap();
    let tunings = list["tuning"].as_array().unwrap().clone();
    tunings.into_iter().map(|tuning| tuning.as_table().unwrap().clone()).collect()
}

#[test]
fn every_tuned_figure_is_on_the_list_and_every_figure_of_the_list_is_tuned() {
    let data = Data::embedded();
    let mut listed = BTreeSet::new();
    for tuning in tunings() {
        let scenario = tuning["scenario"].as_str().unwrap();
        let figures = tuning["figures"].as_array().unwrap();
        listed.extend(figures.iter().map(|figure| (scenario.to_owned(), figure.as_str().unwrap().to_owned())));
    }
    let mut tuned = BTreeSet::new();
    for file in data.list("validation", ".toml").unwrap().iter().filter(|file| !file.ends_with("tuning.toml")) {
        let published = published(file.trim_start_matches("validation/").trim_end_matches(".toml"), &data).unwrap();
        let of_role = published.figures.into_iter().filter(|figure| figure.role == Role::Tuned);
        tuned.extend(of_role.map(|figure| (published.scenario.clone(), figure.name)));
    }
    assert_eq!(listed, tuned, "left: the list; right: what validation/ says");
}

#[test]
fn the_numbers_of_the_list_are_what_the_scenarios_say() {
    let data = Data::embedded();
    for tuning in tunings() {
        let name = tuning["scenario"].as_str().unwrap();
        let request = RunRequest {
            scenario: name.to_owned(),
            scale: None,
            seed: None,
            days: None,
            threads: None,
            place: Place::Under("runs".into()),
            saving: Saving::default(),
        };
        let scenario = prepare(&request, &data).unwrap().scenario;
        for number in tuning["number"].as_array().unwrap() {
            let along = number.get("in_proportion").and_then(toml::Value::as_table).into_iter().flatten();
            let own = (number["path"].as_str().unwrap(), &number["value"]);
            for (path, found) in along.map(|(path, found)| (path.as_str(), found)).chain([own]) {
                let record = scenario.register.iter().find(|record| record.path == path);
                let value = record.unwrap_or_else(|| panic!("{name} has no {path}")).parameter.value;
                assert_eq!(value.to_bits(), found.as_float().unwrap().to_bits(), "{name}: {path}");
            }
        }
    }
}
