//! One person's matters under one or more laws, day by day: a small agenda around the step function, and a log of all that happened.
//!
//! Cases and explanations use it; a run of the simulation has its own agenda. Days here are days, not offsets.
//! It knows no people but the one it asks, and no output.

use crate::calendar::{Day, Phase, Start};
use crate::program::{
    Answers, BindError, Facts, HORIZON_DAYS_MAX, Horizon, MatterView, NONE, Offset, PictureCode, Program, Transfer,
    UNSET,
};
use crate::roles::{Event, NoticeKind, PersonFact};
use crate::rulebook::{Anchor, Moment, Pending, Period, Rulebook, Trigger, Unit};
use crate::step::{self, Effect, MatterState, Opened};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Whom guards ask. An implementation may note what it is asked.
pub trait Person {
    /// Whether the age on that day lies between these ages, both included.
    fn age_between(&self, on: Day, least: i32, most: i32, picture: PictureCode) -> bool;
    /// A fact about the person.
    fn person(&self, fact: PersonFact, picture: PictureCode) -> bool;
    /// A condition of the world on that day, by its name.
    fn condition(&self, name: &str, day: Day) -> bool;
    /// The option of a switch that no answer was bound to, as index in its options.
    fn switch(&self, name: &str, options: &[String]) -> usize;
}

/// A notice and what becomes of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Its kind.
    pub kind: NoticeKind,
    /// Dates given with it, by the name of the fact.
    pub dates: BTreeMap<String, Day>,
    /// What the world does; the matter opens with the first. In any order.
    pub events: Vec<(Event, Day)>,
    /// Events that name a remedy of the law.
    pub remedies: Vec<(Event, Day, String)>,
}

impl What {
    /// Whether this is the event, of a remedy or not.
    #[must_use]
    pub fn is_event(&self, wanted: Event) -> bool {
        matches!(self, What::Event(event) | What::RemedyEvent { event, .. } if *event == wanted)
    }
}

impl Notice {
    /// The first event and its day.
    #[must_use]
    pub fn opening(&self) -> Option<(Day, Event)> {
        let named = self.remedies.iter().map(|(event, day, _)| (*day, *event));
        self.events.iter().map(|(event, day)| (*day, *event)).chain(named).min()
    }
}

/// Laws bound for one person: for every kind of notice and law a program.
#[derive(Debug)]
pub struct Laws<'a> {
    books: Vec<&'a Rulebook>,
    programs: BTreeMap<(usize, NoticeKind), Program>,
    transfers: BTreeMap<(usize, NoticeKind), (usize, Transfer)>,
    answers: &'a Answers,
    horizon: Horizon,
}

/// One line of the log.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    /// Day.
    pub day: Day,
    /// Phase of the day.
    pub phase: Phase,
    /// Index of the notice.
    pub matter: usize,
    /// Index of the law that governs it.
    pub law: usize,
    /// What.
    pub what: What,
}

/// What happened; indices are those of the rulebook of the entry's law.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// The matter opens.
    Opened,
    /// An event broke a bound of the notice after the opening, or one that leaves a gap. If the bound says `void`, the event has no effect.
    OutOfBounds {
        /// Index of the bound.
        bound: usize,
    },
    /// The notice is void.
    Void {
        /// Index of the bound.
        bound: usize,
    },
    /// No law that was given is in force on the day of the notice.
    NoLaw,
    /// An event.
    Event(Event),
    /// An event that names a remedy.
    RemedyEvent {
        /// Event.
        event: Event,
        /// Remedy; `None` if the law does not know it.
        remedy: Option<usize>,
    },
    /// The event just told may not be brought about: a remedy suspends it, and no rule reacts.
    Barred {
        /// By this remedy.
        remedy: usize,
    },
    /// A measure that stands is suspended from now on.
    Suspended {
        /// Measure.
        measure: usize,
        /// By this remedy.
        remedy: usize,
    },
    /// The suspension of a measure ends.
    Resumed {
        /// Measure.
        measure: usize,
    },
    /// A track enters a state.
    Entered {
        /// Track.
        track: usize,
        /// State.
        state: u8,
        /// Rule.
        rule: usize,
        /// How its period was counted, if it is one.
        counted: Option<Counted>,
    },
    /// A measure is due to start.
    Starts {
        /// Measure.
        measure: usize,
        /// Which `starts` line.
        line: usize,
    },
    /// A measure is due to be lifted.
    LiftDue {
        /// Measure.
        measure: usize,
        /// Which `ends` line.
        line: usize,
        /// By this day.
        by: Day,
        /// How the period was counted, if there is one.
        counted: Option<Counted>,
    },
    /// A measure that the new law does not know is due to be lifted; the index is that of the old law.
    LiftByTransfer {
        /// Law that was replaced.
        old_law: usize,
        /// Measure of that law.
        measure: usize,
    },
    /// The matter is moved to the law of this entry.
    Transferred {
        /// From this law.
        old_law: usize,
    },
}

