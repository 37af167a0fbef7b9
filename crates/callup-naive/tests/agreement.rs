//! The step function and the naive interpreter say the same on random laws and random lives.
//!
//! The agenda below is the test's own; whatever differs prints its seed.

use callup_law::calendar::{Day, Phase};
use callup_law::program::{Answers, Facts, Horizon, Offset, PictureCode, Program, UNSET};
use callup_law::roles::{Event, PersonFact};
use callup_law::rulebook::Rulebook;
use callup_law::step::plan::Planned;
use callup_law::step::{self, Effect, MatterState, Opened};
use callup_naive::almanac::Almanac;
use callup_naive::interpreter::{Happening, Notice, What, live};
use callup_naive::random_law::{StillWorld, file_remedies, law, notices};
use std::collections::BTreeSet;
use std::rc::Rc;
use std::sync::atomic::{AtomicUsize, Ordering};

const FIRST_DAY: i32 = 44_000;
const DAYS: i32 = 400;
/// Days before the first day of the lives at which the horizon begins.
const LEAD_DAYS: i32 = 100;

struct World {
    still: StillWorld,
}

impl Facts for World {
    fn age(&self, on: Offset, _picture: PictureCode) -> i32 {
        Almanac::shared().age(self.still.born, FIRST_DAY - LEAD_DAYS + i32::from(on))
    }

    fn person(&self, fact: PersonFact, _picture: PictureCode) -> bool {
        match fact {
            PersonFact::LivesAtAddress => self.still.lives_at_address,
            PersonFact::PortalAccount => self.still.has_portal_account,
            _ => false,
        }
    }

    fn condition(&self, _condition: usize, _today: Offset) -> bool {
        self.still.condition
    }
}

#[derive(Clone)]
struct Matter {
    program: Rc<Program>,
    states: Vec<u8>,
    anchors: Vec<Offset>,
    standing: u16,
    started: u16,
    open: bool,
    void: bool,
}

impl Matter {
    fn state(&mut self) -> MatterState<'_> {
        MatterState {
            states: &mut self.states,
            anchors: &mut self.anchors,
            standing: &mut self.standing,
            started: &mut self.started,
        }
    }
}

/// What the straight way makes of an input, tried on a copy of a matter before the step is asked.
struct Straight {
    planned: Planned,
    matter: Matter,
    runs: Vec<Effect>,
}

fn straight(
    matter: &Matter,
    go: impl FnOnce(&Program, &mut MatterState<'_>, &mut dyn FnMut(u16, Offset, Phase)) -> Planned,
) -> Straight {
    let (mut matter, program) = (matter.clone(), Rc::clone(&matter.program));
    let mut runs = Vec::new();
    let planned = go(&program, &mut matter.state(), &mut |rule, due, phase| {
        runs.push(Effect::PeriodRuns { rule, due, phase });
    });
    Straight { planned, matter, runs }
}

impl Straight {
    /// Holds it to what the step has done: an input that is not straight changes nothing, any other the same as the step.
    fn must_be(self, stepped: &Matter, effects: &[Effect]) {
        let entered = match self.planned {
            Planned::Ask => {
                ASKED.fetch_add(1, Ordering::Relaxed);
                return;
            }
            Planned::Stays => None,
            Planned::Moves { track, to, rule, .. } => Some(Effect::Entered { track, state: to, rule }),
        };
        STRAIGHT.fetch_add(1, Ordering::Relaxed);
        let told: Vec<Effect> = entered.into_iter().chain(self.runs).collect();
        assert_eq!(told, effects, "what follows");
        assert_eq!(
            (self.matter.states, self.matter.anchors, self.matter.standing, self.matter.started),
            (stepped.states.clone(), stepped.anchors.clone(), stepped.standing, stepped.started)
        );
    }
}

/// How many inputs were straight, and how many were not: a test that meets none of either shows nothing.
static STRAIGHT: AtomicUsize = AtomicUsize::new(0);
static ASKED: AtomicUsize = AtomicUsize::new(0);

/// (day, phase, matter, rule)
type Agenda = BTreeSet<(Offset, Phase, usize, u16)>;

struct Holder<'a> {
    book: &'a Rulebook,
    world: World,
    matters: Vec<Matter>,
    agenda: Agenda,
    happenings: Vec<Happening>,
}

