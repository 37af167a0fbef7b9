//! What a run was made of and what it cost: version, digests of every input and output, seed, answers, parameters, time and memory.
//!
//! The receipt is the only file of a run that knows a clock or the number of threads. It is written last, so a folder that has one
//! is whole. This file knows no format but JSON.

use super::Made;
use super::coverage::{self, Summary};
use super::headline::HeadlineLine;
use super::ledgers::{self, LedgerLine};
use super::sums::{SumLine, sums};
use crate::data::{Data, InputFile, ReadError};
use crate::folder::OutputFile;
use crate::prepare::{Prepared, law_names, short_name};
use callup_sim::Outcome;
use callup_sim::people::{Person, Standing};
use callup_sim::scenario::{Basis, ParameterRecord};
use callup_sim::synthesize::FitReport;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::Path;

/// Name of the file.
pub const FILE_NAME: &str = "receipt.json";

/// Version of the meaning of the receipt.
pub const FORMAT_VERSION: u32 = 6;

/// The receipt.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Receipt {
    /// [`FORMAT_VERSION`].
    pub format_version: u32,
    /// Version of callup.
    pub version: String,
    /// SHA-256 of the sources of the program (`callup::SOURCES_SHA256`).
    pub sources: String,
    /// SHA-256 of version, sources, inputs and changed numbers; its first eight digits name the folder.
    pub identity: String,
    /// Scenario by name.
    pub scenario: String,
    /// Its title.
    pub title: String,
    /// Laws as `id@date`, in the scenario's order.
    pub laws: Vec<String>,
    /// First day.
    pub start: String,
    /// Length, days.
    pub days: u16,
    /// People for each real one.
    pub scale: f64,
    /// Seed of all chance.
    pub seed: u64,
    /// The runs that the intervals of the lines are of, this one first; none if it was run once.
    pub replicates: Vec<ReplicateLine>,
    /// Answers to the switches of the laws.
    pub answers: BTreeMap<String, String>,
    /// The twelve lines.
    pub headline: Vec<HeadlineLine>,
    /// Why notices reached nobody, whom searches stopped, who crossed the border: sums of the run.
    pub sums: Vec<SumLine>,
    /// What the ledgers come to over the run, and what stands in them at its end.
    pub ledgers: Vec<LedgerLine>,
    /// Which articles of each law were applied.
    pub coverage: Vec<Summary>,
    /// Every text that the result depends on.
    pub inputs: Vec<InputFile>,
    /// Every other file of the folder.
    pub outputs: Vec<OutputFile>,
    /// How well the people fit the tables.
    pub fit: Fit,
    /// Every parameter of the scenario.
    pub parameters: Vec<ParameterLine>,
    /// Findings about the laws that their documents waive.
    pub waived: Vec<WaivedLine>,
    /// What the run did, in counts that do not depend on the machine.
    pub work: WorkLine,
    /// Days that were done whenever the run went on from a save; none if it ran in one go. The seconds are those since the last time.
    pub resumed_at_days: Vec<u16>,
    /// What the run cost on this machine.
    pub cost: Cost,
}

/// A run among replicates.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReplicateLine {
    /// Its seed.
    pub seed: u64,
    /// Its identity.
    pub identity: String,
}

/// How well the people fit the tables.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fit {
    /// People are as on 1 January of this year.
    pub reference_year: u16,
    /// Rounds of fitting.
    pub rounds: u32,
    /// Whether the tolerance was reached.
    pub converged: bool,
    /// Men in the fitted table.
    pub fitted_men: f64,
    /// Men synthesised.
    pub synthesised_men: u32,
    /// Men by whom totals still miss.
    pub men_missing: u32,
    /// Districts.
    pub districts: u32,
    /// Largest deviation of each margin, as a part of its target, and where.
    pub deviations: Vec<(String, f64, String)>,
}

