//! What would have changed it: the same case run again with one act of the person added or moved, on every day it could have been.
//!
//! Found by search through the step function, never written in advance. Where ways are open, one is followed and said.

use crate::calendar::Day;
use crate::explain::ground::Ground;
use crate::explain::language::say;
use crate::explain::{Case, Change};
use crate::forks::follow;
use crate::holder::{History, Notice, Stretch, What};
use crate::roles::Event;
use crate::rulebook::Cite;
use std::collections::BTreeMap;

/// Acts that are tried.
const ACTS: [Event; 3] = [Event::Opened, Event::ValidReasonShown, Event::Appeared];
/// Days after the opening of a matter on which acts are tried.
const DAYS_MAX: i32 = 400;
/// A lift this many days after the act is said as a number of days.
const PROMPT_DAYS: i32 = 7;

/// How a ground comes out when the act falls on a day, compared with the case as stated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Outcome {
    /// It never starts.
    Avoided,
    /// It starts on the day of the act.
    ThatDay,
    /// It starts on another day than stated.
    From(Day),
    /// It stood open and is lifted so many days after the act.
    LiftedWithin(i32),
    /// It stood open and is lifted by this day.
    LiftedBy(Day),
}

/// For each ground and outcome the days on which the act has it, with the rules that react.
type Found = BTreeMap<(Ground, Outcome), Vec<(Day, Vec<Cite>)>>;
/// First and last day and outcome of a range.
type RangeKey = (Day, Day, Outcome);
/// The grounds that share a range, and its basis.
type Shared = (Vec<Ground>, Vec<Cite>);

/// Changes in the order of matters, acts and days.
pub(crate) fn changes(case: &Case<'_>) -> Vec<Change> {
    let mut changes = Vec::new();
    for matter in 0..case.notices.len() {
        for act in ACTS {
            changes.extend(of_act(case, matter, act));
        }
    }
    changes
}

/// What one act would have changed, as ranges of days with the same outcome.
fn of_act(case: &Case<'_>, matter: usize, act: Event) -> Vec<Change> {
    let Some(base) = case.main_way() else { return Vec::new() };
    let notice = &case.notices[matter];
    let Some(opened) = notice.events.iter().map(|(_, day)| *day).min() else { return Vec::new() };
    let stated = notice.events.iter().filter(|(event, _)| *event == act).map(|(_, day)| *day).min();
    // An act that was stated is tried on earlier days only: nobody is told to wait.
    let last = stated.map_or(case.until, |day| day.plus_days(-1)).min(opened.plus_days(DAYS_MAX));
    let before = case.grounds(&base.history);
    let mut found = Found::new();
    let mut day = opened;
    while day <= last {
        let notices = moved(&case.notices, matter, act, day);
        if let Some(history) = follow(&case.laws, &case.known, &base.assumptions, &notices, case.until) {
            let cites = reacting(case, &history, matter, act);
            for (ground, outcome) in differences(&before, &case.grounds(&history), day) {
                found.entry((ground, outcome)).or_default().push((day, cites.clone()));
            }
        }
        day = day.plus_days(1);
    }
    sentences(case, (matter, act), &before, (opened, last), found)
}

/// The notices with one act on another day, or added.
fn moved(notices: &[Notice], matter: usize, act: Event, day: Day) -> Vec<Notice> {
    let mut notices = notices.to_vec();
    notices[matter].events.retain(|(event, _)| *event != act);
    notices[matter].events.push((act, day));
    notices
}

/// The rules that react to the act on its day.
fn reacting(case: &Case<'_>, history: &History, matter: usize, act: Event) -> Vec<Cite> {
    let mut cites = Vec::new();
    let mut inside = false;
    for entry in history.entries.iter().filter(|entry| entry.matter == matter) {
        match entry.what {
            What::Event(event) | What::RemedyEvent { event, .. } => inside = event == act,
            What::Entered { rule, counted: None, .. } if inside => {
                cites.push(case.book(entry.law).rules[rule].cite.clone())
            }
            What::LiftDue { measure, line, .. } if inside && cites.is_empty() => {
                cites.push(case.book(entry.law).measures[measure].ends[line].cite.clone());
            }
            _ => {}
        }
    }
    cites
}

fn differences(
    before: &BTreeMap<Ground, Vec<Stretch>>,
    after: &BTreeMap<Ground, Vec<Stretch>>,
    day: Day,
) -> Vec<(Ground, Outcome)> {
    let grounds = before.keys().chain(after.keys().filter(|ground| !before.contains_key(ground)));
    grounds.filter_map(|ground| Some((*ground, difference(before.get(ground), after.get(ground), day)?))).collect()
}

