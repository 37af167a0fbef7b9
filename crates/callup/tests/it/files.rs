//! Wrong files: missing, folders, binary, truncated, forbidden. One clear error with the path, its help and the right code.

use crate::support::{callup, copy_of_data, names, quick_run};
use callup::data::Data;
use callup::input::laws;
use std::fs;

#[test]
fn what_cannot_be_read_is_said_with_its_path() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).display().to_string();
    fs::write(at("binary.law.md"), [0xff, 0xfe, 0x00]).unwrap();
    fs::write(at("zero.toml"), "a\0b").unwrap();
    fs::create_dir(at("folder.toml")).unwrap();
    fs::File::create(at("huge.toml")).unwrap().set_len(1 << 40).unwrap();
    for (verb, path) in [
        ("lint", at("missing.law.md")),
        ("lint", at("binary.law.md")),
        ("export", at("folder.toml/")),
        ("run", at("missing.toml")),
        ("run", at("zero.toml")),
        ("run", at("folder.toml")),
        ("run", at("huge.toml")),
    ] {
        let ended = callup([verb, &path]);
        assert_eq!(ended.code, Some(3), "{verb} {path}: {}", ended.err);
        assert_eq!(ended.out, "");
        assert!(ended.err.contains(&format!("cannot read {path}")), "{}", ended.err);
        assert_eq!(ended.err.matches("error:").count(), 1, "{}", ended.err);
        assert!(ended.err.contains(" help: "), "{}", ended.err);
    }
}

#[test]
fn a_data_folder_that_is_none_is_said() {
    for path in ["/no/such/folder", "/etc/hostname"] {
        let ended = callup(["list", "--data", path]);
        assert_eq!(ended.code, Some(3), "{}", ended.err);
        assert!(ended.err.contains(path), "{}", ended.err);
    }
}

#[test]
fn an_empty_or_truncated_law_is_findings() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("short.law.md");
    for text in ["", "# A law\n\n```law\nlaw x \"y"] {
        fs::write(&path, text).unwrap();
        let ended = callup(["lint", &path.display().to_string()]);
        assert_eq!(ended.code, Some(1), "{}", ended.out);
        assert!(ended.out.contains("error["), "{}", ended.out);
    }
}

#[test]
fn a_wrong_scenario_is_all_its_findings_and_no_folder() {
    let data = copy_of_data();
    let path = data.path().join("scenarios/wrong.toml");
    fs::write(&path, "extends = \"ru-2023\"\ntitel = \"x\"\nseed = \"seven\"\n").unwrap();
    let runs = tempfile::tempdir().unwrap();
    let wrong = quick_run(runs.path(), &["wrong", "--data", &data.path().display().to_string()]);
    assert_eq!(wrong.code, Some(1), "{}", wrong.err);
    assert!(wrong.err.contains("titel") && wrong.err.contains("seed"), "{}", wrong.err);
    assert!(wrong.err.contains("scenarios/wrong.toml:2"), "{}", wrong.err);
    assert_eq!(names(runs.path()), [""; 0]);
}

#[test]
fn a_table_that_was_changed_is_not_used() {
    let data = copy_of_data();
    let path = data.path().join("tables/ru/regions.csv");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, &text[..text.len() / 2]).unwrap();
    let runs = tempfile::tempdir().unwrap();
    let wrong = quick_run(runs.path(), &["--data", &data.path().display().to_string()]);
    assert_eq!(wrong.code, Some(1), "{}", wrong.err);
    assert!(wrong.err.contains("regions.csv"), "{}", wrong.err);
}

#[test]
fn a_broken_law_of_the_data_is_shown_where_a_scenario_needs_it() {
    let data = copy_of_data();
    let path = data.path().join("laws/ru/127-fz/2023-04-14.law.md");
    fs::write(&path, fs::read_to_string(&path).unwrap().replace("```law\nlaw ru_127fz", "```law\nlaww ru_127fz"))
        .unwrap();
    let runs = tempfile::tempdir().unwrap();
    let wrong = quick_run(runs.path(), &["--data", &data.path().display().to_string()]);
    assert_eq!(wrong.code, Some(1), "{}", wrong.err);
    assert!(wrong.err.contains("laws/ru/127-fz/2023-04-14.law.md"), "{}", wrong.err);
}

