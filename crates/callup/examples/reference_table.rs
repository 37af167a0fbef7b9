//! Reads the daily table of a run of callup and prints it as every peer prints its own, so that both are held to the same expectation.
//!
//! usage: reference_table DAILY_PARQUET SEED. It takes everything from the table: nothing from the receipt, nothing from the law.

use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::{Field, Row};
use parquet::schema::types::{Type, TypePtr};
use serde_json::json;
use std::error::Error;
use std::sync::Arc;

const SHOWN_DAYS: [usize; 10] = [0, 10, 30, 60, 90, 104, 120, 180, 270, 364];
const REGION_DAY: usize = 120;

const FLOWS: [&str; 7] = [
    "entered_placed",
    "entered_served",
    "entered_defaulted",
    "entered_appeared",
    "located",
    "entered_deferred",
    "entered_called_up",
];
/// Summoned, served, appeared, restricted, deferred, drafted: the states after registered, in the order of R1.
const STOCKS: [&str; 6] = ["at_placed", "at_served", "at_appeared", "at_defaulted", "at_deferred", "at_called_up"];

/// A row of the table: a region on a day.
struct Line {
    region: String,
    flows: [u64; FLOWS.len()],
    stocks: [u64; STOCKS.len()],
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut words = std::env::args().skip(1);
    let path = words.next().ok_or("usage: reference_table DAILY_PARQUET SEED")?;
    let seed: u64 = words.next().ok_or("usage: reference_table DAILY_PARQUET SEED")?.parse()?;
    let lines = read(&path)?;
    let regions = lines.iter().skip(1).take_while(|line| line.region != lines[0].region).count() + 1;
    println!("{}", summary(&lines, regions, seed));
    Ok(())
}

fn read(path: &str) -> Result<Vec<Line>, Box<dyn Error>> {
    let reader = SerializedFileReader::new(std::fs::File::open(path)?)?;
    let all = reader.metadata().file_metadata().schema();
    let wanted = |field: &TypePtr| {
        let name = field.name();
        name == "region" || FLOWS.contains(&name) || STOCKS.contains(&name)
    };
    let fields: Vec<TypePtr> = all.get_fields().iter().filter(|field| wanted(field)).map(Arc::clone).collect();
    let projection = Type::group_type_builder(all.name()).with_fields(fields).build()?;
    reader.get_row_iter(Some(projection))?.map(|row| line(&row?)).collect()
}

fn line(row: &Row) -> Result<Line, Box<dyn Error>> {
    let field = |name: &str| {
        row.get_column_iter()
            .find(|(column, _)| *column == name)
            .map(|(_, field)| field)
            .ok_or(format!("no column {name}"))
    };
    let region = match field("region")? {
        Field::Str(code) => code.clone(),
        other => return Err(format!("region is {other}").into()),
    };
    let mut line = Line { region, flows: [0; FLOWS.len()], stocks: [0; STOCKS.len()] };
    for (count, name) in line.flows.iter_mut().zip(FLOWS).chain(line.stocks.iter_mut().zip(STOCKS)) {
        *count = match field(name)? {
            Field::ULong(count) => *count,
            Field::UInt(count) => u64::from(*count),
            Field::Long(count) => u64::try_from(*count)?,
            Field::Int(count) => u64::try_from(*count)?,
            other => return Err(format!("{name} is {other}").into()),
        };
    }
    Ok(line)
}

fn summary(lines: &[Line], regions: usize, seed: u64) -> serde_json::Value {
    let flow = |name: &str| {
        let place = FLOWS.iter().position(|flow| *flow == name).expect("one of FLOWS");
        lines.iter().map(|line| line.flows[place]).sum::<u64>()
    };
    // Everybody of a region gets his summons within the run.
    let sizes: Vec<u64> =
        (0..regions).map(|region| lines.iter().skip(region).step_by(regions).map(|line| line.flows[0]).sum()).collect();
    let states = |day: usize, region: usize| {
        let stocks = lines[day * regions + region].stocks;
        let mut states = vec![sizes[region] as i64 - stocks.iter().sum::<u64>() as i64];
        states.extend(stocks.map(|stock| stock as i64));
        states
    };
    let nation = SHOWN_DAYS.map(|day| {
        (0..regions)
            .map(|region| states(day, region))
            .reduce(|sum, row| sum.iter().zip(row).map(|(a, b)| a + b).collect())
    });
    // Nobody is in the state `served` at the end, so who was not restricted came in time; the table does not say it itself.
    let still_served: i64 = (0..regions).map(|region| states(lines.len() / regions - 1, region)[2]).sum();
    let in_time = flow("entered_served") as i64 - flow("entered_defaulted") as i64 - still_served;
    json!({
        "people": sizes.iter().sum::<u64>(),
        "seed": seed,
        "totals": {
            "issued": flow("entered_placed"),
            "served": flow("entered_served"),
            "appeared": in_time,
            "restricted": flow("entered_defaulted"),
            "complied": flow("entered_appeared") as i64 - in_time - flow("located") as i64,
            "located": flow("located"),
            "deferred": flow("entered_deferred"),
            "drafted": flow("entered_called_up"),
        },
        "shown_days": SHOWN_DAYS,
        "nation": nation,
        "region_day": REGION_DAY,
        "regions": (0..regions).map(|region| states(REGION_DAY, region)).collect::<Vec<_>>(),
    })
}
