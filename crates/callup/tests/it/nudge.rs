//! Every parameter of every shipped scenario does something: each is moved on its own, in a tiny nation, and some output must change. What has no
//! effect by its nature stands in a list with the reason, and is held to that too.

use callup::data::Data;
use callup::input::laws::read_all;
use callup::input::scenario::{RegionsOf, Surroundings, read_scenario};
use callup::prepare::{Prepared, RunRequest, prepare, scenario_names};
use callup_law::diagnostic::{Source, render};
use callup_law::rulebook::Rulebook;
use callup_sim::ledger::{Frame, LedgerRow, keep};
use callup_sim::margins::{CELLS, Margins, RegionMargin};
use callup_sim::people::{People, YOUNGEST_AGE};
use callup_sim::scenario::{Capacity, ChannelKind, ParameterRecord, Scenario};
use callup_sim::synthesize::{SynthesisPlan, synthesize};
use callup_sim::{Checks, Control, Daily, Histogram, IndicatorRow, LawSet, Outcome, simulate_with};
use std::collections::BTreeSet;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Tried first: what others have as well is nudged there.
const FLAGSHIP: &str = "ru-2023-as-enacted";

/// Men of the tiny nation, about; a day of a district costs more here than its men.
const MEN: f64 = 20_000.0;

/// Regions that are kept of a country that has regions: a few, among them some that scenarios name.
const KEPT: [&str; 6] = ["RU-MOW", "RU-VOR", "RU-CHE", "RU-SVE", "RU-RYA", "RU-VLG"];

/// By how much decreed numbers are heavier than in truth, so that more is seen of what follows a call-up.
const HEAVIER: f64 = 3.0;

/// What every scenario is set to first, where it has it, so that rare things happen among so few. A `*` stands for anything; of a delay it is days.
const FIRST: &[(&str, f64)] = &[
    ("offices.inhabitants_per_district_persons", 4_000_000.0),
    ("search.*.searches_per_day_and_100000", 50.0),
    ("search.*.mistaken_at_10000_listed_share", 0.5),
    ("proceeding.*.acts_share", 0.7),
    ("population.objector_share", 0.2),
    ("population.needs_driving_share", 0.3),
    ("response.appears_share", 0.6),
    ("response.tries_to_leave_share", 0.1),
    ("border.departures_per_year", 0.1),
    ("help.*_share", 0.3),
    ("remedy.*.files_share", 0.5),
    ("remedy.*.decided_per_day_and_100000", 20.0),
    ("remedy.*.granted_*_share", 0.4),
    ("commission.outcome.*_recognised_share", 0.4),
    ("response.comes_late_daily_share", 0.02),
    // Else hardly anybody is called up while a remedy is open that ends in April.
    ("campaign.spring_2023.appearance_lead_delay", 4.0),
    // Else hardly anybody is under the ban of Ukraine long enough to come free of it.
    ("campaign.central_run_start.*issued_share", 0.8),
    ("contract.company.willing_share.*", 0.05),
    // Else nobody waits for what was there at the start.
    ("ledgers.service.equipment_per_day", 100.0),
    ("visit.*_share", 0.3),
];

