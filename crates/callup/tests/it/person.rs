//! One life of a run told again: row for row as the run wrote it, for anybody, and refused where it could not be the same.

use crate::support::{Ended, callup, copy_of_data, ended, flagship, names, only_folder, program, quick_run};
use arrow_array::cast::AsArray as _;
use arrow_array::types::Date32Type;
use callup::data::Data;
use callup::life::{LifeRequest, SampledPerson, life, sample};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use tempfile::TempDir;

/// A row in words: date, campaign, what, detail, law, article, assumption; empty where there is none.
type Row = [String; 7];

/// The histories of a run as its file has them, by person.
fn written(run: &Path) -> BTreeMap<String, Vec<Row>> {
    let file = fs::File::open(run.join("histories.parquet")).unwrap();
    let mut lives: BTreeMap<String, Vec<Row>> = BTreeMap::new();
    for batch in ParquetRecordBatchReaderBuilder::try_new(file).unwrap().build().unwrap() {
        let batch = batch.unwrap();
        let column = |name: &str| batch.column_by_name(name).unwrap();
        let dates = column("date").as_primitive::<Date32Type>();
        for row in 0..batch.num_rows() {
            // The value of an absent word is empty.
            let word = |name: &str| column(name).as_string::<i32>().value(row).to_owned();
            let day = callup_law::calendar::Day(dates.value(row) + 25_567).to_string();
            let words = ["campaign", "what", "detail", "law", "article", "assumption"].map(word);
            let [campaign, what, detail, law, article, assumption] = words;
            lives.entry(word("person")).or_default().push([day, campaign, what, detail, law, article, assumption]);
        }
    }
    lives
}

fn told(run: &Path, data: &Data, id: &str) -> Vec<Row> {
    let request = LifeRequest { run: run.into(), id: id.into(), scenario: None };
    let life = life(&request, data).unwrap_or_else(|error| panic!("{id}: {error}"));
    assert_eq!(life.person.id, id);
    let row = |row: callup::output::tables::Told| {
        let or_empty = Option::unwrap_or_default;
        let cause = row.cause;
        let [campaign, detail] = [row.campaign, row.detail].map(or_empty);
        let [law, article, assumption] = [cause.law, cause.article, cause.assumption].map(or_empty);
        [row.date, campaign, row.what, detail, law, article, assumption]
    };
    life.rows.into_iter().map(row).collect()
}

/// The flagship with so many sampled that several regions have some: its data and its folder.
fn sampled_run() -> (&'static TempDir, &'static Path) {
    static MADE: OnceLock<(TempDir, TempDir, PathBuf)> = OnceLock::new();
    let (data, _, run) = MADE.get_or_init(|| {
        let (data, runs) = (copy_of_data(), tempfile::tempdir().unwrap());
        let file = data.path().join("scenarios/ru-2023-as-enacted.toml");
        let text = fs::read_to_string(&file).unwrap();
        let more = text.replace("history_share = 0.0001", "history_share = 0.1");
        assert_ne!(text, more);
        fs::write(&file, more).unwrap();
        let made = quick_run(runs.path(), &["-q", "--data", &data.path().display().to_string()]);
        assert_eq!(made.code, Some(0), "{}", made.err);
        let run = only_folder(runs.path());
        (data, runs, run)
    });
    (data, run)
}

#[test]
fn every_sampled_life_is_told_as_the_run_wrote_it() {
    let (data, run) = sampled_run();
    let lives = written(run);
    let listed: BTreeMap<String, usize> =
        sample(run).unwrap().into_iter().map(|SampledPerson { id, rows }| (id, rows)).collect();
    assert_eq!(listed, lives.iter().map(|(id, rows)| (id.clone(), rows.len())).collect());
    let regions: BTreeSet<&str> = lives.keys().filter_map(|id| id.split('-').next()).collect();
    assert!(regions.len() > 5 && lives.len() > 20, "{} lives in {} regions", lives.len(), regions.len());
    let data = Data::folder(data.path()).unwrap();
    for (id, rows) in lives {
        assert_eq!(told(run, &data, &id), rows, "{id}");
    }
}

