//! What comes out of a run: daily columns by region, weekly indicators, histograms of durations, totals of distinct persons.
//!
//! Everything is a whole number; shares are given as two of them. This file knows no law and no mechanism.

pub(crate) mod by_stratum;
mod durations;
pub(crate) mod persons;
pub mod registry;

pub(crate) use durations::Durations;
pub use durations::{Counts, Histogram};

use crate::coverage::Covered;
use crate::district::mark;
use crate::environment::Environment;
use crate::journal::HistoryRow;
use crate::strata::Stratum;
use crate::tally::{Columns, Flow, MeasureFlow, MeasureStock, Stock};
pub(crate) use by_stratum::ByStratum;
use by_stratum::Cell;
use callup_law::roles::{MeasureKind, Milestone};
use persons::Persons;
use registry::{INDICATORS, Source};
use std::collections::BTreeMap;

/// Days of a week.
const WEEK_DAYS: usize = 7;

/// Whether a column counts what happened on a day or what stands at its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnKind {
    /// Happened on the day.
    Flow,
    /// Stands at the end of the day.
    Stock,
}

/// A column of the daily table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Name, `snake_case`.
    pub name: String,
    /// What is counted.
    pub unit: &'static str,
    /// Flow or stock.
    pub kind: ColumnKind,
    /// Definition, in one sentence.
    pub definition: String,
    /// Which mechanism or part of the law it comes from.
    pub basis: &'static str,
}

/// The daily table: a value a day and region, a column a flow or stock. Raw counts at the scale of the run.
///
/// It is kept column by column, and in a column days first: whoever reads it reads a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Daily {
    columns: Vec<Column>,
    regions: usize,
    days: usize,
    values: Vec<u64>,
}

impl Daily {
    /// The table of so many days, from the counters of each region: a row a day; nothing where a region has none.
    #[must_use]
    pub fn new(columns: &Columns, regions: usize, days: usize, by_region: &[Vec<u64>]) -> Daily {
        let columns = describe(columns);
        let width = columns.len();
        let mut values = vec![0; days * regions * width];
        for day in 0..days {
            let rows: Vec<Option<&[u64]>> =
                by_region.iter().map(|counted| counted.get(day * width..(day + 1) * width)).collect();
            for (column, values) in values.chunks_exact_mut((days * regions).max(1)).enumerate() {
                let of_day = values[day * regions..].iter_mut().zip(&rows);
                of_day.for_each(|(value, row)| *value = row.map_or(0, |row| row[column]));
            }
        }
        Daily { columns, regions, days, values }
    }

    /// A table of flows of one's own, day by day and region by region, for tests of what is made from it.
    #[cfg(test)]
    pub(crate) fn of_flows(names: &[&str], regions: usize, rows: &[Vec<u64>]) -> Daily {
        let column = |name: &&str| Column {
            name: (*name).to_owned(),
            unit: "persons",
            kind: ColumnKind::Flow,
            definition: String::new(),
            basis: "world",
        };
        let columns = names.iter().map(column).collect();
        let values = (0..names.len()).flat_map(|column| rows.iter().map(move |row| row[column])).collect();
        Daily { columns, regions, days: rows.len() / regions, values }
    }

