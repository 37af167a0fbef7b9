//! The outside world of callup: reading files, running, Parquet, receipt, report, command line.
//!
//! [`run`] is the whole path in one function. Everything that touches files, clocks, formats and threads stands in this crate; law
//! and simulation are pure.

pub mod checking;
pub mod cli;
pub mod comparing;
mod course;
pub mod data;
pub mod error;
pub mod explaining;
pub mod folder;
pub mod forking;
pub mod input;
pub mod interval;
pub mod judging;
pub mod life;
pub mod lives;
pub mod machine;
pub mod origin;
pub mod output;
pub mod prepare;
pub mod replicating;
pub mod save;
pub mod serve;
pub mod shelf;
pub mod worlds;

use callup_sim::synthesize::{FitReport, SynthesisPlan, synthesize};
use callup_sim::{Control, Outcome, Progress, simulate};
use course::Course;
use data::Data;
use error::Error;
use folder::{OutputFile, Partial, WriteError};
use output::Made;
use output::receipt::ReplicateLine;
use output::receipt::{Cost, Receipt, receipt};
use output::replicates::Replicate;
use prepare::{Place, Prepared, RunRequest, Saving, prepare};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// SHA-256 of the sources that this program was built from: part of the identity of a run, so that two builds never take each other's runs for
/// their own.
pub const SOURCES_SHA256: &str = env!("CALLUP_SOURCES_SHA256");

/// Where a run is, told to whoever watches.
#[derive(Debug)]
pub enum Stage<'a> {
    /// Everything is read and checked.
    Ready(&'a Prepared),
    /// People are being made.
    Synthesis,
    /// A week of the simulation has ended.
    Simulation(Progress),
    /// A run before this one left a save of the very same run, from which it could go on.
    SaveFound {
        /// The save.
        path: &'a Path,
        /// Days done.
        day: u16,
        /// It goes on from there, as one of several runs does; otherwise it begins anew.
        goes_on: bool,
    },
    /// A save could not go on under another law, which asks for days that the run did not keep; all days are lived again, with the same result.
    LivedAgain {
        /// The law under which matters were pending.
        law: &'a str,
        /// What it did not keep.
        days: &'a [String],
    },
    /// The run was saved.
    Saved {
        /// Days done.
        day: u16,
    },
    /// A replicate is there, or was there before.
    Replicate {
        /// Its number; the run that is asked for is the first.
        number: u16,
        /// How many there are to be.
        of: u16,
        /// Its folder.
        folder: &'a Path,
    },
    /// Files are being written; this one is next.
    Writing(&'a str),
}

/// Who watches a run and may stop it.
pub type Observer<'o> = dyn FnMut(Stage<'_>) -> Control + Send + 'o;

/// A run that is there, whole.
#[derive(Debug)]
pub struct Finished {
    /// Its folder.
    pub folder: PathBuf,
    /// Its receipt.
    pub receipt: Receipt,
    /// Whether it was there before, from the same inputs.
    pub already_there: bool,
}

/// Runs a scenario: read, make people, let them live, write the folder.
///
/// # Errors
/// Whatever keeps the run from being made or written; then nothing is left behind.
pub fn run(request: &RunRequest, data: &Data, observer: &mut Observer<'_>) -> Result<Finished, Error> {
    if request.replicates > 1
        && let Place::Folder(folder) = &request.place
    {
        let message = format!("{} cannot hold {} replicates", folder.display(), request.replicates);
        return Err(Error::Usage {
            message,
            help: "give a folder of runs: each replicate has one of its own there".into(),
        });
    }
    run_as(request, request.replicates > 1, data, observer)
}

/// Runs a scenario once, after its replicates; one of several goes on by itself from the save that it left when it was ended.
fn run_as(
    request: &RunRequest,
    is_of_several: bool,
    data: &Data,
    observer: &mut Observer<'_>,
) -> Result<Finished, Error> {
    let mut watch = Watch::start();
    let prepared = prepare(request, data)?;
    let folder = folder_of(request, &prepared);
    let course = Course::new(request, &prepared, &folder)?;
    let course = if is_of_several { course.of_several() } else { course };
    let mut others = Vec::new();
    if request.replicates > 1 && finished_before(request, &prepared, &folder)?.is_none() {
        folder::probe(&folder)?;
        watch.stage("reading");
        others = replicates(request, &prepared, data, observer)?;
        watch.stage("replicates");
    }
    lived(request, prepared, others, folder, course, observer, watch)
}

