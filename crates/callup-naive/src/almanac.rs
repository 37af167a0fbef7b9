//! Days counted one by one from 1900-01-01, and the ends of periods found by walking. Slow on purpose.
//!
//! It shares nothing with the calendar of `callup-law` but the ways of counting as data.

use callup_law::rulebook::{Calendar, Counting, DatedNumber, MonthEnd, Period, Rulebook, Start, Unit, Window};
use std::sync::OnceLock;

/// Every accepted day as (year, month, day of the month); the index is the number of the day.
pub struct Almanac(Vec<(i32, u32, u32)>);

impl Almanac {
    /// The one almanac, counted once.
    #[must_use]
    pub fn shared() -> &'static Almanac {
        static COUNTED: OnceLock<Almanac> = OnceLock::new();
        COUNTED.get_or_init(Almanac::count)
    }

    /// Counts from 1900-01-01 to 2099-12-31.
    #[must_use]
    pub fn count() -> Almanac {
        let mut days = Vec::new();
        let mut today = (1900, 1, 1);
        while today.0 < 2100 {
            days.push(today);
            today = tomorrow(today);
        }
        Almanac(days)
    }

    /// Number of days in the almanac.
    #[must_use]
    pub fn len(&self) -> i32 {
        i32::try_from(self.0.len()).expect("there are some 73,000 days")
    }

    /// Never true; an almanac has days.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Completed years on `day` of somebody born on `birth`.
    #[must_use]
    pub fn age(&self, birth: i32, day: i32) -> i32 {
        let (year, month, number) = self.date(birth);
        (birth + 1..=day).filter(|&other| self.is_birthday((year, month, number), self.date(other))).count() as i32
    }

    fn is_birthday(&self, born: (i32, u32, u32), today: (i32, u32, u32)) -> bool {
        if (born.1, born.2) == (2, 29) && !leap(today.0) {
            return (today.1, today.2) == (3, 1);
        }
        (born.1, born.2) == (today.1, today.2)
    }

    fn date(&self, day: i32) -> (i32, u32, u32) {
        self.0[usize::try_from(day).expect("days are not negative")]
    }

    /// The last day of a period after an anchor; `None` where it lies beyond the almanac or the known holidays, on no day, or the law does
    /// not count the unit.
    #[must_use]
    pub fn last_day(&self, anchor: i32, period: Period, book: &Rulebook) -> Option<i32> {
        let counting = &book.counting;
        let count = match period.parameter {
            None => i32::from(period.count),
            Some(parameter) => {
                let covers = |value: &&DatedNumber| {
                    value.from.is_none_or(|from| from.0 <= anchor) && value.until.is_none_or(|until| anchor <= until.0)
                };
                book.parameters[parameter].values.iter().find(covers)?.value
            }
        };
        let (last, roll) = match period.unit {
            Unit::Hours => (anchor + (count + 23) / 24, None),
            Unit::Days => {
                let days = counting.days.as_ref()?;
                (anchor + count - i32::from(days.start == Start::SameDay), days.roll)
            }
            Unit::WorkingDays => (self.working_days(anchor, count, counting)?, None),
            Unit::Months => (self.months(anchor, count, counting)?, counting.months.as_ref()?.roll),
            Unit::Years => (self.months(anchor, 12 * count, counting)?, counting.months.as_ref()?.roll),
        };
        let last = match roll {
            None => last,
            Some(calendar) => {
                let mut day = last;
                while self.is_off(&counting.calendars[calendar], day)? {
                    day += 1;
                }
                day
            }
        };
        (last < self.len()).then_some(last)
    }

    fn working_days(&self, anchor: i32, count: i32, counting: &Counting) -> Option<i32> {
        let rule = counting.working_days.as_ref()?;
        let calendar = &counting.calendars[rule.calendar];
        let mut day = if rule.start == Start::SameDay { anchor - 1 } else { anchor };
        let mut left = count;
        while left > 0 {
            day += 1;
            left -= i32::from(!self.is_off(calendar, day)?);
        }
        Some(day)
    }

    /// Whether a day is off; `None` where nobody knows.
    fn is_off(&self, calendar: &Calendar, day: i32) -> Option<bool> {
        if !(0..self.len()).contains(&day) || !(calendar.from_year..=calendar.until_year).contains(&self.date(day).0) {
            return None;
        }
        // 1900-01-01 was a Monday.
        let weekend = calendar.weekends.iter().any(|weekday| *weekday as i32 == day % 7);
        let worked = calendar.worked.iter().any(|worked| worked.0 == day);
        Some((weekend && !worked) || calendar.off.iter().any(|off| off.0 == day))
    }

    /// First and last day of every range of a window that ends on or after `from` and begins up to `until`; found by walking.
    #[must_use]
    pub fn ranges(&self, window: &Window, from: i32, until: i32) -> Vec<(i32, i32)> {
        let ends = ends(window);
        let is_first = |day: i32| ends.iter().any(|&(first, _)| first == self.day_of_year(day));
        let is_last = |day: i32| ends.iter().any(|&(_, last)| last == self.day_of_year(day));
        // Days before the almanac belong to the range that it begins in.
        let mut first = if self.holds(window, 0) { Some(0) } else { None };
        let mut ranges = Vec::new();
        for day in (from - 370).max(0)..(until + 370).min(self.len()) {
            if is_first(day) {
                first = Some(day);
            }
            if is_last(day) {
                ranges.extend(first.take().filter(|&first| first <= until && day >= from).map(|first| (first, day)));
            }
        }
        ranges
    }

    /// Whether a day lies in a window.
    #[must_use]
    pub fn holds(&self, window: &Window, day: i32) -> bool {
        let today = self.day_of_year(day);
        ends(window).iter().any(|&(from, until)| match from <= until {
            true => from <= today && today <= until,
            false => from <= today || today <= until,
        })
    }

    fn day_of_year(&self, day: i32) -> (u32, u32) {
        let (_, month, number) = self.date(day);
        (month, number)
    }

    fn months(&self, anchor: i32, count: i32, counting: &Counting) -> Option<i32> {
        let rule = counting.months.as_ref()?;
        let number = self.date(anchor).2;
        let mut day = anchor;
        let mut left = count;
        while left > 0 {
            day += 1;
            if day >= self.len() {
                return None;
            }
            left -= i32::from(self.date(day).2 == 1);
        }
        // `day` is the first of the last month.
        let month = self.date(day).1;
        let found = (day..day + 31)
            .find(|&other| other < self.len() && self.date(other).1 == month && self.date(other).2 == number);
        let same_day = i32::from(rule.start == Start::SameDay);
        if let Some(end) = found {
            return Some(end - same_day);
        }
        let last = (day..day + 31).rfind(|&other| other < self.len() && self.date(other).1 == month)?;
        let goes_on = rule.month_end == MonthEnd::FirstOfNext && rule.start == Start::NextDay;
        Some(last + i32::from(goes_on))
    }
}

/// First and last (month, day) of each range, read from how they are written.
fn ends(window: &Window) -> Vec<((u32, u32), (u32, u32))> {
    let read = |written: String| {
        let (month, day) = written.split_once('-').expect("MM-DD");
        (month.parse().expect("digits"), day.parse().expect("digits"))
    };
    window.ranges.iter().map(|range| (read(range.from.to_string()), read(range.until.to_string()))).collect()
}

fn leap(year: i32) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

fn tomorrow((year, month, day): (i32, u32, u32)) -> (i32, u32, u32) {
    let length = match month {
        2 => 28 + u32::from(leap(year)),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    if day < length {
        (year, month, day + 1)
    } else if month < 12 {
        (year, month + 1, 1)
    } else {
        (year + 1, 1, 1)
    }
}