/// Parameters without effect, and why. A `*` stands for anything; a channel goes by its kind.
const WITHOUT_EFFECT: &[(&str, &str)] = &[
    ("channel.register.success_share", "placing in the register cannot fail"),
    ("channel.account.success_share", "placing in an account cannot fail"),
    ("channel.register.outcome_delay", "what is placed is opened by reading, not after a delay"),
    ("channel.account.outcome_delay", "what is placed is opened by reading, not after a delay"),
    ("channel.register.at_most_attempts", "only visits are repeated"),
    ("channel.account.at_most_attempts", "only visits are repeated"),
    ("channel.employer.at_most_attempts", "only visits are repeated"),
    ("channel.post.at_most_attempts", "only visits are repeated"),
    ("channel.published.at_most_attempts", "only visits are repeated"),
    ("agency.nobody_yet.lift_delay", "it takes ten years to begin: nothing is ever in effect that could be lifted"),
    ("proceeding.warns.*", "it asks for a repeated default, and one call-up a year brings no second"),
    ("agency.transport_administration.*", "it carries out what begins with such a warning"),
    ("contract.company.bonus_spread_days", "no bonus is paid on it"),
    ("contract.company.elsewhere_share", "it pays the same everywhere"),
    ("contract.ministry_2022.elsewhere_share", "no region paid a bonus of its own in 2022"),
    ("ledgers.service.mobilised_training_days", "no shipped scenario that mobilises keeps the ledger of those serving"),
    ("population.*.16_64", "the reference model draws every outcome from a share and looks at nobody's traits"),
    ("population.record.missing_share.16_16", "who is 16 on the first day is called to nothing within the year"),
    ("population.unfit_decided_share.16_16", "who is 16 on the first day is called to nothing within the year"),
    ("remedy.challenge.interim_share", "filing holds up the dispatch anyway"),
    ("remedy.court_after_commission.interim_share", "filing holds up the dispatch anyway"),
    ("remedy.court_against_measure.return_delay", "nobody is dispatched on a measure"),
    ("remedy.court_against_measure.interim_share", "it holds up dispatches: another number than 0 is refused"),
    ("remedy.court_against_measure.final_delay", "the law suspends nothing until it is final"),
    ("remedy.regional_commission.final_delay", "the law suspends nothing until it is final"),
    ("remedy.complaint.final_delay", "no law knows it: nothing is suspended until it is final"),
];

/// The regions of the one country of a scenario.
#[derive(Debug)]
struct Regions {
    country: String,
    codes: Vec<String>,
}

impl RegionsOf for Regions {
    fn regions_of(&self, country: &str) -> Option<Vec<String>> {
        (country == self.country).then(|| self.codes.clone())
    }
}

/// A scenario in its tiny nation, made ready once.
struct Bench<'d> {
    data: &'d Data,
    name: String,
    prepared: Prepared,
    /// All laws: what a scenario inherits may speak of those that are not in force in it.
    books: &'d [Rulebook],
    /// Of the country: what a scenario may name.
    regions: Regions,
    margins: Margins,
    /// The tiny nation's part of the country's inhabitants.
    part: f64,
    scale: f64,
    /// Lines of `[set]`, by path, that make rare things happen.
    first: Vec<(String, f64)>,
    /// Nothing moved: the scenario, the people, the run.
    base: Option<(Scenario, People, Outcome, Lived)>,
}

/// What comes out of a run.
#[derive(PartialEq)]
struct Lived {
    outcome: (Daily, Vec<IndicatorRow>, Vec<IndicatorRow>, Vec<Histogram>),
    ledgers: Vec<LedgerRow>,
}

/// The margins of the kept regions alone, which fit each other from the start; of a country without them all.
fn tiny(margins: &Margins) -> Margins {
    let is_kept = |region: &&RegionMargin| KEPT.contains(&region.iso_code.as_str());
    let mut kept: Vec<RegionMargin> = margins.regions.iter().filter(is_kept).cloned().collect();
    if kept.is_empty() {
        kept.clone_from(&margins.regions);
    }
    let working = usize::from(margins.working_age_men_to - YOUNGEST_AGE) + 1;
    let mut national = [0.0; CELLS];
    for region in &mut kept {
        let adults: f64 = region.start[2..].iter().sum();
        region.start.iter_mut().for_each(|men| *men *= region.men_18_plus / adults);
        region.men_working_age = region.start[..working].iter().sum();
        region.commissions = None;
        national.iter_mut().zip(&region.start).for_each(|(sum, men)| *sum += men);
    }
    Margins { national, regions: kept, ..margins.clone() }
}

