//! Public alarm from day to day (M20): a number for the nation and each region, thousandths of a unit above calm, from dated news that fades.
//!
//! It comes from the scenario alone: nothing that happens in a run feeds it. This file knows no person, no law and no district.

use crate::scenario::Parameter;
use crate::scenario::alarm::{Alarm as Choice, News, NewsKind};
use callup_law::calendar::Day;

#[cfg(test)]
mod tests;

/// Days of a week.
const WEEK: usize = 7;
/// No news raises alarm above a thousand units.
const MOST: f64 = 1e6;

/// A factor that grows or falls in proportion to alarm: in thousandths at an alarm of 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Response(i64);

impl Response {
    /// Alarm changes nothing.
    pub const NONE: Response = Response(1000);

    fn of(factor: &Parameter) -> Response {
        Response(factor.thousandths().min(1_000_000) as i64)
    }

    /// The factor at an alarm of so many thousandths, in thousandths; never below 0.
    #[must_use]
    pub fn at(self, index: u32) -> u64 {
        (1000 + (self.0 - 1000) * i64::from(index) / 1000).max(0) as u64
    }
}

/// Alarm over a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alarm {
    /// By region (last the nation: what concerns all regions), by day of the run; empty if the scenario has no alarm.
    levels: Vec<Vec<u32>>,
    /// What it does to departures.
    pub departures: Response,
    /// What it does to the willingness to sign.
    pub willingness: Response,
    /// What it does to requests for help.
    pub requests: Response,
}

impl Alarm {
    /// No alarm ever.
    #[must_use]
    pub fn none() -> Alarm {
        let none = Response::NONE;
        Alarm { levels: Vec::new(), departures: none, willingness: none, requests: none }
    }

    /// The alarm of a choice in these regions (ISO codes) over a run of so many days.
    #[must_use]
    pub fn new(choice: &Choice, regions: &[String], start: Day, days: u16) -> Alarm {
        let of_region = |region: Option<&String>| -> Vec<u32> {
            (0..i32::from(days)).map(|day| level(choice, region, start.plus_days(day))).collect()
        };
        Alarm {
            levels: regions.iter().map(Some).chain([None]).map(of_region).collect(),
            departures: Response::of(&choice.departures),
            willingness: Response::of(&choice.willingness),
            requests: Response::of(&choice.requests),
        }
    }

    /// Whether the scenario has alarm at all.
    #[must_use]
    pub fn is_on(&self) -> bool {
        !self.levels.is_empty()
    }

    /// Alarm in a region on a day of the run, from 0: thousandths of a unit above calm, 0 for calm.
    #[must_use]
    pub fn index(&self, region: u16, run_day: usize) -> u32 {
        let days = if self.is_on() { self.levels.get(usize::from(region)) } else { None };
        days.and_then(|days| days.get(run_day)).copied().unwrap_or(0)
    }

    /// Alarm from what concerns all regions, on a day of the run.
    #[must_use]
    pub fn national(&self, run_day: usize) -> u32 {
        self.levels.last().and_then(|days| days.get(run_day)).copied().unwrap_or(0)
    }

    /// The mean of a region over the days of a week of the run, from 0, rounded down; `None` for the nation.
    #[must_use]
    pub fn weekly(&self, region: Option<u16>, week: usize) -> u32 {
        let place = region.map_or(self.levels.len().saturating_sub(1), usize::from);
        let Some(days) = self.levels.get(place) else { return 0 };
        let days = days.get(week * WEEK..days.len().min((week + 1) * WEEK)).unwrap_or(&[]);
        let sum: u64 = days.iter().map(|level| u64::from(*level)).sum();
        (sum / days.len().max(1) as u64) as u32
    }
}

/// What is left of all the news on a day where it concerns.
fn level(choice: &Choice, region: Option<&String>, today: Day) -> u32 {
    let concerns = |news: &&News| match (&news.regions, region) {
        (None, _) => true,
        (Some(listed), Some(region)) => listed.contains(region),
        (Some(_), None) => false,
    };
    let left = |news: &News| {
        let sign = if news.kind == NewsKind::Denial { -1.0 } else { 1.0 };
        let halving = choice.halving_days[news.kind as usize].value;
        let age = today.days_since(news.day);
        let kept = if age == 0 {
            1.0
        } else if halving > 0.0 {
            libm::exp2(-f64::from(age) / halving)
        } else {
            0.0
        };
        sign * news.strength.value * kept
    };
    let sum: f64 = choice.news.iter().filter(|news| news.day <= today).filter(concerns).map(left).sum();
    (sum * 1000.0 + 0.5).clamp(0.0, MOST) as u32
}
