//! Runs and comparisons that are made in the background: a few at once, the others in line, each with a card on the disk.
//!
//! A job is the very call of the library that the command line makes, on a thread of its own. Its card says how far it is; a card that says
//! `running` or `queued` when a server begins belongs to a server that was killed, and is shown as interrupted. A run goes on from its last save,
//! a comparison begins anew. This file knows no HTTP.

mod asked;
mod card;
mod text;

pub use asked::Asked;
pub use card::{Card, State};

use super::answer::Refusal;
use crate::data::Data;
use crate::error::Error;
use crate::{Stage, comparing, machine, run};
use asked::Ready;
use axum::http::StatusCode;
use callup_sim::{Control, Progress};
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::watch;

/// Jobs at once; each uses all processors.
pub const RUNNING_MAX: usize = 2;

/// Jobs in line behind them.
pub const WAITING_MAX: usize = 8;

/// Jobs whose cards are kept; a folder is no place for an endless list.
const KEPT_MAX: usize = 2_000;

/// When a refused job may be tried again, seconds.
const RETRY_SECONDS: u32 = 30;

/// How long jobs have to come to the end of a week when the server ends.
const END_WITHIN: Duration = Duration::from_secs(60);

/// Where cards stand, in the folder of runs; a name that no run has.
const FOLDER: &str = ".jobs";

/// All jobs of a folder of runs.
#[derive(Debug)]
pub struct Jobs {
    runs: PathBuf,
    folder: PathBuf,
    data: Data,
    board: Mutex<BTreeMap<String, Job>>,
    is_ending: AtomicBool,
    /// Held as long as this server has the folder.
    _lock: Option<File>,
}

/// A job.
#[derive(Debug)]
struct Job {
    told: watch::Sender<Card>,
    stop: Arc<AtomicBool>,
}

impl Job {
    fn of(card: Card) -> Job {
        Job { told: watch::Sender::new(card), stop: Arc::default() }
    }

    fn state(&self) -> State {
        self.told.borrow().state
    }
}

impl Jobs {
    /// The jobs of this folder, those of a killed server as interrupted.
    ///
    /// # Errors
    /// When another server has the folder.
    pub fn open(runs: &Path, data: Data) -> Result<Arc<Jobs>, Error> {
        let folder = runs.join(FOLDER);
        // A folder that cannot be written can still be looked at: the first job then says why not.
        drop(fs::create_dir_all(&folder));
        // Nothing is cut short: the folder may come from somebody else, and its `lock` lead to any file.
        let lock = File::options().write(true).create(true).truncate(false).open(folder.join("lock")).ok();
        if lock.as_ref().is_some_and(|lock| matches!(lock.try_lock(), Err(fs::TryLockError::WouldBlock))) {
            let message = format!("another server has {}", runs.display());
            return Err(Error::Usage { message, help: "end it, or give another folder with --runs".into() });
        }
        let mut board = BTreeMap::new();
        for mut card in card::all(&folder) {
            if !card.state.has_ended() {
                card.state = State::Interrupted;
                card.seconds_left = None;
                drop(card::write(&folder, &card));
            }
            board.insert(card.id.clone(), Job::of(card));
        }
        let jobs = Jobs {
            runs: runs.to_owned(),
            folder,
            data,
            board: Mutex::new(board),
            is_ending: AtomicBool::new(false),
            _lock: lock,
        };
        Ok(Arc::new(jobs))
    }

    fn board(&self) -> MutexGuard<'_, BTreeMap<String, Job>> {
        self.board.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Every card, the newest first.
    pub fn list(&self) -> Vec<Card> {
        self.board().values().rev().map(|job| job.told.borrow().clone()).collect()
    }

    /// Follows a job.
    ///
    /// # Errors
    /// When there is none of this id.
    pub fn follow(&self, id: &str) -> Result<watch::Receiver<Card>, Refusal> {
        let board = self.board();
        board.get(id).map(|job| job.told.subscribe()).ok_or_else(|| missing(id))
    }

