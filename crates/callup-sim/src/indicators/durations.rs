//! Lengths as integer histograms: how many came to their end after so many days, how many stand at so many when it is over.
//!
//! Sums do not depend on the order in which they are taken. This file knows no law and no person.

use crate::strata::Strata;
use crate::tally::{Columns, Duration, Sample};
use callup_law::roles::MeasureKind;

/// How many had each of a run of whole numbers of days.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Counts {
    /// Days of the first count; below 0 where lengths can be.
    first_days: i16,
    counts: Vec<u64>,
}

impl Counts {
    /// Counts some of so many days.
    pub fn add(&mut self, days: i16, some: u64) {
        if self.counts.is_empty() {
            // Most lengths are not negative, and most start near 0.
            self.first_days = days.min(0);
        }
        if days < self.first_days {
            let more = i32::from(self.first_days) - i32::from(days);
            self.counts.splice(0..0, std::iter::repeat_n(0, more as usize));
            self.first_days = days;
        }
        let place = (i32::from(days) - i32::from(self.first_days)) as usize;
        if self.counts.len() <= place {
            self.counts.resize(place + 1, 0);
        }
        self.counts[place] += some;
    }

    /// Adds all of another.
    pub fn absorb(&mut self, other: &Counts) {
        other.counted().for_each(|(days, some)| self.add(days, some));
    }

    /// (days, how many), ascending, without those of which there is none.
    pub fn counted(&self) -> impl Iterator<Item = (i16, u64)> + '_ {
        let all = self.counts.iter().enumerate().filter(|(_, some)| **some > 0);
        all.map(|(place, some)| ((i32::from(self.first_days) + place as i32) as i16, *some))
    }

    /// How many in all.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.counts.iter().sum()
    }

    /// How many had more than so many days.
    #[must_use]
    pub fn above(&self, days: i16) -> u64 {
        self.counted().filter(|(counted, _)| *counted > days).map(|(_, some)| some).sum()
    }

    /// How many had fewer than so many days.
    #[must_use]
    pub fn below(&self, days: i16) -> u64 {
        self.counted().filter(|(counted, _)| *counted < days).map(|(_, some)| some).sum()
    }

    /// All days together.
    #[must_use]
    pub fn sum_days(&self) -> i64 {
        self.counted().map(|(days, some)| i64::from(days) * some as i64).sum()
    }

    /// The smallest number of days that at least this share of a hundred of `total` does not exceed; `None` if the counted are too few for it.
    pub(crate) fn percentile(&self, percent: u64, total: u64) -> Option<i16> {
        let mut so_far = 0;
        let reaches = |(_, some): &(i16, u64)| {
            so_far += some;
            so_far * 100 >= total * percent
        };
        self.counted().find(reaches).map(|(days, _)| days)
    }
}

/// Lengths of one kind, counted by whole days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Histogram {
    /// Which length.
    pub duration: Duration,
    /// Region; `None` for all.
    pub region: Option<u16>,
    /// Kind of measure; `None` where there is none.
    pub measure: Option<MeasureKind>,
    /// Place of the stratum among those of the run; `None` for everybody.
    pub stratum: Option<u16>,
    /// Those that came to their end, by their length.
    pub ended: Counts,
    /// Those that never did in the matter or the run, by the days they stand at then.
    pub open: Counts,
}

impl Histogram {
    /// Whether it is that of everybody everywhere.
    #[must_use]
    pub fn is_of_all(&self) -> bool {
        (self.region, self.stratum) == (None, None)
    }

    /// How many, ended or open.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.ended.total() + self.open.total()
    }

    /// Of those that ended, the smallest number of days that at least this share of a hundred does not exceed.
    #[must_use]
    pub fn percentile_days(&self, percent: u64) -> Option<i16> {
        self.ended.percentile(percent, self.ended.total())
    }

    /// The same of all, where an open one counts as longer than every ended one; `None` if so many are open that it is not reached.
    #[must_use]
    pub fn percentile_of_all(&self, percent: u64) -> Option<i16> {
        self.ended.percentile(percent, self.total())
    }

    /// How many lasted more than so many days, those included that stand at more.
    #[must_use]
    pub fn above(&self, days: i16) -> u64 {
        self.ended.above(days) + self.open.above(days)
    }
}

/// Lengths of a run, or of a part of it, as they are folded.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(crate) struct Durations {
    kinds: usize,
    regions: usize,
    strata: usize,
    /// By duration, kind of measure (the last place for none) and region.
    by_region: Vec<[Counts; 2]>,
    /// By duration, kind of measure and stratum.
    by_stratum: Vec<[Counts; 2]>,
}

impl Durations {
    pub(crate) fn new(columns: &Columns, regions: usize, strata: &Strata) -> Durations {
        let kinds = columns.kinds().len() + 1;
        let rows = Duration::ALL.len() * kinds;
        let strata = strata.list().len();
        Durations {
            kinds,
            regions,
            strata,
            by_region: vec![Default::default(); rows * regions],
            by_stratum: vec![Default::default(); rows * strata],
        }
    }

