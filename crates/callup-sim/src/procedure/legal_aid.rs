//! Who asks for legal aid (M17) because of a matter of his own: on learning of a notice, thinking of a remedy, leaving, being pressed to sign.
//!
//! How long he waits for an answer is not decided here: requests are counted, and a ledger works through them. This file knows no law.

use crate::district::{Common, District, mark};
use crate::journal::{Assumption, Cause, What};
use crate::random::{Decision, DrawKey, MatterKey, Probability};
use crate::scenario::Asks;
use crate::tally::Flow;
use callup_law::roles::NoticeKind;

/// What a person asks about on learning of a notice.
#[must_use]
pub const fn asks_on(notice: NoticeKind) -> Asks {
    match notice {
        NoticeKind::DraftNotice | NoticeKind::TrainingNotice => Asks::Summons,
        NoticeKind::DataCheckNotice => Asks::DataCheck,
        NoticeKind::MobilisationNotice => Asks::Mobilisation,
    }
}

const fn flow_of(asks: Asks) -> Flow {
    match asks {
        Asks::Summons => Flow::AidSummons,
        Asks::DataCheck => Flow::AidDataCheck,
        Asks::Mobilisation => Flow::AidMobilisation,
        Asks::Remedy => Flow::AidRemedy,
        Asks::Exit => Flow::AidExit,
        Asks::ContractPressure => Flow::AidContractPressure,
    }
}

impl District<'_> {
    /// Whether the person of a matter asks about something; the same whenever it is asked on one day.
    #[must_use]
    pub fn would_ask(&self, common: &Common<'_>, slot: u32, asks: Asks) -> bool {
        let key = self.key(common, slot, Decision::AsksForHelp).alternative(asks as u8);
        common.hits(key, self.share_that_asks(common, asks))
    }

    /// The share that asks, raised by the alarm of the day.
    fn share_that_asks(&self, common: &Common<'_>, asks: Asks) -> Probability {
        let Some(help) = &common.settings.help else { return Probability::NEVER };
        let alarm = &common.settings.alarm;
        help.share(asks).times(alarm.requests.at(alarm.index(self.region, common.run_day(self.today))))
    }

    /// Something has happened in a matter about which its person may ask; whether he does.
    pub fn ask_for_help(&mut self, common: &Common<'_>, slot: u32, asks: Asks) -> bool {
        if !self.would_ask(common, slot, asks) {
            return false;
        }
        let key = self.key(common, slot, Decision::HelpDelay).alternative(asks as u8);
        self.note(common, slot, What::AskedForHelp, asks as u16, Cause::Assumption(Assumption::Help));
        self.count_request(common, self.matters.header(slot).row, asks, key);
        true
    }

    /// A person tries to leave the country: 0 anyway, 1 because of a notice.
    pub fn ask_about_leaving(&mut self, common: &Common<'_>, row: u32, because: u16) {
        let share = self.share_that_asks(common, Asks::Exit);
        if share == Probability::NEVER {
            return;
        }
        let key = DrawKey::of_response(self.id(row), Decision::AsksForHelp, MatterKey::NONE)
            .alternative(Asks::Exit as u8)
            .ordinal(because.into());
        if common.hits(key, share) {
            self.note_person(common, row, What::AskedForHelp, Asks::Exit as u16, Assumption::Help);
            self.count_request(common, row, Asks::Exit, DrawKey { decision: Decision::HelpDelay, ..key });
        }
    }

    fn count_request(&mut self, common: &Common<'_>, row: u32, asks: Asks, delay: DrawKey) {
        let Some(help) = &common.settings.help else { return };
        self.marks[row as usize] |= mark::ASKED_FOR_HELP;
        match common.wait(delay, &help.delay) {
            0 => self.tally.count(flow_of(asks)),
            days => self.tally.count_ahead(self.after(days), flow_of(asks)),
        }
    }
}
