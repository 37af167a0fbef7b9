//! The contract campaign as a scenario chooses it (M10, M11, M14) and the quotas it works to (M12): pools, channels, pay, bonuses, plans.
//!
//! Channels are rates and nothing else: no advertisement, list or call is modelled. This file knows no day of a run.

use super::{Basis, Parameter};
use crate::people::AgeTable;
use callup_law::calendar::Day;

/// Most contracts on offer in a run.
pub const CONTRACTS_MAX: usize = 16;

/// A way in which men hear of a contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Channel {
    /// Posters and leaflets.
    Posters,
    /// Advertising on screens, in print and on the net.
    Advertising,
    /// Calls by telephone.
    ColdCalls,
    /// Universities and colleges: reaches only those who study.
    PlacesOfStudy,
    /// Employment and social services: reaches only those who neither study nor work.
    EmploymentServices,
    /// Sites of vacancies.
    Vacancies,
    /// Mobile points of selection.
    MobilePoints,
    /// A visit to the office.
    OfficeVisit,
}

/// How many channels there are.
pub const CHANNELS: usize = 8;

impl Channel {
    /// All of them, in order.
    pub const ALL: [Channel; CHANNELS] = [
        Channel::Posters,
        Channel::Advertising,
        Channel::ColdCalls,
        Channel::PlacesOfStudy,
        Channel::EmploymentServices,
        Channel::Vacancies,
        Channel::MobilePoints,
        Channel::OfficeVisit,
    ];

    /// The word of the scenario.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Channel::Posters => "posters",
            Channel::Advertising => "advertising",
            Channel::ColdCalls => "cold_calls",
            Channel::PlacesOfStudy => "places_of_study",
            Channel::EmploymentServices => "employment_services",
            Channel::Vacancies => "vacancies",
            Channel::MobilePoints => "mobile_points",
            Channel::OfficeVisit => "office_visits",
        }
    }
}

/// With whom a contract is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Party {
    /// The ministry of defence; its contracts fill quotas and carry bonuses.
    Ministry,
    /// A private company.
    Company,
}

/// A channel in use.
#[derive(Clone, Debug, PartialEq)]
pub struct ChannelUse {
    /// Which.
    pub channel: Channel,
    /// Chance a day that a willing man within its reach is reached.
    pub reach: Parameter,
    /// Chance that one who is reached signs, at the reference of pay, in calm and without extra effort.
    pub conversion: Parameter,
}

/// Until when, and how fast, men leave a contract of their own will.
#[derive(Clone, Debug, PartialEq)]
pub struct Leaving {
    /// Last day on which it can be left.
    pub until: Day,
    /// Chance a day that a man leaves it while he can.
    pub leaves_daily: Parameter,
}

/// A contract with an end.
#[derive(Clone, Debug, PartialEq)]
pub struct Term {
    /// Days from signing to its end.
    pub days: u16,
    /// Share of those who signed who come home at its end.
    pub returns: Parameter,
    /// Where the length was read.
    pub basis: Basis,
}

/// A contract on offer.
#[derive(Clone, Debug, PartialEq)]
pub struct Contract {
    /// Name; its chance follows from it.
    pub name: String,
    /// With whom.
    pub party: Party,
    /// Who offered it, and where that was read.
    pub basis: Basis,
    /// First day.
    pub from: Day,
    /// Last day; `None` for the end of the run.
    pub until: Option<Day>,
    /// Share of men of each completed age on the first day of the run who would ever sign, of those who neither study, work nor are trained.
    pub willing: AgeTable,
    /// Factor on that share for those who study.
    pub student_factor: Parameter,
    /// For those who work.
    pub works_factor: Parameter,
    /// For those who have served or are in the reserve.
    pub trained_factor: Parameter,
    /// Pay a month, roubles.
    pub pay: Parameter,
    /// What benefits are worth a month, roubles.
    pub benefits: Parameter,
    /// Months over which a bonus is counted as pay, in days.
    pub bonus_spread_days: Parameter,
    /// Income a month that pay is held against, roubles, the same in every region.
    pub income: Parameter,
    /// Ratio of pay (with benefits and bonus) to income at which conversions are given.
    pub reference: Parameter,
    /// Exponent of the ratio over the reference.
    pub response: Parameter,
    /// Whether the bonuses of the tables are paid on it.
    pub has_bonus: bool,
    /// Its end; `None` where it has none.
    pub term: Option<Term>,
    /// Whether it can be left; `None` if never.
    pub leaving: Option<Leaving>,
    /// Channels in use.
    pub channels: Vec<ChannelUse>,
    /// Share of signers who sign in another region if that pays a million roubles more; in between and above in proportion.
    pub elsewhere: Parameter,
}

/// What a bonus is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BonusKind {
    /// Paid by the centre everywhere.
    Federal,
    /// Paid by a region of which nothing else is known.
    Average,
    /// Paid by one region.
    Regional,
}

/// A bonus from a day on, until the next of its kind and region.
#[derive(Clone, Debug, PartialEq)]
pub struct Bonus {
    /// What it is.
    pub kind: BonusKind,
    /// ISO code of the region, of the others that of the country.
    pub region: String,
    /// First day.
    pub from: Day,
    /// Roubles.
    pub roubles: u32,
}

/// A number of contracts that the centre wants by a day.
#[derive(Clone, Debug, PartialEq)]
pub struct Quota {
    /// How many in the country.
    pub number: u32,
    /// Where the number was read.
    pub source: String,
    /// Numbers of regions where they are known; the rest is split by men of the ages.
    pub regions: Vec<(String, u32)>,
    /// First day that counts.
    pub from: Day,
    /// Last day.
    pub until: Day,
    /// Ages of the men by whom the rest is split, among regions and within them.
    pub ages: [u8; 2],
    /// By how much effort grows, for each unit of lag: nothing signed is a lag of 1.
    pub gain: Parameter,
    /// The most that effort grows to.
    pub limit: Parameter,
}
