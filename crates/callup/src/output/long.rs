//! `indicators.parquet`: every indicator of a run in long form, by week, region and stratum, with its lengths and with what sets a group apart.
//!
//! Counts are raw, at the scale of the run; below scale 1 an expanded column stands beside them. Its shape is told in `docs/indicators/README.md`.

use super::table::{Table, Values};
use super::tables::{ALL_REGIONS, day_of, expanded, new_table, region_codes};
use crate::prepare::Prepared;
use callup_law::roles::MeasureKind;
use callup_sim::indicators::IndicatorRow;
use callup_sim::indicators::registry::{INDICATORS, length_name};
use callup_sim::scenario::Agency;
use callup_sim::strata::Stratum;
use callup_sim::tally::Duration;
use callup_sim::{Histogram, Outcome};
use std::collections::BTreeMap;

/// A row of the long table before it has its columns.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LongRow<'s> {
    /// `week`, `run`, `length` or `summary`.
    pub form: &'static str,
    /// Last day of the week, day of the run from 0.
    pub day: Option<u16>,
    /// Region.
    pub region: Option<u16>,
    /// What the stratum is of (`age`, a group, `agency`) and its name.
    pub stratum: Option<(&'static str, &'s str)>,
    /// Kind of measure.
    pub measure: Option<MeasureKind>,
    /// Name of the indicator.
    pub indicator: &'static str,
    /// Which statistic of a length, or whether a length is one that ended.
    pub statistic: Option<&'static str>,
    /// Days of a length.
    pub days: Option<i16>,
    /// The count.
    pub value: u64,
    /// The count that it is a part of.
    pub of: Option<u64>,
    /// Of a share of a region or stratum: the value and the whole of everybody else.
    pub others: Option<(u64, u64)>,
}

impl LongRow<'_> {
    /// `value` of `of`.
    #[must_use]
    pub fn share(&self) -> Option<f64> {
        share(self.value, self.of?)
    }

    /// The share over that of everybody else.
    #[must_use]
    pub fn ratio(&self) -> Option<f64> {
        let others = self.others.and_then(|(value, of)| share(value, of)).filter(|others| *others > 0.0)?;
        Some(self.share()? / others)
    }

    /// The share less that of everybody else.
    #[must_use]
    pub fn difference(&self) -> Option<f64> {
        Some(self.share()? - self.others.and_then(|(value, of)| share(value, of))?)
    }
}

fn share(value: u64, of: u64) -> Option<f64> {
    (of > 0).then(|| value as f64 / of as f64)
}

/// Every row: weeks, the whole run, lengths, summaries of lengths.
#[must_use]
pub fn rows<'s>(prepared: &'s Prepared, outcome: &'s Outcome) -> Vec<LongRow<'s>> {
    let mut rows: Vec<LongRow<'_>> = outcome.weekly.iter().map(|row| counted("week", &outcome.strata, row)).collect();
    rows.extend(whole(&outcome.whole, &outcome.strata));
    for histogram in &outcome.histograms {
        rows.extend(lengths(outcome, histogram));
    }
    for histogram in &outcome.histograms {
        rows.extend(summary(outcome, histogram, served(outcome, histogram)));
    }
    rows.extend(by_agency(&prepared.scenario.agencies, outcome));
    rows
}

/// Rows of the whole run of the nation, of all kinds of measure together: of everybody and of each stratum beside everybody else.
#[must_use]
pub fn of_nation(outcome: &Outcome) -> Vec<LongRow<'_>> {
    let of_nation = outcome.whole.iter().filter(|row| (row.region, row.measure) == (None, None));
    whole(&of_nation.copied().collect::<Vec<_>>(), &outcome.strata)
}

/// Rows of the whole run, those of regions and strata beside everybody else.
#[must_use]
pub fn whole<'s>(whole: &[IndicatorRow], strata: &'s [Stratum]) -> Vec<LongRow<'s>> {
    type Key = (&'static str, Option<MeasureKind>, Option<u16>);
    let key = |row: &IndicatorRow| -> Key { (row.name, row.measure, row.region) };
    // Nobody is held against a stratum.
    let of_all = whole.iter().filter(|row| row.stratum.is_none());
    let known: BTreeMap<Key, (u64, u64)> = of_all.filter_map(|row| Some((key(row), (row.value, row.of?)))).collect();
    let others_of = |row: &IndicatorRow| {
        if (row.region, row.stratum) == (None, None) {
            return None;
        }
        // A region is held against the others, a stratum against the rest of its place.
        let region = if row.stratum.is_some() { row.region } else { None };
        let (value, of) = known.get(&(row.name, row.measure, region))?;
        Some((value.checked_sub(row.value)?, of.checked_sub(row.of?)?))
    };
    whole.iter().map(|row| LongRow { others: others_of(row), ..counted("run", strata, row) }).collect()
}

