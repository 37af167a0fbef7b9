//! Declared and never used (W003).
//!
//! Uses are collected once over the whole rulebook; a mention in a case is a test, not a use.

use super::Finding;
use crate::rulebook::{Anchor, Guard, Number, Pending, Rulebook, Test, Trigger};
use std::collections::BTreeSet;

/// What the statements of a law use.
#[derive(Default)]
struct Uses {
    facts: BTreeSet<usize>,
    parameters: BTreeSet<usize>,
    switches: BTreeSet<usize>,
    conditions: BTreeSet<usize>,
    windows: BTreeSet<usize>,
}

pub(crate) fn check(book: &Rulebook, findings: &mut Vec<Finding>) {
    let uses = uses(book);
    let mut report = |used: &BTreeSet<usize>, index: usize, what: &str, name: &str, cite| {
        if !used.contains(&index) {
            let message = format!("{what} `{name}` is declared and never used");
            findings.push(Finding::new("W003", cite, message).help("use it in a rule, or take the declaration out"));
        }
    };
    for (index, fact) in book.facts.iter().enumerate() {
        report(&uses.facts, index, "fact", &fact.name, &fact.cite);
    }
    for (index, parameter) in book.parameters.iter().enumerate() {
        report(&uses.parameters, index, "parameter", &parameter.name, &parameter.cite);
    }
    for (index, switch) in book.switches.iter().enumerate() {
        report(&uses.switches, index, "switch", &switch.name, &switch.cite);
    }
    for (index, condition) in book.conditions.iter().enumerate() {
        report(&uses.conditions, index, "condition", &condition.name, &condition.cite);
    }
    for (index, window) in book.windows.iter().enumerate() {
        report(&uses.windows, index, "window", &window.name, &window.cite);
    }
}

fn uses(book: &Rulebook) -> Uses {
    let mut uses = Uses::default();
    book.tollings.iter().for_each(|tolling| uses.test(&tolling.test));
    for guard in guards(book) {
        guard.0.iter().flatten().for_each(|test| uses.test(test));
    }
    for anchor in anchors(book) {
        match anchor {
            Anchor::Fact(fact) => drop(uses.facts.insert(fact)),
            Anchor::WindowStart(window) | Anchor::WindowEnd(window) => drop(uses.windows.insert(window)),
            _ => {}
        }
    }
    uses.facts.extend(book.notices.iter().map(|bound| bound.fact));
    if let Some(Pending::Switch(switch)) = book.replaces.as_ref().map(|replaces| replaces.pending) {
        uses.switches.insert(switch);
    }
    uses
}

impl Uses {
    fn test(&mut self, test: &Test) {
        match test {
            Test::Age { with: Number::Parameter(parameter), .. } => drop(self.parameters.insert(*parameter)),
            Test::Fact { fact, .. } => drop(self.facts.insert(*fact)),
            Test::Switch { switch, .. } => drop(self.switches.insert(*switch)),
            Test::Condition { condition, .. } => drop(self.conditions.insert(*condition)),
            Test::Window { window, .. } => drop(self.windows.insert(*window)),
            Test::Age { .. } | Test::Notice { .. } | Test::State { .. } => {}
        }
    }
}

/// Every guard of the law.
pub(crate) fn guards(book: &Rulebook) -> impl Iterator<Item = &Guard> {
    let rules = book.rules.iter().map(|rule| &rule.guard);
    let starts = book.measures.iter().flat_map(|measure| measure.starts.iter().map(|start| &start.guard));
    let ends = book.measures.iter().flat_map(|measure| measure.ends.iter().map(|end| &end.guard));
    let suspensions = book.remedies.iter().filter_map(|remedy| remedy.suspends.as_ref());
    let bounds = book.notices.iter().map(|bound| &bound.guard);
    rules.chain(starts).chain(ends).chain(suspensions).chain(bounds)
}

/// Everything that a period or a time limit of the law is counted from.
pub(crate) fn anchors(book: &Rulebook) -> impl Iterator<Item = Anchor> {
    let combined = book.combined.iter().flat_map(|combined| combined.of.iter().copied());
    let rules = book.rules.iter().filter_map(|rule| match rule.trigger {
        Trigger::Period { after, .. } => Some(after),
        Trigger::Event(_) => None,
    });
    let remedies = book.remedies.iter().flat_map(|remedy| [&remedy.file_within, &remedy.decide_within]);
    let limits = remedies.chain(book.duties.iter().map(|duty| &duty.within)).flatten().map(|deadline| deadline.of);
    rules.chain(limits).chain(combined)
}
