//! The tables of a run or of the worlds of a comparison, and answers out of them: one number for one question, with unit, definition and interval.
//!
//! The tables are read as they are written, so that a run that is there and one that has just been lived answer alike. This file computes no number
//! that the tables do not hold or add up to; it knows no command line.

mod read;
#[cfg(test)]
mod tests;

use crate::output::series;
use crate::output::tables::{ALL_REGIONS, expanded};
use callup_law::calendar::Day;
use callup_law::diagnostic::nearest;
use callup_sim::compare::paired::Quantity;
use callup_sim::indicators::registry::{self, Source};
use callup_sim::ledger::registry as ledgers;
use serde::Serialize;
use std::collections::BTreeMap;

pub use crate::interval::{Bounds, Interval};
pub use read::{Shelved, of_folder, of_outcome, of_run};

/// A row of a long table.
#[derive(Clone, Debug, PartialEq)]
struct Entry {
    form: String,
    date: Option<Day>,
    region: String,
    /// Stratum as `kind=name`, kind of measure, or group of a ledger; joined by a comma where there are two.
    group: Option<String>,
    name: String,
    statistic: Option<String>,
    days: Option<i16>,
    value: u64,
    of: Option<u64>,
}

/// A column of the daily table, day by day and region by region.
#[derive(Clone, Debug, PartialEq)]
struct DailyColumn {
    is_flow: bool,
    unit: String,
    definition: String,
    /// By region, from the first day of the run.
    values: BTreeMap<String, Vec<u64>>,
}

impl DailyColumn {
    /// Days that were run.
    fn days(&self) -> usize {
        self.values.values().map(Vec::len).max().unwrap_or(0)
    }
}

/// The tables of one world.
#[derive(Clone, Debug, Default)]
pub struct Shelf {
    scale: f64,
    start: Option<Day>,
    daily: BTreeMap<String, DailyColumn>,
    entries: Vec<Entry>,
}

/// A question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// Name of a daily column, of an indicator, a length, or of what a ledger tells.
    pub indicator: String,
    /// ISO code of a region; `None` for all.
    pub place: Option<String>,
    /// First day; that of the run if none.
    pub from: Option<Day>,
    /// Last day; that of the run if none.
    pub until: Option<Day>,
    /// Part of the people, kind of measure, or group of a ledger.
    pub group: Option<String>,
}

/// Why there is no answer, and what comes nearest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unanswered {
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: String,
}

/// What the number of an answer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum AnswerKind {
    /// What happened on the days, added up.
    Sum,
    /// What stood at the last of them.
    Stands,
    /// Of the whole run: happened, or true of distinct persons.
    Run,
    /// A length: statistics stand beside the number of those counted.
    Length,
}

/// An answer.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Answer {
    /// What was asked for.
    pub indicator: String,
    /// Region, or `all`.
    pub place: String,
    /// Group.
    pub group: Option<String>,
    /// What the number is.
    pub kind: AnswerKind,
    /// First day that is in it; of a stock and the whole run none.
    pub from: Option<String>,
    /// Last day that is in it; of the whole run none.
    pub until: Option<String>,
    /// Unit.
    pub unit: String,
    /// Definition.
    pub definition: String,
    /// The number at the scale of the run.
    pub value: u64,
    /// The number as it would be at scale 1.
    pub expanded: u64,
    /// What it is a part of, at the scale of the run.
    pub of: Option<u64>,
    /// Its share of it.
    pub share: Option<f64>,
    /// Of a length: days by statistic; none where so many are open that it is not reached.
    pub days: BTreeMap<String, Option<i16>>,
    /// Of a length: how many by statistic.
    pub counts: BTreeMap<String, u64>,
}

/// Days of a week of a run.
const WEEK_DAYS: i32 = 7;

/// What counts on one day and is held against a whole that was counted on another (summonses on the date that they name, of all formed): of a
/// part of the run the two are not of the same notices or men, so that there is no share.
const OF_OTHER_DAYS: [&str; 7] = [
    "unreached",
    "share_of_reserve_mobilised",
    "mobilised_returned",
    "dispatched_pending_appeal",
    "irreversible_before_remedy",
    "co_granted",
    "unit_cases",
];

