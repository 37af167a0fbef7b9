//! A partial mobilisation (M13): the order of the roll, the check of those who come, deferments through employers, dispatch, and the return of men
//! called wrongly.
//!
//! Numbers by region are divided among districts like those of the draft. Whom offices call though he should be free is a share of those who
//! come. This file knows no law and no channel.

use crate::desks::CARDS;
use crate::district::{Common, District, mark};
use crate::event::Kind;
use crate::journal::{Assumption, Cause, What};
use crate::matter::{NONE, flag};
use crate::people::{Attribute, Fitness, Person, Record, Status};
use crate::random::{Decision, DrawKey, MatterKey};
use crate::scenario::Freeing;
use crate::settings::{CategorySetting, MobilisationSetting};
use crate::tally::{Duration, Flow, Sample, Stock};
use callup_law::calendar::Day;
use callup_law::program::Offset;
use callup_law::roles::{Event, NoticeKind};

/// The alternative of the place of a card among those of its day; the places of remedies have none.
const CARD: u8 = u8::MAX;

impl MobilisationSetting {
    /// Where a man of the reserve stands in the order of calling: his keyed draw over the precedence of his category; `None` if he is of none.
    #[must_use]
    pub fn order(&self, person: Person, record: Record, first_day: Day, draw: u32) -> Option<u32> {
        let age = person.age_on(first_day);
        let fits = |category: &&CategorySetting| {
            let [youngest, oldest] = category.ages.map(i32::from);
            (youngest..=oldest).contains(&age) && (!category.served || record.has_served())
        };
        let category = self.categories.iter().find(fits).filter(|category| category.precedence > 0)?;
        // Over the least precedence of all who are called, so that no order is beyond the draws; a product of thousandths and a draw fits 64 bits.
        let precedences = self.categories.iter().map(|category| category.precedence);
        let least = precedences.filter(|precedence| *precedence > 0).min().unwrap_or(1);
        let order = u128::from(draw) * u128::from(least) / u128::from(category.precedence);
        Some(order as u32)
    }
}

