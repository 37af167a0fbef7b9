//! A folder, or a single file, that is written aside and gets its name only when it is whole.
//!
//! It stands beside its goal as `.partial-<name>-<process>` until it is renamed; whatever ends the program before leaves nothing under
//! the goal's name. What a killed program left aside is swept by the next one that writes there. This file knows no format.

use crate::data::sha256_hex;
use std::fs::{self, File, TryLockError};
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Held locked by the process that writes, so that leftovers of a dead one can be told from work in progress. A file is its own lock.
const LOCK_NAME: &str = ".lock";

/// How everything that is not whole yet begins.
const ASIDE: &str = ".partial-";

/// How often a place aside is tried for that another process has just swept.
const ATTEMPTS: u64 = 100;

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
        sweep(&parent);
        let aside = aside(&parent, &name);
        for attempt in 0..ATTEMPTS {
            if let Some(lock) = begin(&aside).map_err(failed(goal))? {
                return Ok(Partial { aside, goal: goal.to_path_buf(), finished: false, _lock: lock });
            }
            // Whoever sweeps has locked it and is about to take it away; on a busy machine that takes its time.
            std::thread::sleep(Duration::from_millis(attempt));
        }
        Err(failed(goal)(io::Error::new(ErrorKind::ResourceBusy, "other programs sweep it away")))
    }

    /// Writes one file and waits until the disk has it.
    ///
    /// # Errors
    /// When the system says no, for example because the disk is full.
    pub fn write(&self, name: &str, bytes: &[u8]) -> Result<OutputFile, WriteError> {
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
        if fs::symlink_metadata(&self.goal).is_ok() {
            return Err(WriteError::Exists { path: path() });
        }
        fs::rename(&self.aside, &self.goal).map_err(|source| match source.kind() {
            ErrorKind::DirectoryNotEmpty | ErrorKind::AlreadyExists => WriteError::Exists { path: path() },
            _ => system(source),
        })?;
        self.finished = true;
        unlock(&self.goal);
        Ok(())
    }
}

/// Takes away the lock that a program killed in its last moment left in a whole folder.
pub fn unlock(folder: &Path) {
    drop(fs::remove_file(folder.join(LOCK_NAME)));
}

/// Writes one file aside and gives it its name, in place of what bore it.
///
/// # Errors
/// When the system says no; then what bore the name still does.
pub fn replace(goal: &Path, parts: &[&[u8]]) -> Result<(), WriteError> {
    let (parent, name) = place(goal)?;
    let write = || -> io::Result<()> {
        fs::create_dir_all(&parent)?;
        sweep(&parent);
        let aside = aside(&parent, &name);
        let written = write_locked(&aside, parts).and_then(|()| fs::rename(&aside, goal));
        if written.is_err() {
            drop(fs::remove_file(&aside));
        }
        written
    };
    write().map_err(|source| WriteError::System { path: goal.display().to_string(), source })
}

fn write_locked(path: &Path, parts: &[&[u8]]) -> io::Result<()> {
    let mut file = File::create(path)?;
    drop(file.try_lock());
    for part in parts {
        file.write_all(part)?;
    }
    file.sync_all()
}

/// Makes a folder and locks it; `None` if another process has swept it away in between.
fn begin(aside: &Path) -> io::Result<Option<File>> {
    match fs::create_dir(aside) {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => return Ok(None),
        made => made?,
    }
    let path = aside.join(LOCK_NAME);
    let lock = match File::create(&path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => {
            remove(aside);
            return Err(error);
        }
        Ok(lock) => lock,
    };
    // Some network file systems have no locks: then leftovers there are not swept, and nothing else is lost.
    let swept = matches!(lock.try_lock(), Err(TryLockError::WouldBlock)) || !path.exists();
    Ok((!swept).then_some(lock))
}

impl Drop for Partial {
    fn drop(&mut self) {
        if !self.finished {
            // Nothing can be done about a failure here, and what stays behind bears a name that nobody takes for a run.
            remove(&self.aside);
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

fn aside(parent: &Path, name: &str) -> PathBuf {
    parent.join(format!("{ASIDE}{name}-{}", std::process::id()))
}

/// Removes what dead processes left aside here, under whatever name: what nobody holds locked.
fn sweep(parent: &Path) {
    for entry in fs::read_dir(parent).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let process = name.strip_prefix(ASIDE).and_then(|name| name.rsplit_once('-')).map(|(_, process)| process);
        if process.is_some_and(|process| !process.is_empty() && process.bytes().all(|byte| byte.is_ascii_digit())) {
            sweep_one(&entry.path());
        }
    }
}

/// Whether the file that is open is still the one of this name: its process may have taken it away and made another, which is none of ours.
#[cfg(unix)]
fn is_at(open: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let identity = |metadata: &fs::Metadata| (metadata.dev(), metadata.ino());
    matches!((open.metadata(), path.symlink_metadata()), (Ok(open), Ok(there)) if identity(&open) == identity(&there))
}

/// Elsewhere a file that is open cannot be replaced.
#[cfg(not(unix))]
fn is_at(_open: &File, path: &Path) -> bool {
    path.exists()
}

fn sweep_one(path: &Path) {
    let is_folder = path.symlink_metadata().is_ok_and(|metadata| metadata.is_dir());
    let lock = File::open(if is_folder { path.join(LOCK_NAME) } else { path.to_path_buf() });
    match lock {
        Ok(lock) if lock.try_lock().is_ok() => {
            let name = if is_folder { path.join(LOCK_NAME) } else { path.to_path_buf() };
            if is_at(&lock, &name) {
                remove(path);
            }
        }
        // Its process ended before it could lock it, or is about to: it will make it anew.
        Err(error) if is_folder && error.kind() == ErrorKind::NotFound => drop(fs::remove_dir(path)),
        _ => {}
    }
}

/// Removes what stands aside, the lock last, so that what a killed sweep leaves is swept by the next.
fn remove(path: &Path) {
    for entry in fs::read_dir(path).into_iter().flatten().flatten() {
        if entry.file_name() != LOCK_NAME {
            drop(fs::remove_file(entry.path()));
        }
    }
    unlock(path);
    drop(fs::remove_dir(path).or_else(|_| fs::remove_file(path)));
}

#[cfg(test)]
mod tests;
