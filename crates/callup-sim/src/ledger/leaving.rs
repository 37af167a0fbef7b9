//! Leaving the unit (M16): cases, the capacity of courts, verdicts, and the suspended share that goes back to the unit.
//!
//! A man who left is absent until his verdict or, without a case, until he comes back. This file knows numbers of men, no law and no person.

use super::credit::{Credit, Rate};
use super::service::{Kind, scaled};
use super::step_at;
use crate::scenario::ledgers::Leaving;
use callup_law::calendar::Day;
use std::collections::VecDeque;

const YEAR_DAYS: f64 = 365.25;

/// Numbers of men on contract and mobilised.
type Two = [u64; 2];

const fn place(kind: Kind) -> usize {
    matches!(kind, Kind::Mobilised) as usize
}

/// Absent men and pending cases.
#[derive(Debug)]
pub struct Courts<'s> {
    leaving: &'s Leaving,
    scale: f64,
    leaves: Credit,
    to_case: [Credit; 2],
    sits: Credit,
    suspends: Credit,
    /// On which day a case is brought, and by kind how many there are with and without one.
    gone: VecDeque<(i64, [Two; 2])>,
    /// Cases in the order in which they were brought, by kind; `None` for those before the run, whose men the ledger does not hold.
    pending: VecDeque<(Option<Kind>, u64)>,
    returned: Two,
    convicted: Two,
    /// Brought, decided, suspended, today.
    today: [u64; 3],
}

impl<'s> Courts<'s> {
    /// Courts with the cases that are pending when the run begins.
    #[must_use]
    pub fn new(leaving: &'s Leaving, scale: f64) -> Courts<'s> {
        let pending = scaled(leaving.cases_at_start.value, scale);
        Courts {
            leaving,
            scale,
            leaves: Credit::default(),
            to_case: Default::default(),
            sits: Credit::default(),
            suspends: Credit::default(),
            gone: VecDeque::new(),
            pending: [(None, pending)].into_iter().filter(|line| line.1 > 0).collect(),
            returned: [0; 2],
            convicted: [0; 2],
            today: [0; 3],
        }
    }

    /// How many leave today, of so many who could.
    pub fn leaving(&mut self, serving: u64) -> u64 {
        let rate = Rate::new(self.leaving.leaves_per_year.value / YEAR_DAYS).times(serving);
        self.leaves.draw(rate).min(serving)
    }

    /// Men who have left today.
    pub fn take_in(&mut self, kind: Kind, men: u64, today: i64) {
        let cases = self.to_case[place(kind)].draw(Rate::new(self.leaving.case_share.value).times(men)).min(men);
        let due = today + self.leaving.case_days.whole() as i64;
        if self.gone.back().is_none_or(|last| last.0 != due) {
            self.gone.push_back((due, [[0; 2]; 2]));
        }
        let last = self.gone.back_mut().expect("it was just pushed");
        last.1[place(kind)] = [cases, men - cases];
    }

    /// Brings the cases that are due and, on a day on which courts sit, decides as many as they can, the oldest first.
    pub fn work(&mut self, today: i64, date: Day, sits: bool) {
        (self.returned, self.convicted, self.today) = ([0; 2], [0; 2], [0; 3]);
        while self.gone.front().is_some_and(|cohort| cohort.0 <= today) {
            let Some((_, men)) = self.gone.pop_front() else { break };
            for kind in [Kind::Contract, Kind::Mobilised] {
                let [cases, without] = men[place(kind)];
                self.returned[place(kind)] += without;
                self.today[0] += cases;
                if cases > 0 {
                    self.pending.push_back((Some(kind), cases));
                }
            }
        }
        if sits {
            let rate = Rate::new(step_at(&self.leaving.verdicts_per_day, date) * self.scale);
            let capacity = self.sits.draw(rate);
            self.decide(capacity);
        }
    }

    fn decide(&mut self, capacity: u64) {
        let mut left = capacity;
        while let Some(head) = self.pending.front_mut().filter(|_| left > 0) {
            let (kind, some) = (head.0, left.min(head.1));
            (head.1, left) = (head.1 - some, left - some);
            if head.1 == 0 {
                self.pending.pop_front();
            }
            let suspended = self.suspends.draw(Rate::new(self.leaving.suspended_share.value).times(some)).min(some);
            self.today[1] += some;
            self.today[2] += suspended;
            if let Some(kind) = kind {
                self.returned[place(kind)] += suspended;
                self.convicted[place(kind)] += some - suspended;
            }
        }
    }

    /// Men who go back to their units today.
    #[must_use]
    pub fn returned(&self, kind: Kind) -> u64 {
        self.returned[place(kind)]
    }

    /// Men who are convicted without suspension today.
    #[must_use]
    pub fn convicted(&self, kind: Kind) -> u64 {
        self.convicted[place(kind)]
    }

    /// Men who have left and are neither back nor convicted.
    #[must_use]
    pub fn absent(&self, kind: Kind) -> u64 {
        let gone: u64 = self.gone.iter().map(|cohort| cohort.1[place(kind)].iter().sum::<u64>()).sum();
        gone + self.pending.iter().filter(|line| line.0 == Some(kind)).map(|line| line.1).sum::<u64>()
    }

    /// Cases brought, verdicts, suspended ones of today; cases pending.
    #[must_use]
    pub fn counts(&self) -> [u64; 4] {
        let [brought, decided, suspended] = self.today;
        [brought, decided, suspended, self.pending.iter().map(|line| line.1).sum()]
    }
}
