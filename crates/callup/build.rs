//! Puts the laws, scenarios and tables of the repository into the binary, as a sorted list of (name, bytes), and the digest of its sources.
//!
//! A changed, added or removed file makes Cargo run this again. It knows nothing of what the files say and no clock.

use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

/// Folders at the root of the repository that ship inside the binary, and the endings that belong to each.
const FOLDERS: &[(&str, &[&str])] = &[
    ("laws", &[".law.md", ".holidays.toml"]),
    ("scenarios", &[".toml"]),
    ("tables", &[".csv", ".toml", ".md"]),
    ("validation", &[".toml"]),
];

/// What the program is made of: its crates and the versions of all that they depend on.
const SOURCES: &[&str] = &[
    "crates/callup-rulebook/src",
    "crates/callup-law/src",
    "crates/callup-sim/src",
    "crates/callup/src",
    "crates/callup/web",
];

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR").map_err(io::Error::other)?).join("../..");
    println!("cargo::rustc-env=CALLUP_SOURCES_SHA256={}", digest_of_sources(&root)?);
    embed(&root)
}

/// SHA-256 over each source file in the order of names: its name, its length and its bytes.
fn digest_of_sources(root: &Path) -> io::Result<String> {
    let mut files = vec![root.join("Cargo.lock")];
    println!("cargo::rerun-if-changed={}", files[0].display());
    for folder in SOURCES {
        collect(&root.join(folder), &[".rs", ".css", ".html"], &mut files)?;
    }
    let mut digest = Sha256::new();
    for (name, path) in named(root, files)? {
        let bytes = fs::read(path)?;
        digest.update(format!("{name}\0{}\0", bytes.len()));
        digest.update(bytes);
    }
    Ok(digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}

/// Files with their names from the root, in the order of names.
fn named(root: &Path, files: Vec<PathBuf>) -> io::Result<Vec<(String, PathBuf)>> {
    let mut named = Vec::new();
    for file in files {
        let name = file.strip_prefix(root).map_err(io::Error::other)?.to_string_lossy().replace('\\', "/");
        named.push((name, fs::canonicalize(&file)?));
    }
    named.sort();
    Ok(named)
}

fn embed(root: &Path) -> io::Result<()> {
    let mut files = Vec::new();
    for (folder, endings) in FOLDERS {
        let folder = root.join(folder);
        println!("cargo::rerun-if-changed={}", folder.display());
        if folder.is_dir() {
            collect(&folder, endings, &mut files)?;
        }
    }
    let mut code = String::from("&[\n");
    for (name, path) in &named(root, files)? {
        writeln!(code, "    ({name:?}, include_bytes!({:?})),", path.display().to_string())
            .map_err(io::Error::other)?;
    }
    code.push_str("]\n");
    fs::write(PathBuf::from(env::var("OUT_DIR").map_err(io::Error::other)?).join("embedded.rs"), code)
}

fn collect(folder: &Path, endings: &[&str], files: &mut Vec<PathBuf>) -> io::Result<()> {
    println!("cargo::rerun-if-changed={}", folder.display());
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_dir() {
            collect(&path, endings, files)?;
        } else if endings.iter().any(|ending| name.ends_with(ending)) {
            files.push(path);
        }
    }
    Ok(())
}
