//! Two tables of a run: daily columns by region, whole lives of sampled persons; and what all tables of a run share.
//!
//! Counts are raw, at the scale of the run; below scale 1 every count has an expanded column beside it. This file computes nothing else.

use super::table::{Table, Values};
use crate::input::laws::full_name;
use crate::prepare::Prepared;
use arrow_array::cast::AsArray as _;
use callup_law::roles::{Event, MeasureKind};
use callup_sim::Outcome;
use callup_sim::indicators::{Column, ColumnKind};
use callup_sim::journal::{Cause, HistoryRow, What};
use callup_sim::scenario::SearchKind;
use callup_sim::scenario::contract::Channel;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

/// How rows of the nation as a whole name their region.
pub const ALL_REGIONS: &str = "all";

/// A raw count as it would be at scale 1, rounded to the nearest whole number.
#[must_use]
pub fn expanded(count: u64, scale: f64) -> u64 {
    // Most cells of a table are 0.
    if scale < 1.0 && count > 0 { (count as f64 / scale).round() as u64 } else { count }
}

/// ISO codes of the regions, in the order of the outcome.
#[must_use]
pub fn region_codes(prepared: &Prepared) -> Vec<String> {
    prepared.margins.regions.iter().map(|region| region.iso_code.clone()).collect()
}

pub(crate) fn day_of(prepared: &Prepared, day: u16) -> i32 {
    prepared.scenario.start.plus_days(i32::from(day)).0
}

pub(super) fn new_table(prepared: &Prepared, about: &str) -> Table {
    let scenario = &prepared.scenario;
    let metadata = vec![
        ("about", about.to_owned()),
        ("scenario", scenario.name.clone()),
        ("identity", prepared.identity.clone()),
        ("scale", scenario.scale.to_string()),
        ("people", "synthetic; drawn from published tables".to_owned()),
    ];
    Table { metadata, columns: Vec::new() }
}

/// `daily.parquet`: a row a day and region, a column a stock or flow.
#[must_use]
pub fn daily(prepared: &Prepared, outcome: &Outcome) -> Table {
    let table = &outcome.daily;
    let codes = region_codes(prepared);
    let cells = || (0..table.days()).flat_map(|day| (0..table.regions()).map(move |region| (day, region)));
    let mut out = new_table(prepared, "Stocks and flows by day and region, days first.");
    let dates = cells().map(|(day, _)| day_of(prepared, day as u16)).collect();
    out.push("date", "civil day", "Day of the run.", Values::Days(dates));
    let regions = Values::words(cells().map(|(_, region)| codes[region].as_str()));
    out.push("region", "ISO 3166-2", "Region in which the person is registered.", regions);
    for (place, column) in table.columns().iter().enumerate() {
        push_counts(&mut out, column, table.values(place).to_vec(), prepared.scenario.scale);
    }
    out
}

fn push_counts(table: &mut Table, column: &Column, counts: Vec<u64>, scale: f64) {
    let kind = match column.kind {
        ColumnKind::Flow => "flow: happened on the day",
        ColumnKind::Stock => "stock: stands at the end of the day",
    };
    let described = [("kind", kind.to_owned()), ("basis", column.basis.to_owned())];
    let larger = (scale < 1.0).then(|| counts.iter().map(|count| expanded(*count, scale)).collect());
    table.push(&column.name, column.unit, &column.definition, Values::Counts(counts));
    table.describe_last(&described);
    if let Some(larger) = larger {
        let definition = format!("{} Divided by the scale of the run.", column.definition);
        table.push(&format!("{}_expanded", column.name), column.unit, &definition, Values::Counts(larger));
        table.describe_last(&described);
        table.describe_last(&[("expansion", (1.0 / scale).to_string())]);
    }
}

/// `histories.parquet`: everything that happened to the sampled persons, each row with the article or the assumption that caused it.
#[must_use]
pub fn histories(prepared: &Prepared, outcome: &Outcome) -> Table {
    let rows = &outcome.histories;
    let mut out = new_table(prepared, "Whole lives of synthetic persons drawn by lot.");
    let persons = rows.iter().map(|row| person_name(row.person)).collect();
    out.push(
        "person",
        "identity",
        "Code of the region, year of birth and serial of a synthetic person.",
        Values::Text(persons),
    );
    let dates = rows.iter().map(|row| day_of(prepared, row.day)).collect();
    out.push("date", "civil day", "Day.", Values::Days(dates));
    let campaign = |row: &HistoryRow| campaign_name(prepared, row);
    out.push(
        "campaign",
        "word",
        "Campaign whose notice it is about.",
        Values::OptionalText(rows.iter().map(campaign).collect()),
    );
    let what = rows.iter().map(|row| row.what.word().to_owned()).collect();
    out.push("what", "word", "What happened.", Values::Text(what));
    let detail = rows.iter().map(|row| detail(prepared, row)).collect();
    out.push("detail", "word", "Event, state, kind of measure or law that goes with it.", Values::OptionalText(detail));
    let causes: Vec<Caused> = rows.iter().map(|row| cause(prepared, row.cause)).collect();
    let laws = causes.iter().map(|cause| cause.law.clone()).collect();
    out.push("law", "id@date", "Law that caused it.", Values::OptionalText(laws));
    let articles = causes.iter().map(|cause| cause.article.clone()).collect();
    out.push("article", "citation", "Article that caused it.", Values::OptionalText(articles));
    let assumptions = causes.into_iter().map(|cause| cause.assumption).collect();
    out.push("assumption", "path", "Choice of the scenario that caused it.", Values::OptionalText(assumptions));
    out
}

