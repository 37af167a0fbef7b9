//! Civil days, ages and the end of periods. Day 0 is 1900-01-01; dates to 2099-12-31 are accepted.
//!
//! The way of counting is always an argument. This file knows no law and no simulation.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A civil day, counted from 1900-01-01 = 0. In JSON an ISO date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String")]
pub struct Day(pub i32);

/// The four phases of a day, in order (semantics, point c).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum Phase {
    /// Expiries once a period has run out.
    RunOut,
    /// Events.
    Events,
    /// Expiries on the last day.
    LastDay,
    /// Periods already over on entry.
    AtOnce,
}

impl From<Day> for String {
    fn from(_day: Day) -> String {
        todo!("iso date")
    }
}

impl TryFrom<String> for Day {
    type Error = String;
    fn try_from(_text: String) -> Result<Day, String> {
        todo!("iso date")
    }
}
