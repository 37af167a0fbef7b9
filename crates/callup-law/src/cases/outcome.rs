//! Whether what a case expects came, and both in words.
//!
//! It reads the log of the one matter that the case is about, and runs nothing.

use crate::calendar::Day;
use crate::holder::{Entry, History, What, count};
use crate::roles::Event;
use crate::rulebook::{Anchor, Deadline, Expected, Otherwise, Pick, Rulebook};
use std::collections::{BTreeMap, BTreeSet};

/// The law and the notice of a case that was run.
pub(super) struct Ran<'a> {
    /// The law.
    pub(super) book: &'a Rulebook,
    /// The dates of the notice, by the name of the fact.
    pub(super) dates: &'a BTreeMap<String, Day>,
}

fn starts(history: &History, measure: usize) -> Vec<Day> {
    let of_measure = |entry: &&Entry| matches!(entry.what, What::Starts { measure: started, .. } if started == measure);
    history.entries.iter().filter(of_measure).map(|entry| entry.day).collect()
}

/// Days on which a suspension of a measure begins (true) or ends (false).
fn suspensions(history: &History, measure: usize) -> Vec<(Day, bool)> {
    let change = |entry: &Entry| match entry.what {
        What::Suspended { measure: of, .. } if of == measure => Some((entry.day, true)),
        What::Resumed { measure: of } if of == measure => Some((entry.day, false)),
        _ => None,
    };
    history.entries.iter().filter_map(change).collect()
}

/// Days on which a state was entered, also by opening the matter.
fn entries(history: &History, track: usize, state: u8) -> Vec<Day> {
    let entered = |entry: &&Entry| match entry.what {
        What::Entered { track: moved, state: to, .. } => (moved, to) == (track, state),
        What::Opened => state == 0,
        _ => false,
    };
    history.entries.iter().filter(entered).map(|entry| entry.day).collect()
}

