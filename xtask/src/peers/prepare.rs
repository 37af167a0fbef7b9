//! Builds the programs with the same flags, makes the Python environment, and starts what is ready.
//!
//! What cannot be built or installed is left out with its reason.

use super::measure::{self, Usage};
use super::roster::{Peer, Program};
use crate::dependencies::sha256_hex;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The seed of every run: later rounds repeat the first.
const SEED: &str = "1";
/// Scale of the run that tells how many people stand for a scale of 1.
const PROBE_SCALE: f64 = 0.001;

/// The example of callup that prints its daily table as peers print theirs.
const TABLE_READER: &str = "reference_table";

/// A peer's name in the table and why it has no figure.
pub type LeftOut = (String, String);

/// Where things are built and run.
pub struct Workshop {
    root: PathBuf,
    /// The project's target folder.
    target: PathBuf,
    /// People at scale 1.
    people_at_full_scale: f64,
}

impl Workshop {
    /// Builds callup, the calendar and the reader of callup's table, which all else is held against.
    pub fn new(root: &Path) -> Result<Workshop, String> {
        let target = std::env::var_os("CARGO_TARGET_DIR").map_or(root.join("target"), PathBuf::from);
        let mut workshop = Workshop { root: root.to_path_buf(), target, people_at_full_scale: 0.0 };
        fs::create_dir_all(workshop.place()).map_err(|error| format!("{}: {error}", workshop.place().display()))?;
        let manifest = root.join("Cargo.toml");
        workshop.cargo(&manifest, &workshop.target, &["--package", "callup", "--bin", "callup"])?;
        workshop.cargo(&manifest, &workshop.target, &["--package", "callup", "--example", TABLE_READER])?;
        workshop.build("peer-calendar")?;
        let (probe, _) = workshop.run_scale(PROBE_SCALE, 1)?;
        workshop.people_at_full_scale = probe.people as f64 / PROBE_SCALE;
        Ok(workshop)
    }

    /// Those that can be run, and those that cannot with the reason.
    pub fn prepare(&self, peers: Vec<Peer>) -> Result<(Vec<Peer>, Vec<LeftOut>), String> {
        let wants_python = peers.iter().any(|peer| matches!(peer.program, Program::Python(_)));
        let python = if wants_python { self.python_environment() } else { Ok(()) };
        let mut ready = Vec::new();
        let mut left_out = Vec::new();
        for peer in peers {
            let made = match peer.program {
                Program::Rust(package) => self.build(package),
                Program::Python(_) => python.clone(),
            };
            match made {
                Ok(()) => ready.push(peer),
                Err(reason) => left_out.push((peer.engine.to_string(), reason)),
            }
        }
        Ok((ready, left_out))
    }

    /// Runs a peer on one thread.
    pub fn run_peer(&self, peer: &Peer, people: u64) -> Result<(Usage, String), String> {
        let mut command = match peer.program {
            Program::Rust(package) => Command::new(self.place().join("release").join(package)),
            Program::Python(script) => {
                let mut command = Command::new(self.interpreter());
                command.arg(self.sources().join("python").join(script));
                command.env("PYTHONPYCACHEPREFIX", self.place().join("pycache"));
                command
            }
        };
        measure::run(command.arg(people.to_string()).arg(SEED), &self.log())
    }

    /// Runs the calendar, which alone of the peers takes a barrier and a number of threads.
    pub fn run_threads(&self, peer: &Peer, people: u64, threads: usize) -> Result<(Usage, String), String> {
        let Program::Rust(package) = peer.program else { return Err(format!("{} has one thread", peer.name)) };
        let mut command = Command::new(self.place().join("release").join(package));
        measure::run(command.args([&people.to_string(), SEED, "7", &threads.to_string()]), &self.log())
    }

