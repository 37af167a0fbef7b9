//! A comparison from end to end: read the worlds, make the people once, let every world happen, write the folder.
//!
//! With replicates everything is done again with other chance; only what the nation's figures differ by is kept of those.

use crate::data::Data;
use crate::error::Error;
use crate::folder::{self, Partial, WriteError};
use crate::lives::mailed;
use crate::output::comparison::{self, Compared, Receipt, Replicate, environment_of, ledgers_of, receipt};
use crate::output::page_data::comparison::sampled;
use crate::output::{environment, ledgers};
use crate::prepare::{Place, Prepared};
use crate::worlds::{CompareRequest, Worlds, prepare_worlds};
use crate::{Observer, Stage, Watch, plan, tell, threads, unlaid};
use callup_sim::compare::{Comparison, Held, World, compare as compare_worlds};
use callup_sim::scenario::Scenario;
use callup_sim::synthesize::{SynthesisPlan, synthesize};
use callup_sim::{Checks, Control, Progress};
use std::path::PathBuf;

/// A comparison that is there, whole.
#[derive(Debug)]
pub struct FinishedComparison {
    /// Its folder.
    pub folder: PathBuf,
    /// Its receipt.
    pub receipt: Receipt,
    /// Whether it was there before, from the same inputs.
    pub already_there: bool,
}

/// Compares worlds and writes what comes out.
///
/// # Errors
/// Whatever keeps the comparison from being made or written; then nothing is left behind.
pub fn compare(
    request: &CompareRequest,
    data: &Data,
    observer: &mut Observer<'_>,
) -> Result<FinishedComparison, Error> {
    let mut watch = Watch::start();
    let worlds = prepare_worlds(request, data)?;
    let folder = match &request.run.place {
        Place::Folder(folder) => folder.clone(),
        Place::Under(runs) => runs.join(format!("compare-{}", &worlds.identity[..8])),
    };
    if let Some(receipt) = finished_before(request, &worlds, &folder)? {
        return Ok(FinishedComparison { folder, receipt, already_there: true });
    }
    folder::probe(&folder)?;
    let pool = threads(&request.run)?;
    tell(observer, Stage::Ready(&worlds.prepared[0]))?;
    watch.stage("reading");

    let comparison = pool.install(|| live(request, &worlds, 0, observer))?;
    let mut replicates = vec![Replicate::of(&worlds, &comparison)];
    for number in 1..request.replicates {
        let again = pool.install(|| live(request, &worlds, number, observer))?;
        replicates.push(Replicate::of(&worlds, &again));
    }
    watch.stage("simulation");

    let bare = Compared { worlds: &worlds, comparison: &comparison, replicates: &replicates, sample: &[], lives: &[] };
    let sample = sampled(&bare);
    let compared = Compared { sample: &sample, ..bare };
    let lives = pool.install(|| mailed(&compared));
    let compared = Compared { lives: &lives, ..compared };
    let partial = Partial::create(&folder)?;
    let mut outputs = Vec::new();
    for file in comparison::FILES.iter().filter(|file| (file.is_wanted)(&compared)) {
        tell(observer, Stage::Writing(file.name))?;
        outputs.push(partial.write(file.name, &(file.make)(&compared))?);
    }
    for (place, world) in worlds.prepared.iter().enumerate() {
        let bytes = environment::to_parquet(world, &comparison.outcomes[place]);
        outputs.push(partial.write(&environment_of(place), &bytes)?);
        let bytes = ledgers::table(world, &comparison.outcomes[place]).to_parquet();
        outputs.push(partial.write(&ledgers_of(place), &bytes)?);
    }
    watch.stage("writing");
    let receipt = receipt(&compared, outputs, watch.cost(pool.current_num_threads()));
    partial.write(crate::output::receipt::FILE_NAME, &receipt.to_bytes())?;
    partial.finish()?;
    Ok(FinishedComparison { folder, receipt, already_there: false })
}

fn finished_before(
    request: &CompareRequest,
    worlds: &Worlds,
    folder: &std::path::Path,
) -> Result<Option<Receipt>, Error> {
    if folder.symlink_metadata().is_err() {
        return Ok(None);
    }
    let path = folder.display().to_string();
    match &request.run.place {
        Place::Folder(_) => Err(WriteError::Exists { path }.into()),
        Place::Under(_) => match Receipt::of_whole(folder, &worlds.identity) {
            Some(receipt) => Ok(Some(receipt)),
            None => Err(WriteError::Foreign { path }.into()),
        },
    }
}

/// Lets all worlds happen with the chance of one replicate.
fn live(
    request: &CompareRequest,
    worlds: &Worlds,
    replicate: u16,
    observer: &mut Observer<'_>,
) -> Result<Comparison, Error> {
    tell(observer, Stage::Synthesis)?;
    let first = &worlds.prepared[0];
    let seed = first.scenario.seed.wrapping_add(replicate.into());
    let scenarios: Vec<Scenario> =
        worlds.prepared.iter().map(|world| Scenario { seed, ..world.scenario.clone() }).collect();
    let people = synthesize(&first.margins, SynthesisPlan { seed, ..plan(first) }, &first.scenario.population);
    let (people, _) = people.map_err(|error| unlaid(first, &error.to_string()))?;
    let of = |place: usize, held: Held| {
        let Prepared { law_set, .. } = &worlds.prepared[place];
        // The steps between two worlds are told in numbers, not in lives.
        World { laws: law_set, scenario: &scenarios[place], held, tells_lives: held == Held::Nothing }
    };
    let mut all: Vec<World<'_>> = (0..scenarios.len()).map(|place| of(place, Held::Nothing)).collect();
    if request.attribute && replicate == 0 {
        all.extend([of(1, Held::FeedbackAndPlaces), of(1, Held::Feedback)]);
    }
    let checks = Checks { recount_daily: false, block: 1 };
    let mut goes_on = true;
    let observe = &mut |progress: &Progress| {
        let control = observer(Stage::Simulation(*progress));
        goes_on = control == Control::Continue;
        control
    };
    let compared = compare_worlds(&people, &all, checks, observe).map_err(|(place, why)| Error::Unfit {
        what: format!("`{}` cannot be held against `{}`", worlds.names[place.min(1)], worlds.names[0]),
        reasons: vec![why.why().to_owned()],
    })?;
    if goes_on { Ok(compared) } else { Err(Error::Interrupted) }
}
