//! What comes out of a run: daily columns by region, weekly indicators, histograms of durations, totals of distinct persons.
//!
//! Everything is a whole number; shares are given as two of them. This file knows no law and no mechanism.

use crate::district::mark;
use crate::environment::Environment;
use crate::journal::HistoryRow;
use crate::tally::{Columns, Duration, Flow, MeasureFlow, MeasureStock, Stock};
use callup_law::roles::{MeasureKind, Milestone};

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

/// The daily table: a row a day and region (days first), a column a flow or stock. Raw counts at the scale of the run.
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
        let mut values = vec![0; days * regions * columns.len()];
        for (row, values) in values.chunks_exact_mut(columns.len()).enumerate() {
            let (day, region) = (row / regions, row % regions);
            if let Some(counted) = by_region[region].get(day * columns.len()..(day + 1) * columns.len()) {
                values.copy_from_slice(counted);
            }
        }
        Daily { columns, regions, days, values }
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
        self.values[(day * self.regions + region) * self.columns.len() + column]
    }

    /// The sum over regions.
    #[must_use]
    pub fn national(&self, day: usize, column: usize) -> u64 {
        (0..self.regions).map(|region| self.value(day, region, column)).sum()
    }

    /// The sum of a column over regions and days: of a flow its total, of a stock its person-days.
    #[must_use]
    pub fn total(&self, column: usize) -> u64 {
        (0..self.days).map(|day| self.national(day, column)).sum()
    }
}

/// Durations of one kind in one region, counted by whole days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Histogram {
    /// Which duration.
    pub duration: Duration,
    /// Region; `None` for all.
    pub region: Option<u16>,
    /// Kind of measure; `None` where there is none.
    pub measure: Option<MeasureKind>,
    /// How many lasted 0, 1, 2, … days.
    pub counts: Vec<u64>,
}

impl Histogram {
    /// The shortest number of days that at least this share of a hundred does not exceed; `None` if nothing was counted.
    #[must_use]
    pub fn percentile_days(&self, percent: u64) -> Option<u16> {
        let total: u64 = self.counts.iter().sum();
        let mut so_far = 0;
        self.counts
            .iter()
            .position(|count| {
                so_far += count;
                total > 0 && so_far * 100 >= total * percent
            })
            .map(|days| days as u16)
    }

    /// How many lasted more than so many days.
    #[must_use]
    pub fn above(&self, days: usize) -> u64 {
        self.counts.iter().skip(days + 1).sum()
    }
}

