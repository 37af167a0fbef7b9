//! Any one life comes out of a replay row for row as it came out of the run, and a replay knows when it is given what is not its own.

use crate::support::{busy, mixed, run, two_laws, uncoupled};
use callup_sim::journal::HistoryRow;
use callup_sim::people::People;
use callup_sim::random::PersonId;
use callup_sim::replay::{ReplayError, replay};
use callup_sim::scenario::Scenario;
use callup_sim::{Environment, LawSet};
use std::collections::BTreeMap;

/// A scenario whose people are drawn with the seed of `mixed`, so that a replay can draw them again.
fn drawn_with_its_seed(scenario: Scenario) -> Scenario {
    Scenario { seed: 20, ..scenario }
}

fn laws_of(scenario: &Scenario) -> LawSet {
    LawSet::bind(&two_laws(), scenario).expect("laws that go with the scenario")
}

fn replayed(
    people: &People,
    (laws, scenario): (&LawSet, &Scenario),
    environment: &Environment,
    who: PersonId,
) -> Result<Vec<HistoryRow>, ReplayError> {
    let life = replay(people.layout(), 2023, laws, scenario, environment, who)?;
    assert_eq!(life.person, people.person(people.row(who).expect("he is in the run")));
    Ok(life.rows)
}

/// Everybody's rows by person.
fn by_person(rows: &[HistoryRow]) -> BTreeMap<PersonId, Vec<HistoryRow>> {
    let mut lives: BTreeMap<PersonId, Vec<HistoryRow>> = BTreeMap::new();
    rows.iter().for_each(|row| lives.entry(row.person).or_default().push(*row));
    lives
}

#[test]
fn every_sampled_person_of_several_regions_is_replayed_exactly() {
    let (people, scenario) = (mixed(3, 30), drawn_with_its_seed(busy()));
    let laws = laws_of(&scenario);
    let outcome = run(&people, &two_laws(), &scenario);
    let lives = by_person(&outcome.histories);
    assert!(lives.len() > 50, "{} lives", lives.len());
    assert!(outcome.environment.parts.len() > 6 && !outcome.environment.cut_offs.is_empty());
    for (who, rows) in lives {
        assert_eq!(replayed(&people, (&laws, &scenario), &outcome.environment, who), Ok(rows), "{who:?}");
    }
}

#[test]
fn those_who_were_not_sampled_are_replayed_as_if_they_had_been() {
    for scenario in [busy(), uncoupled()].map(drawn_with_its_seed) {
        let (people, laws) = (mixed(2, 8), laws_of(&scenario));
        let everybody = Scenario { history_share: 1.0, ..scenario.clone() };
        let lives = by_person(&run(&people, &two_laws(), &everybody).histories);
        let environment = run(&people, &two_laws(), &Scenario { history_share: 0.0, ..scenario.clone() }).environment;
        for row in (0..people.len() as u32).step_by(5) {
            let who = people.id(row);
            let expected = lives.get(&who).cloned().unwrap_or_default();
            assert_eq!(replayed(&people, (&laws, &scenario), &environment, who), Ok(expected), "{who:?}");
        }
    }
}

#[test]
fn nobody_and_another_environment_are_told_apart() {
    let (people, scenario) = (mixed(2, 20), drawn_with_its_seed(busy()));
    let outcome = run(&people, &two_laws(), &scenario);
    let laws = laws_of(&scenario);
    let told = |environment: &Environment, who| replayed(&people, (&laws, &scenario), environment, who);
    let who = people.id(0);
    let stranger = PersonId::new(9, who.birth_year(), 0);
    assert_eq!(told(&outcome.environment, stranger), Err(ReplayError::NoSuchPerson));
    let mut other = outcome.environment.clone();
    let part = other.parts.iter_mut().find(|part| part.district == 0).expect("the first district has a part");
    part.men += 40;
    let wrong = told(&other, who);
    assert!(matches!(wrong, Err(ReplayError::Diverged(_))), "{wrong:?}");
}
