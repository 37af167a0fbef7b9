//! Two laws over the same people from outside: what is printed, what is written, what is refused.

use crate::support::{Ended, ended, names, only_folder, program};
use arrow_array::cast::AsArray as _;
use arrow_array::types::UInt64Type;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

const LAW: &str = include_str!("../../../../laws/ru/127-fz/2023-04-14.law.md");
const DEEMED: &str = "  7 days after placed, once it has run out\n";

fn compare(runs: &Path, more: &[&str]) -> Ended {
    let fixed = ["compare", "--scale", "0.0005", "--days", "200", "--runs"];
    ended(program().args(fixed).arg(runs).args(more))
}

fn receipt(folder: &Path) -> Value {
    serde_json::from_slice(&fs::read(folder.join("receipt.json")).unwrap()).unwrap()
}

/// 127-FZ with thirty days in the place of seven.
fn milder(folder: &Path) -> String {
    assert!(LAW.contains(DEEMED));
    let path = folder.join("milder.law.md");
    fs::write(&path, LAW.replace(DEEMED, &DEEMED.replace('7', "30"))).unwrap();
    path.display().to_string()
}

/// The nation's rows of `persons.parquet`: by quantity both, first alone, other alone.
fn persons(folder: &Path) -> BTreeMap<String, [u64; 3]> {
    let file = fs::File::open(folder.join("persons.parquet")).unwrap();
    let mut found = BTreeMap::new();
    for batch in ParquetRecordBatchReaderBuilder::try_new(file).unwrap().build().unwrap() {
        let batch = batch.unwrap();
        let text = |name: &str| batch.column_by_name(name).unwrap().as_string::<i32>().clone();
        let count = |name: &str| batch.column_by_name(name).unwrap().as_primitive::<UInt64Type>().clone();
        let (quantity, region, stratum) = (text("quantity"), text("region"), text("stratum"));
        let counts = ["both", "first_only", "other_only"].map(count);
        for row in 0..batch.num_rows() {
            if region.value(row) == "all" && arrow_array::Array::is_null(&stratum, row) {
                found.insert(quantity.value(row).to_owned(), [0, 1, 2].map(|place: usize| counts[place].value(row)));
            }
        }
    }
    found
}

#[test]
fn thirty_days_in_place_of_seven_restrict_later_and_the_article_is_named() {
    let (runs, laws) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let milder = milder(laws.path());
    let made = compare(runs.path(), &["ru_127fz", &milder, "--attribute", "--json", "-q"]);
    assert_eq!(made.code, Some(0), "{}", made.err);
    let folder = only_folder(runs.path());
    let expected = [
        "became.parquet",
        "clauses.parquet",
        "days.parquet",
        "environment-1.parquet",
        "environment-2.parquet",
        "ledgers-1.parquet",
        "ledgers-2.parquet",
        "lives.parquet",
        "persons.parquet",
        "receipt.json",
        "report.html",
        "steps.parquet",
        "weekly.parquet",
    ];
    assert_eq!(names(&folder), expected);
    assert_lives_are_told_apart(&folder);
    let receipt = receipt(&folder);
    assert_eq!(serde_json::from_str::<Value>(&made.out).unwrap(), receipt);
    let clauses = receipt["clauses"].as_array().unwrap();
    let article = |clause: &Value| clause["article"].as_str().unwrap_or_default().to_owned();
    assert!(clauses.iter().any(|clause| article(clause).starts_with("Article 31")), "{clauses:?}");
    // What stands in the receipt is what stands in the table.
    let persons = persons(&folder);
    let figures = receipt["figures"].as_array().unwrap();
    assert!(!figures.is_empty());
    for figure in figures {
        let count = |name: &str| figure[name].as_u64().unwrap();
        let wanted = [count("both"), count("first_only"), count("other_only")];
        assert_eq!(persons[figure["name"].as_str().unwrap()], wanted, "{figure}");
        assert_eq!(count("first"), wanted[0] + wanted[1]);
    }
    // The steps lead from the one to the other.
    let steps = receipt["steps"].as_array().unwrap();
    let of = |name: &str| figures.iter().find(|figure| figure["name"] == name);
    for step in steps.iter().filter(|step| step["unit"] == "persons") {
        let number = |name: &str| step[name].as_i64().unwrap();
        let sum = number("first") + number("direct") + number("displacement") + number("feedback");
        assert_eq!(sum, number("other"), "{step}");
        let figure = of(step["name"].as_str().unwrap()).expect("who is in a step is in a figure");
        assert_eq!(
            (figure["first"].as_i64(), figure["other"].as_i64()),
            (Some(number("first")), Some(number("other")))
        );
    }
    assert!(steps.iter().any(|step| step["direct"].as_i64() != Some(0)), "the law itself changes nothing");
    // More time is harsher to nobody in what counts as served unseen: fewer notices do.
    let unseen = of("served_unseen").unwrap();
    assert!(unseen["difference"].as_f64() < Some(0.0), "{unseen}");
}

