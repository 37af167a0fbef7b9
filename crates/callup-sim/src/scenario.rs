//! Every choice of a run, checked: what happens, what offices do and how people answer. No default stands here; the baseline is a file.
//!
//! Statutory constants are not here (they are law). A number about people or offices is a [`Parameter`] with its range and basis.
//! This file knows no file format; `callup` reads TOML into it.

pub mod alarm;
pub mod check;
pub mod contract;
pub mod ledgers;
mod mobilisation;
mod recourse;

pub use mobilisation::{Cards, Category, Freeing, Mobilisation, Visit};
pub use recourse::{Against, Asks, Help, Objection, Recourse, Remedy};

use crate::people::PopulationParameters;
use crate::random::{DelayTable, Probability};
use crate::strata::StrataChoice;
use callup_law::calendar::Day;
use callup_law::program::Answers;
use callup_law::roles::{Event, MeasureKind, NoticeKind};
use std::collections::BTreeMap;

/// Most laws of a run: a byte numbers their programs, one for each law and kind of notice.
pub const LAWS_MAX: usize = 60;

/// A number with its range and where it comes from.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    /// The value used.
    pub value: f64,
    /// Lowest plausible value.
    pub low: f64,
    /// Highest plausible value.
    pub high: f64,
    /// Source or assumption.
    pub basis: Basis,
}

/// Where a number comes from.
#[derive(Clone, Debug, PartialEq)]
pub enum Basis {
    /// A citation.
    Source(String),
    /// An assumption, with its reason.
    Assumption(String),
}

impl Parameter {
    /// The value as a probability; a checked share is one already, products of factors are cut to 0 and 1.
    #[must_use]
    pub fn probability(&self) -> Probability {
        Probability::clamped(self.value)
    }

    /// The value as a whole number, rounded to the nearest; below 0 is 0.
    #[must_use]
    pub fn whole(&self) -> u64 {
        libm::round(self.value).max(0.0) as u64
    }

    /// The value in thousandths, rounded: for factors and rates in integer arithmetic.
    #[must_use]
    pub fn thousandths(&self) -> u64 {
        libm::round(self.value * 1000.0).max(0.0) as u64
    }
}

/// One line of the register of parameters that receipts and reports print: every parameter of the scenario, by its path in the file.
#[derive(Clone, Debug, PartialEq)]
pub struct ParameterRecord {
    /// Path, for example `response.appear_when_aware`.
    pub path: String,
    /// Unit, for example `share`, `days`, `per year`.
    pub unit: &'static str,
    /// The parameter.
    pub parameter: Parameter,
    /// File that set it (a scenario that extends another may override it).
    pub set_in: String,
}

/// A waiting time in whole days.
#[derive(Clone, Debug, PartialEq)]
pub enum Delay {
    /// Always the same.
    Fixed {
        /// Days.
        days: u16,
        /// Basis.
        basis: Basis,
    },
    /// Uniform on whole days, both ends included.
    Uniform {
        /// First.
        from_days: u16,
        /// Last.
        to_days: u16,
        /// Basis.
        basis: Basis,
    },
    /// Listed days with weights that sum to 1.
    Table {
        /// (days, weight), ascending.
        weights: Vec<(u16, f64)>,
        /// Basis.
        basis: Basis,
    },
}

impl Delay {
    /// Where it comes from.
    #[must_use]
    pub fn basis(&self) -> &Basis {
        match self {
            Delay::Fixed { basis, .. } | Delay::Uniform { basis, .. } | Delay::Table { basis, .. } => basis,
        }
    }

