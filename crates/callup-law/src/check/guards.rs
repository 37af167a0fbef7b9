//! Guards held against each other, exactly: conflicts (E040), people who fall through (W041), guards that decide nothing (W042).
//!
//! Works on cells of people (`region.rs`); knows tracks only as "same track, same state".

use super::Finding;
use super::region::{self, Region, Search};
use crate::calendar::Day;
use crate::roles::{Event, NoticeKind};
use crate::rulebook::{Cite, Guard, Measure, Rule, Rulebook, Test, Trigger};
use std::collections::BTreeSet;

pub(crate) fn check(book: &Rulebook, findings: &mut Vec<Finding>) {
    let epochs = region::epochs(book);
    constant_guards(book, &epochs, findings);
    conflicts(book, &epochs, findings);
    gaps(book, &epochs, findings);
}

/// The kinds of notice of the matter that a track belongs to.
fn notices(book: &Rulebook, track: usize) -> &[NoticeKind] {
    &book.matters[book.tracks[track].matter].notices
}

/// E040: for one input the first fitting rule would win in silence.
fn conflicts(book: &Rulebook, epochs: &[Day], findings: &mut Vec<Finding>) {
    for (second_at, second) in book.rules.iter().enumerate() {
        for first in &book.rules[..second_at] {
            let shared = first.from.iter().copied().find(|state| second.from.contains(state));
            let Some(state) = shared.filter(|_| first.track == second.track && first.to != second.to) else { continue };
            if !same_input(&first.trigger, &second.trigger) {
                continue;
            }
            let both = epochs.iter().find_map(|day| both_hold(book, first, second, *day));
            if let Some(region) = both {
                findings.push(conflict(book, first, second, state, &region));
            }
        }
    }
}

/// Whether two rules are tried on the same input: the same event, or the same period after the same anchor.
fn same_input(first: &Trigger, second: &Trigger) -> bool {
    match (first, second) {
        (Trigger::Event(first), Trigger::Event(second)) => first == second,
        (
            Trigger::Period { period: p, after: a, moment: m, .. },
            Trigger::Period { period: q, after: b, moment: n, .. },
        ) => p == q && a == b && m == n,
        _ => false,
    }
}

fn both_hold<'a>(book: &'a Rulebook, first: &Rule, second: &Rule, day: Day) -> Option<Region<'a>> {
    let all = Region::all(book, notices(book, first.track), day);
    let firsts = first.guard.0.iter().filter_map(|tests| all.with(tests));
    firsts.flat_map(|region| second.guard.0.iter().filter_map(move |tests| region.with(tests))).next()
}

fn conflict(book: &Rulebook, first: &Rule, second: &Rule, state: u8, region: &Region) -> Finding {
    let name = |state: u8| book.tracks[first.track].states[usize::from(state)].name.as_str();
    let message = format!(
        "rules `{}` and `{}` can both apply in state `{}` and lead to different states: `{}` and `{}`",
        first.name,
        second.name,
        name(state),
        name(first.to),
        name(second.to)
    );
    let person = region
        .person()
        .map_or_else(|| "both apply to everybody".to_owned(), |person| format!("both apply to: {person}"));
    let other = format!("the other rule is `{}` at line {}", first.name, first.cite.line);
    Finding::new("E040", &second.cite, message)
        .help(person)
        .help(other)
        .help("give one of them a guard that excludes the other")
}

/// W041: the state reacts to the event, but not for everybody.
fn gaps(book: &Rulebook, epochs: &[Day], findings: &mut Vec<Finding>) {
    for (track, state, event) in guarded_inputs(book) {
        // A guard that nobody passes is a finding of its own.
        let possible = |rule: &&Rule| epochs.iter().any(|day| can_hold(book, rule, *day));
        let rules: Vec<&Rule> =
            book.rules.iter().filter(|rule| reacts(rule, track, state, event)).filter(possible).collect();
        let said = |rule: &&Rule| book.gaps.iter().any(|gap| same_paragraph(&gap.cite, &rule.cite));
        if rules.iter().any(said) {
            continue;
        }
        for day in epochs {
            match fallen_through(book, track, &rules, *day) {
                Search::Nobody => {}
                Search::Found(person) => {
                    findings.push(gap(book, track, state, event, &rules, &person));
                    break;
                }
                Search::TooLarge => {
                    findings.push(too_large(&rules[0].cite));
                    break;
                }
            }
        }
    }
}

fn reacts(rule: &Rule, track: usize, state: u8, event: Event) -> bool {
    rule.track == track && rule.from.contains(&state) && rule.trigger == Trigger::Event(event)
}

fn can_hold(book: &Rulebook, rule: &Rule, day: Day) -> bool {
    let all = Region::all(book, notices(book, rule.track), day);
    rule.guard.0.iter().any(|tests| all.with(tests).is_some())
}

