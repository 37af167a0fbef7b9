//! Where laws, scenarios and tables come from: embedded in the binary, or a folder given with `--data`.
//!
//! A name is the path from the root of the data, with `/`, for example `scenarios/ru-2023.toml`. Every text that is read through
//! [`Data::text`] or [`Data::text_at`] is noted with its SHA-256, so that no reader can forget to name an input in the receipt.
//! This file does not know what the texts say.

use callup_law::diagnostic::Source;
use sha2::{Digest as _, Sha256};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// What ships in the binary, sorted by name.
static EMBEDDED: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/embedded.rs"));

/// The longest text that is read, bytes. The largest shipped table is well under a tenth of it.
pub const TEXT_BYTES_MAX: u64 = 32 * 1024 * 1024;

/// How deep folders are searched; laws stand three deep.
const DEPTH_MAX: usize = 8;

/// Why a text cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The operating system says no.
    #[error("cannot read {path}: {source}")]
    System {
        /// The path as the user gave it, or the name.
        path: String,
        /// What the system said.
        source: std::io::Error,
    },
    /// There is no text of this name in the data.
    #[error("cannot read {name}: the {data} has no such file")]
    Missing {
        /// The name.
        name: String,
        /// Which data.
        data: String,
    },
    /// A folder stands where a file was expected.
    #[error("cannot read {path}: it is a folder, not a file")]
    Folder {
        /// The path.
        path: String,
    },
    /// A device, a pipe or a socket.
    #[error("cannot read {path}: it is not a regular file")]
    NotAFile {
        /// The path.
        path: String,
    },
    /// It was read and is not what it should be.
    #[error("cannot use {path}: {reason}")]
    Damaged {
        /// The path.
        path: String,
        /// What is wrong, one sentence.
        reason: String,
    },
    /// More than [`TEXT_BYTES_MAX`].
    #[error("cannot read {path}: it is longer than {} MiB", TEXT_BYTES_MAX / (1024 * 1024))]
    TooLong {
        /// The path.
        path: String,
    },
    /// Not UTF-8.
    #[error("cannot read {path}: it is not UTF-8 text (byte {byte} begins no character)")]
    NotText {
        /// The path.
        path: String,
        /// Offset of the first wrong byte.
        byte: usize,
    },
}

impl ReadError {
    /// What the user can do about it.
    #[must_use]
    pub fn help(&self) -> String {
        match self {
            ReadError::System { source, .. } if source.kind() == std::io::ErrorKind::NotFound => {
                "check the path; `callup list` shows what ships with the program".into()
            }
            ReadError::System { source, .. } if source.kind() == std::io::ErrorKind::PermissionDenied => {
                "give yourself the right to read it".into()
            }
            ReadError::System { .. } => "check the path and the disk it lies on".into(),
            ReadError::Missing { .. } => "`callup list` shows what there is".into(),
            ReadError::Folder { .. } | ReadError::NotAFile { .. } => "give the path of a text file".into(),
            ReadError::Damaged { .. } => "take it from where it was made, or run the scenario again".into(),
            ReadError::TooLong { .. } => "laws, scenarios and tables are short; is this the right file?".into(),
            ReadError::NotText { .. } => "laws, scenarios and tables are UTF-8 text; is this the right file?".into(),
        }
    }
}

/// A text that was read: its name, length and SHA-256.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InputFile {
    /// Name in the data, or the path as the user gave it.
    pub name: String,
    /// Length, bytes.
    pub bytes: u64,
    /// SHA-256, 64 hexadecimal digits, as `sha256sum` prints it.
    pub sha256: String,
}

/// The data of a command: embedded or a folder.
#[derive(Debug)]
pub struct Data {
    folder: Option<PathBuf>,
    read: Mutex<BTreeMap<String, InputFile>>,
}

impl Data {
    /// What ships in the binary.
    #[must_use]
    pub fn embedded() -> Data {
        Data { folder: None, read: Mutex::default() }
    }

    /// The same data with nothing noted yet.
    #[must_use]
    pub fn anew(&self) -> Data {
        Data { folder: self.folder.clone(), read: Mutex::default() }
    }

    /// A folder that holds `laws/`, `scenarios/` and `tables/`.
    ///
    /// # Errors
    /// When it is not a folder that can be listed.
    pub fn folder(path: &Path) -> Result<Data, ReadError> {
        fs::read_dir(path).map_err(|source| ReadError::System { path: path.display().to_string(), source })?;
        Ok(Data { folder: Some(path.to_path_buf()), read: Mutex::default() })
    }

    /// How messages call this data.
    #[must_use]
    pub fn describe(&self) -> String {
        match &self.folder {
            Some(path) => format!("folder {}", path.display()),
            None => "built-in data".into(),
        }
    }

    /// Names of all files under the folder `under` (for example `laws`) that end in `ending`, sorted. A folder that is not there has none.
    ///
    /// # Errors
    /// When a folder cannot be listed.
    pub fn list(&self, under: &str, ending: &str) -> Result<Vec<String>, ReadError> {
        let mut names = Vec::new();
        match &self.folder {
            Some(root) => collect(root, under, ending, 0, &mut names)?,
            None => {
                let inside = format!("{under}/");
                let fitting = EMBEDDED.iter().map(|(name, _)| *name);
                names.extend(
                    fitting.filter(|name| name.starts_with(&inside) && name.ends_with(ending)).map(str::to_owned),
                );
            }
        }
        names.sort();
        Ok(names)
    }

