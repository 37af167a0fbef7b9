//! How many of a district's people are abroad on trips, as an expectation counted in fractions of a man, and who was kept from which trip.
//!
//! Nobody is looked at: each man's timeline of trips has the same hazards, so the expectation follows from the number of men at home alone.
//! Columns take whole men; the fraction is carried on, so that sums over days and districts are right. This file knows no law and no chance.

use callup_law::program::Offset;
use std::collections::BTreeMap;

/// One man.
const ONE: i64 = 1 << 32;

/// The crossings of a district.
#[derive(Clone, Debug, Default, serde::Serialize, serde::Deserialize)]
pub struct Crossings {
    /// Men abroad on trips by their own timelines, whether the border let them go or not, in units of 2^-32.
    away: u64,
    /// Those of them who come home, by day.
    coming_home: BTreeMap<Offset, u64>,
    /// Men turned back who would come home, by day: they were never gone.
    stayed_home: BTreeMap<Offset, u32>,
    /// Trips begun and not counted yet.
    begun: i64,
    /// Trips ended and not counted yet.
    ended: i64,
    /// For each man the last trip on which he was turned back.
    stayed: BTreeMap<u32, u32>,
}

/// A day of trips, in whole men.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Crossed {
    /// Begun.
    pub begun: u32,
    /// Ended.
    pub ended: u32,
}

impl Crossings {
    /// Nobody is abroad; fractions of a man are saved up as these words say.
    #[must_use]
    pub fn new(begun: u32, ended: u32) -> Crossings {
        Crossings { begun: begun.into(), ended: ended.into(), ..Crossings::default() }
    }

    /// Whether it can be what some days of so many people led to.
    pub(crate) fn is_sound(&self, rows: usize) -> bool {
        let men = |units: u64| units >> 32 <= rows as u64;
        let bounded = |units: i64| units.unsigned_abs() <= (rows as u64 + 1) << 34;
        let coming = self.coming_home.values().try_fold(0_u64, |sum, units| sum.checked_add(*units));
        men(self.away)
            && coming == Some(self.away)
            && self.stayed_home.values().all(|count| *count as usize <= rows)
            && bounded(self.begun)
            && bounded(self.ended)
            && self.stayed.keys().all(|row| (*row as usize) < rows)
    }

    /// A man is turned back on a trip from which he would have come home on a day.
    pub fn turn_back(&mut self, row: u32, trip: u32, home: Offset) {
        self.stayed.insert(row, trip);
        *self.stayed_home.entry(home).or_default() += 1;
        self.begun -= ONE;
    }

    /// Whether a man was turned back on this trip.
    #[must_use]
    pub fn has_stayed(&self, row: u32, trip: u32) -> bool {
        self.stayed.get(&row) == Some(&trip)
    }

    /// A day on which each of `men` who is at home sets out with a chance (a count of 2^32 words), for so many days with such weights (of
    /// 2^32). At most `on_trips` come home as far as columns know.
    pub fn pass(&mut self, today: Offset, men: u64, chance: u64, lengths: &[(u16, u64)], on_trips: u64) -> Crossed {
        let home_again = self.coming_home.remove(&today).unwrap_or(0);
        self.away -= home_again;
        self.ended += home_again as i64 - i64::from(self.stayed_home.remove(&today).unwrap_or(0)) * ONE;
        let at_home = (men << 32).saturating_sub(self.away);
        let leave = ((u128::from(at_home) * u128::from(chance)) >> 32) as u64;
        let mut left = leave;
        for (place, (days, weight)) in lengths.iter().enumerate() {
            // The last length takes what rounding leaves.
            let some = if place + 1 == lengths.len() {
                left
            } else {
                ((u128::from(leave) * u128::from(*weight)) >> 32) as u64
            };
            left -= some.min(left);
            *self.coming_home.entry(today.saturating_add(*days)).or_default() += some;
        }
        self.away += leave;
        self.begun += leave as i64;
        let begun = whole(&mut self.begun, u64::MAX);
        Crossed { begun, ended: whole(&mut self.ended, on_trips + u64::from(begun)) }
    }
}

/// Takes the whole men, at most so many, out of what has not been counted yet; a debt waits.
fn whole(uncounted: &mut i64, most: u64) -> u32 {
    let men = ((*uncounted).max(0).div_euclid(ONE) as u64).min(most).min(u32::MAX.into());
    *uncounted -= men as i64 * ONE;
    men as u32
}
