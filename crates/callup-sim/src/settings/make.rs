//! Scenario to settings, choice by choice; every impossible number is reported with its path.

use super::contract::{Bonuses, ContractSetting, QuotaSetting, Surroundings};
use super::{
    AgencySetting, BorderSetting, CampaignSetting, ChannelSetting, ChoiceError, CommissionSetting, DAYS_BEFORE,
    DecreedSetting, IllnessSetting, OutcomeSetting, PaceSetting, ProceedingSetting, ReadingSetting, ResponseSetting,
    SearchSetting, Settings, Timeline, TimingSetting, Wait,
};
use crate::alarm::Alarm;
use crate::random::{DelayTable, Hazard, HazardDays, Probability};
use crate::scenario::contract::{CONTRACTS_MAX, Contract};
use crate::scenario::{
    Act, Border, Campaign, Capacity, Channel, Commission, Decreed, Delay, Outcome, Pace, Parameter, Reading, Response,
    Scenario, Search, Selection, Timing, ValidReason,
};
use crate::strata::{BANDS_MAX, Group, Strata};
use callup_law::calendar::{Day, Weekday};
use callup_law::program::{Horizon, Offset};
use callup_law::roles::{MeasureKind, NoticeKind};

/// Longest run, days.
pub const DAYS_MAX: u16 = 20_000;

/// Most remedies: what a filing carries has eight bits, of which one says whether he asked for help.
pub const REMEDIES_MAX: usize = 64;

/// Words of a unit share.
const WORDS: f64 = 4_294_967_296.0;

/// Days of a year in rates.
const DAYS_PER_YEAR: f64 = 365.25;

impl Settings {
    /// Makes a scenario ready to run in these regions (ISO codes, in the order of the people).
    ///
    /// # Errors
    /// Every choice that cannot be meant, not only the first.
    pub fn new(scenario: &Scenario, regions: &[String]) -> Result<Settings, Vec<ChoiceError>> {
        let mut maker = Maker::new(scenario, regions);
        let channels =
            scenario.channels.iter().enumerate().map(|(place, channel)| maker.channel(place, channel)).collect();
        let campaigns: Vec<CampaignSetting> =
            scenario.campaigns.iter().map(|campaign| maker.campaign(campaign)).collect();
        let searches =
            scenario.searches.iter().enumerate().map(|(place, search)| maker.search(place, search)).collect();
        let alarm = maker.alarm();
        let bonuses = Bonuses::new(&scenario.bonuses, regions, scenario.start, scenario.days.min(DAYS_MAX));
        let settings = Settings {
            seed: scenario.seed,
            horizon: horizon(scenario),
            first: DAYS_BEFORE,
            days: scenario.days.min(DAYS_MAX),
            last: (DAYS_BEFORE + scenario.days.min(DAYS_MAX)).saturating_sub(1),
            office_days: maker.office_days(),
            regions: regions.len(),
            channels,
            reading: maker.reading(&scenario.reading),
            response: maker.response(&scenario.response),
            agencies: maker.agencies(),
            commission: maker.commission(&scenario.commission, &campaigns),
            campaigns,
            searches,
            proceedings: Act::ALL.map(|act| maker.proceeding(act)).into(),
            border: maker.border(&scenario.border, &alarm),
            contracts: maker.contracts(&alarm, &bonuses),
            bonuses,
            quota: maker.quota(),
            alarm,
            strata: Strata::new(&scenario.strata, scenario.start),
            illness: maker.illness(&scenario.valid_reason),
            visits: scenario.recourse.visits.iter().map(|visit| maker.visit(visit)).collect(),
            mobilisation: scenario.recourse.mobilisation.as_ref().map(|mobilisation| maker.mobilisation(mobilisation)),
            remedies: scenario.recourse.remedies.iter().map(|remedy| maker.remedy(remedy)).collect(),
            objection: scenario.recourse.objection.as_ref().map(|objection| maker.objection(objection)),
            help: scenario.recourse.help.as_ref().map(|help| maker.help(help)),
            history_share: maker.share("history_share", scenario.history_share),
            recount_daily: false,
        };
        if maker.errors.is_empty() { Ok(settings) } else { Err(maker.errors) }
    }
}

