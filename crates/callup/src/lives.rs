//! One person's life in every world of a comparison that is there, and whom a comparison parts.
//!
//! The worlds are made ready as they were and held against the receipt; a life is told again in each from what its districts were told. This file knows no
//! command line.

use crate::data::{Data, ReadError};
use crate::error::Error;
use crate::life::{Portrait, in_run, last_day, layout_of, lived_again, person_of, retold, unlike, whole_file};
use crate::origin::Origin;
use crate::output::comparison::{Compared, LIVES, ONLY, Receipt, environment_of};
use crate::output::environment::of_outcome;
use crate::output::tables::Told;
use crate::prepare::Prepared;
use crate::worlds::{Worlds, prepare_worlds};
use arrow_array::cast::AsArray as _;
use arrow_array::{Array as _, RecordBatch};
use callup_sim::random::PersonId;
use parquet::arrow::arrow_reader::{ArrowReaderOptions, ParquetRecordBatchReaderBuilder};
use serde::Serialize;
use std::path::Path;

/// Version of the meaning of [`Lives`] and [`Parted`] as JSON.
pub const FORMAT_VERSION: u32 = 1;

/// Lives that stand in the page of a comparison.
const MAILED: usize = 20;

/// Most bytes of them.
const MAILED_BYTES: usize = 250_000;

/// One person in several worlds.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Lives {
    /// [`FORMAT_VERSION`].
    pub format_version: u32,
    /// Identity of the comparison.
    pub comparison: String,
    /// Who.
    pub person: Portrait,
    /// Last day.
    pub until: String,
    /// How many of the first rows are the same in every world, but for the law that causes them.
    pub alike: usize,
    /// His life in each.
    pub worlds: Vec<WorldLife>,
}

/// A life in one world.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct WorldLife {
    /// The world.
    pub world: String,
    /// All that happens, in order of time.
    pub rows: Vec<Told>,
}

/// Tells one life in every world of a comparison.
///
/// # Errors
/// If the comparison was made from other inputs or by another program, or it has no such person.
pub fn lives(folder: &Path, receipt: &Receipt, id: &str, data: &Data) -> Result<Lives, Error> {
    let (known, asked) = (receipt.worlds.len(), receipt.asked.worlds.len());
    if known < 2 || known != asked {
        let (path, reason) = (in_run(folder, "receipt.json"), "it does not say which worlds were compared".to_owned());
        return Err(ReadError::Damaged { path, reason }.into());
    }
    let help = "tell lives with the program that made the comparison, or compare again";
    let reasons = Origin::of_world(receipt, 0).other_program();
    if !reasons.is_empty() {
        return Err(unlike(folder, reasons, help));
    }
    let worlds = prepare_worlds(&receipt.asked.again((receipt.scale, receipt.seed, receipt.days)), data)?;
    let differences = |(world, prepared)| Origin::of_world(receipt, world).differences(&Origin::of(prepared));
    let reasons: Vec<String> = worlds.prepared.iter().enumerate().flat_map(differences).collect();
    if !reasons.is_empty() {
        return Err(unlike(folder, reasons, "give the laws, scenarios and tables of then with --data"));
    }
    let layout = layout_of(&worlds.prepared[0])?;
    let who = person_of(id, &layout)?;
    told(&worlds, &receipt.identity, |place, prepared| {
        let name = environment_of(place);
        let bytes = whole_file(folder, &receipt.outputs, &name)?;
        retold(prepared, &layout, who, bytes, &in_run(folder, &name))
    })
}

/// One life as it is told in each world.
fn told<E>(
    worlds: &Worlds,
    comparison: &str,
    mut tell: impl FnMut(usize, &Prepared) -> Result<(Portrait, Vec<Told>), E>,
) -> Result<Lives, E> {
    let (mut portrait, mut told) = (None, Vec::new());
    for (place, prepared) in worlds.prepared.iter().enumerate() {
        let (person, rows) = tell(place, prepared)?;
        portrait.get_or_insert(person);
        told.push(WorldLife { world: worlds.names[place].clone(), rows });
    }
    Ok(Lives {
        format_version: FORMAT_VERSION,
        comparison: comparison.to_owned(),
        person: portrait.expect("a comparison has two worlds at least"),
        until: last_day(&worlds.prepared[0]),
        alike: alike(&told),
        worlds: told,
    })
}

