//! The straight way through the step: inputs that ask no guard and touch no measure, as the program's plans say.
//!
//! Only the choice of what moves is taken from the plans; periods are counted by the step itself. An input that is not straight changes nothing here and is answered with [`Planned::Ask`].

use super::{AT_ONCE, Effect, MatterState, Run};
use crate::calendar::Phase;
use crate::program::plans::{Choice, EventPlan, Plan};
use crate::program::{Facts, NONE, Offset, PictureCode, Program, UNSET};
use crate::roles::{Event, PersonFact};

/// What an input did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Planned {
    /// Nothing yet: it depends on facts or touches measures, so the step is to be asked.
    Ask,
    /// No track moved.
    Stays,
    /// One track moved.
    Moves {
        /// Track, as index in the program.
        track: u8,
        /// State that it left.
        from: u8,
        /// State that it entered.
        to: u8,
        /// Rule (index in `Rulebook::rules`).
        rule: u16,
    },
}

/// Opens a matter whose state is blank (first states, no day, no measure) as [`super::open`] does, if the program opens every matter in the
/// same way. `false` if not, and nothing is done.
#[inline]
pub fn open(p: &Program, m: &mut MatterState<'_>, today: Offset) -> bool {
    if !p.plans.opens_plainly {
        return false;
    }
    debug_assert!(
        m.states.iter().all(|state| *state == 0) && m.anchors.iter().all(|day| *day == UNSET),
        "a blank state"
    );
    for track in &p.tracks {
        let slot = p.states[track.first as usize].slot;
        if slot != NONE {
            m.anchors[usize::from(slot)] = today;
        }
    }
    true
}

/// An event of this matter, as [`super::event`]; `runs` hears of periods that run (rule, due day, phase).
#[inline]
pub fn event(
    p: &Program,
    m: &mut MatterState<'_>,
    today: Offset,
    event: Event,
    runs: &mut impl FnMut(u16, Offset, Phase),
) -> Planned {
    let code = &p.plans.events[event as usize];
    let plan = match code.track {
        EventPlan::NO_TRACK => &Plan::STAY,
        track => &p.plans.rows[code.first as usize + usize::from(m.states[usize::from(track)]) * Event::ALL.len()],
    };
    if code.asks || plan.choice == Choice::Ask || (code.ends || plan.ends) && *m.started != 0 {
        return Planned::Ask;
    }
    let out = &mut |effect| tell(effect, runs);
    let mut run = Run { p, m, today, now: Phase::Events, facts: &Nobody, out };
    let is_first = code.slot != NONE && run.m.anchors[usize::from(code.slot)] == UNSET;
    if is_first {
        run.m.anchors[usize::from(code.slot)] = today;
    }
    let planned = follow(&mut run, code.track, plan);
    if is_first {
        run.arm_counted(code.counted);
    }
    planned
}

/// A period that comes back, as [`super::expire`].
#[inline]
pub fn expire(
    p: &Program,
    m: &mut MatterState<'_>,
    today: Offset,
    phase: Phase,
    rule: u16,
    runs: &mut impl FnMut(u16, Offset, Phase),
) -> Planned {
    let Some(place) = p.period_of_rule.get(usize::from(rule)).map(|place| usize::from(*place)) else {
        return Planned::Stays;
    };
    let Some(code) = p.periods.get(place) else { return Planned::Stays };
    let plan = &p.plans.periods[place];
    let due = &mut m.anchors[usize::from(code.due_slot)];
    let is_due = if phase == Phase::AtOnce { *due == AT_ONCE } else { *due == today && phase == code.phase };
    let state = m.states[usize::from(code.track)];
    if !is_due {
        return Planned::Stays;
    }
    if !code.from.contains(state) {
        *due = UNSET;
        return Planned::Stays;
    }
    if plan.choice == Choice::Ask || plan.ends && *m.started != 0 {
        return Planned::Ask;
    }
    *due = UNSET;
    let out = &mut |effect| tell(effect, runs);
    let mut run = Run { p, m, today, now: phase, facts: &Nobody, out };
    follow(&mut run, code.track, plan)
}

fn tell(effect: Effect, runs: &mut impl FnMut(u16, Offset, Phase)) {
    if let Effect::PeriodRuns { rule, due, phase } = effect {
        runs(rule, due, phase);
    }
}

#[inline]
fn follow<F: Facts, O: FnMut(Effect)>(run: &mut Run<'_, '_, F, O>, track: u8, plan: &Plan) -> Planned {
    if plan.choice == Choice::Stay {
        return Planned::Stays;
    }
    let from = std::mem::replace(&mut run.m.states[usize::from(track)], plan.to);
    if plan.slot != NONE {
        run.m.anchors[usize::from(plan.slot)] = run.today;
    }
    run.arm_waiting(plan.waiting, from);
    run.arm_counted(plan.counted);
    Planned::Moves { track, from, to: plan.to, rule: plan.rule }
}

/// Facts of nobody: a straight input never asks.
struct Nobody;

impl Facts for Nobody {
    fn age(&self, _on: Offset, _picture: PictureCode) -> i32 {
        debug_assert!(false, "a straight input asks for an age");
        0
    }

    fn person(&self, _fact: PersonFact, _picture: PictureCode) -> bool {
        debug_assert!(false, "a straight input asks for a fact");
        false
    }

    fn condition(&self, _condition: usize, _today: Offset) -> bool {
        debug_assert!(false, "a straight input asks for a condition");
        false
    }
}
