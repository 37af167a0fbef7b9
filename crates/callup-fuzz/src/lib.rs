//! What hostile and random input is held to: the bodies of the fuzz targets, their seeds and their changes of text. For tests only.
//!
//! The coverage-guided fuzzer (`fuzz/`), the tests on stable and the swarm all call these functions. A breach is a panic.

pub mod fuzzer;
pub mod pack;
pub mod seeds;
pub mod shipped;
pub mod targets;
