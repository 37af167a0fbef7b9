//! Shelves filled: from the folder of a run with its sisters of other chance, from that of a comparison, from a run that has just been lived.

use super::{DailyColumn, Entry, Shelf};
use crate::data::ReadError;
use crate::error::Error;
use crate::life::{in_run, whole_file};
use crate::output::ledgers::{FILE_NAME as LEDGERS, table as ledger_table};
use crate::output::receipt::Receipt;
use crate::output::tables::{ALL_REGIONS, daily};
use crate::output::{comparison, long};
use crate::prepare::Prepared;
use arrow_array::cast::AsArray as _;
use arrow_array::types::{Date32Type, Int16Type, UInt64Type};
use arrow_array::{Array as _, RecordBatch};
use callup_law::calendar::Day;
use callup_sim::Outcome;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// A world that can be asked.
#[derive(Debug)]
pub struct Shelved {
    /// Its name; none of a run alone.
    pub world: Option<String>,
    /// Its tables.
    pub shelf: Shelf,
    /// The same in runs that differ in nothing but their chance.
    pub sisters: Vec<Shelf>,
}

/// What the folder of a run or comparison has.
///
/// # Errors
/// If it holds neither, or a table is not as the receipt has it.
pub fn of_folder(folder: &Path) -> Result<Vec<Shelved>, Error> {
    if let Some(receipt) = comparison::Receipt::of_folder(folder) {
        return of_comparison(folder, &receipt);
    }
    let receipt = Receipt::of_folder(folder)?;
    let shelf = of_run(folder, &receipt)?;
    let sisters =
        sisters(folder, &receipt).iter().map(|(path, receipt)| of_run(path, receipt)).collect::<Result<_, _>>()?;
    Ok(vec![Shelved { world: None, shelf, sisters }])
}

/// A run that has just been lived.
#[must_use]
pub fn of_outcome(prepared: &Prepared, outcome: &Outcome) -> Shelf {
    let scenario = &prepared.scenario;
    let mut shelf = Shelf { scale: scenario.scale, start: Some(scenario.start), ..Shelf::default() };
    let tables = [long::indicators(prepared, outcome), ledger_table(prepared, outcome), daily(prepared, outcome)];
    let [indicators, ledgers, days] = tables.map(|table| batches(table.to_parquet()));
    let whole = "a table that was just made can be read";
    shelf.take_daily(&days.expect(whole)).expect(whole);
    for batch in indicators.expect(whole).iter().chain(&ledgers.expect(whole)) {
        shelf.take_long(batch).expect(whole);
    }
    shelf
}

/// The run of this folder and receipt.
///
/// # Errors
/// If a table is not as the receipt has it.
pub fn of_run(folder: &Path, receipt: &Receipt) -> Result<Shelf, Error> {
    let mut shelf = Shelf { scale: receipt.scale, start: Day::parse(&receipt.start), ..Shelf::default() };
    let table = |name: &str| whole_file(folder, &receipt.outputs, name).and_then(|bytes| read(folder, name, bytes));
    shelf.take_daily(&table("daily.parquet")?).ok_or_else(|| damaged(folder, "daily.parquet", "it lacks a column"))?;
    for name in ["indicators.parquet", LEDGERS] {
        for batch in table(name)? {
            shelf.take_long(&batch).ok_or_else(|| damaged(folder, name, "it lacks a column"))?;
        }
    }
    Ok(shelf)
}

