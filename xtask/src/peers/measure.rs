//! Runs one process and says what it used, by the kernel's own account (wait4). It knows nothing of what is run.

use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;
use wait4::Wait4;

/// What a process used.
#[derive(Clone, Debug)]
pub struct Usage {
    /// User and system time of all its threads, in seconds.
    pub cpu_s: f64,
    /// From start to end, in seconds.
    pub wall_s: f64,
    /// Largest resident set, in bytes.
    pub peak_bytes: u64,
    /// People it said it simulated; 0 until its summary is read.
    pub people: u64,
}

/// A peer, the calendar and callup, one after the other.
#[derive(Clone, Debug)]
pub struct Round {
    /// The peer.
    pub peer: Usage,
    /// The yardstick.
    pub calendar: Usage,
    /// callup.
    pub callup: Usage,
}

/// Variables that keep libraries to one thread and quiet.
const ENVIRONMENT: &[(&str, &str)] = &[
    ("OMP_NUM_THREADS", "1"),
    ("OPENBLAS_NUM_THREADS", "1"),
    ("MKL_NUM_THREADS", "1"),
    ("NUMBA_NUM_THREADS", "1"),
    ("MPLBACKEND", "Agg"),
    ("STARSIM_INSTALL_FONTS", "0"),
    ("PYTHONHASHSEED", "0"),
];

/// Runs the command to its end: what it used and what it printed. Its standard error goes to `log`.
pub fn run(command: &mut Command, log: &Path) -> Result<(Usage, String), String> {
    let name = format!("{:?}", command.get_program());
    let errors = File::create(log).map_err(|error| format!("{}: {error}", log.display()))?;
    command.envs(ENVIRONMENT.iter().copied()).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(errors);
    let started = Instant::now();
    let mut child = command.spawn().map_err(|error| format!("cannot start {name}: {error}"))?;
    let mut printed = String::new();
    let reading = child.stdout.take().map_or(Ok(0), |mut output| output.read_to_string(&mut printed));
    let used = child.wait4().map_err(|error| format!("waiting for {name}: {error}"))?;
    let wall_s = started.elapsed().as_secs_f64();
    reading.map_err(|error| format!("what {name} printed: {error}"))?;
    if !used.status.success() {
        let said = std::fs::read_to_string(log).unwrap_or_default();
        let last: Vec<&str> = said.lines().filter(|line| !line.trim().is_empty()).collect();
        return Err(format!("{} ({})", used.status, last.last().unwrap_or(&"no message")));
    }
    let cpu_s = (used.rusage.utime + used.rusage.stime).as_secs_f64();
    Ok((Usage { cpu_s, wall_s, peak_bytes: used.rusage.maxrss, people: 0 }, printed))
}

/// The middle value.
pub fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    match values.len() {
        0 => f64::NAN,
        length if length % 2 == 1 => values[middle],
        _ => (values[middle - 1] + values[middle]) / 2.0,
    }
}

/// Processes waiting for a processor over the last minute, before anything was started; `None` where the system does not say.
pub fn load() -> Option<f64> {
    std::fs::read_to_string("/proc/loadavg").ok()?.split_whitespace().next()?.parse().ok()
}
