//! A table as a workbook: one sheet of rows, one of what the columns say.
//!
//! It knows cells and the format of spreadsheets, and no clock: the same table gives the same bytes.

use super::super::answer::Refusal;
use super::cells::{Cell, Rows, damaged};
use axum::http::StatusCode;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

/// What a browser is told.
pub const CONTENT_TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// Most cells of a sheet with something in them: a workbook is made in memory.
const CELLS_MAX: usize = 2_000_000;

/// Most rows that a spreadsheet opens.
const ROWS_MAX: usize = 1_048_575;

/// The workbook's bytes.
///
/// # Errors
/// When the table is too large, or damaged.
pub fn workbook(rows: Rows, name: &str) -> Result<Vec<u8>, Refusal> {
    let mut workbook = Workbook::new();
    // Day 0 of spreadsheets: a workbook that bears the time of day would never be the same twice.
    let never = ExcelDateTime::from_ymd(1900, 1, 1).map_err(unwritten)?;
    workbook.set_properties(&DocProperties::new().set_title(name).set_creation_datetime(&never));
    let described = rows.columns.clone();
    let sheet = workbook.add_worksheet();
    sheet.set_name(name.chars().take(31).collect::<String>()).map_err(unwritten)?;
    fill(sheet, rows)?;
    let columns = workbook.add_worksheet();
    columns.set_name("about the columns").map_err(unwritten)?;
    for (place, head) in ["column", "unit", "definition"].into_iter().enumerate() {
        columns.write(0, place as u16, head).map_err(unwritten)?;
    }
    for (row, column) in (1_u32..).zip(&described) {
        for (place, text) in [&column.name, &column.unit, &column.definition].into_iter().enumerate() {
            columns.write(row, place as u16, text).map_err(unwritten)?;
        }
    }
    workbook.save_to_buffer().map_err(unwritten)
}

fn fill(sheet: &mut Worksheet, mut rows: Rows) -> Result<(), Refusal> {
    let day = Format::new().set_num_format("yyyy-mm-dd");
    for (place, column) in rows.columns.iter().enumerate() {
        sheet.write(0, place as u16, &column.name).map_err(unwritten)?;
    }
    sheet.set_freeze_panes(1, 0).map_err(unwritten)?;
    let too_large = || {
        let error = format!("the table is too large for a sheet: more than {CELLS_MAX} cells or {ROWS_MAX} rows");
        let help = "narrow it with ?region=, ?from= and ?to=, or take CSV or Parquet";
        Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, error, help)
    };
    if rows.filled.is_some_and(|filled| filled > CELLS_MAX) {
        return Err(too_large());
    }
    let (mut next, mut filled) = (1_u32, 0);
    while let Some(piece) = rows.next()? {
        for row in piece.rows() {
            filled += row.iter().filter(|cell| **cell != Cell::Nothing).count();
            if next as usize > ROWS_MAX || filled > CELLS_MAX {
                return Err(too_large());
            }
            for (place, cell) in (0_u16..).zip(&row) {
                write(sheet, next, place, cell, &day).map_err(unwritten)?;
            }
            next += 1;
        }
    }
    Ok(())
}

fn write(sheet: &mut Worksheet, row: u32, column: u16, cell: &Cell<'_>, day: &Format) -> Result<(), XlsxError> {
    match cell {
        Cell::Text(text) => sheet.write_string(row, column, *text)?,
        // Spreadsheets count in 64-bit floating point, which is exact beyond any count of people.
        Cell::Count(count) => sheet.write_number(row, column, *count as f64)?,
        Cell::Signed(number) => sheet.write_number(row, column, *number)?,
        Cell::Number(number) => sheet.write_number(row, column, *number)?,
        Cell::Day(on) => {
            let (year, month, of_month) = on.to_ymd();
            let date = ExcelDateTime::from_ymd(year.try_into().unwrap_or(u16::MAX), month as u8, of_month as u8)?;
            sheet.write_datetime_with_format(row, column, date, day)?
        }
        Cell::Nothing => sheet,
    };
    Ok(())
}

fn unwritten(error: XlsxError) -> Refusal {
    damaged(&format!("it does not go into a sheet: {error}"))
}
