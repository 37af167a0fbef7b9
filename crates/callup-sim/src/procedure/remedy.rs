//! Remedies (M18): who files one, himself or through somebody else, how long it waits, how it is decided, and what that does to a dispatch.
//!
//! The law says which remedies there are and what they suspend; who files which, how long it takes and how it ends is the scenario's. Success goes by
//! whether the truth is on his side. This file knows no article.

use crate::desks::{CARDS, Desk, Filing};
use crate::district::{Common, District, mark};
use crate::event::Kind;
use crate::journal::{Assumption, Cause, What};
use crate::lawset::LawRemedy;
use crate::matter::{NONE, flag};
use crate::random::{Decision, DrawKey};
use crate::scenario::{Against, Asks};
use crate::tally::{Duration, Flow, Sample, Stock};
use callup_law::program::Offset;
use callup_law::roles::Event;

const CAUSE: Cause = Cause::Assumption(Assumption::Remedies);

/// Bits of the payload of a filing: the place of the remedy, who asked for help before, and who has somebody to file for him.
pub(crate) const PLACE_BITS: usize = 0x7f;
const ASKED: u16 = 0x80;
const REPRESENTED: u16 = 0x100;

/// Bits of the payload of a decision that becomes final: whether it was granted, and whether it is against a measure.
const FINAL_GRANTED: u16 = 1;
pub(crate) const FINAL_OF_MEASURE: u16 = 2;

