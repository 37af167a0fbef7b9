//! What an office keeps: the roll of a campaign, its part of a decreed number, the queue of its commission and its capacity.
//!
//! Only whole numbers and orders; fractions of capacity are kept as credit, so that small districts and small scales lose nothing to
//! rounding. This file knows no law, no person and no chance.

use crate::places::{Line, QueuePlace};
use callup_law::program::Offset;

/// One decision in units of capacity.
const ONE: u128 = 1 << 32;

/// One notice in thousandths.
const UNIT: u64 = 1000;

/// A place in the queue; the order of fields is the order of places.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub struct Queued {
    /// Campaign.
    pub campaign: u8,
    /// Day of entry.
    pub day: Offset,
    /// Keyed draw.
    pub draw: u32,
    /// Row of the person.
    pub row: u32,
    /// Slot of the matter.
    pub slot: u32,
    /// Generation of the slot.
    pub generation: u8,
}

impl Queued {
    /// The place without where the matter lies.
    #[must_use]
    pub const fn place(&self) -> QueuePlace {
        (self.campaign, self.day, self.draw, self.row)
    }
}

/// A draft commission.
#[derive(Clone, Debug, Default, serde::Serialize, serde::Deserialize)]
pub struct Commission {
    /// Those who wait, the last place first.
    queue: Vec<Queued>,
    /// Those who entered today.
    entered: Vec<Queued>,
    /// Capacity saved up, in units of 2^-32 decisions.
    credit: u128,
    /// Men of draft age of the district, by whom capacity is split.
    pub draft_age_men: u64,
}

impl Commission {
    /// How many wait.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.queue.len() + self.entered.len()
    }

    /// Somebody enters the queue.
    pub fn enter(&mut self, place: Queued) {
        self.entered.push(place);
    }

    /// Those who entered today take their places.
    pub fn line_up(&mut self) {
        if !self.entered.is_empty() {
            self.queue.append(&mut self.entered);
            self.queue.sort_unstable_by(|one, other| other.cmp(one));
        }
    }

    /// A commission that has saved up the fraction of a decision for which a word stands: as after a long time of work, so that small districts
    /// and small scales do not begin late.
    #[must_use]
    pub fn saved_up(word: u32) -> Commission {
        Commission { credit: word.into(), ..Commission::default() }
    }

    /// Capacity of a day, in units of 2^-32 decisions.
    pub fn allow(&mut self, capacity: u128) {
        self.credit += capacity;
    }

    /// The next in the queue, if capacity is left for one; where the line is told, if he stands before it.
    pub fn next_place(&mut self, told: Option<Line<QueuePlace>>) -> Option<Queued> {
        match told {
            None if self.credit < ONE => None,
            None => self.queue.pop(),
            Some(line) => self.queue.pop_if(|place| line.admits(&place.place())),
        }
    }

    /// Whether capacity is left for one more.
    #[must_use]
    pub fn has_capacity(&self) -> bool {
        self.credit >= ONE
    }

    /// A decision is taken.
    pub fn use_one(&mut self) {
        self.credit -= ONE;
    }

    /// What was not used today is gone; only the fraction is kept.
    pub fn close_the_day(&mut self) {
        self.credit %= ONE;
    }

    /// Those of a campaign leave the queue; how many.
    pub fn send_home(&mut self, campaign: u8) -> usize {
        let before = self.queue.len();
        self.queue.retain(|place| place.campaign != campaign);
        before - self.queue.len()
    }
}

impl Commission {
    /// Whether everybody in the queue is somebody and stands in his place, and no more capacity is saved up than a fraction.
    pub(crate) fn is_sound(&self, rows: usize, slots: usize, campaigns: usize) -> bool {
        let known = |place: &Queued| {
            (place.row as usize) < rows && (place.slot as usize) < slots && usize::from(place.campaign) < campaigns
        };
        let in_order = self.queue.is_sorted_by(|one, other| one >= other);
        in_order && self.queue.iter().chain(&self.entered).all(known) && self.credit < ONE
    }
}

/// Whom a campaign takes in a district, and how far it has come.
#[derive(Clone, Debug, Default, serde::Serialize, serde::Deserialize)]
pub struct Roll {
    /// Those of age: (keyed draw or day, row), the next one last.
    pub(crate) ready: Vec<(u32, u32)>,
    /// Those who come of age or free of a deferment later: (day, keyed draw, row), the next one last.
    pub(crate) later: Vec<(Offset, u32, u32)>,
    /// For each day of the season the weight of it and all later office days.
    pub(crate) weights_left: Vec<u64>,
    /// Notices owed and not issued, in thousandths or in parts of a day's share.
    credit: u64,
    /// How many were on the roll when it was drawn up.
    pub drawn_up: u64,
    /// Notices formed.
    pub issued: u64,
    /// Decisions of the commission.
    pub decided: u64,
    /// Men called up.
    pub called: u64,
    /// The district's part of the decreed number, men.
    pub part: u64,
    /// The day on which the part was last filled, and the place of the last man called; of no use on any later day.
    #[serde(skip)]
    pub filled: Option<(Offset, QueuePlace)>,
}

