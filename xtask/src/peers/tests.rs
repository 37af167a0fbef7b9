//! The parts that need no network: the expectation, the printed line, the words of the command line, the place in the book.

use super::expectation::Expected;
use super::gates;
use super::measure::median;
use super::options::Options;
use super::report::between;
use super::{roster, summary};
use std::path::{Path, PathBuf};
use std::process::Command;

#[test]
fn the_expectation_is_the_published_one() {
    let events = Expected::new().events_per_person();
    assert!((events - 4.3726).abs() < 0.000_05, "{events} transitions a person");
}

#[test]
fn the_calendar_agrees_and_a_bent_line_does_not() {
    let printed = run_calendar("200000");
    let summary = summary::read(&printed).expect("the calendar prints a summary");
    let expected = Expected::new();
    assert_eq!(summary.people, 200_000);
    assert_eq!(expected.hold(&summary), Ok(()));

    let mut total = summary.clone();
    total.totals[3] += 2_000;
    let reason = expected.hold(&total).expect_err("nine standard errors more restrictions");
    assert!(reason.contains("total of restricted"), "{reason}");
    let mut late = summary.clone();
    late.shown_days[1] += 1;
    assert!(expected.hold(&late).is_err(), "counts of a day before");
    let mut lost = summary.clone();
    lost.nation[0][0] -= 1;
    let reason = expected.hold(&lost).expect_err("somebody is missing");
    assert!(reason.contains("199999 people of 200000"), "{reason}");
    let mut swapped = summary;
    swapped.regions[7].swap(5, 6);
    assert!(expected.hold(&swapped).is_err(), "a region with more deferred than drafted");
}

/// Compiles the calendar with nothing but the compiler and runs it.
fn run_calendar(people: &str) -> String {
    let sources = crate::root().join("benches/peers");
    let place = std::env::temp_dir().join(format!("callup-peers-{}", std::process::id()));
    std::fs::create_dir_all(&place).expect("a folder for the test");
    let compile = |arguments: &[&str], source: PathBuf| {
        let mut command = Command::new("rustc");
        command.args(["--edition", "2024", "-O", "--out-dir"]).arg(&place).args(arguments).arg(source);
        let done = command.output().expect("the compiler starts");
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    };
    compile(&["--crate-type", "lib", "--crate-name", "peer_r1"], sources.join("r1/src/lib.rs"));
    let library = format!("peer_r1={}", place.join("libpeer_r1.rlib").display());
    compile(&["--crate-name", "calendar", "--extern", &library], sources.join("calendar/src/main.rs"));
    let done = Command::new(place.join("calendar")).arg(people).output().expect("the calendar starts");
    let _ = std::fs::remove_dir_all(&place);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).expect("text")
}

#[test]
fn a_line_of_another_shape_is_refused() {
    for (printed, reason) in [("", "nothing was printed"), ("people 5", "no JSON"), ("{}", "no total of issued")] {
        let error = summary::read(printed).expect_err("no summary");
        assert!(error.contains(reason), "{error}");
    }
}

#[test]
fn the_words_of_the_command_line() {
    let read = |words: &[&str]| Options::read(&words.iter().map(ToString::to_string).collect::<Vec<_>>());
    let all = read(&[]).expect("no word is needed");
    assert_eq!((all.people, all.pairs, all.write), (vec![1_000_000, 10_000_000], 5, false));
    let some = read(&["--people", "1_000,20", "--only", "ixa,mesa", "--pairs", "7"]).expect("known words");
    assert_eq!((some.people, some.only, some.pairs), (vec![1000, 20], vec!["ixa".to_string(), "mesa".to_string()], 7));
    assert_eq!(read(&["--quick"]).map(|quick| (quick.people, quick.pairs)), Ok((vec![20_000], 1)));
    for wrong in [&["--pears"][..], &["--people"], &["--people", "0"], &["--pairs", "x"], &["--quick", "--write"]] {
        assert!(read(wrong).is_err(), "{wrong:?}");
    }
}

#[test]
fn slow_engines_run_once_at_their_own_size() {
    let sizes = [1_000_000, 10_000_000];
    let mesa = roster::chosen(&["mesa".to_string()]).expect("it is on the roster")[0];
    assert_eq!(sizes.map(|people| mesa.takes(people, &sizes)), [true, false]);
    assert_eq!(mesa.people(1_000_000), 100_000);
    assert_eq!(mesa.people(20_000), 20_000);
    assert!(roster::chosen(&["mason".to_string()]).is_err());
}

#[test]
fn an_aim_without_a_figure_is_neither_met_nor_missed() {
    let aims = gates::aims(&[], Some(1.6));
    let threads = aims.iter().find(|aim| aim.what.starts_with("two threads")).expect("it is an aim");
    assert_eq!((threads.keeps(threads.gate), threads.keeps(threads.stretch)), (Some(true), Some(false)));
    assert!(aims.iter().filter(|aim| !aim.what.starts_with("two threads")).all(|aim| aim.keeps(aim.gate).is_none()));
}

#[test]
fn the_middle_value() {
    assert_eq!(median([3.0, 1.0, 2.0].into_iter()), 2.0);
    assert_eq!(median([4.0, 1.0, 2.0, 3.0].into_iter()), 2.5);
    assert!(median([].into_iter()).is_nan());
}

#[test]
fn the_book_has_a_place_for_the_tables() {
    let book = std::fs::read_to_string(crate::root().join("docs/performance.md")).expect("the book can be read");
    let once = between(&book, "one").expect("the markers are there");
    let twice = between(&once, "two").expect("the markers stay");
    assert!(twice.contains("\ntwo\n") && !twice.contains("\none\n"), "{twice}");
    assert!(between("no markers", "text").is_none());
}

#[test]
fn peers_and_project_are_built_with_the_same_flags_and_pinned() {
    let root = crate::root();
    let read = |path: &Path| std::fs::read_to_string(path).expect("a file of the project");
    let profile = |text: String| {
        let section = text.split("[profile.release]\n").nth(1).expect("a release profile").to_string();
        section.split("\n\n").next().unwrap_or_default().trim().to_string()
    };
    let ours = profile(read(&root.join("Cargo.toml")));
    assert_eq!(profile(read(&root.join("benches/peers/Cargo.toml"))), ours);
    let list = read(&root.join("benches/peers/python/requirements.txt"));
    let packages: Vec<&str> = list.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
    assert!(packages.len() > 4 && packages.iter().all(|line| line.contains("==")), "{packages:?}");
}
