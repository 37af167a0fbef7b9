//! The names of the project's commands: `cargo xtask test`, `tidy`, `map`. Each is a list of ordinary commands.
//!
//! It knows how to call cargo and nothing of law or simulation.

mod commands;
mod dependencies;
mod map;
mod source;
mod tidy;

use std::path::PathBuf;
use std::process::ExitCode;

fn main() -> ExitCode {
    let root = root();
    let verb = std::env::args().nth(1);
    let outcome = match verb.as_deref() {
        Some("test") => commands::test(&root),
        Some("tidy") => tidy::report(&root),
        Some("map") => map::write(&root),
        _ => Err(USAGE.to_string()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

const USAGE: &str = "usage: cargo xtask VERB
  test   everything that must pass before a change lands (.ci/run calls exactly this)
  tidy   the rules of the house: heads, lengths, circles, dependencies, sources, code map
  map    write the code map of ARCHITECTURE.md anew from the heads of the files";

/// The folder of the workspace.
fn root() -> PathBuf {
    let here = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    here.parent().map_or(here.clone(), PathBuf::from)
}