impl<'d> Bench<'d> {
    fn new(data: &'d Data, books: &'d [Rulebook], name: &str) -> Bench<'d> {
        let request = RunRequest { threads: Some(1), ..RunRequest::once(name) };
        let prepared = prepare(&request, data).unwrap();
        let codes = prepared.margins.regions.iter().map(|region| region.iso_code.clone()).collect();
        let regions = Regions { country: prepared.scenario.country.clone(), codes };
        let margins = tiny(&prepared.margins);
        let inhabitants =
            |margins: &Margins| margins.regions.iter().map(|region| f64::from(region.inhabitants)).sum::<f64>();
        let part = inhabitants(&margins) / inhabitants(&prepared.margins);
        let men: f64 = margins.national[..CELLS - 1].iter().sum();
        let paths = prepared.scenario.register.iter().map(|record| record.path.clone());
        let first = paths.filter_map(|path| first_of(&path).map(|value| (path, value))).collect();
        let scale = MEN / men;
        let mut bench =
            Bench { data, name: name.into(), prepared, books, regions, margins, part, scale, first, base: None };
        let scenario = bench.scenario("").unwrap();
        let people = bench.people(&scenario);
        let outcome = bench.outcome(&scenario, &people).unwrap();
        let lived = bench.lived(&scenario, &outcome);
        bench.base = Some((scenario, people, outcome, lived));
        bench
    }

    /// The scenario with this set, or what is wrong with it.
    fn scenario(&self, set: &str) -> Result<Scenario, String> {
        let text_of = |name: &str| match name {
            "nudged" => {
                let kept = self.first.iter().filter(|(path, _)| !set.contains(&format!("\"{path}\"")));
                let line = |(path, value): &(String, f64)| {
                    if is_delay(path) { set_days(path, *value) } else { set_to(path, *value) }
                };
                let first: Vec<String> = kept.map(line).collect();
                let text = format!("extends = \"{}\"\n[set]\n{}\n{set}\n", self.name, first.join("\n"));
                Some(Source { name: "nudged.toml".into(), text })
            }
            _ => self.data.text(&format!("scenarios/{name}.toml")).ok(),
        };
        let surroundings = Surroundings { laws: self.books, regions: &self.regions };
        let read = read_scenario("nudged", &text_of, &surroundings);
        let mut scenario = read.scenario.ok_or_else(|| render(&read.findings, &read.sources))?;
        scenario.bonuses.clone_from(&self.prepared.scenario.bonuses);
        self.shrink(&mut scenario);
        Ok(scenario)
    }

    /// Numbers of the whole country become those of the tiny nation, which is a part of it.
    fn shrink(&self, scenario: &mut Scenario) {
        let part = |number: u32| (f64::from(number) * self.part) as u32;
        (scenario.scale, scenario.history_share) = (self.scale, 0.0);
        scenario.campaigns.iter_mut().flat_map(|campaign| &mut campaign.decreed).for_each(|decreed| {
            decreed.regions.retain(|(iso, _)| KEPT.contains(&iso.as_str()));
            decreed.number = (f64::from(part(decreed.number)) * HEAVIER) as u32;
        });
        if let Some(quota) = &mut scenario.quota {
            quota.regions.retain(|(iso, _)| KEPT.contains(&iso.as_str()));
            quota.number = part(quota.number);
        }
        if let Capacity::National { decisions_per_year, .. } = &mut scenario.commission.capacity {
            decisions_per_year.value *= self.part;
        }
    }

    fn people(&self, scenario: &Scenario) -> People {
        let plan = SynthesisPlan {
            scale: scenario.scale,
            inhabitants_per_district: scenario.offices.inhabitants_per_district.value,
            seed: scenario.seed,
        };
        synthesize(&self.margins, plan, &scenario.population).unwrap().0
    }

    fn outcome(&self, scenario: &Scenario, people: &People) -> Result<Outcome, String> {
        let laws = LawSet::bind(&self.prepared.books, scenario).map_err(|problems| format!("{problems:?}"))?;
        let checks = Checks { recount_daily: false, block: usize::MAX };
        Ok(simulate_with(people, &laws, scenario, checks, &mut |_| Control::Continue))
    }

    fn lived(&self, scenario: &Scenario, outcome: &Outcome) -> Lived {
        let alarm = callup::output::ledgers::alarm(scenario, &self.margins);
        let codes: Vec<String> = self.margins.regions.iter().map(|region| region.iso_code.clone()).collect();
        // At the scale of the run nothing but the flows counts; at that of the nation what stood at the start does.
        let frame = Frame::new(scenario, &codes, &alarm);
        let mut ledgers = keep(&frame, &outcome.daily);
        ledgers.extend(keep(&Frame { scale: 1.0, ..frame }, &outcome.daily));
        let Outcome { daily, weekly, whole, histograms, .. } = outcome.clone();
        Lived { outcome: (daily, weekly, whole, histograms), ledgers }
    }

    fn base(&self) -> &(Scenario, People, Outcome, Lived) {
        self.base.as_ref().expect("every bench is made with its base")
    }

    /// Whether anything changes when this parameter does; `Err` if it cannot be moved at all.
    fn matters(&self, record: &ParameterRecord) -> Result<bool, String> {
        let mut refused = Err(format!("{}: no other value", record.path));
        for set in moved(record, &self.base().0.register) {
            match self.differs(&set, record.path.starts_with("ledgers.")) {
                Ok(true) => return Ok(true),
                Ok(false) => refused = Ok(false),
                Err(why) => refused = refused.or(Err(why)),
            }
        }
        refused
    }

    /// Whether anything comes out otherwise with this set. Ledgers are kept after the run, which they leave as it is.
    fn differs(&self, set: &str, is_of_ledgers: bool) -> Result<bool, String> {
        let (base, people, outcome, lived) = self.base();
        let scenario = self.scenario(set)?;
        if is_of_ledgers {
            return Ok(self.lived(&scenario, outcome) != *lived);
        }
        let is_same = scenario.population == base.population && scenario.offices == base.offices;
        let own = (!is_same).then(|| self.people(&scenario));
        let run = self.outcome(&scenario, own.as_ref().unwrap_or(people))?;
        Ok(self.lived(&scenario, &run) != *lived)
    }

    /// A path with the kind of a channel in the place of its name.
    fn by_kind(&self, path: &str) -> String {
        let kind_of = |name: &str| self.base().0.channels.iter().find(|one| one.name == name).map(|one| word(one.kind));
        let channel = path.strip_prefix("channel.").and_then(|rest| rest.split_once('.'));
        let by_kind = channel.and_then(|(name, key)| Some(format!("channel.{}.{key}", kind_of(name)?)));
        by_kind.unwrap_or_else(|| path.to_owned())
    }

    /// Whether a parameter has no effect by its nature.
    fn is_idle(&self, path: &str) -> bool {
        WITHOUT_EFFECT.iter().any(|(form, _)| is_of(&self.by_kind(path), form))
    }
}

