//! The same laws, people, scenario and seed give the same tables for any number of threads and however districts are dealt to them.

use crate::support::{busy, mixed, run, two_laws};
use callup_sim::{Checks, Control, LawSet, Outcome, simulate_with};

/// Everything of an outcome as one text.
fn digest(outcome: &Outcome) -> String {
    format!("{outcome:?}")
}

#[test]
fn threads_and_blocks_change_nothing() {
    let (people, scenario, books) = (mixed(4, 60), busy(), two_laws());
    let laws = LawSet::bind(&books, &scenario).expect("laws that go with the scenario");
    let first = digest(&run(&people, &books, &scenario));
    for (threads, block) in [(1, 1), (2, 1), (8, 1), (2, 3), (8, 100)] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool");
        let checks = Checks { recount_daily: false, block };
        let outcome = pool.install(|| simulate_with(&people, &laws, &scenario, checks, &mut |_| Control::Continue));
        assert!(digest(&outcome) == first, "{threads} threads and blocks of {block}");
    }
}

#[test]
fn an_observer_can_stop_a_run_at_a_weeks_end() {
    let (people, scenario, books) = (mixed(2, 40), busy(), two_laws());
    let laws = LawSet::bind(&books, &scenario).expect("laws that go with the scenario");
    let whole = run(&people, &books, &scenario);
    let mut weeks = Vec::new();
    let checks = Checks { recount_daily: false, block: 1 };
    let stopped = simulate_with(&people, &laws, &scenario, checks, &mut |progress| {
        weeks.push(progress.day);
        if progress.day >= 140 { Control::Stop } else { Control::Continue }
    });
    assert_eq!((weeks.len(), weeks.last()), (20, Some(&140)));
    assert!(!stopped.completed && whole.completed);
    for day in 0..140 {
        for column in 0..whole.daily.columns().len() {
            assert_eq!(stopped.daily.national(day, column), whole.daily.national(day, column));
        }
    }
}
