//! The tables of a run in four formats, under addresses that stay: CSV for any program, xlsx for spreadsheets, Parquet as it lies in the folder, JSON
//! for the page.
//!
//! All four come from the Parquet file. What is made of a table goes out in pieces, so that it is never in memory whole; a sheet is, and is
//! therefore bounded. How pieces go out stands in `pieces`, which tables are kept in memory in `kept`.

mod cells;
mod kept;
mod pieces;
mod sheet;

use super::Shop;
use super::answer::Refusal;
use super::shelf::Shelved;
use axum::response::Response;
use callup_law::calendar::Day;
use cells::{Cell, Column, Rows};
pub use kept::KeptTables;
use pieces::{Maker, in_pieces, of_bytes, of_file};
use serde::Deserialize;
use serde_json::{Value, json};

/// Rows of JSON if nobody says how many.
const JSON_ROWS: usize = 1_000;

/// Most rows of JSON.
const JSON_ROWS_MAX: usize = 20_000;

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
    // A receipt may come from anywhere, with a folder that somebody sent; no name in it leads out of that folder.
    let is_plain = |name: &&str| name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
    let names = shelved.files.iter().filter_map(|file| file.name.strip_suffix(".parquet"));
    names.filter(is_plain).filter(|name| !name.starts_with(NOT_FOR_PEOPLE)).collect()
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

/// The table as an answer. Whoever asks for a workbook has the turn for one.
///
/// # Errors
/// When it cannot be read, cannot be narrowed as is asked, is too large for a sheet, or too many tables go out.
pub fn answer(shop: &Shop, shelved: &Shelved, table: &(String, Format), wanted: &Wanted) -> Result<Response, Refusal> {
    let (name, format) = table;
    let path = shelved.folder.join(format!("{name}.parquet"));
    let limit = wanted.limit.unwrap_or(JSON_ROWS).min(JSON_ROWS_MAX);
    let rows = |limit| Rows::of(shop.tables.open(&path)?, Only::of(wanted)?, limit);
    let (content_type, make) = match format {
        Format::Parquet => ("application/vnd.apache.parquet", of_file(&path)?),
        // One row more than is shown tells whether there are more.
        Format::Json => ("application/json", in_json(rows(limit + 1)?, name, limit)),
        Format::Csv => ("text/csv; charset=utf-8", in_csv(rows(usize::MAX)?)),
        Format::Xlsx => (sheet::CONTENT_TYPE, of_bytes(sheet::workbook(rows(usize::MAX)?, name)?)),
    };
    in_pieces(shop, content_type, make)
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

/// A table as JSON, piece by piece: `{ name, about, columns, rows, is_cut }`.
fn in_json(mut rows: Rows, name: &str, limit: usize) -> Maker {
    let columns: Vec<Value> = rows.columns.iter().map(Column::described).collect();
    let (name, about) = (json!(name), json!(rows.about));
    let mut head = Some(format!("{{\"name\":{name},\"about\":{about},\"columns\":{},\"rows\":[", json!(columns)));
    let (mut count, mut has_ended) = (0, false);
    Box::new(move || {
        if has_ended {
            return Ok(None);
        }
        let mut text = head.take().unwrap_or_default();
        let piece = rows.next()?;
        for row in piece.iter().flat_map(cells::Piece::rows) {
            if count < limit {
                let cells: Value = row.iter().map(Cell::as_json).collect();
                text += if count == 0 { "" } else { "," };
                text += &cells.to_string();
            }
            count += 1;
        }
        has_ended = piece.is_none();
        if has_ended {
            text += &format!("],\"is_cut\":{}}}", count > limit);
        }
        Ok(Some(text.into()))
    })
}

/// A table as CSV, piece by piece.
fn in_csv(mut rows: Rows) -> Maker {
    let names: Vec<String> = rows.columns.iter().map(|column| column.name.clone()).collect();
    let mut head = Some(["\u{feff}".as_bytes().to_vec(), csv_lines([names])].concat());
    Box::new(move || {
        if let Some(head) = head.take() {
            return Ok(Some(head.into()));
        }
        let piece = rows.next()?;
        Ok(piece.map(|piece| csv_lines(piece.rows().map(|row| row.iter().map(Cell::as_text).collect())).into()))
    })
}

fn csv_lines(rows: impl IntoIterator<Item = Vec<String>>) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in rows {
        writer.write_record(&row).expect("writing to memory does not fail");
    }
    writer.into_inner().expect("writing to memory does not fail")
}
