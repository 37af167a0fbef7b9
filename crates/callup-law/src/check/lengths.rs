//! How long a period can be in days, and between which days after an anchor a track can enter each of its states.
//!
//! Exact for days; months are taken at their shortest and longest. Everything errs to the wide side. This file knows no findings.

use super::witness::last_day;
use crate::calendar::{Day, Phase};
use crate::roles::Event;
use crate::rulebook::{AlreadyOver, Anchor, Moment, Period, Rule, Rulebook, Trigger, Unit};
use std::collections::BTreeMap;

/// Days from which a period with days off is counted to find its shortest and longest: four years.
const DAYS_TRIED: i32 = 1_461;

/// Least and most days; no most where nothing bounds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Span {
    pub least: i32,
    pub most: Option<i32>,
}

/// Days from the anchor's day to the last day of the period, at least and at most.
pub(crate) fn length(book: &Rulebook, period: Period) -> (i32, i32) {
    let days = |day: Day| last_day(book, period, day).days_since(day);
    if period.parameter.is_some() {
        return parameters(book, period);
    }
    let rolls = match period.unit {
        Unit::Days => book.counting.days.as_ref().is_some_and(|days| days.roll.is_some()),
        Unit::Months | Unit::Years => book.counting.months.as_ref().is_some_and(|months| months.roll.is_some()),
        Unit::Hours => false,
        Unit::WorkingDays => true,
    };
    if rolls {
        return with_days_off(book, period);
    }
    if matches!(period.unit, Unit::Days | Unit::Hours) {
        let days = days(Day::MIN);
        return (days, days);
    }
    // Four years hold every succession of month lengths; only the last days of a month end otherwise than the first.
    let months = (2000..2004).flat_map(|year| (1..=12).map(move |month| (year, month)));
    let starts = months.flat_map(|(year, month)| [1, 29, 30, 31].map(|day| Day::from_ymd(year, month, day)));
    starts.flatten().map(days).fold((i32::MAX, i32::MIN), |(least, most), days| (least.min(days), most.max(days)))
}

/// Over all values of the parameter in the place of the number.
fn parameters(book: &Rulebook, period: Period) -> (i32, i32) {
    let values = period.parameter.and_then(|index| book.parameters.get(index)).map(|parameter| &parameter.values);
    let counts = values.into_iter().flatten().filter_map(|value| u16::try_from(value.value).ok());
    let spans = counts.map(|count| length(book, Period::new(count, period.unit)));
    let all = spans.reduce(|one, other| (one.0.min(other.0), one.1.max(other.1)));
    all.unwrap_or((i32::from(period.count), i32::from(period.count)))
}

/// From each day of the first years of the law; ends that cannot be told are left out.
fn with_days_off(book: &Rulebook, period: Period) -> (i32, i32) {
    let first = book.in_force_from.clamp(Day::MIN, Day::MAX);
    let anchors = (0..DAYS_TRIED).map(|later| first.plus_days(later)).filter(|day| *day <= Day::MAX);
    let ends = anchors.map(|day| (day, last_day(book, period, day))).filter(|(_, last)| *last <= Day::MAX);
    let spans = ends.map(|(day, last)| last.days_since(day));
    let all = spans.fold(None, |all: Option<(i32, i32)>, days| {
        Some(all.map_or((days, days), |(least, most)| (least.min(days), most.max(days))))
    });
    all.unwrap_or((i32::from(period.count), i32::from(period.count)))
}

/// Days from the anchor's day to the day of the effect, at least and at most.
pub(crate) fn effect(book: &Rulebook, period: Period, moment: Moment) -> (i32, i32) {
    let (least, most) = length(book, period);
    let later = i32::from(moment == Moment::OnceItHasRunOut);
    (least + later, most + later)
}

/// Whether a period always takes effect strictly before another that is counted from the same day.
pub(crate) fn always_before(book: &Rulebook, first: (Period, Moment), second: (Period, Moment)) -> bool {
    let months = |period: Period| match period.unit {
        Unit::Months => Some(u32::from(period.count)),
        Unit::Years => Some(u32::from(period.count) * 12),
        Unit::Hours | Unit::Days | Unit::WorkingDays => None,
    };
    let is_plain = first.0.parameter.is_none() && second.0.parameter.is_none();
    if let (Some(one), Some(other)) = (months(first.0), months(second.0))
        && is_plain
    {
        return one < other || (one == other && first.1 == Moment::OnTheLastDay && second.1 == Moment::OnceItHasRunOut);
    }
    let phase = |moment: Moment| moment.due(Day::MIN).1;
    let one: (i32, Phase) = (effect(book, first.0, first.1).1, phase(first.1));
    let other: (i32, Phase) = (effect(book, second.0, second.1).0, phase(second.1));
    one < other
}