/// The days that a run can name: from [`DAYS_BEFORE`] days before it to the last date of appearance that can be named in it.
#[must_use]
pub fn horizon(scenario: &Scenario) -> Horizon {
    let longest = |delay: &Delay| match delay {
        Delay::Fixed { days, .. } => *days,
        Delay::Uniform { to_days, .. } => *to_days,
        Delay::Table { weights, .. } => weights.iter().map(|(days, _)| *days).max().unwrap_or(0),
    };
    let lead_days = scenario.campaigns.iter().map(|campaign| longest(&campaign.appearance_lead)).max().unwrap_or(0);
    let origin = scenario.start.plus_days(-i32::from(DAYS_BEFORE));
    Horizon { origin, days: DAYS_BEFORE + scenario.days.min(DAYS_MAX) + lead_days.min(1000) + 1 }
}

/// ISO codes of all regions that a scenario names anywhere: to be held against the tables.
#[must_use]
pub fn regions_named(scenario: &Scenario) -> Vec<String> {
    let mut named: Vec<String> =
        scenario.conditions.iter().flat_map(|setting| setting.regions.iter().flatten().cloned()).collect();
    named.extend(scenario.channels.iter().flat_map(|channel| channel.regions.iter().flatten().cloned()));
    named.extend(scenario.searches.iter().flat_map(|search| search.regions.iter().flatten().cloned()));
    let news = scenario.alarm.iter().flat_map(|alarm| &alarm.news);
    named.extend(news.flat_map(|news| news.regions.iter().flatten().cloned()));
    named.extend(scenario.quota.iter().flat_map(|quota| quota.regions.iter().map(|(iso, _)| iso.clone())));
    named.extend(scenario.recourse.visits.iter().flat_map(|visit| visit.regions.iter().flatten().cloned()));
    for campaign in &scenario.campaigns {
        named.extend(campaign.regions.iter().flatten().map(|(iso, _)| iso.clone()));
        named.extend(campaign.decreed.iter().flat_map(|decreed| decreed.regions.iter().map(|(iso, _)| iso.clone())));
    }
    named.sort_unstable();
    named.dedup();
    named
}

pub(super) struct Maker<'a> {
    pub(super) scenario: &'a Scenario,
    regions: &'a [String],
    errors: Vec<ChoiceError>,
}