impl Shelf {
    /// Answers a question.
    ///
    /// # Errors
    /// If nothing bears the name, there is no such place or group, or the run has no such number.
    pub fn answer(&self, question: &Question) -> Result<Answer, Unanswered> {
        if let Some(column) = self.daily.get(&question.indicator) {
            return self.of_column(question, column);
        }
        let named: Vec<&Entry> = self.entries.iter().filter(|entry| entry.name == question.indicator).collect();
        if named.is_empty() {
            return Err(self.unknown_name(&question.indicator));
        }
        let place = question.place.as_deref().unwrap_or(ALL_REGIONS);
        let there: Vec<&Entry> = named.into_iter().filter(|entry| entry.region == place).collect();
        if there.is_empty() {
            let places =
                self.entries.iter().filter(|entry| entry.name == question.indicator).map(|entry| &*entry.region);
            return Err(unknown("place", place, places));
        }
        let group = question.group.as_deref().or_else(|| only_group(&there));
        let own: Vec<&Entry> = there.iter().filter(|entry| entry.group.as_deref() == group).copied().collect();
        if own.is_empty() {
            let wanted = question.group.as_deref().unwrap_or("none");
            let groups = there.iter().map(|entry| entry.group.as_deref().unwrap_or("none"));
            return Err(unknown("group", wanted, groups));
        }
        self.of_entries(question, &own)
    }

    /// Sum of a flow of the daily table over a region (all if none) and days, at scale 1. None of what is no flow, and none where the run lacks one of
    /// the days: a day that was not run is no day on which nothing happened.
    #[must_use]
    pub fn flow(&self, column: &str, region: Option<&str>, from: Day, until: Day) -> Option<f64> {
        let column = self.daily.get(column).filter(|column| column.is_flow)?;
        let start = self.start?;
        let last = start.plus_days(i32::try_from(column.days()).ok()? - 1);
        let (first, end) = (from.days_since(start), until.days_since(start));
        if from < start || last < until || until < from {
            return None;
        }
        let of_region =
            |values: &Vec<u64>| -> u64 { values.iter().skip(first as usize).take((end - first + 1) as usize).sum() };
        let counted: u64 = match region {
            None => column.values.values().map(of_region).sum(),
            Some(region) => of_region(column.values.get(region)?),
        };
        Some(counted as f64 / self.scale)
    }

    /// A column of the daily table over the nation by whole weeks, at the scale of the run: of a flow the sum, of a stock what stands at the end.
    #[must_use]
    pub fn weeks(&self, column: &str) -> Option<Vec<u64>> {
        let column = self.daily.get(column)?;
        let days = column.values.values().map(Vec::len).min().unwrap_or(0);
        let national = |day: usize| column.values.values().map(|values| values[day]).sum::<u64>();
        Some(series::whole_weeks(days, column.is_flow, &national))
    }

    /// Names of the columns of the daily table.
    pub fn columns(&self) -> impl Iterator<Item = &str> {
        self.daily.keys().map(String::as_str)
    }

    /// Every name that can be asked for, in order.
    #[must_use]
    pub fn names(&self) -> Vec<&str> {
        let mut names: Vec<&str> = self.daily.keys().map(String::as_str).collect();
        names.extend(self.entries.iter().map(|entry| entry.name.as_str()));
        names.sort_unstable();
        names.dedup();
        names
    }

    fn unknown_name(&self, name: &str) -> Unanswered {
        let known = nearest(name, self.names().into_iter());
        let is_listed = registry::find(name).is_some() || ledgers::find(name).is_some();
        let message = if is_listed {
            format!("this run has no number of `{name}`: nothing of the kind happened in it, or it is switched off")
        } else {
            format!("nothing is called `{name}`")
        };
        let help = known.map_or_else(
            || {
                "`callup list indicators` names indicators; the columns of daily.parquet can be asked for as well"
                    .into()
            },
            |near| format!("did you mean `{near}`?"),
        );
        Unanswered { message, help }
    }

    fn of_column(&self, question: &Question, column: &DailyColumn) -> Result<Answer, Unanswered> {
        if let Some(group) = &question.group {
            let message = format!("`{}` is counted for everybody together, not for `{group}`", question.indicator);
            return Err(Unanswered { message, help: "leave the group away, or ask for an indicator".into() });
        }
        let start = self.start.unwrap_or(Day(0));
        let wanted: Vec<usize> = (0..column.days())
            .filter(|day| {
                let date = start.plus_days(*day as i32);
                question.from.is_none_or(|from| from <= date) && question.until.is_none_or(|until| date <= until)
            })
            .collect();
        let (Some(first), Some(last)) = (wanted.first(), wanted.last()) else { return Err(no_days(question)) };
        let of_region = |values: &Vec<u64>| -> u64 {
            if column.is_flow { values[*first..=*last].iter().sum() } else { values[*last] }
        };
        let value = match &question.place {
            None => column.values.values().map(of_region).sum(),
            Some(place) => {
                let places = column.values.keys().map(String::as_str);
                of_region(column.values.get(place).ok_or_else(|| unknown("place", place, places))?)
            }
        };
        let date = |day: &usize| Some(start.plus_days(*day as i32));
        let kind = if column.is_flow { AnswerKind::Sum } else { AnswerKind::Stands };
        let from = date(first).filter(|_| column.is_flow);
        let blank = self.blank(question, kind, [from, date(last)], (&column.unit, &column.definition));
        Ok(self.with_count(blank, value, None))
    }

