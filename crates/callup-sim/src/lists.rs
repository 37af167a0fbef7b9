//! The list of those who are looked for in one district, and how far each way of looking has come.
//!
//! A list is the office's: it lags behind the law, and that lag is one of the two errors of a search. Only whole numbers and orders; who is
//! listed and what follows when somebody is met stands in `procedure/`. This file knows no law, no person and no chance.

use crate::random::{Hazard, MatterKey};
use crate::scenario::SearchKind;
use callup_law::program::{Offset, UNSET};
use std::collections::{BTreeMap, BTreeSet};

/// Ways of looking.
pub const WAYS: usize = SearchKind::ALL.len();

/// Further binary places of the hazard of being taken for somebody else: for one man and day it is far below the unit of a [`Hazard`].
const FINER: u32 = 26;

/// One person on the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Listing {
    /// Matter for which he was listed first: the key of the chance of it.
    pub matter: MatterKey,
    /// Whether the law still has him in default or wanted.
    pub stands: bool,
    /// Ways by which he is looked for, one bit each.
    pub ways: u8,
    /// How often a budget was drawn for each way.
    pub occasions: [u16; WAYS],
    /// Last day on which each way looks for him, or `UNSET`.
    pub off: [Offset; WAYS],
    /// Day on which he was last met, or `UNSET`.
    pub met: Offset,
}

/// The list of a district.
#[derive(Clone, Debug, Default, serde::Serialize, serde::Deserialize)]
pub struct Lists {
    /// Everybody on it, by row.
    pub listings: BTreeMap<u32, Listing>,
    /// (row, day) of those who are to be entered on the day after.
    pub entering: Vec<(u32, Offset)>,
    /// (last day, way, row) of those who are to be taken off.
    pub leaving: BTreeSet<(Offset, u8, u32)>,
    /// How many each way looks for.
    listed: [u32; WAYS],
    /// Hazard of being found that has accumulated for whoever was listed throughout.
    passed: [u64; WAYS],
    /// (way, hazard, row) at which somebody is met.
    due: BTreeSet<(u8, u64, u32)>,
    /// Hazard of being taken for somebody else, in units of 2^-58.
    mistaken: [u128; WAYS],
    /// (way, hazard in units of 2^-58, row, occasion) at which an innocent is stopped; those beyond the horizon's most are not kept.
    innocents: BTreeSet<(u8, u128, u32, u32)>,
    /// The most that each hazard of being taken for somebody else can come to.
    mistaken_most: [u128; WAYS],
}

impl Listing {
    /// A new one, on no list yet.
    #[must_use]
    pub const fn new(matter: MatterKey) -> Listing {
        Listing { matter, stands: true, ways: 0, occasions: [0; WAYS], off: [UNSET; WAYS], met: UNSET }
    }

    /// Whether a way looks for him.
    #[must_use]
    pub const fn is_on(&self, way: usize) -> bool {
        self.ways >> way & 1 == 1
    }
}

impl Lists {
    /// Whether everybody on it is somebody, looked for in ways that there are, and the counts are right.
    pub(crate) fn is_sound(&self, rows: usize) -> bool {
        let known = |row: u32| (row as usize) < rows;
        let way_of = |way: u8| usize::from(way) < WAYS;
        let listing = |(row, listing): (&u32, &Listing)| {
            known(*row)
                && listing.ways >> WAYS == 0
                && listing.occasions.iter().all(|occasion| *occasion < u16::MAX / 2)
        };
        let on = |way: usize| self.listings.values().filter(|listing| listing.is_on(way)).count();
        // Each sum is of some days' hazards, and far from where it could grow no more.
        let days = u64::from(Offset::MAX);
        let is_sum = |way: usize| {
            self.passed[way] <= days * Hazard::CERTAIN.0
                && self.mistaken[way] <= u128::from(days) * u128::from(u64::MAX)
        };
        (0..WAYS).all(is_sum)
            && self.listings.iter().all(listing)
            && self.entering.iter().all(|(row, _)| known(*row))
            && self.leaving.iter().all(|(_, way, row)| way_of(*way) && known(*row))
            && self.due.iter().all(|(way, _, row)| way_of(*way) && known(*row))
            && self
                .innocents
                .iter()
                .all(|(way, _, row, occasion)| way_of(*way) && known(*row) && *occasion < u32::MAX / 2)
            && (0..WAYS).all(|way| self.listed[way] as usize == on(way))
    }

