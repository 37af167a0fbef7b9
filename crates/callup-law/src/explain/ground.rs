//! Grounds: a measure in a matter, followed across changes of law, with the days on which it stands.
//!
//! Two ways of a case differ, for a person, where their grounds differ.

use crate::calendar::Day;
use crate::explain::{Case, MeasureLine, merge};
use crate::holder::{History, Stretch, What};
use std::collections::BTreeMap;

/// A measure in a matter; (law, measure) of the last law that knows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Ground {
    pub(crate) matter: usize,
    pub(crate) law: usize,
    pub(crate) measure: usize,
}

impl Case<'_> {
    /// The ground that a measure belongs to, whichever law of the chain it was started by.
    pub(crate) fn ground(&self, matter: usize, law: usize, measure: usize) -> Ground {
        let kind = self.notices[matter].kind;
        let (mut law, mut measure) = (law, measure);
        // A chain of laws is no longer than the laws that were given.
        for _ in 0..self.laws.books().len() {
            match self.laws.measure_after_change(law, kind, measure) {
                Some(next) => (law, measure) = next,
                None => break,
            }
        }
        Ground { matter, law, measure }
    }

    /// Every ground of a history with its stretches, in order.
    pub(crate) fn grounds(&self, history: &History) -> BTreeMap<Ground, Vec<Stretch>> {
        let mut grounds = BTreeMap::new();
        for entry in &history.entries {
            if let What::Starts { measure, .. } = entry.what {
                let ground = self.ground(entry.matter, entry.law, measure);
                grounds.entry(ground).or_insert_with(|| {
                    history.stretches(entry.matter, |law, other| self.ground(entry.matter, law, other) == ground)
                });
            }
        }
        grounds
    }

    pub(crate) fn ground_label(&self, ground: Ground) -> String {
        self.words.measure(self.book(ground.law), ground.measure)
    }

    /// Day of the input that fixed a lift.
    fn ended_on(&self, history: &History, ground: Ground, lift: Day) -> Option<Day> {
        let found = history.entries.iter().rev().find(|entry| match entry.what {
            What::LiftDue { measure, by, .. } => by == lift && self.ground(entry.matter, entry.law, measure) == ground,
            What::LiftByTransfer { old_law, measure } => {
                entry.day == lift && self.ground(entry.matter, old_law, measure) == ground
            }
            _ => false,
        });
        found.map(|entry| entry.day)
    }
}

/// Start, ground, lift, and the day of what ended it.
type Standing = (Day, Ground, Option<Day>, Option<Day>);

/// The measures of all ways, each with what it hangs on.
pub(crate) fn measures(case: &Case<'_>) -> Vec<MeasureLine> {
    let mut found: BTreeMap<Standing, Vec<usize>> = BTreeMap::new();
    for (index, fork) in case.forks.iter().enumerate() {
        for (ground, stretches) in case.grounds(&fork.history) {
            for stretch in stretches {
                let ended_on = stretch.lift.and_then(|lift| case.ended_on(&fork.history, ground, lift));
                found.entry((stretch.start, ground, stretch.lift, ended_on)).or_default().push(index);
            }
        }
    }
    let line = |((start, ground, lift_by, ended_on), ways): (Standing, Vec<usize>)| {
        let measure = &case.book(ground.law).measures[ground.measure];
        MeasureLine {
            matter: ground.matter,
            kind: measure.kind,
            name: measure.name.clone(),
            label: case.ground_label(ground),
            start,
            ended_on,
            lift_by,
            cite: measure.cite.clone(),
            depends_on: merge::depends_on(case, &ways),
        }
    };
    found.into_iter().map(line).collect()
}
