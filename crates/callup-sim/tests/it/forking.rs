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

/// Goes on from a save under other laws and holds it against the run in one go.
fn assert_forks(people: &People, books: &[Rulebook], [before, after]: [&Scenario; 2], days: u16) {
    let bound = |scenario: &Scenario| LawSet::bind(books, scenario).unwrap_or_else(|problems| panic!("{problems:#?}"));
    let (old, new) = (bound(before), bound(after));
    let mut save = None;
    let stopped = simulate_savable(people, &old, before, CHECKS, None, &mut |week| {
        if week.progress.day < days {
            return Control::Continue;
        }
        save = week.save();
        Control::Stop
    });
    assert!(!stopped.expect("a run").completed);
    let save = fork(&save.expect("districts go side by side"), &old, &new).expect("laws that ask for the same days");
    let forked = simulate_savable(people, &new, after, CHECKS, Some(&save), &mut |_| Control::Continue);
    assert!(format!("{:?}", forked.expect("a save of it")) == format!("{:?}", run(people, books, after)));
}

#[test]
fn columns_that_only_one_of_the_laws_has_come_and_go() {
    let (people, mut scenario) = (mixed(2, 20), busy());
    // The same law, but for a measure of another kind: one kind of measure is new.
    let text = law_text("ru/127-fz/2023-04-14.law.md");
    let replaced = "in force from 2023-04-14 until 2023-08-03\nreplaces ru_paper_2022 from 2023-04-14";
    assert!(text.contains(replaced) && text.contains("driving_ban"));
    let other = text
        .replace("law ru_127fz ", "law other ")
        .replace(replaced, "in force from 2023-05-01\nreplaces ru_127fz from 2023-05-01")
        .replace("driving_ban", "asset_freeze");
    let books = books(&[&law_text("ru/paper/2022-01-01.law.md"), &text, &other]);
    let after = under(&scenario, "other", 161);
    let kinds = |scenario: &Scenario| LawSet::bind(&books, scenario).expect("laws").measure_kinds().len();
    assert_eq!(kinds(&after), kinds(&scenario) + 1);
    assert_forks(&people, &books, [&scenario, &after], 161);
    // The other way round columns go, and none of them was ever counted in.
    let before = LawInForce { id: "other".into(), from: day("2023-07-15") };
    let mut planned = scenario.clone();
    planned.laws.push(before);
    assert_forks(&people, &books, [&planned, &scenario], 161);
    // A law that was never in force lacks nothing, whatever follows it.
    scenario.laws.truncate(1);
    assert_forks(&people, &books, [&busy(), &scenario], 98);
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
