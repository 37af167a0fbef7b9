//! The course of a run through its weeks: from where it begins, when it is saved, what becomes of its saves.
//!
//! It calls the simulation and the save, and knows nothing of either from inside.

use crate::data::ReadError;
use crate::error::Error;
use crate::origin::Origin;
use crate::prepare::{Prepared, RunRequest, Saving};
use crate::save::{self, Label, Save};
use crate::{Observer, Stage, tell};
use callup_sim::people::People;
use callup_sim::{Checks, Control, Outcome, Progress, WeekEnd, simulate_savable};
use std::fs;
use std::path::{Path, PathBuf};

/// Days of a week.
const WEEK_DAYS: u16 = 7;

/// The course of one run.
#[derive(Debug)]
pub struct Course<'r> {
    saving: &'r Saving,
    /// Where its saves stand.
    path: PathBuf,
    /// The save from which it goes on.
    from: Option<Save>,
    /// What its next save says of itself.
    pub label: Label,
    /// The last save of it that is there.
    last: Option<(PathBuf, u16)>,
    /// Whether it is one of several runs that are asked for together.
    is_of_several: bool,
}

impl<'r> Course<'r> {
    /// The course that is asked for.
    ///
    /// # Errors
    /// If it is to go on from the save of another run.
    pub fn new(request: &'r RunRequest, prepared: &Prepared, folder: &Path) -> Result<Course<'r>, Error> {
        let saving = &request.saving;
        let (asked, origin) = (request.scenario.clone(), Origin::of(prepared));
        let mut label = Label { origin, asked, day: 0, resumed_at_days: Vec::new() };
        let mut last = None;
        let from = saving.from.as_deref().map(save::read).transpose()?;
        if let Some(from) = &from {
            save::must_be_of(from, &label.origin)?;
            label.resumed_at_days = resumed_at(from);
            last = Some((from.path.clone(), from.label.day));
        }
        Ok(Course { saving, path: save::beside(folder), from, label, last, is_of_several: false })
    }

    /// The course of one of several runs: nobody can be told to go on from the save of one alone, so it does so itself.
    pub fn of_several(self) -> Course<'r> {
        Course { is_of_several: true, ..self }
    }

    /// The course of a run that begins where the save of another one ends.
    pub fn forked(request: &'r RunRequest, prepared: &Prepared, folder: &Path, save: Save) -> Course<'r> {
        let (asked, origin) = (request.scenario.clone(), Origin::of(prepared));
        let label = Label { origin, asked, day: 0, resumed_at_days: resumed_at(&save) };
        let (saving, path) = (&request.saving, save::beside(folder));
        Course { saving, path, from: Some(save), label, last: None, is_of_several: false }
    }

    /// Whether anything but a run in one go is asked for.
    pub fn is_watched(&self) -> bool {
        self.saving.every_weeks.is_some() || self.from.is_some()
    }

    /// Says if an earlier run was ended and left a save from which this one could go on; one of several does.
    ///
    /// # Errors
    /// If whoever watches wants no more.
    pub fn look_for_a_save(&mut self, observer: &mut Observer<'_>) -> Result<(), Error> {
        if self.from.is_some() {
            return Ok(());
        }
        let Some(save) = save::of_run(&self.path, &self.label.origin) else { return Ok(()) };
        let (day, goes_on) = (save.label.day, self.is_of_several);
        if goes_on {
            self.label.resumed_at_days = resumed_at(&save);
            self.last = Some((save.path.clone(), day));
            self.from = Some(save);
        }
        tell(observer, Stage::SaveFound { path: &self.path, day, goes_on })
    }

    /// Simulates, from the save if there is one, and saves when it is time.
    ///
    /// # Errors
    /// If the save is not sound, a save cannot be written, or whoever watches wants no more.
    pub fn simulate(
        &mut self,
        people: &People,
        prepared: &Prepared,
        observer: &mut Observer<'_>,
    ) -> Result<Outcome, Error> {
        let from = self.from.take();
        let mut failed = None;
        let watch = &mut |week: &WeekEnd<'_>| {
            let control = observer(Stage::Simulation(week.progress));
            match self.save_if_due(week, control) {
                Ok(false) => control,
                Ok(true) => {
                    let told = observer(Stage::Saved { day: week.progress.day });
                    if control == Control::Stop { control } else { told }
                }
                Err(error) => {
                    failed = Some(error);
                    Control::Stop
                }
            }
        };
        let (checks, state) =
            (Checks { recount_daily: false, block: 1 }, from.as_ref().map(|save| save.state.as_slice()));
        let outcome = simulate_savable(people, &prepared.law_set, &prepared.scenario, checks, state, watch);
        let outcome = outcome.map_err(|error| {
            let path = from.as_ref().map(|save| save.path.display().to_string()).unwrap_or_default();
            ReadError::Damaged { path, reason: error.to_string() }
        })?;
        match (failed, &self.last) {
            (Some(error), _) => Err(error),
            (None, Some((path, day))) if !outcome.completed => {
                let (save, day, is_of_several) = (path.display().to_string(), *day, self.is_of_several);
                Err(Error::InterruptedSaved { save, day, is_of_several })
            }
            _ => Ok(outcome),
        }
    }

    /// Saves at a week's end that is due, and when the run is about to stop.
    fn save_if_due(&mut self, week: &WeekEnd<'_>, control: Control) -> Result<bool, Error> {
        let Progress { day, days, .. } = week.progress;
        let Some(weeks) = self.saving.every_weeks else { return Ok(false) };
        let is_due = day.is_multiple_of(weeks.saturating_mul(WEEK_DAYS)) || control == Control::Stop;
        let is_new = self.last.as_ref().is_none_or(|(_, last)| *last < day);
        if !is_due || !is_new || day == days {
            return Ok(false);
        }
        let Some(state) = week.save() else { return Ok(false) };
        self.label.day = day;
        save::write(&self.path, &self.label, &state)?;
        self.last = Some((self.path.clone(), day));
        Ok(true)
    }

    /// The run is there: its save is not needed any more.
    pub fn end(&self) {
        if !self.saving.keep {
            // What cannot be removed is a save that bears its run's name, and the next run of it tries again.
            drop(fs::remove_file(&self.path));
        }
    }
}

/// Days that are done whenever a run goes on that goes on from this save.
fn resumed_at(save: &Save) -> Vec<u16> {
    [save.label.resumed_at_days.as_slice(), &[save.label.day]].concat()
}
