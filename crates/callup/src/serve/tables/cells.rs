//! The rows of a Parquet file, piece by piece, narrowed to a region and to days, as plain cells.
//!
//! A table is decoded once and shared by all who ask for it, as far as there is room, which is measured as it is decoded: a few bytes of a file can stand
//! for many long words. One that is too large for that is decoded as it goes. A piece has
//! as many rows as its width allows. It knows the few types that the tables of a run have, and no format.

use super::super::answer::Refusal;
use super::Only;
use crate::output::table::UNIX_EPOCH_DAY;
use arrow_array::cast::AsArray as _;
use arrow_array::types::{Date32Type, Float64Type, Int16Type, UInt64Type};
use arrow_array::{Array as _, ArrayRef, RecordBatch};
use arrow_schema::{ArrowError, DataType, Field};
use axum::http::StatusCode;
use callup_law::calendar::Day;
use parquet::arrow::arrow_reader::{ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder};
use serde_json::{Value, json};
use std::fs::File;
use std::sync::Arc;

/// Cells of a piece: a few hundred kilobytes, however wide the table is.
const PIECE_CELLS: usize = 32_768;

/// Columns that say on which day something is.
const DAYS: [&str; 2] = ["date", "week_ends"];

/// The column that says where.
const REGION: &str = "region";

/// A column.
#[derive(Clone, Debug)]
pub struct Column {
    /// Name.
    pub name: String,
    /// Unit.
    pub unit: String,
    /// What it says.
    pub definition: String,
    kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Text,
    Count,
    Signed,
    Number,
    Day,
}

/// A cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell<'a> {
    /// Words.
    Text(&'a str),
    /// A count.
    Count(u64),
    /// A small number that can be below 0.
    Signed(i16),
    /// A number.
    Number(f64),
    /// A civil day.
    Day(Day),
    /// None.
    Nothing,
}

impl Column {
    fn of(field: &Field) -> Option<Column> {
        let kind = match field.data_type() {
            DataType::Utf8 => Kind::Text,
            DataType::UInt64 => Kind::Count,
            DataType::Int16 => Kind::Signed,
            DataType::Float64 => Kind::Number,
            DataType::Date32 => Kind::Day,
            _ => return None,
        };
        let said = |key: &str| field.metadata().get(key).cloned().unwrap_or_default();
        Some(Column { name: field.name().clone(), unit: said("unit"), definition: said("definition"), kind })
    }

    /// As it is described in JSON.
    pub fn described(&self) -> Value {
        json!({ "name": self.name, "unit": self.unit, "definition": self.definition })
    }
}

impl Cell<'_> {
    /// As JSON.
    pub fn as_json(&self) -> Value {
        match self {
            Cell::Text(text) => json!(text),
            Cell::Count(count) => json!(count),
            Cell::Signed(number) => json!(number),
            Cell::Number(number) => json!(number),
            Cell::Day(day) => json!(day.to_string()),
            Cell::Nothing => Value::Null,
        }
    }

    /// As text for a spreadsheet, which would run words that begin like a formula: an apostrophe before them says that they are words.
    pub fn as_text(&self) -> String {
        match self {
            Cell::Text(text) if text.starts_with(['=', '+', '-', '@', '\t', '\r']) => format!("'{text}"),
            Cell::Text(text) => (*text).to_owned(),
            Cell::Count(count) => count.to_string(),
            Cell::Signed(number) => number.to_string(),
            Cell::Number(number) => number.to_string(),
            Cell::Day(day) => day.to_string(),
            Cell::Nothing => String::new(),
        }
    }
}

/// A table as it lies in its file.
pub struct Table {
    columns: Vec<Column>,
    about: String,
    count: usize,
    /// Its rows in pieces, where they are decoded already.
    pieces: Vec<RecordBatch>,
    /// Bytes that these take.
    bytes: usize,
}

/// A table opened: decoded, or to be decoded as it goes.
pub enum Opened {
    /// All of it, which others may share.
    Whole(Arc<Table>),
    /// What it is, and its rows piece by piece.
    AsItGoes(Box<Table>, ParquetRecordBatchReader),
}

