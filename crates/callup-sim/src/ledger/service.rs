//! Those serving (M15): intake, training, equipment, deployment, rotation, losses, the end of the term; and leaving the unit beside them.
//!
//! Men are numbers in cohorts, whole at every step: who comes in is somewhere until he goes out, which a test counts. Losses and the number to be
//! deployed are series from outside. No person is known here.

use super::credit::{Credit, Rate, in_proportion};
use super::leaving::Courts;
use super::{Flows, Frame, Movement, Status, step_at};
use crate::scenario::ledgers::{IntakeBefore, Rotation, Service};
use callup_law::calendar::Day;
use std::collections::VecDeque;

/// Kinds of men who serve.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Kind {
    /// Serving a term.
    Conscript,
    /// On contract with the ministry.
    Contract,
    /// Mobilised.
    Mobilised,
    /// On contract with the company.
    Company,
}

impl Kind {
    /// All, in order.
    pub const ALL: [Kind; 4] = [Kind::Conscript, Kind::Contract, Kind::Mobilised, Kind::Company];

    /// How tables write it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Kind::Conscript => "conscript",
            Kind::Contract => "contract",
            Kind::Mobilised => "mobilised",
            Kind::Company => "company",
        }
    }

    /// Flow of the daily table by which men of this kind come in.
    const fn intake(self) -> &'static str {
        match self {
            Kind::Conscript => "dispatched",
            Kind::Contract => "contracts_signed",
            Kind::Mobilised => "mobilised",
            Kind::Company => "company_contracts",
        }
    }

    /// Flow by which the run takes men out again; conscripts go by their term as well.
    const fn release(self) -> &'static str {
        match self {
            Kind::Conscript => "dispatched_returned",
            Kind::Contract => "contracts_left",
            Kind::Mobilised => "mobilised_returned",
            Kind::Company => "company_returned",
        }
    }
}

const KINDS: usize = Kind::ALL.len();

/// Men by kind.
pub type ByKind = [u64; KINDS];

/// What stands at a day's end and what happened on it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ServiceDay {
    /// By status and kind.
    pub stocks: [ByKind; Status::ALL.len()],
    /// By movement and kind.
    pub moved: [ByKind; Movement::ALL.len()],
    /// Posts.
    pub establishment: u64,
    /// Places for training.
    pub training_places: u64,
    /// Cases brought, verdicts, suspended ones; pending ones.
    pub courts: [u64; 4],
}

impl ServiceDay {
    /// Men of the ministry serving.
    #[must_use]
    pub fn of_the_ministry(&self) -> u64 {
        let kinds = [Kind::Conscript, Kind::Contract, Kind::Mobilised];
        self.stocks.iter().map(|stock| kinds.iter().map(|kind| stock[*kind as usize]).sum::<u64>()).sum()
    }
}

/// A number of men since or until a day of the run, which may lie before its first.
type Cohorts = VecDeque<(i64, u64)>;

/// The forces on one day.
#[derive(Debug)]
struct Forces<'s> {
    service: &'s Service,
    scale: f64,
    start: Day,
    office_days: [bool; 7],
    /// Waiting for a place, in the order of their coming: kind and number.
    to_train: VecDeque<(Kind, u64)>,
    /// By kind, until which day.
    training: [Cohorts; KINDS],
    /// Waiting for equipment, in the order of their coming.
    to_equip: VecDeque<(Kind, u64)>,
    equipment: u64,
    equipment_credit: Credit,
    in_unit: ByKind,
    /// By kind, until which day.
    resting: [Cohorts; KINDS],
    /// By kind, since which day.
    deployed: [Cohorts; KINDS],
    /// Conscripts by the day after their last.
    terms: Cohorts,
    dead: Credit,
    disabled: Credit,
    courts: Option<Courts<'s>>,
    today: ServiceDay,
}

/// The ledger of those serving, day by day.
#[must_use]
pub fn keep(service: &Service, frame: &Frame<'_>, flows: &Flows<'_>) -> Vec<ServiceDay> {
    let mut forces = Forces::new(service, frame);
    (0..flows.days()).map(|day| forces.live(day, flows)).collect()
}

