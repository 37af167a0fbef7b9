//! Whether a rulebook may be checked at all: every reference in it points at something (E098), and it is small enough (E099).
//!
//! A rulebook can be read from JSON that nobody compiled. After this file the checks may index and search without fear.

use super::Finding;
use super::names::{anchors, guards};
use super::region::epochs;
use crate::rulebook::{Anchor, Cite, EndTrigger, Number, Pending, Remedy, Rulebook, Test, Trigger};

/// Most of anything a law may have to be checked.
const STATEMENTS_MAX: usize = 2_000;
/// Most tests in all guards together.
const TESTS_MAX: usize = 20_000;
/// Most stretches of days on which no parameter changes.
const EPOCHS_MAX: usize = 64;
/// Most steps of comparing rules with rules; the laws that ship need some hundred thousand.
const COMPARISONS_MAX: usize = 20_000_000;
/// Most conjunctions in one guard.
const CONJUNCTIONS_MAX: usize = 128;

/// The finding that forbids further checks, if there is one.
pub(crate) fn check(book: &Rulebook) -> Option<Finding> {
    let cite = first_cite(book);
    let too_large = |what: &str| {
        Finding::new("E099", &cite, format!("the law is too large to check: {what}"))
            .help("split it into laws of their own")
    };
    if !is_sound(book) {
        let message = "the compiled law refers to something that it does not contain";
        return Some(Finding::new("E098", &cite, message).help("compile it again from its text"));
    }
    if let Some(what) = excess(book) {
        return Some(too_large(&what));
    }
    None
}

fn first_cite(book: &Rulebook) -> Cite {
    let nowhere = Cite { article: String::new(), paragraph: String::new(), file: String::new(), line: 1, column: 1 };
    book.matters.first().map_or(nowhere, |matter| matter.cite.clone())
}

fn excess(book: &Rulebook) -> Option<String> {
    let counts = [
        ("rules", book.rules.len()),
        ("tracks", book.tracks.len()),
        ("measures", book.measures.len()),
        ("facts", book.facts.len()),
        ("switches", book.switches.len()),
        ("conditions", book.conditions.len()),
        ("combined anchors", book.combined.iter().map(|combined| combined.of.len()).sum()),
        ("calendars", book.counting.calendars.len()),
        ("windows", book.windows.len()),
        ("ranges of windows", book.windows.iter().map(|window| window.ranges.len()).sum()),
        ("remedies", book.remedies.len()),
        ("duties", book.duties.len()),
        ("powers", book.powers.len()),
        ("gaps", book.gaps.len()),
        ("waivers", book.waivers.len()),
        ("articles", book.articles.len()),
        ("bounds", book.notices.len()),
    ];
    if let Some((what, count)) = counts.into_iter().find(|(_, count)| *count > STATEMENTS_MAX) {
        return Some(format!("{count} {what}, {STATEMENTS_MAX} at most"));
    }
    if guards(book).any(|guard| guard.0.len() > CONJUNCTIONS_MAX) {
        return Some(format!("a guard with more than {CONJUNCTIONS_MAX} ways to hold"));
    }
    let tests: usize = guards(book).flat_map(|guard| &guard.0).map(Vec::len).sum();
    if tests > TESTS_MAX {
        return Some(format!("{tests} tests in its guards, {TESTS_MAX} at most"));
    }
    if epochs(book).len() > EPOCHS_MAX {
        return Some(format!("its parameters change on more than {EPOCHS_MAX} days"));
    }
    (comparisons(book) > COMPARISONS_MAX).then(|| "too many rules start from the same states".to_owned())
}

/// Roughly how many steps the comparisons of rules with rules take, over all states and all values of parameters.
fn comparisons(book: &Rulebook) -> usize {
    let starts: usize = book.rules.iter().map(|rule| rule.from.len()).sum();
    let states = book.tracks.iter().map(|track| track.states.len()).max().unwrap_or(0);
    let walks = book.rules.len() + book.notices.len() + book.remedies.len() * (1 + book.measures.len());
    let conjunctions: usize = book.rules.iter().map(|rule| rule.guard.0.len()).sum();
    let pairs = conjunctions.saturating_mul(conjunctions).saturating_mul(epochs(book).len());
    starts.saturating_mul(states).saturating_mul(walks).saturating_add(pairs)
}

