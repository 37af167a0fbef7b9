//! The laws of the run: since when, which readings were chosen, what was applied how often, what is left out and what is waived.
//!
//! Everything comes from the compiled laws and from the counts of the run.

use crate::input::laws::full_name;
use crate::output::Made;
use crate::output::coverage::{Applied, Line, lines};
use crate::output::receipt::waived;
use crate::output::words::grouped;
use callup_law::rulebook::Rulebook;
use maud::{Markup, html};

/// The section.
pub fn section(subject: Made<'_>) -> Markup {
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
            (applied(subject, place))
            (silences(book))
        }
        (waivers(subject))
    }
}

fn switches(subject: Made<'_>, book: &Rulebook) -> Markup {
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
fn applied(subject: Made<'_>, place: usize) -> Markup {
    let all = lines(subject.prepared, subject.outcome);
    let of_law = all.iter().filter(|line| line.law == place);
    // A paragraph says more than its article, where there are paragraphs.
    let shown: Vec<(String, &Line, Applied)> = of_law
        .filter_map(|line| {
            let paragraph = line.paragraph.as_ref().map_or(String::new(), |paragraph| format!("({paragraph})"));
            Some((format!("{}{paragraph}", line.article), line, line.applied?))
        })
        .collect();
    let has_paragraphs = |line: &Line| {
        line.paragraph.is_none() && shown.iter().any(|one| one.1.article == line.article && one.1.paragraph.is_some())
    };
    let never: Vec<&str> = shown.iter().filter(|one| one.2.times == 0).map(|one| one.0.as_str()).collect();
    html! {
        details {
            summary { "Articles applied, how often and to how many persons, at the scale of the run" }
            div.scroll { table {
                thead { tr { th scope="col" { "article" } th scope="col" { "what stands there" } th.n scope="col" { "times" } th.n scope="col" { "persons" } } }
                tbody { @for (name, line, applied) in shown.iter().filter(|one| one.2.times > 0) { tr {
                    th scope="row" { (name) }
                    td { @if has_paragraphs(line) { "the article as a whole" } @else { (line.what) } }
                    td.n { (grouped(applied.times)) } td.n { (grouped(applied.persons)) }
                } } }
            } }
            @if !never.is_empty() { p.soft { "Never applied in this run: " (never.join(", ")) "." } }
        }
    }
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

fn waivers(subject: Made<'_>) -> Markup {
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
