//! `ledgers.parquet`: what the ledgers of a run say, in long form; and the few of its numbers that stand in the receipt and on the terminal.
//!
//! Counts are raw, at the scale of the run; below scale 1 an expanded column stands beside them. This file computes nothing else.

use super::table::{Table, Values};
use super::tables::{ALL_REGIONS, day_of, expanded, new_table, region_codes};
use super::words::{grouped, percent};
use crate::prepare::Prepared;
use callup_sim::Outcome;
use callup_sim::alarm::Alarm;
use callup_sim::ledger::registry::{LEDGER_INDICATORS, LedgerIndicator, find};
use callup_sim::ledger::{Form, Frame, LedgerRow, keep};
use callup_sim::margins::Margins;
use callup_sim::scenario::Scenario;
use serde::{Deserialize, Serialize};

/// Name of the file.
pub const FILE_NAME: &str = "ledgers.parquet";

/// The rows of a run.
#[must_use]
pub fn rows(prepared: &Prepared, outcome: &Outcome) -> Vec<LedgerRow> {
    let alarm = alarm(&prepared.scenario, &prepared.margins);
    keep(&Frame::new(&prepared.scenario, &region_codes(prepared), &alarm), &outcome.daily)
}

/// The factor of public alarm on requests for help by day, in thousandths: the mean of the regions by their inhabitants.
#[must_use]
pub fn alarm(scenario: &Scenario, margins: &Margins) -> Vec<u64> {
    let Some(choice) = &scenario.alarm else { return Vec::new() };
    let codes: Vec<String> = margins.regions.iter().map(|region| region.iso_code.clone()).collect();
    let alarm = Alarm::new(choice, &codes, scenario.start, scenario.days);
    let inhabitants = || (0..).zip(margins.regions.iter().map(|region| u64::from(region.inhabitants)));
    let all: u64 = inhabitants().map(|(_, people)| people).sum();
    let factor = |day, region| alarm.requests.at(alarm.index(region, day));
    let mean = |day| inhabitants().map(|(region, people)| factor(day, region) * people).sum::<u64>() / all.max(1);
    (0..usize::from(scenario.days)).map(mean).collect()
}

fn listed(row: &LedgerRow) -> &'static LedgerIndicator {
    find(row.name).expect("a test holds the rows to the list")
}

/// The table.
#[must_use]
pub fn table(prepared: &Prepared, outcome: &Outcome) -> Table {
    let rows = rows(prepared, outcome);
    let scale = prepared.scenario.scale;
    let codes = region_codes(prepared);
    let words = |of: &dyn Fn(&LedgerRow) -> String| Values::Text(rows.iter().map(of).collect());
    let mut out = new_table(prepared, "Ledgers of the run in long form; a share is `value` of `of`.");
    out.push("ledger", "word", "Which ledger.", words(&|row| listed(row).ledger.to_owned()));
    out.push("form", "word", "`day`; `month`: of the month, or what stands at its end; `run`: of the whole run; `length`: how many lasted so many days; `summary`: a statistic of lengths.", words(&|row| row.form.word().to_owned()));
    let dates = rows.iter().map(|row| row.day.map(|day| day_of(prepared, day))).collect();
    out.push("date", "civil day", "The day, or the last day of the month.", Values::OptionalDays(dates));
    let region =
        |row: &LedgerRow| row.region.map_or(ALL_REGIONS.to_owned(), |region| codes[usize::from(region)].clone());
    out.push("region", "ISO 3166-2", "Region, or `all`.", words(&region));
    let groups = rows.iter().map(|row| row.group.clone()).collect();
    out.push(
        "group",
        "word",
        "Kind of men and status or movement, kind of request, or account; none for all of them.",
        Values::OptionalText(groups),
    );
    out.push(
        "indicator",
        "word",
        "Name; the definition of each stands in the table's metadata.",
        words(&|row| row.name.to_owned()),
    );
    out.push("unit", "word", "What the value counts.", words(&|row| listed(row).unit.to_owned()));
    let statistics = rows.iter().map(|row| row.statistic.map(str::to_owned)).collect();
    out.push(
        "statistic",
        "word",
        "Of a length: `ended` or `open`; of a summary: which statistic.",
        Values::OptionalText(statistics),
    );
    out.push("days", "days", "Length.", Values::OptionalSigned(rows.iter().map(|row| row.days).collect()));
    if scale < 1.0 {
        let larger = rows.iter().map(|row| expanded(row.value, scale)).collect();
        out.push("value_expanded", "count", "The value divided by the scale of the run.", Values::Counts(larger));
    }
    out.push("value", "count", "The value, in its unit.", Values::Counts(rows.iter().map(|row| row.value).collect()));
    let of = rows.iter().map(|row| row.of).collect();
    out.push("of", "count", "What it is a part of, at the scale of the run.", Values::OptionalCounts(of));
    out.push("share", "share", "`value` of `of`.", Values::OptionalNumbers(rows.iter().map(share).collect()));
    out.metadata.extend(LEDGER_INDICATORS.iter().map(|one| (one.id, format!("{} [{}]", one.definition, one.unit))));
    out
}

