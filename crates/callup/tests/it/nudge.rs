//! Every parameter of the flagship does something: each is moved on its own, in a tiny nation, and some output must change. What has no effect by
//! its nature stands in a list with the reason, and is held to that too.

use callup::data::Data;
use callup::input::scenario::{RegionsOf, Surroundings, read_scenario};
use callup::prepare::{Place, Prepared, RunRequest, Saving, prepare};
use callup_law::diagnostic::{Source, render};
use callup_sim::ledger::{Frame, LedgerRow, keep};
use callup_sim::scenario::{ParameterRecord, Scenario};
use callup_sim::synthesize::{SynthesisPlan, synthesize};
use callup_sim::{Control, LawSet, Outcome, simulate};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

const FLAGSHIP: &str = "ru-2023-as-enacted";

/// About 22,000 men.
const SCALE: f64 = 0.0005;

/// What the flagship is set to first: few districts, since a day of a district costs more here than its men; and searches so busy that their errors
/// come up among so few.
const FIRST: [(&str, f64); 5] = [
    ("offices.inhabitants_per_district_persons", 1_500_000.0),
    ("search.cameras_moscow.searches_per_day_and_100000", 500.0),
    ("search.cameras_moscow.mistaken_at_10000_listed_share", 0.5),
    ("search.places_of_study.searches_per_day_and_100000", 50.0),
    ("search.places_of_study.mistaken_at_10000_listed_share", 0.5),
];

/// Parameters without effect, and why; the path ends or begins so.
const WITHOUT_EFFECT: &[(&str, &str)] = &[
    ("channel.register.success_share", "placing in the register cannot fail"),
    ("channel.account.success_share", "placing in an account cannot fail"),
    ("channel.register.outcome_delay", "what is placed is opened by reading, not after a delay"),
    ("channel.account.outcome_delay", "what is placed is opened by reading, not after a delay"),
    ("channel.register.at_most_attempts", "only visits are repeated"),
    ("channel.account.at_most_attempts", "only visits are repeated"),
    ("channel.employer.at_most_attempts", "only visits are repeated"),
    ("channel.employer_before.at_most_attempts", "only visits are repeated"),
    ("channel.post.at_most_attempts", "only visits are repeated"),
];

/// Parameters that may have no effect here, and why.
const MAY_HAVE_NONE: &[(&str, &str)] = &[
    ("alarm.willingness_factor", "it acts through contracts, which the scenario may not have"),
    ("alarm.requests_factor", "below the least alarm that adds a whole request at this scale"),
    (
        "ledgers.service.company_training_days",
        "the company's men come from a campaign, which the scenario may not have",
    ),
    ("ledgers.service.contract_training_days", "as above, of contracts"),
    ("ledgers.service.equipment_at_start_sets", "it matters only while more men are trained than sets come"),
    ("population.record.missing_share.16_16", "who is 16 on the first day is called to nothing within the year"),
    ("population.unfit_decided_share.16_16", "as above"),
    ("ledgers.service.mobilised_training_days", "nobody is mobilised in 2023 unless the scenario says so"),
];

/// The regions of the one country of the test.
#[derive(Debug)]
struct Regions(Vec<String>);

impl RegionsOf for Regions {
    fn regions_of(&self, country: &str) -> Option<Vec<String>> {
        (country == "ru").then(|| self.0.clone())
    }
}

/// What is made ready once.
struct Bench {
    data: Data,
    prepared: Prepared,
    regions: Regions,
}

/// What comes out of a run.
#[derive(PartialEq)]
struct Lived {
    outcome:
        (callup_sim::Daily, Vec<callup_sim::IndicatorRow>, Vec<callup_sim::IndicatorRow>, Vec<callup_sim::Histogram>),
    ledgers: Vec<LedgerRow>,
}

impl Bench {
    fn new() -> Bench {
        let data = Data::embedded();
        let request = RunRequest {
            scenario: FLAGSHIP.into(),
            scale: Some(SCALE),
            seed: None,
            days: None,
            threads: Some(1),
            place: Place::Under("runs".into()),
            saving: Saving::default(),
        };
        let prepared = prepare(&request, &data).unwrap();
        let regions = Regions(prepared.margins.regions.iter().map(|region| region.iso_code.clone()).collect());
        Bench { data, prepared, regions }
    }

    /// The flagship with this set, or what is wrong with it.
    fn scenario(&self, set: &str) -> Result<Scenario, String> {
        let text_of = |name: &str| match name {
            "nudged" => {
                let kept = FIRST.iter().filter(|(path, _)| !set.contains(path));
                let first: Vec<String> = kept.map(|(path, value)| set_to(path, *value)).collect();
                let text = format!("extends = \"{FLAGSHIP}\"\n[set]\n{}\n{set}\n", first.join("\n"));
                Some(Source { name: "nudged.toml".into(), text })
            }
            _ => self.data.text(&format!("scenarios/{name}.toml")).ok(),
        };
        let surroundings = Surroundings { laws: &self.prepared.books, regions: &self.regions };
        let read = read_scenario("nudged", &text_of, &surroundings);
        let scenario = read.scenario.ok_or_else(|| render(&read.findings, &read.sources))?;
        Ok(Scenario { scale: SCALE, history_share: 0.0, ..scenario })
    }

    fn outcome(&self, scenario: &Scenario) -> Outcome {
        let plan = SynthesisPlan {
            scale: scenario.scale,
            inhabitants_per_district: scenario.offices.inhabitants_per_district.value,
            seed: scenario.seed,
        };
        let (people, _) = synthesize(&self.prepared.margins, plan, &scenario.population).unwrap();
        let laws = LawSet::bind(&self.prepared.books, scenario).unwrap();
        simulate(people, &laws, scenario, &mut |_| Control::Continue)
    }

