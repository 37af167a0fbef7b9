//! `quotas.parquet`: week by week and region by region the plan of contracts, what was signed, the lag, the effort and the alarm.
//!
//! What each column means stands in its metadata. This file decides nothing.

use super::table::{Table, Values};
use super::tables::{day_of, new_table, region_codes};
use crate::prepare::Prepared;
use callup_sim::Outcome;
use callup_sim::alarm::Alarm;
use callup_sim::indicators::QuotaWeek;
use std::collections::BTreeMap;

/// Name of the file.
pub const FILE_NAME: &str = "quotas.parquet";
/// Days of a week.
const WEEK: usize = 7;

/// The table.
#[must_use]
pub fn table(prepared: &Prepared, outcome: &Outcome) -> Table {
    let codes = region_codes(prepared);
    let (regions, days) = (codes.len(), outcome.daily.days());
    let alarm =
        prepared.scenario.alarm.as_ref().map_or_else(Alarm::none, |choice| {
            Alarm::new(choice, &codes, prepared.scenario.start, prepared.scenario.days)
        });
    let places: Vec<(usize, u16)> =
        (0..days.div_ceil(WEEK)).flat_map(|week| (0..regions as u16).map(move |region| (week, region))).collect();
    let last_day = |week: usize| (week * WEEK + WEEK).min(days).saturating_sub(1) as u16;
    let stood: BTreeMap<(u16, u16), &QuotaWeek> =
        outcome.quota_weeks.iter().map(|week| ((week.day, week.region), week)).collect();
    let of = |take: &dyn Fn(&QuotaWeek) -> u64| -> Vec<Option<u64>> {
        places.iter().map(|(week, region)| stood.get(&(last_day(*week), *region)).map(|one| take(one))).collect()
    };
    let about = "The contract campaign week by week and region by region: plan, contracts, effort; and public alarm, whose strength is an assumption.";
    let mut out = new_table(prepared, about);
    let dates = places.iter().map(|(week, _)| day_of(prepared, last_day(*week))).collect();
    out.push("date", "civil day", "Last day of the week.", Values::Days(dates));
    let listed = places.iter().map(|(_, region)| Some(*region)).collect();
    out.push("region", "ISO 3166-2", "Region.", Values::Listed { words: codes, places: listed });
    let plan = of(&|week| week.plan);
    out.push(
        "plan",
        "persons",
        "Contracts that the quota wants signed by the date, in equal parts a day; empty without a quota.",
        Values::OptionalCounts(plan),
    );
    let actual = of(&|week| week.actual);
    out.push(
        "actual",
        "persons",
        "Contracts that count for the region by the date: signed in it by whomever, since the first day of the quota.",
        Values::OptionalCounts(actual),
    );
    let lag = |(week, region): &(usize, u16)| {
        let one = stood.get(&(last_day(*week), *region)).filter(|one| one.plan > 0)?;
        Some((one.plan as f64 - one.actual as f64) / one.plan as f64)
    };
    let lags = places.iter().map(lag).collect();
    out.push(
        "lag",
        "share",
        "Share of the plan that is missing on the date; below 0 where more was signed; empty while nothing is planned.",
        Values::OptionalNumbers(lags),
    );
    let effort = of(&|week| week.effort.into());
    out.push(
        "effort",
        "thousandths",
        "Effort and pressure of offices in the week, 1,000 as usual, by men of the ages of the quota.",
        Values::OptionalCounts(effort),
    );
    let alarms = places.iter().map(|(week, region)| alarm.weekly(Some(*region), *week).into()).collect();
    out.push("alarm", "thousandths", "Public alarm, mean of the week: 0 in calm, 1,000 as strong as the unit of the scenario. Its strength is an assumption.", Values::Counts(alarms));
    out
}
