//! What the simulation promises, one module a behaviour.

mod chance;
mod determinism;
mod naive;
mod population;
mod reference;
mod support;
