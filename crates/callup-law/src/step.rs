//! The one semantics: what one input does to one matter. Shared by `explain` and by a run; it keeps no queue and no clock.
//!
//! The caller (holder) owns the matter's state and an agenda. It feeds inputs in the order of the semantics (point c) and puts every
//! [`Effect::PeriodRuns`] on its agenda, to be given back as [`expire`] on that day and phase. A period given back that is no longer
//! pending does nothing, so an agenda never needs to delete.
//! For one input the effects come in the order of point l: entries, lifts, starts, periods.

pub mod plan;

use crate::calendar::Phase;
use crate::program::{
    BoundCode, CombinedCode, ENTRY, EndCode, Facts, GuardId, MEASURES_MAX, NONE, Offset, PeriodCode, Program, Range,
    StartCode, TRACKS_MAX, TollCode, Transfer, UNSET,
};
use crate::roles::Event;
use crate::rulebook::{AlreadyOver, Pick};

/// The state of one matter, as slices into wherever the holder keeps it; lengths as `Program::layout` says.
#[derive(Debug)]
pub struct MatterState<'a> {
    /// State of each track of the matter.
    pub states: &'a mut [u8],
    /// Day of each slot, or `UNSET`.
    pub anchors: &'a mut [Offset],
    /// Measures (bit = index in the program) that started and whose lift is not fixed yet.
    pub standing: &'a mut u16,
    /// Measures that have ever started in this matter.
    pub started: &'a mut u16,
}

/// What follows from an input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// A track enters a state, by this rule (index in `Rulebook::rules`).
    Entered {
        /// Track, as index in the program.
        track: u8,
        /// State.
        state: u8,
        /// Rule.
        rule: u16,
    },
    /// A period runs and comes due on this day in this phase: give it back with [`expire`].
    PeriodRuns {
        /// Rule.
        rule: u16,
        /// Due day; never past the horizon (such periods are not announced). Today for phase `AtOnce`.
        due: Offset,
        /// Due phase.
        phase: Phase,
    },
    /// A measure is due to start today. It takes the place of a lift of the same measure that is still to come.
    MeasureStarts {
        /// Measure, as index in the program.
        measure: u8,
        /// Which `starts` line.
        start: u8,
    },
    /// A measure is due to be lifted by this day (which may be today). Said again, it brings the lift forward.
    LiftDue {
        /// Measure.
        measure: u8,
        /// By this day; [`UNSET`] if that lies past the horizon.
        by: Offset,
        /// Which `ends` line.
        end: u8,
    },
    /// An event broke a bound of the notice (index in `Rulebook::notices`). If the bound says `void`, the event has no effect.
    BoundBroken {
        /// Bound.
        bound: u16,
    },
    /// At a change of law: a measure that the new law does not know is due to be lifted today.
    LiftByTransfer {
        /// Measure, as index in the **old** program.
        measure: u8,
    },
}

/// How opening a matter went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opened {
    /// The matter stands.
    Stands,
    /// The notice is void by this bound (index in `Rulebook::notices`). The state is reset and has no further meaning.
    Void(u16),
}

/// In a due slot: pending in phase 4 of today.
const AT_ONCE: Offset = UNSET - 1;

/// Opens a matter whose notice gives an appearance date (or `UNSET`). See [`open_dated`].
pub fn open(
    p: &Program,
    m: &mut MatterState<'_>,
    today: Offset,
    opening: Event,
    appearance_date: Offset,
    facts: &impl Facts,
    out: &mut impl FnMut(Effect),
) -> Opened {
    open_dated(
        p,
        m,
        today,
        opening,
        &|name| if name == "appearance_date" { appearance_date } else { UNSET },
        facts,
        out,
    )
}

/// Opens a matter: resets its state, sets the date facts by name, tries the bounds on the event that opens it, enters the first states and arms
/// periods. The event that opens it is given to [`event`] afterwards.
pub fn open_dated(
    p: &Program,
    m: &mut MatterState<'_>,
    today: Offset,
    opening: Event,
    date: &dyn Fn(&str) -> Offset,
    facts: &impl Facts,
    out: &mut impl FnMut(Effect),
) -> Opened {
    check_lengths(p, m, today);
    m.states.fill(0);
    m.anchors.fill(UNSET);
    (*m.standing, *m.started) = (0, 0);
    for (slot, name) in p.dated_slots() {
        m.anchors[usize::from(slot)] = date(name);
    }
    let mut run = Run { p, m, today, now: Phase::Events, facts, out };
    // A bound that leaves a gap is told when the event itself is given.
    let void = run.broken(p.events[opening as usize].bounds).find(|bound| bound.void).map(|bound| bound.bound);
    if let Some(bound) = void {
        return Opened::Void(bound);
    }
    run.enter_first_states();
    Opened::Stands
}

