//! The compiled law: flat, first-order, dated, serialisable; the one intermediate form (JSON with a schema).
//!
//! Names are already resolved to indices into the vectors of the rulebook. Switches and conditions are still open here;
//! `program.rs` answers them. This file knows no source syntax and no simulation.

use crate::calendar::Day;
pub use crate::calendar::{Moment, MonthDay, MonthEnd, Period, Start, Unit, Weekday};
use crate::roles::{Event, MeasureKind, Milestone, NoticeKind, PersonFact};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Version of the meaning of this form.
pub const FORMAT_VERSION: u32 = 2;

/// Where a rule stands in the law: article and paragraph, as printed (`Article 6(2)`), and the place in the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Cite {
    /// Number of the article as the heading gives it, for example `Article 6`.
    pub article: String,
    /// Paragraph, for example `2`; empty for the article as a whole.
    pub paragraph: String,
    /// Name of the source text.
    pub file: String,
    /// Line, counted from 1.
    pub line: u32,
    /// Column in characters, counted from 1.
    pub column: u32,
}

impl std::fmt::Display for Cite {
    /// `Article 6(2)`
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.paragraph.is_empty() {
            out.write_str(&self.article)
        } else {
            write!(out, "{}({})", self.article, self.paragraph)
        }
    }
}

/// A law compiled from one document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rulebook {
    /// [`FORMAT_VERSION`].
    pub format_version: u32,
    /// Identifier, as in `law ID`.
    pub id: String,
    /// Title.
    pub title: String,
    /// First day in force.
    pub in_force_from: Day,
    /// Last day in force, if the document says so.
    pub in_force_until: Option<Day>,
    /// The document it replaces.
    pub replaces: Option<Replaces>,
    /// The articles with their quotations, sources and confidence.
    pub articles: Vec<Article>,
    /// Ways of counting.
    pub counting: Counting,
    /// Dated numbers.
    pub parameters: Vec<Parameter>,
    /// Contested readings.
    pub switches: Vec<Switch>,
    /// Facts of the world by region and day.
    pub conditions: Vec<Condition>,
    /// The same days of every year.
    pub windows: Vec<Window>,
    /// Kinds of matter.
    pub matters: Vec<Matter>,
    /// All tracks of all matters.
    pub tracks: Vec<Track>,
    /// Facts that guards ask for and dates that periods use.
    pub facts: Vec<Fact>,
    /// Bounds on the dates of a notice.
    pub notices: Vec<NoticeBound>,
    /// The later or the earlier of several anchors.
    pub combined: Vec<Combined>,
    /// Rules, in document order.
    pub rules: Vec<Rule>,
    /// Measures, in document order.
    pub measures: Vec<Measure>,
    /// Remedies.
    pub remedies: Vec<Remedy>,
    /// What keeps periods from running.
    pub tollings: Vec<Tolling>,
    /// Measures against which the law gives no remedy, said aloud.
    pub no_remedies: Vec<NoRemedy>,
    /// Duties of persons or offices.
    pub duties: Vec<Duty>,
    /// Powers of offices.
    pub powers: Vec<Power>,
    /// What the document leaves out, and why.
    pub gaps: Vec<Gap>,
    /// Waived warnings.
    pub waivers: Vec<Waiver>,
    /// Cases that run as tests.
    pub cases: Vec<Case>,
    /// Labels in other languages.
    pub translations: Vec<Translation>,
}

impl Rulebook {
    /// Last day of a period that is counted from this day, or `None` where the law does not say how its unit is counted. A parameter in the place
    /// of the number has its value of that day. [`Day::PAST_END`] where the end lies beyond 2099, in a year without known holidays, or on no day.
    #[must_use]
    pub fn last_day(&self, anchor: Day, period: Period) -> Option<Day> {
        let Some(count) = self.count_on(anchor, period) else {
            return self.counting.last_day(anchor, period.count, period.unit).map(|_| Day::PAST_END);
        };
        self.counting.last_day(anchor, count, period.unit)
    }

