//! The measured rounds as Markdown: engines, aims, machine and day; and the place in the book where it goes.

use super::expectation::Expected;
use super::gates::{self, Aim};
use super::measure::{Round, Usage, median};
use super::options::Options;
use super::prepare::{LeftOut, Workshop};
use super::roster::Peer;
use std::fmt::Write;
use std::path::Path;
use std::process::Command;

const BEGIN: &str = "<!-- peers: begin (written by `cargo xtask peers --write`) -->";
const END: &str = "<!-- peers: end -->";
const BOOK: &str = "docs/performance.md";
const MIB: f64 = 1024.0 * 1024.0;

/// One peer at one size.
pub struct Row {
    /// Name on the command line.
    pub name: &'static str,
    engine: &'static str,
    people_meet: &'static str,
    /// Size in people.
    pub people: u64,
    rounds: Vec<Round>,
}

impl Row {
    /// callup's CPU time over the peer's, for the same number of people: ratio of medians.
    pub fn ratio(&self) -> f64 {
        let each = |usage: fn(&Round) -> &Usage| median(self.rounds.iter().map(|round| per_person(usage(round))));
        each(|round| &round.callup) / each(|round| &round.peer)
    }

    /// The smallest and largest ratio of a round.
    fn range(&self) -> (f64, f64) {
        let ratios = self.rounds.iter().map(|round| per_person(&round.callup) / per_person(&round.peer));
        ratios.fold((f64::INFINITY, 0.0), |(least, most), ratio| (ratio.min(least), ratio.max(most)))
    }

    /// callup's people and largest resident set.
    pub fn callup_memory(&self) -> (f64, f64) {
        let bytes = median(self.rounds.iter().map(|round| round.callup.peak_bytes as f64));
        (self.rounds.first().map_or(f64::NAN, |round| round.callup.people as f64), bytes)
    }
}

fn per_person(usage: &Usage) -> f64 {
    usage.cpu_s / usage.people as f64
}

/// Pairs of one thread and several, with the engine's name.
pub type Threads = Vec<(String, Vec<(Usage, Usage)>)>;

/// Everything that is said in the end.
pub struct Report {
    rows: Vec<Row>,
    /// Who has no figure, and why.
    pub left_out: Vec<LeftOut>,
    /// One thread and several.
    pub threads: Threads,
    head: String,
    /// Threads held against one and their size in people.
    threads_of: (usize, u64),
    events_per_person: f64,
}

impl Report {
    /// The machine and the day; no figures yet.
    pub fn new(workshop: &Workshop, options: &Options, load: Option<f64>) -> Report {
        let shared = if load.is_some_and(|load| load >= 1.0) {
            "Other work shared the machine all the while: seconds say little, the ratios within a round more. "
        } else {
            ""
        };
        let load = load.map_or("unknown".to_string(), |load| format!("{load:.2}"));
        let date = Command::new("date").args(["-u", "+%Y-%m-%d"]).output().ok();
        let day =
            date.map_or("an unknown day".to_string(), |date| String::from_utf8_lossy(&date.stdout).trim().to_string());
        let python = workshop.python_version().map_or(String::new(), |version| format!(", {version}"));
        let head = format!(
            "Measured on {day}: {}{python}. Processes waiting before the start: {load}. {shared}Medians of up to {} rounds, as many as the last column says; a round is the peer, the \
             calendar and callup one after the other, each one process on one thread with everything it does, starting, compiling and \
             writing included. Totals, ten days of the nation and a day of every region agreed with the exact expectation \
             before a time was shown.",
            machine(),
            options.pairs
        );
        let threads_of = (options.threads.unwrap_or(1), options.people_of_threads());
        let events_per_person = Expected::new().events_per_person();
        Report { rows: Vec::new(), left_out: Vec::new(), threads: Vec::new(), head, threads_of, events_per_person }
    }

    /// Adds a peer's rounds.
    pub fn measured(&mut self, peer: &Peer, people: u64, rounds: Vec<Round>) {
        let Peer { name, engine, people_meet, .. } = *peer;
        self.rows.push(Row { name, engine, people_meet, people, rounds });
    }

    /// The whole text.
    pub fn render(&self) -> String {
        let mut text = format!("{}\n\n{}", self.head, self.engines());
        if !self.left_out.is_empty() {
            text.push_str("\nWithout a figure:\n\n");
            for (engine, reason) in &self.left_out {
                let _ = writeln!(text, "- {engine}: {reason}");
            }
        }
        if !self.threads.is_empty() {
            let _ = write!(text, "\n{}", self.threads_table());
        }
        let _ = write!(text, "\n{}", aims_table(&gates::aims(&self.rows, self.threads_gain())));
        text
    }

    fn engines(&self) -> String {
        let mut text = "| engine | people can meet | people, million | CPU, s | million events a CPU s | memory, MB | beside it, s: calendar | callup | callup / peer (range) | rounds |\n\
                        |---|---|---|---|---|---|---|---|---|---|\n"
            .to_string();
        for people in self.sizes() {
            let rows: Vec<&Row> = self.rows.iter().filter(|row| row.people == people).collect();
            let ours: Vec<&Usage> = rows.iter().flat_map(|row| row.rounds.iter().map(|round| &round.callup)).collect();
            let _ = writeln!(
                text,
                "| callup, law `reference_r1` | yes | {} | - | - | - | {} |",
                self.cells(people, &ours),
                ours.len()
            );
            for row in rows {
                let theirs: Vec<&Usage> = row.rounds.iter().map(|round| &round.peer).collect();
                let beside =
                    |usage: fn(&Round) -> &Usage| figure(median(row.rounds.iter().map(|round| usage(round).cpu_s)));
                let (calendar, callup) = (beside(|round| &round.calendar), beside(|round| &round.callup));
                let (least, most) = row.range();
                let ratio = format!("{} ({} to {})", figure(row.ratio()), figure(least), figure(most));
                let cells = self.cells(people, &theirs);
                let _ = writeln!(
                    text,
                    "| {} | {} | {cells} | {calendar} | {callup} | {ratio} | {} |",
                    row.engine,
                    row.people_meet,
                    row.rounds.len()
                );
            }
        }
        text
    }

