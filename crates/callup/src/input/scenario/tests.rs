//! Reading the shipped scenarios, and broken ones with their full findings.

use super::{RegionsOf, ScenarioRead, Surroundings, read_scenario};
use callup_law::diagnostic::Source;
use callup_law::rulebook::Rulebook;

#[derive(Debug)]
struct AnyRegion;

impl RegionsOf for AnyRegion {
    fn regions_of(&self, country: &str) -> Option<Vec<String>> {
        (country == "ru").then(|| ["RU-MOW", "RU-CHE"].map(str::to_owned).to_vec())
    }
}

fn shipped(name: &str) -> Option<Source> {
    let text = match name {
        "ru-2023-as-enacted" => include_str!("../../../../../scenarios/ru-2023-as-enacted.toml"),
        "ru-2023" => include_str!("../../../../../scenarios/ru-2023.toml"),
        "ru-2023-as-reported" => include_str!("../../../../../scenarios/ru-2023-as-reported.toml"),
        "reference-r1" => include_str!("../../../../../scenarios/reference-r1.toml"),
        _ => return None,
    };
    Some(Source { name: format!("scenarios/{name}.toml"), text: text.to_owned() })
}

fn shown(read: &ScenarioRead) -> String {
    let mut text = String::new();
    for finding in &read.findings {
        let source = &read.sources[usize::from(finding.span.source)];
        let before = source.text.get(..finding.span.start as usize).unwrap_or_default();
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        text += &format!("{}:{line}:{column}: {} {}\n", source.name, finding.code, finding.message);
        for help in &finding.help {
            text += &format!("  {help}\n");
        }
    }
    text
}

fn laws() -> Vec<Rulebook> {
    let texts = [
        include_str!("../../../../../laws/ru/paper/2022-01-01.law.md"),
        include_str!("../../../../../laws/ru/127-fz/2023-04-14.law.md"),
        include_str!("../../../../../laws/ru/437-fz/2023-08-04.law.md"),
        include_str!("../../../../../laws/ru/as-reported/2023-04-14.law.md"),
        include_str!("../../../../../laws/reference/r1/2000-01-01.law.md"),
    ];
    let sources = texts.map(|text| Source { name: "law".to_owned(), text: text.to_owned() });
    callup_law::compile(&sources).rulebooks
}

#[test]
fn the_shipped_scenarios_are_whole() {
    let laws = laws();
    for name in ["ru-2023-as-enacted", "ru-2023", "ru-2023-as-reported", "reference-r1"] {
        let read = read_scenario(name, &shipped, &Surroundings { laws: &laws, regions: &AnyRegion });
        // Regions and laws have tests of their own.
        let without_regions: Vec<_> = read.findings.iter().filter(|finding| finding.code < "S020").collect();
        assert!(without_regions.is_empty(), "{name}:\n{}", shown(&read));
    }
}
