//! Every shipped law on random cases: what explain tells, what the step function does as a run drives it, and what the naive interpreter finds
//! must be the same days.
//!
//! The laws are found by listing. A case that differs is made smaller as far as it goes, and printed with its seed.

use callup_law::calendar::Day;
use callup_law::diagnostic::Source;
use callup_law::explain::{Explanation, Language, LawText, LineKind, StatedFact, StatedFacts, explain_briefly};
use callup_law::holidays::{self, Holidays};
use callup_law::program::{Answers, Facts, Horizon, Offset, PictureCode};
use callup_law::roles::{Event, NoticeKind, PersonFact};
use callup_law::rulebook::{FactKind, Picture, Rulebook, Trigger};
use callup_naive::almanac::Almanac;
use callup_naive::interpreter::{Happening, Notice, What, World, live};
use callup_naive::random_law::Stream;
use callup_naive::stepped::{stated, stepped};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Days that a case is followed, from its first possible day.
const DAYS: i32 = 420;
/// Days of the horizon before the first possible day.
const LEAD_DAYS: i32 = 10;
/// Days within which a case begins, from the day the law comes into force.
const BEGINS_WITHIN: usize = 900;
/// Days between events that laws count by, and those beside them.
const GAPS: [i32; 16] = [0, 0, 1, 1, 2, 3, 5, 7, 8, 10, 14, 20, 21, 30, 31, 92];

/// A person in a world in which nothing changes.
#[derive(Clone, Debug)]
struct Still {
    origin: i32,
    born: i32,
    facts: BTreeMap<(PersonFact, PictureCode), bool>,
    conditions: Vec<bool>,
}

impl Still {
    fn is(&self, fact: PersonFact, picture: PictureCode) -> bool {
        self.facts[&(fact, picture)]
    }
}

impl World for Still {
    fn age(&self, day: i32, _picture: &Picture) -> i32 {
        Almanac::shared().age(self.born, day)
    }

    fn person(&self, fact: PersonFact, picture: &Picture, _day: i32) -> bool {
        self.is(fact, PictureCode::from(picture))
    }

    fn condition(&self, condition: usize, _day: i32) -> bool {
        self.conditions[condition]
    }
}

impl Facts for Still {
    fn age(&self, on: Offset, _picture: PictureCode) -> i32 {
        Almanac::shared().age(self.born, self.origin + i32::from(on))
    }

    fn person(&self, fact: PersonFact, picture: PictureCode) -> bool {
        self.is(fact, picture)
    }

    fn condition(&self, condition: usize, _today: Offset) -> bool {
        self.conditions[condition]
    }
}

/// One random case.
#[derive(Clone, Debug)]
struct Case {
    answers: Answers,
    world: Still,
    notices: Vec<Notice>,
    until: i32,
}

impl Case {
    fn random(book: &Rulebook, seed: u64) -> Case {
        let mut stream = Stream(seed);
        let last = book.in_force_until.map_or(i32::MAX, |day| day.0);
        let first = (book.in_force_from.0 + stream.below(BEGINS_WITHIN) as i32).min(last);
        let pick = |options: &[String], stream: &mut Stream| options[stream.below(options.len())].clone();
        let answers =
            book.switches.iter().map(|switch| (switch.name.clone(), pick(&switch.options, &mut stream))).collect();
        let mut facts = BTreeMap::new();
        for fact in PersonFact::ALL {
            let truth = stream.one_in(2);
            facts.insert((*fact, PictureCode::Truth), truth);
            facts.insert((*fact, PictureCode::Recorded), if stream.one_in(4) { !truth } else { truth });
            facts.insert((*fact, PictureCode::Proved), truth && stream.one_in(2));
        }
        let conditions = book.conditions.iter().map(|_| stream.one_in(2)).collect();
        let born = first - (16 * 365 + stream.below(16 * 365) as i32);
        let count = [1, 1, 1, 2, 2, 3][stream.below(6)];
        let notices = (0..count).map(|_| notice(book, &mut stream, first)).collect();
        let world = Still { origin: first - LEAD_DAYS, born, facts, conditions };
        Case { answers, world, notices, until: first + DAYS }
    }

    fn stated(&self, book: &Rulebook) -> StatedFacts {
        let fact = |fact: &PersonFact| {
            let is = |picture| Some(self.world.is(*fact, picture));
            let stated = StatedFact {
                as_it_is: is(PictureCode::Truth),
                as_recorded: is(PictureCode::Recorded),
                proved: is(PictureCode::Proved),
            };
            (*fact, stated)
        };
        let conditions = book.conditions.iter().zip(&self.world.conditions);
        StatedFacts {
            born: Some(Day(self.world.born)),
            answers: self.answers.clone(),
            conditions: conditions.map(|(condition, is)| (condition.name.clone(), *is)).collect(),
            person: PersonFact::ALL.iter().map(fact).collect(),
            notices: self.notices.iter().map(|notice| stated(notice, book)).collect(),
        }
    }
}

