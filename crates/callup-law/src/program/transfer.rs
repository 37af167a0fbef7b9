//! How a pending matter of one law is carried to the law that replaces it: tracks, states, anchors and measures matched by name.
//!
//! The table is made once for a pair of programs; `step::transfer` applies it to a matter.

use crate::program::{NONE, Program, SlotName};

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

impl SlotName {
    /// Starts of measures of one kind stand for each other where their names differ.
    fn same_kind(&self, other: &SlotName) -> bool {
        matches!((self, other), (SlotName::MeasureStart(mine, _), SlotName::MeasureStart(theirs, _)) if mine == theirs)
    }
}

impl Program {
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
