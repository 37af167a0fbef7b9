//! The data of a run's page: what matters first, then weeks, regions, strata, lengths, what the figures rest on, and the laws.
//!
//! It is read off the outcome, as the tables are. This file knows no law but through its compiled form.

use super::{by_week, described, law, national, regions, week_ends};
use crate::input::validation::{Figure, Lived, Sought};
use crate::judging::{Checked, judge_statements};
use crate::output::coverage::{Line, lines};
use crate::output::headline::{Applied, HeadlineLine};
use crate::output::ledgers;
use crate::output::long::{LongRow, whole};
use crate::output::receipt::{FILE_NAME, ParameterLine, inputs};
use crate::output::sums::{Group, SumLine, sums};
use crate::output::tables::{ALL_REGIONS, expanded, person_name, region_codes};
use crate::prepare::Prepared;
use callup_law::calendar::Day;
use callup_law::roles::MeasureKind;
use callup_sim::indicators::ColumnKind;
use callup_sim::indicators::registry::length_name;
use callup_sim::ledger::{Form, registry};
use callup_sim::{Histogram, Outcome};
use serde_json::{Value, json};

/// Columns that are told by region and week, where the run has them: how people are reached beside what is done to them.
const REGIONAL: [&str; 14] = [
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
    "departed",
];

/// The data.
#[must_use]
pub fn run(prepared: &Prepared, outcome: &Outcome, headline: &[HeadlineLine]) -> Value {
    let scenario = &prepared.scenario;
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
        "switches": switches(prepared),
        "provenance": provenance(prepared),
        "headline": headline.iter().map(headline_line).collect::<Value>(),
        "sums": sums_by_group(&sums(outcome, scenario.scale)),
        "weekly": weekly(prepared, outcome),
        "regions": regions(prepared),
        "regional": regional(prepared, outcome),
        "strata": strata(outcome, scenario.scale),
        "durations": durations(outcome, scenario.scale),
        "figures": figures(prepared, outcome),
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
    let scenario = &prepared.scenario;
    let command = format!(
        "callup run {} --scale {} --seed {} --days {}",
        scenario.name, scenario.scale, scenario.seed, scenario.days
    );
    let files: Value = inputs(prepared)
        .iter()
        .map(|input| json!({ "path": input.name, "bytes": input.bytes, "sha256": input.sha256 }))
        .collect();
    json!({ "command": command, "inputs": files, "receipt": FILE_NAME, "sources": crate::SOURCES_SHA256 })
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

/// What was published of these days, beside the run.
fn figures(prepared: &Prepared, outcome: &Outcome) -> Value {
    let lived = Flows { prepared, outcome };
    let is_of_flows = |figure: &&Figure| {
        figure.against.as_ref().is_none_or(|against| matches!(against.sought, Sought::Columns { .. }))
    };
    let figures = prepared.published.iter().flat_map(|published| &published.figures).filter(is_of_flows);
    let mut checked: Vec<Checked> = figures.map(|figure| Checked::of(figure.clone())).collect();
    checked.iter_mut().for_each(|one| one.hold(&lived));
    judge_statements(&mut checked);
    checked.iter().map(line_of_figure).collect()
}

fn line_of_figure(checked: &Checked) -> Value {
    let figure = &checked.figure;
    let held = checked.held.first();
    json!({
        "name": figure.name, "what": figure.what, "unit": figure.unit_word(), "role": figure.role_word(),
        "verdict": checked.verdict().words(),
        "value": held.map(|held| held.model),
        "low": held.map(|held| held.model_low),
        "high": held.map(|held| held.model_high),
        "published_low": figure.low, "published_high": figure.high,
        "source": figure.source, "reason": figure.reason,
    })
}

/// The flows of a run, beside which most figures stand; the others are told by `callup check`.
struct Flows<'r> {
    prepared: &'r Prepared,
    outcome: &'r Outcome,
}

impl Lived for Flows<'_> {
    fn flow(&self, column: &str, region: Option<&str>, from: Day, until: Day) -> Option<f64> {
        let daily = &self.outcome.daily;
        let column = daily.column(column).filter(|place| daily.columns()[*place].kind == ColumnKind::Flow)?;
        let (start, end) =
            (self.prepared.scenario.start, self.prepared.scenario.start.plus_days(i32::try_from(daily.days()).ok()?));
        if from < start || end <= until {
            return None;
        }
        let place = match region {
            Some(code) => Some(region_codes(self.prepared).iter().position(|known| known == code)?),
            None => None,
        };
        let on = |day: usize| start.plus_days(i32::try_from(day).unwrap_or(i32::MAX));
        let days = (0..daily.days()).filter(|day| (from..=until).contains(&on(*day)));
        let count =
            |day: usize| place.map_or_else(|| daily.national(day, column), |region| daily.value(day, region, column));
        Some(days.map(count).sum::<u64>() as f64 / self.prepared.scenario.scale)
    }

    fn told(&self, _: &str, _: Option<&str>, _: Option<&str>, _: (Day, Day), _: bool) -> Option<f64> {
        None
    }

    fn length(&self, _: &str, _: Option<&str>, _: Option<&str>, _: &str) -> Option<f64> {
        None
    }
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

fn weekly(prepared: &Prepared, outcome: &Outcome) -> Value {
    let (daily, scale) = (&outcome.daily, prepared.scenario.scale);
    let series: Vec<Value> = (0..daily.columns().len()).filter_map(|column| national(daily, column, scale)).collect();
    json!({ "dates": week_ends(prepared, daily), "series": series })
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
    json!({ "dates": week_ends(prepared, daily), "series": REGIONAL.iter().filter_map(series).collect::<Vec<_>>() })
}

fn strata(outcome: &Outcome, scale: f64) -> Value {
    let line = |row: &LongRow| {
        let (kind, name) = row.stratum.as_ref()?;
        Some(json!({
            "indicator": row.indicator, "group": format!("{kind}:{name}"), "value": expanded(row.value, scale),
            "of": row.of.map(|of| expanded(of, scale)), "share": row.share(), "ratio": row.ratio(),
        }))
    };
    let rows = whole(&outcome.whole, &outcome.strata);
    rows.iter().filter(|row| (row.region, row.measure) == (None, None)).filter_map(line).collect()
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