/// How a period was counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Counted {
    /// After what; `None` for the event or entry of the same line.
    pub anchor: Option<Anchor>,
    /// Its day.
    pub anchor_day: Day,
    /// How long.
    pub period: Period,
    /// First day that counts.
    pub first: Day,
    /// Last day.
    pub last: Day,
    /// The day off on which it would have ended, if the law moved its end.
    pub rolled_from: Option<Day>,
    /// Days of it that were left out.
    pub left_out_days: i32,
    /// It was over on entry and took effect at once.
    pub at_once: bool,
    /// It was over on entry and counted from the entry instead.
    pub from_entry: bool,
}

impl Counted {
    /// The same, with the days left out that put its effect off to this day.
    fn ending(self, moment: Moment, effect: Day) -> Counted {
        let left_out_days = effect.days_since(moment.due(self.last).0);
        Counted { left_out_days, last: self.last.plus_days(left_out_days), ..self }
    }
}

/// All that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct History {
    /// In the order of the semantics.
    pub entries: Vec<Entry>,
    /// State of every track of every matter at the end, as (track, state) of the rulebook; empty if it never opened.
    pub states: Vec<Vec<(usize, u8)>>,
    /// Law that governs each matter at the end.
    pub laws: Vec<Option<usize>>,
    /// A day did not come to rest: the law moves in circles without time passing.
    pub endless: bool,
}

/// A stretch of time in which a measure stands in a matter, by the law.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Stretch {
    /// Start due.
    pub start: Day,
    /// Lift due, if any falls due.
    pub lift: Option<Day>,
}

impl History {
    /// The stretches of a measure in a matter. A lift that a new start takes the place of is left out, and the stretch goes on.
    /// `is` says which (law, measure) is meant: after a change of law one ground is known by two of them.
    #[must_use]
    pub fn stretches(&self, matter: usize, is: impl Fn(usize, usize) -> bool) -> Vec<Stretch> {
        let mut stretches: Vec<Stretch> = Vec::new();
        for entry in self.entries.iter().filter(|entry| entry.matter == matter) {
            let lift = match entry.what {
                What::Starts { measure, .. } if is(entry.law, measure) => {
                    match stretches.last_mut() {
                        Some(last) if last.lift.is_none_or(|lift| lift >= entry.day) => last.lift = None,
                        _ => stretches.push(Stretch { start: entry.day, lift: None }),
                    }
                    continue;
                }
                What::LiftDue { measure, by, .. } if is(entry.law, measure) => by,
                What::LiftByTransfer { old_law, measure } if is(old_law, measure) => entry.day,
                _ => continue,
            };
            if let Some(last) = stretches.last_mut() {
                last.lift = Some(lift);
            }
        }
        stretches
    }
}

/// More expiries on one day than any law that comes to rest can have.
const EXPIRIES_A_DAY_MAX: usize = 100_000;
/// Days kept after the last day asked for, so that limits after it are exact.
const DAYS_AFTER_END: i32 = 3_000;

