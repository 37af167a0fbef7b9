//! Where the numbers of several runs lie that differ in nothing but their chance: one rule for the page, the terminal and every question.
//!
//! It knows no run.

use serde::{Deserialize, Serialize};

/// Where the numbers of several runs lie that differ in nothing but their chance.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Interval {
    /// How many runs.
    pub replicates: usize,
    /// Which bounds.
    pub bounds: Bounds,
    /// Lower bound.
    pub low: f64,
    /// The number in the middle; the upper one where two are, so that it is always that of a run.
    pub median: f64,
    /// Upper bound.
    pub high: f64,
}

/// Which bounds an interval has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Bounds {
    /// The least and the greatest of fewer than forty.
    #[serde(rename = "min_max")]
    LeastAndGreatest,
    /// The percentiles 2.5 and 97.5 of forty and more.
    #[serde(rename = "p2_5_to_p97_5")]
    Percentiles,
}

impl Bounds {
    /// As people read them.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Bounds::LeastAndGreatest => "least and greatest",
            Bounds::Percentiles => "2.5 to 97.5 percentiles",
        }
    }
}

/// From how many numbers on percentiles say more than the least and the greatest.
const ENOUGH: usize = 40;

impl Interval {
    /// The interval of these numbers; none of fewer than two.
    #[must_use]
    pub fn of(numbers: &[f64]) -> Option<Interval> {
        let mut sorted = numbers.to_vec();
        sorted.sort_by(f64::total_cmp);
        let replicates = sorted.len();
        if replicates < 2 {
            return None;
        }
        let (bounds, left_out) =
            if replicates < ENOUGH { (Bounds::LeastAndGreatest, 0) } else { (Bounds::Percentiles, replicates / 40) };
        // The nearest rank: a fortieth of the numbers lies on either side, at most.
        let (low, high) = (sorted[left_out], sorted[replicates - 1 - left_out]);
        Some(Interval { replicates, bounds, low, median: sorted[replicates / 2], high })
    }
}
