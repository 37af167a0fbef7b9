//! Saves of a run: the file with its label, and the state behind it, held against one small run that goes on from whatever is let through.

use super::scenario::{people, shipped_scenario};
use crate::shipped::BOOKS;
use callup::save::taken_apart;
use callup_law::rulebook::Rulebook;
use callup_sim::people::People;
use callup_sim::scenario::Scenario;
use callup_sim::scenario::check::books_in_force;
use callup_sim::{Checks, Control, LawSet, simulate_savable};
use std::sync::LazyLock;

/// How the file of a save begins; bytes that do not begin so are taken as a state.
const MAGIC: &[u8] = b"callup save\n";

/// Days of the run whose saves are read: into the season, so that a save holds matters, measures and queues.
const DAYS: u16 = 84;

/// Days after which seeds are saved.
const SAVED_DAYS: [u16; 3] = [7, 42, 77];

/// The small run.
struct Small {
    people: People,
    laws: LawSet,
    scenario: Scenario,
}

static SMALL: LazyLock<Small> = LazyLock::new(|| {
    let mut scenario = shipped_scenario("ru-2023-as-enacted");
    scenario.days = DAYS;
    let books: Vec<Rulebook> =
        books_in_force(&scenario.laws, &BOOKS).into_iter().map(|(_, book)| book.clone()).collect();
    let laws = LawSet::bind(&books, &scenario).expect("a shipped scenario goes with its laws");
    Small { people: people(&scenario), laws, scenario }
});

/// Any bytes as a save: as its file whose digest is mended, or as the state of the small run.
pub fn snapshot(data: &[u8]) {
    assert!(taken_apart(data).is_err() || data.starts_with(MAGIC), "a save begins as every save does");
    if !data.starts_with(MAGIC) {
        return go_on(data);
    }
    let digest = callup::data::sha256_hex(data);
    let digest = (0..digest.len()).step_by(2).map(|at| u8::from_str_radix(&digest[at..at + 2], 16));
    let whole: Vec<u8> = data.iter().copied().map(Ok).chain(digest).map(|byte| byte.expect("digits")).collect();
    match taken_apart(&whole) {
        Ok((label, state)) => {
            assert!(serde_json::to_vec(&label).is_ok(), "what was read can be written");
            go_on(state);
        }
        Err(why) => assert!(!why.is_empty(), "a refusal has a reason"),
    }
}

/// Either the state is refused with a reason, or the run goes on to its last day.
fn go_on(state: &[u8]) {
    let Small { people, laws, scenario } = &*SMALL;
    let checks = Checks { recount_daily: false, block: 1 };
    match simulate_savable(people, laws, scenario, checks, Some(state), &mut |_| Control::Continue) {
        Ok(outcome) => assert!(outcome.completed && outcome.daily.days() == usize::from(DAYS), "every day is told"),
        Err(why) => assert!(!why.to_string().is_empty(), "a refusal has a reason"),
    }
}

/// States of the small run at some weeks' ends.
#[must_use]
pub fn states() -> Vec<Vec<u8>> {
    let Small { people, laws, scenario } = &*SMALL;
    let checks = Checks { recount_daily: true, block: 1 };
    let mut states = Vec::new();
    let observer = &mut |week: &callup_sim::WeekEnd<'_>| {
        states.extend(SAVED_DAYS.contains(&week.progress.day).then(|| week.save().expect("districts go side by side")));
        Control::Continue
    };
    let outcome = simulate_savable(people, laws, scenario, checks, None, observer);
    drop(outcome.expect("no save was read"));
    states
}
