//! A slow, plain interpreter of laws and a maker of random laws, to hold the fast one to. For tests only.
//!
//! It reads the compiled form as data and shares no code with the step function, the programs or the calendar.

pub mod almanac;
pub mod changed_text;
pub mod interpreter;
pub mod random_law;
pub mod reference_r1;
pub mod stepped;
