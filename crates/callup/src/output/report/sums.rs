//! Why notices reached nobody, whom searches stopped, and the border: sums of the run as tables.
//!
//! The sums are those of the receipt. This file computes nothing and knows no law.

use crate::output::Made;
use crate::output::sums::{Group, SumLine, sums};
use crate::output::words::{grouped, percent};
use maud::{Markup, html};

/// The tables: group, heading of the first column, caption.
const TABLES: [(Group, &str, &str); 4] = [
    (
        Group::Unreached,
        "because he, or it",
        "Summonses that on their date of appearance were neither served in law nor known to the man, each with the one thing that stood in its way: the first attempt that failed by then; without one, that it was not read, or that no way could be taken. What counts as served by a fiction of the law is not here, whether anybody read it or not. Laws without a date of appearance count nothing.",
    ),
    (
        Group::Searches,
        "stopped by searches",
        "Stops by cameras, employers and places of study together. Only the first line is what the search is for.",
    ),
    (
        Group::Border,
        "at the border",
        "Trips are counted as an expectation over everybody; who is turned back is counted one by one.",
    ),
    (Group::Reasons, "valid reasons", "Illness and the like, shown by those who would have come."),
];

/// The section.
pub fn section(subject: Made<'_>) -> Markup {
    let lines = sums(subject.outcome, subject.prepared.scenario.scale);
    html! {
        @for (group, heading, caption) in TABLES {
            @let rows: Vec<&SumLine> = lines.iter().filter(|line| line.group == group).collect();
            @if rows.iter().any(|line| line.value > 0) { (table(heading, caption, &rows)) }
        }
        @if lines.iter().all(|line| line.value == 0) { p { "Nothing of this kind came about in this run." } }
    }
}

fn table(heading: &str, caption: &str, rows: &[&SumLine]) -> Markup {
    html! {
        div.scroll { table.sums {
            caption { (caption) }
            thead { tr {
                th scope="col" { (heading) }
                th.n scope="col" { "figure" }
                th.n scope="col" { "part" }
                th scope="col" { "unit" }
                th scope="col" { "name" }
            } }
            tbody {
                @for line in rows {
                    tr {
                        th scope="row" { (line.label) }
                        td.n { (grouped(line.expanded)) }
                        td.n { @if let Some(share) = line.share { (percent(share)) } }
                        td { (line.unit) }
                        td { code { (line.id) } }
                    }
                }
                @if rows.iter().all(|line| line.share.is_some()) && rows.len() > 1 {
                    tr { th scope="row" { "all" } td.n { (grouped(rows.iter().map(|line| line.expanded).sum())) } td {} td {} td {} }
                }
            }
        } }
    }
}
