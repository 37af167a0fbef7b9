//! Published figures beside runs: a broken file of them is told, and the roles of a scenario of the data are taken for those of no other.

use crate::support::{copy_of_data, ended, program};
use callup::data::Data;
use callup::prepare::{RunRequest, prepare};
use callup_law::diagnostic::{Severity, render};
use serde_json::Value;
use std::fs;

const FIGURES: &str = include_str!("../../../../validation/ru-2023.toml");

#[test]
fn a_broken_file_of_figures_is_told_and_the_run_goes_on_without_them() {
    let data = copy_of_data();
    let file = data.path().join("validation/ru-2023.toml");
    fs::create_dir(data.path().join("validation")).unwrap();
    let prepared = |text: &str| {
        fs::write(&file, text).unwrap();
        prepare(&RunRequest::once("ru-2023"), &Data::folder(data.path()).unwrap()).expect("it can be run")
    };
    let whole = prepared(FIGURES);
    assert!(whole.published.is_some_and(|published| published.figures.len() > 10));
    assert_eq!(whole.notes, []);

    let broken = prepared(&FIGURES.replacen("\"dates_come\"", "\"dates_came\"", 1));
    assert!(broken.published.is_none());
    assert!(broken.notes.iter().all(|note| note.severity == Severity::Warning));
    let told = render(&broken.notes, &broken.note_sources);
    for said in ["warning[S011]", "dates_came", "validation/ru-2023.toml", "did you mean `dates_come`?", "no figure"] {
        assert!(told.contains(said), "{said} in {told}");
    }
}

#[test]
fn a_scenario_of_ones_own_has_the_roles_of_no_other() {
    let folder = tempfile::tempdir().unwrap();
    let own = folder.path().join("ru-2023.toml");
    let text = include_str!("../../../../scenarios/ru-2023.toml");
    let has_figures = |text: &str| {
        fs::write(&own, text).unwrap();
        let prepared = prepare(&RunRequest::once(own.to_str().unwrap()), &Data::embedded()).unwrap();
        prepared.published.is_some()
    };
    assert!(has_figures(text), "the very text of the data, wherever it lies");
    assert!(!has_figures(&text.replacen("title = \"", "title = \"Own: ", 1)));

    let check = ["check", "-q", "--json", "--scale", "0.0002", "--replicates", "1", "--threads", "1"];
    let note = |more: &[&str]| {
        let ended = ended(program().args(check).args(more));
        assert_eq!(ended.code, Some(0), "{}", ended.err);
        let all: Value = serde_json::from_str(&ended.out).unwrap();
        all["note"].as_str().map(str::to_owned)
    };
    let said = note(&[own.to_str().unwrap(), "--figures", "ru-2023"]).expect("it is said whose roles these are");
    assert!(said.contains("`ru-2023`") && said.contains("no prediction"), "{said}");
    assert_eq!(note(&["ru-2023"]), None);
}