impl Roll {
    /// An empty roll of an office that has saved up the fraction of a notice for which a word stands.
    #[must_use]
    pub fn saved_up(word: u32) -> Roll {
        Roll { credit: (u64::from(word) * UNIT) >> 12, ..Roll::default() }
    }

    /// So many of those of age have had their turn.
    pub(crate) fn shorten(&mut self, taken: usize) {
        self.ready.truncate(self.ready.len().saturating_sub(taken));
    }

    /// Whether the district's part of the decreed number is not filled.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.called < self.part
    }

    /// A man is called up.
    pub fn call(&mut self, today: Offset, place: QueuePlace) {
        self.called += 1;
        if !self.is_open() {
            self.filled = Some((today, place));
        }
    }

    /// A call-up has fallen before it was carried out.
    pub fn give_back_one(&mut self) {
        self.called = self.called.saturating_sub(1);
    }

    /// Whether notices are still to come for its part of the decreed number, at so many thousandths a man.
    #[must_use]
    pub fn owes(&self, notices_in_thousandths: u64) -> bool {
        let left = self.ready.len() + self.later.len();
        left > 0 && self.part * notices_in_thousandths >= (self.issued + 1) * UNIT
    }

    /// What is open of the district's part of the decreed number.
    #[must_use]
    pub fn open_part(&self) -> u64 {
        self.part.saturating_sub(self.called)
    }

    /// Men that are left to be called: on the roll or with a notice and no decision.
    #[must_use]
    pub fn left(&self) -> u64 {
        (self.ready.len() + self.later.len()) as u64 + self.issued.saturating_sub(self.decided)
    }

    /// Whether everybody on it is somebody and stands in his place, and its counts can be counts.
    pub(crate) fn is_sound(&self, rows: usize, most: u64) -> bool {
        let known = |row: u32| (row as usize) < rows;
        let listed = self.ready.iter().map(|(_, row)| *row).chain(self.later.iter().map(|(_, _, row)| *row));
        let in_order = self.ready.is_sorted_by(|one, other| one >= other)
            && self.later.is_sorted_by(|one, other| one >= other)
            && self.weights_left.is_sorted_by(|one, other| one >= other);
        let counts = [self.drawn_up, self.issued, self.decided, self.called, self.part, self.credit];
        let small = counts.iter().chain(self.weights_left.first()).all(|count| *count <= most);
        in_order && small && listed.into_iter().all(known)
    }

    /// Nobody is left on the roll.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.ready.is_empty() && self.later.is_empty()
    }
}

impl Roll {
    /// Those who come of age today take their place among the others.
    pub fn admit_later(&mut self, today: Offset) {
        let first = self.later.partition_point(|(day, _, _)| *day > today);
        if first == self.later.len() {
            return;
        }
        let mut coming: Vec<(u32, u32)> = self.later.drain(first..).map(|(_, draw, row)| (draw, row)).collect();
        coming.sort_unstable_by(|one, other| other.cmp(one));
        // From the last place on, so that everybody moves once.
        let mut free = self.ready.len() + coming.len();
        let mut left = self.ready.len();
        self.ready.resize(free, (0, 0));
        while let Some(next) = coming.last().copied() {
            free -= 1;
            if left > 0 && self.ready[left - 1] < next {
                left -= 1;
                self.ready[free] = self.ready[left];
            } else {
                self.ready[free] = next;
                coming.pop();
            }
        }
    }

    /// Notices that the office owes today for its part of the decreed number; none once it is filled.
    pub fn owed_today(&mut self, day_of_season: u16, notices_in_thousandths: u64) -> u64 {
        if !self.is_open() {
            return 0;
        }
        let owed = (self.part * notices_in_thousandths).saturating_sub(self.issued * UNIT);
        self.today_of(owed, day_of_season, UNIT)
    }

    /// Whole units out of `amount` for today; the fraction of today's part waits for the next day.
    fn today_of(&mut self, amount: u64, day_of_season: u16, unit: u64) -> u64 {
        let day = usize::from(day_of_season);
        let left = self.weights_left.get(day).copied().unwrap_or(0);
        let after = self.weights_left.get(day + 1).copied().unwrap_or(0);
        if left == after {
            return 0;
        }
        // The credit is a fraction of a unit in 2^-20, so that nothing is lost where a day's part is below one.
        let part = (u128::from(amount) << 20) * u128::from(left - after) / u128::from(left);
        let with_credit = part as u64 + self.credit;
        let whole = if after == 0 { amount.div_ceil(unit) } else { with_credit / (unit << 20) };
        self.credit = if after == 0 { 0 } else { with_credit - whole * (unit << 20) };
        whole
    }
}

#[cfg(test)]
mod tests;
