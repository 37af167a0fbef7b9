//! The report of a run for people: one file without outside requests, to be read, printed or mailed: the page with the data of the run, and the same
//! figures as plain tables and charts for whoever runs no script.
//!
//! Every text is escaped; only charts drawn here go in as they are. The page knows no clock, so that the same inputs give the same bytes.
//! What each plain part says stands in a file of its own.

mod charts;
mod durations;
mod groups;
mod headline;
mod laws;
mod parameters;
mod provenance;
mod regions;
mod sums;

use super::words::grouped;
use super::{Made, page, page_data};
use maud::{Markup, html};

/// A part of the page: its anchor, its heading and what makes it.
type Part = (&'static str, &'static str, fn(Made<'_>) -> Markup);

/// The parts, in order.
const PARTS: [Part; 10] = [
    ("figures", "What matters", headline::section),
    ("charts", "Day by day", charts::section),
    ("regions", "By region", regions::section),
    ("groups", "Who they are", groups::section),
    ("sums", "Not reached, stopped, turned back", sums::section),
    ("durations", "How long it lasts", durations::section),
    ("laws", "The laws of this run", laws::section),
    ("assumptions", "What the figures rest on", parameters::section),
    ("limits", "What this is not", provenance::limits),
    ("reproduce", "How to get the same figures", provenance::reproduce),
];

/// The bytes of the page.
#[must_use]
pub fn report(made: Made<'_>) -> Vec<u8> {
    whole(made).into_bytes()
}

fn whole(subject: Made<'_>) -> String {
    let sections = html! {
        @for (anchor, heading, content) in PARTS { (page::section(anchor, heading, &content(subject))) }
    };
    let footer = html! { "callup " (env!("CARGO_PKG_VERSION")) ", run " code { (subject.prepared.identity[..8]) } "." };
    let data = page_data::run::run(subject);
    let title = &subject.prepared.scenario.title;
    page::report(title, (&opening(subject), &sections, &footer), &page_data::element(&data))
}

fn opening(subject: Made<'_>) -> Markup {
    let scenario = &subject.prepared.scenario;
    html! {
        h1 { (scenario.title) }
        p.facts {
            time { (scenario.start) } " to " time { (scenario.last_day()) } " · " (grouped(u64::from(subject.fit.synthesised_men)))
            " synthetic men of 16 to 64" @if scenario.scale < 1.0 { " (scale " (scenario.scale) ")" } " · seed " (scenario.seed)
        }
        @for paragraph in scenario.about.split("\n\n") { p { (paragraph.trim()) } }
        p.notice {
            strong { "A model on synthetic people, not a prediction. " }
            "Nobody in it exists. It shows what the text of the law, the stated acts of government and the stated assumptions lead to together. "
            @if scenario.scale < 1.0 { strong { (scale_words(scenario.scale)) } }
        }
        nav aria-label="Contents" { @for (anchor, heading, _) in PARTS { a href={ "#" (anchor) } { (heading) } } }
    }
}

fn scale_words(scale: f64) -> String {
    let others = 1.0 / scale;
    format!(
        "This is a quick run: one synthetic man stands for {others:.0} real ones, all counts are multiplied by that, and small ones are uncertain."
    )
}

#[cfg(test)]
mod tests;