/// The horizon that holds all days of these notices and leaves room behind the last day asked for; `None` if they lie some 170 years apart.
#[must_use]
pub fn horizon_for(notices: &[Notice], until: Day) -> Option<Horizon> {
    let days = notices.iter().flat_map(|notice| {
        let named = notice.remedies.iter().map(|(_, day, _)| day);
        notice.dates.values().chain(notice.events.iter().map(|(_, day)| day)).chain(named)
    });
    let origin = days.copied().min().map_or(until, |first| first.min(until)).plus_days(-1);
    let wanted = until.plus_days(DAYS_AFTER_END).days_since(origin) + 1;
    let horizon = Horizon { origin, days: Offset::try_from(wanted.min(i32::from(HORIZON_DAYS_MAX))).ok()? };
    horizon.offset(until).map(|_| horizon)
}

impl<'a> Laws<'a> {
    /// Binds laws for these kinds of notice; switches without an answer stay open and are asked of the person.
    ///
    /// # Errors
    /// As [`Program::bind_open`], of all laws. A kind of notice that no law knows is an error.
    pub fn bind(
        books: &[&'a Rulebook],
        kinds: &BTreeSet<NoticeKind>,
        answers: &'a Answers,
        horizon: Horizon,
    ) -> Result<Laws<'a>, Vec<BindError>> {
        let mut laws =
            Laws { books: books.to_vec(), programs: BTreeMap::new(), transfers: BTreeMap::new(), answers, horizon };
        let mut errors = Vec::new();
        let mut newest_first: Vec<usize> = (0..books.len()).collect();
        newest_first.sort_by_key(|index| std::cmp::Reverse((books[*index].in_force_from, *index)));
        for kind in kinds {
            for law in &newest_first {
                if let Err(found) = laws.bind_one(*law, *kind) {
                    errors.extend(found);
                }
            }
            if !books.iter().any(|book| book.matters.iter().any(|matter| matter.notices.contains(kind))) {
                errors.push(BindError::NoMatter(*kind));
            }
        }
        if errors.is_empty() { Ok(laws) } else { Err(errors) }
    }

    fn bind_one(&mut self, law: usize, kind: NoticeKind) -> Result<(), Vec<BindError>> {
        let book = self.books[law];
        if !book.matters.iter().any(|matter| matter.notices.contains(&kind)) {
            return Ok(());
        }
        let successor = self.successor(law).and_then(|new| Some((new, self.programs.get(&(new, kind))?)));
        let successors: Vec<&Program> = successor.iter().map(|(_, program)| *program).collect();
        let program = Program::bind_open(book, kind, self.answers, self.horizon, &successors)?;
        if let Some((new, new_program)) = successor {
            let transfer = program.transfer_to(new_program);
            self.transfers.insert((law, kind), (new, transfer));
        }
        self.programs.insert((law, kind), program);
        Ok(())
    }

    /// The law that replaces this one.
    fn successor(&self, law: usize) -> Option<usize> {
        let replaces = |book: &&Rulebook| book.replaces.as_ref().is_some_and(|old| old.id == self.books[law].id);
        self.books.iter().position(replaces)
    }

    /// The law in force on a day: of those in force the one that began last.
    #[must_use]
    pub fn in_force(&self, day: Day) -> Option<usize> {
        let is_in_force =
            |book: &Rulebook| book.in_force_from <= day && book.in_force_until.is_none_or(|until| day <= until);
        let in_force = (0..self.books.len()).filter(|index| is_in_force(self.books[*index]));
        in_force.max_by_key(|index| self.books[*index].in_force_from)
    }

    /// The measure of the succeeding law that a measure becomes when its matter is moved, as (law, measure) of the rulebooks.
    #[must_use]
    pub fn measure_after_change(&self, law: usize, kind: NoticeKind, measure: usize) -> Option<(usize, usize)> {
        let (new, transfer) = self.transfers.get(&(law, kind))?;
        let (old_program, new_program) = (self.program(law, kind)?, self.program(*new, kind)?);
        let old = (0..).zip(&old_program.measures).find(|(_, code)| code.book_index == measure)?.0;
        let mapped = transfer.measure(old)?;
        Some((*new, new_program.measure_in_book(mapped)))
    }

