//! Sets of days: all ways in which the days of some happenings can lie to each other, as bounds on their differences.
//!
//! A difference-bound matrix over whole days, always closed, so that every bound in it is one that some choice of days reaches.
//! This file knows no laws.

/// No bound.
pub(crate) const FREE: i32 = i32::MAX / 4;
/// The day of a clock that has none.
const NONE: u8 = u8::MAX;

/// What days can be: the day that has been reached, and that of each clock that runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Days {
    /// For each clock the place of its day; clocks of one day share it.
    clocks: Vec<u8>,
    /// How many days there are. The one reached is at `now`.
    count: usize,
    now: usize,
    /// By `one * count + other`: most days by which the one can be later than the other.
    most: Vec<i32>,
}

impl Days {
    /// The first day, and so many clocks of which none runs.
    pub(crate) fn new(clocks: usize) -> Days {
        Days { clocks: vec![NONE; clocks], count: 1, now: 0, most: vec![0] }
    }

    /// The place of the day that has been reached.
    pub(crate) fn now(&self) -> usize {
        self.now
    }

    /// Whether a clock runs.
    pub(crate) fn is_running(&self) -> bool {
        self.clocks.iter().any(|place| *place != NONE)
    }

    /// The place of the day of a clock, if it runs.
    pub(crate) fn clock(&self, clock: usize) -> Option<usize> {
        Some(self.clocks[clock]).filter(|place| *place != NONE).map(usize::from)
    }

    /// Lets a clock run from the day at a place.
    pub(crate) fn set(&mut self, clock: usize, place: usize) {
        self.clocks[clock] = u8::try_from(place).unwrap_or(NONE);
    }

    /// Forgets the day of a clock.
    pub(crate) fn forget(&mut self, clock: usize) {
        self.clocks[clock] = NONE;
    }

    /// Most days by which the one can be later than the other.
    pub(crate) fn bound(&self, one: usize, other: usize) -> i32 {
        self.most[one * self.count + other]
    }

    /// A day of which nothing is known.
    pub(crate) fn add(&mut self) -> usize {
        let (old, count) = (self.count, self.count + 1);
        let mut most = vec![FREE; count * count];
        for one in 0..old {
            most[one * count..one * count + old].copy_from_slice(&self.most[one * old..(one + 1) * old]);
        }
        most[old * count + old] = 0;
        (self.count, self.most) = (count, most);
        old
    }

    /// Goes on to a day at least `gap` days later; the place of the day before.
    pub(crate) fn pass(&mut self, gap: i32) -> usize {
        let before = self.now;
        self.now = self.add();
        self.limit(before, self.now, -gap);
        before
    }

    /// Whether the one is at most `days` later than the other, whatever days are chosen.
    pub(crate) fn implies(&self, one: usize, other: usize, days: i32) -> bool {
        self.bound(one, other) <= days
    }

    /// Whether the one can be at most `days` later than the other.
    pub(crate) fn admits(&self, one: usize, other: usize, days: i32) -> bool {
        self.bound(other, one) >= -days
    }

    /// Keeps the ways in which the one is at most `days` later than the other; `false` if there are none, and the set has no further meaning.
    pub(crate) fn limit(&mut self, one: usize, other: usize, days: i32) -> bool {
        if self.implies(one, other, days) {
            return true;
        }
        if !self.admits(one, other, days) {
            return false;
        }
        let count = self.count;
        for from in 0..count {
            let to_one = self.most[from * count + one];
            if to_one >= FREE {
                continue;
            }
            for to in 0..count {
                let on = self.most[other * count + to];
                if on < FREE {
                    let through = to_one + days + on;
                    let known = &mut self.most[from * count + to];
                    *known = (*known).min(through);
                }
            }
        }
        true
    }

    /// Drops the days that no clock has, and what lies further back than any clock is asked for: `longest` days by clock.
    pub(crate) fn reduce(&mut self, longest: &[i32]) {
        let mut places: Vec<usize> = vec![self.now];
        let mut reach: Vec<i32> = vec![0];
        for (clock, longest) in self.clocks.iter_mut().zip(longest) {
            if *clock == NONE {
                continue;
            }
            let place = usize::from(*clock);
            let same = |known: &usize| {
                self.most[known * self.count + place] == 0 && self.most[place * self.count + known] == 0
            };
            let known = places.iter().position(same).unwrap_or(places.len());
            if known == places.len() {
                places.push(place);
                reach.push(0);
            }
            reach[known] = reach[known].max(*longest);
            *clock = u8::try_from(known).unwrap_or(NONE);
        }
        let bounds = places.iter().flat_map(|one| places.iter().map(|other| self.bound(*one, *other)));
        let most: Vec<i32> = bounds.collect();
        (self.most, self.count, self.now) = (most, places.len(), 0);
        self.blur(&reach);
    }

