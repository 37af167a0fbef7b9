//! Reading what people write: laws, scenarios, tables, facts of a case, published figures.
//!
//! Every reader gives a value and all findings of one pass. Only `laws` looks for texts in the data; the others take texts, never
//! paths, and where a text comes from (embedded, a folder, a test) is the caller's business.

pub mod document;
pub mod facts;
pub mod laws;
pub mod scenario;
mod set;
pub mod tables;
pub mod take;
pub mod validation;

#[cfg(test)]
mod tests;