impl District<'_> {
    /// Whether the truth frees a person from mobilisation, in one of the ways that the scenario names.
    #[must_use]
    pub fn is_free_of_mobilisation(&self, common: &Common<'_>, row: u32) -> bool {
        let Some(setting) = &common.settings.mobilisation else { return false };
        let truth = self.people[row as usize].truth();
        let frees = |freeing: &Freeing| match freeing {
            Freeing::Student => truth.is_student(common.day(self.today)),
            Freeing::FamilyGround => truth.has(Attribute::FamilyGround),
            Freeing::Unfit => matches!(truth.fitness(), Fitness::ForATime | Fitness::Unfit),
            Freeing::NotInReserve => !truth.is_reservist(),
        };
        setting.frees.iter().any(frees)
    }

    /// A person has come on a notice of mobilisation: when it is decided.
    pub fn await_muster(&mut self, common: &Common<'_>, slot: u32) {
        let Some(setting) = &common.settings.mobilisation else { return };
        self.set(slot, flag::WAITS);
        let days = self.wait(common, slot, Decision::CheckDelay, &setting.check);
        self.put(self.after(days), Kind::Muster, slot, 0);
    }

    /// He is checked, and it is decided. The law hears of it at the place of the event.
    pub fn muster(&mut self, common: &Common<'_>, slot: u32) {
        let header = *self.matters.header(slot);
        let Some(setting) = &common.settings.mobilisation else { return };
        if header.flags & flag::WAITS == 0 || header.flags & (flag::AWAY | flag::EXAMINED) != 0 {
            return;
        }
        if let Some(trip) = self.on_trip(common, slot) {
            self.put(trip.end, Kind::Muster, slot, 0);
            return;
        }
        self.set(slot, flag::EXAMINED);
        let campaign = usize::from(header.campaign);
        self.rolls[campaign].decided += 1;
        let free = self.is_free_of_mobilisation(common, header.row);
        let wrongly = free && self.hits(common, slot, Decision::WronglyCalled, setting.wrongly_called);
        let place = self.place_by_lot(common, slot);
        let is_over = self.today > common.settings.campaigns[campaign].until;
        let (flow, heard) = if self.desks.shielded.contains(&header.row) {
            (Flow::Deferred, Kind::Deferred)
        } else if free && !wrongly {
            (Flow::Exempted, Kind::Exempted)
        } else if is_over || !self.has_room(common, campaign, place) {
            (Flow::NotCalledUp, Kind::NotCalledUp)
        } else {
            self.take_place(campaign, place);
            self.put(self.today, Kind::CalledUp, slot, 0);
            return self.await_dispatch(common, slot, setting);
        };
        self.tally.count(flow);
        self.put(self.today, heard, slot, 0);
    }

    fn await_dispatch(&mut self, common: &Common<'_>, slot: u32, setting: &MobilisationSetting) {
        let header = *self.matters.header(slot);
        self.marks[header.row as usize] |= mark::CALLED_UP;
        let days = self.wait(common, slot, Decision::DispatchDelay, &setting.dispatch);
        let campaign = &common.settings.campaigns[usize::from(header.campaign)];
        let from = campaign.decreed.as_ref().map_or(0, |decreed| decreed.dispatch_from);
        self.put(self.after(days).min(campaign.until.max(self.today)).max(from), Kind::Dispatch, slot, 0);
        self.weigh_remedies(common, slot, crate::scenario::Against::Mobilisation);
    }

    /// He is dispatched; one called wrongly may be sent home later.
    pub fn mobilise(&mut self, common: &Common<'_>, slot: u32) {
        let header = *self.matters.header(slot);
        self.goes_away(header.row, Status::Mobilised);
        self.marks[header.row as usize] |= mark::MOBILISED;
        self.count_of(slot, Flow::Mobilised);
        self.tally.shift(Stock::MobilisedServing, 1);
        self.desks.dispatched_on.insert(header.row, (self.today, header.campaign));
        if self.is_free_of_mobilisation(common, header.row) {
            self.count_of(slot, Flow::MobilisedWrongly);
            self.may_be_sent_home(common, header.row, header.campaign, self.today);
        }
        self.raise(common, slot, Event::Dispatched, Cause::Assumption(Assumption::Mobilisation));
    }

    fn may_be_sent_home(&mut self, common: &Common<'_>, row: u32, campaign: u8, dispatched: Offset) {
        let Some(setting) = &common.settings.mobilisation else { return };
        let matter = common.matter_keys[usize::from(campaign)];
        if common.hits(DrawKey::of_response(self.id(row), Decision::Returned, matter), setting.returned) {
            let days = self.days_to_return(common, row, matter, setting);
            self.put_person(self.after(days), Kind::SentHome, row, dispatched);
        }
    }

    fn days_to_return(&self, common: &Common<'_>, row: u32, matter: MatterKey, setting: &MobilisationSetting) -> u16 {
        let key = DrawKey::of_response(self.id(row), Decision::ReturnDelay, matter);
        common.wait(key, &setting.return_delay).max(1)
    }

    /// One who was mobilised wrongly, on that day, is sent home, if he still serves; his open matters are in reach again.
    pub fn send_home(&mut self, common: &Common<'_>, row: u32, dispatched: Offset) {
        if self.has_served_since(row, dispatched) {
            self.returns_from_service(common, row, Assumption::Mobilisation);
        }
    }

    /// Whether a man serves who was dispatched on that day, and has not been home since.
    pub(crate) fn has_served_since(&self, row: u32, dispatched: Offset) -> bool {
        self.desks.dispatched_on.get(&row).is_some_and(|(day, _)| *day == dispatched)
    }

    /// A man who was dispatched is a civilian again; his open matters are in reach.
    pub fn returns_from_service(&mut self, common: &Common<'_>, row: u32, cause: Assumption) {
        let (flow, stock) = match self.standings[row as usize].status {
            Status::Mobilised => (Flow::MobilisedReturned, Stock::MobilisedServing),
            Status::Conscript => (Flow::DispatchedReturned, Stock::Serving),
            _ => return,
        };
        self.standings[row as usize].status = Status::Civilian;
        let since = self.desks.dispatched_on.remove(&row).map_or(self.today, |(day, _)| day);
        let days = i16::try_from(self.today - since).unwrap_or(i16::MAX);
        let stratum = self.stratum_of(common, row);
        let (duration, measure) = (Duration::DaysToReturn, u8::MAX);
        self.tally.samples.push(Sample { duration, measure, ended: true, days, stratum });
        self.count_for(common, row, flow);
        self.tally.shift(stock, -1);
        self.note_person(common, row, What::SentHome, u16::from(stock == Stock::Serving), cause);
        self.is_in_reach_again(common, row);
    }

    /// A working man learns of a notice of mobilisation: whether and when his employer files for him.
    pub fn may_be_shielded(&mut self, common: &Common<'_>, slot: u32) {
        let header = *self.matters.header(slot);
        let setting = common.settings.mobilisation.as_ref().and_then(|setting| setting.cards.as_ref());
        let Some(cards) = setting else { return };
        if common.laws.programs[usize::from(header.program)].notice != NoticeKind::MobilisationNotice {
            return;
        }
        let works = self.people[header.row as usize].truth().has(Attribute::Works);
        if works && self.hits(common, slot, Decision::EmployerShields, cards.covered) {
            let days = self.wait(common, slot, Decision::CardDelay, &cards.filing).max(1);
            self.put(self.after(days), Kind::Card, slot, 0);
        }
    }

    /// An employer files for a man.
    pub fn file_card(&mut self, common: &Common<'_>, slot: u32) {
        let header = *self.matters.header(slot);
        let setting = common.settings.mobilisation.as_ref().and_then(|setting| setting.cards.as_ref());
        let Some(cards) = setting else { return };
        if self.desks.cards.contains_key(&header.row) || self.desks.shielded.contains(&header.row) {
            return;
        }
        self.count_of(slot, Flow::EmployerCards);
        self.note(common, slot, What::CardFiled, 0, Cause::Assumption(Assumption::Mobilisation));
        let days = self.wait(common, slot, Decision::CardDecisionDelay, &cards.decision).max(1);
        let draw = common.draws.word(self.key(common, slot, Decision::RemedyPlace).alternative(CARD));
        let ready = self.after(days);
        self.desks.cards.insert(header.row, (slot, header.generation, header.campaign));
        self.desks.desks[CARDS].enter(ready, draw, header.row);
    }

    /// A card is decided. A deferment that comes after the dispatch is a reason to send the man home.
    pub fn decide_card(&mut self, common: &Common<'_>, row: u32) {
        let setting = common.settings.mobilisation.as_ref().and_then(|setting| setting.cards.as_ref());
        let (Some(cards), Some((slot, generation, campaign))) = (setting, self.desks.cards.remove(&row)) else {
            return;
        };
        let matter = common.matter_keys[usize::from(campaign)];
        let granted = common.hits(DrawKey::of_response(self.id(row), Decision::CardGranted, matter), cards.granted);
        self.note_person(common, row, What::CardDecided, u16::from(granted), Assumption::Mobilisation);
        if !granted {
            return;
        }
        self.count_for(common, row, Flow::EmployerDeferrals);
        self.desks.shielded.insert(row);
        let dispatched = self.desks.dispatched_on.get(&row).map(|(day, _)| *day);
        if let (Status::Mobilised, Some(dispatched)) = (self.standings[row as usize].status, dispatched) {
            self.may_be_sent_home(common, row, campaign, dispatched);
        } else if self.holds_matter(row, slot, generation) && self.awaits_dispatch(slot) {
            self.tally.count(Flow::Deferred);
            self.let_call_up_fall(common, slot, Event::Deferred, Assumption::Mobilisation);
        }
    }

    /// Whether a slot still holds the matter of a person that it held.
    #[must_use]
    pub fn holds_matter(&self, row: u32, slot: u32, generation: u8) -> bool {
        if slot == NONE {
            return false;
        }
        let header = self.matters.header(slot);
        header.row == row && header.generation == generation
    }

    /// A call-up that has been decided and not carried out falls; the place in the decreed number is free again.
    pub fn let_call_up_fall(&mut self, common: &Common<'_>, slot: u32, event: Event, cause: Assumption) {
        self.drop_call_up(slot);
        self.clear(slot, flag::WAITS);
        self.raise(common, slot, event, Cause::Assumption(cause));
        self.close_if_over(common, slot);
    }
}

impl Common<'_> {
    /// What each desk of a district with so many inhabitants can decide a day, in units of 2^-32 decisions: cards, then each remedy.
    #[must_use]
    pub fn desk_powers(&self, inhabitants: f64) -> Vec<u64> {
        let power = |each: f64| (each * inhabitants * 4_294_967_296.0 + 0.5) as u64;
        let mobilisation = self.settings.mobilisation.as_ref();
        let cards = mobilisation.and_then(|setting| setting.cards.as_ref()).map_or(0.0, |cards| cards.decided_each);
        let remedies = self.settings.remedies.iter().map(|remedy| remedy.decided_each);
        std::iter::once(cards).chain(remedies).map(power).collect()
    }

    /// Whether the part of a decreed number that an offset lies in is one of a mobilisation with an order of calling.
    #[must_use]
    pub fn order_of_calling(&self, notice: NoticeKind) -> Option<&MobilisationSetting> {
        self.settings.mobilisation.as_ref().filter(|_| notice == NoticeKind::MobilisationNotice)
    }

    /// The first day of the run.
    #[must_use]
    pub fn first_day(&self) -> Day {
        let first: Offset = self.settings.first;
        self.day(first)
    }
}