    /// The file of the scenario that a run was made of, if a job wrote one.
    pub fn scenario_of(&self, run: &str) -> Option<PathBuf> {
        let board = self.board();
        let card = board.values().map(|job| job.told.borrow()).find(|card| card.run.as_deref() == Some(run))?;
        card.scenario_file.as_ref().map(|name| self.folder.join(&card.id).join(name))
    }

    /// The text of the scenario that was written for a job.
    ///
    /// # Errors
    /// When there is no such job, or it runs a scenario of the data.
    pub fn text_of(&self, id: &str) -> Result<String, Refusal> {
        let card = self.follow(id)?.borrow().clone();
        let name = card.scenario_file.ok_or_else(|| {
            Refusal::missing("scenario of its own of the job", id, "GET /api/scenarios/{name} has that of the data")
        })?;
        fs::read_to_string(self.folder.join(&card.id).join(name)).map_err(|error| unwritten(&error))
    }

    /// Puts a job in line, once it is known that it can be run.
    ///
    /// # Errors
    /// When it cannot be, or too many are in line.
    pub fn add(self: &Arc<Jobs>, asked: Asked) -> Result<Card, Refusal> {
        has_room(&self.board(), &self.folder)?;
        let written = asked.written(&self.data.anew())?;
        let id = self.new_id()?;
        let folder = self.folder.join(&id);
        let made = self.checked_in(&folder, &id, asked, &written);
        let card = made.inspect_err(|_| drop(fs::remove_dir_all(&folder)))?;
        let mut board = self.board();
        // Others may have come while this one was read.
        if let Err(refusal) = has_room(&board, &self.folder) {
            drop(fs::remove_dir_all(&folder));
            return Err(refusal);
        }
        board.insert(id, Job::of(card.clone()));
        drop(board);
        self.start_due();
        Ok(card)
    }

    /// Writes the scenario of a job, if it has one of its own, and reads it as the job will.
    fn checked_in(
        &self,
        folder: &Path,
        id: &str,
        asked: Asked,
        written: &Option<(String, String)>,
    ) -> Result<Card, Refusal> {
        if let Some((name, text)) = written {
            fs::write(folder.join(name), text).map_err(|error| unwritten(&error))?;
        }
        let scenario_file = written.as_ref().map(|(name, _)| name.clone());
        let ready = Ready::of(&asked, scenario_file.as_ref().map(|name| folder.join(name)).as_deref(), &self.runs);
        let (title, days) = ready.check(&self.data)?;
        let card = Card::new(id, asked.without_text(), scenario_file, title, days, machine::utc_now());
        card::write(&self.folder, &card).map_err(|error| unwritten(&error))?;
        Ok(card)
    }

    /// The number after the last; making its folder settles whose it is.
    fn new_id(&self) -> Result<String, Refusal> {
        let last = card::ids(&self.folder).last().and_then(|id| id.parse::<u32>().ok()).unwrap_or(0);
        for number in last.saturating_add(1)..=last.saturating_add(64) {
            let id = format!("{number:06}");
            match fs::create_dir(self.folder.join(&id)) {
                Ok(()) => return Ok(id),
                Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(unwritten(&error)),
            }
        }
        Err(Refusal::too_many("too many jobs come at once", 1))
    }

    /// Stops a job at the end of its week, or takes it out of the line.
    ///
    /// # Errors
    /// When there is none, or it has ended.
    pub fn stop(&self, id: &str) -> Result<Card, Refusal> {
        let board = self.board();
        let job = board.get(id).ok_or_else(|| missing(id))?;
        match job.state() {
            State::Queued => Ok(self.note(job, |card| card.state = State::Stopped)),
            State::Running => {
                job.stop.store(true, Ordering::SeqCst);
                let card = job.told.borrow().clone();
                Ok(card)
            }
            _ => Err(Refusal::new(StatusCode::CONFLICT, format!("the job {id} has ended"), "nothing is left to stop")),
        }
    }

