//! States and the ways between them: never reached (E020), no exit (E021), circles in which no time passes (E023), and the searches
//! that `restrictions.rs` judges.
//!
//! Knows the search (`explore.rs`) and nothing of remedies or quotations.

use super::explore::{Budget, Space};
use super::machine::{Machine, TooLarge, is_open};
use super::region::{Holds, negations};
use super::witness::{period_words, state_words};
use super::{Finding, restrictions};
use crate::rulebook::{AlreadyOver, Anchor, Moment, Rule, Rulebook, Start, Test, Trigger, Unit};
use std::collections::BTreeSet;

/// Days are compared if the document says how they are counted.
pub(crate) fn check(book: &Rulebook, is_counted: bool, findings: &mut Vec<Finding>) {
    dead_ends(book, findings);
    let before = findings.len();
    instant_circles(book, findings);
    // Where time stands still no days can be told.
    let is_timed = is_counted && findings.len() == before;
    let mut reached: BTreeSet<(usize, u8)> = BTreeSet::new();
    let mut searched = true;
    let mut budget = Budget::new();
    for matter in 0..book.matters.len() {
        for &notice in &book.matters[matter].notices {
            let machine = Machine::new(book, matter, notice, is_timed);
            let found = machine.and_then(|machine| search(machine, matter, &mut budget, &mut reached, findings));
            if found.is_err() {
                searched = false;
                findings.push(too_large(book, matter));
                break;
            }
        }
    }
    if searched {
        unreached(book, &reached, findings);
    }
}

fn too_large(book: &Rulebook, matter: usize) -> Finding {
    Finding::new("E099", &book.matters[matter].cite, "this matter has too many states to search").help(
        "split it into matters of their own, or have fewer tracks and fewer open answers; its states and measures were not all checked",
    )
}

fn search(
    mut machine: Machine,
    matter: usize,
    budget: &mut Budget,
    reached: &mut BTreeSet<(usize, u8)>,
    findings: &mut Vec<Finding>,
) -> Result<(), TooLarge> {
    let space = Space::explore(&mut machine, budget)?;
    for node in &space.nodes {
        reached.extend(machine.tracks.iter().copied().zip(node.states));
    }
    let unseen = space.part(|edge| restrictions::unnoticed(edge.input));
    let trapped = restrictions::check(&machine, &space, &unseen, findings);
    if machine.measures.iter().all(|measure| trapped.contains(measure)) {
        return Ok(());
    }
    for (answer, verdicts) in answers(&machine, matter)? {
        let mut part = space.part(|edge| is_open(&edge.ways, &verdicts));
        for edge in &mut part.edges {
            edge.ways.retain(|way| is_open(std::slice::from_ref(way), &verdicts));
        }
        restrictions::check_narrowed(&machine, &part, &answer, &trapped, findings);
    }
    Ok(())
}

/// How many single answers are tried one by one before a law counts as too large.
const ANSWERS_MAX: usize = 256;

/// Every single answer that a rule or an `ends` line of the matter asks for, each on its own: a fact, a reading, a state of the world,
/// an age; with what it decides. What only a `starts` line asks cannot keep a measure from being lifted.
fn answers(machine: &Machine, matter: usize) -> Result<Vec<(Test, Vec<Holds>)>, TooLarge> {
    let book = machine.book;
    let tracks = &book.matters[matter].tracks;
    let rules = book.rules.iter().filter(|rule| tracks.contains(&rule.track)).map(|rule| &rule.guard);
    let measures = machine.measures.iter().map(|measure| &book.measures[*measure]);
    let ends = measures.flat_map(|measure| measure.ends.iter().map(|end| &end.guard));
    let everybody = machine.verdicts(&machine.region);
    let mut found: Vec<(Test, Vec<Holds>)> = Vec::new();
    let asked = rules.chain(ends).flat_map(|guard| guard.0.iter().flatten());
    // The state of a track passes; it is no answer that lasts.
    let lasts = |test: &&Test| !matches!(test, Test::State { track, .. } if machine.local(*track).is_some());
    for test in asked.filter(lasts) {
        for answer in [test.clone()].into_iter().chain(negations(test)) {
            let Some(region) = machine.region.with(std::slice::from_ref(&answer)) else { continue };
            let verdicts = machine.verdicts(&region);
            if verdicts != everybody && found.iter().all(|(_, known)| *known != verdicts) {
                found.push((answer, verdicts));
            }
        }
        if found.len() > ANSWERS_MAX {
            return Err(TooLarge);
        }
    }
    Ok(found)
}

