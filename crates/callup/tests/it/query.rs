//! Figures asked for: every kind of one, of a run, of replicates and of a comparison; unknown names are answered with the nearest.

use crate::support::{callup, ended, flagship, names, program};
use serde_json::Value;
use std::path::Path;

fn ask(run: &Path, more: &[&str]) -> Value {
    let answered = ended(program().arg("query").arg(run).args(more).arg("--json"));
    assert_eq!(answered.code, Some(0), "{}", answered.err);
    serde_json::from_str(&answered.out).unwrap()
}

#[test]
fn any_figure_of_a_run_can_be_asked_for() {
    let run = &flagship().1;
    let receipt: Value = serde_json::from_slice(&std::fs::read(run.join("receipt.json")).unwrap()).unwrap();
    let line = |id: &str| receipt["sums"].as_array().unwrap().iter().find(|sum| sum["id"] == id).unwrap().clone();
    let column = &ask(run, &["--indicator", "trips_begun"])["answers"][0];
    assert_eq!((&column["value"], &column["unit"]), (&line("trips_begun")["value"], &Value::from("persons")));
    assert_eq!((&column["until"], &column["interval"]), (&Value::from("2023-05-30"), &Value::Null));
    let part = &ask(run, &["--indicator", "trips_begun", "--place", "RU-MOW", "--to", "2023-02-28"])["answers"][0];
    assert!(part["value"].as_u64() < column["value"].as_u64() && part["value"].as_u64() > Some(0));
    let share = &ask(run, &["--indicator", "unreached", "--group", "student=no"])["answers"][0];
    assert!(share["share"].as_f64().is_some_and(|share| share > 0.0 && share < 1.0), "{share}");
    let length = &ask(run, &["--indicator", "notice_gap_days"])["answers"][0];
    assert!(length["days"]["median"].is_i64() && length["kind"] == "length", "{length}");
    let ledger = &ask(run, &["--indicator", "unit_cases"])["answers"][0];
    let lines = receipt["ledgers"].as_array().unwrap();
    let kept = lines.iter().find(|line| line["indicator"] == "unit_cases").unwrap();
    assert_eq!(ledger["value"], kept["value"]);
    let men = ended(program().arg("query").arg(run).args([
        "--indicator",
        "serving_by_status",
        "--group",
        "contract.deployed",
    ]));
    assert!(men.out.contains("at the end of 2023-05-30") && men.out.contains(" persons"), "{}{}", men.out, men.err);
}

#[test]
fn what_is_unknown_is_a_usage_error_with_the_nearest() {
    let run = flagship().1.display().to_string();
    let asked = |more: [&str; 2]| {
        callup([&["query", run.as_str(), "--indicator"], more.as_slice()].concat().iter().filter(|one| !one.is_empty()))
    };
    let wrong = asked(["unreachd", ""]);
    assert_eq!(wrong.code, Some(2));
    assert!(wrong.err.contains("did you mean `unreached`?"), "{}", wrong.err);
    let wrong = asked(["issued", "--place=RU-MOV"]);
    assert!(wrong.code == Some(2) && wrong.err.contains("did you mean `RU-MO"), "{}", wrong.err);
    assert_eq!(asked(["issued", "--from=spring"]).code, Some(2));
}

#[test]
fn replicates_lie_side_by_side_and_give_an_interval() {
    let runs = tempfile::tempdir().unwrap();
    let made = ["run", "-q", "--scale", "0.0002", "--days", "120", "--replicates", "3", "--runs"];
    let made = ended(program().args(made).arg(runs.path()));
    assert_eq!(made.code, Some(0), "{}", made.err);
    let folders = names(runs.path());
    assert_eq!(folders.len(), 3, "{folders:?}");
    let first = &ask(&runs.path().join(&folders[0]), &["--indicator", "issued"])["answers"][0];
    let interval = &first["interval"];
    assert_eq!((&interval["replicates"], &interval["bounds"]), (&Value::from(3), &Value::from("min_max")));
    let (low, high) = (interval["low"].as_f64().unwrap(), interval["high"].as_f64().unwrap());
    let own = first["expanded"].as_f64().unwrap();
    assert!(low <= own && own <= high && low < high, "{first}");
    // Whichever of them is asked, the interval is that of all three.
    assert_eq!(&ask(&runs.path().join(&folders[1]), &["--indicator", "issued"])["answers"][0]["interval"], interval);
}

#[test]
fn a_comparison_answers_for_every_world() {
    let runs = tempfile::tempdir().unwrap();
    let fixed = [
        "compare",
        "ru-2023",
        "ru-2023-as-enacted",
        "-q",
        "--scale",
        "0.0002",
        "--days",
        "120",
        "--replicates",
        "2",
        "--runs",
    ];
    let made = ended(program().args(fixed).arg(runs.path()));
    assert_eq!(made.code, Some(0), "{}", made.err);
    let folder = runs.path().join(&names(runs.path())[0]);
    let summoned = ask(&folder, &["--indicator", "summoned"]);
    let answers = summoned["answers"].as_array().unwrap();
    assert_eq!(answers.len(), 2);
    assert!(
        answers.iter().all(|answer| answer["interval"]["replicates"] == 2 && answer["value"].as_u64() > Some(0)),
        "{summoned}"
    );
    assert_eq!(answers[1]["world"], "ru-2023-as-enacted");
    let aid = ask(&folder, &["--indicator", "aid_requests"]);
    assert!(aid["answers"].as_array().unwrap().iter().all(|answer| answer["unit"] == "requests"), "{aid}");
}
