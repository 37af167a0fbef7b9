//! A run: twelve lines and the sums beside them, a whole folder, the same bytes for any number of threads, recognised when it is there, never overwritten.

use crate::support::{DAYS, SCALE, ended, files_but_receipt, flagship, names, only_folder, program, quick_run};
use callup::data::sha256_hex;
use serde_json::Value;
use std::fs;

#[test]
fn a_run_prints_its_lines_and_is_recognised_the_second_time() {
    let runs = tempfile::tempdir().unwrap();
    let first = quick_run(runs.path(), &["--threads", "1"]);
    assert_eq!(first.code, Some(0), "{}", first.err);
    let lines: Vec<&str> = first.out.lines().collect();
    assert_eq!(lines.len(), 22, "{}", first.out);
    assert!(lines[12].contains(" summonses neither served nor known on their date: "), "{}", lines[12]);
    assert!(lines[13].starts_with("stopped by searches: ") && lines[14].starts_with("at the border: "), "{lines:?}");
    let ledgers = ["serving at the end: ", "leaving the unit: ", "legal aid: ", "cost of men: "];
    for (line, beginning) in lines[15..].iter().zip(ledgers) {
        assert!(line.starts_with(beginning), "{line}");
    }
    assert!(lines[20].starts_with("ru_127fz@2023-04-14: 5 of 6 articles applied; never Article 29"), "{}", lines[20]);
    assert!(first.err.contains("written: "), "{}", first.err);
    let folder = only_folder(runs.path());
    let before = (files_but_receipt(&folder), fs::read(folder.join("receipt.json")).unwrap());
    let again = quick_run(runs.path(), &["--threads", "2"]);
    assert_eq!((again.code, &again.out), (Some(0), &first.out), "{}", again.err);
    assert!(again.err.contains("already there: "), "{}", again.err);
    assert_eq!(before, (files_but_receipt(&folder), fs::read(folder.join("receipt.json")).unwrap()));
}

#[test]
fn the_files_are_the_same_for_any_number_of_threads() {
    let folder = tempfile::tempdir().unwrap();
    let made = ["1", "3"].map(|threads| {
        let out = folder.path().join(threads);
        let arguments = ["run", "-q", "--scale", SCALE, "--days", DAYS, "--threads", threads, "--out"];
        let ended = ended(program().args(arguments).arg(&out));
        assert_eq!(ended.code, Some(0), "{}", ended.err);
        files_but_receipt(&out)
    });
    assert_eq!(made[0].len(), 11);
    for (name, bytes) in &made[0] {
        assert!(made[1][name] == *bytes, "{name} depends on the number of threads");
    }
}

#[test]
fn the_receipt_names_every_input_and_output_as_they_are() {
    let runs = tempfile::tempdir().unwrap();
    let run = quick_run(runs.path(), &["ru-2023", "--json"]);
    let said: Value = serde_json::from_str(&run.out).unwrap();
    let folder = only_folder(runs.path());
    let receipt: Value = serde_json::from_slice(&fs::read(folder.join("receipt.json")).unwrap()).unwrap();
    assert_eq!((&said["headline"], &said["sums"]), (&receipt["headline"], &receipt["sums"]));
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    for output in receipt["outputs"].as_array().unwrap() {
        let bytes = fs::read(folder.join(text(&output["name"]))).unwrap();
        assert_eq!(text(&output["sha256"]), sha256_hex(&bytes));
    }
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let inputs: Vec<String> = receipt["inputs"].as_array().unwrap().iter().map(|input| text(&input["name"])).collect();
    for input in receipt["inputs"].as_array().unwrap() {
        assert_eq!(text(&input["sha256"]), sha256_hex(&fs::read(root.join(text(&input["name"]))).unwrap()));
    }
    // A scenario's chain, its laws and its tables, and no law that it does not use.
    for name in ["scenarios/ru-2023.toml", "scenarios/ru-2023-as-enacted.toml", "tables/ru/SOURCES.toml"] {
        assert!(inputs.contains(&name.to_owned()), "{name} is missing in {inputs:?}");
    }
    assert!(!inputs.iter().any(|name| name.contains("reference")), "{inputs:?}");
    assert!(folder.ends_with(format!("ru-2023-{}", &text(&receipt["identity"])[..8])));
}

#[test]
fn another_seed_is_another_run() {
    let runs = tempfile::tempdir().unwrap();
    for more in [&["-q", "--days", "20"][..], &["-q", "--days", "20", "--seed", "7"], &["-q", "--days", "21"]] {
        let run = ended(program().args(["run", "--scale", SCALE, "--runs"]).arg(runs.path()).args(more));
        assert_eq!(run.code, Some(0), "{}", run.err);
    }
    assert_eq!(names(runs.path()).len(), 3);
}

