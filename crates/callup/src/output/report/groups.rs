//! Whom it falls on: a few shares of harm in each stratum, and their ratio to everybody else.
//!
//! It reads indicators of the whole run and knows no law.

use crate::output::Made;
use crate::output::long::{LongRow, of_nation};
use crate::output::tables::expanded;
use crate::output::words::{grouped, percent};
use maud::{Markup, html};

/// Columns of the table: heading and indicator.
const COLUMNS: [(&str, &str); 6] = [
    ("restricted of those summoned", "restricted"),
    ("unknowing, of those restricted", "restricted_no_actual_notice"),
    ("wrongly, of those restricted", "wrongful_restriction"),
    ("date passed before known, of summonses served", "missed_notice_rate"),
    ("barred and never in default, of those barred", "over_inclusion"),
    ("income needs driving, of those barred from it", "livelihood_loss"),
];

/// The section.
pub fn section(subject: Made<'_>) -> Markup {
    let outcome = subject.outcome;
    let rows = of_nation(outcome);
    let scale = subject.prepared.scenario.scale;
    html! {
        @if outcome.strata.is_empty() {
            p { "The scenario splits people by nothing (" code { "[strata]" } ")." }
        } @else {
            div.scroll { table.groups {
                caption { "Shares over the whole run, and after them how many times the share among everybody else. Ages and groups are what was true on the first day. Shares of few people are chance: the second column says how many were summoned." }
                thead { tr {
                    th scope="col" { "who" }
                    th.n scope="col" { "summoned" }
                    @for (heading, _) in COLUMNS { th.n scope="col" { (heading) } }
                } }
                tbody {
                    (line("everybody", None, &rows, scale))
                    @for stratum in &outcome.strata {
                        (line(&words(stratum.kind, &stratum.name), Some((stratum.kind, &stratum.name)), &rows, scale))
                    }
                }
            } }
        }
    }
}

fn line(name: &str, stratum: Option<(&'static str, &str)>, rows: &[LongRow<'_>], scale: f64) -> Markup {
    let find = |indicator: &str| {
        let fits = |row: &&LongRow<'_>| row.indicator == indicator && row.stratum == stratum;
        rows.iter().find(fits)
    };
    html! {
        tr {
            th scope="row" { (name) }
            td.n { (grouped(expanded(find("summoned").map_or(0, |row| row.value), scale))) }
            @for (_, indicator) in COLUMNS { td.n { @if let Some(row) = find(indicator) { (cell(row)) } } }
        }
    }
}

fn cell(row: &LongRow<'_>) -> Markup {
    html! {
        @if let Some(share) = row.share() { (percent(share)) }
        @if let Some(ratio) = row.ratio() { " " span.soft { "× " (format!("{ratio:.2}")) } }
    }
}

/// A stratum in words for people.
fn words(kind: &str, name: &str) -> String {
    let kind = kind.replace('_', " ");
    match name {
        "yes" => kind,
        "no" => format!("not {kind}"),
        _ => format!("{kind} {}", name.replace("_up", " and older").replace('_', " to ")),
    }
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn strata_have_words() {
        assert_eq!(words("age", "18_20"), "age 18 to 20");
        assert_eq!(words("age", "31_up"), "age 31 and older");
        assert_eq!((words("portal_reader", "yes"), words("works", "no")), ("portal reader".into(), "not works".into()));
    }
}
