//! Tests of the law crate as others use it: one binary, one module a behaviour.

mod bad;
mod chain;
mod form;
mod cases;
mod good;
mod page;
mod robust;
mod shipped;
mod support;
mod tutorial;
