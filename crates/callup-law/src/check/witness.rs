//! A way through a matter told as a dated scenario, so that a lawyer can judge whether it can happen.
//!
//! Events come a day apart, periods on the day they are due, counted as the law counts. Findings print what comes out here.

use super::explore::{Edge, Space};
use super::machine::{Input, Machine};
use super::region::{negations, picture_words};
use crate::calendar::Day;
use crate::rulebook::{Anchor, Compare, Guard, Moment, Number, Period, Pick, Rulebook, Start, Test, Trigger, Unit};
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
    fn day_of(&self, book: &Rulebook, anchor: Anchor) -> Option<Day> {
        match anchor {
            Anchor::Combined(index) => {
                let combined = &book.combined[index];
                let days = combined.of.iter().filter_map(|one| self.days.get(one)).copied();
                if combined.pick == Pick::Later { days.max() } else { days.min() }
            }
            _ => self.days.get(&anchor).copied().or_else(|| book.window_day(anchor, self.today)),
        }
    }

    fn pass(&mut self, edge: &Edge, first: bool) {
        match edge.input {
            Input::Event(event) => {
                self.today = if first { self.today } else { self.today.plus_days(1) };
                self.days.entry(Anchor::Event(event)).or_insert(self.today);
            }
            Input::Period(rule) => {
                if let Trigger::Period { period, after, moment, .. } = self.machine.book.rules[rule].trigger {
                    let book = self.machine.book;
                    let from = self.day_of(book, after).unwrap_or(self.today);
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
        let assumed = self.assumed(edge);
        let day = String::from(self.today);
        if parts.is_empty() {
            format!("{day}  {what}{assumed}")
        } else {
            format!("{day}  {what}{assumed}: {}", parts.join(", "))
        }
    }
}

impl Diary<'_> {
    /// What had to be decided for this step, as ` (if …)`; nothing if it happens to everybody.
    fn assumed(&self, edge: &Edge) -> String {
        let decided = self.machine.decided(&edge.ways);
        let words = decided.into_iter().filter_map(|(guard, way)| match way {
            true => Some(guard_words(self.machine, guard)),
            false => opposite_words(self.machine.book, guard),
        });
        let words: Vec<String> = words.collect();
        if words.is_empty() { String::new() } else { format!(" (if {})", words.join(" and ")) }
    }
}

/// A guard as a law writes it, without what is settled for the machine.
fn guard_words(machine: &Machine, guard: &Guard) -> String {
    let region = &machine.region;
    let possible = guard.0.iter().filter(|tests| region.with(tests).is_some());
    let ways: Vec<Vec<&Test>> =
        possible.map(|tests| tests.iter().filter(|test| !region.implies(test)).collect()).collect();
    // A way that asks for more than another adds nothing.
    let adds = |at: usize, way: &[&Test]| {
        ways.iter().enumerate().all(|(other_at, other)| {
            let within = other.iter().all(|test| way.contains(test));
            other_at == at || !within || (other.len() == way.len() && at < other_at)
        })
    };
    let kept = ways.iter().enumerate().filter(|(at, way)| adds(*at, way)).map(|(_, way)| way);
    let words =
        |way: &Vec<&Test>| way.iter().map(|test| test_words(machine.book, test)).collect::<Vec<_>>().join(" and ");
    let kept: Vec<String> = kept.map(words).collect();
    match kept.as_slice() {
        [one] => one.clone(),
        several => format!("({})", several.join(" or ")),
    }
}

/// The opposite of a guard of one test; that of a longer one would hide the scenario rather than explain it.
fn opposite_words(book: &Rulebook, guard: &Guard) -> Option<String> {
    let [tests] = guard.0.as_slice() else { return None };
    let [test] = tests.as_slice() else { return None };
    let words: Vec<String> = negations(test).iter().map(|test| test_words(book, test)).collect();
    Some(words.join(" or "))
}

/// A test as a law writes it.
pub(crate) fn test_words(book: &Rulebook, test: &Test) -> String {
    let yes_no = |is: bool| if is { "yes" } else { "no" };
    match test {
        Test::Age { on, compare, with, picture } => {
            let number = match *with {
                Number::Value(value) => value.to_string(),
                Number::Parameter(parameter) => book.parameters[parameter].name.clone(),
            };
            format!("age on the day of {} {} {number} {}", on.word(), compare_words(*compare), picture_words(picture))
        }
        Test::Fact { fact, is } => format!("{} is {}", book.facts[*fact].name, yes_no(*is)),
        Test::Switch { switch, option, is } => {
            let (name, options) = (&book.switches[*switch].name, &book.switches[*switch].options);
            match options.iter().enumerate().find(|(other, _)| options.len() == 2 && other != option) {
                Some((_, other)) if !is => format!("{name} is {other}"),
                _ if *is => format!("{name} is {}", options[*option]),
                _ => format!("not {name} is {}", options[*option]),
            }
        }
        Test::Condition { condition, is } => format!("{} is {}", book.conditions[*condition].name, yes_no(*is)),
        Test::State { track, states, is } => {
            let names: Vec<&str> =
                states.iter().map(|state| book.tracks[*track].states[usize::from(*state)].name.as_str()).collect();
            format!("{}{} is {}", if *is { "" } else { "not " }, book.tracks[*track].name, names.join(" or "))
        }
        Test::Window { on, window, is } => {
            let day = on.map_or("today", |event| event.word());
            format!("{}{day} in window {}", if *is { "" } else { "not " }, book.windows[*window].name)
        }
        Test::Notice { notice, is } => format!("{}notice is {}", if *is { "" } else { "not " }, notice.word()),
    }
}

fn compare_words(compare: Compare) -> &'static str {
    match compare {
        Compare::Less => "<",
        Compare::LessOrEqual => "<=",
        Compare::Greater => ">",
        Compare::GreaterOrEqual => ">=",
        Compare::Equal => "=",
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
    // A law that does not say how a unit is counted has a finding for that; the day after begins it here.
    let months = |count: u32| from.last_of_months(count, Start::NextDay, crate::rulebook::MonthEnd::LastDay);
    book.last_day(from, period).unwrap_or_else(|| match period.unit {
        Unit::Hours => from.last_of_hours(period.count),
        Unit::Days | Unit::WorkingDays => from.last_of_days(period.count, Start::NextDay),
        Unit::Months => months(u32::from(period.count)),
        Unit::Years => months(u32::from(period.count) * 12),
    })
}

/// `20 days`, `1 month`.
pub(crate) fn period_words(period: Period) -> String {
    let unit = match period.unit {
        Unit::Hours => "hour",
        Unit::Days => "day",
        Unit::Months => "month",
        Unit::Years => "year",
        Unit::WorkingDays => "working day",
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
        Anchor::Combined(combined) => {
            let combined = &book.combined[combined];
            let of: Vec<String> = combined.of.iter().map(|anchor| anchor_words(book, *anchor)).collect();
            let pick = if combined.pick == Pick::Later { "later" } else { "earlier" };
            format!("the {pick} of {}", of.join(" and "))
        }
        Anchor::WindowStart(window) => format!("start of window {}", book.windows[window].name),
        Anchor::WindowEnd(window) => format!("end of window {}", book.windows[window].name),
    }
}

/// `service.served`
pub(crate) fn state_words(book: &Rulebook, track: usize, state: u8) -> String {
    format!("{}.{}", book.tracks[track].name, book.tracks[track].states[usize::from(state)].name)
}
