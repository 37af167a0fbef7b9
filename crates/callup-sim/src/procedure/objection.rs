//! Conscientious objection to the draft: who applies for alternative service when he learns of a summons, in time or late, and who gets it.
//!
//! An application is decided with the call-up: who would have been called up and has it granted does alternative service. This file knows no law.

use crate::district::{Common, District};
use crate::journal::{Assumption, Cause, What};
use crate::people::{Attribute, Status};
use crate::random::Decision;
use crate::settings::ObjectionSetting;
use crate::tally::{Flow, Stock};
use callup_law::roles::NoticeKind;

impl District<'_> {
    /// Whether the person of a matter applies, in time, and has it granted.
    fn application(&self, common: &Common<'_>, slot: u32, setting: &ObjectionSetting) -> [bool; 3] {
        let header = self.matters.header(slot);
        let is_draft = common.laws.programs[usize::from(header.program)].notice == NoticeKind::DraftNotice;
        let objects = is_draft && self.people[header.row as usize].truth().has(Attribute::Objector);
        let hits = |decision, chance| self.hits(common, slot, decision, chance);
        let files = objects && hits(Decision::Objects, setting.files);
        let in_time = files && hits(Decision::ObjectionInTime, setting.in_time);
        [files, in_time, in_time && hits(Decision::ObjectionGranted, setting.granted)]
    }

    /// An objector learns of a summons.
    pub fn may_object(&mut self, common: &Common<'_>, slot: u32) {
        let Some(setting) = &common.settings.objection else { return };
        let [files, in_time, granted] = self.application(common, slot, setting);
        if files {
            self.count_of(slot, Flow::ObjectionsFiled);
            if !in_time {
                self.count_of(slot, Flow::ObjectionsLate);
            }
            let detail = if in_time { u16::from(granted) } else { 2 };
            self.note(common, slot, What::Objected, detail, Cause::Assumption(Assumption::Objection));
        }
    }

    /// Whether one who is about to be called up does alternative service instead.
    #[must_use]
    pub fn is_granted_alternative_service(&self, common: &Common<'_>, slot: u32) -> bool {
        let granted = |setting: &ObjectionSetting| self.application(common, slot, setting)[2];
        common.settings.objection.as_ref().is_some_and(granted)
    }

    /// He is sent to alternative service.
    pub fn send_to_alternative_service(&mut self, slot: u32) {
        let row = self.matters.header(slot).row;
        self.count_of(slot, Flow::ObjectionsGranted);
        self.count_of(slot, Flow::AlternativeService);
        self.tally.shift(Stock::InAlternativeService, 1);
        self.goes_away(row, Status::AlternativeService);
    }
}
