//! A rulebook made ready to run: one kind of notice, switches answered, days as offsets in a horizon, periods as tables.
//!
//! Two steps on purpose: what the law says (`rulebook.rs`), then what it means here (`Program`), which cannot be built wrongly
//! (`program/bind.rs` is the only way). This file knows no simulation; a program is shared by `explain` and by a run.

mod bind;
mod guard;
pub(crate) mod plans;
mod transfer;
pub(crate) mod well_formed;

use crate::calendar::{Day, Phase, Unit};
use crate::roles::{Event, MeasureKind, Milestone, NoticeKind, PersonFact};
use crate::rulebook::{AlreadyOver, Cite, Pick, Picture};
pub use guard::GuardId;
pub(crate) use guard::GuardTable;
use std::collections::BTreeMap;
use std::fmt;
pub use transfer::{DayKept, Transfer};

/// A day as an offset in a [`Horizon`]; [`UNSET`] for a day that has not come.
pub type Offset = u16;
/// No day.
pub const UNSET: Offset = u16::MAX;
/// The longest horizon.
pub const HORIZON_DAYS_MAX: Offset = 65_000;
/// Most measures of one program (they are bits of a `u16`).
pub const MEASURES_MAX: usize = 16;
/// Most tracks of one matter.
pub const TRACKS_MAX: usize = 16;
/// Most states of one track.
pub const STATES_MAX: usize = 250;

/// The days a program can speak about: `origin` is offset 0; at most [`HORIZON_DAYS_MAX`] days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Horizon {
    /// Offset 0. Choose it early enough: no anchor of a matter may lie before it.
    pub origin: Day,
    /// How many days; due days past the end are cut to "never within the horizon".
    pub days: Offset,
}

impl Horizon {
    /// The offset of a day, or `None` outside the horizon.
    #[must_use]
    pub fn offset(self, day: Day) -> Option<Offset> {
        let offset = Offset::try_from(day.days_since(self.origin)).ok()?;
        (offset < self.days).then_some(offset)
    }

    /// The day at an offset.
    #[must_use]
    pub fn day(self, offset: Offset) -> Day {
        self.origin.plus_days(i32::from(offset))
    }
}

/// Answers to switches, by name.
pub type Answers = BTreeMap<String, String>;

/// Whose picture, as the run-time code sees it: a body that is proved to is not told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PictureCode {
    /// The register.
    Recorded,
    /// The truth.
    Truth,
    /// What the person has shown.
    Proved,
}

impl From<&Picture> for PictureCode {
    fn from(picture: &Picture) -> PictureCode {
        match picture {
            Picture::AsRecorded => PictureCode::Recorded,
            Picture::AsItIs => PictureCode::Truth,
            Picture::AsProvedTo(_) => PictureCode::Proved,
        }
    }
}

/// Where guards get their facts from. A run implements it on a synthetic person, `explain` on what the reader states.
pub trait Facts {
    /// Completed years of age on that day.
    fn age(&self, on: Offset, picture: PictureCode) -> i32;
    /// A person fact.
    fn person(&self, fact: PersonFact, picture: PictureCode) -> bool;
    /// A condition of the world on that day (index into `Rulebook::conditions`).
    fn condition(&self, condition: usize, today: Offset) -> bool;
    /// Whether the age on that day lies between these ages, both included.
    fn age_between(&self, on: Offset, least: i32, most: i32, picture: PictureCode) -> bool {
        (least..=most).contains(&self.age(on, picture))
    }
    /// The option (index in `Switch::options`) of a switch that was left open by [`Program::bind_open`]. Other programs never ask.
    fn switch(&self, switch: usize) -> usize {
        debug_assert!(false, "switch {switch} was left open and nobody answers it");
        0
    }
}

/// Why a rulebook cannot be bound.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BindError {
    /// The law has no matter for this kind of notice.
    NoMatter(NoticeKind),
    /// A switch that some guard of this matter uses is not answered; the options follow.
    Unanswered {
        /// Name of the switch.
        switch: String,
        /// Its options.
        options: Vec<String>,
    },
    /// The answer is not among the options.
    NotAnOption {
        /// Name of the switch.
        switch: String,
        /// The answer given.
        answer: String,
        /// Its options.
        options: Vec<String>,
    },
    /// The matter is larger than a program can be.
    TooMany {
        /// Of what.
        what: &'static str,
        /// How many there are.
        found: usize,
        /// How many there may be.
        limit: usize,
    },
    /// A period uses a unit for which the law does not say how it is counted.
    NoCounting(Unit),
    /// The rulebook contradicts itself; a compiled document never does, a hand-made one may.
    Malformed(String),
}