/// A weekly indicator in long form: `value`, where it is a share `of` something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IndicatorRow {
    /// Last day of the week, day of the run from 0.
    pub day: u16,
    /// Region; `None` for all.
    pub region: Option<u16>,
    /// Kind of measure; `None` where there is none.
    pub measure: Option<MeasureKind>,
    /// Which.
    pub name: &'static str,
    /// The count.
    pub value: u64,
    /// The count it is a part of; 0 where it stands alone.
    pub of: u64,
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
        for mark in marks {
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

/// All that comes out of a run.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// Whether the run reached its last day.
    pub completed: bool,
    /// Daily table.
    pub daily: Daily,
    /// Histograms, by duration, kind of measure, then all and each region; those without a count are left out.
    pub histograms: Vec<Histogram>,
    /// Weekly indicators.
    pub weekly: Vec<IndicatorRow>,
    /// Histories of sampled persons, by district and time.
    pub histories: Vec<HistoryRow>,
    /// What the districts were told, and the lines that their offices drew.
    pub environment: Environment,
    /// Distinct persons.
    pub totals: Totals,
    /// What was ever true of each person, by row (see `district::mark`): for person-by-person comparison of two runs of the same people.
    pub marks: Vec<u32>,
    /// What it cost.
    pub work: Work,
    /// For each law how often each of its citations (`LawSet::cites`) was the cause.
    pub exercised: Vec<Vec<u64>>,
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
            let basis = if matches!(flow, MeasureFlow::StartDue | MeasureFlow::LiftDue | MeasureFlow::StartDueUnserved)
            {
                "law"
            } else {
                "agencies"
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

/// Every weekly indicator with its definition; those of measures come once for each kind.
pub const WEEKLY: &[(&str, &str)] = &[
    (
        "fiction_share",
        "Notices that counted as served before the person knew, of those that came to count as served in the week.",
    ),
    ("appeared", "Appearances in the week."),
    ("called_up", "Call-ups decided in the week."),
    ("queue", "Persons in the queues of commissions at the week's end."),
    (
        "restricted_no_actual_notice",
        "Persons under the measure on a notice they do not know of, of all under it, at the week's end.",
    ),
    ("person_days_no_notice", "Days under the measure on a notice not known of, of all days under it in the week."),
    ("wrongful_restriction", "Persons under the measure whom the truth frees, of all under it, at the week's end."),
    (
        "wrongful_person_days",
        "Days under the measure of persons whom the truth frees, of all days under it in the week.",
    ),
    (
        "register_error_share",
        "Wrongful restrictions that the register does not show as such, of all wrongful ones: errors of the register rather than a rule that is too broad.",
    ),
    (
        "restricted_before_deemed",
        "Measures due to start before the notice counted as served, of all due to start in the week.",
    ),
];

/// Adds the indicators of the week from day `first` to day `last`: of the nation, then of each region.
pub(crate) fn weekly(daily: &Daily, columns: &Columns, first: usize, last: usize, rows: &mut Vec<IndicatorRow>) {
    let sums = Sums::new(daily, first, last);
    for region in std::iter::once(None).chain((0..daily.regions() as u16).map(Some)) {
        let mut push =
            |measure, name, value, of| rows.push(IndicatorRow { day: last as u16, region, measure, name, value, of });
        let served = sums.flow(region, Columns::entered(Milestone::Served as u8));
        push(None, "fiction_share", sums.flow(region, Flow::ServedUnseen as usize), served);
        push(None, "appeared", sums.flow(region, Flow::Appeared as usize), 0);
        push(None, "called_up", sums.flow(region, Flow::CalledUp as usize), 0);
        push(None, "queue", sums.stock(region, Stock::Queue as usize), 0);
        for (place, kind) in (0..).zip(columns.kinds()) {
            let at = |stock| sums.stock(region, Columns::measure_stock(place, stock));
            let days = |stock| sums.stock_days(region, Columns::measure_stock(place, stock));
            let flow = |flow| sums.flow(region, Columns::measure_flow(place, flow));
            let standing = at(MeasureStock::Standing);
            let mut push = |name, value, of| push(Some(*kind), name, value, of);
            push("restricted_no_actual_notice", at(MeasureStock::Unseen), standing);
            push("person_days_no_notice", days(MeasureStock::Unseen), days(MeasureStock::Standing));
            push("wrongful_restriction", at(MeasureStock::Wrongful), standing);
            push("wrongful_person_days", days(MeasureStock::Wrongful), days(MeasureStock::Standing));
            push("register_error_share", at(MeasureStock::WrongfulByRecord), at(MeasureStock::Wrongful));
            push("restricted_before_deemed", flow(MeasureFlow::StartDueUnserved), flow(MeasureFlow::StartDue));
        }
    }
}

/// Sums of a week by region, all columns.
struct Sums<'a> {
    daily: &'a Daily,
    last: usize,
    /// By region: the sum of each column over the days of the week.
    by_region: Vec<Vec<u64>>,
}

impl Sums<'_> {
    fn new(daily: &Daily, first: usize, last: usize) -> Sums<'_> {
        let width = daily.columns().len();
        let sum = |region, column| (first..=last).map(|day| daily.value(day, region, column)).sum();
        let by_region = (0..daily.regions()).map(|region| (0..width).map(|column| sum(region, column)).collect());
        Sums { daily, last, by_region: by_region.collect() }
    }

    /// A flow over the week, by its place among the flows.
    fn flow(&self, region: Option<u16>, flow: usize) -> u64 {
        self.over(region, |region| self.by_region[region][flow])
    }

    /// A stock at the end of the week, by its place among the stocks.
    fn stock(&self, region: Option<u16>, stock: usize) -> u64 {
        let column = self.first_stock() + stock;
        self.over(region, |region| self.daily.value(self.last, region, column))
    }

    /// A stock summed over the days of the week.
    fn stock_days(&self, region: Option<u16>, stock: usize) -> u64 {
        let column = self.first_stock() + stock;
        self.over(region, |region| self.by_region[region][column])
    }

    fn over(&self, region: Option<u16>, value: impl Fn(usize) -> u64) -> u64 {
        region.map_or_else(|| (0..self.by_region.len()).map(&value).sum(), |region| value(usize::from(region)))
    }

    fn first_stock(&self) -> usize {
        self.daily.columns().iter().take_while(|column| column.kind == ColumnKind::Flow).count()
    }
}