    /// Columns, flows first.
    #[must_use]
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// Place of a column by name.
    #[must_use]
    pub fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.name == name)
    }

    /// Days that were run.
    #[must_use]
    pub fn days(&self) -> usize {
        self.days
    }

    /// Regions.
    #[must_use]
    pub fn regions(&self) -> usize {
        self.regions
    }

    /// A value. Day from 0; panics outside the table.
    #[must_use]
    pub fn value(&self, day: usize, region: usize, column: usize) -> u64 {
        self.of_day(day, column)[region]
    }

    /// A column: days first, in a day region by region.
    #[must_use]
    pub fn values(&self, column: usize) -> &[u64] {
        let length = self.days * self.regions;
        &self.values[column * length..][..length]
    }

    fn of_day(&self, day: usize, column: usize) -> &[u64] {
        &self.values(column)[day * self.regions..][..self.regions]
    }

    /// Every region from one day to another.
    fn cells(&self, first: usize, last: usize) -> Vec<Cell> {
        let width = self.columns.len();
        let flows = self.columns.iter().take_while(|column| column.kind == ColumnKind::Flow).count();
        let blank = Cell { sums: vec![0; width], ends: vec![0; width - flows] };
        let mut cells = vec![blank; self.regions];
        let mut sums = vec![0; self.regions];
        for column in 0..width {
            sums.fill(0);
            for of_day in
                self.values(column)[first * self.regions..].chunks_exact(self.regions.max(1)).take(last + 1 - first)
            {
                sums.iter_mut().zip(of_day).for_each(|(sum, one)| *sum += one);
            }
            cells.iter_mut().zip(&sums).for_each(|(cell, sum)| cell.sums[column] = *sum);
            if let Some(stock) = column.checked_sub(flows) {
                cells.iter_mut().zip(self.of_day(last, column)).for_each(|(cell, end)| cell.ends[stock] = *end);
            }
        }
        cells
    }

    /// The sum over regions.
    #[must_use]
    pub fn national(&self, day: usize, column: usize) -> u64 {
        self.of_day(day, column).iter().sum()
    }

    /// The sum of a column over regions and days: of a flow its total, of a stock its person-days.
    #[must_use]
    pub fn total(&self, column: usize) -> u64 {
        self.values(column).iter().sum()
    }
}

/// A number of an indicator: of a week or of the whole run, of all or of a region, of everybody or of a stratum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IndicatorRow {
    /// Last day of the week, day of the run from 0; `None` for the whole run.
    pub day: Option<u16>,
    /// Region; `None` for all.
    pub region: Option<u16>,
    /// Place of the stratum in [`Outcome::strata`]; `None` for everybody.
    pub stratum: Option<u16>,
    /// Kind of measure; `None` where there is none, or for all of them.
    pub measure: Option<MeasureKind>,
    /// Which, see [`registry`].
    pub name: &'static str,
    /// The count.
    pub value: u64,
    /// The count it is a part of; `None` where it stands alone.
    pub of: Option<u64>,
}

impl IndicatorRow {
    /// What is 0 of 0 is left out, but for the nation's number of the whole run.
    fn is_kept(&self) -> bool {
        let is_of_all = (self.day, self.region, self.stratum, self.measure) == (None, None, None, None);
        is_of_all || self.value > 0 || self.of.is_some_and(|of| of > 0)
    }
}

/// Counts of distinct persons over the whole run, at the scale of the run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// People simulated.
    pub people: u64,
    /// For whom a notice was formed.
    pub summoned: u64,
    /// Who came to know of a notice.
    pub reached: u64,
    /// Whose notice counted as served before they knew of it.
    pub served_unseen: u64,
    /// Who were under an exit ban.
    pub barred: u64,
    /// Who were under an exit ban on a notice they did not know of.
    pub barred_unseen: u64,
    /// Who were under an exit ban though the truth freed them.
    pub barred_wrongly: u64,
    /// Who were under a measure other than the ban on leaving or on a passport.
    pub restricted_further: u64,
    /// Who were under any measure though the truth freed them.
    pub restricted_wrongly: u64,
    /// Who appeared.
    pub appeared: u64,
    /// To whom a deferment was granted.
    pub deferred: u64,
    /// Who were exempted.
    pub exempted: u64,
    /// Who were called up.
    pub called_up: u64,
    /// Who were dispatched.
    pub dispatched: u64,
    /// Who were turned back at the border.
    pub turned_back: u64,
    /// Who left for good.
    pub left: u64,
}

impl Totals {
    /// Counts the marks of all people.
    #[must_use]
    pub fn count(marks: &[u32]) -> Totals {
        // How often each byte has each value; the bits are counted from that.
        let mut bytes = [[0_u64; 256]; 4];
        for mark in marks.iter().filter(|mark| **mark != 0) {
            for (byte, counts) in mark.to_le_bytes().iter().zip(&mut bytes) {
                counts[usize::from(*byte)] += 1;
            }
        }
        let of = |mark: u32| {
            let bit = mark.trailing_zeros() as usize;
            let holds = |(value, _): &(usize, &u64)| value >> (bit % 8) & 1 == 1;
            bytes[bit / 8].iter().enumerate().filter(holds).map(|(_, count)| count).sum()
        };
        Totals {
            people: marks.len() as u64,
            summoned: of(mark::SUMMONED),
            reached: of(mark::REACHED),
            served_unseen: of(mark::SERVED_UNSEEN),
            barred: of(mark::BARRED),
            barred_unseen: of(mark::BARRED_UNSEEN),
            barred_wrongly: of(mark::BARRED_WRONGLY),
            restricted_further: of(mark::RESTRICTED_FURTHER),
            restricted_wrongly: of(mark::RESTRICTED_WRONGLY),
            appeared: of(mark::APPEARED),
            deferred: of(mark::DEFERRED),
            exempted: of(mark::EXEMPTED),
            called_up: of(mark::CALLED_UP),
            dispatched: of(mark::DISPATCHED),
            turned_back: of(mark::TURNED_BACK),
            left: of(mark::LEFT),
        }
    }
}

