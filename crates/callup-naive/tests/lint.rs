//! What the checks say a matter can come to, held against the naive interpreter: on random laws by brute force, and every scenario that is
//! printed with a finding about a broken law or one that ships, told again.

use callup_law::calendar::{Day, Period, Unit};
use callup_law::check::{Reached, Witness, reached, witnesses};
use callup_law::diagnostic::Source;
use callup_law::forks::{Assumption, Question};
use callup_law::holidays::{self, Holidays};
use callup_law::program::PictureCode;
use callup_law::roles::{Event, NoticeKind, PersonFact};
use callup_law::rulebook::{Anchor, Guard, Picture, Rulebook, Test, Trigger};
use callup_naive::almanac::Almanac;
use callup_naive::interpreter::{Happening, Notice, What, World, live};
use callup_naive::random_law::{EVENTS, StillWorld, Stream, file_remedies, law};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// The law is in force from this day on, and its calendar covers the years that follow.
const FIRST_DAY: i32 = 44_000;
/// Laws that are searched, lives that are lived under each, and most scenarios that are told again of each.
const LAWS: u64 = 110;
const LIVES: u64 = 12;
const SCENARIOS: usize = 6;
/// Most rules of a law, so that many laws are searched in a short time.
const RULES: usize = 6;

/// A random law of few rules.
fn small_law(seed: u64) -> Rulebook {
    let mut seeds = (0..).map(|more: u64| law(seed * 10_000 + more));
    let is_small = |book: &Rulebook| book.rules.len() <= RULES && book.tracks.len() <= 3;
    let mut book = seeds.find(is_small).expect("many laws are small");
    book.in_force_from = Day(FIRST_DAY);
    book
}

/// A random law of plain days whose guards ask for nothing but states and kinds of notice, so that nothing about it is unknown.
fn plain_law(seed: u64) -> Rulebook {
    let mut stream = Stream(seed ^ 0x9_1A17);
    let seeds = (0..).map(|more: u64| seed * 1_000 + more);
    let mut laws = seeds.map(small_law);
    let mut book = laws.find(|book| book.remedies.is_empty()).expect("half of the laws have no remedies");
    if let Some(days) = &mut book.counting.days {
        days.roll = None;
    }
    book.tollings.clear();
    for rule in &mut book.rules {
        if let Trigger::Period { period, after, .. } = &mut rule.trigger {
            *period = Period::new(1 + stream.below(4) as u16, Unit::Days);
            if matches!(after, Anchor::WindowStart(_) | Anchor::WindowEnd(_)) {
                *after = Anchor::Event(Event::Placed);
            }
        }
        known(&mut rule.guard);
    }
    for measure in &mut book.measures {
        measure.starts.iter_mut().for_each(|start| known(&mut start.guard));
        measure.ends.iter_mut().for_each(|end| known(&mut end.guard));
    }
    book.notices.iter_mut().for_each(|bound| known(&mut bound.guard));
    book
}

/// Leaves in a guard what the matter itself answers.
fn known(guard: &mut Guard) {
    let is_known = |test: &Test| matches!(test, Test::State { .. } | Test::Notice { .. });
    guard.0.retain(|tests| tests.iter().all(is_known));
    if guard.0.is_empty() {
        *guard = Guard(vec![Vec::new()]);
    }
}

/// A life of one notice: some events within a few days, each day and event at most once.
fn life(stream: &mut Stream, days: usize) -> Notice {
    let mut events = BTreeSet::from([(FIRST_DAY, Event::Issued)]);
    let few: Vec<Event> = (0..4).map(|_| stream.pick(EVENTS)).collect();
    for _ in 0..stream.below(9) {
        let event = if stream.one_in(3) { stream.pick(EVENTS) } else { stream.pick(&few) };
        events.insert((FIRST_DAY + stream.below(days) as i32, event));
    }
    Notice {
        kind: NoticeKind::DraftNotice,
        appearance_date: Some(FIRST_DAY - 4 + stream.below(30) as i32),
        events: events.into_iter().collect(),
        remedies: Vec::new(),
    }
}

/// What a matter has come to by the end of a day: states by track, measures that stand.
type Place = (BTreeMap<usize, u8>, BTreeSet<usize>);

/// What it comes to at the end of each day on which something happens.
fn places(book: &Rulebook, happenings: &[Happening]) -> Vec<(i32, Place)> {
    let first: BTreeMap<usize, u8> = (0..book.tracks.len()).map(|track| (track, 0)).collect();
    let mut place: Place = (first, BTreeSet::new());
    let mut found: Vec<(i32, Place)> = Vec::new();
    for happening in happenings {
        match happening.what {
            What::Entered { track, state, .. } => drop(place.0.insert(track, state)),
            What::Starts { measure } => drop(place.1.insert(measure)),
            What::LiftDue { measure, .. } => drop(place.1.remove(&measure)),
            _ => continue,
        }
        match found.last_mut() {
            Some((day, last)) if *day == happening.day => *last = place.clone(),
            _ => found.push((happening.day, place.clone())),
        }
    }
    found
}

