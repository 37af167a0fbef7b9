//! Flows, stocks and person-days by stratum: of the nation week by week, of each region over the whole run.
//!
//! A stock that changes on a day stands from that day to the last one, so days add up in any order. This file knows no law and no person.

use crate::settings::Settings;
use crate::strata::Strata;
use crate::tally::{Columns, Observed, Tally, is_dated};
use callup_law::program::Offset;
use rayon::prelude::*;

/// Days of a week.
const WEEK: usize = 7;

/// What a cell of a table holds: for each column the flow or, of a stock, its person-days; for each stock how many stand at the end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Cell {
    /// Flows, then person-days of stocks.
    pub(crate) sums: Vec<u64>,
    /// Stocks at the end.
    pub(crate) ends: Vec<u64>,
}

/// Counts by stratum as they are folded; empty where there are no strata.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(crate) struct ByStratum {
    strata: usize,
    flows: usize,
    columns: usize,
    first: Offset,
    days: usize,
    /// By week and stratum of the nation: a flow, or by how much a stock changed.
    weekly: Vec<i64>,
    /// The same: person-days from the change of a stock to the week's end.
    weekly_days: Vec<i64>,
    /// By region and stratum: a flow, or by how much a stock changed.
    whole: Vec<i64>,
    /// The same: person-days from the change of a stock to the last day.
    whole_days: Vec<i64>,
}

impl ByStratum {
    pub(crate) fn new(columns: &Columns, settings: &Settings) -> ByStratum {
        let strata = settings.strata.list().len();
        let (flows, stocks, days) = (columns.flows(), columns.stocks(), usize::from(settings.days));
        let (weekly, whole) = (days.div_ceil(WEEK) * strata, settings.regions * strata);
        ByStratum {
            strata,
            flows,
            columns: flows + stocks,
            first: settings.first,
            days,
            weekly: vec![0; weekly * (flows + stocks)],
            weekly_days: vec![0; weekly * stocks],
            whole: vec![0; whole * (flows + stocks)],
            whole_days: vec![0; whole * stocks],
        }
    }

    /// Whether it can have been counted in the same run: as many cells, and no count above this.
    pub(crate) fn has_form_of(&self, other: &ByStratum, count_max: u64) -> bool {
        let lists = |one: &ByStratum| [one.weekly.len(), one.weekly_days.len(), one.whole.len(), one.whole_days.len()];
        let form = |one: &ByStratum| (one.strata, one.flows, one.columns, one.first, one.days, lists(one));
        let mut counts =
            [&self.weekly, &self.weekly_days, &self.whole, &self.whole_days].into_iter().flat_map(|list| list.iter());
        form(self) == form(other) && counts.all(|count| count.unsigned_abs() <= count_max)
    }

    /// The same with columns in other places: for each new one, flows and then stocks, its place here.
    pub(crate) fn refitted(&self, columns: &[Option<usize>], flows: usize) -> ByStratum {
        let stocks: Vec<Option<usize>> =
            columns[flows..].iter().map(|place| place.and_then(|place| place.checked_sub(self.flows))).collect();
        let refit = |list: &[i64], width: usize, places: &[Option<usize>]| -> Vec<i64> {
            let rows = list.chunks_exact(width.max(1));
            let cell = |row: &[i64], place: &Option<usize>| place.and_then(|place| row.get(place).copied());
            rows.flat_map(|row| places.iter().map(move |place| cell(row, place).unwrap_or(0))).collect()
        };
        let days_each = self.columns.saturating_sub(self.flows);
        ByStratum {
            flows,
            columns: columns.len(),
            weekly: refit(&self.weekly, self.columns, columns),
            weekly_days: refit(&self.weekly_days, days_each, &stocks),
            whole: refit(&self.whole, self.columns, columns),
            whole_days: refit(&self.whole_days, days_each, &stocks),
            ..*self
        }
    }

    /// The same with nothing counted.
    pub(crate) fn blank(&self) -> ByStratum {
        ByStratum {
            weekly: vec![0; self.weekly.len()],
            weekly_days: vec![0; self.weekly_days.len()],
            whole: vec![0; self.whole.len()],
            whole_days: vec![0; self.whole_days.len()],
            ..*self
        }
    }

    /// Counts what the districts of each region have observed. Regions go side by side; what a region observed in a week is added up before
    /// it is split among the tables.
    pub(crate) fn take(&mut self, strata: &Strata, of_regions: &[Vec<&Tally>]) {
        if self.strata == 0 {
            return;
        }
        let frame = Frame { strata: self.strata, flows: self.flows, columns: self.columns, first: self.first };
        let taken: Vec<Taken> = of_regions.par_iter().map(|tallies| Taken::of(frame, strata, tallies)).collect();
        for (region, taken) in taken.into_iter().enumerate() {
            for week in &taken.weeks {
                self.add(region, week);
            }
            for one in taken.others {
                for stratum in strata.places(one.stratum) {
                    self.count(stratum, region, &one);
                }
            }
        }
    }

    /// Adds what a region observed in a week to the tables of weeks and of regions.
    fn add(&mut self, region: usize, week: &Week) {
        let (of_week, of_region) = (week.week * self.strata, region * self.strata);
        for (column, row) in week.sums.chunks_exact(self.strata).enumerate() {
            for (stratum, by) in row.iter().enumerate().filter(|(_, by)| **by != 0) {
                self.weekly[(of_week + stratum) * self.columns + column] += by;
                self.whole[(of_region + stratum) * self.columns + column] += by;
            }
        }
        let (stocks, week_ends) = (self.columns - self.flows, ((week.week + 1) * WEEK).min(self.days) as i64);
        let changes = week.sums[self.flows * self.strata..].chunks_exact(self.strata);
        for (stock, (changes, days)) in changes.zip(week.days.chunks_exact(self.strata)).enumerate() {
            for (stratum, (by, days)) in changes.iter().zip(days).enumerate().filter(|(_, both)| *both != (&0, &0)) {
                self.weekly_days[(of_week + stratum) * stocks + stock] += by * week_ends - days;
                self.whole_days[(of_region + stratum) * stocks + stock] += by * self.days as i64 - days;
            }
        }
    }