/// `value` of `of`.
#[must_use]
pub fn share(row: &LedgerRow) -> Option<f64> {
    row.of.filter(|of| *of > 0).map(|of| row.value as f64 / of as f64)
}

/// A number of a ledger, for the receipt.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LedgerLine {
    /// Which ledger.
    pub ledger: String,
    /// Name of the indicator.
    pub indicator: String,
    /// Kind of men and status, kind of request, or account.
    pub group: Option<String>,
    /// Which statistic.
    pub statistic: Option<String>,
    /// Of a statistic of lengths the days, if it is reached.
    pub days: Option<i16>,
    /// What is counted.
    pub unit: String,
    /// The value at the scale of the run.
    pub value: u64,
    /// The value as it would be at scale 1.
    pub expanded: u64,
    /// Its share of what it is a part of.
    pub share: Option<f64>,
}

/// Numbers of the whole run and those that stand at its end.
#[must_use]
pub fn lines(prepared: &Prepared, outcome: &Outcome) -> Vec<LedgerLine> {
    let last = outcome.daily.days().saturating_sub(1) as u16;
    let is_wanted = |row: &&LedgerRow| match row.form {
        Form::Run | Form::Summary => row.region.is_none(),
        // What is added up over the run has a row of its own.
        Form::Month => row.day == Some(last) && STANDS.contains(&row.name),
        Form::Day | Form::Length => false,
    };
    let line = |row: &LedgerRow| LedgerLine {
        ledger: listed(row).ledger.to_owned(),
        indicator: row.name.to_owned(),
        group: row.group.clone(),
        statistic: row.statistic.map(str::to_owned),
        days: row.days,
        unit: listed(row).unit.to_owned(),
        value: row.value,
        expanded: expanded(row.value, prepared.scenario.scale),
        share: share(row),
    };
    rows(prepared, outcome).iter().filter(is_wanted).map(line).collect()
}

/// What stands at a month's end.
const STANDS: [&str; 6] = [
    "serving_by_status",
    "training_backlog",
    "equipment_backlog",
    "establishment_filled",
    "unit_case_backlog",
    "aid_backlog",
];

/// The ledgers in a line each for the terminal.
#[must_use]
pub fn in_words(lines: &[LedgerLine]) -> Vec<String> {
    let find = |name: &str, group: Option<&str>, statistic: Option<&str>| {
        lines.iter().find(|line| {
            (line.indicator.as_str(), line.group.as_deref(), line.statistic.as_deref()) == (name, group, statistic)
        })
    };
    let number = |name: &str| find(name, None, None).map_or(0, |line| line.expanded);
    let mut words = Vec::new();
    if let Some(filled) = find("establishment_filled", None, None) {
        words.push(format!(
            "serving at the end: {} of the ministry, {} of the posts; {} wait to be trained, {} for equipment",
            grouped(filled.expanded),
            filled.share.map(percent).unwrap_or_default(),
            grouped(number("training_backlog")),
            grouped(number("equipment_backlog"))
        ));
    }
    if let Some(suspended) = find("unit_suspended", None, None) {
        words.push(format!(
            "leaving the unit: {} cases, {} verdicts, {} suspended, {} cases wait",
            grouped(number("unit_cases")),
            grouped(number("unit_verdicts")),
            suspended.share.map_or("none".to_owned(), percent),
            grouped(number("unit_case_backlog"))
        ));
    }
    if find("aid_requests", None, None).is_some() {
        let wait = |statistic| {
            let days = find("aid_waiting_days", None, Some(statistic)).and_then(|line| line.days);
            days.map_or("beyond the run".to_owned(), |days| format!("{days} days"))
        };
        words.push(format!(
            "legal aid: {} requests, {} answered, {} open; waiting: half {}, nine in ten {}",
            grouped(number("aid_requests")),
            grouped(number("aid_answered")),
            grouped(number("aid_backlog")),
            wait("median"),
            wait("p90")
        ));
    }
    if let Some(cost) = find("cost_of_deficit", None, None) {
        let share = |name: &str| find(name, None, None).and_then(|line| line.share).map(percent).unwrap_or_default();
        words.push(format!(
            "cost of men: {} million roubles, {} of the deficit reported, {} of the one-off levy",
            grouped(cost.expanded / 1_000_000),
            share("cost_of_deficit"),
            share("cost_of_levy")
        ));
    }
    words
}
