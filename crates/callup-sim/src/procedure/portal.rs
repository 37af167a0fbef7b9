//! Notices through the state portal and the register of notices (M2): placing, and reading on the person's own timeline.
//!
//! A person reads once in each stretch of days of his class, on days that no law touches: a notice placed later is read at the next
//! reading. This file knows no law and no other channel.

use crate::district::{Common, District};
use crate::event::Kind;
use crate::journal::{Assumption, Cause};
use crate::matter::flag;
use crate::people::{Attribute, ReadingClass};
use crate::random::{Decision, DrawKey, PersonId, scaled_below};
use crate::settings::ReadingSetting;
use crate::tally::Flow;
use callup_law::program::Offset;
use callup_law::roles::Event;

impl District<'_> {
    /// The notice is placed in the register of notices (payload 0) or in a published list (1 more than the place of the channel).
    pub fn place(&mut self, common: &Common<'_>, slot: u32, payload: u16) {
        self.tally.count(Flow::Placed);
        if let Some(channel) = payload.checked_sub(1) {
            return self.publish(common, slot, channel);
        }
        self.raise(common, slot, Event::Placed, Cause::Assumption(Assumption::ChannelRegister));
        self.await_reading(common, slot);
    }

    /// The list is open to everybody from today on; he hears of it, from it or from others, or does not.
    fn publish(&mut self, common: &Common<'_>, slot: u32, channel: u16) {
        self.raise(common, slot, Event::Published, Cause::Assumption(Assumption::ChannelPublished));
        let setting = &common.settings.channels[usize::from(channel)];
        if self.succeeds(common, slot, setting, 0) {
            self.await_outcome(common, slot, setting, Kind::Open, 1, 0);
        } else {
            self.fails(slot, Flow::UnreachedNotRead);
        }
    }

    /// The notice is placed in the personal account.
    pub fn place_in_account(&mut self, common: &Common<'_>, slot: u32) {
        self.tally.count(Flow::PlacedInAccount);
        self.raise(common, slot, Event::PlacedInAccount, Cause::Assumption(Assumption::ChannelAccount));
        self.await_reading(common, slot);
    }

    /// The person opens the notice: on the portal (payload 0), or because he hears of a published list (1).
    pub fn open_notice(&mut self, common: &Common<'_>, slot: u32, payload: u16) {
        if self.has(slot, flag::AWAY) {
            return;
        }
        self.tally.count(Flow::Opened);
        self.comes_to_know(common, slot);
        let by = if payload == 0 { Assumption::Reading } else { Assumption::ChannelPublished };
        self.raise(common, slot, Event::Opened, Cause::Assumption(by));
    }

    /// Sets the day on which a notice placed today is read, if it is. A notice placed in two places is read once.
    fn await_reading(&mut self, common: &Common<'_>, slot: u32) {
        if self.has(slot, flag::READING) {
            return;
        }
        let header = *self.matters.header(slot);
        let day = match &common.settings.reading {
            ReadingSetting::PerNotice(probability, delay) => {
                if !self.hits(common, slot, Decision::NoticeRead, *probability) {
                    return self.will_not_read(slot);
                }
                self.after(self.wait(common, slot, Decision::NoticeReadDelay, delay))
            }
            ReadingSetting::Timeline(stretches) => {
                let person = self.people[header.row as usize].truth();
                let stretch = match person.reading() {
                    ReadingClass::Daily => stretches[0],
                    ReadingClass::Weekly => stretches[1],
                    ReadingClass::Monthly => stretches[2],
                    // Who has no account reads nothing; where accounts are used that has been counted as such.
                    ReadingClass::Never if person.has(Attribute::Account) => {
                        return self.will_not_read(slot);
                    }
                    ReadingClass::Never => return,
                };
                let days = common.run_day(self.today) as u32;
                let id = self.id_in(header.stretch, header.row);
                common.settings.first + next_reading(common, id, stretch.into(), days) as Offset
            }
        };
        if day > header.appearance {
            self.fails(slot, Flow::UnreachedNotRead);
        }
        self.set(slot, flag::READING);
        self.put(day, Kind::Open, slot, 0);
    }

    /// A notice that is never read: asked for once.
    fn will_not_read(&mut self, slot: u32) {
        self.set(slot, flag::READING);
        self.fails(slot, Flow::UnreachedNotRead);
    }
}

/// First day of the run, from `day` on, on which a person reads the portal. His stretches begin at a phase of his own.
fn next_reading(common: &Common<'_>, person: PersonId, stretch_days: u32, day: u32) -> u32 {
    let phase = scaled_below(common.draws.word(DrawKey::of_trait(person, Decision::ReadingPhase)), stretch_days);
    let first = (day + phase) / stretch_days;
    let reading = |ordinal: u32| {
        let key = DrawKey::of_world(person, Decision::PortalReading, ordinal);
        (ordinal * stretch_days + common.draws.number_below(key, stretch_days)).checked_sub(phase)
    };
    // Each stretch has a reading, so the next is in this one or in the one after it.
    reading(first).filter(|found| *found >= day).or_else(|| reading(first + 1)).unwrap_or(day + stretch_days)
}
