//! What is known of a job, as it is told and as it stands on the disk.
//!
//! A card is written aside and renamed, so that a killed server leaves the card before or the card after, never half of one.

use super::asked::Asked;
use crate::folder;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::fs;
use std::io;
use std::path::Path;

/// Name of the file.
const FILE_NAME: &str = "job.json";

/// Version of the meaning of a card.
const FORMAT_VERSION: u32 = 1;

/// Where a job stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// In line.
    Queued,
    /// Under way.
    Running,
    /// There, whole.
    Finished,
    /// Could not be made.
    Failed,
    /// Stopped by its user.
    Stopped,
    /// Its server ended, or was killed.
    Interrupted,
}

impl State {
    /// Whether nothing more comes by itself.
    pub fn has_ended(self) -> bool {
        !matches!(self, State::Queued | State::Running)
    }

    /// In a sentence.
    pub const fn word(self) -> &'static str {
        match self {
            State::Queued => "queued",
            State::Running => "running",
            State::Finished => "finished",
            State::Failed => "failed",
            State::Stopped => "stopped",
            State::Interrupted => "interrupted",
        }
    }
}

/// A card.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Card {
    /// [`FORMAT_VERSION`].
    format_version: u32,
    /// Id: a number.
    pub id: String,
    /// What was asked for.
    pub asked: Asked,
    /// The scenario that was written for it, if there is one, by its name in the job's folder.
    pub scenario_file: Option<String>,
    /// Title of the scenario.
    pub title: String,
    /// Where it stands.
    pub state: State,
    /// When it was asked for, UTC.
    pub created: String,
    /// Days done.
    pub day: u16,
    /// Days in all.
    pub days: u16,
    /// Replicates that are there.
    #[serde(default)]
    pub replicates_done: u16,
    /// What it is doing.
    pub stage: Option<String>,
    /// About how long it still takes.
    pub seconds_left: Option<u64>,
    /// Id of the run or comparison that it made.
    pub run: Option<String>,
    /// Why it failed.
    pub error: Option<String>,
}

impl Card {
    /// The card of a new job.
    pub fn new(
        id: &str,
        asked: Asked,
        scenario_file: Option<String>,
        title: String,
        days: u16,
        created: String,
    ) -> Card {
        Card {
            format_version: FORMAT_VERSION,
            id: id.to_owned(),
            asked,
            scenario_file,
            title,
            state: State::Queued,
            created,
            day: 0,
            days,
            replicates_done: 0,
            stage: None,
            seconds_left: None,
            run: None,
            error: None,
        }
    }
}

impl Card {
    /// As it is told.
    pub fn told(&self) -> Value {
        json!({
            "job": self.id, "kind": self.asked.kind_word(), "state": self.state, "title": self.title, "created": self.created,
            "day": self.day, "days": self.days, "replicate": self.replicate(), "replicates": self.asked.replicates(), "stage": self.stage, "seconds_left": self.seconds_left,
            "preview": self.asked.is_preview(), "scale": self.asked.scale(), "run": self.run, "error": self.error,
            "has_scenario": self.scenario_file.is_some(), "asked": self.asked,
        })
    }

    /// The replicate that is under way, from 1.
    fn replicate(&self) -> u16 {
        self.asked.replicates().min(self.replicates_done.saturating_add(1))
    }

    /// Whether what it was for is there.
    pub fn is_finished(&self) -> bool {
        self.state == State::Finished
    }

    /// As it stands among the runs, as long as it is none.
    pub fn among_runs(&self) -> Value {
        let kind = if self.asked.kind_word() == "run" { "run" } else { "comparison" };
        json!({
            "id": format!("job-{}", self.id), "job": self.id, "kind": kind, "title": self.title, "state": self.state,
            "preview": self.asked.is_preview(), "scale": self.asked.scale(), "days": self.days, "started": self.created,
        })
    }
}

/// Writes a card in its job's folder.
///
/// # Errors
/// When the system says no.
pub fn write(jobs: &Path, card: &Card) -> io::Result<()> {
    let text = serde_json::to_vec_pretty(card)?;
    folder::replace(&jobs.join(&card.id).join(FILE_NAME), &[&text]).map_err(|error| io::Error::other(error.to_string()))
}

/// Ids of the jobs of a folder, in order.
pub fn ids(jobs: &Path) -> Vec<String> {
    let names =
        fs::read_dir(jobs).into_iter().flatten().flatten().filter_map(|entry| entry.file_name().into_string().ok());
    let mut ids: Vec<String> = names.filter(|name| name.bytes().all(|byte| byte.is_ascii_digit())).collect();
    ids.sort();
    ids
}

/// Every card of a folder that can be read.
pub fn all(jobs: &Path) -> Vec<Card> {
    let read = |id: String| {
        let text = fs::read_to_string(jobs.join(&id).join(FILE_NAME)).ok()?;
        let card: Card = serde_json::from_str(&text).ok()?;
        (card.format_version == FORMAT_VERSION && card.id == id && stays_inside(&card)).then_some(card)
    };
    ids(jobs).into_iter().filter_map(read).collect()
}

/// A folder of runs may come from anywhere; a card in it names no file outside its own folder.
fn stays_inside(card: &Card) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    let plain = |name: &String| name.strip_suffix(".toml").is_some_and(|stem| stem.bytes().all(is_plain));
    card.scenario_file.as_ref().is_none_or(plain)
}
