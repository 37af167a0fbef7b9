//! The tables that were asked for last, decoded, so that all who ask for one share it.
//!
//! Decoding a wide table takes as much memory as the table itself, and time; asked for by many at once it would be decoded by each. It is known
//! how large a table is once it is decoded, not before. It knows no format.

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

/// Files of which it is remembered what is known of them, kept or not.
const FILES_MAX: usize = 1_000;

/// When a file was last changed, and how long it is: enough to know that it is the same.
type Mark = (Option<SystemTime>, u64);

/// What is known of a file: nothing before somebody has opened it, and then whether it can be kept.
enum Found {
    Nothing,
    Table(Arc<Table>),
    TooLarge,
}

/// A file, and what is known of it. Its lock is held while it is decoded: whoever wants the same table waits for it, and nobody else.
struct Known {
    path: PathBuf,
    mark: Mark,
    found: Arc<Mutex<Found>>,
    /// Bytes of its table, once it is decoded.
    bytes: usize,
}

/// Tables that are kept, the last that was asked for first.
#[derive(Default)]
pub struct KeptTables(Mutex<VecDeque<Known>>);

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
        let found = self.known(path, (metadata.modified().ok(), metadata.len()));
        let mut known = found.lock().unwrap_or_else(PoisonError::into_inner);
        match &*known {
            Found::Table(table) => return Ok(Opened::Whole(Arc::clone(table))),
            Found::TooLarge => return Table::as_it_goes(&file),
            Found::Nothing => {}
        }
        let opened = Table::open(&file, BYTES_MAX)?;
        *known = match &opened {
            Opened::Whole(table) => {
                self.keep(&found, table.bytes());
                Found::Table(Arc::clone(table))
            }
            Opened::AsItGoes(..) => Found::TooLarge,
        };
        Ok(opened)
    }

    /// What is known of a file, which is now the last that was asked for.
    fn known(&self, path: &Path, mark: Mark) -> Arc<Mutex<Found>> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let place = kept.iter().position(|known| known.path == path);
        let known = place.and_then(|place| kept.remove(place)).filter(|known| known.mark == mark);
        let known = known.unwrap_or_else(|| Known {
            path: path.to_owned(),
            mark,
            found: Arc::new(Mutex::new(Found::Nothing)),
            bytes: 0,
        });
        let found = Arc::clone(&known.found);
        kept.push_front(known);
        kept.truncate(FILES_MAX);
        found
    }

    /// Notes the size of what was decoded, and lets go of what was not asked for longest until there is room.
    fn keep(&self, found: &Arc<Mutex<Found>>, bytes: usize) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = kept.iter_mut().find(|known| Arc::ptr_eq(&known.found, found)) {
            known.bytes = bytes;
        }
        while kept.iter().map(|known| known.bytes).sum::<usize>() > BYTES_MAX {
            kept.pop_back();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{BYTES_MAX, KeptTables, Opened};
    use arrow_array::{ArrayRef, RecordBatch, StringArray, UInt64Array};
    use parquet::arrow::ArrowWriter;
    use std::fs::File;
    use std::path::{Path, PathBuf};
    use std::sync::Arc;

    fn write(folder: &Path, name: &str, column: ArrayRef, times: usize) -> PathBuf {
        let path = folder.join(name);
        let batch = RecordBatch::try_from_iter([("column", column)]).unwrap();
        let mut writer = ArrowWriter::try_new(File::create(&path).unwrap(), batch.schema(), None).unwrap();
        (0..times).for_each(|_| writer.write(&batch).unwrap());
        writer.close().unwrap();
        path
    }

    fn is_whole(tables: &KeptTables, path: &Path) -> bool {
        matches!(tables.open(path).unwrap(), Opened::Whole(_))
    }

    #[test]
    fn what_is_kept_is_measured_and_not_guessed() {
        let folder = tempfile::tempdir().unwrap();
        // One long word, which its file has once and a decoded table in every row.
        let word = "a".repeat(20_000);
        let rows: ArrayRef = Arc::new(StringArray::from(vec![word.as_str(); 1_000]));
        let long = write(folder.path(), "long.parquet", rows, 8);
        let bytes = std::fs::metadata(&long).unwrap().len() as usize;
        assert!(bytes < BYTES_MAX / 100 && 8_000 * word.len() > BYTES_MAX, "{bytes}");
        let tables = KeptTables::default();
        assert!(!is_whole(&tables, &long) && !is_whole(&tables, &long), "it is decoded as it goes, each time");

        let number = |name: &str| write(folder.path(), name, Arc::new(UInt64Array::from(vec![7; 1 << 20])), 5);
        let names = ["a.parquet", "b.parquet", "c.parquet"].map(number);
        assert!(names.iter().all(|path| is_whole(&tables, path)));
        let kept = tables.0.lock().unwrap();
        let sum: usize = kept.iter().map(|known| known.bytes).sum();
        assert!(sum > BYTES_MAX / 3 && sum <= BYTES_MAX, "two of 40 MiB each are kept: {sum}");
        assert!(kept.iter().all(|known| known.path != names[0]), "what was asked for first is let go");
    }

    #[test]
    fn whoever_wants_another_table_does_not_wait() {
        let folder = tempfile::tempdir().unwrap();
        let [one, other] = ["one.parquet", "other.parquet"]
            .map(|name| write(folder.path(), name, Arc::new(UInt64Array::from(vec![7; 10])), 1));
        let tables = KeptTables::default();
        assert!(is_whole(&tables, &one));
        let busy = Arc::clone(&tables.0.lock().unwrap()[0].found);
        let _decoding = busy.lock().unwrap();
        assert!(is_whole(&tables, &other));
    }
}