    /// What is wrong with it, in words.
    ///
    /// # Errors
    /// If the days do not ascend or the weights do not sum to 1 (within a thousandth, so that thirds can be written).
    pub fn check(&self) -> Result<(), String> {
        match self {
            Delay::Fixed { .. } => Ok(()),
            Delay::Uniform { from_days, to_days, .. } if from_days <= to_days => Ok(()),
            Delay::Uniform { from_days, to_days, .. } => {
                Err(format!("from_days = {from_days} comes after to_days = {to_days}"))
            }
            Delay::Table { weights, .. } => {
                DelayTable::new(weights).map_err(|error| error.to_string())?;
                let total: f64 = weights.iter().map(|pair| pair.1).sum();
                let off = libm::fabs(total - 1.0) > 0.001;
                if off { Err(format!("the weights sum to {total:.3}, not to 1")) } else { Ok(()) }
            }
        }
    }

    /// Mean, days.
    #[must_use]
    pub fn mean_days(&self) -> f64 {
        match self {
            Delay::Fixed { days, .. } => f64::from(*days),
            Delay::Uniform { from_days, to_days, .. } => (f64::from(*from_days) + f64::from(*to_days)) / 2.0,
            Delay::Table { weights, .. } => weights.iter().map(|(days, weight)| f64::from(*days) * weight).sum(),
        }
    }

    /// As a table of words, ready to be drawn from. A table that [`Delay::check`] refuses stands for 0 days.
    #[must_use]
    pub fn table(&self) -> DelayTable {
        match self {
            Delay::Fixed { days, .. } => DelayTable::fixed(*days),
            Delay::Uniform { from_days, to_days, .. } => DelayTable::uniform(*from_days, *to_days),
            Delay::Table { weights, .. } => DelayTable::new(weights).unwrap_or_else(|_| DelayTable::fixed(0)),
        }
    }
}

/// A checked scenario.
#[derive(Clone, Debug, PartialEq)]
pub struct Scenario {
    /// Name (the file's stem), part of the run folder's name.
    pub name: String,
    /// Title for people.
    pub title: String,
    /// What it is, in a few sentences.
    pub about: String,
    /// Seed of all chance.
    pub seed: u64,
    /// First day.
    pub start: Day,
    /// How many days.
    pub days: u16,
    /// People simulated for each real one, in (0, 1].
    pub scale: f64,
    /// Folder of population tables, for example `ru`.
    pub country: String,
    /// Which law governs matters opened from which day; ascending.
    pub laws: Vec<LawInForce>,
    /// Answers to the switches of those laws, by name.
    pub answers: Answers,
    /// Why each answer was chosen, by name of the switch.
    pub answer_bases: BTreeMap<String, Basis>,
    /// Conditions of the world, in order; the last that fits a region and day holds.
    pub conditions: Vec<ConditionSetting>,
    /// What people are like and what the register has of them.
    pub population: PopulationParameters,
    /// Districts and their offices.
    pub offices: Offices,
    /// How notices are given.
    pub channels: Vec<Channel>,
    /// How people read the portal.
    pub reading: Reading,
    /// How people answer.
    pub response: Response,
    /// Who carries measures out, and how late.
    pub agencies: Vec<Agency>,
    /// What the offices set going.
    pub campaigns: Vec<Campaign>,
    /// Ways of looking for those who have not come.
    pub searches: Vec<Search>,
    /// Acts that a law waits for and nothing sets off by itself; empty if nobody acts.
    pub proceedings: Vec<Proceeding>,
    /// The draft commissions.
    pub commission: Commission,
    /// Leaving the country.
    pub border: Border,
    /// Public alarm; `None` where nothing alarms.
    pub alarm: Option<alarm::Alarm>,
    /// Contracts on offer; empty where there are none.
    pub contracts: Vec<contract::Contract>,
    /// Bonuses paid on contracts, from the tables of the country.
    pub bonuses: Vec<contract::Bonus>,
    /// The number of contracts wanted; `None` where there is no plan.
    pub quota: Option<contract::Quota>,
    /// By what indicators are split.
    pub strata: StrataChoice,
    /// Valid reasons for not coming.
    pub valid_reason: ValidReason,
    /// Ledgers that are kept after the run.
    pub ledgers: ledgers::Ledgers,
    /// What offices do with those who come, and what people do about it.
    pub recourse: Recourse,
    /// Share of persons whose whole histories are written, chosen by a keyed draw.
    pub history_share: f64,
    /// Every parameter by path.
    pub register: Vec<ParameterRecord>,
}

