//! Explain: each way of printing, several laws side by side, and the words for what cannot be asked. The pages themselves are
//! golden files beside the law crate's tests.

use crate::support::{Ended, callup, ended, program};
use serde_json::Value;

/// The worked example of the law language, and a law that serves three days later.
const LAW: &str = include_str!("../../../callup-law/tests/it/good/model_a.law.md");
const FACTS: &str = r#"
born = 2004-05-06
[[notice]]
kind = "draft_notice"
[notice.dates]
appearance_date = 2026-03-20
[notice.events]
placed = 2026-03-02
appeared = 2026-04-15
[notice.learned]
exit_ban = 2026-03-12
driving_ban = 2026-04-10
"#;

/// A case in a folder of its own.
struct Case {
    folder: tempfile::TempDir,
}

impl Case {
    fn new() -> Case {
        let folder = tempfile::tempdir().unwrap();
        let later = LAW
            .replace("7 days after placed, once", "10 days after placed, once")
            .replace("law model_a \"Model Act", "law model_b \"Later Act");
        for (name, text) in [("a.law.md", LAW), ("b.law.md", &later), ("facts.toml", FACTS)] {
            std::fs::write(folder.path().join(name), text).unwrap();
        }
        Case { folder }
    }

    fn path(&self, name: &str) -> String {
        self.folder.path().join(name).display().to_string()
    }

    fn explain(&self, laws: &[&str], more: &[&str]) -> Ended {
        let mut args = vec!["explain".to_owned()];
        args.extend(laws.iter().map(|law| self.path(law)));
        args.extend(["--facts".to_owned(), self.path("facts.toml"), "--until".to_owned(), "2026-07-31".to_owned()]);
        args.extend(more.iter().map(|word| (*word).to_owned()));
        callup(args)
    }

    /// What is printed, paths and digests aside.
    fn printed(&self, laws: &[&str], more: &[&str]) -> String {
        let ended = self.explain(laws, more);
        assert_eq!((ended.code, ended.err.as_str()), (Some(0), ""), "{more:?}");
        let folder = format!("{}/", self.folder.path().display());
        ended.out.replace(&folder, "")
    }
}

#[test]
fn one_measure_is_explained_alone_and_so_is_its_absence() {
    let case = Case::new();
    insta::assert_snapshot!("why", case.printed(&["a.law.md"], &["--why", "driving_ban"]));
    insta::assert_snapshot!("why_not", case.printed(&["a.law.md"], &["--why-not", "asset-freeze"]));
    let both = case.printed(&["a.law.md", "b.law.md"], &["--why", "exit_ban"]);
    assert!(both.starts_with("Model Act") && both.contains("\nLater Act"), "{both}");
}

#[test]
fn several_laws_stand_side_by_side_or_are_read_one_after_the_other() {
    let case = Case::new();
    insta::assert_snapshot!("columns", case.printed(&["a.law.md", "b.law.md"], &[]));
    let read = case.printed(&["a.law.md", "b.law.md"], &["--plain"]);
    assert!(read.starts_with("Under Model Act") && read.contains("\nUnder Later Act"), "{read}");
    let alone = case.printed(&["a.law.md"], &["--plain"]);
    assert!(alone.starts_with("In short.\n") && read.contains(&alone), "{alone}");
}

#[test]
fn a_page_says_the_same_in_every_format() {
    let case = Case::new();
    let sentence = "You appeared on Wed 15 April 2026: both must be lifted no later than Thu 16 April 2026.";
    for format in ["text", "md", "html"] {
        let page = case.printed(&["a.law.md"], &["--format", format]);
        assert!(page.contains(sentence) && page.contains("not advice"), "{format}: {page}");
    }
    let json: Value = serde_json::from_str(&case.explain(&["a.law.md"], &["--format", "json"]).out).unwrap();
    assert_eq!(json["measures"][1]["lift_by"], "2026-04-16");
    let html = case.printed(&["a.law.md", "b.law.md"], &["--format", "html"]);
    assert_eq!((html.matches("<h1>").count(), html.matches("<!doctype html>").count()), (2, 1));
}

