//! A save: a run as it stood at a week's end, in one file, from which the very same run goes on.
//!
//! Magic, format version, what it was made from (JSON), the state (`callup_sim::snapshot`), and a SHA-256 over all of it. A file is read only as far as
//! it is what it says; whatever it is not has its own error. What the state means stands in `callup_sim`.

use crate::data::ReadError;
use crate::error::{Error, Mismatch};
use crate::folder::{self, WriteError};
use crate::origin::Origin;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

/// How every save begins.
const MAGIC: &[u8; 12] = b"callup save\n";

/// Version of the form of a save. What the state holds is bound to the sources of the program, which stand in its origin.
pub const FORMAT_VERSION: u32 = 1;

/// The longest save that is read, bytes: several times that of a nation.
const BYTES_MAX: u64 = 8 << 30;

/// The label of a save, with all that stands before it, is shorter than this, bytes.
const LABEL_END_MAX: u64 = 1 << 20;

/// Length of a SHA-256.
const DIGEST: usize = 32;

/// What a save says of itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Label {
    /// What the run is made from.
    pub origin: Origin,
    /// The scenario as it was asked for, by name or path.
    pub asked: String,
    /// Days done.
    pub day: u16,
    /// Days that were done whenever the run went on from a save before.
    pub resumed_at_days: Vec<u16>,
}

/// A save that was read.
#[derive(Clone, PartialEq)]
pub struct Save {
    /// Its file.
    pub path: PathBuf,
    /// What it says of itself.
    pub label: Label,
    /// The state, to be held against the run before it goes on.
    pub state: Vec<u8>,
}

impl std::fmt::Debug for Save {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // A state is millions of bytes that say nothing to a reader.
        out.debug_struct("Save").field("path", &self.path).field("label", &self.label).finish_non_exhaustive()
    }
}

/// Where the save of the run in this folder stands: beside it.
#[must_use]
pub fn beside(folder: &Path) -> PathBuf {
    let mut name = folder.file_name().unwrap_or_default().to_os_string();
    name.push(".save");
    folder.with_file_name(name)
}

/// Writes a save in place of the one before.
///
/// # Errors
/// When the system says no; then the one before is still there.
pub fn write(path: &Path, label: &Label, state: &[u8]) -> Result<(), WriteError> {
    let label = serde_json::to_vec(label).expect("a label has text keys only");
    let mut head = MAGIC.to_vec();
    head.extend_from_slice(&FORMAT_VERSION.to_le_bytes());
    for length in [label.len(), state.len()] {
        head.extend_from_slice(&(length as u64).to_le_bytes());
    }
    let mut digest = Sha256::new();
    for part in [&head, label.as_slice(), state] {
        digest.update(part);
    }
    folder::replace(path, &[&head, &label, state, &digest.finalize()])
}

/// Reads a save.
///
/// # Errors
/// When it cannot be read, is no save, is of another format, is not whole, or has changed since it was written.
pub fn read(path: &Path) -> Result<Save, ReadError> {
    let bytes = read_some(path, BYTES_MAX + 1)?;
    let damaged = |reason: String| ReadError::Damaged { path: path.display().to_string(), reason };
    if bytes.len() as u64 > BYTES_MAX {
        return Err(damaged("it is longer than any save".into()));
    }
    let (label, state) = taken_apart(&bytes).map_err(damaged)?;
    Ok(Save { path: path.into(), label, state: state.to_vec() })
}

/// Only what a save says of itself; whether the rest of it is whole is not looked at.
///
/// # Errors
/// When it cannot be read, is no save, or is of another format.
pub fn label_of(path: &Path) -> Result<Label, ReadError> {
    let bytes = read_some(path, LABEL_END_MAX)?;
    let damaged = |reason: String| ReadError::Damaged { path: path.display().to_string(), reason };
    let (label, ..) = head_of(&bytes).map_err(damaged)?;
    label_in(label).map_err(damaged)
}

fn read_some(path: &Path, most: u64) -> Result<Vec<u8>, ReadError> {
    let shown = || path.display().to_string();
    let system = |source| ReadError::System { path: shown(), source };
    let metadata = fs::metadata(path).map_err(system)?;
    if metadata.is_dir() {
        return Err(ReadError::Folder { path: shown() });
    }
    if !metadata.is_file() {
        return Err(ReadError::NotAFile { path: shown() });
    }
    let mut bytes = Vec::new();
    fs::File::open(path).map_err(system)?.take(most).read_to_end(&mut bytes).map_err(system)?;
    Ok(bytes)
}

/// What a save says of itself, and its state, out of its bytes; a sentence if they are none.
///
/// # Errors
/// Any bytes but those of a whole save.
pub fn taken_apart(bytes: &[u8]) -> Result<(Label, &[u8]), String> {
    let (label, length, rest) = head_of(bytes)?;
    let (state, digest) = rest.split_at_checked(length).ok_or_else(not_whole)?;
    if digest.len() != DIGEST {
        return Err(not_whole());
    }
    if Sha256::digest(&bytes[..bytes.len() - DIGEST]).as_slice() != digest {
        return Err("its bytes have changed since it was written".into());
    }
    Ok((label_in(label)?, state))
}

/// The bytes of the label, the length of the state, and what follows the label.
fn head_of(bytes: &[u8]) -> Result<(&[u8], usize, &[u8]), String> {
    let Some(rest) = bytes.strip_prefix(MAGIC) else {
        // A save that was cut within its first bytes is a save that is not whole.
        let cut = !bytes.is_empty() && MAGIC.starts_with(bytes);
        return Err(if cut { not_whole() } else { "it is no save of a run".into() });
    };
    let (version, rest) = rest.split_first_chunk().ok_or_else(not_whole)?;
    let version = u32::from_le_bytes(*version);
    if version != FORMAT_VERSION {
        return Err(format!("it is a save of format {version}; this program reads format {FORMAT_VERSION}"));
    }
    let (label_length, rest) = rest.split_first_chunk().ok_or_else(not_whole)?;
    let (state_length, rest) = rest.split_first_chunk().ok_or_else(not_whole)?;
    let length = |bytes: &[u8; 8]| usize::try_from(u64::from_le_bytes(*bytes)).map_err(|_| not_whole());
    let (label, rest) = rest.split_at_checked(length(label_length)?).ok_or_else(not_whole)?;
    Ok((label, length(state_length)?, rest))
}

fn label_in(bytes: &[u8]) -> Result<Label, String> {
    serde_json::from_slice(bytes).map_err(|error| format!("what it says of itself is wrong: {error}"))
}

fn not_whole() -> String {
    "it is not whole: it ends too early or goes on too long".into()
}

/// The save of this very run that a run before it left at this place, if there is one.
#[must_use]
pub fn of_run(path: &Path, origin: &Origin) -> Option<Save> {
    if path.symlink_metadata().is_err() {
        return None;
    }
    let save = read(path).ok()?;
    (save.label.origin.identity == origin.identity).then_some(save)
}

/// Whether a save is one of this very run.
///
/// # Errors
/// With every difference, if it is not.
pub fn must_be_of(save: &Save, origin: &Origin) -> Result<(), Error> {
    let reasons = save.label.origin.differences(origin);
    if reasons.is_empty() {
        return Ok(());
    }
    let help = "a save goes on with the program, scenario, laws and tables that it was made from; without --resume the run begins anew";
    Err(Error::Unlike(Mismatch { what: format!("the save {}", save.path.display()), reasons, help: help.into() }))
}
