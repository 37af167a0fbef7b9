//! The line that every peer prints, read and checked for shape. It compares nothing.

use serde_json::Value;

/// Registered, summoned, served, appeared, restricted, deferred, drafted.
pub const STATES: usize = 7;
/// Names of the totals.
pub const TRANSITIONS: [&str; 8] =
    ["issued", "served", "appeared", "restricted", "complied", "located", "deferred", "drafted"];
const SHOWN_DAYS: usize = 10;

/// What a program says of its run.
#[derive(Clone, Debug)]
pub struct Summary {
    /// Size of the population.
    pub people: u64,
    /// Transitions, in the order of `TRANSITIONS`.
    pub totals: [u64; TRANSITIONS.len()],
    /// Days of `nation`.
    pub shown_days: Vec<usize>,
    /// Counts of the states at the end of each of those days.
    pub nation: Vec<[u64; STATES]>,
    /// Day of `regions`.
    pub region_day: usize,
    /// Counts of the states in each region at the end of that day.
    pub regions: Vec<[u64; STATES]>,
}

/// Reads the last line that is printed.
pub fn read(printed: &str) -> Result<Summary, String> {
    let line = printed.lines().next_back().ok_or("nothing was printed")?;
    let value: Value = serde_json::from_str(line).map_err(|error| format!("the last line is no JSON: {error}"))?;
    let totals = TRANSITIONS.map(|name| value["totals"][name].as_u64());
    if let Some(place) = totals.iter().position(Option::is_none) {
        return Err(format!("no total of {}", TRANSITIONS[place]));
    }
    let summary = Summary {
        people: value["people"].as_u64().ok_or("no number of people")?,
        totals: totals.map(Option::unwrap_or_default),
        shown_days: numbers(&value["shown_days"])?.into_iter().map(|day| day as usize).collect(),
        nation: rows(&value["nation"])?,
        region_day: value["region_day"].as_u64().ok_or("no region_day")? as usize,
        regions: rows(&value["regions"])?,
    };
    if summary.shown_days.len() != SHOWN_DAYS || summary.nation.len() != SHOWN_DAYS || summary.regions.len() < 2 {
        return Err("not ten days of the nation and a day of the regions".to_string());
    }
    if summary.regions.iter().flatten().sum::<u64>() != summary.people {
        return Err("the regions' people are not the nation's".to_string());
    }
    Ok(summary)
}

fn numbers(value: &Value) -> Result<Vec<u64>, String> {
    let list = value.as_array().ok_or("a list is missing")?;
    list.iter().map(|number| number.as_u64().ok_or(format!("{number} is no count"))).collect()
}

fn rows(value: &Value) -> Result<Vec<[u64; STATES]>, String> {
    let list = value.as_array().ok_or("a table is missing")?;
    list.iter().map(|row| numbers(row)?.try_into().map_err(|_| "a row has not seven states".to_string())).collect()
}