/// Runs the scenario with the seeds that follow, each in a folder of its own beside that of the first, as often as was asked for.
fn replicates(
    request: &RunRequest,
    first: &Prepared,
    data: &Data,
    observer: &mut Observer<'_>,
) -> Result<Vec<Replicate>, Error> {
    let mut others = Vec::new();
    for number in 1..request.replicates {
        let seed = Some(first.scenario.seed.wrapping_add(number.into()));
        let saving = Saving { from: None, ..request.saving.clone() };
        let one = RunRequest { seed, saving, replicates: 1, ..request.clone() };
        let finished = run_as(&one, true, &data.anew(), observer)?;
        tell(observer, Stage::Replicate { number: number + 1, of: request.replicates, folder: &finished.folder })?;
        let shelf = shelf::of_run(&finished.folder, &finished.receipt)?;
        let Receipt { seed, identity, headline, .. } = finished.receipt;
        others.push(replicating::replicate(ReplicateLine { seed, identity }, headline, &shelf, first));
    }
    Ok(others)
}

/// Lets a run that is ready take its course, and writes its folder.
fn lived(
    request: &RunRequest,
    prepared: Prepared,
    others: Vec<Replicate>,
    folder: PathBuf,
    mut course: Course<'_>,
    observer: &mut Observer<'_>,
    mut watch: Watch,
) -> Result<Finished, Error> {
    if let Some(receipt) = finished_before(request, &prepared, &folder)? {
        course.end();
        return Ok(Finished { folder, receipt, already_there: true });
    }
    folder::probe(&folder)?;
    course.look_for_a_save(observer)?;
    let pool = threads(request)?;
    tell(observer, Stage::Ready(&prepared))?;
    watch.stage("reading");

    let (fit, outcome) = live(&prepared, &pool, Some(&mut course), observer, &mut watch)?;

    let headline = output::headline::headline(&prepared, &outcome);
    let replicates = replicating::replicates(&prepared, &outcome, &headline, others);
    let headline = replicates.beside(headline);
    let made = Made { prepared: &prepared, fit: &fit, outcome: &outcome, headline: &headline, replicates: &replicates };
    let partial = Partial::create(&folder)?;
    let mut outputs = written(&partial, made, &pool, observer)?;
    for (name, bytes) in output::coverage::marked_laws(&prepared, &outcome) {
        outputs.push(partial.write(&name, &bytes)?);
    }
    watch.stage("writing");
    let (resumed, cost) = (&course.label.resumed_at_days, watch.cost(pool.current_num_threads()));
    let receipt = receipt(made, outputs, resumed, cost);
    partial.write(output::receipt::FILE_NAME, &receipt.to_bytes())?;
    tell(observer, Stage::Writing(output::receipt::FILE_NAME))?;
    partial.finish()?;
    course.end();
    Ok(Finished { folder, receipt, already_there: false })
}

/// Makes the files of a run and writes them, as many at once as there are threads.
fn written(
    partial: &Partial,
    made: Made<'_>,
    pool: &rayon::ThreadPool,
    observer: &mut Observer<'_>,
) -> Result<Vec<OutputFile>, Error> {
    let files: Vec<&output::FileMaker> = output::FILES.iter().filter(|file| (file.is_wanted)(made)).collect();
    for file in &files {
        tell(observer, Stage::Writing(file.name))?;
    }
    let write = |file: &&output::FileMaker| partial.write(file.name, &(file.make)(made));
    let written: Result<Vec<OutputFile>, WriteError> =
        pool.install(|| files.par_iter().with_max_len(1).map(write).collect());
    Ok(written?)
}

