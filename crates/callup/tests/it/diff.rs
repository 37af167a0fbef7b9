//! Two laws side by side from outside: in days and rights, as text, JSON and a page.

use crate::support::callup;
use serde_json::Value;

const LAW: &str = include_str!("../../../../laws/ru/127-fz/2023-04-14.law.md");

fn json(first: &str, second: &str) -> Value {
    let told = callup(["diff", first, second, "--format", "json"]);
    assert_eq!(told.code, Some(0), "{}", told.err);
    serde_json::from_str(&told.out).unwrap()
}

/// The law with one piece of text in place of another, as a file.
fn changed(folder: &std::path::Path, from: &str, to: &str) -> String {
    assert!(LAW.contains(from), "{from}");
    let path = folder.join("changed.law.md");
    std::fs::write(&path, LAW.replace(from, to)).unwrap();
    path.display().to_string()
}

#[test]
fn a_law_does_not_differ_from_itself() {
    let told = callup(["diff", "ru_127fz", "ru_127fz@2023-04-14"]);
    assert_eq!(told.code, Some(0), "{}", told.err);
    for words in ["no measure starts or ends on another day", "the same remedies lie against it", "SCORE CARD"] {
        assert!(told.out.contains(words), "{words}: {}", told.out);
    }
}

#[test]
fn a_deadline_of_three_more_days_starts_measures_three_days_later_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let milder = changed(folder.path(), "  7 days after placed, once it", "  10 days after placed, once it");
    let diff = json("ru_127fz", &milder);
    let mut moved = 0;
    for one in diff["situations"].as_array().unwrap() {
        // The latest reading is that of the deadline; the moment of electronic service is an open reading.
        let to = |law: usize| one["under"][law]["starts_after_days"]["to"].as_i64();
        let later = to(1).unwrap() - to(0).unwrap();
        // What is handed over or comes by post is not touched; nor is what counts from the date in the notice.
        let placed = ["never_opened", "opened"].map(Value::from).contains(&one["situation"]);
        assert!(later == 0 || later == 3 && placed, "{one}");
        moved += usize::from(later == 3);
        assert_eq!(one["under"][0]["lifted_after_days"], one["under"][1]["lifted_after_days"], "{one}");
    }
    assert!(moved > 0);
    // The places of the articles name the file; all else is the same.
    let ends = |one: &Value, law: usize| -> Vec<[Value; 3]> {
        let ends = one["ends"][law].as_array().unwrap().iter();
        ends.map(|end| ["by", "on", "within"].map(|name| end[name].clone())).collect()
    };
    for one in diff["rights"].as_array().unwrap() {
        assert_eq!(ends(one, 0), ends(one, 1), "{one}");
    }
    let text = callup(["diff", "ru_127fz", milder.as_str()]).out;
    assert!(text.contains("3 days later"), "{text}");
}

#[test]
fn a_measure_that_only_one_law_has_is_new_or_gone() {
    for (first, second, word) in
        [("ru_paper_2022", "ru_127fz", "exit_ban: new"), ("ru_127fz", "ru_paper_2022", "exit_ban: gone")]
    {
        let told = callup(["diff", first, second]);
        assert_eq!(told.code, Some(0), "{}", told.err);
        assert!(told.out.contains(word), "{}", told.out);
        assert!(told.out.contains("no such measure") && told.out.contains("7.1(1)"), "{}", told.out);
    }
}

#[test]
fn every_pair_of_shipped_laws_can_be_told_side_by_side() {
    let listed: Value = serde_json::from_str(&callup(["list", "laws", "--json"]).out).unwrap();
    let names: Vec<&str> = listed["laws"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|law| law["law"].as_str().or(law["name"].as_str()))
        .collect();
    assert!(names.len() >= 6, "{listed}");
    for (place, first) in names.iter().enumerate() {
        for second in &names[place + 1..] {
            let told = callup(["diff", first, second]);
            assert_eq!(told.code, Some(0), "{first} {second}: {}", told.err);
        }
    }
}

#[test]
fn the_page_stands_alone() {
    let told = callup(["diff", "ru_127fz", "ru_as_reported_2023", "--format", "html"]);
    assert_eq!(told.code, Some(0), "{}", told.err);
    assert!(told.out.starts_with("<!DOCTYPE html>") && told.out.contains("Score card"));
    assert!(!told.out.contains("<script") && !told.out.contains("http://") && !told.out.contains("https://"));
}

#[test]
fn a_law_that_is_not_there_or_broken_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let broken = changed(folder.path(), "  7 days after placed, once it has run out", "  7 days after placed");
    let refused = callup(["diff", "ru_127fz", broken.as_str()]);
    assert_eq!(refused.code, Some(1), "{}", refused.err);
    assert!(refused.err.contains("E050"), "{}", refused.err);
    assert_eq!(callup(["diff", "ru_127fz", "ru_127fy"]).code, Some(2));
}