impl Scenario {
    /// Last day.
    #[must_use]
    pub fn last_day(&self) -> Day {
        Day(self.start.0 + i32::from(self.days) - 1)
    }

    /// Place of a parameter in the register, by its path.
    #[must_use]
    pub fn parameter_index(&self, path: &str) -> Option<usize> {
        self.register.iter().position(|record| record.path == path)
    }
}

/// A law and the day from which it governs new matters in this run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LawInForce {
    /// Identifier of the law.
    pub id: String,
    /// First day.
    pub from: Day,
}

/// A condition of the world set by the scenario.
#[derive(Clone, Debug, PartialEq)]
pub struct ConditionSetting {
    /// Name as the law has it.
    pub name: String,
    /// First day.
    pub from: Day,
    /// Regions by ISO code; `None` for all.
    pub regions: Option<Vec<String>>,
    /// Yes or no.
    pub value: bool,
    /// Basis.
    pub basis: Basis,
}

/// Districts and their offices.
#[derive(Clone, Debug, PartialEq)]
pub struct Offices {
    /// Inhabitants for one district with a draft commission, where the number is not published, persons.
    pub inhabitants_per_district: Parameter,
    /// Days of the week on which offices work, Monday first.
    pub office_days: [bool; 7],
}

/// One way of giving notice, in use from a day on. A notice goes out on every channel in use that applies to the person.
#[derive(Clone, Debug, PartialEq)]
pub struct Channel {
    /// Name; part of the paths of its parameters.
    pub name: String,
    /// Which way.
    pub kind: ChannelKind,
    /// First day of use.
    pub from: Day,
    /// Last day of use, if any.
    pub until: Option<Day>,
    /// Regions by ISO code; `None` for all.
    pub regions: Option<Vec<String>>,
    /// Share of notices for which the office uses this way (keyed draw, a response of the matter).
    pub used: Parameter,
    /// From issue to the act (placing, posting, sending, first attempt).
    pub act_delay: Delay,
    /// From the act to the outcome (delivery mark, hand-over by the employer, next attempt).
    pub outcome_delay: Delay,
    /// Chance that one act succeeds with a person who can be reached this way.
    pub success: Parameter,
    /// How many attempts at most (in hand).
    pub attempts_max: u8,
}

/// Ways of giving notice and the events they raise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ChannelKind {
    /// An officer's visit: `handed_over`, if he lives at the registered address.
    InHand,
    /// `sent`, then `handed_over_by_employer`, if the register knows his employer or place of study.
    Employer,
    /// `posted`, then `delivered` if he lives there, else `refused`.
    Post,
    /// `placed_in_account` if he has an account; `opened` at a reading.
    Account,
    /// `placed` in the register of notices; `opened` at a reading.
    Register,
    /// `published` in a list that is open to everybody; `opened` if he hears of it.
    Published,
}

/// How people read what is placed electronically.
#[derive(Clone, Debug, PartialEq)]
pub enum Reading {
    /// Each person reads on his own timeline, untouched by any law: one reading in each stretch of so many days, by reading class of
    /// the population (daily, weekly, monthly); those without an account or who never read do not open it.
    Timeline {
        /// Days of a stretch for the classes daily, weekly, monthly.
        stretch_days: [u16; 3],
        /// Basis of the stretches.
        basis: Basis,
    },
    /// Each notice is opened with this chance after this delay from placing (a response of the matter).
    PerNotice {
        /// Chance.
        probability: Parameter,
        /// Days from placing.
        delay: Delay,
    },
}