    /// Whether it can have been counted in the same run: as many histograms, no count above this and no length that is no number of days.
    pub(crate) fn has_form_of(&self, other: &Durations, count_max: u64) -> bool {
        let form = |one: &Durations| (one.kinds, one.regions, one.strata, one.by_region.len(), one.by_stratum.len());
        let is_sound = |counts: &Counts| {
            let last =
                i32::from(counts.first_days) + i32::try_from(counts.counts.len()).unwrap_or(i32::MAX).saturating_sub(1);
            last <= i32::from(i16::MAX) && counts.counts.iter().all(|count| *count <= count_max)
        };
        form(self) == form(other) && self.by_region.iter().chain(&self.by_stratum).flatten().all(is_sound)
    }

    /// The same counted for the kinds of measure of other laws: for each of them its place here, if it has one.
    pub(crate) fn refitted(&self, kinds: &[Option<usize>]) -> Durations {
        // What has no kind stands behind the last one.
        let places: Vec<Option<usize>> = kinds.iter().copied().chain([Some(self.kinds.saturating_sub(1))]).collect();
        let refit = |list: &[[Counts; 2]], each: usize| -> Vec<[Counts; 2]> {
            let rows = (0..Duration::ALL.len()).flat_map(|duration| places.iter().map(move |place| (duration, *place)));
            let cell = |(duration, place): (usize, Option<usize>), one: usize| {
                let row = duration * self.kinds + place?;
                list.get(row * each + one).cloned()
            };
            rows.flat_map(|row| (0..each).map(move |one| cell(row, one).unwrap_or_default())).collect()
        };
        Durations {
            kinds: places.len(),
            by_region: refit(&self.by_region, self.regions),
            by_stratum: refit(&self.by_stratum, self.strata),
            ..*self
        }
    }

    /// The same with nothing counted.
    pub(crate) fn blank(&self) -> Durations {
        Durations {
            by_region: vec![Default::default(); self.by_region.len()],
            by_stratum: vec![Default::default(); self.by_stratum.len()],
            ..*self
        }
    }

    /// Counts what a district of a region has measured.
    pub(crate) fn take(&mut self, strata: &Strata, region: usize, samples: &[Sample]) {
        for sample in samples {
            let row = sample.duration as usize * self.kinds + usize::from(sample.measure).min(self.kinds - 1);
            let side = usize::from(!sample.ended);
            self.by_region[row * self.regions + region][side].add(sample.days, 1);
            for stratum in strata.places(sample.stratum) {
                self.by_stratum[row * self.strata + stratum][side].add(sample.days, 1);
            }
        }
    }

    /// Adds what was counted elsewhere.
    pub(crate) fn absorb(&mut self, part: &Durations) {
        let own = self.by_region.iter_mut().chain(&mut self.by_stratum);
        for (own, part) in own.zip(part.by_region.iter().chain(&part.by_stratum)) {
            own.iter_mut().zip(part).for_each(|(own, part)| own.absorb(part));
        }
    }

    /// Histograms by duration and kind of measure: of all, of each region, of each stratum. Those without a count are left out.
    pub(crate) fn histograms(&self, columns: &Columns) -> Vec<Histogram> {
        let mut list = Vec::new();
        for &duration in Duration::ALL {
            for kind in 0..self.kinds {
                let row = duration as usize * self.kinds + kind;
                let measure = columns.kinds().get(kind).copied();
                let by_region = &self.by_region[row * self.regions..][..self.regions];
                let mut all: [Counts; 2] = Default::default();
                by_region.iter().for_each(|one| all.iter_mut().zip(one).for_each(|(all, one)| all.absorb(one)));
                let mut push = |region, stratum, [ended, open]: [Counts; 2]| {
                    if ended.total() + open.total() > 0 {
                        list.push(Histogram { duration, region, measure, stratum, ended, open });
                    }
                };
                push(None, None, all);
                (0..).zip(by_region).for_each(|(region, counts)| push(Some(region), None, counts.clone()));
                let by_stratum = &self.by_stratum[row * self.strata..][..self.strata];
                (0..).zip(by_stratum).for_each(|(stratum, counts)| push(None, Some(stratum), counts.clone()));
            }
        }
        list
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_below_zero_have_their_place() {
        let mut counts = Counts::default();
        [3, 3, -2, 40, 0].into_iter().for_each(|days| counts.add(days, 1));
        assert_eq!(counts.counted().collect::<Vec<_>>(), [(-2, 1), (0, 1), (3, 2), (40, 1)]);
        assert_eq!((counts.above(3), counts.below(3), counts.total(), counts.sum_days()), (1, 2, 5, 44));
        let mut other = Counts::default();
        other.add(-9, 2);
        other.absorb(&counts);
        assert_eq!(other.below(0), 3);
    }

    #[test]
    fn what_is_open_counts_as_longer_than_all_that_ended() {
        let counts = |days: &[i16]| {
            let mut counts = Counts::default();
            days.iter().for_each(|days| counts.add(*days, 1));
            counts
        };
        let histogram = Histogram {
            duration: Duration::NoticeGap,
            region: None,
            measure: None,
            stratum: None,
            ended: counts(&[1, 2, 50]),
            open: counts(&[7, 95]),
        };
        assert_eq!((histogram.percentile_days(50), histogram.percentile_of_all(50)), (Some(2), Some(50)));
        assert_eq!((histogram.percentile_days(90), histogram.percentile_of_all(90)), (Some(50), None));
        assert_eq!((histogram.above(30), histogram.above(90), histogram.total()), (2, 1, 5));
    }
}