    /// What is further back than any period is long is all the same.
    fn blur(&mut self, reach: &[i32]) {
        let count = self.count;
        // A day that may still be to come has to be kept as it is.
        let is_past: Vec<bool> = (0..count).map(|place| self.implies(place, self.now, 0)).collect();
        let mut changed = false;
        for one in (0..count).filter(|one| is_past[*one]) {
            for other in (0..count).filter(|other| *other != one && is_past[*other]) {
                // How much longer ago the other is than the one.
                let bound = &mut self.most[one * count + other];
                let new = if *bound >= FREE {
                    *bound
                } else if *bound > reach[other] {
                    FREE
                } else {
                    (*bound).max(-reach[one] - 1)
                };
                changed |= new != *bound;
                *bound = new;
            }
        }
        if changed {
            self.close();
        }
    }

    fn close(&mut self) {
        let count = self.count;
        for by in 0..count {
            for from in 0..count {
                let first = self.most[from * count + by];
                if first >= FREE {
                    continue;
                }
                for to in 0..count {
                    let second = self.most[by * count + to];
                    if second < FREE {
                        let known = &mut self.most[from * count + to];
                        *known = (*known).min(first + second);
                    }
                }
            }
        }
    }

    /// Whether every way of choosing days in the other set is one of this set. Both are reduced.
    pub(crate) fn holds(&self, other: &Days) -> bool {
        if self.clocks == other.clocks && self.count == other.count {
            return self.most.iter().zip(&other.most).all(|(mine, other)| mine >= other);
        }
        // Clocks that share a day in one of the sets need not in the other.
        let places = |days: &Days| -> Vec<Option<usize>> {
            std::iter::once(Some(days.now)).chain((0..days.clocks.len()).map(|clock| days.clock(clock))).collect()
        };
        let (mine, others) = (places(self), places(other));
        let both = || mine.iter().zip(&others);
        both().all(|(one, other)| one.is_some() == other.is_some())
            && both().all(|(mine_one, other_one)| {
                both().all(|(mine_other, other_other)| match (mine_one, mine_other, other_one, other_other) {
                    (Some(a), Some(b), Some(c), Some(d)) => self.bound(*a, *b) >= other.bound(*c, *d),
                    _ => true,
                })
            })
    }

    /// The earliest choice of days, counted from the day at a place, by place. A day that nothing bounds from below is left at that day.
    pub(crate) fn earliest(&self, from: usize) -> Vec<i32> {
        let least = |place: usize| {
            let bound = self.bound(from, place);
            if bound >= FREE { None } else { Some(-bound) }
        };
        (0..self.count).map(|place| least(place).unwrap_or(0)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::{Days, FREE};

    #[test]
    fn a_contradiction_is_seen_and_bounds_follow_from_each_other() {
        let mut days = Days::new(1);
        days.set(0, 0);
        let first = days.pass(3);
        assert!(days.limit(days.now(), first, 5));
        let second = days.now();
        days.pass(1);
        assert_eq!(days.bound(first, days.now()), -4);
        assert_eq!(days.bound(days.now(), first), FREE);
        assert!(!days.admits(days.now(), first, 3));
        assert!(days.limit(days.now(), first, 4));
        assert_eq!((days.bound(second, first), days.bound(first, second)), (3, -3));
        assert_eq!(days.earliest(first), [0, 3, 4]);
    }

    #[test]
    fn what_is_long_past_is_all_the_same() {
        let at = |later: i32| {
            let mut days = Days::new(1);
            days.set(0, 0);
            let first = days.pass(later);
            assert!(days.limit(days.now(), first, later));
            days.reduce(&[10]);
            days
        };
        assert_eq!(at(11), at(300));
        assert_ne!(at(10), at(11));
        assert!(!at(10).holds(&at(11)) && at(9).holds(&at(9)));
    }
}
