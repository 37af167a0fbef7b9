//! A run with replicates: page, terminal and `callup query` say the same of where figures lie, and all of it follows from the tables of the runs.

use crate::support::{ended, names, program};
use arrow_array::cast::AsArray as _;
use arrow_array::types::UInt64Type;
use callup::output::page_data::of_report;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// Into the season in which notices are served, so that most lines count somebody.
const DAYS: usize = 120;
const SCALE: &str = "0.0002";
const REPLICATES: usize = 3;

struct Made {
    runs: tempfile::TempDir,
    printed: Value,
}

impl Made {
    fn folder(&self) -> PathBuf {
        PathBuf::from(self.printed["folder"].as_str().unwrap())
    }

    fn page(&self) -> Value {
        data_of(&self.folder())
    }
}

fn data_of(folder: &Path) -> Value {
    let report = fs::read_to_string(folder.join("report.html")).unwrap();
    serde_json::from_str(of_report(&report).expect("a report bears its data")).unwrap()
}

/// Runs with this many threads.
fn make(threads: &str) -> Made {
    let runs = tempfile::tempdir().unwrap();
    let count = REPLICATES.to_string();
    let args = ["run", "-q", "--json", "--scale", SCALE, "--days", "120", "--replicates", &count, "--threads", threads];
    let ended = ended(program().args(args).arg("--runs").arg(runs.path()));
    assert_eq!(ended.code, Some(0), "{}", ended.err);
    Made { runs, printed: serde_json::from_str(&ended.out).unwrap() }
}

fn made() -> &'static Made {
    static MADE: OnceLock<Made> = OnceLock::new();
    MADE.get_or_init(|| make("2"))
}

fn sorted(mut numbers: Vec<f64>) -> [f64; REPLICATES] {
    numbers.sort_by(f64::total_cmp);
    numbers.try_into().expect("one a replicate")
}

fn receipts() -> Vec<Value> {
    let runs = made().runs.path();
    let read = |name: &String| fs::read(runs.join(name).join("receipt.json")).unwrap();
    names(runs).iter().map(|name| serde_json::from_slice(&read(name)).unwrap()).collect()
}

#[test]
fn each_line_lies_where_the_lines_of_the_three_runs_do() {
    let (page, receipts) = (made().page(), receipts());
    assert_eq!(receipts.len(), REPLICATES);
    assert_eq!(page["replicates"], REPLICATES);
    let mut seeds: Vec<u64> = receipts.iter().map(|receipt| receipt["seed"].as_u64().unwrap()).collect();
    seeds.sort_unstable();
    let named = page["replicate_runs"].as_array().unwrap();
    assert_eq!(named.iter().map(|run| run["seed"].as_u64().unwrap()).collect::<Vec<_>>(), seeds);
    assert!(named.iter().all(|run| made().runs.path().join(run["id"].as_str().unwrap()).is_dir()), "{named:?}");
    let mut spread = 0;
    for (place, line) in page["headline"].as_array().unwrap().iter().enumerate() {
        let lines = || receipts.iter().map(|receipt| &receipt["headline"][place]);
        assert!(lines().all(|other| other["id"] == line["name"]));
        let over = &line["over_replicates"];
        for (own, other) in [("interval", "expanded"), ("share", "share")] {
            let numbers: Vec<f64> = lines().filter_map(|other_line| other_line[other].as_f64()).collect();
            if numbers.len() < REPLICATES {
                continue;
            }
            let [low, median, high] = sorted(numbers);
            let said = ["low", "median", "high"].map(|key| over[own][key].as_f64().unwrap());
            assert_eq!(said, [low, median, high], "{line}");
            spread += usize::from(low < high);
        }
        if let Some(bound) = over["more_than"]["bound"].as_u64() {
            let beyond = lines().filter(|other| other["expanded"].as_u64() > Some(bound)).count();
            assert_eq!(over["more_than"]["replicates"], beyond, "{line}");
        }
    }
    assert!(spread > 5, "{spread} lines differ by chance");
}