/// How people answer a notice. All draws are responses keyed by the matter.
#[derive(Clone, Debug, PartialEq)]
pub struct Response {
    /// What makes a person decide whether to come.
    pub decides: Decides,
    /// Chance of coming in time, once he has decided.
    pub appears: Parameter,
    /// Factor on it for an objector.
    pub objector_factor: Parameter,
    /// When he comes.
    pub timing: Timing,
    /// Daily chance of coming after all, for one who has not come and (if `decides` is `Aware`) knows of the notice, from the day
    /// after default.
    pub comes_late_daily: Parameter,
    /// Factor on it while a measure stands that he knows of.
    pub measure_factor: Parameter,
    /// Daily chance of being found by whatever means but those of [`Search`] (event `located`) from the day after default.
    pub located_daily: Parameter,
    /// Chance of trying to leave the country on learning of a draft notice.
    pub tries_to_leave: Parameter,
    /// Days from learning to that attempt.
    pub leave_delay: Delay,
}

/// What makes a person decide whether to come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decides {
    /// Learning of the notice (handed over, delivered, opened, told at the border).
    Aware,
    /// Service in law, known or not (reference models).
    Served,
}

/// When a person who comes, comes.
#[derive(Clone, Debug, PartialEq)]
pub enum Timing {
    /// On the appearance date; if he learns of it later, so many days after learning.
    OnAppearanceDate {
        /// Days from learning, when the date has passed.
        when_late: Delay,
    },
    /// So many days after what made him decide.
    AfterDeciding(Delay),
}

/// Who carries a measure out, and how late.
#[derive(Clone, Debug, PartialEq)]
pub struct Agency {
    /// Name; part of the paths of its parameters.
    pub name: String,
    /// Kinds of measure.
    pub measures: Vec<MeasureKind>,
    /// Days from start due to on.
    pub start_latency: Delay,
    /// Days from the lifting event to off; may be longer than the law allows.
    pub lift_latency: Delay,
}

/// A way of looking for those who are listed: an abstract, noisy observation with a capacity, a rate of finding and two kinds of error. It names
/// no device, no face and no address. Several of one kind add up.
#[derive(Clone, Debug, PartialEq)]
pub struct Search {
    /// Name; part of the paths of its parameters.
    pub name: String,
    /// Which way.
    pub kind: SearchKind,
    /// First day of use.
    pub from: Day,
    /// Last day of use, if any.
    pub until: Option<Day>,
    /// Regions by ISO code; `None` for all.
    pub regions: Option<Vec<String>>,
    /// Searches a day for each 100,000 inhabitants; each looks for one listed person, and all listed ones in turn.
    pub searches: Parameter,
    /// Chance that one search of a listed person whom this way can find does find him.
    pub hit: Parameter,
    /// Chance that one search stops a wrong person while 10,000 are listed in the region; it grows with the list.
    pub mistaken_at_10000: Parameter,
    /// Youngest and oldest age of those who are taken for somebody listed.
    pub mistaken_ages: [u8; 2],
    /// Days until an ended listing is taken off the list.
    pub removal_delay: Delay,
    /// Share of ended listings that never are, because what ended them is not entered.
    pub end_not_entered: Parameter,
}

/// Ways of looking for somebody, and whom each can find.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum SearchKind {
    /// Observation in public places: anybody who is there.
    Cameras,
    /// Asking employers: who works.
    Employers,
    /// Asking places of study: who studies.
    PlacesOfStudy,
}

impl SearchKind {
    /// All, in order.
    pub const ALL: [SearchKind; 3] = [SearchKind::Cameras, SearchKind::Employers, SearchKind::PlacesOfStudy];

    /// How scenarios write it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            SearchKind::Cameras => "cameras",
            SearchKind::Employers => "employers",
            SearchKind::PlacesOfStudy => "places_of_study",
        }
    }
}

/// An act of an office or a court that a chain of a law waits for: how often and how late it comes.
#[derive(Clone, Debug, PartialEq)]
pub struct Proceeding {
    /// Which act.
    pub act: Act,
    /// Share of the cases in which it comes; of a decision the share that is granted, the others being refused.
    pub share: Parameter,
    /// Days from the step before; at least one.
    pub delay: Delay,
}