    fn of_entries(&self, question: &Question, own: &[&Entry]) -> Result<Answer, Unanswered> {
        let said = said_of(&question.indicator);
        if own.iter().any(|entry| entry.form == "summary") {
            return Ok(self.of_length(question, own, said));
        }
        let whole = own.iter().find(|entry| entry.form == "run");
        let is_dated = question.from.is_some() || question.until.is_some();
        if let Some(whole) = whole.filter(|_| !is_dated) {
            let blank = self.blank(question, AnswerKind::Run, [None; 2], said);
            return Ok(self.with_count(blank, whole.value, whole.of));
        }
        let form = ["day", "week", "month"].into_iter().find(|form| own.iter().any(|entry| entry.form == *form));
        let dated: Vec<&&Entry> = own.iter().filter(|entry| form == Some(entry.form.as_str())).collect();
        let ends_within = |day: Day| question.until.is_none_or(|until| day <= until);
        let starts_within = |day: Day| question.from.is_none_or(|from| from <= day);
        if stands(&question.indicator, whole.is_some()) {
            let within =
                dated.iter().filter(|entry| entry.date.is_some_and(|day| starts_within(day) && ends_within(day)));
            let Some(last) = within.max_by_key(|entry| entry.date) else { return Err(no_days(question)) };
            let blank = self.blank(question, AnswerKind::Stands, [None, last.date], said);
            return Ok(self.with_count(blank, last.value, last.of));
        }
        // A week or month of which but a part was asked for has no number of that part, so that whole ones are counted alone.
        let is_whole = |entry: &&&&Entry| {
            entry.date.is_some_and(|day| ends_within(day) && starts_within(self.first_day(&entry.form, day)))
        };
        let rows: Vec<&&&Entry> = dated.iter().filter(is_whole).collect();
        let last = rows.iter().filter_map(|entry| entry.date).max();
        let Some((last, form)) = last.zip(form) else { return Err(self.no_whole(question, &dated)) };
        let first = rows.iter().filter_map(|entry| Some(self.first_day(form, entry.date?))).min();
        let [first, last] = self.counted_days(question, form, [first.unwrap_or(last), last]);
        let value = rows.iter().map(|entry| entry.value).sum();
        let of = rows.iter().map(|entry| entry.of).sum::<Option<u64>>();
        let of = of.filter(|_| !OF_OTHER_DAYS.contains(&question.indicator.as_str()));
        let blank = self.blank(question, AnswerKind::Sum, [Some(first), Some(last)], said);
        Ok(self.with_count(blank, value, of))
    }

    /// First day of what a row counts that bears this last day: weeks run from the first day of the run, months are those of the calendar.
    fn first_day(&self, form: &str, last: Day) -> Day {
        let first = match (form, self.start) {
            ("week", Some(start)) => last.plus_days(-last.days_since(start).rem_euclid(WEEK_DAYS)),
            ("month", _) => {
                let (year, month, _) = last.to_ymd();
                Day::from_ymd(year, month, 1).unwrap_or(last)
            }
            _ => last,
        };
        self.start.map_or(first, |start| first.max(start))
    }

    /// The days that an answer is about: those of its rows, and on to the days asked for where weeks or months of nothing, which have no row, lie between.
    fn counted_days(&self, question: &Question, form: &str, [first, last]: [Day; 2]) -> [Day; 2] {
        let Some((start, end)) = self.start.zip(self.last_day()) else { return [first, last] };
        let begins = |day: Day| day >= start && self.first_day(form, day) == day;
        let from = Some(question.from.unwrap_or(start)).filter(|from| begins(*from));
        let ends = |day: Day| day == end || (day < end && begins(day.plus_days(1)));
        let until = Some(question.until.unwrap_or(end)).filter(|until| ends(*until));
        [from.map_or(first, |from| first.min(from)), until.map_or(last, |until| last.max(until))]
    }

