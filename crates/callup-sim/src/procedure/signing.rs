//! Signing a contract (M10, M11, M14): pools of the willing, hazards by channel, where he signs, and how a contract ends.
//!
//! Each willing man has an exponential budget for each contract and channel; the channel whose hazard first uses his up is the one he signs by, so that
//! a channel less moves only those who had signed by it, and the willing run out by themselves. Only budgets that can be used up within the run
//! are kept, sorted; once a week those that the week uses up go on the agenda. This file knows no law.

use crate::district::{Common, District, mark};
use crate::event::Kind;
use crate::journal::{Assumption, Cause, What};
use crate::matter::flag;
use crate::people::{Attribute, Status};
use crate::pools::Pool;
use crate::random::{Decision, DrawKey, Hazard, PersonId, lanes};
use crate::scenario::contract::{CHANNELS, Channel, Party};
use crate::settings::contract::USUAL_EFFORT;
use crate::tally::{Flow, Stock};
use callup_law::program::Offset;
use callup_law::roles::Event;

/// Days of a week.
const WEEK: usize = 7;

/// Flow of each channel.
const FLOWS: [Flow; CHANNELS] = [
    Flow::ContractsByPosters,
    Flow::ContractsByAdvertising,
    Flow::ContractsByColdCalls,
    Flow::ContractsByPlacesOfStudy,
    Flow::ContractsByEmploymentServices,
    Flow::ContractsByVacancies,
    Flow::ContractsByMobilePoints,
    Flow::ContractsByOfficeVisits,
];

