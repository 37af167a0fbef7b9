//! The contract campaign made ready: who would ever sign, hazards of signing by channel, region and week, bonuses by day, quotas.
//!
//! Whatever changes from week to week but the effort of offices is known before the run. This file knows no person and no district.

use crate::alarm::Alarm;
use crate::people::AgeTable;
use crate::random::{Hazard, Probability};
use crate::scenario::contract::{Bonus, BonusKind, Channel, Contract, Party};
use callup_law::calendar::Day;
use callup_law::program::Offset;

/// Days of a week.
const WEEK: usize = 7;
/// Days of a month on the average.
const DAYS_PER_MONTH: f64 = 30.4375;
/// Effort as usual, in thousandths.
pub const USUAL_EFFORT: u32 = 1000;
/// Roubles at which the share of those who sign elsewhere is given.
const MILLION: u64 = 1_000_000;

/// What a bonus is in every region on every day of the run, roubles.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bonuses(Vec<Vec<u32>>);

impl Bonuses {
    /// From rows in any order. A region of which no row has begun has the average of those.
    #[must_use]
    pub fn new(rows: &[Bonus], regions: &[String], start: Day, days: u16) -> Bonuses {
        let latest = |kind: BonusKind, region: Option<&String>, today: Day| {
            let fits = |row: &&Bonus| {
                row.kind == kind && row.from <= today && region.is_none_or(|region| row.region == *region)
            };
            rows.iter().filter(fits).max_by_key(|row| row.from).map(|row| row.roubles)
        };
        let on = |region: &String, today: Day| {
            let own = latest(BonusKind::Regional, Some(region), today);
            let own = own.or_else(|| latest(BonusKind::Average, None, today)).unwrap_or(0);
            own.saturating_add(latest(BonusKind::Federal, None, today).unwrap_or(0))
        };
        let of_region = |region| (0..i32::from(days)).map(|day| on(region, start.plus_days(day))).collect();
        Bonuses(regions.iter().map(of_region).collect())
    }

    /// Federal and regional bonus together in a region on a day of the run, roubles.
    #[must_use]
    pub fn on(&self, region: u16, run_day: usize) -> u32 {
        self.0.get(usize::from(region)).and_then(|days| days.get(run_day)).copied().unwrap_or(0)
    }

    /// By how much every region's bonus of a day is above that of one region, thousands of roubles.
    #[must_use]
    pub fn gaps(&self, region: u16, run_day: usize) -> Vec<u32> {
        let own = self.on(region, run_day);
        (0..self.0.len() as u16).map(|other| self.on(other, run_day).saturating_sub(own) / 1000).collect()
    }
}

/// A contract on offer.
#[derive(Clone, Debug)]
pub struct ContractSetting {
    /// What it is to chance.
    pub number: u32,
    /// With whom.
    pub party: Party,
    /// First day.
    pub from: Offset,
    /// Last day.
    pub until: Offset,
    /// Share of those who would ever sign, by completed age and class: 1 for students, 2 for those who work, 4 for the trained, added up.
    willing: Vec<[Probability; CLASSES]>,
    /// The largest of them by age.
    most_willing: Vec<Probability>,
    /// Hazard of each week of the run at the usual effort, by channel and region.
    hazards: Vec<Vec<Vec<u64>>>,
    /// Days from signing to the end, and the share of those who come home then.
    pub term: Option<(u16, Probability)>,
    /// Last day on which it can be left, and the hazard of leaving a day.
    pub leaving: Option<(Offset, Hazard)>,
    /// Share of those who sign elsewhere at a gap of a million roubles, in units of 2^-32.
    elsewhere: u64,
}

/// Classes of circumstances.
const CLASSES: usize = 8;

impl ContractSetting {
    /// Chance that a man of this completed age and class would ever sign.
    #[must_use]
    pub fn willing(&self, age: i32, class: usize) -> Probability {
        let ages = usize::try_from(age).ok().and_then(|age| self.willing.get(age));
        ages.map_or(Probability::NEVER, |classes| classes[class % CLASSES])
    }