/// A parameter of the scenario.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ParameterLine {
    /// Path.
    pub path: String,
    /// Unit.
    pub unit: String,
    /// Value used.
    pub value: f64,
    /// Lowest plausible value.
    pub low: f64,
    /// Highest plausible value.
    pub high: f64,
    /// Citation, for a value with a source.
    pub source: Option<String>,
    /// Reason, for an assumption.
    pub assumption: Option<String>,
    /// File that set it.
    pub set_in: String,
}

impl From<&ParameterRecord> for ParameterLine {
    fn from(record: &ParameterRecord) -> ParameterLine {
        let (source, assumption) = match &record.parameter.basis {
            Basis::Source(text) => (Some(text.clone()), None),
            Basis::Assumption(text) => (None, Some(text.clone())),
        };
        ParameterLine {
            path: record.path.clone(),
            unit: record.unit.to_owned(),
            value: record.parameter.value,
            low: record.parameter.low,
            high: record.parameter.high,
            source,
            assumption,
            set_in: record.set_in.clone(),
        }
    }
}

/// A finding that a law waives.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WaivedLine {
    /// `id@date` of the law.
    pub law: String,
    /// Code of the finding.
    pub code: String,
    /// Article.
    pub place: String,
    /// What was found.
    pub message: String,
    /// Why it is waived.
    pub because: String,
    /// When.
    pub date: String,
}

/// Counts of work.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WorkLine {
    /// Entries of the agenda that were served, by kind.
    pub events: BTreeMap<String, u64>,
    /// Most entries that waited at once.
    pub peak_agenda: u64,
    /// Most matters open at once.
    pub peak_matters: u64,
    /// Bytes of one matter.
    pub bytes_a_matter: u64,
    /// Bytes of one person's row.
    pub bytes_a_person: u64,
    /// Bytes of what can change about one person.
    pub bytes_a_standing: u64,
    /// Rows of people that scans have read.
    pub row_visits: u64,
}

/// What the run cost on this machine.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cost {
    /// When it began, UTC.
    pub started: String,
    /// Threads.
    pub threads: usize,
    /// Seconds by stage.
    pub seconds: BTreeMap<String, f64>,
    /// Peak memory of the process, bytes; none where the system does not tell.
    pub peak_memory_bytes: Option<u64>,
}

/// Puts a receipt together.
#[must_use]
pub fn receipt(made: Made<'_>, outputs: Vec<OutputFile>, resumed_at_days: &[u16], cost: Cost) -> Receipt {
    let Made { prepared, fit, outcome, .. } = made;
    let scenario = &prepared.scenario;
    Receipt {
        format_version: FORMAT_VERSION,
        version: env!("CARGO_PKG_VERSION").into(),
        sources: crate::SOURCES_SHA256.into(),
        identity: prepared.identity.clone(),
        scenario: scenario.name.clone(),
        title: scenario.title.clone(),
        laws: law_names(prepared),
        start: scenario.start.to_string(),
        days: scenario.days,
        scale: scenario.scale,
        seed: scenario.seed,
        replicates: made.replicates.lines(),
        answers: scenario.answers.clone(),
        headline: made.headline.to_vec(),
        sums: sums(outcome, scenario.scale),
        ledgers: ledgers::lines(prepared, outcome),
        coverage: coverage::summary(prepared, outcome),
        inputs: inputs(prepared),
        outputs,
        fit: fit_lines(prepared, fit),
        parameters: scenario.register.iter().map(ParameterLine::from).collect(),
        waived: waived(prepared),
        work: work(outcome),
        resumed_at_days: resumed_at_days.to_vec(),
        cost,
    }
}

/// The inputs by names that say nothing of this machine.
#[must_use]
pub fn inputs(prepared: &Prepared) -> Vec<InputFile> {
    let short = |input: &InputFile| InputFile { name: short_name(&input.name), ..input.clone() };
    prepared.inputs.iter().map(short).collect()
}