fn of_comparison(folder: &Path, receipt: &comparison::Receipt) -> Result<Vec<Shelved>, Error> {
    let table = |name: &str| whole_file(folder, &receipt.outputs, name).and_then(|bytes| read(folder, name, bytes));
    let (weekly, persons) = (table("weekly.parquet")?, table("persons.parquet")?);
    let mut worlds = Vec::new();
    for (place, world) in receipt.worlds.iter().enumerate() {
        let mut shelf = Shelf { scale: receipt.scale, start: Day::parse(&receipt.start), ..Shelf::default() };
        let lacks = |name: &str| damaged(folder, name, "it lacks a column");
        for batch in &weekly {
            shelf.take_weekly(batch, &world.name).ok_or_else(|| lacks("weekly.parquet"))?;
        }
        let pair = &receipt.worlds[place.max(1)].name;
        for batch in &persons {
            shelf.take_persons(batch, pair, place == 0, "run").ok_or_else(|| lacks("persons.parquet"))?;
        }
        let name = comparison::ledgers_of(place);
        for batch in table(&name)? {
            shelf.take_long(&batch).ok_or_else(|| lacks(&name))?;
        }
        let mut sisters = Vec::new();
        if receipt.replicates > 1 {
            let batches = table("replicates.parquet")?;
            for number in 1..receipt.replicates as u64 {
                let mut sister = Shelf { scale: receipt.scale, ..Shelf::default() };
                for batch in &batches {
                    let part = replicate(batch, number).ok_or_else(|| lacks("replicates.parquet"))?;
                    sister.take_persons(&part, pair, place == 0, "run").ok_or_else(|| lacks("replicates.parquet"))?;
                }
                sisters.push(sister);
            }
        }
        worlds.push(Shelved { world: Some(world.name.clone()), shelf, sisters });
    }
    Ok(worlds)
}

/// Folders beside this one with runs of the same inputs, scale and days and another seed. A run that was made with replicates has those alone, so
/// that its page and every later question speak of the same ones.
fn sisters(folder: &Path, own: &Receipt) -> Vec<(PathBuf, Receipt)> {
    let beside = folder.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(beside).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    paths.sort_unstable();
    let alike = |other: &Receipt| {
        let made = |one: &Receipt| (one.scenario.clone(), one.sources.clone(), one.start.clone(), one.days);
        made(other) == made(own)
            && (other.scale, &other.inputs, &other.answers) == (own.scale, &own.inputs, &own.answers)
            && other.seed != own.seed
            && (own.replicates.is_empty() || own.replicates.iter().any(|one| one.seed == other.seed))
    };
    let found = paths.into_iter().filter_map(|path| Some((Receipt::of_folder(&path).ok()?, path)));
    let mut seen: Vec<u64> = Vec::new();
    let mut list = Vec::new();
    for (receipt, path) in found.filter(|(receipt, _)| alike(receipt)) {
        if !seen.contains(&receipt.seed) {
            seen.push(receipt.seed);
            list.push((path, receipt));
        }
    }
    list
}

fn damaged(folder: &Path, name: &str, reason: &str) -> Error {
    Error::Read(ReadError::Damaged { path: in_run(folder, name), reason: reason.to_owned() })
}

fn read(folder: &Path, name: &str, bytes: Vec<u8>) -> Result<Vec<RecordBatch>, Error> {
    batches(bytes).map_err(|reason| damaged(folder, name, &reason))
}

/// The batches of a Parquet file, with what each column says of itself.
fn batches(bytes: Vec<u8>) -> Result<Vec<RecordBatch>, String> {
    let builder = ParquetRecordBatchReaderBuilder::try_new(bytes::Bytes::from(bytes));
    let reader = builder.and_then(ParquetRecordBatchReaderBuilder::build).map_err(|error| error.to_string())?;
    reader.collect::<Result<_, _>>().map_err(|error| error.to_string())
}

/// The rows of one replicate.
fn replicate(batch: &RecordBatch, number: u64) -> Option<RecordBatch> {
    let numbers = batch.column_by_name("replicate")?.as_primitive_opt::<UInt64Type>()?;
    // Rows of a replicate stand together.
    let first = numbers.values().iter().position(|value| *value == number).unwrap_or(0);
    let count = numbers.values().iter().filter(|value| **value == number).count();
    Some(batch.slice(first, count))
}

/// The word of a row; none where the column is not there or the row has none.
fn word(batch: &RecordBatch, column: &str, row: usize) -> Option<String> {
    let column = batch.column_by_name(column)?.as_string_opt::<i32>()?;
    (!column.is_null(row)).then(|| column.value(row).to_owned())
}

fn count(batch: &RecordBatch, column: &str, row: usize) -> Option<u64> {
    let column = batch.column_by_name(column)?.as_primitive_opt::<UInt64Type>()?;
    (!column.is_null(row)).then(|| column.value(row))
}

