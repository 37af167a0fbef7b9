//! The identity of a run: another program, other inputs or other numbers are another run.

use crate::support::flagship;
use callup::SOURCES_SHA256;
use callup::data::sha256_hex;
use serde_json::Value;
use std::fs;
use std::path::Path;

/// Name, length and bytes of every source of the program, in the order of names.
fn sources() -> Vec<u8> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut names = vec!["Cargo.lock".to_owned()];
    let mut folders: Vec<String> =
        ["rulebook", "law", "sim"].iter().map(|name| format!("crates/callup-{name}/src")).collect();
    folders.extend(["crates/callup/src".to_owned(), "crates/callup/web".to_owned()]);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(root.join(&folder)).unwrap() {
            let entry = entry.unwrap();
            let name = format!("{folder}/{}", entry.file_name().into_string().unwrap());
            match entry.path().is_dir() {
                true => folders.push(name),
                false if [".rs", ".css", ".html"].iter().any(|ending| name.ends_with(ending)) => names.push(name),
                false => {}
            }
        }
    }
    names.sort();
    let mut all = Vec::new();
    for name in names {
        let bytes = fs::read(root.join(&name)).unwrap();
        all.extend(format!("{name}\0{}\0", bytes.len()).into_bytes());
        all.extend(bytes);
    }
    all
}

#[test]
fn a_receipt_names_the_sources_of_the_program() {
    assert_eq!(SOURCES_SHA256, sha256_hex(&sources()));
    let receipt: Value = serde_json::from_slice(&fs::read(flagship().1.join("receipt.json")).unwrap()).unwrap();
    assert_eq!(receipt["sources"], SOURCES_SHA256);
}
