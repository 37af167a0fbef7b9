//! What numbers of runs make of published figures: an interval over replicates, a verdict, and one common day for the figures of one statement.
//!
//! It knows figures and numbers; where the numbers come from is not its business.

use crate::input::validation::{Figure, Held, Lived, Role};
use callup_law::calendar::Day;
use std::collections::BTreeSet;

/// Least number of replicates of which the two ends of the interval are percentiles and not the extremes.
const PERCENTILES_FROM: usize = 40;

/// A figure beside what the replicates say.
#[derive(Clone, Debug)]
pub struct Checked {
    /// The published figure.
    pub figure: Figure,
    /// One value a replicate; empty where the model has nothing to compare.
    pub held: Vec<Held>,
    /// Of a figure of a statement: by replicate the values at each last day that the source allows.
    pub by_day: Vec<Vec<f64>>,
    /// Whether some one day fits all figures of its statement.
    pub fits_together: bool,
}

/// What a run makes of a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It went into the scenario and shows nothing.
    Input,
    /// A number was set with it in view; whether the run reaches it.
    Tuned(Agreement),
    /// Independent of the scenario; whether the run reaches it.
    Predicted(Agreement),
    /// The model has nothing to compare.
    NotModelled,
    /// It could be compared, but this run lacks the days or the number.
    NotInThisRun,
}

/// How a run stands to a range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Agreement {
    /// In it on the day chosen.
    Hit,
    /// In it on some other day that the source allows.
    HitOnAnotherDay,
    /// In it on some such day, which is no day that fits the other figures of the same statement.
    MissTogether,
    /// Outside.
    Miss,
}

/// Says of each figure of a statement whether one day fits all of them: the day was the same when they were counted.
pub fn judge_statements(checked: &mut [Checked]) {
    let names: BTreeSet<String> = checked.iter().filter_map(|one| one.figure.statement.clone()).collect();
    for name in names {
        let own = || checked.iter().filter(|one| one.figure.statement.as_ref() == Some(&name));
        let days =
            own().map(|one| one.first_day()).max().flatten().zip(own().map(|one| one.last_day()).min().flatten());
        let fits = days.is_some_and(|(first, last)| {
            (0..=last.days_since(first)).any(|day| own().all(|one| one.fits_on(first.plus_days(day))))
        });
        for one in checked.iter_mut().filter(|one| one.figure.statement.as_ref() == Some(&name)) {
            one.fits_together = fits;
        }
    }
}

impl Checked {
    /// A figure before anything is held against it.
    #[must_use]
    pub fn of(figure: Figure) -> Checked {
        Checked { figure, held: Vec::new(), by_day: Vec::new(), fits_together: true }
    }

    /// Holds it against one run more.
    pub fn hold(&mut self, lived: &dyn Lived) {
        self.held.extend(self.figure.held(lived));
        if self.figure.statement.is_some() {
            self.by_day.push(self.figure.by_day(lived));
        }
    }

    fn first_day(&self) -> Option<Day> {
        self.figure.against.as_ref().map(|against| against.until_earliest)
    }

    fn last_day(&self) -> Option<Day> {
        self.figure.against.as_ref().map(|against| against.until_latest)
    }

    /// Whether the interval over the replicates meets the range on this last day.
    fn fits_on(&self, day: Day) -> bool {
        let Some(place) = self.first_day().and_then(|first| usize::try_from(day.days_since(first)).ok()) else {
            return false;
        };
        let values: Vec<f64> = self.by_day.iter().filter_map(|days| days.get(place).copied()).collect();
        between(&values)
            .is_some_and(|(model, model_low, model_high)| self.figure.agrees(&Held { model, model_low, model_high }))
    }

    /// The middle of the replicates on the day chosen, and the interval over them; `None` where there is nothing to compare.
    #[must_use]
    pub fn value(&self) -> Option<(f64, f64, f64)> {
        between(&self.held.iter().map(|held| held.model).collect::<Vec<f64>>())
    }

    /// Least and greatest value over the replicates and the days that the source allows.
    #[must_use]
    pub fn reach(&self) -> Option<Held> {
        let (model, ..) = self.value()?;
        let low = self.held.iter().map(|held| held.model_low).fold(f64::INFINITY, f64::min);
        let high = self.held.iter().map(|held| held.model_high).fold(f64::NEG_INFINITY, f64::max);
        Some(Held { model, model_low: low, model_high: high })
    }

    /// What the run makes of the figure: a hit if the interval over the replicates meets the published range.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        let agreement = || {
            let (model, model_low, model_high) = self.value()?;
            let at_day = Held { model, model_low, model_high };
            Some(match (self.figure.agrees(&at_day), self.figure.agrees(&self.reach()?)) {
                (true, _) => Agreement::Hit,
                (false, true) if self.fits_together => Agreement::HitOnAnotherDay,
                (false, true) => Agreement::MissTogether,
                (false, false) => Agreement::Miss,
            })
        };
        match (self.figure.role, agreement()) {
            (Role::Input, _) => Verdict::Input,
            (Role::NotModelled, _) => Verdict::NotModelled,
            (_, None) => Verdict::NotInThisRun,
            (Role::Tuned, Some(agreement)) => Verdict::Tuned(agreement),
            (Role::Held, Some(agreement)) => Verdict::Predicted(agreement),
        }
    }
}

/// The middle of these values and their interval; none of none.
fn between(values: &[f64]) -> Option<(f64, f64, f64)> {
    let mut values = values.to_vec();
    values.sort_by(f64::total_cmp);
    let at = |share: f64| values[((values.len() - 1) as f64 * share).round() as usize];
    let ends = if values.len() < PERCENTILES_FROM { (0.0, 1.0) } else { (0.025, 0.975) };
    (!values.is_empty()).then(|| (at(0.5), at(ends.0), at(ends.1)))
}

impl Verdict {
    /// As people read it.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Verdict::Input => "input, shows nothing",
            Verdict::NotModelled => "not modelled",
            Verdict::NotInThisRun => "this run has no such days or number",
            Verdict::Tuned(Agreement::Hit) => "tuned, reached",
            Verdict::Tuned(Agreement::HitOnAnotherDay) => "tuned, reached on another day that the source allows",
            Verdict::Tuned(Agreement::Miss) => "tuned, missed",
            Verdict::Predicted(Agreement::Hit) => "predicted, hit",
            Verdict::Predicted(Agreement::HitOnAnotherDay) => "predicted, hit on another day that the source allows",
            Verdict::Tuned(Agreement::MissTogether) => "tuned, missed: no one day fits the whole statement",
            Verdict::Predicted(Agreement::MissTogether) => "predicted, missed: no one day fits the whole statement",
            Verdict::Predicted(Agreement::Miss) => "predicted, missed",
        }
    }
}

#[cfg(test)]
mod tests;
