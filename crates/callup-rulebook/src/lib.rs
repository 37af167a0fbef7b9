//! The compiled form of a law: civil days, the vocabulary of roles, and the rulebook with its JSON form.
//!
//! Data and counting only, apart from the compiler, so that third parties can write engines and viewers on it. It knows no law text.

pub mod calendar;
mod remedies;
pub mod roles;
pub mod rulebook;