    /// The laws, as given.
    #[must_use]
    pub fn books(&self) -> &[&'a Rulebook] {
        &self.books
    }

    /// The program of a law for a kind of notice.
    #[must_use]
    pub fn program(&self, law: usize, kind: NoticeKind) -> Option<&Program> {
        self.programs.get(&(law, kind))
    }

    /// All that follows for these notices up to and including a day. Notices and events may come in any order; all of their days lie in the
    /// horizon ([`horizon_for`]).
    #[must_use]
    pub fn live(&self, person: &impl Person, notices: &[Notice], until: Day) -> History {
        let mut life = Life::new(self, person, notices, until);
        life.run();
        life.finish()
    }
}

/// A matter while it runs.
struct Held {
    law: usize,
    status: Status,
    states: Vec<u8>,
    anchors: Vec<Offset>,
    standing: u16,
    started: u16,
    /// Measures that are suspended.
    suspended: u16,
    /// Day on which the period of a rule was last put on the agenda.
    armed: BTreeMap<u16, Day>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Status {
    ToCome,
    Open,
    Nothing,
}

impl Held {
    fn empty() -> Held {
        Held {
            law: 0,
            status: Status::ToCome,
            states: Vec::new(),
            anchors: Vec::new(),
            standing: 0,
            started: 0,
            suspended: 0,
            armed: BTreeMap::new(),
        }
    }

    fn room(&mut self, program: &Program) {
        let layout = program.layout();
        self.states = vec![0; layout.tracks];
        self.anchors = vec![UNSET; layout.anchors];
        (self.standing, self.started, self.suspended) = (0, 0, 0);
        self.armed.clear();
    }

    fn state(&mut self) -> MatterState<'_> {
        MatterState {
            states: &mut self.states,
            anchors: &mut self.anchors,
            standing: &mut self.standing,
            started: &mut self.started,
        }
    }
}

/// A person as the guards of one program see him.
struct Asked<'r, P> {
    person: &'r P,
    book: &'r Rulebook,
    horizon: Horizon,
}

impl<P: Person> Facts for Asked<'_, P> {
    fn age(&self, _on: Offset, _picture: PictureCode) -> i32 {
        debug_assert!(false, "guards ask `age_between`");
        0
    }

    fn age_between(&self, on: Offset, least: i32, most: i32, picture: PictureCode) -> bool {
        self.person.age_between(self.horizon.day(on), least, most, picture)
    }

    fn person(&self, fact: PersonFact, picture: PictureCode) -> bool {
        self.person.person(fact, picture)
    }

    fn condition(&self, condition: usize, today: Offset) -> bool {
        self.person.condition(&self.book.conditions[condition].name, self.horizon.day(today))
    }

    fn switch(&self, switch: usize) -> usize {
        let switch = &self.book.switches[switch];
        self.person.switch(&switch.name, &switch.options)
    }
}

/// Something on the agenda, in the order of the semantics: day, phase, then matter and rule.
type Due = (Day, Phase, usize, u16);

struct Life<'r, 'a, P> {
    laws: &'r Laws<'a>,
    person: &'r P,
    notices: &'r [Notice],
    until: Day,
    matters: Vec<Held>,
    agenda: BTreeSet<Due>,
    /// (day, event, place in the order in which matters open, matter, remedy that it names).
    events: BTreeSet<(Day, Event, usize, usize, Option<&'r str>)>,
    history: History,
}

impl<'r, 'a, P: Person> Life<'r, 'a, P> {
    fn new(laws: &'r Laws<'a>, person: &'r P, notices: &'r [Notice], until: Day) -> Life<'r, 'a, P> {
        let opening = |matter: &usize| (notices[*matter].opening(), *matter);
        let mut in_order: Vec<usize> = (0..notices.len()).collect();
        in_order.sort_by_key(opening);
        let mut events = BTreeSet::new();
        for (place, matter) in in_order.into_iter().enumerate() {
            events.extend(notices[matter].events.iter().map(|(event, day)| (*day, *event, place, matter, None)));
            let named = notices[matter].remedies.iter();
            events.extend(named.map(|(event, day, remedy)| (*day, *event, place, matter, Some(remedy.as_str()))));
        }
        let history = History {
            entries: Vec::new(),
            states: vec![Vec::new(); notices.len()],
            laws: vec![None; notices.len()],
            endless: false,
        };
        let matters = notices.iter().map(|_| Held::empty()).collect();
        Life { laws, person, notices, until, matters, agenda: BTreeSet::new(), events, history }
    }

