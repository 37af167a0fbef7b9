//! The swarm: small worlds drawn at random, each from one number, lived through with every check on.
//!
//! `cargo test` runs a few; `cargo xtask swarm` runs them for as long as one likes. A failure prints one number and the command that
//! repeats it; `--shrink` looks for a smaller world that fails in the same way.

// The tests' own readings of a run, of which the swarm takes what it needs.
#[allow(dead_code, unused_imports, reason = "only the test binary calls the rest")]
#[path = "../it/grounds.rs"]
mod grounds;
#[allow(dead_code, unused_imports, reason = "only the test binary calls the rest")]
#[path = "../it/lives.rs"]
mod lives;
#[allow(dead_code, unused_imports, reason = "only the test binary calls the rest")]
#[path = "../it/naive.rs"]
mod naive;
#[allow(dead_code, unused_imports, reason = "only the test binary calls the rest")]
#[path = "../it/support.rs"]
mod support;

mod arguments;
mod further;
mod judge;
mod laws;
mod people;
mod shrink;
mod trim;
mod world;

use arguments::Arguments;
use judge::{Lived, judge};
use std::process::ExitCode;
use std::time::{Duration, Instant};
use trim::Trim;

fn main() -> ExitCode {
    let arguments = match Arguments::read(std::env::args().skip(1)) {
        Ok(Some(arguments)) => arguments,
        Ok(None) => return ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            return ExitCode::from(2);
        }
    };
    judge::keep_panics_quiet();
    let started = Instant::now();
    let mut sum = Lived::default();
    let (mut failures, mut slowest) = (0, (Duration::ZERO, arguments.first));
    for seed in arguments.first.. {
        let minutes = started.elapsed().as_secs_f64() / 60.0;
        let enough = arguments.minutes.map_or(seed - arguments.first >= arguments.count, |most| minutes >= most);
        if enough || failures >= arguments.failures_max {
            break;
        }
        let began = Instant::now();
        let judged = judge(seed, &arguments.trim);
        slowest = slowest.max((began.elapsed(), seed));
        match judged {
            Ok(lived) => sum = sum.plus(&lived),
            Err(why) => {
                failures += 1;
                report(seed, &arguments.trim, &why);
                if arguments.shrinks {
                    let (trim, why) = shrink::smaller(seed, &arguments.trim, &why);
                    println!("smaller:");
                    report(seed, &trim, &why);
                }
            }
        }
    }
    println!(
        "{sum}; {failures} failures; the slowest was world {}, {:.1} s by the clock",
        slowest.1,
        slowest.0.as_secs_f64()
    );
    if failures == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn report(seed: u64, trim: &Trim, why: &str) {
    let trimmed = if *trim == Trim::default() { String::new() } else { format!(" --trim {trim}") };
    println!("world {seed} fails: {why}\n  again: cargo xtask swarm --seed {seed} --count 1{trimmed}");
}