/// A kind of channel as scenarios write it.
fn word(kind: ChannelKind) -> &'static str {
    match kind {
        ChannelKind::InHand => "in_hand",
        ChannelKind::Employer => "employer",
        ChannelKind::Post => "post",
        ChannelKind::Account => "account",
        ChannelKind::Register => "register",
        ChannelKind::Published => "published",
    }
}

/// Whether a path is of a form, in which a `*` stands for anything.
fn is_of(path: &str, form: &str) -> bool {
    let mut parts = form.split('*');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = path.strip_prefix(first) else { return false };
    for part in parts {
        let Some(place) = (if part.is_empty() { Some(rest.len()) } else { rest.find(part) }) else { return false };
        rest = &rest[place + part.len()..];
    }
    rest.is_empty() || form.is_empty()
}

fn first_of(path: &str) -> Option<f64> {
    FIRST.iter().find(|(form, _)| is_of(path, form)).map(|(_, value)| *value)
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

fn is_delay(path: &str) -> bool {
    path.ends_with("_delay") || path.ends_with(".delay")
}

/// Lines for `[set]` that move a parameter, the boldest first.
fn moved(record: &ParameterRecord, register: &[ParameterRecord]) -> Vec<String> {
    let path = &record.path;
    if is_delay(path) {
        let days = if record.parameter.value < 15.0 { 40.0 } else { 1.0 };
        return vec![set_days(path, days)];
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
    let candidates = [bold, record.parameter.high, record.parameter.low, value / 2.0 + 0.01, 0.0];
    candidates.into_iter().filter(|one| *one != value).map(|one| set_to(path, one)).collect()
}

/// A line of `[set]` for a delay.
fn set_days(path: &str, days: f64) -> String {
    format!("\"{path}\" = {{ days = {days:.0}, assumption = \"moved\" }}")
}

/// A line of `[set]` for a number.
fn set_to(path: &str, value: f64) -> String {
    format!("\"{path}\" = {{ value = {value:?}, low = {value:?}, high = {value:?}, assumption = \"moved\" }}")
}

/// Benches that have a parameter, in the order of the scenarios.
fn benches_of<'b, 'd>(benches: &'b [Bench<'d>], path: &str) -> Vec<(&'b Bench<'d>, &'b ParameterRecord)> {
    let record = |bench: &'b Bench<'d>| bench.base().0.register.iter().find(|record| record.path == path);
    benches.iter().filter_map(|bench| Some((bench, record(bench)?))).collect()
}

/// What is wrong with a parameter: it is moved in one scenario after the other until something changes.
fn complaint(benches: &[Bench<'_>], path: &str) -> Option<String> {
    let (mut refused, mut idle, mut was_moved) = (None, true, false);
    for (bench, record) in benches_of(benches, path) {
        let is_idle = bench.is_idle(path);
        idle &= is_idle;
        match bench.matters(record) {
            Ok(true) if is_idle => return Some(format!("{path} has an effect after all, in {}", bench.name)),
            Ok(true) => return None,
            Ok(false) => was_moved = true,
            Err(why) => refused = Some(format!("{path} cannot be moved in {}: {why}", bench.name)),
        }
    }
    let unmoved = refused.filter(|_| !was_moved && !idle);
    unmoved.or_else(|| (!idle).then(|| format!("{path} changes nothing")))
}

#[test]
#[ignore = "takes minutes; `cargo xtask long` runs it"]
fn every_parameter_changes_some_output() {
    let data = Data::embedded();
    let mut names = scenario_names(&data).unwrap();
    names.sort_by_key(|name| name != FLAGSHIP);
    let books: Vec<Rulebook> = read_all(&data).unwrap().iter().filter_map(|law| law.book.clone()).collect();
    let benches: Vec<Bench<'_>> = names.iter().map(|name| Bench::new(&data, &books, name)).collect();
    let registers = benches.iter().flat_map(|bench| &bench.base().0.register);
    let paths: Vec<&str> = registers.map(|record| record.path.as_str()).collect::<BTreeSet<_>>().into_iter().collect();
    let (next, wrong) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    let work = || {
        while let Some(path) = paths.get(next.fetch_add(1, Ordering::Relaxed)) {
            wrong.lock().unwrap().extend(complaint(&benches, path));
        }
    };
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(8);
    std::thread::scope(|scope| (0..threads).for_each(|_| drop(scope.spawn(work))));
    let mut wrong = wrong.into_inner().unwrap();
    wrong.sort_unstable();
    assert!(wrong.is_empty(), "{} of {} parameters:\n{}", wrong.len(), paths.len(), wrong.join("\n"));
    let forms = FIRST.iter().map(|(form, _)| *form);
    for form in forms {
        assert!(paths.iter().any(|path| is_of(path, form)), "{form} is no parameter any more");
    }
    for (form, why) in WITHOUT_EFFECT {
        let is_there =
            |bench: &Bench<'_>| bench.base().0.register.iter().any(|one| is_of(&bench.by_kind(&one.path), form));
        assert!(benches.iter().any(is_there), "{form} is no parameter any more: {why}");
    }
}
