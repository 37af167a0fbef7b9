//! Synthetic people living under a rulebook.

pub mod random;