fn same_paragraph(first: &Cite, second: &Cite) -> bool {
    (&first.article, &first.paragraph) == (&second.article, &second.paragraph)
}

fn too_large(cite: &Cite) -> Finding {
    Finding::new("E099", cite, "the guards of this event are too many to say whether they leave anybody out")
        .help("split the state, or join the rules")
}

/// Inputs to which a state reacts under guards only. The first state of a track is left out: there a guard says whom the law addresses.
fn guarded_inputs(book: &Rulebook) -> BTreeSet<(usize, u8, Event)> {
    let mut guarded = BTreeSet::new();
    let mut open = BTreeSet::new();
    for rule in book.rules.iter().filter(|rule| book.tracks[rule.track].remedy.is_none()) {
        let Trigger::Event(event) = rule.trigger else { continue };
        let into = if rule.guard.0.iter().any(Vec::is_empty) { &mut open } else { &mut guarded };
        into.extend(rule.from.iter().filter(|state| **state != 0).map(|state| (rule.track, *state, event)));
    }
    guarded.difference(&open).copied().collect()
}

/// A person for whom no rule holds although the notice, the reading and the state of the world allow one.
fn fallen_through<'a>(book: &'a Rulebook, track: usize, rules: &[&Rule], day: Day) -> Search<'a> {
    let all = Region::all(book, notices(book, track), day);
    let tests: Vec<&[Test]> = rules.iter().flat_map(|rule| rule.guard.0.iter().map(Vec::as_slice)).collect();
    for conjunction in &tests {
        let scope: Vec<Test> = conjunction.iter().filter(|test| !is_personal(test)).cloned().collect();
        let Some(within) = all.with(&scope) else { continue };
        match within.outside(&tests) {
            Search::Nobody => {}
            found => return found,
        }
    }
    Search::Nobody
}

fn is_personal(test: &Test) -> bool {
    matches!(test, Test::Age { .. } | Test::Fact { .. })
}

fn gap(book: &Rulebook, track: usize, state: u8, event: Event, rules: &[&Rule], person: &Region) -> Finding {
    let state = &book.tracks[track].states[usize::from(state)].name;
    let names: Vec<String> = rules.iter().map(|rule| format!("`{}`", rule.name)).collect();
    let message = format!("in state `{state}` the event `{}` moves some people and not others", event.word());
    Finding::new("W041", &rules[0].cite, message)
        .help(format!("no rule fits: {}", person.person().unwrap_or_else(|| "anybody".to_owned())))
        .help(format!("rules tried: {}", names.join(", ")))
        .help("add the rule for the others, or say that the law is silent with a gap in this paragraph")
}

/// W042: a guard that decides nothing, on any day the law is in force.
fn constant_guards(book: &Rulebook, epochs: &[Day], findings: &mut Vec<Finding>) {
    for rule in &book.rules {
        constant_guard(book, &rule.guard, notices(book, rule.track), epochs, &rule.cite, findings);
    }
    for measure in &book.measures {
        let notices = measure_notices(book, measure);
        for start in &measure.starts {
            constant_guard(book, &start.guard, &notices, epochs, &start.cite, findings);
        }
        for end in &measure.ends {
            constant_guard(book, &end.guard, &notices, epochs, &end.cite, findings);
        }
    }
    for remedy in &book.remedies {
        let Some(guard) = &remedy.suspends else { continue };
        let notices: Vec<NoticeKind> =
            remedy.against.iter().flat_map(|measure| measure_notices(book, &book.measures[*measure])).collect();
        constant_guard(book, guard, &notices, epochs, &remedy.cite, findings);
    }
}

fn measure_notices(book: &Rulebook, measure: &Measure) -> Vec<NoticeKind> {
    measure.starts.iter().flat_map(|start| notices(book, start.track)).copied().collect()
}

fn constant_guard(
    book: &Rulebook,
    guard: &Guard,
    notices: &[NoticeKind],
    epochs: &[Day],
    cite: &Cite,
    findings: &mut Vec<Finding>,
) {
    if guard.0.iter().any(Vec::is_empty) {
        return;
    }
    let everybody = |day: &Day| Region::all(book, notices, *day);
    let never = epochs.iter().all(|day| guard.0.iter().all(|tests| everybody(day).with(tests).is_none()));
    let conjunctions: Vec<&[Test]> = guard.0.iter().map(Vec::as_slice).collect();
    let always = || epochs.iter().all(|day| matches!(everybody(day).outside(&conjunctions), Search::Nobody));
    if never {
        let finding = Finding::new("W042", cite, "this guard never holds: its tests exclude each other");
        findings.push(finding.help("nobody passes it; check the bounds and the words `and` and `or`"));
    } else if always() {
        let finding = Finding::new("W042", cite, "this guard always holds: everybody passes it");
        findings.push(finding.help("leave it out, or mend the bounds"));
    }
}
