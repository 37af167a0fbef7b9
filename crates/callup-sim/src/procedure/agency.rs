//! Agencies carry measures out, each with its delays (M5); who is restricted, who does not know it and who wrongly.
//!
//! The due dates are the law's; the days on and off are here. A person is under a kind of measure while one ground of it is in effect.
//! An agency acts in the morning, or at once when it takes no time. This file knows no article.

use crate::district::{Common, District, mark};
use crate::event::Kind;
use crate::journal::{Assumption, Cause, What};
use crate::matter::{MeasureDates, NONE, flag};
use crate::people::Attribute;
use crate::random::Decision;
use crate::restricted::MANNERS;
use crate::scenario::Against;
use crate::tally::{Duration, MeasureFlow, MeasureStock, Stock};
use callup_law::program::{Offset, UNSET};
use callup_law::roles::MeasureKind;

/// Under which kinds of measure a person is, as bits by their place in the run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Restriction {
    /// Under the measure.
    pub standing: u16,
    /// On a notice that he does not know of.
    pub unseen: u16,
    /// Though the truth frees him.
    pub wrongful: u16,
    /// And the register does not show it.
    pub by_record: u16,
}

impl Restriction {
    /// In which manners of [`crate::restricted::Manner`] the person is restricted.
    #[must_use]
    pub fn manners(self, exit_ban: u8) -> [bool; MANNERS] {
        [self.standing, self.standing & bit(exit_ban), self.unseen, self.wrongful].map(|kinds| kinds != 0)
    }
}

