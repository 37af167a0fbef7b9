//! An open point stands in an explanation if two of its answers, all else the same, bring different timelines, and no other does.
//!
//! Held by brute force on random laws: the naive interpreter lives every case under every combination of answers.

use callup_law::calendar::Day;
use callup_law::explain::{Language, LawText, StatedFacts, explain_briefly};
use callup_law::program::{Answers, PictureCode};
use callup_law::roles::PersonFact;
use callup_law::rulebook::{FactKind, Picture, Rulebook};
use callup_naive::almanac::Almanac;
use callup_naive::interpreter::{Happening, Notice, World, live};
use callup_naive::random_law::{Stream, file_remedies, law, notices};
use callup_naive::stepped::stated;
use std::collections::{BTreeMap, BTreeSet};

const FIRST_DAY: i32 = 44_000;
const DAYS: i32 = 400;
/// Combinations of answers at most that are lived.
const COMBINATIONS_MAX: usize = 256;

/// Something that can be asked, with the number of its answers.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Unknown {
    Switch(String),
    Condition(usize, String),
    Fact(PersonFact, PictureCode),
}

impl Unknown {
    /// As an explanation names it.
    fn name(&self) -> String {
        let picture = |picture: &PictureCode| match picture {
            PictureCode::Recorded => "as recorded",
            PictureCode::Truth => "as it is",
            PictureCode::Proved => "as proved",
        };
        match self {
            Unknown::Switch(name) | Unknown::Condition(_, name) => name.clone(),
            Unknown::Fact(fact, seen) => format!("{} {}", fact.word(), picture(seen)),
        }
    }
}

/// Everything that a law can ask for, each with the number of its answers.
fn unknowns(book: &Rulebook) -> Vec<(Unknown, usize)> {
    let mut all: BTreeSet<(Unknown, usize)> = BTreeSet::new();
    all.extend(book.switches.iter().map(|switch| (Unknown::Switch(switch.name.clone()), switch.options.len())));
    let conditions = book.conditions.iter().enumerate();
    all.extend(conditions.map(|(index, condition)| (Unknown::Condition(index, condition.name.clone()), 2)));
    for fact in &book.facts {
        if let FactKind::Person { role, picture } = &fact.kind {
            all.insert((Unknown::Fact(*role, PictureCode::from(picture)), 2));
        }
    }
    all.into_iter().collect()
}

/// One combination of answers: each unknown with the index of its answer. Of yes and no, yes is the first.
struct Combination<'a> {
    born: i32,
    answers: BTreeMap<&'a Unknown, usize>,
}

impl World for Combination<'_> {
    fn age(&self, day: i32, _picture: &Picture) -> i32 {
        Almanac::shared().age(self.born, day)
    }

    fn person(&self, fact: PersonFact, picture: &Picture, _day: i32) -> bool {
        self.answers[&Unknown::Fact(fact, PictureCode::from(picture))] == 0
    }

    fn condition(&self, condition: usize, _day: i32) -> bool {
        let is = |unknown: &&&Unknown| matches!(unknown, Unknown::Condition(index, _) if *index == condition);
        let asked = self.answers.keys().find(is).expect("every condition of the law is answered");
        self.answers[*asked] == 0
    }
}

/// Every combination of answers, the last unknown changing first.
fn combinations(unknowns: &[(Unknown, usize)]) -> Vec<Vec<usize>> {
    unknowns.iter().fold(vec![Vec::new()], |all, (_, answers)| {
        all.iter().flat_map(|one| (0..*answers).map(move |answer| [one.as_slice(), &[answer]].concat())).collect()
    })
}

/// What follows under each combination.
fn lived(book: &Rulebook, born: i32, lives: &[Notice], unknowns: &[(Unknown, usize)]) -> Vec<Vec<Happening>> {
    let outcome = |combination: &Vec<usize>| {
        let answers: BTreeMap<&Unknown, usize> =
            unknowns.iter().map(|(unknown, _)| unknown).zip(combination.iter().copied()).collect();
        let option = |switch: &callup_law::rulebook::Switch| {
            (switch.name.clone(), switch.options[answers[&Unknown::Switch(switch.name.clone())]].clone())
        };
        let readings: Answers = book.switches.iter().map(option).collect();
        let world = Combination { born, answers };
        let mut happenings = live(book, &readings, &world, lives, FIRST_DAY + DAYS - 1);
        happenings.sort();
        happenings
    };
    combinations(unknowns).iter().map(outcome).collect()
}

