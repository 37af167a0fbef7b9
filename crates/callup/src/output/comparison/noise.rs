//! What each world differs by from the first, person by person, and how much of it may be chance.
//!
//! With one replicate the noise is judged by those who differ: if either side were equally likely for each of them, the difference would have the
//! square root of their number as its standard error (McNemar). With more the replicates tell it. This file knows no law.

use super::Compared;
use crate::worlds::Worlds;
use callup_sim::compare::Comparison;
use callup_sim::compare::paired::{Cell, Quantity};
use serde::{Deserialize, Serialize};

/// Beyond how many standard errors a difference is called one: the usual two, by which one in twenty is wrong.
const STANDARD_ERRORS: f64 = 2.0;

/// The nation's counts of one replicate: by world but the first, then quantity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replicate {
    /// Counts.
    pub cells: Vec<Vec<Cell>>,
}

impl Replicate {
    /// Takes them out of a comparison.
    #[must_use]
    pub fn of(worlds: &Worlds, comparison: &Comparison) -> Replicate {
        let pairs = &comparison.pairs[..worlds.names.len() - 1];
        let of_pair = |pair: &callup_sim::compare::Pair| {
            (0..Quantity::all().len()).map(|place| pair.persons.cell(place, None, None)).collect()
        };
        Replicate { cells: pairs.iter().map(of_pair).collect() }
    }
}

/// What one world differs by from the first. Counts are raw, at the scale of the run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Figure {
    /// The world that is held against the first.
    pub world: String,
    /// Quantity, a mark of persons or an indicator that counts them.
    pub name: String,
    /// What it says.
    pub definition: String,
    /// Persons in the first world.
    pub first: u64,
    /// Persons in the other.
    pub other: u64,
    /// In both.
    pub both: u64,
    /// In the first alone.
    pub first_only: u64,
    /// In the other alone.
    pub other_only: u64,
    /// Mean of the difference (other less first) over the replicates.
    pub difference: f64,
    /// Standard error of it.
    pub standard_error: f64,
    /// In how many replicates the difference has the sign of the mean.
    pub replicates_agreeing: u64,
    /// How many unpaired runs would know the difference as well as one pair; none from a single replicate.
    pub unpaired_runs_for_one: Option<f64>,
    /// Whether the difference is within what chance alone may bring about.
    pub is_within_noise: bool,
}

/// Every figure in which somebody is counted.
#[must_use]
pub fn figures(all: &Compared<'_>) -> Vec<Figure> {
    let mut list = Vec::new();
    for (world, pair) in all.others() {
        for (place, quantity) in Quantity::all().iter().enumerate() {
            let cells: Vec<Cell> = all.replicates.iter().map(|replicate| replicate.cells[pair][place]).collect();
            let own = cells[0];
            if own.both + own.first_only + own.other_only > 0 {
                list.push(figure(&all.worlds.names[world], quantity, &cells));
            }
        }
    }
    list
}

fn figure(world: &str, quantity: &Quantity, cells: &[Cell]) -> Figure {
    let own = cells[0];
    let differences: Vec<f64> = cells.iter().map(|cell| cell.difference() as f64).collect();
    let (difference, spread) = (mean(&differences), variance(&differences));
    let standard_error = match spread {
        None => ((own.first_only + own.other_only) as f64).sqrt(),
        Some(spread) => (spread / cells.len() as f64).sqrt(),
    };
    let counts = |count: fn(&Cell) -> u64| cells.iter().map(|cell| count(cell) as f64).collect::<Vec<_>>();
    let alone = [counts(|cell| cell.both + cell.first_only), counts(|cell| cell.both + cell.other_only)];
    let unpaired: Option<f64> = alone.iter().map(|counts| variance(counts)).sum();
    let saved = unpaired.zip(spread).filter(|(_, paired)| *paired > 0.0).map(|(unpaired, paired)| unpaired / paired);
    let agreeing = differences.iter().filter(|one| **one * difference > 0.0 || **one == difference).count();
    Figure {
        world: world.to_owned(),
        name: quantity.name.to_owned(),
        definition: quantity.definition.to_owned(),
        first: own.both + own.first_only,
        other: own.both + own.other_only,
        both: own.both,
        first_only: own.first_only,
        other_only: own.other_only,
        difference,
        standard_error,
        replicates_agreeing: agreeing as u64,
        unpaired_runs_for_one: saved,
        is_within_noise: difference.abs() < STANDARD_ERRORS * standard_error || difference == 0.0,
    }
}

fn mean(numbers: &[f64]) -> f64 {
    numbers.iter().sum::<f64>() / numbers.len() as f64
}

/// Variance of a sample; none of a single number.
fn variance(numbers: &[f64]) -> Option<f64> {
    let mean = mean(numbers);
    let squares: f64 = numbers.iter().map(|number| (number - mean).powi(2)).sum();
    (numbers.len() > 1).then(|| squares / (numbers.len() - 1) as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quantity() -> Quantity {
        Quantity::all()[0]
    }

    fn cell(both: u64, first_only: u64, other_only: u64) -> Cell {
        Cell { both, first_only, other_only, neither: 100 }
    }

    #[test]
    fn of_one_pair_those_who_differ_tell_the_noise() {
        let even = figure("b", &quantity(), &[cell(10, 8, 8)]);
        assert_eq!((even.difference, even.standard_error, even.is_within_noise), (0.0, 4.0, true));
        let small = figure("b", &quantity(), &[cell(10, 5, 11)]);
        assert!(small.is_within_noise, "six of sixteen is less than two standard errors of four");
        let clear = figure("b", &quantity(), &[cell(10, 0, 16)]);
        assert!(!clear.is_within_noise);
        assert_eq!((clear.first, clear.other, clear.unpaired_runs_for_one), (10, 26, None));
    }

    #[test]
    fn replicates_tell_the_noise_and_what_pairing_saves() {
        // Differences 4, 6; counts of the first 10, 20 and of the other 14, 26.
        let two = figure("b", &quantity(), &[cell(10, 0, 4), cell(20, 0, 6)]);
        assert_eq!((two.difference, two.standard_error), (5.0, 1.0));
        assert_eq!(two.unpaired_runs_for_one, Some((50.0 + 72.0) / 2.0));
        assert_eq!((two.replicates_agreeing, two.is_within_noise), (2, false));
        let torn = figure("b", &quantity(), &[cell(10, 0, 4), cell(10, 3, 0)]);
        assert_eq!((torn.difference, torn.replicates_agreeing, torn.is_within_noise), (0.5, 1, true));
    }
}
