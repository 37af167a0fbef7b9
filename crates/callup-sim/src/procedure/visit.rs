//! The visit to the office (M9): who comes on which notice, who is pressed to sign, who is handed a paper, whose record is mended.
//!
//! No law gives the paper that forbids leaving the region an effect; it is counted and does nothing else. This file knows no law and no channel.

use crate::district::{Common, District, mark};
use crate::journal::{Assumption, Cause, What};
use crate::random::{Decision, Probability};
use crate::scenario::Asks;
use crate::scenario::contract::{Channel, Party};
use crate::settings::VisitSetting;
use crate::settings::contract::ContractSetting;
use crate::tally::Flow;
use callup_law::roles::NoticeKind;

impl Common<'_> {
    /// What holds for those who come on a notice in a region on a day: of several settings the last.
    fn visit_setting(
        &self,
        notice: NoticeKind,
        region: u16,
        day: callup_law::program::Offset,
    ) -> Option<&VisitSetting> {
        let fits = |visit: &&VisitSetting| {
            visit.notice == notice && (visit.from..=visit.until).contains(&day) && visit.regions[usize::from(region)]
        };
        self.settings.visits.iter().rfind(fits)
    }
}

impl District<'_> {
    /// A person has come on a notice.
    pub fn receive(&mut self, common: &Common<'_>, slot: u32, notice: NoticeKind) {
        match notice {
            NoticeKind::DataCheckNotice => self.count_of(slot, Flow::VisitsDataCheck),
            NoticeKind::TrainingNotice => self.count_of(slot, Flow::VisitsTraining),
            NoticeKind::MobilisationNotice => self.count_of(slot, Flow::VisitsMobilisation),
            NoticeKind::DraftNotice => {}
        }
        let Some(setting) = common.visit_setting(notice, self.region, self.today) else {
            if notice == NoticeKind::DataCheckNotice {
                self.mend_record(common, slot);
            }
            return;
        };
        if self.hits(common, slot, Decision::DataMended, setting.record_mended) {
            self.mend_record(common, slot);
        }
        let cause = Cause::Assumption(Assumption::Visit);
        if self.hits(common, slot, Decision::LeaveRegionPaper, setting.leave_region_paper) {
            self.count_of(slot, Flow::LeaveRegionPapers);
            self.note(common, slot, What::LeaveRegionPaper, 0, cause);
        }
        if self.hits(common, slot, Decision::Pressed, setting.pressed.times(self.effort().into())) {
            self.press(common, slot, setting.signs);
        }
    }

    /// He is pressed to sign the ministry's contract, if there is one on the day.
    fn press(&mut self, common: &Common<'_>, slot: u32, chance: Probability) {
        let row = self.matters.header(slot).row;
        let is_open = |contract: &ContractSetting| {
            contract.party == Party::Ministry && (contract.from..=contract.until).contains(&self.today)
        };
        let contract = common.settings.contracts.iter().position(is_open);
        let signs = contract.is_some() && self.hits(common, slot, Decision::SignsUnderPressure, chance);
        self.count_of(slot, Flow::PressedToSign);
        self.marks[row as usize] |= mark::PRESSED;
        self.note(common, slot, What::Pressed, u16::from(signs), Cause::Assumption(Assumption::Visit));
        self.ask_for_help(common, slot, Asks::ContractPressure);
        if let (true, Some(contract)) = (signs, contract) {
            self.count_of(slot, Flow::SignedUnderPressure);
            self.sign_contract(common, row, contract as u8, Channel::OfficeVisit);
        }
    }
}
