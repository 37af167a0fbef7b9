//! Synthetic people living under a rulebook.
//!
//! `simulate` is the table of contents: bound laws and a scenario become settings, people live through the days district by district, and what
//! happened comes out as counters. The crate knows no file, clock, format or number of threads; a run cannot fail.

pub mod agenda;
pub mod ahead;
pub mod alarm;
mod apply;
mod behaviour;
pub mod compare;
pub mod coverage;
pub mod crossings;
mod day;
pub mod desks;
pub mod district;
mod divide;
mod drawing;
pub mod environment;
pub mod event;
pub mod indicators;
mod invariants;
pub mod journal;
pub mod lawset;
pub mod ledger;
pub mod lists;
pub mod margins;
pub mod matter;
mod nation;
mod observe;
pub mod office;
pub mod people;
pub mod places;
mod pools;
pub mod procedure;
pub mod quota;
pub mod random;
pub mod replay;
pub mod restricted;
pub mod scenario;
pub mod settings;
pub mod snapshot;
pub mod strata;
pub mod synthesize;
pub mod tally;

pub use environment::Environment;
pub use indicators::{Daily, Histogram, IndicatorRow, Outcome, Totals, Work};
pub use lawset::{LawProblem, LawSet};

use nation::Manner;
use people::People;
use scenario::Scenario;
use settings::Settings;
pub use snapshot::SnapshotError;
pub use snapshot::fork::{ForkError, fork};

/// How far a run is, told at the end of each week.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Days done.
    pub day: u16,
    /// Days in all.
    pub days: u16,
    /// Entries of the agenda served so far.
    pub events: u64,
}

/// The end of a week, told to whoever watches.
pub struct WeekEnd<'w> {
    /// How far the run is.
    pub progress: Progress,
    pub(crate) save: Option<&'w dyn Fn() -> Vec<u8>>,
}

impl WeekEnd<'_> {
    /// The run as it stands, as bytes from which [`simulate_savable`] goes on; `None` where districts do not go side by side.
    #[must_use]
    pub fn save(&self) -> Option<Vec<u8>> {
        self.save.map(|save| save())
    }
}

/// Whether a run goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Control {
    /// Go on.
    Continue,
    /// Stop here.
    Stop,
}

/// Lets people live under laws as a scenario says, on the caller's threads; the result does not depend on how many.
///
/// Panics if the laws were bound to another scenario, or on a bug of this crate that the invariants find.
pub fn simulate(
    people: People,
    laws: &LawSet,
    scenario: &Scenario,
    observer: &mut dyn FnMut(&Progress) -> Control,
) -> Outcome {
    simulate_with(&people, laws, scenario, Checks { recount_daily: false, block: 1 }, observer)
}

/// How closely a run watches itself, and how it is cut; neither changes its result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Checks {
    /// Count everything anew every day.
    pub recount_daily: bool,
    /// Districts that one thread takes at a time, at least.
    pub block: usize,
}

/// As [`simulate`], with people that can be used again and checks of one's own choice.
pub fn simulate_with(
    people: &People,
    laws: &LawSet,
    scenario: &Scenario,
    checks: Checks,
    observer: &mut dyn FnMut(&Progress) -> Control,
) -> Outcome {
    let settings = settings_of(people, scenario, checks);
    let observer = &mut |week: &WeekEnd<'_>| observer(&week.progress);
    let outcome = nation::run(people, laws, scenario, &settings, checks.block, Manner::AsCoupled, observer);
    outcome.expect("only a save can be wrong, and there is none")
}

/// As [`simulate_with`], with weeks at whose end the run can be saved; from a save, if there is one, whose bytes are believed only after everything in
/// them has been held against the run. A run that goes on from a save gives what the whole run gives. The observer is told once before the first week.
///
/// # Errors
/// If the save is none of this run; then nothing was simulated.
pub fn simulate_savable(
    people: &People,
    laws: &LawSet,
    scenario: &Scenario,
    checks: Checks,
    from: Option<&[u8]>,
    observer: &mut dyn FnMut(&WeekEnd<'_>) -> Control,
) -> Result<Outcome, SnapshotError> {
    let settings = settings_of(people, scenario, checks);
    nation::run(people, laws, scenario, &settings, checks.block, Manner::SideBySide(from), observer)
}

fn settings_of(people: &People, scenario: &Scenario, checks: Checks) -> Settings {
    let regions: Vec<String> = people.layout().regions().iter().map(|region| region.iso_code.clone()).collect();
    let settings = Settings::new(scenario, &regions).expect("LawSet::bind has checked every choice of this scenario");
    Settings { recount_daily: checks.recount_daily, ..settings }
}