/// The unknowns of which two answers, all else the same, bring something different.
fn that_matter(unknowns: &[(Unknown, usize)], outcomes: &[Vec<Happening>]) -> BTreeSet<String> {
    let all = combinations(unknowns);
    let matters = |place: usize| {
        let same_but = |one: &[usize], other: &[usize]| (0..one.len()).all(|at| at == place || one[at] == other[at]);
        let pairs = (0..all.len()).flat_map(|one| (one + 1..all.len()).map(move |other| (one, other)));
        pairs.into_iter().any(|(one, other)| same_but(&all[one], &all[other]) && outcomes[one] != outcomes[other])
    };
    (0..unknowns.len()).filter(|place| matters(*place)).map(|place| unknowns[place].0.name()).collect()
}

/// The case with nothing said but the birthday and what happened.
fn barely_stated(book: &Rulebook, born: i32, lives: &[Notice]) -> StatedFacts {
    let notices = lives.iter().map(|notice| stated(notice, book)).collect();
    StatedFacts { born: Some(Day(born)), notices, ..StatedFacts::default() }
}

/// The same with every unknown answered.
fn answered(book: &Rulebook, stated: &StatedFacts, unknowns: &[(Unknown, usize)], answers: &[usize]) -> StatedFacts {
    let mut all = stated.clone();
    for ((unknown, _), answer) in unknowns.iter().zip(answers) {
        match unknown {
            Unknown::Switch(name) => {
                let switch = book.switches.iter().find(|switch| switch.name == *name).expect("a switch of the law");
                all.answers.insert(name.clone(), switch.options[*answer].clone());
            }
            Unknown::Condition(_, name) => drop(all.conditions.insert(name.clone(), *answer == 0)),
            Unknown::Fact(fact, picture) => {
                let stated = all.person.entry(*fact).or_default();
                *match picture {
                    PictureCode::Recorded => &mut stated.as_recorded,
                    PictureCode::Truth => &mut stated.as_it_is,
                    PictureCode::Proved => &mut stated.proved,
                } = Some(*answer == 0);
            }
        }
    }
    all
}

/// Whether two answers bring the same days from different articles: the interpreter knows days, a reader is told both.
fn changes_the_basis(book: &Rulebook, stated: &StatedFacts, unknowns: &[(Unknown, usize)], name: &str) -> bool {
    let place = unknowns.iter().position(|(unknown, _)| unknown.name() == name).expect("an unknown of the law");
    let told = |answers: &[usize]| {
        let facts = answered(book, stated, unknowns, answers);
        let text = LawText { book, sha256: "0000" };
        let told = explain_briefly(Language::English, &[text], &facts, Day(FIRST_DAY + DAYS - 1)).expect("it binds");
        told.timeline.iter().map(|line| (line.date, line.kind, line.cite.clone())).collect::<Vec<_>>()
    };
    combinations(unknowns).iter().filter(|one| one[place] == 0).any(|first| {
        let mut second = first.clone();
        second[place] = 1;
        told(first) != told(&second)
    })
}

#[test]
fn what_changes_the_timeline_is_an_open_point_and_nothing_else() {
    let (mut open, mut idle, mut cut) = (0, 0, 0);
    for seed in 20_000..20_200u64 {
        let book = law(seed);
        let born = 34_000 + Stream(seed).below(5_000) as i32;
        let mut lives = notices(seed * 13, FIRST_DAY, DAYS);
        file_remedies(seed, &book, &mut lives, DAYS);
        lives.retain(|notice| notice.opening().is_some());
        let unknowns = unknowns(&book);
        if lives.is_empty() || unknowns.iter().map(|(_, answers)| answers).product::<usize>() > COMBINATIONS_MAX {
            continue;
        }
        let wanted = that_matter(&unknowns, &lived(&book, born, &lives, &unknowns));
        let text = LawText { book: &book, sha256: "0000" };
        let until = Day(FIRST_DAY + DAYS - 1);
        let told = explain_briefly(Language::English, &[text], &barely_stated(&book, born, &lives), until)
            .unwrap_or_else(|errors| panic!("law {seed}: {errors:?}"));
        if told.cut_off {
            cut += 1;
            continue;
        }
        let points = told.open_points.iter().filter(|point| point.changes_timeline);
        let mut found: BTreeSet<String> = points.map(|point| point.name.clone()).collect();
        let facts = barely_stated(&book, born, &lives);
        found.retain(|name| wanted.contains(name) || !changes_the_basis(&book, &facts, &unknowns, name));
        assert_eq!(found, wanted, "law {seed}: the open points (left) and what changes the timeline");
        open += wanted.len();
        idle += unknowns.len() - wanted.len();
    }
    assert!(open > 60 && idle > 60, "{open} unknowns changed something and {idle} did not");
    assert!(cut < 10, "{cut} cases have too many ways to be followed");
}