    /// Last day of the daily table.
    fn last_day(&self) -> Option<Day> {
        let days = self.daily.values().map(DailyColumn::days).max()?;
        Some(self.start?.plus_days(i32::try_from(days).ok()? - 1))
    }

    /// No row lies wholly between the days: why, and which row comes nearest.
    fn no_whole(&self, question: &Question, dated: &[&&Entry]) -> Unanswered {
        let wanted = question.until.or(question.from);
        let ends = dated.iter().filter_map(|entry| Some((entry.form.as_str(), entry.date?)));
        let near = ends.min_by_key(|(_, end)| (wanted.map_or(0, |day| end.days_since(day).abs()), *end));
        let Some((form, end)) = near else { return no_days(question) };
        let message = format!(
            "`{}` is counted by the {form}, and no {form} of it lies wholly between these dates",
            question.indicator
        );
        Unanswered { message, help: format!("the nearest {form} is --from {} --to {end}", self.first_day(form, end)) }
    }

    fn of_length(&self, question: &Question, own: &[&Entry], said: (&str, &str)) -> Answer {
        let mut answer = self.blank(question, AnswerKind::Length, [None; 2], said);
        for entry in own.iter().filter(|entry| entry.form == "summary") {
            let Some(statistic) = entry.statistic.clone() else { continue };
            if statistic == "median" || statistic.starts_with('p') {
                answer.days.insert(statistic, entry.days);
                (answer.value, answer.expanded) = (entry.value, expanded(entry.value, self.scale));
            } else {
                answer.counts.insert(statistic, entry.value);
            }
        }
        answer
    }

    fn blank(
        &self,
        question: &Question,
        kind: AnswerKind,
        [from, until]: [Option<Day>; 2],
        (unit, definition): (&str, &str),
    ) -> Answer {
        Answer {
            indicator: question.indicator.clone(),
            place: question.place.clone().unwrap_or_else(|| ALL_REGIONS.to_owned()),
            group: question.group.clone(),
            kind,
            from: from.map(String::from),
            until: until.map(String::from),
            unit: unit.to_owned(),
            definition: definition.to_owned(),
            value: 0,
            expanded: 0,
            of: None,
            share: None,
            days: BTreeMap::new(),
            counts: BTreeMap::new(),
        }
    }

    fn with_count(&self, blank: Answer, value: u64, of: Option<u64>) -> Answer {
        let share = of.filter(|of| *of > 0).map(|of| value as f64 / of as f64);
        Answer { value, expanded: expanded(value, self.scale), of, share, ..blank }
    }
}

/// The group of rows of which none is of everybody together, where they have but one: a length of one kind of measure.
fn only_group<'e>(there: &[&'e Entry]) -> Option<&'e str> {
    let mut groups =
        there.iter().map(|entry| entry.group.as_deref()).filter(|group| group.is_none_or(|one| !one.contains('=')));
    let first = groups.next()??;
    groups.all(|group| group == Some(first)).then_some(first)
}

/// Unit and definition of what has a name in a list.
fn said_of(name: &str) -> (&'static str, &'static str) {
    let lived = registry::find(name).map(|one| (one.unit, one.definition));
    let kept = || ledgers::find(name).map(|one| (one.unit, one.definition));
    let true_of = || Quantity::all().into_iter().find(|one| one.name == name).map(|one| ("persons", one.definition));
    lived.or_else(kept).or_else(true_of).unwrap_or(("count", ""))
}

/// Whether the dated rows of this name say what stands, not what happened.
fn stands(name: &str, has_run: bool) -> bool {
    let is_stock = |source: &Source| matches!(source, Source::Stock(..) | Source::MeasureStock(..));
    registry::find(name).map_or(!has_run, |one| one.sources.iter().any(is_stock))
}

fn no_days(question: &Question) -> Unanswered {
    let message = format!("the run has no day of `{}` between these dates", question.indicator);
    Unanswered { message, help: "give --from and --to within the run; weeks and months count by their last day".into() }
}

fn unknown<'n>(what: &str, wanted: &str, known: impl Iterator<Item = &'n str>) -> Unanswered {
    let mut known: Vec<&str> = known.collect();
    known.sort_unstable();
    known.dedup();
    let help = match nearest(wanted, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("there are: {}", known.join(", ")),
    };
    Unanswered { message: format!("there is no {what} `{wanted}` of that name"), help }
}