    /// As [`Rulebook::last_day`], before the end rolls to a working day.
    #[must_use]
    pub fn last_day_unrolled(&self, anchor: Day, period: Period) -> Option<Day> {
        self.counting.unrolled(anchor, self.count_on(anchor, period)?, period.unit)
    }

    /// The number of a period that is counted from this day.
    #[must_use]
    pub fn count_on(&self, anchor: Day, period: Period) -> Option<u16> {
        match period.parameter {
            None => Some(period.count),
            Some(parameter) => u16::try_from(self.parameters.get(parameter)?.on(anchor)?).ok(),
        }
    }

    /// The day of a window anchor, by the day on which counting begins; `None` for other anchors.
    #[must_use]
    pub fn window_day(&self, anchor: Anchor, begins: Day) -> Option<Day> {
        match anchor {
            Anchor::WindowStart(window) => Some(self.windows.get(window)?.range_at(begins)?.0),
            Anchor::WindowEnd(window) => Some(self.windows.get(window)?.range_at(begins)?.1),
            _ => None,
        }
    }
}

impl Translation {
    /// The language of words for a name that are in whatever language the law is labelled.
    pub const UNDETERMINED: &'static str = "und";
}

/// A label of the rulebook in another language, or words for a name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Translation {
    /// The label, or the name, as it stands elsewhere in the rulebook.
    pub label: String,
    /// Language, for example `ru`; `und` for words that the law gives a name without saying in which language.
    pub language: String,
    /// The label in that language.
    pub text: String,
}

/// `replaces ID from DATE; pending matters: …`
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Replaces {
    /// Identifier of the replaced law.
    pub id: String,
    /// From this day.
    pub from: Day,
    /// What governs the pending matters.
    pub pending: Pending,
    /// Basis.
    pub cite: Cite,
}

/// Which law governs a matter that is pending at a change of law.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Pending {
    /// The law under which it was opened.
    Old,
    /// The new law, from its first day.
    New,
    /// As the switch with this index says (its options are `old` and `new`).
    Switch(usize),
}

/// An article: its heading, official words, source and confidence.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Article {
    /// For example `Article 6`.
    pub number: String,
    /// The whole heading.
    pub heading: String,
    /// Quotations and paraphrases, in order.
    pub quotes: Vec<Quote>,
    /// Source, as given.
    pub source: String,
    /// Confidence: L, R, R2, G, U or fictional.
    pub confidence: String,
    /// Line of the heading, from 1.
    pub line: u32,
}

/// A quotation or a marked paraphrase.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Quote {
    /// The words.
    pub text: String,
    /// Whether they are ours (`paraphrase:`).
    pub paraphrase: bool,
}

/// How each unit of time is counted; `None` where the law does not use the unit.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Counting {
    /// Days.
    pub days: Option<DayCounting>,
    /// Months and years.
    pub months: Option<MonthCounting>,
    /// Hours: always from the event.
    pub hours: Option<HourCounting>,
    /// Working days.
    pub working_days: Option<WorkingDayCounting>,
    /// Which days are off.
    pub calendars: Vec<Calendar>,
}

impl Counting {
    /// Last day of a period that is counted from this day, or `None` where the law does not say how its unit is counted.
    /// Clamped to [`Day::PAST_END`].
    fn last_day(&self, anchor: Day, count: u16, unit: Unit) -> Option<Day> {
        self.unrolled(anchor, count, unit).map(|last| match self.roll(unit) {
            None => last,
            Some(calendar) => calendar.working_day(last, 0).unwrap_or(Day::PAST_END),
        })
    }

    /// The calendar by which the last day of a period in this unit rolls.
    fn roll(&self, unit: Unit) -> Option<&Calendar> {
        let roll = match unit {
            Unit::Days => self.days.as_ref()?.roll,
            Unit::Months | Unit::Years => self.months.as_ref()?.roll,
            Unit::Hours | Unit::WorkingDays => None,
        };
        self.calendars.get(roll?)
    }

