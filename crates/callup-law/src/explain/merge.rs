//! Lays the ways of a case together: a line that comes every way stands once, another says what it hangs on.
//!
//! It knows no law.

use crate::explain::timeline::{Draft, tell};
use crate::explain::{Case, Counting, Line, Modality};
use crate::forks::{Assumption, Fork};
use crate::rulebook::Cite;
use std::collections::BTreeSet;

/// A line of some ways.
struct Merged {
    draft: Draft,
    ways: Vec<usize>,
}

/// The timeline of all ways.
pub(crate) fn merged(case: &Case<'_>) -> Vec<Line> {
    let mut all: Vec<Merged> = Vec::new();
    for (way, fork) in case.forks.iter().enumerate() {
        let mut place: Vec<usize> = Vec::new();
        for mut draft in tell(case, fork) {
            draft.parent = draft.parent.map(|parent| place[parent]);
            draft.because = draft.because.map(|because| place[because]);
            // A line of the same way is never its own double: what a way says twice stands twice.
            let same = |other: &Merged| !other.ways.contains(&way) && is_same(case, &other.draft, &draft);
            match all.iter().position(same) {
                Some(index) => {
                    all[index].ways.push(way);
                    add_basis(&mut all[index].draft.line, &draft.line);
                    place.push(index);
                }
                None => {
                    place.push(all.len());
                    all.push(Merged { draft, ways: vec![way] });
                }
            }
        }
    }
    in_order(case, all)
}

fn is_same(case: &Case<'_>, one: &Draft, other: &Draft) -> bool {
    one.key == other.key
        && one.parent == other.parent
        && without_place(case, &one.line) == without_place(case, &other.line)
}

/// Two laws may say the same under the same number; such lines are one, with both places as their basis.
fn without_place(case: &Case<'_>, line: &Line) -> (Line, String, String) {
    let counting = line.counting.clone().map(|counting| Counting { cite: Vec::new(), ..counting });
    let counted = line.counting.as_ref().map_or_else(String::new, |counting| case.words.bases(&counting.cite));
    (Line { cite: Vec::new(), counting, ..line.clone() }, case.words.bases(&line.cite), counted)
}

fn add_basis(line: &mut Line, same: &Line) {
    let new =
        |known: &[Cite], other: &[Cite]| other.iter().filter(|cite| !known.contains(cite)).cloned().collect::<Vec<_>>();
    line.cite.extend(new(&line.cite, &same.cite));
    if let (Some(counting), Some(other)) = (&mut line.counting, &same.counting) {
        counting.cite.extend(new(&counting.cite, &other.cite));
    }
}

/// Main lines by day and phase, details behind their main line; indices follow.
fn in_order(case: &Case<'_>, mut all: Vec<Merged>) -> Vec<Line> {
    let folded: Vec<bool> = (0..all.len()).map(|index| fold(&mut all, index)).collect();
    let mut mains: Vec<usize> = (0..all.len()).filter(|index| all[*index].draft.parent.is_none()).collect();
    mains.sort_by_key(|index| all[*index].draft.key);
    let mut order = Vec::new();
    for main in mains {
        order.push(main);
        order.extend((0..all.len()).filter(|index| all[*index].draft.parent == Some(main) && !folded[*index]));
    }
    let place = |old: usize| order.iter().position(|index| *index == old);
    let line = |index: &usize| {
        let Merged { draft, ways } = &all[*index];
        let because = draft.because.and_then(place);
        let modality = if ways.len() < case.forks.len() { Modality::Contested } else { draft.line.modality };
        Line { because, modality, depends_on: depends_on(case, ways), ..draft.line.clone() }
    };
    order.iter().map(line).collect()
}

/// What an event brings about in every way in which it happens is said in the line of the event; says whether that was done.
fn fold(all: &mut [Merged], index: usize) -> bool {
    let Merged { draft, ways } = &mut all[index];
    let (Some(alone), Some(parent)) = (draft.consequence.clone(), draft.parent) else { return false };
    let ways = ways.clone();
    let Line { text, cite, rule, .. } = draft.line.clone();
    if ways == all[parent].ways {
        let event = &mut all[parent].draft.line;
        if !text.is_empty() {
            event.text = format!("{}; {text}", event.text);
        }
        event.cite = cite;
        event.rule = rule;
        return true;
    }
    if text.is_empty() {
        all[index].draft.line.text = alone;
    }
    false
}

/// What a thing hangs on that comes in these ways only: any one of the sentences, each of them whole. Empty if it comes every way.
pub(crate) fn depends_on(case: &Case<'_>, ways: &[usize]) -> Vec<String> {
    let forks = &case.forks;
    let ways: BTreeSet<usize> = ways.iter().copied().collect();
    if ways.len() == forks.len() {
        return Vec::new();
    }
    let mut left = ways.clone();
    let mut sentences = Vec::new();
    while let Some(way) = left.first().copied() {
        let mut kept = forks[way].assumptions.clone();
        for assumption in &forks[way].assumptions {
            let without: Vec<Assumption> = kept.iter().filter(|other| *other != assumption).cloned().collect();
            if matching(forks, &without).is_subset(&ways) {
                kept = without;
            }
        }
        for covered in matching(forks, &kept) {
            left.remove(&covered);
        }
        left.remove(&way);
        let said: Vec<String> = kept.iter().map(|made| case.said(made)).collect();
        sentences.push(case.words.joined("and-joint", &said));
    }
    sentences
}

impl Case<'_> {
    /// An assumption in words.
    pub(crate) fn said(&self, assumption: &Assumption) -> String {
        self.words.assumption(self.laws.books(), assumption)
    }
}

/// The ways that contradict none of these assumptions.
fn matching(forks: &[Fork], assumptions: &[Assumption]) -> BTreeSet<usize> {
    let contradicts = |fork: &Fork| {
        assumptions.iter().any(|wanted| {
            let same = fork.assumptions.iter().find(|other| other.question == wanted.question);
            same.is_some_and(|other| other.alternative != wanted.alternative)
        })
    };
    (0..forks.len()).filter(|index| !contradicts(&forks[*index])).collect()
}
