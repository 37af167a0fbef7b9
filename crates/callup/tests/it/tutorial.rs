//! Pages of commands: the tutorial of two laws, that of the first law once it is whole, and the page of the twenty systems print what they show.
//!
//! With `CALLUP_WRITE_TUTORIAL` set the page is written anew instead, to be looked at before it is kept.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

const TWO_LAWS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/tutorial-two-laws.md");
const MISSION: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/mission.md");
const FIRST_LAW: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/tutorial-first-law.md");

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

/// The text with every command run anew in the folder, and how many there were.
fn with_commands_run(folder: &Path, text: &str) -> (String, usize) {
    let (mut made, mut rest, mut commands) = (String::new(), text, 0);
    while let Some((before, block)) = rest.split_once("```console\n") {
        let (shown, after) = block.split_once("```\n").expect("the end of a block");
        writeln!(made, "{before}```console").expect("writing to memory does not fail");
        for command in shown.lines().filter_map(|line| line.strip_prefix("$ ")) {
            write!(made, "$ {command}\n{}", printed(folder, command)).expect("writing to memory does not fail");
            commands += 1;
        }
        made += "```\n";
        rest = after;
    }
    (made + rest, commands)
}

/// Holds a page to what it would be, or writes it.
fn hold(path: &str, page: &str, made: &str) {
    if std::env::var_os("CALLUP_WRITE_TUTORIAL").is_some() {
        fs::write(path, made).unwrap();
    } else {
        assert!(made == page, "the page is not what its commands print; it would be:\n{made}");
    }
}

#[test]
fn the_page_shows_what_its_commands_print() {
    let folder = tempfile::tempdir().unwrap();
    std::os::unix::fs::symlink(concat!(env!("CARGO_MANIFEST_DIR"), "/../../laws"), folder.path().join("laws")).unwrap();
    let page = fs::read_to_string(TWO_LAWS).unwrap();
    let (made, commands) = with_commands_run(folder.path(), &page);
    assert!(commands >= 6, "only {commands} commands");
    hold(TWO_LAWS, &page, &made);
}

#[test]
fn the_first_law_once_whole_answers_as_its_page_shows() {
    let folder = tempfile::tempdir().unwrap();
    let page = fs::read_to_string(FIRST_LAW).unwrap();
    // The last law of the page is the whole one; what stands before it shows steps on the way.
    let (before, law) = page.rsplit_once("\n````markdown\n").expect("a whole law");
    let (law, after) = law.split_once("\n````\n").expect("its end");
    let facts = after.split_once("```toml\n").and_then(|(_, facts)| facts.split_once("```\n")).expect("the dates").0;
    fs::write(folder.path().join("exemplar.law.md"), format!("{law}\n")).unwrap();
    fs::write(folder.path().join("mine.toml"), facts).unwrap();
    let (made, commands) = with_commands_run(folder.path(), after);
    assert!(commands >= 2, "only {commands} commands");
    hold(FIRST_LAW, &page, &format!("{before}\n````markdown\n{law}\n````\n{made}"));
}

#[test]
fn each_of_the_twenty_systems_can_be_seen_as_its_page_shows() {
    let folder = tempfile::tempdir().unwrap();
    let page = fs::read_to_string(MISSION).unwrap();
    for number in 1..=20 {
        assert!(page.contains(&format!("\n## M{number}. ")), "M{number} has no row");
    }
    let (made, commands) = with_commands_run(folder.path(), &page);
    assert!(commands > 20, "only {commands} commands");
    for block in made.split("\n## M").skip(1) {
        let answers = block.lines().filter(|line| !line.starts_with('$')).any(|line| line.contains(char::is_numeric));
        assert!(block.contains("$ callup query") && answers, "no answer to M{block}");
    }
    hold(MISSION, &page, &made);
}