/// An event of this matter.
pub fn event(
    p: &Program,
    m: &mut MatterState<'_>,
    today: Offset,
    event: Event,
    facts: &impl Facts,
    out: &mut impl FnMut(Effect),
) {
    check_lengths(p, m, today);
    let code = p.events[event as usize];
    if !code.is_idle() {
        take(p, m, today, event, code.tracks, facts, out);
    }
}

/// An event that names a remedy (index in `Rulebook::remedies`): other remedies do not see it. One that the matter does not know sees nothing.
pub fn remedy_event(
    p: &Program,
    m: &mut MatterState<'_>,
    today: Offset,
    (event, remedy): (Event, usize),
    facts: &impl Facts,
    out: &mut impl FnMut(Effect),
) {
    check_lengths(p, m, today);
    let own = p.track_of_remedy(remedy).map_or(0, |track| 1 << track);
    let tracks = p.events[event as usize].tracks & !p.remedy_tracks | own;
    take(p, m, today, event, tracks, facts, out);
}

/// An event, seen by these tracks.
fn take(
    p: &Program,
    m: &mut MatterState<'_>,
    today: Offset,
    event: Event,
    tracks: u16,
    facts: &impl Facts,
    out: &mut impl FnMut(Effect),
) {
    let code = p.events[event as usize];
    let mut run = Run { p, m, today, now: Phase::Events, facts, out };
    let is_first = code.slot != NONE && run.m.anchors[usize::from(code.slot)] == UNSET;
    if is_first && !code.bounds.is_empty() && !run.keeps_bounds(code.bounds) {
        return;
    }
    if is_first {
        run.m.anchors[usize::from(code.slot)] = today;
    }
    let mut moves = Moves::default();
    if tracks != 0 {
        run.select(event, tracks, &mut moves);
    }
    if !code.ends.is_empty() || !moves.is_empty() {
        run.apply(code.ends.of(&p.ends), &moves);
    }
    if is_first {
        run.arm_by_slot(code.slot);
    }
}

/// A period that was put on the agenda comes back on its day and phase.
pub fn expire(
    p: &Program,
    m: &mut MatterState<'_>,
    today: Offset,
    phase: Phase,
    rule: u16,
    facts: &impl Facts,
    out: &mut impl FnMut(Effect),
) {
    check_lengths(p, m, today);
    let Some(code) = p.period_of_rule.get(usize::from(rule)).and_then(|index| p.periods.get(usize::from(*index)))
    else {
        return;
    };
    let due = &mut m.anchors[usize::from(code.due_slot)];
    let is_due = if phase == Phase::AtOnce { *due == AT_ONCE } else { *due == today && phase == code.phase };
    if !is_due {
        return;
    }
    let waits = code.from.contains(m.states[usize::from(code.track)]);
    if code.toll != NONE && waits && phase != Phase::AtOnce {
        let mut run = Run { p, m: &mut *m, today, now: phase, facts, out: &mut *out };
        if run.put_off(code) {
            return;
        }
    }
    // Tried once, whatever comes of it.
    m.anchors[usize::from(code.due_slot)] = UNSET;
    let mut run = Run { p, m, today, now: phase, facts, out };
    if waits && run.holds(code.guard) {
        let mut moves = Moves::default();
        moves.push(Move { track: code.track, from: run.m.states[usize::from(code.track)], to: code.to, rule });
        run.apply(&[], &moves);
    }
}

/// An event of another matter of the same person, for `in any matter`.
pub fn foreign_event(
    p: &Program,
    m: &mut MatterState<'_>,
    today: Offset,
    event: Event,
    facts: &impl Facts,
    out: &mut impl FnMut(Effect),
) {
    check_lengths(p, m, today);
    let ends = p.events[event as usize].ends_in_any_matter;
    if !ends.is_empty() {
        Run { p, m, today, now: Phase::Events, facts, out }.apply(ends.of(&p.ends), &Moves::default());
    }
}