/// What a run cost, in counts that do not depend on the machine.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Work {
    /// Entries of the agenda that were served, by kind.
    pub events: Vec<(&'static str, u64)>,
    /// Most entries that waited at once, summed over districts.
    pub peak_agenda: u64,
    /// Most matters that were open at once, summed over districts.
    pub peak_matters: u64,
    /// Bytes of one matter.
    pub bytes_a_matter: u64,
    /// Rows of people that scans have read.
    pub row_visits: u64,
}

/// How a region stood at the end of a week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct QuotaWeek {
    /// Last day of the week, day of the run from 0.
    pub day: u16,
    /// Region, its place in the layout.
    pub region: u16,
    /// Contracts planned by then.
    pub plan: u64,
    /// Contracts signed in it by then, by whomever.
    pub actual: u64,
    /// Effort in the week, thousandths of the usual, by men of the ages of the quota.
    pub effort: u32,
}

/// All that comes out of a run.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// Whether the run reached its last day.
    pub completed: bool,
    /// Daily table.
    pub daily: Daily,
    /// The strata that indicators are split by.
    pub strata: Vec<Stratum>,
    /// Histograms, by duration, kind of measure, then all, each region and each stratum; those without a count are left out.
    pub histograms: Vec<Histogram>,
    /// Indicators of each week: of all, of each region, of each stratum. What is 0 of 0 is left out.
    pub weekly: Vec<IndicatorRow>,
    /// Indicators of the whole run: of all and each region, of everybody and each stratum. What is 0 of 0 is left out but for the nation's.
    pub whole: Vec<IndicatorRow>,
    /// Histories of sampled persons, by district and time.
    pub histories: Vec<HistoryRow>,
    /// What the districts were told, and the lines that their offices drew.
    pub environment: Environment,
    /// How each region stood against the quota of contracts at the end of each week; empty without one.
    pub quota_weeks: Vec<QuotaWeek>,
    /// Distinct persons.
    pub totals: Totals,
    /// What was ever true of each person, by row (see `district::mark`): for person-by-person comparison of two runs of the same people.
    pub marks: Vec<u32>,
    /// What it cost.
    pub work: Work,
    /// For each law how often each of its citations (`LawSet::cites`) was the cause.
    pub exercised: Vec<Vec<u64>>,
    /// Whom each of them concerned; empty where worlds are compared.
    pub covered: Covered,
}

/// Describes every column, in the order of the counters.
fn describe(columns: &Columns) -> Vec<Column> {
    let mut list = Vec::new();
    let mut push = |name: String, unit, kind, definition: String, basis| {
        list.push(Column { name, unit, kind, definition, basis });
    };
    for flow in Flow::ALL {
        push(flow.word().into(), flow.unit(), ColumnKind::Flow, flow.meaning().into(), "world");
    }
    for (verb, words) in [("entered", "came into"), ("departed", "went out of")] {
        for milestone in Milestone::ALL {
            let definition = format!(
                "Tracks of matters that {words} a state meaning `{}`: {}",
                milestone.word(),
                milestone.meaning()
            );
            push(format!("{verb}_{}", milestone.word()), "matters", ColumnKind::Flow, definition, "law");
        }
    }
    for kind in columns.kinds() {
        for flow in MeasureFlow::ALL {
            let name = format!("{}_{}", kind.word(), flow.word());
            let definition = format!("{} {}", kind.meaning(), flow.meaning());
            let basis = match flow {
                MeasureFlow::StartDue
                | MeasureFlow::StartDueUnserved
                | MeasureFlow::StartDueAutomatic
                | MeasureFlow::StartDueAssessed
                | MeasureFlow::LiftDue => "law",
                _ => "agencies",
            };
            push(name, flow.unit(), ColumnKind::Flow, definition, basis);
        }
    }
    for stock in Stock::ALL {
        push(stock.word().into(), stock.unit(), ColumnKind::Stock, stock.meaning().into(), "world");
    }
    for milestone in Milestone::ALL {
        let definition = format!(
            "Tracks of matters in a state meaning `{}`, closed matters included: {}",
            milestone.word(),
            milestone.meaning()
        );
        push(format!("at_{}", milestone.word()), "matters", ColumnKind::Stock, definition, "law");
    }
    for kind in columns.kinds() {
        for stock in MeasureStock::ALL {
            let name = format!("{}_{}", kind.word(), stock.word());
            push(name, stock.unit(), ColumnKind::Stock, format!("{} {}", kind.meaning(), stock.meaning()), "agencies");
        }
    }
    list
}