    /// The last day of a period before it rolls.
    fn unrolled(&self, anchor: Day, count: u16, unit: Unit) -> Option<Day> {
        match unit {
            Unit::WorkingDays => {
                let counting = self.working_days.as_ref()?;
                let first = if counting.start == Start::NextDay { anchor.plus_days(1) } else { anchor };
                let calendar = self.calendars.get(counting.calendar)?;
                Some(calendar.working_day(first, count.saturating_sub(1)).unwrap_or(Day::PAST_END))
            }
            Unit::Hours => self.hours.as_ref().map(|_| anchor.last_of_hours(count)),
            Unit::Days => self.days.as_ref().map(|days| anchor.last_of_days(count, days.start)),
            Unit::Months => self.months.as_ref().map(|m| anchor.last_of_months(u32::from(count), m.start, m.month_end)),
            Unit::Years => {
                self.months.as_ref().map(|m| anchor.last_of_months(u32::from(count) * 12, m.start, m.month_end))
            }
        }
    }

    /// What says how this unit is counted.
    #[must_use]
    pub fn cite(&self, unit: Unit) -> Option<&Cite> {
        match unit {
            Unit::Hours => self.hours.as_ref().map(|hours| &hours.cite),
            Unit::Days => self.days.as_ref().map(|days| &days.cite),
            Unit::Months | Unit::Years => self.months.as_ref().map(|months| &months.cite),
            Unit::WorkingDays => self.working_days.as_ref().map(|working_days| &working_days.cite),
        }
    }
}

/// Which days are off.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Calendar {
    /// Name.
    pub name: String,
    /// Label, if given.
    pub label: String,
    /// Days of the week that are off.
    pub weekends: Vec<Weekday>,
    /// The holiday file, without folder and ending; empty for `holidays none`.
    pub holidays: String,
    /// Source of the holiday file.
    pub source: String,
    /// Confidence of the holiday file.
    pub confidence: String,
    /// First year of which it is known which days are off.
    pub from_year: i32,
    /// Last such year.
    pub until_year: i32,
    /// Days off, besides those of the week; in order.
    pub off: Vec<Day>,
    /// Days of a weekend that are worked; in order.
    pub worked: Vec<Day>,
    /// Basis.
    pub cite: Cite,
}

impl Calendar {
    /// Whether a day is off; `None` in a year that the holiday file does not cover.
    #[must_use]
    pub fn is_off(&self, day: Day) -> Option<bool> {
        let (first, last) = self.covered()?;
        (first..=last).contains(&day).then(|| self.is_off_if_covered(day))
    }

    fn is_off_if_covered(&self, day: Day) -> bool {
        let weekend = self.weekends.contains(&day.weekday()) && self.worked.binary_search(&day).is_err();
        weekend || self.off.binary_search(&day).is_ok()
    }

    /// The first and the last day of which it is known whether they are off.
    fn covered(&self) -> Option<(Day, Day)> {
        Some((Day::from_ymd(self.from_year, 1, 1)?, Day::from_ymd(self.until_year, 12, 31)?))
    }

    /// The first day from `from` on that is not off, or the one so many working days after it; `None` beyond the years covered.
    #[must_use]
    pub fn working_day(&self, from: Day, further: u16) -> Option<Day> {
        let (first, last) = self.covered()?;
        let known = (from >= first).then_some(from.0..=last.0)?;
        known.map(Day).filter(|day| !self.is_off_if_covered(*day)).nth(usize::from(further))
    }
}

/// Counting of working days.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WorkingDayCounting {
    /// Index of the calendar.
    pub calendar: usize,
    /// First day.
    pub start: Start,
    /// Basis.
    pub cite: Cite,
}

/// Counting of days.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DayCounting {
    /// First day.
    pub start: Start,
    /// The calendar by which an end on a day off moves to the next working day; `None` where it stays.
    pub roll: Option<usize>,
    /// Basis.
    pub cite: Cite,
}

/// Counting of months and years.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MonthCounting {
    /// First day.
    pub start: Start,
    /// Month end.
    pub month_end: MonthEnd,
    /// The calendar by which an end on a day off moves to the next working day; `None` where it stays.
    pub roll: Option<usize>,
    /// Basis.
    pub cite: Cite,
}

/// Counting of hours.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HourCounting {
    /// Basis.
    pub cite: Cite,
}

