//! The page of two laws side by side: what changes in days, what changes in rights, the score card of each. One file without scripts or outside requests.

use super::page;
use callup_law::diff::{Diff, EndedBy, MeasureDays, RightDiff, ScoreCard, SituationDiff};
use maud::{Markup, html};

/// The page.
#[must_use]
pub fn whole(diff: &Diff) -> String {
    let title = format!("{} and {}", diff.laws[0], diff.laws[1]);
    let header = html! {
        h1 { (title) }
        @for (law, title) in diff.laws.iter().zip(&diff.titles) { p { strong { (law) } " " (title) } }
    };
    let sections = html! {
        (page::section("days", "In days", &days(diff)))
        (page::section("rights", "In rights", &rights(diff)))
        (page::section("score-card", "Score card", &score_cards(diff)))
    };
    let footer = html! { "This describes the texts of the laws; callup " (env!("CARGO_PKG_VERSION")) "." };
    page::page(&title, &header, &sections, &footer)
}

fn laws_head(diff: &Diff, first: &[&str]) -> Markup {
    html! { thead { tr { @for words in first { th scope="col" { (words) } } @for law in &diff.laws { th scope="col" { (law) } } } } }
}

fn days(diff: &Diff) -> Markup {
    let changed: Vec<&SituationDiff> = diff.situations.iter().filter(|one| !one.is_same()).collect();
    html! {
        p { "For a man of 25 who is liable, with nothing that frees him; the date in the notice is its 14th day. Days are whole days after the day of the notice; a span is what open readings leave." }
        @if changed.is_empty() { p { "No measure starts or ends on another day." } } @else {
            div.scroll { table {
                (laws_head(diff, &["notice", "how it comes", "measure"]))
                tbody { @for one in &changed { tr {
                    td { (one.notice.word()) } td { (one.situation.words()) } th scope="row" { (one.measure.word()) }
                    @for under in &one.under { td { (under_law(under.as_ref())) } }
                } } }
            } }
        }
        p.soft { (diff.situations.len() - changed.len()) " measures in situations are the same under both." }
    }
}

fn under_law(under: Option<&MeasureDays>) -> Markup {
    html! { @match under {
        None => { "not begun" }
        Some(one) => {
            "from day " (one.starts_after_days.from) @if one.starts_after_days.to != one.starts_after_days.from { " to " (one.starts_after_days.to) }
            @if one.is_contested { " (hangs on an open reading)" }
            @match one.lifted_after_days {
                None => { ", not lifted by appearing on day 60" }
                Some(days) => { ", lifted at latest " (days.from) @if days.to != days.from { " to " (days.to) } " days after appearing" }
            }
            " " span.basis { (one.cite) }
        }
    } }
}

fn rights(diff: &Diff) -> Markup {
    let changed: Vec<&RightDiff> = diff.rights.iter().filter(|one| !one.is_same()).collect();
    html! {
        @if changed.is_empty() { p { "Every measure ends by the same acts, and the same remedies lie against it." } } @else {
            div.scroll { table {
                (laws_head(diff, &["measure"]))
                tbody { @for one in changed { tr { th scope="row" { (one.measure.word()) } @for law in 0..2 { td { (right(one, law)) } } } } }
            } }
        }
    }
}

fn right(one: &RightDiff, law: usize) -> Markup {
    html! { @if one.exists[law] { ul {
        @for end in &one.ends[law] { li {
            "ends on " (end.on) @if let Some(within) = &end.within { " within " (within) }
            @match end.by { EndedBy::Person => { ", by the person" } EndedBy::Authority => { ", by an authority" } EndedBy::Time => { ", by time" } }
            " " span.basis { (end.cite) }
        } }
        @if let Some(cite) = &one.never_ends[law] { li { "never ends " span.basis { (cite) } } }
        @for remedy in &one.remedies[law] { li {
            "remedy " (remedy.name) " to " (remedy.to) @if let Some(within) = &remedy.file_within { ", file within " (within) }
            @if let Some(within) = &remedy.decide_within { ", decided within " (within) } ", " (remedy.suspends) " " span.basis { (remedy.cite) }
        } }
        @if one.remedies[law].is_empty() { li { "no remedy" } }
    } } @else { "no such measure" } }
}

fn score_cards(diff: &Diff) -> Markup {
    html! { div.scroll { table {
        (laws_head(diff, &[""]))
        tbody { @for (place, (words, _)) in diff.score_cards[0].lines().iter().enumerate() {
            tr { th scope="row" { (words) } @for card in &diff.score_cards { td { (line(card, place)) } } }
        } }
    } } }
}

fn line(card: &ScoreCard, place: usize) -> String {
    card.lines().into_iter().nth(place).map(|(_, value)| value).unwrap_or_default()
}
