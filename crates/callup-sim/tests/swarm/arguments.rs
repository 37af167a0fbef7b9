//! The swarm's command line: which worlds, how many or how long, what to leave out of them.

use crate::trim::Trim;

/// Worlds that `cargo test` runs.
const COUNT: u64 = 24;

/// What was asked for.
pub struct Arguments {
    /// Number of the first world.
    pub first: u64,
    /// How many worlds.
    pub count: u64,
    /// How long instead, minutes.
    pub minutes: Option<f64>,
    /// What is left out of every world.
    pub trim: Trim,
    /// Whether to look for a smaller world behind each failure.
    pub shrinks: bool,
    /// Failures after which to stop.
    pub failures_max: u32,
}

impl Arguments {
    /// Reads the words behind the program's name. `None` if a test runner asks for other tests.
    pub fn read(mut words: impl Iterator<Item = String>) -> Result<Option<Arguments>, String> {
        let mut read =
            Arguments { first: 0, count: COUNT, minutes: None, trim: Trim::default(), shrinks: false, failures_max: 1 };
        while let Some(word) = words.next() {
            let mut value = || words.next().ok_or_else(|| format!("{word} needs a value"));
            match word.as_str() {
                "--seed" => read.first = number(&word, &value()?)?,
                "--count" => read.count = number(&word, &value()?)?,
                "--minutes" => read.minutes = Some(number(&word, &value()?)?),
                "--trim" => read.trim = value()?.parse()?,
                "--failures" => read.failures_max = number(&word, &value()?)?,
                "--shrink" => read.shrinks = true,
                // A runner of tests that lists or filters speaks to every test binary alike.
                "--list" => return Ok(None),
                other if !other.starts_with('-') && !"swarm".contains(other) => return Ok(None),
                _ => {}
            }
        }
        Ok(Some(read))
    }
}

fn number<T: std::str::FromStr>(word: &str, value: &str) -> Result<T, String> {
    value.parse().map_err(|_| format!("{word}: `{value}` is not a number"))
}
