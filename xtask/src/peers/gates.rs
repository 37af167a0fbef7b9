//! What callup aims at, as thresholds over the measured ratios: met, missed or not measured. A threshold is never an assertion in a test.

use super::report::Row;

/// One line of the table of aims.
pub struct Aim {
    /// What is compared.
    pub what: String,
    /// The measured figure, with its unit.
    pub measured: Option<f64>,
    /// To be reached.
    pub gate: f64,
    /// To be hoped for.
    pub stretch: f64,
    /// Whether the figure must lie below.
    pub at_most: bool,
    /// What stands behind figures.
    pub unit: &'static str,
}

impl Aim {
    /// Whether a threshold is kept.
    pub fn keeps(&self, threshold: f64) -> Option<bool> {
        self.measured.map(|measured| if self.at_most { measured <= threshold } else { measured >= threshold })
    }
}

/// Name of the peer, its engine in words, size in people, gate, stretch: how many times faster callup has to be.
const FASTER: [(&str, &str, u64, f64, f64); 9] = [
    ("ixa", "ixa", 1_000_000, 20.0, 40.0),
    ("ixa", "ixa", 10_000_000, 40.0, 70.0),
    ("krabmaga", "krABMaga", 1_000_000, 20.0, 40.0),
    ("krabmaga", "krABMaga", 10_000_000, 40.0, 70.0),
    ("nexosim", "nexosim", 1_000_000, 20.0, 40.0),
    ("nexosim", "nexosim", 10_000_000, 40.0, 70.0),
    ("numba-daily", "Numba, daily step", 10_000_000, 4.0, 6.0),
    ("numpy-daily", "NumPy, daily step", 10_000_000, 10.0, 15.0),
    ("numpy-lives", "NumPy, whole lives", 10_000_000, 1.0, 2.0),
];

const CALENDAR_SIZES: [u64; 2] = [10_000_000, 30_000_000];
const CALENDAR_RATIO: (f64, f64) = (3.0, 1.5);
const BYTES_A_PERSON: (f64, f64) = (40.0, 24.0);
/// What a run may take whatever its size.
const FIXED_BYTES: f64 = 50.0 * 1024.0 * 1024.0;
const THREADS_GAIN: (f64, f64) = (1.5, 1.8);
/// Below this the fixed part of a run hides what a person takes.
const MEMORY_PEOPLE: u64 = 1_000_000;

/// Every aim with what was measured for it. `threads_gain`: wall time on one thread over that on two, at 30 million people.
pub fn aims(rows: &[Row], threads_gain: Option<f64>) -> Vec<Aim> {
    let ratio =
        |name: &str, people: u64| rows.iter().find(|row| row.name == name && row.people == people).map(Row::ratio);
    let mut aims: Vec<Aim> = CALENDAR_SIZES
        .iter()
        .map(|people| Aim {
            what: format!("against the hand-written calendar, same barrier, {} million", people / 1_000_000),
            measured: ratio("calendar", *people),
            gate: CALENDAR_RATIO.0,
            stretch: CALENDAR_RATIO.1,
            at_most: true,
            unit: "times its CPU time",
        })
        .collect();
    aims.extend(FASTER.iter().map(|(name, engine, people, gate, stretch)| Aim {
        what: format!("against {engine}, {} million", people / 1_000_000),
        measured: ratio(name, *people).map(|ratio| 1.0 / ratio),
        gate: *gate,
        stretch: *stretch,
        at_most: false,
        unit: "times faster",
    }));
    aims.push(Aim {
        what: "two threads over one, 30 million".to_string(),
        measured: threads_gain,
        gate: THREADS_GAIN.0,
        stretch: THREADS_GAIN.1,
        at_most: false,
        unit: "times sooner done",
    });
    aims.push(Aim {
        what: "memory, over 50 MiB for the run itself".to_string(),
        measured: memory(rows),
        gate: BYTES_A_PERSON.0,
        stretch: BYTES_A_PERSON.1,
        at_most: true,
        unit: "bytes a person",
    });
    aims
}

/// Bytes a person at the largest size.
fn memory(rows: &[Row]) -> Option<f64> {
    let largest = rows.iter().filter(|row| row.people >= MEMORY_PEOPLE).max_by_key(|row| row.people)?;
    let (people, bytes) = largest.callup_memory();
    Some((bytes - FIXED_BYTES).max(0.0) / people)
}
