//! What the simulation promises, one module a behaviour.

mod chance;
mod comparing;
mod conservation;
mod courts;
mod coverage;
mod determinism;
mod explained;
mod forking;
mod grounds;
mod indicators;
mod lives;
mod moved_deadline;
mod naive;
mod null_reform;
mod population;
mod recourse;
mod reference;
mod replay;
mod rows_visited;
mod searching;
mod signing;
mod snapshot;
mod strangers;
mod support;
mod travelling;
mod unreached;