impl fmt::Display for BindError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            BindError::NoMatter(notice) => write!(f, "the law has no matter for `{}`", notice.word()),
            BindError::Unanswered { switch, options } => {
                write!(f, "switch `{switch}` is not answered; it may be {}", options.join(" | "))
            }
            BindError::NotAnOption { switch, answer, options } => {
                write!(f, "switch `{switch}` cannot be `{answer}`; it may be {}", options.join(" | "))
            }
            BindError::TooMany { what, found, limit } => write!(f, "{found} {what} in one matter; at most {limit}"),
            BindError::NoCounting(unit) => write!(f, "the law does not say how {unit:?} are counted"),
            BindError::Malformed(what) => f.write_str(what),
        }
    }
}

impl std::error::Error for BindError {}

/// The state of a matter that is only looked at; slices as in [`crate::step::MatterState`].
#[derive(Clone, Copy, Debug)]
pub struct MatterView<'a> {
    /// State of each track.
    pub states: &'a [u8],
    /// Day of each slot.
    pub anchors: &'a [Offset],
}

/// How much room the state of one matter takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Layout {
    /// Tracks of the matter.
    pub tracks: usize,
    /// Slots of days: anchors that are used, one for each period rule, one for each measure with several endings.
    pub anchors: usize,
    /// Measures; at most [`MEASURES_MAX`].
    pub measures: usize,
}

/// A rulebook bound to one kind of notice, to answers and to a horizon.
#[derive(Clone, Debug)]
pub struct Program {
    pub(crate) notice: NoticeKind,
    pub(crate) horizon: Horizon,
    pub(crate) layout: Layout,
    pub(crate) tracks: Vec<TrackCode>,
    /// All states of all tracks; those of a track follow each other from `TrackCode::first`.
    pub(crate) states: Vec<StateCode>,
    /// By `Event as usize`.
    pub(crate) events: Vec<EventCode>,
    /// `state * Event::ALL.len() + event` to a range of `rows`.
    pub(crate) row_ranges: Vec<Range>,
    pub(crate) rows: Vec<Row>,
    pub(crate) periods: Vec<PeriodCode>,
    /// Index in `Rulebook::rules` to index in `periods`, or [`NONE`].
    pub(crate) period_of_rule: Vec<u16>,
    /// Lists of periods that the ranges of states and slots point into.
    pub(crate) period_lists: Vec<u16>,
    pub(crate) starts: Vec<StartCode>,
    pub(crate) ends: Vec<EndCode>,
    pub(crate) measures: Vec<MeasureCode>,
    /// What each anchor slot is the day of.
    pub(crate) slots: Vec<SlotCode>,
    pub(crate) guards: GuardTable,
    /// Offset of the anchor to offset of the due day.
    pub(crate) tables: Vec<Vec<Offset>>,
    pub(crate) bounds: Vec<BoundCode>,
    pub(crate) plans: plans::Plans,
    pub(crate) combined: Vec<CombinedCode>,
    pub(crate) combined_lists: Vec<u16>,
    /// Tracks that are those of remedies.
    pub(crate) remedy_tracks: u16,
    pub(crate) suspensions: Vec<SuspensionCode>,
    pub(crate) tolls: Vec<TollCode>,
    rules: Vec<(String, Cite)>,
}

/// No slot, period, or table.
pub(crate) const NONE: u16 = u16::MAX;
/// In the place of a slot: the day on which a period begins to run (its table knows the window).
pub(crate) const ENTRY: u16 = NONE - 1;

/// A range of one of the flat lists.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Range {
    start: u32,
    end: u32,
}

impl Range {
    pub(crate) const EMPTY: Range = Range { start: 0, end: 0 };

    #[inline]
    pub(crate) fn of<T>(self, list: &[T]) -> &[T] {
        &list[self.start as usize..self.end as usize]
    }