/// Between which days after an anchor's day a track enters each of its states. A state missing here cannot be told.
pub(crate) fn entries_since(book: &Rulebook, anchor: Anchor, track: usize) -> BTreeMap<u8, Span> {
    let mut since = BTreeMap::new();
    let zero = Span { least: 0, most: Some(0) };
    match anchor {
        Anchor::Entry { track: of, state } if of == track => drop(since.insert(state, zero)),
        Anchor::Event(event) => {
            let raised = book.rules.iter().filter(|rule| rule.track == track && rule.trigger == Trigger::Event(event));
            since.extend(raised.map(|rule| (rule.to, zero)));
            if since.is_empty() && opens(event) {
                since.insert(0, zero);
            }
        }
        _ => {}
    }
    let fixed: Vec<u8> = since.keys().copied().collect();
    let rules: Vec<&Rule> = book.rules.iter().filter(|rule| rule.track == track && !fixed.contains(&rule.to)).collect();
    let rounds = book.tracks[track].states.len() + 1;
    for round in 0..=rounds {
        let before = since.clone();
        for rule in &rules {
            for span in rule.from.iter().filter_map(|from| entry(book, anchor, rule, *from, &before)) {
                widen(&mut since, rule.to, span);
            }
        }
        if since == before {
            break;
        }
        if round == rounds {
            // Still growing: a circle of periods has no latest day.
            since.iter_mut().filter(|(state, _)| !fixed.contains(state)).for_each(|(_, span)| span.most = None);
        }
    }
    since
}

/// Events on whose day a matter can open.
pub(crate) fn opens(event: Event) -> bool {
    matches!(event, Event::Issued | Event::Sent | Event::Posted | Event::Placed | Event::PlacedInAccount)
}

fn widen(since: &mut BTreeMap<u8, Span>, state: u8, span: Span) {
    let known = since.entry(state).or_insert(span);
    known.least = known.least.min(span.least);
    known.most = known.most.zip(span.most).map(|(one, other)| one.max(other));
}

/// When a rule that leaves `from` enters its target.
fn entry(book: &Rulebook, anchor: Anchor, rule: &Rule, from: u8, since: &BTreeMap<u8, Span>) -> Option<Span> {
    let entered = *since.get(&from)?;
    Some(match rule.trigger {
        Trigger::Event(_) => Span { least: entered.least, most: leaves(book, anchor, rule.track, from, entered) },
        Trigger::Period { .. } => {
            due(book, anchor, rule, from, entered).unwrap_or(Span { least: entered.least, most: None })
        }
    })
}

/// When the period of a rule takes effect in a state entered at `entered`, if its anchor has a known place.
fn due(book: &Rulebook, anchor: Anchor, rule: &Rule, from: u8, entered: Span) -> Option<Span> {
    let Trigger::Period { period, after, moment, already_over } = rule.trigger else { return None };
    let (least, most) = effect(book, period, moment);
    let counted = if after == anchor {
        Span { least: 0, most: Some(0) }
    } else if after == (Anchor::Entry { track: rule.track, state: from }) {
        entered
    } else if let Anchor::Fact(fact) = after {
        fact_since(book, anchor, fact)?
    } else {
        return None;
    };
    // Over on entry: it takes effect then, or (`never`) not at all, or (`from entry`) a whole period later.
    let late = if already_over == Some(AlreadyOver::FromEntry) { most } else { 0 };
    let latest = counted.most.zip(entered.most).map(|(counted, entered)| (counted + most).max(entered + late));
    Some(Span { least: (counted.least + least).max(entered.least), most: latest })
}

/// How far a date fact can lie after an event, as the bounds of the notice say.
fn fact_since(book: &Rulebook, anchor: Anchor, fact: usize) -> Option<Span> {
    let bounds = book.notices.iter().filter(|bound| bound.fact == fact && anchor == Anchor::Event(bound.after));
    let (least, most) =
        bounds.fold((None, None), |(least, most), bound| (least.or(bound.min_days), most.or(bound.max_days)));
    (least.is_some() || most.is_some()).then(|| Span { least: least.unwrap_or(i32::MIN / 4), most })
}

/// The latest day on which a track can still be in a state: the first period that moves everybody on.
pub(crate) fn leaves(book: &Rulebook, anchor: Anchor, track: usize, state: u8, entered: Span) -> Option<i32> {
    let moves_on = |rule: &&Rule| {
        let sure = !matches!(rule.trigger, Trigger::Period { already_over: Some(AlreadyOver::Never), .. });
        rule.track == track
            && rule.to != state
            && rule.from.contains(&state)
            && sure
            && rule.guard.0.iter().any(Vec::is_empty)
    };
    let rules = book.rules.iter().filter(moves_on);
    rules.filter_map(|rule| due(book, anchor, rule, state, entered)?.most).min()
}

/// Days from the entry into a state to the day of a window that a period is counted from, at least and at most; none for other anchors.
pub(crate) fn window_spans(book: &Rulebook, anchor: Anchor) -> Option<(i32, i32)> {
    if !matches!(anchor, Anchor::WindowStart(_) | Anchor::WindowEnd(_)) {
        return None;
    }
    let first = book.in_force_from.clamp(Day::MIN, Day::MAX);
    let entries = (0..DAYS_TRIED).map(|later| first.plus_days(later)).filter(|day| *day <= Day::MAX);
    let spans = entries.filter_map(|day| Some(book.window_day(anchor, day)?.days_since(day)));
    Some(spans.fold((0, 0), |(least, most), days| (least.min(days), most.max(days))))
}