impl District<'_> {
    /// A measure is due to start today: its agency sets the day on which it does.
    pub fn put_into_effect(&mut self, common: &Common<'_>, slot: u32, measure: u8, kind: MeasureKind) {
        if common.settings.agencies[kind as usize].is_none() {
            return;
        }
        let day = self.after(self.start_latency(common, slot, kind));
        let is_on = self.matters.on(slot) >> measure & 1 == 1;
        let today = self.today;
        let dates = self.matters.dates_mut(slot, measure);
        if is_on {
            // Started again before it was taken off: it simply goes on.
            *dates = MeasureDates { on: dates.on, ..MeasureDates::BLANK };
            return;
        }
        *dates = MeasureDates { on: day, ..MeasureDates::BLANK };
        if day == today {
            self.measure_on(common, slot, measure);
        } else {
            self.put(day, Kind::MeasureOn, slot, u16::from(measure));
        }
    }

    /// The lift of a measure falls due by a day: its agency sets the day on which it is taken off.
    pub fn take_off(&mut self, common: &Common<'_>, slot: u32, measure: u8, kind: MeasureKind, by: Offset) {
        if common.settings.agencies[kind as usize].is_none() {
            return;
        }
        let day = self.after(self.lift_latency(common, slot, kind));
        let today = self.today;
        let dates = self.matters.dates_mut(slot, measure);
        let off = day.min(dates.off);
        *dates = MeasureDates { on: dates.on, off, due: by.min(dates.due) };
        if off == today {
            self.measure_off(common, slot, measure);
        } else {
            self.put(off, Kind::MeasureOff, slot, u16::from(measure));
        }
    }

    /// Days from start due to on: a draw of the matter and the kind, the same whenever it is asked for.
    #[must_use]
    pub fn start_latency(&self, common: &Common<'_>, slot: u32, kind: MeasureKind) -> u16 {
        let Some(agency) = &common.settings.agencies[kind as usize] else { return 0 };
        common.wait(self.key(common, slot, Decision::StartLatency).alternative(kind as u8), &agency.start)
    }

    /// Days from the lifting event to off, a draw like the other.
    #[must_use]
    pub fn lift_latency(&self, common: &Common<'_>, slot: u32, kind: MeasureKind) -> u16 {
        let Some(agency) = &common.settings.agencies[kind as usize] else { return 0 };
        common.wait(self.key(common, slot, Decision::LiftLatency).alternative(kind as u8), &agency.lift)
    }

    /// The day has come on which a measure is put into effect.
    pub fn measure_on(&mut self, common: &Common<'_>, slot: u32, measure: u8) {
        let dates = self.matters.dates(slot, measure);
        let on = self.matters.on(slot);
        if dates.on != self.today || dates.off <= self.today || on >> measure & 1 == 1 {
            return;
        }
        let header = *self.matters.header(slot);
        let kind = common.laws.programs[usize::from(header.program)].kinds[usize::from(measure)];
        let place = common.columns.place(kind);
        let before = self.restriction(common, header.row);
        self.matters.set_on(slot, on | 1 << measure);
        self.count_measure_of(slot, place, MeasureFlow::On);
        if header.flags & flag::SERVED != 0 && header.seen == UNSET {
            self.count_measure_of(slot, place, MeasureFlow::OnDeemed);
        }
        self.tally.shift_measure(place, MeasureStock::Grounds, 1);
        self.note(common, slot, What::On, kind as u16, Cause::Assumption(Assumption::Agency));
        self.settle(common, header.row, before);
        self.reconsider(common, slot);
        if kind == MeasureKind::WantedStatus {
            self.review_listing(common, header.row);
        }
        // Of several measures the first is what he does something about.
        if on == 0 && header.seen != UNSET {
            self.weigh_remedies(common, slot, Against::Measure);
        }
    }

    /// The day has come on which a measure is taken off.
    pub fn measure_off(&mut self, common: &Common<'_>, slot: u32, measure: u8) {
        let dates = self.matters.dates(slot, measure);
        let on = self.matters.on(slot);
        if dates.off != self.today || on >> measure & 1 == 0 {
            return;
        }
        let header = *self.matters.header(slot);
        let kind = common.laws.programs[usize::from(header.program)].kinds[usize::from(measure)];
        let before = self.restriction(common, header.row);
        self.matters.set_on(slot, on & !(1 << measure));
        self.because = Cause::Assumption(Assumption::Agency);
        // The latency is a draw of the matter: the day of the lifting event follows from it.
        let latency_days = self.lift_latency(common, slot, kind);
        self.count_off(common, slot, kind, dates, latency_days);
        self.settle(common, header.row, before);
        self.reconsider(common, slot);
        if kind == MeasureKind::WantedStatus {
            self.review_listing(common, header.row);
        }
    }

    fn count_off(&mut self, common: &Common<'_>, slot: u32, kind: MeasureKind, dates: MeasureDates, latency_days: u16) {
        let (place, today) = (common.columns.place(kind), self.today);
        self.tally.count_measure(place, MeasureFlow::Off);
        self.tally.shift_measure(place, MeasureStock::Grounds, -1);
        self.measured(slot, Duration::InEffect, place, (dates.on, today), true);
        self.measured(slot, Duration::LiftLatency, place, (today - latency_days.min(today), today), true);
        self.measured(slot, Duration::Overdue, place, (dates.due.min(today), today), true);
        self.note(common, slot, What::Off, kind as u16, Cause::Assumption(Assumption::Agency));
    }

    /// A measure in effect that a new law does not know is off on the day of the change.
    pub fn drop_measure(&mut self, common: &Common<'_>, slot: u32, kind: MeasureKind, dates: MeasureDates) {
        let today = self.today;
        let dates = MeasureDates { due: today.min(dates.due), ..dates };
        self.count_off(common, slot, kind, dates, 0);
    }

    /// Under which kinds of measure a person is today.
    #[must_use]
    pub fn restriction(&self, common: &Common<'_>, row: u32) -> Restriction {
        let mut found = Restriction::default();
        if common.columns.kinds().is_empty() {
            return found;
        }
        let mut slot = self.standings[row as usize].open_matter;
        while slot != NONE {
            let header = self.matters.header(slot);
            let mut on = self.matters.on(slot);
            let kinds = &common.laws.programs[usize::from(header.program)].kinds;
            while on != 0 {
                let bit = 1 << common.columns.place(kinds[on.trailing_zeros() as usize]);
                on &= on - 1;
                found.standing |= bit;
                found.unseen |= if header.seen == UNSET { bit } else { 0 };
            }
            slot = header.next;
        }
        if found.standing != 0 {
            let facts = self.facts(common, row, 0);
            if facts.is_free() {
                found.wrongful = found.standing;
                found.by_record = if facts.is_recorded_free() { 0 } else { found.standing };
            }
        }
        found
    }

    /// Brings the counters of restricted persons in line after a change to a person that stood as `before`.
    pub fn settle(&mut self, common: &Common<'_>, row: u32, before: Restriction) {
        let after = self.restriction(common, row);
        if after == before {
            return;
        }
        if let Some(days) = &mut self.days_restricted {
            days.change(row, self.today, [before, after].map(|now| now.manners(common.exit_ban)));
        }
        let stratum = self.stratum_of(common, row);
        for (kind_stock, stock, was, is) in [
            (MeasureStock::Standing, Stock::Restricted, before.standing, after.standing),
            (MeasureStock::Unseen, Stock::RestrictedUnseen, before.unseen, after.unseen),
            (MeasureStock::Wrongful, Stock::RestrictedWrongful, before.wrongful, after.wrongful),
            (MeasureStock::WrongfulByRecord, Stock::RestrictedByRecord, before.by_record, after.by_record),
        ] {
            self.shift_restricted(stratum, kind_stock, was, is);
            self.shift_person(stratum, stock, was != 0, is != 0);
        }
        let (came, went) = (after.standing & !before.standing, before.standing & !after.standing);
        for place in 0..common.columns.kinds().len() as u8 {
            if came >> place & 1 == 1 {
                self.tally.count_measure(place, MeasureFlow::Restricted);
            } else if went >> place & 1 == 1 {
                self.tally.count_measure(place, MeasureFlow::Freed);
            }
        }
        self.settle_driving(common, row, stratum, (before.standing, after.standing));
        self.remember(common, row, after);
        let worse =
            after.unseen & !before.unseen | after.wrongful & !before.wrongful | after.by_record & !before.by_record;
        if worse != 0 {
            self.to_remember.push(row);
        }
        if came != 0 {
            self.watch(common, row, came);
        }
    }

    /// Whether a ban on driving takes the main income of a person.
    fn settle_driving(&mut self, common: &Common<'_>, row: u32, stratum: u16, standing: (u16, u16)) {
        let bit = bit(common.driving_ban);
        let (was, is) = (standing.0 & bit != 0, standing.1 & bit != 0);
        if was == is {
            return;
        }
        self.shift_person(stratum, Stock::DrivingBarred, was, is);
        self.marks[row as usize] |= mark::DRIVING_BARRED;
        if self.people[row as usize].truth().has(Attribute::NeedsDriving) {
            self.shift_person(stratum, Stock::LivelihoodBarred, was, is);
            self.marks[row as usize] |= mark::LIVELIHOOD_BARRED;
        }
    }

    fn shift_restricted(&mut self, stratum: u16, stock: MeasureStock, was: u16, is: u16) {
        let mut changed = was ^ is;
        while changed != 0 {
            let place = changed.trailing_zeros() as u8;
            changed &= changed - 1;
            self.shift_restricted_person(stratum, place, stock, is >> place & 1 == 1);
        }
    }

    /// What has ever been true of him.
    fn remember(&mut self, common: &Common<'_>, row: u32, now: Restriction) {
        let ban = bit(common.exit_ban);
        // A law may refuse a passport together with the exit ban; what comes later is counted apart from both.
        let leaving = ban | bit(common.columns.place(MeasureKind::PassportBan));
        let marks = [
            (now.standing & ban, mark::BARRED),
            (now.standing & !leaving, mark::RESTRICTED_FURTHER),
            (now.standing, mark::RESTRICTED),
        ];
        self.marks[row as usize] |= marks_that_hold(&marks);
    }

    /// What is true of restricted persons at the end of a day: one who came to know of his notice, or was freed, on the day itself never stood
    /// unknowing or wrongly at the end of one.
    pub fn remember_the_day(&mut self, common: &Common<'_>) {
        let mut rows = std::mem::take(&mut self.to_remember);
        for row in rows.drain(..) {
            let now = self.restriction(common, row);
            let ban = bit(common.exit_ban);
            let marks = [
                (now.unseen & ban, mark::BARRED_UNSEEN),
                (now.wrongful & ban, mark::BARRED_WRONGLY),
                (now.unseen, mark::RESTRICTED_UNSEEN),
                (now.wrongful, mark::RESTRICTED_WRONGLY),
                (now.by_record, mark::RESTRICTED_BY_RECORD),
            ];
            self.marks[row as usize] |= marks_that_hold(&marks);
        }
        self.to_remember = rows;
    }

    /// What has to be watched from now on of a person who came under a measure.
    fn watch(&mut self, common: &Common<'_>, row: u32, came: u16) {
        if common.exit_ban != u8::MAX && came >> common.exit_ban & 1 == 1 {
            self.await_trip(common, row);
        }
        let person = self.people[row as usize];
        let ends = [person.truth().study_until(), self.standings[row as usize].deferred_until()];
        for last in ends.into_iter().flatten() {
            let later = last.days_since(common.day(self.today)) + 1;
            if later > 0 {
                self.put_person(self.after(u16::try_from(later).unwrap_or(u16::MAX)), Kind::Reassess, row, 0);
            }
        }
    }

    /// A ground for deferment ended yesterday: a restriction that was wrongful may be so no longer.
    pub fn reassess(&mut self, common: &Common<'_>, row: u32) {
        self.today -= 1;
        let before = self.restriction(common, row);
        self.today += 1;
        self.settle(common, row, before);
    }
}

fn marks_that_hold(marks: &[(u16, u32)]) -> u32 {
    marks.iter().filter(|(holds, _)| *holds != 0).fold(0, |all, (_, mark)| all | mark)
}

/// The bit of a place among the kinds of measure of the run; none for a kind that no law has.
const fn bit(place: u8) -> u16 {
    if place == u8::MAX { 0 } else { 1 << place }
}
