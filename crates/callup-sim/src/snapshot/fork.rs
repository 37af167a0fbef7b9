//! A save of a run made into the save of another one: the same run under laws that differ from the next day on.
//!
//! What has happened stays; only its place changes, because other laws have other programs, columns and room for days. What the next day's law does
//! with pending matters is done by the day itself. This file knows no document and no scenario.

use super::{Parts, SavedDistrict, SavedNation, SnapshotError, decode, encode, join};
use crate::lawset::LawSet;
use crate::matter::Strides;
use crate::tally::Columns;
use callup_law::program::DayKept;
use rayon::prelude::*;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Why a save cannot go on under other laws.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ForkError {
    /// The bytes are no save.
    Save(SnapshotError),
    /// The laws before the fork are not those of the save.
    OtherLaws,
    /// The next law counts from days that the run did not keep, because no law of it asked for them.
    Forgotten {
        /// Identifier of the law under which the matters are pending.
        law: String,
        /// What is lacking, in words.
        days: Vec<String>,
    },
}

impl From<SnapshotError> for ForkError {
    fn from(error: SnapshotError) -> ForkError {
        ForkError::Save(error)
    }
}

/// Makes the save of a run under the laws `before` into one of the same run under `after`: the first laws are the same, with the same answers, and the
/// others have not been in force yet. The bytes that come out are believed as little as any others.
///
/// # Errors
/// If the bytes are no save under these laws, or it does not hold what the next law needs.
pub fn fork(save: &[u8], before: &LawSet, after: &LawSet) -> Result<Vec<u8>, ForkError> {
    let moves = Moves::new(before, after)?;
    let mut parts = Parts::of(save);
    let nation = moves.nation(decode(parts.next_part()?)?)?;
    let mut of_districts = Vec::new();
    while !parts.is_empty() {
        of_districts.push(parts.next_part()?);
    }
    let moved: Result<Vec<Vec<u8>>, ForkError> =
        of_districts.into_par_iter().map(|part| moves.district(part)).collect();
    Ok(join(std::iter::once(&nation).chain(&moved?)))
}

/// Where everything goes.
struct Moves<'l> {
    after: &'l LawSet,
    strides: Strides,
    /// For each program of before its place after, and its days.
    programs: Vec<Option<(u8, Vec<DayKept>)>>,
    /// Programs of before whose matters cannot be moved: their law and what it did not keep. It matters only if there are any.
    lacking: BTreeMap<u8, (String, Vec<String>)>,
    /// For each column of after, flows and then stocks, its place before.
    columns: Vec<Option<usize>>,
    width_before: usize,
    flows_before: usize,
    flows: usize,
    /// For each kind of measure of after its place before.
    kinds: Vec<Option<usize>>,
}

impl Moves<'_> {
    fn new<'l>(before: &LawSet, after: &'l LawSet) -> Result<Moves<'l>, ForkError> {
        let (old, new) = (Columns::new(before.measure_kinds()), Columns::new(after.measure_kinds()));
        let shared = before
            .laws
            .iter()
            .zip(&after.laws)
            .take_while(|(one, other)| one.id == other.id && one.cites == other.cites)
            .count();
        if shared == 0 {
            return Err(ForkError::OtherLaws);
        }
        let (mut programs, mut lacking) = (Vec::new(), BTreeMap::new());
        for bound in &before.programs {
            let law = usize::from(bound.law);
            let place = if law < shared { after.program_of(law, bound.notice) } else { None };
            let days =
                place.map(|place| (place, after.programs[usize::from(place)].program.days_kept_by(&bound.program)));
            programs.push(match days {
                None => None,
                Some((place, Ok(days))) => Some((place, days)),
                Some((_, Err(days))) => {
                    lacking.insert(programs.len() as u8, (before.laws[law].id.clone(), days));
                    None
                }
            });
        }
        let kind = |kind| old.kinds().iter().position(|known| known == kind);
        Ok(Moves {
            after,
            strides: Strides::of(after),
            programs,
            lacking,
            columns: new.places_in(&old),
            width_before: old.flows() + old.stocks(),
            flows_before: old.flows(),
            flows: new.flows(),
            kinds: new.kinds().iter().map(kind).collect(),
        })
    }

    fn nation(&self, nation: SavedNation<'_>) -> Result<Vec<u8>, ForkError> {
        let refit = |rows: &Vec<u64>| -> Vec<u64> {
            let days = rows.chunks_exact(self.width_before);
            days.flat_map(|day| self.columns.iter().map(|place| place.map_or(0, |place| day[place]))).collect()
        };
        Ok(encode(&SavedNation {
            days: nation.days,
            daily: nation.daily.iter().map(refit).collect(),
            durations: Cow::Owned(nation.durations.refitted(&self.kinds)),
            by_stratum: Cow::Owned(nation.by_stratum.refitted(&self.columns, self.flows)),
            parts: nation.parts,
            efforts: nation.efforts,
            quota_weeks: nation.quota_weeks,
        }))
    }

    fn district(&self, part: &[u8]) -> Result<Vec<u8>, ForkError> {
        let saved: SavedDistrict<'_> = decode(part)?;
        let stocks: Vec<Option<usize>> =
            self.columns[self.flows..].iter().map(|place| place.map(|place| place - self.flows_before)).collect();
        let matters = saved.matters.refitted(self.strides, &self.programs);
        Ok(encode(&SavedDistrict {
            matters: Cow::Owned(matters.map_err(|program| self.lack(program))?),
            tally: saved.tally.refitted(&stocks),
            journal: Cow::Owned(saved.journal.refitted(self.after)),
            coverage: Cow::Owned(saved.coverage.refitted(self.after)),
            ..saved
        }))
    }

    /// Why matters of a program cannot be moved.
    fn lack(&self, program: u8) -> ForkError {
        match self.lacking.get(&program) {
            Some((law, days)) if !days.is_empty() => ForkError::Forgotten { law: law.clone(), days: days.clone() },
            _ => ForkError::OtherLaws,
        }
    }
}
