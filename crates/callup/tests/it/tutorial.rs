//! The tutorial of two laws: every command of it is run, and prints what the page shows.
//!
//! With `CALLUP_WRITE_TUTORIAL` set the page is written anew instead, to be looked at before it is kept.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/tutorial-two-laws.md");

/// What a command of the page prints, in a folder that has the laws.
fn printed(folder: &Path, command: &str) -> String {
    let program = Path::new(env!("CARGO_BIN_EXE_callup"));
    let paths = std::env::var_os("PATH").unwrap_or_default();
    let paths = std::iter::once(program.parent().unwrap().to_path_buf()).chain(std::env::split_paths(&paths));
    let mut shell = Command::new("sh");
    shell.args(["-c", command]).current_dir(folder).env("PATH", std::env::join_paths(paths).unwrap());
    let ended = shell.stdin(Stdio::null()).stderr(Stdio::inherit()).output().expect("a shell");
    String::from_utf8(ended.stdout).expect("text").lines().fold(String::new(), |mut text, line| {
        writeln!(text, "{}", line.trim_end()).expect("writing to memory does not fail");
        text
    })
}

#[test]
fn the_page_shows_what_its_commands_print() {
    let folder = tempfile::tempdir().unwrap();
    std::os::unix::fs::symlink(concat!(env!("CARGO_MANIFEST_DIR"), "/../../laws"), folder.path().join("laws")).unwrap();
    let page = fs::read_to_string(PAGE).unwrap();
    let (mut made, mut rest, mut commands) = (String::new(), page.as_str(), 0);
    while let Some((before, block)) = rest.split_once("```console\n") {
        let (shown, after) = block.split_once("```\n").expect("the end of a block");
        writeln!(made, "{before}```console").expect("writing to memory does not fail");
        for command in shown.lines().filter_map(|line| line.strip_prefix("$ ")) {
            write!(made, "$ {command}\n{}", printed(folder.path(), command)).expect("writing to memory does not fail");
            commands += 1;
        }
        made += "```\n";
        rest = after;
    }
    made += rest;
    assert!(commands >= 6, "only {commands} commands");
    if std::env::var_os("CALLUP_WRITE_TUTORIAL").is_some() {
        fs::write(PAGE, made).unwrap();
    } else {
        assert!(made == page, "the page is not what its commands print; it would be:\n{made}");
    }
}