fn is_sound(book: &Rulebook) -> bool {
    let tracks = book
        .tracks
        .iter()
        .all(|track| track.matter < book.matters.len() && !track.states.is_empty() && track.states.len() <= 250);
    let matters = book.matters.iter().enumerate().all(|(index, matter)| {
        !matter.notices.is_empty()
            && matter.tracks.iter().all(|track| book.tracks.get(*track).is_some_and(|track| track.matter == index))
    });
    let owned = book
        .tracks
        .iter()
        .enumerate()
        .all(|(index, track)| book.matters.get(track.matter).is_some_and(|matter| matter.tracks.contains(&index)));
    let facts = book.facts.iter().all(|fact| fact.matter < book.matters.len());
    let bounds = book.notices.iter().all(|bound| bound.fact < book.facts.len());
    let replaced = match book.replaces.as_ref().map(|replaces| replaces.pending) {
        Some(Pending::Switch(switch)) => switch < book.switches.len(),
        _ => true,
    };
    let tests = guards(book).flat_map(|guard| guard.0.iter().flatten()).all(|test| is_test_sound(book, test));
    let anchors = anchors(book).all(|anchor| is_anchor_sound(book, anchor));
    tracks
        && matters
        && owned
        && facts
        && bounds
        && replaced
        && tests
        && anchors
        && are_rules_sound(book)
        && are_measures_sound(book)
}

fn are_rules_sound(book: &Rulebook) -> bool {
    book.rules.iter().all(|rule| {
        let knows = !matches!(rule.trigger, Trigger::Period { after: Anchor::Knowledge, .. });
        knows && rule.from.iter().chain([&rule.to]).all(|state| is_state(book, rule.track, *state))
    })
}

fn are_measures_sound(book: &Rulebook) -> bool {
    let measures = book.measures.iter().all(|measure| {
        let starts = measure.starts.iter().all(|start| is_state(book, start.track, start.state));
        let ends = measure.ends.iter().all(|end| match end.on {
            EndTrigger::Event(_) => true,
            EndTrigger::Entry { track, state } => is_state(book, track, state),
        });
        starts && ends
    });
    let remedies = book.remedies.iter().flat_map(|remedy| &remedy.against);
    let silences = book.no_remedies.iter().flat_map(|silence| &silence.against);
    let own = book.remedies.iter().enumerate().all(|(index, remedy)| {
        let track = book.tracks.get(remedy.track);
        let first = remedy.only_after.as_ref().is_none_or(|after| after.remedy < book.remedies.len());
        first && track.is_some_and(|track| track.remedy == Some(index) && track.states.len() == Remedy::STATES.len())
    });
    let tracks = book.tracks.iter().all(|track| track.remedy.is_none_or(|remedy| remedy < book.remedies.len()));
    let tolled = book.tollings.iter().flat_map(|tolling| &tolling.rules).all(|rule| *rule < book.rules.len());
    let suspended = book.remedies.iter().flat_map(|remedy| &remedy.suspended);
    let measured = remedies.chain(silences).chain(suspended).all(|measure| *measure < book.measures.len());
    measures && own && tracks && tolled && measured
}

fn is_state(book: &Rulebook, track: usize, state: u8) -> bool {
    book.tracks.get(track).is_some_and(|track| usize::from(state) < track.states.len())
}

fn is_test_sound(book: &Rulebook, test: &Test) -> bool {
    match test {
        Test::Age { with: Number::Parameter(parameter), .. } => *parameter < book.parameters.len(),
        Test::Age { with: Number::Value(_), .. } | Test::Notice { .. } => true,
        Test::Fact { fact, .. } => *fact < book.facts.len(),
        Test::Switch { switch, option, .. } => {
            book.switches.get(*switch).is_some_and(|switch| *option < switch.options.len())
        }
        Test::Condition { condition, .. } => *condition < book.conditions.len(),
        Test::State { track, states, .. } => states.iter().all(|state| is_state(book, *track, *state)),
        Test::Window { window, .. } => *window < book.windows.len(),
    }
}

fn is_anchor_sound(book: &Rulebook, anchor: Anchor) -> bool {
    match anchor {
        Anchor::Event(_) | Anchor::Knowledge => true,
        Anchor::Entry { track, state } => is_state(book, track, state),
        Anchor::Fact(fact) => fact < book.facts.len(),
        Anchor::MeasureStart(measure) => measure < book.measures.len(),
        Anchor::Combined(combined) => book.combined.get(combined).is_some_and(|combined| {
            let plain = |anchor: &Anchor| !matches!(anchor, Anchor::Combined(_) | Anchor::Knowledge);
            combined.of.iter().all(|anchor| plain(anchor) && is_anchor_sound(book, *anchor))
        }),
        Anchor::WindowStart(window) | Anchor::WindowEnd(window) => window < book.windows.len(),
    }
}
