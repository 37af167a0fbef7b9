//! What a job is asked for: a scenario or the text of one, laws, changes, how much of the nation; and the request of the library that it comes to.
//!
//! Names are looked up in the data and are never paths. Nothing runs here.

use super::super::answer::Refusal;
use super::text::{Change, Differences, laid_into, text};
use crate::data::Data;
use crate::error::Error;
use crate::explaining::chosen_law;
use crate::input::laws::is_path;
use crate::origin::Origin;
use crate::prepare::{Place, Prepared, RunRequest, Saving, Variant, prepare, prepare_variant, scenario_names};
use crate::save;
use crate::worlds::{CompareRequest, prepare_worlds};
use callup_law::calendar::Day;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Of a preview: one synthetic person for a hundred real ones.
const PREVIEW_SCALE: f64 = 0.01;

/// A run is saved after every so many weeks.
const SAVE_WEEKS: u16 = 4;

/// Most worlds of a comparison.
const WORLDS_MAX: usize = 8;

/// Most replicates of one job.
const REPLICATES_MAX: u16 = 100;

/// Most changes of one scenario.
const CHANGES_MAX: usize = 200;

/// Most letters of a title in a list.
const TITLE_LETTERS_MAX: usize = 200;

/// A run or a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A run.
    Run,
    /// A comparison.
    Compare,
}

/// What is asked for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    kind: Kind,
    /// A scenario of the data; or `toml`.
    #[serde(default)]
    scenario: Option<String>,
    /// The text of a scenario.
    #[serde(default)]
    toml: Option<String>,
    /// How a changed scenario, or one given as text, is called.
    #[serde(default)]
    name: Option<String>,
    /// Of a run the law that is in force instead, if one is given.
    #[serde(default)]
    laws: Vec<String>,
    /// Of a comparison its worlds: laws or scenarios.
    #[serde(default)]
    worlds: Vec<String>,
    #[serde(default)]
    changes: Vec<Change>,
    #[serde(default)]
    scale: Option<f64>,
    #[serde(default)]
    seed: Option<u64>,
    #[serde(default)]
    days: Option<u16>,
    /// A quick look at a hundredth of the nation.
    #[serde(default)]
    preview: bool,
    /// Of a comparison: from which day the laws apply.
    #[serde(default)]
    from: Option<String>,
    /// Answers to switches.
    #[serde(default)]
    answers: BTreeMap<String, String>,
    /// Of a comparison: say where the differences come from.
    #[serde(default)]
    attribute: bool,
    /// So many times, with other chance.
    #[serde(default)]
    replicates: Option<u16>,
}

/// A request that the library takes.
#[derive(Debug)]
pub enum Ready {
    /// A run.
    Run(RunRequest),
    /// A comparison.
    Comparison(CompareRequest),
}

impl Asked {
    /// The scenario that has to be written for this, if any: name of its file, and text.
    ///
    /// # Errors
    /// When something is asked for that cannot be.
    pub fn written(&self, data: &Data) -> Result<Option<(String, String)>, Refusal> {
        self.fit()?;
        for world in &self.worlds {
            known_world(world, data)?;
        }
        match (&self.scenario, &self.toml) {
            (None, Some(text)) => self.changed_text(text, data).map(Some),
            (Some(base), None) => self.changed_scenario(base, data),
            _ => Err(Refusal::unfit("a job has a scenario or the text of one", "give `scenario` or `toml`")),
        }
    }

    /// The text that was given, with what is changed laid into it.
    fn changed_text(&self, text: &str, data: &Data) -> Result<(String, String), Refusal> {
        let name = self.file_name("scenario")?;
        if self.changes.is_empty() && self.answers_of_scenario().is_empty() {
            return Ok((name, text.to_owned()));
        }
        // Any scenario of the data will do: the text stands in its place.
        let any = scenario_names(data)?.into_iter().next().unwrap_or_default();
        let stem = name.trim_end_matches(".toml").to_owned();
        let variant = Variant { name: stem, text: text.to_owned(), law: None };
        let read = prepare_variant(&RunRequest::once(&any), Some(&variant), &data.anew())?;
        let differences = Differences { laws: &[], answers: self.answers_of_scenario(), changes: &self.changes };
        Ok((name, laid_into(&read, text, &differences)?))
    }

