//! Notices on paper (M3): by hand, through the employer or place of study, by post.
//!
//! The office works from the record; whether an act succeeds is decided by the truth. This file knows no law and no portal.

use crate::district::{Common, District};
use crate::event::Kind;
use crate::journal::{Assumption, Cause};
use crate::matter::flag;
use crate::random::Decision;
use crate::scenario::ChannelKind;
use crate::settings::ChannelSetting;
use crate::tally::Flow;
use callup_law::program::UNSET;
use callup_law::roles::Event;

impl District<'_> {
    /// The notice goes to the employer or place of study that the register knows.
    pub fn send(&mut self, common: &Common<'_>, slot: u32, channel: u16) {
        self.tally.count(Flow::Sent);
        self.raise(common, slot, Event::Sent, Cause::Assumption(Assumption::ChannelEmployer));
        let setting = &common.settings.channels[usize::from(channel)];
        self.await_outcome(common, slot, setting, Kind::EmployerOutcome, channel, 0);
    }

    /// The employer or place of study hands the notice over, or does not.
    pub fn employer_outcome(&mut self, common: &Common<'_>, slot: u32, channel: u16) {
        let setting = &common.settings.channels[usize::from(channel)];
        if self.is_out_of_reach(common, slot) {
            self.fails(slot, Flow::UnreachedAway);
        } else if !self.succeeds(common, slot, setting, 0) {
            self.fails(slot, Flow::UnreachedNotPassedOn);
        } else {
            self.tally.count(Flow::HandedOverByEmployer);
            self.comes_to_know(common, slot);
            self.raise(common, slot, Event::HandedOverByEmployer, Cause::Assumption(Assumption::ChannelEmployer));
        }
    }

    /// The notice goes to the post.
    pub fn post(&mut self, common: &Common<'_>, slot: u32, channel: u16) {
        self.tally.count(Flow::Posted);
        self.raise(common, slot, Event::Posted, Cause::Assumption(Assumption::ChannelPost));
        let setting = &common.settings.channels[usize::from(channel)];
        self.await_outcome(common, slot, setting, Kind::PostOutcome, channel, 0);
    }

    /// The post delivers the notice if he lives there and takes it, and else brings it back.
    pub fn post_outcome(&mut self, common: &Common<'_>, slot: u32, channel: u16) {
        let setting = &common.settings.channels[usize::from(channel)];
        let obstacle = self.obstacle_at_the_door(common, slot, setting, 0, Flow::UnreachedNotCollected);
        if let Some(obstacle) = obstacle {
            self.fails(slot, obstacle);
            self.put(self.today, Kind::Refused, slot, 0);
        } else {
            self.tally.count(Flow::Delivered);
            self.comes_to_know(common, slot);
            self.raise(common, slot, Event::Delivered, Cause::Assumption(Assumption::ChannelPost));
        }
    }

    /// The post brings the notice back.
    pub fn refuse(&mut self, common: &Common<'_>, slot: u32) {
        self.tally.count(Flow::Refused);
        self.raise(common, slot, Event::Refused, Cause::Assumption(Assumption::ChannelPost));
    }

    /// An officer tries to hand the notice over; attempts are counted from 0. The payload is 256 times the channel plus the attempt.
    pub fn visit(&mut self, common: &Common<'_>, slot: u32, payload: u16) {
        let (channel, attempt) = (payload >> 8, payload & 0xff);
        // An officer does not come again to somebody who has been handed the notice or has appeared.
        if self.has(slot, flag::HANDED | flag::APPEARED) {
            return;
        }
        let setting = &common.settings.channels[usize::from(channel)];
        self.tally.count(Flow::Visits);
        let obstacle = self.obstacle_at_the_door(common, slot, setting, attempt, Flow::UnreachedNotAtHome);
        if let Some(obstacle) = obstacle {
            self.fails(slot, obstacle);
            if attempt + 1 < u16::from(setting.attempts_max) {
                self.await_outcome(common, slot, setting, Kind::Visit, channel, attempt + 1);
            }
        } else {
            self.set(slot, flag::HANDED);
            self.tally.count(Flow::HandedOver);
            self.comes_to_know(common, slot);
            self.raise(common, slot, Event::HandedOver, Cause::Assumption(Assumption::ChannelInHand));
        }
    }

    /// Puts the outcome of an act (or the next attempt) on the agenda; the next attempt is tomorrow at the earliest.
    pub(super) fn await_outcome(
        &mut self,
        common: &Common<'_>,
        slot: u32,
        setting: &ChannelSetting,
        kind: Kind,
        channel: u16,
        attempt: u16,
    ) {
        let key =
            self.key(common, slot, Decision::OutcomeDelay).alternative(setting.kind as u8).ordinal(attempt.into());
        let days = common.wait(key, &setting.outcome);
        let (days, payload) = if kind == Kind::Visit { (days.max(1), channel << 8 | attempt) } else { (days, channel) };
        self.put(self.after(days), kind, slot, payload);
    }

    pub(super) fn succeeds(&self, common: &Common<'_>, slot: u32, setting: &ChannelSetting, attempt: u16) -> bool {
        let key = self.key(common, slot, Decision::ActSuccess).alternative(setting.kind as u8).ordinal(attempt.into());
        common.hits(key, setting.success)
    }

    /// What keeps a notice from him at the address that the office has; `none_met` where it is right and he is in the country.
    fn obstacle_at_the_door(
        &self,
        common: &Common<'_>,
        slot: u32,
        setting: &ChannelSetting,
        attempt: u16,
        none_met: Flow,
    ) -> Option<Flow> {
        let row = self.matters.header(slot).row as usize;
        let person = self.people[row];
        if !person.truth().lives_at_registered_address() {
            Some(Flow::UnreachedLivesElsewhere)
        } else if !person.record(self.standings[row].mended).address_reaches_him() {
            Some(Flow::UnreachedAddressOutOfDate)
        } else if self.is_out_of_reach(common, slot) {
            Some(Flow::UnreachedAway)
        } else {
            (!self.succeeds(common, slot, setting, attempt)).then_some(none_met)
        }
    }

    /// Whether he is abroad or serving.
    fn is_out_of_reach(&self, common: &Common<'_>, slot: u32) -> bool {
        self.has(slot, flag::AWAY) || self.on_trip(common, slot).is_some()
    }

    /// An attempt to serve the notice fails: why.
    pub fn fails(&mut self, slot: u32, cause: Flow) {
        let header = self.matters.header(slot);
        // After the date it is too late to have been the reason.
        if header.seen == UNSET && self.today <= header.appearance {
            self.matters.blame(slot, cause);
        }
    }

    /// No way can be tried with a person, this one among them: why.
    pub fn cannot_try(&mut self, slot: u32, kind: ChannelKind) {
        match kind {
            ChannelKind::Employer => self.fails(slot, Flow::UnreachedNoEmployerKnown),
            ChannelKind::Account => self.fails(slot, Flow::UnreachedNoAccount),
            ChannelKind::InHand | ChannelKind::Post | ChannelKind::Register | ChannelKind::Published => {}
        }
    }

    /// Whether a channel applies to a person as the register has him.
    #[must_use]
    pub fn applies(&self, kind: ChannelKind, row: u32) -> bool {
        // Who is not asked about stays where he is in memory.
        let row = row as usize;
        match kind {
            ChannelKind::Employer => self.people[row].record(self.standings[row].mended).knows_employer(),
            ChannelKind::Account => self.people[row].truth().has(crate::people::Attribute::Account),
            ChannelKind::InHand | ChannelKind::Post | ChannelKind::Register | ChannelKind::Published => true,
        }
    }
}
