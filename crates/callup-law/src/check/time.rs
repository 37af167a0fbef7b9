//! Periods and dates held against each other: E052, E054 to E057 and W058.
//!
//! Reasons over one track at a time from what its periods are counted from; lengths come from `lengths.rs`.

use super::Finding;
use super::lengths::{always_before, effect, entries_since, leaves, length};
use super::witness::{anchor_words, last_day, period_words, state_words};
use crate::calendar::{Day, Unit};
use crate::roles::Milestone;
use crate::rulebook::{
    AlreadyOver, Anchor, Deadline, Measure, Moment, NoticeBound, Period, Pick, Remedy, Rule, Rulebook, Trigger,
};

pub(crate) fn check(book: &Rulebook, findings: &mut Vec<Finding>) {
    for (index, rule) in book.rules.iter().enumerate() {
        // What runs in the track of a remedy is given by the language.
        if book.tracks[rule.track].remedy.is_some() {
            continue;
        }
        let Some(clock) = Clock::of(rule) else { continue };
        findings.extend(hours_of_a_date(book, rule, clock));
        findings.extend(outrun(book, index, rule, clock).or_else(|| outlived(book, rule, clock)));
        // Of a day that need not come nobody asks whether it is long past.
        findings.extend(without_day(book, rule, clock).or_else(|| over_on_entry(book, rule, clock)));
    }
    findings.extend(book.notices.iter().filter_map(|bound| before_service(book, bound)));
    for remedy in &book.remedies {
        findings.extend(remedy.file_within.iter().flat_map(|limit| too_early(book, remedy, limit)));
    }
}

/// The period of a rule.
#[derive(Clone, Copy)]
struct Clock {
    period: Period,
    after: Anchor,
    moment: Moment,
    already_over: Option<AlreadyOver>,
}

impl Clock {
    fn of(rule: &Rule) -> Option<Clock> {
        match rule.trigger {
            Trigger::Period { period, after, moment, already_over } => {
                Some(Clock { period, after, moment, already_over })
            }
            Trigger::Event(_) => None,
        }
    }
}

/// E052: hours run from an instant, and a date that is given has none.
fn hours_of_a_date(book: &Rulebook, rule: &Rule, clock: Clock) -> Option<Finding> {
    let Anchor::Fact(fact) = clock.after else { return None };
    let name = &book.facts[fact].name;
    let message = format!("`{name}` is a date and has no hour from which {} could run", period_words(clock.period));
    let help = "write the period in days, or count the hours from an event";
    (clock.period.unit == Unit::Hours).then(|| Finding::new("E052", &rule.cite, message).help(help))
}

/// E054: in each of its states another period from the same day moves everybody on before.
fn outrun(book: &Rulebook, index: usize, rule: &Rule, clock: Clock) -> Option<Finding> {
    let faster = |state: u8| {
        book.rules
            .iter()
            .enumerate()
            .find(|(other, faster)| outruns(book, index, clock, *other, faster, rule.track, state))
    };
    let (_, first) = faster(*rule.from.first()?)?;
    if !rule.from.iter().all(|state| faster(*state).is_some()) {
        return None;
    }
    let other = Clock::of(first)?;
    let anchor = anchor_words(book, clock.after);
    let message = format!("rule `{}` can never apply: another period always ends before it", rule.name);
    let help = format!(
        "rule `{}` leaves `{}` {} after {anchor}, this one waits {}",
        first.name,
        state_words(book, rule.track, rule.from[0]),
        period_words(other.period),
        period_words(clock.period)
    );
    let finding = Finding::new("E054", &rule.cite, message).help(help);
    Some(finding.help("mend one of the periods, or give the shorter one its guard"))
}

/// E054 across anchors: whatever happens, everybody has left each of its states before the period can end.
fn outlived(book: &Rulebook, rule: &Rule, clock: Clock) -> Option<Finding> {
    let since = entries_since(book, clock.after, rule.track);
    let surely = surely_dated(book, rule.track, clock.after);
    let (least, _) = effect(book, clock.period, clock.moment);
    let mut latest = 0;
    for &state in &rule.from {
        let entered = since.get(&state).filter(|_| surely[usize::from(state)])?;
        let left = leaves(book, clock.after, rule.track, state, *entered).filter(|left| *left < least)?;
        latest = latest.max(left);
    }
    let anchor = anchor_words(book, clock.after);
    let message = format!("rule `{}` can never apply: its states are always left before", rule.name);
    let help = format!(
        "they are left on day {latest} after {anchor} at the latest, this period ends on day {least} at the earliest"
    );
    Some(
        Finding::new("E054", &rule.cite, message)
            .help(help)
            .help("mend one of the periods, or give the shorter one its guard"),
    )
}