impl<'s> Forces<'s> {
    fn new(service: &'s Service, frame: &Frame<'_>) -> Forces<'s> {
        let scale = frame.scale;
        let mut forces = Forces {
            service,
            scale,
            start: frame.start,
            office_days: frame.office_days,
            to_train: VecDeque::new(),
            training: Default::default(),
            to_equip: VecDeque::new(),
            equipment: scaled(service.equipment_at_start.value, scale),
            equipment_credit: Credit::default(),
            in_unit: [0; KINDS],
            resting: Default::default(),
            deployed: Default::default(),
            terms: VecDeque::new(),
            dead: Credit::default(),
            disabled: Credit::default(),
            courts: service.leaving.as_ref().map(|leaving| Courts::new(leaving, scale)),
            today: ServiceDay::default(),
        };
        for (kind, at_start) in
            [(Kind::Contract, &service.contract_at_start), (Kind::Mobilised, &service.mobilised_at_start)]
        {
            let all = scaled(at_start.value, scale);
            let deployed = scaled(at_start.value * service.deployed_at_start.value, scale).min(all);
            forces.in_unit[kind as usize] = all - deployed;
            forces.deployed[kind as usize].push_back((0, deployed));
        }
        for intake in &service.intakes_before {
            forces.take_in_before(intake);
        }
        forces
    }

    /// Men dispatched before the run, who are in their units and leave when their term is over.
    fn take_in_before(&mut self, intake: &IntakeBefore) {
        let days = u64::try_from(intake.until.days_since(intake.from) + 1).unwrap_or(0);
        let all = scaled(intake.persons.value, self.scale);
        for day in 0..days {
            let men = all * (day + 1) / days - all * day / days;
            let dispatched = i64::from(intake.from.plus_days(day as i32).days_since(self.start));
            let ends = dispatched + self.term_days();
            if ends > 0 {
                self.in_unit[Kind::Conscript as usize] += men;
                self.terms.push_back((ends, men));
            }
        }
        // Intakes need not stand in order of their days.
        self.terms.make_contiguous().sort_unstable();
    }

    fn term_days(&self) -> i64 {
        self.service.term_days.whole() as i64
    }

    fn live(&mut self, day: usize, flows: &Flows<'_>) -> ServiceDay {
        let today = day as i64;
        let date = self.start.plus_days(day as i32);
        self.today = ServiceDay::default();
        self.take_in(day, flows);
        self.end_terms(today);
        self.release(day, flows);
        self.end_training(today);
        self.begin_training(today);
        self.equip();
        self.lose(date);
        self.rotate(today, date);
        self.leave_and_return(today, date);
        self.deploy(today, date);
        self.close(date)
    }

    fn count(&mut self, movement: Movement, kind: Kind, men: u64) {
        self.today.moved[movement as usize][kind as usize] += men;
    }

    fn take_in(&mut self, day: usize, flows: &Flows<'_>) {
        for kind in Kind::ALL {
            let men = flows.national(kind.intake(), day);
            self.count(Movement::TakenIn, kind, men);
            match kind {
                Kind::Company => self.train(kind, men, day as i64),
                _ if men > 0 => self.to_train.push_back((kind, men)),
                _ => {}
            }
            if kind == Kind::Conscript && men > 0 {
                self.terms.push_back((day as i64 + self.term_days(), men));
            }
        }
    }

    /// Conscripts whose term is over go home from wherever they are.
    fn end_terms(&mut self, today: i64) {
        let men = take_due(&mut self.terms, today);
        let gone = self.take(Kind::Conscript, men);
        self.count(Movement::Discharged, Kind::Conscript, gone);
    }

    /// Men whom the run takes out of service; of those who are lost here already there are none to take.
    fn release(&mut self, day: usize, flows: &Flows<'_>) {
        for kind in Kind::ALL {
            let gone = self.take(kind, flows.national(kind.release(), day));
            if kind == Kind::Conscript {
                take_last(&mut self.terms, gone);
            }
            self.count(Movement::Discharged, kind, gone);
        }
    }

    /// Takes men of a kind out: from the unit, from rest, from what waits, from training, last those longest deployed.
    fn take(&mut self, kind: Kind, men: u64) -> u64 {
        let place = kind as usize;
        let mut left = men;
        let from_unit = left.min(self.in_unit[place]);
        self.in_unit[place] -= from_unit;
        left -= from_unit;
        left -= take_some(&mut self.resting[place], left);
        left -= take_waiting(&mut self.to_equip, kind, left);
        left -= take_some(&mut self.training[place], left);
        left -= take_waiting(&mut self.to_train, kind, left);
        left -= take_some(&mut self.deployed[place], left);
        men - left
    }

    fn train(&mut self, kind: Kind, men: u64, today: i64) {
        if men > 0 {
            let days = self.service.training_days[kind as usize].whole() as i64;
            self.training[kind as usize].push_back((today + days, men));
            self.count(Movement::TrainingBegun, kind, men);
        }
    }

    fn end_training(&mut self, today: i64) {
        for kind in Kind::ALL {
            let men = take_due(&mut self.training[kind as usize], today);
            self.count(Movement::Trained, kind, men);
            match kind {
                // The company equips its own.
                Kind::Company => self.in_unit[kind as usize] += men,
                _ if men > 0 => self.to_equip.push_back((kind, men)),
                _ => {}
            }
        }
    }

    /// Places go to those who have waited longest.
    fn begin_training(&mut self, today: i64) {
        let places = scaled(self.service.training_places.value, self.scale);
        let taken: u64 = [Kind::Conscript, Kind::Contract, Kind::Mobilised]
            .iter()
            .map(|kind| sum(&self.training[*kind as usize]))
            .sum();
        for (kind, men) in take_first(&mut self.to_train, places.saturating_sub(taken)) {
            self.train(kind, men, today);
        }
        self.today.training_places = places;
    }

    fn equip(&mut self) {
        self.equipment += self.equipment_credit.draw(Rate::new(self.service.equipment_per_day.value * self.scale));
        for (kind, men) in take_first(&mut self.to_equip, self.equipment) {
            self.equipment -= men;
            self.in_unit[kind as usize] += men;
            self.count(Movement::Equipped, kind, men);
        }
    }

    /// Losses strike those deployed in proportion, by kind and by how long they are there.
    fn lose(&mut self, date: Day) {
        let dead = self.dead.draw(Rate::new(step_at(&self.service.dead_per_day, date) * self.scale));
        let disabled = self.disabled.draw(Rate::new(step_at(&self.service.disabled_per_day, date) * self.scale));
        for (movement, men) in [(Movement::Dead, dead), (Movement::Disabled, disabled)] {
            let sizes = self.deployed.each_ref().map(sum);
            for (kind, men) in Kind::ALL.into_iter().zip(in_proportion(&sizes, men)) {
                let cohorts = &mut self.deployed[kind as usize];
                let lengths: Vec<u64> = cohorts.iter().map(|cohort| cohort.1).collect();
                for (cohort, lost) in cohorts.iter_mut().zip(in_proportion(&lengths, men)) {
                    cohort.1 -= lost;
                }
                self.count(movement, kind, men);
            }
        }
    }

    fn rotate(&mut self, today: i64, date: Day) {
        for kind in Kind::ALL {
            self.in_unit[kind as usize] += take_due(&mut self.resting[kind as usize], today);
        }
        let Some(Rotation { from, deployed_days, rest_days }) = &self.service.rotation else { return };
        if date < *from {
            return;
        }
        // The company's men stay for their contract.
        for kind in [Kind::Contract, Kind::Mobilised] {
            let since = today - deployed_days.whole() as i64;
            let men = take_due(&mut self.deployed[kind as usize], since);
            if men > 0 {
                self.resting[kind as usize].push_back((today + rest_days.whole() as i64, men));
                self.count(Movement::Relieved, kind, men);
            }
        }
    }

    /// Men on contract and mobilised leave their units; those come back who are suspended or against whom no case is brought.
    fn leave_and_return(&mut self, today: i64, date: Day) {
        let Some(mut courts) = self.courts.take() else { return };
        let kinds = [Kind::Contract, Kind::Mobilised];
        let serving = kinds.map(|kind| self.in_unit[kind as usize] + sum(&self.deployed[kind as usize]));
        let leaving = courts.leaving(serving.iter().sum());
        for (kind, men) in kinds.into_iter().zip(in_proportion(&serving, leaving)) {
            let place = kind as usize;
            let parts = in_proportion(&[self.in_unit[place], sum(&self.deployed[place])], men);
            self.in_unit[place] -= parts[0];
            take_some(&mut self.deployed[place], parts[1]);
            self.count(Movement::LeftUnit, kind, men);
            courts.take_in(kind, men, today);
        }
        let sits = self.office_days[date.weekday() as usize];
        courts.work(today, date, sits);
        for kind in kinds {
            let back = courts.returned(kind);
            self.in_unit[kind as usize] += back;
            self.count(Movement::CameBack, kind, back);
            self.count(Movement::Convicted, kind, courts.convicted(kind));
            self.today.stocks[Status::Absent as usize][kind as usize] = courts.absent(kind);
        }
        self.today.courts = courts.counts();
        self.courts = Some(courts);
    }

    fn deploy(&mut self, today: i64, date: Day) {
        let kinds = [Kind::Contract, Kind::Mobilised];
        let there: u64 = kinds.iter().map(|kind| sum(&self.deployed[*kind as usize])).sum();
        let wanted = scaled(step_at(&self.service.deployment, date), self.scale).saturating_sub(there);
        let ready = kinds.map(|kind| self.in_unit[kind as usize]);
        let parts = in_proportion(&ready, wanted);
        let company = self.in_unit[Kind::Company as usize];
        for (kind, men) in [(kinds[0], parts[0]), (kinds[1], parts[1]), (Kind::Company, company)] {
            if men > 0 {
                self.in_unit[kind as usize] -= men;
                self.deployed[kind as usize].push_back((today, men));
                self.count(Movement::Deployed, kind, men);
            }
        }
    }

    /// The stocks at the day's end.
    fn close(&mut self, date: Day) -> ServiceDay {
        let mut day = std::mem::take(&mut self.today);
        for kind in Kind::ALL {
            let place = kind as usize;
            let waiting = |line: &VecDeque<(Kind, u64)>| line.iter().filter(|one| one.0 == kind).map(|one| one.1).sum();
            day.stocks[Status::WaitingToTrain as usize][place] = waiting(&self.to_train);
            day.stocks[Status::Training as usize][place] = sum(&self.training[place]);
            day.stocks[Status::WaitingForEquipment as usize][place] = waiting(&self.to_equip);
            day.stocks[Status::InUnit as usize][place] = self.in_unit[place];
            day.stocks[Status::Resting as usize][place] = sum(&self.resting[place]);
            day.stocks[Status::Deployed as usize][place] = sum(&self.deployed[place]);
            self.deployed[place].retain(|cohort| cohort.1 > 0);
        }
        day.establishment = scaled(step_at(&self.service.establishment, date), self.scale);
        day
    }
}