/// Carries a pending matter from the law it was opened under to the law that replaces it, before phase 1 of its first day.
/// What the agenda still holds for the matter under the old program is to be thrown away.
#[expect(clippy::too_many_arguments, reason = "two programs and two matters meet here and nowhere else")]
pub fn transfer(
    old: &Program,
    new: &Program,
    t: &Transfer,
    from: &MatterState<'_>,
    to: &mut MatterState<'_>,
    today: Offset,
    facts: &impl Facts,
    out: &mut impl FnMut(Effect),
) {
    debug_assert_eq!(t.measures.len(), old.measures.len(), "the transfer belongs to the old program");
    check_lengths(new, to, today);
    to.anchors.fill(UNSET);
    for (track, mapping) in t.tracks.iter().enumerate() {
        to.states[track] =
            mapping.as_ref().map_or(0, |(old_track, states)| states[usize::from(from.states[usize::from(*old_track)])]);
    }
    for (slot, old_slot) in t.slots.iter().enumerate().filter(|(_, old_slot)| **old_slot != NONE) {
        to.anchors[slot] = from.anchors[usize::from(*old_slot)];
    }
    (*to.standing, *to.started) = (0, 0);
    for (measure, mapped) in t.measures.iter().enumerate() {
        let (stands, was) = (*from.standing >> measure & 1, *from.started >> measure & 1);
        match mapped {
            Some(new_measure) => {
                *to.standing |= stands << new_measure;
                *to.started |= was << new_measure;
                let (old_slot, new_slot) =
                    (old.measures[measure].lift_slot, new.measures[usize::from(*new_measure)].lift_slot);
                if old_slot != NONE && new_slot != NONE {
                    to.anchors[usize::from(new_slot)] = from.anchors[usize::from(old_slot)];
                }
            }
            None if stands == 1 => out(Effect::LiftByTransfer { measure: measure as u8 }),
            None => {}
        }
    }
    Run { p: new, m: to, today, now: Phase::RunOut, facts, out }.resume();
}

fn check_lengths(p: &Program, m: &MatterState<'_>, today: Offset) {
    debug_assert_eq!(m.states.len(), p.layout.tracks, "as many states as tracks");
    debug_assert_eq!(m.anchors.len(), p.layout.anchors, "as many anchors as the layout says");
    debug_assert!(today < p.horizon.days, "day {today} outside the horizon of {} days", p.horizon.days);
    debug_assert_eq!(*m.standing & !*m.started, 0, "what stands has started");
}

/// A transition that was selected.
#[derive(Clone, Copy, Default)]
struct Move {
    track: u8,
    from: u8,
    to: u8,
    rule: u16,
}

/// At most one transition a track.
#[derive(Default)]
struct Moves {
    list: [Move; TRACKS_MAX],
    count: usize,
}

impl Moves {
    fn push(&mut self, chosen: Move) {
        self.list[self.count] = chosen;
        self.count += 1;
    }

    fn is_empty(&self) -> bool {
        self.count == 0
    }

    fn as_slice(&self) -> &[Move] {
        &self.list[..self.count]
    }
}

/// The earliest lift of each measure that an input fixes.
struct Lifts {
    mask: u16,
    by: [Offset; MEASURES_MAX],
    line: [u8; MEASURES_MAX],
}

/// The first `starts` line of each measure that an input starts.
#[derive(Default)]
struct Starts {
    mask: u16,
    line: [u8; MEASURES_MAX],
}

/// The measures of a set, in document order.
fn bits(mut mask: u16) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let first = (mask != 0).then(|| mask.trailing_zeros() as usize);
        mask &= mask.wrapping_sub(1);
        first
    })
}

/// One input at work.
struct Run<'r, 's, F, O> {
    p: &'r Program,
    m: &'r mut MatterState<'s>,
    today: Offset,
    now: Phase,
    facts: &'r F,
    out: &'r mut O,
}

impl<F: Facts, O: FnMut(Effect)> Run<'_, '_, F, O> {
    fn holds(&self, guard: GuardId) -> bool {
        self.p.guards.holds(guard, self.today, self.m.states, self.m.anchors, self.facts)
    }

    /// The bounds that a first event of today breaks; one on a date that is not given is not tried.
    fn broken(&self, bounds: Range) -> impl Iterator<Item = &BoundCode> {
        bounds.of(&self.p.bounds).iter().filter(|bound| {
            let date = self.m.anchors[usize::from(bound.date)];
            let later_days = i32::from(date) - i32::from(self.today);
            let is_kept = (bound.min_days..=bound.max_days).contains(&later_days);
            date != UNSET && !is_kept && self.holds(bound.guard)
        })
    }

