//! Trips with a return (M6): who is abroad today, who is turned back, and the crossings of everybody as a number.
//!
//! A timeline is looked up only for somebody with an open matter; idle people cost nothing, and their crossings are counted as an expectation
//! (`crossings.rs`). This file knows no law.

use crate::district::{Common, District};
use crate::event::Kind;
use crate::journal::{Assumption, What};
use crate::procedure::timeline::Spell;
use crate::random::{Decision, DrawKey, PersonId};
use crate::tally::{Flow, Stock};

/// What trips are drawn for.
const TRIPS: (Decision, Decision) = (Decision::Trip, Decision::TripLength);

impl District<'_> {
    /// The trip on which a person is today, if he is abroad on one.
    #[must_use]
    pub fn trip_under_way(&self, common: &Common<'_>, person: PersonId, row: u32) -> Option<Spell> {
        let trip = common.spell_on(self.today, person, &common.settings.border.trips, TRIPS)?;
        (!self.crossings.has_stayed(row, trip.ordinal)).then_some(trip)
    }

    /// The trip on which the person of a matter is today, if he is abroad on one.
    #[must_use]
    pub fn on_trip(&self, common: &Common<'_>, slot: u32) -> Option<Spell> {
        if common.settings.border.trips.is_empty() {
            return None;
        }
        let header = self.matters.header(slot);
        self.trip_under_way(common, self.id_in(header.stretch, header.row), header.row)
    }

    /// Looks up the first trip after today of a person who came under an exit ban.
    pub fn await_trip(&mut self, common: &Common<'_>, row: u32) {
        let trips = &common.settings.border.trips;
        let next = common.spells(self.id(row), trips, TRIPS).find(|trip| trip.from > self.today);
        if let Some(trip) = next {
            self.put_person(trip.from, Kind::Trip, row, trip.ordinal as u16);
        }
    }

    /// A person comes to the border for a trip; one who is not barred any more goes.
    pub fn trip(&mut self, common: &Common<'_>, row: u32, ordinal: u16) {
        if self.is_away(row) || !self.is_barred(common, row) {
            return;
        }
        let (id, border) = (self.id(row), &common.settings.border);
        let key = DrawKey::of_world(id, Decision::BanSeen, u32::from(ordinal) << 1);
        let trip = common.spells(id, &border.trips, TRIPS).nth(ordinal.into());
        if let Some(trip) = trip.filter(|_| common.hits(key, border.ban_seen)) {
            self.count_for(common, row, Flow::TripsTurnedBack);
            self.crossings.turn_back(row, trip.ordinal, trip.end);
            self.turn_back(common, row, What::TurnedBackOnTrip, Assumption::Trips);
        }
        self.await_trip(common, row);
    }

    /// Counts the crossings of everybody today: an expectation, less those who were turned back.
    pub fn count_crossings(&mut self, common: &Common<'_>) {
        let border = &common.settings.border;
        if border.trips.is_empty() {
            return;
        }
        let stock = |stock: Stock| u64::try_from(self.tally.stocks[stock as usize]).unwrap_or(0);
        let men = (self.people.len() as u64).saturating_sub(stock(Stock::Abroad) + stock(Stock::Serving));
        let (chance, on_trips) = (border.trip_chances[common.run_day(self.today)], stock(Stock::OnTrip));
        let crossed = self.crossings.pass(self.today, men, chance, &border.trip_lengths, on_trips);
        self.tally.flows[Flow::TripsBegun as usize] += crossed.begun;
        self.tally.flows[Flow::TripsEnded as usize] += crossed.ended;
        self.tally.shift(Stock::OnTrip, i64::from(crossed.begun) - i64::from(crossed.ended));
    }
}
