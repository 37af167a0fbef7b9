//! The page of `web/`: its packages, its types, its tests, its bytes beside the committed ones, and the browser.
//!
//! It calls npm and knows nothing of the page. Who only builds the program needs none of this: the built page is committed.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus};

/// Name for people and arguments of npm.
type Step = (&'static str, &'static [&'static str]);

const STEPS: [Step; 5] = [
    ("packages of the page", &["ci", "--no-audit", "--no-fund"]),
    ("types of the page", &["run", "check"]),
    ("the committed page is what the sources build", &["run", "check-built"]),
    ("pure parts of the page", &["test"]),
    ("the page in a browser", &["run", "browser"]),
];

/// Builds the program that the last step walks through, then runs every step in `web/`; the first that fails ends the run.
pub fn web(root: &Path) -> Result<(), String> {
    let program = program(root)?;
    for (name, arguments) in STEPS {
        eprintln!("== {name}: npm {}", arguments.join(" "));
        let status = Command::new("npm")
            .args(arguments)
            .env("CALLUP", &program)
            .current_dir(root.join("web"))
            .status()
            .map_err(|error| format!("cannot start npm for the step `{name}`: {error}; .ci/run installs Node"))?;
        passed(name, status)?;
    }
    println!("the page is as it should be");
    Ok(())
}

/// The program, built as the README has it built.
fn program(root: &Path) -> Result<PathBuf, String> {
    let name = "the program";
    let build = ["build", "--release", "--locked", "--package", "callup"];
    eprintln!("== {name}: cargo {}", build.join(" "));
    let status = Command::new(env!("CARGO"))
        .args(build)
        .current_dir(root)
        .status()
        .map_err(|error| format!("cannot start cargo for the step `{name}`: {error}"))?;
    passed(name, status)?;
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), |dir| root.join(dir));
    Ok(target.join("release/callup"))
}

fn passed(name: &str, status: ExitStatus) -> Result<(), String> {
    if status.success() { Ok(()) } else { Err(format!("the step `{name}` failed ({status})")) }
}