    /// A scenario of its own that extends one of the data, if anything differs.
    fn changed_scenario(&self, base: &String, data: &Data) -> Result<Option<(String, String)>, Refusal> {
        if !scenario_names(data)?.contains(base) {
            return Err(Refusal::missing("scenario", base, "GET /api/scenarios lists them"));
        }
        let answers = self.answers_of_scenario();
        if self.changes.is_empty() && self.laws.is_empty() && answers.is_empty() {
            return Ok(None);
        }
        let read = prepare(&RunRequest::once(base), &data.anew())?;
        let laws = match self.laws.first() {
            Some(law) => in_force(&read, law, data)?,
            None => Vec::new(),
        };
        let text = text(&read, &Differences { laws: &laws, answers, changes: &self.changes })?;
        Ok(Some((self.file_name(&format!("{base}-changed"))?, text)))
    }

    /// Answers that stand in the scenario; a comparison takes its own with its laws.
    fn answers_of_scenario(&self) -> &BTreeMap<String, String> {
        static NONE: BTreeMap<String, String> = BTreeMap::new();
        if self.kind == Kind::Run { &self.answers } else { &NONE }
    }

    /// What needs no data to be refused.
    fn fit(&self) -> Result<(), Refusal> {
        let refuse = |is_wrong: bool, error: &str, help: &str| {
            if is_wrong { Err(Refusal::unfit(error, help)) } else { Ok(()) }
        };
        let is_text = self.toml.is_some();
        refuse(self.changes.len() > CHANGES_MAX, "too many changes", "write a scenario")?;
        let paths: BTreeSet<&str> = self.changes.iter().map(Change::path).collect();
        refuse(paths.len() < self.changes.len(), "one number is changed twice", "say each path once")?;
        let times = self.replicates();
        refuse(times == 0 || times > REPLICATES_MAX, "too many replicates", "1 to 100")?;
        let is_date = |text: &str| Day::parse(text).is_some();
        refuse(self.from.as_deref().is_some_and(|text| !is_date(text)), "`from` is no date", "as 2023-04-14")?;
        match self.kind {
            Kind::Run => {
                refuse(is_text && !self.laws.is_empty(), "a text names its laws itself", "leave out `laws`")?;
                refuse(
                    self.laws.len() > 1,
                    "a run has one law beside the scenario's",
                    "compare laws with kind `compare`",
                )?;
                let for_worlds = self.attribute || self.from.is_some() || !self.worlds.is_empty();
                refuse(for_worlds, "that can be asked of a comparison only", "say kind `compare`")
            }
            Kind::Compare => {
                refuse(!self.laws.is_empty(), "the laws of a comparison are its worlds", "name them in `worlds`")?;
                refuse(
                    !(2..=WORLDS_MAX).contains(&self.worlds.len()),
                    "a comparison has 2 to 8 worlds",
                    "name them in `worlds`",
                )
            }
        }
    }

    /// What is left to be known once the scenario has been written, where one was: a card is read and told often.
    pub fn without_text(self) -> Asked {
        Asked { toml: None, changes: Vec::new(), ..self }
    }

    /// `run` or `compare`.
    pub const fn kind_word(&self) -> &'static str {
        match self.kind {
            Kind::Run => "run",
            Kind::Compare => "compare",
        }
    }

    /// How often it is done, with other chance each time.
    pub fn replicates(&self) -> u16 {
        self.replicates.unwrap_or(1)
    }

    /// Whether it is a quick look.
    pub const fn is_preview(&self) -> bool {
        self.preview
    }

    /// People for each real one, if it was said.
    pub fn scale(&self) -> Option<f64> {
        if self.preview { Some(PREVIEW_SCALE) } else { self.scale }
    }

    fn file_name(&self, otherwise: &str) -> Result<String, Refusal> {
        let name = self.name.as_deref().unwrap_or(otherwise);
        let is_plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-' || byte == b'_';
        if name.is_empty() || name.len() > 60 || !name.bytes().all(is_plain) {
            let help = "up to 60 of a to z, 0 to 9, - and _";
            return Err(Refusal::unfit("the name of a scenario is of plain letters", help));
        }
        Ok(format!("{name}.toml"))
    }
}

