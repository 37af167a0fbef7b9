//! A folder that is written aside and gets its name only when it is whole.
//!
//! The folder stands beside its goal as `.partial-<name>-<process>` until it is renamed; whatever ends the program before leaves
//! nothing under the goal's name. What a killed program left aside is swept by the next one. This file knows no format.

use crate::data::sha256_hex;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};

/// Held locked by the process that writes, so that leftovers of a dead one can be told from work in progress.
const LOCK_NAME: &str = ".lock";

/// Why a folder cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The operating system says no.
    #[error("cannot write {path}: {source}")]
    System {
        /// The path.
        path: String,
        /// What the system said.
        source: io::Error,
    },
    /// The goal is there already.
    #[error("{path} already exists; nothing was overwritten")]
    Exists {
        /// The path.
        path: String,
    },
    /// The folder that would hold the run is there, and is not that run, whole.
    #[error("{path} already exists and is not this run, whole; nothing was overwritten")]
    Foreign {
        /// The path.
        path: String,
    },
}

impl WriteError {
    /// What the user can do about it.
    #[must_use]
    pub fn help(&self) -> String {
        let WriteError::System { source, .. } = self else {
            return "give another folder with --out, or move the old one away".into();
        };
        match source.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
                "the disk is full: make room or give a folder on another disk with --runs or --out".into()
            }
            ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
                "give a folder that you may write to with --runs or --out".into()
            }
            ErrorKind::NotADirectory | ErrorKind::AlreadyExists => {
                "a file stands where a folder is needed; give another folder with --runs or --out".into()
            }
            _ => "check the path and the disk it lies on; --runs and --out choose another place".into(),
        }
    }
}

/// A file of the folder, as the receipt lists it.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OutputFile {
    /// File name.
    pub name: String,
    /// Length, bytes.
    pub bytes: u64,
    /// SHA-256, 64 hexadecimal digits.
    pub sha256: String,
}

impl OutputFile {
    /// What a file of these bytes is listed as.
    #[must_use]
    pub fn of(name: &str, bytes: &[u8]) -> OutputFile {
        OutputFile { name: name.into(), bytes: bytes.len() as u64, sha256: sha256_hex(bytes) }
    }
}

/// A folder that is not whole yet. Dropped before [`Partial::finish`], it is removed.
#[derive(Debug)]
pub struct Partial {
    aside: PathBuf,
    goal: PathBuf,
    finished: bool,
    // Its lock ends with the process, however that ends.
    _lock: File,
}

impl Partial {
    /// Begins the folder `goal`, making the folders above it.
    ///
    /// # Errors
    /// When `goal` exists or its place cannot be written to.
    pub fn create(goal: &Path) -> Result<Partial, WriteError> {
        if fs::symlink_metadata(goal).is_ok() {
            return Err(WriteError::Exists { path: goal.display().to_string() });
        }
        let (parent, name) = place(goal)?;
        let failed = |path: &Path| {
            let path = path.display().to_string();
            move |source| WriteError::System { path, source }
        };
        fs::create_dir_all(&parent).map_err(failed(&parent))?;
        sweep(&parent, &name);
        let aside = parent.join(format!("{}{}", aside_prefix(&name), std::process::id()));
        fs::create_dir(&aside).map_err(failed(goal))?;
        let lock = File::create(aside.join(LOCK_NAME)).map_err(|source| {
            drop(fs::remove_dir_all(&aside));
            failed(goal)(source)
        })?;
        // Some network file systems have no locks: then leftovers there are not swept, and nothing else is lost.
        drop(lock.try_lock());
        Ok(Partial { aside, goal: goal.to_path_buf(), finished: false, _lock: lock })
    }

    /// Writes one file and waits until the disk has it.
    ///
    /// # Errors
    /// When the system says no, for example because the disk is full.
    pub fn write(&mut self, name: &str, bytes: &[u8]) -> Result<OutputFile, WriteError> {
        let write = || -> io::Result<()> {
            let mut file = File::create(self.aside.join(name))?;
            file.write_all(bytes)?;
            file.sync_all()
        };
        write().map_err(|source| WriteError::System { path: self.goal.join(name).display().to_string(), source })?;
        Ok(OutputFile::of(name, bytes))
    }

    /// Gives the folder its name.
    ///
    /// # Errors
    /// When the goal has come into being meanwhile, or the system says no; then nothing is left.
    pub fn finish(mut self) -> Result<(), WriteError> {
        let path = || self.goal.display().to_string();
        let system = |source| WriteError::System { path: path(), source };
        fs::remove_file(self.aside.join(LOCK_NAME)).map_err(system)?;
        if fs::symlink_metadata(&self.goal).is_ok() {
            return Err(WriteError::Exists { path: path() });
        }
        fs::rename(&self.aside, &self.goal).map_err(|source| match source.kind() {
            ErrorKind::DirectoryNotEmpty | ErrorKind::AlreadyExists => WriteError::Exists { path: path() },
            _ => system(source),
        })?;
        self.finished = true;
        Ok(())
    }
}

impl Drop for Partial {
    fn drop(&mut self) {
        if !self.finished {
            // Nothing can be done about a failure here, and what stays behind bears a name that nobody takes for a run.
            drop(fs::remove_dir_all(&self.aside));
        }
    }
}

/// Finds out early whether `goal` can be written later: begins it and lets it go.
///
/// # Errors
/// As [`Partial::create`].
pub fn probe(goal: &Path) -> Result<(), WriteError> {
    Partial::create(goal).map(drop)
}

fn place(goal: &Path) -> Result<(PathBuf, String), WriteError> {
    let name = goal.file_name().map(|name| name.to_string_lossy().into_owned()).ok_or_else(|| {
        let source = io::Error::new(ErrorKind::InvalidInput, "it has no name of its own");
        WriteError::System { path: goal.display().to_string(), source }
    })?;
    let parent = goal.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    Ok((parent.to_path_buf(), name))
}

fn aside_prefix(name: &str) -> String {
    format!(".partial-{name}-")
}

/// Removes what dead processes left aside for this very name: folders whose lock nobody holds.
fn sweep(parent: &Path, name: &str) {
    let prefix = aside_prefix(name);
    for entry in fs::read_dir(parent).into_iter().flatten().flatten() {
        let left = entry.file_name().to_string_lossy().strip_prefix(&prefix).map(str::to_owned);
        let is_ours = left.is_some_and(|process| process.bytes().all(|byte| byte.is_ascii_digit()));
        if !is_ours {
            continue;
        }
        let abandoned = File::open(entry.path().join(LOCK_NAME)).is_ok_and(|lock| lock.try_lock().is_ok());
        if abandoned {
            drop(fs::remove_dir_all(entry.path()));
        }
    }
}

#[cfg(test)]
mod tests;
