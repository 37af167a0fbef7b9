//! Lengths: median and nine tenths of those that ended, how many lie beyond some lengths, how many are still open.
//!
//! It reads histograms and knows no law.

use crate::output::Made;
use crate::output::tables::expanded;
use crate::output::words::{grouped, percent};
use callup_sim::Histogram;
use callup_sim::tally::Duration;
use maud::{Markup, html};

/// A length beyond which it is said how many lie: heading, and how many of a histogram.
type Beyond = (&'static str, fn(&Histogram) -> u64);

/// The section.
pub fn section(subject: Made<'_>) -> Markup {
    let national: Vec<&Histogram> =
        subject.outcome.histograms.iter().filter(|histogram| histogram.is_of_all()).collect();
    html! {
        @if national.is_empty() { p { "Nothing that has a length came about in this run." } }
        @for duration in Duration::ALL {
            @let rows: Vec<&&Histogram> = national.iter().filter(|histogram| histogram.duration == *duration).collect();
            @if !rows.is_empty() { (table(subject, *duration, &rows)) }
        }
    }
}

const fn beyond(duration: Duration) -> [Beyond; 2] {
    match duration {
        Duration::TimeToComply => [
            ("known after the date, or never", |one| one.ended.below(0) + one.open.below(0)),
            ("less than 3 days", |one| one.ended.below(3) + one.open.below(3)),
        ],
        Duration::SanctionStack => [("more than one", |one| one.above(1)), ("more than five", |one| one.above(5))],
        _ => [("more than 30 days", |one| one.above(30)), ("more than 90 days", |one| one.above(90))],
    }
}

fn table(subject: Made<'_>, duration: Duration, rows: &[&&Histogram]) -> Markup {
    html! {
        div.scroll { table {
            caption { (duration.meaning()) " Those that are open have not come to their end when the matter or the run does; they count among those that lie beyond a length if they stand there." }
            thead { tr {
                th scope="col" { "of" }
                th.n scope="col" { "ended" }
                th.n scope="col" { "their median" }
                th.n scope="col" { "nine in ten of them within" }
                th.n scope="col" { "open" }
                @for (heading, _) in beyond(duration) { th.n scope="col" { (heading) } }
            } }
            tbody { @for histogram in rows { (row(histogram, subject.prepared.scenario.scale)) } }
        } }
    }
}

fn row(histogram: &Histogram, scale: f64) -> Markup {
    let total = histogram.total();
    let days = |percent| histogram.percentile_days(percent).map_or(String::new(), |days| days.to_string());
    let part = |count: u64| if total > 0 { percent(count as f64 / total as f64) } else { String::new() };
    html! {
        tr {
            th scope="row" { (histogram.measure.map_or("summonses".to_owned(), |kind| kind.word().replace('_', " "))) }
            td.n { (grouped(expanded(histogram.ended.total(), scale))) }
            td.n { (days(50)) }
            td.n { (days(90)) }
            td.n { (grouped(expanded(histogram.open.total(), scale))) }
            @for (_, count) in beyond(histogram.duration) { td.n { (part(count(histogram))) } }
        }
    }
}