    /// Moves items to the end of a flat list.
    pub(crate) fn append<T>(list: &mut Vec<T>, items: impl IntoIterator<Item = T>) -> Range {
        let start = list.len() as u32;
        list.extend(items);
        Range { start, end: list.len() as u32 }
    }

    #[inline]
    pub(crate) fn is_empty(self) -> bool {
        self.start == self.end
    }
}

/// A set of states of one track.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct StateSet([u64; 4]);

impl StateSet {
    pub(crate) fn from_states(states: &[u8]) -> StateSet {
        let mut set = StateSet::default();
        for state in states {
            set.0[usize::from(state >> 6)] |= 1 << (state & 63);
        }
        set
    }

    pub(crate) fn iter(self) -> impl Iterator<Item = u8> {
        (0..=u8::MAX).filter(move |state| self.contains(*state))
    }

    #[inline]
    pub(crate) fn contains(&self, state: u8) -> bool {
        self.0[usize::from(state >> 6)] & (1 << (state & 63)) != 0
    }
}

#[derive(Clone, Debug)]
pub(crate) struct TrackCode {
    /// Index in `Rulebook::tracks`.
    pub(crate) book_index: usize,
    pub(crate) name: String,
    /// It is that of a remedy (index in `Rulebook::remedies`).
    pub(crate) remedy: Option<usize>,
    /// Index of its first state in `Program::states`.
    pub(crate) first: u32,
    pub(crate) states: u8,
}

#[derive(Clone, Debug)]
pub(crate) struct StateCode {
    pub(crate) name: String,
    pub(crate) milestone: Option<Milestone>,
    pub(crate) is_final: bool,
    pub(crate) slot: u16,
    /// Periods that may be pending in this state.
    pub(crate) periods: Range,
    pub(crate) starts: Range,
    pub(crate) ends: Range,
}

#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct EventCode {
    pub(crate) slot: u16,
    /// Tracks with a row for this event.
    pub(crate) tracks: u16,
    pub(crate) ends: Range,
    pub(crate) ends_in_any_matter: Range,
    /// Bounds that are tried when it comes.
    pub(crate) bounds: Range,
}

impl EventCode {
    /// Nothing in the program asks for it.
    #[inline]
    pub(crate) fn is_idle(self) -> bool {
        self.slot == NONE && self.tracks == 0 && self.ends.is_empty() && self.bounds.is_empty()
    }
}

/// A rule in the table of one state and event.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Row {
    pub(crate) guard: GuardId,
    pub(crate) rule: u16,
    pub(crate) to: u8,
}

#[derive(Clone, Debug)]
pub(crate) struct PeriodCode {
    pub(crate) rule: u16,
    pub(crate) track: u8,
    pub(crate) to: u8,
    pub(crate) from: StateSet,
    pub(crate) guard: GuardId,
    /// Slot of the anchor, [`ENTRY`] for one that follows from the day of entry, or [`NONE`] for one that never gets a day.
    pub(crate) anchor: u16,
    /// Slot that says when it is pending.
    pub(crate) due_slot: u16,
    pub(crate) table: u16,
    /// Table of the due days counted from the day of entry, where the period is over by then and counted anew.
    pub(crate) entry_table: u16,
    pub(crate) phase: Phase,
    pub(crate) already_over: Option<AlreadyOver>,
    /// Index in `Program::tolls`, or [`NONE`].
    pub(crate) toll: u16,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct StartCode {
    pub(crate) measure: u8,
    pub(crate) line: u8,
    pub(crate) guard: GuardId,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct EndCode {
    pub(crate) measure: u8,
    pub(crate) line: u8,
    pub(crate) guard: GuardId,
    /// Table of the last day, or [`NONE`] for the same day.
    pub(crate) table: u16,
}

#[derive(Clone, Debug)]
pub(crate) struct MeasureCode {
    /// Index in `Rulebook::measures`.
    pub(crate) book_index: usize,
    pub(crate) name: String,
    pub(crate) kind: MeasureKind,
    pub(crate) cite: Cite,
    pub(crate) starts: Vec<Cite>,
    pub(crate) ends: Vec<Cite>,
    /// Slot of the latest start.
    pub(crate) start_slot: u16,
    /// Slot of the lift that is fixed, where a second ending could bring it forward.
    pub(crate) lift_slot: u16,
}

#[derive(Clone, Debug)]
pub(crate) struct SlotCode {
    pub(crate) name: SlotName,
    /// Periods counted from it.
    pub(crate) periods: Range,
    /// Slots (in `Program::combined_lists`) of which it is one to choose from, as indices in `Program::combined`.
    pub(crate) combined: Range,
}

/// A slot whose day is the latest, or the earliest, of others.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CombinedCode {
    pub(crate) slot: u16,
    pub(crate) pick: Pick,
    /// In `Program::combined_lists`.
    pub(crate) of: Range,
}

/// What a slot is the day of, in words that two laws share.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum SlotName {
    Event(Event),
    Entry(String, String),
    Fact(String),
    MeasureStart(MeasureKind, String),
    Combined(Pick, Vec<SlotName>),
}

