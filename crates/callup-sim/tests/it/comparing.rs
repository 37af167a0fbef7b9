//! Laws over the same people: what two worlds share is no difference, what they do not is found person by person, and who is held to another's places takes them from nobody.

use crate::support::{books, busy, law_text, mixed, number, run, uncoupled};
use callup_law::rulebook::Rulebook;
use callup_sim::compare::diverge::{Divergence, Happening};
use callup_sim::compare::paired::Quantity;
use callup_sim::compare::{Comparison, Held, NotComparable, World, compare};
use callup_sim::district::mark;
use callup_sim::journal::{Assumption, Cause, HistoryRow};
use callup_sim::people::People;
use callup_sim::random::PersonId;
use callup_sim::restricted::Manner;
use callup_sim::scenario::{ChannelKind, Response, Scenario};
use callup_sim::strata::StrataChoice;
use callup_sim::{Checks, Control, LawSet};
use std::collections::BTreeSet;

const PAPER: &str = "ru/paper/2022-01-01.law.md";
const LAW: &str = "ru/127-fz/2023-04-14.law.md";

/// A way to write a law, and how a world is held.
struct Wanted<'t> {
    text: &'t str,
    held: Held,
}

fn worlds(people: &People, scenario: &Scenario, wanted: &[Wanted<'_>]) -> Comparison {
    let books: Vec<Vec<Rulebook>> = wanted.iter().map(|one| both(one.text)).collect();
    let bound: Vec<LawSet> =
        books.iter().map(|books| LawSet::bind(books, scenario).unwrap_or_else(|why| panic!("{why:#?}"))).collect();
    let worlds: Vec<World<'_>> = bound
        .iter()
        .zip(wanted)
        .map(|(laws, one)| World { laws, scenario, held: one.held, tells_lives: true })
        .collect();
    let checks = Checks { recount_daily: true, block: 1 };
    compare(people, &worlds, checks, &mut |_| Control::Continue).unwrap_or_else(|why| panic!("{why:?}"))
}

/// The paper regime, and the law that replaces it.
fn both(text: &str) -> Vec<Rulebook> {
    books(&[&law_text(PAPER), text])
}

fn other_deadline() -> String {
    let deadline = "  20 days after appearance_date, once it has run out";
    let text = law_text(LAW);
    assert!(text.contains(deadline));
    text.replace(deadline, &deadline.replace("20", "5"))
}

fn free(text: &str) -> Wanted<'_> {
    Wanted { text, held: Held::Nothing }
}

#[test]
fn a_world_beside_another_is_as_it_is_alone() {
    let (people, scenario) = (mixed(3, 60), busy());
    let (law, other) = (law_text(LAW), other_deadline());
    let compared = worlds(&people, &scenario, &[free(&law), free(&other)]);
    for (text, beside) in [&law, &other].into_iter().zip(&compared.outcomes) {
        let alone = run(&people, &both(text), &scenario);
        assert_eq!(alone.marks, beside.marks);
        assert_eq!(alone.daily, beside.daily);
        assert_eq!(alone.weekly, beside.weekly);
        assert_eq!(alone.whole, beside.whole);
        assert_eq!(alone.histograms, beside.histograms);
        assert_eq!(alone.environment, beside.environment);
        assert_eq!(alone.exercised, beside.exercised);
    }
    assert!(!compared.pairs[0].diverged.is_empty(), "the deadlines make no difference");
}

#[test]
fn a_law_against_itself_changes_nobody_however_it_is_held() {
    let (people, scenario, law) = (mixed(3, 60), busy(), law_text(LAW));
    let held = [Held::Nothing, Held::Nothing, Held::Feedback, Held::FeedbackAndPlaces];
    let wanted: Vec<Wanted<'_>> = held.into_iter().map(|held| Wanted { text: &law, held }).collect();
    let compared = worlds(&people, &scenario, &wanted);
    for (place, pair) in compared.pairs.iter().enumerate() {
        assert_eq!(pair.diverged, [], "world {}", place + 1);
        for quantity in 0..Quantity::all().len() {
            let cell = pair.persons.cell(quantity, None, None);
            assert_eq!((cell.first_only, cell.other_only), (0, 0));
        }
        for manner in Manner::ALL {
            let days = pair.days.cell(manner, None, None);
            assert_eq!((days.days_fewer, days.days_more), (0, 0));
        }
        assert_eq!(compared.outcomes[0].daily, compared.outcomes[place + 1].daily);
        assert_eq!(compared.outcomes[0].marks, compared.outcomes[place + 1].marks);
    }
}