fn searched(book: &Rulebook) -> Option<(Vec<Reached>, BTreeSet<Place>, BTreeSet<usize>)> {
    let all = reached(book, NoticeKind::DraftNotice)?;
    let tracks: BTreeSet<usize> = all.first()?.states.iter().map(|(track, _)| *track).collect();
    let place = |one: &Reached| (one.states.iter().copied().collect(), one.standing.clone());
    let places = all.iter().map(place).collect();
    Some((all, places, tracks))
}

fn only(place: &Place, tracks: &BTreeSet<usize>) -> Place {
    (
        place.0.iter().filter(|(track, _)| tracks.contains(track)).map(|(track, state)| (*track, *state)).collect(),
        place.1.clone(),
    )
}

#[test]
fn what_happens_by_brute_force_has_been_found() {
    let mut searched_laws = 0;
    for seed in 0..LAWS {
        for (is_plain, book) in [(true, plain_law(seed)), (false, small_law(seed))] {
            let Some((_, known, tracks)) = searched(&book) else { continue };
            searched_laws += 1;
            for life_seed in 0..LIVES {
                let mut stream = Stream(seed << 20 ^ life_seed);
                let mut lives = [life(&mut stream, if is_plain { 12 } else { 80 })];
                file_remedies(life_seed, &book, &mut lives, 80);
                let answer = stream.pick(&["narrow", "wide"]).to_string();
                let answers = BTreeMap::from([("reading".to_string(), answer)]);
                let world = StillWorld::random(seed ^ life_seed);
                let happenings = live(&book, &answers, &world, &lives, FIRST_DAY + if is_plain { 30 } else { 300 });
                for (day, place) in places(&book, &happenings) {
                    let place = only(&place, &tracks);
                    assert!(
                        known.contains(&place),
                        "law {seed} (plain: {is_plain}), life {life_seed}, day {day}: {place:?} in {lives:?}"
                    );
                }
            }
        }
    }
    assert!(searched_laws > LAWS, "only {searched_laws} laws are small enough to search");
}

#[test]
fn what_is_found_happens_on_the_dates_found_and_what_is_trapped_stays() {
    let (mut told, mut trapped) = (0, 0);
    for seed in 0..LAWS {
        let book = plain_law(seed);
        let Some((all, _, tracks)) = searched(&book) else { continue };
        for (at, one) in all.iter().enumerate().step_by(1 + all.len() / SCENARIOS) {
            let witness = one.witness.as_ref().unwrap_or_else(|| panic!("law {seed}: no dates for {one:?}"));
            assert!(witness.is_told, "law {seed}: the interpreter does not come to {one:?}");
            let happenings = told_again(&book, witness, &[]);
            assert!(
                goes(witness, &happenings),
                "law {seed}: the naive interpreter does not come to {one:?}: {happenings:?}"
            );
            told += 1;
            if !one.trapped.is_empty() {
                trapped += 1;
                stays(&book, one, witness, seed << 16 | at as u64);
            }
        }
        assert!(!tracks.is_empty());
    }
    assert!(told > 300 && trapped > 30, "{told} told, {trapped} trapped");
}

/// What nothing can lift is not lifted, whatever happens after.
fn stays(book: &Rulebook, one: &Reached, witness: &Witness, seed: u64) {
    let last = witness.steps.last().expect("a way has steps").day;
    let mut stream = Stream(seed);
    for _ in 0..8 {
        let more: Vec<(Day, Event)> =
            (0..6).map(|_| (last.plus_days(1 + stream.below(9) as i32), stream.pick(EVENTS))).collect();
        let happenings = told_again(book, witness, &more);
        let lifted = happenings.iter().filter(|happening| happening.day > last.0).find(
            |happening| matches!(happening.what, What::LiftDue { measure, .. } if one.trapped.contains(&measure)),
        );
        assert_eq!(lifted, None, "{one:?} and then {more:?}");
    }
}

/// Whether every step of a scenario happens on its day, in order.
fn goes(witness: &Witness, happenings: &[Happening]) -> bool {
    let mut left = happenings.iter();
    witness.steps.iter().all(|step| {
        let comes = |wanted: &dyn Fn(&What) -> bool| {
            left.clone().any(|happening| happening.day == step.day.0 && wanted(&happening.what))
        };
        let entered = step.entered.iter().all(|&(track, state)| {
            comes(&|what| matches!(what, What::Entered { track: t, state: s, .. } if (*t, *s) == (track, state)))
        });
        let started = step.started.iter().all(|&one| comes(&|what| *what == What::Starts { measure: one }));
        let lifted = step
            .lifted
            .iter()
            .all(|&one| comes(&|what| matches!(what, What::LiftDue { measure, .. } if *measure == one)));
        while left.clone().next().is_some_and(|happening| happening.day < step.day.0) {
            left.next();
        }
        entered && started && lifted
    })
}

