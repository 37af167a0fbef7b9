//! What the project depends on: licences, sources and known bad crates, read from cargo's own metadata, offline.
//!
//! Advisories need a database that this check does not fetch; CONTRIBUTING.md says how to run them.

use serde_json::Value;
use sha2::{Digest, Sha256};
use std::path::Path;
use std::process::Command;

/// Licences that may be linked into a program under MIT OR Apache-2.0.
const ALLOWED: &[&str] = &[
    "MIT",
    "MIT-0",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "ISC",
    "Zlib",
    "Unicode-3.0",
    "CC0-1.0",
    "0BSD",
    "Unlicense",
    "BSL-1.0",
    "Apache-2.0 WITH LLVM-exception",
];

/// Crates with advisories or without upkeep that must not come back in.
const BANNED: &[&str] = &[
    "serde_yml",
    "serde_yaml",
    "bincode",
    "paste",
    "proc-macro-error",
    "derivative",
    "atty",
    "instant",
    "fxhash",
    "number_prefix",
    "arrow2",
    "chrono-tz",
];

/// Heavy crates that belong to the outermost crate only.
const OUTSIDE_ONLY: &[&str] = &["parquet", "arrow-array", "arrow-schema", "clap", "tokio", "axum", "toml"];

/// Every broken rule, one line each.
pub fn findings(root: &Path) -> Result<Vec<String>, String> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked"])
        .current_dir(root)
        .output()
        .map_err(|error| format!("cannot start cargo metadata: {error}"))?;
    let metadata: Value = serde_json::from_slice(&output.stdout)
        .map_err(|error| format!("cargo metadata: {error}: {}", String::from_utf8_lossy(&output.stderr)))?;
    let packages = metadata["packages"].as_array().cloned().unwrap_or_default();
    let mut found: Vec<String> = packages.iter().flat_map(package_findings).collect();
    found.extend(packages.iter().flat_map(layer_findings));
    Ok(found)
}

fn package_findings(package: &Value) -> Vec<String> {
    let name = package["name"].as_str().unwrap_or_default();
    let mut found = Vec::new();
    if let Some(source) = package["source"].as_str()
        && !source.starts_with("registry+")
    {
        found.push(format!("{name}: comes from {source}, not from a registry"));
    }
    if !licence_allowed(package["license"].as_str().unwrap_or_default()) {
        found.push(format!("{name}: licence {}", package["license"]));
    }
    if BANNED.contains(&name) {
        found.push(format!("{name}: is on the list of crates not to use"));
    }
    found
}

/// An expression is allowed if one side of an `OR` is, all parts of whose `AND` are.
fn licence_allowed(expression: &str) -> bool {
    let plain = expression.replace(['(', ')'], "").replace('/', " OR ");
    plain.split(" OR ").any(|side| side.split(" AND ").all(|part| ALLOWED.contains(&part.trim())))
}

/// The law and the simulation stay free of files and formats.
fn layer_findings(package: &Value) -> Vec<String> {
    let name = package["name"].as_str().unwrap_or_default();
    if name != "callup-law" && name != "callup-sim" {
        return Vec::new();
    }
    let dependencies = package["dependencies"].as_array().cloned().unwrap_or_default();
    let normal = dependencies.iter().filter(|dependency| dependency["kind"].is_null());
    let names: Vec<&str> = normal.filter_map(|dependency| dependency["name"].as_str()).collect();
    let mut found: Vec<String> = OUTSIDE_ONLY
        .iter()
        .filter(|heavy| names.contains(*heavy))
        .map(|heavy| format!("{name}: must not depend on {heavy}"))
        .collect();
    if name == "callup-law" && names.contains(&"callup-sim") {
        found.push("callup-law: must not know the simulation".to_string());
    }
    found
}

/// The sha256 of some bytes, in hexadecimal.
pub fn sha256_hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::licence_allowed;

    #[test]
    fn licences_are_read_as_expressions() {
        assert!(licence_allowed("MIT OR Apache-2.0"));
        assert!(licence_allowed("(MIT OR Apache-2.0) AND Unicode-3.0"));
        assert!(licence_allowed("GPL-3.0 OR MIT"));
        assert!(!licence_allowed("GPL-3.0"));
        assert!(!licence_allowed("MIT AND GPL-3.0"));
        assert!(!licence_allowed(""));
    }
}
