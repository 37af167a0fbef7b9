//! The choices of a scenario made ready to run: shares as counts of words, waiting times as tables, dates as offsets, regions as places.
//!
//! Two steps on purpose: what was chosen (`scenario.rs`), then what it means here. Nothing is decided here; an impossible number is a
//! [`ChoiceError`], found before a run. This file knows no law and no person.

pub mod contract;
mod make;
mod recourse;

pub use make::{horizon, regions_named};
pub use recourse::{
    CardsSetting, CategorySetting, HelpSetting, MobilisationSetting, ObjectionSetting, RemedySetting, VisitSetting,
};

use crate::alarm::Alarm;
use crate::random::{DelayTable, Hazard, HazardDays, Probability};
use crate::scenario::{ChannelKind, Decides, SearchKind, Selection};
use crate::strata::Strata;
use callup_law::program::{Horizon, Offset};
use callup_law::roles::NoticeKind;

/// Days before the first day of a run that its offsets can name: a year and a month for what began earlier.
pub const DAYS_BEFORE: u16 = 400;

/// A number of the scenario that cannot be meant.
#[derive(Clone, Debug, PartialEq)]
pub struct ChoiceError {
    /// Which choice, as a path.
    pub path: String,
    /// What is wrong with it.
    pub why: String,
}

/// A waiting time; one that is always the same needs no draw.
#[derive(Clone, Debug)]
pub enum Wait {
    /// Always so many days.
    Fixed(u16),
    /// By draw.
    Drawn(DelayTable),
}

impl Wait {
    /// The longest it can be, days.
    #[must_use]
    pub fn longest_days(&self) -> u16 {
        match self {
            Wait::Fixed(days) => *days,
            Wait::Drawn(table) => table.longest_days(),
        }
    }
}

/// An act of an office or a court that a law waits for.
#[derive(Clone, Debug)]
pub struct ProceedingSetting {
    /// Share of cases in which it comes, or is granted.
    pub share: Probability,
    /// Days from the step before.
    pub delay: Wait,
}

/// A channel.
#[derive(Clone, Debug)]
pub struct ChannelSetting {
    /// Which way.
    pub kind: ChannelKind,
    /// First day of use.
    pub from: Offset,
    /// Last day of use.
    pub until: Offset,
    /// Whether it is used in each region.
    pub regions: Vec<bool>,
    /// Share of notices.
    pub used: Probability,
    /// From issue to the act.
    pub act: Wait,
    /// From the act to the outcome.
    pub outcome: Wait,
    /// Chance of success.
    pub success: Probability,
    /// Most attempts.
    pub attempts_max: u8,
}

/// How what is placed is read.
#[derive(Clone, Debug)]
pub enum ReadingSetting {
    /// On the person's own timeline, by class.
    Timeline([u16; 3]),
    /// For each notice on its own.
    PerNotice(Probability, Wait),
}

/// When a person who comes, comes.
#[derive(Clone, Debug)]
pub enum TimingSetting {
    /// On the date named, or so many days after learning when it has passed.
    OnAppearanceDate(Wait),
    /// So many days after deciding.
    AfterDeciding(Wait),
}

/// How people answer.
#[derive(Clone, Debug)]
pub struct ResponseSetting {
    /// What makes them decide.
    pub decides: Decides,
    /// Chance of coming, for others and for objectors.
    pub appears: [Probability; 2],
    /// When.
    pub timing: TimingSetting,
    /// Daily hazard of coming late: none, plain, under a measure he knows of.
    pub late: [Hazard; 3],
    /// The days on which each of them reaches a budget of which nothing is used.
    pub late_days: [HazardDays; 3],
    /// Daily hazard of being found.
    pub located: Hazard,
    /// The days on which it reaches a budget.
    pub located_days: HazardDays,
    /// Chance of trying to leave.
    pub tries_to_leave: Probability,
    /// Days to that.
    pub leave_delay: Wait,
}

/// Start and lift latency of an agency.
#[derive(Clone, Debug)]
pub struct AgencySetting {
    /// Start due to on.
    pub start: Wait,
    /// Lifting event to off.
    pub lift: Wait,
}

