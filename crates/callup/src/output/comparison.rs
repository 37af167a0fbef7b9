//! What a comparison leaves behind: tables of persons, days, lives and clauses, a page for people, and a receipt.
//!
//! Every file is made from the comparison alone. Counts are raw, at the scale of the run; what stands beside them at scale 1 is said in each table.

mod causes;
mod noise;
mod page;
mod tables;

pub use causes::{Clause, Side, clauses};
pub use noise::{Figure, Replicate, figures};

use super::receipt::{self, Cost, inputs};
use crate::data::InputFile;
use crate::folder::OutputFile;
use crate::prepare::law_names;
use crate::worlds::{Asked, Worlds};
use callup_sim::compare::Comparison;
use callup_sim::compare::paired::Quantity;
use callup_sim::random::PersonId;
use callup_sim::restricted::Manner;
use serde::{Deserialize, Serialize};
use std::path::Path;

/// Version of the meaning of the receipt of a comparison.
pub const FORMAT_VERSION: u32 = 2;

/// All that the files are made from.
#[derive(Clone, Copy, Debug)]
pub struct Compared<'c> {
    /// The worlds.
    pub worlds: &'c Worlds,
    /// What became of them; after the worlds come those held to the first, if they were asked for.
    pub comparison: &'c Comparison,
    /// The nation's figures of each replicate, the first of them that of `comparison`.
    pub replicates: &'c [Replicate],
    /// Persons whose life parts, drawn by lot for the page to name.
    pub sample: &'c [PersonId],
    /// A few parted lives in every world, as `callup person --json` tells them.
    pub lives: &'c [serde_json::Value],
}

impl Compared<'_> {
    /// People for each real one.
    #[must_use]
    pub fn scale(&self) -> f64 {
        self.worlds.prepared[0].scenario.scale
    }

    /// Whether worlds held to the first one stand behind the others.
    #[must_use]
    pub fn is_attributed(&self) -> bool {
        self.comparison.outcomes.len() > self.worlds.names.len()
    }

    /// Places of the worlds that are held against the first, each with its place among the pairs.
    pub fn others(&self) -> impl Iterator<Item = (usize, usize)> {
        (1..self.worlds.names.len()).map(|world| (world, world - 1))
    }
}

/// A file of the folder, when there is one, and how its bytes are made.
#[derive(Clone, Copy, Debug)]
pub struct FileMaker {
    /// Name.
    pub name: &'static str,
    /// Whether this comparison has it.
    pub is_wanted: fn(&Compared<'_>) -> bool,
    /// Makes the bytes.
    pub make: fn(&Compared<'_>) -> Vec<u8>,
}

/// Every file but the receipt, in the order in which they are written.
pub const FILES: [FileMaker; 9] = [
    FileMaker { name: "persons.parquet", is_wanted: always, make: |all| tables::persons(all).to_parquet() },
    FileMaker { name: "days.parquet", is_wanted: always, make: |all| tables::days(all).to_parquet() },
    FileMaker { name: "became.parquet", is_wanted: always, make: |all| tables::became(all).to_parquet() },
    FileMaker { name: "weekly.parquet", is_wanted: always, make: |all| tables::weekly(all).to_parquet() },
    FileMaker { name: LIVES, is_wanted: always, make: |all| tables::lives(all).to_parquet() },
    FileMaker { name: "clauses.parquet", is_wanted: always, make: |all| tables::clauses(all).to_parquet() },
    FileMaker {
        name: "steps.parquet",
        is_wanted: |all| all.is_attributed(),
        make: |all| tables::steps(all).to_parquet(),
    },
    FileMaker {
        name: "replicates.parquet",
        is_wanted: |all| all.replicates.len() > 1,
        make: |all| tables::replicates(all).to_parquet(),
    },
    FileMaker { name: "report.html", is_wanted: always, make: page::bytes },
];

/// Columns of `lives.parquet` that name what is true of somebody in one of the two worlds alone.
pub const ONLY: [&str; 2] = ["only_first", "only_other"];

/// Name of the table of parted lives.
pub const LIVES: &str = "lives.parquet";

/// Name of the file from which any life in a world is told again.
#[must_use]
pub fn environment_of(world: usize) -> String {
    format!("environment-{}.parquet", world + 1)
}

/// Name of the ledgers of a world.
#[must_use]
pub fn ledgers_of(world: usize) -> String {
    format!("ledgers-{}.parquet", world + 1)
}

fn always(_: &Compared<'_>) -> bool {
    true
}

/// Quantities that are told first: how people are reached, then what it does to them.
pub const FIRST: [&str; 14] = [
    "summoned",
    "reached",
    "served_unseen",
    "defaulted",
    "restricted",
    "restricted_unseen",
    "restricted_wrongly",
    "barred",
    "barred_unseen",
    "livelihood_barred",
    "turned_back",
    "appeared",
    "called_up",
    "left",
];

/// The receipt of a comparison: what it was made from, what it found, what it cost.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Receipt {
    /// [`FORMAT_VERSION`].
    pub format_version: u32,
    /// Version of callup.
    pub version: String,
    /// SHA-256 of the sources of the program.
    pub sources: String,
    /// SHA-256 of all that the result depends on; its first eight digits name the folder.
    pub identity: String,
    /// The worlds, the first one first.
    pub worlds: Vec<WorldLine>,
    /// What was asked for.
    pub asked: Asked,
    /// First day.
    pub start: String,
    /// Length, days.
    pub days: u16,
    /// People for each real one.
    pub scale: f64,
    /// Seed of all chance.
    pub seed: u64,
    /// How many times it was compared.
    pub replicates: usize,
    /// What each world differs by from the first.
    pub figures: Vec<Figure>,
    /// Which articles and choices part the lives.
    pub clauses: Vec<Clause>,
    /// Where the differences come from, if it was asked for.
    pub steps: Vec<Step>,
    /// Every other file of the folder.
    pub outputs: Vec<OutputFile>,
    /// What it cost on this machine.
    pub cost: Cost,
}

/// A world.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WorldLine {
    /// How it is called.
    pub name: String,
    /// SHA-256 of all that it was made from.
    pub identity: String,
    /// Scenario.
    pub scenario: String,
    /// Laws as `id@date`.
    pub laws: Vec<String>,
    /// Answers to the switches of the laws.
    pub answers: std::collections::BTreeMap<String, String>,
    /// Every text that it depends on.
    pub inputs: Vec<InputFile>,
    /// Persons whose life parts from that in the first world; 0 for the first.
    pub lives_that_part: u64,
}

