//! Reading what people write: scenarios, tables, facts of a case, published figures.
//!
//! Every reader takes texts, never paths, and gives a value and all findings of one pass. Where a text comes from
//! (embedded, a folder, a test) is the caller's business; nothing here touches the file system.

pub mod document;
pub mod scenario;
pub mod tables;
pub mod take;
