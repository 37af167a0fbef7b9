//! The days of a run by calendar month. This file knows dates and nothing else.

use callup_law::calendar::Day;

/// A month of a run, or the part of it that the run has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Month {
    /// First day, day of the run from 0.
    pub first: usize,
    /// Last day, day of the run from 0.
    pub last: usize,
    /// Days that the whole month has.
    pub length_days: u64,
}

/// The months of so many days from this one, in order.
#[must_use]
pub fn months(start: Day, days: usize) -> Vec<Month> {
    let mut list: Vec<Month> = Vec::new();
    let mut current = None;
    for day in 0..days {
        let (year, month, _) = start.plus_days(day as i32).to_ymd();
        if current == Some((year, month)) {
            list.last_mut().expect("a month that goes on has begun").last = day;
        } else {
            current = Some((year, month));
            list.push(Month { first: day, last: day, length_days: length_days(year, month) });
        }
    }
    list
}

/// Days of a month; 30 at the edge of the calendar, where it has no next one.
fn length_days(year: i32, month: u32) -> u64 {
    let next = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
    let ends = Day::from_ymd(year, month, 1).zip(Day::from_ymd(next.0, next.1, 1));
    ends.map_or(30, |(first, after)| after.days_since(first).unsigned_abs().into())
}

#[cfg(test)]
mod tests {
    use super::{Month, months};
    use callup_law::calendar::Day;

    #[test]
    fn a_run_begins_and_ends_within_months() {
        let start = Day::parse("2024-01-30").unwrap();
        let wanted = [
            Month { first: 0, last: 1, length_days: 31 },
            Month { first: 2, last: 30, length_days: 29 },
            Month { first: 31, last: 33, length_days: 31 },
        ];
        assert_eq!(months(start, 34), wanted);
        assert_eq!(months(start, 0), []);
    }
}
