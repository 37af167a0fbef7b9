//! `environment.parquet`: what one life needs from outside its district, in long form, written and read back.
//!
//! The rows of the nation come first, then district by district, so that a replay reads the few groups of rows that concern it. What each form
//! means stands in `callup_sim::environment` and in the metadata of the columns. This file computes nothing.

use super::table::{Table, UNIX_EPOCH_DAY, Values};
use super::tables::{day_of, new_table, region_codes};
use crate::prepare::Prepared;
use arrow_array::cast::AsArray as _;
use arrow_array::types::{Date32Type, UInt64Type};
use arrow_array::{Array as _, RecordBatch};
use callup_sim::Outcome;
use callup_sim::environment::{CutOff, Effort, Environment, Office, Part};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::file::metadata::RowGroupMetaData;
use parquet::file::statistics::Statistics;

/// Name of the file.
pub const FILE_NAME: &str = "environment.parquet";

/// Rows of one group: some fifty districts of a nation.
const GROUP_ROWS: usize = 16_384;

/// What a row can be about; the order is that of the rows of a district.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Form {
    Nation,
    Part,
    Effort,
    Selection,
    Commission,
}

/// Their words, in the same order.
const FORMS: [(Form, &str); 5] = [
    (Form::Nation, "draft_age_men"),
    (Form::Part, "part"),
    (Form::Effort, "effort"),
    (Form::Selection, "selection"),
    (Form::Commission, "commission"),
];

/// A row before it has its columns.
struct Row {
    form: Form,
    day: u16,
    district: Option<u32>,
    campaign: Option<u8>,
    value: u64,
    left: Option<u64>,
    entered: Option<u16>,
    draw: Option<u64>,
}

/// The file.
#[must_use]
pub fn to_parquet(prepared: &Prepared, outcome: &Outcome) -> Vec<u8> {
    table(prepared, &outcome.environment).to_parquet_in_groups(Some(GROUP_ROWS))
}

fn rows(environment: &Environment) -> Vec<Row> {
    let blank = Row {
        form: Form::Nation,
        day: 0,
        district: None,
        campaign: None,
        value: 0,
        left: None,
        entered: None,
        draw: None,
    };
    let nation = Row { value: environment.draft_age_men, ..blank };
    let parts = environment.parts.iter().map(|part| Row {
        form: Form::Part,
        day: part.day,
        district: Some(part.district),
        campaign: Some(part.campaign),
        value: part.men,
        ..blank
    });
    let efforts = environment.efforts.iter().map(|effort| Row {
        form: Form::Effort,
        day: effort.day,
        district: Some(effort.district),
        value: effort.thousandths.into(),
        ..blank
    });
    let lines = environment.cut_offs.iter().map(|(district, cut_off)| Row {
        form: if cut_off.office == Office::Selection { Form::Selection } else { Form::Commission },
        day: cut_off.day,
        district: Some(*district),
        campaign: Some(cut_off.campaign),
        value: cut_off.taken.into(),
        left: Some(cut_off.left.into()),
        entered: Some(cut_off.entered),
        draw: Some(cut_off.draw.into()),
    });
    let mut rows: Vec<Row> = std::iter::once(nation).chain(parts).chain(efforts).chain(lines).collect();
    // Within a day a district's selections stay in the order of campaigns.
    rows.sort_by_key(|row| (row.district, row.form, row.day));
    rows
}

fn table(prepared: &Prepared, environment: &Environment) -> Table {
    let rows = rows(environment);
    let about = "What one life needs from outside its district; hazards are in no row, for each follows from the scenario and the person alone.";
    let mut out = new_table(prepared, about);
    let places = rows.iter().map(|row| Some(row.form as u16)).collect();
    let words = FORMS.iter().map(|(_, word)| (*word).to_owned()).collect();
    out.push("form", "word", "`draft_age_men`: of the nation at the start, by whom the capacity of commissions is split; `part`: the district's part of a decreed number from the date on, until the next such row; `effort`: the effort of its offices to sign contracts from the date on, until the next such row (1,000 before the first); `selection`, `commission`: the last place that the office took on the date (who stood before it was taken; a day without a row took nobody).", Values::Listed { words, places });
    let dates = rows.iter().map(|row| day_of(prepared, row.day)).collect();
    out.push("date", "civil day", "Day, or first day.", Values::Days(dates));
    let region = |district: u32| environment.regions.get(district as usize).copied();
    let places = rows.iter().map(|row| row.district.and_then(region)).collect();
    out.push(
        "region",
        "ISO 3166-2",
        "Region of the district.",
        Values::Listed { words: region_codes(prepared), places },
    );
    let districts = rows.iter().map(|row| row.district.map(u64::from)).collect();
    out.push(
        "district",
        "number",
        "District, by its place among all districts of the run, from 0.",
        Values::OptionalCounts(districts),
    );
    let places = rows.iter().map(|row| row.campaign.map(u16::from)).collect();
    let words = prepared.scenario.campaigns.iter().map(|campaign| campaign.name.clone()).collect();
    out.push("campaign", "word", "Campaign of the part, or of the last one taken.", Values::Listed { words, places });
    let values = rows.iter().map(|row| row.value).collect();
    out.push(
        "value",
        "men",
        "Men of the part, or how many were taken on the date; of an effort thousandths of the usual.",
        Values::Counts(values),
    );
    let left = rows.iter().map(|row| row.left).collect();
    out.push("left", "men", "How many were left behind the last place taken.", Values::OptionalCounts(left));
    let entered = rows.iter().map(|row| row.entered.map(|day| day_of(prepared, day))).collect();
    out.push(
        "entered",
        "civil day",
        "Day on which the last one taken came to the queue.",
        Values::OptionalDays(entered),
    );
    let draws = rows.into_iter().map(|row| row.draw).collect();
    out.push(
        "draw",
        "word of 32 bits",
        "Keyed draw of the last one taken; places ascend by it.",
        Values::OptionalCounts(draws),
    );
    out
}