/// Whether a world of a comparison bears the name of a law or scenario of the data.
fn known_world(world: &str, data: &Data) -> Result<(), Refusal> {
    if is_path(world) || world.ends_with(".toml") {
        return Err(Refusal::missing("law or scenario", world, "GET /api/laws and /api/scenarios list them"));
    }
    if !scenario_names(data)?.iter().any(|name| name == world) {
        chosen_law(data, world)?;
    }
    Ok(())
}

/// The laws of a scenario until this one begins, and this one.
fn in_force(base: &Prepared, law: &str, data: &Data) -> Result<Vec<(String, String)>, Refusal> {
    if is_path(law) {
        return Err(Refusal::missing("law", law, "GET /api/laws lists them"));
    }
    let chosen = chosen_law(data, law)?;
    let book = chosen.book.as_ref().filter(|_| !chosen.is_broken());
    let book = book.ok_or_else(|| Refusal::unfit(format!("the law `{law}` has errors"), "`callup lint` shows them"))?;
    let scenario = &base.scenario;
    let own = book.in_force_from;
    let from = if (scenario.start..=scenario.last_day()).contains(&own) { own } else { scenario.start };
    let before = scenario.laws.iter().filter(|law| law.from < from).map(|law| (law.id.clone(), law.from.to_string()));
    Ok(before.chain([(book.id.clone(), from.to_string())]).collect())
}

impl Ready {
    /// The request; `file` is the scenario that was written for it.
    pub fn of(asked: &Asked, file: Option<&Path>, runs: &Path) -> Ready {
        let named = asked.scenario.clone().unwrap_or_default();
        let run = RunRequest {
            scenario: file.map_or(named, |file| file.display().to_string()),
            scale: asked.scale(),
            seed: asked.seed,
            days: asked.days,
            threads: None,
            place: Place::Under(runs.to_owned()),
            saving: Saving { every_weeks: (!asked.preview).then_some(SAVE_WEEKS), keep: false, from: None },
            replicates: asked.replicates(),
        };
        match asked.kind {
            Kind::Run => Ready::Run(run),
            Kind::Compare => Ready::Comparison(CompareRequest {
                worlds: asked.worlds.clone(),
                run: RunRequest { saving: Saving::default(), replicates: 1, ..run },
                from: asked.from.as_deref().and_then(Day::parse),
                answers: asked.answers.clone().into_iter().collect(),
                attribute: asked.attribute,
                replicates: asked.replicates(),
            }),
        }
    }

    /// Title, as far as a list shows it, and length, if it can be run.
    ///
    /// # Errors
    /// With the findings, if it cannot.
    pub fn check(&self, data: &Data) -> Result<(String, u16), Refusal> {
        match self {
            Ready::Run(request) => {
                let prepared = prepare(request, &data.anew())?;
                let title: String = prepared.scenario.title.chars().take(TITLE_LETTERS_MAX).collect();
                Ok((title, prepared.scenario.days))
            }
            Ready::Comparison(request) => {
                let worlds = prepare_worlds(request, &data.anew())?;
                let days = worlds.prepared.first().map_or(0, |first| first.scenario.days);
                Ok((worlds.names.join(" against "), days))
            }
        }
    }
}

/// The same run, from the save that a run of it left, if there is one.
///
/// # Errors
/// When the scenario cannot be read any more.
pub fn from_its_save(request: RunRequest, data: &Data) -> Result<RunRequest, Error> {
    let Place::Under(runs) = &request.place else { return Ok(request) };
    let prepared = prepare(&request, &data.anew())?;
    let path = save::beside(&runs.join(prepared.folder_name()));
    if save::of_run(&path, &Origin::of(&prepared)).is_none() {
        return Ok(request);
    }
    Ok(RunRequest { saving: Saving { from: Some(path), ..request.saving.clone() }, ..request })
}
