//! Looking for those who have not come (M8), as an abstract, noisy observation: no camera, no address, no face; a capacity, a rate, two errors.
//!
//! Each way of searching spreads its capacity over its list; a listed person is met when the hazard that has passed uses up his budget. Who is
//! met and owes something is found; who is met and owes nothing (any more) is the error of a stale list. An innocent who is taken for somebody else is
//! met by a hazard of his own, which grows with the list and is nobody else's event. This file knows no law.

use crate::district::{Common, District, SearchPower, mark};
use crate::event::Kind;
use crate::journal::{Assumption, Cause, What};
use crate::lists::{WAYS, finer};
use crate::matter::{NONE, flag};
use crate::procedure::draft::{FOUND, FOUND_BY_SEARCH};
use crate::random::{Decision, DrawKey, Hazard};
use crate::scenario::SearchKind;
use crate::settings::SearchSetting;
use crate::tally::Flow;
use callup_law::program::Offset;
use callup_law::roles::{Event, NoticeKind};

/// Flows of each way of searching: found, wrongly stopped, stopped on a stale listing.
const FLOWS: [[Flow; 3]; WAYS] = [
    [Flow::FoundByCameras, Flow::WronglyStoppedByCameras, Flow::StaleStopsByCameras],
    [Flow::FoundByEmployers, Flow::WronglyStoppedByEmployers, Flow::StaleStopsByEmployers],
    [Flow::FoundByPlacesOfStudy, Flow::WronglyStoppedByPlacesOfStudy, Flow::StaleStopsByPlacesOfStudy],
];