impl District<'_> {
    /// A decision stands against somebody who knows of it: whether and which remedy he files.
    pub fn weigh_remedies(&mut self, common: &Common<'_>, slot: u32, against: Against) {
        let is_open = common.settings.remedies.iter().any(|remedy| remedy.against == against);
        if is_open {
            let asked = self.ask_for_help(common, slot, Asks::Remedy);
            self.weigh(common, slot, against, None, asked);
        }
    }

    /// The first of the remedies open to him that he files.
    fn weigh(&mut self, common: &Common<'_>, slot: u32, against: Against, after: Option<u8>, asked: bool) {
        for (place, remedy) in (0_u8..).zip(&common.settings.remedies) {
            let is_open =
                self.is_open_in_law(common, slot, place) && remedy.against == against && remedy.after == after;
            if !is_open {
                continue;
            }
            let key = |decision| self.key(common, slot, decision).ordinal(remedy.number);
            let day = self.after(common.wait(key(Decision::FilingDelay), &remedy.filing).max(1));
            if !(remedy.from..=remedy.until).contains(&day) {
                continue;
            }
            let represented = common.hits(key(Decision::Represented), remedy.represented);
            let files = remedy.files[usize::from(asked) + 2 * usize::from(represented)];
            if common.hits(key(Decision::FilesRemedy), files) {
                self.will_file(slot, day, u16::from(place) | if asked { ASKED } else { 0 }, represented);
                return;
            }
        }
    }

    /// Who has somebody to file for him needs neither be there nor have an open matter when the day comes.
    fn will_file(&mut self, slot: u32, day: Offset, payload: u16, represented: bool) {
        let header = self.matters.header(slot);
        if represented {
            self.put_person(day, Kind::FileFor, header.row, u16::from(header.campaign) << 8 | payload);
        } else {
            self.put(day, Kind::File, slot, payload);
        }
    }

    /// Somebody files for a person: in the matter, or against a call-up that has been carried out.
    pub fn file_for(&mut self, common: &Common<'_>, row: u32, payload: u16) {
        let (campaign, place) = ((payload >> 8) as u8, payload & 0xff);
        let mut slot = self.standings[row as usize].open_matter;
        while slot != NONE && self.matters.header(slot).campaign != campaign {
            slot = self.matters.header(slot).next;
        }
        if slot != NONE {
            self.file(common, slot, place | REPRESENTED);
        } else if self.serves_since(row, campaign).is_some() && self.is_about_service(common, place) {
            self.file_after_dispatch(common, row, campaign, place);
        }
    }

    /// The day on which he was dispatched on a call-up of a campaign, if he was.
    fn serves_since(&self, row: u32, campaign: u8) -> Option<Offset> {
        self.desks.dispatched_on.get(&row).filter(|(_, called)| *called == campaign).map(|(day, _)| *day)
    }

    /// Whether a remedy is against a decision that makes people serve.
    fn is_about_service(&self, common: &Common<'_>, payload: u16) -> bool {
        common.settings.remedies[usize::from(payload) & PLACE_BITS].against != Against::Measure
    }

    /// A remedy is filed, if what it is against still stands.
    pub fn file(&mut self, common: &Common<'_>, slot: u32, payload: u16) {
        let (place, represented) = ((payload & PLACE_BITS as u16) as u8, payload & REPRESENTED != 0);
        let (header, remedy) = (*self.matters.header(slot), &common.settings.remedies[usize::from(place)]);
        let is_measure = remedy.against == Against::Measure;
        // Only a success against the call-up itself brings home who serves on it.
        let dispatched = if is_measure { None } else { self.serves_since(header.row, header.campaign) };
        let stands = match remedy.against {
            Against::Measure => self.matters.on(slot) != 0,
            Against::CallUp | Against::Mobilisation => {
                self.has(slot, flag::WAITS) || represented && dispatched.is_some()
            }
        };
        let can = represented || header.flags & flag::AWAY == 0;
        if !stands || !can || self.desks.filings.contains_key(&(header.row, is_measure)) {
            return;
        }
        let key = self.key(common, slot, Decision::InterimProtection).ordinal(remedy.number);
        let interim = common.hits(key, remedy.interim);
        let filing = Filing {
            slot,
            generation: header.generation,
            interim,
            dispatched,
            ..self.filing(header.campaign, payload)
        };
        self.enter(common, header.row, filing);
        self.note(common, slot, What::Filed, place.into(), CAUSE);
        if let Some(known) = self.law_remedy(common, slot, place) {
            if known.is_to_court && !is_measure {
                self.count_for(common, header.row, Flow::ClaimsAgainstCallUps);
            }
            self.raise_of_remedy(common, slot, Event::Filed, known.place, CAUSE);
        }
        let held = (!is_measure).then_some(Event::Dispatched);
        let suspends = dispatched.is_none() && (interim || self.is_suspended(common, slot, held));
        self.count_filing(common, header.row, (!is_measure, represented, suspends));
    }

    /// A remedy is filed for one who serves already and whose matter is over: no law hears of it any more.
    fn file_after_dispatch(&mut self, common: &Common<'_>, row: u32, campaign: u8, payload: u16) {
        if self.desks.filings.contains_key(&(row, false)) {
            return;
        }
        let filing = Filing { dispatched: self.serves_since(row, campaign), ..self.filing(campaign, payload) };
        self.enter(common, row, filing);
        self.note_person(common, row, What::Filed, filing.remedy.into(), Assumption::Remedies);
        self.count_filing(common, row, (true, true, false));
    }

    /// A filing of today without a matter.
    fn filing(&self, campaign: u8, payload: u16) -> Filing {
        Filing {
            remedy: (payload & PLACE_BITS as u16) as u8,
            campaign,
            slot: NONE,
            generation: 0,
            filed: self.today,
            asked: payload & ASKED != 0,
            interim: false,
            is_held: false,
            dispatched: None,
            is_decided: false,
        }
    }

    /// Takes a filing to the desk that decides it.
    fn enter(&mut self, common: &Common<'_>, row: u32, filing: Filing) {
        let (place, matter) = (usize::from(filing.remedy), common.matter_keys[usize::from(filing.campaign)]);
        let remedy = &common.settings.remedies[place];
        let key = |decision| DrawKey::of_response(self.id(row), decision, matter).ordinal(remedy.number);
        let ready = self.after(common.wait(key(Decision::RemedyDelay), &remedy.decision).max(1));
        let draw = common.draws.word(key(Decision::RemedyPlace));
        self.desks.desks[CARDS + 1 + place].enter(ready, draw, row);
        self.desks.filings.insert((row, remedy.against == Against::Measure), filing);
    }

    /// The remedy of the law of a matter that a remedy of the scenario files.
    fn law_remedy<'c>(&self, common: &'c Common<'_>, slot: u32, place: u8) -> Option<&'c LawRemedy> {
        let program = usize::from(self.matters.header(slot).program);
        common.laws.programs[program].remedies[usize::from(place)].as_ref()
    }

    /// Whether the law of a matter has a remedy and the one before it has come to what it must; one that no law knows is always open.
    fn is_open_in_law(&self, common: &Common<'_>, slot: u32, place: u8) -> bool {
        let has_come_to = |known: &LawRemedy| {
            let reached =
                |(track, states): &(u8, Vec<u8>)| states.contains(&self.matters.states(slot)[usize::from(*track)]);
            known.only_after.as_ref().is_none_or(reached)
        };
        let is_unknown = common.settings.remedies[usize::from(place)].is_unknown_to_law;
        is_unknown || self.law_remedy(common, slot, place).is_some_and(has_come_to)
    }

    fn count_filing(&mut self, common: &Common<'_>, row: u32, (of_call_up, represented, suspends): (bool, bool, bool)) {
        self.marks[row as usize] |= mark::FILED_REMEDY;
        self.count_for(common, row, Flow::RemediesFiled);
        self.tally.shift(Stock::RemediesPending, 1);
        let listed = self.lists.listings.get(&row).is_some_and(|listing| listing.stands);
        let also = [
            (of_call_up, Flow::RemediesAgainstCallUps),
            (represented, Flow::Represented),
            (suspends, Flow::RemediesSuspensive),
            (listed, Flow::FiledWhileListed),
        ];
        for (_, flow) in also.into_iter().filter(|(holds, _)| *holds) {
            self.count_for(common, row, flow);
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
        let power = self.desk_powers[desk];
        if self.desks.desks[desk].waiting() == 0 {
            let line = Desk::idle_line(power, common.run_day(self.today) as u64);
            return self.places.keep_desk(self.today, desk, line);
        }
        self.desks.desks[desk].allow(power);
        let mut last = None;
        while let Some(place) = self.desks.desks[desk].next_ready(self.today, told) {
            last = Some(place);
            if desk == CARDS {
                self.decide_card(common, place.2);
            } else {
                self.decide_remedy(common, place.2, desk - CARDS - 1);
            }
        }
        let line = self.desks.desks[desk].line(self.today, last);
        self.places.keep_desk(self.today, desk, line);
        self.desks.desks[desk].close_the_day();
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

    /// Whether a remedy stands as late in the law of its matter: nobody restores a time that was missed.
    fn is_late(&self, common: &Common<'_>, row: u32, filing: &Filing) -> bool {
        self.holds_matter(row, filing.slot, filing.generation)
            && self.law_remedy(common, filing.slot, filing.remedy).is_some_and(|known| {
                self.matters.states(filing.slot)[usize::from(known.track)] == callup_law::rulebook::Remedy::LATE
            })
    }

    fn decide_remedy(&mut self, common: &Common<'_>, row: u32, place: usize) {
        let remedy = &common.settings.remedies[place];
        let is_measure = remedy.against == Against::Measure;
        let Some(mut filing) = self.desks.filings.remove(&(row, is_measure)) else { return };
        let matter = common.matter_keys[usize::from(filing.campaign)];
        let key = DrawKey::of_response(self.id(row), Decision::RemedyOutcome, matter).ordinal(remedy.number);
        let right = self.is_in_the_right(common, row, remedy.against);
        let late = self.is_late(common, row, &filing);
        let granted = common.hits(key, remedy.granted[usize::from(!right)]) && !late;
        if late {
            self.count_for(common, row, Flow::RemediesLate);
        }
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
        if !self.holds_matter(row, filing.slot, filing.generation) {
            return;
        }
        if let Some(known) = self.law_remedy(common, filing.slot, filing.remedy) {
            let event = if granted { Event::Granted } else { Event::Rejected };
            self.raise_of_remedy(common, filing.slot, event, known.place, CAUSE);
            if known.until_final {
                let key = DrawKey::of_response(self.id(row), Decision::FinalDelay, matter).ordinal(remedy.number);
                let day = self.after(common.wait(key, &remedy.final_delay).max(1));
                filing.is_decided = true;
                self.desks.filings.insert((row, is_measure), filing);
                let of_measure = if is_measure { FINAL_OF_MEASURE } else { 0 };
                self.put_person(day, Kind::Final, row, of_measure | u16::from(granted));
            }
        }
        self.hear_of_remedy(common, &filing, remedy.against, granted);
    }

    /// The decision on a remedy is final: what was held up until then goes on, or he goes on to the next remedy.
    pub fn become_final(&mut self, common: &Common<'_>, row: u32, payload: u16) {
        let is_measure = payload & FINAL_OF_MEASURE != 0;
        let Some(filing) = self.desks.filings.remove(&(row, is_measure)) else { return };
        let slot = filing.slot;
        if !self.holds_matter(row, slot, filing.generation) {
            return;
        }
        if let Some(known) = self.law_remedy(common, slot, filing.remedy) {
            self.raise_of_remedy(common, slot, Event::BecameFinal, known.place, CAUSE);
        }
        if payload & FINAL_GRANTED == 0 {
            self.go_on_after_refusal(common, &filing);
        }
        self.close_if_over(common, slot);
    }

    /// A remedy has been refused for good: a dispatch that it held up comes, unless another remedy holds it up.
    fn go_on_after_refusal(&mut self, common: &Common<'_>, filing: &Filing) {
        let against = common.settings.remedies[usize::from(filing.remedy)].against;
        if filing.is_held {
            self.put(self.after(1), Kind::Dispatch, filing.slot, 0);
        }
        self.weigh(common, filing.slot, against, Some(filing.remedy), filing.asked);
    }

    /// A man whose remedy has succeeded since he was dispatched, on that day, comes home, if he still serves.
    pub fn come_home(&mut self, common: &Common<'_>, row: u32, dispatched: Offset) {
        if self.has_served_since(row, dispatched) {
            self.returns_from_service(common, row, Assumption::Remedies);
        }
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
        let pending: Vec<(u32, Filing)> = self.desks.filings.iter().map(|((row, _), filing)| (*row, *filing)).collect();
        for (row, filing) in pending.into_iter().filter(|(_, filing)| !filing.is_decided) {
            self.time_of_remedy(common, row, &filing, false);
        }
    }

    /// What a decision does in the matter that it is about.
    fn hear_of_remedy(&mut self, common: &Common<'_>, filing: &Filing, against: Against, granted: bool) {
        let slot = filing.slot;
        if against == Against::Measure && granted {
            // The office takes back what the decision is about.
            self.raise(common, slot, Event::Cancelled, CAUSE);
            self.drop_what_has_fallen(common, slot);
        } else if granted && self.has(slot, flag::WAITS) {
            self.let_call_up_fall(common, slot, Event::Cancelled, Assumption::Remedies);
            return;
        } else if !granted && !filing.is_decided && (against == Against::Measure || self.has(slot, flag::WAITS)) {
            self.go_on_after_refusal(common, filing);
        }
        self.close_if_over(common, slot);
    }

    /// A call-up, or the way to one, that the cancelling of its notice has ended.
    fn drop_what_has_fallen(&mut self, common: &Common<'_>, slot: u32) {
        if !self.has(slot, flag::WAITS) || !self.call_up_has_fallen(common, slot) {
            return;
        }
        self.clear(slot, flag::WAITS);
        if self.has(slot, flag::EXAMINED) {
            self.drop_call_up(slot);
        }
    }

    /// Whether a pending remedy holds up the dispatch of a person; if not, it goes on while he serves.
    pub fn is_held_up(&mut self, common: &Common<'_>, slot: u32) -> bool {
        let header = *self.matters.header(slot);
        let (today, is_suspended) = (self.today, self.is_suspended(common, slot, Some(Event::Dispatched)));
        let of_matter = |filing: &&mut Filing| (filing.slot, filing.generation) == (slot, header.generation);
        let Some(filing) = self.desks.filings.get_mut(&(header.row, false)).filter(of_matter) else { return false };
        if is_suspended || filing.interim && !filing.is_decided {
            filing.is_held = true;
            return true;
        }
        if !filing.is_decided {
            filing.dispatched = Some(today);
            let is_first = common.settings.remedies[usize::from(filing.remedy)].after.is_none();
            self.count_of(slot, Flow::DispatchedWhilePending);
            if is_first {
                self.count_of(slot, Flow::DispatchedUndecided);
            }
        }
        false
    }
}
