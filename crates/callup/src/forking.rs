//! A run that was saved goes on under another law from the next day: read the save, make the run in which that law comes into force on that day, and
//! let it begin where the save ends.
//!
//! Such a run is the same as one in one go, so its identity and its folder are those; the save only spares the days before.

use crate::course::Course;
use crate::data::Data;
use crate::error::Error;
use crate::origin::Origin;
use crate::prepare::{Place, Prepared, RunRequest, prepare};
use crate::save::{self, Save};
use crate::worlds::{UnderLaw, under_law};
use crate::{Finished, Observer, Stage, Watch, folder_of, lived, tell};
use callup_law::calendar::Day;
use callup_sim::ForkError;
use std::path::PathBuf;

/// What the user asks for.
#[derive(Clone, Debug, PartialEq)]
pub struct ForkRequest {
    /// The save.
    pub save: PathBuf,
    /// The law that comes into force on the day after it.
    pub law: String,
    /// Answers to switches of that law: name and answer.
    pub answers: Vec<(String, String)>,
    /// Whether pending matters stay under the law before, where the law does not say what becomes of them.
    pub pending_stay: bool,
    /// Threads; `None` for one a processor.
    pub threads: Option<u16>,
    /// Where to write.
    pub place: Place,
}

/// Lets a save go on under another law and writes the folder.
///
/// # Errors
/// Whatever keeps the save from being read or from going on under this law, or the run from being written.
pub fn fork(request: &ForkRequest, data: &Data, observer: &mut Observer<'_>) -> Result<Finished, Error> {
    let mut watch = Watch::start();
    let save = save::read(&request.save)?;
    let run = run_request(request, &save);
    let before = prepare(&run, &data.anew())?;
    save::must_be_of(&save, &Origin::of(&before))?;
    let from = before.scenario.start.plus_days(save.label.day.into());
    let asked = UnderLaw { run: &run, law: &request.law, from: Some(from), answers: &request.answers };
    let (_, after) = under_law(&asked, &data.anew())?;
    same_past(&before, &after, from)?;
    has_transition(request, &before, &after, from)?;
    let folder = folder_of(&run, &after);
    let day = save.label.day;
    let course = match callup_sim::fork(&save.state, &before.law_set, &after.law_set) {
        Ok(state) => Course::forked(&run, &after, &folder, Save { state, ..save }),
        Err(ForkError::Forgotten { law, days }) => {
            tell(observer, Stage::LivedAgain { law: &law, days: &days })?;
            Course::new(&run, &after, &folder)?
        }
        Err(ForkError::OtherLaws) => {
            return Err(unfit(from, vec!["the laws before it are not those of the save".into()]));
        }
        Err(ForkError::Save(error)) => {
            let (path, reason) = (request.save.display().to_string(), format!("as of day {day}: {error}"));
            return Err(crate::data::ReadError::Damaged { path, reason }.into());
        }
    };
    watch.stage("reading");
    lived(&run, after, Vec::new(), folder, course, observer, watch)
}

fn run_request(request: &ForkRequest, save: &Save) -> RunRequest {
    let origin = &save.label.origin;
    RunRequest {
        scale: Some(origin.scale),
        seed: Some(origin.seed),
        days: Some(origin.days),
        threads: request.threads,
        place: request.place.clone(),
        ..RunRequest::once(&save.label.asked)
    }
}

fn unfit(from: Day, reasons: Vec<String>) -> Error {
    Error::Unfit { what: format!("the run cannot go on under this law from {from}"), reasons }
}

/// What was in force before the fork is what it was: the documents, and the readings of them.
fn same_past(before: &Prepared, after: &Prepared, from: Day) -> Result<(), Error> {
    let in_force = before.scenario.laws.iter().filter(|law| law.from < from).count().max(1);
    let mut reasons = Vec::new();
    for (one, other) in before.books.iter().zip(&after.books).take(in_force) {
        if one != other {
            reasons
                .push(format!("it bears the id and date of `{}`, which was in force before: give it its own", one.id));
        }
        for switch in &one.switches {
            let answer = |prepared: &Prepared| prepared.scenario.answers.get(&switch.name).cloned();
            if answer(before) != answer(after) {
                let name = &switch.name;
                reasons.push(format!("`{name}` is a switch of `{}` too, which was read otherwise before: give the switch of the new law another name", one.id));
            }
        }
    }
    reasons.dedup();
    if reasons.is_empty() { Ok(()) } else { Err(unfit(from, reasons)) }
}

/// Whether it is said what becomes of pending matters.
fn has_transition(request: &ForkRequest, before: &Prepared, after: &Prepared, from: Day) -> Result<(), Error> {
    let in_force = before.scenario.laws.iter().rposition(|law| law.from < from).unwrap_or(0);
    let (old, new) = (&before.books[in_force], after.books.last());
    let says = new.and_then(|law| law.replaces.as_ref()).is_some_and(|replaces| replaces.id == old.id);
    match (says, request.pending_stay) {
        (true, false) | (false, true) => Ok(()),
        (true, true) => Err(Error::Usage {
            message: format!("the law says itself what becomes of matters pending under `{}`", old.id),
            help: "leave out --pending-stay; where it is a switch, answer it with --answer".into(),
        }),
        (false, false) => Err(Error::Usage {
            message: format!("the law does not say what becomes of matters pending under `{}`", old.id),
            help: format!(
                "say `replaces {} from {from}; pending matters: new` in the law, or --pending-stay if they stay under the law before",
                old.id
            ),
        }),
    }
}
