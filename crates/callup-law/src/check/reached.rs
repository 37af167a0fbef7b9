//! All that a matter can come to, each with dates on which it does: for holding the search against brute force.
//!
//! The checks use the same search; nothing here is printed.

use super::dates::{Given, Witness, witness};
use super::explore::{Budget, Space};
use super::machine::Machine;
use super::sound;
use crate::roles::NoticeKind;
use crate::rulebook::Rulebook;
use std::collections::BTreeSet;

/// What a matter can come to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reached {
    /// The state of each track, as indices into the rulebook; not of remedies on which nothing hangs.
    pub states: Vec<(usize, u8)>,
    /// Measures that stand.
    pub standing: BTreeSet<usize>,
    /// Those of them that nothing can lift any more.
    pub trapped: BTreeSet<usize>,
    /// One way to it; `None` if no dates were found.
    pub witness: Option<Witness>,
}

/// All that a matter of this kind of notice can come to, its first states aside. `None` if the law cannot be searched with its days compared.
#[must_use]
pub fn reached(book: &Rulebook, notice: NoticeKind) -> Option<Vec<Reached>> {
    if sound::check(book).is_some() {
        return None;
    }
    let matter = book.matters.iter().position(|matter| matter.notices.contains(&notice))?;
    let mut machine = Machine::new(book, matter, notice, true).ok()?;
    let space = Space::explore(&mut machine, &mut Budget::new()).ok().filter(|space| space.is_timed)?;
    let ahead = space.ahead(|_| true, |edge| edge.lifted);
    let measures = |bits: u32| -> BTreeSet<usize> {
        machine.measures.iter().enumerate().filter(|(bit, _)| bits & 1 << bit != 0).map(|(_, one)| *one).collect()
    };
    let mut found: Vec<Reached> = Vec::new();
    for (place, node) in space.nodes.iter().enumerate().skip(1) {
        let states: Vec<(usize, u8)> = machine.tracks.iter().copied().zip(node.states).collect();
        let (standing, trapped) = (measures(node.standing), measures(node.standing & !ahead[place]));
        let is_known =
            |known: &Reached| known.states == states && known.standing == standing && known.trapped == trapped;
        if !found.iter().any(is_known) {
            let witness = witness(&machine, &space, &space.way_to(place), &Given::default());
            found.push(Reached { states, standing, trapped, witness });
        }
    }
    Some(found)
}