    /// How many a way looks for.
    #[must_use]
    pub fn listed(&self, way: usize) -> u32 {
        self.listed[way]
    }

    /// A way begins to look for a person.
    pub fn put_on(&mut self, row: u32, way: usize) {
        if let Some(listing) = self.listings.get_mut(&row).filter(|listing| !listing.is_on(way)) {
            listing.ways |= 1 << way;
            self.listed[way] += 1;
        }
    }

    /// A way stops looking for a person.
    pub fn take_off(&mut self, row: u32, way: usize) {
        if let Some(listing) = self.listings.get_mut(&row).filter(|listing| listing.is_on(way)) {
            listing.ways &= !(1 << way);
            self.listed[way] -= 1;
        }
    }

    /// Sets when a person is met by a way: when what accumulates from now on reaches this budget.
    pub fn await_meeting(&mut self, row: u32, way: usize, budget: Hazard) {
        self.due.insert((way as u8, self.passed[way].saturating_add(budget.0), row));
    }

    /// A day of looking: so much hazard for each listed person. What is beyond certainty is left out, as a sum that no longer grows would have
    /// everybody met again and again on the same day.
    pub fn pass(&mut self, way: usize, hazard: u64) {
        self.passed[way] = self.passed[way].saturating_add(hazard.min(Hazard::CERTAIN.0));
    }

    /// The next person whom a way meets today.
    pub fn next_met(&mut self, way: usize) -> Option<u32> {
        if self.due.is_empty() {
            return None;
        }
        let found = *self.due.range((way as u8, 0, 0)..=(way as u8, self.passed[way], u32::MAX)).next()?;
        self.due.remove(&found);
        Some(found.2)
    }

    /// The most that the hazard of being taken for somebody else can come to, as a budget that no innocent below it exceeds.
    pub fn bound_mistakes(&mut self, way: usize, most: u128) -> Hazard {
        self.mistaken_most[way] = most;
        Hazard(u64::try_from((most >> FINER) + 1).unwrap_or(u64::MAX))
    }

    /// Sets when an innocent is taken for somebody else by a way: when what accumulates from now on reaches this budget. Beyond the horizon's
    /// most it is forgotten.
    pub fn await_mistake(&mut self, row: u32, way: usize, occasion: u32, budget: Hazard) {
        let at = self.mistaken[way].saturating_add(u128::from(budget.0) << FINER);
        if at <= self.mistaken_most[way] {
            self.innocents.insert((way as u8, at, row, occasion));
        }
    }

    /// A day on which people are taken for listed ones: so much hazard for each innocent, in units of 2^-58, of which the largest number is more than
    /// certainty.
    pub fn mistake(&mut self, way: usize, hazard: u64) {
        self.mistaken[way] = self.mistaken[way].saturating_add(hazard.into());
    }

    /// The next innocent whom a way stops today, and which occasion it is.
    pub fn next_mistaken(&mut self, way: usize) -> Option<(u32, u32)> {
        if self.innocents.is_empty() {
            return None;
        }
        let upto = (way as u8, self.mistaken[way], u32::MAX, u32::MAX);
        let found = *self.innocents.range((way as u8, 0, 0, 0)..=upto).next()?;
        self.innocents.remove(&found);
        Some((found.2, found.3))
    }
}

/// A hazard in the units of [`Lists::mistake`].
#[must_use]
pub fn finer(hazard: f64) -> u64 {
    (hazard * (1_u64 << 58) as f64 + 0.5) as u64
}