/// A dated number.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Parameter {
    /// Name.
    pub name: String,
    /// Label, if given.
    pub label: String,
    /// Values in order of their days.
    pub values: Vec<DatedNumber>,
    /// Basis.
    pub cite: Cite,
}

impl Parameter {
    /// The value on a day, if the law gives one.
    #[must_use]
    pub fn on(&self, day: Day) -> Option<i32> {
        let holds = |value: &&DatedNumber| {
            value.from.is_none_or(|from| from <= day) && value.until.is_none_or(|until| day <= until)
        };
        self.values.iter().rev().find(holds).map(|value| value.value)
    }
}

/// One value of a parameter and the days on which it holds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DatedNumber {
    /// The number.
    pub value: i32,
    /// First day; open where the law gives none.
    pub from: Option<Day>,
    /// Last day; open where the law gives none.
    pub until: Option<Day>,
}

/// A contested reading.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Switch {
    /// Name.
    pub name: String,
    /// Options, at least two.
    pub options: Vec<String>,
    /// Why it is open.
    pub why: String,
    /// Source of the conflict.
    pub source: String,
    /// Confidence.
    pub confidence: String,
    /// Basis.
    pub cite: Cite,
}

/// A fact of the world by region and day.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    /// Name.
    pub name: String,
    /// Label.
    pub label: String,
    /// Basis.
    pub cite: Cite,
}

/// The same days of every year.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Window {
    /// Name.
    pub name: String,
    /// Label, if given.
    pub label: String,
    /// Its ranges, in the order of the document; no two have a day in common.
    pub ranges: Vec<YearRange>,
    /// Basis.
    pub cite: Cite,
}

/// Days of every year, both ends included. If `until` stands before `from` in the year, the range goes over the turn of the year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct YearRange {
    /// First day.
    pub from: MonthDay,
    /// Last day.
    pub until: MonthDay,
}

impl YearRange {
    /// Its days where it begins in this year.
    fn beginning_in(self, year: i32) -> (Day, Day) {
        let last_year = if self.until < self.from { year + 1 } else { year };
        (self.from.of_year(year), self.until.of_year(last_year))
    }
}

impl Window {
    /// First and last day of the range that holds a day, else of the next one that begins after it.
    #[must_use]
    pub fn range_at(&self, day: Day) -> Option<(Day, Day)> {
        let year = day.to_ymd().0;
        let around =
            (year - 1..=year + 1).flat_map(|year| self.ranges.iter().map(move |range| range.beginning_in(year)));
        around.filter(|(_, last)| day <= *last).min()
    }

    /// Whether a day lies in one of its ranges.
    #[must_use]
    pub fn holds(&self, day: Day) -> bool {
        self.range_at(day).is_some_and(|(first, _)| first <= day)
    }
}

/// A kind of matter.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Matter {
    /// The kinds of notice it serves.
    pub notices: Vec<NoticeKind>,
    /// Indices of its tracks.
    pub tracks: Vec<usize>,
    /// Place.
    pub cite: Cite,
}

/// A track with its states; it starts in state 0.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Track {
    /// Name.
    pub name: String,
    /// Label.
    pub label: String,
    /// The matter it belongs to.
    pub matter: usize,
    /// States; at most 250.
    pub states: Vec<State>,
    /// The remedy whose track it is.
    pub remedy: Option<usize>,
    /// Place.
    pub cite: Cite,
}

/// A state of a track.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct State {
    /// Name.
    pub name: String,
    /// Label.
    pub label: String,
    /// What it means to the world, if anything.
    pub milestone: Option<Milestone>,
    /// Marked `final`.
    pub is_final: bool,
}

/// A declared fact.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Fact {
    /// Name.
    pub name: String,
    /// The matter it belongs to.
    pub matter: usize,
    /// What kind of fact.
    pub kind: FactKind,
    /// Place.
    pub cite: Cite,
}

/// What a fact is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum FactKind {
    /// A date given with the notice. The world knows `appearance_date` only.
    Date,
    /// Yes or no about the person, in somebody's picture.
    Person {
        /// Which fact.
        role: PersonFact,
        /// Whose picture.
        picture: Picture,
    },
}

