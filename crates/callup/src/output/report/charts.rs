//! The charts, each a figure with a sentence, a key and the same numbers as a table.
//!
//! How many are reached never stands without how many are wronged: both are lines of the same chart.

use crate::output::Made;
use crate::output::chart::{Frame, PENS, Pen, bars, lines};
use crate::output::series::{Counters, Series, WEEK_DAYS};
use crate::output::words::grouped;
use callup_law::roles::MeasureKind;
use callup_sim::tally::Duration;
use maud::{Markup, PreEscaped, html};

/// A chart of lines and what is said about it.
struct Chart {
    title: String,
    sentence: String,
    values: &'static str,
    series: Vec<Series>,
    /// How the columns are defined, in the order of the series.
    definitions: Vec<String>,
}

/// The section.
pub fn section(subject: Made<'_>) -> Markup {
    let counters = Counters::of(subject.prepared, subject.outcome);
    let charts = [
        Some(notices(counters)),
        measure(subject, counters, &[MeasureKind::ExitBan]),
        further(subject, counters),
        Some(called_up(subject, counters)),
        Some(border(counters)),
    ];
    html! {
        @for chart in charts.into_iter().flatten().filter(|chart| chart.series.iter().any(|one| one.max() > 0)) {
            (figure(subject, &chart))
        }
        (exit_ban_lengths(subject))
    }
}

fn notices(counters: Counters<'_>) -> Chart {
    let series = vec![
        counters.weekly("summonses formed", &["issued"]),
        counters.weekly("came to the man's knowledge", &["first_seen"]),
        counters.weekly("counted as served before he knew", &["served_unseen"]),
    ];
    let all = ["issued", "first_seen", "served_unseen"].map(|column| counters.total(column));
    let sentence = format!(
        "{} summonses; {} came to be known, {} counted as served before they were known.",
        grouped(all[0]),
        grouped(all[1]),
        grouped(all[2])
    );
    let definitions = ["issued", "first_seen", "served_unseen"].map(|name| counters.definition(name).to_owned());
    Chart { title: "Summonses".into(), sentence, values: "summonses a week", series, definitions: definitions.into() }
}

/// How a measure of the law is called in a sentence: its meaning without the full stop.
fn words(kind: MeasureKind) -> String {
    kind.meaning().trim_end_matches('.').to_owned()
}

/// The measure of these kinds that most people are under at once.
fn measure(subject: Made<'_>, counters: Counters<'_>, kinds: &[MeasureKind]) -> Option<Chart> {
    let present = subject.prepared.law_set.measure_kinds();
    let standing = |kind: &MeasureKind| counters.stock("under the measure", &format!("{}_standing", kind.word()));
    let candidates = kinds.iter().filter(|kind| present.contains(kind));
    // Of equals the first in the vocabulary: `max_by_key` would take the last.
    let kind = *candidates.rev().max_by_key(|kind| standing(kind).max())?;
    let column = |end: &str| format!("{}_{end}", kind.word());
    let columns = [column("standing"), column("standing_unseen"), column("standing_wrongful")];
    let series = vec![
        standing(&kind),
        counters.stock("of these, did not know of the summons", &columns[1]),
        counters.stock("of these, free of the call-up in truth", &columns[2]),
    ];
    let sentence = format!(
        "On the worst day {} were under it; at most {} did not know of the summons and {} were free of the call-up in truth. On the last day {} were still under it.",
        grouped(series[0].max()),
        grouped(series[1].max()),
        grouped(series[2].max()),
        grouped(series[0].last())
    );
    let definitions = columns.iter().map(|name| counters.definition(name).to_owned()).collect();
    Some(Chart { title: words(kind), sentence, values: "men at the end of the day", series, definitions })
}

fn further(subject: Made<'_>, counters: Counters<'_>) -> Option<Chart> {
    let not_travel = |kind: &&MeasureKind| !matches!(kind, MeasureKind::ExitBan | MeasureKind::PassportBan);
    let kinds: Vec<MeasureKind> = MeasureKind::ALL.iter().filter(not_travel).copied().collect();
    let mut chart = measure(subject, counters, &kinds)?;
    chart.title += " (of the further measures the one most men are under)";
    Some(chart)
}

fn called_up(subject: Made<'_>, counters: Counters<'_>) -> Chart {
    let called_up = counters.cumulative("called up", &["called_up"]);
    let released = counters.cumulative("deferred or exempted by the commission", &["deferred", "exempted"]);
    let decreed = decreed(subject);
    let sentence = format!(
        "{} called up by the last day, {} deferred or exempted; {} decreed.",
        grouped(called_up.last()),
        grouped(released.last()),
        grouped(decreed.last())
    );
    let mut definitions: Vec<String> =
        ["called_up", "deferred"].map(|name| counters.definition(name).to_owned()).into();
    definitions.push("Decreed numbers of the campaigns that have begun.".into());
    let series = vec![called_up, released, decreed];
    Chart {
        title: "Call-up against the decree".into(),
        sentence,
        values: "men since the first day",
        series,
        definitions,
    }
}

/// The decreed numbers of the campaigns that have begun, day by day.
fn decreed(subject: Made<'_>) -> Series {
    let scenario = &subject.prepared.scenario;
    let on = |day: u16| {
        let today = scenario.start.plus_days(i32::from(day));
        let begun = scenario.campaigns.iter().filter(|campaign| campaign.from <= today);
        begun.filter_map(|campaign| campaign.decreed.as_ref()).map(|decree| u64::from(decree.number)).sum()
    };
    Series { label: "decreed".into(), points: (0..scenario.days).map(|day| (day, on(day))).collect() }
}