/// A number of the nation at the scale of the run, rounded to the nearest.
#[must_use]
pub fn scaled(number: f64, scale: f64) -> u64 {
    libm::round((number * scale).max(0.0)) as u64
}

fn sum(cohorts: &Cohorts) -> u64 {
    cohorts.iter().map(|cohort| cohort.1).sum()
}

/// Takes out all cohorts of this day or before.
fn take_due(cohorts: &mut Cohorts, day: i64) -> u64 {
    let mut men = 0;
    while let Some(cohort) = cohorts.front().filter(|cohort| cohort.0 <= day) {
        men += cohort.1;
        cohorts.pop_front();
    }
    men
}

/// Takes out so many, the earliest first; all if there are fewer. How many they were.
fn take_some(cohorts: &mut Cohorts, wanted: u64) -> u64 {
    let mut left = wanted;
    while let Some(cohort) = cohorts.front_mut().filter(|_| left > 0) {
        let some = left.min(cohort.1);
        (cohort.1, left) = (cohort.1 - some, left - some);
        if cohort.1 == 0 {
            cohorts.pop_front();
        }
    }
    wanted - left
}

/// Takes out so many, the latest first: who comes home on a remedy was dispatched not long ago, and no term of his is to end any more.
fn take_last(cohorts: &mut Cohorts, wanted: u64) {
    let mut left = wanted;
    while let Some(cohort) = cohorts.back_mut().filter(|_| left > 0) {
        let some = left.min(cohort.1);
        (cohort.1, left) = (cohort.1 - some, left - some);
        if cohort.1 == 0 {
            cohorts.pop_back();
        }
    }
}

/// Takes so many off the head of a line.
fn take_first(line: &mut VecDeque<(Kind, u64)>, places: u64) -> Vec<(Kind, u64)> {
    let mut taken = Vec::new();
    let mut left = places;
    while let Some(head) = line.front_mut().filter(|_| left > 0) {
        let some = left.min(head.1);
        taken.push((head.0, some));
        (head.1, left) = (head.1 - some, left - some);
        if head.1 == 0 {
            line.pop_front();
        }
    }
    taken
}

/// Takes so many of a kind out of a line.
fn take_waiting(line: &mut VecDeque<(Kind, u64)>, kind: Kind, wanted: u64) -> u64 {
    let mut left = wanted;
    for one in line.iter_mut().filter(|one| one.0 == kind) {
        let some = left.min(one.1);
        (one.1, left) = (one.1 - some, left - some);
    }
    line.retain(|one| one.1 > 0);
    wanted - left
}
