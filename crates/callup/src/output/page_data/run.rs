//! The data of a run's page: what matters first, then weeks, regions, strata, lengths, what the figures rest on, and the laws.
//!
//! It is read off the outcome, as the tables are. This file knows no law but through its compiled form.

use super::{by_week, described, law, national, regions, week_ends};
use crate::judging::Checked;
use crate::output::Made;
use crate::output::coverage::{Line, lines};
use crate::output::headline::{Applied, HeadlineLine};
use crate::output::ledgers;
use crate::output::long::{LongRow, of_nation};
use crate::output::receipt::{FILE_NAME, ParameterLine, ReplicateLine, inputs};
use crate::output::sums::{Group, SumLine, sums};
use crate::output::tables::{ALL_REGIONS, expanded, person_name, region_codes};
use crate::prepare::Prepared;
use callup_law::roles::MeasureKind;
use callup_sim::indicators::registry::length_name;
use callup_sim::ledger::{Form, registry};
use callup_sim::{Histogram, Outcome};
use serde_json::{Value, json};

/// Columns that the page draws, how people are reached beside what is done to them: their weeks have a band over the replicates (`replicates.parquet`
/// has the weeks of all), and the first [`REGIONAL`] are told by region too, where the run has them.
const DRAWN: [&str; 16] = [
    "issued",
    "first_seen",
    "served_unseen",
    "exit_ban_standing",
    "exit_ban_standing_unseen",
    "exit_ban_standing_wrongful",
    "restricted",
    "restricted_unseen",
    "restricted_wrongful",
    "driving_barred",
    "called_up",
    "dispatched",
    "queue",
    "left",
    "departures_turned_back",
    "trips_turned_back",
];
const REGIONAL: usize = 14;

/// The data.
#[must_use]
pub fn run(made: Made<'_>) -> Value {
    let Made { prepared, outcome, headline, replicates, .. } = made;
    let scenario = &prepared.scenario;
    let several = replicates.several().is_some();
    json!({
        "kind": "run",
        "id": prepared.folder_name(),
        "identity": prepared.identity,
        "title": scenario.title,
        "about": scenario.about,
        "version": env!("CARGO_PKG_VERSION"),
        "scenario": scenario.name,
        "country": scenario.country,
        "seed": scenario.seed,
        "scale": scenario.scale,
        "start": scenario.start.to_string(),
        "days": scenario.days,
        "people": outcome.totals.people,
        "replicates": several.then(|| replicates.lines().len()),
        "replicate_runs": several.then(|| replicate_runs(made)),
        "switches": switches(prepared),
        "provenance": provenance(prepared),
        "headline": headline.iter().map(headline_line).collect::<Value>(),
        "sums": sums_by_group(&sums(outcome, scenario.scale)),
        "weekly": weekly(made),
        "regions": regions(prepared),
        "regional": regional(prepared, outcome),
        "strata": strata(outcome, scenario.scale),
        "durations": durations(outcome, scenario.scale),
        "figures": figures(made),
        "parameters": scenario.register.iter().map(|one| json!(ParameterLine::from(one))).collect::<Value>(),
        "laws": laws(prepared, outcome),
        "ledgers": kept(prepared, outcome),
        "samples": samples(outcome),
    })
}

fn switches(prepared: &Prepared) -> Value {
    let answers = &prepared.scenario.answers;
    let of_laws = prepared.books.iter().flat_map(|book| &book.switches);
    let mut seen: Vec<&str> = Vec::new();
    let mut list = Vec::new();
    for switch in of_laws {
        if seen.contains(&switch.name.as_str()) {
            continue;
        }
        seen.push(&switch.name);
        let mut line = law::switch(switch);
        line["answer"] = json!(answers.get(&switch.name));
        list.push(line);
    }
    Value::Array(list)
}

fn provenance(prepared: &Prepared) -> Value {
    let files: Value = inputs(prepared)
        .iter()
        .map(|input| json!({ "path": input.name, "bytes": input.bytes, "sha256": input.sha256 }))
        .collect();
    json!({ "command": prepared.command(), "inputs": files, "receipt": FILE_NAME, "sources": crate::SOURCES_SHA256 })
}

