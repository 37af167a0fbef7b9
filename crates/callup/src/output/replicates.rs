//! The same run with other chance: where each line and each week lies over the replicates, in how many a line is beyond a bound, and what all of them
//! make of the published figures.
//!
//! Of the other runs no more is kept than is told here. This file runs nothing.

use super::Made;
use super::headline::HeadlineLine;
use super::receipt::ReplicateLine;
use super::series::WEEK_DAYS;
use super::table::{Table, Values};
use super::tables::{day_of, expanded, new_table};
use crate::input::validation::Figure;
use crate::interval::Interval;
use crate::judging::{Checked, judge_statements};
use crate::prepare::Prepared;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Name of the table.
pub const FILE_NAME: &str = "replicates.parquet";

/// Of how many runs one may lie at or under the bound of "in 9 of 10 replicates more than".
const ONE_IN: usize = 10;

/// Digits of that bound: a round number is easier to keep in mind and claims no more than replicates can know.
const DIGITS: u32 = 2;

/// Where a line lies over the replicates.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OverReplicates {
    /// Of the number at scale 1; those replicates are left out in which there is none.
    pub interval: Option<Interval>,
    /// Of the share.
    pub share: Option<Interval>,
    /// How many lie beyond a bound.
    pub more_than: Option<MoreThan>,
}

/// In so many of so many replicates the number is greater than the bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MoreThan {
    /// The bound: the greatest number of two digits under the number that nine tenths of the replicates reach; 0 if that is 0.
    pub bound: u64,
    /// Replicates beyond it, counted.
    pub replicates: usize,
    /// All of them.
    pub of: usize,
}

impl MoreThan {
    /// What these numbers allow to be said; nothing of fewer than two.
    #[must_use]
    pub fn of(numbers: &[u64]) -> Option<MoreThan> {
        let mut sorted = numbers.to_vec();
        sorted.sort_unstable();
        let reached = *sorted.get(sorted.len() / ONE_IN).filter(|_| sorted.len() > 1)?;
        let bound = round_under(reached);
        let replicates = sorted.iter().filter(|number| **number > bound).count();
        Some(MoreThan { bound, replicates, of: sorted.len() })
    }

    /// As people read it, before the words of the line.
    #[must_use]
    pub fn words(&self) -> String {
        let bound = super::words::grouped(self.bound);
        match self.replicates {
            0 => format!("in none of {} replicates more than {bound}", self.of),
            all if all == self.of => format!("in each of {} replicates more than {bound}", self.of),
            some => format!("in {some} of {} replicates more than {bound}", self.of),
        }
    }
}

/// The greatest number of two digits and noughts that is less than this one; 0 for 0.
fn round_under(number: u64) -> u64 {
    let under = number.saturating_sub(1);
    let digits = under.checked_ilog10().map_or(1, |power| power + 1);
    under - under % 10_u64.pow(digits.saturating_sub(DIGITS))
}

/// What one run says.
#[derive(Clone, Debug)]
pub struct Replicate {
    /// Seed and identity.
    pub line: ReplicateLine,
    /// Its lines.
    pub headline: Vec<HeadlineLine>,
    /// National columns of the daily table by whole weeks, at the scale of the run.
    pub weeks: BTreeMap<String, Vec<u64>>,
    /// What it has beside each figure that is published of the scenario.
    pub held: Vec<Checked>,
}

/// The figures that are published of a scenario.
#[must_use]
pub fn figures(prepared: &Prepared) -> &[Figure] {
    prepared.published.as_ref().map_or(&[], |published| &published.figures)
}

/// A run and those that differ from it in nothing but their chance.
#[derive(Clone, Debug)]
pub struct Replicates {
    /// The run itself first.
    runs: Vec<Replicate>,
    scale: f64,
}

/// The lowest, middle and highest value of each week, at scale 1.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Band {
    /// Lower bounds.
    pub low: Vec<u64>,
    /// Middles.
    pub median: Vec<u64>,
    /// Upper bounds.
    pub high: Vec<u64>,
}

impl Replicates {
    /// A run and the others, of this scale.
    #[must_use]
    pub fn new(first: Replicate, others: Vec<Replicate>, scale: f64) -> Replicates {
        Replicates { runs: std::iter::once(first).chain(others).collect(), scale }
    }

    /// All of them, where there is more than the run itself.
    #[must_use]
    pub fn several(&self) -> Option<&[Replicate]> {
        (self.runs.len() > 1).then_some(&self.runs)
    }

    /// What a receipt says of them.
    #[must_use]
    pub fn lines(&self) -> Vec<ReplicateLine> {
        self.several().unwrap_or_default().iter().map(|run| run.line.clone()).collect()
    }

    /// The lines of the run, each with where it lies over the replicates.
    #[must_use]
    pub fn beside(&self, headline: Vec<HeadlineLine>) -> Vec<HeadlineLine> {
        if self.several().is_none() {
            return headline;
        }
        let beside = |line: HeadlineLine| HeadlineLine { replicates: Some(self.over(&line.id)), ..line };
        headline.into_iter().map(beside).collect()
    }