fn counted<'s>(form: &'static str, strata: &'s [Stratum], row: &IndicatorRow) -> LongRow<'s> {
    LongRow {
        form,
        day: row.day,
        region: row.region,
        stratum: stratum(strata, row.stratum),
        measure: row.measure,
        indicator: row.name,
        statistic: None,
        days: None,
        value: row.value,
        of: row.of,
        others: None,
    }
}

fn stratum(strata: &[Stratum], place: Option<u16>) -> Option<(&'static str, &str)> {
    let stratum = strata.get(usize::from(place?))?;
    Some((stratum.kind, &stratum.name))
}

fn of_length<'s>(outcome: &'s Outcome, histogram: &Histogram, form: &'static str) -> LongRow<'s> {
    LongRow {
        form,
        day: None,
        region: histogram.region,
        stratum: stratum(&outcome.strata, histogram.stratum),
        measure: histogram.measure,
        indicator: length_name(histogram.duration, histogram.measure == Some(MeasureKind::ExitBan)),
        statistic: None,
        days: None,
        value: 0,
        of: None,
        others: None,
    }
}

fn lengths<'s>(outcome: &'s Outcome, histogram: &Histogram) -> Vec<LongRow<'s>> {
    let sides = [("ended", &histogram.ended), ("open", &histogram.open)];
    let row = |statistic, (days, value)| LongRow {
        statistic: Some(statistic),
        days: Some(days),
        value,
        ..of_length(outcome, histogram, "length")
    };
    sides.into_iter().flat_map(|(side, counts)| counts.counted().map(move |count| row(side, count))).collect()
}

/// Of notices that came to count as served how many were known by then: they have no gap, and belong to its distribution all the same.
fn served(outcome: &Outcome, histogram: &Histogram) -> u64 {
    let fits = |row: &&IndicatorRow| {
        (row.name, row.region, row.stratum) == ("served_unseen", histogram.region, histogram.stratum)
    };
    let notices = outcome.whole.iter().find(fits);
    match histogram.duration {
        Duration::NoticeGap => notices.map_or(0, |row| row.of.unwrap_or(0).saturating_sub(row.value)),
        _ => 0,
    }
}

/// Median and further percentiles, where open ones count as longer than all that ended; and how many lie beyond some lengths.
fn summary<'s>(outcome: &'s Outcome, histogram: &Histogram, at_zero: u64) -> Vec<LongRow<'s>> {
    let mut histogram = histogram.clone();
    if at_zero > 0 {
        histogram.ended.add(0, at_zero);
    }
    let total = histogram.total();
    let row = || LongRow { of: Some(total), ..of_length(outcome, &histogram, "summary") };
    let percentile = |(statistic, percent)| {
        let days = histogram.percentile_of_all(percent);
        LongRow { statistic: Some(statistic), days, value: total, ..row() }
    };
    let mut rows: Vec<LongRow<'_>> = [("median", 50), ("p90", 90), ("p95", 95)].map(percentile).into();
    let beyond: &[(&'static str, u64)] = match histogram.duration {
        Duration::TimeToComply => &[
            ("below_0_days", histogram.ended.below(0) + histogram.open.below(0)),
            ("below_3_days", histogram.ended.below(3) + histogram.open.below(3)),
        ],
        Duration::SanctionStack => &[("above_1", histogram.above(1)), ("above_5", histogram.above(5))],
        _ => &[("above_30_days", histogram.above(30)), ("above_90_days", histogram.above(90))],
    };
    rows.extend(beyond.iter().map(|(statistic, value)| LongRow { statistic: Some(statistic), value: *value, ..row() }));
    rows.push(LongRow { statistic: Some("open"), value: histogram.open.total(), ..row() });
    rows
}

/// Latencies of each agency of the scenario, over all the kinds of measure that it carries out.
fn by_agency<'s>(agencies: &'s [Agency], outcome: &'s Outcome) -> Vec<LongRow<'s>> {
    let mut rows = Vec::new();
    for agency in agencies {
        for duration in [Duration::LiftLatency, Duration::Overdue] {
            let fits = |histogram: &&Histogram| {
                histogram.duration == duration
                    && (histogram.region, histogram.stratum) == (None, None)
                    && histogram.measure.is_some_and(|kind| agency.measures.contains(&kind))
            };
            let sum = outcome.histograms.iter().filter(fits).cloned().reduce(|mut sum, one| {
                sum.ended.absorb(&one.ended);
                sum.open.absorb(&one.open);
                sum
            });
            let sum = sum.map(|sum| Histogram { measure: None, ..sum });
            let of_agency = sum.iter().flat_map(|sum| summary(outcome, sum, 0));
            rows.extend(of_agency.map(|row| LongRow { stratum: Some(("agency", agency.name.as_str())), ..row }));
        }
    }
    rows
}