/// Whose picture of a person a guard uses.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Picture {
    /// What the register says.
    AsRecorded,
    /// The truth.
    AsItIs,
    /// The truth once shown to this body.
    AsProvedTo(String),
}

/// Bounds on a date of a notice.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NoticeBound {
    /// Kind of notice.
    pub notice: NoticeKind,
    /// Index of the date fact.
    pub fact: usize,
    /// At least so many days after the event, if said.
    pub min_days: Option<i32>,
    /// At most so many days after the event, if said.
    pub max_days: Option<i32>,
    /// The event.
    pub after: Event,
    /// Under which condition it must be kept.
    pub guard: Guard,
    /// What if not.
    pub otherwise: Otherwise,
    /// Basis.
    pub cite: Cite,
}

/// What follows when a notice is outside its bounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Otherwise {
    /// No matter is opened.
    Void,
    /// The law does not say; the notice stands.
    Gap,
}

/// A rule: a trigger, a guard, one transition.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Name.
    pub name: String,
    /// Label.
    pub label: String,
    /// When.
    pub trigger: Trigger,
    /// Under which condition.
    pub guard: Guard,
    /// Track.
    pub track: usize,
    /// From one of these states.
    pub from: Vec<u8>,
    /// To this state.
    pub to: u8,
    /// Basis.
    pub cite: Cite,
}

/// What sets a rule off.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Trigger {
    /// An event of the matter.
    Event(Event),
    /// A period that comes due.
    Period {
        /// How long.
        period: Period,
        /// After what.
        after: Anchor,
        /// When the effect comes.
        moment: Moment,
        /// What if it was over on entry; `None` where that cannot be.
        already_over: Option<AlreadyOver>,
    },
}

/// What if a period is already over when its state is entered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum AlreadyOver {
    /// Applied in the last phase of the day.
    AtOnce,
    /// Dropped.
    Never,
    /// Counted from the day of entry.
    FromEntry,
}

/// What a period is counted from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Anchor {
    /// First day of the event in the matter.
    Event(Event),
    /// Latest entry into a state.
    Entry {
        /// Track.
        track: usize,
        /// State.
        state: u8,
    },
    /// A date fact.
    Fact(usize),
    /// Latest start due of a measure.
    MeasureStart(usize),
    /// The day the person learned of the measure that a remedy is against.
    Knowledge,
    /// First day of the range of a window that holds the day on which counting begins, else of the next one.
    WindowStart(usize),
    /// Last day of that range.
    WindowEnd(usize),
    /// The later or the earlier of several.
    Combined(usize),
}

/// The later or the earlier of several anchors: events, entries, date facts, starts of measures.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Combined {
    /// Which of them.
    pub pick: Pick,
    /// At least two.
    pub of: Vec<Anchor>,
}

/// Which of several days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Pick {
    /// The latest, once all have come.
    Later,
    /// The earliest of those that have come.
    Earlier,
}

/// A guard in disjunctive normal form: any of the inner lists, all tests of which hold. Always true: one empty list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Guard(pub Vec<Vec<Test>>);

/// One test of a guard.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Test {
    /// Age on the first day of an event compared with a number.
    Age {
        /// On the day of this event.
        on: Event,
        /// Comparison.
        compare: Compare,
        /// With this number.
        with: Number,
        /// In whose picture.
        picture: Picture,
    },
    /// A person fact.
    Fact {
        /// Which.
        fact: usize,
        /// Yes or no.
        is: bool,
    },
    /// A switch.
    Switch {
        /// Which.
        switch: usize,
        /// The option.
        option: usize,
        /// Is it (true) or is it not (false).
        is: bool,
    },
    /// A condition of the world.
    Condition {
        /// Which.
        condition: usize,
        /// Yes or no.
        is: bool,
    },
    /// The kind of notice.
    Notice {
        /// Which.
        notice: NoticeKind,
        /// Is it (true) or is it not (false).
        is: bool,
    },
    /// Whether a track is in one of some states.
    State {
        /// Which track, of the same matter.
        track: usize,
        /// In one of these.
        states: Vec<u8>,
        /// Is it (true) or is it not (false).
        is: bool,
    },
    /// Whether a day lies in a window.
    Window {
        /// The first day of this event, which must have come; else the day on which the guard is tried.
        on: Option<Event>,
        /// Which.
        window: usize,
        /// Does it (true) or does it not (false).
        is: bool,
    },
}

