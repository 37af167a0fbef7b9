//! A run that is interrupted or killed leaves nothing that looks whole, and the next one sweeps what is left.

use crate::support::{names, program};
use std::io::{BufRead as _, BufReader, Read as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// Starts a run that takes long enough to be caught, and waits until it has said this.
fn caught_at(runs: &Path, words: &str) -> (Child, BufReader<std::process::ChildStderr>) {
    let arguments = ["run", "--scale", "0.02", "--threads", "1", "--runs"];
    let mut child = program().args(arguments).arg(runs).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut err = BufReader::new(child.stderr.take().unwrap());
    let mut line = String::new();
    while !line.contains(words) {
        line.clear();
        assert!(err.read_line(&mut line).unwrap() > 0, "the run ended before it said {words}");
    }
    (child, err)
}

fn signal(child: &Child, name: &str) {
    let sent = Command::new("kill").args([&format!("-{name}"), &child.id().to_string()]).status().unwrap();
    assert!(sent.success());
}

fn whole(runs: &Path) -> Vec<String> {
    names(runs).into_iter().filter(|name| !name.starts_with(".partial-")).collect()
}

#[test]
#[cfg(unix)]
fn an_interrupt_ends_with_130_and_leaves_nothing() {
    for words in ["making people", "day ", "writing daily"] {
        let runs = tempfile::tempdir().unwrap();
        let (mut child, mut err) = caught_at(runs.path(), words);
        signal(&child, "INT");
        let code = child.wait().unwrap().code();
        let mut rest = String::new();
        err.read_to_string(&mut rest).unwrap();
        assert_eq!(code, Some(130), "at {words:?}: {rest}");
        assert!(rest.contains("interrupted"), "{rest}");
        assert_eq!(names(runs.path()), [""; 0], "at {words:?}");
    }
}

#[test]
#[cfg(unix)]
fn a_killed_run_leaves_nothing_that_looks_whole() {
    let runs = tempfile::tempdir().unwrap();
    let (mut child, _) = caught_at(runs.path(), "writing");
    signal(&child, "KILL");
    child.wait().unwrap();
    assert_eq!(whole(runs.path()), [""; 0]);
    // The next run of the same name sweeps what the dead one left.
    let (mut child, _) = caught_at(runs.path(), "making people");
    assert_eq!(names(runs.path()), [""; 0]);
    signal(&child, "INT");
    child.wait().unwrap();
}