/// Days from 1970-01-01 to a day.
fn day(batch: &RecordBatch, column: &str, row: usize) -> Option<Day> {
    let column = batch.column_by_name(column)?.as_primitive_opt::<Date32Type>()?;
    (!column.is_null(row)).then(|| Day(column.value(row) + crate::output::table::UNIX_EPOCH_DAY))
}

impl Shelf {
    fn take_daily(&mut self, batches: &[RecordBatch]) -> Option<()> {
        for batch in batches {
            let regions = batch.column_by_name("region")?.as_string_opt::<i32>()?;
            for (field, column) in batch.schema().fields().iter().zip(batch.columns()) {
                let said = |key: &str| field.metadata().get(key).cloned();
                let Some(kind) = said("kind").filter(|_| said("expansion").is_none()) else { continue };
                let values = column.as_primitive_opt::<UInt64Type>()?;
                let own = self.daily.entry(field.name().clone()).or_insert_with(|| DailyColumn {
                    is_flow: kind.starts_with("flow"),
                    unit: said("unit").unwrap_or_default(),
                    definition: said("definition").unwrap_or_default(),
                    values: BTreeMap::new(),
                });
                for (region, value) in regions.iter().zip(values.values()) {
                    let region = region?;
                    match own.values.get_mut(region) {
                        Some(list) => list.push(*value),
                        None => drop(own.values.insert(region.to_owned(), vec![*value])),
                    }
                }
            }
        }
        Some(())
    }

    /// Rows of `indicators.parquet` or of ledgers; those of lengths are left out but for their summaries.
    fn take_long(&mut self, batch: &RecordBatch) -> Option<()> {
        let days = batch.column_by_name("days")?.as_primitive_opt::<Int16Type>()?.clone();
        for row in 0..batch.num_rows() {
            let form = word(batch, "form", row)?;
            if form == "length" {
                continue;
            }
            let stratum = word(batch, "stratum_kind", row).zip(word(batch, "stratum", row));
            let stratum = stratum.map(|(kind, name)| format!("{kind}={name}"));
            let parts: Vec<String> =
                [stratum, word(batch, "measure", row), word(batch, "group", row)].into_iter().flatten().collect();
            self.entries.push(Entry {
                form,
                date: day(batch, "date", row),
                region: word(batch, "region", row)?,
                group: (!parts.is_empty()).then(|| parts.join(",")),
                name: word(batch, "indicator", row)?,
                statistic: word(batch, "statistic", row),
                days: (!days.is_null(row)).then(|| days.value(row)),
                value: count(batch, "value", row)?,
                of: count(batch, "of", row),
            });
        }
        Some(())
    }

    /// Rows of `weekly.parquet` of a comparison.
    fn take_weekly(&mut self, batch: &RecordBatch, world: &str) -> Option<()> {
        for row in 0..batch.num_rows() {
            if word(batch, "world", row)? == world {
                self.entries.push(Entry {
                    form: "week".into(),
                    date: day(batch, "week_ends", row),
                    region: word(batch, "region", row)?,
                    group: word(batch, "measure", row),
                    name: word(batch, "indicator", row)?,
                    statistic: None,
                    days: None,
                    value: count(batch, "value", row)?,
                    of: count(batch, "of", row),
                });
            }
        }
        Some(())
    }

    /// Rows of `persons.parquet` or `replicates.parquet` of a comparison, as the first of a pair has them or the other.
    fn take_persons(&mut self, batch: &RecordBatch, pair: &str, is_first: bool, form: &str) -> Option<()> {
        for row in (0..batch.num_rows()).filter(|row| word(batch, "world", *row).as_deref() == Some(pair)) {
            let stratum = word(batch, "stratum_kind", row).zip(word(batch, "stratum", row));
            let only = if is_first { "first_only" } else { "other_only" };
            self.entries.push(Entry {
                form: form.to_owned(),
                date: None,
                region: word(batch, "region", row).unwrap_or_else(|| ALL_REGIONS.to_owned()),
                group: stratum.map(|(kind, name)| format!("{kind}={name}")),
                name: word(batch, "quantity", row)?,
                statistic: None,
                days: None,
                value: count(batch, "both", row)? + count(batch, only, row)?,
                of: None,
            });
        }
        Some(())
    }
}
