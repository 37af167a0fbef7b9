//! What was held against the record: every reported figure that the project starts from has its place, and whatever was tuned is on the list.

use callup::checking::published;
use callup::data::Data;
use callup::error::Error;
use callup::input::validation::{Published, Role};
use callup::prepare::{RunRequest, prepare, scenario_names};
use callup_sim::scenario::{Basis, ParameterRecord};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/validation.md");
const README: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../README.md");
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
fn enough_figures_are_published() {
    let all = all_published();
    let figures: usize = all.iter().map(|published| published.figures.len()).sum();
    assert!(figures >= FIGURES_LEAST, "{figures}");
}

#[test]
fn every_miss_that_the_readme_prints_is_explained() {
    let page = std::fs::read_to_string(PAGE).unwrap();
    let (_, misses) = page.split_once("\n## The misses, and why\n").unwrap();
    let readme = std::fs::read_to_string(README).unwrap();
    let is_miss = |line: &&str| line.contains("predicted, missed") || line.ends_with("tuned, missed");
    let missed: Vec<&str> = readme.lines().filter(is_miss).filter_map(|line| line.split(' ').next()).collect();
    assert!(!missed.is_empty(), "the table of the README shows its misses");
    for name in missed {
        assert!(misses.contains(&format!("`{name}`")), "{name} is missed, and {PAGE} does not say why");
    }
}

/// The list of what was tuned.
fn tunings() -> Vec<toml::Table> {
    let list: toml::Table = Data::embedded().peek("validation/tuning.toml").unwrap().text.parse().unwrap();
    let tunings = list["tuning"].as_array().unwrap().clone();
    tunings.into_iter().map(|tuning| tuning.as_table().unwrap().clone()).collect()
}

/// Figures that an entry names under a key.
fn names_of<'t>(tuning: &'t toml::Table, key: &str) -> Vec<&'t str> {
    let listed = tuning.get(key).and_then(toml::Value::as_array).into_iter().flatten();
    listed.map(|name| name.as_str().unwrap()).collect()
}

/// Numbers of an entry, those that move along with others too: path and value.
fn numbers(tuning: &toml::Table) -> Vec<(&str, f64)> {
    let number = |number: &'_ toml::Value| number.as_float().unwrap();
    let mut all = Vec::new();
    for own in tuning["number"].as_array().unwrap() {
        all.push((own["path"].as_str().unwrap(), number(&own["value"])));
        let along = own.get("in_proportion").and_then(toml::Value::as_table).into_iter().flatten();
        all.extend(along.map(|(path, value)| (path.as_str(), number(value))));
    }
    all
}

/// Every scenario that figures are published on.
fn all_published() -> Vec<Published> {
    let data = Data::embedded();
    let files = data.list("validation", ".toml").unwrap();
    let scenarios = files.iter().map(|file| file.trim_start_matches("validation/").trim_end_matches(".toml"));
    let read = |name: &str| {
        let published = published(name, &data).unwrap_or_else(|error| match error {
            Error::Findings { findings, .. } => panic!("{name}: {findings:?}"),
            other => panic!("{name}: {other}"),
        });
        assert_eq!(published.scenario, name);
        published
    };
    scenarios.filter(|name| *name != "tuning").map(read).collect()
}

/// The parameters of every shipped scenario, read once.
static REGISTERS: LazyLock<BTreeMap<String, Vec<ParameterRecord>>> = LazyLock::new(|| {
    let data = Data::embedded();
    let register = |name: String| {
        let register = prepare(&RunRequest::once(&name), &data).unwrap().scenario.register;
        (name, register)
    };
    scenario_names(&data).unwrap().into_iter().map(register).collect()
});

/// What a number rests on.
fn basis(record: &ParameterRecord) -> &str {
    let (Basis::Source(text) | Basis::Assumption(text)) = &record.parameter.basis;
    text
}

#[test]
fn every_tuned_figure_is_on_the_list_and_no_figure_of_the_list_is_predicted() {
    let (mut searched, mut seen) = (BTreeSet::new(), BTreeSet::new());
    let tunings = tunings();
    for tuning in &tunings {
        let name = tuning["name"].as_str().unwrap();
        let scenario = tuning["scenario"].as_str().unwrap();
        let by_hand = tuning.get("by_hand").is_some();
        assert_eq!(
            tuning.contains_key("figures"),
            !by_hand,
            "{name}: what is searched has figures, what is not has none"
        );
        assert!(!by_hand || tuning.contains_key("in_view") || tuning.contains_key("seen"), "{name}: by what?");
        searched.extend(names_of(tuning, "figures").into_iter().map(|figure| (scenario, figure)));
        seen.extend(names_of(tuning, "in_view").into_iter().map(|figure| (scenario, figure)));
    }
    let listed: BTreeSet<_> = searched.union(&seen).copied().collect();
    let mut left: BTreeSet<_> = listed.clone();
    let all = all_published();
    for published in &all {
        for figure in &published.figures {
            let place = (published.scenario.as_str(), figure.name.as_str());
            left.remove(&place);
            let says_so = ["in view", "was set", "were set"].iter().any(|words| figure.reason.contains(words));
            match figure.role {
                Role::Tuned => assert!(listed.contains(&place), "{place:?} is tuned and not on the list"),
                Role::Held => assert!(!listed.contains(&place), "{place:?} was in view, and is no prediction"),
                Role::Input | Role::NotModelled => {
                    assert!(!searched.contains(&place), "{place:?} is searched by: it is `tuned`");
                    assert!(!says_so || listed.contains(&place), "{place:?} says that a number was set by it");
                }
            }
        }
    }
    assert!(left.is_empty(), "no such figures: {left:?}");
}

