//! What the simulation promises, one module a behaviour.

mod population;
mod reference;
mod support;
