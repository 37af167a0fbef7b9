//! Synthetic people living under a rulebook.

pub mod people;
pub mod random;
pub mod scenario;