    /// Runs callup with about so many people; what it "prints" is read out of its daily table afterwards, outside the measuring.
    pub fn run_callup(&self, people: u64, threads: usize) -> Result<(Usage, String), String> {
        self.run_scale((people as f64 / self.people_at_full_scale).min(1.0), threads)
    }

    fn run_scale(&self, scale: f64, threads: usize) -> Result<(Usage, String), String> {
        let folder = self.place().join("run");
        if folder.exists() {
            fs::remove_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        }
        let mut command = Command::new(self.target.join("release").join("callup"));
        command.args(["run", "reference-r1", "--quiet", "--seed", SEED, "--scale", &scale.to_string()]);
        command.args(["--threads", &threads.to_string(), "--out"]).arg(&folder);
        let (usage, _) = measure::run(&mut command, &self.log())?;
        let mut reader = Command::new(self.target.join("release").join("examples").join(TABLE_READER));
        let (_, printed) = measure::run(reader.arg(folder.join("daily.parquet")).arg(SEED), &self.log())?;
        let people = super::summary::read(&printed)?.people;
        Ok((Usage { people, ..usage }, printed))
    }

    /// Keeps the tables as far as they are, should a long run be broken off.
    pub fn keep(&self, text: &str) -> Result<(), String> {
        let path = self.place().join("report.md");
        fs::write(&path, text).map_err(|error| format!("{}: {error}", path.display()))
    }

    /// The interpreter's own word for its version.
    pub fn python_version(&self) -> Option<String> {
        output(Command::new(self.interpreter()).arg("--version")).ok()
    }

    fn place(&self) -> PathBuf {
        self.target.join("peers")
    }

    fn log(&self) -> PathBuf {
        self.place().join("stderr.log")
    }

    fn sources(&self) -> PathBuf {
        self.root.join("benches").join("peers")
    }

    fn interpreter(&self) -> PathBuf {
        self.place().join("venv").join("bin").join("python")
    }

    fn build(&self, package: &str) -> Result<(), String> {
        self.cargo(&self.sources().join("Cargo.toml"), &self.place(), &["--package", package])
    }

    fn cargo(&self, manifest: &Path, target: &Path, what: &[&str]) -> Result<(), String> {
        eprintln!("== build {}", what.join(" "));
        let mut command = Command::new(env!("CARGO"));
        command.args(["build", "--release", "--locked", "--quiet"]).args(what).arg("--manifest-path");
        output(command.arg(manifest).arg("--target-dir").arg(target)).map(|_| ())
    }

    /// Makes the environment anew unless it was made from the same list.
    fn python_environment(&self) -> Result<(), String> {
        let list = self.sources().join("python").join("requirements.txt");
        let wanted = fs::read(&list).map_err(|error| format!("{}: {error}", list.display()))?;
        let (wanted, stamp) = (sha256_hex(&wanted), self.place().join("venv").join("made-from"));
        if fs::read_to_string(&stamp).is_ok_and(|made| made == wanted) {
            return Ok(());
        }
        eprintln!("== install the Python packages");
        let python = std::env::var("PYTHON").unwrap_or("python3".to_string());
        output(Command::new(&python).args(["-m", "venv", "--clear"]).arg(self.place().join("venv")))?;
        let mut pip = Command::new(self.interpreter());
        output(
            pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement"]).arg(&list),
        )?;
        fs::write(&stamp, wanted).map_err(|error| format!("{}: {error}", stamp.display()))
    }
}

/// Runs a command to its end; the error is its last word.
fn output(command: &mut Command) -> Result<String, String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let done = command.output().map_err(|error| format!("cannot start {name}: {error}"))?;
    if done.status.success() {
        return Ok(String::from_utf8_lossy(&done.stdout).trim().to_string());
    }
    let said = String::from_utf8_lossy(&done.stderr);
    let error = said.lines().find(|line| line.to_lowercase().starts_with("error")).or(said.lines().last());
    Err(format!("{name}: {}", error.unwrap_or("failed without a message")))
}
