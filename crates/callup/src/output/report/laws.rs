//! The laws of the run: since when, which readings were chosen, what was applied how often, what is left out and what is waived.
//!
//! Everything comes from the compiled laws and from the counts of the run.

use super::Subject;
use crate::input::laws::full_name;
use crate::output::receipt::waived;
use crate::output::words::grouped;
use callup_law::rulebook::{Cite, Rulebook};
use maud::{Markup, html};

/// The section.
pub fn section(subject: Subject<'_>) -> Markup {
    let scenario = &subject.prepared.scenario;
    html! {
        @for (place, book) in subject.prepared.books.iter().enumerate() {
            h3 { (book.title) }
            p.facts {
                code { (full_name(book)) }
                @if let Some(law) = scenario.laws.get(place) { " · governs summonses of this run from " time { (law.from) } }
                " · in force from " time { (book.in_force_from) } @if let Some(until) = book.in_force_until { " to " time { (until) } }
            }
            (switches(subject, book))
            (applied(subject, place, book))
            (silences(book))
        }
        (waivers(subject))
    }
}

fn switches(subject: Subject<'_>, book: &Rulebook) -> Markup {
    let answers = &subject.prepared.scenario.answers;
    html! {
        @if !book.switches.is_empty() {
            div.scroll { table {
                caption { "Where the law is contested, and the reading of this run" }
                thead { tr { th scope="col" { "question" } th scope="col" { "reading" } th scope="col" { "why it is open" } th scope="col" { "where" } } }
                tbody { @for switch in &book.switches { tr {
                    th scope="row" { (switch.name.replace('_', " ")) }
                    td {
                        strong { (answers.get(&switch.name).map_or("not asked", String::as_str).replace('_', " ")) }
                        br; span.soft { "of " (switch.options.join(", ").replace('_', " ")) }
                    }
                    td { (switch.why) br; span.soft { (switch.source) " (confidence " (switch.confidence) ")" } }
                    td { (switch.cite) }
                } } }
            } }
        }
    }
}

/// Every rule, measure and bound of the law with how often the run applied it.
fn applied(subject: Subject<'_>, place: usize, book: &Rulebook) -> Markup {
    let cites = subject.prepared.law_set.cites(place);
    let counts = subject.outcome.exercised.get(place).map_or(&[][..], Vec::as_slice);
    let mut articles: Vec<(String, u64)> = Vec::new();
    for (cite, times) in cites.iter().zip(counts) {
        let article = cite.to_string();
        match articles.iter_mut().find(|known| known.0 == article) {
            Some(known) => known.1 += times,
            None => articles.push((article, *times)),
        }
    }
    let never: Vec<&str> = articles.iter().filter(|known| known.1 == 0).map(|known| known.0.as_str()).collect();
    html! {
        details {
            summary { "Articles applied, and how often, at the scale of the run" }
            div.scroll { table {
                thead { tr { th scope="col" { "article" } th scope="col" { "what stands there" } th.n scope="col" { "times" } } }
                tbody { @for (article, times) in articles.iter().filter(|known| known.1 > 0) { tr {
                    th scope="row" { (article) } td { (what_stands(book, article)) } td.n { (grouped(*times)) }
                } } }
            } }
            @if !never.is_empty() { p.soft { "Never applied in this run: " (never.join(", ")) "." } }
        }
    }
}

/// Labels of the rules and measures of an article.
fn what_stands(book: &Rulebook, article: &str) -> String {
    let fits = |cite: &Cite| cite.to_string() == article;
    let plain = |label: &str, name: &str| if label.is_empty() { name.replace('_', " ") } else { label.to_owned() };
    let rules = book.rules.iter().filter(|rule| fits(&rule.cite)).map(|rule| plain(&rule.label, &rule.name));
    let touches = |measure: &&callup_law::rulebook::Measure| {
        measure.starts.iter().any(|start| fits(&start.cite)) || measure.ends.iter().any(|end| fits(&end.cite))
    };
    let measures = book.measures.iter().filter(touches).map(|measure| plain(&measure.label, &measure.name));
    let mut words: Vec<String> = rules.chain(measures).collect();
    words.dedup();
    words.join("; ")
}

/// Gaps, restrictions without an end and restrictions without a remedy, as the document says them.
fn silences(book: &Rulebook) -> Markup {
    let endless = book.measures.iter().filter_map(|measure| Some((measure, measure.ends_never.as_ref()?)));
    let lines: Vec<(String, String, String)> = endless
        .map(|(measure, cite)| {
            (cite.to_string(), format!("{} never ends", measure.name.replace('_', " ")), String::new())
        })
        .chain(book.no_remedies.iter().map(|no| (no.cite.to_string(), "no remedy".into(), no.label.clone())))
        .chain(book.gaps.iter().map(|gap| (gap.cite.to_string(), gap.what.clone(), gap.because.clone())))
        .collect();
    html! {
        @if !lines.is_empty() {
            details {
                summary { "What the law does not say or the model leaves out (" (lines.len()) ")" }
                div.scroll { table {
                    thead { tr { th scope="col" { "where" } th scope="col" { "what" } th scope="col" { "because" } } }
                    tbody { @for (place, what, because) in &lines { tr { th scope="row" { (place) } td { (what) } td { (because) } } } }
                } }
            }
        }
    }
}

fn waivers(subject: Subject<'_>) -> Markup {
    let lines = waived(subject.prepared);
    html! {
        @if !lines.is_empty() {
            h3 { "Findings about these laws that their documents waive" }
            details {
                summary { (lines.len()) " waived findings, with the reasons" }
                div.scroll { table {
                    thead { tr { th scope="col" { "law and article" } th scope="col" { "finding" } th scope="col" { "waived because" } } }
                    tbody { @for line in &lines { tr {
                        th scope="row" { (line.place) br; span.soft { (line.law) } }
                        td { code { (line.code) } " " (line.message) }
                        td { (line.because) " (" (line.date) ")" }
                    } } }
                } }
            }
        }
    }
}
