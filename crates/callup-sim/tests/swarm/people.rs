//! Who lives in a world: regions with many, few and no people, whose every trait is as likely as anything.

use crate::support::mixed_population;
use crate::trim::Trim;
use callup_naive::random_law::Stream;
use callup_sim::people::{AgeTable, EntryErrors, Layout, People, PopulationParameters, RecordQuality, RegionPlan};
use callup_sim::random::{Draws, KindTable, Probability};

/// Birth years at most: 16 to 64 completed years of age.
const YEARS: usize = 49;

/// A share that is often none, all, or next to either.
pub fn share(stream: &mut Stream) -> f64 {
    stream.pick(&[0.0, 0.0, 1e-9, 0.05, 0.3, 0.5, 0.7, 0.95, 1.0 - 1e-9, 1.0, 1.0])
}

fn by_age(stream: &mut Stream) -> AgeTable {
    if stream.one_in(2) {
        return AgeTable::uniform(share(stream)).expect("a share");
    }
    let first = 16 + stream.below(40) as u8;
    let bands = [(16, first, share(stream)), (first + 1, 63, share(stream)), (64, 64, share(stream))];
    AgeTable::from_bands(&bands).expect("bands without a gap")
}

fn chance(stream: &mut Stream) -> Probability {
    Probability::new(share(stream)).expect("a share")
}

fn errors(stream: &mut Stream) -> EntryErrors {
    EntryErrors::new(share(stream), share(stream)).expect("shares")
}

fn kinds(stream: &mut Stream, count: usize) -> KindTable {
    let alone = stream.below(count);
    let weights: Vec<f64> = if stream.one_in(3) {
        (0..count).map(|kind| f64::from(u8::from(kind == alone))).collect()
    } else {
        let parts: Vec<f64> = (0..count).map(|_| 1.0 + stream.below(9) as f64).collect();
        let sum: f64 = parts.iter().sum();
        parts.iter().map(|part| part / sum).collect()
    };
    KindTable::new(&weights).expect("weights that sum to 1")
}

/// What people are like.
pub fn parameters(stream: &mut Stream) -> PopulationParameters {
    if stream.one_in(3) {
        return mixed_population();
    }
    PopulationParameters {
        study: by_age(stream),
        study_year_ends: stream.pick(&[(6, 30), (1, 1), (12, 31), (2, 28)]),
        works: by_age(stream),
        student_works: by_age(stream),
        employer_reports: chance(stream),
        fitness: kinds(stream, 5),
        served: by_age(stream),
        reserve_unserved: by_age(stream),
        unfit_decided: by_age(stream),
        family_ground: by_age(stream),
        objector: chance(stream),
        at_address: by_age(stream),
        account: by_age(stream),
        reading: kinds(stream, 4),
        needs_driving: chance(stream),
        record: RecordQuality {
            missing: by_age(stream),
            deferment: errors(stream),
            exemption: errors(stream),
            service: errors(stream),
            study: errors(stream),
            reserve: errors(stream),
            address_stale: by_age(stream),
            employer_lost: chance(stream),
        },
    }
}

/// Everybody: one to four regions `XX-1`, `XX-2`, … of one to three districts, some of them of nobody.
pub fn people(stream: &mut Stream, reference_year: u16, parameters: &PopulationParameters, trim: &Trim) -> People {
    let years = if stream.one_in(2) { 12 } else { YEARS };
    let most = trim.each.unwrap_or(u32::MAX);
    let shown = trim.years.unwrap_or(YEARS);
    let plans: Vec<RegionPlan> = (1..=1 + stream.below(4) as u8)
        .map(|code| {
            let empty = stream.one_in(5);
            let districts = (0..1 + stream.below(3))
                .map(|_| {
                    let each = if empty || stream.one_in(6) { 0 } else { stream.below(4) as u32 };
                    let count = |year: usize| if year < shown { each.min(most) } else { 0 };
                    (0..years).map(count).collect()
                })
                .collect();
            RegionPlan { code, iso_code: format!("XX-{code}"), inhabitants: 1000, districts }
        })
        .collect();
    let plans = &plans[..trim.regions.unwrap_or(plans.len()).clamp(1, plans.len())];
    let oldest = if years == YEARS { 65 } else { 29 };
    let layout = Layout::new(plans, reference_year - oldest, years as u16).expect("a small layout");
    People::draw(layout, reference_year, parameters, &Draws::new(stream.next_number())).expect("people")
}