/// A notice with the events that befall it: most of them what the law reacts to, some on the days by which it counts.
fn notice(book: &Rulebook, stream: &mut Stream, first: i32) -> Notice {
    let kinds: Vec<NoticeKind> = book.matters.iter().flat_map(|matter| matter.notices.clone()).collect();
    let kind = stream.pick(&kinds);
    let heard = heard(book);
    // No law governs what begins after it.
    let last = book.in_force_until.map_or(i32::MAX, |day| day.0);
    let mut day = (first + stream.below(40) as i32).min(last);
    let opened = day;
    let mut events: BTreeSet<(i32, Event)> = BTreeSet::new();
    for place in 0..1 + stream.below(7) {
        let event = if stream.one_in(8) { stream.pick(Event::ALL) } else { stream.pick(&heard) };
        if place > 0 {
            day += if stream.one_in(3) { stream.below(60) as i32 } else { stream.pick(&GAPS) };
        }
        events.insert((day, event));
    }
    let has_date = book.facts.iter().any(|fact| fact.kind == FactKind::Date) && !stream.one_in(12);
    let appearance_date = has_date.then(|| opened + stream.below(46) as i32 - 2);
    if has_date && stream.one_in(2) {
        let late = appearance_date.expect("it has one") + stream.pick(&GAPS) + stream.below(3) as i32 - 1;
        events.insert((late.max(opened), Event::Appeared));
    }
    let mut remedies = Vec::new();
    for remedy in 0..book.remedies.len() {
        let mut on = opened + stream.below(120) as i32;
        for event in [Event::Filed, Event::Restored, Event::Granted, Event::Rejected, Event::BecameFinal] {
            if stream.one_in(3) {
                remedies.push((on, event, remedy));
                on += stream.pick(&GAPS);
            }
        }
    }
    Notice { kind, appearance_date, events: events.into_iter().collect(), remedies }
}

/// The events that rules react to; those of remedies only where they name one.
fn heard(book: &Rulebook) -> Vec<Event> {
    let of_rules = book.rules.iter().filter_map(|rule| match rule.trigger {
        Trigger::Event(event) => Some(event),
        Trigger::Period { .. } => None,
    });
    let mut heard: Vec<Event> = of_rules.filter(|event| !event.is_of_remedies()).collect();
    heard.sort_unstable();
    heard.dedup();
    heard
}

/// Where the three differ; `None` if they agree. Counts what was compared.
fn difference(book: &Rulebook, case: &Case, compared: &mut usize) -> Option<String> {
    let mut wanted = live(book, &case.answers, &case.world, &case.notices, case.until);
    wanted.sort();
    let horizon = Horizon { origin: Day(case.world.origin), days: 4_000 };
    let (mut found, _) = stepped(book, &case.answers, &case.world, &case.notices, (horizon, case.until));
    found.sort();
    let of_step = |one: &&Happening| !matches!(one.what, What::Barred | What::Suspended { .. } | What::Resumed { .. });
    let of_step: Vec<Happening> = wanted.iter().filter(of_step).cloned().collect();
    *compared += wanted.len();
    if found != of_step {
        return Some(format!("the step: {found:#?}\nthe naive interpreter: {of_step:#?}"));
    }
    let text = LawText { book, sha256: "0000" };
    let told = match explain_briefly(Language::English, &[text], &case.stated(book), Day(case.until)) {
        Ok(told) => told,
        Err(errors) => return Some(format!("explain: {errors:?}")),
    };
    let (told, wanted) = (dates_of(&told), dates_in(book, &wanted));
    (told != wanted).then(|| format!("explain: {told:#?}\nthe naive interpreter: {wanted:#?}"))
}

/// A due date: notice, what, day, and the day of the lift where there is one.
type Due = (usize, String, i32, Option<i32>);

/// What explain tells of measures, of periods that come due, and of void notices.
fn dates_of(told: &Explanation) -> BTreeSet<Due> {
    let measure = |one: &callup_law::explain::MeasureLine| {
        (one.matter, format!("measure {}", one.name), one.start.0, one.lift_by.map(|day| day.0))
    };
    let mut dates: BTreeSet<Due> = told.measures.iter().map(measure).collect();
    for line in &told.timeline {
        let rule = line.rule.as_deref().unwrap_or_default();
        match line.kind {
            LineKind::State if !line.detail => {
                dates.insert((line.matter, format!("period {rule}"), line.date.0, None));
            }
            LineKind::LiftDue => {
                dates.insert((line.matter, format!("lift {rule}"), line.date.0, None));
            }
            LineKind::MeasureStarts => {
                dates.insert((line.matter, format!("start {rule}"), line.date.0, None));
            }
            _ => {}
        }
    }
    assert!(told.open_points.iter().all(|point| !point.changes_timeline), "all is answered: {:?}", told.open_points);
    dates
}

/// Start and lift of each stretch in which a measure stands.
type Stretches = Vec<(i32, Option<i32>)>;

