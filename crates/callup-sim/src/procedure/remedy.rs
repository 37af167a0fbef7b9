//! Remedies (M18): who files one, himself or through somebody else, how long it waits, how it is decided, and what that does to a dispatch.
//!
//! Against a measure the law has its own remedy and says what follows; a challenge of the call-up is followed here, with what the scenario says about its
//! effect. Success goes by whether the truth is on his side. This file knows no article.

use crate::desks::{CARDS, Filing};
use crate::district::{Common, District, mark};
use crate::event::Kind;
use crate::journal::{Assumption, Cause, What};
use crate::matter::flag;
use crate::random::{Decision, DrawKey};
use crate::scenario::{Against, Asks};
use crate::tally::{Duration, Flow, Sample, Stock};
use callup_law::program::Offset;
use callup_law::roles::Event;

const CAUSE: Cause = Cause::Assumption(Assumption::Remedies);

impl District<'_> {
    /// A decision stands against somebody who knows of it: whether and which remedy he files.
    pub fn weigh_remedies(&mut self, common: &Common<'_>, slot: u32, against: Against) {
        let is_open = common.settings.remedies.iter().any(|remedy| remedy.against == against);
        if is_open {
            self.ask_for_help(common, slot, Asks::Remedy);
            self.weigh(common, slot, against, None);
        }
    }

    /// The first of the remedies open to him that he files.
    fn weigh(&mut self, common: &Common<'_>, slot: u32, against: Against, after: Option<u8>) {
        let asked = self.would_ask(common, slot, Asks::Remedy);
        for (place, remedy) in (0_u8..).zip(&common.settings.remedies) {
            let is_open = remedy.against == against && remedy.after == after;
            if !is_open || !(remedy.from..=remedy.until).contains(&self.today) {
                continue;
            }
            let key = |decision| self.key(common, slot, decision).alternative(place);
            let represented = common.hits(key(Decision::Represented), remedy.represented);
            let files = remedy.files[usize::from(asked) + 2 * usize::from(represented)];
            if common.hits(key(Decision::FilesRemedy), files) {
                let days = common.wait(key(Decision::FilingDelay), &remedy.filing).max(1);
                self.put(self.after(days), Kind::File, slot, u16::from(represented) << 8 | u16::from(place));
                return;
            }
        }
    }

    /// A remedy is filed, if what it is against still stands. The payload is its place, and 256 if somebody else files it.
    pub fn file(&mut self, common: &Common<'_>, slot: u32, payload: u16) {
        let (place, represented) = (payload as u8, payload >> 8 == 1);
        let (header, remedy) = (*self.matters.header(slot), &common.settings.remedies[usize::from(place)]);
        let stands = match remedy.against {
            Against::Measure => self.matters.on(slot) != 0,
            Against::CallUp | Against::Mobilisation => self.has(slot, flag::WAITS),
        };
        let can = represented || header.flags & flag::AWAY == 0;
        if !stands || !can || self.desks.filings.contains_key(&header.row) {
            return;
        }
        let key = |decision| self.key(common, slot, decision).alternative(place);
        let suspends = remedy.suspends || common.hits(key(Decision::InterimProtection), remedy.interim);
        let days = common.wait(key(Decision::RemedyDelay), &remedy.decision).max(1);
        let draw = common.draws.word(key(Decision::RemedyPlace));
        let ready = self.after(days);
        self.desks.desks[CARDS + 1 + usize::from(place)].enter(ready, draw, header.row);
        let (campaign, generation, filed) = (header.campaign, header.generation, self.today);
        let filing =
            Filing { remedy: place, campaign, slot, generation, filed, suspends, is_held: false, dispatched: None };
        self.desks.filings.insert(header.row, filing);
        self.count_filing(slot, represented, suspends);
        self.note(common, slot, What::Filed, place.into(), CAUSE);
        if remedy.against == Against::Measure {
            self.raise(common, slot, Event::Filed, CAUSE);
        }
    }

    fn count_filing(&mut self, slot: u32, represented: bool, suspends: bool) {
        let row = self.matters.header(slot).row;
        self.marks[row as usize] |= mark::FILED_REMEDY;
        self.count_of(slot, Flow::RemediesFiled);
        self.tally.shift(Stock::RemediesPending, 1);
        let listed = self.lists.listings.get(&row).is_some_and(|listing| listing.stands);
        let also =
            [(represented, Flow::Represented), (suspends, Flow::RemediesSuspensive), (listed, Flow::FiledWhileListed)];
        for (_, flow) in also.into_iter().filter(|(holds, _)| *holds) {
            self.count_of(slot, flow);
        }
    }

    /// Offices and courts decide on an office day what their capacity allows.
    pub fn decide_at_desks(&mut self, common: &Common<'_>) {
        let idle = self.desks.are_empty() && !self.places.are_asked_for();
        if idle || !common.settings.office_days[common.run_day(self.today)] {
            return;
        }
        for desk in 0..self.desks.desks.len() {
            self.decide_at(common, desk);
        }
    }

    fn decide_at(&mut self, common: &Common<'_>, desk: usize) {
        let told = self.places.desk(self.today, desk);
        let is_idle = self.desks.desks[desk].waiting() == 0;
        if !is_idle {
            let power = self.desk_powers[desk];
            self.desks.desks[desk].allow(power);
        }
        let mut last = None;
        while let Some(place) = self.desks.desks[desk].next_ready(self.today, told) {
            last = Some(place);
            if desk == CARDS {
                self.decide_card(common, place.2);
            } else {
                self.decide_remedy(common, place.2);
            }
        }
        let line = self.desks.desks[desk].line(self.today, last);
        self.places.keep_desk(self.today, desk, line);
        if !is_idle {
            self.desks.desks[desk].close_the_day();
        }
    }

    /// Whether the truth is on the side of one who files.
    fn is_in_the_right(&self, common: &Common<'_>, row: u32, against: Against) -> bool {
        match against {
            Against::Measure => self.facts(common, row, 0).is_free(),
            Against::CallUp => {
                let unfit = !self.people[row as usize].truth().fitness().can_be_called();
                unfit || self.facts(common, row, 0).is_free()
            }
            Against::Mobilisation => self.is_free_of_mobilisation(common, row),
        }
    }

    fn decide_remedy(&mut self, common: &Common<'_>, row: u32) {
        let Some(filing) = self.desks.filings.remove(&row) else { return };
        let remedy = &common.settings.remedies[usize::from(filing.remedy)];
        let matter = common.matter_keys[usize::from(filing.campaign)];
        let key = DrawKey::of_response(self.id(row), Decision::RemedyOutcome, matter).alternative(filing.remedy);
        let right = self.is_in_the_right(common, row, remedy.against);
        let granted = common.hits(key, remedy.granted[usize::from(!right)]);
        self.count_for(common, row, if granted { Flow::RemediesGranted } else { Flow::RemediesRefused });
        self.tally.shift(Stock::RemediesPending, -1);
        self.time_of_remedy(common, row, &filing, true);
        let detail = u16::from(filing.remedy) << 1 | u16::from(granted);
        self.note_person(common, row, What::Decided, detail, Assumption::Remedies);
        if let (true, Some(dispatched)) = (granted, filing.dispatched) {
            self.count_for(common, row, Flow::GrantedAfterDispatch);
            self.free_place(usize::from(filing.campaign));
            // Another draw than that of the return of one who was called wrongly.
            let key = DrawKey { decision: Decision::ReturnDelay, ..key }.ordinal(1);
            let days = common.wait(key, &remedy.returning).max(1);
            self.put_person(self.after(days), Kind::ComesHome, row, dispatched);
        }
        if self.holds_matter(row, filing.slot, filing.generation) {
            self.hear_of_remedy(common, &filing, remedy.against, granted);
        }
    }

    /// A man whose remedy has succeeded since he was dispatched, on that day, comes home, if he still serves.
    pub fn come_home(&mut self, common: &Common<'_>, row: u32, dispatched: Offset) {
        self.returns_from_service(common, row, self.today.saturating_sub(dispatched), Assumption::Remedies);
    }

    /// Counts the days from filing to the decision, or to the end of the run.
    fn time_of_remedy(&mut self, common: &Common<'_>, row: u32, filing: &Filing, ended: bool) {
        let end = if ended { self.today } else { self.today + 1 };
        let days = i16::try_from(end - filing.filed).unwrap_or(i16::MAX);
        let stratum = self.stratum_of(common, row);
        self.tally.samples.push(Sample { duration: Duration::RemedyTime, measure: u8::MAX, ended, days, stratum });
    }

    /// Remedies that are pending when the run ends stand at the days that they have waited.
    pub fn conclude_filings(&mut self, common: &Common<'_>) {
        let pending: Vec<(u32, Filing)> = self.desks.filings.iter().map(|(row, filing)| (*row, *filing)).collect();
        for (row, filing) in pending {
            self.time_of_remedy(common, row, &filing, false);
        }
    }

    /// What a decision does in the matter that it is about.
    fn hear_of_remedy(&mut self, common: &Common<'_>, filing: &Filing, against: Against, granted: bool) {
        let slot = filing.slot;
        if against == Against::Measure {
            self.raise(common, slot, if granted { Event::Granted } else { Event::Rejected }, CAUSE);
            if granted {
                // The office takes back what the decision is about.
                self.raise(common, slot, Event::Cancelled, CAUSE);
                self.drop_what_has_fallen(common, slot);
            } else {
                self.weigh(common, slot, against, Some(filing.remedy));
            }
            self.close_if_over(common, slot);
        } else if self.has(slot, flag::WAITS) {
            if granted {
                self.let_call_up_fall(common, slot, Event::Cancelled, Assumption::Remedies);
                return;
            }
            if filing.is_held {
                self.put(self.after(1), Kind::Dispatch, slot, 0);
            }
            self.weigh(common, slot, against, Some(filing.remedy));
        }
    }

    /// A call-up, or the way to one, that the cancelling of its notice has ended.
    fn drop_what_has_fallen(&mut self, common: &Common<'_>, slot: u32) {
        if !self.has(slot, flag::WAITS) || !self.call_up_has_fallen(common, slot) {
            return;
        }
        self.clear(slot, flag::WAITS);
        if self.has(slot, flag::EXAMINED) {
            self.set(slot, flag::CALL_UP_FELL);
            let campaign = usize::from(self.matters.header(slot).campaign);
            self.free_place(campaign);
        }
    }

    /// Whether a pending remedy holds up the dispatch of a person; if not, it goes on while he serves.
    pub fn is_held_up(&mut self, common: &Common<'_>, slot: u32) -> bool {
        let (row, today) = (self.matters.header(slot).row, self.today);
        let Some(filing) = self.desks.filings.get_mut(&row) else { return false };
        let against = common.settings.remedies[usize::from(filing.remedy)].against;
        if against == Against::Measure || filing.slot != slot {
            return false;
        }
        if filing.suspends {
            filing.is_held = true;
            return true;
        }
        filing.dispatched = Some(today);
        self.count_of(slot, Flow::DispatchedWhilePending);
        false
    }
}