/// Everything that rows are made from.
pub(crate) struct Counted<'a> {
    pub(crate) columns: &'a Columns,
    pub(crate) daily: &'a Daily,
    pub(crate) by_stratum: &'a ByStratum,
    pub(crate) persons: &'a Persons,
    pub(crate) histograms: &'a [Histogram],
    pub(crate) strata: usize,
}

impl Counted<'_> {
    /// Rows of each week: of the nation, of each region, of each stratum of the nation. What is 0 of 0 is left out.
    pub(crate) fn weekly(&self) -> Vec<IndicatorRow> {
        let mut rows = Vec::new();
        let weeks = weeks(self.daily);
        let by_stratum: Vec<Vec<Cell>> =
            (0..self.strata).map(|stratum| self.by_stratum.weeks(stratum, self.daily.days())).collect();
        for (week, (first, last)) in weeks.into_iter().enumerate() {
            let regions = self.daily.cells(first, last);
            let place = |region, stratum| IndicatorRow { day: Some(last as u16), ..blank(region, stratum) };
            self.rows_of(&sum(&regions, self.columns), true, place(None, None), &mut rows);
            for (region, cell) in (0..).zip(&regions) {
                self.rows_of(cell, true, place(Some(region), None), &mut rows);
            }
            for (stratum, cells) in (0..).zip(&by_stratum) {
                self.rows_of(&cells[week], true, place(None, Some(stratum)), &mut rows);
            }
        }
        rows
    }

    /// Rows of the whole run: of the nation and each region, of everybody and of each stratum.
    pub(crate) fn whole(&self) -> Vec<IndicatorRow> {
        let mut rows = Vec::new();
        let days = self.daily.days();
        if days == 0 {
            return rows;
        }
        for stratum in std::iter::once(None).chain((0..self.strata).map(Some)) {
            let of_stratum = |stratum| move |region| self.by_stratum.whole(region, stratum, days);
            let regions: Vec<Cell> = match stratum {
                None => self.daily.cells(0, days - 1),
                Some(stratum) => (0..self.daily.regions()).map(of_stratum(stratum)).collect(),
            };
            let all = sum(&regions, self.columns);
            for (region, cell) in std::iter::once((None, &all)).chain((0..).map(Some).zip(&regions)) {
                let place = blank(region.map(|region: usize| region as u16), stratum.map(|stratum| stratum as u16));
                self.rows_of(cell, false, place, &mut rows);
                self.persons_of(region, stratum, place, &mut rows);
            }
        }
        self.length_days(&mut rows);
        rows
    }

    fn rows_of(&self, cell: &Cell, is_week: bool, place: IndicatorRow, rows: &mut Vec<IndicatorRow>) {
        for indicator in INDICATORS {
            for source in indicator.sources {
                let mut push = |measure, value, of: Option<u64>| {
                    let row = IndicatorRow { measure, name: indicator.id, value, of, ..place };
                    if row.is_kept() {
                        rows.push(row);
                    }
                };
                match source {
                    Source::Flows(part, whole) => {
                        let sum = |flows: &[Flow]| flows.iter().map(|flow| cell.sums[*flow as usize]).sum();
                        push(None, sum(part), (!whole.is_empty()).then(|| sum(whole)));
                    }
                    Source::Stock(part, whole) if is_week => {
                        let at = |stock: Stock| cell.ends[stock as usize];
                        push(None, at(*part), whole.map(at));
                    }
                    Source::Days(part, whole) => {
                        let days = |stock: Stock| cell.sums[self.columns.flows() + stock as usize];
                        push(None, days(*part), whole.map(days));
                    }
                    _ => self.rows_of_kinds(cell, is_week, *source, &mut push),
                }
            }
        }
    }

    /// Rows of each kind of measure, and where grounds are counted of all of them together.
    fn rows_of_kinds(
        &self,
        cell: &Cell,
        is_week: bool,
        source: Source,
        push: &mut dyn FnMut(Option<MeasureKind>, u64, Option<u64>),
    ) {
        let places = || (0_u8..).zip(self.columns.kinds());
        match source {
            Source::Measure(part, whole) => {
                let flow = |place, flow: MeasureFlow| cell.sums[Columns::measure_flow(place, flow)];
                let all = |wanted| places().map(|(place, _)| flow(place, wanted)).sum();
                push(None, all(part), whole.map(all));
                for (place, kind) in places() {
                    push(Some(*kind), flow(place, part), whole.map(|whole| flow(place, whole)));
                }
            }
            Source::MeasureStock(part, whole) if is_week => {
                for (place, kind) in places() {
                    let at = |stock| cell.ends[Columns::measure_stock(place, stock)];
                    push(Some(*kind), at(part), whole.map(at));
                }
            }
            Source::MeasureDays(part, whole) => {
                for (place, kind) in places() {
                    let days = |stock| cell.sums[self.columns.flows() + Columns::measure_stock(place, stock)];
                    push(Some(*kind), days(part), whole.map(days));
                }
            }
            _ => {}
        }
    }

    fn persons_of(
        &self,
        region: Option<usize>,
        stratum: Option<usize>,
        place: IndicatorRow,
        rows: &mut Vec<IndicatorRow>,
    ) {
        for (at, (name, _)) in persons::sources().into_iter().enumerate() {
            let (value, of) = self.persons.part(at, region, stratum);
            let row = IndicatorRow { name, value, of: Some(of), ..place };
            if row.is_kept() {
                rows.push(row);
            }
        }
    }

    /// Days of one length, of those of another: by kind of measure and of all kinds.
    fn length_days(&self, rows: &mut Vec<IndicatorRow>) {
        for indicator in INDICATORS {
            for source in indicator.sources {
                let Source::LengthDays(part, whole) = source else { continue };
                let days = |histogram: &Histogram| {
                    u64::try_from(histogram.ended.sum_days() + histogram.open.sum_days()).unwrap_or(0)
                };
                let mut sums: BTreeMap<_, (u64, u64)> = BTreeMap::new();
                for histogram in self.histograms {
                    for measure in [None, histogram.measure] {
                        let sum = sums.entry((histogram.region, histogram.stratum, measure)).or_default();
                        sum.0 += if histogram.duration == *part { days(histogram) } else { 0 };
                        sum.1 += if histogram.duration == *whole { days(histogram) } else { 0 };
                    }
                }
                for ((region, stratum, measure), (value, of)) in sums.into_iter().filter(|(_, (_, of))| *of > 0) {
                    let place = blank(region, stratum);
                    rows.push(IndicatorRow { measure, name: indicator.id, value, of: Some(of), ..place });
                }
            }
        }
    }
}

fn blank(region: Option<u16>, stratum: Option<u16>) -> IndicatorRow {
    IndicatorRow { day: None, region, stratum, measure: None, name: "", value: 0, of: None }
}

/// First and last day of each week, the last perhaps short.
fn weeks(daily: &Daily) -> Vec<(usize, usize)> {
    (0..daily.days()).step_by(WEEK_DAYS).map(|first| (first, (first + WEEK_DAYS).min(daily.days()) - 1)).collect()
}

/// Cells added up.
fn sum(cells: &[Cell], columns: &Columns) -> Cell {
    let mut sum = Cell { sums: vec![0; columns.flows() + columns.stocks()], ends: vec![0; columns.stocks()] };
    for cell in cells {
        sum.sums.iter_mut().zip(&cell.sums).for_each(|(sum, one)| *sum += one);
        sum.ends.iter_mut().zip(&cell.ends).for_each(|(sum, one)| *sum += one);
    }
    sum
}
