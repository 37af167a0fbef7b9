//! Puts the laws, scenarios and tables of the repository into the binary, as a sorted list of (name, bytes).
//!
//! A changed, added or removed file makes Cargo run this again. It knows nothing of what the files say.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

/// Folders at the root of the repository that ship inside the binary, and the endings that belong to each.
const FOLDERS: &[(&str, &[&str])] = &[
    ("laws", &[".law.md"]),
    ("scenarios", &[".toml"]),
    ("tables", &[".csv", ".toml", ".md"]),
    ("validation", &[".toml"]),
];

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR").map_err(io::Error::other)?).join("../..");
    let mut files = Vec::new();
    for (folder, endings) in FOLDERS {
        let folder = root.join(folder);
        println!("cargo::rerun-if-changed={}", folder.display());
        if folder.is_dir() {
            collect(&folder, endings, &mut files)?;
        }
    }
    let mut named: Vec<(String, PathBuf)> = Vec::new();
    for file in files {
        let name = file.strip_prefix(&root).map_err(io::Error::other)?.to_string_lossy().replace('\\', "/");
        named.push((name, fs::canonicalize(&file)?));
    }
    named.sort();
    let mut code = String::from("&[\n");
    for (name, path) in &named {
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
