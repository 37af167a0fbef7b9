//! People as cells: what a conjunction of tests says about one person, one notice and the world at once.
//!
//! Ages are intervals, facts and conditions booleans, switches sets of options, so that "can both hold" and "does any person fall
//! through" are answered exactly, with a person as witness. This file knows guards and nothing of tracks or time.

use crate::calendar::Day;
use crate::roles::{Event, NoticeKind};
use crate::rulebook::{Compare, Guard, Number, Picture, Rulebook, Test};
use std::collections::{BTreeMap, BTreeSet};

/// The oldest age a person can have; bounds the age cells only.
const AGE_MAX: i32 = 150;
/// How many branches a search for a person may take before it gives up.
const SEARCH_STEPS_MAX: u32 = 20_000;

/// A set of people and worlds: all that satisfy the tests added so far.
#[derive(Clone, Debug)]
pub(crate) struct Region<'a> {
    book: &'a Rulebook,
    day: Day,
    ages: BTreeMap<(Event, Picture), (i32, i32)>,
    facts: BTreeMap<usize, bool>,
    conditions: BTreeMap<usize, bool>,
    switches: BTreeMap<usize, BTreeSet<usize>>,
    /// For today and for each event asked for, the days of the year that it may lie on; 366 bits, 29 February among them.
    days: BTreeMap<Option<Event>, YearDays>,
    /// For each track asked for, the states that it may be in.
    tracks: BTreeMap<usize, BTreeSet<u8>>,
    notices: BTreeSet<NoticeKind>,
}

/// A set of days of the year.
type YearDays = [u64; 6];

/// How a search for a person ended.
pub(crate) enum Search<'a> {
    /// Here is one.
    Found(Region<'a>),
    /// There is none.
    Nobody,
    /// The guards are too many to say.
    TooLarge,
}

impl<'a> Region<'a> {
    /// Everybody who may have one of these notices, with parameters as on `day`.
    pub(crate) fn all(book: &'a Rulebook, notices: &[NoticeKind], day: Day) -> Region<'a> {
        Region {
            book,
            day,
            ages: BTreeMap::new(),
            facts: BTreeMap::new(),
            conditions: BTreeMap::new(),
            switches: BTreeMap::new(),
            days: BTreeMap::new(),
            tracks: BTreeMap::new(),
            notices: notices.iter().copied().collect(),
        }
    }

    /// Narrows to those who pass the test; `false` if nobody is left.
    pub(crate) fn add(&mut self, test: &Test) -> bool {
        match test {
            Test::Age { on, compare, with, picture } => self.add_age(*on, *compare, *with, picture),
            Test::Fact { fact, is } => *self.facts.entry(*fact).or_insert(*is) == *is,
            Test::Condition { condition, is } => *self.conditions.entry(*condition).or_insert(*is) == *is,
            Test::Switch { switch, option, is } => {
                let count = self.book.switches.get(*switch).map_or(0, |switch| switch.options.len());
                let allowed = self.switches.entry(*switch).or_insert_with(|| (0..count).collect());
                allowed.retain(|candidate| (candidate == option) == *is);
                !allowed.is_empty()
            }
            Test::State { track, states, is } => {
                let count = self.book.tracks.get(*track).map_or(0, |track| track.states.len() as u8);
                let allowed = self.tracks.entry(*track).or_insert_with(|| (0..count).collect());
                allowed.retain(|state| states.contains(state) == *is);
                !allowed.is_empty()
            }
            Test::Window { on, window, is } => {
                let inside = days_of(self.book, *window);
                let allowed = self.days.entry(*on).or_insert(EVERY_DAY);
                for ((allowed, inside), every) in allowed.iter_mut().zip(inside).zip(EVERY_DAY) {
                    *allowed &= if *is { inside } else { every & !inside };
                }
                allowed.iter().any(|days| *days != 0)
            }
            Test::Notice { notice, is } => {
                self.notices.retain(|candidate| (candidate == notice) == *is);
                !self.notices.is_empty()
            }
        }
    }

    fn add_age(&mut self, on: Event, compare: Compare, with: Number, picture: &Picture) -> bool {
        // A parameter without a value on this day says nothing; the hole itself is a finding of the resolver.
        let Some(number) = number_on(self.book, with, self.day) else { return true };
        let (least, most) = match compare {
            Compare::Less => (0, number.saturating_sub(1)),
            Compare::LessOrEqual => (0, number),
            Compare::Greater => (number.saturating_add(1), AGE_MAX),
            Compare::GreaterOrEqual => (number, AGE_MAX),
            Compare::Equal => (number, number),
        };
        let range = self.ages.entry((on, picture.clone())).or_insert((0, AGE_MAX));
        *range = (range.0.max(least), range.1.min(most));
        range.0 <= range.1
    }

    /// Narrows to those who pass all tests, if anybody does.
    pub(crate) fn with(&self, tests: &[Test]) -> Option<Region<'a>> {
        let mut region = self.clone();
        tests.iter().all(|test| region.add(test)).then_some(region)
    }

    /// Whether everybody in the region passes the test.
    pub(crate) fn implies(&self, test: &Test) -> bool {
        negations(test).iter().all(|negated| self.with(std::slice::from_ref(negated)).is_none())
    }