#[test]
fn the_limits_are_a_calendar_file() {
    let case = Case::new();
    let file = case.printed(&["a.law.md"], &["--ics"]);
    assert!(file.starts_with("BEGIN:VCALENDAR\r\n") && file.ends_with("END:VCALENDAR\r\n"));
    assert!(file.contains("DTSTART;VALUE=DATE:20260612\r\n"), "the last day to challenge the exit ban: {file}");
}

#[test]
fn what_cannot_be_asked_is_said_with_what_can() {
    let case = Case::new();
    let unknown = case.explain(&["a.law.md"], &["--why", "exit-bann"]);
    assert_eq!((unknown.code, unknown.out.as_str()), (Some(2), ""));
    assert!(unknown.err.contains("did you mean `exit_ban`?"), "{}", unknown.err);
    for pair in [["--ics", "--plain"], ["--why=exit_ban", "--ics"], ["--plain", "--format=md"]] {
        assert_eq!(case.explain(&["a.law.md"], &pair).code, Some(2), "{pair:?}");
    }
}

/// What comes when the facts are asked for and these lines are the answers.
fn asked(case: &Case, more: &[&str], answers: &str) -> Ended {
    let mut command = program();
    command.args(["explain", &case.path("a.law.md"), "--until", "2026-07-31"]).args(more);
    let typed = case.folder.path().join("answers");
    std::fs::write(&typed, answers).unwrap();
    ended(command.stdin(std::fs::File::open(typed).unwrap()))
}

const ANSWERS: &str = "2026-03-02\nno\nnever\n2026-03-20\n2026-04-15\nno\n2004-05-06\n2026-03-12\n2026-04-10\n";

#[test]
fn facts_that_are_asked_for_are_those_of_the_file() {
    let case = Case::new();
    let told = asked(&case, &["--ask"], ANSWERS);
    assert_eq!((told.code, told.out), (Some(0), case.explain(&["a.law.md"], &[]).out), "{}", told.err);
    assert!(told.err.contains("\"never\" is not understood"), "{}", told.err);
    let kept = asked(&case, &["--ask", "--print-facts"], ANSWERS);
    std::fs::write(case.folder.path().join("facts.toml"), &kept.out).unwrap();
    assert_eq!(case.explain(&["a.law.md"], &[]).out, asked(&case, &["--ask"], ANSWERS).out);
    assert_eq!(std::fs::read_dir(case.folder.path()).unwrap().count(), 4, "nothing else was written");
}

#[test]
fn without_facts_or_a_terminal_the_help_says_what_to_give() {
    let case = Case::new();
    let silent = asked(&case, &[], ANSWERS);
    assert_eq!((silent.code, silent.out.as_str()), (Some(2), ""));
    assert!(silent.err.contains("--facts FILE") && silent.err.contains("--ask"), "{}", silent.err);
    let short = asked(&case, &["--ask"], "2026-03-02\n");
    assert_eq!((short.code, short.out.as_str()), (Some(2), ""), "{}", short.err);
    let nothing = asked(&case, &["--ask"], "no\nno\nunknown\nno\nno\n");
    assert_eq!((nothing.code, nothing.out.as_str()), (Some(1), ""), "{}", nothing.err);
}

#[test]
fn the_language_is_chosen_and_the_keys_of_json_stay() {
    let case = Case::new();
    let page = case.printed(&["a.law.md"], &["--lang", "uk"]);
    assert!(page.starts_with("СТИСЛО\n") && page.contains("16 квітня 2026 р. (четвер)"), "{page}");
    let of = |lang: &str| -> Value {
        serde_json::from_str(&case.printed(&["a.law.md"], &["--lang", lang, "--format", "json"])).unwrap()
    };
    let (english, russian) = (of("en"), of("ru"));
    assert_eq!(russian["language"], "ru");
    for key in ["kind", "lift_by", "start", "cite"] {
        assert_eq!(english["measures"][1][key], russian["measures"][1][key], "{key}");
    }
    let html = case.printed(&["a.law.md"], &["--format", "html", "--lang", "ru"]);
    assert!(html.contains("<html lang=\"ru\">") && html.contains("<h2>Хронология</h2>"), "{html}");
}
