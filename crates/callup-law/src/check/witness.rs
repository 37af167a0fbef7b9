//! A way through a matter told as a dated scenario, so that a lawyer can judge whether it can happen.
//!
//! Events come a day apart, periods on the day they are due, counted as the law counts. Findings print what comes out here.

use super::explore::{Edge, Space};
use super::machine::{Input, Machine};
use crate::calendar::Day;
use crate::rulebook::{Anchor, Moment, Period, Rulebook, Start, Trigger, Unit};
use std::collections::BTreeMap;

/// Days from the first event to a date fact that no bound limits.
const FACT_AFTER_DAYS: i32 = 30;

/// The days of what has happened so far.
struct Diary<'a> {
    machine: &'a Machine<'a>,
    days: BTreeMap<Anchor, Day>,
    today: Day,
}

/// The lines of a scenario that walks these edges, each `2025-03-02  placed: service is placed`.
pub(crate) fn scenario(machine: &Machine, space: &Space, way: &[usize]) -> Vec<String> {
    let today = first_day(machine.book);
    let mut diary = Diary { machine, days: BTreeMap::new(), today };
    for (fact, _) in machine.book.facts.iter().enumerate() {
        diary.days.insert(Anchor::Fact(fact), fact_day(machine.book, fact, today));
    }
    let mut lines: Vec<String> = Vec::new();
    for edge in way {
        let edge = &space.edges[*edge];
        diary.pass(edge, lines.is_empty());
        lines.push(diary.line(space, edge));
    }
    lines
}

/// A day on which the law is in force, so that the scenario reads as one under this law.
fn first_day(book: &Rulebook) -> Day {
    book.in_force_from.clamp(Day::MIN, Day::MAX)
}

fn fact_day(book: &Rulebook, fact: usize, today: Day) -> Day {
    let bounds = book.notices.iter().filter(|bound| bound.fact == fact);
    let days = bounds.filter_map(|bound| bound.max_days.or(bound.min_days)).next();
    today.plus_days(days.unwrap_or(FACT_AFTER_DAYS))
}

impl Diary<'_> {
    fn pass(&mut self, edge: &Edge, first: bool) {
        match edge.input {
            Input::Event(event) => {
                self.today = if first { self.today } else { self.today.plus_days(1) };
                self.days.entry(Anchor::Event(event)).or_insert(self.today);
            }
            Input::Period(rule) => {
                if let Trigger::Period { period, after, moment, .. } = self.machine.book.rules[rule].trigger {
                    let from = self.days.get(&after).copied().unwrap_or(self.today);
                    self.today = self.today.max(due(self.machine.book, period, moment, from));
                }
            }
        }
    }

    fn line(&mut self, space: &Space, edge: &Edge) -> String {
        let book = self.machine.book;
        let mut parts = Vec::new();
        for (local, track) in
            self.machine.tracks.iter().enumerate().filter(|(local, _)| edge.entered & (1 << local) != 0)
        {
            let state = space.nodes[edge.to].states[local];
            self.days.insert(Anchor::Entry { track: *track, state }, self.today);
            parts.push(format!(
                "{} is {}",
                book.tracks[*track].name,
                book.tracks[*track].states[usize::from(state)].name
            ));
        }
        for (bit, measure) in self.machine.measures.iter().enumerate() {
            if edge.lifted & (1 << bit) != 0 {
                parts.push(format!("{} is lifted", book.measures[*measure].name));
            }
            if edge.started & (1 << bit) != 0 {
                self.days.insert(Anchor::MeasureStart(*measure), self.today);
                parts.push(format!("{} starts", book.measures[*measure].name));
            }
        }
        let what = input_words(book, edge.input);
        let day = String::from(self.today);
        if parts.is_empty() { format!("{day}  {what}") } else { format!("{day}  {what}: {}", parts.join(", ")) }
    }
}

fn input_words(book: &Rulebook, input: Input) -> String {
    match input {
        Input::Event(event) => event.word().to_owned(),
        Input::Period(rule) => match book.rules[rule].trigger {
            Trigger::Period { period, after, .. } => {
                format!(
                    "{} after {}, rule `{}`",
                    period_words(period),
                    anchor_words(book, after),
                    book.rules[rule].name
                )
            }
            Trigger::Event(event) => event.word().to_owned(),
        },
    }
}

/// The day on which a period from `from` takes effect, counted as the law says (from the next day where it does not say).
pub(crate) fn due(book: &Rulebook, period: Period, moment: Moment, from: Day) -> Day {
    moment.due(last_day(book, period, from)).0
}

/// The last day of a period from `from`.
pub(crate) fn last_day(book: &Rulebook, period: Period, from: Day) -> Day {
    let months = |count: u32| {
        let (start, end) = match &book.counting.months {
            Some(counting) => (counting.start, counting.month_end),
            None => (Start::NextDay, crate::rulebook::MonthEnd::LastDay),
        };
        from.last_of_months(count, start, end)
    };
    match period.unit {
        Unit::Hours => from.last_of_hours(period.count),
        Unit::Days => {
            from.last_of_days(period.count, book.counting.days.as_ref().map_or(Start::NextDay, |days| days.start))
        }
        Unit::Months => months(u32::from(period.count)),
        Unit::Years => months(u32::from(period.count) * 12),
    }
}

/// `20 days`, `1 month`.
pub(crate) fn period_words(period: Period) -> String {
    let unit = match period.unit {
        Unit::Hours => "hour",
        Unit::Days => "day",
        Unit::Months => "month",
        Unit::Years => "year",
    };
    format!("{} {unit}{}", period.count, if period.count == 1 { "" } else { "s" })
}

/// An anchor as a law writes it.
pub(crate) fn anchor_words(book: &Rulebook, anchor: Anchor) -> String {
    match anchor {
        Anchor::Event(event) => event.word().to_owned(),
        Anchor::Entry { track, state } => state_words(book, track, state),
        Anchor::Fact(fact) => book.facts[fact].name.clone(),
        Anchor::MeasureStart(measure) => format!("start of {}", book.measures[measure].name),
        Anchor::Knowledge => "knowledge".to_owned(),
    }
}

/// `service.served`
pub(crate) fn state_words(book: &Rulebook, track: usize, state: u8) -> String {
    format!("{}.{}", book.tracks[track].name, book.tracks[track].states[usize::from(state)].name)
}
