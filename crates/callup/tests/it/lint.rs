//! Lint: the shipped laws stand, findings come with their place, JSON says the same as the lines.

use crate::support::{callup, program};
use serde_json::Value;
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::process::{Child, ChildStdout, Command, Stdio};

#[test]
fn every_shipped_law_is_without_errors_and_its_cases_hold() {
    let all = callup(["lint"]);
    assert_eq!(all.code, Some(0), "{}", all.out);
    assert_eq!(all.err, "");
    let json: Value = serde_json::from_str(&callup(["lint", "--json"]).out).unwrap();
    let laws = json["laws"].as_array().unwrap();
    assert!(all.out.ends_with(&format!("{} cases\n", laws.iter().map(cases).sum::<usize>())), "{}", all.out);
    for law in laws {
        assert!(all.out.contains(law["law"].as_str().unwrap()));
        assert!(law["cases"].as_array().unwrap().iter().all(|case| case["passed"] == true), "{}", law["law"]);
        assert!(!law["coverage"].as_array().unwrap().is_empty());
    }
}

fn cases(law: &Value) -> usize {
    law["cases"].as_array().unwrap().len()
}

#[test]
fn a_law_is_named_by_id_by_id_and_date_and_by_path() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../laws/ru/127-fz/2023-04-14.law.md");
    let codes = ["ru_127fz", "ru_127fz@2023-04-14", path].map(|name| callup(["lint", name]).code);
    assert_eq!(codes, [Some(0); 3]);
}

#[test]
fn a_case_that_fails_is_an_error_at_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("changed.law.md");
    let text = include_str!("../../../../laws/ru/127-fz/2023-04-14.law.md");
    fs::write(&path, text.replacen("7 days after placed", "9 days after placed", 1)).unwrap();
    let ended = callup(["lint", &path.display().to_string()]);
    assert_eq!(ended.code, Some(1), "{}", ended.out);
    assert!(ended.out.contains("E090") && ended.out.contains("changed.law.md:"), "{}", ended.out);
}

/// A law that is watched, and what has been said of it so far.
struct Watched {
    child: Child,
    out: BufReader<ChildStdout>,
}

impl Watched {
    fn start(args: &[&str]) -> Watched {
        let mut child = program().args(args).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let out = BufReader::new(child.stdout.take().unwrap());
        Watched { child, out }
    }

    /// What is said up to the closing line of the next round.
    fn round(&mut self) -> String {
        let mut said = String::new();
        while !said.ends_with(" cases\n") {
            assert!(self.out.read_line(&mut said).unwrap() > 0, "it ended: {said}");
        }
        said
    }

    /// Ends it with the interrupt key.
    fn interrupt(mut self) -> Option<i32> {
        assert!(Command::new("kill").args(["-INT", &self.child.id().to_string()]).status().unwrap().success());
        self.child.wait().unwrap().code()
    }
}

#[test]
#[cfg(unix)]
fn a_watched_law_is_linted_again_when_it_is_saved_or_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("watched.law.md");
    let text = include_str!("../../../../laws/reference/r1/2000-01-01.law.md");
    fs::write(&path, text).unwrap();
    let mut watched = Watched::start(&["lint", "--watch", path.to_str().unwrap()]);
    let first = watched.round();
    assert!(first.contains(", 0 errors, "), "{first}");
    // Saved in place.
    fs::write(&path, text.replacen("in force from", "in forse from", 1)).unwrap();
    let second = watched.round();
    assert!(second.starts_with("\n== watched.law.md ==\n\n") && second.contains("error[E003]"), "{second}");
    // Saved beside it and renamed over it, as many editors do; what is not a law is nobody's business.
    fs::write(folder.path().join("watched.law.md~"), text).unwrap();
    fs::rename(folder.path().join("watched.law.md~"), &path).unwrap();
    assert_eq!(watched.round(), format!("\n== watched.law.md ==\n\n{first}"));
    assert_eq!(watched.interrupt(), Some(130));
}

#[test]
fn laws_built_in_cannot_be_watched() {
    let ended = callup(["lint", "--watch"]);
    assert_eq!((ended.code, ended.out.as_str()), (Some(2), ""));
    assert!(ended.err.contains("--data DIR"), "{}", ended.err);
}

#[test]
fn the_page_of_a_code_and_the_score_of_a_law_are_printed() {
    let page = callup(["lint", "--explain", "E031"]);
    assert_eq!(page.code, Some(0), "{}", page.err);
    assert_eq!(page.out.trim_end(), include_str!("../../../../docs/checks/E031.md").trim_end());
    assert_eq!(callup(["lint", "--explain", "E000"]).code, Some(2));
    let lines = callup(["lint", "ru_127fz", "--score"]);
    assert_eq!(lines.code, Some(0), "{}", lines.err);
    assert!(lines.out.contains("begins after placement: day 35"), "{}", lines.out);
    let json: Value = serde_json::from_str(&callup(["lint", "ru_127fz", "--score", "--json"]).out).unwrap();
    let measures = json["laws"][0]["measures"].as_array().unwrap();
    assert!(measures.iter().any(|one| one["measure"] == "driving_ban" && one["after_placement_days"]["from"] == 35));
}
