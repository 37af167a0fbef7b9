//! Chance belongs to persons and their matters: a neighbour re-rolls nobody.

use crate::support::{busy, mixed, mixed_population, number, run, two_laws, uncoupled};
use callup_sim::Outcome;
use callup_sim::district::mark;
use callup_sim::journal::HistoryRow;
use callup_sim::people::People;
use callup_sim::random::{Draws, PersonId};
use callup_sim::scenario::{Pace, Scenario};

/// Marks of everybody but one, by identity.
fn marks_of_others(people: &People, outcome: &Outcome, except: PersonId) -> Vec<(PersonId, u32)> {
    let of = |(row, marks): (u32, &u32)| (people.id(row), *marks);
    let mut marks: Vec<_> = (0..).zip(&outcome.marks).map(of).filter(|(id, _)| *id != except).collect();
    marks.sort_unstable();
    marks
}

fn rows_of_others(outcome: &Outcome, except: PersonId) -> Vec<HistoryRow> {
    outcome.histories.iter().copied().filter(|row| row.person != except).collect()
}

/// One more person of this birth year, who shares nothing with the others, changes nothing of theirs.
fn assert_alone(scenario: &Scenario, birth_year: u16) {
    let people = mixed(3, 40);
    let (more, id) =
        people.with_extra(2, birth_year, 0, &mixed_population(), &Draws::new(20)).expect("room for one more");
    let (without, with) = (run(&people, &two_laws(), scenario), run(&more, &two_laws(), scenario));
    assert_eq!(with.marks.len(), without.marks.len() + 1);
    let (were, are) = (marks_of_others(&people, &without, id), marks_of_others(&more, &with, id));
    assert!(were == are, "{:?}", were.iter().zip(&are).find(|(was, is)| was != is));
    let (were, are) = (rows_of_others(&without, id), rows_of_others(&with, id));
    assert!(were == are, "{:?}", were.iter().zip(&are).find(|(was, is)| was != is));
    assert!(!without.histories.is_empty());
}

#[test]
fn one_more_person_outside_every_quota_changes_nobody() {
    // 35 in 2023: in no roll and no capacity, but he may travel and leave.
    assert_alone(&busy(), 1988);
}

#[test]
fn one_more_conscript_changes_nobody_where_nothing_is_shared() {
    for birth_year in [1999, 2003, 2005] {
        assert_alone(&uncoupled(), birth_year);
    }
}

#[test]
fn a_larger_number_takes_the_same_men_and_more() {
    let summoned = |share: f64| {
        let mut scenario = uncoupled();
        scenario.campaigns.iter_mut().for_each(|campaign| campaign.pace = Pace::Share { share: number(share) });
        run(&mixed(2, 60), &two_laws(), &scenario).marks
    };
    let (few, many) = (summoned(0.2), summoned(0.5));
    let both = few.iter().zip(&many).filter(|(few, many)| *few & *many & mark::SUMMONED != 0).count();
    let of = |marks: &[u32]| marks.iter().filter(|marks| **marks & mark::SUMMONED != 0).count();
    assert_eq!(both, of(&few));
    assert!(of(&many) > of(&few));
}