impl District<'_> {
    /// Finds those who may sign within the run. Draws once for each man of the ages, by identity, and reads the rows of those who may be willing.
    pub fn find_willing(&mut self, common: &Common<'_>) {
        let contracts = &common.settings.contracts;
        self.pools = vec![Pool::default(); contracts.len() * CHANNELS];
        if contracts.is_empty() {
            return;
        }
        let limit = common.settings.quota.as_ref().map_or(USUAL_EFFORT, |quota| quota.limit.max(USUAL_EFFORT));
        let most: Vec<Hazard> = contracts
            .iter()
            .flat_map(|contract| (0..CHANNELS).map(move |channel| (contract, channel)))
            .map(|(contract, channel)| {
                let effort = if contract.follows_effort() { limit } else { USUAL_EFFORT };
                contract.most(channel, self.region, effort)
            })
            .collect();
        let least_words: Vec<Option<u32>> =
            most.iter().map(|most| (*most > Hazard::ZERO).then(|| most.least_word())).collect();
        let mut words: lanes::Words = [[0; lanes::AT_ONCE]; 4];
        let trait_block = (Decision::PropensityToSign as u16 >> 2, Decision::PropensityToSign as usize & 3);
        for (first_row, first, count) in self.identities_of_ages(common, [16, 64]) {
            let age = self.people[first_row as usize].age_on(common.day(common.settings.first));
            // Within a birth year ages differ by one.
            let most_willing = contracts.iter().map(|one| one.most_willing(age).max(one.most_willing(age + 1))).max();
            let Some(most_willing) = most_willing else { continue };
            let mut done = 0;
            while done < count {
                let some = (count - done).min(lanes::AT_ONCE as u32);
                let id = PersonId(first.0 + u64::from(done));
                common.draws.trait_words(id, trait_block.0, some as usize, &mut words);
                for (place, word) in (0..some).zip(words[trait_block.1]) {
                    if most_willing.hits(word) {
                        self.may_sign(common, first_row + done + place, word, (&most, &least_words));
                    }
                }
                done += some;
            }
        }
        self.pools.iter_mut().for_each(|pool| {
            pool.waiting.sort_unstable();
            pool.waiting.shrink_to_fit();
        });
    }

    /// Puts a man into the pools of the contracts that he would ever sign.
    fn may_sign(&mut self, common: &Common<'_>, row: u32, word: u32, (most, least_words): (&[Hazard], &[Option<u32>])) {
        let (today, truth) = (common.day(common.settings.first), self.people[row as usize].truth());
        let (age, is_student) = (self.people[row as usize].age_on(today), truth.is_student(today));
        let works = !is_student && truth.has(Attribute::Works);
        let is_trained = truth.has_served() || truth.is_reservist();
        let class = usize::from(is_student) + 2 * usize::from(works) + 4 * usize::from(is_trained);
        for (place, contract) in common.settings.contracts.iter().enumerate() {
            if !contract.willing(age, class).hits(word) {
                continue;
            }
            let key = DrawKey::of_world(self.id(row), Decision::ContractOffer, contract.number);
            let blocks = [common.draws.block(key), common.draws.block(key.alternative(1))];
            for (channel, word) in Channel::ALL.into_iter().zip(blocks.as_flattened()) {
                let reaches = match channel {
                    Channel::PlacesOfStudy => is_student,
                    Channel::EmploymentServices => !is_student && !works,
                    _ => true,
                };
                let pool = place * CHANNELS + channel as usize;
                if !reaches || least_words[pool].is_none_or(|least| *word < least) {
                    continue;
                }
                let budget = Hazard::budget(*word);
                if budget <= most[pool] {
                    self.pools[pool].waiting.push((budget.0, row));
                }
            }
        }
    }

    /// On the first day of a week of the run: who signs in it.
    pub fn recruit(&mut self, common: &Common<'_>) {
        let run_day = common.run_day(self.today);
        if self.pools.is_empty() || !run_day.is_multiple_of(WEEK) {
            return;
        }
        let (first, last) = (self.today, self.today + WEEK as Offset - 1);
        let mut due = Vec::new();
        for place in 0..self.pools.len() {
            let (contract, channel) = (place / CHANNELS, place % CHANNELS);
            let setting = &common.settings.contracts[contract];
            let effort = if setting.follows_effort() { self.effort } else { USUAL_EFFORT };
            let hazard = setting.hazard(channel, self.region, run_day / WEEK, effort);
            let (from, until) = (first.max(setting.from), last.min(setting.until).min(common.settings.last));
            if hazard == 0 || from > until {
                continue;
            }
            self.pools[place].pass(hazard, u64::from(until - from) + 1, &mut due);
            for (day, row) in due.drain(..) {
                let payload = (contract << 8 | channel) as u16;
                self.put_person(from + day as Offset, Kind::Sign, row, payload);
            }
        }
    }

    /// A man comes to sign: contract times 256 plus channel. Who is abroad on a trip signs when he is home.
    pub fn sign(&mut self, common: &Common<'_>, row: u32, payload: u16) {
        if let Some(trip) = self.trip_under_way(common, self.id(row), row) {
            self.put_person(trip.end.max(self.after(1)), Kind::Sign, row, payload);
            return;
        }
        let channel = Channel::ALL[usize::from(payload & 0xff) % CHANNELS];
        self.sign_contract(common, row, (payload >> 8) as u8, channel);
    }

    /// A man signs a contract of the scenario, by its place in it. Nothing happens if he is abroad or serves, or there is no such contract.
    pub fn sign_contract(&mut self, common: &Common<'_>, row: u32, contract: u8, channel: Channel) {
        let Some(setting) = common.settings.contracts.get(usize::from(contract)) else { return };
        if self.is_away(row) {
            return;
        }
        let detail = u16::from(contract) << 8 | channel as u16;
        self.note_person(common, row, What::Signed, detail, Assumption::Contracts);
        match setting.party {
            Party::Ministry => {
                self.goes_away(row, Status::Contract);
                self.marks[row as usize] |= mark::SIGNED;
                self.count_for(common, row, Flow::ContractsSigned);
                self.tally.count(FLOWS[channel as usize]);
                self.tally.shift(Stock::Contract, 1);
                self.count_where_signed(common, row, contract);
                self.put_person(self.today, Kind::Enlist, row, 0);
            }
            Party::Company => {
                self.goes_away(row, Status::Company);
                self.count_for(common, row, Flow::CompanyContracts);
                self.tally.shift(Stock::Company, 1);
            }
        }
        self.expect_end(common, row, contract);
    }

    /// Counts the contract for the region in which it is signed: his own, or another one that pays more.
    fn count_where_signed(&mut self, common: &Common<'_>, row: u32, contract: u8) {
        let setting = &common.settings.contracts[usize::from(contract)];
        let gaps = common.settings.bonuses.gaps(self.region, common.run_day(self.today));
        let key = DrawKey::of_world(self.id(row), Decision::SignsElsewhere, setting.number);
        let chance = setting.elsewhere(gaps.iter().copied().max().unwrap_or(0));
        let goes = common.hits(key.alternative(u8::MAX), chance);
        let elsewhere = if goes { common.draws.choose(key, &gaps) } else { None };
        if elsewhere.is_some() {
            self.count_for(common, row, Flow::ContractsSignedElsewhere);
        }
        let counts = |quota: &crate::settings::contract::QuotaSetting| (quota.from..=quota.until).contains(&self.today);
        if common.settings.quota.as_ref().is_some_and(counts) {
            let region = elsewhere.map_or(self.region, |region| region as u16);
            *self.signed_in.entry(region).or_default() += 1;
        }
    }

    /// Sets the day on which the contract ends, or on which he leaves it while he can.
    fn expect_end(&mut self, common: &Common<'_>, row: u32, contract: u8) {
        let setting = &common.settings.contracts[usize::from(contract)];
        let key = DrawKey::of_world(self.id(row), Decision::ContractLeft, setting.number);
        let served = |(_, returns): &(u16, _)| common.hits(DrawKey { decision: Decision::TermServed, ..key }, *returns);
        let term = setting.term.filter(served).map(|(days, _)| (self.after(days), 0));
        let leaving = setting.leaving.and_then(|(until, daily)| {
            let days = common.draws.budget(key).days_at(daily)?.saturating_add(1);
            let day = self.after(u16::try_from(days).ok()?);
            (day <= until).then_some((day, 1))
        });
        // Only the earlier of the two: the other one would end his next contract.
        if let Some((day, because)) = term.into_iter().chain(leaving).min() {
            self.put_person(day, Kind::ContractEnds, row, because);
        }
    }

    /// He has entered the forces: every open matter of his hears of it.
    pub fn enlist(&mut self, common: &Common<'_>, row: u32) {
        for slot in self.matters_of(row) {
            if self.awaits_dispatch(slot) {
                // He serves, but not on this call-up.
                self.drop_call_up(slot);
            }
            self.clear(slot, flag::WAITS);
            self.raise(common, slot, Event::Dispatched, Cause::Assumption(Assumption::Contracts));
            self.close_if_over(common, slot);
        }
    }

    /// A contract ends: 0 because its term is over, 1 because he leaves it. He is a civilian again.
    pub fn end_contract(&mut self, common: &Common<'_>, row: u32, because: u16) {
        let (stock, flow) = match self.standings[row as usize].status {
            Status::Contract => (Stock::Contract, Flow::ContractsLeft),
            Status::Company => (Stock::Company, Flow::CompanyReturned),
            _ => return,
        };
        self.tally.count(flow);
        self.tally.shift(stock, -1);
        let detail = because | u16::from(stock == Stock::Company) << 1;
        self.note_person(common, row, What::ContractEnded, detail, Assumption::Contracts);
        self.standings[row as usize].status = Status::Civilian;
        self.is_in_reach_again(common, row);
    }
}
