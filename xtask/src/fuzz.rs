//! `cargo xtask fuzz` and `cargo xtask swarm`: hostile texts for the readers, random small worlds for the engine.
//!
//! Both run longer than a test should; `docs/fuzzing.md` keeps what they have found. What they hold to stands in `callup-fuzz` and in the
//! tests of `callup-sim`.

use std::fs;
use std::path::Path;
use std::process::Command;

/// Fails where the lock file of the fuzz targets is not that of their dependencies: the fuzzer's tool has no word for it, and would change the file
/// and build with what it finds.
pub const LOCK_FILE_FITS: &[&str] = &["tree", "--locked", "--manifest-path", "fuzz/Cargo.toml", "--depth", "0"];
/// Minutes of processor time for each target when none are given.
const MINUTES: f64 = 10.0;
/// What the fuzzer is told: memory and (should nothing come back) time.
const LIMITS: [&str; 3] = ["-rss_limit_mb=2048", "-timeout=900", "-print_final_stats=1"];
/// The fuzzer knows only the clock on the wall: on a busy machine it is started again for what is missing of its processor time, for at least so
/// many seconds, as each start reads the shipped laws and what was found before.
const LEAST_SECONDS: u64 = 60;
/// Longest input, bytes: a text, or the save of a small run with room to grow.
const TEXT_BYTES_MAX: &str = "-max_len=65536";
const SAVE_BYTES_MAX: &str = "-max_len=262144";

/// Fuzzes one target or all, one after another.
pub fn fuzz(root: &Path, arguments: &[String]) -> Result<(), String> {
    let known = targets(root)?;
    let (chosen, minutes) = read(arguments, &known)?;
    install(root)?;
    cargo(root, &["run", "--release", "--locked", "--package", "callup-fuzz", "--bin", "fuzz-seeds", "--", "fuzz"])?;
    cargo(root, LOCK_FILE_FITS)?;
    cargo(root, &["fuzz", "build", "--sanitizer", "none"])?;
    let wanted = (minutes * 60.0).ceil() as u64;
    for target in chosen {
        let before = processor_seconds();
        let mut spent = 0;
        loop {
            run(root, &target, wanted.saturating_sub(spent).max(LEAST_SECONDS.min(wanted)))?;
            let now = processor_seconds().saturating_sub(before);
            if now >= wanted || now == spent {
                spent = now;
                break;
            }
            spent = now;
        }
        if spent >= wanted {
            println!("{target}: {} minutes of processor time without a finding", spent / 60);
        } else {
            println!(
                "{target}: {} minutes by the clock without a finding; this system tells no processor time",
                wanted / 60
            );
        }
    }
    Ok(())
}

/// Runs one target for so many seconds by the clock; for 0 the fuzzer would never end.
fn run(root: &Path, target: &str, seconds: u64) -> Result<(), String> {
    let seconds = format!("-max_total_time={}", seconds.max(1));
    let words = format!("-dict=fuzz/{target}.dict");
    let longest = if target == "snapshot" { SAVE_BYTES_MAX } else { TEXT_BYTES_MAX };
    let mut line = vec!["fuzz", "run", "--sanitizer", "none", target, "--", &seconds, &words, longest];
    line.extend(LIMITS);
    cargo(root, &line)
}

/// Runs the swarm with every assertion on; its arguments are its own (`crates/callup-sim/tests/swarm/arguments.rs`).
pub fn swarm(root: &Path, arguments: &[String]) -> Result<(), String> {
    let mut line = vec!["test", "--profile", "swarm", "--locked", "--package", "callup-sim", "--test", "swarm", "--"];
    line.extend(arguments.iter().map(String::as_str));
    if !arguments.iter().any(|word| word == "--minutes" || word == "--count") {
        line.extend(["--minutes", "10"]);
    }
    cargo(root, &line)
}

/// Names of the targets, one a wrapper.
fn targets(root: &Path) -> Result<Vec<String>, String> {
    let folder = root.join("fuzz/fuzz_targets");
    let entries = fs::read_dir(&folder).map_err(|error| format!("cannot read {}: {error}", folder.display()))?;
    let names = entries.flatten().map(|entry| entry.path());
    let stem = |path: std::path::PathBuf| path.file_stem().map(|stem| stem.to_string_lossy().into_owned());
    let mut names: Vec<String> = names.filter_map(stem).collect();
    names.sort();
    Ok(names)
}

/// `[TARGET] [--minutes N]`
fn read(arguments: &[String], known: &[String]) -> Result<(Vec<String>, f64), String> {
    let (mut chosen, mut minutes) = (known.to_vec(), MINUTES);
    let mut words = arguments.iter();
    while let Some(word) = words.next() {
        if word == "--minutes" {
            let number = words.next().and_then(|number| number.parse().ok()).filter(|number| *number > 0.0);
            minutes = number.ok_or("--minutes needs a number above 0")?;
        } else if known.contains(word) {
            chosen = vec![word.clone()];
        } else {
            return Err(format!("there is no target `{word}`; there are {}", known.join(", ")));
        }
    }
    Ok((chosen, minutes))
}

/// Installs cargo-fuzz if it is not there.
fn install(root: &Path) -> Result<(), String> {
    let there = Command::new(env!("CARGO")).args(["fuzz", "--version"]).current_dir(root).output();
    if there.is_ok_and(|output| output.status.success()) {
        return Ok(());
    }
    eprintln!("cargo-fuzz is not installed; installing it from crates.io (`cargo install cargo-fuzz --locked`)");
    cargo(root, &["install", "cargo-fuzz", "--locked"])
}

fn cargo(root: &Path, arguments: &[&str]) -> Result<(), String> {
    eprintln!("== cargo {}", arguments.join(" "));
    let status = Command::new(env!("CARGO")).args(arguments).current_dir(root).status();
    let status = status.map_err(|error| format!("cannot start cargo: {error}"))?;
    if status.success() { Ok(()) } else { Err(format!("cargo {} failed ({status})", arguments.join(" "))) }
}

/// Processor time of the processes started here that have ended, seconds; 0 where the system does not tell it as Linux does.
fn processor_seconds() -> u64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // The name of the program stands in brackets and may hold blanks; the times of ended children are the 14th and 15th word behind it, in
    // hundredths of a second.
    let words = stat.rsplit(')').next().unwrap_or_default().split_whitespace();
    words.skip(13).take(2).filter_map(|word| word.parse::<u64>().ok()).sum::<u64>() / 100
}
