//! Help, exit codes and what goes to which stream.

use crate::support::{callup, ended, program};
use std::process::Stdio;

#[test]
fn help_says_what_there_is_and_goes_to_standard_output() {
    let help = callup(["--help"]);
    assert_eq!(help.code, Some(0));
    assert_eq!(help.err, "");
    insta::assert_snapshot!(help.out);
}

#[test]
fn help_of_run() {
    insta::assert_snapshot!(callup(["run", "--help"]).out);
}

#[test]
fn a_wrong_command_line_ends_with_2_and_prints_nothing_on_standard_output() {
    for args in [
        &["frobnicate"][..],
        &[],
        &["run", "--scale", "2"],
        &["run", "--scale", "NaN"],
        &["run", "--scale", "0"],
        &["run", "--days", "0"],
        &["run", "--days", "9999"],
        &["run", "--threads", "0"],
        &["run", "--out", "x", "--runs", "y"],
        &["run", "no-such-scenario"],
        &["lint", "no_such_law"],
        &["export"],
        &["export", "ru_127fz@1999-01-01"],
    ] {
        let ended = callup(args);
        assert_eq!(ended.code, Some(2), "{args:?}: {}", ended.err);
        assert_eq!(ended.out, "", "{args:?}");
        assert!(ended.err.starts_with("error: ") || args.is_empty(), "{args:?}: {}", ended.err);
    }
}

#[test]
fn a_slip_in_a_name_is_answered_with_the_nearest() {
    let scenario = callup(["run", "ru-2032"]);
    assert!(scenario.err.contains("did you mean `ru-2023`?"), "{}", scenario.err);
    let law = callup(["export", "ru_127fy"]);
    assert!(law.err.contains("did you mean `ru_127fz`?"), "{}", law.err);
}

#[test]
fn the_page_of_exit_codes_has_every_code() {
    let page = include_str!("../../../../docs/exit-codes.md");
    for code in callup::error::ExitCode::ALL {
        assert!(page.contains(&format!("| {} | {} |", code as u8, code.meaning())), "{code:?}");
    }
}

#[test]
fn lists_and_exports_are_data() {
    let lists: serde_json::Value = serde_json::from_str(&callup(["list", "--json"]).out).unwrap();
    for what in ["laws", "scenarios", "indicators"] {
        assert!(lists[what].as_array().is_some_and(|list| !list.is_empty()), "{what}");
    }
    let book: serde_json::Value = serde_json::from_str(&callup(["export", "ru_127fz"]).out).unwrap();
    assert_eq!(book["id"], "ru_127fz");
}

#[test]
fn a_reader_that_closes_the_pipe_is_no_error() {
    let mut child = program().arg("list").stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert_eq!(output.status.code(), Some(0));
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_standard_output_is_an_error() {
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let ended = ended_with_stdout(full.into());
    assert_eq!(ended, Some(3));
}

#[cfg(target_os = "linux")]
fn ended_with_stdout(stdout: Stdio) -> Option<i32> {
    program().arg("list").stdout(stdout).stderr(Stdio::null()).status().unwrap().code()
}

#[test]
fn nothing_of_the_environment_changes_what_is_listed() {
    let plain = ended(program().arg("list"));
    let other = ended(program().arg("list").env("TERM", "dumb").env("LANG", "uk_UA.UTF-8").env("NO_COLOR", "1"));
    assert_eq!(plain.out, other.out);
}
