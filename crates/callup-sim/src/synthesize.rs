//! Margins to people: fit a table of regions by ages to its margins, round it to whole men, deal them to districts, draw each.
//!
//! The fit is iterative proportional fitting and is reported as it is. Rounding keeps regional and national totals both exact. This file knows no
//! file, no law and no day of a run.

mod round;
#[cfg(test)]
mod tests;

use crate::margins::{ADULT, CELLS, Margins, RegionMargin, SINGLE_YEARS};
use crate::people::{Layout, LayoutError, OLDEST_AGE, People, PopulationParameters, RegionPlan};
use crate::random::Draws;
pub use round::{Rounded, apportion, round_table};

/// The fit stops when no margin is off by more than this part of itself: less than one man in the largest region.
const TOLERANCE: f64 = 1e-8;
/// Or after so many rounds.
const ROUNDS_AT_MOST: u32 = 2_000;

/// Most districts of a nation: their offices would need more memory than their people.
pub const DISTRICTS_MAX: u64 = 1 << 16;
/// Persons that rows can number.
const MEN_MAX: f64 = u32::MAX as f64;

/// What a scenario asks of a synthesis.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SynthesisPlan {
    /// People for each real one; above 0, at most 1 (what lies outside is taken as the nearer end).
    pub scale: f64,
    /// Inhabitants for one district where the number of draft commissions is not published; at least 1 is taken.
    pub inhabitants_per_district: f64,
    /// The seed of all chance.
    pub seed: u64,
}

/// How far the fitted table is from one of its margins.
#[derive(Clone, Debug, PartialEq)]
pub struct MarginDeviation {
    /// Which margin.
    pub margin: &'static str,
    /// Largest deviation, as a part of the target.
    pub largest: f64,
    /// Where: an ISO code of a region, or an age.
    pub at: String,
}

/// How well the synthesis fits.
#[derive(Clone, Debug, PartialEq)]
pub struct FitReport {
    /// Rounds of fitting.
    pub rounds: u32,
    /// Whether the tolerance was reached.
    pub converged: bool,
    /// The margins after the last round.
    pub deviations: Vec<MarginDeviation>,
    /// Men of 16 to 64 in the fitted table.
    pub fitted_men: f64,
    /// Men synthesised.
    pub synthesised_men: u32,
    /// Cells that were rounded further than to a neighbouring whole number, so that all totals hold.
    pub cells_moved_further: u32,
    /// Men by whom totals of a region or an age still miss; 0 where both hold exactly.
    pub men_missing: u32,
    /// Districts.
    pub districts: u32,
}

/// Synthesises the people of a country, on the caller's threads.
///
/// # Errors
/// If the rows cannot be laid out: more than 4,294,967,295 men, more than [`DISTRICTS_MAX`] districts, people born outside the calendar.
pub fn synthesize(
    margins: &Margins,
    plan: SynthesisPlan,
    parameters: &PopulationParameters,
) -> Result<(People, FitReport), LayoutError> {
    let (layout, report) = lay_out(margins, plan)?;
    let people = People::draw(layout, margins.reference_year, parameters, &Draws::new(plan.seed))?;
    Ok((people, report))
}

/// The layout of a synthesis without drawing anybody: who would be where.
///
/// # Errors
/// As [`synthesize`].
pub fn lay_out(margins: &Margins, plan: SynthesisPlan) -> Result<(Layout, FitReport), LayoutError> {
    let first_birth_year = margins.reference_year.checked_sub(1 + u16::from(OLDEST_AGE));
    let first_birth_year = first_birth_year.ok_or(LayoutError::NoCohort(margins.reference_year))?;
    let districts = margins.regions.iter().map(|region| districts_of(region, plan.inhabitants_per_district));
    if districts.fold(0, u64::saturating_add) > DISTRICTS_MAX {
        return Err(LayoutError::TooManyDistricts);
    }
    let fit = fit(margins);
    let rounded = scaled_counts(margins, &fit.table, plan.scale)?;
    let plans: Vec<RegionPlan> = margins
        .regions
        .iter()
        .zip(&rounded.counts)
        .map(|(region, counts)| region_plan(region, counts, plan.inhabitants_per_district))
        .collect();
    let layout = Layout::new(&plans, first_birth_year, SINGLE_YEARS as u16)?;
    let report = FitReport {
        rounds: fit.rounds,
        converged: fit.converged,
        deviations: deviations(margins, &fit.table),
        fitted_men: fit.table.iter().fold(0.0, |sum, row| sum + total(&row[..SINGLE_YEARS])),
        synthesised_men: layout.len(),
        cells_moved_further: rounded.cells_moved_further,
        men_missing: rounded.missing,
        districts: layout.districts(),
    };
    Ok((layout, report))
}

struct Fit {
    table: Vec<[f64; CELLS]>,
    rounds: u32,
    converged: bool,
}

