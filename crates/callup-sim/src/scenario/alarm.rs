//! Public alarm as a scenario chooses it (M20): what was announced, rumoured or denied on which day, and how it fades.
//!
//! Dates are facts with sources; strengths are assumptions and are shown as such. This file knows no day of a run.

use super::{Basis, Parameter};
use callup_law::calendar::Day;

/// What kind of news it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NewsKind {
    /// An act or a statement of an authority that alarms.
    Announcement,
    /// A report without confirmation that alarms.
    Rumour,
    /// A statement that calms, for as long as it is believed.
    Denial,
}

impl NewsKind {
    /// All of them, in the order of [`Alarm::halving_days`].
    pub const ALL: [NewsKind; 3] = [NewsKind::Announcement, NewsKind::Rumour, NewsKind::Denial];

    /// The word of the scenario.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            NewsKind::Announcement => "announcement",
            NewsKind::Rumour => "rumour",
            NewsKind::Denial => "denial",
        }
    }
}

/// One piece of news.
#[derive(Clone, Debug, PartialEq)]
pub struct News {
    /// Name, part of paths.
    pub name: String,
    /// What it is.
    pub kind: NewsKind,
    /// The day on which it came out.
    pub day: Day,
    /// ISO codes of the regions that it concerns; `None` for all.
    pub regions: Option<Vec<String>>,
    /// What it adds to alarm on its day, of a denial what it takes away; 1 is the alarm of the unit that all factors are given for.
    pub strength: Parameter,
    /// Where the date was read.
    pub basis: Basis,
}

/// Public alarm: the sum of what news left, never below calm.
#[derive(Clone, Debug, PartialEq)]
pub struct Alarm {
    /// Days in which half of it is forgotten, by kind of news.
    pub halving_days: [Parameter; 3],
    /// Factor on departures at an alarm of 1; in between and above in proportion.
    pub departures: Parameter,
    /// Factor on the willingness to sign at an alarm of 1, likewise.
    pub willingness: Parameter,
    /// Factor on requests for help at an alarm of 1, likewise.
    pub requests: Parameter,
    /// The news.
    pub news: Vec<News>,
}
