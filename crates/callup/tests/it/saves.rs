//! A run that is saved and goes on is the run in one go, however it ended before; what is no save of it is refused, each with its own words.

use crate::support::{DAYS, Ended, SCALE, ended, files_but_receipt, flagship, names, only_folder, program, quick_run};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead as _, BufReader, Read as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

fn receipt(folder: &Path) -> Value {
    serde_json::from_slice(&fs::read(folder.join("receipt.json")).unwrap()).unwrap()
}

fn resume(save: &Path, runs: &Path, more: &[&str]) -> Ended {
    ended(program().args(["run", "--resume"]).arg(save).arg("--runs").arg(runs).args(more))
}

/// The save that stands in a folder of runs, if there is one.
fn save_in(runs: &Path) -> Option<PathBuf> {
    names(runs).into_iter().find(|name| !name.starts_with('.') && name.ends_with(".save")).map(|name| runs.join(name))
}

/// A save of the quick run as of day 140, and the folder that holds it.
fn kept_save() -> (tempfile::TempDir, PathBuf) {
    let runs = tempfile::tempdir().unwrap();
    let made = quick_run(runs.path(), &["--save-every", "4", "--keep-saves"]);
    assert_eq!(made.code, Some(0), "{}", made.err);
    assert!(made.err.contains("saved on day 28\n") && made.err.contains("saved on day 140\n"), "{}", made.err);
    let save = save_in(runs.path()).expect("the save is kept");
    (runs, save)
}

#[test]
fn saving_changes_nothing_and_a_run_that_goes_on_is_the_run_in_one_go() {
    let (runs, save) = kept_save();
    let straight = files_but_receipt(&flagship().1);
    let folder = save.with_extension("");
    assert!(files_but_receipt(&folder) == straight, "a run that was saved is another");
    assert_eq!(receipt(&folder)["resumed_at_days"], serde_json::json!([]));
    fs::remove_dir_all(&folder).unwrap();
    for threads in ["1", "3"] {
        let other = tempfile::tempdir().unwrap();
        let resumed = resume(&save, other.path(), &["--threads", threads]);
        assert_eq!(resumed.code, Some(0), "{}", resumed.err);
        let folder = only_folder(other.path());
        assert_eq!(folder.file_name(), flagship().1.file_name());
        assert!(files_but_receipt(&folder) == straight, "{threads} threads");
        assert_eq!(receipt(&folder)["resumed_at_days"], serde_json::json!([140]));
    }
    // In its own place the save goes when the run is there.
    assert_eq!(resume(&save, runs.path(), &["-q"]).code, Some(0));
    assert_eq!(names(runs.path()).len(), 1);
}

#[test]
fn what_is_no_save_of_the_run_is_refused_in_its_own_words() {
    let (runs, save) = kept_save();
    let whole = fs::read(&save).unwrap();
    let out = tempfile::tempdir().unwrap();
    let mut version = whole.clone();
    version[12] = 9;
    let mut flipped = whole.clone();
    let middle = flipped.len() / 2;
    flipped[middle] ^= 1;
    let longer = [whole.as_slice(), b"x"].concat();
    let cases: [(&[u8], &str); 7] = [
        (b"", "it is no save of a run"),
        (b"something else", "it is no save of a run"),
        (&whole[..7], "it is not whole"),
        (&whole[..whole.len() - 1], "it is not whole"),
        (&longer, "it is not whole"),
        (&version, "it is a save of format 9; this program reads format 1"),
        (&flipped, "its bytes have changed since it was written"),
    ];
    let bad = runs.path().join("bad");
    for (bytes, words) in cases {
        fs::write(&bad, bytes).unwrap();
        let refused = resume(&bad, out.path(), &[]);
        assert_eq!((refused.code, refused.out.as_str()), (Some(3), ""), "{words}: {}", refused.err);
        assert!(refused.err.contains(words) && refused.err.contains(" help: "), "{words}: {}", refused.err);
    }
    for (more, words) in [
        (&["--seed", "7"][..], "seed: "),
        (&["--days", "100"], "days: 150 then, 100 now"),
        (&["ru-2023"], "scenario: ru-2023-as-enacted then, ru-2023 now"),
    ] {
        let refused = resume(&save, out.path(), more);
        assert_eq!((refused.code, refused.out.as_str()), (Some(5), ""), "{words}: {}", refused.err);
        assert!(refused.err.contains(words), "{words}: {}", refused.err);
    }
    let missing = resume(&runs.path().join("not-there"), out.path(), &[]);
    assert_eq!(missing.code, Some(3), "{}", missing.err);
    assert_eq!(names(out.path()), [""; 0], "nothing was written");
}

