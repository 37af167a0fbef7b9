//! What waits on the desks of offices and courts of one district: cards of employers and remedies, each desk with a capacity a day.
//!
//! Who is ready first is decided first; of one day, by a keyed draw. Fractions of capacity are kept from day to day. This file knows no law, no
//! scenario and no chance.

use crate::matter::NONE;
use crate::places::{DeskPlace, Line};
use callup_law::program::Offset;
use std::collections::{BTreeMap, BTreeSet};

/// One decision in units of capacity.
const ONE: u64 = 1 << 32;
/// The desk that decides on cards of employers; those of remedies follow in the order of the scenario.
pub const CARDS: usize = 0;

/// One desk.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Desk {
    /// Capacity saved up, in units of 2^-32 decisions.
    credit: u64,
    /// Who waits: day on which he is ready, keyed draw, row.
    waiting: BTreeSet<DeskPlace>,
}

impl Desk {
    /// A desk that has saved up the fraction of a decision for which a word stands.
    #[must_use]
    pub fn saved_up(word: u32) -> Desk {
        Desk { credit: word.into(), waiting: BTreeSet::new() }
    }

    /// Somebody waits from a day on.
    pub fn enter(&mut self, ready: Offset, draw: u32, row: u32) {
        self.waiting.insert((ready, draw, row));
    }

    /// Capacity of a day, in units of 2^-32 decisions.
    pub fn allow(&mut self, capacity: u64) {
        self.credit = self.credit.saturating_add(capacity);
    }

    /// The next who is ready today, if capacity is left for one; where the line is told, if he stands before it.
    pub fn next_ready(&mut self, today: Offset, told: Option<Line<DeskPlace>>) -> Option<DeskPlace> {
        let first = self.first_ready(today)?;
        match told {
            None => self.credit = self.credit.checked_sub(ONE)?,
            Some(line) if line.admits(&first) => {}
            Some(_) => return None,
        }
        self.waiting.remove(&first);
        Some(first)
    }

    fn first_ready(&self, today: Offset) -> Option<DeskPlace> {
        self.waiting.first().copied().filter(|(ready, ..)| *ready <= today)
    }

    /// How far it came today, when the last who had a decision stood at this place.
    #[must_use]
    pub fn line(&self, today: Offset, last: Option<DeskPlace>) -> Line<DeskPlace> {
        match last {
            _ if self.first_ready(today).is_none() && self.credit >= ONE => Line::Everybody,
            Some(place) => Line::UpTo(place),
            None => Line::Nobody,
        }
    }

    /// How far one would have come at a desk at which nobody waits, by the day of the run from 0: as many days have a decision to give as its capacity
    /// makes.
    #[must_use]
    pub fn idle_line(capacity: u64, day: u64) -> Line<DeskPlace> {
        let decisions = |days: u64| u128::from(capacity) * u128::from(days) / u128::from(ONE);
        if decisions(day + 1) > decisions(day) { Line::Everybody } else { Line::Nobody }
    }

    /// What was not used today is gone; only the fraction is kept.
    pub fn close_the_day(&mut self) {
        self.credit %= ONE;
    }

    /// How many wait.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.waiting.len()
    }
}

/// A remedy that is pending.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Filing {
    /// Its place in the scenario.
    pub remedy: u8,
    /// Campaign of the notice.
    pub campaign: u8,
    /// Slot of the matter, with its generation; [`crate::matter::NONE`] where it was over when somebody filed for him.
    pub slot: u32,
    /// Generation of the slot when it was filed.
    pub generation: u8,
    /// Day of filing.
    pub filed: Offset,
    /// Whether he asked for help before he filed.
    pub asked: bool,
    /// Whether the body that decides holds up the dispatch, whatever the law says.
    pub interim: bool,
    /// Whether the day of his dispatch came meanwhile and was held up.
    pub is_held: bool,
    /// The day on which the man was dispatched since, if he was.
    pub dispatched: Option<Offset>,
    /// Whether it is decided, and kept until the decision is final.
    pub is_decided: bool,
}

/// All desks of a district.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Desks {
    /// Cards of employers, then each remedy.
    pub desks: Vec<Desk>,
    /// Remedies pending or not final, by row and whether it is against a measure: of each sort one a person at a time.
    pub filings: BTreeMap<(u32, bool), Filing>,
    /// Cards filed and not decided, by row: slot and generation of the matter, and its campaign.
    pub cards: BTreeMap<u32, (u32, u8, u8)>,
    /// The day on which each of those who serve as conscripts or mobilised was dispatched, and in which campaign he was called up.
    pub dispatched_on: BTreeMap<u32, (Offset, u8)>,
    /// Those whom a card has freed from mobilisation.
    pub shielded: BTreeSet<u32>,
}

impl Desks {
    /// Desks that have saved up these fractions of a decision.
    #[must_use]
    pub fn saved_up(words: impl Iterator<Item = u32>) -> Desks {
        Desks { desks: words.map(Desk::saved_up).collect(), ..Desks::default() }
    }

    /// Whether nothing waits anywhere.
    #[must_use]
    pub fn are_empty(&self) -> bool {
        self.filings.is_empty() && self.cards.is_empty()
    }

    /// Whether everybody who waits is somebody, once, and what he waits for is there.
    pub(crate) fn are_sound(&self, today: Offset, rows: usize, slots: usize, campaigns: usize, desks: usize) -> bool {
        let known = |row: &u32, slot: u32, campaign: u8| {
            (*row as usize) < rows && (slot as usize) < slots && usize::from(campaign) < campaigns
        };
        let filed = |((row, _), one): (&(u32, bool), &Filing)| {
            let slot = if one.slot == NONE { 0 } else { one.slot };
            let is_known = known(row, slot, one.campaign) && usize::from(one.remedy) + 1 < self.desks.len();
            is_known && one.filed <= today && one.dispatched.is_none_or(|day| day <= today)
        };
        let rows_at = |desk: usize| -> BTreeSet<u32> {
            self.desks.get(desk).into_iter().flat_map(|desk| &desk.waiting).map(|(.., row)| *row).collect()
        };
        let of_remedy = |desk: usize| -> BTreeSet<u32> {
            let here = self.filings.iter().filter(|(_, one)| !one.is_decided && usize::from(one.remedy) + 1 == desk);
            here.map(|((row, _), _)| *row).collect()
        };
        let once = |(place, desk): (usize, &Desk)| desk.credit < ONE && rows_at(place).len() == desk.waiting.len();
        let serves = |(row, (day, campaign)): (&u32, &(Offset, u8))| known(row, 0, *campaign) && *day <= today;
        self.desks.len() == desks
            && self.dispatched_on.iter().all(serves)
            && self.desks.iter().enumerate().all(once)
            && self.filings.iter().all(filed)
            && self.cards.iter().all(|(row, (slot, _, campaign))| known(row, *slot, *campaign))
            && self.shielded.iter().all(|row| (*row as usize) < rows)
            && rows_at(CARDS) == self.cards.keys().copied().collect()
            && (1..desks).all(|desk| rows_at(desk) == of_remedy(desk))
    }
}

#[cfg(test)]
mod tests;