    /// A person in the region whom none of the conjunctions fits.
    pub(crate) fn outside(&self, conjunctions: &[&[Test]]) -> Search<'a> {
        let mut steps = 0;
        self.search(conjunctions, &mut steps)
    }

    fn search(&self, conjunctions: &[&[Test]], steps: &mut u32) -> Search<'a> {
        *steps += 1;
        if *steps > SEARCH_STEPS_MAX {
            return Search::TooLarge;
        }
        let Some((first, rest)) = conjunctions.split_first() else { return Search::Found(self.clone()) };
        if self.with(first).is_none() {
            return self.search(rest, steps);
        }
        for negated in first.iter().flat_map(negations) {
            let Some(narrower) = self.with(&[negated]) else { continue };
            match narrower.search(rest, steps) {
                Search::Nobody => {}
                found => return found,
            }
        }
        Search::Nobody
    }

    /// One person of the region in words, or nothing where the region says nothing.
    pub(crate) fn person(&self) -> Option<String> {
        let book = self.book;
        let ages = self.ages.iter().map(|((on, picture), (least, _))| {
            format!("age {least} on the day of {} {}", on.word(), picture_words(picture))
        });
        let facts = self.facts.iter().map(|(fact, is)| format!("{} is {}", fact_name(book, *fact), yes_no(*is)));
        let conditions = self.conditions.iter().map(|(index, is)| {
            format!("{} is {}", book.conditions.get(*index).map_or("?", |condition| &condition.name), yes_no(*is))
        });
        let switches = self.switches.iter().filter_map(|(index, allowed)| {
            let switch = book.switches.get(*index)?;
            Some(format!("{} is {}", switch.name, switch.options.get(*allowed.first()?)?))
        });
        let days = self.days.iter().filter_map(|(on, allowed)| {
            let day = day_in(allowed)?;
            Some(format!("{} on {day}", on.map_or("today", |event| event.word())))
        });
        let tracks = self.tracks.iter().filter_map(|(index, allowed)| {
            let track = book.tracks.get(*index)?;
            Some(format!("{} is {}", track.name, track.states.get(usize::from(*allowed.first()?))?.name))
        });
        let mut words: Vec<String> =
            ages.chain(facts).chain(conditions).chain(switches).chain(days).chain(tracks).collect();
        let said: BTreeSet<NoticeKind> = book.matters.iter().flat_map(|matter| matter.notices.clone()).collect();
        if let Some(notice) = self.notices.first().filter(|_| said.len() > 1 && self.notices.len() < said.len()) {
            words.push(format!("notice is {}", notice.word()));
        }
        (!words.is_empty()).then(|| words.join(", "))
    }
}

/// How guards decide in a region: for everybody, for nobody, or for some.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Holds {
    /// For everybody.
    Always,
    /// For some.
    Sometimes,
    /// For nobody.
    Never,
}

/// Whether a guard holds for the people of a region. Only single conjunctions are asked for "always": a guard that holds by the
/// union of several is "sometimes", which is the careful side for every search over the graph.
pub(crate) fn holds(guard: &Guard, region: &Region) -> Holds {
    if guard.0.iter().any(|tests| tests.iter().all(|test| region.implies(test))) {
        Holds::Always
    } else if guard.0.iter().any(|tests| region.with(tests).is_some()) {
        Holds::Sometimes
    } else {
        Holds::Never
    }
}

/// The tests any one of which is the opposite of `test`.
pub(crate) fn negations(test: &Test) -> Vec<Test> {
    test.negations()
}

/// A leap year: it has every day of the year.
const LEAP_YEAR: i32 = 2000;
/// Every day of the year.
const EVERY_DAY: YearDays = [u64::MAX, u64::MAX, u64::MAX, u64::MAX, u64::MAX, (1 << (366 - 320)) - 1];

fn leap_days() -> impl Iterator<Item = (usize, Day)> {
    Day::from_ymd(LEAP_YEAR, 1, 1)
        .into_iter()
        .flat_map(|first| (0..366).map(move |number| (number as usize, first.plus_days(number))))
}

fn days_of(book: &Rulebook, window: usize) -> YearDays {
    let mut days = YearDays::default();
    for (number, day) in leap_days() {
        let inside = book.windows.get(window).is_some_and(|window| window.holds(day));
        days[number / 64] |= u64::from(inside) << (number % 64);
    }
    days
}

/// The first day of a set, as `MM-DD`.
fn day_in(days: &YearDays) -> Option<String> {
    let (_, day) = leap_days().find(|(number, _)| days[number / 64] >> (number % 64) & 1 == 1)?;
    Some(String::from(day).split_off("2000-".len()))
}

/// The value of a number on a day; `None` where the parameter has none.
pub(crate) fn number_on(book: &Rulebook, number: Number, day: Day) -> Option<i32> {
    match number {
        Number::Value(value) => Some(value),
        Number::Parameter(index) => {
            let values = &book.parameters.get(index)?.values;
            let on_day = |from: Option<Day>, until: Option<Day>| {
                from.is_none_or(|from| from <= day) && until.is_none_or(|until| day <= until)
            };
            values.iter().find(|value| on_day(value.from, value.until)).map(|value| value.value)
        }
    }
}

/// The first days of all stretches on which every parameter is constant, while the law is in force. Never empty.
pub(crate) fn epochs(book: &Rulebook) -> Vec<Day> {
    let changes = book.parameters.iter().flat_map(|parameter| &parameter.values).filter_map(|value| value.from);
    let in_force = |day: &Day| *day >= book.in_force_from && book.in_force_until.is_none_or(|until| *day <= until);
    let days: BTreeSet<Day> = changes.filter(in_force).chain([book.in_force_from]).collect();
    days.into_iter().collect()
}

fn fact_name(book: &Rulebook, fact: usize) -> &str {
    book.facts.get(fact).map_or("?", |fact| &fact.name)
}

fn yes_no(is: bool) -> &'static str {
    if is { "yes" } else { "no" }
}

/// Whose picture, as a law writes it.
pub(crate) fn picture_words(picture: &Picture) -> String {
    match picture {
        Picture::AsRecorded => "as recorded".to_owned(),
        Picture::AsItIs => "as it is".to_owned(),
        Picture::AsProvedTo(body) => format!("as proved to {body}"),
    }
}