/// A run that saves every week, with its talk.
fn start(runs: &Path, days: &str) -> (Child, BufReader<std::process::ChildStderr>) {
    let mut command = program();
    command.args(["run", "--scale", SCALE, "--days", days, "--save-every", "1", "--threads", "1", "--runs"]).arg(runs);
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    let err = BufReader::new(child.stderr.take().unwrap());
    (child, err)
}

#[test]
#[cfg(unix)]
fn an_interrupted_run_says_how_to_go_on_and_so_does_the_next() {
    let runs = tempfile::tempdir().unwrap();
    let (mut child, mut err) = start(runs.path(), DAYS);
    let mut line = String::new();
    while !line.starts_with("saved on day") {
        line.clear();
        assert!(err.read_line(&mut line).unwrap() > 0, "the run ended before it was saved");
    }
    assert!(std::process::Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
    let code = child.wait().unwrap().code();
    let mut rest = String::new();
    err.read_to_string(&mut rest).unwrap();
    let save = save_in(runs.path()).expect("the save stays");
    assert_eq!(code, Some(130), "{rest}");
    assert!(rest.contains("interrupted; the run is saved in "), "{rest}");
    assert!(rest.contains(&format!("callup run --resume {}", save.display())), "{rest}");
    assert_eq!(names(runs.path()).len(), 1);
    let other = tempfile::tempdir().unwrap();
    assert_eq!(resume(&save, other.path(), &["-q"]).code, Some(0));
    assert!(files_but_receipt(&only_folder(other.path())) == files_but_receipt(&flagship().1));
    let anew = quick_run(runs.path(), &[]);
    assert!(anew.err.contains("a save of this run as of day ") && anew.err.contains(" --resume "), "{}", anew.err);
    assert!(files_but_receipt(&only_folder(runs.path())) == files_but_receipt(&flagship().1));
}

/// Days of the runs that are killed: into the spring season.
const KILLED_DAYS: &str = "119";

/// Kills a run at so many moments spread over its life, and looks each time at what is left and at what comes of it.
#[cfg(unix)]
fn kill_at(moments: u32) {
    let reference = tempfile::tempdir().unwrap();
    let began = Instant::now();
    let (mut child, _err) = start(reference.path(), KILLED_DAYS);
    assert!(child.wait().unwrap().success());
    let mut life = began.elapsed();
    let straight = files_but_receipt(&only_folder(reference.path()));
    let mut saved = 0;
    for moment in 0..moments {
        let runs = loop {
            let runs = tempfile::tempdir().unwrap();
            if killed_after(runs.path(), life.mul_f64((f64::from(moment) + 0.5) / f64::from(moments))) {
                break runs;
            }
            // The machine has become faster than it was at the reference.
            life /= 2;
        };
        saved += u32::from(holds(runs.path(), &straight, moment));
    }
    assert!(saved > 0, "no run was killed after its first save");
}

/// Starts a run and kills it after some time; whether it was still running.
#[cfg(unix)]
fn killed_after(runs: &Path, wait: Duration) -> bool {
    let (mut child, _err) = start(runs, KILLED_DAYS);
    std::thread::sleep(wait);
    let was_running = child.try_wait().unwrap().is_none();
    drop(child.kill());
    child.wait().unwrap();
    was_running
}

/// What must hold after a kill; whether there was a save to go on from.
#[cfg(unix)]
fn holds(runs: &Path, straight: &BTreeMap<String, Vec<u8>>, moment: u32) -> bool {
    for name in names(runs).into_iter().filter(|name| !name.starts_with('.') && !name.ends_with(".save")) {
        let folder = runs.join(name);
        for output in receipt(&folder)["outputs"].as_array().unwrap() {
            let bytes = fs::read(folder.join(output["name"].as_str().unwrap())).unwrap();
            assert_eq!(output["sha256"], callup::data::sha256_hex(&bytes), "moment {moment}: {}", output["name"]);
        }
    }
    let save = save_in(runs);
    if let Some(save) = &save {
        let other = tempfile::tempdir().unwrap();
        let resumed = resume(save, other.path(), &["-q"]);
        assert_eq!(resumed.code, Some(0), "moment {moment}: {}", resumed.err);
        assert!(files_but_receipt(&only_folder(other.path())) == *straight, "moment {moment}: resumed");
    }
    let anew = ended(program().args(["run", "--scale", SCALE, "--days", KILLED_DAYS, "--runs"]).arg(runs));
    assert_eq!(anew.code, Some(0), "moment {moment}: {}", anew.err);
    // The folder alone: nothing stays aside, and the save has gone with the run that is there.
    assert!(files_but_receipt(&only_folder(runs)) == *straight, "moment {moment}: run anew");
    save.is_some()
}

#[test]
#[cfg(unix)]
fn killed_at_five_moments_a_run_loses_nothing_that_was_saved() {
    kill_at(5);
}

#[test]
#[cfg(unix)]
#[ignore = "takes minutes; `cargo xtask long` runs it"]
fn killed_at_fifty_moments_a_run_loses_nothing_that_was_saved() {
    kill_at(50);
}

/// The law of August 2023 under another name, with another deadline, in force a day after the save.
fn milder_law(folder: &Path, replaces: &str) -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../laws/ru/127-fz/2023-04-14.law.md");
    let text = fs::read_to_string(root).unwrap();
    let change = |text: String, from: &str, to: &str| {
        assert!(text.contains(from), "{from}");
        text.replace(from, to)
    };
    let text = change(text, "law ru_127fz ", "law milder ");
    let text = change(text, "in force from 2023-04-14 until 2023-08-03", "in force from 2023-05-21");
    let line = "replaces ru_paper_2022 from 2023-04-14; pending matters: pending_at_change\n";
    let text = change(text, line, replaces);
    let path = folder.join("milder.law.md");
    fs::write(&path, change(text, "20 days after appearance_date", "60 days after appearance_date")).unwrap();
    path
}

