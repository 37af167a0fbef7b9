//! The step function and the naive interpreter say the same on random laws and random lives.
//!
//! The agenda below is the test's own; whatever differs prints its seed.

use callup_law::calendar::{Day, Phase};
use callup_law::program::{Answers, Facts, Horizon, Offset, PictureCode, Program, UNSET};
use callup_law::roles::{Event, PersonFact};
use callup_law::rulebook::Rulebook;
use callup_law::step::{self, Effect, MatterState, Opened};
use callup_naive::almanac::Almanac;
use callup_naive::interpreter::{Happening, Notice, What, live};
use callup_naive::random_law::{StillWorld, law, notices};
use std::collections::BTreeSet;
use std::rc::Rc;

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
            step::expire(&program, &mut matter.state(), today, phase, entry.3, &self.world, &mut |effect| {
                effects.push(effect)
            });
            self.note(entry.2, today, &effects);
        }
    }

    fn raise(&mut self, index: usize, notice: &Notice, today: Offset, event: Event) {
        let matter = &mut self.matters[index];
        if matter.void {
            return;
        }
        let program = Rc::clone(&matter.program);
        let mut effects = Vec::new();
        if !matter.open {
            let date = notice.appearance_date.map_or(UNSET, offset);
            let opened =
                step::open(&program, &mut matter.state(), today, date, &self.world, &mut |effect| effects.push(effect));
            matter.void = matches!(opened, Opened::Void(_));
            matter.open = !matter.void;
        }
        if !matter.void {
            step::event(&program, &mut matter.state(), today, event, &self.world, &mut |effect| effects.push(effect));
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
            let mut events: Vec<(Event, usize)> = Vec::new();
            for (index, notice) in notices.iter().enumerate() {
                events.extend(
                    notice.events.iter().filter(|(on, _)| offset(*on) == today).map(|&(_, event)| (event, index)),
                );
            }
            events.sort_unstable_by_key(|&(event, index)| (event, notices[index].events.iter().min().copied(), index));
            for (event, index) in events {
                self.raise(index, &notices[index], today, event);
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
            let lives = notices(seed * 31 + round, FIRST_DAY, DAYS);
            let mut wanted = live(&book, &answers, &still, &lives, FIRST_DAY + DAYS - 1);
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
    assert!(compared > 10_000, "only {compared} happenings: the random laws do too little to compare anything");
}