fn border(counters: Counters<'_>) -> Chart {
    let series = vec![
        counters.weekly("left for good", &["left"]),
        counters.weekly("turned back when leaving for good", &["departures_turned_back"]),
        counters.weekly("turned back on a trip", &["trips_turned_back"]),
    ];
    let sentence = format!(
        "{} left for good; {} were turned back when leaving and {} on a trip.",
        grouped(counters.total("left")),
        grouped(counters.total("departures_turned_back")),
        grouped(counters.total("trips_turned_back"))
    );
    let definitions =
        ["left", "departures_turned_back", "trips_turned_back"].map(|name| counters.definition(name).to_owned());
    Chart { title: "At the border".into(), sentence, values: "men a week", series, definitions: definitions.into() }
}

fn figure(subject: Made<'_>, chart: &Chart) -> Markup {
    let start = subject.prepared.scenario.start;
    let frame = Frame { values: chart.values, steps: "date" };
    let svg = lines(&frame, start, &chart.series);
    let label = format!("{}. {}", chart.title, chart.sentence);
    html! {
        h3 { (chart.title) }
        figure role="img" aria-label=(label) {
            div aria-hidden="true" {
                ul.key { @for (series, pen) in chart.series.iter().zip(PENS.iter().cycle()) { li { (sample(*pen)) (series.label) } } }
                (PreEscaped(svg))
            }
        }
        p { (chart.sentence) }
        details {
            summary { "The same as a table" }
            (table(subject, chart))
            @for (series, definition) in chart.series.iter().zip(&chart.definitions) {
                p.soft { strong { (series.label) ": " } (definition) }
            }
        }
    }
}

/// A piece of the line, for the key.
fn sample(pen: Pen) -> Markup {
    let (red, green, blue) = pen.colour;
    let dash = if pen.dash.1 == 0 { "none".to_owned() } else { format!("{} {}", pen.dash.0, pen.dash.1) };
    html! {
        svg viewBox="0 0 34 8" aria-hidden="true" {
            line x1="0" y1="4" x2="34" y2="4" stroke={ "rgb(" (red) "," (green) "," (blue) ")" } stroke-width="3" stroke-dasharray=(dash) {}
        }
    }
}

/// The values at the ends of the weeks.
fn table(subject: Made<'_>, chart: &Chart) -> Markup {
    let start = subject.prepared.scenario.start;
    let days = usize::from(subject.prepared.scenario.days);
    let is_week_end = |day: usize| (day + 1).is_multiple_of(WEEK_DAYS) || day + 1 == days;
    html! {
        div.scroll { table {
            caption { (chart.title) ", " (chart.values) ", at the end of each week" }
            thead { tr {
                th scope="col" { "day" }
                @for series in &chart.series { th.n scope="col" { (series.label) } }
            } }
            tbody {
                @for day in (0..days).filter(|day| is_week_end(*day)) {
                    tr {
                        th scope="row" { (start.plus_days(day as i32)) }
                        @for series in &chart.series { td.n { (at(series, day)) } }
                    }
                }
            }
        } }
    }
}

fn at(series: &Series, day: usize) -> String {
    let found = series.points.iter().find(|point| usize::from(point.0) == day);
    found.map_or(String::new(), |point| grouped(point.1))
}

/// How long the exit bans lasted that were taken off, as bars of a week each.
fn exit_ban_lengths(subject: Made<'_>) -> Markup {
    let fits = |histogram: &&callup_sim::Histogram| {
        histogram.duration == Duration::InEffect
            && histogram.is_of_all()
            && histogram.measure == Some(MeasureKind::ExitBan)
    };
    let Some(histogram) = subject.outcome.histograms.iter().find(fits) else { return html! {} };
    let scale = subject.prepared.scenario.scale;
    let mut by_week: Vec<u64> = Vec::new();
    for (days, some) in histogram.ended.counted() {
        let week = usize::try_from(days).unwrap_or(0) / WEEK_DAYS;
        by_week.resize(by_week.len().max(week + 1), 0);
        by_week[week] += some;
    }
    let weeks = by_week.into_iter().enumerate();
    let values: Vec<(u32, u64)> =
        weeks.map(|(week, count)| ((week * WEEK_DAYS) as u32, super::super::tables::expanded(count, scale))).collect();
    let median = histogram.percentile_days(50).unwrap_or(0);
    let sentence = format!(
        "Half of the exit bans that were lifted lasted at most {median} days; {} lasted more than 90.",
        grouped(super::super::tables::expanded(histogram.ended.above(90), scale))
    );
    let frame = Frame { values: "exit bans lifted", steps: "days in effect" };
    html! {
        h3 { "How long exit bans lasted" }
        figure role="img" aria-label={ "How long exit bans lasted. " (sentence) } {
            div aria-hidden="true" { (PreEscaped(bars(&frame, &values, WEEK_DAYS as u32))) }
        }
        p { (sentence) " Bans that still stand on the last day are not among them." }
        details {
            summary { "The same as a table" }
            table {
                thead { tr { th.n scope="col" { "days" } th.n scope="col" { "exit bans lifted" } } }
                tbody { @for (first, count) in &values { tr { th.n scope="row" { (first) " to " (first + 6) } td.n { (grouped(*count)) } } } }
            }
        }
    }
}
