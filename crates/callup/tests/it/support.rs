//! Starts the program and looks at what came: code, standard output, standard error, files.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

/// Small enough for a test, large enough that every mechanism has somebody to act on: about 22,000 men.
pub const SCALE: &str = "0.0005";

/// Into the spring season under the new law, so that bans stand.
pub const DAYS: &str = "150";

/// What a command came to.
#[derive(Debug)]
pub struct Ended {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

/// The program, asked for nothing by the width of a terminal.
pub fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_callup"));
    command.stdin(Stdio::null()).env_remove("COLUMNS");
    command
}

pub fn callup<S: AsRef<OsStr>>(args: impl IntoIterator<Item = S>) -> Ended {
    ended(program().args(args))
}

pub fn ended(command: &mut Command) -> Ended {
    let output = command.output().expect("the program starts");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("the program prints UTF-8");
    Ended { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
}

/// A quick run of the flagship under `runs`, with further arguments.
pub fn quick_run(runs: &Path, more: &[&str]) -> Ended {
    let fixed = ["run", "--scale", SCALE, "--days", DAYS, "--runs"];
    ended(program().args(fixed).arg(runs).args(more))
}

/// A quick run of the flagship that several tests look at and none changes: what it printed and its folder.
pub fn flagship() -> &'static (Ended, PathBuf) {
    static MADE: OnceLock<(tempfile::TempDir, (Ended, PathBuf))> = OnceLock::new();
    let made = MADE.get_or_init(|| {
        let runs = tempfile::tempdir().unwrap();
        let ended = quick_run(runs.path(), &["--json"]);
        assert_eq!(ended.code, Some(0), "{}", ended.err);
        let folder = only_folder(runs.path());
        (runs, (ended, folder))
    });
    &made.1
}

/// Names in a folder, hidden ones too, sorted.
pub fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .map(|entries| entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect())
        .unwrap_or_default();
    names.sort();
    names
}

/// The only folder in a folder.
pub fn only_folder(folder: &Path) -> PathBuf {
    let names = names(folder);
    assert_eq!(names.len(), 1, "{names:?}");
    folder.join(&names[0])
}

/// Every file of a folder but the receipt.
pub fn files_but_receipt(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let names = names(folder).into_iter().filter(|name| name != "receipt.json");
    names.map(|name| (name.clone(), fs::read(folder.join(&name)).unwrap())).collect()
}

/// The plain part of a report, which is there where no script runs.
pub fn plain(report: &str) -> &str {
    let (_, rest) = report.split_once("<noscript id=\"callup-plain\">").expect("a report has a plain part");
    rest.split_once("</noscript>").expect("it ends").0
}

/// A folder of runs that holds a copy of the flagship's, for a server of one's own; and the id of that run.
pub fn own_flagship() -> (tempfile::TempDir, String) {
    let folder = &flagship().1;
    let runs = tempfile::tempdir().unwrap();
    let id = folder.file_name().unwrap().to_str().unwrap().to_owned();
    copy(folder, &runs.path().join(&id));
    (runs, id)
}

/// The data of the repository as a folder, to be changed by a test.
pub fn copy_of_data() -> tempfile::TempDir {
    let goal = tempfile::tempdir().unwrap();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    for folder in ["laws", "scenarios", "tables"] {
        copy(&root.join(folder), &goal.path().join(folder));
    }
    goal
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let goal = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &goal);
        } else {
            fs::copy(entry.path(), goal).unwrap();
        }
    }
}