/// The rows that are wanted of a table.
pub struct Rows {
    /// Its columns.
    pub columns: Vec<Column>,
    /// What the table says of itself.
    pub about: String,
    /// How many cells with something in them come, where that is known before.
    pub filled: Option<usize>,
    narrowed: Narrowed,
    left: usize,
    pieces: Box<dyn Iterator<Item = Result<RecordBatch, ArrowError>> + Send>,
}

/// Some of the rows.
pub struct Piece {
    columns: Vec<Kind>,
    batch: RecordBatch,
    kept: Vec<usize>,
}

/// What is kept, by the places of columns.
struct Narrowed {
    region: Option<(usize, String)>,
    days: Option<(usize, Day, Day)>,
}

impl Table {
    /// Opens a file, and decodes it if that takes so many bytes or fewer.
    ///
    /// # Errors
    /// When it is no table of a run.
    pub fn open(file: &File, bytes_max: usize) -> Result<Opened, Refusal> {
        let (mut table, reader) = Table::begun(file)?;
        for piece in reader {
            let piece = piece.map_err(|error| damaged(&error.to_string()))?;
            table.bytes += piece.get_array_memory_size();
            if table.bytes > bytes_max {
                return Table::as_it_goes(file);
            }
            table.pieces.push(piece);
        }
        Ok(Opened::Whole(Arc::new(table)))
    }

    /// Opens a file that is decoded as it goes.
    ///
    /// # Errors
    /// When it is no table of a run.
    pub fn as_it_goes(file: &File) -> Result<Opened, Refusal> {
        let (table, reader) = Table::begun(file)?;
        Ok(Opened::AsItGoes(Box::new(table), reader))
    }

    /// What a file is, nothing of it decoded yet.
    fn begun(file: &File) -> Result<(Table, ParquetRecordBatchReader), Refusal> {
        let broken = |error: &dyn std::fmt::Display| damaged(&error.to_string());
        let file = file.try_clone().map_err(|error| broken(&error))?;
        let builder = ParquetRecordBatchReaderBuilder::try_new(file).map_err(|error| broken(&error))?;
        let schema = builder.schema().clone();
        let columns: Option<Vec<Column>> = schema.fields().iter().map(|field| Column::of(field)).collect();
        let columns = columns.ok_or_else(|| damaged("it has a column of a type that is not known"))?;
        let count = usize::try_from(builder.metadata().file_metadata().num_rows()).unwrap_or(usize::MAX);
        let about = schema.metadata().get("about").cloned().unwrap_or_default();
        let piece_rows = (PIECE_CELLS / columns.len().max(1)).max(1);
        let reader = builder.with_batch_size(piece_rows).build().map_err(|error| broken(&error))?;
        Ok((Table { columns, about, count, pieces: Vec::new(), bytes: 0 }, reader))
    }

    /// How many of its cells have something in them, if it is decoded.
    fn filled(&self) -> Option<usize> {
        let filled = |array: &ArrayRef| array.len() - array.null_count();
        let is_whole = self.pieces.iter().map(RecordBatch::num_rows).sum::<usize>() == self.count;
        is_whole.then(|| self.pieces.iter().flat_map(RecordBatch::columns).map(filled).sum())
    }

    /// Bytes that it takes, decoded.
    pub fn bytes(&self) -> usize {
        self.bytes
    }
}

impl Rows {
    /// The rows of a table that are wanted, at most `limit`.
    ///
    /// # Errors
    /// When it has no column to narrow it by.
    pub fn of(opened: Opened, only: Only, limit: usize) -> Result<Rows, Refusal> {
        let table: &Table = match &opened {
            Opened::Whole(table) => table,
            Opened::AsItGoes(table, _) => table,
        };
        let narrowed = Narrowed::of(&table.columns, only)?;
        let filled = (narrowed.is_all() && limit >= table.count).then(|| table.filled()).flatten();
        let (columns, about) = (table.columns.clone(), table.about.clone());
        let pieces: Box<dyn Iterator<Item = _> + Send> = match opened {
            Opened::AsItGoes(_, reader) => Box::new(reader),
            Opened::Whole(table) => Box::new((0..table.pieces.len()).map(move |place| Ok(table.pieces[place].clone()))),
        };
        Ok(Rows { columns, about, filled, narrowed, left: limit, pieces })
    }

