//! The outside world of callup: reading files, running, Parquet, receipt, report, command line.
//!
//! Everything that touches files, clocks, formats and threads stands in this crate; law and simulation are pure.

pub mod cli;
pub mod data;
pub mod error;
pub mod input;
pub mod output;
