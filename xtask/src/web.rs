//! The page of `web/`: its packages, its types, its tests, its bytes beside the committed ones, and the browser.
//!
//! It calls npm and knows nothing of the page. Who only builds the program needs none of this: the built page is committed.

use std::path::Path;
use std::process::Command;

/// Name for people and arguments of npm.
type Step = (&'static str, &'static [&'static str]);

const STEPS: [Step; 5] = [
    ("packages of the page", &["ci", "--no-audit", "--no-fund"]),
    ("types of the page", &["run", "check"]),
    ("the committed page is what the sources build", &["run", "check-built"]),
    ("pure parts of the page", &["test"]),
    ("the page in a browser", &["run", "browser"]),
];

/// Runs every step in `web/`; the first that fails ends the run.
pub fn web(root: &Path) -> Result<(), String> {
    for (name, arguments) in STEPS {
        eprintln!("== {name}: npm {}", arguments.join(" "));
        let status = Command::new("npm")
            .args(arguments)
            .current_dir(root.join("web"))
            .status()
            .map_err(|error| format!("cannot start npm for the step `{name}`: {error}; .ci/run installs Node"))?;
        if !status.success() {
            return Err(format!("the step `{name}` failed ({status})"));
        }
    }
    println!("the page is as it should be");
    Ok(())
}
