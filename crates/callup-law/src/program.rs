//! A rulebook made ready to run: one kind of notice, switches answered, days as offsets in a horizon, periods as tables.
//!
//! Two steps on purpose: what the law says (`rulebook.rs`), then what it means here (`Program`), which cannot be built wrongly.
//! This file knows no simulation; a program is shared by `explain` and by a run.

use crate::calendar::Day;
use crate::roles::{NoticeKind, PersonFact};
use std::collections::BTreeMap;

/// A day as an offset in a [`Horizon`]; [`UNSET`] for a day that has not come.
pub type Offset = u16;
/// No day.
pub const UNSET: Offset = u16::MAX;

/// The days a program can speak about: `origin` is offset 0; at most 65,000 days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Horizon {
    /// Offset 0. Choose it early enough: no anchor of a matter may lie before it.
    pub origin: Day,
    /// How many days; due days past the end are cut to "never within the horizon".
    pub days: Offset,
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

/// Where guards get their facts from. A run implements it on a synthetic person, `explain` on what the reader states.
pub trait Facts {
    /// Completed years of age on that day.
    fn age(&self, on: Offset, picture: PictureCode) -> i32;
    /// A person fact.
    fn person(&self, fact: PersonFact, picture: PictureCode) -> bool;
    /// A condition of the world on that day (index into `Rulebook::conditions`).
    fn condition(&self, condition: usize, today: Offset) -> bool;
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
}

/// How much room the state of one matter takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Layout {
    /// Tracks of the matter.
    pub tracks: usize,
    /// Anchor slots.
    pub anchors: usize,
    /// Measures; at most 16.
    pub measures: usize,
}

/// A rulebook bound to one kind of notice, to answers and to a horizon.
#[derive(Clone, Debug)]
pub struct Program {
    horizon: Horizon,
    layout: Layout,
}