/// Persons of the nation of whom something is true in the first world, and by which steps it becomes what it is in the other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// Quantity, or manner of restriction.
    pub name: String,
    /// `persons` or `days`.
    pub unit: String,
    /// In the first world.
    pub first: u64,
    /// Because the law says otherwise of the person himself.
    pub direct: i64,
    /// Because others take or leave places.
    pub displacement: i64,
    /// Because the nation divides decreed numbers otherwise.
    pub feedback: i64,
    /// In the other world.
    pub other: u64,
}

/// The steps of every quantity and manner that differs anywhere on the way; none if it was not asked for.
#[must_use]
pub fn steps(all: &Compared<'_>) -> Vec<Step> {
    if !all.is_attributed() {
        return Vec::new();
    }
    let on_the_way = |name: &str, unit: &str, [first, placed, told, other]: [u64; 4]| Step {
        name: name.to_owned(),
        unit: unit.to_owned(),
        first,
        direct: placed as i64 - first as i64,
        displacement: told as i64 - placed as i64,
        feedback: other as i64 - told as i64,
        other,
    };
    // The pairs are: the other world, it with the first one's places and feedback, it with the first one's feedback.
    let [free, placed, told] = [0, 1, 2].map(|pair| &all.comparison.pairs[pair]);
    let mut list = Vec::new();
    for (place, quantity) in Quantity::all().iter().enumerate() {
        let cells = [free, placed, told].map(|pair| pair.persons.cell(place, None, None));
        let first = cells[0].both + cells[0].first_only;
        let [other, placed, told] = cells.map(|cell| cell.both + cell.other_only);
        list.push(on_the_way(quantity.name, "persons", [first, placed, told, other]));
    }
    for manner in Manner::ALL {
        let cells = [free, placed, told].map(|pair| pair.days.cell(manner, None, None));
        let [other, placed, told] = cells.map(|cell| cell.days_other);
        list.push(on_the_way(manner.word(), "days", [cells[0].days_first, placed, told, other]));
    }
    list.retain(|step| step.direct != 0 || step.displacement != 0 || step.feedback != 0);
    list
}

/// Puts the receipt together.
#[must_use]
pub fn receipt(all: &Compared<'_>, outputs: Vec<OutputFile>, cost: Cost) -> Receipt {
    let scenario = &all.worlds.prepared[0].scenario;
    let world = |(place, name): (usize, &String)| {
        let prepared = &all.worlds.prepared[place];
        let parted = place.checked_sub(1).map_or(0, |pair| all.comparison.pairs[pair].diverged.len());
        WorldLine {
            name: name.clone(),
            identity: prepared.identity.clone(),
            scenario: prepared.scenario.name.clone(),
            laws: law_names(prepared),
            answers: prepared.scenario.answers.clone(),
            inputs: inputs(prepared),
            lives_that_part: parted as u64,
        }
    };
    Receipt {
        format_version: FORMAT_VERSION,
        version: env!("CARGO_PKG_VERSION").into(),
        sources: crate::SOURCES_SHA256.into(),
        identity: all.worlds.identity.clone(),
        asked: all.worlds.asked.clone(),
        worlds: all.worlds.names.iter().enumerate().map(world).collect(),
        start: scenario.start.to_string(),
        days: scenario.days,
        scale: scenario.scale,
        seed: scenario.seed,
        replicates: all.replicates.len(),
        figures: figures(all),
        clauses: clauses(all),
        steps: steps(all),
        outputs,
        cost,
    }
}

impl Receipt {
    /// The bytes of the file.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        receipt::bytes_of(self)
    }

    /// The receipt of the comparison in this folder, if it holds one that this version can read.
    #[must_use]
    pub fn of_folder(folder: &Path) -> Option<Receipt> {
        receipt::read(folder).filter(|found: &Receipt| found.format_version == FORMAT_VERSION)
    }

    /// The receipt of the comparison in this folder, if it is that very comparison and every file is as the receipt says.
    #[must_use]
    pub fn of_whole(folder: &Path, identity: &str) -> Option<Receipt> {
        let found: Receipt = receipt::read(folder)?;
        (found.identity == identity && receipt::are_whole(folder, &found.outputs)).then_some(found)
    }
}
