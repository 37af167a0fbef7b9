//! A way through a matter told as a dated timeline in the words of `explain`, so that a lawyer can judge whether it can happen.
//!
//! The dates come from `dates.rs`. Findings print what comes out here; the words for guards, periods and anchors are used by all checks.

use super::dates::{Given, Step, Witness, witness};
use super::explore::{Edge, Space};
use super::machine::{Input, Machine};
use super::region::{negations, picture_words};
use crate::calendar::Day;
use crate::explain::language::{Language, Words};
use crate::rulebook::{Anchor, Compare, Guard, Moment, Number, Period, Pick, Rulebook, Start, Test, Trigger, Unit};

/// Findings are in English.
const WORDS: Words = Words(Language::English);
/// How many ways to what is claimed are told before it is left without dates.
const TOLD_MAX: usize = 24;

/// A way with its lines.
#[derive(Clone, Debug)]
pub(crate) struct Story {
    pub lines: Vec<String>,
    /// None where no dates were looked for.
    pub witness: Option<Witness>,
}

/// The first of these ways that has dates on which the interpreter goes it; with its place among them. `None` if none has any dates; the first
/// that has some, with a word about that, if the interpreter goes none of them.
pub(crate) fn tell(
    machine: &Machine,
    space: &Space,
    mut ways: impl Iterator<Item = Vec<usize>>,
    given: &Given,
) -> Option<(usize, Story)> {
    let mut untold: Option<(usize, Story)> = None;
    let mut tried = false;
    for (at, way) in ways.by_ref().take(TOLD_MAX).enumerate() {
        tried = true;
        let known = space.told.borrow().get(&way).cloned();
        let found = known.unwrap_or_else(|| {
            let found = witness(machine, space, &way, given);
            space.told.borrow_mut().insert(way.clone(), found.clone());
            found
        });
        let Some(found) = found else { continue };
        let (is_told, mut lines) = (found.is_told || found.is_untellable, lines(machine, space, &way, &found));
        if !is_told {
            lines.push("these dates were compared but could not be told by the interpreter".to_owned());
        }
        let story = Story { lines, witness: Some(found) };
        if is_told {
            return Some((at, story));
        }
        untold.get_or_insert((at, story));
    }
    if untold.is_none() && tried && (!space.is_timed || ways.next().is_some()) {
        // Nobody has asked whether it has dates before, or not every way was tried.
        let lines = vec!["no dates are told for this: not every way to it was tried".to_owned()];
        untold = Some((0, Story { lines, witness: None }));
    }
    untold
}

/// The lines of a scenario, one a day and input: `Sun 2 Mar 2025   the notice was placed in the register: service is placed  Art. 6(1)`.
fn lines(machine: &Machine, space: &Space, way: &[usize], found: &Witness) -> Vec<String> {
    let steps = way.iter().zip(&found.steps);
    let steps = steps.filter_map(|(edge, step)| Some((step.day, line(machine, &space.edges[*edge], step)?)));
    let opened = found.events.first().filter(|_| is_opened_alone(found));
    // A measure that begins with the matter is told by the step.
    let opened = opened.filter(|_| found.steps.first().is_none_or(|step| step.started.is_empty()));
    let opened =
        opened.map(|(day, event, _)| (*day, format!("{}  {}", WORDS.row_date(*day), WORDS.event_past(*event))));
    let dates = found.dates.iter().filter(|(name, _)| is_counted(machine, found, name));
    let dates = dates.map(|(name, day)| (*day, format!("{}  {}", WORDS.row_date(*day), name.replace('_', " "))));
    let mut lines: Vec<(Day, String)> = dates.chain(opened).chain(steps).collect();
    lines.sort_by_key(|(day, _)| *day);
    lines.into_iter().map(|(_, line)| line).collect()
}

/// Whether the matter opens before the first event of the way.
fn is_opened_alone(found: &Witness) -> bool {
    found.events.len() > found.steps.iter().filter(|step| step.event.is_some()).count()
}

