//! Whether a remedy can have any effect before the measure bites (W059), and whether it leaves the body that acts (W073).
//!
//! Reasons with the earliest day of the measure and the latest day of a decision; how long periods are comes from `lengths.rs`.

use super::Finding;
use super::lengths::{entries_since, length, opens};
use super::witness::{anchor_words, test_words};
use crate::roles::Event;
use crate::rulebook::{Anchor, Measure, MeasureStart, Remedy, Rulebook, Test, Trigger};
use std::collections::BTreeSet;

pub(crate) fn check(book: &Rulebook, findings: &mut Vec<Finding>) {
    for (index, measure) in book.measures.iter().enumerate() {
        let remedies: Vec<&Remedy> = book.remedies.iter().filter(|remedy| remedy.against.contains(&index)).collect();
        if !remedies.is_empty() {
            findings.extend(too_late(book, index, measure, &remedies));
            findings.extend(same_body(book, measure, &remedies));
        }
    }
}

/// W059: no remedy stops the measure by being filed, and none must be decided before it starts.
fn too_late(book: &Rulebook, index: usize, measure: &Measure, remedies: &[&Remedy]) -> Option<Finding> {
    let start = earliest(book, measure);
    let days = start.map_or(0, |(_, days)| days);
    let relief: Vec<Relief> = remedies.iter().map(|remedy| Relief::of(book, index, measure, remedy, days)).collect();
    if relief.iter().any(|relief| relief.is_in_time) {
        return None;
    }
    let state = measure.starts.first()?;
    let anchor =
        start.map_or(Anchor::Entry { track: state.track, state: state.state }, |(event, _)| Anchor::Event(event));
    let first = format!("earliest measure: {}, where D is the day of `{}`", since(days), anchor_words(book, anchor));
    let finding = Finding::new("W059", &measure.cite, "{} can begin before any decision on a remedy is due");
    let finding =
        finding.about(&measure.name).help(first).lines(relief.into_iter().map(|relief| relief.words).collect());
    Some(finding.help("if the law lets it be stopped before that, write how; else waive with the reason"))
}

/// The event that opens the matter and the fewest days from it to the measure; the one that bounds it best.
fn earliest(book: &Rulebook, measure: &Measure) -> Option<(Event, i32)> {
    let reacts = |event: Event| book.rules.iter().any(|rule| rule.trigger == Trigger::Event(event));
    let openings = Event::ALL.iter().rev().copied().filter(|event| opens(*event) && reacts(*event));
    let days = |event: Event| {
        let spans = measure.starts.iter().filter_map(move |start: &MeasureStart| {
            entries_since(book, Anchor::Event(event), start.track).get(&start.state).copied()
        });
        spans.map(|span| span.least).min()
    };
    openings.filter_map(|event| Some((event, days(event)?))).max_by_key(|(_, days)| *days)
}

/// What a remedy can do at best.
struct Relief {
    /// It stops the measure when it is filed, or must be decided before the measure starts.
    is_in_time: bool,
    /// The line of the finding.
    words: String,
}

impl Relief {
    fn of(book: &Rulebook, index: usize, measure: &Measure, remedy: &Remedy, start_days: i32) -> Relief {
        let filed_days = if waits(index, measure, remedy) { start_days } else { 0 };
        let decided_days = remedy.decide_within.as_ref().map(|limit| filed_days + length(book, limit.period).1);
        let stops =
            remedy.suspends_measure(index).is_some_and(|guard| guard.0.iter().any(|all| all.iter().all(is_open)));
        let decision = match decided_days {
            Some(days) => format!("decision due by {}", since(days)),
            None => "no day by which it must be decided".to_owned(),
        };
        let suspension = match remedy.suspends_measure(index) {
            None => "it suspends nothing".to_owned(),
            Some(guard) => {
                let ways: Vec<String> = guard.0.iter().map(|all| joined(book, all)).collect();
                format!("earliest suspension {}, only if {}", since(filed_days), ways.join(" or "))
            }
        };
        let words =
            format!("`{}`: filed on {} at the earliest, {decision}; {suspension}", remedy.name, since(filed_days));
        Relief { is_in_time: stops || decided_days.is_some_and(|days| days <= start_days), words }
    }
}

/// A test that only an open reading decides; that a remedy hangs on one is I072.
fn is_open(test: &Test) -> bool {
    matches!(test, Test::Switch { .. })
}

fn joined(book: &Rulebook, tests: &[Test]) -> String {
    tests.iter().map(|test| test_words(book, test)).collect::<Vec<_>>().join(" and ")
}

/// Whether nobody can file before the measure has started.
fn waits(index: usize, measure: &Measure, remedy: &Remedy) -> bool {
    let entered = |start: &MeasureStart, of: Anchor| of == Anchor::Entry { track: start.track, state: start.state };
    remedy.file_within.as_ref().is_none_or(|limit| {
        matches!(limit.of, Anchor::Knowledge)
            || limit.of == Anchor::MeasureStart(index)
            || measure.starts.iter().any(|start| entered(start, limit.of))
    })
}

/// `D`, `D+8`
fn since(days: i32) -> String {
    if days == 0 { "D".to_owned() } else { format!("D{days:+}") }
}

/// W073: every remedy goes to a body that the article of the measure itself gives a duty or a power.
fn same_body(book: &Rulebook, measure: &Measure, remedies: &[&Remedy]) -> Option<Finding> {
    let article = &measure.cite.article;
    let duties = book.duties.iter().filter(|duty| duty.cite.article == *article).map(|duty| &duty.who);
    let powers = book.powers.iter().filter(|power| power.cite.article == *article).map(|power| &power.who);
    let acting: Vec<&String> = duties.chain(powers).collect();
    if !remedies.iter().all(|remedy| acting.contains(&&remedy.to)) {
        return None;
    }
    let bodies: BTreeSet<&str> = remedies.iter().map(|remedy| remedy.to.as_str()).collect();
    let bodies = format!("`{}`", bodies.into_iter().collect::<Vec<_>>().join("` and `"));
    let message = format!("remedies against {{}} go only to {bodies}, which acts on the measure itself");
    let help =
        format!("{article} gives duties or powers to {bodies}; write the remedy to another body if the law has one");
    Some(Finding::new("W073", &measure.cite, message).about(&measure.name).help(help))
}