    fn lived(&self, scenario: &Scenario, base: Option<&Outcome>) -> Lived {
        let own = base.is_none().then(|| self.outcome(scenario));
        let outcome = base.or(own.as_ref()).expect("one of them is there");
        let alarm = callup::output::ledgers::alarm(scenario, &self.prepared.margins);
        // At the scale of the run nothing but the flows counts; at that of the nation what stood at the start does.
        let frame = Frame::new(scenario, &self.regions.0, &alarm);
        let mut ledgers = keep(&frame, &outcome.daily);
        ledgers.extend(keep(&Frame { scale: 1.0, ..frame }, &outcome.daily));
        let Outcome { daily, weekly, whole, histograms, .. } = outcome.clone();
        Lived { outcome: (daily, weekly, whole, histograms), ledgers }
    }

    /// Whether anything changes when this parameter does; `Err` if it cannot be moved at all.
    fn matters(&self, record: &ParameterRecord, base: &(Outcome, Lived)) -> Result<bool, String> {
        let mut refused = Err(format!("{}: no other value", record.path));
        for set in moved(record, &self.prepared.scenario.register) {
            match self.scenario(&set) {
                Err(why) => refused = refused.and(Err(why)),
                Ok(scenario) => {
                    // Ledgers are kept after the run, which they leave as it is.
                    let run = record.path.starts_with("ledgers.").then_some(&base.0);
                    if self.lived(&scenario, run) != base.1 {
                        return Ok(true);
                    }
                    refused = Ok(false);
                }
            }
        }
        refused
    }
}

/// Shares that must sum to one, each with the one that makes up for it.
const TOGETHER: [(&str, &str); 9] = [
    ("population.fitness.a_share", "population.fitness.d_share"),
    ("population.fitness.b_share", "population.fitness.g_share"),
    ("population.fitness.v_share", "population.fitness.g_share"),
    ("population.fitness.g_share", "population.fitness.a_share"),
    ("population.fitness.d_share", "population.fitness.b_share"),
    ("population.reading.daily_share", "population.reading.never_share"),
    ("population.reading.weekly_share", "population.reading.never_share"),
    ("population.reading.monthly_share", "population.reading.daily_share"),
    ("population.reading.never_share", "population.reading.daily_share"),
];

/// Lines for `[set]` that move a parameter, the boldest first.
fn moved(record: &ParameterRecord, register: &[ParameterRecord]) -> Vec<String> {
    let path = &record.path;
    if path.ends_with("_delay") || path.ends_with(".delay") || record.unit == "days (mean)" {
        let days = if record.parameter.value < 15.0 { 40 } else { 1 };
        return vec![format!("\"{path}\" = {{ days = {days}, assumption = \"moved\" }}")];
    }
    let value = record.parameter.value;
    if let Some((_, other)) = TOGETHER.iter().find(|(one, _)| one == path) {
        let makes_up = register.iter().find(|one| one.path == *other).map_or(0.0, |one| one.parameter.value);
        return vec![format!("{}\n{}", set_to(path, value + 0.03), set_to(other, makes_up - 0.03))];
    }
    let bold = match record.unit {
        "share" | "share per day" => {
            if value < 0.5 {
                0.95
            } else {
                0.05
            }
        }
        "factor" | "per year" | "per day" => value * 8.0 + 2.0,
        "per day and 100,000 inhabitants" => value * 30.0 + 5.0,
        "years" => record.parameter.high,
        "attempts" => value + 3.0,
        "persons" => value * 0.3,
        _ => value * 0.5 + 3.0,
    };
    let candidates = [bold, record.parameter.high, record.parameter.low, 0.0];
    candidates.into_iter().filter(|one| *one != value).map(|one| set_to(path, one)).collect()
}

/// A line of `[set]`.
fn set_to(path: &str, value: f64) -> String {
    format!("\"{path}\" = {{ value = {value:?}, low = {value:?}, high = {value:?}, assumption = \"moved\" }}")
}

fn is_in(path: &str, list: &[(&str, &str)]) -> bool {
    list.iter().any(|(one, _)| *one == path)
}

#[test]
#[ignore = "takes minutes; `cargo xtask long` runs it"]
fn every_parameter_changes_some_output() {
    let bench = Bench::new();
    let scenario = bench.scenario("").unwrap();
    let outcome = bench.outcome(&scenario);
    let base = (outcome.clone(), bench.lived(&scenario, Some(&outcome)));
    let register = &scenario.register;
    let (next, wrong) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    let work = || {
        while let Some(record) = register.get(next.fetch_add(1, Ordering::Relaxed)) {
            let complaint = match (bench.matters(record, &base), is_in(&record.path, WITHOUT_EFFECT)) {
                (Err(why), _) => Some(format!("{} cannot be moved: {why}", record.path)),
                (Ok(true), true) => Some(format!("{} has an effect after all", record.path)),
                (Ok(false), false) if !is_in(&record.path, MAY_HAVE_NONE) => {
                    Some(format!("{} changes nothing", record.path))
                }
                _ => None,
            };
            wrong.lock().unwrap().extend(complaint);
        }
    };
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(8);
    std::thread::scope(|scope| (0..threads).for_each(|_| drop(scope.spawn(work))));
    let mut wrong = wrong.into_inner().unwrap();
    wrong.sort_unstable();
    assert!(wrong.is_empty(), "{} of {} parameters:\n{}", wrong.len(), register.len(), wrong.join("\n"));
    let known = |path: &str| register.iter().any(|record| record.path == path);
    for (path, _) in WITHOUT_EFFECT.iter().chain(MAY_HAVE_NONE) {
        assert!(known(path), "{path} is no parameter any more");
    }
}