#[test]
fn exchanging_two_worlds_exchanges_gain_and_loss() {
    let (people, mut scenario) = (mixed(3, 60), busy());
    scenario.strata = StrataChoice { age_bands_from: vec![16, 21, 27], ..StrataChoice::default() };
    let (law, other) = (law_text(LAW), other_deadline());
    let there = worlds(&people, &scenario, &[free(&law), free(&other)]);
    let back = worlds(&people, &scenario, &[free(&other), free(&law)]);
    let (there, back) = (&there.pairs[0], &back.pairs[0]);
    for quantity in 0..Quantity::all().len() {
        for (region, stratum) in [(None, None), (None, Some(0)), (Some(0), Some(1)), (Some(2), None)] {
            let [one, other] = [there, back].map(|pair| pair.persons.cell(quantity, region, stratum));
            assert_eq!((one.both, one.neither), (other.both, other.neither));
            assert_eq!((one.first_only, one.other_only), (other.other_only, other.first_only));
            assert_eq!(one.difference(), -other.difference());
        }
    }
    for manner in Manner::ALL {
        let (one, other) = (there.days.cell(manner, None, None), back.days.cell(manner, None, None));
        assert_eq!((one.persons_fewer, one.days_fewer), (other.persons_more, other.days_more));
    }
    assert_eq!(there.diverged.len(), back.diverged.len());
    for (one, other) in there.diverged.iter().zip(&back.diverged) {
        assert_eq!((one.person, one.day, one.first, one.other), (other.person, other.day, other.other, other.first));
    }
}

/// Without lives the numbers are the same.
#[test]
fn who_does_not_ask_for_lives_gets_the_same_numbers() {
    let (people, scenario) = (mixed(3, 60), busy());
    let texts = [law_text(LAW), other_deadline()];
    let books = texts.map(|text| both(&text));
    let laws = books.each_ref().map(|books| LawSet::bind(books, &scenario).unwrap_or_else(|why| panic!("{why:#?}")));
    for held in [Held::Nothing, Held::Feedback, Held::FeedbackAndPlaces] {
        let [told, untold] = [true, false].map(|tells_lives| {
            let first = World { laws: &laws[0], scenario: &scenario, held: Held::Nothing, tells_lives: true };
            let other = World { laws: &laws[1], scenario: &scenario, held, tells_lives };
            let checks = Checks { recount_daily: true, block: 1 };
            compare(&people, &[first, other], checks, &mut |_| Control::Continue).expect("the same people")
        });
        let (told, untold) = (&told.pairs[0], &untold.pairs[0]);
        assert!(told.persons == untold.persons && told.days == untold.days, "{held:?}");
        assert!(!told.diverged.is_empty() && untold.diverged.is_empty(), "{held:?}");
    }
}

#[test]
fn who_differs_is_who_is_found_to_differ() {
    let (people, scenario) = (mixed(3, 60), busy());
    let compared = worlds(&people, &scenario, &[free(&law_text(LAW)), free(&other_deadline())]);
    let [one, other] = [0, 1].map(|world| &compared.outcomes[world].marks);
    let diverged = &compared.pairs[0].diverged;
    let known = |row: u32| diverged.iter().any(|divergence| divergence.person == people.id(row));
    for row in 0..people.len() as u32 {
        // What was ever true differs only if something happened otherwise.
        assert!(one[row as usize] == other[row as usize] || known(row), "row {row}");
    }
    assert!(diverged.iter().all(|divergence| divergence.first.is_some() || divergence.other.is_some()));
}