    /// Tells which bounds a first event breaks; whether it has its effect all the same. A bound that makes it void is told alone.
    fn keeps_bounds(&mut self, bounds: Range) -> bool {
        let void = self.broken(bounds).find(|bound| bound.void).map(|bound| bound.bound);
        if let Some(bound) = void {
            (self.out)(Effect::BoundBroken { bound });
            return false;
        }
        let broken: Vec<u16> = self.broken(bounds).map(|bound| bound.bound).collect();
        broken.into_iter().for_each(|bound| (self.out)(Effect::BoundBroken { bound }));
        true
    }

    /// For each track the first rule in document order that applies.
    fn select(&self, event: Event, tracks: u16, moves: &mut Moves) {
        let mut left = tracks;
        while left != 0 {
            let track = left.trailing_zeros() as u8;
            left &= left - 1;
            let from = self.m.states[usize::from(track)];
            let key = self.p.state_index(track, from) * Event::ALL.len() + event as usize;
            let rows = self.p.row_ranges[key].of(&self.p.rows);
            if let Some(row) = rows.iter().find(|row| self.holds(row.guard)) {
                moves.push(Move { track, from, to: row.to, rule: row.rule });
            }
        }
    }

    /// Entries, then lifts of what stood before, then starts, then periods (semantics, point l).
    fn apply(&mut self, ends: &[EndCode], moves: &Moves) {
        if !self.p.tolls.is_empty() && !moves.is_empty() {
            // The states are about to change: what they kept from running is counted first.
            self.settle_all();
        }
        for chosen in moves.as_slice() {
            self.enter(*chosen);
        }
        if *self.m.started != 0 {
            self.lift(ends, moves);
        }
        let starts = self.start_measures(moves);
        for chosen in moves.as_slice() {
            self.arm_entered(*chosen);
        }
        if starts != 0 {
            self.arm_by_starts(starts);
        }
    }

    /// The first day whose states, after its phase 2, this input can still change.
    fn open_day(&self) -> Offset {
        if self.now <= Phase::Events { self.today } else { self.today.saturating_add(1) }
    }

    fn settle_all(&mut self) {
        let p = self.p;
        for toll in &p.tolls {
            let due = self.m.anchors[usize::from(p.periods[usize::from(toll.period)].due_slot)];
            if due != UNSET && due != AT_ONCE {
                self.settle(toll, self.open_day());
            }
        }
    }

    /// Counts the days before `until` that are left out and have not been looked at, by the states as they stand.
    fn settle(&mut self, toll: &TollCode, until: Offset) {
        let from = self.m.anchors[usize::from(toll.from)];
        if from == UNSET || from >= until {
            return;
        }
        let all = toll.states.is_some_and(|guard| self.holds(guard));
        let is_out = |day: &Offset| {
            all || toll.conditions.iter().any(|(condition, is)| self.facts.condition(*condition, *day) == *is)
        };
        let days = (from..until).filter(is_out).count() as Offset;
        self.m.anchors[usize::from(toll.from)] = until;
        self.m.anchors[usize::from(toll.left_out)] += days;
    }

    /// Whether a period that has come due ends later, because days of it are left out: then it is on the agenda again.
    fn put_off(&mut self, period: &PeriodCode) -> bool {
        let toll = &self.p.tolls[usize::from(period.toll)];
        self.settle(toll, self.open_day());
        let days = std::mem::take(&mut self.m.anchors[usize::from(toll.left_out)]);
        if days == 0 {
            return false;
        }
        let due = self.today.saturating_add(days);
        self.announce(period, if due < self.p.horizon.days { due } else { UNSET });
        true
    }

    /// A period begins to run: no day of it has been left out. Days before its first are not looked at.
    fn begin_toll(&mut self, period: &PeriodCode, from: Offset) {
        let Some(toll) = self.p.tolls.get(usize::from(period.toll)) else { return };
        self.m.anchors[usize::from(toll.left_out)] = 0;
        self.m.anchors[usize::from(toll.from)] = from.saturating_add(u16::from(toll.first)).max(self.open_day());
    }

    /// Counts the periods that wait in a state just entered, and those from its day.
    fn arm_entered(&mut self, chosen: Move) {
        let state = self.p.state(chosen.track, chosen.to);
        self.arm_waiting(state.periods, chosen.from);
        if state.slot != NONE {
            self.arm_by_slot(state.slot);
        }
    }

    /// Counts the periods that wait in a state just entered and did not wait in the one before it.
    #[inline]
    fn arm_waiting(&mut self, periods: Range, from: u8) {
        let p = self.p;
        for index in periods.of(&p.period_lists) {
            let period = &p.periods[usize::from(*index)];
            if !period.from.contains(from) {
                self.arm(period);
            }
        }
    }