impl District<'_> {
    /// A day of searching, by every way in use.
    pub fn search(&mut self, common: &Common<'_>) {
        if common.settings.searches.is_empty() {
            return;
        }
        self.keep_lists(common);
        for way in 0..WAYS {
            self.search_by(common, way);
        }
    }

    fn search_by(&mut self, common: &Common<'_>, way: usize) {
        let listed = u64::from(self.lists.listed(way));
        let (mut find, mut mistake) = (0_u64, 0_u64);
        for (search, power) in common.settings.searches.iter().zip(&self.search_powers) {
            if search.kind as usize == way && search.is_used(self.region, self.today) {
                find = find.saturating_add(power.find);
                mistake = mistake.saturating_add(power.mistake.saturating_mul(listed));
            }
        }
        // Of a list without anybody it is the hazard of whoever would be the only one on it.
        let own = [find / listed.max(1), mistake];
        self.places.keep_search(self.today, way, own);
        let [hazard, mistake] = self.places.search(self.today, way).unwrap_or(own);
        if listed > 0 {
            self.lists.pass(way, hazard);
        }
        self.lists.mistake(way, mistake);
        while let Some(row) = self.lists.next_met(way) {
            self.meet(common, row, way);
        }
        while let Some((row, occasion)) = self.lists.next_mistaken(way) {
            self.mistake(common, row, way, occasion);
        }
    }

    /// Somebody on the list is met.
    fn meet(&mut self, common: &Common<'_>, row: u32, way: usize) {
        let Some(listing) = self.lists.listings.get_mut(&row).filter(|listing| listing.is_on(way)) else { return };
        // Who has been met today by one way is at the office, not in the way of another.
        let (met, stands) = (std::mem::replace(&mut listing.met, self.today), listing.stands);
        let is_out_of_sight = self.is_away(row) || self.trip_under_way(common, self.id(row), row).is_some();
        if met != self.today && !is_out_of_sight && self.can_be_met(common, row, way) {
            let owes = stands && self.bring_in(common, row, way);
            let [found, _, stale] = FLOWS[way];
            if owes {
                self.marks[row as usize] |= mark::FOUND;
                self.count_for(common, row, found);
            } else {
                self.marks[row as usize] |= mark::STALE_STOPPED;
                self.count_for(common, row, stale);
                self.note_person(common, row, What::StaleStop, way as u16, Assumption::Searches);
            }
        }
        self.await_meeting(common, row, way);
    }

    /// He is brought to the office in every matter for which he is sought; whether he owes it in truth: a ground frees from the call-up and not
    /// from another notice.
    fn bring_in(&mut self, common: &Common<'_>, row: u32, way: usize) -> bool {
        let is_free = self.facts(common, row, 0).is_free();
        let mut owes = false;
        let mut slot = self.standings[row as usize].open_matter;
        while slot != NONE {
            if self.is_sought(common, slot) && !self.has(slot, flag::APPEARED) {
                self.put(self.today, Kind::Locate, slot, 1 + way as u16);
                let program = &common.laws.programs[usize::from(self.matters.header(slot).program)];
                owes |= !is_free || program.notice != NoticeKind::DraftNotice;
            }
            slot = self.matters.header(slot).next;
        }
        owes
    }

    /// Sets the day on which a person who is in default is found by whatever means, counted from a day on, for the k-th time.
    pub fn await_locating(&mut self, common: &Common<'_>, slot: u32, from: Offset, occasion: u32) {
        if common.settings.response.located == Hazard::ZERO {
            return;
        }
        let word = match occasion {
            0 => self.word(common, slot, Decision::Located),
            later => common.draws.word(self.key(common, slot, Decision::Located).ordinal(later)),
        };
        if let Some(days) = common.settings.response.located_days.days(word) {
            self.put(from.saturating_add(days), Kind::Locate, slot, 0);
        }
    }

    /// The person is found: 0 by whatever means, else one more than the way of searching.
    pub fn locate(&mut self, common: &Common<'_>, slot: u32, by: u16) {
        if self.has(slot, flag::AWAY | flag::APPEARED | flag::LOCATED) {
            return;
        }
        if let Some(trip) = self.on_trip(common, slot) {
            self.await_locating(common, slot, trip.end, trip.ordinal + 1);
            return;
        }
        self.tally.count(Flow::Located);
        self.comes_to_know(common, slot);
        self.set(slot, flag::WILL_APPEAR | flag::LOCATED);
        let (version, cause) =
            if by == 0 { (FOUND, Assumption::Located) } else { (FOUND_BY_SEARCH, Assumption::Searches) };
        self.put(self.today, Kind::Appear, slot, version);
        self.raise(common, slot, Event::Located, Cause::Assumption(cause));
    }

    /// An innocent is taken for somebody listed and stopped.
    fn mistake(&mut self, common: &Common<'_>, row: u32, way: usize, occasion: u32) {
        let id = self.id(row);
        let is_out_of_sight = self.is_away(row) || self.trip_under_way(common, id, row).is_some();
        if !is_out_of_sight && !self.lists.listings.contains_key(&row) {
            self.marks[row as usize] |= mark::WRONGLY_STOPPED;
            self.count_for(common, row, FLOWS[way][1]);
            self.note_person(common, row, What::WronglyStopped, way as u16, Assumption::Searches);
        }
        let key = DrawKey::of_world(id, Decision::FalseHit, occasion + 1);
        let word = common.draws.block(key)[way];
        self.lists.await_mistake(row, way, occasion + 1, Hazard::budget(word));
    }

    /// What the district can do by each entry of the scenario, for so many inhabitants in one of so many districts of its region.
    #[must_use]
    pub fn search_powers(&self, common: &Common<'_>, inhabitants: f64, region_districts: f64) -> Vec<SearchPower> {
        let power = |search: &SearchSetting| {
            let a_day = search.searches_each * inhabitants;
            let men = common
                .men_of_ages(&self.cohorts, self.first_birth_year, common.settings.mistaken_ages(search.kind))
                .max(1);
            // The list of the region is taken for as long as this district's for each of its districts: the sum over districts is exact.
            let mistakes = a_day * search.mistaken_each * region_districts / men as f64;
            SearchPower {
                find: Hazard::of_rate(a_day * search.hit).0,
                mistake: if search.regions[usize::from(self.region)] { finer(mistakes) } else { 0 },
            }
        };
        common.settings.searches.iter().map(power).collect()
    }

    /// Finds those who may be taken for somebody listed within the run. Draws once for each man of the ages in question, by identity; reads no row.
    pub fn expect_mistakes(&mut self, common: &Common<'_>) {
        for kind in SearchKind::ALL {
            self.expect_mistakes_of(common, kind);
        }
    }

    /// The most that can accumulate is when everybody is listed every day.
    fn expect_mistakes_of(&mut self, common: &Common<'_>, kind: SearchKind) {
        let (way, ages) = (kind as usize, common.settings.mistaken_ages(kind));
        let days_of = |search: &SearchSetting| {
            let (from, until) = (search.from.max(common.settings.first), search.until.min(common.settings.last));
            (u64::from(until) + 1).saturating_sub(from.into())
        };
        let entries = common.settings.searches.iter().zip(&self.search_powers);
        let a_day_each = entries.filter(|(search, _)| search.kind as usize == way);
        let most: u128 = a_day_each
            .map(|(search, power)| {
                let a_day = power.mistake.saturating_mul(self.people.len() as u64);
                u128::from(a_day) * u128::from(days_of(search))
            })
            .sum();
        if most == 0 {
            return;
        }
        let least_word = self.lists.bound_mistakes(way, most).least_word();
        let mut words = Vec::new();
        for (row, id, count) in self.identities_of_ages(common, ages) {
            words.resize(count as usize, [0; 4]);
            common.draws.blocks(DrawKey::of_world(id, Decision::FalseHit, 0), &mut words);
            for (row, word) in (row..).zip(&words).filter(|(_, word)| word[way] >= least_word) {
                self.lists.await_mistake(row, way, 0, Hazard::budget(word[way]));
            }
        }
    }

    /// Runs of consecutive identities among those of the ages: first row, its person, how many.
    pub(crate) fn identities_of_ages(
        &self,
        common: &Common<'_>,
        ages: [u8; 2],
    ) -> Vec<(u32, crate::random::PersonId, u32)> {
        let mut runs = Vec::new();
        for rows in common.cohorts_of_ages(&self.cohorts, self.first_birth_year, ages) {
            let mut row = rows.start;
            while row < rows.end {
                let stretch = self.stretch_of(row);
                let next = self.stretches.get(usize::from(stretch) + 1).map_or(rows.end, |next| next.row);
                let end = next.min(rows.end);
                runs.push((row, self.id_in(stretch, row), end - row));
                row = end;
            }
        }
        runs
    }
}
