//! National series for charts and tables: weekly sums of flows, daily stocks, brought to scale 1.
//!
//! Columns are found by their names; one that the run does not have gives an empty series. This file knows no chart and no page.

use super::tables::expanded;
use crate::prepare::Prepared;
use callup_sim::{Daily, Outcome};

/// Days of a week.
pub const WEEK_DAYS: usize = 7;

/// What is counted of each whole week, from the values of its days: of a flow the sum, of a stock what stands at the end.
#[must_use]
pub fn whole_weeks(days: usize, is_flow: bool, value: &dyn Fn(usize) -> u64) -> Vec<u64> {
    let of_week = |week: usize| {
        let own = week * WEEK_DAYS..(week + 1) * WEEK_DAYS;
        if is_flow { own.map(value).sum() } else { value(own.end - 1) }
    };
    (0..days / WEEK_DAYS).map(of_week).collect()
}

/// A name for people and a value for each step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Series {
    /// What it counts.
    pub label: String,
    /// Day of the run (from 0) and value at scale 1.
    pub points: Vec<(u16, u64)>,
}

impl Series {
    /// The largest value.
    #[must_use]
    pub fn max(&self) -> u64 {
        self.points.iter().map(|point| point.1).max().unwrap_or(0)
    }

    /// The last value.
    #[must_use]
    pub fn last(&self) -> u64 {
        self.points.last().map_or(0, |point| point.1)
    }
}

/// What series are taken from.
#[derive(Clone, Copy, Debug)]
pub struct Counters<'a> {
    daily: &'a Daily,
    scale: f64,
}

impl<'a> Counters<'a> {
    /// The counters of a run.
    #[must_use]
    pub fn of(prepared: &Prepared, outcome: &'a Outcome) -> Counters<'a> {
        Counters { daily: &outcome.daily, scale: prepared.scenario.scale }
    }

    /// A flow summed by whole weeks, each at its last day. A rest of less than a week is left out: it would look like a fall.
    #[must_use]
    pub fn weekly(&self, label: &str, columns: &[&str]) -> Series {
        let days: Vec<u64> = (0..self.daily.days()).map(|day| self.national(day, columns)).collect();
        let weeks = days.chunks_exact(WEEK_DAYS).enumerate();
        let points = weeks
            .map(|(week, flow)| ((week * WEEK_DAYS + WEEK_DAYS - 1) as u16, expanded(flow.iter().sum(), self.scale)));
        Series { label: label.into(), points: points.collect() }
    }

    /// A flow over the whole run.
    #[must_use]
    pub fn total(&self, column: &str) -> u64 {
        expanded(self.daily.column(column).map_or(0, |place| self.daily.total(place)), self.scale)
    }

    /// A flow summed from the first day on.
    #[must_use]
    pub fn cumulative(&self, label: &str, columns: &[&str]) -> Series {
        let mut sum = 0;
        let points = (0..self.daily.days()).map(|day| {
            sum += self.national(day, columns);
            (day as u16, expanded(sum, self.scale))
        });
        Series { label: label.into(), points: points.collect() }
    }

    /// A stock at the end of each day.
    #[must_use]
    pub fn stock(&self, label: &str, column: &str) -> Series {
        let points =
            (0..self.daily.days()).map(|day| (day as u16, expanded(self.national(day, &[column]), self.scale)));
        Series { label: label.into(), points: points.collect() }
    }

    /// A flow of a region over the whole run.
    #[must_use]
    pub fn regional_total(&self, region: usize, column: &str) -> u64 {
        let place = self.daily.column(column);
        let sum = place.map_or(0, |place| (0..self.daily.days()).map(|day| self.daily.value(day, region, place)).sum());
        expanded(sum, self.scale)
    }

    /// How a column is defined; empty if the run has no such column.
    #[must_use]
    pub fn definition(&self, column: &str) -> &'a str {
        self.daily.column(column).map_or("", |place| &self.daily.columns()[place].definition)
    }

    fn national(&self, day: usize, columns: &[&str]) -> u64 {
        columns.iter().filter_map(|name| self.daily.column(name)).map(|place| self.daily.national(day, place)).sum()
    }
}