    /// Puts a job that was interrupted, stopped or failed in line again.
    ///
    /// # Errors
    /// When there is none, it is under way or finished, or too many are in line.
    pub fn resume(self: &Arc<Jobs>, id: &str) -> Result<Card, Refusal> {
        let card = {
            let board = self.board();
            has_room_in_line(&board)?;
            let job = board.get(id).ok_or_else(|| missing(id))?;
            if !matches!(job.state(), State::Interrupted | State::Stopped | State::Failed) {
                let error = format!("the job {id} is {}", job.state().word());
                return Err(Refusal::new(StatusCode::CONFLICT, error, "only what has ended before its end goes on"));
            }
            job.stop.store(false, Ordering::SeqCst);
            self.note(job, |card| (card.state, card.error) = (State::Queued, None))
        };
        self.start_due();
        Ok(card)
    }

    /// Changes a card, writes it, and tells those who follow.
    fn note(&self, job: &Job, change: impl FnOnce(&mut Card)) -> Card {
        job.told.send_modify(change);
        let card = job.told.borrow().clone();
        // A card that cannot be written says less after a restart; the job itself is not harmed.
        drop(card::write(&self.folder, &card));
        card
    }

    /// Starts what is in line as far as there is room.
    fn start_due(self: &Arc<Jobs>) {
        let board = self.board();
        let running = board.values().filter(|job| job.state() == State::Running).count();
        let due = board.iter().filter(|(_, job)| job.state() == State::Queued);
        for (id, job) in due.take(RUNNING_MAX.saturating_sub(running)) {
            if self.is_ending.load(Ordering::SeqCst) {
                return;
            }
            self.note(job, |card| card.state = State::Running);
            let (jobs, name, stop) = (Arc::clone(self), id.clone(), Arc::clone(&job.stop));
            let thread = std::thread::Builder::new().name(format!("job {id}"));
            if thread.spawn(move || jobs.live(&name, &stop)).is_err() {
                self.note(job, |card| {
                    (card.state, card.error) = (State::Failed, Some("no thread could be started".into()))
                });
            }
        }
    }

