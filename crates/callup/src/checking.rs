//! A scenario beside published figures: what the run has to say to each, in one replicate or several.
//!
//! A replicate is the same scenario with other chance: its seed is that of the scenario plus its number. This file prints nothing.

use crate::data::Data;
use crate::error::Error;
use crate::input::validation::{Figure, Lived, Published, read_validation};
use crate::judging::{Checked, judge_statements};
use crate::prepare::{Regions, RunRequest};
use crate::shelf::{Answer, AnswerKind, Question, Shelf, of_outcome};
use crate::{Observer, rehearse};
use callup_law::calendar::Day;

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
    let mut checked: Vec<Checked> = figures.into_iter().map(Checked::of).collect();
    let mut seed = request.seed;
    for number in 0..replicates.max(1) {
        let request = RunRequest { seed: seed.map(|seed| seed.wrapping_add(number.into())), ..request.clone() };
        let (prepared, outcome) = rehearse(&request, data, observer)?;
        seed = seed.or(Some(prepared.scenario.seed));
        let shelf = of_outcome(&prepared, &outcome);
        checked.iter_mut().for_each(|one| one.hold(&Beside { shelf: &shelf }));
    }
    judge_statements(&mut checked);
    Ok(checked)
}

/// What the tables of one run say of figures, before they are judged.
#[must_use]
pub fn held_by(figures: &[Figure], shelf: &Shelf) -> Vec<Checked> {
    let mut checked: Vec<Checked> = figures.iter().cloned().map(Checked::of).collect();
    checked.iter_mut().for_each(|one| one.hold(&Beside { shelf }));
    checked
}

/// What one run has to say, at full scale.
struct Beside<'s> {
    shelf: &'s Shelf,
}

impl Beside<'_> {
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

impl Lived for Beside<'_> {
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