/// How many notices and when.
#[derive(Clone, Debug)]
pub enum PaceSetting {
    /// Everybody on a day of his own.
    UniformDay,
    /// Notices for one man of the decreed number, in thousandths; weight of each day of the season from its first.
    PerDecreed(u64, Vec<u32>),
    /// Share of those selected.
    Share(Probability),
}

/// A decreed number.
#[derive(Clone, Debug)]
pub struct DecreedSetting {
    /// Men, at the scale of the run, by region where known.
    pub regions: Vec<Option<u64>>,
    /// Men of the whole country, at the scale of the run.
    pub number: u64,
    /// First day of dispatch.
    pub dispatch_from: Offset,
}

/// A campaign.
#[derive(Clone, Debug)]
pub struct CampaignSetting {
    /// Kind of notice.
    pub notice: NoticeKind,
    /// First day of issue by region; past the last where it does not take part.
    pub from: Vec<Offset>,
    /// Last day.
    pub until: Offset,
    /// Whom.
    pub selection: Selection,
    /// Youngest and oldest.
    pub ages: [u8; 2],
    /// How many and when.
    pub pace: PaceSetting,
    /// The decreed number.
    pub decreed: Option<DecreedSetting>,
    /// Days to the date of appearance.
    pub lead: Wait,
}

impl CampaignSetting {
    /// Notices for one man of the decreed number, in thousandths; one each where the pace does not go by it.
    #[must_use]
    pub fn notices_per_decreed(&self) -> u64 {
        if let PaceSetting::PerDecreed(notices, _) = self.pace { notices } else { 1000 }
    }
}

/// A way of looking for those who are listed.
#[derive(Clone, Debug)]
pub struct SearchSetting {
    /// Which way.
    pub kind: SearchKind,
    /// First day of use.
    pub from: Offset,
    /// Last day of use.
    pub until: Offset,
    /// Whether it is used in each region.
    pub regions: Vec<bool>,
    /// Searches a day for each inhabitant, at the scale of the run.
    pub searches_each: f64,
    /// Chance that one search finds the listed person it looks for.
    pub hit: f64,
    /// Chance that one search stops a wrong person, for each man of the run listed in the region.
    pub mistaken_each: f64,
    /// Youngest and oldest age of those who are mistaken for somebody.
    pub mistaken_ages: [u8; 2],
    /// Days until an ended listing is taken off.
    pub removal: Wait,
    /// Share of ended listings that never are.
    pub end_not_entered: Probability,
}

impl SearchSetting {
    /// Whether it is in use in a region on a day.
    #[must_use]
    pub fn is_used(&self, region: u16, day: Offset) -> bool {
        (self.from..=self.until).contains(&day) && self.regions[usize::from(region)]
    }
}

impl Settings {
    /// Youngest and oldest age of those whom a way of searching may take for somebody else, over all its entries.
    #[must_use]
    pub fn mistaken_ages(&self, kind: SearchKind) -> [u8; 2] {
        let of_kind = || self.searches.iter().filter(move |search| search.kind == kind);
        let youngest = of_kind().map(|search| search.mistaken_ages[0]).min();
        [youngest.unwrap_or(u8::MAX), of_kind().map(|search| search.mistaken_ages[1]).max().unwrap_or(0)]
    }
}

/// How a decision falls.
#[derive(Clone, Copy, Debug)]
pub enum OutcomeSetting {
    /// By attributes: chance that a ground is recognised, that unfitness is.
    Attributes(Probability, Probability),
    /// By shares: words below the first are deferred, below the second exempted.
    Shares(Probability, Probability),
}

/// The commissions.
#[derive(Clone, Debug)]
pub struct CommissionSetting {
    /// Decisions on an average office day in the nation, in units of 2^-32, with headroom and at scale; `None` without limit.
    pub per_day: Option<u128>,
    /// Appearance to queue.
    pub examination: Wait,
    /// Outcome.
    pub outcome: OutcomeSetting,
    /// Call-up to dispatch.
    pub dispatch: Wait,
    /// Decision to record.
    pub record: Wait,
    /// Share never recorded.
    pub record_lost: Probability,
}

/// Spells on each person's own timeline, at the same rates for all.
#[derive(Clone, Debug)]
pub struct Timeline {
    /// Hazard of a spell's beginning that has passed by the end of each day of the run.
    pub passed: Vec<Hazard>,
    /// The smallest word whose budget can be used up within the run; `u32::MAX` if none can.
    pub least_word: u32,
    /// Days of a spell.
    pub length: Wait,
}