fn outruns(book: &Rulebook, slow_at: usize, slow: Clock, fast_at: usize, rule: &Rule, track: usize, state: u8) -> bool {
    let Some(fast) = Clock::of(rule) else { return false };
    let everybody = rule.guard.0.iter().any(Vec::is_empty);
    let leaves = rule.track == track && rule.from.contains(&state) && rule.to != state && fast.after == slow.after;
    // Over on entry, `never` and `from entry` do not leave at once; of two `at once` the first in the document wins.
    let sure = match fast.already_over {
        None => true,
        Some(AlreadyOver::AtOnce) => slow.already_over != Some(AlreadyOver::AtOnce) || fast_at < slow_at,
        Some(AlreadyOver::Never | AlreadyOver::FromEntry) => false,
    };
    everybody && leaves && sure && always_before(book, (fast.period, fast.moment), (slow.period, slow.moment))
}

/// The rules that enter a state of a track from another state, or from itself.
fn entries(book: &Rulebook, track: usize, state: u8) -> impl Iterator<Item = &Rule> {
    book.rules.iter().filter(move |rule| rule.track == track && rule.to == state)
}

/// E056: on one way into the state the anchor has its day, on another it need not.
fn without_day(book: &Rulebook, rule: &Rule, clock: Clock) -> Option<Finding> {
    let needs_no_event = matches!(
        clock.after,
        Anchor::Fact(_) | Anchor::Knowledge | Anchor::WindowStart(_) | Anchor::WindowEnd(_) | Anchor::Combined(_)
    );
    if needs_no_event {
        return None;
    }
    let surely = surely_dated(book, rule.track, clock.after);
    for &state in &rule.from {
        let dates = |entry: &&Rule| {
            gives_day(book, entry, clock.after) || entry.from.iter().all(|from| surely[usize::from(*from)])
        };
        let with = entries(book, rule.track, state).find(dates);
        let without = entries(book, rule.track, state).find(|entry| !dates(entry));
        if let (Some(with), Some(without)) = (with, without) {
            return Some(mixed(book, rule, clock, state, with, without));
        }
    }
    None
}

fn mixed(book: &Rulebook, rule: &Rule, clock: Clock, state: u8, with: &Rule, without: &Rule) -> Finding {
    let anchor = anchor_words(book, clock.after);
    let state = state_words(book, rule.track, state);
    let message = format!("`{anchor}` may have no day in `{state}`, and the period would never run");
    Finding::new("E056", &rule.cite, message)
        .help(format!("rule `{}` enters `{state}` with a day for it, rule `{}` without one", with.name, without.name))
        .help(format!("count from the entry into `{state}`, or give the other way in a rule or a state of its own"))
}

/// Whether applying the rule means that the anchor has its day.
fn gives_day(book: &Rulebook, rule: &Rule, anchor: Anchor) -> bool {
    let raised = match rule.trigger {
        Trigger::Event(event) => anchor == Anchor::Event(event),
        Trigger::Period { after, .. } => after == anchor,
    };
    let starts = |measure: &Measure| {
        measure
            .starts
            .iter()
            .any(|start| (start.track, start.state) == (rule.track, rule.to) && start.guard.0.iter().any(Vec::is_empty))
    };
    let started = matches!(anchor, Anchor::MeasureStart(measure) if starts(&book.measures[measure]));
    raised || started || anchor == (Anchor::Entry { track: rule.track, state: rule.to })
}

/// For each state of a track, whether the anchor surely has its day there.
fn surely_dated(book: &Rulebook, track: usize, anchor: Anchor) -> Vec<bool> {
    let count = book.tracks[track].states.len();
    let mut surely = vec![true; count];
    surely[0] = anchor == (Anchor::Entry { track, state: 0 });
    for _ in 0..=count {
        for rule in book.rules.iter().filter(|rule| rule.track == track && rule.to != 0) {
            let before = rule.from.iter().all(|from| surely[usize::from(*from)]);
            surely[usize::from(rule.to)] &= before || gives_day(book, rule, anchor);
        }
    }
    surely
}

/// E057: the words for a period already over are missing and the period may be over.
fn over_on_entry(book: &Rulebook, rule: &Rule, clock: Clock) -> Option<Finding> {
    if clock.already_over.is_some() {
        return None;
    }
    let state = rule.from.iter().copied().find(|state| !is_fresh(book, rule, clock, *state))?;
    let name = state_words(book, rule.track, state);
    let anchor = anchor_words(book, clock.after);
    let message = format!("{} after `{anchor}` may be over when `{name}` is entered", period_words(clock.period));
    let way = entries(book, rule.track, state).find(|entry| !is_fresh_entry(book, entry, clock));
    let finding = Finding::new("E057", &rule.cite, message);
    let finding = match way {
        Some(way) => finding.help(format!("rule `{}` can enter it long after that day", way.name)),
        None => finding,
    };
    Some(finding.help("say what then: `; already over on entry: at once`, `never` or `from entry`"))
}