/// A few parted lives in every world of a comparison that has just been lived, as they are told of its folder; they stand in its page, so that a mailed
/// one tells them too. A life that cannot be told again is left out; whoever asks for it by name hears why.
#[must_use]
pub fn mailed(all: &Compared<'_>) -> Vec<serde_json::Value> {
    let mut room = MAILED_BYTES;
    let fits = |life: &serde_json::Value| {
        let left = room.checked_sub(life.to_string().len());
        room = left.unwrap_or(0);
        left.is_some()
    };
    lived(all, &all.sample[..all.sample.len().min(MAILED)])
        .iter()
        .map(|life| serde_json::json!(life))
        .take_while(fits)
        .collect()
}

/// The lives of some persons in every world.
fn lived(all: &Compared<'_>, persons: &[PersonId]) -> Vec<Lives> {
    let worlds = all.worlds;
    let Ok(layout) = layout_of(&worlds.prepared[0]) else { return Vec::new() };
    let of_one = |who: &PersonId| {
        let district = layout.row(*who).map(|row| layout.district_of(row))?;
        let environment = |place: usize| of_outcome(&all.comparison.outcomes[place], district);
        told(worlds, &worlds.identity, |place, world| lived_again(world, &layout, *who, &environment(place))).ok()
    };
    persons.iter().filter_map(of_one).collect()
}

/// How many of the first rows are the same everywhere. Two laws may say the same, so why it happens does not count.
fn alike(worlds: &[WorldLife]) -> usize {
    let bare =
        |row: &Told| (row.date.clone(), row.campaign.clone(), row.what.clone(), row.detail.clone(), row.day.clone());
    let first = &worlds[0].rows;
    let same =
        |place: &usize| worlds.iter().all(|world| world.rows.get(*place).map(bare) == first.get(*place).map(bare));
    (0..first.len()).take_while(same).count()
}

/// Somebody whose life parts, and where it does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Parted {
    /// The world that is held against the first.
    pub world: String,
    /// Who.
    pub id: String,
    /// What happens in the first world alone, and the article or choice behind it.
    pub first: Option<[String; 2]>,
    /// The same of the other world.
    pub other: Option<[String; 2]>,
}

/// Whom a comparison parts, in the order of its table: everybody, or those of whom a quantity is true in the first world alone (0) or the other alone (1).
///
/// # Errors
/// If the table is not there as the receipt has it, or nothing bears the name.
pub fn parted(folder: &Path, receipt: &Receipt, only: Option<(usize, &str)>) -> Result<Vec<Parted>, Error> {
    if let Some((_, name)) = only {
        let known: Vec<&str> = callup_sim::district::mark::NAMED.iter().map(|(_, name, _)| *name).collect();
        if !known.contains(&name) {
            let help = format!("there are: {}", known.join(", "));
            return Err(Error::Usage {
                message: format!("nothing that can be true of a person is called `{name}`"),
                help,
            });
        }
    }
    let bytes = whole_file(folder, &receipt.outputs, LIVES)?;
    let broken = |reason: String| Error::Read(ReadError::Damaged { path: in_run(folder, LIVES), reason });
    // Without what Arrow wrote beside them, all words are plain.
    let options = ArrowReaderOptions::new().with_skip_arrow_metadata(true);
    let builder = ParquetRecordBatchReaderBuilder::try_new_with_options(bytes::Bytes::from(bytes), options);
    let reader = builder.and_then(ParquetRecordBatchReaderBuilder::build).map_err(|error| broken(error.to_string()))?;
    let mut list = Vec::new();
    for batch in reader {
        let batch = batch.map_err(|error| broken(error.to_string()))?;
        take(&batch, only, &mut list).ok_or_else(|| broken("it lacks a column".into()))?;
    }
    Ok(list)
}

fn take(batch: &RecordBatch, only: Option<(usize, &str)>, list: &mut Vec<Parted>) -> Option<()> {
    let text = |name: &str| batch.column_by_name(name)?.as_string_opt::<i32>().cloned();
    let (worlds, persons) = (text("world")?, text("person")?);
    let marks = match only {
        Some((side, name)) => Some((text(ONLY[side])?, name)),
        None => None,
    };
    let side = |side: &str| {
        let [what, article, assumption] = ["what", "article", "assumption"].map(|part| text(&format!("{side}_{part}")));
        Some([what?, article?, assumption?])
    };
    let sides = [side("first")?, side("other")?];
    for row in 0..batch.num_rows() {
        if marks.as_ref().is_some_and(|(marks, name)| !marks.value(row).split(' ').any(|mark| mark == *name)) {
            continue;
        }
        let [first, other] = sides.each_ref().map(|[what, article, assumption]| {
            let why = if article.is_null(row) { assumption } else { article };
            (!what.is_null(row)).then(|| [what.value(row).to_owned(), why.value(row).to_owned()])
        });
        list.push(Parted { world: worlds.value(row).to_owned(), id: persons.value(row).to_owned(), first, other });
    }
    Some(())
}