    /// Lives a job through to its end, whatever that is, and starts the next.
    fn live(self: &Arc<Jobs>, id: &str, stop: &AtomicBool) {
        let Ok(follower) = self.follow(id) else { return };
        let card = follower.borrow().clone();
        let file = card.scenario_file.as_ref().map(|name| self.folder.join(id).join(name));
        let ready = Ready::of(&card.asked, file.as_deref(), &self.runs);
        let mut pace = Pace::default();
        let mut observer = |stage: Stage<'_>| {
            self.tell(id, &stage, &mut pace);
            if stop.load(Ordering::SeqCst) { Control::Stop } else { Control::Continue }
        };
        let made = catch_unwind(AssertUnwindSafe(|| made(ready, &self.data, &mut observer)));
        let is_ending = self.is_ending.load(Ordering::SeqCst);
        let (state, run, error) = match made {
            Ok(Ok(run)) => (State::Finished, Some(run), None),
            Ok(Err(Error::Interrupted | Error::InterruptedSaved { .. })) if is_ending => {
                (State::Interrupted, None, None)
            }
            Ok(Err(Error::Interrupted | Error::InterruptedSaved { .. })) => (State::Stopped, None, None),
            Ok(Err(error)) => (State::Failed, None, Some(error.to_string())),
            Err(_) => (State::Failed, None, Some("the program made a mistake; its standard error says more".into())),
        };
        if let Some(job) = self.board().get(id) {
            self.note(job, |card| {
                (card.state, card.error, card.seconds_left) = (state, error, None);
                card.stage = None;
                card.run = run.or(card.run.take());
            });
        }
        self.start_due();
    }

    fn tell(&self, id: &str, stage: &Stage<'_>, pace: &mut Pace) {
        let board = self.board();
        let Some(job) = board.get(id) else { return };
        let word = match stage {
            Stage::Ready(_) => "reading",
            Stage::Synthesis => "making people",
            Stage::Simulation(_) => "living",
            Stage::Saved { .. } => "saving",
            Stage::Writing(_) => "writing",
            Stage::Replicate { .. } => "reading",
            Stage::SaveFound { .. } | Stage::LivedAgain { .. } => return,
        };
        pace.follow(stage);
        let change = |card: &mut Card| {
            card.stage = Some(word.to_owned());
            card.replicates_done = pace.replicates_done;
            if matches!(stage, Stage::Synthesis | Stage::Replicate { .. }) {
                card.day = 0;
            }
            if let Stage::Simulation(progress) = stage {
                (card.day, card.days) = (progress.day, progress.days);
                card.seconds_left = pace.seconds_left(progress, card.asked.replicates());
            }
        };
        match stage {
            // What a save holds is true after a restart too.
            Stage::Saved { .. } => drop(self.note(job, change)),
            _ => job.told.send_modify(change),
        }
    }

    /// Asks every job to stop at the end of its week, and waits for them.
    pub fn end(&self) {
        self.is_ending.store(true, Ordering::SeqCst);
        let began = Instant::now();
        loop {
            let running = {
                let board = self.board();
                let running = board.values().filter(|job| job.state() == State::Running);
                running.inspect(|job| job.stop.store(true, Ordering::SeqCst)).count()
            };
            if running == 0 || began.elapsed() > END_WITHIN {
                return;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}

/// Whether another job can be taken.
fn has_room(board: &BTreeMap<String, Job>, folder: &Path) -> Result<(), Refusal> {
    has_room_in_line(board)?;
    if board.len() >= KEPT_MAX {
        let help = format!("take away old folders in {}", folder.display());
        return Err(Refusal::new(StatusCode::CONFLICT, format!("there are {KEPT_MAX} jobs"), help));
    }
    Ok(())
}

fn has_room_in_line(board: &BTreeMap<String, Job>) -> Result<(), Refusal> {
    let open = board.values().filter(|job| !job.state().has_ended()).count();
    if open >= RUNNING_MAX + WAITING_MAX {
        let error = format!("{RUNNING_MAX} jobs run and {WAITING_MAX} are in line, which is as many as there may be");
        return Err(Refusal::too_many(error, RETRY_SECONDS));
    }
    Ok(())
}

/// How far a job is, and how fast it goes.
#[derive(Default)]
struct Pace {
    /// Replicates that are there: a run tells of each, a comparison makes people anew.
    replicates_done: u16,
    is_living: bool,
    /// When the first week was told, and how many days of all replicates had been lived.
    began: Option<(Instant, u32)>,
}

impl Pace {
    fn follow(&mut self, stage: &Stage<'_>) {
        match stage {
            // The first of a run comes last, so that the second is the first to be there. What was there before took no time.
            Stage::Replicate { number, .. } => {
                self.began = self.began.take_if(|_| self.is_living);
                (self.replicates_done, self.is_living) = (number.saturating_sub(1), false);
            }
            Stage::Synthesis if self.is_living => {
                (self.replicates_done, self.is_living) = (self.replicates_done + 1, false)
            }
            Stage::Simulation(_) => self.is_living = true,
            _ => {}
        }
    }

    /// What is left if the rest goes as fast as so far; nothing is known before a first step.
    fn seconds_left(&mut self, progress: &Progress, replicates: u16) -> Option<u64> {
        let lived = |replicate: u16, day: u16| u32::from(replicate) * u32::from(progress.days) + u32::from(day);
        let now = lived(self.replicates_done, progress.day);
        let (began, first) = *self.began.get_or_insert((Instant::now(), now));
        if now < first {
            self.began = None;
            return None;
        }
        let (done, left) = (now - first, lived(replicates, 0).saturating_sub(now));
        (done > 0).then(|| (began.elapsed().as_secs_f64() * f64::from(left) / f64::from(done)) as u64)
    }
}

/// Makes what was asked for and says under which id it stands.
fn made(ready: Ready, data: &Data, observer: &mut crate::Observer<'_>) -> Result<String, Error> {
    let folder = match ready {
        Ready::Run(request) => run(&asked::from_its_save(request, data)?, &data.anew(), observer)?.folder,
        Ready::Comparison(request) => comparing::compare(&request, &data.anew(), observer)?.folder,
    };
    Ok(folder.file_name().unwrap_or_default().to_string_lossy().into_owned())
}

fn missing(id: &str) -> Refusal {
    Refusal::missing("job", id, "GET /api/jobs lists them")
}

fn unwritten(error: &std::io::Error) -> Refusal {
    let help = "give a folder that can be written with --runs";
    Refusal::new(StatusCode::INTERNAL_SERVER_ERROR, format!("the job cannot be written: {error}"), help)
}
