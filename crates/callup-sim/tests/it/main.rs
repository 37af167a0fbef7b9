//! What the simulation promises, one module a behaviour.

mod chance;
mod conservation;
mod determinism;
mod naive;
mod population;
mod reference;
mod support;