    /// The next piece.
    ///
    /// # Errors
    /// When the file is damaged.
    pub fn next(&mut self) -> Result<Option<Piece>, Refusal> {
        while self.left > 0 {
            let Some(batch) = self.pieces.next() else { return Ok(None) };
            let batch = batch.map_err(|error| damaged(&error.to_string()))?;
            let kept: Vec<usize> =
                (0..batch.num_rows()).filter(|row| self.narrowed.keeps(&batch, *row)).take(self.left).collect();
            self.left -= kept.len();
            if !kept.is_empty() {
                let columns = self.columns.iter().map(|column| column.kind).collect();
                return Ok(Some(Piece { columns, batch, kept }));
            }
        }
        Ok(None)
    }
}

impl Narrowed {
    fn of(columns: &[Column], only: Only) -> Result<Narrowed, Refusal> {
        let place = |name: &str| columns.iter().position(|column| column.name == name);
        let lacks = |what: &str| Refusal::unfit(format!("the table has no {what}"), "ask for all of it");
        let region = only.region.map(|code| place(REGION).map(|place| (place, code)).ok_or_else(|| lacks("region")));
        let wants_days = only.from.is_some() || only.to.is_some();
        let days = wants_days.then(|| -> Result<_, Refusal> {
            let place = DAYS.iter().find_map(|name| place(name)).ok_or_else(|| lacks("day"))?;
            Ok((place, only.from.unwrap_or(Day::MIN), only.to.unwrap_or(Day::MAX)))
        });
        Ok(Narrowed { region: region.transpose()?, days: days.transpose()? })
    }

    fn is_all(&self) -> bool {
        self.region.is_none() && self.days.is_none()
    }

    fn keeps(&self, batch: &RecordBatch, row: usize) -> bool {
        let is_there = self.region.as_ref().is_none_or(
            |(place, code)| matches!(cell(batch.column(*place), Kind::Text, row), Cell::Text(region) if region == code),
        );
        let is_then = self.days.as_ref().is_none_or(|(place, from, to)| {
            matches!(cell(batch.column(*place), Kind::Day, row), Cell::Day(day) if (*from..=*to).contains(&day))
        });
        is_there && is_then
    }
}

impl Piece {
    /// Its rows.
    pub fn rows(&self) -> impl Iterator<Item = Vec<Cell<'_>>> {
        self.kept.iter().map(|row| {
            let cells = self.columns.iter().enumerate();
            cells.map(|(place, kind)| cell(self.batch.column(place), *kind, *row)).collect()
        })
    }
}

fn cell(array: &ArrayRef, kind: Kind, row: usize) -> Cell<'_> {
    if array.is_null(row) {
        return Cell::Nothing;
    }
    match kind {
        Kind::Text => Cell::Text(array.as_string::<i32>().value(row)),
        Kind::Count => Cell::Count(array.as_primitive::<UInt64Type>().value(row)),
        Kind::Signed => Cell::Signed(array.as_primitive::<Int16Type>().value(row)),
        Kind::Number => Cell::Number(array.as_primitive::<Float64Type>().value(row)),
        Kind::Day => Cell::Day(Day(array.as_primitive::<Date32Type>().value(row).saturating_add(UNIX_EPOCH_DAY))),
    }
}

/// A table that is not what a run wrote.
pub fn damaged(reason: &str) -> Refusal {
    let help = "take it from where it was made, or run it again";
    Refusal::new(StatusCode::INTERNAL_SERVER_ERROR, format!("the table cannot be used: {reason}"), help)
}