fn headline_line(line: &HeadlineLine) -> Value {
    let named = |one: &Applied| format!("{} ({})", one.article, one.law);
    json!({
        "name": line.id,
        "label": line.label,
        "value": line.value,
        "expanded": line.expanded,
        "unit": line.unit,
        "share": line.share,
        "part_of": line.part_of,
        "beside": line.part_of,
        "note": (!line.assumptions.is_empty()).then(|| line.assumptions.join("; ")),
        "articles": line.articles.iter().map(named).collect::<Vec<_>>(),
        "applied": line.articles,
        "over_replicates": line.replicates,
    })
}

fn sums_by_group(lines: &[SumLine]) -> Value {
    let group = |(group, title): &(Group, &str)| {
        let rows: Value = lines.iter().filter(|line| line.group == *group).map(sum).collect();
        json!({ "title": title, "rows": rows })
    };
    [
        (Group::Unreached, "Notices that reached nobody"),
        (Group::Searches, "Stopped by searches"),
        (Group::Border, "At the border"),
        (Group::Reasons, "Valid reasons"),
    ]
    .iter()
    .map(group)
    .collect()
}

fn sum(line: &SumLine) -> Value {
    json!({ "id": line.id, "label": line.label, "value": line.expanded, "raw": line.value, "unit": line.unit, "share": line.share })
}

/// What was published of these days, beside the run and its replicates: numbers and words are those of the checks.
fn figures(made: Made<'_>) -> Value {
    let line = |checked: &Checked| {
        let (figure, reach) = (&checked.figure, checked.reach());
        json!({
            "name": figure.name, "what": figure.what, "unit": figure.unit_word(), "role": figure.role_word(),
            "verdict": checked.verdict().words(),
            "value": reach.map(|reach| reach.model),
            "low": reach.map(|reach| reach.model_low),
            "high": reach.map(|reach| reach.model_high),
            "published_low": figure.low, "published_high": figure.high,
            "source": figure.source, "reason": figure.reason,
        })
    };
    made.replicates.checked(made.prepared).iter().map(line).collect()
}

/// The ledgers by month, under the names of the pages that show them. Values are those of the nation.
fn kept(prepared: &Prepared, outcome: &Outcome) -> Value {
    let (codes, scale) = (region_codes(prepared), prepared.scenario.scale);
    let mut by_ledger: std::collections::BTreeMap<&str, Vec<Value>> = std::collections::BTreeMap::new();
    for row in ledgers::rows(prepared, outcome) {
        let (Some(day), Form::Month, Some(about)) = (row.day, row.form, registry::find(row.name)) else { continue };
        let place = row.region.map_or(ALL_REGIONS, |region| codes[usize::from(region)].as_str());
        by_ledger.entry(page_of(about.ledger)).or_default().push(json!({
            "day": prepared.scenario.start.plus_days(day.into()).to_string(),
            "place": place,
            "group": row.group.clone().unwrap_or_default(),
            "indicator": row.name,
            "value": expanded(row.value, scale),
            "unit": about.unit,
        }));
    }
    let quotas = quotas(prepared, outcome, &codes);
    if !quotas.is_empty() {
        by_ledger.insert("quotas", quotas);
    }
    json!(by_ledger)
}

/// Plan and contracts of the nation week by week, and of each region in the last week.
fn quotas(prepared: &Prepared, outcome: &Outcome, codes: &[String]) -> Vec<Value> {
    let scale = prepared.scenario.scale;
    let line = |day: u16, place: &str, indicator: &str, value: u64| {
        let day = prepared.scenario.start.plus_days(day.into()).to_string();
        json!({ "day": day, "place": place, "group": "", "indicator": indicator, "value": expanded(value, scale), "unit": "persons" })
    };
    let mut nation: std::collections::BTreeMap<u16, (u64, u64)> = std::collections::BTreeMap::new();
    for week in &outcome.quota_weeks {
        let sum = nation.entry(week.day).or_default();
        *sum = (sum.0 + week.plan, sum.1 + week.actual);
    }
    let mut rows = Vec::new();
    for (day, (plan, actual)) in &nation {
        rows.push(line(*day, ALL_REGIONS, "plan", *plan));
        rows.push(line(*day, ALL_REGIONS, "actual", *actual));
    }
    let last = nation.keys().next_back();
    for week in outcome.quota_weeks.iter().filter(|week| Some(&week.day) == last) {
        let place = &codes[usize::from(week.region)];
        rows.push(line(week.day, place, "plan", week.plan));
        rows.push(line(week.day, place, "actual", week.actual));
    }
    rows
}

