//! How a pending matter of one law is carried to the law that replaces it: tracks, states, anchors and measures matched by name.
//!
//! The table is made once for a pair of programs; `step::transfer` applies it to a matter.

use crate::program::{NONE, Program, SlotName};
use crate::roles::Event;

/// The mapping from an old program to a new one (semantics, point f).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transfer {
    /// For each track of the new program: the old track and, for each old state, the new one.
    pub(crate) tracks: Vec<Option<(u8, Vec<u8>)>>,
    /// For each anchor slot of the new program the old slot, or [`NONE`].
    pub(crate) slots: Vec<u16>,
    /// For each measure of the old program the new one with the same kind.
    pub(crate) measures: Vec<Option<u8>>,
    unmatched: Vec<String>,
}

impl Transfer {
    /// The measure of the new program that carries on this measure of the old one, if it knows the kind.
    #[must_use]
    pub fn measure(&self, old: u8) -> Option<u8> {
        self.measures[usize::from(old)]
    }

    /// Tracks and states of the old law that the new one lacks; an error of the pair of documents if not empty.
    /// A matter in such a state is carried to the first state of the track.
    #[must_use]
    pub fn unmatched(&self) -> &[String] {
        &self.unmatched
    }
}

/// Where a day that a matter of a program keeps is found in a matter of the same law that was bound with other successors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayKept {
    /// In this slot.
    Slot(u16),
    /// It is the day on which the matter was opened.
    Opened,
    /// It is the date that the notice names.
    NamedDate,
}

impl SlotName {
    /// What is lacking, in words.
    fn words(&self) -> String {
        match self {
            SlotName::Event(event) => format!("the day of `{}`", event.word()),
            SlotName::Entry(track, state) => format!("the day of entry into `{track}.{state}`"),
            SlotName::Fact(name) => format!("the date `{name}`"),
            SlotName::MeasureStart(_, name) => format!("the day on which `{name}` starts"),
            SlotName::Combined(..) => "the later or earlier of several days".to_owned(),
        }
    }

    /// Starts of measures of one kind stand for each other where their names differ.
    fn same_kind(&self, other: &SlotName) -> bool {
        matches!((self, other), (SlotName::MeasureStart(mine, _), SlotName::MeasureStart(theirs, _)) if mine == theirs)
    }
}

impl Program {
    /// Where each day of a matter of this program is found in a matter of `before`: the same law bound with the same answers, but with other laws to
    /// follow it, which may ask for other days.
    ///
    /// # Errors
    /// With the days that `before` does not keep; with none if it is another law.
    pub fn days_kept_by(&self, before: &Program) -> Result<Vec<DayKept>, Vec<String>> {
        let behind = |program: &Program| program.layout.anchors - program.slots.len();
        let form = |program: &Program| (program.layout.tracks, program.layout.measures, behind(program));
        if form(self) != form(before) {
            return Err(Vec::new());
        }
        let mut forgotten = Vec::new();
        let mut kept = Vec::with_capacity(self.layout.anchors);
        for slot in &self.slots {
            let same = before.slots.iter().position(|other| other.name == slot.name);
            match (same, &slot.name) {
                (Some(place), _) => kept.push(DayKept::Slot(place as u16)),
                (None, SlotName::Event(Event::Issued)) => kept.push(DayKept::Opened),
                (None, SlotName::Fact(_)) => kept.push(DayKept::NamedDate),
                (None, name) => forgotten.push(name.words()),
            }
        }
        kept.extend((before.slots.len()..before.layout.anchors).map(|place| DayKept::Slot(place as u16)));
        if forgotten.is_empty() { Ok(kept) } else { Err(forgotten) }
    }

    /// The mapping that carries a matter of this program to the program of the law that replaces it. Both need the same horizon.
    #[must_use]
    pub fn transfer_to(&self, new: &Program) -> Transfer {
        debug_assert_eq!(self.horizon, new.horizon, "a matter keeps its days");
        let mut unmatched = Vec::new();
        for old in &self.tracks {
            // What was filed under the old law is no state of the matter itself.
            if old.remedy.is_none() && !new.tracks.iter().any(|track| track.name == old.name) {
                unmatched.push(old.name.clone());
            }
        }
        let tracks =
            new.tracks.iter().enumerate().map(|(index, _)| self.map_track(new, index, &mut unmatched)).collect();
        let slot = |name: &SlotName| {
            let exact = self.slots.iter().position(|slot| slot.name == *name);
            exact
                .or_else(|| self.slots.iter().position(|slot| slot.name.same_kind(name)))
                .map_or(NONE, |slot| slot as u16)
        };
        Transfer {
            tracks,
            slots: new.slots.iter().map(|code| slot(&code.name)).collect(),
            measures: (0..self.measures.len()).map(|measure| self.map_measure(new, measure)).collect(),
            unmatched,
        }
    }

    fn map_track(&self, new: &Program, index: usize, unmatched: &mut Vec<String>) -> Option<(u8, Vec<u8>)> {
        let old = self.tracks.iter().position(|track| track.name == new.tracks[index].name)?;
        let old_states = self.states_of(old);
        let new_states = new.states_of(index);
        let states = old_states.iter().map(|state| {
            new_states.iter().position(|other| other.name == state.name).map_or_else(
                || {
                    if self.tracks[old].remedy.is_none() {
                        unmatched.push(format!("{}.{}", self.tracks[old].name, state.name));
                    }
                    0
                },
                |state| state as u8,
            )
        });
        let states = states.collect();
        Some((old as u8, states))
    }

    fn map_measure(&self, new: &Program, measure: usize) -> Option<u8> {
        let old = &self.measures[measure];
        let named = new.measures.iter().position(|other| other.kind == old.kind && other.name == old.name);
        named.or_else(|| new.measures.iter().position(|other| other.kind == old.kind)).map(|measure| measure as u8)
    }

    fn states_of(&self, track: usize) -> &[crate::program::StateCode] {
        let code = &self.tracks[track];
        &self.states[code.first as usize..code.first as usize + usize::from(code.states)]
    }
}
