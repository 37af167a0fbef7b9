//! Where lives part, in words: what happened in one world and not in the other, and the article or choice behind it; and how many each of them parts.
//!
//! A life parts once. Where something happens in both worlds on the day, both sides are named, and each is counted on its own side.

use super::Compared;
use crate::output::tables::{self, Caused};
use crate::prepare::Prepared;
use callup_law::roles::{Event, MeasureKind, Milestone};
use callup_sim::compare::diverge::Happening;
use callup_sim::journal::{Cause, What};
use callup_sim::scenario::SearchKind;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// In which world something happens that does not in the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// In the first alone.
    First,
    /// In the other alone.
    Other,
}

impl Side {
    /// How outputs name it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Side::First => "first",
            Side::Other => "other",
        }
    }
}

/// An article or choice of the scenario by which lives part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Clause {
    /// The world that is held against the first.
    pub world: String,
    /// In which of the two it does something.
    pub side: Side,
    /// Law as `id@date`, if it is an article.
    pub law: Option<String>,
    /// Article.
    pub article: Option<String>,
    /// Choice of the scenario, if it is one.
    pub assumption: Option<String>,
    /// What it does first, the most frequent thing.
    pub what: String,
    /// Persons whose lives part by it.
    pub persons: u64,
}

/// What happened, in words.
#[must_use]
pub fn words(happening: &Happening) -> String {
    let place = usize::from(happening.detail);
    let detail = match happening.what {
        What::Event => Event::ALL.get(place).map(|event| event.word()),
        What::RemedyEvent => Event::ALL.get(place & 0xff).map(|event| event.word()),
        What::Entered => Milestone::ALL.get(place).map(|milestone| milestone.word()),
        What::StartDue | What::On | What::LiftDue | What::Off => MeasureKind::ALL.get(place).map(|kind| kind.word()),
        What::WronglyStopped | What::StaleStop => SearchKind::ALL.get(place).map(|way| way.word()),
        _ => None,
    };
    detail.map_or_else(|| happening.what.word().to_owned(), |detail| format!("{} {detail}", happening.what.word()))
}

/// Why it happened.
#[must_use]
pub fn why(prepared: &Prepared, cause: Cause) -> Caused {
    tables::cause(prepared, cause)
}

/// Every article and choice by which lives part, of each world the most frequent first.
#[must_use]
pub fn clauses(all: &Compared<'_>) -> Vec<Clause> {
    all.others().flat_map(|(world, pair)| of_pair(all, world, pair)).collect()
}

fn of_pair(all: &Compared<'_>, world: usize, pair: usize) -> Vec<Clause> {
    let mut counts: BTreeMap<(Side, Cause), BTreeMap<String, u64>> = BTreeMap::new();
    for divergence in &all.comparison.pairs[pair].diverged {
        for (side, found) in [(Side::First, divergence.first), (Side::Other, divergence.other)] {
            let Some((happening, cause)) = found else { continue };
            *counts.entry((side, cause)).or_default().entry(words(&happening)).or_default() += 1;
        }
    }
    let mut list: Vec<Clause> =
        counts.into_iter().map(|((side, cause), found)| clause(all, world, side, cause, &found)).collect();
    list.sort_by(|one, other| {
        (other.persons, one.side, &one.law, &one.article).cmp(&(one.persons, other.side, &other.law, &other.article))
    });
    list
}

fn clause(all: &Compared<'_>, world: usize, side: Side, cause: Cause, found: &BTreeMap<String, u64>) -> Clause {
    let first = found.iter().max_by_key(|(what, count)| (**count, std::cmp::Reverse(*what)));
    let what = first.map_or_else(String::new, |(what, _)| what.clone());
    let prepared = &all.worlds.prepared[if side == Side::First { 0 } else { world }];
    let Caused { law, article, assumption } = why(prepared, cause);
    Clause {
        world: all.worlds.names[world].clone(),
        side,
        law,
        article,
        assumption,
        what,
        persons: found.values().sum(),
    }
}
