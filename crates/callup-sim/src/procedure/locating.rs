//! Finding those who have not come (M8), as an abstract hazard: no camera, no address, a rate.
//!
//! The day is set at default (`behaviour.rs`). Who is found is brought to the office the same day. This file knows no law.

use crate::district::{Common, District};
use crate::event::Kind;
use crate::journal::{Assumption, Cause};
use crate::matter::flag;
use crate::procedure::draft::FOUND;
use crate::tally::Flow;
use callup_law::roles::Event;

impl District<'_> {
    /// The person is found.
    pub fn locate(&mut self, common: &Common<'_>, slot: u32) {
        if self.has(slot, flag::AWAY | flag::APPEARED) {
            return;
        }
        self.tally.count(Flow::Located);
        self.comes_to_know(common, slot);
        self.set(slot, flag::WILL_APPEAR);
        self.put(self.today, Kind::Appear, slot, FOUND);
        self.raise(common, slot, Event::Located, Cause::Assumption(Assumption::Located));
    }
}