/// Makes the people and lets them live; nothing is written.
fn live(
    prepared: &Prepared,
    pool: &rayon::ThreadPool,
    course: Option<&mut Course<'_>>,
    observer: &mut Observer<'_>,
    watch: &mut Watch,
) -> Result<(FitReport, Outcome), Error> {
    tell(observer, Stage::Synthesis)?;
    let plan = plan(prepared);
    let people = pool.install(|| synthesize(&prepared.margins, plan, &prepared.scenario.population));
    let (people, fit) = people.map_err(|error| unlaid(prepared, &error.to_string()))?;
    watch.stage("synthesis");

    let outcome = match course.filter(|course| course.is_watched()) {
        Some(course) => pool.install(|| course.simulate(&people, prepared, observer))?,
        None => pool.install(|| {
            let observe = &mut |progress: &Progress| observer(Stage::Simulation(*progress));
            simulate(people, &prepared.law_set, &prepared.scenario, observe)
        }),
    };
    if !outcome.completed {
        return Err(Error::Interrupted);
    }
    watch.stage("simulation");
    Ok((fit, outcome))
}

/// Lets a scenario happen without writing anything, for those who only look at its counters.
///
/// # Errors
/// Whatever keeps the scenario from being read, or an interruption.
pub fn rehearse(request: &RunRequest, data: &Data, observer: &mut Observer<'_>) -> Result<(Prepared, Outcome), Error> {
    let mut watch = Watch::start();
    let prepared = prepare(request, data)?;
    let pool = threads(request)?;
    tell(observer, Stage::Ready(&prepared))?;
    let (_, outcome) = live(&prepared, &pool, None, observer, &mut watch)?;
    Ok((prepared, outcome))
}

pub(crate) fn tell(observer: &mut Observer<'_>, stage: Stage<'_>) -> Result<(), Error> {
    match observer(stage) {
        Control::Continue => Ok(()),
        Control::Stop => Err(Error::Interrupted),
    }
}

fn folder_of(request: &RunRequest, prepared: &Prepared) -> PathBuf {
    match &request.place {
        Place::Folder(folder) => folder.clone(),
        Place::Under(runs) => runs.join(prepared.folder_name()),
    }
}

/// The receipt of the same run, if its folder is there; a folder asked for by name must not exist at all.
fn finished_before(request: &RunRequest, prepared: &Prepared, folder: &Path) -> Result<Option<Receipt>, Error> {
    if folder.symlink_metadata().is_err() {
        return Ok(None);
    }
    let path = folder.display().to_string();
    match &request.place {
        Place::Folder(_) => Err(WriteError::Exists { path }.into()),
        Place::Under(_) => match Receipt::of_whole_run(folder, &prepared.identity) {
            Some(receipt) => Ok(Some(receipt)),
            None => Err(WriteError::Foreign { path }.into()),
        },
    }
}

pub(crate) fn plan(prepared: &Prepared) -> SynthesisPlan {
    SynthesisPlan {
        scale: prepared.scenario.scale,
        inhabitants_per_district: prepared.scenario.offices.inhabitants_per_district.value,
        seed: prepared.scenario.seed,
    }
}

pub(crate) fn unlaid(prepared: &Prepared, reason: &str) -> Error {
    let what = format!("no people can be made from the tables of `{}`", prepared.scenario.country);
    Error::Unfit { what, reasons: vec![reason.to_owned()] }
}

pub(crate) fn threads(request: &RunRequest) -> Result<rayon::ThreadPool, Error> {
    let builder = rayon::ThreadPoolBuilder::new().num_threads(request.threads.map_or(0, usize::from));
    builder.build().map_err(|error| Error::Usage {
        message: format!("cannot start the threads: {error}"),
        help: "give fewer with --threads".into(),
    })
}

/// Seconds by stage, for the receipt; a stage that comes again adds up.
struct Watch {
    began: String,
    last: Instant,
    seconds: BTreeMap<String, f64>,
}

impl Watch {
    fn start() -> Watch {
        Watch { began: machine::utc_now(), last: Instant::now(), seconds: BTreeMap::new() }
    }

    fn stage(&mut self, name: &str) {
        let now = Instant::now();
        *self.seconds.entry(name.into()).or_default() += now.duration_since(self.last).as_secs_f64();
        self.last = now;
    }

    fn cost(self, threads: usize) -> Cost {
        let peak_memory_bytes = machine::peak_memory_bytes();
        Cost { started: self.began, threads, seconds: self.seconds, peak_memory_bytes }
    }
}