/// Whether a period of the way is counted from this date.
fn is_counted(machine: &Machine, found: &Witness, name: &str) -> bool {
    let book = machine.book;
    let of = |anchor: Anchor| matches!(anchor, Anchor::Fact(fact) if book.facts[fact].name == name);
    found.steps.iter().filter_map(|step| step.rule).any(|rule| match book.rules[rule].trigger {
        Trigger::Period { after: Anchor::Combined(index), .. } => book.combined[index].of.iter().any(|part| of(*part)),
        Trigger::Period { after, .. } => of(after),
        Trigger::Event(_) => false,
    })
}

/// Nothing for a step in which nothing happens that anybody would see.
fn line(machine: &Machine, edge: &Edge, step: &Step) -> Option<String> {
    let book = machine.book;
    let is_silent = step.entered.is_empty() && step.started.is_empty() && step.lifted.is_empty();
    if is_silent && step.event.is_none() {
        return None;
    }
    let entered = step.entered.iter().map(|(track, state)| {
        format!("{} is {}", book.tracks[*track].name, book.tracks[*track].states[usize::from(*state)].name)
    });
    let lifted = step.lifted.iter().map(|measure| format!("{} must be lifted", the_measure(book, *measure)));
    let started = step.started.iter().map(|measure| format!("{} begins", the_measure(book, *measure)));
    let parts: Vec<String> = entered.chain(lifted).chain(started).collect();
    let what = input_words(book, edge.input, step) + &assumed(machine, edge);
    let what = if parts.is_empty() { what } else { format!("{what}: {}", parts.join(", ")) };
    let basis = if step.cites.is_empty() { String::new() } else { format!("  {}", WORDS.bases(&step.cites)) };
    Some(format!("{}  {what}{basis}", WORDS.row_date(step.day)))
}

/// The measure by its label, or its name where it has none.
fn the_measure(book: &Rulebook, measure: usize) -> String {
    let measure = &book.measures[measure];
    let label = if measure.label.is_empty() { measure.name.replace('_', " ") } else { measure.label.clone() };
    WORDS.the(&label)
}

/// What had to be decided for this step, as ` (if …)`; nothing if it happens to everybody.
fn assumed(machine: &Machine, edge: &Edge) -> String {
    let decided = machine.decided(&edge.ways);
    let words = decided.into_iter().filter_map(|(guard, way)| match way {
        true => Some(guard_words(machine, guard)),
        false => opposite_words(machine.book, guard),
    });
    let words: Vec<String> = words.filter(|words| !words.is_empty()).collect();
    if words.is_empty() { String::new() } else { format!(" (if {})", words.join(" and ")) }
}

fn input_words(book: &Rulebook, input: Input, step: &Step) -> String {
    let Input::Period(rule) = input else {
        return step.event.map_or_else(|| "the matter opens".to_owned(), |event| WORDS.event_past(event));
    };
    let rule = &book.rules[rule];
    let name = if rule.label.is_empty() { rule.name.replace('_', " ") } else { rule.label.clone() };
    match (&rule.trigger, step.since) {
        (Trigger::Period { period, .. }, Some(since)) => {
            format!("{name}, {} after {}", period_words(*period), WORDS.brief_date(since, step.day))
        }
        (Trigger::Period { period, after, .. }, None) => {
            format!("{name}, {} after {}", period_words(*period), anchor_words(book, *after))
        }
        (Trigger::Event(event), _) => WORDS.event_past(*event),
    }
}

/// A guard as a law writes it, without what is settled for the machine.
fn guard_words(machine: &Machine, guard: &Guard) -> String {
    let region = &machine.region;
    let possible = guard.0.iter().filter(|tests| region.with(tests).is_some());
    // The states of tracks are told by the lines before.
    let is_told = |test: &Test| matches!(test, Test::State { track, .. } if machine.local(*track).is_some());
    let said = |test: &&Test| !region.implies(test) && !is_told(test);
    let ways: Vec<Vec<&Test>> = possible.map(|tests| tests.iter().filter(said).collect()).collect();
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