/// E020
fn unreached(book: &Rulebook, reached: &BTreeSet<(usize, u8)>, findings: &mut Vec<Finding>) {
    for (index, track) in book.tracks.iter().enumerate().filter(|(_, track)| track.remedy.is_none()) {
        for (state, _) in (0..=u8::MAX).zip(&track.states).filter(|(state, _)| !reached.contains(&(index, *state))) {
            let name = state_words(book, index, state);
            let mut leading = book.rules.iter().filter(|rule| rule.track == index && rule.to == state);
            let never = |rule: &Rule| findings.iter().any(|known| known.code == "E054" && known.cite == rule.cite);
            let leads = leading.clone().next();
            if leads.is_some() && leading.all(never) {
                continue;
            }
            let can_start = |rule: &Rule| rule.from.iter().any(|from| reached.contains(&(index, *from)));
            let help = match leads {
                Some(rule) if can_start(rule) => {
                    format!("rule `{}` leads there, but there are no dates on which it applies", rule.name)
                }
                Some(rule) => {
                    format!("rule `{}` leads there, but none of the states it starts from can be reached", rule.name)
                }
                None => "no rule leads there; write the rule, or take the state out".to_owned(),
            };
            findings.push(Finding::new("E020", &track.cite, format!("state `{name}` is never reached")).help(help));
        }
    }
}

/// E021
fn dead_ends(book: &Rulebook, findings: &mut Vec<Finding>) {
    for (index, track) in book.tracks.iter().enumerate().filter(|(_, track)| track.remedy.is_none()) {
        for (state, declared) in (0..=u8::MAX).zip(&track.states) {
            let left =
                book.rules.iter().any(|rule| rule.track == index && rule.from.contains(&state) && rule.to != state);
            if !left && !declared.is_final {
                let name = state_words(book, index, state);
                let message = format!("state `{name}` has no exit and is not marked final");
                let help =
                    format!("write `{} final` if the matter rests there, or the rule that leads on", declared.name);
                findings.push(Finding::new("E021", &track.cite, message).help(help));
            }
        }
    }
}

/// E023: a circle of rules that can all apply in one moment would never come to rest.
fn instant_circles(book: &Rulebook, findings: &mut Vec<Finding>) {
    for track in 0..book.tracks.len() {
        let rules: Vec<&Rule> =
            book.rules.iter().filter(|rule| rule.track == track && is_instant(book, rule)).collect();
        if let Some(circle) = circle(book, track, &rules) {
            findings.push(circle);
        }
    }
    same_moment_circles(book, findings);
}

/// Whether a rule can apply in the moment its state is entered: at once where its period is over, or a period of no length.
fn is_instant(book: &Rulebook, rule: &Rule) -> bool {
    let Trigger::Period { period, after, moment, already_over } = rule.trigger else { return false };
    // Entry into a state of its own track is always today when the circle comes round.
    let fresh = matches!(after, Anchor::Entry { track, .. } if track == rule.track);
    let first_day_counts = book.counting.days.as_ref().is_some_and(|days| days.start == Start::SameDay);
    let no_length = period.count == 0 || (period.unit == Unit::Days && period.count == 1 && first_day_counts);
    (already_over == Some(AlreadyOver::AtOnce) && !fresh) || (no_length && moment == Moment::OnTheLastDay)
}

/// A circle among the rules of one track, found by walking from each state.
fn circle(book: &Rulebook, track: usize, rules: &[&Rule]) -> Option<Finding> {
    for start in rules.iter().flat_map(|rule| rule.from.iter().copied()) {
        let mut seen = BTreeSet::new();
        let mut open = vec![start];
        while let Some(state) = open.pop() {
            for rule in rules.iter().filter(|rule| rule.from.contains(&state)) {
                if rule.to == start {
                    return Some(circle_finding(book, track, start, rule, rules));
                }
                if seen.insert(rule.to) {
                    open.push(rule.to);
                }
            }
        }
    }
    None
}

fn circle_finding(book: &Rulebook, track: usize, state: u8, last: &Rule, rules: &[&Rule]) -> Finding {
    let names: Vec<String> = rules.iter().map(|rule| format!("`{}`", rule.name)).collect();
    let name = state_words(book, track, state);
    let message = format!("from `{name}` these rules come back to it in the same moment: {}", names.join(", "));
    Finding::new("E023", &last.cite, message)
        .help("with every period already over, the matter would go round without end")
        .help("write `already over on entry: never` or `from entry` in one of them")
}

/// Two rules that wait for the same moment of the same anchor and lead into each other, and are not instant besides.
fn same_moment_circles(book: &Rulebook, findings: &mut Vec<Finding>) {
    for (at, second) in book.rules.iter().enumerate() {
        let Trigger::Period { period, after, moment, .. } = second.trigger else { continue };
        for first in book.rules[..at].iter().filter(|first| first.track == second.track) {
            let same = matches!(first.trigger, Trigger::Period { period: p, after: a, moment: m, .. } if p == period && a == after && m == moment);
            let instant = is_instant(book, first) && is_instant(book, second);
            if same && !instant && first.from.contains(&second.to) && second.from.contains(&first.to) {
                let message =
                    format!("rules `{}` and `{}` lead into each other in the same moment", first.name, second.name);
                let help = format!(
                    "both come due {} after the same day; the matter would go back and forth",
                    period_words(period)
                );
                findings.push(Finding::new("E023", &second.cite, message).help(help));
            }
        }
    }
}