/// What concerns one district, out of what a run that has just been lived told all of them.
#[must_use]
pub fn of_outcome(outcome: &Outcome, district: u32) -> Environment {
    let all = &outcome.environment;
    Environment {
        regions: Vec::new(),
        draft_age_men: all.draft_age_men,
        parts: all.parts.iter().filter(|part| part.district == district).cloned().collect(),
        efforts: all.efforts.iter().filter(|effort| effort.district == district).cloned().collect(),
        cut_offs: all.cut_offs.iter().filter(|line| line.0 == district).cloned().collect(),
    }
}

/// What concerns one district, out of the bytes of the file.
///
/// # Errors
/// If they are not those of such a file of this run; one sentence.
pub fn of_district(bytes: Vec<u8>, prepared: &Prepared, district: u32) -> Result<Environment, String> {
    let failed = |error: &dyn std::fmt::Display| error.to_string();
    let builder =
        ParquetRecordBatchReaderBuilder::try_new(bytes::Bytes::from(bytes)).map_err(|error| failed(&error))?;
    let column = builder.schema().index_of("district").map_err(|error| failed(&error))?;
    let groups = builder.metadata().row_groups().iter().enumerate();
    let wanted =
        groups.filter(|(place, group)| *place == 0 || may_hold(group, column, district)).map(|(place, _)| place);
    let wanted = wanted.collect();
    let reader = builder.with_row_groups(wanted).build().map_err(|error| failed(&error))?;
    let mut environment = Environment::default();
    for batch in reader {
        take(&batch.map_err(|error| failed(&error))?, prepared, district, &mut environment)?;
    }
    Ok(environment)
}

/// Whether a group of rows may hold some of a district, by the least and the greatest number in it.
fn may_hold(group: &RowGroupMetaData, column: usize, district: u32) -> bool {
    let statistics = (column < group.num_columns()).then(|| group.column(column).statistics()).flatten();
    let Some(Statistics::Int64(range)) = statistics else { return true };
    let (least, most) = (range.min_opt().copied(), range.max_opt().copied());
    let district = i64::from(district);
    least.is_none_or(|least| least <= district) && most.is_none_or(|most| district <= most)
}

/// Takes the rows of the nation and of one district.
fn take(batch: &RecordBatch, prepared: &Prepared, district: u32, environment: &mut Environment) -> Result<(), String> {
    let column = |name: &str| batch.column_by_name(name).ok_or_else(|| format!("it has no column `{name}`"));
    let wrong = |name: &str| format!("its column `{name}` is of another type");
    let words = |name| column(name).and_then(|array| array.as_string_opt::<i32>().ok_or_else(|| wrong(name)));
    let counts =
        |name| column(name).and_then(|array| array.as_primitive_opt::<UInt64Type>().ok_or_else(|| wrong(name)));
    let days = |name| column(name).and_then(|array| array.as_primitive_opt::<Date32Type>().ok_or_else(|| wrong(name)));
    let (forms, dates, districts, campaigns) = (words("form")?, days("date")?, counts("district")?, words("campaign")?);
    let (values, left, entered, draws) = (counts("value")?, counts("left")?, days("entered")?, counts("draw")?);
    let start = prepared.scenario.start.0 - UNIX_EPOCH_DAY;
    let small = |count: u64| u32::try_from(count).map_err(|_| "it has a number that is too large".to_owned());
    let campaign = |row: usize| {
        let named = |one: &callup_sim::scenario::Campaign| one.name == campaigns.value(row);
        let place = prepared.scenario.campaigns.iter().position(named);
        place
            .and_then(|place| u8::try_from(place).ok())
            .ok_or_else(|| "it names a campaign that the run has not".to_owned())
    };
    for row in 0..batch.num_rows() {
        let form = FORMS.iter().find(|(_, word)| *word == forms.value(row)).map(|(form, _)| *form);
        let form = form.ok_or_else(|| format!("it has rows of the form `{}`", forms.value(row)))?;
        if form == Form::Nation {
            environment.draft_age_men = values.value(row);
        }
        if districts.is_null(row) || districts.value(row) != u64::from(district) {
            continue;
        }
        let (day, value) = (run_day(dates.value(row), start)?, values.value(row));
        if form == Form::Effort {
            environment.efforts.push(Effort { day, district, thousandths: small(value)? });
            continue;
        }
        let campaign = campaign(row)?;
        if form == Form::Part {
            environment.parts.push(Part { day, district, campaign, men: value });
            continue;
        }
        let office = if form == Form::Selection { Office::Selection } else { Office::Commission };
        let (taken, left) = (small(value)?, small(left.value(row))?);
        let (entered, draw) = (run_day(entered.value(row), start)?, small(draws.value(row))?);
        environment.cut_offs.push((district, CutOff { day, office, campaign, entered, draw, taken, left }));
    }
    Ok(())
}

/// Day of the run, of a date that begins `start` days after Arrow's first.
fn run_day(date: i32, start: i32) -> Result<u16, String> {
    let day = date.checked_sub(start).and_then(|day| u16::try_from(day).ok());
    day.ok_or_else(|| "it names a day outside the run".to_owned())
}