/// The page on which a ledger stands.
fn page_of(ledger: &'static str) -> &'static str {
    match ledger {
        "leaving_unit" => "courts",
        "legal_aid" => "aid",
        "cost" => "accounts",
        other => other,
    }
}

/// Weeks of the nation, with a band over the replicates where there are any.
fn weekly(made: Made<'_>) -> Value {
    let (daily, scale) = (&made.outcome.daily, made.prepared.scenario.scale);
    let series = |column: usize| {
        let name = &daily.columns()[column].name;
        let is_banded = DRAWN.contains(&name.as_str()) && made.replicates.has(name);
        let band = if is_banded { made.replicates.band(name) } else { None };
        let Some(band) = band else { return national(daily, column, scale) };
        let values = by_week(daily, column, scale, &|day| daily.national(day, column));
        let mut line = described(daily, column, json!(values));
        (line["low"], line["median"], line["high"]) = (json!(band.low), json!(band.median), json!(band.high));
        Some(line)
    };
    let series: Vec<Value> = (0..daily.columns().len()).filter_map(series).collect();
    json!({ "dates": week_ends(made.prepared, daily), "series": series })
}

/// The runs that the bands are of: seed and folder, this one first.
fn replicate_runs(made: Made<'_>) -> Value {
    let named = |line: &ReplicateLine| json!({ "seed": line.seed, "id": made.prepared.folder_of(&line.identity) });
    made.replicates.lines().iter().map(named).collect()
}

fn regional(prepared: &Prepared, outcome: &Outcome) -> Value {
    let (daily, scale) = (&outcome.daily, prepared.scenario.scale);
    let series = |name: &&str| {
        let column = daily.column(name)?;
        let of = |region: usize| by_week(daily, column, scale, &|day| daily.value(day, region, column));
        let by_region: Vec<Vec<u64>> = (0..daily.regions()).map(of).collect();
        let weeks = by_region.first().map_or(0, Vec::len);
        let values: Vec<Vec<u64>> =
            (0..weeks).map(|week| by_region.iter().map(|region| region[week]).collect()).collect();
        Some(described(daily, column, json!(values)))
    };
    json!({ "dates": week_ends(prepared, daily), "series": DRAWN[..REGIONAL].iter().filter_map(series).collect::<Vec<_>>() })
}

fn strata(outcome: &Outcome, scale: f64) -> Value {
    let line = |row: &LongRow<'_>| {
        let (kind, name) = row.stratum?;
        Some(json!({
            "indicator": row.indicator, "group": format!("{kind}:{name}"), "value": expanded(row.value, scale),
            "of": row.of.map(|of| expanded(of, scale)), "share": row.share(), "ratio": row.ratio(),
        }))
    };
    of_nation(outcome).iter().filter_map(line).collect()
}

fn durations(outcome: &Outcome, scale: f64) -> Value {
    let line = |histogram: &Histogram| {
        let name = length_name(histogram.duration, histogram.measure == Some(MeasureKind::ExitBan));
        let id = histogram.measure.map_or(name.to_owned(), |kind| format!("{name}.{}", kind.word()));
        let bucket = |(days, count): (i16, u64)| json!([days, expanded(count, scale)]);
        json!({
            "id": id,
            "duration": histogram.duration.word(),
            "measure": histogram.measure.map(|kind| kind.word()),
            "definition": histogram.duration.meaning(),
            "buckets": histogram.ended.counted().map(bucket).collect::<Vec<_>>(),
            "ended": expanded(histogram.ended.total(), scale),
            "open": expanded(histogram.open.total(), scale),
            "median": histogram.percentile_days(50),
            "p90": histogram.percentile_days(90),
        })
    };
    outcome.histograms.iter().filter(|histogram| histogram.is_of_all()).map(line).collect()
}

fn laws(prepared: &Prepared, outcome: &Outcome) -> Value {
    let all = lines(prepared, outcome);
    let of = |place: usize| -> Vec<&Line> { all.iter().filter(|line| line.law == place).collect() };
    prepared.laws.iter().enumerate().map(|(place, text)| law::law(text, &of(place))).collect()
}

fn samples(outcome: &Outcome) -> Value {
    let mut names: Vec<String> = outcome.histories.iter().map(|row| person_name(row.person)).collect();
    names.dedup();
    json!(names)
}
