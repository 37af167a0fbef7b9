//! Synthetic people living under a rulebook.

pub mod margins;
pub mod people;
pub mod random;
pub mod scenario;
pub mod synthesize;
