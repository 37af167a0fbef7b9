//! Synthetic people living under a rulebook.