/// The table.
#[must_use]
pub fn indicators(prepared: &Prepared, outcome: &Outcome) -> Table {
    let rows = rows(prepared, outcome);
    let scale = prepared.scenario.scale;
    let codes = region_codes(prepared);
    let text = |of: &dyn Fn(&LongRow<'_>) -> &'static str| Values::words(rows.iter().map(of));
    let words = |of: &dyn Fn(&LongRow<'_>) -> Option<&'static str>| Values::optional_words(rows.iter().map(of));
    let numbers = |of: &dyn Fn(&LongRow<'_>) -> Option<f64>| Values::OptionalNumbers(rows.iter().map(of).collect());
    let mut out = new_table(prepared, "Indicators in long form; a share is `value` of `of`.");
    out.push("form", "word", "`week`: of the week that ends on the date; `run`: of the whole run; `length`: how many lasted so many days; `summary`: a statistic of lengths.", text(&|row| row.form));
    let dates = rows.iter().map(|row| row.day.map(|day| day_of(prepared, day))).collect();
    out.push("date", "civil day", "Last day of the week.", Values::OptionalDays(dates));
    let region = |row: &LongRow<'_>| row.region.map_or(ALL_REGIONS, |region| codes[usize::from(region)].as_str());
    out.push("region", "ISO 3166-2", "Region, or `all`.", Values::words(rows.iter().map(region)));
    let kind = words(&|row| row.stratum.map(|stratum| stratum.0));
    out.push("stratum_kind", "word", "What people are split by: `age`, a group of the scenario, or `agency`.", kind);
    let name = Values::optional_words(rows.iter().map(|row| row.stratum.map(|stratum| stratum.1)));
    out.push("stratum", "word", "Band of ages on the first day, side of the group, or name of the agency.", name);
    let measures = words(&|row| row.measure.map(MeasureKind::word));
    out.push("measure", "word", "Kind of measure; none where there is none, or for all of them.", measures);
    out.push(
        "indicator",
        "word",
        "Name of the indicator; unit and definition of each stand in the table's metadata.",
        text(&|row| row.indicator),
    );
    let statistics = words(&|row| row.statistic);
    out.push("statistic", "word", "Of a length: `ended` or `open`; of a summary: which statistic.", statistics);
    let days = rows.iter().map(|row| row.days).collect();
    out.push("days", "days", "Length; of `sanction_stack` a number of kinds.", Values::OptionalSigned(days));
    let values: Vec<u64> = rows.iter().map(|row| row.value).collect();
    if scale < 1.0 {
        let larger = values.iter().map(|value| expanded(*value, scale)).collect();
        out.push("value_expanded", "count", "The count divided by the scale of the run.", Values::Counts(larger));
    }
    out.push("value", "count", "The count.", Values::Counts(values));
    let of = rows.iter().map(|row| row.of).collect();
    out.push("of", "count", "The count that it is a part of.", Values::OptionalCounts(of));
    out.push("share", "share", "`value` of `of`.", numbers(&|row| row.share()));
    out.push("ratio", "ratio", "The share over the share among everybody else: of a region the other regions, of a stratum the rest of its place.", numbers(&|row| row.ratio()));
    out.push("difference", "share", "The share less the share among everybody else.", numbers(&|row| row.difference()));
    out.metadata.extend(INDICATORS.iter().map(|one| (one.id, format!("{} [{}]", one.definition, one.unit))));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(region: Option<u16>, stratum: Option<u16>, value: u64, of: u64) -> IndicatorRow {
        IndicatorRow { day: None, region, stratum, measure: None, name: "over_inclusion", value, of: Some(of) }
    }

    fn part(name: &str) -> Stratum {
        Stratum { kind: "portal_reader", name: name.into() }
    }

    #[test]
    fn a_part_is_held_against_everybody_else_of_its_place() {
        let strata = [part("no"), part("yes")];
        let counts = [
            row(None, None, 30, 100),
            row(Some(0), None, 10, 50),
            row(Some(1), None, 20, 50),
            row(None, Some(0), 24, 40),
            row(None, Some(1), 6, 60),
            row(Some(0), Some(0), 10, 10),
            row(Some(0), Some(1), 0, 40),
        ];
        let rows = whole(&counts, &strata);
        let close = |found: Option<f64>, wanted: f64| found.is_some_and(|found| (found - wanted).abs() < 1e-12);
        assert_eq!((rows[0].ratio(), rows[0].difference()), (None, None), "there is nobody else");
        assert!(
            close(rows[1].ratio(), 0.5) && close(rows[1].difference(), -0.2),
            "0.2 against 0.4 in the other region"
        );
        assert!(close(rows[3].ratio(), 6.0) && close(rows[3].difference(), 0.5), "0.6 against 0.1 of those who read");
        // Nobody among the others: a difference and no ratio.
        assert!(rows[5].ratio().is_none() && close(rows[5].difference(), 1.0));
        assert!(close(rows[6].ratio(), 0.0) && close(rows[6].difference(), -1.0));
        assert_eq!(rows[4].stratum, Some(("portal_reader", "yes")));
    }
}
