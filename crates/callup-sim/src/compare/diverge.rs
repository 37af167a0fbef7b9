//! Where two lives of one person part: the first thing that happens in one world and not in the other, and the article or choice that caused it.
//!
//! Two laws number their rules and states in their own ways, so what happened is told in the words that laws and world share: events of the
//! vocabulary, milestones, kinds of measure. This file knows no count.

use crate::district::Common;
use crate::journal::{Cause, HistoryRow, What};
use crate::random::PersonId;
use callup_law::roles::Milestone;
use std::collections::BTreeSet;

/// One thing that happened to a person, in words that all laws share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Happening {
    /// Day of the run, from 0.
    pub day: u16,
    /// Campaign whose notice it is about, if any.
    pub campaign: Option<u8>,
    /// What.
    pub what: What,
    /// Of an event its place in the vocabulary, of a state its milestone, of a measure its kind; else what the journal has.
    pub detail: u16,
    /// A day that goes with it, day of the run from 0: of a notice the date of appearance that it names.
    pub date: Option<u16>,
}

/// The first difference between two lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Divergence {
    /// Whose.
    pub person: PersonId,
    /// Place of his region.
    pub region: u16,
    /// Day of the run, from 0.
    pub day: u16,
    /// What happened in the first world on that day where the lives part, and why; `None` if nothing did.
    pub first: Option<(Happening, Cause)>,
    /// The same of the other.
    pub other: Option<(Happening, Cause)>,
    /// Marks (`district::mark`) of what was true of him by the end in the first world and not in the other.
    pub only_first: u32,
    /// The same of the other world.
    pub only_other: u32,
}

/// Whose lives have parted in one district.
#[derive(Clone, Debug, Default)]
pub(crate) struct Diverged {
    known: BTreeSet<PersonId>,
    list: Vec<Divergence>,
}

/// Brings the rows of a week in the order of persons; each one's stay in the order of time.
pub(crate) fn sort_by_person(rows: &mut [HistoryRow]) {
    rows.sort_by_key(|row| row.person);
}

impl Diverged {
    /// Looks through a week of one district in two worlds.
    pub(crate) fn take_week(&mut self, region: u16, worlds: [(&Common<'_>, &[HistoryRow]); 2]) {
        let [(first, mut before), (other, mut after)] = worlds;
        let mut of_week = Vec::new();
        while let Some(person) = before.first().into_iter().chain(after.first()).map(|row| row.person).min() {
            let (of_first, of_other) = (take_of(&mut before, person), take_of(&mut after, person));
            if self.known.contains(&person) {
                continue;
            }
            if let Some((day, first, other)) = first_difference((first, of_first), (other, of_other)) {
                self.known.insert(person);
                of_week.push(Divergence { person, region, day, first, other, only_first: 0, only_other: 0 });
            }
        }
        // Millions stay until the end: no more room than they need.
        self.list.reserve_exact(of_week.len());
        self.list.append(&mut of_week);
    }

    /// How many.
    pub(crate) fn count(&self) -> usize {
        self.list.len()
    }

    /// Everybody's, in the order of persons.
    pub(crate) fn list(mut self) -> Vec<Divergence> {
        self.list.sort_unstable_by_key(|divergence| divergence.person);
        self.list
    }
}

/// The rows of a person at the head of a list.
fn take_of<'r>(rows: &mut &'r [HistoryRow], person: PersonId) -> &'r [HistoryRow] {
    let until = rows.iter().take_while(|row| row.person == person).count();
    let (his, rest) = rows.split_at(until);
    *rows = rest;
    his
}

type Side = Option<(Happening, Cause)>;

/// Day and both sides of the first difference, if there is one.
fn first_difference(
    (first, before): (&Common<'_>, &[HistoryRow]),
    (other, after): (&Common<'_>, &[HistoryRow]),
) -> Option<(u16, Side, Side)> {
    let mut before = before.iter().filter_map(|row| happening(first, row));
    let mut after = after.iter().filter_map(|row| happening(other, row));
    loop {
        let (one, another) = (before.next(), after.next());
        if one.is_none() && another.is_none() {
            return None;
        }
        let what = |side: Side| side.map(|(happening, _)| happening);
        if what(one) != what(another) {
            let day = one.iter().chain(&another).map(|(happening, _)| happening.day).min()?;
            let of_day = |side: Side| side.filter(|(happening, _)| happening.day == day);
            // What happens in both worlds on the day, in one of them after something else, is not what parts them.
            let comes = |what: Option<Happening>, rest: &[Happening]| what.is_some_and(|what| rest.contains(&what));
            let (before, after): (Vec<_>, Vec<_>) =
                (before.map(|one| one.0).collect(), after.map(|one| one.0).collect());
            let (in_other, in_first) = (comes(what(one), &after), comes(what(another), &before));
            let first = of_day(one).filter(|_| !in_other || in_first);
            return Some((day, first, of_day(another).filter(|_| !in_first || in_other)));
        }
    }
}

/// A row in words that all laws share; `None` for what is only bookkeeping of one law.
fn happening(common: &Common<'_>, row: &HistoryRow) -> Option<(Happening, Cause)> {
    let detail = match row.what {
        What::Transferred | What::Closed => return None,
        What::Entered => u16::from(milestone(common, row)?),
        _ => row.detail,
    };
    // The day by which a lift is due differs without anything happening to anybody.
    let date = if row.what == What::LiftDue { None } else { row.date };
    Some((Happening { day: row.day, campaign: row.campaign, what: row.what, detail, date }, row.cause))
}

/// Milestones that people and offices answer to. Others one law may name and another not without anything being otherwise for anybody.
const TOLD: [u8; 2] = [Milestone::Served as u8, Milestone::Defaulted as u8];

/// What the state that was entered means to the world, if anybody answers to it.
fn milestone(common: &Common<'_>, row: &HistoryRow) -> Option<u8> {
    let Cause::Article { law, .. } = row.cause else { return None };
    let notice = common.settings.campaigns.get(usize::from(row.campaign?))?.notice;
    let program = common.laws.program_of(law.into(), notice)?;
    let milestone = common.laws.programs[usize::from(program)].milestone((row.detail >> 8) as u8, row.detail as u8);
    TOLD.contains(&milestone).then_some(milestone)
}
