//! Law text to a checked rulebook, one step function, and its explanation.
//!
//! `compile` is the table of contents: parse, resolve, check, in that order. The crate knows no simulation and no files.

pub mod calendar;
pub mod check;
pub mod diagnostic;
pub mod program;
pub mod roles;
pub mod rulebook;
pub mod step;