fn offset(day: i32) -> Offset {
    Offset::try_from(day - FIRST_DAY + LEAD_DAYS).expect("within the horizon")
}

fn day(offset: Offset) -> i32 {
    FIRST_DAY - LEAD_DAYS + i32::from(offset)
}

impl Holder<'_> {
    fn note(&mut self, index: usize, today: Offset, effects: &[Effect]) {
        for &effect in effects {
            let program = &self.matters[index].program;
            let what = match effect {
                Effect::PeriodRuns { rule, due, phase } => {
                    self.agenda.insert((due, phase, index, rule));
                    continue;
                }
                Effect::Entered { track, state, rule } => {
                    What::Entered { track: program.track_in_book(track), state, rule: usize::from(rule) }
                }
                Effect::MeasureStarts { measure, .. } => What::Starts { measure: program.measure_in_book(measure) },
                Effect::LiftDue { measure, by, .. } => What::LiftDue {
                    measure: program.measure_in_book(measure),
                    by: if by == UNSET { i32::MAX } else { day(by) },
                },
                Effect::BoundBroken { bound } => What::OutOfBounds { bound: usize::from(bound) },
                Effect::LiftByTransfer { .. } => unreachable!("no law is replaced here"),
            };
            self.happenings.push(Happening { notice: index, day: day(today), what });
        }
    }

    fn drain(&mut self, today: Offset, phase: Phase) {
        while let Some(&entry) = self.agenda.iter().next() {
            if (entry.0, entry.1) != (today, phase) {
                break;
            }
            self.agenda.remove(&entry);
            let mut effects = Vec::new();
            let matter = &mut self.matters[entry.2];
            let program = Rc::clone(&matter.program);
            let straight = straight(matter, |program, state, runs| {
                step::plan::expire(program, state, today, phase, entry.3, &mut |rule, due, phase| {
                    runs(rule, due, phase)
                })
            });
            step::expire(&program, &mut matter.state(), today, phase, entry.3, &self.world, &mut |effect| {
                effects.push(effect)
            });
            straight.must_be(matter, &effects);
            self.note(entry.2, today, &effects);
        }
    }

    fn raise(&mut self, index: usize, notice: &Notice, today: Offset, event: Event, remedy: Option<usize>) {
        let matter = &mut self.matters[index];
        if matter.void {
            return;
        }
        let program = Rc::clone(&matter.program);
        let mut effects = Vec::new();
        if !matter.open {
            let date = notice.appearance_date.map_or(UNSET, offset);
            let straight = straight(matter, |program, state, _| match step::plan::open(program, state, today) {
                true => Planned::Stays,
                false => Planned::Ask,
            });
            let opened = step::open(&program, &mut matter.state(), today, event, date, &self.world, &mut |effect| {
                effects.push(effect)
            });
            straight.must_be(matter, &effects);
            matter.void = matches!(opened, Opened::Void(_));
            matter.open = !matter.void;
        }
        if !matter.void {
            let matter = &mut self.matters[index];
            let mut entered = Vec::new();
            let facts = &self.world;
            let mut out = |effect| entered.push(effect);
            if let Some(remedy) = remedy {
                step::remedy_event(&program, &mut matter.state(), today, (event, remedy), facts, &mut out);
            } else {
                let straight = straight(matter, |program, state, runs| {
                    step::plan::event(program, state, today, event, &mut |rule, due, phase| runs(rule, due, phase))
                });
                step::event(&program, &mut matter.state(), today, event, facts, &mut out);
                straight.must_be(matter, &entered);
            }
            effects.append(&mut entered);
        } else {
            self.happenings.push(Happening { notice: index, day: day(today), what: What::Void });
        }
        self.note(index, today, &effects);
        for other in 0..self.matters.len() {
            let matter = &mut self.matters[other];
            if other != index && matter.open {
                let program = Rc::clone(&matter.program);
                let mut effects = Vec::new();
                step::foreign_event(&program, &mut matter.state(), today, event, &self.world, &mut |effect| {
                    effects.push(effect)
                });
                self.note(other, today, &effects);
            }
        }
    }

    fn live(&mut self, notices: &[Notice]) {
        for today in 0..Offset::try_from(DAYS).expect("few days") + Offset::try_from(LEAD_DAYS).expect("few days") {
            self.drain(today, Phase::RunOut);
            let mut events: Vec<(Event, usize, Option<usize>)> = Vec::new();
            for (index, notice) in notices.iter().enumerate() {
                let plain = notice.events.iter().filter(|(on, _)| offset(*on) == today);
                events.extend(plain.map(|&(_, event)| (event, index, None)));
                let named = notice.remedies.iter().filter(|(on, _, _)| offset(*on) == today);
                events.extend(named.map(|&(_, event, remedy)| (event, index, Some(remedy))));
            }
            // The names of the remedies of random laws are in the order of their places.
            events.sort_by_key(|&(event, index, remedy)| (event, notices[index].opening(), index, remedy));
            for (event, index, remedy) in events {
                self.raise(index, &notices[index], today, event, remedy);
            }
            self.drain(today, Phase::LastDay);
            self.drain(today, Phase::AtOnce);
        }
        assert!(self.book.rules.len() < 100, "random laws are small");
    }
}

