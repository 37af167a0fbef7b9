//! The step function with a small agenda of its own around it, and beside it the straight way that a run takes where it can.
//!
//! Whatever the straight way would do must be what the step does. It knows no people: facts come from the caller.

use crate::interpreter::{Happening, Notice, What};
use callup_law::calendar::{Day, Phase};
use callup_law::explain::StatedNotice;
use callup_law::program::{Answers, Facts, Horizon, Offset, Program, UNSET};
use callup_law::roles::Event;
use callup_law::rulebook::Rulebook;
use callup_law::step::plan::Planned;
use callup_law::step::{self, Effect, MatterState, Opened};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// How many inputs were straight, and how many were not: a test that meets none of either shows nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Inputs {
    /// The straight way said what comes.
    pub straight: usize,
    /// Only the step could.
    pub asked: usize,
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
    fn must_be(self, stepped: &Matter, effects: &[Effect], inputs: &mut Inputs) {
        let entered = match self.planned {
            Planned::Ask => {
                inputs.asked += 1;
                return;
            }
            Planned::Stays => None,
            Planned::Moves { track, to, rule, .. } => Some(Effect::Entered { track, state: to, rule }),
        };
        inputs.straight += 1;
        let told: Vec<Effect> = entered.into_iter().chain(self.runs).collect();
        assert_eq!(told, effects, "what follows");
        assert_eq!(
            (self.matter.states, self.matter.anchors, self.matter.standing, self.matter.started),
            (stepped.states.clone(), stepped.anchors.clone(), stepped.standing, stepped.started)
        );
    }
}

/// (day, phase, matter, rule)
type Agenda = BTreeSet<(Offset, Phase, usize, u16)>;

struct Holder<'a, F> {
    facts: &'a F,
    horizon: Horizon,
    matters: Vec<Matter>,
    agenda: Agenda,
    happenings: Vec<Happening>,
    inputs: Inputs,
}

