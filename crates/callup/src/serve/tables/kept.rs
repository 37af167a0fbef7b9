//! The tables that were asked for last, decoded, so that all who ask for one share it.
//!
//! Decoding a wide table takes as much memory as the table itself, and time; asked for by many at once it would be decoded by each. It knows no format.

use super::super::answer::Refusal;
use super::cells::{Opened, Table};
use axum::http::StatusCode;
use std::collections::VecDeque;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

/// Tables that are kept take about so many bytes together; one that takes more is never kept.
const BYTES_MAX: usize = 96 * 1024 * 1024;

/// When a file was last changed, and how long it is: enough to know that it is the same.
type Mark = (Option<SystemTime>, u64);

/// Tables that are kept, the last that was asked for first.
#[derive(Default)]
pub struct KeptTables(Mutex<VecDeque<(PathBuf, Mark, Arc<Table>)>>);

impl std::fmt::Debug for KeptTables {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("KeptTables(..)")
    }
}

impl KeptTables {
    /// The table in this file.
    ///
    /// # Errors
    /// When it cannot be read, or is no table of a run.
    pub fn open(&self, path: &Path) -> Result<Opened, Refusal> {
        let missing = |error: std::io::Error| {
            let help = "the folder was changed or taken away; run it again";
            Refusal::new(StatusCode::NOT_FOUND, format!("the table cannot be read: {error}"), help)
        };
        let file = File::open(path).map_err(missing)?;
        let metadata = file.metadata().map_err(missing)?;
        let mark = (metadata.modified().ok(), metadata.len());
        // Held while it is decoded: whoever wants the same table waits for it.
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let known = kept.iter().position(|known| known.0 == path && known.1 == mark);
        if let Some(known) = known.and_then(|place| kept.remove(place)) {
            let table = Arc::clone(&known.2);
            kept.push_front(known);
            return Ok(Opened::Whole(table));
        }
        let opened = Table::open(file, BYTES_MAX)?;
        if let Opened::Whole(table) = &opened {
            kept.retain(|known| known.0 != path);
            kept.push_front((path.to_owned(), mark, Arc::clone(table)));
            while kept.iter().map(|known| known.2.bytes_about()).sum::<usize>() > BYTES_MAX {
                kept.pop_back();
            }
        }
        Ok(opened)
    }
}
