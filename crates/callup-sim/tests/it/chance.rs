//! Chance belongs to persons and their matters: a neighbour, another wording or a moved deadline re-rolls nobody.

use crate::support::{books, busy, day, law_text, mixed, mixed_population, number, run, two_laws, uncoupled};
use callup_law::roles::Event;
use callup_law::rulebook::Rulebook;
use callup_sim::Outcome;
use callup_sim::district::mark;
use callup_sim::journal::{HistoryRow, What};
use callup_sim::people::People;
use callup_sim::random::{Draws, PersonId};
use callup_sim::scenario::{LawInForce, Pace, Scenario};

/// Marks of everybody but one, by identity.
fn marks_of_others(people: &People, outcome: &Outcome, except: PersonId) -> Vec<(PersonId, u16)> {
    let of = |(row, marks): (u32, &u16)| (people.id(row), *marks);
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

/// The law of April 2023 alone, in force from its first day, with this text.
fn under(text: &str, change: impl Fn(&mut Scenario)) -> (Outcome, Vec<Rulebook>) {
    let mut scenario = uncoupled();
    scenario.start = day("2023-04-14");
    scenario.days = 250;
    scenario.laws = vec![LawInForce { id: "ru_127fz".into(), from: scenario.start }];
    scenario.history_share = 1.0;
    change(&mut scenario);
    let books = books(&[text]);
    (run(&mixed(2, 40), &books, &scenario), books)
}

#[test]
fn another_wording_of_the_same_law_changes_nothing() {
    let text = law_text("ru/127-fz/2023-04-14.law.md");
    let in_person = "rule in_person (1) \"handed over in person against signature\":\n  when handed_over\n  service: none | sent | placed -> served\n";
    let split = "rule by_hand (1) \"handed over before it was placed\":\n  when handed_over\n  service: none | sent -> served\nrule by_hand_later (1) \"handed over after it was placed\":\n  when handed_over\n  service: placed -> served\n";
    assert!(text.contains(in_person));
    let rewritten = text.replace(in_person, split).replace("missed", "overdue").replace("rule deemed", "rule fiction");
    let ((one, _), (other, _)) = (under(&text, |_| {}), under(&rewritten, |_| {}));
    assert!(one.daily == other.daily && one.marks == other.marks && one.histograms == other.histograms);
    assert_eq!(one.totals, other.totals);
    assert!(one.totals.served_unseen > 0 && one.totals.restricted_further > 0);
}

/// Who did what on which day, for one event of the vocabulary.
fn days_of(outcome: &Outcome, event: Event) -> Vec<(PersonId, Option<u8>, u16)> {
    let is_it = |row: &&HistoryRow| row.what == What::Event && row.detail == event as u16;
    let mut days: Vec<_> =
        outcome.histories.iter().filter(is_it).map(|row| (row.person, row.campaign, row.day)).collect();
    days.sort_unstable();
    days
}

#[test]
fn a_deadline_moved_by_three_days_moves_dates_and_nobody() {
    let text = law_text("ru/127-fz/2023-04-14.law.md");
    let later = text.replace("  7 days after placed, once", "  10 days after placed, once");
    assert_ne!(text, later);
    // What a ban brings about is not chance: nobody travels here, and no restriction hastens anybody.
    let still = |scenario: &mut Scenario| {
        scenario.border.trips_per_year = number(0.0);
        scenario.border.departures_per_year = number(0.0);
        scenario.response.tries_to_leave = number(0.0);
        scenario.response.measure_factor = number(1.0);
    };
    let ((one, books), (other, _)) = (under(&text, still), under(&later, still));
    for event in [Event::Issued, Event::Placed, Event::HandedOver, Event::Opened, Event::Appeared, Event::Examined] {
        let days = days_of(&one, event);
        assert!(!days.is_empty(), "{event:?}");
        assert!(days == days_of(&other, event), "{event:?}");
    }
    let rule = books[0].rules.iter().position(|rule| rule.name == "deemed").expect("the rule of deemed service") as u16;
    let deemed = |outcome: &Outcome| {
        let is_it = |row: &&HistoryRow| matches!(row.cause, callup_sim::journal::Cause::Article { cite, .. } if cite == rule && row.what == What::Entered);
        let mut days: Vec<_> =
            outcome.histories.iter().filter(is_it).map(|row| (row.person, row.campaign, row.day)).collect();
        days.sort_unstable();
        days
    };
    let (early, late) = (deemed(&one), deemed(&other));
    assert!(late.len() > 50 && late.len() <= early.len());
    // Whoever is still deemed served, is so three days later; the others were reached in between.
    for (person, campaign, day) in late {
        assert!(early.contains(&(person, campaign, day - 3)), "{person:?}");
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
    let of = |marks: &[u16]| marks.iter().filter(|marks| **marks & mark::SUMMONED != 0).count();
    assert_eq!(both, of(&few));
    assert!(of(&many) > of(&few));
}