/// How outputs name a person.
#[must_use]
pub fn person_name(person: callup_sim::random::PersonId) -> String {
    format!("{}-{}-{}", person.region_code(), person.birth_year(), person.serial())
}

/// Why something happened, in words.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Caused {
    /// Law as `id@date`, if it was a law.
    pub law: Option<String>,
    /// Article of it.
    pub article: Option<String>,
    /// Choice of the scenario, if it was one.
    pub assumption: Option<String>,
}

/// A row of a history in words.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Told {
    /// Day.
    pub date: String,
    /// Campaign whose notice it is about.
    pub campaign: Option<String>,
    /// What happened, see [`What`].
    pub what: String,
    /// Event, state, kind of measure or law that goes with it.
    pub detail: Option<String>,
    /// Day that goes with it: of a notice formed or void the date of appearance, of a lift the day by which it is due.
    pub day: Option<String>,
    /// Why.
    #[serde(flatten)]
    pub cause: Caused,
}

/// A row of a history in words.
#[must_use]
pub fn told(prepared: &Prepared, row: &HistoryRow) -> Told {
    let date = |day: u16| prepared.scenario.start.plus_days(day.into()).to_string();
    Told {
        date: date(row.day),
        campaign: campaign_name(prepared, row),
        what: row.what.word().into(),
        detail: detail(prepared, row),
        day: row.date.map(date),
        cause: cause(prepared, row.cause),
    }
}

/// The persons of a table of histories, row by row, out of the bytes of its file.
///
/// # Errors
/// If it is no such file; one sentence.
pub fn sampled(bytes: Vec<u8>) -> Result<Vec<String>, String> {
    let builder = ParquetRecordBatchReaderBuilder::try_new(bytes::Bytes::from(bytes));
    let reader = builder.and_then(ParquetRecordBatchReaderBuilder::build).map_err(|error| error.to_string())?;
    let mut names = Vec::new();
    for batch in reader {
        let batch = batch.map_err(|error| error.to_string())?;
        let column = batch.column_by_name("person").and_then(|column| column.as_string_opt::<i32>());
        let column = column.ok_or("it has no column of persons")?;
        names.extend(column.iter().flatten().map(str::to_owned));
    }
    Ok(names)
}

fn campaign_name(prepared: &Prepared, row: &HistoryRow) -> Option<String> {
    row.campaign.map(|place| prepared.scenario.campaigns[usize::from(place)].name.clone())
}

pub(crate) fn cause(prepared: &Prepared, cause: Cause) -> Caused {
    match cause {
        Cause::Article { law, cite } => {
            let article = prepared.law_set.cites(usize::from(law)).get(usize::from(cite)).map(ToString::to_string);
            Caused { law: prepared.books.get(usize::from(law)).map(full_name), article, assumption: None }
        }
        Cause::Assumption(assumption) => {
            Caused { law: None, article: None, assumption: Some(assumption.word().to_owned()) }
        }
    }
}

fn detail(prepared: &Prepared, row: &HistoryRow) -> Option<String> {
    let place = usize::from(row.detail);
    match row.what {
        What::Event => Event::ALL.get(place).map(|event| event.word().to_owned()),
        What::RemedyEvent => Event::ALL.get(place & 0xff).map(|event| event.word().to_owned()),
        What::StartDue | What::On | What::LiftDue | What::Off => {
            MeasureKind::ALL.get(place).map(|kind| kind.word().to_owned())
        }
        What::Signed => Channel::ALL.get(place & 0xff).map(|channel| channel.word().to_owned()),
        What::WronglyStopped | What::StaleStop => SearchKind::ALL.get(place).map(|way| way.word().to_owned()),
        What::Transferred => prepared.books.get(place).map(full_name),
        What::Entered => entered(prepared, row),
        _ => None,
    }
}

/// `track.state` in the words of the law that caused the entry.
fn entered(prepared: &Prepared, row: &HistoryRow) -> Option<String> {
    let Cause::Article { law, .. } = row.cause else { return None };
    let notice = prepared.scenario.campaigns.get(usize::from(row.campaign?))?.notice;
    let program = prepared.law_set.program(usize::from(law), notice)?;
    let book = prepared.books.get(usize::from(law))?;
    let track = book.tracks.get(program.track_in_book((row.detail >> 8) as u8))?;
    let state = track.states.get(usize::from(row.detail & 0xff))?;
    Some(format!("{}.{}", track.name, state.name))
}
