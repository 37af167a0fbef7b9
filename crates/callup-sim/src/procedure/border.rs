//! Leaving the country for good (M6), the border that turns the barred back, and the return of some of those who left.
//!
//! A man departs when the hazard of departing passes his budget; only departures within the run are put on the agenda, once, at its start.
//! Trips with a return stand in `trips.rs`. This file knows no law.

use crate::district::{Common, District, mark};
use crate::event::Kind;
use crate::journal::{Assumption, Cause, What};
use crate::matter::{NONE, flag};
use crate::people::Status;
use crate::random::{Decision, DrawKey, Hazard};
use crate::tally::{Flow, Stock};
use callup_law::program::Offset;
use callup_law::roles::Event;

impl District<'_> {
    /// Before the first day: what of each person's own timeline falls within the run.
    pub fn look_ahead(&mut self, common: &Common<'_>) {
        self.schedule_departures(common);
        self.expect_mistakes(common);
        self.find_willing(common);
    }

    /// Puts the departures of the run on the agenda. Reads each row of the ages in question once.
    pub fn schedule_departures(&mut self, common: &Common<'_>) {
        let border = &common.settings.border;
        let departures = &border.departures[usize::from(self.region)];
        let most = departures.last().copied().unwrap_or(Hazard::ZERO);
        if most == Hazard::ZERO {
            return;
        }
        let [youngest, oldest] = border.departure_ages;
        for row in self.rows_of_ages(common, youngest, oldest) {
            let word = common.draws.word(DrawKey::of_world(self.id(row), Decision::Departure, 0));
            // A budget above what accumulates in the run is the common case and costs no logarithm.
            if !common.may_depart(self.region, word) {
                continue;
            }
            let budget = Hazard::budget(word);
            if budget > most {
                continue;
            }
            let day = common.settings.first + departures.partition_point(|upto| *upto < budget) as Offset;
            let age = self.people[row as usize].age_on(common.day(day));
            if (i32::from(youngest)..=i32::from(oldest)).contains(&age) {
                self.put_person(day, Kind::Depart, row, 0);
            }
        }
    }

    /// Whether a person is out of reach of offices: abroad or serving.
    #[must_use]
    pub fn is_away(&self, row: u32) -> bool {
        self.standings[row as usize].status != Status::Civilian
    }

    /// He goes out of reach of offices; his open matters know it, so that nobody has to look him up.
    pub fn goes_away(&mut self, row: u32, status: Status) {
        self.standings[row as usize].status = status;
        let mut slot = self.standings[row as usize].open_matter;
        while slot != NONE {
            let header = self.matters.header_mut(slot);
            header.flags |= flag::AWAY;
            slot = header.next;
        }
    }

    /// Whether an exit ban on this person is in effect.
    #[must_use]
    pub fn is_barred(&self, common: &Common<'_>, row: u32) -> bool {
        common.exit_ban != u8::MAX && self.restriction(common, row).standing >> common.exit_ban & 1 == 1
    }

    /// A person comes to the border to leave for good: 0 anyway, 1 because of a notice.
    pub fn depart(&mut self, common: &Common<'_>, row: u32, because: u16) {
        if self.is_away(row) {
            return;
        }
        self.count_for(common, row, Flow::DepartureAttempts);
        self.ask_about_leaving(common, row, because);
        let cause = if because == 0 { Assumption::Departures } else { Assumption::TriesToLeave };
        let key = DrawKey::of_world(self.id(row), Decision::BanSeen, u32::from(because) << 1 | 1);
        // Who is abroad on a trip stays there.
        let comes_to_the_border = self.trip_under_way(common, self.id(row), row).is_none();
        if comes_to_the_border && self.is_barred(common, row) && common.hits(key, common.settings.border.ban_seen) {
            self.count_for(common, row, Flow::DeparturesTurnedBack);
            self.turn_back(common, row, What::TurnedBackLeaving, cause);
            return;
        }
        self.goes_away(row, Status::Abroad);
        self.marks[row as usize] |= mark::LEFT;
        self.tally.count(Flow::Left);
        self.tally.shift(Stock::Abroad, 1);
        self.note_person(common, row, What::Event, Event::Left as u16, cause);
        self.put_person(self.today, Kind::Leave, row, because);
        let (border, key) =
            (&common.settings.border, DrawKey::of_world(self.id(row), Decision::Returns, because.into()));
        if common.hits(key, border.returns) {
            let key = DrawKey { decision: Decision::ReturnHome, ..key };
            self.put_person(self.after(common.wait(key, &border.return_delay).max(1)), Kind::Return, row, because);
        }
    }

    /// A man who had left comes back; his open matters are in reach again, and who had decided to come comes when the date has passed.
    pub fn come_back(&mut self, common: &Common<'_>, row: u32) {
        if self.standings[row as usize].status != Status::Abroad {
            return;
        }
        self.standings[row as usize].status = Status::Civilian;
        self.tally.count(Flow::Returned);
        self.tally.shift(Stock::Abroad, -1);
        self.note_person(common, row, What::Returned, 0, Assumption::Returns);
        self.is_in_reach_again(common, row);
    }

    /// Who was away and is a civilian in the country again: his open matters are in reach.
    pub fn is_in_reach_again(&mut self, common: &Common<'_>, row: u32) {
        for slot in self.matters_of(row) {
            self.clear(slot, flag::AWAY);
            let is_late = self.matters.header(slot).appearance <= self.today;
            if is_late && self.has(slot, flag::WILL_APPEAR) && !self.has(slot, flag::APPEARED) {
                self.put(self.today, Kind::Appear, slot, 0);
            }
        }
        if self.is_barred(common, row) {
            self.await_trip(common, row);
        }
    }

    /// He learns of the ban: in every matter that holds one in effect.
    pub fn turn_back(&mut self, common: &Common<'_>, row: u32, what: What, cause: Assumption) {
        self.marks[row as usize] |= mark::TURNED_BACK;
        self.note_person(common, row, what, 0, cause);
        let mut slot = self.standings[row as usize].open_matter;
        while slot != NONE {
            let header = *self.matters.header(slot);
            let kinds = &common.laws.programs[usize::from(header.program)].kinds;
            let on = self.matters.on(slot);
            let holds =
                |(measure, kind): (usize, _)| on >> measure & 1 == 1 && common.columns.place(kind) == common.exit_ban;
            if kinds.iter().copied().enumerate().any(holds) {
                self.put(self.today, Kind::Learn, slot, 0);
            }
            slot = header.next;
        }
    }

    /// The person learns of a measure at the border.
    pub fn learn(&mut self, common: &Common<'_>, slot: u32) {
        self.tally.count(Flow::Learned);
        self.comes_to_know(common, slot);
        self.raise(common, slot, Event::Learned, Cause::Assumption(Assumption::Trips));
    }

    /// The person has left the country: every open matter of his hears of it.
    pub fn leave(&mut self, common: &Common<'_>, row: u32, because: u16) {
        let cause = if because == 0 { Assumption::Departures } else { Assumption::TriesToLeave };
        for slot in self.matters_of(row) {
            self.clear(slot, flag::WAITS);
            self.raise(common, slot, Event::Left, Cause::Assumption(cause));
            self.close_if_over(common, slot);
        }
    }

    /// Open matters of a person, in the order in which they were opened.
    #[must_use]
    pub fn matters_of(&self, row: u32) -> Vec<u32> {
        let mut slots = Vec::new();
        let mut slot = self.standings[row as usize].open_matter;
        while slot != NONE {
            slots.push(slot);
            slot = self.matters.header(slot).next;
        }
        slots
    }
}

impl Common<'_> {
    /// Whether the budget that a word stands for can be used up within the run: a budget falls as the word rises.
    fn may_depart(&self, region: u16, word: u32) -> bool {
        word >= self.departure_words[usize::from(region)]
    }
}