fn difference(before: Option<&Vec<Stretch>>, after: Option<&Vec<Stretch>>, day: Day) -> Option<Outcome> {
    let (before, after) = (before.and_then(|list| list.last()), after.and_then(|list| list.last()));
    match (before, after) {
        (Some(_), None) => Some(Outcome::Avoided),
        (before, Some(after)) if before.is_none_or(|before| before.start != after.start) => {
            Some(if after.start == day { Outcome::ThatDay } else { Outcome::From(after.start) })
        }
        (Some(Stretch { lift: None, .. }), Some(Stretch { lift: Some(lift), .. })) => {
            let days = lift.days_since(day);
            Some(if (0..=PROMPT_DAYS).contains(&days) { Outcome::LiftedWithin(days) } else { Outcome::LiftedBy(*lift) })
        }
        _ => None,
    }
}

/// Days in a row become one sentence; grounds with the same days and outcome share it.
fn sentences(
    case: &Case<'_>,
    (matter, act): (usize, Event),
    before: &BTreeMap<Ground, Vec<Stretch>>,
    tried: (Day, Day),
    found: Found,
) -> Vec<Change> {
    let mut shared: BTreeMap<RangeKey, Shared> = BTreeMap::new();
    for ((ground, outcome), days) in found {
        for (from, to, cites) in runs(days) {
            let entry = shared.entry((from, to, outcome)).or_default();
            entry.0.push(ground);
            entry.1.extend(cites.into_iter().filter(|cite| !entry.1.contains(cite)).collect::<Vec<_>>());
        }
    }
    let assuming: Vec<String> =
        case.main_way().map_or_else(Vec::new, |fork| fork.assumptions.iter().map(|made| case.said(made)).collect());
    let gerund = case.words.act_gerund(act);
    let change = |((from, to, outcome), (grounds, cite)): (RangeKey, Shared)| {
        let when = when(case, (from, to), tried);
        let (act, effect) = (format!("{gerund} {when}"), effect(case, before, outcome, &grounds));
        Change { act, from, to, effect, cite, matter, assuming: assuming.clone() }
    };
    shared.into_iter().map(change).collect()
}

fn when(case: &Case<'_>, (from, to): (Day, Day), tried: (Day, Day)) -> String {
    let words = case.words;
    if to == tried.1 && to == case.until {
        say!(words, "when-from", from = words.long_date(from))
    } else if from == to {
        say!(words, "when-on", day = words.long_date(to))
    } else if from == tried.0 {
        say!(words, "when-by", day = words.long_date(to))
    } else {
        say!(words, "when-between", from = words.long_date(from), until = words.long_date(to))
    }
}

fn effect(case: &Case<'_>, before: &BTreeMap<Ground, Vec<Stretch>>, outcome: Outcome, grounds: &[Ground]) -> String {
    let words = case.words;
    let bare: Vec<String> = grounds.iter().map(|ground| case.ground_label(*ground)).collect();
    let (measures, the) =
        (words.list(&bare), words.list(&bare.iter().map(|label| words.the(label)).collect::<Vec<_>>()));
    let stated =
        |ground: &Ground| before.get(ground).and_then(|list| list.last()).map(|stretch| words.long_date(stretch.start));
    let mut instead: Vec<String> = grounds.iter().filter_map(stated).collect();
    instead.dedup();
    let instead = match instead.as_slice() {
        [] => String::new(),
        days => format!(" {}", say!(words, "changed-instead", dates = words.list(days))),
    };
    match outcome {
        Outcome::Avoided if bare.iter().any(|label| label.starts_with("no ")) => {
            say!(words, "changed-not-begin", measures = the)
        }
        Outcome::Avoided => {
            let none = words.list(
                &bare.iter().map(|label| say!(words, "changed-avoided-one", measure = label)).collect::<Vec<_>>(),
            );
            say!(words, "changed-avoided", measures = none)
        }
        Outcome::ThatDay => say!(words, "changed-that-day", measures = measures, instead = instead),
        Outcome::From(day) => {
            say!(words, "changed-from", measures = measures, date = words.long_date(day), instead = instead)
        }
        Outcome::LiftedWithin(0) => say!(words, "changed-lifted-same-day", measures = the),
        Outcome::LiftedWithin(1) => say!(words, "changed-lifted-next-day", measures = the),
        Outcome::LiftedWithin(days) => say!(words, "changed-lifted-within", measures = the, n = days),
        Outcome::LiftedBy(day) => say!(words, "changed-lifted-by", measures = the, date = words.long_date(day)),
    }
}

/// Runs of days in a row, with the basis of their first day.
fn runs(days: Vec<(Day, Vec<Cite>)>) -> Vec<(Day, Day, Vec<Cite>)> {
    let mut runs: Vec<(Day, Day, Vec<Cite>)> = Vec::new();
    for (day, cites) in days {
        match runs.last_mut() {
            Some(run) if run.1.plus_days(1) == day => run.1 = day,
            _ => runs.push((day, day, cites)),
        }
    }
    runs
}
