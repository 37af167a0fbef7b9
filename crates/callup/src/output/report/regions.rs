//! A line a region: how many were summoned and reached beside how many were restricted, unknowing or wrongly.
//!
//! It adds daily columns up and knows no law.

use crate::output::Made;
use crate::output::series::Counters;
use crate::output::words::grouped;
use maud::{Markup, html};

/// Columns of the table: heading and column of the daily table.
const COLUMNS: [(&str, &str); 8] = [
    ("summonses", "issued"),
    ("came to be known", "first_seen"),
    ("served before known", "served_unseen"),
    ("exit bans begun", "exit_ban_restricted"),
    ("days barred", "exit_ban_standing"),
    ("of these, unknowing", "exit_ban_standing_unseen"),
    ("of these, wrongly", "exit_ban_standing_wrongful"),
    ("called up", "called_up"),
];

/// The section.
pub fn section(subject: Made<'_>) -> Markup {
    let counters = Counters::of(subject.prepared, subject.outcome);
    let regions = &subject.prepared.margins.regions;
    let of = |region| COLUMNS.map(|(_, column)| counters.regional_total(region, column));
    let mut rows: Vec<_> = regions.iter().enumerate().map(|(place, region)| (region, of(place))).collect();
    rows.sort_by(|a, b| a.0.name.cmp(&b.0.name));
    let sums = COLUMNS.map(|(_, column)| counters.total(column));
    html! {
        div.scroll { table.regions {
            caption { "Over the whole run, by the region in which a man is registered. “Days barred” are the days that men spent under the exit ban, all together." }
            thead { tr {
                th scope="col" { "region" }
                @for (heading, _) in COLUMNS { th.n scope="col" { (heading) } }
            } }
            tbody {
                @for (region, row) in &rows {
                    tr { th scope="row" { (region.name) " " span.soft { (region.iso_code) } } @for value in row { td.n { (grouped(*value)) } } }
                }
                tr { th scope="row" { "all" } @for sum in &sums { td.n { strong { (grouped(*sum)) } } } }
            }
        } }
    }
}
