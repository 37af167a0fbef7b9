//! What is kept of each run among replicates: taken out of its tables, so that a run that is there and one that has just been lived are told alike.
//!
//! It runs nothing, and no number is computed here.

use crate::checking::held_by;
use crate::output::headline::HeadlineLine;
use crate::output::receipt::ReplicateLine;
use crate::output::replicates::{Replicate, Replicates, figures};
use crate::prepare::Prepared;
use crate::shelf::{Shelf, of_outcome};
use callup_sim::Outcome;

/// Takes out of the tables of a run what is told of replicates; `prepared` is the first of them.
#[must_use]
pub fn replicate(line: ReplicateLine, headline: Vec<HeadlineLine>, shelf: &Shelf, prepared: &Prepared) -> Replicate {
    let weeks = shelf.columns().filter_map(|name| Some((name.to_owned(), shelf.weeks(name)?)));
    let held = held_by(figures(prepared), shelf);
    Replicate { line, headline, weeks: weeks.collect(), held }
}

/// A run that has just been lived, and the others.
#[must_use]
pub fn replicates(
    prepared: &Prepared,
    outcome: &Outcome,
    headline: &[HeadlineLine],
    others: Vec<Replicate>,
) -> Replicates {
    // Where nothing is asked of the tables they need not be made.
    let is_asked = !others.is_empty() || !figures(prepared).is_empty();
    let shelf = if is_asked { of_outcome(prepared, outcome) } else { Shelf::default() };
    let line = ReplicateLine { seed: prepared.scenario.seed, identity: prepared.identity.clone() };
    Replicates::new(replicate(line, headline.to_vec(), &shelf, prepared), others, prepared.scenario.scale)
}