/// National weeks of a column of a run's daily table at scale 1, by the definition of flow and stock.
fn weeks(folder: &Path, column: &str, is_flow: bool) -> Vec<u64> {
    let file = fs::File::open(folder.join("daily.parquet")).unwrap();
    let reader = ParquetRecordBatchReaderBuilder::try_new(file).unwrap().build().unwrap();
    let raw: Vec<u64> = reader
        .flat_map(|batch| {
            let batch = batch.unwrap();
            batch.column_by_name(column).unwrap().as_primitive::<UInt64Type>().values().to_vec()
        })
        .collect();
    let regions = raw.len() / DAYS;
    let days: Vec<u64> = raw.chunks(regions).map(|day| day.iter().sum()).collect();
    let scale: f64 = SCALE.parse().unwrap();
    let at_scale_1 = |count: u64| (count as f64 / scale).round() as u64;
    days.chunks_exact(7).map(|week| at_scale_1(if is_flow { week.iter().sum() } else { week[6] })).collect()
}

#[test]
fn bands_hold_the_weeks_of_every_daily_table() {
    let (page, runs) = (made().page(), made().runs.path());
    let folders: Vec<PathBuf> = names(runs).iter().map(|name| runs.join(name)).collect();
    let series: Vec<&Value> =
        page["weekly"]["series"].as_array().unwrap().iter().filter(|one| one["low"].is_array()).collect();
    assert!(series.len() > 10, "{} series", series.len());
    for one in series {
        let of = |folder: &PathBuf| weeks(folder, one["id"].as_str().unwrap(), one["kind"] == "flow");
        let all: Vec<Vec<u64>> = folders.iter().map(of).collect();
        for week in 0..DAYS / 7 {
            let [low, median, high] = sorted(all.iter().map(|weeks| weeks[week] as f64).collect());
            let said = ["low", "median", "high"].map(|key| one[key][week].as_f64().unwrap());
            assert_eq!(said, [low, median, high], "{} in week {week}", one["id"]);
        }
    }
}

#[test]
fn page_terminal_and_query_say_the_same_intervals() {
    let (page, folder) = (made().page(), made().folder());
    let mut asked = 0;
    for (line, printed) in
        page["headline"].as_array().unwrap().iter().zip(made().printed["headline"].as_array().unwrap())
    {
        assert_eq!(line["over_replicates"], printed["replicates"]);
        let name = line["name"].as_str().unwrap();
        let answered = ended(program().arg("query").arg(&folder).args(["--indicator", name, "--json"]));
        if answered.code != Some(0) {
            continue;
        }
        let answer: Value = serde_json::from_str(&answered.out).unwrap();
        assert_eq!(answer["answers"][0]["expanded"], line["expanded"], "{name}");
        assert_eq!(answer["answers"][0]["interval"], line["over_replicates"]["interval"], "{name}");
        asked += 1;
    }
    assert!(asked >= 9, "{asked} of the lines can be asked for");
    let lines = ended(
        program()
            .args(["run", "-q", "--scale", SCALE, "--days", "120", "--replicates", "3", "--runs"])
            .arg(made().runs.path()),
    );
    assert!(lines.err.contains("already there"), "{}", lines.err);
    assert!(lines.out.contains("over 3 replicates, median (least and greatest):"), "{}", lines.out);
}

#[test]
fn a_run_with_replicates_is_the_same_for_any_number_of_threads_and_another_than_the_run_alone() {
    let (one, two) = (make("1"), made());
    assert_eq!(one.printed["identity"], two.printed["identity"]);
    for name in names(two.runs.path()) {
        for file in names(&two.runs.path().join(&name)).iter().filter(|file| *file != "receipt.json") {
            let read = |made: &Made| fs::read(made.runs.path().join(&name).join(file)).unwrap();
            assert!(read(&one) == read(two), "{name}/{file}");
        }
    }
    let others: Vec<Value> = receipts().into_iter().filter(|one| one["identity"] != two.printed["identity"]).collect();
    assert!(others.iter().all(|other| other["replicates"].as_array().unwrap().is_empty()));
    assert!(
        data_of(
            &two.runs.path().join(names(two.runs.path()).iter().find(|name| !two.folder().ends_with(name)).unwrap())
        )["replicates"]
            .is_null()
    );
}

#[test]
fn bands_leave_the_page_under_a_megabyte() {
    let size = |folder: &Path| of_report(&fs::read_to_string(folder.join("report.html")).unwrap()).unwrap().len();
    let other = names(made().runs.path()).into_iter().map(|name| made().runs.path().join(name));
    let other = other.into_iter().find(|folder| *folder != made().folder()).expect("there are three");
    // The page of a nation alone has 850,000 bytes.
    let more = size(&made().folder()).saturating_sub(size(&other));
    assert!(more > 0 && more < 60_000, "{more} bytes more");
}