fn fit_lines(prepared: &Prepared, fit: &FitReport) -> Fit {
    let deviation =
        |one: &callup_sim::synthesize::MarginDeviation| (one.margin.to_owned(), one.largest, one.at.clone());
    Fit {
        reference_year: prepared.margins.reference_year,
        rounds: fit.rounds,
        converged: fit.converged,
        fitted_men: fit.fitted_men,
        synthesised_men: fit.synthesised_men,
        men_missing: fit.men_missing,
        districts: fit.districts,
        deviations: fit.deviations.iter().map(deviation).collect(),
    }
}

/// Findings that the laws of a run waive.
#[must_use]
pub fn waived(prepared: &Prepared) -> Vec<WaivedLine> {
    let mut lines = Vec::new();
    for law in &prepared.laws {
        for (finding, waiver) in law.checked().waived {
            lines.push(WaivedLine {
                law: law.name(),
                code: finding.code.into(),
                place: waiver.cite.article.clone(),
                message: finding.message,
                because: waiver.because,
                date: waiver.date.to_string(),
            });
        }
    }
    lines
}

fn work(outcome: &Outcome) -> WorkLine {
    let work = &outcome.work;
    WorkLine {
        events: work.events.iter().map(|(kind, count)| ((*kind).to_owned(), *count)).collect(),
        peak_agenda: work.peak_agenda,
        peak_matters: work.peak_matters,
        bytes_a_matter: work.bytes_a_matter,
        bytes_a_person: size_of::<Person>() as u64,
        bytes_a_standing: size_of::<Standing>() as u64,
        row_visits: work.row_visits,
    }
}

impl Receipt {
    /// The bytes of the file.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        bytes_of(self)
    }

    /// The receipt of the run in this folder.
    ///
    /// # Errors
    /// When there is none that this version can read.
    pub fn of_folder(folder: &Path) -> Result<Receipt, ReadError> {
        let path = folder.join(FILE_NAME);
        let damaged = |reason: String| ReadError::Damaged { path: path.display().to_string(), reason };
        let text = Data::embedded().text_at(&path)?.text;
        let any: serde_json::Value =
            serde_json::from_str(&text).map_err(|error| damaged(format!("it is no receipt: {error}")))?;
        match any["format_version"].as_u64() {
            Some(version) if version == u64::from(FORMAT_VERSION) => {}
            Some(version) => {
                let reason = format!("it is a receipt of format {version}; this program reads format {FORMAT_VERSION}");
                return Err(damaged(reason));
            }
            None => return Err(damaged("it is no receipt".into())),
        }
        serde_json::from_value(any).map_err(|error| damaged(format!("it is no receipt: {error}")))
    }

    /// The receipt of the run in this folder, if the folder holds that very run and every file of it is as the receipt says.
    #[must_use]
    pub fn of_whole_run(folder: &Path, identity: &str) -> Option<Receipt> {
        let receipt: Receipt = read(folder)?;
        (receipt.identity == identity && are_whole(folder, &receipt.outputs)).then_some(receipt)
    }
}

/// The receipt of a folder, of whatever kind.
pub(crate) fn read<R: serde::de::DeserializeOwned>(folder: &Path) -> Option<R> {
    let text = Data::embedded().text_at(&folder.join(FILE_NAME)).ok()?.text;
    serde_json::from_str(&text).ok()
}

/// Whether every file of a folder is as its receipt says.
pub(crate) fn are_whole(folder: &Path, files: &[OutputFile]) -> bool {
    let is_whole = |file: &OutputFile| {
        std::fs::read(folder.join(&file.name)).is_ok_and(|bytes| OutputFile::of(&file.name, &bytes) == *file)
    };
    files.iter().all(is_whole)
}

/// The bytes of a receipt.
///
/// # Panics
/// Never: a receipt has no maps with keys that are not text.
pub(crate) fn bytes_of(receipt: &impl Serialize) -> Vec<u8> {
    let mut bytes = serde_json::to_vec_pretty(receipt).expect("a receipt has text keys only");
    bytes.push(b'\n');
    bytes
}