impl<F: Facts> Holder<'_, F> {
    fn offset(&self, day: i32) -> Offset {
        self.horizon.offset(Day(day)).expect("the horizon holds every day of the lives")
    }

    fn day(&self, offset: Offset) -> i32 {
        self.horizon.origin.0 + i32::from(offset)
    }

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
                    by: if by == UNSET { i32::MAX } else { self.day(by) },
                },
                Effect::BoundBroken { bound } => What::OutOfBounds { bound: usize::from(bound) },
                Effect::LiftByTransfer { .. } => unreachable!("no law is replaced here"),
            };
            let day = self.day(today);
            self.happenings.push(Happening { notice: index, day, what });
        }
    }

    fn drain(&mut self, today: Offset, phase: Phase) {
        while let Some(&entry) = self.agenda.iter().next() {
            if (entry.0, entry.1) != (today, phase) {
                break;
            }
            self.agenda.remove(&entry);
            let mut effects = Vec::new();
            let facts = self.facts;
            let matter = &mut self.matters[entry.2];
            let program = Rc::clone(&matter.program);
            let straight = straight(matter, |program, state, runs| {
                step::plan::expire(program, state, today, phase, entry.3, &mut |rule, due, phase| {
                    runs(rule, due, phase)
                })
            });
            step::expire(&program, &mut matter.state(), today, phase, entry.3, facts, &mut |effect| {
                effects.push(effect)
            });
            straight.must_be(matter, &effects, &mut self.inputs);
            self.note(entry.2, today, &effects);
        }
    }

    fn raise(&mut self, index: usize, notice: &Notice, today: Offset, event: Event, remedy: Option<usize>) {
        let (facts, date) = (self.facts, notice.appearance_date.map_or(UNSET, |day| self.offset(day)));
        let matter = &mut self.matters[index];
        if matter.void {
            return;
        }
        let program = Rc::clone(&matter.program);
        let mut effects = Vec::new();
        if !matter.open {
            let straight = straight(matter, |program, state, _| match step::plan::open(program, state, today) {
                true => Planned::Stays,
                false => Planned::Ask,
            });
            let opened = step::open(&program, &mut matter.state(), today, event, date, facts, &mut |effect| {
                effects.push(effect)
            });
            straight.must_be(matter, &effects, &mut self.inputs);
            matter.void = matches!(opened, Opened::Void(_));
            matter.open = !matter.void;
        }
        if !matter.void {
            let matter = &mut self.matters[index];
            let mut entered = Vec::new();
            let mut out = |effect| entered.push(effect);
            if let Some(remedy) = remedy {
                step::remedy_event(&program, &mut matter.state(), today, (event, remedy), facts, &mut out);
            } else {
                let straight = straight(matter, |program, state, runs| {
                    step::plan::event(program, state, today, event, &mut |rule, due, phase| runs(rule, due, phase))
                });
                step::event(&program, &mut matter.state(), today, event, facts, &mut out);
                straight.must_be(matter, &entered, &mut self.inputs);
            }
            effects.append(&mut entered);
        } else {
            let day = self.day(today);
            self.happenings.push(Happening { notice: index, day, what: What::Void });
        }
        self.note(index, today, &effects);
        for other in 0..self.matters.len() {
            let matter = &mut self.matters[other];
            if other != index && matter.open {
                let program = Rc::clone(&matter.program);
                let mut effects = Vec::new();
                step::foreign_event(&program, &mut matter.state(), today, event, facts, &mut |effect| {
                    effects.push(effect)
                });
                self.note(other, today, &effects);
            }
        }
    }

    fn live(&mut self, book: &Rulebook, notices: &[Notice], until: i32) {
        for today in 0..=self.offset(until) {
            self.drain(today, Phase::RunOut);
            for (event, index, remedy) in self.events_of(book, notices, today) {
                self.raise(index, &notices[index], today, event, remedy);
            }
            self.drain(today, Phase::LastDay);
            self.drain(today, Phase::AtOnce);
        }
    }

    /// The events of a day in their order, each with its notice and the remedy that it names.
    fn events_of(&self, book: &Rulebook, notices: &[Notice], today: Offset) -> Vec<(Event, usize, Option<usize>)> {
        let day = self.day(today);
        let mut events: Vec<(Event, usize, Option<usize>)> = Vec::new();
        for (index, notice) in notices.iter().enumerate() {
            let plain = notice.events.iter().filter(|(on, _)| *on == day);
            events.extend(plain.map(|&(_, event)| (event, index, None)));
            let named = notice.remedies.iter().filter(|(on, _, _)| *on == day);
            events.extend(named.map(|&(_, event, remedy)| (event, index, Some(remedy))));
        }
        let name = |remedy: Option<usize>| remedy.map(|remedy| book.remedies[remedy].name.as_str());
        events.sort_by_key(|&(event, index, remedy)| (event, notices[index].opening(), index, name(remedy)));
        events
    }
}

/// All that follows for these notices up to and including `until`, as the step function says; every day must lie in the horizon.
///
/// # Panics
/// When the law does not bind, or the straight way says otherwise than the step.
pub fn stepped<F: Facts>(
    book: &Rulebook,
    answers: &Answers,
    facts: &F,
    notices: &[Notice],
    (horizon, until): (Horizon, i32),
) -> (Vec<Happening>, Inputs) {
    let matter = |notice: &Notice| {
        let program = Program::bind(book, notice.kind, answers, horizon).expect("the law binds");
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
    };
    let (matters, inputs) = (notices.iter().map(matter).collect(), Inputs::default());
    let mut holder = Holder { facts, horizon, matters, agenda: Agenda::new(), happenings: Vec::new(), inputs };
    holder.live(book, notices, until);
    (holder.happenings, holder.inputs)
}

/// A notice as `explain` is told of it; remedies by their names in the rulebook.
#[must_use]
pub fn stated(notice: &Notice, book: &Rulebook) -> StatedNotice {
    let remedy = |(on, event, remedy): &(i32, Event, usize)| (*event, Day(*on), book.remedies[*remedy].name.clone());
    StatedNotice {
        kind: notice.kind,
        dates: notice.appearance_date.map(|on| ("appearance_date".to_owned(), Day(on))).into_iter().collect(),
        events: notice.events.iter().map(|(on, event)| (*event, Day(*on))).collect(),
        remedies: notice.remedies.iter().map(remedy).collect(),
        learned: BTreeMap::new(),
    }
}
