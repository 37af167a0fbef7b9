//! The parameters behind the figures: assumptions before sourced values, the least certain first; and how well the people fit the tables.
//!
//! How much a figure depends on each is not known from one run; the width of its range is shown instead and said to be that.

use crate::output::Made;
use crate::output::receipt::ParameterLine;
use crate::output::words::grouped;
use callup_sim::scenario::Basis;
use maud::{Markup, html};

/// How many of the least certain assumptions stand open on the page.
const SHOWN: usize = 15;

/// The section.
pub fn section(subject: Made<'_>) -> Markup {
    let mut assumed: Vec<&callup_sim::scenario::ParameterRecord> = Vec::new();
    let mut sourced = Vec::new();
    for record in &subject.prepared.scenario.register {
        match record.parameter.basis {
            Basis::Assumption(_) => assumed.push(record),
            Basis::Source(_) => sourced.push(record),
        }
    }
    assumed.sort_by(|a, b| spread(b).total_cmp(&spread(a)));
    let lines = |records: &[&callup_sim::scenario::ParameterRecord]| -> Vec<ParameterLine> {
        records.iter().map(|record| ParameterLine::from(*record)).collect()
    };
    let assumed = lines(&assumed);
    let (first, rest) = assumed.split_at(assumed.len().min(SHOWN));
    html! {
        p { (assumed.len()) " numbers of the scenario are assumptions and " (sourced.len()) " have a source. Those with the widest range between their lowest and highest plausible value stand first. "
            "One run cannot say which of them a figure depends on most; changing one in a scenario of your own can." }
        (table("Assumptions with the widest ranges", first))
        @if !rest.is_empty() { details { summary { "All other assumptions (" (rest.len()) ")" } (table("Assumptions", rest)) } }
        @if !sourced.is_empty() { details { summary { "Numbers with a source (" (sourced.len()) ")" } (table("Sourced numbers", &lines(&sourced))) } }
        (fit(subject))
    }
}

/// Width of the range as a part of the value, so that days and shares can stand in one order.
fn spread(record: &callup_sim::scenario::ParameterRecord) -> f64 {
    let parameter = &record.parameter;
    let size = parameter.value.abs();
    if size > 0.0 { (parameter.high - parameter.low) / size } else { parameter.high - parameter.low }
}

fn table(caption: &str, lines: &[ParameterLine]) -> Markup {
    html! {
        div.scroll { table {
            caption { (caption) }
            thead { tr { th scope="col" { "parameter" } th.n scope="col" { "value" } th.n scope="col" { "low" } th.n scope="col" { "high" } th scope="col" { "unit" } th scope="col" { "source or reason" } } }
            tbody { @for line in lines { tr {
                th scope="row" { code { (path(&line.path)) } }
                td.n { (line.value) } td.n { (line.low) } td.n { (line.high) } td { (line.unit) }
                td { @if let Some(source) = &line.source { (source) } @if let Some(reason) = &line.assumption { "assumption: " (reason) } }
            } } }
        } }
    }
}

/// A path that may break after a point or a low line.
fn path(path: &str) -> Markup {
    html! { @for part in path.split_inclusive(['.', '_']) { (part) wbr; } }
}

fn fit(subject: Made<'_>) -> Markup {
    let fit = subject.fit;
    let margins = &subject.prepared.margins;
    html! {
        h3 { "How well the people fit the tables" }
        p { "Men as on 1 January " (margins.reference_year) ", regional figures of 1 January " (margins.regional_year) ": "
            (grouped(u64::from(fit.synthesised_men))) " synthetic men in " (grouped(u64::from(fit.districts))) " districts. The fit took " (fit.rounds) " rounds"
            @if fit.converged { " and met its tolerance" } @else { " and did not meet its tolerance" } "; totals of regions and ages miss by " (fit.men_missing) " men." }
        div.scroll { table {
            caption { "Largest deviation of each margin, as a part of its target" }
            thead { tr { th scope="col" { "margin" } th.n scope="col" { "deviation" } th scope="col" { "where" } } }
            tbody { @for deviation in &fit.deviations { tr { th scope="row" { (deviation.margin) } td.n { (format!("{:.1e}", deviation.largest)) } td { (deviation.at) } } } }
        } }
        details {
            summary { "Where the tables come from" }
            div.scroll { table {
                thead { tr { th scope="col" { "table" } th scope="col" { "origin" } th scope="col" { "dates" } th scope="col" { "terms" } } }
                tbody { @for origin in &subject.prepared.origins { tr {
                    th scope="row" { (origin.title) br; code { (origin.file) } }
                    td { (origin.origin) } td { (origin.dates.join(", ")) } td { (origin.licence) }
                } } }
            } }
        }
    }
}