/// Whether the period can never be over when this state is entered.
fn is_fresh(book: &Rulebook, rule: &Rule, clock: Clock, state: u8) -> bool {
    if let Anchor::Combined(index) = clock.after {
        let combined = &book.combined[index];
        let mut parts = combined.of.iter().map(|part| is_fresh(book, rule, Clock { after: *part, ..clock }, state));
        return if combined.pick == Pick::Later { parts.any(|fresh| fresh) } else { parts.all(|fresh| fresh) };
    }
    // The end of the range that holds the day of entry, or of a later one, cannot lie before it.
    if clock.after == (Anchor::Entry { track: rule.track, state }) || matches!(clock.after, Anchor::WindowEnd(_)) {
        return true;
    }
    // The first state is entered when the matter opens, before any event has its day.
    let first = state == 0 && matches!(clock.after, Anchor::Event(_) | Anchor::MeasureStart(_) | Anchor::Entry { .. });
    let unentered = entries(book, rule.track, state).next().is_none();
    if unentered {
        return first;
    }
    (state != 0 || first) && entries(book, rule.track, state).all(|entry| is_fresh_entry(book, entry, clock))
}

/// Whether a rule enters its state on the anchor's day, or by a shorter period from that day.
fn is_fresh_entry(book: &Rulebook, entry: &Rule, clock: Clock) -> bool {
    match (&entry.trigger, Clock::of(entry)) {
        (Trigger::Event(event), _) if clock.after == Anchor::Event(*event) => true,
        (_, Some(shorter)) if shorter.after == clock.after && shorter.already_over.is_none() => {
            always_before(book, (shorter.period, shorter.moment), (clock.period, clock.moment))
        }
        _ => match clock.after {
            Anchor::MeasureStart(measure) => {
                book.measures[measure].starts.iter().all(|start| (start.track, start.state) == (entry.track, entry.to))
            }
            _ => false,
        },
    }
}

/// E055: the date must come before the notice can count as served.
fn before_service(book: &Rulebook, bound: &NoticeBound) -> Option<Finding> {
    let most = bound.max_days?;
    let matter = book.matters.iter().find(|matter| matter.notices.contains(&bound.notice))?;
    let mut earliest: Option<i32> = None;
    for &track in &matter.tracks {
        let since = entries_since(book, Anchor::Event(bound.after), track);
        let served = since
            .iter()
            .filter(|(state, _)| book.tracks[track].states[usize::from(**state)].milestone == Some(Milestone::Served));
        earliest = earliest.into_iter().chain(served.map(|(_, span)| span.least)).min();
    }
    let earliest = earliest.filter(|earliest| *earliest > most)?;
    let fact = &book.facts[bound.fact].name;
    let message = format!("`{fact}` must lie before the notice can count as served");
    let help =
        format!("at most {most} days after {}, but served on day {earliest} at the earliest", bound.after.word());
    let from = book.in_force_from.clamp(Day::MIN, Day::MAX);
    let on = |days: i32| String::from(from.plus_days(days));
    let dated = format!(
        "{} on {}: `{fact}` is {} at the latest, and the notice is served on {} at the earliest",
        bound.after.word(),
        on(0),
        on(most),
        on(earliest)
    );
    let finding = Finding::new("E055", &bound.cite, message).help(help).help(dated);
    Some(finding.help("mend the bound or the period of service"))
}

/// W058: the last day to file can come before the measure has started.
fn too_early(book: &Rulebook, remedy: &Remedy, limit: &Deadline) -> Vec<Finding> {
    if limit.of == Anchor::Knowledge {
        return Vec::new();
    }
    let measures = remedy.against.iter().map(|measure| (*measure, &book.measures[*measure]));
    measures.filter_map(|(index, measure)| filed_before_start(book, remedy, limit, index, measure)).collect()
}

fn filed_before_start(
    book: &Rulebook,
    remedy: &Remedy,
    limit: &Deadline,
    index: usize,
    measure: &Measure,
) -> Option<Finding> {
    if limit.of == Anchor::MeasureStart(index) {
        return None;
    }
    let (least, _) = length(book, limit.period);
    let spans =
        measure.starts.iter().filter_map(|start| entries_since(book, limit.of, start.track).get(&start.state).copied());
    let latest = spans.map(|span| span.most).reduce(|one, other| one.zip(other).map(|(one, other)| one.max(other)))?;
    let anchor = anchor_words(book, limit.of);
    let late = match latest {
        Some(latest) if latest <= least => return None,
        Some(latest) => format!("up to {} days after that", latest - least),
        None => "any time after that".to_owned(),
    };
    let message = format!("the time to file `{}` can be over before `{}` starts", remedy.name, measure.name);
    let from = book.in_force_from.clamp(Day::MIN, Day::MAX);
    let last = last_day(book, limit.period, from);
    let finding = Finding::new("W058", &limit.cite, message).help(format!(
        "{anchor} on {}: the last day to file is {}; the measure can start {late}",
        String::from(from),
        String::from(last)
    ));
    Some(finding.help("count from knowledge: `file within PERIOD of knowledge`"))
}