    /// Only what has started can be lifted.
    fn lift(&mut self, ends: &[EndCode], moves: &Moves) {
        let p = self.p;
        let mut lifts = Lifts { mask: 0, by: [UNSET; MEASURES_MAX], line: [0; MEASURES_MAX] };
        self.match_ends(ends, &mut lifts);
        for chosen in moves.as_slice() {
            self.match_ends(p.state(chosen.track, chosen.to).ends.of(&p.ends), &mut lifts);
        }
        if lifts.mask != 0 {
            self.fix_lifts(&lifts);
        }
    }

    /// Starts what these entries start; returns the measures that did.
    fn start_measures(&mut self, moves: &Moves) -> u16 {
        let p = self.p;
        let entered = || moves.as_slice().iter().map(|chosen| p.state(chosen.track, chosen.to).starts);
        if entered().all(crate::program::Range::is_empty) {
            return 0;
        }
        let mut starts = Starts::default();
        for range in entered() {
            self.match_starts(range.of(&p.starts), &mut starts);
        }
        self.start(&starts);
        starts.mask
    }

    fn match_ends(&self, ends: &[EndCode], lifts: &mut Lifts) {
        for end in ends {
            let measure = usize::from(end.measure);
            let stands = *self.m.standing >> measure & 1 == 1;
            let by = if end.table == NONE { self.today } else { self.look_up(end.table, self.today) };
            let is_found = lifts.mask >> measure & 1 == 1;
            let fixed = self.fixed_lift(measure);
            let counts = if is_found { by < lifts.by[measure] } else { stands || (fixed != UNSET && by < fixed) };
            // The guard is asked last: a line that changes nothing needs no facts.
            if counts && self.holds(end.guard) {
                lifts.mask |= 1 << measure;
                (lifts.by[measure], lifts.line[measure]) = (by, end.line);
            }
        }
    }

    /// The lift that is fixed and may still be brought forward.
    fn fixed_lift(&self, measure: usize) -> Offset {
        match self.p.measures[measure].lift_slot {
            NONE => UNSET,
            slot => self.m.anchors[usize::from(slot)],
        }
    }

    fn fix_lifts(&mut self, lifts: &Lifts) {
        for measure in bits(lifts.mask) {
            // A lift past the horizon is remembered as its last moment, so that a second ending can bring it forward.
            let by = lifts.by[measure].min(UNSET - 1);
            *self.m.standing &= !(1 << measure);
            let slot = self.p.measures[measure].lift_slot;
            if slot != NONE {
                self.m.anchors[usize::from(slot)] = by;
            }
            (self.out)(Effect::LiftDue { measure: measure as u8, by: lifts.by[measure], end: lifts.line[measure] });
        }
    }

    #[inline]
    fn enter(&mut self, chosen: Move) {
        let slot = self.p.state(chosen.track, chosen.to).slot;
        self.m.states[usize::from(chosen.track)] = chosen.to;
        if slot != NONE {
            self.m.anchors[usize::from(slot)] = self.today;
        }
        (self.out)(Effect::Entered { track: chosen.track, state: chosen.to, rule: chosen.rule });
    }

    fn match_starts(&self, starts: &[StartCode], found: &mut Starts) {
        for start in starts {
            let measure = usize::from(start.measure);
            let is_known = found.mask >> measure & 1 == 1 && found.line[measure] <= start.line;
            if !is_known && *self.m.standing >> measure & 1 == 0 && self.holds(start.guard) {
                found.mask |= 1 << measure;
                found.line[measure] = start.line;
            }
        }
    }

    fn start(&mut self, starts: &Starts) {
        *self.m.standing |= starts.mask;
        *self.m.started |= starts.mask;
        for measure in bits(starts.mask) {
            let code = &self.p.measures[measure];
            if code.start_slot != NONE {
                self.m.anchors[usize::from(code.start_slot)] = self.today;
            }
            if code.lift_slot != NONE {
                self.m.anchors[usize::from(code.lift_slot)] = UNSET;
            }
            (self.out)(Effect::MeasureStarts { measure: measure as u8, start: starts.line[measure] });
        }
    }

    fn arm_by_starts(&mut self, newly: u16) {
        for measure in bits(newly) {
            let slot = self.p.measures[measure].start_slot;
            if slot != NONE {
                self.arm_by_slot(slot);
            }
        }
    }