/// What a remedy suspends while its guard, which asks for its state too, holds.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SuspensionCode {
    /// Index in `Rulebook::remedies`.
    pub(crate) remedy: u16,
    pub(crate) measures: u16,
    /// By `Event as usize`.
    pub(crate) events: u64,
    pub(crate) guard: GuardId,
}

/// What keeps a period from running.
#[derive(Clone, Debug)]
pub(crate) struct TollCode {
    /// Index in `Program::periods`.
    pub(crate) period: u16,
    /// Tests on states of tracks, any of them.
    pub(crate) states: Option<GuardId>,
    /// Conditions (index in `Rulebook::conditions`), any of them.
    pub(crate) conditions: Vec<(usize, bool)>,
    /// Slot of the days left out since the period was last put on the agenda.
    pub(crate) left_out: u16,
    /// Slot of the first day that has not been looked at.
    pub(crate) from: u16,
    /// Days from the anchor to the first day that counts.
    pub(crate) first: u8,
}

#[derive(Clone, Debug)]
pub(crate) struct BoundCode {
    /// Index in `Rulebook::notices`.
    pub(crate) bound: u16,
    /// Slot of the date.
    pub(crate) date: u16,
    pub(crate) guard: GuardId,
    pub(crate) min_days: i32,
    pub(crate) max_days: i32,
    pub(crate) void: bool,
}

impl Program {
    /// How much room the state of one matter takes.
    #[inline]
    #[must_use]
    pub fn layout(&self) -> Layout {
        self.layout
    }

    /// The days it can speak about.
    #[must_use]
    pub fn horizon(&self) -> Horizon {
        self.horizon
    }

    /// The kind of notice it is bound to.
    #[must_use]
    pub fn notice(&self) -> NoticeKind {
        self.notice
    }

    /// Slots of date facts, with their names.
    pub(crate) fn dated_slots(&self) -> impl Iterator<Item = (u16, &str)> {
        (0u16..).zip(&self.slots).filter_map(|(slot, code)| match &code.name {
            SlotName::Fact(name) => Some((slot, name.as_str())),
            _ => None,
        })
    }

    #[inline]
    pub(crate) fn state(&self, track: u8, state: u8) -> &StateCode {
        &self.states[self.state_index(track, state)]
    }

    #[inline]
    pub(crate) fn state_index(&self, track: u8, state: u8) -> usize {
        let track = &self.tracks[usize::from(track)];
        debug_assert!(state < track.states, "state {state} of a track with {} states", track.states);
        track.first as usize + usize::from(state)
    }

    /// How many states a track has.
    #[must_use]
    pub fn states(&self, track: u8) -> u8 {
        self.tracks[usize::from(track)].states
    }

    /// What a state means to the world.
    #[must_use]
    pub fn milestone(&self, track: u8, state: u8) -> Option<Milestone> {
        self.state(track, state).milestone
    }

    /// Whether a state is marked `final`.
    #[must_use]
    pub fn is_final(&self, track: u8, state: u8) -> bool {
        self.state(track, state).is_final
    }

    /// Whether every track is in a final state.
    #[must_use]
    pub fn all_final(&self, states: &[u8]) -> bool {
        states.iter().enumerate().all(|(track, state)| self.is_final(track as u8, *state))
    }

    /// Kind of a measure.
    #[must_use]
    pub fn measure_kind(&self, measure: u8) -> MeasureKind {
        self.measures[usize::from(measure)].kind
    }

