//! Acts of offices and courts that a chain of a law waits for: a warning, a demand, an application, a decision. Nothing in the law sets them off.
//!
//! Each step reached may bring the next act, after a while; an act whose step has been left in the meantime does not come. What follows from it is
//! the law's to say, a court's duty to refuse included. This file knows no law and no measure.

use crate::district::{Common, District};
use crate::event::Kind;
use crate::journal::{Assumption, Cause};
use crate::random::Decision;
use crate::scenario::Act;
use callup_law::roles::Event;

impl District<'_> {
    /// A state is entered in which the law waits for an act: whether and when it comes. A court that is asked always decides.
    #[cold]
    pub fn await_act(&mut self, common: &Common<'_>, slot: u32, place: (u8, u8), act: Act) {
        let Some(setting) = &common.settings.proceedings[act as usize] else { return };
        let key = self.key(common, slot, Decision::ActAwaited).alternative(act as u8);
        if act == Act::Decides || common.hits(key, setting.share) {
            let key = self.key(common, slot, Decision::ActAwaitedDelay).alternative(act as u8);
            let days = common.wait(key, &setting.delay).max(1);
            self.put(self.after(days), Kind::Proceed, slot, u16::from(place.0) << 8 | u16::from(place.1));
        }
    }

    /// The act comes, if its step has not been left. The payload is 256 times the track plus the state.
    pub fn proceed(&mut self, common: &Common<'_>, slot: u32, payload: u16) {
        let (track, state) = ((payload >> 8) as u8, payload as u8);
        let bound = &common.laws.programs[usize::from(self.matters.header(slot).program)];
        let is_there = self.matters.states(slot)[usize::from(track)] == state;
        let Some(act) = bound.awaited(track, state).filter(|_| is_there) else { return };
        let Some(setting) = &common.settings.proceedings[act as usize] else { return };
        let key = self.key(common, slot, Decision::ActAwaited).alternative(act as u8);
        let refused = act == Act::Decides && !common.hits(key, setting.share);
        let event = if refused { Event::RefusedByCourt } else { act.event() };
        self.raise(common, slot, event, Cause::Assumption(Assumption::Proceedings));
        self.close_if_over(common, slot);
    }
}