/// The same from what the naive interpreter finds. A lift that a new start takes the place of is left out, and the stretch goes on.
fn dates_in(book: &Rulebook, happenings: &[Happening]) -> BTreeSet<Due> {
    let mut dates: BTreeSet<Due> = BTreeSet::new();
    let mut stretches: BTreeMap<(usize, usize), Stretches> = BTreeMap::new();
    let past_end = |by: i32| if by == i32::MAX { Day::PAST_END.0 } else { by };
    for one in happenings {
        match one.what {
            What::Entered { rule, .. } if matches!(book.rules[rule].trigger, Trigger::Period { .. }) => {
                dates.insert((one.notice, format!("period {}", book.rules[rule].name), one.day, None));
            }
            What::Starts { measure } => {
                dates.insert((one.notice, format!("start {}", book.measures[measure].name), one.day, None));
                let list = stretches.entry((one.notice, measure)).or_default();
                match list.last_mut() {
                    Some(last) if last.1.is_none_or(|lift| lift >= one.day) => last.1 = None,
                    _ => list.push((one.day, None)),
                }
            }
            What::LiftDue { measure, by } => {
                let by = past_end(by);
                dates.insert((one.notice, format!("lift {}", book.measures[measure].name), by, None));
                if let Some(last) = stretches.entry((one.notice, measure)).or_default().last_mut() {
                    last.1 = Some(by);
                }
            }
            _ => {}
        }
    }
    for ((notice, measure), list) in stretches {
        let name = format!("measure {}", book.measures[measure].name);
        dates.extend(list.into_iter().map(|(start, lift)| (notice, name.clone(), start, lift)));
    }
    dates
}

/// The case without what it does not need in order to differ.
fn smaller(book: &Rulebook, case: &Case) -> Case {
    let mut least = case.clone();
    loop {
        let mut tries: Vec<Case> = Vec::new();
        for place in 0..least.notices.len() {
            let mut without = least.clone();
            without.notices.remove(place);
            tries.push(without);
            for event in 0..least.notices[place].events.len() {
                let mut without = least.clone();
                without.notices[place].events.remove(event);
                tries.push(without);
            }
            for event in 0..least.notices[place].remedies.len() {
                let mut without = least.clone();
                without.notices[place].remedies.remove(event);
                tries.push(without);
            }
        }
        let opens = |case: &Case| !case.notices.is_empty() && case.notices.iter().all(|one| one.opening().is_some());
        let next = tries.into_iter().find(|case| opens(case) && difference(book, case, &mut 0).is_some());
        match next {
            Some(case) => least = case,
            None => return least,
        }
    }
}

fn laws_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../laws")
}

fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("the laws lie in the repository") {
        let path = entry.expect("a readable folder").path();
        if path.is_dir() {
            found.extend(files(&path, ending));
        } else if path.to_string_lossy().ends_with(ending) {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn source(path: &Path) -> Source {
    let name = path.file_name().expect("a file").to_string_lossy().into_owned();
    Source { name, text: std::fs::read_to_string(path).expect("a readable text") }
}

/// Every law below `laws/`, compiled.
fn shipped() -> Vec<Rulebook> {
    let read = |path: &PathBuf| holidays::read(&source(path), 0).expect("a holiday file without an error");
    let calendars: Vec<Holidays> = files(&laws_folder(), holidays::ENDING).iter().map(read).collect();
    let compiled = |path: &PathBuf| callup_law::compile_with(&[source(path)], &calendars).rulebooks.remove(0);
    files(&laws_folder(), ".law.md").iter().map(compiled).collect()
}

/// Compares so many cases of every law, the laws shared among the processors.
fn all_agree(cases: u64) {
    let laws = shipped();
    assert!(laws.len() >= 6, "{} laws", laws.len());
    let workers = std::thread::available_parallelism().map_or(1, usize::from) as u64;
    for book in &laws {
        let compared: usize = std::thread::scope(|scope| {
            let work = |worker: u64| {
                move || (worker..cases).step_by(workers as usize).map(|case| agrees(book, case)).sum::<usize>()
            };
            let running: Vec<_> = (0..workers).map(|worker| scope.spawn(work(worker))).collect();
            running.into_iter().map(|one| one.join().expect("every case agrees, or it is printed above")).sum()
        });
        println!("{}: {cases} cases, {compared} happenings", book.id);
        assert!(compared as u64 > cases, "{}: only {compared} happenings", book.id);
    }
}

fn agrees(book: &Rulebook, seed: u64) -> usize {
    let (case, mut compared) = (Case::random(book, seed), 0);
    if let Some(found) = difference(book, &case, &mut compared) {
        let least = smaller(book, &case);
        let found = difference(book, &least, &mut 0).unwrap_or(found);
        panic!("{} case {seed}:\n{found}\nin {least:#?}", book.id);
    }
    compared
}

#[test]
fn explain_the_step_and_the_naive_interpreter_agree_on_every_shipped_law() {
    all_agree(200);
}

#[test]
#[ignore = "takes minutes in release; `cargo xtask long` runs it"]
fn they_agree_on_a_hundred_thousand_cases_of_every_shipped_law() {
    all_agree(100_000);
}