#[test]
fn a_save_goes_on_under_another_law() {
    let (runs, save) = kept_save();
    let law = milder_law(runs.path(), "replaces ru_127fz from 2023-05-21; pending matters: new\n");
    let fork = |more: &[&str]| {
        let out = tempfile::tempdir().unwrap();
        let ended = ended(program().arg("fork").arg(&save).arg(&law).arg("--runs").arg(out.path()).args(more));
        (ended, out)
    };
    let (forked, out) = fork(&["--threads", "1"]);
    assert_eq!(forked.code, Some(0), "{}", forked.err);
    assert!(forked.out.contains("milder@2023-05-21: ") && !forked.err.contains("lived again"), "{forked:?}");
    let folder = only_folder(out.path());
    assert_eq!(receipt(&folder)["resumed_at_days"], serde_json::json!([140]));
    let files = files_but_receipt(&folder);
    assert!(files["daily.parquet"] != files_but_receipt(&flagship().1)["daily.parquet"]);
    let (again, other) = fork(&["--threads", "3"]);
    assert_eq!(again.code, Some(0), "{}", again.err);
    assert!(files_but_receipt(&only_folder(other.path())) == files, "the fork depends on the number of threads");
    let (refused, _) = fork(&["--pending-stay"]);
    assert!(
        refused.code == Some(2) && refused.err.contains("says itself what becomes of matters pending"),
        "{refused:?}"
    );
}

#[test]
fn a_fork_says_what_becomes_of_pending_matters_and_changes_no_past() {
    let (runs, save) = kept_save();
    let fork = |law: &Path, more: &[&str]| {
        ended(program().arg("fork").arg(&save).arg(law).arg("--runs").arg(runs.path().join("out")).args(more))
    };
    let silent = milder_law(runs.path(), "");
    let refused = fork(&silent, &[]);
    assert_eq!(refused.code, Some(2), "{refused:?}");
    assert!(refused.err.contains("does not say what becomes of matters pending under `ru_127fz`"), "{}", refused.err);
    assert_eq!(fork(&silent, &["--pending-stay"]).code, Some(0));
    let text = fs::read_to_string(&silent).unwrap().replace("law milder ", "law ru_127fz ");
    fs::write(&silent, text.replace("from 2023-05-21", "from 2023-04-14 until 2023-08-03")).unwrap();
    let past = fork(&silent, &["--pending-stay"]);
    assert!(past.code != Some(0) && past.err.contains("ru_127fz"), "{past:?}");
    let early = fork(Path::new("ru_437fz"), &[]);
    assert!(early.code != Some(0) && early.err.contains("ru_437fz"), "{early:?}");
}
