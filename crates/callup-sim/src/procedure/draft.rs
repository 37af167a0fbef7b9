//! The seasonal draft (M7): appearance, the queue of the commission, examination and decision, dispatch, the end of a season.
//!
//! Places in the queue are given by campaign, day of entry, keyed draw, person; capacity comes as a credit, so that small districts and
//! small scales lose nothing to rounding. This file knows no law and no channel.

use crate::district::{Common, District, mark};
use crate::environment::{CutOff, Office};
use crate::event::Kind;
use crate::journal::{Assumption, Cause, What};
use crate::matter::{NONE, flag};
use crate::office::Queued;
use crate::people::{Attribute, Fitness, Status};
use crate::places::{Line, QueuePlace};
use crate::random::{Decision, Probability};
use crate::scenario::Against;
use crate::settings::OutcomeSetting;
use crate::tally::{Flow, Stock};
use callup_law::program::Offset;
use callup_law::roles::{Event, Milestone, NoticeKind};

/// In place of a version: the person was found and is brought to the office. Versions have eight bits.
pub const FOUND: u16 = u16::MAX;
/// The same, found by one of the ways of searching.
pub const FOUND_BY_SEARCH: u16 = u16::MAX - 1;

impl District<'_> {
    /// The person comes to the office: on his own day (version 0), because he was found, or late, if that version of the hazard still holds.
    pub fn appear(&mut self, common: &Common<'_>, slot: u32, version: u16) {
        let header = *self.matters.header(slot);
        let cause = match version {
            0 => Assumption::Appears,
            FOUND => Assumption::Located,
            FOUND_BY_SEARCH => Assumption::Searches,
            _ => Assumption::ComesLate,
        };
        let stale = cause == Assumption::ComesLate && version != u16::from(header.late_version);
        if stale || header.flags & (flag::APPEARED | flag::AWAY) != 0 {
            return;
        }
        if !matches!(version, FOUND | FOUND_BY_SEARCH) && self.is_prevented(common, slot, version) {
            return;
        }
        self.set(slot, flag::APPEARED);
        self.matters.header_mut(slot).keep_mark(mark::APPEARED);
        self.count_of(slot, Flow::Appeared);
        self.comes_to_know(common, slot);
        let notice = common.laws.programs[usize::from(header.program)].notice;
        if notice == NoticeKind::DraftNotice {
            self.set(slot, flag::WAITS);
            let days = self.wait(common, slot, Decision::ExaminationDelay, &common.settings.commission.examination);
            self.put(self.after(days), Kind::Examine, slot, 0);
        } else if notice == NoticeKind::MobilisationNotice {
            self.await_muster(common, slot);
        }
        // Coming is what a demand asks for.
        if common.laws.programs[usize::from(header.program)].hears >> Event::Complied as u32 & 1 == 1 {
            self.raise(common, slot, Event::Complied, Cause::Assumption(cause));
        }
        self.raise(common, slot, Event::Appeared, Cause::Assumption(cause));
        self.receive(common, slot, notice);
        self.close_if_over(common, slot);
    }

    /// Whether somebody who would come today is abroad or ill; he comes when he is home and well.
    fn is_prevented(&mut self, common: &Common<'_>, slot: u32, version: u16) -> bool {
        if let Some(trip) = self.on_trip(common, slot) {
            self.put(trip.end, Kind::Appear, slot, version);
            return true;
        }
        let header = self.matters.header(slot);
        let Some(illness) = common.illness(self.id_in(header.stretch, header.row), self.today) else { return false };
        if version == 0 && !self.has(slot, flag::WAS_ILL) {
            self.set(slot, flag::WAS_ILL);
            self.may_show_reason(common, slot);
        }
        self.put(illness.end, Kind::Appear, slot, version);
        true
    }

    /// The person comes before the commission: at once without a limit, else through the queue.
    pub fn come_before_commission(&mut self, common: &Common<'_>, slot: u32) {
        let header = *self.matters.header(slot);
        if header.flags & flag::WAITS == 0 || header.flags & flag::AWAY != 0 {
            return;
        }
        if let Some(trip) = self.on_trip(common, slot) {
            self.put(trip.end, Kind::Examine, slot, 0);
            return;
        }
        self.tally.count(Flow::Queued);
        self.tally.shift(Stock::Queue, 1);
        if common.settings.commission.per_day.is_none() {
            self.tally.shift(Stock::Queue, -1);
            let is_short = common.settings.campaigns[usize::from(header.campaign)].decreed.is_some();
            // Where places are not short nobody asks for the lot.
            let nowhere = (header.campaign, self.today, 0, header.row);
            self.examine(common, slot, if is_short { self.place_by_lot(common, slot) } else { nowhere });
            return;
        }
        let (.., draw, _) = self.place_by_lot(common, slot);
        let place = Queued {
            campaign: header.campaign,
            day: self.today,
            draw,
            row: header.row,
            slot,
            generation: header.generation,
        };
        self.note(common, slot, What::Queued, 0, Cause::Assumption(Assumption::Capacity));
        self.commission.enter(place);
    }

    /// The place today of the person of a matter, where nobody waits in line: by lot among those of the day.
    pub(crate) fn place_by_lot(&self, common: &Common<'_>, slot: u32) -> QueuePlace {
        let header = self.matters.header(slot);
        let draw = common.draws.word(self.key(common, slot, Decision::QueuePriority));
        (header.campaign, self.today, draw, header.row)
    }

    /// The commission sits, on an office day of a season, as long as its capacity and the queue last.
    pub fn hold_commission(&mut self, common: &Common<'_>) {
        let Some(per_day) = common.settings.commission.per_day else { return self.keep_calls(common) };
        self.commission.line_up();
        if !common.commission_sits(self.region, self.today) {
            return;
        }
        let men = u128::from(self.commission.draft_age_men);
        self.commission.allow(per_day * men / u128::from(common.draft_age_men.max(1)));
        let told = self.places.commission(self.today);
        let (mut last, mut taken) = (None, 0);
        while let Some(place) = self.commission.next_place(told) {
            self.tally.shift(Stock::Queue, -1);
            if self.is_waiting(place) {
                (last, taken) = (Some(place), taken + 1);
                if told.is_none() {
                    self.commission.use_one();
                }
                self.examine(common, place.slot, place.place());
            } else {
                self.tally.count(Flow::QueueDropped);
            }
        }
        if let Some(place) = last {
            let (day, entered) = (common.run_day(self.today) as u16, common.run_day(place.day) as u16);
            let left = self.commission.waiting() as u32;
            let (office, campaign, draw) = (Office::Commission, place.campaign, place.draw);
            self.cut_offs.push(CutOff { day, office, campaign, entered, draw, taken, left });
        }
        let line = match last {
            _ if self.commission.waiting() == 0 && self.commission.has_capacity() => Line::Everybody,
            Some(place) => Line::UpTo(place.place()),
            None => Line::Nobody,
        };
        self.places.keep_commission(self.today, line);
        self.keep_calls(common);
        self.commission.close_the_day();
    }

    /// Keeps how far the district's parts of decreed numbers came today, where somebody asks.
    fn keep_calls(&mut self, common: &Common<'_>) {
        let decreed = common.settings.campaigns.iter().map(|campaign| campaign.decreed.is_some());
        for (campaign, _) in decreed.enumerate().filter(|(_, is_decreed)| *is_decreed) {
            let roll = &self.rolls[campaign];
            let line = match roll.filled {
                _ if roll.is_open() => Line::Everybody,
                Some((day, place)) if day == self.today => Line::UpTo(place),
                _ => Line::Nobody,
            };
            self.places.keep_calls(self.today, campaign, line);
        }
    }

    /// Whether the district's part of the decreed number leaves room for one who stands at this place.
    pub(crate) fn has_room(&self, common: &Common<'_>, campaign: usize, place: QueuePlace) -> bool {
        if common.settings.campaigns[campaign].decreed.is_none() {
            return true;
        }
        let told = self.places.calls(self.today, campaign);
        told.map_or_else(|| self.rolls[campaign].is_open(), |line| line.admits(&place))
    }

    fn is_waiting(&self, place: Queued) -> bool {
        let header = self.matters.header(place.slot);
        header.row == place.row
            && header.generation == place.generation
            && header.flags & flag::WAITS != 0
            && header.flags & flag::AWAY == 0
    }

    /// The commission examines and decides, in one sitting. The law hears of it in the order of the vocabulary, so that of two matters of one
    /// man no decision is heard before an examination.
    fn examine(&mut self, common: &Common<'_>, slot: u32, place: QueuePlace) {
        let row = self.matters.header(slot).row;
        self.set(slot, flag::EXAMINED);
        self.tally.count(Flow::Examined);
        let campaign = usize::from(self.matters.header(slot).campaign);
        self.rolls[campaign].decided += 1;
        let mut event = self.outcome(common, slot, row, place);
        let mut goes_at_once = false;
        let heard = match event {
            Event::CalledUp if self.is_granted_alternative_service(common, slot) => {
                self.send_to_alternative_service(slot);
                // Of the call-up he is released.
                self.tally.count(Flow::Exempted);
                event = Event::Exempted;
                Kind::Exempted
            }
            Event::Deferred => {
                self.tally.count(Flow::Deferred);
                let until = common.day(common.settings.last).plus_days(1);
                let until = self.people[row as usize]
                    .truth()
                    .study_until()
                    .filter(|last| *last >= common.day(self.today))
                    .unwrap_or(until);
                self.grant_deferment(common, row, until);
                self.await_record(common, slot);
                Kind::Deferred
            }
            Event::Exempted => {
                self.tally.count(Flow::Exempted);
                let before = self.restriction(common, row);
                self.marks[row as usize] |= mark::EXEMPTED;
                self.settle(common, row, before);
                self.await_record(common, slot);
                Kind::Exempted
            }
            Event::CalledUp => {
                let day = self.call_up(common, slot, row, place);
                goes_at_once = day <= self.today && !self.has_overlaps;
                if !goes_at_once {
                    self.put(day, Kind::Dispatch, slot, 0);
                }
                self.weigh_remedies(common, slot, Against::CallUp);
                Kind::CalledUp
            }
            _ => {
                self.tally.count(Flow::NotCalledUp);
                Kind::NotCalledUp
            }
        };
        if self.has_overlaps {
            self.put(self.today, Kind::Examined, slot, 0);
            self.put(self.today, heard, slot, 0);
        } else {
            // Nobody here has two matters, so the order among matters is nobody's concern and both are heard in one go.
            self.hear_of_sitting(common, slot, Event::Examined);
            self.hear_of_sitting(common, slot, event);
            if goes_at_once {
                self.dispatch(common, slot);
            } else {
                self.close_if_over(common, slot);
            }
        }
    }

    /// The law hears of what happened in the sitting. A matter is not over before its decision is heard, nor before a man called up is dispatched.
    pub fn hear_of_sitting(&mut self, common: &Common<'_>, slot: u32, event: Event) {
        match event {
            Event::Examined => {}
            Event::CalledUp => self.matters.header_mut(slot).keep_mark(mark::CALLED_UP),
            _ => self.clear(slot, flag::WAITS),
        }
        self.raise(common, slot, event, Cause::Assumption(self.who_decides(common, slot)));
    }

    /// Whose choices of the scenario decide in a matter.
    fn who_decides(&self, common: &Common<'_>, slot: u32) -> Assumption {
        match common.laws.programs[usize::from(self.matters.header(slot).program)].notice {
            NoticeKind::MobilisationNotice => Assumption::Mobilisation,
            _ => Assumption::Commission,
        }
    }

    /// A man is called up; on which day he is dispatched.
    fn call_up(&mut self, common: &Common<'_>, slot: u32, row: u32, place: QueuePlace) -> Offset {
        let campaign = usize::from(self.matters.header(slot).campaign);
        self.marks[row as usize] |= mark::CALLED_UP;
        self.take_place(campaign, place);
        let days = self.wait(common, slot, Decision::DispatchDelay, &common.settings.commission.dispatch);
        let setting = &common.settings.campaigns[campaign];
        let from = setting.decreed.as_ref().map_or(0, |decreed| decreed.dispatch_from);
        // Who is called up late in a season is dispatched by its end.
        self.after(days).min(setting.until.max(self.today)).max(from)
    }

    /// A call-up is decided: it takes a place of the decreed number.
    pub(crate) fn take_place(&mut self, campaign: usize, place: QueuePlace) {
        self.tally.count(Flow::CalledUp);
        self.tally.shift(Stock::CallUpsStanding, 1);
        self.rolls[campaign].call(self.today, place);
    }

    /// A call-up has fallen: its place is free again.
    pub(crate) fn free_place(&mut self, campaign: usize) {
        // A save that was tampered with may name a campaign that called nobody up.
        if self.rolls[campaign].called == 0 {
            return;
        }
        self.tally.count(Flow::CallUpsFallen);
        self.tally.shift(Stock::CallUpsStanding, -1);
        self.rolls[campaign].give_back_one();
    }

    /// A call-up that was decided and not carried out falls, once.
    pub(crate) fn drop_call_up(&mut self, slot: u32) {
        if !self.has(slot, flag::CALL_UP_FELL) {
            self.set(slot, flag::CALL_UP_FELL);
            self.free_place(usize::from(self.matters.header(slot).campaign));
        }
    }

    /// A man whose call-up the law has ended otherwise than by his dispatch waits for none: his place is free at once. Not before the law has
    /// heard of the call-up, as it may hear of the examination alone.
    pub(crate) fn drop_if_fallen(&mut self, common: &Common<'_>, slot: u32) {
        let header = self.matters.header(slot);
        let is_heard = u32::from(header.person_marks) & mark::CALLED_UP != 0;
        if header.flags & flag::WAITS != 0 && is_heard && self.call_up_has_fallen(common, slot) {
            self.drop_call_up(slot);
            self.clear(slot, flag::WAITS);
        }
    }

    /// Whether a person of a matter is called up and waits for his dispatch.
    pub(crate) fn awaits_dispatch(&self, slot: u32) -> bool {
        self.has(slot, flag::WAITS) && self.has(slot, flag::EXAMINED)
    }

    /// How many of the men who are to come before the commission until a day may be called up: one of so many as the campaign summons for each. The
    /// office knows of those who have come and of the dates that its notices name.
    pub(crate) fn places_wanted(&self, common: &Common<'_>, campaign: usize, last: Offset) -> u64 {
        let setting = &common.settings.campaigns[campaign];
        let is_to_come = |slot: &u32| {
            let header = self.matters.header(*slot);
            let waits = header.flags & (flag::WAITS | flag::EXAMINED | flag::AWAY) == flag::WAITS;
            let is_dated = header.flags & flag::APPEARED == 0 && (self.today..=last).contains(&header.appearance);
            usize::from(header.campaign) == campaign && (waits || is_dated)
        };
        let to_come = self.matters.open_slots().filter(is_to_come).count() as u64;
        (to_come * 1000).div_ceil(setting.notices_per_decreed().max(1000))
    }

    /// Which decision falls.
    fn outcome(&self, common: &Common<'_>, slot: u32, row: u32, place: QueuePlace) -> Event {
        match common.settings.commission.outcome {
            OutcomeSetting::Shares(deferred, deferred_or_exempted) => {
                let word = self.word(common, slot, Decision::CommissionOutcome);
                if deferred.hits(word) {
                    Event::Deferred
                } else if deferred_or_exempted.hits(word) {
                    Event::Exempted
                } else {
                    Event::CalledUp
                }
            }
            OutcomeSetting::Attributes(ground, unfitness) => {
                self.outcome_by_attributes(common, slot, row, place, [ground, unfitness])
            }
        }
    }

    fn outcome_by_attributes(
        &self,
        common: &Common<'_>,
        slot: u32,
        row: u32,
        place: QueuePlace,
        [ground, unfitness]: [Probability; 2],
    ) -> Event {
        let (truth, standing) = (self.people[row as usize].truth(), self.standings[row as usize]);
        let today = common.day(self.today);
        let granted = standing.deferred_until().is_some_and(|until| today <= until);
        let done = self.marks[row as usize] & mark::EXEMPTED != 0 || truth.is_exempt();
        if done || truth.has_served() || truth.is_reservist() {
            return Event::Exempted;
        }
        let has_ground = truth.has_deferment(today) || granted;
        if has_ground && self.hits(common, slot, Decision::GroundRecognised, ground) {
            return Event::Deferred;
        }
        let fitness = truth.fitness();
        if !fitness.can_be_called() && self.hits(common, slot, Decision::UnfitnessRecognised, unfitness) {
            return if fitness == Fitness::ForATime { Event::Deferred } else { Event::Exempted };
        }
        let campaign = usize::from(self.matters.header(slot).campaign);
        let has_room = self.has_room(common, campaign, place);
        if has_room && self.marks[row as usize] & mark::CALLED_UP == 0 { Event::CalledUp } else { Event::NotCalledUp }
    }

    /// The man is dispatched to the forces.
    pub fn dispatch(&mut self, common: &Common<'_>, slot: u32) {
        if let Some(trip) = self.on_trip(common, slot) {
            self.put(trip.end, Kind::Dispatch, slot, 0);
            return;
        }
        // Who has left the country or signed a contract is not dispatched: his place is free, as that of one whose call-up the law has ended.
        if self.has(slot, flag::AWAY) || self.call_up_has_fallen(common, slot) {
            self.drop_call_up(slot);
        }
        let goes = !self.has(slot, flag::AWAY | flag::CALL_UP_FELL);
        if goes && self.is_held_up(common, slot) {
            return;
        }
        self.clear(slot, flag::WAITS);
        self.because = Cause::Assumption(self.who_decides(common, slot));
        let notice = common.laws.programs[usize::from(self.matters.header(slot).program)].notice;
        if goes && notice == NoticeKind::MobilisationNotice {
            self.mobilise(common, slot);
        } else if goes {
            self.conscript(common, slot);
        }
        self.close_if_over(common, slot);
    }

    fn conscript(&mut self, common: &Common<'_>, slot: u32) {
        let (row, campaign) = (self.matters.header(slot).row, self.matters.header(slot).campaign);
        self.goes_away(row, Status::Conscript);
        self.marks[row as usize] |= mark::DISPATCHED;
        if !common.settings.remedies.is_empty() {
            // Only a remedy asks when he was.
            self.desks.dispatched_on.insert(row, (self.today, campaign));
        }
        self.tally.count(Flow::Dispatched);
        if self.people[row as usize].truth().has(Attribute::Objector) {
            self.count_of(slot, Flow::ObjectorsDispatched);
        }
        self.tally.shift(Stock::Serving, 1);
        self.raise(common, slot, Event::Dispatched, Cause::Assumption(Assumption::Commission));
    }

    /// Whether the law has ended the matter otherwise than by the call-up since it was decided.
    pub(crate) fn call_up_has_fallen(&self, common: &Common<'_>, slot: u32) -> bool {
        let bound = &common.laws.programs[usize::from(self.matters.header(slot).program)];
        let states = &self.matters.states(slot)[..bound.program.layout().tracks];
        let called_up = |(track, state): (u8, &u8)| bound.milestone(track, *state) == Milestone::CalledUp as u8;
        let regulates = bound.hears >> Event::CalledUp as u32 & 1 == 1;
        regulates && bound.all_final_but_remedies(states) && !(0..).zip(states).any(called_up)
    }

    /// Seasons that end today: every open matter hears of it; who waits undecided goes home.
    pub fn end_seasons(&mut self, common: &Common<'_>) {
        let ends = |campaign: u8| common.settings.campaigns[usize::from(campaign)].until == self.today;
        let ending: Vec<u8> = (0..common.settings.campaigns.len() as u8).filter(|campaign| ends(*campaign)).collect();
        if ending.is_empty() {
            return;
        }
        let is_of_season = |slot: &u32| ending.contains(&self.matters.header(*slot).campaign);
        let mut slots: Vec<u32> = self.matters.open_slots().filter(is_of_season).collect();
        if self.has_overlaps {
            // Else each is somebody else's, and the order is nobody's concern.
            slots.sort_by_key(|slot| self.matters.order_of_opening(*slot));
        }
        for slot in slots {
            // The end of the season in one matter may have closed another.
            if self.matters.header(slot).row != NONE {
                self.end_season(common, slot);
            }
        }
        for campaign in ending {
            for _ in 0..self.commission.send_home(campaign) {
                self.tally.count(Flow::QueueDropped);
                self.tally.shift(Stock::Queue, -1);
            }
        }
    }

    fn end_season(&mut self, common: &Common<'_>, slot: u32) {
        // A commission without a limit is not bound to seasons either: it still decides on those who came. Who is called up and has not been
        // dispatched by now is abroad on a trip, or a remedy holds his dispatch up.
        let awaits_dispatch = self.awaits_dispatch(slot);
        let notice = common.laws.programs[usize::from(self.matters.header(slot).program)].notice;
        let is_over = notice == NoticeKind::MobilisationNotice || common.settings.commission.per_day.is_some();
        if self.has(slot, flag::EXAMINED) || is_over {
            self.clear(slot, flag::WAITS);
        }
        self.tally.count(Flow::SeasonEnded);
        self.raise(common, slot, Event::SeasonEnded, Cause::Assumption(Assumption::Campaign));
        if awaits_dispatch && self.call_up_has_fallen(common, slot) {
            self.drop_call_up(slot);
        }
        self.close_if_over(common, slot);
    }
}

impl Common<'_> {
    /// Whether commissions of a region sit on a day: an office day of a draft season there.
    fn commission_sits(&self, region: u16, day: Offset) -> bool {
        let in_season = |campaign: &crate::settings::CampaignSetting| {
            campaign.notice == NoticeKind::DraftNotice
                && (campaign.from[usize::from(region)]..=campaign.until).contains(&day)
        };
        self.settings.office_days[self.run_day(day)] && self.settings.campaigns.iter().any(in_season)
    }
}
