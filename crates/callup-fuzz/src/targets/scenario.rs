//! Scenarios and those they extend: read, bound to the shipped laws, and lived through for some days by a handful of people.

use super::assert_sound;
use crate::pack;
use crate::shipped::{BOOKS, DATA, REGIONS};
use callup::input::scenario::{RegionsOf, Surroundings, read_scenario};
use callup_law::diagnostic::Severity;
use callup_sim::people::{Layout, People, RegionPlan};
use callup_sim::random::Draws;
use callup_sim::scenario::Scenario;
use callup_sim::{Checks, Control, LawSet, simulate_with};

/// Days lived at most: enough for a week's end and some periods.
const DAYS_MAX: u16 = 40;

#[derive(Debug)]
struct Shipped;

impl RegionsOf for Shipped {
    fn regions_of(&self, country: &str) -> Option<Vec<String>> {
        (country == "ru").then(|| REGIONS.clone())
    }
}

/// Any texts as a scenario and those it extends; a name that is not among them is that of a shipped scenario.
pub fn scenario(data: &[u8]) {
    let Some(texts) = pack::texts(data) else { return };
    let text_of = |name: &str| {
        let own = texts.iter().find(|source| source.name == name).cloned();
        own.or_else(|| DATA.peek(&format!("scenarios/{name}.toml")).ok())
    };
    let surroundings = Surroundings { laws: &BOOKS, regions: &Shipped };
    let read = read_scenario("", &text_of, &surroundings);
    assert_sound(&read.findings, &read.sources);
    let again = read_scenario("", &text_of, &surroundings);
    assert_eq!(
        (&again.scenario, &again.findings),
        (&read.scenario, &read.findings),
        "the same text, the same scenario"
    );
    let broken = read.findings.iter().any(|finding| finding.severity == Severity::Error);
    assert_eq!(read.scenario.is_none(), broken, "a scenario without an error, none with one");
    if let Some(scenario) = read.scenario {
        live(scenario);
    }
}

/// A shipped scenario.
pub(super) fn shipped_scenario(name: &str) -> Scenario {
    let text_of = |name: &str| DATA.peek(&format!("scenarios/{name}.toml")).ok();
    let read = read_scenario(name, &text_of, &Surroundings { laws: &BOOKS, regions: &Shipped });
    read.scenario.expect("a shipped scenario has no error")
}

fn live(mut scenario: Scenario) {
    let chosen = callup_sim::scenario::check::books_in_force(&scenario.laws, &BOOKS);
    let books: Vec<_> = chosen.into_iter().map(|(_, book)| book.clone()).collect();
    if LawSet::bind(&books, &scenario).is_err() {
        return;
    }
    // The longest runs only repeat what the first weeks do; a shorter run is a scenario of its own and may lack what it needs.
    scenario.days = scenario.days.min(DAYS_MAX);
    let Ok(laws) = LawSet::bind(&books, &scenario) else { return };
    let people = people(&scenario);
    let checks = Checks { recount_daily: true, block: 1 };
    let outcome = simulate_with(&people, &laws, &scenario, checks, &mut |_| Control::Continue);
    assert_eq!(outcome.daily.days(), usize::from(scenario.days), "every day is told");
}

/// The year whose people a run takes: the program takes the nearest that the tables have, whatever year the scenario speaks of.
const REFERENCE_YEAR: u16 = 2023;

/// A man a birth year in one district of each of two regions, and a district of nobody, as the scenario says they are.
pub(super) fn people(scenario: &Scenario) -> People {
    let plan = |code: u8, iso_code: &String| RegionPlan {
        code,
        iso_code: iso_code.clone(),
        inhabitants: 1000,
        districts: vec![vec![1; 49], vec![0; 49]],
    };
    let plans: Vec<RegionPlan> = (1..=2).zip(REGIONS.iter()).map(|(code, iso_code)| plan(code, iso_code)).collect();
    let layout = Layout::new(&plans, REFERENCE_YEAR - 65, 49).expect("a small layout");
    People::draw(layout, REFERENCE_YEAR, &scenario.population, &Draws::new(scenario.seed))
        .expect("people of a read scenario")
}