/// Words by which a scenario says that a number was set by what a run gives, or by a guess at published figures.
const SET_BY: [&str; 5] = ["tuned", "set so that", "set to ", "set with ", "set it with "];

#[test]
fn every_number_that_says_it_was_set_so_is_on_the_list() {
    let tunings = tunings();
    let listed: BTreeSet<&str> = tunings.iter().flat_map(numbers).map(|(path, _)| path).collect();
    let mut found = BTreeSet::new();
    for (name, register) in REGISTERS.iter() {
        for record in register.iter().filter(|record| SET_BY.iter().any(|words| basis(record).contains(words))) {
            let path = record.path.as_str();
            assert!(listed.contains(path), "{name}: {path} is set so: {}", basis(record));
            found.insert(path);
        }
    }
    assert!(found.len() > 10, "the words are still those that the scenarios use: {found:?}");
}

/// Where a publication was read, out of the text that names it: addresses of sites with what follows, as far as it tells one article from another.
fn articles(source: &str) -> Vec<String> {
    let parts = source.split([';', ',', '(', ')']).map(str::trim);
    let is_article = |part: &&str| {
        let (site, rest) = part.split_once([' ', '/']).unwrap_or((part, ""));
        site.contains('.') && !site.ends_with('.') && rest.chars().any(|letter| letter.is_ascii_digit())
    };
    parts.filter(is_article).map(str::to_owned).collect()
}

#[test]
fn a_prediction_says_so_if_a_number_cites_the_same_article() {
    assert_eq!(articles("Forbes, m.censor.net 3371454; kyivindependent.com"), ["m.censor.net 3371454"]);
    let mut cited = 0;
    for published in all_published() {
        let register = &REGISTERS[&published.scenario];
        for figure in published.figures.iter().filter(|figure| figure.role == Role::Held) {
            for article in articles(&figure.source) {
                let Some(record) = register.iter().find(|record| basis(record).contains(&article)) else { continue };
                cited += 1;
                let said = figure.reason.contains("same article");
                assert!(
                    said,
                    "{}: {} cites {article} too: say of {} what it was, or that it is no prediction",
                    published.scenario, record.path, figure.name
                );
            }
        }
    }
    assert!(cited > 0, "the rule still finds what it is about");
}

#[test]
fn the_numbers_of_the_list_are_what_the_scenarios_say() {
    for tuning in tunings() {
        let name = tuning["scenario"].as_str().unwrap();
        for (path, value) in numbers(&tuning) {
            let record = REGISTERS[name].iter().find(|record| record.path == path);
            let found = record.unwrap_or_else(|| panic!("{name} has no {path}")).parameter.value;
            assert!((found - value).abs() <= 1e-9 * value.abs(), "{name}: {path} is {found}, listed as {value}");
        }
    }
}

/// What a path is set to on trial: the low end of what the scenario gives; of a waiting time, which has none, eleven days.
fn trial(record: &ParameterRecord) -> (f64, String) {
    let is_delay = record.unit == "days (mean)";
    let (key, value) = if is_delay { ("days", 11.0) } else { ("value", record.parameter.low) };
    let written = if is_delay { "11".to_owned() } else { format!("{value:?}") };
    (value, format!("\"{}\" = {{ {key} = {written}, assumption = \"a trial\" }}\n", record.path))
}

#[test]
fn every_number_of_the_list_can_be_set_by_its_path() {
    let folder = tempfile::tempdir().unwrap();
    let tunings = tunings();
    let mut paths: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for tuning in &tunings {
        let own = numbers(tuning).into_iter().map(|(path, _)| path);
        paths.entry(tuning["scenario"].as_str().unwrap()).or_default().extend(own);
    }
    for (extends, paths) in paths {
        let records = REGISTERS[extends].iter().filter(|record| paths.contains(record.path.as_str()));
        let trials: Vec<(&str, (f64, String))> = records.map(|record| (record.path.as_str(), trial(record))).collect();
        let lines: String = trials.iter().map(|(_, (_, line))| line.as_str()).collect();
        let file = folder.path().join(format!("{extends}-trial.toml"));
        std::fs::write(&file, format!("extends = \"{extends}\"\n[set]\n{lines}")).unwrap();
        let after = match prepare(&RunRequest::once(file.to_str().unwrap()), &Data::embedded()) {
            Ok(prepared) => prepared.scenario.register,
            Err(Error::Findings { findings, .. }) => panic!("{extends}: {findings:?}"),
            Err(other) => panic!("{extends}: {other}"),
        };
        for (path, (value, _)) in trials {
            let found = after.iter().find(|record| record.path == path).unwrap().parameter.value;
            assert!((found - value).abs() < 1e-12, "{extends}: {path} is {found}, set to {value}");
        }
    }
}
