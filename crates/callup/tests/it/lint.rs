//! Lint: the shipped laws stand, findings come with their place, JSON says the same as the lines.

use crate::support::callup;
use serde_json::Value;
use std::fs;

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