#[test]
fn persons_and_days_are_those_of_a_plain_count() {
    let (people, scenario) = (mixed(3, 60), busy());
    let compared = worlds(&people, &scenario, &[free(&law_text(LAW)), free(&other_deadline())]);
    let pair = &compared.pairs[0];
    let marks = [0, 1].map(|world| &compared.outcomes[world].marks);
    for (place, (one, _, _)) in mark::NAMED.iter().enumerate() {
        for (other_place, (other, _, _)) in mark::NAMED.iter().enumerate() {
            let both =
                marks[0].iter().zip(marks[1]).filter(|(first, second)| *first & one != 0 && *second & other != 0);
            assert_eq!(pair.persons.also(place, other_place), both.count() as u64);
        }
    }
    for quantity in 0..Quantity::all().len() {
        let cell = pair.persons.cell(quantity, None, None);
        assert_eq!(cell.both + cell.first_only + cell.other_only + cell.neither, people.len() as u64);
    }
    // Days of persons are the sums of the daily stocks.
    let stock = |world: usize, name: &str| -> i64 {
        let daily = &compared.outcomes[world].daily;
        let column = daily.column(name).expect("a column");
        let of_day = |day| (0..daily.regions()).map(move |region| daily.value(day, region, column) as i64).sum::<i64>();
        (0..daily.days()).map(of_day).sum()
    };
    for (manner, name) in
        [(Manner::Any, "restricted"), (Manner::Unseen, "restricted_unseen"), (Manner::Wrongful, "restricted_wrongful")]
    {
        let days = pair.days.cell(manner, None, None);
        assert_eq!((days.days_first as i64, days.days_other as i64), (stock(0, name), stock(1, name)), "{name}");
        assert_eq!(days.days_more as i64 - days.days_fewer as i64, stock(1, name) - stock(0, name), "{name}");
    }
}

#[test]
fn who_has_the_places_of_the_first_world_differs_by_law_alone() {
    let (people, scenario) = (mixed(3, 60), busy());
    let (law, other) = (law_text(LAW), other_deadline());
    let held = Wanted { text: &other, held: Held::FeedbackAndPlaces };
    let compared = worlds(&people, &scenario, &[free(&law), held, free(&other)]);
    let is_by_place = |divergence: &&Divergence| {
        let others = [Assumption::Campaign, Assumption::Commission, Assumption::Capacity, Assumption::Searches];
        let is_other = |side: &Option<(Happening, Cause)>| {
            side.is_some_and(|(_, cause)| others.iter().any(|other| cause == Cause::Assumption(*other)))
        };
        let sides = [&divergence.first, &divergence.other];
        // Who is in default by the law of one world cannot be taken for somebody else in it: that is the law's doing, and of searches alone.
        let cause_of = |side: &Option<(Happening, Cause)>| side.map(|(_, cause)| cause);
        let by_law = sides.iter().any(|side| matches!(cause_of(side), Some(Cause::Article { .. })));
        let by_search = sides.iter().any(|side| cause_of(side) == Some(Cause::Assumption(Assumption::Searches)));
        sides.iter().any(|side| is_other(side)) && !(by_law && by_search)
    };
    let by_place = |pair: usize| compared.pairs[pair].diverged.iter().filter(is_by_place).count();
    assert_eq!(by_place(0), 0);
    assert!(by_place(1) > 0, "nobody takes a place from another");
}

/// With the answers of people held, whoever is restricted for longer under the milder law would be a bug.
#[test]
fn a_harsher_law_is_kinder_to_nobody() {
    let (people, mut scenario) = (mixed(3, 60), uncoupled());
    // Nobody answers what a law does to him, and no place is short: what is left is the law.
    scenario.response = Response {
        appears: number(0.0),
        comes_late_daily: number(0.0),
        located_daily: number(0.0),
        tries_to_leave: number(0.0),
        ..scenario.response
    };
    scenario.searches.clear();
    // Who is restricted sooner may challenge it sooner, and be free before the other world has restricted him: that is his answer too.
    scenario.recourse.remedies.clear();
    let compared = worlds(&people, &scenario, &[free(&law_text(LAW)), free(&other_deadline())]);
    let days = compared.pairs[0].days.cell(Manner::Any, None, None);
    assert_eq!((days.persons_fewer, days.days_fewer), (0, 0));
    assert!(days.persons_more > 0, "nobody was restricted");
}