    /// Day by day: a change of law, then the four phases (semantics, points c and f).
    fn run(&mut self) {
        let mut last = None;
        while let Some(today) = self.next_day(last).filter(|day| *day <= self.until && !self.history.endless) {
            self.change_laws(today);
            self.expiries(today, Phase::RunOut);
            self.events_of(today);
            self.expiries(today, Phase::LastDay);
            self.expiries(today, Phase::AtOnce);
            last = Some(today);
        }
    }

    fn next_day(&self, last: Option<Day>) -> Option<Day> {
        let later = |day: &Day| last.is_none_or(|last| *day > last);
        let due = self.agenda.first().map(|due| due.0);
        let event = self.events.first().map(|event| event.0);
        let change = self.laws.books.iter().filter_map(|book| book.replaces.as_ref().map(|replaces| replaces.from));
        let change =
            change.filter(|_| self.matters.iter().any(|matter| matter.status == Status::Open)).filter(later).min();
        due.into_iter().chain(event).chain(change).filter(later).min()
    }

    fn expiries(&mut self, today: Day, phase: Phase) {
        for _ in 0..EXPIRIES_A_DAY_MAX {
            let Some(due) =
                self.agenda.range((today, phase, 0, 0)..=(today, phase, usize::MAX, u16::MAX)).next().copied()
            else {
                return;
            };
            self.agenda.remove(&due);
            self.expire(today, phase, due.2, due.3);
        }
        self.history.endless = true;
    }

    fn expire(&mut self, today: Day, phase: Phase, matter: usize, rule: u16) {
        if self.matters[matter].status != Status::Open {
            return;
        }
        // Counted before the step: afterwards the anchors may have moved on.
        let counted = self.counted(today, matter, rule, phase);
        let effects = self.with_program(matter, |program, held, facts, out| {
            let today = offset(program, today);
            step::expire(program, &mut held.state(), today, phase, rule, facts, &mut |effect| out(effect));
        });
        self.note(today, phase, matter, &effects, counted);
    }

    fn events_of(&mut self, today: Day) {
        while let Some(first) = self.events.first().copied().filter(|first| first.0 == today) {
            self.events.remove(&first);
            let (_, event, _, matter, named) = first;
            if self.matters[matter].status == Status::ToCome {
                self.open(today, matter, event);
            }
            let books = &self.laws.books;
            let place = |name| books[self.matters[matter].law].remedies.iter().position(|remedy| remedy.name == name);
            let remedy = named.map(place);
            let what = remedy.map_or(What::Event(event), |remedy| What::RemedyEvent { event, remedy });
            self.log(today, Phase::Events, matter, what);
            if self.matters[matter].status != Status::Open {
                continue;
            }
            self.barred(today, matter, event);
            self.step_event(today, matter, |program, held, today, facts, out| {
                let mut state = held.state();
                match remedy {
                    None => step::event(program, &mut state, today, event, facts, &mut |effect| out(effect)),
                    Some(remedy) => {
                        let named = (event, remedy.unwrap_or(usize::MAX));
                        step::remedy_event(program, &mut state, today, named, facts, &mut |effect| out(effect));
                    }
                }
            });
            let others =
                (0..self.matters.len()).filter(|other| *other != matter && self.matters[*other].status == Status::Open);
            for other in others.collect::<Vec<_>>() {
                self.step_event(today, other, |program, held, today, facts, out| {
                    step::foreign_event(program, &mut held.state(), today, event, facts, &mut |effect| out(effect));
                });
            }
        }
    }