/// Acts of offices and courts in a proceeding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[repr(u8)]
pub enum Act {
    /// The office warns.
    Warns,
    /// The office demands in writing.
    Demands,
    /// The office applies to the court.
    Sues,
    /// A penalty is imposed.
    Penalises,
    /// The court orders or refuses.
    Decides,
}

impl Act {
    /// All, in order.
    pub const ALL: [Act; 5] = [Act::Warns, Act::Demands, Act::Sues, Act::Penalises, Act::Decides];

    /// How scenarios write it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Act::Warns => "warns",
            Act::Demands => "demands",
            Act::Sues => "sues",
            Act::Penalises => "penalises",
            Act::Decides => "decides",
        }
    }

    /// The event that the act brings; of a decision, where it is granted.
    #[must_use]
    pub const fn event(self) -> Event {
        match self {
            Act::Warns => Event::Warned,
            Act::Demands => Event::Demanded,
            Act::Sues => Event::Sued,
            Act::Penalises => Event::PenaltyImposed,
            Act::Decides => Event::Ordered,
        }
    }
}

/// Something the offices set going: a draft season, a drive to check data, a reference experiment.
#[derive(Clone, Debug, PartialEq)]
pub struct Campaign {
    /// Name; part of the key of chance of its matters.
    pub name: String,
    /// Kind of notice.
    pub notice: NoticeKind,
    /// Who ordered it, with these dates and ages.
    pub basis: Basis,
    /// First day of issue.
    pub from: Day,
    /// Last day of issue; the season ends with it.
    pub until: Day,
    /// Regions and their own first days; `None` for all from `from`.
    pub regions: Option<Vec<(String, Day)>>,
    /// Whom the office takes from the register.
    pub selection: Selection,
    /// How many and when.
    pub pace: Pace,
    /// The decreed number, if any.
    pub decreed: Option<Decreed>,
    /// Days from issue to the date of appearance named in the notice.
    pub appearance_lead: Delay,
}

impl Campaign {
    /// What the campaign is to chance, 0 to 4,094: of its name alone, so that a campaign more or less in a scenario, or another order,
    /// leaves the chance of the others as it was.
    #[must_use]
    pub fn chance_number(&self) -> u16 {
        (hash_of(&self.name) % 4095) as u16
    }
}

impl recourse::Remedy {
    /// What the remedy is to chance: of its name alone, as for campaigns.
    #[must_use]
    pub fn chance_number(&self) -> u32 {
        hash_of(&self.name)
    }
}

impl contract::Contract {
    /// What the contract is to chance: of its name alone, as for campaigns.
    #[must_use]
    pub fn chance_number(&self) -> u32 {
        hash_of(&self.name)
    }
}

