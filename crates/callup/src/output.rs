//! What a run leaves behind: a folder with Parquet tables, a receipt and a report.

pub mod folder;
pub mod table;