impl<'a> Maker<'a> {
    fn new(scenario: &'a Scenario, regions: &'a [String]) -> Maker<'a> {
        let mut maker = Maker { scenario, regions, errors: Vec::new() };
        if scenario.days == 0 || scenario.days > DAYS_MAX {
            maker.wrong("days", format!("a run has 1 to {DAYS_MAX} days"));
        }
        if scenario.recourse.remedies.len() > REMEDIES_MAX {
            maker.wrong("remedies", format!("there can be {REMEDIES_MAX} remedies"));
        }
        if scenario.campaigns.len() > usize::from(u8::MAX) || scenario.channels.len() > usize::from(u8::MAX) {
            maker.wrong("campaigns", "there can be 255 campaigns and 255 channels");
        }
        maker.check_strata();
        if scenario.start < Day::MIN.plus_days(i32::from(DAYS_BEFORE)) || scenario.last_day() > Day::MAX {
            maker.wrong(
                "start",
                format!("a run begins {DAYS_BEFORE} days after {} or later and ends by {}", Day::MIN, Day::MAX),
            );
        }
        if !(scenario.scale > 0.0 && scenario.scale <= 1.0) {
            maker.wrong("scale", "must be above 0 and at most 1");
        }
        maker
    }

    fn check_strata(&mut self) {
        let choice = &self.scenario.strata;
        if choice.age_bands_from.len() > BANDS_MAX || !choice.age_bands_from.is_sorted_by(|one, next| one < next) {
            self.wrong("strata.age_bands_from", format!("ages must ascend, and there can be {BANDS_MAX} bands"));
        }
        let stands_once = |group: &Group| choice.groups.iter().filter(|other| *other == group).count() == 1;
        if !choice.groups.iter().all(stands_once) {
            self.wrong("strata.groups", "a group stands there twice");
        }
    }

    pub(super) fn wrong(&mut self, path: &str, why: impl ToString) {
        self.errors.push(ChoiceError { path: path.into(), why: why.to_string() });
    }

    fn share(&mut self, path: &str, value: f64) -> Probability {
        Probability::new(value).unwrap_or_else(|why| {
            self.wrong(path, why);
            Probability::NEVER
        })
    }

    pub(super) fn parameter(&mut self, path: &str, parameter: &Parameter) -> Probability {
        self.share(path, parameter.value)
    }

    pub(super) fn not_negative(&mut self, path: &str, parameter: &Parameter) -> f64 {
        if parameter.value.is_finite() && parameter.value >= 0.0 {
            return parameter.value;
        }
        self.wrong(path, "must be a number and not negative");
        0.0
    }

    pub(super) fn wait(&mut self, path: &str, delay: &Delay) -> Wait {
        match delay {
            Delay::Fixed { days, .. } => Wait::Fixed(*days),
            Delay::Uniform { from_days, to_days, .. } => {
                if from_days > to_days {
                    self.wrong(path, format!("{from_days} comes after {to_days}"));
                }
                Wait::Drawn(DelayTable::uniform(*from_days, *to_days))
            }
            Delay::Table { weights, .. } => match DelayTable::new(weights) {
                Ok(table) => Wait::Drawn(table),
                Err(why) => {
                    self.wrong(path, why);
                    Wait::Fixed(0)
                }
            },
        }
    }

    /// Offset of a day, cut to what offsets can name: the day before the run for earlier ones, past the last for later ones.
    pub(super) fn offset(&self, day: Day) -> Offset {
        let days = day.days_since(self.scenario.start) + i32::from(DAYS_BEFORE);
        days.clamp(0, i32::from(DAYS_BEFORE + self.scenario.days.min(DAYS_MAX))) as Offset
    }

    fn office_days(&self) -> Vec<bool> {
        let works = |day: i32| {
            let weekday = self.scenario.start.plus_days(day).weekday();
            Weekday::ALL
                .iter()
                .position(|other| *other == weekday)
                .is_some_and(|at| self.scenario.offices.office_days[at])
        };
        (0..i32::from(self.scenario.days)).map(works).collect()
    }

    /// Place of a region; one that the people do not have takes no part.
    fn region(&self, iso: &str) -> Option<usize> {
        self.regions.iter().position(|region| region == iso)
    }

    pub(super) fn region_mask(&self, regions: Option<&Vec<String>>) -> Vec<bool> {
        let Some(listed) = regions else { return vec![true; self.regions.len()] };
        let mut mask = vec![false; self.regions.len()];
        for iso in listed {
            if let Some(place) = self.region(iso) {
                mask[place] = true;
            }
        }
        mask
    }

    fn channel(&mut self, place: usize, channel: &Channel) -> ChannelSetting {
        let path = |name: &str| format!("channels[{place}].{name}");
        ChannelSetting {
            kind: channel.kind,
            from: self.offset(channel.from),
            until: channel.until.map_or(Offset::MAX, |day| self.offset(day)),
            regions: self.region_mask(channel.regions.as_ref()),
            used: self.parameter(&path("used"), &channel.used),
            act: self.wait(&path("act_delay"), &channel.act_delay),
            outcome: self.wait(&path("outcome_delay"), &channel.outcome_delay),
            success: self.parameter(&path("success"), &channel.success),
            attempts_max: channel.attempts_max,
        }
    }

    fn proceeding(&mut self, act: Act) -> Option<ProceedingSetting> {
        let (place, given) =
            self.scenario.proceedings.iter().enumerate().find(|(_, proceeding)| proceeding.act == act)?;
        let path = |name: &str| format!("proceedings[{place}].{name}");
        let share = self.parameter(&path("share"), &given.share);
        Some(ProceedingSetting { share, delay: self.wait(&path("delay"), &given.delay) })
    }

    fn search(&mut self, place: usize, search: &Search) -> SearchSetting {
        let path = |name: &str| format!("searches[{place}].{name}");
        let searches = self.not_negative(&path("searches"), &search.searches);
        let mistaken = self.parameter(&path("mistaken_at_10000"), &search.mistaken_at_10000);
        let scale = self.scenario.scale;
        SearchSetting {
            kind: search.kind,
            from: self.offset(search.from),
            until: search.until.map_or(Offset::MAX, |day| self.offset(day)),
            regions: self.region_mask(search.regions.as_ref()),
            searches_each: searches / 100_000.0 * scale,
            hit: self.parameter(&path("hit"), &search.hit).share(),
            // At a smaller scale each man listed stands for several.
            mistaken_each: mistaken.share() / 10_000.0 / scale,
            mistaken_ages: search.mistaken_ages,
            removal: self.wait(&path("removal_delay"), &search.removal_delay),
            end_not_entered: self.parameter(&path("end_not_entered"), &search.end_not_entered),
        }
    }

    fn reading(&mut self, reading: &Reading) -> ReadingSetting {
        match reading {
            Reading::Timeline { stretch_days, .. } => {
                if stretch_days.contains(&0) {
                    self.wrong("reading.stretch_days", "a stretch has at least one day");
                }
                ReadingSetting::Timeline(stretch_days.map(|days| days.max(1)))
            }
            Reading::PerNotice { probability, delay } => ReadingSetting::PerNotice(
                self.parameter("reading.probability", probability),
                self.wait("reading.delay", delay),
            ),
        }
    }

    fn response(&mut self, response: &Response) -> ResponseSetting {
        let appears = self.parameter("response.appears", &response.appears);
        let objector = self.not_negative("response.objector_factor", &response.objector_factor);
        let late = self.parameter("response.comes_late_daily", &response.comes_late_daily);
        let factor = self.not_negative("response.measure_factor", &response.measure_factor);
        let located = self.parameter("response.located_daily", &response.located_daily);
        let late_hazards =
            [Hazard::ZERO, Hazard::of_daily(late), Hazard::of_daily(Probability::clamped(late.share() * factor))];
        let days = self.scenario.days.min(DAYS_MAX);
        ResponseSetting {
            decides: response.decides,
            appears: [appears, Probability::clamped(appears.share() * objector)],
            timing: match &response.timing {
                Timing::OnAppearanceDate { when_late } => {
                    TimingSetting::OnAppearanceDate(self.wait("response.timing.when_late", when_late))
                }
                Timing::AfterDeciding(delay) => TimingSetting::AfterDeciding(self.wait("response.timing", delay)),
            },
            late: late_hazards,
            late_days: late_hazards.map(|hazard| HazardDays::new(hazard, days)),
            located: Hazard::of_daily(located),
            located_days: HazardDays::new(Hazard::of_daily(located), days),
            tries_to_leave: self.parameter("response.tries_to_leave", &response.tries_to_leave),
            leave_delay: self.wait("response.leave_delay", &response.leave_delay),
        }
    }

    fn agencies(&mut self) -> Vec<Option<AgencySetting>> {
        let mut by_kind = vec![None; MeasureKind::ALL.len()];
        for (place, agency) in self.scenario.agencies.iter().enumerate() {
            let start = self.wait(&format!("agencies[{place}].start_latency"), &agency.start_latency);
            let lift = self.wait(&format!("agencies[{place}].lift_latency"), &agency.lift_latency);
            for kind in &agency.measures {
                if by_kind[*kind as usize].is_some() {
                    self.wrong(&format!("agencies[{place}].measures"), format!("`{}` has two agencies", kind.word()));
                }
                by_kind[*kind as usize] = Some(AgencySetting { start: start.clone(), lift: lift.clone() });
            }
        }
        by_kind
    }

    fn campaign(&mut self, campaign: &Campaign) -> CampaignSetting {
        let path = |name: &str| format!("campaigns.{}.{name}", campaign.name);
        let never = DAYS_BEFORE + self.scenario.days.min(DAYS_MAX);
        let mut from = vec![never; self.regions.len()];
        match &campaign.regions {
            None => from.fill(self.offset(campaign.from)),
            Some(listed) => {
                for (iso, day) in listed {
                    if let Some(place) = self.region(iso) {
                        from[place] = self.offset(*day);
                    }
                }
            }
        }
        let (Selection::Everyone { age_min, age_max }
        | Selection::RecordedLiable { age_min, age_max }
        | Selection::OnRecord { age_min, age_max }
        | Selection::RecordedReservists { age_min, age_max }) = campaign.selection;
        let until = self.offset(campaign.until);
        CampaignSetting {
            notice: campaign.notice,
            until,
            selection: campaign.selection.clone(),
            ages: [age_min, age_max],
            pace: self.pace(campaign),
            decreed: campaign.decreed.as_ref().map(|decreed| self.decreed(decreed)),
            lead: self.wait(&path("appearance_lead"), &campaign.appearance_lead),
            from,
        }
    }

    fn pace(&mut self, campaign: &Campaign) -> PaceSetting {
        let path = |name: &str| format!("campaigns.{}.pace.{name}", campaign.name);
        match &campaign.pace {
            Pace::UniformDay => PaceSetting::UniformDay,
            Pace::Share { share } => PaceSetting::Share(self.parameter(&path("share"), share)),
            Pace::PerDecreed { notices_per_decreed, ramp, .. } => {
                let notices = self.not_negative(&path("notices_per_decreed"), notices_per_decreed);
                if campaign.decreed.is_none() {
                    self.wrong(&path("notices_per_decreed"), "the campaign has no decreed number");
                }
                if ramp.first().is_none_or(|first| first.0 != 0) || ramp.windows(2).any(|pair| pair[0].0 >= pair[1].0) {
                    self.wrong(&path("ramp"), "must begin with day 0 and ascend");
                }
                let days = campaign.until.days_since(campaign.from).clamp(0, 10_000) as u16 + 1;
                PaceSetting::PerDecreed((notices * 1000.0 + 0.5) as u64, ramp_weights(ramp, days))
            }
        }
    }

    fn decreed(&self, decreed: &Decreed) -> DecreedSetting {
        let scale = self.scenario.scale;
        let scaled = |number: u32| (f64::from(number) * scale + 0.5) as u64;
        let mut regions = vec![None; self.regions.len()];
        for (iso, number) in &decreed.regions {
            if let Some(place) = self.region(iso) {
                regions[place] = Some(scaled(*number));
            }
        }
        DecreedSetting { regions, number: scaled(decreed.number), dispatch_from: self.offset(decreed.dispatch_from) }
    }

    fn commission(&mut self, commission: &Commission, campaigns: &[CampaignSetting]) -> CommissionSetting {
        CommissionSetting {
            per_day: match &commission.capacity {
                Capacity::Unlimited => None,
                Capacity::National { decisions_per_year, headroom } => {
                    let decisions = self.not_negative("commission.capacity.decisions_per_year", decisions_per_year);
                    let headroom = self.not_negative("commission.capacity.headroom", headroom);
                    let days = self.season_office_days(campaigns).max(1);
                    Some((decisions * headroom * self.scenario.scale / f64::from(days) * WORDS) as u128)
                }
            },
            examination: self.wait("commission.examination_delay", &commission.examination_delay),
            outcome: self.outcome(&commission.outcome),
            dispatch: self.wait("commission.dispatch_delay", &commission.dispatch_delay),
            record: self.wait("commission.record_delay", &commission.record_delay),
            record_lost: self.parameter("commission.record_lost", &commission.record_lost),
        }
    }

    fn outcome(&mut self, outcome: &Outcome) -> OutcomeSetting {
        match outcome {
            Outcome::Attributes { ground_recognised, unfitness_recognised } => OutcomeSetting::Attributes(
                self.parameter("commission.outcome.ground_recognised", ground_recognised),
                self.parameter("commission.outcome.unfitness_recognised", unfitness_recognised),
            ),
            Outcome::Shares { deferred, exempted } => OutcomeSetting::Shares(
                self.parameter("commission.outcome.deferred", deferred),
                self.share("commission.outcome.exempted", deferred.value + exempted.value),
            ),
        }
    }

    /// Office days on which some draft season runs, in this run.
    fn season_office_days(&self, campaigns: &[CampaignSetting]) -> u32 {
        let in_season = |day: Offset| {
            campaigns.iter().any(|campaign| {
                let first = campaign.from.iter().min().copied().unwrap_or(Offset::MAX);
                campaign.notice == NoticeKind::DraftNotice && (first..=campaign.until).contains(&day)
            })
        };
        let office_days = self.office_days();
        (DAYS_BEFORE..).zip(&office_days).filter(|(day, works)| **works && in_season(*day)).count() as u32
    }

    fn border(&mut self, border: &Border, alarm: &Alarm) -> BorderSetting {
        let trips = self.not_negative("border.trips_per_year", &border.trips_per_year) / DAYS_PER_YEAR;
        let departures = self.not_negative("border.departures_per_year", &border.departures_per_year) / DAYS_PER_YEAR;
        let factors: Vec<(f64, f64)> = (0..i32::from(self.scenario.days)).map(|day| self.surge(border, day)).collect();
        let daily = factors.iter().map(|(_, on_trips)| Hazard::of_rate(trips * on_trips));
        let chance = |hazard: Hazard| (-libm::expm1(-(hazard.0 as f64) / WORDS) * WORDS + 0.5) as u64;
        let trip_length = self.wait("border.trip_length", &border.trip_length);
        BorderSetting {
            trip_chances: daily.clone().map(chance).collect(),
            trip_lengths: weights_of(&border.trip_length),
            trips: Timeline::new(daily, trip_length),
            departures: (0..self.regions.len()).map(|region| departed(departures, &factors, region, alarm)).collect(),
            departure_ages: border.departure_ages,
            returns: self.parameter("border.returns", &border.returns),
            return_delay: self.wait("border.return_delay", &border.return_delay),
            ban_seen: self.parameter("border.ban_seen", &border.ban_seen),
        }
    }

    fn alarm(&mut self) -> Alarm {
        let Some(choice) = &self.scenario.alarm else { return Alarm::none() };
        for (name, parameter) in
            [("departures", &choice.departures), ("willingness", &choice.willingness), ("requests", &choice.requests)]
        {
            self.not_negative(&format!("alarm.{name}"), parameter);
        }
        for parameter in choice.halving_days.iter().chain(choice.news.iter().map(|news| &news.strength)) {
            self.not_negative("alarm", parameter);
        }
        Alarm::new(choice, self.regions, self.scenario.start, self.scenario.days.min(DAYS_MAX))
    }

    fn contracts(&mut self, alarm: &Alarm, bonuses: &Bonuses) -> Vec<ContractSetting> {
        let mut made = Vec::new();
        for contract in self.scenario.contracts.iter().take(CONTRACTS_MAX) {
            let path = |name: &str| format!("contract.{}.{name}", contract.name);
            for (name, one) in
                [("pay", &contract.pay), ("benefits", &contract.benefits), ("response", &contract.response)]
            {
                self.not_negative(&path(name), one);
            }
            for used in &contract.channels {
                self.parameter(&path("channel"), &used.reach);
                self.parameter(&path("channel"), &used.conversion);
            }
            made.push(ContractSetting::new(contract, &self.around(contract, alarm, bonuses)));
        }
        if made.len() < self.scenario.contracts.len() {
            self.wrong("contract", format!("there can be {CONTRACTS_MAX} contracts"));
        }
        made
    }

    fn around<'s>(&self, contract: &Contract, alarm: &'s Alarm, bonuses: &'s Bonuses) -> Surroundings<'s> {
        Surroundings {
            from: self.offset(contract.from),
            until: contract.until.map_or(Offset::MAX, |day| self.offset(day)),
            left_until: contract.leaving.as_ref().map_or(0, |leaving| self.offset(leaving.until)),
            first: DAYS_BEFORE,
            days: self.scenario.days.min(DAYS_MAX),
            regions: self.regions.len(),
            alarm,
            bonuses,
        }
    }

    fn quota(&mut self) -> Option<QuotaSetting> {
        let quota = self.scenario.quota.as_ref()?;
        let scaled = |number: u32| (f64::from(number) * self.scenario.scale + 0.5) as u64;
        let mut regions = vec![None; self.regions.len()];
        for (iso, number) in &quota.regions {
            if let Some(place) = self.region(iso) {
                regions[place] = Some(scaled(*number));
            }
        }
        let first = quota.from.max(self.scenario.start);
        let days = |days: i32| u32::try_from(days).unwrap_or(0);
        let gain = self.not_negative("quota.gain", &quota.gain);
        let limit = self.not_negative("quota.limit", &quota.limit);
        Some(QuotaSetting {
            number: (f64::from(quota.number) * self.scenario.scale + 0.5) as u64,
            regions,
            from: self.offset(first),
            until: self.offset(quota.until),
            length_days: days(quota.until.days_since(quota.from)) + 1,
            days_before: days(first.days_since(quota.from)),
            ages: quota.ages,
            gain: (gain.min(1000.0) * 1000.0 + 0.5) as u64,
            limit: (limit.min(100.0) * 1000.0 + 0.5) as u32,
        })
    }

    /// Factors of the surges of a day of the run, on departures and on trips.
    fn surge(&self, border: &Border, day: i32) -> (f64, f64) {
        let today = self.scenario.start.plus_days(day);
        let surges = border.surges.iter().filter(|surge| surge.from <= today && today <= surge.until);
        surges.fold((1.0, 1.0), |(departures, trips), surge| {
            (departures * surge.departures.value, trips * surge.trips.value)
        })
    }

    fn illness(&mut self, reason: &ValidReason) -> IllnessSetting {
        let daily = self.not_negative("valid_reason.spells_per_year", &reason.spells_per_year) / DAYS_PER_YEAR;
        let days = usize::from(self.scenario.days);
        let length = self.wait("valid_reason.spell_length", &reason.spell_length);
        IllnessSetting {
            spells: Timeline::new(std::iter::repeat_n(Hazard::of_rate(daily), days), length),
            shown: self.parameter("valid_reason.shown", &reason.shown),
            shown_delay: self.wait("valid_reason.shown_delay", &reason.shown_delay),
        }
    }
}

