//! The one semantics: what one input does to one matter. Shared by `explain` and by a run; it keeps no queue and no clock.
//!
//! The caller (holder) owns the matter's state and an agenda. It feeds inputs in the order of the semantics (point c) and puts every
//! [`Effect::PeriodRuns`] on its agenda, to be given back as `expire` on that day and phase. A period given back that is no longer
//! pending does nothing, so an agenda never needs to delete.

use crate::calendar::Phase;
use crate::program::Offset;

/// The state of one matter, as slices into wherever the holder keeps it; lengths as `Program::layout` says.
#[derive(Debug)]
pub struct MatterState<'a> {
    /// State of each track of the matter.
    pub states: &'a mut [u8],
    /// Day of each anchor slot, or `UNSET`.
    pub anchors: &'a mut [Offset],
    /// Measures (bit = index in the program) whose start is due and whose lift is not.
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
    /// A period runs and comes due on this day in this phase: give it back with `expire`.
    PeriodRuns {
        /// Rule.
        rule: u16,
        /// Due day; never past the horizon (such periods are not announced).
        due: Offset,
        /// Due phase.
        phase: Phase,
    },
    /// A measure is due to start today.
    MeasureStarts {
        /// Measure, as index in the program.
        measure: u8,
        /// Which `starts` line.
        start: u8,
    },
    /// A measure is due to be lifted by this day (which may be today).
    LiftDue {
        /// Measure.
        measure: u8,
        /// By this day.
        by: Offset,
        /// Which `ends` line.
        end: u8,
    },
}

/// How opening a matter went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opened {
    /// The matter stands; a bound that is broken but leaves a gap is named.
    Stands(Option<u16>),
    /// The notice is void by this bound (index in `Rulebook::notices`).
    Void(u16),
}
