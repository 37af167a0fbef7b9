//! Acts of offices and courts that a law waits for: a warning, a demand, an application, a decision. Nothing in the law sets them off.
//!
//! Each step reached may bring the next act, after a while; an act whose step has been left in the meantime does not come, even if the step is reached
//! again. What follows from it is the law's to say, a court's duty to refuse included. This file knows no law and no measure.

use crate::district::{Common, District};
use crate::event::Kind;
use crate::journal::{Assumption, Cause};
use crate::random::Decision;
use crate::scenario::Act;
use callup_law::roles::Event;

impl District<'_> {
    /// A state is entered in which the law waits for acts: whether and when each comes. A court that is asked always decides.
    #[cold]
    pub fn await_acts(&mut self, common: &Common<'_>, slot: u32, acts: u8) {
        for act in Act::ALL.into_iter().filter(|act| acts >> *act as u8 & 1 == 1) {
            let Some(setting) = &common.settings.proceedings[act as usize] else { continue };
            let times = self.awaited.entry((slot, act as u8)).or_default();
            *times = times.saturating_add(1);
            // Each time is a chance of its own: who has had one demand need not have the next.
            let time = *times;
            let of = |decision| self.key(common, slot, decision).alternative(act as u8).ordinal(u32::from(time) - 1);
            if act == Act::Decides || common.hits(of(Decision::ActAwaited), setting.share) {
                let days = common.wait(of(Decision::ActAwaitedDelay), &setting.delay).max(1);
                self.put(self.after(days), Kind::Proceed, slot, u16::from(time) << 8 | act as u16);
            }
        }
    }

    /// The act comes, if the law still waits for it. The payload is 256 times how often it has been awaited, plus the act.
    pub fn proceed(&mut self, common: &Common<'_>, slot: u32, payload: u16) {
        let (time, act) = ((payload >> 8) as u8, Act::ALL[usize::from(payload & 0xff)]);
        let is_last = self.awaited.get(&(slot, act as u8)) == Some(&time);
        if !is_last || self.acts_awaited(common, slot) >> act as u8 & 1 == 0 {
            return;
        }
        let Some(setting) = &common.settings.proceedings[act as usize] else { return };
        let key = self.key(common, slot, Decision::ActAwaited).alternative(act as u8).ordinal(u32::from(time) - 1);
        let refused = act == Act::Decides && !common.hits(key, setting.share);
        let event = if refused { Event::RefusedByCourt } else { act.event() };
        self.raise(common, slot, event, Cause::Assumption(Assumption::Proceedings));
        self.close_if_over(common, slot);
    }

    /// Acts that the law waits for in the states in which a matter is, as bits.
    pub fn acts_awaited(&self, common: &Common<'_>, slot: u32) -> u8 {
        let bound = &common.laws.programs[usize::from(self.matters.header(slot).program)];
        let tracks = bound.program.layout().tracks;
        let states = (0..).zip(&self.matters.states(slot)[..tracks]);
        states.fold(0, |acts, (track, state)| acts | bound.awaited(track, *state))
    }

    /// The law has changed: what it waits for now and was not waited for before is awaited from today.
    pub fn await_acts_of_new_law(&mut self, common: &Common<'_>, slot: u32, before: u8) {
        let new = self.acts_awaited(common, slot) & !before;
        if new != 0 {
            self.await_acts(common, slot, new);
        }
    }

    /// A matter is over.
    pub fn forget_acts(&mut self, slot: u32) {
        if !self.awaited.is_empty() {
            for act in Act::ALL {
                self.awaited.remove(&(slot, act as u8));
            }
        }
    }
}
