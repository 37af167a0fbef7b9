//! Civil days, weekdays, ages and the end of periods. Day 0 is 1900-01-01; dates to 2099-12-31 are accepted.
//!
//! The way of counting is always an argument. Nothing here panics: what lies past the end becomes [`Day::PAST_END`].
//! This file knows no law and no simulation.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A civil day, counted from 1900-01-01 = 0. In JSON an ISO date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String")]
pub struct Day(pub i32);

/// The four phases of a day, in order (semantics, point c).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum Phase {
    /// Expiries once a period has run out.
    RunOut,
    /// Events.
    Events,
    /// Expiries on the last day.
    LastDay,
    /// Periods already over on entry.
    AtOnce,
}

/// A day of the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum Weekday {
    /// Monday.
    Monday,
    /// Tuesday.
    Tuesday,
    /// Wednesday.
    Wednesday,
    /// Thursday.
    Thursday,
    /// Friday.
    Friday,
    /// Saturday.
    Saturday,
    /// Sunday.
    Sunday,
}

impl Weekday {
    /// Every day of the week, from Monday.
    pub const ALL: [Weekday; 7] = [
        Weekday::Monday,
        Weekday::Tuesday,
        Weekday::Wednesday,
        Weekday::Thursday,
        Weekday::Friday,
        Weekday::Saturday,
        Weekday::Sunday,
    ];

    /// Three letters, for example `Mon`.
    #[must_use]
    pub const fn short(self) -> &'static str {
        ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"][self as usize]
    }
}

/// Which day is the first of a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Start {
    /// The day after the event.
    NextDay,
    /// The day of the event.
    SameDay,
}

/// Where a period in months ends in a month that lacks the number of its day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum MonthEnd {
    /// On the last day of that month.
    LastDay,
    /// On the first day of the month after.
    FirstOfNext,
}

/// A length of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Period {
    /// How many.
    pub count: u16,
    /// Of what.
    pub unit: Unit,
    /// The parameter (index in the rulebook) whose value on the anchor's day is the number; `count` is then its value when the law comes into
    /// force.
    pub parameter: Option<usize>,
}

impl Period {
    /// A period with a number of its own.
    #[must_use]
    pub const fn new(count: u16, unit: Unit) -> Period {
        Period { count, unit, parameter: None }
    }
}

/// Unit of a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Hours.
    Hours,
    /// Days.
    Days,
    /// Days that are not off in the calendar of the law.
    WorkingDays,
    /// Months.
    Months,
    /// Years of twelve months.
    Years,
}

/// When the effect of a period comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Moment {
    /// At 24:00 of the last day.
    OnTheLastDay,
    /// At 0:00 of the day after.
    OnceItHasRunOut,
}

impl Moment {
    /// The day and phase in which a period with this last day takes effect.
    #[must_use]
    pub fn due(self, last: Day) -> (Day, Phase) {
        match self {
            Moment::OnTheLastDay => (last, Phase::LastDay),
            Moment::OnceItHasRunOut => (last.plus_days(1), Phase::RunOut),
        }
    }
}

/// Days from 0000-03-01 of the proleptic Gregorian calendar to day 0 (1900-01-01).
const MARCH_BASED_ORIGIN: i64 = 693_901;
/// Days in 400 years.
const DAYS_PER_ERA: i64 = 146_097;

impl Day {
    /// The first day that is accepted: 1900-01-01.
    pub const MIN: Day = Day(0);
    /// The last day that is accepted: 2099-12-31.
    pub const MAX: Day = Day(73_048);
    /// Stands for every day after [`Day::MAX`].
    pub const PAST_END: Day = Day(Day::MAX.0 + 1);

    /// The day with this year, month (1 to 12) and day of the month, if it exists and is accepted.
    #[must_use]
    pub fn from_ymd(year: i32, month: u32, day: u32) -> Option<Day> {
        if !(1900..=2099).contains(&year) || !(1..=12).contains(&month) || day < 1 || day > days_in_month(year, month) {
            return None;
        }
        Some(from_civil(year, month, day))
    }