/// FNV-1a, 32 bits: short, fixed for ever, and even enough for a handful of names; a clash of campaigns, which take few bits of it, is a finding (`S017`).
fn hash_of(name: &str) -> u32 {
    name.bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

/// Whom a campaign takes, always by ascending keyed draw.
#[derive(Clone, Debug, PartialEq)]
pub enum Selection {
    /// Everybody of these completed ages.
    Everyone {
        /// Youngest.
        age_min: u8,
        /// Oldest.
        age_max: u8,
    },
    /// Those the register shows as liable to the draft, of these ages: on record, no deferment, exemption or service entered.
    RecordedLiable {
        /// Youngest.
        age_min: u8,
        /// Oldest.
        age_max: u8,
    },
    /// Those on record of these ages whose data the office wants to check.
    OnRecord {
        /// Youngest.
        age_min: u8,
        /// Oldest.
        age_max: u8,
    },
    /// Those whom the register shows in the reserve, of these ages, and not as students.
    RecordedReservists {
        /// Youngest.
        age_min: u8,
        /// Oldest.
        age_max: u8,
    },
}

/// How many notices are issued and when.
#[derive(Clone, Debug, PartialEq)]
pub enum Pace {
    /// Everybody selected gets one, each on a day of his own drawn uniformly over the window.
    UniformDay,
    /// Each office issues so many notices in the season as it needs for its part of the decreed number, spread over office days.
    PerDecreed {
        /// Notices for one man of the decreed number.
        notices_per_decreed: Parameter,
        /// (from day of season, relative intensity), ascending from 0.
        ramp: Vec<(u16, f64)>,
        /// Basis of the ramp.
        basis: Basis,
    },
    /// A share of those selected, spread evenly over office days.
    Share {
        /// Share of those selected.
        share: Parameter,
    },
}

/// A decreed number.
#[derive(Clone, Debug, PartialEq)]
pub struct Decreed {
    /// Men.
    pub number: u32,
    /// Source.
    pub source: String,
    /// Regional numbers where known; the rest is split by men of the ages of the selection.
    pub regions: Vec<(String, u32)>,
    /// First day of dispatch.
    pub dispatch_from: Day,
}

/// The draft commissions.
#[derive(Clone, Debug, PartialEq)]
pub struct Commission {
    /// How many can be decided.
    pub capacity: Capacity,
    /// Days from appearance to the place in the queue for examination and decision (same day: 0).
    pub examination_delay: Delay,
    /// How the decision falls.
    pub outcome: Outcome,
    /// Days from call-up to dispatch.
    pub dispatch_delay: Delay,
    /// Days until a decision is entered in the register.
    pub record_delay: Delay,
    /// Share of decisions that are never entered (the record stays stale).
    pub record_lost: Parameter,
}

/// How many decisions the commissions can take.
#[derive(Clone, Debug, PartialEq)]
pub enum Capacity {
    /// No limit.
    Unlimited,
    /// Each commission its part, by men of draft age, of so many decisions a year nationally, on office days of seasons, times headroom.
    National {
        /// Decisions a year.
        decisions_per_year: Parameter,
        /// Headroom factor over the average office day.
        headroom: Parameter,
    },
}

/// How a decision falls.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// By what the person is: a ground for deferment that he can show, fitness as examined, else call-up while the number is not filled.
    Attributes {
        /// Chance that a true ground for deferment is recognised.
        ground_recognised: Parameter,
        /// Chance that a true unfitness is recognised.
        unfitness_recognised: Parameter,
    },
    /// By fixed shares (reference models); the rest is called up without regard to a number.
    Shares {
        /// Deferred.
        deferred: Parameter,
        /// Exempted.
        exempted: Parameter,
    },
}

/// Leaving the country. Rates are per person and year; a surge multiplies them.
#[derive(Clone, Debug, PartialEq)]
pub struct Border {
    /// Trips with a return. A barred man is turned back.
    pub trips_per_year: Parameter,
    /// Days of a trip, at least one.
    pub trip_length: Delay,
    /// Departures that are no trips.
    pub departures_per_year: Parameter,
    /// Youngest and oldest age of those who depart.
    pub departure_ages: [u8; 2],
    /// Share of those who departed who come back all the same.
    pub returns: Parameter,
    /// Days until they do.
    pub return_delay: Delay,
    /// Chance that a standing ban is seen at the border.
    pub ban_seen: Parameter,
    /// (from, until, factor on departures, factor on trips).
    pub surges: Vec<Surge>,
}

/// Valid reasons for not coming: spells of illness, on each person's own timeline, stand for all of them.
#[derive(Clone, Debug, PartialEq)]
pub struct ValidReason {
    /// Spells a person and year; 0 switches reasons off.
    pub spells_per_year: Parameter,
    /// Days of a spell, at least one.
    pub spell_length: Delay,
    /// Chance that one who would come and is ill shows it.
    pub shown: Parameter,
    /// Days from the day on which he would have come to that.
    pub shown_delay: Delay,
}

/// A stretch of days with other rates.
#[derive(Clone, Debug, PartialEq)]
pub struct Surge {
    /// First day.
    pub from: Day,
    /// Last day.
    pub until: Day,
    /// Factor on departures.
    pub departures: Parameter,
    /// Factor on trips.
    pub trips: Parameter,
}