    fn count(&mut self, stratum: usize, region: usize, one: &Observed) {
        let day = usize::from(one.day - self.first);
        let (column, by) = (usize::from(one.column), i64::from(one.by));
        let (of_week, of_region) = (day / WEEK * self.strata + stratum, region * self.strata + stratum);
        self.weekly[of_week * self.columns + column] += by;
        self.whole[of_region * self.columns + column] += by;
        if let Some(stock) = column.checked_sub(self.flows) {
            let stocks = self.columns - self.flows;
            let week_ends = ((day / WEEK + 1) * WEEK).min(self.days);
            self.weekly_days[of_week * stocks + stock] += by * (week_ends - day) as i64;
            self.whole_days[of_region * stocks + stock] += by * (self.days - day) as i64;
        }
    }

    /// Adds what was counted elsewhere.
    pub(crate) fn absorb(&mut self, part: &ByStratum) {
        let add = |own: &mut [i64], part: &[i64]| own.iter_mut().zip(part).for_each(|(own, part)| *own += part);
        add(&mut self.weekly, &part.weekly);
        add(&mut self.weekly_days, &part.weekly_days);
        add(&mut self.whole, &part.whole);
        add(&mut self.whole_days, &part.whole_days);
    }

    /// The weeks of a stratum in the nation, in order; only those that have begun after so many days.
    pub(crate) fn weeks(&self, stratum: usize, days: usize) -> Vec<Cell> {
        let stocks = self.columns - self.flows;
        let mut standing = vec![0_i64; stocks];
        let mut cells = Vec::new();
        for week in 0..days.div_ceil(WEEK) {
            let at = week * self.strata + stratum;
            let row = &self.weekly[at * self.columns..][..self.columns];
            let length = (self.days - week * WEEK).min(WEEK) as i64;
            let days_of = |stock: usize| standing[stock] * length + self.weekly_days[at * stocks + stock];
            let sums = row[..self.flows].iter().copied().chain((0..stocks).map(days_of)).map(whole_number).collect();
            standing.iter_mut().zip(&row[self.flows..]).for_each(|(stock, by)| *stock += by);
            cells.push(Cell { sums, ends: standing.iter().copied().map(whole_number).collect() });
        }
        cells
    }

    /// A stratum of a region over the first so many days.
    pub(crate) fn whole(&self, region: usize, stratum: usize, days: usize) -> Cell {
        let (at, stocks) = (region * self.strata + stratum, self.columns - self.flows);
        let row = &self.whole[at * self.columns..][..self.columns];
        // Of a run that was stopped, the days that it did not live through.
        let unlived = (self.days - days) as i64;
        let days_of = |stock: usize| self.whole_days[at * stocks + stock] - row[self.flows + stock] * unlived;
        Cell {
            sums: row[..self.flows].iter().copied().chain((0..stocks).map(days_of)).map(whole_number).collect(),
            ends: row[self.flows..].iter().copied().map(whole_number).collect(),
        }
    }
}

/// How what is observed is laid out.
#[derive(Clone, Copy, Debug)]
struct Frame {
    strata: usize,
    flows: usize,
    columns: usize,
    first: Offset,
}

/// What a region observed in one week, by column and stratum.
#[derive(Debug)]
struct Week {
    week: usize,
    /// A flow, or by how much a stock changed.
    sums: Vec<i64>,
    /// Of a stock the same times the day of the run on which it changed.
    days: Vec<i64>,
}

/// What a region observed since the last fold.
#[derive(Debug, Default)]
struct Taken {
    weeks: Vec<Week>,
    /// What belongs to another week than the one in which it came to be known.
    others: Vec<Observed>,
}

impl Taken {
    fn of(frame: Frame, strata: &Strata, tallies: &[&Tally]) -> Taken {
        let mut taken = Taken::default();
        for one in tallies.iter().flat_map(|tally| &tally.observed) {
            let day = usize::from(one.day - frame.first);
            let is_new = taken.weeks.last().is_none_or(|week| week.week != day / WEEK);
            if is_new && is_dated(one.column) {
                taken.others.push(*one);
                continue;
            }
            if is_new {
                taken.weeks.push(Week::new(frame, day / WEEK));
            }
            if let Some(week) = taken.weeks.last_mut() {
                week.count(frame, strata, day, one);
            }
        }
        taken
    }
}

impl Week {
    fn new(frame: Frame, week: usize) -> Week {
        let (columns, stocks) = (frame.columns, frame.columns - frame.flows);
        Week { week, sums: vec![0; columns * frame.strata], days: vec![0; stocks * frame.strata] }
    }

    fn count(&mut self, frame: Frame, strata: &Strata, day: usize, one: &Observed) {
        let (column, by) = (usize::from(one.column), i64::from(one.by));
        let sums = &mut self.sums[column * frame.strata..][..frame.strata];
        strata.places(one.stratum).for_each(|stratum| sums[stratum] += by);
        if let Some(stock) = column.checked_sub(frame.flows) {
            let days = &mut self.days[stock * frame.strata..][..frame.strata];
            strata.places(one.stratum).for_each(|stratum| days[stratum] += by * day as i64);
        }
    }
}

/// A sum that cannot be below 0, or the invariants would have found it.
fn whole_number(sum: i64) -> u64 {
    u64::try_from(sum).unwrap_or(0)
}
