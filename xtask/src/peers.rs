//! `cargo xtask peers`: the reference model R1 in callup's law language beside the engines people would otherwise pick.
//!
//! Everything is built alike, agreement is checked before any time is shown, and each process runs beside the calendar and callup.
//! It knows programs and their printed line, nothing of any engine.

mod expectation;
mod gates;
mod measure;
mod options;
mod prepare;
mod report;
mod roster;
mod summary;

use expectation::Expected;
use measure::{Round, Usage};
use options::Options;
use prepare::Workshop;
use report::{Report, Threads};
use roster::Peer;
use std::path::Path;
use std::time::Instant;

/// What is said by `cargo xtask peers --help`.
pub const USAGE: &str = options::USAGE;

/// Prepares, measures, prints and, if asked to, writes the table into the book.
pub fn run(root: &Path, words: &[String]) -> Result<(), String> {
    let options = Options::read(words)?;
    let load = measure::load();
    let workshop = Workshop::new(root)?;
    let (peers, left_out) = workshop.prepare(roster::chosen(&options.only)?)?;
    let mut report = Report::new(&workshop, &options, load);
    report.left_out = left_out;
    let (pairs, row_seconds) = (options.pairs, options.row_seconds);
    let bench = Bench { workshop: &workshop, expected: Expected::new(), pairs, row_seconds };
    if let Some(threads) = options.threads {
        report.threads = bench.threads(threads, options.people_of_threads())?;
    }
    for people in &options.people {
        for peer in peers.iter().filter(|peer| peer.takes(*people, &options.people)) {
            let people = peer.people(*people);
            eprintln!("== {} at {people} people", peer.name);
            match bench.compare(peer, people)? {
                Ok(rounds) => report.measured(peer, people, rounds),
                Err(reason) => report.left_out.push((peer.engine.to_string(), reason)),
            }
            workshop.keep(&report.render())?;
        }
    }
    let text = report.render();
    workshop.keep(&text)?;
    println!("{text}");
    if options.write { report::write(root, &text) } else { Ok(()) }
}

/// Runs programs and holds what they print to the expectation.
struct Bench<'a> {
    workshop: &'a Workshop,
    expected: Expected,
    pairs: usize,
    row_seconds: Option<u64>,
}

impl Bench<'_> {
    /// Rounds of peer, calendar and callup. The inner error is a peer without a figure; the outer one stops everything.
    fn compare(&self, peer: &Peer, people: u64) -> Result<Result<Vec<Round>, String>, String> {
        let mut rounds: Vec<Round> = Vec::new();
        let began = Instant::now();
        let is_late = || self.row_seconds.is_some_and(|seconds| began.elapsed().as_secs() >= seconds);
        while rounds.len() < self.pairs && (rounds.is_empty() || !is_late()) {
            let theirs = match self.agreed(rounds.is_empty(), || self.workshop.run_peer(peer, people)) {
                Ok(usage) => usage,
                Err(reason) => return Ok(Err(format!("at {people} people: {reason}"))),
            };
            let yardstick = roster::calendar();
            let calendar = if peer.name == yardstick.name {
                theirs.clone()
            } else {
                self.agreed(rounds.is_empty(), || self.workshop.run_peer(&yardstick, people))
                    .map_err(|reason| format!("the calendar: {reason}"))?
            };
            let callup = self
                .agreed(rounds.is_empty(), || self.workshop.run_callup(people, 1))
                .map_err(|reason| format!("callup: {reason}"))?;
            eprintln!("   {:.2} s, calendar {:.2} s, callup {:.2} s", theirs.cpu_s, calendar.cpu_s, callup.cpu_s);
            rounds.push(Round { peer: theirs, calendar, callup });
        }
        Ok(Ok(rounds))
    }

    /// Runs once; what is printed must agree with the exact expectation (later rounds have the same seed and print the same).
    fn agreed(&self, first: bool, run: impl FnOnce() -> Result<(Usage, String), String>) -> Result<Usage, String> {
        let (usage, printed) = run()?;
        let summary = summary::read(&printed)?;
        if first {
            self.expected.hold(&summary)?;
        }
        Ok(Usage { people: summary.people, ..usage })
    }

    /// One thread and several, alternately: pairs of callup, then of the calendar.
    fn threads(&self, threads: usize, people: u64) -> Result<Threads, String> {
        eprintln!("== {threads} threads over one at {people} people");
        let mut callup = Vec::new();
        let mut calendar = Vec::new();
        let yardstick = roster::calendar();
        let began = Instant::now();
        for pair in 0..self.pairs {
            if pair > 0 && self.row_seconds.is_some_and(|seconds| began.elapsed().as_secs() >= seconds) {
                break;
            }
            let ours = |threads| self.agreed(pair == 0, || self.workshop.run_callup(people, threads));
            callup.push((ours(1)?, ours(threads)?));
            let theirs = |threads| self.agreed(pair == 0, || self.workshop.run_threads(&yardstick, people, threads));
            calendar.push((theirs(1)?, theirs(threads)?));
        }
        Ok(vec![("callup".to_string(), callup), (yardstick.engine.to_string(), calendar)])
    }
}

#[cfg(test)]
mod tests;