    fn over(&self, id: &str) -> OverReplicates {
        let lines = || self.runs.iter().filter_map(|run| run.headline.iter().find(|line| line.id == id));
        let numbers: Vec<u64> = lines().filter_map(|line| line.expanded).collect();
        let shares: Vec<f64> = lines().filter_map(|line| line.share).collect();
        let interval = Interval::of(&numbers.iter().map(|number| *number as f64).collect::<Vec<_>>());
        OverReplicates { interval, share: Interval::of(&shares), more_than: MoreThan::of(&numbers) }
    }

    /// Where the weeks of a column of the daily table lie; none of a single run.
    #[must_use]
    pub fn band(&self, column: &str) -> Option<Band> {
        let columns: Vec<&Vec<u64>> = self.several()?.iter().filter_map(|run| run.weeks.get(column)).collect();
        let mut band = Band::default();
        for week in 0..columns.iter().map(|weeks| weeks.len()).min()? {
            let values: Vec<f64> = columns.iter().map(|weeks| expanded(weeks[week], self.scale) as f64).collect();
            // Counts of a nation are whole and far below 2^53, so they come back as they went in.
            let Interval { low, median, high, .. } = Interval::of(&values)?;
            band.low.push(low as u64);
            band.median.push(median as u64);
            band.high.push(high as u64);
        }
        Some(band)
    }

    /// Whether anything of a column ever happened in any of them.
    #[must_use]
    pub fn has(&self, column: &str) -> bool {
        self.runs.iter().filter_map(|run| run.weeks.get(column)).flatten().any(|value| *value > 0)
    }

    /// The published figures beside all of them, as the checks have it.
    #[must_use]
    pub fn checked(&self, prepared: &Prepared) -> Vec<Checked> {
        let mut checked: Vec<Checked> = figures(prepared).iter().cloned().map(Checked::of).collect();
        for run in &self.runs {
            for (one, of_run) in checked.iter_mut().zip(&run.held) {
                one.held.extend(&of_run.held);
                one.by_day.extend(of_run.by_day.iter().cloned());
            }
        }
        judge_statements(&mut checked);
        checked
    }
}

/// A row of the table.
struct Row<'r> {
    run: (u64, u64),
    week_ends: Option<i32>,
    name: &'r str,
    unit: &'r str,
    value: Option<u64>,
    expanded: Option<u64>,
    share: Option<f64>,
}

/// What every replicate says: its lines, then its weeks.
#[must_use]
pub fn table(made: Made<'_>) -> Table {
    let rows: Vec<Row<'_>> = made
        .replicates
        .several()
        .unwrap_or_default()
        .iter()
        .enumerate()
        .flat_map(|(place, run)| {
            let number = (place as u64 + 1, run.line.seed);
            let weeks = made.outcome.daily.columns().iter().flat_map(move |column| weeks(made, number, run, column));
            lines(number, run).chain(weeks)
        })
        .collect();
    let mut out =
        new_table(made.prepared, "Lines and weeks of every replicate; a row without a day is of the whole run.");
    out.push("replicate", "number", "1 is this run.", Values::Counts(rows.iter().map(|row| row.run.0).collect()));
    out.push("seed", "number", "Seed of all its chance.", Values::Counts(rows.iter().map(|row| row.run.1).collect()));
    let days = rows.iter().map(|row| row.week_ends).collect();
    out.push("week_ends", "civil day", "Last day of the week.", Values::OptionalDays(days));
    let text = |of: fn(&Row<'_>) -> String| Values::Text(rows.iter().map(of).collect());
    out.push("name", "word", "Line of the headline, or column of daily.parquet.", text(|row| row.name.to_owned()));
    out.push("unit", "word", "Unit of the value.", text(|row| row.unit.to_owned()));
    let counts = |of: fn(&Row<'_>) -> Option<u64>| Values::OptionalCounts(rows.iter().map(of).collect());
    out.push(
        "value",
        "see unit",
        "At the scale of the run: of a week the sum, or what stands at its end.",
        counts(|row| row.value),
    );
    out.push("value_expanded", "see unit", "As it would be at scale 1.", counts(|row| row.expanded));
    let shares = Values::OptionalNumbers(rows.iter().map(|row| row.share).collect());
    out.push("share", "part", "Part of the line that it is a part of.", shares);
    out
}

fn lines(run: (u64, u64), replicate: &Replicate) -> impl Iterator<Item = Row<'_>> {
    replicate.headline.iter().map(move |line| {
        let HeadlineLine { id, unit, value, expanded, share, .. } = line;
        Row { run, week_ends: None, name: id, unit, value: *value, expanded: *expanded, share: *share }
    })
}

fn weeks<'r>(
    made: Made<'r>,
    run: (u64, u64),
    replicate: &'r Replicate,
    column: &'r callup_sim::indicators::Column,
) -> impl Iterator<Item = Row<'r>> {
    let scale = made.prepared.scenario.scale;
    let row = move |(week, value): (usize, &u64)| Row {
        run,
        week_ends: Some(day_of(made.prepared, (week * WEEK_DAYS + WEEK_DAYS - 1) as u16)),
        name: &column.name,
        unit: column.unit,
        value: Some(*value),
        expanded: Some(expanded(*value, scale)),
        share: None,
    };
    replicate.weeks.get(&column.name).into_iter().flatten().enumerate().map(row)
}

#[cfg(test)]
mod tests;