    /// The text of this name, noted as an input.
    ///
    /// # Errors
    /// When there is none, or it is not a readable UTF-8 text.
    pub fn text(&self, name: &str) -> Result<Source, ReadError> {
        let bytes = self.bytes(name)?;
        self.note(name, &bytes);
        to_source(name, bytes)
    }

    /// The text of this name, not noted: for looking through files of which only some become inputs.
    ///
    /// # Errors
    /// As [`Data::text`].
    pub fn peek(&self, name: &str) -> Result<Source, ReadError> {
        to_source(name, self.bytes(name)?)
    }

    /// A text at a path that the user gave, noted as an input under that path.
    ///
    /// # Errors
    /// When it is not a readable UTF-8 text.
    pub fn text_at(&self, path: &Path) -> Result<Source, ReadError> {
        let (name, bytes) = (path.display().to_string(), read_bounded(path)?);
        self.note(&name, &bytes);
        to_source(&name, Cow::Owned(bytes))
    }

    /// Files that stand beside a file and end in `ending`, sorted. None where the folder cannot be listed: the file itself then says why.
    ///
    /// # Errors
    /// When an entry of the folder cannot be read.
    pub fn beside(path: &Path, ending: &str) -> Result<Vec<PathBuf>, ReadError> {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let Ok(listed) = fs::read_dir(folder) else { return Ok(Vec::new()) };
        let mut found = Vec::new();
        for entry in listed {
            let entry =
                entry.map_err(|source| ReadError::System { path: folder.display().to_string(), source })?.path();
            if entry.to_string_lossy().ends_with(ending) {
                found.push(entry);
            }
        }
        found.sort();
        Ok(found)
    }

    /// Every text noted so far, sorted by name.
    #[must_use]
    pub fn inputs(&self) -> Vec<InputFile> {
        self.read.lock().unwrap_or_else(PoisonError::into_inner).values().cloned().collect()
    }

    /// The hash is of the bytes as they lie in the file, so that `sha256sum` agrees.
    fn note(&self, name: &str, bytes: &[u8]) {
        let file = InputFile { name: name.into(), bytes: bytes.len() as u64, sha256: sha256_hex(bytes) };
        self.read.lock().unwrap_or_else(PoisonError::into_inner).insert(file.name.clone(), file);
    }

    fn bytes(&self, name: &str) -> Result<Cow<'static, [u8]>, ReadError> {
        match &self.folder {
            // A text may name others (`extends`, `country`); none of them may lead out of the data.
            Some(root) if !name.contains("..") => read_bounded(&root.join(name)).map(Cow::Owned),
            Some(_) => Err(ReadError::Missing { name: name.into(), data: self.describe() }),
            None => self.embedded_bytes(name).map(Cow::Borrowed),
        }
    }

    fn embedded_bytes(&self, name: &str) -> Result<&'static [u8], ReadError> {
        let place = EMBEDDED.binary_search_by(|(known, _)| (*known).cmp(name));
        let missing = |_| ReadError::Missing { name: name.into(), data: self.describe() };
        place.map(|index| EMBEDDED[index].1).map_err(missing)
    }
}

/// SHA-256 of bytes, 64 hexadecimal digits.
#[must_use]
pub fn sha256_hex(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Bytes as lower-case hexadecimal digits.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn collect(root: &Path, under: &str, ending: &str, depth: usize, names: &mut Vec<String>) -> Result<(), ReadError> {
    let folder = root.join(under);
    if depth > DEPTH_MAX || !folder.is_dir() {
        return Ok(());
    }
    let failed = |source| ReadError::System { path: folder.display().to_string(), source };
    for entry in fs::read_dir(&folder).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let Ok(file_name) = entry.file_name().into_string() else { continue };
        let name = format!("{under}/{file_name}");
        if entry.path().is_dir() {
            collect(root, &name, ending, depth + 1, names)?;
        } else if name.ends_with(ending) {
            names.push(name);
        }
    }
    Ok(())
}

fn read_bounded(path: &Path) -> Result<Vec<u8>, ReadError> {
    let shown = path.display().to_string();
    let failed = |source| ReadError::System { path: shown.clone(), source };
    let metadata = fs::metadata(path).map_err(failed)?;
    if metadata.is_dir() {
        return Err(ReadError::Folder { path: shown });
    }
    if !metadata.is_file() {
        return Err(ReadError::NotAFile { path: shown });
    }
    let mut bytes = Vec::new();
    // One byte more than allowed, so that a file that grows while it is read is caught too.
    fs::File::open(path).map_err(failed)?.take(TEXT_BYTES_MAX + 1).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() as u64 > TEXT_BYTES_MAX {
        return Err(ReadError::TooLong { path: shown });
    }
    Ok(bytes)
}

fn to_source(name: &str, bytes: Cow<'_, [u8]>) -> Result<Source, ReadError> {
    let not_text = |byte| ReadError::NotText { path: name.into(), byte };
    let text = String::from_utf8(bytes.into_owned()).map_err(|error| not_text(error.utf8_error().valid_up_to()))?;
    if let Some(byte) = text.find('\0') {
        return Err(not_text(byte));
    }
    // A byte order mark says nothing in UTF-8; some editors write one.
    let text = text.strip_prefix('\u{feff}').map_or(text.clone(), str::to_owned);
    Ok(Source { name: name.into(), text })
}

#[cfg(test)]
mod tests;