/// Regions by cells, fitted in turn to men of 18 and over, to men of working age, and last to the national ages, which therefore hold exactly.
fn fit(margins: &Margins) -> Fit {
    let mut table: Vec<[f64; CELLS]> = margins.regions.iter().map(|region| region.start).collect();
    let working = margins.working_age_cells();
    for rounds in 1..=ROUNDS_AT_MOST {
        for (row, region) in table.iter_mut().zip(&margins.regions) {
            scale_to(&mut row[ADULT..], region.men_18_plus);
            scale_to(&mut row[..working], region.men_working_age);
        }
        fit_ages(&mut table, &margins.national);
        let converged = deviations(margins, &table).iter().all(|margin| margin.largest <= TOLERANCE);
        if converged || rounds == ROUNDS_AT_MOST {
            return Fit { table, rounds, converged };
        }
    }
    Fit { table, rounds: 0, converged: false }
}

fn scale_to(cells: &mut [f64], target: f64) {
    let now = total(cells);
    if now > 0.0 {
        cells.iter_mut().for_each(|cell| *cell *= target / now);
    }
}

fn fit_ages(table: &mut [[f64; CELLS]], national: &[f64; CELLS]) {
    for (cell, &target) in national.iter().enumerate() {
        let now = table.iter().fold(0.0, |sum, row| sum + row[cell]);
        if now > 0.0 {
            table.iter_mut().for_each(|row| row[cell] *= target / now);
        }
    }
}

fn deviations(margins: &Margins, table: &[[f64; CELLS]]) -> Vec<MarginDeviation> {
    let working = margins.working_age_cells();
    let rows = || margins.regions.iter().zip(table);
    let adults = rows().map(|(region, row)| (region.iso_code.clone(), total(&row[ADULT..]), region.men_18_plus));
    let workers = rows().map(|(region, row)| (region.iso_code.clone(), total(&row[..working]), region.men_working_age));
    let ages = margins.national.iter().enumerate().map(|(cell, &target)| {
        let now = table.iter().fold(0.0, |sum, row| sum + row[cell]);
        (format!("age {}", cell + 16), now, target)
    });
    vec![
        largest("men of 18 and over by region", adults),
        largest("men of working age by region", workers),
        largest("men by single year of age", ages),
    ]
}

fn largest(margin: &'static str, of: impl Iterator<Item = (String, f64, f64)>) -> MarginDeviation {
    let mut worst = MarginDeviation { margin, largest: 0.0, at: String::new() };
    for (at, now, target) in of.filter(|(_, _, target)| *target > 0.0) {
        let off = (now / target - 1.0).abs();
        if off > worst.largest {
            worst = MarginDeviation { margin, largest: off, at };
        }
    }
    worst
}

/// Whole men in each region and single year at a scale, with whole totals by region and by age.
fn scaled_counts(margins: &Margins, table: &[[f64; CELLS]], scale: f64) -> Result<Rounded, LayoutError> {
    let scale = if scale > 0.0 { scale.min(1.0) } else { 0.0 };
    let cells: Vec<Vec<f64>> =
        table.iter().map(|row| row[..SINGLE_YEARS].iter().map(|men| men * scale).collect()).collect();
    let all = cells.iter().fold(0.0, |sum, row| sum + total(row));
    let ages: Vec<f64> = margins.national[..SINGLE_YEARS].iter().map(|men| men * scale).collect();
    // A fit that did not come to rest may have more men by one margin than by the other.
    if !(all < MEN_MAX && total(&ages) < MEN_MAX) {
        return Err(LayoutError::TooMany);
    }
    let men = (all + 0.5) as u32;
    let regions: Vec<f64> = cells.iter().map(|row| total(row)).collect();
    Ok(round_table(&cells, &apportion(&regions, men), &apportion(&ages, men)))
}

/// The persons of each (region, birth year) go to the districts in contiguous ranges of serials, as evenly as whole numbers allow.
fn region_plan(region: &RegionMargin, by_age: &[u32], inhabitants_per_district: f64) -> RegionPlan {
    let districts = districts_of(region, inhabitants_per_district);
    let part = |count: u32, district: u64| (u64::from(count) * district / districts) as u32;
    // Birth years ascend, so ages descend.
    let of_district =
        |district| by_age.iter().rev().map(|&men| part(men, district + 1) - part(men, district)).collect();
    RegionPlan {
        code: region.code,
        iso_code: region.iso_code.clone(),
        inhabitants: region.inhabitants,
        districts: (0..districts).map(of_district).collect(),
    }
}

/// The published number, or one for so many inhabitants, rounded, at least one.
fn districts_of(region: &RegionMargin, inhabitants_per_district: f64) -> u64 {
    let by_rule = (f64::from(region.inhabitants) / inhabitants_per_district.max(1.0) + 0.5) as u64;
    region.commissions.map_or(by_rule, u64::from).max(1)
}

/// A sum in fixed order.
fn total(values: &[f64]) -> f64 {
    values.iter().fold(0.0, |sum, value| sum + value)
}