    /// The largest of these chances at this age and the one before it.
    #[must_use]
    pub fn most_willing(&self, age: i32) -> Probability {
        let of = |age: i32| usize::try_from(age).ok().and_then(|age| self.most_willing.get(age)).copied();
        of(age).into_iter().chain(of(age - 1)).max().unwrap_or(Probability::NEVER)
    }

    /// Hazard of a week by a channel in a region at an effort in thousandths.
    #[must_use]
    pub fn hazard(&self, channel: usize, region: u16, week: usize, effort: u32) -> u64 {
        let weeks = self.hazards.get(channel).and_then(|regions| regions.get(usize::from(region)));
        let usual = weeks.and_then(|weeks| weeks.get(week)).copied().unwrap_or(0);
        (u128::from(usual) * u128::from(effort) / u128::from(USUAL_EFFORT)).min(u128::from(u64::MAX / 4)) as u64
    }

    /// The most that can accumulate over the run at an effort that is never exceeded.
    #[must_use]
    pub fn most(&self, channel: usize, region: u16, effort: u32) -> Hazard {
        let weeks = self.hazards.get(channel).and_then(|regions| regions.get(usize::from(region)));
        let weeks = weeks.map_or(0, Vec::len);
        (0..weeks).fold(Hazard::ZERO, |sum, week| sum.plus(Hazard(self.hazard(channel, region, week, effort))))
    }

    /// Whether the effort of offices moves it.
    #[must_use]
    pub fn follows_effort(&self) -> bool {
        self.party == Party::Ministry
    }

    /// Chance of signing elsewhere where that pays so many thousand roubles more at best.
    #[must_use]
    pub fn elsewhere(&self, gap_thousands: u32) -> Probability {
        let share = u128::from(self.elsewhere) * u128::from(gap_thousands) * 1000 / u128::from(MILLION);
        Probability::clamped(share.min(1 << 32) as f64 / (1_u64 << 32) as f64)
    }
}

/// What contracts are made of, besides the contract itself.
#[derive(Clone, Copy, Debug)]
pub struct Surroundings<'s> {
    /// Offset of its first day.
    pub from: Offset,
    /// Of its last.
    pub until: Offset,
    /// Of the last day on which it can be left.
    pub left_until: Offset,
    /// Offset of the first day of the run.
    pub first: Offset,
    /// Days of the run.
    pub days: u16,
    /// How many regions.
    pub regions: usize,
    /// Alarm.
    pub alarm: &'s Alarm,
    /// Bonuses.
    pub bonuses: &'s Bonuses,
}

impl ContractSetting {
    /// Makes a contract ready. Its numbers have been checked: not below 0, and what it divides by is above.
    #[must_use]
    pub fn new(contract: &Contract, around: &Surroundings<'_>) -> ContractSetting {
        let factors = [&contract.student_factor, &contract.works_factor, &contract.trained_factor].map(|one| one.value);
        let willing: Vec<[Probability; CLASSES]> =
            (0..=120).map(|age| of_classes(&contract.willing, age, factors)).collect();
        let most = |classes: &[Probability; CLASSES]| classes.iter().copied().max().unwrap_or(Probability::NEVER);
        let by_channel = |channel: Channel| {
            let of_use = |used: &&crate::scenario::contract::ChannelUse| used.channel == channel;
            let daily: f64 = contract
                .channels
                .iter()
                .filter(of_use)
                .map(|used| -libm::log1p(-(used.reach.value * used.conversion.value).clamp(0.0, 0.999_999)))
                .sum();
            (0..around.regions as u16).map(|region| weeks(contract, around, daily, region)).collect()
        };
        ContractSetting {
            number: contract.chance_number(),
            party: contract.party,
            from: around.from,
            until: around.until,
            most_willing: willing.iter().map(most).collect(),
            willing,
            hazards: Channel::ALL.into_iter().map(by_channel).collect(),
            term: contract.term.as_ref().map(|term| (term.days.max(1), term.returns.probability())),
            leaving: contract
                .leaving
                .as_ref()
                .map(|leaving| (around.left_until, Hazard::of_daily(leaving.leaves_daily.probability()))),
            elsewhere: (contract.elsewhere.value.clamp(0.0, 1.0) * (1_u64 << 32) as f64) as u64,
        }
    }
}