impl Test {
    /// The tests any one of which is the opposite of this one.
    #[must_use]
    pub fn negations(&self) -> Vec<Test> {
        match self {
            Test::Age { on, compare, with, picture } => {
                let opposite: &[Compare] = match compare {
                    Compare::Less => &[Compare::GreaterOrEqual],
                    Compare::LessOrEqual => &[Compare::Greater],
                    Compare::Greater => &[Compare::LessOrEqual],
                    Compare::GreaterOrEqual => &[Compare::Less],
                    Compare::Equal => &[Compare::Less, Compare::Greater],
                };
                let age =
                    |compare: &Compare| Test::Age { on: *on, compare: *compare, with: *with, picture: picture.clone() };
                opposite.iter().map(age).collect()
            }
            Test::Fact { fact, is } => vec![Test::Fact { fact: *fact, is: !is }],
            Test::Switch { switch, option, is } => vec![Test::Switch { switch: *switch, option: *option, is: !is }],
            Test::Condition { condition, is } => vec![Test::Condition { condition: *condition, is: !is }],
            Test::Notice { notice, is } => vec![Test::Notice { notice: *notice, is: !is }],
            Test::State { track, states, is } => vec![Test::State { track: *track, states: states.clone(), is: !is }],
            Test::Window { on, window, is } => vec![Test::Window { on: *on, window: *window, is: !is }],
        }
    }
}

/// Comparison of an age.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Compare {
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
    /// `=`
    Equal,
}

/// A number or the name of a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Number {
    /// A number.
    Value(i32),
    /// The parameter with this index.
    Parameter(usize),
}

/// A restrictive measure.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Measure {
    /// Name in the law.
    pub name: String,
    /// Label.
    pub label: String,
    /// Kind.
    pub kind: MeasureKind,
    /// What starts it.
    pub starts: Vec<MeasureStart>,
    /// What ends it; empty if `ends_never` is given.
    pub ends: Vec<MeasureEnd>,
    /// `ends never (n)`.
    pub ends_never: Option<Cite>,
    /// Basis.
    pub cite: Cite,
}

/// Entry into this state starts a measure.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MeasureStart {
    /// Track.
    pub track: usize,
    /// State.
    pub state: u8,
    /// Under which condition.
    pub guard: Guard,
    /// Basis.
    pub cite: Cite,
}

/// An ending of a measure.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MeasureEnd {
    /// What ends it: an event or the entry into a state.
    pub on: EndTrigger,
    /// Within this period; `None` for at once (the same day).
    pub within: Option<Period>,
    /// Whether an event of another matter of the person counts too.
    pub in_any_matter: bool,
    /// Under which condition.
    pub guard: Guard,
    /// Basis.
    pub cite: Cite,
}

/// What ends a measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum EndTrigger {
    /// An event.
    Event(Event),
    /// Entry into a state.
    Entry {
        /// Track.
        track: usize,
        /// State.
        state: u8,
    },
}

/// A remedy.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Remedy {
    /// Name.
    pub name: String,
    /// Label.
    pub label: String,
    /// Against these measures; empty for one against a decision.
    pub against: Vec<usize>,
    /// Whose decision it is against, if it is not against measures.
    pub decision_of: Option<String>,
    /// The remedy that must have come to something before this one can be filed.
    pub only_after: Option<OnlyAfter>,
    /// To this body.
    pub to: String,
    /// File within.
    pub file_within: Option<Deadline>,
    /// Whether a time limit that was missed can be restored for good cause.
    pub restorable: bool,
    /// Decide within.
    pub decide_within: Option<Deadline>,
    /// Guard under which it suspends; `None` for `suspends nothing`.
    pub suspends: Option<Guard>,
    /// The measures that it suspends.
    pub suspended: Vec<usize>,
    /// The events that it suspends.
    pub suspended_events: Vec<Event>,
    /// It suspends until the decision on it is final, not only until the decision.
    pub until_final: bool,
    /// Its track.
    pub track: usize,
    /// Basis.
    pub cite: Cite,
}

