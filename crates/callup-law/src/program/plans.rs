//! What is known of inputs when a program is bound: in which states an event or an expiry asks no guard and touches no measure.
//!
//! A run takes such inputs straight (`step/plan.rs`), all others step by step. Nothing is decided here that the tables do not say.

use crate::program::{ENTRY, GuardId, NONE, PeriodCode, Program, Range, SlotName};
use crate::roles::Event;

/// What the input does to the track.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Choice {
    /// It depends: the step is to be asked.
    Ask,
    /// Nothing.
    Stay,
    /// It moves.
    Move,
}

/// One input in one state.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Plan {
    pub(crate) choice: Choice,
    pub(crate) to: u8,
    /// Entering the state can end a measure: only good for a matter in which none has started.
    pub(crate) ends: bool,
    pub(crate) rule: u16,
    /// Slot of the day of entry, or [`NONE`].
    pub(crate) slot: u16,
    /// Periods that wait in the state (as `StateCode::periods`), and those counted from the day of entry.
    pub(crate) waiting: Range,
    pub(crate) counted: Range,
}

impl Plan {
    pub(crate) const STAY: Plan = Plan {
        choice: Choice::Stay,
        to: 0,
        ends: false,
        rule: 0,
        slot: NONE,
        waiting: Range::EMPTY,
        counted: Range::EMPTY,
    };
    const ASK: Plan = Plan { choice: Choice::Ask, ..Plan::STAY };
}

/// One event, whatever the state.
#[derive(Clone, Copy, Debug)]
pub(crate) struct EventPlan {
    /// Its slot, or [`NONE`].
    pub(crate) slot: u16,
    /// The only track that it can move; [`EventPlan::NO_TRACK`] for none.
    pub(crate) track: u8,
    /// It can move several tracks, or a bound of the notice is on it.
    pub(crate) asks: bool,
    /// It can end a measure.
    pub(crate) ends: bool,
    /// Periods counted from its day.
    pub(crate) counted: Range,
    /// Place in `Plans::rows` of the track's first state; those of its other states follow at a distance of all events.
    pub(crate) first: u32,
}

impl EventPlan {
    pub(crate) const NO_TRACK: u8 = u8::MAX;
}

/// All of it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Plans {
    pub(crate) events: Vec<EventPlan>,
    /// As `Program::row_ranges`.
    pub(crate) rows: Vec<Plan>,
    /// As `Program::periods`; the choice is never to stay.
    pub(crate) periods: Vec<Plan>,
    /// Opening a matter sets no date, tries no bound, starts no measure and counts no period.
    pub(crate) opens_plainly: bool,
}

impl Plans {
    pub(crate) fn new(program: &Program) -> Plans {
        let keys = 0..program.states.len() * Event::ALL.len();
        Plans {
            events: Event::ALL.iter().map(|event| of_event(program, *event)).collect(),
            rows: keys.map(|key| of_row(program, key)).collect(),
            periods: program.periods.iter().map(|period| of_period(program, period)).collect(),
            opens_plainly: opens_plainly(program),
        }
    }
}

fn of_event(program: &Program, event: Event) -> EventPlan {
    let code = &program.events[event as usize];
    let track = if code.tracks == 0 { EventPlan::NO_TRACK } else { code.tracks.trailing_zeros() as u8 };
    let first = program.tracks.get(usize::from(track)).map_or(0, |track| track.first as usize);
    EventPlan {
        slot: code.slot,
        track,
        asks: code.tracks.count_ones() > 1
            || !code.bounds.is_empty()
            || !program.tolls.is_empty()
            || is_chosen_from(program, code.slot),
        ends: !code.ends.is_empty(),
        counted: program.slots.get(usize::from(code.slot)).map_or(Range::EMPTY, |slot| slot.periods),
        first: (first * Event::ALL.len() + event as usize) as u32,
    }
}

fn of_row(program: &Program, key: usize) -> Plan {
    let Some(row) = program.row_ranges[key].of(&program.rows).first() else { return Plan::STAY };
    let state = key / Event::ALL.len();
    let track = program.tracks.iter().rposition(|track| track.first as usize <= state).unwrap_or(0);
    of_move(program, track as u8, row.to, row.guard, row.rule)
}

fn of_period(program: &Program, period: &PeriodCode) -> Plan {
    of_move(program, period.track, period.to, period.guard, period.rule)
}

/// Whether the day of a slot is one of which the later or the earlier is taken.
fn is_chosen_from(program: &Program, slot: u16) -> bool {
    program.slots.get(usize::from(slot)).is_some_and(|slot| !slot.combined.is_empty())
}

fn of_move(program: &Program, track: u8, to: u8, guard: GuardId, rule: u16) -> Plan {
    let state = program.state(track, to);
    let is_plain = guard == GuardId::ALWAYS && program.tolls.is_empty();
    if is_plain && state.starts.is_empty() && !is_chosen_from(program, state.slot) {
        let counted = program.slots.get(usize::from(state.slot)).map_or(Range::EMPTY, |slot| slot.periods);
        Plan {
            choice: Choice::Move,
            to,
            ends: !state.ends.is_empty(),
            rule,
            slot: state.slot,
            waiting: state.periods,
            counted,
        }
    } else {
        Plan::ASK
    }
}

fn opens_plainly(program: &Program) -> bool {
    let first_states = || (0..program.layout.tracks as u8).map(|track| program.state(track, 0));
    let is_set = |slot: u16| first_states().any(|state| state.slot == slot);
    let has_day = |anchor: u16| anchor == ENTRY || anchor != NONE && is_set(anchor);
    let is_armed = |period: &PeriodCode| period.from.contains(0) && has_day(period.anchor);
    program.bounds.is_empty()
        && program.combined.is_empty()
        && !program.slots.iter().any(|slot| matches!(slot.name, SlotName::Fact(_)))
        && first_states().all(|state| state.starts.is_empty())
        && !program.periods.iter().any(is_armed)
}