    /// Name of a measure in the law.
    #[must_use]
    pub fn measure_name(&self, measure: u8) -> &str {
        &self.measures[usize::from(measure)].name
    }

    /// Index of a measure in `Rulebook::measures`.
    #[must_use]
    pub fn measure_in_book(&self, measure: u8) -> usize {
        self.measures[usize::from(measure)].book_index
    }

    /// Basis of a measure.
    #[must_use]
    pub fn measure_cite(&self, measure: u8) -> &Cite {
        &self.measures[usize::from(measure)].cite
    }

    /// Basis of a `starts` line.
    #[must_use]
    pub fn start_cite(&self, measure: u8, start: u8) -> &Cite {
        &self.measures[usize::from(measure)].starts[usize::from(start)]
    }

    /// Basis of an `ends` line.
    #[must_use]
    pub fn end_cite(&self, measure: u8, end: u8) -> &Cite {
        &self.measures[usize::from(measure)].ends[usize::from(end)]
    }

    /// Index of a track in `Rulebook::tracks`.
    #[must_use]
    pub fn track_in_book(&self, track: u8) -> usize {
        self.tracks[usize::from(track)].book_index
    }

    /// Basis of a rule (index in `Rulebook::rules`).
    #[must_use]
    pub fn rule_cite(&self, rule: u16) -> &Cite {
        &self.rules[usize::from(rule)].1
    }

    /// Name of a rule.
    #[must_use]
    pub fn rule_name(&self, rule: u16) -> &str {
        &self.rules[usize::from(rule)].0
    }

    /// Whether any rule, anchor or ending uses an event. Others need not be given to `step::event`.
    #[must_use]
    pub fn listens_to(&self, event: Event) -> bool {
        !self.events[event as usize].is_idle()
    }

    /// Whether some measure ends with an event `in any matter`: then `step::foreign_event` is needed.
    #[must_use]
    pub fn ends_in_any_matter(&self) -> bool {
        self.events.iter().any(|event| !event.ends_in_any_matter.is_empty())
    }

    /// The track of a remedy (index in `Rulebook::remedies`), if it belongs to this matter.
    #[must_use]
    pub fn track_of_remedy(&self, remedy: usize) -> Option<u8> {
        self.tracks.iter().position(|track| track.remedy == Some(remedy)).map(|track| track as u8)
    }

    /// Whether a track is that of a remedy.
    #[must_use]
    pub fn is_of_remedy(&self, track: u8) -> bool {
        self.remedy_tracks >> track & 1 == 1
    }

    /// Whether some remedy of this matter can suspend anything.
    #[must_use]
    pub fn can_suspend(&self) -> bool {
        !self.suspensions.is_empty()
    }

    /// The measures (bits) that are suspended today, standing or not, each with the remedy that does it by `tell`.
    pub fn suspended(
        &self,
        m: &MatterView<'_>,
        today: Offset,
        facts: &impl Facts,
        mut tell: impl FnMut(u8, u16),
    ) -> u16 {
        let mut all = 0;
        for code in self.suspensions.iter().filter(|code| code.measures != 0) {
            if self.guards.holds(code.guard, today, m.states, m.anchors, facts) {
                let new = code.measures & !all;
                (0..self.measures.len() as u8).filter(|bit| new >> bit & 1 == 1).for_each(|bit| tell(bit, code.remedy));
                all |= code.measures;
            }
        }
        all
    }

    /// The remedy (index in `Rulebook::remedies`) that suspends an event today, so that it may not be brought about.
    pub fn barred_by(&self, m: &MatterView<'_>, today: Offset, event: Event, facts: &impl Facts) -> Option<u16> {
        let bars = |code: &&SuspensionCode| code.events >> event as u32 & 1 == 1;
        let holds = |code: &&SuspensionCode| self.guards.holds(code.guard, today, m.states, m.anchors, facts);
        self.suspensions.iter().filter(bars).find(holds).map(|code| code.remedy)
    }

    /// First day of an event in the matter with these anchors; [`UNSET`] if it has not come or no rule asks for it.
    #[must_use]
    pub fn event_day(&self, anchors: &[Offset], event: Event) -> Offset {
        match self.events[event as usize].slot {
            NONE => UNSET,
            slot => anchors[usize::from(slot)],
        }
    }
}
