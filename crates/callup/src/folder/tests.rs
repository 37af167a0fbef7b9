//! A folder is there whole or not at all.

use super::{LOCK_NAME, OutputFile, Partial, WriteError, probe, replace};
use std::fs;
use std::path::Path;

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn a_finished_folder_has_its_files_and_nothing_else() {
    let parent = tempfile::tempdir().unwrap();
    let goal = parent.path().join("deep/run");
    let partial = Partial::create(&goal).unwrap();
    let listed = partial.write("a.txt", b"abc").unwrap();
    assert_eq!(listed, OutputFile::of("a.txt", b"abc"));
    assert!(!goal.exists(), "nothing under the goal's name before the end");
    partial.finish().unwrap();
    assert_eq!(names(&goal), ["a.txt"]);
    assert_eq!(names(goal.parent().unwrap()), ["run"]);
}

#[test]
fn a_dropped_folder_leaves_nothing() {
    let parent = tempfile::tempdir().unwrap();
    let partial = Partial::create(&parent.path().join("run")).unwrap();
    partial.write("a.txt", b"abc").unwrap();
    drop(partial);
    probe(&parent.path().join("run")).unwrap();
    assert_eq!(names(parent.path()), [""; 0]);
}

#[test]
fn what_exists_is_never_overwritten() {
    let parent = tempfile::tempdir().unwrap();
    let goal = parent.path().join("run");
    let partial = Partial::create(&goal).unwrap();
    fs::create_dir(&goal).unwrap();
    assert!(matches!(probe(&goal), Err(WriteError::Exists { .. })));
    assert!(matches!(partial.finish(), Err(WriteError::Exists { .. })), "even an empty folder that came meanwhile");
    assert_eq!(names(parent.path()), ["run"]);
}

#[test]
fn leftovers_of_a_dead_process_are_swept_and_work_in_progress_is_not() {
    let parent = tempfile::tempdir().unwrap();
    let leave = |name: &str| {
        fs::create_dir(parent.path().join(name)).unwrap();
        fs::File::create(parent.path().join(name).join(LOCK_NAME)).unwrap()
    };
    drop(leave(".partial-run-1"));
    let alive = leave(".partial-run-2");
    alive.try_lock().unwrap();
    drop(leave(".partial-other-3"));
    // Killed between making the folder and its lock, and between the two files of a sweep.
    fs::create_dir(parent.path().join(".partial-run-4")).unwrap();
    fs::write(parent.path().join(".partial-run.save-5"), "half a save").unwrap();
    let writing = fs::File::create(parent.path().join(".partial-run.save-6")).unwrap();
    writing.try_lock().unwrap();
    for stranger in [".partial-run-b", ".partial-7x", "notes"] {
        fs::write(parent.path().join(stranger), "not ours").unwrap();
    }
    probe(&parent.path().join("run")).unwrap();
    let kept = [".partial-7x", ".partial-run-2", ".partial-run-b", ".partial-run.save-6", "notes"];
    assert_eq!(names(parent.path()), kept);
}

#[test]
fn a_file_is_replaced_whole_or_not_at_all() {
    let parent = tempfile::tempdir().unwrap();
    let goal = parent.path().join("deep/run.save");
    replace(&goal, &[b"a", b"bc"]).unwrap();
    replace(&goal, &[b"d"]).unwrap();
    assert_eq!(fs::read(&goal).unwrap(), b"d");
    assert_eq!(names(goal.parent().unwrap()), ["run.save"]);
    fs::create_dir(parent.path().join("taken")).unwrap();
    assert!(replace(&parent.path().join("taken"), &[b"x"]).is_err(), "a folder is in the way");
    assert_eq!(names(parent.path()), ["deep", "taken"]);
}

#[test]
fn several_that_begin_at_once_do_not_sweep_each_other() {
    let parent = tempfile::tempdir().unwrap();
    std::thread::scope(|scope| {
        for thread in 0..4 {
            let goal = parent.path().join(format!("run-{thread}"));
            scope.spawn(move || {
                for round in 0..50 {
                    let partial = Partial::create(&goal).unwrap();
                    partial.write("a.txt", b"abc").unwrap_or_else(|error| panic!("round {round}: {error}"));
                }
            });
        }
    });
    assert_eq!(names(parent.path()), [""; 0]);
}

#[test]
fn a_file_in_the_way_is_said_with_its_help() {
    let parent = tempfile::tempdir().unwrap();
    let file = parent.path().join("file");
    fs::write(&file, "x").unwrap();
    let error = probe(&file.join("run")).unwrap_err();
    assert!(error.help().contains("--runs"), "{}", error.help());
    assert!(probe(Path::new("/")).is_err());
}
