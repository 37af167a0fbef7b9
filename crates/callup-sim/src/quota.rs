//! Quotas of contracts (M12): divided from the centre among regions and from regions among districts; who lags works harder, up to a limit.
//!
//! Progress is looked at between two weeks and nowhere else, in the order of districts and in whole numbers. This file knows no person.

use crate::district::{Common, District};
use crate::divide::apportion;
use crate::environment::Effort;
use crate::indicators::QuotaWeek;
use crate::settings::contract::{QuotaSetting, USUAL_EFFORT};
use callup_law::program::Offset;

#[cfg(test)]
mod tests;

/// What comes of a week: how the regions stood, and what the districts were told.
#[derive(Debug, Default)]
pub(crate) struct Barrier {
    pub(crate) weeks: Vec<QuotaWeek>,
    pub(crate) efforts: Vec<Effort>,
}

/// Looks at what has been signed by the end of day `last`, writes it down, and tells every district its effort from the next day on.
pub(crate) fn look(common: &Common<'_>, districts: &mut [District<'_>], last: Offset) -> Barrier {
    let mut barrier = Barrier::default();
    let Some(quota) = &common.settings.quota else { return barrier };
    let men: Vec<u64> = districts
        .iter()
        .map(|district| common.men_of_ages(&district.cohorts, district.first_birth_year, quota.ages))
        .collect();
    let numbers = numbers(quota, districts, &men, common.settings.regions);
    let mut actual = vec![0_u64; common.settings.regions];
    for (region, signed) in districts.iter().flat_map(|district| &district.signed_in) {
        actual[usize::from(*region)] += signed;
    }
    let day = common.run_day(last) as u16;
    let mut start = 0;
    for of_region in districts.chunk_by_mut(|one, other| one.region == other.region) {
        let men = &men[start..start + of_region.len()];
        start += of_region.len();
        let region = of_region[0].region;
        let (number, actual) = (numbers[usize::from(region)], actual[usize::from(region)]);
        let plan = quota.plan(number, last);
        barrier.weeks.push(QuotaWeek { day, region, plan, actual, effort: mean_effort(of_region, men) });
        let lag = lag(plan, actual);
        for (district, part) in of_region.iter_mut().zip(apportion(number, men)) {
            let own = district.signed_in.get(&region).copied().unwrap_or(0);
            let effort = if (quota.from..quota.until).contains(&last) {
                // Half by how the region stands, half by how the district stands in it.
                quota.effort((lag + self::lag(quota.plan(part, last), own)) / 2)
            } else {
                USUAL_EFFORT
            };
            if effort != district.effort {
                district.effort = effort;
                let district = district.number;
                barrier.efforts.push(Effort { day: day + 1, district, thousandths: effort });
            }
        }
    }
    barrier
}

/// What is wanted of each region: numbers that are known, and the rest by men of the ages.
fn numbers(quota: &QuotaSetting, districts: &[District<'_>], men: &[u64], regions: usize) -> Vec<u64> {
    let mut of_region = vec![0_u64; regions];
    districts.iter().zip(men).for_each(|(district, men)| of_region[usize::from(district.region)] += men);
    let known: u64 = quota.regions.iter().flatten().sum();
    let weights: Vec<u64> =
        of_region.iter().zip(&quota.regions).map(|(men, known)| if known.is_some() { 0 } else { *men }).collect();
    let rest = apportion(quota.number.saturating_sub(known), &weights);
    quota.regions.iter().zip(rest).map(|(known, rest)| known.unwrap_or(rest)).collect()
}

/// Thousandths of a plan that are missing.
fn lag(plan: u64, actual: u64) -> u64 {
    (u128::from(plan.saturating_sub(actual)) * 1000 / u128::from(plan.max(1))) as u64
}

/// Effort of a region by men, rounded down.
fn mean_effort(districts: &[District<'_>], men: &[u64]) -> u32 {
    let all: u64 = men.iter().sum();
    if all == 0 {
        return USUAL_EFFORT;
    }
    let sum: u64 = districts.iter().zip(men).map(|(district, men)| u64::from(district.effort) * men).sum();
    (sum / all) as u32
}