/// Shares of those who would ever sign at an age, by class.
fn of_classes(willing: &AgeTable, age: u8, [student, works, trained]: [f64; 3]) -> [Probability; CLASSES] {
    let share = willing.at(age).share();
    let of = |class: usize| {
        let factor = |bit: usize, factor: f64| if class & bit != 0 { factor } else { 1.0 };
        Probability::clamped(share * factor(1, student) * factor(2, works) * factor(4, trained))
    };
    std::array::from_fn(of)
}

/// Hazard of each week of the run in a region at the usual effort, of a channel with so much a day at the reference.
fn weeks(contract: &Contract, around: &Surroundings<'_>, daily: f64, region: u16) -> Vec<u64> {
    let days: Vec<usize> = (0..usize::from(around.days)).collect();
    let of_day = |day: &usize| {
        let offset = around.first + *day as Offset;
        if daily <= 0.0 || !(around.from..=around.until).contains(&offset) {
            return 0;
        }
        let bonus = if contract.has_bonus { f64::from(around.bonuses.on(region, *day)) } else { 0.0 };
        let a_month = contract.pay.value
            + contract.benefits.value
            + bonus * DAYS_PER_MONTH / contract.bonus_spread_days.value.max(1.0);
        let ratio = a_month / contract.income.value.max(1.0) / contract.reference.value.max(1e-6);
        let alarm = around.alarm.willingness.at(around.alarm.index(region, *day)) as f64 / 1000.0;
        Hazard::of_rate((daily * libm::pow(ratio, contract.response.value) * alarm).min(20.0)).0
    };
    days.chunks(WEEK).map(|week| week.iter().map(of_day).sum()).collect()
}

/// The quota of a run.
#[derive(Clone, Debug)]
pub struct QuotaSetting {
    /// Contracts wanted in the country, at the scale of the run.
    pub number: u64,
    /// By region where known.
    pub regions: Vec<Option<u64>>,
    /// First day that counts.
    pub from: Offset,
    /// Last day.
    pub until: Offset,
    /// Days from the first to the last, both counted, whether the run has them or not.
    pub length_days: u32,
    /// Days of them before the run; what was planned for them is taken as signed.
    pub days_before: u32,
    /// Ages of the men by whom the rest is split.
    pub ages: [u8; 2],
    /// By how much effort grows for a lag of 1, in thousandths.
    pub gain: u64,
    /// The most that effort grows to, in thousandths.
    pub limit: u32,
}

impl QuotaSetting {
    /// Effort at a lag in thousandths.
    #[must_use]
    pub fn effort(&self, lag: u64) -> u32 {
        let effort = u128::from(USUAL_EFFORT) + u128::from(self.gain) * u128::from(lag) / 1000;
        effort.clamp(u128::from(USUAL_EFFORT), u128::from(self.limit.max(USUAL_EFFORT))) as u32
    }

    /// How much of a number is planned from the first day of the run to the end of a day.
    #[must_use]
    pub fn plan(&self, number: u64, day: Offset) -> u64 {
        if day < self.from || self.until < self.from {
            return 0;
        }
        let passed = u64::from(day.min(self.until) - self.from) + 1;
        let before = u64::from(self.days_before);
        let by = |days: u64| {
            u128::from(number) * u128::from(days.min(self.length_days.into())) / u128::from(self.length_days.max(1))
        };
        (by(before + passed) - by(before)) as u64
    }
}