#[test]
fn a_law_against_itself_is_no_difference_to_anybody() {
    let runs = tempfile::tempdir().unwrap();
    let made = compare(runs.path(), &["ru_127fz", "ru_127fz@2023-04-14", "-q", "--replicates", "2"]);
    assert_eq!(made.code, Some(0), "{}", made.err);
    assert!(made.out.contains("no life parts"), "{}", made.out);
    let receipt = receipt(&only_folder(runs.path()));
    for figure in receipt["figures"].as_array().unwrap() {
        assert_eq!((figure["difference"].as_f64(), figure["is_within_noise"].as_bool()), (Some(0.0), Some(true)));
    }
    let again = compare(runs.path(), &["ru_127fz", "ru_127fz@2023-04-14", "-q", "--replicates", "2"]);
    assert_eq!((again.code, again.out), (Some(0), made.out));
    assert!(again.err.contains("already there"), "{}", again.err);
}

#[test]
fn threads_change_no_byte_but_the_receipt() {
    let made = ["1", "2"].map(|threads| {
        let runs = tempfile::tempdir().unwrap();
        let made = compare(runs.path(), &["ru-2023-as-enacted", "ru-2023-as-reported", "-q", "--threads", threads]);
        assert_eq!(made.code, Some(0), "{}", made.err);
        let folder = only_folder(runs.path());
        let files: BTreeMap<String, Vec<u8>> = names(&folder)
            .into_iter()
            .filter(|name| name != "receipt.json")
            .map(|name| (name.clone(), fs::read(folder.join(&name)).unwrap()))
            .collect();
        (made.out, files)
    });
    assert_eq!(made[0], made[1]);
    let page = String::from_utf8(made[0].1["report.html"].clone()).unwrap();
    for words in ["Who fares otherwise", "Days gained and lost", "What parts the lives", "not a prediction"] {
        assert!(page.contains(words), "{words}");
    }
    let plain = crate::support::plain(&page);
    assert!(!plain.contains("http://") && !plain.contains("https://") && !plain.contains("<script"));
}

#[test]
fn what_cannot_be_compared_is_refused_with_the_reason() {
    let runs = tempfile::tempdir().unwrap();
    for (arguments, code, words) in [
        (vec!["ru-2023-as-enacted"], 2, "2 values required"),
        (vec!["ru-2023-as-enacted", "ru-2023-as-enactet"], 2, "did you mean the scenario `ru-2023-as-enacted`?"),
        (vec!["ru-2023-as-enacted", "reference-r1"], 1, "cannot be held against"),
        (vec!["ru_127fz", "ru_127fy"], 2, "did you mean `ru_127fz`?"),
        (vec!["ru_127fz", "ru_as_reported_2023"], 1, "reported_lifting"),
        (vec!["ru_127fz", "ru_437fz", "--answer", "nothing"], 2, "write it as switch=answer"),
        (vec!["ru_127fz", "ru_437fz", "--from", "May"], 2, "write it as 2023-04-14"),
        (vec!["ru_127fz", "ru_437fz", "ru_paper_2022", "--attribute"], 2, "compare two at a time"),
    ] {
        let refused = compare(runs.path(), &arguments);
        assert_eq!(refused.code, Some(code), "{arguments:?}: {}", refused.err);
        assert!(refused.err.contains(words), "{arguments:?}: {}", refused.err);
        assert_eq!(refused.out, "");
    }
    assert_eq!(names(runs.path()), Vec::<String>::new());
}

#[test]
fn an_answer_given_closes_a_switch() {
    let runs = tempfile::tempdir().unwrap();
    let worlds = ["ru_127fz", "ru_as_reported_2023", "--answer", "reported_lifting=on_appearance", "-q"];
    let made = compare(runs.path(), &worlds);
    assert_eq!(made.code, Some(0), "{}", made.err);
    assert!(made.out.contains("what parts the lives"), "{}", made.out);
}

/// Whoever is spared is told with what spares him, and his two lives part there.
fn assert_lives_are_told_apart(folder: &Path) {
    let person = |more: &[&str]| ended(program().arg("person").arg(folder).args(more));
    let spared = person(&["--only-first", "restricted", "--json"]);
    assert_eq!(spared.code, Some(0), "{}", spared.err);
    let spared: Value = serde_json::from_str(&spared.out).unwrap();
    let spared = spared.as_array().unwrap();
    let [_, first_only, _] = persons(folder)["restricted"];
    assert_eq!(spared.len() as u64, first_only, "as many as the table counts");
    for one in spared.iter().take(20) {
        let told = person(&[one["id"].as_str().unwrap(), "--json"]);
        assert_eq!(told.code, Some(0), "{}", told.err);
        let told: Value = serde_json::from_str(&told.out).unwrap();
        let alike = told["alike"].as_u64().unwrap() as usize;
        let begins = |world: usize| {
            let rows = told["worlds"][world]["rows"].as_array().unwrap();
            rows[alike..].iter().any(|row| row["what"] == "on")
        };
        assert!(begins(0) && !begins(1), "{told:#}");
    }
    let unknown = person(&["--only-other", "happy"]);
    assert!(unknown.code == Some(2) && unknown.err.contains("nothing that can be true of a person"), "{unknown:?}");
    let nobody = person(&["99-1999-0"]);
    assert!(nobody.code == Some(2) && nobody.err.contains("codes of regions lie between"), "{nobody:?}");
}
