//! The steps of `cargo xtask test` and `cargo xtask long`, in order. A step is a command line; the first that fails ends the run.
//!
//! All steps share one target folder. Nothing outside cargo is needed, but for the page: Node and Chromium.

use std::path::Path;
use std::process::Command;

/// What a step needs: its name for people, the arguments for cargo, and extra environment.
struct Step {
    name: &'static str,
    arguments: &'static [&'static str],
    environment: &'static [(&'static str, &'static str)],
}

const STEPS: &[Step] = &[
    Step { name: "format", arguments: &["fmt", "--all", "--check"], environment: &[] },
    Step {
        name: "lint",
        arguments: &["clippy", "--workspace", "--all-targets", "--locked", "--", "-D", "warnings"],
        environment: &[],
    },
    Step {
        name: "documentation",
        arguments: &["doc", "--workspace", "--no-deps", "--locked"],
        environment: &[("RUSTDOCFLAGS", "-D warnings")],
    },
    // One failure must not hide the others: whoever reads the log sees all that is to be mended.
    Step { name: "tests", arguments: &["test", "--workspace", "--locked", "--no-fail-fast"], environment: &[] },
    Step { name: "the lock file of the fuzz targets", arguments: crate::fuzz::LOCK_FILE_FITS, environment: &[] },
    Step { name: "the shipped laws", arguments: &["run", "--release", "--locked", "--", "lint"], environment: &[] },
    Step {
        name: "a small run of the flagship, as the README starts it",
        arguments: &["run", "--release", "--locked", "--", "run", "--scale", "0.01", "--quiet"],
        environment: &[],
    },
];

/// What takes too long for every change: tests that are marked so, each with its reason.
const LONG: &[Step] = &[
    Step {
        name: "long tests",
        arguments: &["test", "--workspace", "--locked", "--", "--ignored", "--skip", "hundred_thousand"],
        environment: &[],
    },
    Step {
        name: "explain, the step and the naive interpreter on a hundred thousand cases of every shipped law",
        arguments: &[
            "test",
            "--release",
            "-p",
            "callup-naive",
            "--test",
            "shipped",
            "--locked",
            "--",
            "--ignored",
            "--nocapture",
        ],
        environment: &[],
    },
];

/// Runs every step that must pass before a change lands.
pub fn test(root: &Path) -> Result<(), String> {
    crate::tidy::report(root)?;
    run_all(root, STEPS)?;
    crate::web::web(root)
}

/// Runs every step that takes long.
pub fn long(root: &Path) -> Result<(), String> {
    run_all(root, LONG)
}

fn run_all(root: &Path, steps: &[Step]) -> Result<(), String> {
    for step in steps {
        run(root, step)?;
    }
    println!("every step passed");
    Ok(())
}

fn run(root: &Path, step: &Step) -> Result<(), String> {
    eprintln!("== {}: cargo {}", step.name, step.arguments.join(" "));
    let status = Command::new(env!("CARGO"))
        .args(step.arguments)
        .envs(step.environment.iter().copied())
        .current_dir(root)
        .status()
        .map_err(|error| format!("cannot start cargo for the step `{}`: {error}", step.name))?;
    if status.success() { Ok(()) } else { Err(format!("the step `{}` failed ({status})", step.name)) }
}