    fn step_event(
        &mut self,
        today: Day,
        matter: usize,
        step: impl FnOnce(&Program, &mut Held, Offset, &Asked<'_, P>, &mut dyn FnMut(Effect)),
    ) {
        let effects = self.with_program(matter, |program, held, facts, out| {
            step(program, held, offset(program, today), facts, out);
        });
        self.note(today, Phase::Events, matter, &effects, None);
    }

    fn open(&mut self, today: Day, matter: usize, opening: Event) {
        let kind = self.notices[matter].kind;
        let law = self.laws.in_force(today).filter(|law| self.laws.program(*law, kind).is_some());
        let Some(law) = law else {
            self.matters[matter].status = Status::Nothing;
            return self.log(today, Phase::Events, matter, What::NoLaw);
        };
        self.matters[matter].law = law;
        self.history.laws[matter] = Some(law);
        let dates = &self.notices[matter].dates;
        let mut opened = Opened::Stands;
        let effects = self.with_program(matter, |program, held, facts, out| {
            held.room(program);
            let date = |name: &str| dates.get(name).and_then(|day| program.horizon().offset(*day)).unwrap_or(UNSET);
            let (mut state, today) = (held.state(), offset(program, today));
            opened = step::open_dated(program, &mut state, today, opening, &date, facts, &mut |effect| out(effect));
        });
        match opened {
            Opened::Void(bound) => {
                self.matters[matter].status = Status::Nothing;
                self.log(today, Phase::Events, matter, What::Void { bound: usize::from(bound) });
            }
            Opened::Stands => {
                self.matters[matter].status = Status::Open;
                self.log(today, Phase::Events, matter, What::Opened);
                self.note(today, Phase::Events, matter, &effects, None);
            }
        }
    }

    /// Moves pending matters to the law that replaces theirs today, if it says so.
    fn change_laws(&mut self, today: Day) {
        for matter in 0..self.matters.len() {
            let held = &self.matters[matter];
            let kind = self.notices[matter].kind;
            let Some((new, transfer)) = self.laws.transfers.get(&(held.law, kind)) else { continue };
            let is_due = self.laws.books[*new].replaces.as_ref().is_some_and(|replaces| replaces.from == today);
            if held.status == Status::Open && is_due && self.is_pending(matter) && self.goes_to_new(*new) {
                self.transfer(today, matter, *new, transfer);
            }
        }
    }

    /// A matter is pending until every track is in a final state and no measure stands.
    fn is_pending(&self, matter: usize) -> bool {
        let held = &self.matters[matter];
        let program = self.laws.program(held.law, self.notices[matter].kind);
        held.standing != 0 || program.is_some_and(|program| !program.all_final(&held.states))
    }

    fn goes_to_new(&self, new: usize) -> bool {
        let book = self.laws.books[new];
        match book.replaces.as_ref().map(|replaces| replaces.pending) {
            Some(Pending::New) => true,
            Some(Pending::Old) | None => false,
            Some(Pending::Switch(switch)) => book.switches.get(switch).is_some_and(|switch| {
                let answer = self.laws.answers.get(&switch.name);
                let answered = answer.and_then(|answer| switch.options.iter().position(|option| option == answer));
                let option = answered.unwrap_or_else(|| self.person.switch(&switch.name, &switch.options));
                switch.options.get(option).is_some_and(|option| option == "new")
            }),
        }
    }

    fn transfer(&mut self, today: Day, matter: usize, new: usize, transfer: &Transfer) {
        let kind = self.notices[matter].kind;
        let old_law = self.matters[matter].law;
        let (Some(old_program), Some(new_program)) = (self.laws.program(old_law, kind), self.laws.program(new, kind))
        else {
            return;
        };
        self.agenda.retain(|due| due.2 != matter);
        let mut old_held = std::mem::replace(&mut self.matters[matter], Held::empty());
        let held = &mut self.matters[matter];
        held.room(new_program);
        (held.law, held.status) = (new, Status::Open);
        let facts = Asked { person: self.person, book: self.laws.books[new], horizon: self.laws.horizon };
        let mut effects = Vec::new();
        step::transfer(
            old_program,
            new_program,
            transfer,
            &old_held.state(),
            &mut held.state(),
            offset(new_program, today),
            &facts,
            &mut |effect| effects.push(effect),
        );
        self.history.laws[matter] = Some(new);
        self.log(today, Phase::RunOut, matter, What::Transferred { old_law });
        for effect in &effects {
            if let Effect::LiftByTransfer { measure } = effect {
                let measure = old_program.measure_in_book(*measure);
                self.log(today, Phase::RunOut, matter, What::LiftByTransfer { old_law, measure });
            }
        }
        self.note(today, Phase::RunOut, matter, &effects, None);
    }

    /// Runs a step on a matter with its program, collecting the effects.
    fn with_program(
        &mut self,
        matter: usize,
        step: impl FnOnce(&Program, &mut Held, &Asked<'_, P>, &mut dyn FnMut(Effect)),
    ) -> Vec<Effect> {
        let held = &mut self.matters[matter];
        let mut effects = Vec::new();
        if let Some(program) = self.laws.programs.get(&(held.law, self.notices[matter].kind)) {
            let facts = Asked { person: self.person, book: self.laws.books[held.law], horizon: self.laws.horizon };
            step(program, held, &facts, &mut |effect| effects.push(effect));
        }
        effects
    }

    /// Writes effects to the log and periods to the agenda.
    fn note(&mut self, today: Day, phase: Phase, matter: usize, effects: &[Effect], counted: Option<Counted>) {
        let laws = self.laws;
        let law = self.matters[matter].law;
        let Some(program) = laws.program(law, self.notices[matter].kind) else { return };
        for effect in effects {
            match *effect {
                Effect::Entered { track, state, rule } => {
                    let (track, rule) = (program.track_in_book(track), usize::from(rule));
                    self.log(today, phase, matter, What::Entered { track, state, rule, counted });
                }
                Effect::PeriodRuns { rule, due, phase } => {
                    self.matters[matter].armed.insert(rule, today);
                    self.agenda.insert((laws.horizon.day(due), phase, matter, rule));
                }
                Effect::MeasureStarts { measure, start } => {
                    let measure = program.measure_in_book(measure);
                    self.log(today, phase, matter, What::Starts { measure, line: usize::from(start) });
                }
                Effect::LiftDue { measure, end, .. } => {
                    let (measure, line) = (program.measure_in_book(measure), usize::from(end));
                    let within = laws.books[law].measures[measure].ends[line].within;
                    let counted = within.and_then(|period| count(laws.books[law], None, today, period));
                    let by = counted.map_or(today, |counted| counted.last);
                    self.log(today, phase, matter, What::LiftDue { measure, line, by, counted });
                }
                Effect::BoundBroken { bound } => {
                    self.log(today, phase, matter, What::OutOfBounds { bound: usize::from(bound) });
                }
                // Logged by `transfer`, which knows the old law.
                Effect::LiftByTransfer { .. } => {}
            }
        }
        self.suspensions(today, phase, matter);
    }

    /// Writes to the log that a remedy suspends this event.
    fn barred(&mut self, today: Day, matter: usize, event: Event) {
        let laws = self.laws;
        let held = &self.matters[matter];
        let Some(program) = laws.program(held.law, self.notices[matter].kind).filter(|it| it.can_suspend()) else {
            return;
        };
        let facts = Asked { person: self.person, book: laws.books[held.law], horizon: laws.horizon };
        let view = MatterView { states: &held.states, anchors: &held.anchors };
        if let Some(remedy) = program.barred_by(&view, offset(program, today), event, &facts) {
            self.log(today, Phase::Events, matter, What::Barred { remedy: usize::from(remedy) });
        }
    }

    /// Writes to the log which measures a remedy suspends now, and which no longer.
    fn suspensions(&mut self, today: Day, phase: Phase, matter: usize) {
        let laws = self.laws;
        let held = &self.matters[matter];
        let Some(program) = laws.program(held.law, self.notices[matter].kind) else { return };
        if !program.can_suspend() || held.status != Status::Open {
            return;
        }
        let facts = Asked { person: self.person, book: laws.books[held.law], horizon: laws.horizon };
        let view = MatterView { states: &held.states, anchors: &held.anchors };
        let mut by = Vec::new();
        let mask =
            program.suspended(&view, offset(program, today), &facts, |measure, remedy| by.push((measure, remedy)));
        let (was, now) = (held.suspended, mask & held.standing);
        let resumed = was & !now & held.standing;
        self.matters[matter].suspended = now;
        for measure in (0..16_u8).filter(|bit| resumed >> bit & 1 == 1) {
            self.log(today, phase, matter, What::Resumed { measure: program.measure_in_book(measure) });
        }
        for (measure, remedy) in by.into_iter().filter(|(measure, _)| (now & !was) >> measure & 1 == 1) {
            let measure = program.measure_in_book(measure);
            self.log(today, phase, matter, What::Suspended { measure, remedy: usize::from(remedy) });
        }
    }

    /// How the period of a rule that comes due was counted.
    fn counted(&self, today: Day, matter: usize, rule: u16, phase: Phase) -> Option<Counted> {
        let held = &self.matters[matter];
        let book = self.laws.books[held.law];
        let program = self.laws.program(held.law, self.notices[matter].kind)?;
        let Trigger::Period { period, after, moment, .. } = book.rules.get(usize::from(rule))?.trigger else {
            return None;
        };
        let code = &program.periods[usize::from(*program.period_of_rule.get(usize::from(rule))?)];
        let armed = held.armed.get(&rule).copied()?;
        let anchor_day = match book.window_day(after, armed) {
            Some(day) => day,
            None => self.laws.horizon.day(*held.anchors.get(usize::from(code.anchor))?),
        };
        let counted = count(book, Some(after), anchor_day, period)?;
        if phase == Phase::AtOnce {
            return Some(Counted { at_once: true, ..counted });
        }
        // A period that was over before it began to run was counted anew; days that were left out put its end off.
        let due = moment.due(counted.last).0;
        if due == today || (code.toll != NONE && due >= armed) {
            return Some(counted.ending(moment, today));
        }
        let anew = count(book, Some(after), armed, period)?;
        Some(Counted { from_entry: true, ..anew.ending(moment, today) })
    }

    fn log(&mut self, day: Day, phase: Phase, matter: usize, what: What) {
        self.history.entries.push(Entry { day, phase, matter, law: self.matters[matter].law, what });
    }

    fn finish(mut self) -> History {
        for (matter, held) in self.matters.iter().enumerate().filter(|(_, held)| held.status == Status::Open) {
            if let Some(program) = self.laws.program(held.law, self.notices[matter].kind) {
                let states = (0u8..).zip(&held.states).map(|(track, state)| (program.track_in_book(track), *state));
                self.history.states[matter] = states.collect();
            }
        }
        self.history
    }
}

/// How a period after a day is counted, or `None` if the law does not count its unit.
#[must_use]
pub fn count(book: &Rulebook, anchor: Option<Anchor>, anchor_day: Day, period: Period) -> Option<Counted> {
    let last = book.last_day(anchor_day, period)?;
    let unrolled = book.last_day_unrolled(anchor_day, period).filter(|unrolled| *unrolled != last);
    let period = Period::new(book.count_on(anchor_day, period)?, period.unit);
    let start = match period.unit {
        Unit::Hours => Start::SameDay,
        Unit::Days => book.counting.days.as_ref()?.start,
        Unit::Months | Unit::Years => book.counting.months.as_ref()?.start,
        Unit::WorkingDays => book.counting.working_days.as_ref()?.start,
    };
    let first = if start == Start::NextDay { anchor_day.plus_days(1) } else { anchor_day };
    Some(Counted {
        anchor,
        anchor_day,
        period,
        first,
        last,
        rolled_from: unrolled,
        left_out_days: 0,
        at_once: false,
        from_entry: false,
    })
}

/// The offset of a day that the agenda or an event gave; all of them lie in the horizon up to the last day asked for.
fn offset(program: &Program, day: Day) -> Offset {
    program
        .horizon()
        .offset(day)
        .expect("the horizon reaches from before the first event to after the last day asked for")
}

#[cfg(test)]
mod tests;
