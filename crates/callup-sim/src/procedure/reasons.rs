//! Valid reasons for not coming: who would come on his day and is ill shows it, if he does, and comes when he is well again.
//!
//! Illnesses lie on each person's own timeline; they stand for every reason that is a matter of luck. Who would not have come anyway shows nothing.
//! This file knows no law: what a reason excuses is the law's to say.

use crate::district::{Common, District, mark};
use crate::event::Kind;
use crate::journal::{Assumption, Cause};
use crate::procedure::timeline::Spell;
use crate::random::{Decision, PersonId};
use crate::tally::Flow;
use callup_law::roles::Event;

impl Common<'_> {
    /// The illness that keeps a person from coming on a day, if any.
    #[must_use]
    pub fn illness(&self, person: PersonId, today: callup_law::program::Offset) -> Option<Spell> {
        self.spell_on(today, person, &self.settings.illness.spells, (Decision::Illness, Decision::IllnessLength))
    }
}

impl District<'_> {
    /// Somebody who would come today is ill until a day: whether and when he shows it.
    pub fn may_show_reason(&mut self, common: &Common<'_>, slot: u32) {
        let illness = &common.settings.illness;
        if common.hits(self.key(common, slot, Decision::ReasonShown), illness.shown) {
            let days = common.wait(self.key(common, slot, Decision::ReasonDelay), &illness.shown_delay);
            self.put(self.after(days), Kind::ShowReason, slot, 0);
        }
    }

    /// A valid reason is shown.
    pub fn show_reason(&mut self, common: &Common<'_>, slot: u32) {
        self.tally.count(Flow::ValidReasonShown);
        let row = self.matters.header(slot).row as usize;
        self.marks[row] |= mark::REASON_SHOWN;
        self.raise(common, slot, Event::ValidReasonShown, Cause::Assumption(Assumption::ValidReason));
    }
}
