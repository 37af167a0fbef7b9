//! The tables of a run in four formats, under addresses that stay: CSV for any program, xlsx for spreadsheets, Parquet as it lies in the folder, JSON
//! for the page.
//!
//! All four come from the Parquet file. A table is read in pieces and goes out in pieces, so that none is ever in memory whole; a sheet is, and
//! is therefore bounded.

mod cells;
mod sheet;

use super::answer::{Refusal, json_answer, typed};
use super::shelf::Shelved;
use axum::body::{Body, Bytes};
use axum::http::StatusCode;
use axum::response::Response;
use callup_law::calendar::Day;
use cells::{Cell, Column, Rows};
use serde::Deserialize;
use serde_json::{Value, json};
use std::fs::File;
use std::path::Path;
use std::sync::Arc;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc};

/// Rows of JSON if nobody says how many.
const JSON_ROWS: usize = 1_000;

/// Most rows of JSON.
const JSON_ROWS_MAX: usize = 20_000;

/// Pieces that may wait for a slow reader.
const PIECES_AHEAD: usize = 4;

/// A table's name that is none for people: what lives are told again from.
const NOT_FOR_PEOPLE: &str = "environment";

/// How a table goes out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// UTF-8 with a byte order mark, for which spreadsheets look.
    Csv,
    /// A workbook.
    Xlsx,
    /// As it lies in the folder.
    Parquet,
    /// Columns and rows.
    Json,
}

impl Format {
    /// All of them.
    pub const ALL: [Format; 4] = [Format::Csv, Format::Xlsx, Format::Parquet, Format::Json];

    /// How its files end.
    pub const fn ending(self) -> &'static str {
        match self {
            Format::Csv => "csv",
            Format::Xlsx => "xlsx",
            Format::Parquet => "parquet",
            Format::Json => "json",
        }
    }
}

/// Which rows are wanted.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wanted {
    /// Only of this region, by its code, or `all` where the table has rows of the nation.
    region: Option<String>,
    /// Not before this day.
    from: Option<String>,
    /// Not after this day.
    to: Option<String>,
    /// At most so many rows, of JSON.
    limit: Option<usize>,
}

/// The tables of a run, by name, in the order of its receipt.
pub fn names(shelved: &Shelved) -> Vec<&str> {
    let names = shelved.files.iter().filter_map(|file| file.name.strip_suffix(".parquet"));
    names.filter(|name| !name.starts_with(NOT_FOR_PEOPLE)).collect()
}

/// Table and format that a file name asks for.
///
/// # Errors
/// When there is no such table or format.
pub fn named(shelved: &Shelved, file: &str) -> Result<(String, Format), Refusal> {
    let missing = || Refusal::missing("table", file, "GET /api/runs/{id}/tables lists them");
    let (name, ending) = file.rsplit_once('.').ok_or_else(missing)?;
    let format = Format::ALL.into_iter().find(|format| format.ending() == ending).ok_or_else(missing)?;
    let name = names(shelved).into_iter().find(|known| *known == name).ok_or_else(missing)?;
    Ok((name.to_owned(), format))
}

/// The table as an answer.
///
/// # Errors
/// When it cannot be read, cannot be narrowed as is asked, or is too large for a sheet.
pub fn answer(
    path: &Path,
    name: &str,
    format: Format,
    wanted: &Wanted,
    downloads: &Arc<Semaphore>,
) -> Result<Response, Refusal> {
    let file = File::open(path).map_err(|error| {
        let help = "the folder was changed or taken away; run it again";
        Refusal::new(StatusCode::NOT_FOUND, format!("the table cannot be read: {error}"), help)
    })?;
    if format == Format::Parquet {
        let bytes = std::fs::read(path).map_err(|error| cells::damaged(&error.to_string()))?;
        return Ok(typed("application/vnd.apache.parquet", bytes));
    }
    let only = Only::of(wanted)?;
    let rows = Rows::open(file, only)?;
    match format {
        Format::Json => in_json(rows, name, wanted.limit.unwrap_or(JSON_ROWS).min(JSON_ROWS_MAX)),
        Format::Xlsx => sheet::workbook(rows, name).map(|bytes| typed(sheet::CONTENT_TYPE, bytes)),
        Format::Csv | Format::Parquet => {
            let place = Arc::clone(downloads).try_acquire_owned();
            let place = place.map_err(|_| Refusal::too_many("too many tables go out at once", 5))?;
            Ok(in_csv(rows, place))
        }
    }
}

/// Which rows are kept.
#[derive(Clone, Debug, Default)]
struct Only {
    region: Option<String>,
    from: Option<Day>,
    to: Option<Day>,
}

impl Only {
    fn of(wanted: &Wanted) -> Result<Only, Refusal> {
        let day = |text: &Option<String>| {
            let read = |text: &String| {
                Day::parse(text).ok_or_else(|| Refusal::unfit(format!("`{text}` is no date"), "write it as 2023-04-14"))
            };
            text.as_ref().map(read).transpose()
        };
        Ok(Only { region: wanted.region.clone(), from: day(&wanted.from)?, to: day(&wanted.to)? })
    }
}

fn in_json(mut rows: Rows, name: &str, limit: usize) -> Result<Response, Refusal> {
    let columns: Vec<Value> = rows.columns.iter().map(Column::described).collect();
    let mut list: Vec<Value> = Vec::new();
    let mut is_cut = false;
    while let (Some(piece), false) = (rows.next()?, is_cut) {
        for row in piece.rows() {
            is_cut = list.len() == limit;
            if is_cut {
                break;
            }
            list.push(row.iter().map(Cell::as_json).collect());
        }
    }
    let answer = json!({ "name": name, "about": rows.about, "columns": columns, "rows": list, "is_cut": is_cut });
    Ok(json_answer(&answer))
}

/// A table as CSV, piece by piece, as the reader takes them.
fn in_csv(mut rows: Rows, place: OwnedSemaphorePermit) -> Response {
    let (send, mut receive) = mpsc::channel::<Result<Bytes, std::io::Error>>(PIECES_AHEAD);
    tokio::task::spawn_blocking(move || {
        // Held until the last piece is taken, or nobody is left to take it.
        let _place = place;
        let names: Vec<&str> = rows.columns.iter().map(|column| column.name.as_str()).collect();
        let mut head = "\u{feff}".as_bytes().to_vec();
        head.extend(csv_lines([names.iter().map(|name| (*name).to_owned()).collect()]));
        if send.blocking_send(Ok(head.into())).is_err() {
            return;
        }
        loop {
            let piece = match rows.next() {
                Ok(Some(piece)) => csv_lines(piece.rows().map(|row| row.iter().map(Cell::as_text).collect())),
                Ok(None) => return,
                Err(_) => {
                    // The answer has begun; breaking it off is the only way to say that it is not whole.
                    drop(send.blocking_send(Err(std::io::Error::other("the table is damaged"))));
                    return;
                }
            };
            if send.blocking_send(Ok(piece.into())).is_err() {
                return;
            }
        }
    });
    let pieces = futures_util::stream::poll_fn(move |context| receive.poll_recv(context));
    typed("text/csv; charset=utf-8", Body::from_stream(pieces))
}

fn csv_lines(rows: impl IntoIterator<Item = Vec<String>>) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in rows {
        writer.write_record(&row).expect("writing to memory does not fail");
    }
    writer.into_inner().expect("writing to memory does not fail")
}
