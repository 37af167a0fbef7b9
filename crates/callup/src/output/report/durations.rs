//! Durations in whole days: median, nine tenths, how many lasted more than a month and a season.
//!
//! It reads histograms and knows no law.

use super::Subject;
use crate::output::tables::expanded;
use crate::output::words::{grouped, percent};
use callup_sim::Histogram;
use callup_sim::tally::Duration;
use maud::{Markup, html};

/// The section.
pub fn section(subject: Subject<'_>) -> Markup {
    let national: Vec<&Histogram> =
        subject.outcome.histograms.iter().filter(|histogram| histogram.region.is_none()).collect();
    html! {
        @if national.is_empty() { p { "Nothing that has a length ended in this run." } }
        @for duration in Duration::ALL {
            @let rows: Vec<&&Histogram> = national.iter().filter(|histogram| histogram.duration == *duration).collect();
            @if !rows.is_empty() { (table(subject, *duration, &rows)) }
        }
    }
}

fn table(subject: Subject<'_>, duration: Duration, rows: &[&&Histogram]) -> Markup {
    html! {
        div.scroll { table {
            caption { (duration.meaning()) }
            thead { tr {
                th scope="col" { "of" }
                th.n scope="col" { "counted" }
                th.n scope="col" { "median, days" }
                th.n scope="col" { "nine in ten within, days" }
                th.n scope="col" { "more than 30 days" }
                th.n scope="col" { "more than 90 days" }
            } }
            tbody { @for histogram in rows { (row(histogram, subject.prepared.scenario.scale)) } }
        } }
    }
}

fn row(histogram: &Histogram, scale: f64) -> Markup {
    let count: u64 = histogram.counts.iter().sum();
    let days = |percent| histogram.percentile_days(percent).map_or(String::new(), |days| days.to_string());
    let above = |days| if count > 0 { percent(histogram.above(days) as f64 / count as f64) } else { String::new() };
    html! {
        tr {
            th scope="row" { (histogram.measure.map_or("summonses".to_owned(), |kind| kind.word().replace('_', " "))) }
            td.n { (grouped(expanded(count, scale))) }
            td.n { (days(50)) }
            td.n { (days(90)) }
            td.n { (above(30)) }
            td.n { (above(90)) }
        }
    }
}