impl Timeline {
    /// A timeline of these hazards a day.
    #[must_use]
    pub fn new(daily: impl Iterator<Item = Hazard>, length: Wait) -> Timeline {
        let passed: Vec<Hazard> = daily
            .scan(Hazard::ZERO, |sum, today| {
                // Kept so small, the sum goes on growing whatever the scenario says: after a spell another can only begin on a later day.
                *sum = sum.plus(today.min(Hazard::CERTAIN));
                Some(*sum)
            })
            .collect();
        let most = passed.last().copied().filter(|most| *most > Hazard::ZERO);
        Timeline { passed, least_word: most.map_or(u32::MAX, Hazard::least_word), length }
    }

    /// Whether no spell ever begins.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.least_word == u32::MAX
    }
}

/// The border. Hazards are cumulative by day of the run: entry `d` holds what has accumulated by the end of day `d`.
#[derive(Clone, Debug)]
pub struct BorderSetting {
    /// Trips.
    pub trips: Timeline,
    /// For each day of the run the chance that a man at home sets out, of 2^32.
    pub trip_chances: Vec<u64>,
    /// Lengths of trips with their weights, of 2^32.
    pub trip_lengths: Vec<(u16, u64)>,
    /// Departures for good, by region.
    pub departures: Vec<Vec<Hazard>>,
    /// Ages of those who depart.
    pub departure_ages: [u8; 2],
    /// Share of those who depart who come back.
    pub returns: Probability,
    /// Days until they do.
    pub return_delay: Wait,
    /// Chance that a ban is seen.
    pub ban_seen: Probability,
}

/// Illnesses that are a valid reason for not coming.
#[derive(Clone, Debug)]
pub struct IllnessSetting {
    /// When people are ill.
    pub spells: Timeline,
    /// Chance that one who would come and is ill shows it.
    pub shown: Probability,
    /// Days from the date of appearance to that.
    pub shown_delay: Wait,
}

/// Every choice, ready to run.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Seed.
    pub seed: u64,
    /// The days that offsets name.
    pub horizon: Horizon,
    /// Offset of the first day of the run.
    pub first: Offset,
    /// Days of the run.
    pub days: u16,
    /// Offset of the last day of the run.
    pub last: Offset,
    /// Whether offices work, by day of the run.
    pub office_days: Vec<bool>,
    /// How many regions.
    pub regions: usize,
    /// Channels, in the order of the scenario.
    pub channels: Vec<ChannelSetting>,
    /// Reading.
    pub reading: ReadingSetting,
    /// Response.
    pub response: ResponseSetting,
    /// Agencies by kind of measure.
    pub agencies: Vec<Option<AgencySetting>>,
    /// Campaigns, in the order of the scenario.
    pub campaigns: Vec<CampaignSetting>,
    /// Searches, in the order of the scenario.
    pub searches: Vec<SearchSetting>,
    /// Acts that a law waits for, by place in [`crate::scenario::Act::ALL`]; `None` where nobody acts.
    pub proceedings: Vec<Option<ProceedingSetting>>,
    /// Commissions.
    pub commission: CommissionSetting,
    /// Border.
    pub border: BorderSetting,
    /// Public alarm.
    pub alarm: Alarm,
    /// Contracts on offer, in the order of the scenario.
    pub contracts: Vec<contract::ContractSetting>,
    /// Bonuses by region and day.
    pub bonuses: contract::Bonuses,
    /// The quota of contracts.
    pub quota: Option<contract::QuotaSetting>,
    /// By what indicators are split.
    pub strata: Strata,
    /// Valid reasons.
    pub illness: IllnessSetting,
    /// What happens to those who come, in the order of the scenario.
    pub visits: Vec<VisitSetting>,
    /// Mobilisation.
    pub mobilisation: Option<MobilisationSetting>,
    /// Remedies, in the order of the scenario.
    pub remedies: Vec<RemedySetting>,
    /// Objection.
    pub objection: Option<ObjectionSetting>,
    /// Requests for help.
    pub help: Option<HelpSetting>,
    /// Share of persons whose histories are written.
    pub history_share: Probability,
    /// Whether every count is made anew every day (tests).
    pub recount_daily: bool,
}