/// An error that only checking finds, in two laws of a scenario: both are told, and nothing of the laws that are not used.
#[test]
fn errors_that_only_checking_finds_are_told_of_every_law_in_force() {
    let data = copy_of_data();
    let names = [
        "laws/ru/127-fz/2023-04-14.law.md",
        "laws/ru/437-fz/2023-08-04.law.md",
        "laws/ru/year-round/2026-01-01.law.md",
    ];
    for name in names {
        let path = data.path().join(name);
        let text = fs::read_to_string(&path).unwrap();
        let served = "    served \"counts as served\"";
        assert!(text.contains(served), "{name}");
        fs::write(&path, text.replacen(served, &format!("    nowhere,\n{served}"), 1)).unwrap();
    }
    let runs = tempfile::tempdir().unwrap();
    let wrong = quick_run(runs.path(), &["--data", &data.path().display().to_string()]);
    assert_eq!(wrong.code, Some(1), "{}", wrong.err);
    let told = names.map(|name| wrong.err.contains(&format!("{name}:")));
    assert_eq!((told, wrong.err.matches("error[E020]").count()), ([true, true, false], 2), "{}", wrong.err);
}

/// The holiday file beside a law that is named by its path stands before that of the data, and is an input in its place.
#[test]
fn the_holiday_file_that_a_law_has_used_is_an_input() {
    let (folder, shipped) = (tempfile::tempdir().unwrap(), copy_of_data());
    let law = folder.path().join("my.law.md");
    fs::copy(shipped.path().join("laws/lt/i-1593/2026-01-01.law.md"), &law).unwrap();
    let own = law.display().to_string();
    let inputs = |wanted: &str| {
        let chosen = laws::choose(&Data::embedded(), wanted).unwrap();
        let data = Data::embedded();
        chosen.note(&data).unwrap();
        data.inputs().into_iter().map(|input| input.name).collect::<Vec<_>>()
    };
    let of_data = "laws/lt/lt.holidays.toml";
    assert_eq!(inputs("lt_2026"), ["laws/lt/i-1593/2026-01-01.law.md", of_data]);
    assert_eq!(inputs(&own), [&own, of_data]);
    let beside = folder.path().join("lt.holidays.toml");
    fs::copy(shipped.path().join(of_data), &beside).unwrap();
    let mut wanted = [own.clone(), beside.display().to_string()];
    wanted.sort();
    assert_eq!(inputs(&own), wanted);
}

#[test]
fn a_place_that_cannot_be_written_is_said_before_the_work() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, "in the way").unwrap();
    for runs in [file.clone(), file.join("deeper")] {
        let ended = quick_run(&runs, &[]);
        assert_eq!(ended.code, Some(3), "{}", ended.err);
        assert!(ended.err.contains(&file.display().to_string()) && ended.err.contains("--runs"), "{}", ended.err);
        assert!(!ended.err.contains("making people"), "{}", ended.err);
    }
    assert_eq!(names(folder.path()), ["file"]);
}

#[test]
#[cfg(target_os = "linux")]
fn a_file_system_that_takes_nothing_is_said() {
    let ended = quick_run(std::path::Path::new("/proc/callup"), &[]);
    assert_eq!(ended.code, Some(3), "{}", ended.err);
    assert!(ended.err.contains("/proc/callup"), "{}", ended.err);
}

#[test]
fn a_path_to_a_scenario_works_as_its_name_does() {
    let (runs, data) = (tempfile::tempdir().unwrap(), copy_of_data());
    let path = data.path().join("scenarios/ru-2023-as-enacted.toml").display().to_string();
    let by_name = quick_run(runs.path(), &["--quiet"]);
    let by_path = quick_run(runs.path(), &[&path]);
    assert_eq!(by_name.code, Some(0), "{}", by_name.err);
    assert_eq!((by_path.code, &by_path.out), (Some(0), &by_name.out), "{}", by_path.err);
    assert!(by_path.err.contains("already there"), "{}", by_path.err);
    let report = fs::read_to_string(crate::support::only_folder(runs.path()).join("report.html")).unwrap();
    assert!(!report.contains(&data.path().display().to_string()), "the report speaks of files, not of this machine");
}