/// Hazard of departing that has accumulated by the end of each day of the run in a region: at so many a day in calm, times the factors of surges
/// and of alarm.
fn departed(daily: f64, factors: &[(f64, f64)], region: usize, alarm: &Alarm) -> Vec<Hazard> {
    let mut left = Hazard::ZERO;
    let of_day = |(day, (surge, _)): (usize, &(f64, f64))| {
        let alarmed = alarm.departures.at(alarm.index(region as u16, day));
        // In calm the surge alone counts, to the last bit.
        let factor = if alarmed == 1000 { *surge } else { surge * (alarmed as f64 / 1000.0) };
        left = left.plus(Hazard::of_rate(daily * factor));
        left
    };
    factors.iter().enumerate().map(of_day).collect()
}

/// Days of a waiting time of at least one day, with their weights of 2^32.
fn weights_of(delay: &Delay) -> Vec<(u16, u64)> {
    let pairs: Vec<(u16, f64)> = match delay {
        Delay::Fixed { days, .. } => vec![(*days, 1.0)],
        Delay::Uniform { from_days, to_days, .. } => {
            let last = *to_days.max(from_days);
            let each = 1.0 / f64::from(last - from_days + 1);
            (*from_days..=last).map(|days| (days, each)).collect()
        }
        Delay::Table { weights, .. } => weights.clone(),
    };
    pairs.into_iter().map(|(days, weight)| (days.max(1), (weight * WORDS + 0.5) as u64)).collect()
}

/// Weight of each day of a season: the intensity of the last step at or before it, in millionths of the highest.
fn ramp_weights(ramp: &[(u16, f64)], days: u16) -> Vec<u32> {
    let highest = ramp.iter().map(|step| step.1).fold(0.0, f64::max);
    if highest <= 0.0 {
        return vec![1; usize::from(days)];
    }
    let at = |day: u16| ramp.iter().rev().find(|step| step.0 <= day).map_or(0.0, |step| step.1);
    (0..days).map(|day| (at(day).max(0.0) / highest * 1e6 + 0.5) as u32).collect()
}