    /// Reads `YYYY-MM-DD` and nothing else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Day> {
        let bytes = text.as_bytes();
        if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
            return None;
        }
        let number = |range: std::ops::Range<usize>| {
            bytes[range]
                .iter()
                .try_fold(0u32, |sum, byte| byte.is_ascii_digit().then(|| sum * 10 + u32::from(byte - b'0')))
        };
        Day::from_ymd(i32::try_from(number(0..4)?).ok()?, number(5..7)?, number(8..10)?)
    }

    /// Year, month (1 to 12) and day of the month.
    #[must_use]
    pub fn to_ymd(self) -> (i32, u32, u32) {
        // Years are counted from March, so that the leap day is the last of its year.
        let shifted = i64::from(self.0) + MARCH_BASED_ORIGIN;
        let (era, day_of_era) = (shifted.div_euclid(DAYS_PER_ERA), shifted.rem_euclid(DAYS_PER_ERA));
        let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month_from_march = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
        let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
        let year = year_of_era + era * 400 + i64::from(month <= 2);
        (year as i32, month as u32, day as u32)
    }

    /// The day of the week.
    #[must_use]
    pub fn weekday(self) -> Weekday {
        // 1900-01-01 was a Monday.
        Weekday::ALL[self.0.rem_euclid(7) as usize]
    }

    /// So many days later (earlier if negative), clamped to [`Day::MIN`] and [`Day::PAST_END`].
    #[must_use]
    pub fn plus_days(self, days: i32) -> Day {
        clamped(i64::from(self.0) + i64::from(days))
    }

    /// Days from another day to this one; negative if this one is earlier.
    #[must_use]
    pub fn days_since(self, other: Day) -> i32 {
        self.0.saturating_sub(other.0)
    }

    /// Completed years of age on this day of a person born on that day. One born on 29 February grows older on 1 March in other years.
    /// Negative before birth.
    #[must_use]
    pub fn age_of(self, born: Day) -> i32 {
        let (year, month, day) = self.to_ymd();
        let (born_year, born_month, born_day) = born.to_ymd();
        year - born_year - i32::from((month, day) < (born_month, born_day))
    }

    /// Last day of so many days after this one. With `same-day` this day is the first.
    #[must_use]
    pub fn last_of_days(self, count: u16, start: Start) -> Day {
        self.plus_days(i32::from(count) - i32::from(start == Start::SameDay))
    }

    /// Last day on which a period of so many hours from some instant of this day can end.
    #[must_use]
    pub fn last_of_hours(self, count: u16) -> Day {
        self.plus_days(i32::from(count.div_ceil(24)))
    }

    /// Last day of so many months after this one (semantics, points a and g).
    #[must_use]
    pub fn last_of_months(self, count: u32, start: Start, month_end: MonthEnd) -> Day {
        let (year, month, day) = self.to_ymd();
        let months = i64::from(year) * 12 + i64::from(month) - 1 + i64::from(count);
        let (end_year, end_month) = (months.div_euclid(12), months.rem_euclid(12) as u32 + 1);
        if end_year > 2099 {
            return Day::PAST_END;
        }
        let end_year = end_year as i32;
        let length = days_in_month(end_year, end_month);
        let earlier = -i32::from(start == Start::SameDay);
        if day <= length {
            return from_civil(end_year, end_month, day).plus_days(earlier);
        }
        let last = from_civil(end_year, end_month, length);
        match month_end {
            MonthEnd::LastDay => last,
            MonthEnd::FirstOfNext => last.plus_days(1 + earlier),
        }
    }
}

/// A day of every year: month (1 to 12) and day of the month. In JSON `MM-DD`. Never 29 February.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String")]
pub struct MonthDay {
    month: u8,
    day: u8,
}

impl MonthDay {
    /// The day with this month and day of the month, if every year has it.
    #[must_use]
    pub fn new(month: u32, day: u32) -> Option<MonthDay> {
        // 2001 has no leap day.
        let exists = (1..=12).contains(&month) && (1..=days_in_month(2001, month)).contains(&day);
        exists.then_some(MonthDay { month: month as u8, day: day as u8 })
    }

    /// Reads `MM-DD` and nothing else.
    #[must_use]
    pub fn parse(text: &str) -> Option<MonthDay> {
        let (month, day) = text.split_once('-')?;
        let two = |digits: &str| (digits.len() == 2 && digits.bytes().all(|byte| byte.is_ascii_digit())).then_some(());
        two(month).and(two(day))?;
        MonthDay::new(month.parse().ok()?, day.parse().ok()?)
    }

    /// This day of a year; clamped to [`Day::MIN`] and [`Day::PAST_END`] outside the accepted years.
    #[must_use]
    pub fn of_year(self, year: i32) -> Day {
        match year {
            ..1900 => Day::MIN,
            1900..=2099 => from_civil(year, u32::from(self.month), u32::from(self.day)),
            _ => Day::PAST_END,
        }
    }
}

impl fmt::Display for MonthDay {
    /// `MM-DD`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}-{:02}", self.month, self.day)
    }
}

impl From<MonthDay> for String {
    fn from(day: MonthDay) -> String {
        day.to_string()
    }
}

impl TryFrom<String> for MonthDay {
    type Error = String;

    fn try_from(text: String) -> Result<MonthDay, String> {
        MonthDay::parse(&text).ok_or_else(|| format!("`{text}` is not a day MM-DD of every year"))
    }
}

/// Clamps a count of days to what a [`Day`] may say.
fn clamped(days: i64) -> Day {
    Day(days.clamp(i64::from(Day::MIN.0), i64::from(Day::PAST_END.0)) as i32)
}

/// The day with this date, which must exist.
fn from_civil(year: i32, month: u32, day: u32) -> Day {
    let year = i64::from(year) - i64::from(month <= 2);
    let month_from_march = (i64::from(month) + 9) % 12;
    let day_of_year = (153 * month_from_march + 2) / 5 + i64::from(day) - 1;
    let (era, year_of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    Day((era * DAYS_PER_ERA + day_of_era - MARCH_BASED_ORIGIN) as i32)
}

/// Length of a month (1 to 12).
fn days_in_month(year: i32, month: u32) -> u32 {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        2 => 28 + u32::from(leap),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

impl fmt::Display for Day {
    /// ISO; `after 2099-12-31` for what lies past the end.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if *self > Day::MAX {
            return f.write_str("after 2099-12-31");
        }
        let (year, month, day) = self.to_ymd();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

impl From<Day> for String {
    fn from(day: Day) -> String {
        day.to_string()
    }
}

impl TryFrom<String> for Day {
    type Error = String;

    fn try_from(text: String) -> Result<Day, String> {
        Day::parse(&text).ok_or_else(|| format!("`{text}` is not a date YYYY-MM-DD between 1900-01-01 and 2099-12-31"))
    }
}

#[cfg(test)]
mod tests;
