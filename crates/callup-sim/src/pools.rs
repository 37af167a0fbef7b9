//! Pools of the willing: budgets of hazard in order, and how far they are used up.
//!
//! This file knows no person, no contract and no law.

use serde::{Deserialize, Serialize};

/// Those of a district who may sign one contract by one channel within the run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pool {
    /// Budgets, ascending, with the rows.
    pub(crate) waiting: Vec<(u64, u32)>,
    /// How far the pool is used up.
    pub(crate) used: Used,
}

/// How far a pool is used up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Used {
    /// How many have gone on the agenda.
    next: u32,
    /// Hazard that has passed.
    passed: u64,
}

impl Pool {
    /// Lets a hazard pass over some days: who signs on which of them, from 0.
    pub(crate) fn pass(&mut self, hazard: u64, days: u64, due: &mut Vec<(u64, u32)>) {
        let upto = self.used.passed.saturating_add(hazard);
        while let Some((budget, row)) = self.waiting.get(self.used.next as usize).copied().filter(|one| one.0 <= upto) {
            let into = u128::from(budget.saturating_sub(self.used.passed));
            let day = (into * u128::from(days)).div_ceil(u128::from(hazard.max(1))).saturating_sub(1) as u64;
            due.push((day.min(days.saturating_sub(1)), row));
            self.used.next += 1;
        }
        self.used.passed = upto;
    }

    /// Whether what was saved can be of this pool.
    pub(crate) fn fits(&self, used: Used) -> bool {
        let next = used.next as usize;
        let before =
            next.checked_sub(1).map_or(Some(true), |last| self.waiting.get(last).map(|one| one.0 <= used.passed));
        before == Some(true) && self.waiting.get(next).is_none_or(|one| one.0 > used.passed)
    }
}

#[cfg(test)]
mod tests;