/// What follows from a scenario, and from more events after it, for somebody about whom that is so which it assumes.
fn told_again(book: &Rulebook, witness: &Witness, more: &[(Day, Event)]) -> Vec<Happening> {
    let plain = witness.events.iter().filter(|(.., remedy)| remedy.is_none()).map(|(day, event, _)| (day.0, *event));
    let events: BTreeSet<(i32, Event)> = plain.chain(more.iter().map(|(day, event)| (day.0, *event))).collect();
    let place = |name: &String| book.remedies.iter().position(|remedy| remedy.name == *name);
    let named =
        witness.events.iter().filter_map(|(day, event, remedy)| Some((day.0, *event, place(remedy.as_ref()?)?)));
    let notice = Notice {
        kind: witness.notice,
        appearance_date: witness.dates.get("appearance_date").map(|day| day.0),
        events: events.into_iter().collect(),
        remedies: named.collect(),
    };
    let last = witness.steps.last().map_or(0, |step| step.day.0);
    let world = Assumed::of(&witness.assumptions, book);
    live(book, &world.answers, &world, &[notice], last + if more.is_empty() { 0 } else { 40 })
}

/// A person and a world of whom all that is so which was assumed.
struct Assumed {
    answers: BTreeMap<String, String>,
    facts: BTreeMap<(PersonFact, PictureCode), bool>,
    conditions: BTreeMap<usize, bool>,
    born: i32,
}

impl Assumed {
    fn of(assumptions: &[Assumption], book: &Rulebook) -> Assumed {
        let first = book.switches.iter().map(|switch| (switch.name.clone(), switch.options[0].clone()));
        let mut world =
            Assumed { answers: first.collect(), facts: BTreeMap::new(), conditions: BTreeMap::new(), born: 36_000 };
        let mut ages = Vec::new();
        for Assumption { question, alternative } in assumptions {
            match question {
                Question::Switch { name, options } => {
                    drop(world.answers.insert(name.clone(), options[*alternative].clone()))
                }
                Question::Fact { fact, picture } => drop(world.facts.insert((*fact, *picture), *alternative == 0)),
                Question::Condition { name } => {
                    let place = book.conditions.iter().position(|condition| condition.name == *name);
                    world.conditions.insert(place.expect("a condition of the law"), *alternative == 0);
                }
                Question::Age { on, least, most, .. } => ages.push((on.0, *least, *most, *alternative)),
            }
        }
        let fits = |born: &i32| {
            ages.iter().all(|&(on, least, most, alternative)| {
                let age = Almanac::shared().age(*born, on);
                [age < least, (least..=most).contains(&age), age > most][alternative]
            })
        };
        world.born = (10_000..46_000).find(fits).expect("a day of birth that fits what was assumed");
        world
    }
}

impl World for Assumed {
    fn age(&self, day: i32, _picture: &Picture) -> i32 {
        Almanac::shared().age(self.born, day)
    }

    fn person(&self, fact: PersonFact, picture: &Picture, _day: i32) -> bool {
        self.facts.get(&(fact, PictureCode::from(picture))).copied().unwrap_or(false)
    }

    fn condition(&self, condition: usize, _day: i32) -> bool {
        self.conditions.get(&condition).copied().unwrap_or(false)
    }
}

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// All files below a folder whose names end like this, in order.
fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder of laws") {
            let path = entry.expect("a readable folder").path();
            if path.is_dir() {
                open.push(path);
            } else if path.to_string_lossy().ends_with(ending) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

fn source(path: &Path) -> Source {
    let text = String::from_utf8_lossy(&std::fs::read(path).expect("a readable file")).into_owned();
    Source { name: path.file_name().expect("a file").to_string_lossy().into_owned(), text }
}

#[test]
fn every_scenario_of_every_law_happens_on_its_dates() {
    let folders = ["crates/callup-law/tests/it/bad", "crates/callup-law/tests/it/good", "laws"]
        .map(|name| repository().join(name));
    let holidays: Vec<Holidays> = folders
        .iter()
        .flat_map(|folder| files(folder, holidays::ENDING))
        .map(|path| holidays::read(&source(&path), 0).expect("a holiday file without an error"))
        .collect();
    let mut told = 0;
    for path in folders.iter().flat_map(|folder| files(folder, ".law.md")) {
        let (document, errors) = callup_law::parse::parse(&source(&path), 0);
        let resolved = callup_law::resolve::resolve(&document, &holidays);
        // A text with errors of its own has no meaning that an interpreter could tell.
        if !errors.is_empty() || resolved.findings.iter().any(|finding| finding.code.starts_with('E')) {
            continue;
        }
        for (code, witness) in witnesses(&resolved.book) {
            let name = path.file_name().expect("a file").to_string_lossy();
            assert!(witness.is_told, "{name}: {code}: the interpreter does not go this way: {witness:?}");
            let happenings = told_again(&resolved.book, &witness, &[]);
            assert!(goes(&witness, &happenings), "{name}: {code}: {witness:?} gave {happenings:?}");
            told += 1;
        }
    }
    assert!(told > 100, "{told} scenarios");
}
