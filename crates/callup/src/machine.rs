//! What only this machine knows: the time of day, the memory a process has used.
//!
//! Nothing here may reach a file other than the receipt.

use callup_law::calendar::Day;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// 1970-01-01, counted from 1900-01-01.
const UNIX_EPOCH_DAY: i32 = 25_567;

/// The time in UTC, to the second: `2026-11-21T08:15:00Z`.
#[must_use]
pub fn utc_now() -> String {
    utc(SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or(Duration::ZERO).as_secs())
}

fn utc(seconds: u64) -> String {
    let day = i32::try_from(seconds / 86_400).map_or(Day::MAX, |days| Day(UNIX_EPOCH_DAY).plus_days(days));
    let (hour, minute, second) = (seconds / 3_600 % 24, seconds / 60 % 60, seconds % 60);
    format!("{day}T{hour:02}:{minute:02}:{second:02}Z")
}

/// Peak memory of this process, bytes, where the system tells (Linux).
#[must_use]
pub fn peak_memory_bytes() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kibibytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kibibytes * 1024)
}

#[cfg(test)]
mod tests {
    use super::utc;

    #[test]
    fn seconds_are_a_time_of_day() {
        assert_eq!(utc(0), "1970-01-01T00:00:00Z");
        // The example of RFC 3339, section 5.8, without its fraction.
        assert_eq!(utc(482_196_050), "1985-04-12T23:20:50Z");
    }
}
