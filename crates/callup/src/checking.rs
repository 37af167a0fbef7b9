//! A scenario beside published figures: what the run has to say to each, in one replicate or several, and what that makes of the figure.
//!
//! A replicate is the same scenario with other chance: its seed is that of the scenario plus its number. This file prints nothing.

use crate::data::Data;
use crate::error::Error;
use crate::input::validation::{Figure, Held, Lived, Published, Role, read_validation};
use crate::prepare::{Regions, RunRequest};
use crate::shelf::{Answer, AnswerKind, Question, Shelf, of_outcome};
use crate::{Observer, rehearse};
use callup_law::calendar::Day;

/// Least number of replicates of which the two ends of the interval are percentiles and not the extremes.
const PERCENTILES_FROM: usize = 40;

/// A figure beside what the replicates say.
#[derive(Clone, Debug)]
pub struct Checked {
    /// The published figure.
    pub figure: Figure,
    /// One value a replicate; empty where the model has nothing to compare.
    pub held: Vec<Held>,
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
    /// Outside.
    Miss,
}

/// The figures published on a scenario.
///
/// # Errors
/// A file that is not there or not whole.
pub fn published(scenario: &str, data: &Data) -> Result<Published, Error> {
    let source = data.peek(&format!("validation/{scenario}.toml"))?;
    let read = read_validation(&source, &Regions::of(data));
    read.published.ok_or_else(|| Error::Findings {
        what: source.name.clone(),
        findings: read.findings,
        sources: vec![source],
    })
}

/// Runs the replicates and holds each figure against them. The seed of the request, or of the scenario, is that of the first.
///
/// # Errors
/// Whatever keeps the scenario from being run, or an interruption.
pub fn check(
    figures: Vec<Figure>,
    request: &RunRequest,
    replicates: u16,
    data: &Data,
    observer: &mut Observer<'_>,
) -> Result<Vec<Checked>, Error> {
    let mut checked: Vec<Checked> = figures.into_iter().map(|figure| Checked { figure, held: Vec::new() }).collect();
    let mut seed = request.seed;
    for number in 0..replicates.max(1) {
        let request = RunRequest { seed: seed.map(|seed| seed.wrapping_add(number.into())), ..request.clone() };
        let (prepared, outcome) = rehearse(&request, data, observer)?;
        seed = seed.or(Some(prepared.scenario.seed));
        let beside = Beside { shelf: of_outcome(&prepared, &outcome) };
        for one in &mut checked {
            one.held.extend(one.figure.held(&beside));
        }
    }
    Ok(checked)
}

/// What one run has to say, at full scale.
struct Beside {
    shelf: Shelf,
}

impl Beside {
    fn answer(
        &self,
        name: &str,
        group: Option<&str>,
        region: Option<&str>,
        days: Option<(Day, Day)>,
    ) -> Option<Answer> {
        let question = Question {
            indicator: name.to_owned(),
            place: region.map(str::to_owned),
            from: days.map(|days| days.0),
            until: days.map(|days| days.1),
            group: group.map(str::to_owned),
        };
        self.shelf.answer(&question).ok()
    }
}

impl Lived for Beside {
    fn flow(&self, column: &str, region: Option<&str>, from: Day, until: Day) -> Option<f64> {
        self.shelf.flow(column, region, from, until)
    }

    fn told(
        &self,
        name: &str,
        group: Option<&str>,
        region: Option<&str>,
        days: (Day, Day),
        share: bool,
    ) -> Option<f64> {
        let answer = self.answer(name, group, region, Some(days))?;
        // The days of the figure and no others: an answer about part of them says nothing of the figure.
        let is_of_days = answer.until == Some(days.1.into())
            && (answer.kind != AnswerKind::Sum || answer.from == Some(days.0.into()));
        if !is_of_days {
            return None;
        }
        if share { answer.share } else { Some(answer.expanded as f64) }
    }

    fn length(&self, name: &str, group: Option<&str>, region: Option<&str>, statistic: &str) -> Option<f64> {
        self.answer(name, group, region, None)?.days.get(statistic).copied().flatten().map(f64::from)
    }
}

impl Checked {
    /// The middle of the replicates on the day chosen, and the interval over them; `None` where there is nothing to compare.
    #[must_use]
    pub fn value(&self) -> Option<(f64, f64, f64)> {
        let mut values: Vec<f64> = self.held.iter().map(|held| held.model).collect();
        values.sort_by(f64::total_cmp);
        let at = |share: f64| values[((values.len() - 1) as f64 * share).round() as usize];
        let ends = if values.len() < PERCENTILES_FROM { (0.0, 1.0) } else { (0.025, 0.975) };
        (!values.is_empty()).then(|| (at(0.5), at(ends.0), at(ends.1)))
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
                (false, true) => Agreement::HitOnAnotherDay,
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
            Verdict::Predicted(Agreement::Miss) => "predicted, missed",
        }
    }
}

#[cfg(test)]
mod tests;
