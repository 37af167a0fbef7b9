//! Tests of the law crate as others use it: one binary, one module a behaviour.

mod bad;
mod cases;
mod chain;
mod check_pages;
mod checks_page;
mod clauses;
mod explain;
mod form;
mod good;
mod grammar;
mod page;
mod regimes;
mod robust;
mod score;
mod shipped;
mod support;
mod tutorial;