    /// Size, CPU time, events a CPU second, memory.
    fn cells(&self, people: u64, usages: &[&Usage]) -> String {
        let cpu_s = median(usages.iter().map(|usage| usage.cpu_s));
        let events =
            median(usages.iter().map(|usage| usage.people as f64 * self.events_per_person / usage.cpu_s / 1e6));
        let memory = median(usages.iter().map(|usage| usage.peak_bytes as f64 / MIB));
        format!("{} | {} | {} | {memory:.0}", people as f64 / 1e6, figure(cpu_s), figure(events))
    }

    fn sizes(&self) -> Vec<u64> {
        let mut sizes: Vec<u64> = self.rows.iter().map(|row| row.people).collect();
        sizes.sort_unstable();
        sizes.dedup();
        sizes
    }

    fn threads_table(&self) -> String {
        let (threads, people) = self.threads_of;
        let mut text = format!(
            "| {} million people | wall, s: 1 thread | {threads} threads | gain (range) | CPU, s: 1 thread | {threads} threads |\n|---|---|---|---|---|---|\n",
            people as f64 / 1e6
        );
        for (engine, pairs) in &self.threads {
            let of = |value: fn(&(Usage, Usage)) -> f64| median(pairs.iter().map(value));
            let gains = pairs.iter().map(|(one, several)| one.wall_s / several.wall_s);
            let (least, most) =
                gains.fold((f64::INFINITY, 0.0_f64), |(least, most), gain| (gain.min(least), gain.max(most)));
            let _ = writeln!(
                text,
                "| {engine} | {} | {} | {} ({} to {}) | {} | {} |",
                figure(of(|(one, _)| one.wall_s)),
                figure(of(|(_, several)| several.wall_s)),
                figure(gain(pairs)),
                figure(least),
                figure(most),
                figure(of(|(one, _)| one.cpu_s)),
                figure(of(|(_, several)| several.cpu_s)),
            );
        }
        text
    }

    /// callup's gain, if it was measured as the aim has it.
    fn threads_gain(&self) -> Option<f64> {
        let (_, pairs) = self.threads.first()?;
        (self.threads_of == (2, 30_000_000)).then(|| gain(pairs))
    }
}

fn gain(pairs: &[(Usage, Usage)]) -> f64 {
    median(pairs.iter().map(|(one, _)| one.wall_s)) / median(pairs.iter().map(|(_, several)| several.wall_s))
}

fn aims_table(aims: &[Aim]) -> String {
    let mut text = "| aim | measured | gate | | stretch | |\n|---|---|---|---|---|---|\n".to_string();
    for aim in aims {
        let measured =
            aim.measured.map_or("not measured".to_string(), |measured| format!("{} {}", figure(measured), aim.unit));
        let sign = if aim.at_most { "<=" } else { ">=" };
        let word = |threshold: f64| match aim.keeps(threshold) {
            None => "-",
            Some(true) => "met",
            Some(false) => "missed",
        };
        let (gate, stretch) = (word(aim.gate), word(aim.stretch));
        let _ = writeln!(
            text,
            "| {} | {measured} | {sign} {} | {gate} | {sign} {} | {stretch} |",
            aim.what, aim.gate, aim.stretch
        );
    }
    text
}

/// Two to three digits that mean something.
fn figure(value: f64) -> String {
    match value {
        value if !value.is_finite() => "-".to_string(),
        value if value >= 99.5 => format!("{value:.0}"),
        value if value >= 9.95 => format!("{value:.1}"),
        value if value >= 0.995 => format!("{value:.2}"),
        value => format!("{value:.3}"),
    }
}

/// Processor, cores and memory, as far as the system says.
fn machine() -> String {
    let read = |path: &str| std::fs::read_to_string(path).unwrap_or_default();
    let field = |text: &str, name: &str| {
        let line = text.lines().find(|line| line.starts_with(name))?;
        Some(line.split(':').nth(1)?.trim().to_string())
    };
    let cpu = field(&read("/proc/cpuinfo"), "model name").unwrap_or("unknown processor".to_string());
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let memory = field(&read("/proc/meminfo"), "MemTotal")
        .and_then(|text| text.split(' ').next()?.parse::<f64>().ok())
        .map_or("unknown memory".to_string(), |kib| format!("{:.0} GiB", kib / MIB));
    format!("{cpu}, {cores} cores, {memory}")
}

/// Puts the text between the markers of the book.
pub fn write(root: &Path, text: &str) -> Result<(), String> {
    let path = root.join(BOOK);
    let book = std::fs::read_to_string(&path).map_err(|error| format!("{BOOK}: {error}"))?;
    let book = between(&book, text).ok_or(format!("{BOOK} has no place for the tables: {BEGIN} ... {END}"))?;
    std::fs::write(&path, book).map_err(|error| format!("{BOOK}: {error}"))
}

/// The book with the text between its markers.
pub fn between(book: &str, text: &str) -> Option<String> {
    let (before, rest) = book.split_once(BEGIN)?;
    let (_, after) = rest.split_once(END)?;
    Some(format!("{before}{BEGIN}\n\n{}\n\n{END}{after}", text.trim_end()))
}
