//! Guards at run time: a flat table of small conjunctions, with switches and kinds of notice already resolved away.
//!
//! Building them is in `program/bind.rs`. This file knows no document.

use crate::program::{Facts, NONE, Offset, PictureCode, Range, StateSet, UNSET};
use crate::roles::PersonFact;

/// A guard of a program; [`GuardId::ALWAYS`] needs no look-up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GuardId(pub(crate) u16);

impl GuardId {
    /// The guard that always holds.
    pub const ALWAYS: GuardId = GuardId(u16::MAX);
}

/// All guards of a program: any of the conjunctions, all cells of which hold.
#[derive(Clone, Debug, Default)]
pub(crate) struct GuardTable {
    pub(crate) guards: Vec<Range>,
    pub(crate) conjunctions: Vec<Range>,
    pub(crate) cells: Vec<Cell>,
    pub(crate) ages: Vec<AgeRange>,
    /// For each window used, for each day of the horizon, whether it lies in it.
    pub(crate) windows: Vec<Vec<bool>>,
    pub(crate) states: Vec<StateSet>,
}

/// One thing to look at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cell {
    Age {
        slot: u16,
        picture: PictureCode,
        ranges: Range,
    },
    Person {
        fact: PersonFact,
        picture: PictureCode,
        is: bool,
    },
    Condition {
        condition: usize,
        is: bool,
    },
    /// A track is in one of some states (index in `GuardTable::states`).
    State {
        track: u8,
        states: u16,
        is: bool,
    },
    /// The day of a slot ([`NONE`](crate::program::NONE) for today) lies in a window (index in `GuardTable::windows`).
    Window {
        slot: u16,
        window: u16,
        is: bool,
    },
    Switch {
        switch: usize,
        option: usize,
        is: bool,
    },
}

/// From this day of the event on, the ages that pass (none if `least > most`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct AgeRange {
    pub(crate) from: Offset,
    pub(crate) least: i32,
    pub(crate) most: i32,
}

impl GuardTable {
    pub(crate) fn holds(
        &self,
        guard: GuardId,
        today: Offset,
        states: &[u8],
        anchors: &[Offset],
        facts: &impl Facts,
    ) -> bool {
        if guard == GuardId::ALWAYS {
            return true;
        }
        let conjunctions = self.guards[usize::from(guard.0)].of(&self.conjunctions);
        conjunctions.iter().any(|conjunction| {
            conjunction.of(&self.cells).iter().all(|cell| self.cell_holds(*cell, today, states, anchors, facts))
        })
    }

    fn cell_holds(&self, cell: Cell, today: Offset, states: &[u8], anchors: &[Offset], facts: &impl Facts) -> bool {
        match cell {
            Cell::Age { slot, picture, ranges } => {
                let on = anchors[usize::from(slot)];
                if on == UNSET {
                    return false;
                }
                let range = ranges.of(&self.ages).iter().rev().find(|range| range.from <= on);
                let Some(range) = range.filter(|range| range.least <= range.most) else { return false };
                facts.age_between(on, range.least, range.most, picture)
            }
            Cell::Person { fact, picture, is } => facts.person(fact, picture) == is,
            Cell::State { track, states: set, is } => {
                self.states[usize::from(set)].contains(states[usize::from(track)]) == is
            }
            Cell::Window { slot, window, is } => {
                let on = if slot == NONE { today } else { anchors[usize::from(slot)] };
                self.windows[usize::from(window)].get(usize::from(on)).is_some_and(|holds| *holds == is)
            }
            Cell::Condition { condition, is } => facts.condition(condition, today) == is,
            Cell::Switch { switch, option, is } => (facts.switch(switch) == option) == is,
        }
    }
}