    /// An anchor has got its day: counts the periods from it that wait in their state.
    fn arm_by_slot(&mut self, slot: u16) {
        let p = self.p;
        let code = &p.slots[usize::from(slot)];
        self.arm_counted(code.periods);
        for index in code.combined.of(&p.combined_lists) {
            let combined = p.combined[usize::from(*index)];
            if self.choose(combined) {
                self.arm_by_slot(combined.slot);
            }
        }
    }

    /// Counts those of these periods that wait in their state.
    #[inline]
    fn arm_counted(&mut self, periods: Range) {
        let p = self.p;
        for index in periods.of(&p.period_lists) {
            let period = &p.periods[usize::from(*index)];
            if period.from.contains(self.m.states[usize::from(period.track)]) {
                self.arm(period);
            }
        }
    }

    /// Takes the later or the earlier of several days; whether that is another day than before.
    fn choose(&mut self, combined: CombinedCode) -> bool {
        let days = combined.of.of(&self.p.combined_lists).iter().map(|slot| self.m.anchors[usize::from(*slot)]);
        // A day that has not come is later than all.
        let day = if combined.pick == Pick::Later { days.max() } else { days.min() }.unwrap_or(UNSET);
        std::mem::replace(&mut self.m.anchors[usize::from(combined.slot)], day) != day
    }

    /// Makes a period pending, or treats it as already over.
    #[inline]
    fn arm(&mut self, period: &PeriodCode) {
        let from = match period.anchor {
            NONE => UNSET,
            ENTRY => self.today,
            slot => self.m.anchors[usize::from(slot)],
        };
        if from == UNSET {
            return;
        }
        let due = self.look_up(period.table, from);
        let is_ahead = due == UNSET || (due, period.phase) >= (self.today, self.now);
        if period.toll != NONE {
            self.begin_toll(period, if is_ahead { from } else { self.today });
        }
        let pending = if is_ahead {
            due
        } else {
            match period.already_over {
                Some(AlreadyOver::AtOnce) => AT_ONCE,
                Some(AlreadyOver::FromEntry) => match self.look_up(period.entry_table, self.today) {
                    due if (due, period.phase) >= (self.today, self.now) => due,
                    _ => UNSET,
                },
                Some(AlreadyOver::Never) | None => UNSET,
            }
        };
        self.announce(period, pending);
    }

    #[inline]
    fn announce(&mut self, period: &PeriodCode, pending: Offset) {
        let slot = &mut self.m.anchors[usize::from(period.due_slot)];
        // INVARIANT: a due slot holds the day and phase of an entry that is on the agenda and has not come back, or UNSET.
        if *slot == pending {
            return;
        }
        *slot = pending;
        let rule = period.rule;
        match pending {
            UNSET => {}
            AT_ONCE => (self.out)(Effect::PeriodRuns { rule, due: self.today, phase: Phase::AtOnce }),
            due => (self.out)(Effect::PeriodRuns { rule, due, phase: period.phase }),
        }
    }

    /// Due day of the period in this table from this anchor; past the end of the horizon `UNSET`.
    #[inline]
    fn look_up(&self, table: u16, anchor: Offset) -> Offset {
        self.p.tables[usize::from(table)].get(usize::from(anchor)).copied().unwrap_or(UNSET)
    }

    fn enter_first_states(&mut self) {
        let p = self.p;
        for track in 0..p.layout.tracks as u8 {
            let slot = p.state(track, 0).slot;
            if slot != NONE {
                self.m.anchors[usize::from(slot)] = self.today;
            }
        }
        let mut starts = Starts::default();
        for track in 0..p.layout.tracks as u8 {
            self.match_starts(p.state(track, 0).starts.of(&p.starts), &mut starts);
        }
        self.start(&starts);
        self.arm_all();
    }

    /// After a change of law: starts what the states call for and never stood, and counts every period anew.
    fn resume(&mut self) {
        let p = self.p;
        let mut starts = Starts::default();
        for track in 0..p.layout.tracks as u8 {
            let state = self.m.states[usize::from(track)];
            self.match_starts(p.state(track, state).starts.of(&p.starts), &mut starts);
        }
        starts.mask &= !*self.m.started;
        self.start(&starts);
        self.arm_all();
    }

    fn arm_all(&mut self) {
        let p = self.p;
        for combined in &p.combined {
            self.choose(*combined);
        }
        for period in &p.periods {
            if period.from.contains(self.m.states[usize::from(period.track)]) {
                self.arm(period);
            }
        }
    }
}