/// The ways of giving notice are alternatives with a chance of their own each: without one of them nobody fares otherwise whom it never concerned.
#[test]
fn removing_an_alternative_moves_only_those_who_had_taken_it() {
    let ways = [
        (ChannelKind::InHand, Assumption::ChannelInHand),
        (ChannelKind::Employer, Assumption::ChannelEmployer),
        (ChannelKind::Post, Assumption::ChannelPost),
        (ChannelKind::Account, Assumption::ChannelAccount),
        (ChannelKind::Register, Assumption::ChannelRegister),
    ];
    let people = mixed(2, 40);
    // No place is short and nobody is taken for somebody else, so that no man stands in another's way.
    let scenario = Scenario { history_share: 1.0, ..uncoupled() };
    let books = both(&law_text(LAW));
    let outcome = run(&people, &books, &scenario);
    for (kind, assumption) in ways {
        let takes = |row: &&HistoryRow| row.cause == Cause::Assumption(assumption);
        let takers: BTreeSet<PersonId> = outcome.histories.iter().filter(takes).map(|row| row.person).collect();
        let mut without = scenario.clone();
        without.channels.retain(|channel| channel.kind != kind);
        let laws = [&scenario, &without].map(|one| LawSet::bind(&books, one).unwrap_or_else(|why| panic!("{why:#?}")));
        let worlds = [(&laws[0], &scenario), (&laws[1], &without)];
        let worlds = worlds.map(|(laws, scenario)| World { laws, scenario, held: Held::Nothing, tells_lives: true });
        let checks = Checks { recount_daily: false, block: 1 };
        let compared = compare(&people, &worlds, checks, &mut |_| Control::Continue).expect("the same people");
        let moved: BTreeSet<PersonId> = compared.pairs[0].diverged.iter().map(|one| one.person).collect();
        let strangers = moved.difference(&takers).count();
        assert_eq!(strangers, 0, "{kind:?}: of {} moved, {strangers} had not taken it", moved.len());
        assert_eq!(moved.len(), takers.len(), "{kind:?}: what had been done to them is not undone");
        assert!(takers.len() > 100 && takers.len() < people.len(), "{kind:?}: {} of {}", takers.len(), people.len());
    }
}

#[test]
fn worlds_of_other_people_or_days_are_not_compared() {
    let (people, one) = (mixed(1, 5), busy());
    let books = both(&law_text(LAW));
    let against = |change: &dyn Fn(&mut Scenario)| {
        let mut other = one.clone();
        change(&mut other);
        let laws =
            [&one, &other].map(|scenario| LawSet::bind(&books, scenario).unwrap_or_else(|why| panic!("{why:#?}")));
        let worlds = [(&laws[0], &one), (&laws[1], &other)];
        let worlds =
            worlds.map(|(laws, scenario)| World { laws, scenario, held: Held::FeedbackAndPlaces, tells_lives: true });
        let checks = Checks { recount_daily: false, block: 1 };
        compare(&people, &worlds, checks, &mut |_| Control::Continue).err()
    };
    assert_eq!(against(&|_| ()), None);
    assert_eq!(against(&|other| other.seed += 1), Some((1, NotComparable::OtherPeople)));
    assert_eq!(against(&|other| other.days -= 1), Some((1, NotComparable::OtherDays)));
    assert_eq!(against(&|other| other.campaigns.truncate(1)), Some((1, NotComparable::OtherCampaigns)));
}

#[test]
fn every_mark_has_its_name() {
    let all = mark::NAMED.iter().fold(0, |all, (mark, _, _)| all | mark);
    assert_eq!(all.count_ones() as usize, mark::NAMED.len(), "a mark is named twice");
    assert_eq!(all.trailing_ones(), all.count_ones(), "a mark has no name");
    let names: BTreeSet<&str> = Quantity::all().iter().map(|quantity| quantity.name).collect();
    assert_eq!(names.len(), Quantity::all().len(), "two quantities bear one name");
    let (people, scenario) = (mixed(3, 60), busy());
    let outcome = run(&people, &both(&law_text(LAW)), &scenario);
    assert!(outcome.marks.iter().all(|marks| marks & !all == 0));
}
