//! The names of the project's commands: `cargo xtask test`, `long`, `fuzz`, `swarm`, `peers`, `tidy`, `map`, `web`. Each is a list of ordinary commands.
//!
//! It knows how to call cargo and nothing of law or simulation.

mod commands;
mod dependencies;
mod fuzz;
mod map;
mod peers;
mod source;
mod tidy;
mod web;

use std::path::PathBuf;
use std::process::ExitCode;

fn main() -> ExitCode {
    let root = root();
    let words: Vec<String> = std::env::args().skip(1).collect();
    let outcome = match words.first().map(String::as_str) {
        Some("test") => commands::test(&root),
        Some("long") => commands::long(&root),
        Some("tidy") => tidy::report(&root),
        Some("map") => map::write(&root),
        Some("web") => web::web(&root),
        Some("peers") if words.iter().any(|word| word == "--help") => {
            println!("{}", peers::USAGE);
            Ok(())
        }
        Some("peers") => peers::run(&root, &words[1..]),
        Some("fuzz") => fuzz::fuzz(&root, &words[1..]),
        Some("swarm") => fuzz::swarm(&root, &words[1..]),
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
  long   what takes too long for every change: fifty kills at spread moments, a nation made at full scale,
         100,000 cases of every shipped law told three ways
  peers  the reference model beside other engines: agreement, CPU time, memory (--help)
  tidy   the rules of the house: heads, lengths, circles, dependencies, sources, code map
  map    write the code map of ARCHITECTURE.md anew from the heads of the files
  web    the page: packages, types, tests, committed bytes, browser (needs Node and Chromium)
  fuzz   [TARGET] [--minutes N]: hostile texts for the readers, guided by coverage, for so long of processor time each
         (installs cargo-fuzz if it is missing)
  swarm  [--minutes N] [--seed S] [--count N] [--shrink]: random small worlds with every check on";

/// The folder of the workspace.
fn root() -> PathBuf {
    let here = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    here.parent().map_or(here.clone(), PathBuf::from)
}
