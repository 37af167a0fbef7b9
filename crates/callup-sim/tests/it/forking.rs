//! A run that was saved and goes on under another law is the run in which that law came into force on that day.

use crate::support::{books, busy, day, law_text, mixed, run, uncoupled};
use callup_law::rulebook::Rulebook;
use callup_sim::people::People;
use callup_sim::scenario::{LawInForce, Scenario};
use callup_sim::{Checks, Control, ForkError, LawSet, fork, simulate_savable};

const CHECKS: Checks = Checks { recount_daily: true, block: 1 };

/// The laws before the fork, and the one after it.
fn three_laws() -> Vec<Rulebook> {
    books(&[
        &law_text("ru/paper/2022-01-01.law.md"),
        &law_text("ru/127-fz/2023-04-14.law.md"),
        &law_text("ru/437-fz/2023-08-04.law.md"),
    ])
}

fn bound(scenario: &Scenario) -> LawSet {
    LawSet::bind(&three_laws(), scenario).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

/// The same with another law in force after so many days.
fn under(scenario: &Scenario, law: &str, days: u16) -> Scenario {
    let mut other = scenario.clone();
    let from = scenario.start.plus_days(days.into());
    other.laws.retain(|law| law.from < from);
    other.laws.push(LawInForce { id: law.into(), from });
    other
}

fn saved(people: &People, scenario: &Scenario, days: u16) -> Vec<u8> {
    let mut save = None;
    let outcome = simulate_savable(people, &bound(scenario), scenario, CHECKS, None, &mut |week| {
        if week.progress.day < days {
            return Control::Continue;
        }
        save = week.save();
        Control::Stop
    });
    assert!(!outcome.expect("a run").completed);
    save.expect("districts go side by side")
}

#[test]
fn a_fork_is_the_run_in_which_the_law_changed_on_that_day() {
    let people = mixed(2, 30);
    let mut transferred = 0;
    for mut scenario in [busy(), uncoupled()] {
        for pending in ["new", "old"] {
            scenario.answers.insert("pending_at_change".into(), pending.into());
            for days in [217, 259, 301, 357] {
                let after = under(&scenario, "ru_437fz", days);
                let whole = run(&people, &three_laws(), &after);
                let (before, laws) = (bound(&scenario), bound(&after));
                let save =
                    fork(&saved(&people, &scenario, days), &before, &laws).expect("a law that asks for the same days");
                let forked = simulate_savable(&people, &laws, &after, CHECKS, Some(&save), &mut |_| Control::Continue);
                let forked = forked.expect("a save of it");
                assert!(format!("{forked:?}") == format!("{whole:?}"), "pending matters {pending}, after {days} days");
                let column = forked.daily.column("transferred").expect("a column");
                transferred += forked.daily.total(column);
            }
        }
    }
    assert!(transferred > 1000, "only {transferred} matters were carried");
}

#[test]
fn columns_that_only_one_of_the_laws_has_come_and_go() {
    let (people, mut scenario) = (mixed(2, 20), busy());
    // Before: paper alone, whose measures are fewer. After: 127-FZ, which counts from days that paper does not know.
    scenario.laws.truncate(1);
    let after = under(&scenario, "ru_127fz", 105);
    let (before, laws) = (bound(&scenario), bound(&after));
    assert_ne!(before.measure_kinds(), laws.measure_kinds());
    match fork(&saved(&people, &scenario, 105), &before, &laws) {
        Ok(save) => {
            let forked = simulate_savable(&people, &laws, &after, CHECKS, Some(&save), &mut |_| Control::Continue);
            let whole = run(&people, &three_laws(), &after);
            assert!(format!("{:?}", forked.expect("a save of it")) == format!("{whole:?}"));
        }
        Err(ForkError::Forgotten { law, days }) => assert!(law == "ru_paper_2022" && !days.is_empty()),
        Err(other) => panic!("{other:?}"),
    }
    // The other way round columns go, and none of them was ever counted in.
    let mut two = busy();
    two.laws[1].from = day("2023-07-01");
    let (before, laws) = (bound(&two), bound(&scenario));
    let save = fork(&saved(&people, &two, 105), &before, &laws).expect("the same law goes on");
    let forked = simulate_savable(&people, &laws, &scenario, CHECKS, Some(&save), &mut |_| Control::Continue);
    let whole = run(&people, &three_laws(), &scenario);
    assert!(format!("{:?}", forked.expect("a save of it")) == format!("{whole:?}"));
}

#[test]
fn a_save_under_other_laws_is_refused() {
    let (people, scenario) = (mixed(2, 20), busy());
    let save = saved(&people, &scenario, 217);
    let mut later = scenario.clone();
    later.laws.remove(0);
    assert_eq!(fork(&save, &bound(&scenario), &bound(&later)), Err(ForkError::OtherLaws));
    let after = under(&scenario, "ru_437fz", 217);
    let cut = fork(&save[..save.len() - 9], &bound(&scenario), &bound(&after));
    assert!(matches!(cut, Err(ForkError::Save(_))), "{cut:?}");
}
