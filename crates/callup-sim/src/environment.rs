//! What a life needs from outside its district: what the nation told the districts, and where their offices drew the line each day.
//!
//! A replay of one district is run on the first and held to the second (`replay.rs`). Hazards stand in no row: each follows from the scenario
//! and the person alone. This file knows no law and no person; whatever comes to be divided or fed back among districts gets its row here.

use serde::{Deserialize, Serialize};

/// A district's part of a decreed number, from a day on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// First day on which it holds, day of the run from 0.
    pub day: u16,
    /// District, its place in the layout.
    pub district: u32,
    /// Campaign, its place in the scenario.
    pub campaign: u8,
    /// Men.
    pub men: u64,
}

/// Which office drew a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Office {
    /// The office that forms the notices of a campaign with a decreed number, in the order of keyed draws.
    Selection,
    /// The commission, which takes from its queue by campaign, day of entry and keyed draw.
    Commission,
}

/// The last place that an office took on a day: who stood before it was taken, who stood behind it was not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CutOff {
    /// Day of the run, from 0.
    pub day: u16,
    /// Which office.
    pub office: Office,
    /// Campaign of the last one taken, its place in the scenario.
    pub campaign: u8,
    /// Day of the run on which the last one taken entered the queue; of a selection the day itself.
    pub entered: u16,
    /// Keyed draw of the last one taken.
    pub draw: u32,
    /// How many were taken on the day.
    pub taken: u32,
    /// How many were left behind.
    pub left: u32,
}

/// The effort of a district's offices to sign contracts, from a day on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Effort {
    /// First day on which it holds, day of the run from 0.
    pub day: u16,
    /// District, its place in the layout.
    pub district: u32,
    /// Thousandths of the usual.
    pub thousandths: u32,
}

/// All of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Environment {
    /// Region of each district, its place among the regions.
    pub regions: Vec<u16>,
    /// Men of draft age in the nation at the start, by whom the capacity of commissions is split.
    pub draft_age_men: u64,
    /// Parts of decreed numbers, in the order in which they were told; only what changed.
    pub parts: Vec<Part>,
    /// Efforts, in the order in which they were told; only what changed.
    pub efforts: Vec<Effort>,
    /// Lines drawn, by district and time.
    pub cut_offs: Vec<(u32, CutOff)>,
}