fn fast(book: &Rulebook, answers: &Answers, still: StillWorld, notices: &[Notice]) -> Vec<Happening> {
    let horizon = Horizon { origin: Day(FIRST_DAY - LEAD_DAYS), days: 2_000 };
    let matters = notices
        .iter()
        .map(|notice| {
            let program = Program::bind(book, notice.kind, answers, horizon).expect("a random law binds");
            let layout = program.layout();
            Matter {
                states: vec![0; layout.tracks],
                anchors: vec![UNSET; layout.anchors],
                standing: 0,
                started: 0,
                open: false,
                void: false,
                program: Rc::new(program),
            }
        })
        .collect();
    let mut holder = Holder { book, world: World { still }, matters, agenda: Agenda::new(), happenings: Vec::new() };
    holder.live(notices);
    holder.happenings
}

#[test]
fn step_and_naive_interpreter_agree_on_random_laws() {
    let mut compared = 0;
    for seed in 0..1_000u64 {
        let book = law(seed);
        let still = StillWorld::random(seed);
        let answers: Answers =
            [("reading".to_string(), if seed % 2 == 0 { "narrow" } else { "wide" }.to_string())].into_iter().collect();
        for round in 0..2 {
            let mut lives = notices(seed * 31 + round, FIRST_DAY, DAYS);
            file_remedies(seed, &book, &mut lives, DAYS);
            let mut wanted = live(&book, &answers, &still, &lives, FIRST_DAY + DAYS - 1);
            // Suspensions are no effects of the step: the holder is held to them.
            wanted.retain(|one| !matches!(one.what, What::Barred | What::Suspended { .. } | What::Resumed { .. }));
            let mut found = fast(&book, &answers, still, &lives);
            wanted.sort();
            found.sort();
            assert_eq!(
                found,
                wanted,
                "law {seed}, lives {}: the step function (left) and the naive interpreter differ",
                seed * 31 + round
            );
            compared += wanted.len();
        }
    }
    let (straight, asked) = (STRAIGHT.load(Ordering::Relaxed), ASKED.load(Ordering::Relaxed));
    assert!(straight > 10_000 && asked > 5_000, "{straight} inputs went straight and {asked} did not");
    assert!(compared > 10_000, "only {compared} happenings: the random laws do too little to compare anything");
}
