//! How many days each person of a district has been restricted, in which manner: kept only where two laws are compared person by person.
//!
//! A day counts by how it ends, as the stocks of the daily table do, so that the sums of both agree. Most people are never restricted and take no room.
//! This file knows no law.

use callup_law::program::Offset;
use std::collections::BTreeMap;

/// How many manners there are.
pub const MANNERS: usize = Manner::ALL.len();

/// In which manner a person is restricted; one may be true with another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Manner {
    /// Under a measure of any kind.
    Any,
    /// Under a ban on leaving the country.
    ExitBan,
    /// Under a measure on a notice that he does not know of.
    Unseen,
    /// Under a measure though the truth frees him.
    Wrongful,
}

impl Manner {
    /// All of them, in order.
    pub const ALL: [Manner; 4] = [Manner::Any, Manner::ExitBan, Manner::Unseen, Manner::Wrongful];

    /// How outputs name it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Manner::Any => "restricted",
            Manner::ExitBan => "exit_ban",
            Manner::Unseen => "restricted_unseen",
            Manner::Wrongful => "restricted_wrongly",
        }
    }

    /// What it means.
    #[must_use]
    pub const fn meaning(self) -> &'static str {
        match self {
            Manner::Any => "Under a measure of any kind.",
            Manner::ExitBan => "Under a ban on leaving the country.",
            Manner::Unseen => "Under a measure on a notice that he does not know of.",
            Manner::Wrongful => "Under a measure though the truth frees him from the call-up.",
        }
    }
}

/// Days in each manner, by row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DaysRestricted {
    by_row: BTreeMap<u32, Spans>,
}

/// Ends of spans less their beginnings, and which are open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Spans {
    sums: [i32; MANNERS],
    open: [bool; MANNERS],
}

impl DaysRestricted {
    /// What a person stood under changes on a day.
    pub fn change(&mut self, row: u32, today: Offset, [before, after]: [[bool; MANNERS]; 2]) {
        if before == after {
            return;
        }
        let spans = self.by_row.entry(row).or_default();
        for manner in 0..MANNERS {
            if before[manner] != after[manner] {
                spans.sums[manner] += if after[manner] { -i32::from(today) } else { i32::from(today) };
                spans.open[manner] = after[manner];
            }
        }
    }

    /// Days in each manner of everybody who was ever restricted, by row in ascending order; what is open counts to the end of day `last`.
    pub fn ended(&self, last: Offset) -> impl Iterator<Item = (u32, [u32; MANNERS])> + '_ {
        let end = i32::from(last) + 1;
        self.by_row.iter().map(move |(row, spans)| {
            let days = |manner: usize| spans.sums[manner] + if spans.open[manner] { end } else { 0 };
            (*row, std::array::from_fn(|manner| u32::try_from(days(manner)).unwrap_or(0)))
        })
    }
}
