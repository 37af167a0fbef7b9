//! What numbers of runs make of published figures: an interval over replicates, a verdict, and one common day for the figures of one statement.
//!
//! It knows figures and numbers; where the numbers come from is not its business.

use crate::input::validation::{Figure, Held, Lived, Role};
use crate::interval::Interval;
use callup_law::calendar::Day;
use std::collections::BTreeSet;

/// A figure beside what the replicates say.
#[derive(Clone, Debug)]
pub struct Checked {
    /// The published figure.
    pub figure: Figure,
    /// One value a replicate; empty where the model has nothing to compare.
    pub held: Vec<Held>,
    /// By replicate the values at each last day that the source allows.
    pub by_day: Vec<Vec<Option<f64>>>,
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

/// Says of each figure of a statement whether one day fits all of them: the day was the same when they were counted. A figure that has nothing to be
/// compared with fits no day and every day, and is left out.
pub fn judge_statements(checked: &mut [Checked]) {
    let names: BTreeSet<String> = checked.iter().filter_map(|one| one.figure.statement.clone()).collect();
    for name in names {
        let is_own = |one: &&Checked| one.figure.statement.as_ref() == Some(&name) && one.value().is_some();
        let own: Vec<&Checked> = checked.iter().filter(is_own).collect();
        let fits = own.split_first().is_none_or(|(one, others)| {
            one.days().any(|day| one.fits_on(day) && others.iter().all(|other| other.fits_on(day)))
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
        self.by_day.push(self.figure.by_day(lived));
    }

    /// The last days that the source allows.
    fn days(&self) -> impl Iterator<Item = Day> {
        let against = self.figure.against.iter();
        against.flat_map(|one| {
            (0..=one.until_latest.days_since(one.until_earliest)).map(|day| one.until_earliest.plus_days(day))
        })
    }

    /// The middle of the replicates on this last day, and the interval over them.
    fn value_on(&self, day: Day) -> Option<(f64, f64, f64)> {
        let first = self.figure.against.as_ref()?.until_earliest;
        let place = usize::try_from(day.days_since(first)).ok()?;
        let values: Vec<f64> = self.by_day.iter().filter_map(|days| days.get(place).copied().flatten()).collect();
        between(&values)
    }

    /// Whether the interval over the replicates meets the range on this last day.
    fn fits_on(&self, day: Day) -> bool {
        self.value_on(day).is_some_and(|(_, low, high)| self.figure.meets((low, high)))
    }

    /// The middle of the replicates on the day chosen, and the interval over them; `None` where there is nothing to compare.
    #[must_use]
    pub fn value(&self) -> Option<(f64, f64, f64)> {
        between(&self.held.iter().map(|held| held.model).collect::<Vec<f64>>())
    }

    /// The ends of the intervals over the replicates that lie farthest out, of those of all days that the source allows.
    #[must_use]
    pub fn reach(&self) -> Option<Held> {
        let (model, model_low, model_high) = self.value()?;
        let wider = |held: Held, (_, low, high): (f64, f64, f64)| Held {
            model_low: held.model_low.min(low),
            model_high: held.model_high.max(high),
            ..held
        };
        Some(self.days().filter_map(|day| self.value_on(day)).fold(Held { model, model_low, model_high }, wider))
    }

    /// What the run makes of the figure: a hit if the interval over the replicates meets the published range.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        let agreement = || {
            let (_, low, high) = self.value()?;
            let chosen = self.figure.against.as_ref().map(|against| against.until);
            let fits_another = || self.days().any(|day| Some(day) != chosen && self.fits_on(day));
            Some(match self.figure.meets((low, high)) {
                true => Agreement::Hit,
                false if !fits_another() => Agreement::Miss,
                false if self.fits_together => Agreement::HitOnAnotherDay,
                false => Agreement::MissTogether,
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

/// The middle of these values and their interval; none of none, and of one value itself.
fn between(values: &[f64]) -> Option<(f64, f64, f64)> {
    match Interval::of(values) {
        Some(Interval { low, median, high, .. }) => Some((median, low, high)),
        None => values.first().map(|only| (*only, *only, *only)),
    }
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