impl Ran<'_> {
    /// Whether it came.
    pub(super) fn holds(&self, expected: &Expected, history: &History) -> bool {
        match *expected {
            Expected::MeasureOn(measure, day) => starts(history, measure).contains(&day),
            Expected::LiftedBy(measure, day) => {
                history.stretches(super::CASE, |_, of| of == measure).iter().any(|stretch| stretch.lift == Some(day))
            }
            Expected::SuspendedOn(measure, day) => suspensions(history, measure).contains(&(day, true)),
            Expected::ResumedOn(measure, day) => suspensions(history, measure).contains(&(day, false)),
            Expected::NoMeasure(measure) => starts(history, measure).is_empty(),
            Expected::MeasureOpen(measure) => {
                history.stretches(super::CASE, |_, of| of == measure).last().is_some_and(|last| last.lift.is_none())
            }
            Expected::StateOn { track, state, day } => entries(history, track, state).contains(&day),
            Expected::NeverState { track, state } => entries(history, track, state).is_empty(),
            Expected::Void => self.is_void(history),
            Expected::Gap(is) => self.is_in_gap(history) == is,
            Expected::OpenUntil(remedy, day) => self.last_days_to_file(remedy, history).contains(&day),
            Expected::MustActBy(ref who, day) => self.last_days_to_act(who, history).contains(&day),
        }
    }

    /// Whether the notice opened no matter, or an event of it has no effect, because of a bound.
    fn is_void(&self, history: &History) -> bool {
        history.entries.iter().any(|entry| match entry.what {
            What::Void { .. } => true,
            What::OutOfBounds { bound } => self.book.notices[bound].otherwise == Otherwise::Void,
            _ => false,
        })
    }

    /// Whether an event broke a bound of which the law does not say what follows.
    fn is_in_gap(&self, history: &History) -> bool {
        let breaks = |what: &What| match *what {
            What::OutOfBounds { bound } => self.book.notices[bound].otherwise == Otherwise::Gap,
            _ => false,
        };
        history.entries.iter().any(|entry| breaks(&entry.what))
    }

    /// Last days to file a remedy. From knowledge of a measure it is told as if he learned of it when it started.
    fn last_days_to_file(&self, remedy: usize, history: &History) -> Vec<Day> {
        let remedy = &self.book.remedies[remedy];
        let Some(limit) = &remedy.file_within else { return Vec::new() };
        let from = match limit.of {
            Anchor::Knowledge => remedy.against.iter().flat_map(|measure| starts(history, *measure)).collect(),
            other => self.anchor_days(other, history),
        };
        self.ends(limit, from)
    }

    /// Last days on which somebody must have acted: of duties, and of remedies that this body decides.
    fn last_days_to_act(&self, who: &str, history: &History) -> Vec<Day> {
        let duties = self.book.duties.iter().filter(|duty| duty.who == who).filter_map(|duty| duty.within.as_ref());
        let mut days: Vec<Day> =
            duties.flat_map(|limit| self.ends(limit, self.anchor_days(limit.of, history))).collect();
        for (index, remedy) in self.book.remedies.iter().enumerate().filter(|(_, remedy)| remedy.to == who) {
            if let Some(limit) = &remedy.decide_within {
                days.extend(self.ends(limit, self.filings(index, history)));
            }
        }
        days
    }

    /// Days on which a remedy was filed. An event that names none may be any of the matter.
    fn filings(&self, index: usize, history: &History) -> Vec<Day> {
        let is_filing = |what: &What| match *what {
            What::Event(event) => event == Event::Filed,
            What::RemedyEvent { event, remedy } => event == Event::Filed && remedy == Some(index),
            _ => false,
        };
        history.entries.iter().filter(|entry| is_filing(&entry.what)).map(|entry| entry.day).collect()
    }

    fn ends(&self, limit: &Deadline, from: Vec<Day>) -> Vec<Day> {
        let counted = from.into_iter().filter_map(|day| count(self.book, Some(limit.of), day, limit.period));
        counted.map(|counted| counted.last).collect()
    }

    /// The days that an anchor had, one after another.
    fn anchor_days(&self, anchor: Anchor, history: &History) -> Vec<Day> {
        let mut opened = history.entries.iter().map(|entry| entry.day);
        match anchor {
            Anchor::Event(event) => history
                .entries
                .iter()
                .filter(|entry| entry.what.is_event(event))
                .map(|entry| entry.day)
                .take(1)
                .collect(),
            Anchor::Entry { track, state } => entries(history, track, state),
            Anchor::Fact(fact) => {
                self.book.facts.get(fact).and_then(|fact| self.dates.get(&fact.name)).copied().into_iter().collect()
            }
            Anchor::MeasureStart(measure) => starts(history, measure),
            Anchor::Knowledge => Vec::new(),
            Anchor::WindowStart(_) | Anchor::WindowEnd(_) => {
                opened.next().and_then(|day| self.book.window_day(anchor, day)).into_iter().collect()
            }
            Anchor::Combined(combined) => {
                let combined = &self.book.combined[combined];
                let last = |one: &Anchor| self.anchor_days(*one, history).pop();
                let days: Vec<Option<Day>> = combined.of.iter().map(last).collect();
                let picked = match combined.pick {
                    Pick::Later => days.into_iter().collect::<Option<Vec<_>>>().and_then(|days| days.into_iter().max()),
                    Pick::Earlier => days.into_iter().flatten().min(),
                };
                picked.into_iter().collect()
            }
        }
    }

    /// As the law writes it.
    pub(super) fn words(&self, expected: &Expected) -> String {
        let measure = |measure: usize| self.book.measures.get(measure).map_or("?", |measure| measure.name.as_str());
        match *expected {
            Expected::MeasureOn(index, day) => format!("{} on {day}", measure(index)),
            Expected::LiftedBy(index, day) => format!("{} lifted by {day}", measure(index)),
            Expected::SuspendedOn(index, day) => format!("{} suspended on {day}", measure(index)),
            Expected::ResumedOn(index, day) => format!("{} resumed on {day}", measure(index)),
            Expected::NoMeasure(index) => format!("no {}", measure(index)),
            Expected::MeasureOpen(index) => format!("{} open", measure(index)),
            Expected::StateOn { track, state, day } => format!("{} on {day}", self.state_name(track, state)),
            Expected::NeverState { track, state } => format!("never {}", self.state_name(track, state)),
            Expected::Void => "void".to_string(),
            Expected::Gap(is) => (if is { "gap" } else { "no gap" }).to_string(),
            Expected::OpenUntil(remedy, day) => open_until(&self.book.remedies[remedy].name, day),
            Expected::MustActBy(ref who, day) => must_act_by(who, day),
        }
    }

    fn state_name(&self, track: usize, state: u8) -> String {
        let track = self.book.tracks.get(track);
        let state = track.and_then(|track| track.states.get(usize::from(state)));
        format!("{}.{}", track.map_or("?", |track| &track.name), state.map_or("?", |state| &state.name))
    }

    /// What came instead, or the same.
    pub(super) fn came(&self, expected: &Expected, history: &History) -> String {
        match *expected {
            Expected::SuspendedOn(measure, _) | Expected::ResumedOn(measure, _) => {
                let name = &self.book.measures[measure].name;
                let word = |begins: bool| if begins { "suspended" } else { "resumed" };
                let came = suspensions(history, measure);
                let came = came.iter().map(|(day, begins)| format!("{name} {} on {day}", word(*begins)));
                listed(came, || format!("{name} never suspended"))
            }
            Expected::MeasureOn(measure, _)
            | Expected::LiftedBy(measure, _)
            | Expected::NoMeasure(measure)
            | Expected::MeasureOpen(measure) => {
                let name = &self.book.measures[measure].name;
                let came = history.stretches(super::CASE, |_, of| of == measure);
                let came = came.iter().map(|stretch| match stretch.lift {
                    Some(lift) => format!("{name} from {}, lifted by {lift}", stretch.start),
                    None => format!("{name} from {}, open", stretch.start),
                });
                listed(came, || format!("no {name}"))
            }
            Expected::StateOn { track, state, .. } | Expected::NeverState { track, state } => {
                let name = self.state_name(track, state);
                let came = entries(history, track, state);
                listed(came.iter().map(|day| format!("{name} on {day}")), || format!("never {name}"))
            }
            Expected::Void if self.is_void(history) => "void".to_string(),
            Expected::Void => "a matter that stands".to_string(),
            Expected::Gap(_) => (if self.is_in_gap(history) { "gap" } else { "no gap" }).to_string(),
            Expected::OpenUntil(remedy, _) => {
                let name = &self.book.remedies[remedy].name;
                let came: BTreeSet<Day> = self.last_days_to_file(remedy, history).into_iter().collect();
                listed(came.iter().map(|day| open_until(name, *day)), || format!("no last day of {name}"))
            }
            Expected::MustActBy(ref who, _) => {
                let came: BTreeSet<Day> = self.last_days_to_act(who, history).into_iter().collect();
                listed(came.iter().map(|day| must_act_by(who, *day)), || format!("no last day of {who}"))
            }
        }
    }
}

fn open_until(remedy: &str, day: Day) -> String {
    format!("{remedy} open until {day}")
}

fn must_act_by(who: &str, day: Day) -> String {
    format!("{who} must act by {day}")
}

fn listed(came: impl Iterator<Item = String>, nothing: impl FnOnce() -> String) -> String {
    let came: Vec<String> = came.collect();
    if came.is_empty() { nothing() } else { came.join(", ") }
}
