//! A run that was saved and goes on gives what the whole run gives; bytes that are no save of it are an error and never a run.

use crate::support::{busy, mixed, run, two_laws, uncoupled};
use callup_sim::people::People;
use callup_sim::scenario::Scenario;
use callup_sim::{Checks, Control, LawSet, Outcome, SnapshotError, simulate_savable};

const CHECKS: Checks = Checks { recount_daily: false, block: 1 };

fn laws_of(scenario: &Scenario) -> LawSet {
    LawSet::bind(&two_laws(), scenario).expect("laws that go with the scenario")
}

/// Runs on, from a save or from the start, up to this day and saves there.
pub fn saved_at(people: &People, (laws, scenario): (&LawSet, &Scenario), from: Option<&[u8]>, day: u16) -> Vec<u8> {
    let mut save = None;
    let outcome = simulate_savable(people, laws, scenario, CHECKS, from, &mut |week| {
        if week.progress.day < day {
            return Control::Continue;
        }
        save = week.save();
        Control::Stop
    });
    assert!(!outcome.expect("its own save").completed);
    save.expect("districts go side by side")
}

/// Goes on from a save to the end.
pub fn resumed(people: &People, (laws, scenario): (&LawSet, &Scenario), save: &[u8]) -> Result<Outcome, SnapshotError> {
    simulate_savable(people, laws, scenario, CHECKS, Some(save), &mut |_| Control::Continue)
}

/// Everything of an outcome as one text.
fn digest(outcome: &Outcome) -> String {
    format!("{outcome:?}")
}

#[test]
fn a_saved_run_goes_on_as_if_it_had_never_stopped() {
    for scenario in [busy(), uncoupled()] {
        let (people, laws) = (mixed(3, 30), laws_of(&scenario));
        let whole = digest(&run(&people, &two_laws(), &scenario));
        for (day, threads) in [(7, 1), (105, 2), (112, 8), (301, 1), (364, 2)] {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool");
            let save = saved_at(&people, (&laws, &scenario), None, day);
            let outcome = pool.install(|| resumed(&people, (&laws, &scenario), &save)).expect("its own save");
            assert!(outcome.completed && digest(&outcome) == whole, "saved on day {day}, {threads} threads");
        }
    }
}

#[test]
fn a_run_can_be_saved_again_and_again_and_a_save_of_a_save_is_the_same() {
    let scenario = busy();
    let (people, laws) = (mixed(2, 30), laws_of(&scenario));
    let choices = (&laws, &scenario);
    let whole = digest(&run(&people, &two_laws(), &scenario));
    let mut save = saved_at(&people, choices, None, 7);
    for day in [91, 98, 210, 308, 364] {
        save = saved_at(&people, choices, Some(&save), day);
        assert!(save == saved_at(&people, choices, None, day), "the save of day {day} is another");
    }
    assert!(digest(&resumed(&people, choices, &save).expect("its own save")) == whole);
}

#[test]
fn the_save_of_another_run_is_refused() {
    let scenario = busy();
    let (people, laws) = (mixed(2, 30), laws_of(&scenario));
    let save = saved_at(&people, (&laws, &scenario), None, 140);
    for other in [mixed(3, 30), mixed(2, 20)] {
        let error = resumed(&other, (&laws, &scenario), &save).expect_err("other people");
        assert!(matches!(error, SnapshotError::Content(..) | SnapshotError::Length), "{error}");
    }
    let mut fewer = scenario.clone();
    fewer.campaigns.pop();
    let error = resumed(&people, (&laws_of(&fewer), &fewer), &save).expect_err("fewer campaigns");
    assert!(matches!(error, SnapshotError::Content(..)), "{error}");
    let shorter = Scenario { days: 100, ..scenario.clone() };
    let error = resumed(&people, (&laws_of(&shorter), &shorter), &save).expect_err("a shorter run");
    assert_eq!(error.to_string(), "it was saved on a day that the run does not have");
}

#[test]
fn changed_bytes_are_an_error_or_a_run_and_never_a_panic() {
    let scenario = Scenario { days: 160, ..busy() };
    let (people, laws) = (mixed(1, 12), laws_of(&scenario));
    let save = saved_at(&people, (&laws, &scenario), None, 133);
    for length in (0..save.len()).step_by(save.len() / 200) {
        let error = resumed(&people, (&laws, &scenario), &save[..length]).expect_err("a part of a save");
        assert!(matches!(error, SnapshotError::Length | SnapshotError::Form(_)), "{length} bytes: {error}");
    }
    let longer = [save.as_slice(), &[0]].concat();
    assert_eq!(resumed(&people, (&laws, &scenario), &longer).expect_err("a byte more"), SnapshotError::Length);
    let mut refused = 0;
    for at in (0..save.len()).step_by(save.len() / 1_500) {
        for change in [1, 0x80, 0xff] {
            let mut other = save.clone();
            other[at] ^= change;
            refused += u32::from(resumed(&people, (&laws, &scenario), &other).is_err());
        }
    }
    assert!(refused > 1_000, "{refused} of some 4,500 changes were refused");
}
