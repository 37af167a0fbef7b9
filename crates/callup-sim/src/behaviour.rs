//! How people answer: whether and when they come, late coming and being found after default, trying to leave. Assumptions only.
//!
//! Every draw is keyed by person and matter, never by day: a date that moves re-rolls nobody. No law stands in here.

use crate::district::{Common, District, mark};
use crate::event::Kind;
use crate::matter::flag;
use crate::people::Attribute;
use crate::procedure::legal_aid::asks_on;
use crate::random::{Decision, Hazard};
use crate::scenario::{Against, Decides};
use crate::settings::TimingSetting;
use crate::tally::Flow;
use callup_law::program::{Offset, UNSET};
use callup_law::roles::NoticeKind;

/// Used-up hazard is kept in units of 2^-27, so that it fits 32 bits.
const KEPT_SHIFT: u32 = 5;

impl District<'_> {
    /// The person comes to know of a notice today.
    pub fn comes_to_know(&mut self, common: &Common<'_>, slot: u32) {
        let header = *self.matters.header(slot);
        if header.seen != UNSET {
            return;
        }
        let restricted = (self.matters.on(slot) != 0).then(|| self.restriction(common, header.row));
        let today = self.today;
        let seen = self.matters.header_mut(slot);
        seen.seen = today;
        seen.keep_mark(mark::REACHED);
        self.count_of(slot, Flow::FirstSeen);
        if let Some(before) = restricted {
            self.settle(common, header.row, before);
        }
        if common.settings.response.decides == Decides::Aware {
            self.decide(common, slot);
            self.reconsider(common, slot);
        }
        self.may_try_to_leave(common, slot);
        self.follow_knowledge(common, slot, restricted.is_some());
    }

    /// What else follows from knowing: help, an objection, a card of the employer, a remedy against a measure that stands.
    fn follow_knowledge(&mut self, common: &Common<'_>, slot: u32, restricted: bool) {
        let settings = common.settings;
        if settings.help.is_some() {
            let notice = common.laws.programs[usize::from(self.matters.header(slot).program)].notice;
            self.ask_for_help(common, slot, asks_on(notice));
        }
        if settings.objection.is_some() {
            self.may_object(common, slot);
        }
        if settings.mobilisation.is_some() {
            self.may_be_shielded(common, slot);
        }
        if restricted {
            self.weigh_remedies(common, slot, Against::Measure);
        }
    }

    /// The notice counts as served today.
    pub fn answer_service(&mut self, common: &Common<'_>, slot: u32) {
        if common.settings.response.decides == Decides::Served {
            self.decide(common, slot);
        }
    }

    /// The time to come has run out.
    pub fn has_defaulted(&mut self, common: &Common<'_>, slot: u32) {
        if self.has(slot, flag::DEFAULTED | flag::APPEARED) {
            return;
        }
        self.set(slot, flag::DEFAULTED);
        self.matters.header_mut(slot).keep_mark(mark::DEFAULTED);
        self.reconsider(common, slot);
        self.await_locating(common, slot, self.after(1), 0);
    }

    /// He decides, once, whether to come in time and when.
    fn decide(&mut self, common: &Common<'_>, slot: u32) {
        if self.has(slot, flag::DECIDED | flag::APPEARED) {
            return;
        }
        self.set(slot, flag::DECIDED);
        let header = *self.matters.header(slot);
        let response = &common.settings.response;
        // The person is looked at only where it matters what he is like.
        let objects = response.appears[0] != response.appears[1]
            && self.people[header.row as usize].truth().has(Attribute::Objector);
        if !self.hits(common, slot, Decision::Appears, response.appears[usize::from(objects)]) {
            return;
        }
        let day = match &response.timing {
            TimingSetting::OnAppearanceDate(_) if header.appearance >= self.today => header.appearance,
            TimingSetting::OnAppearanceDate(wait) | TimingSetting::AfterDeciding(wait) => {
                self.after(self.wait(common, slot, Decision::AppearanceDelay, wait))
            }
        };
        self.set(slot, flag::WILL_APPEAR);
        self.put(day, Kind::Appear, slot, 0);
    }

    /// Height of the hazard of coming late as things stand: 0 none, 1 plain, 2 under a measure that he knows of.
    fn late_height(&self, common: &Common<'_>, slot: u32) -> u8 {
        let header = self.matters.header(slot);
        let out = header.flags & flag::DEFAULTED == 0 || header.flags & (flag::WILL_APPEAR | flag::APPEARED) != 0;
        let unaware = common.settings.response.decides == Decides::Aware && header.seen == UNSET;
        if out || unaware {
            0
        } else if header.seen != UNSET && self.matters.on(slot) != 0 {
            2
        } else {
            1
        }
    }

    /// Sets the day of coming late anew when the height of its hazard has changed; the change counts from tomorrow.
    pub fn reconsider(&mut self, common: &Common<'_>, slot: u32) {
        let (height, header) = (self.late_height(common, slot), *self.matters.header(slot));
        if height == header.late_height() {
            return;
        }
        let late = &common.settings.response.late;
        let was = late[usize::from(header.late_height())];
        let days = (self.today + 1).saturating_sub(header.late_from);
        let used = Hazard(u64::from(header.late_used) << KEPT_SHIFT);
        let used = used.plus(Hazard(was.0.saturating_mul(u64::from(days))));
        let word = self.word(common, slot, Decision::ComesLate);
        if was == Hazard::ZERO && used == Hazard::ZERO {
            // Of most people nothing is used up when the hazard begins.
            let version = self.begin_late(slot, height);
            if let Some(days) = common.settings.response.late_days[usize::from(height)].days(word) {
                self.put(self.after(days + 1), Kind::Appear, slot, version);
            }
            return;
        }
        let budget = Hazard::budget(word);
        self.matters.header_mut(slot).set_late_height(height);
        if was != Hazard::ZERO && used >= budget {
            // He comes today: what changes tomorrow changes nothing.
            return;
        }
        self.matters.header_mut(slot).late_used = u32::try_from(used.0 >> KEPT_SHIFT).unwrap_or(u32::MAX);
        let version = self.begin_late(slot, height);
        let left = Hazard(budget.0.saturating_sub(used.0).max(1));
        if let Some(days) = left.days_at(late[usize::from(height)]) {
            self.put(self.after(within(days)), Kind::Appear, slot, version);
        }
    }

    /// From tomorrow on the hazard of coming late has this height; its version.
    fn begin_late(&mut self, slot: u32, height: u8) -> u16 {
        let tomorrow = self.today + 1;
        let header = self.matters.header_mut(slot);
        header.set_late_height(height);
        header.late_from = tomorrow;
        header.late_version = header.late_version.wrapping_add(1);
        u16::from(header.late_version)
    }

    /// Some try to leave on learning of a draft notice.
    fn may_try_to_leave(&mut self, common: &Common<'_>, slot: u32) {
        let header = *self.matters.header(slot);
        let response = &common.settings.response;
        let notice = common.laws.programs[usize::from(header.program)].notice;
        if notice == NoticeKind::DraftNotice && self.hits(common, slot, Decision::TriesToLeave, response.tries_to_leave)
        {
            let days = self.wait(common, slot, Decision::LeaveDelay, &response.leave_delay);
            self.put_person(self.after(days), Kind::Depart, header.row, 1);
        }
    }
}

/// One more than a count of days, cut to offsets: hazards count from the day after.
fn within(days: u32) -> Offset {
    Offset::try_from(days + 1).unwrap_or(Offset::MAX)
}
