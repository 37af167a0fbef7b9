//! Distinct persons of a run, counted from their marks: of the nation, by region, by stratum, by both.
//!
//! One pass over the marks at the end of a run; without strata nobody's row is read. This file knows no law and no day.

use super::registry::{INDICATORS, Source};
use crate::people::{People, Person};
use crate::strata::Strata;
use rayon::prelude::*;
use std::collections::BTreeMap;

/// A part and what it is a part of.
pub(crate) type Part = (u64, u64);

/// For each place of [`sources`], for each region all and then each stratum.
#[derive(Clone, Debug)]
pub(crate) struct Persons {
    sources: usize,
    cells: usize,
    parts: Vec<Part>,
}

/// The indicators that count distinct persons, with the marks that a person of the part has and has not, and those that one of the whole has.
pub(crate) fn sources() -> Vec<(&'static str, [u32; 3])> {
    let of_persons = |source: &Source| match source {
        Source::Persons(with, without, of) => Some([*with, *without, *of]),
        _ => None,
    };
    let all = INDICATORS.iter().flat_map(|indicator| indicator.sources.iter().map(|source| (indicator.id, source)));
    all.filter_map(|(id, source)| of_persons(source).map(|marks| (id, marks))).collect()
}

impl Persons {
    /// Counts everybody.
    pub(crate) fn count(people: &People, marks: &[u32], strata: &Strata) -> Persons {
        let layout = people.layout();
        let (sources, cells) = (sources(), 1 + strata.list().len());
        let of_district = |district: u32| {
            let rows = layout.district_rows(district);
            let marks = &marks[rows.start as usize..rows.end as usize];
            let mut parts = vec![(0, 0); sources.len() * cells];
            for (place, (_, wanted)) in sources.iter().enumerate() {
                parts[place * cells] = everybody(marks, *wanted);
            }
            for ((code, marks), some) in alike(people.district(district), marks, strata) {
                for (place, (_, wanted)) in sources.iter().enumerate() {
                    let (part, whole) = is_counted(marks, *wanted);
                    if whole {
                        for stratum in strata.places(code) {
                            let cell = &mut parts[place * cells + 1 + stratum];
                            *cell = (cell.0 + if part { some } else { 0 }, cell.1 + some);
                        }
                    }
                }
            }
            (layout.region_of_district(district), parts)
        };
        let by_district: Vec<_> = (0..layout.districts()).into_par_iter().map(of_district).collect();
        let width = sources.len() * cells;
        let mut parts = vec![(0, 0); layout.regions().len() * width];
        for (region, counted) in by_district {
            add(&mut parts[region * width..][..width], &counted);
        }
        Persons { sources: sources.len(), cells, parts }
    }

    /// Persons of the source at a place, in a region or everywhere, in a stratum or all.
    pub(crate) fn part(&self, place: usize, region: Option<usize>, stratum: Option<usize>) -> Part {
        let (width, cell) = (self.sources * self.cells, place * self.cells + stratum.map_or(0, |stratum| 1 + stratum));
        let regions = region.map_or(0..self.parts.len() / width, |region| region..region + 1);
        regions.map(|region| self.parts[region * width + cell]).fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1))
    }
}

/// How many of these people have the same strata and the same marks; nobody where there are no strata.
fn alike(people: &[Person], marks: &[u32], strata: &Strata) -> BTreeMap<(u16, u32), u64> {
    let mut marked = BTreeMap::new();
    if strata.is_empty() {
        return marked;
    }
    // Of most people nothing is true: they are counted by their strata alone.
    let mut idle: Vec<u64> = Vec::new();
    for (person, marks) in people.iter().zip(marks) {
        let code = strata.code(*person);
        if *marks != 0 {
            *marked.entry((code, *marks)).or_default() += 1;
        } else if let Some(some) = idle.get_mut(usize::from(code)) {
            *some += 1;
        } else {
            idle.resize(usize::from(code) + 1, 0);
            idle[usize::from(code)] = 1;
        }
    }
    let idle = (0..).zip(idle).filter(|(_, some)| *some > 0);
    marked.extend(idle.map(|(code, some)| ((code, 0), some)));
    marked
}

/// Marks that are counted without a check: their counts fit.
const AT_ONCE: usize = 1 << 16;

/// Whether one with these marks belongs to the part, and to the whole. Who is not in the whole is not in the part.
const fn is_counted(marks: u32, [with, without, of]: [u32; 3]) -> (bool, bool) {
    let whole = marks & of == of;
    // `&` on purpose: without a jump many are counted at once.
    (whole & (marks & with == with) & (marks & without == 0), whole)
}

fn everybody(marks: &[u32], wanted: [u32; 3]) -> Part {
    let mut sum = (0, 0);
    for marks in marks.chunks(AT_ONCE) {
        let mut of_some = (0_u32, 0_u32);
        for marks in marks {
            let (part, whole) = is_counted(*marks, wanted);
            of_some = (of_some.0.wrapping_add(u32::from(part)), of_some.1.wrapping_add(u32::from(whole)));
        }
        sum = (sum.0 + u64::from(of_some.0), sum.1 + u64::from(of_some.1));
    }
    sum
}

fn add(sums: &mut [Part], more: &[Part]) {
    for (sum, one) in sums.iter_mut().zip(more) {
        *sum = (sum.0 + one.0, sum.1 + one.1);
    }
}
