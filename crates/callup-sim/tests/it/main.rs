//! What the simulation promises, one module a behaviour.

mod naive;
mod population;
mod reference;
mod support;
