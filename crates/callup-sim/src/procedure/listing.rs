//! Who is listed for being looked for (M8): those whom the law has in default or wanted, and those whom the list still has.
//!
//! A person comes onto the list on the day after his default. When the law has done with it each way of searching keeps him for its own delay, or
//! for good where the end is not entered. This file knows no way of finding anybody.

use crate::district::{Common, District};
use crate::lists::{Listing, WAYS};
use crate::matter::NONE;
use crate::people::Attribute;
use crate::random::{Decision, DrawKey};
use crate::scenario::SearchKind;
use crate::settings::SearchSetting;
use crate::tally::{Flow, Stock};
use callup_law::program::{Offset, UNSET};
use callup_law::roles::{MeasureKind, Milestone};

impl District<'_> {
    /// Whether the law has a person in default in this matter, or wanted because of it.
    #[must_use]
    pub fn is_sought(&self, common: &Common<'_>, slot: u32) -> bool {
        let header = self.matters.header(slot);
        let bound = &common.laws.programs[usize::from(header.program)];
        let states = &self.matters.states(slot)[..bound.program.layout().tracks];
        let defaulted = |(track, state): (u8, &u8)| bound.milestone(track, *state) == Milestone::Defaulted as u8;
        let wanted = |(measure, kind): (usize, &MeasureKind)| {
            *kind == MeasureKind::WantedStatus && self.matters.on(slot) >> measure & 1 == 1
        };
        (0..).zip(states).any(defaulted) || bound.kinds.iter().enumerate().any(wanted)
    }

    /// First open matter of a person for which he is sought.
    #[must_use]
    pub fn sought_matter(&self, common: &Common<'_>, row: u32) -> Option<u32> {
        let mut slot = self.standings[row as usize].open_matter;
        while slot != NONE {
            if self.is_sought(common, slot) {
                return Some(slot);
            }
            slot = self.matters.header(slot).next;
        }
        None
    }

    /// Brings the list in line with the law, as far as the office does so, after something changed in a person's matters.
    pub fn review_listing(&mut self, common: &Common<'_>, row: u32) {
        if common.settings.searches.is_empty() {
            return;
        }
        let stands = self.lists.listings.get(&row).is_some_and(|listing| listing.stands);
        match (stands, self.sought_matter(common, row)) {
            (false, Some(slot)) => self.enter_list(common, row, slot),
            (true, None) => self.end_listing(common, row),
            _ => {}
        }
    }

    fn enter_list(&mut self, common: &Common<'_>, row: u32, slot: u32) {
        let matter = common.matter_keys[usize::from(self.matters.header(slot).campaign)];
        let (tally, lists) = (&mut self.tally, &mut self.lists);
        let listing = lists.listings.entry(row).or_insert_with(|| {
            tally.count(Flow::ListEntered);
            tally.shift(Stock::Listed, 1);
            Listing::new(matter)
        });
        listing.stands = true;
        for (way, off) in listing.off.iter_mut().enumerate() {
            lists.leaving.remove(&(*off, way as u8, row));
            *off = UNSET;
        }
        lists.entering.push((row, self.today));
    }

    fn end_listing(&mut self, common: &Common<'_>, row: u32) {
        let Some(before) = self.lists.listings.get(&row).copied() else { return };
        let mut listing = Listing { stands: false, ..before };
        for way in (0..WAYS).filter(|way| before.is_on(*way)) {
            listing.off[way] = self.day_off_list(common, row, &before, way);
            self.lists.leaving.insert((listing.off[way], way as u8, row));
        }
        self.lists.listings.insert(row, listing);
        self.forget_listing(row);
    }

    /// The last day on which a way of searching looks for somebody whom the law has done with today.
    fn day_off_list(&self, common: &Common<'_>, row: u32, listing: &Listing, way: usize) -> Offset {
        let Some(search) = self.search_in_force(common, way) else { return self.today };
        let key = DrawKey::of_response(self.id(row), Decision::ListEndEntered, listing.matter).alternative(way as u8);
        if common.hits(key, search.end_not_entered) {
            return Offset::MAX;
        }
        self.after(common.wait(DrawKey { decision: Decision::ListRemoval, ..key }, &search.removal))
    }

    /// The way of searching in use here today, or the last one listed of its kind.
    fn search_in_force<'c>(&self, common: &'c Common<'_>, way: usize) -> Option<&'c SearchSetting> {
        let of_kind = || common.settings.searches.iter().filter(|search| search.kind as usize == way);
        let used = of_kind().rfind(|search| search.is_used(self.region, self.today));
        used.or_else(|| of_kind().next_back())
    }

    /// A person whom the law has done with and nobody looks for any more is forgotten.
    fn forget_listing(&mut self, row: u32) {
        if self.lists.listings.get(&row).is_some_and(|listing| !listing.stands && listing.ways == 0) {
            self.lists.listings.remove(&row);
            self.tally.count(Flow::ListRemoved);
            self.tally.shift(Stock::Listed, -1);
        }
    }

    /// The office's day: who is to leave the list leaves it, who came into default before today is looked for from today on.
    pub fn keep_lists(&mut self, common: &Common<'_>) {
        while let Some(&(day, way, row)) = self.lists.leaving.first().filter(|leaving| leaving.0 < self.today) {
            self.lists.leaving.remove(&(day, way, row));
            self.lists.take_off(row, usize::from(way));
            self.forget_listing(row);
        }
        let mut entering = std::mem::take(&mut self.lists.entering);
        entering.retain(|(row, day)| {
            let early = *day >= self.today;
            if !early {
                self.admit(common, *row);
            }
            early
        });
        self.lists.entering = entering;
    }

    fn admit(&mut self, common: &Common<'_>, row: u32) {
        for way in 0..WAYS {
            let Some(listing) = self.lists.listings.get(&row).filter(|listing| listing.stands) else { break };
            let is_sought_so = common.settings.searches.iter().any(|search| search.kind as usize == way);
            if is_sought_so && !listing.is_on(way) {
                self.lists.put_on(row, way);
                self.await_meeting(common, row, way);
            }
        }
        self.forget_listing(row);
    }

    /// Draws when a way of searching meets a listed person next, if it ever can.
    pub fn await_meeting(&mut self, common: &Common<'_>, row: u32, way: usize) {
        if !self.can_be_met(common, row, way) {
            return;
        }
        let Some(listing) = self.lists.listings.get_mut(&row) else { return };
        let (matter, occasion) = (listing.matter, listing.occasions[way]);
        listing.occasions[way] = occasion.saturating_add(1);
        let key = DrawKey::of_response(self.id(row), Decision::Located, matter);
        let budget = common.draws.budget(key.ordinal(occasion.into()).alternative(1 + way as u8));
        self.lists.await_meeting(row, way, budget);
    }

    /// Whether a way of searching can find a person at all: employers those who work, places of study those who study.
    #[must_use]
    pub fn can_be_met(&self, common: &Common<'_>, row: u32, way: usize) -> bool {
        let truth = self.people[row as usize].truth();
        match SearchKind::ALL[way] {
            SearchKind::Cameras => true,
            SearchKind::Employers => truth.has(Attribute::Works),
            SearchKind::PlacesOfStudy => truth.is_student(common.day(self.today)),
        }
    }
}
