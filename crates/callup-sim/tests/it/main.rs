//! What the simulation promises, one module a behaviour.

mod population;
