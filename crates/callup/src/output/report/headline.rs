//! The twelve lines as a table, each with its articles and the choices of the scenario behind it.
//!
//! Lines that say who is wronged stand among those that say who is reached, and are marked.

use crate::output::Made;
use crate::output::headline::{Applied, HeadlineLine, is_harm};
use crate::output::replicates::OverReplicates;
use crate::output::words::{grouped, percent};
use maud::{Markup, html};

/// The section.
pub fn section(subject: Made<'_>) -> Markup {
    let scaled = subject.prepared.scenario.scale < 1.0;
    let several = subject.replicates.several().is_some();
    html! {
        div.scroll { table.headline {
            caption { "Distinct persons over the whole run, where nothing else is said. Lines in red say what happens to those who knew nothing or whom the truth frees. Beside each article stand the laws and how often the run applied it." }
            thead { tr {
                th.n scope="col" { "figure" }
                th.n scope="col" { "part" }
                th scope="col" { "what" }
                @if several { th scope="col" { "over the replicates" } }
                @if scaled { th.n scope="col" { "counted in the run" } }
                th scope="col" { "because of" }
            } }
            tbody { @for line in subject.headline { (row(line, scaled)) } }
        } }
    }
}

fn row(line: &HeadlineLine, scaled: bool) -> Markup {
    html! {
        tr.harm[is_harm(line)] {
            td.n { @if let Some(figure) = line.expanded { (grouped(figure)) } @else { "none" } }
            td.n { @if let Some(share) = line.share { (percent(share)) } }
            td.what { (line.label) @if line.unit == "days" { " (days)" } }
            @if let Some(over) = &line.replicates { td { (over_words(over)) } }
            @if scaled { td.n { @if let Some(value) = line.value.filter(|_| line.value != line.expanded) { (grouped(value)) } } }
            td.basis { (basis(line)) }
        }
    }
}

/// Where a line lies over the replicates, and in how many it is beyond a bound.
fn over_words(over: &OverReplicates) -> String {
    let whole = |number: f64| grouped(number.round() as u64);
    let interval = over.interval.map(|one| {
        let [low, median, high] = [one.low, one.median, one.high].map(whole);
        format!("{low} to {high} ({}), median {median}; ", one.bounds.words())
    });
    interval.unwrap_or_default() + &over.more_than.map(|said| said.words()).unwrap_or_default()
}

fn basis(line: &HeadlineLine) -> Markup {
    let mut articles: Vec<(&str, Vec<&Applied>)> = Vec::new();
    for applied in &line.articles {
        match articles.iter_mut().find(|known| known.0 == applied.article) {
            Some(known) => known.1.push(applied),
            None => articles.push((&applied.article, vec![applied])),
        }
    }
    html! {
        @for (article, laws) in &articles {
            div { strong { (article) } " " (laws.iter().map(|applied| law_words(applied)).collect::<Vec<_>>().join(", ")) }
        }
        @if !line.assumptions.is_empty() { div { "scenario: " (line.assumptions.join("; ")) } }
    }
}

/// The law and, where the run counted it, how often it applied the article.
fn law_words(applied: &Applied) -> String {
    let id = applied.law.split('@').next().unwrap_or(&applied.law);
    if applied.times > 0 { format!("{id} × {}", grouped(applied.times)) } else { id.to_owned() }
}