#[test]
fn every_line_has_its_articles_from_the_laws() {
    let said: Value = serde_json::from_str(&flagship().0.out).unwrap();
    let lines = said["headline"].as_array().unwrap();
    for line in lines.iter().filter(|line| line["id"] != "decreed") {
        let articles = line["articles"].as_array().unwrap();
        assert!(!articles.is_empty(), "{line}");
    }
    let value = |id: &str| lines.iter().find(|line| line["id"] == id).unwrap()["value"].as_u64().unwrap();
    assert!(value("reached") <= value("summoned") && value("barred_unseen") <= value("barred"));
    assert!(value("barred_wrongly") <= value("barred") && value("barred") > 0, "the flagship bars somebody");
}

#[test]
fn nothing_that_exists_is_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("taken");
    fs::create_dir(&out).unwrap();
    let refused = ended(program().args(["run", "--scale", "0.0005", "--out"]).arg(&out));
    assert_eq!(refused.code, Some(4), "{}", refused.err);
    assert!(refused.err.contains("already exists") && refused.err.contains(&out.display().to_string()));
    assert_eq!(names(&out), [""; 0]);
}

#[test]
fn a_folder_that_is_not_whole_is_not_taken_for_the_run() {
    let runs = tempfile::tempdir().unwrap();
    let made = &flagship().1;
    let folder = runs.path().join(made.file_name().unwrap());
    fs::create_dir(&folder).unwrap();
    for name in names(made) {
        fs::copy(made.join(&name), folder.join(&name)).unwrap();
    }
    for damage in ["daily.parquet", "receipt.json"] {
        let whole = fs::read(folder.join(damage)).unwrap();
        fs::write(folder.join(damage), &whole[..whole.len() / 2]).unwrap();
        let refused = quick_run(runs.path(), &[]);
        assert_eq!(refused.code, Some(4), "{}", refused.err);
        assert_eq!(fs::read(folder.join(damage)).unwrap().len(), whole.len() / 2, "it is left as it was");
        fs::write(folder.join(damage), whole).unwrap();
    }
    assert_eq!(quick_run(runs.path(), &[]).code, Some(0));
}

#[test]
fn parquet_files_describe_their_columns() {
    use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
    let folder = &flagship().1;
    for name in [
        "daily.parquet",
        "indicators.parquet",
        "histories.parquet",
        "coverage.parquet",
        "environment.parquet",
        "ledgers.parquet",
    ] {
        let file = fs::File::open(folder.join(name)).unwrap();
        let builder = ParquetRecordBatchReaderBuilder::try_new(file).unwrap();
        let schema = builder.schema().clone();
        for field in schema.fields() {
            let has = |key: &str| field.metadata().get(key).is_some_and(|text| !text.is_empty());
            assert!(has("unit") && has("definition"), "{name}: {}", field.name());
        }
        let rows: usize = builder.build().unwrap().map(|batch| batch.unwrap().num_rows()).sum();
        if name == "daily.parquet" {
            assert_eq!(rows, 150 * 83, "a row a day and region");
            assert!(
                schema.field_with_name("issued_expanded").is_ok(),
                "below scale 1 every count has its expanded column"
            );
        }
    }
}

#[test]
fn the_marked_laws_are_the_laws() {
    let runs = tempfile::tempdir().unwrap();
    quick_run(runs.path(), &[]);
    let folder = only_folder(runs.path());
    for law in ["law-1-ru_paper_2022@2022-01-01.md", "law-2-ru_127fz@2023-04-14.md", "law-3-ru_437fz@2023-08-04.md"] {
        let marked = fs::read_to_string(folder.join(law)).unwrap();
        assert!(marked.contains("applied ") && marked.contains("never applied"), "{law} has no marks");
        let bare = |line: &str| line.split("  # applied ").next().unwrap().replace("  # never applied", "");
        let unmarked: Vec<String> = marked.lines().map(bare).collect();
        let (id, date) = law[6..law.len() - 3].split_once('@').unwrap();
        let shipped = callup::input::laws::choose(&callup::data::Data::embedded(), &format!("{id}@{date}")).unwrap();
        let mut rest = unmarked.iter();
        for line in shipped.source.text.lines() {
            assert!(rest.any(|marked| *marked == line), "{law} lacks {line}");
        }
        let source = callup_law::diagnostic::Source { name: shipped.source.name.clone(), text: marked };
        let compiled = callup_law::compile(&[source]);
        let plain = |book: &callup_law::rulebook::Rulebook| (book.rules.len(), book.measures.len(), book.cases.len());
        assert_eq!(compiled.rulebooks.iter().map(plain).collect::<Vec<_>>(), [plain(shipped.book.as_ref().unwrap())]);
    }
}