/// `only after REMEDY is …`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OnlyAfter {
    /// The other remedy.
    pub remedy: usize,
    /// In one of these states.
    pub states: Vec<u8>,
}

/// `while …, period RULE does not run`
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Tolling {
    /// On days on which this holds: a state of a track, or a condition.
    pub test: Test,
    /// The periods of these rules do not run.
    pub rules: Vec<usize>,
    /// Basis.
    pub cite: Cite,
}

/// A period and its anchor, as a time limit: the act is in time up to the last day.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Deadline {
    /// How long.
    pub period: Period,
    /// From what.
    pub of: Anchor,
    /// Basis.
    pub cite: Cite,
}

/// `no remedy against …`
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NoRemedy {
    /// Measures.
    pub against: Vec<usize>,
    /// Label.
    pub label: String,
    /// Basis.
    pub cite: Cite,
}

/// A duty.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Duty {
    /// Who.
    pub who: String,
    /// Label, if given.
    pub label: String,
    /// What.
    pub what: String,
    /// By when.
    pub within: Option<Deadline>,
    /// What a breach brings, as said; `None` where the law is silent.
    pub breach: Option<String>,
    /// Basis.
    pub cite: Cite,
}

/// A power.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Power {
    /// Who.
    pub who: String,
    /// Label, if given.
    pub label: String,
    /// May what.
    pub what: String,
    /// Basis.
    pub cite: Cite,
}

/// What the document leaves out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Gap {
    /// What.
    pub what: String,
    /// Why.
    pub because: String,
    /// Place.
    pub cite: Cite,
}

/// A waived warning.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Waiver {
    /// Code of the warning.
    pub code: String,
    /// Reason.
    pub because: String,
    /// Day of the waiver.
    pub date: Day,
    /// Place; the waiver holds for findings in this article.
    pub cite: Cite,
}

/// A case of the document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// Name.
    pub name: String,
    /// Answers to switches: (switch, option).
    pub answers: Vec<(usize, usize)>,
    /// What is given.
    pub given: Vec<Given>,
    /// What is expected.
    pub expected: Vec<Expected>,
    /// Place.
    pub cite: Cite,
}

/// A given of a case.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Given {
    /// An event on a day.
    Event(Event, Day),
    /// A date fact.
    Date(usize, Day),
    /// A person fact.
    Person(usize, bool),
    /// Day of birth.
    Born(Day),
    /// Kind of notice.
    Kind(NoticeKind),
    /// A condition of the world, on all days.
    Condition(usize, bool),
    /// A condition of the world from this day on; before it the opposite.
    ConditionFrom(usize, bool, Day),
    /// An event that names a remedy.
    Remedy(Event, usize, Day),
    /// An event of another matter of the person, of the same kind of notice.
    Elsewhere(Event, Day),
}

/// An expectation of a case.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Expected {
    /// A measure is due to start on this day.
    MeasureOn(usize, Day),
    /// A measure is due to be lifted by this day.
    LiftedBy(usize, Day),
    /// A measure that stands is suspended from this day on.
    SuspendedOn(usize, Day),
    /// A suspension of a measure ends on this day.
    ResumedOn(usize, Day),
    /// A measure never starts.
    NoMeasure(usize),
    /// A measure starts and no lift falls due.
    MeasureOpen(usize),
    /// A state is entered on this day.
    StateOn {
        /// Track.
        track: usize,
        /// State.
        state: u8,
        /// Day.
        day: Day,
    },
    /// A state is never entered.
    NeverState {
        /// Track.
        track: usize,
        /// State.
        state: u8,
    },
    /// The notice is void and opens no matter.
    Void,
    /// An event breaks a bound of the notice, and the law does not say what follows; or none does.
    Gap(bool),
    /// The last day to file a remedy; from knowledge of a measure it is told from its start.
    OpenUntil(usize, Day),
    /// The last day of a duty of somebody, or of a body to decide a remedy.
    MustActBy(String, Day),
}