#[test]
fn a_life_is_printed_for_people_and_for_machines() {
    let (data, run) = sampled_run();
    let of = |more: &[&str]| ended(program().args(["person", "--data"]).arg(data.path()).arg(run).args(more));
    let list: serde_json::Value = serde_json::from_str(&of(&["--sample", "--json"]).out).unwrap();
    let id = list[0]["id"].as_str().unwrap();
    let lines = of(&["--sample"]);
    assert!(lines.out.starts_with(id) && lines.out.lines().count() == list.as_array().unwrap().len(), "{}", lines.out);
    let life: serde_json::Value = serde_json::from_str(&of(&[id, "--json"]).out).unwrap();
    assert_eq!(life["rows"].as_array().unwrap().len() as u64, list[0]["rows"].as_u64().unwrap());
    let page = of(&[id]);
    assert_eq!(page.code, Some(0), "{}", page.err);
    assert!(page.out.starts_with(&format!("{id}: synthetic, ")), "{}", page.out);
    for row in life["rows"].as_array().unwrap() {
        assert!(row["article"].is_string() != row["assumption"].is_string(), "one reason a line: {row}");
        assert!(page.out.contains(row["date"].as_str().unwrap()));
    }
}

#[test]
fn anybody_can_be_told_and_nobody_is_an_error_with_the_valid_range() {
    let run = flagship().1.display().to_string();
    let of = |id: &str| callup(["person", &run, id]);
    let first = of("45-1990-0");
    assert_eq!(first.code, Some(0), "{}", first.err);
    for (id, words) in [
        ("45-1990-99999999", "serials of RU-"),
        ("45-1890-0", "birth years of the run are 1958 to "),
        ("250-1990-0", "codes of regions lie between "),
        ("somebody", "the code of a region, a birth year and a serial"),
        ("45-1990-0-0", "the code of a region, a birth year and a serial"),
    ] {
        let Ended { code, out, err } = of(id);
        assert_eq!((code, out.as_str()), (Some(2), ""), "{id}: {err}");
        assert!(err.contains(&format!("the run has no person `{id}`")) && err.contains(words), "{id}: {err}");
    }
}

#[test]
fn other_inputs_than_those_of_the_run_are_named_and_refused() {
    let data = copy_of_data();
    let law = data.path().join("laws/ru/127-fz/2023-04-14.law.md");
    fs::write(&law, fs::read_to_string(&law).unwrap() + "\nA line more.\n").unwrap();
    let refused = ended(program().args(["person", "--data"]).arg(data.path()).arg(&flagship().1).arg("45-1990-0"));
    assert_eq!(refused.code, Some(5), "{}", refused.err);
    assert!(refused.err.contains("laws/ru/127-fz/2023-04-14.law.md: "), "{}", refused.err);
    assert!(refused.err.contains(" then, ") && refused.err.contains(" help: "), "{}", refused.err);
}

#[test]
fn a_run_of_another_program_or_a_damaged_one_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    for name in names(&flagship().1) {
        fs::copy(flagship().1.join(&name), folder.path().join(&name)).unwrap();
    }
    let tell = || ended(program().arg("person").arg(folder.path()).arg("45-1990-0"));
    assert_eq!(tell().code, Some(0));
    let with = |name: &str, change: &dyn Fn(Vec<u8>) -> Vec<u8>, code: i32, words: &str| {
        let whole = fs::read(folder.path().join(name)).unwrap();
        fs::write(folder.path().join(name), change(whole.clone())).unwrap();
        let refused = tell();
        fs::write(folder.path().join(name), whole).unwrap();
        assert_eq!((refused.code, refused.out.as_str()), (Some(code), ""), "{}", refused.err);
        assert!(refused.err.contains(words), "{words}: {}", refused.err);
    };
    let text = |from: &'static str, to: &'static str| {
        move |bytes: Vec<u8>| String::from_utf8(bytes).unwrap().replacen(from, to, 1).into_bytes()
    };
    with("environment.parquet", &|bytes| bytes[..bytes.len() / 2].to_vec(), 3, "is not the file that the receipt");
    with("receipt.json", &|bytes| bytes[..bytes.len() / 2].to_vec(), 3, "it is no receipt");
    with(
        "receipt.json",
        &text("\"sources\": \"", "\"sources\": \"0"),
        5,
        "it was made by callup 0.1.0 of the sources 0",
    );
    with("receipt.json", &text("\"format_version\": ", "\"format_version\": 9"), 3, "it is a receipt of format 9");
    with("receipt.json", &text("\"seed\": ", "\"seed\": 1"), 5, "what it says of itself does not go with its name");
    let nothing = ended(program().arg("person").arg(folder.path().join("not-there")).arg("45-1990-0"));
    assert_eq!(nothing.code, Some(3), "{}", nothing.err);
}
