//! The tables of a run in four formats, and the data of its page: the same numbers as the files of the run and as the terminal.

use super::client::Server;
use crate::support::{flagship, own_flagship};
use arrow_array::cast::AsArray as _;
use arrow_array::types::UInt64Type;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use std::fs::{self, File};
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::time::{Duration, Instant};

/// A server of a copy of the run that several tests look at, and the id of that run. One server has a folder at a time.
fn served() -> (tempfile::TempDir, Server, String) {
    let (runs, id) = own_flagship();
    let server = Server::start(runs.path(), &[]);
    (runs, server, id)
}

/// A column of counts.
fn counts(path: &Path, column: &str) -> Vec<u64> {
    let reader = ParquetRecordBatchReaderBuilder::try_new(File::open(path).unwrap()).unwrap().build().unwrap();
    let batches = reader.map(Result::unwrap);
    batches
        .flat_map(|batch| batch.column_by_name(column).unwrap().as_primitive::<UInt64Type>().values().to_vec())
        .collect()
}

#[test]
fn page_terminal_and_parquet_say_the_same() {
    let (printed, folder) = flagship();
    let printed: serde_json::Value = serde_json::from_str(&printed.out).unwrap();
    let (_runs, server, id) = served();
    let page = server.get(&format!("/api/runs/{id}")).json();
    assert_eq!(page["id"], *id);
    assert_eq!(page["identity"], printed["identity"]);
    let lines = printed["headline"].as_array().unwrap();
    assert_eq!(page["headline"].as_array().unwrap().len(), lines.len());
    for (shown, line) in page["headline"].as_array().unwrap().iter().zip(lines) {
        for (own, other) in
            [("name", "id"), ("value", "value"), ("expanded", "expanded"), ("share", "share"), ("unit", "unit")]
        {
            assert_eq!(shown[own], line[other], "{}", line["id"]);
        }
    }
    let sums: Vec<&serde_json::Value> =
        page["sums"].as_array().unwrap().iter().flat_map(|group| group["rows"].as_array().unwrap()).collect();
    assert_eq!(sums.len(), printed["sums"].as_array().unwrap().len());
    for sum in printed["sums"].as_array().unwrap() {
        let fits = |row: &&&serde_json::Value| row["id"] == sum["id"];
        let row = sums.iter().find(fits).unwrap_or_else(|| panic!("{sum}"));
        assert_eq!((&row["raw"], &row["value"], &row["share"]), (&sum["value"], &sum["expanded"], &sum["share"]));
    }
    let mut compared = 0;
    for series in page["weekly"]["series"].as_array().unwrap() {
        let raw = counts(&folder.join("daily.parquet"), series["id"].as_str().unwrap());
        let days = printed["days"].as_u64().unwrap() as usize;
        let regions = raw.len() / days;
        let of_day = |day: usize| raw[day * regions..(day + 1) * regions].iter().sum::<u64>();
        let week = |week: usize| match series["kind"].as_str().unwrap() {
            "flow" => (week * 7..week * 7 + 7).map(of_day).sum::<u64>(),
            _ => of_day(week * 7 + 6),
        };
        let scale = printed["scale"].as_f64().unwrap();
        let wanted: Vec<u64> = (0..days / 7).map(|number| (week(number) as f64 / scale).round() as u64).collect();
        assert_eq!(series["values"], serde_json::json!(wanted), "{}", series["id"]);
        compared += 1;
    }
    assert!(compared > 20, "{compared} series");
}

#[test]
fn a_table_is_the_same_in_every_format() {
    let (_runs, server, id) = served();
    let names = server.get(&format!("/api/runs/{id}/tables")).json();
    assert_eq!(names["tables"].as_array().unwrap().iter().filter(|name| *name == "environment").count(), 0);
    for name in names["tables"].as_array().unwrap() {
        let name = name.as_str().unwrap();
        let get = |ending: &str, more: &str| server.get(&format!("/api/runs/{id}/tables/{name}.{ending}{more}"));
        assert_eq!(get("parquet", "").body, fs::read(flagship().1.join(format!("{name}.parquet"))).unwrap(), "{name}");
        let json = get("json", "?limit=50").json();
        let csv = get("csv", "").text();
        let plain = csv.strip_prefix('\u{feff}').expect("a spreadsheet knows the text by its byte order mark");
        let mut reader = csv::Reader::from_reader(plain.as_bytes());
        let columns: Vec<&str> =
            json["columns"].as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap()).collect();
        assert_eq!(reader.headers().unwrap().iter().collect::<Vec<_>>(), columns, "{name}");
        let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        assert_eq!(json["is_cut"], rows.len() > 50, "{name}");
        for (row, other) in rows.iter().zip(json["rows"].as_array().unwrap()) {
            for (cell, value) in row.iter().zip(other.as_array().unwrap()) {
                let same = match value {
                    serde_json::Value::Null => cell.is_empty(),
                    serde_json::Value::String(text) => cell == text || cell == format!("'{text}"),
                    number => cell.parse::<f64>().unwrap().total_cmp(&number.as_f64().unwrap()).is_eq(),
                };
                assert!(same, "{name}: {cell} and {value}");
            }
        }
    }
}

#[test]
fn a_workbook_is_whole_and_one_that_is_too_large_is_refused() {
    let (_runs, server, id) = served();
    let get = |path: &str| server.get(&format!("/api/runs/{id}/tables/{path}"));
    let coverage = get("coverage.xlsx");
    assert_eq!(coverage.status, 200);
    assert!(coverage.body.starts_with(b"PK\x03\x04"), "a workbook is a zip");
    assert!(coverage.head.contains("attachment; filename="), "{}", coverage.head);
    assert_eq!(coverage.body, get("coverage.xlsx").body, "the same table gives the same bytes");
    let whole = get("daily.xlsx");
    assert_eq!(whole.status, 413);
    assert!(whole.json()["help"].as_str().unwrap().contains("?region="));
    assert_eq!(get("daily.xlsx?region=RU-MOW&from=2023-04-01&to=2023-04-30").status, 200);
    assert_eq!(get("indicators.xlsx?region=all").status, 200, "what the page takes of the long table");
}

#[test]
fn a_table_is_narrowed_by_region_and_days() {
    let (_runs, server, id) = served();
    let get = |question: &str| server.get(&format!("/api/runs/{id}/tables/{question}"));
    let table = get("daily.json?region=RU-MOW&from=2023-04-03&to=2023-04-05").json();
    let rows = table["rows"].as_array().unwrap();
    let told: Vec<(&str, &str)> = rows.iter().map(|row| (row[0].as_str().unwrap(), row[1].as_str().unwrap())).collect();
    assert_eq!(told, [("2023-04-03", "RU-MOW"), ("2023-04-04", "RU-MOW"), ("2023-04-05", "RU-MOW")]);
    assert_eq!(get("daily.json?limit=5").json()["rows"].as_array().unwrap().len(), 5);
    for (wrong, status) in [
        ("daily.json?region", 200),
        ("daily.json?regions=RU-MOW", 422),
        ("daily.json?from=soon", 422),
        ("coverage.json?region=RU-MOW", 422),
        ("daily.txt", 404),
        ("environment.csv", 404),
        ("daily", 404),
    ] {
        assert_eq!(get(wrong).status, status, "{wrong}");
    }
}

#[test]
fn the_list_has_what_is_whole_and_the_report_is_the_file() {
    let (_runs, server, id) = served();
    let list = server.get("/api/runs").json();
    let card = list.as_array().unwrap().iter().find(|card| card["id"] == *id).unwrap().clone();
    assert_eq!((card["kind"].as_str(), card["tells_lives"].as_bool()), (Some("run"), Some(true)));
    let report = server.get(&format!("/api/runs/{id}/report.html"));
    assert_eq!(report.body, fs::read(flagship().1.join("report.html")).unwrap());
    assert_eq!(server.get("/api/runs/nothing").status, 404);
    let runs = tempfile::tempdir().unwrap();
    fs::create_dir(runs.path().join("half")).unwrap();
    fs::write(runs.path().join("half/receipt.json"), "{").unwrap();
    fs::write(runs.path().join("stray"), "").unwrap();
    assert_eq!(Server::start(runs.path(), &[]).get("/api/runs").text(), "[]");
}

#[test]
fn readers_who_take_nothing_hold_a_few_places_and_nobody_else_up() {
    // Whoever asks for something long and reads none of it would otherwise hold a thread, or all that was made for him.
    let (_runs, server, id) = served();
    let long = format!("/api/runs/{id}/tables/daily.csv");
    let asked = |_| {
        let mut stream = TcpStream::connect(&server.address).unwrap();
        let head = format!("GET {long} HTTP/1.1\r\nHost: {}\r\n{}\r\n\r\n", server.address, server.bearer());
        stream.write_all(head.as_bytes()).unwrap();
        // The first word says that the answer has begun.
        stream.read_exact(&mut [0; 64]).unwrap();
        stream
    };
    let stalled: Vec<TcpStream> = (0..4).map(asked).collect();
    let refused = server.get(&long);
    assert_eq!(refused.status, 429, "the places are taken");
    assert!(refused.head.contains("retry-after: "), "{}", refused.head);
    for (path, status) in [
        (format!("/api/runs/{id}"), 200),
        (format!("/api/runs/{id}/tables/coverage.csv"), 200),
        (format!("/api/runs/{id}/tables/daily.json?region=RU-MOW&limit=3"), 200),
    ] {
        assert_eq!(server.get(&path).status, status, "{path}");
    }
    drop(stalled);
    // They are gone when the server next wants to hand them something.
    let began = Instant::now();
    while server.get(&long).status != 200 {
        assert!(began.elapsed() < Duration::from_secs(60), "places of readers who went away stay taken");
        std::thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn a_receipt_that_somebody_sent_leads_to_no_file_outside_its_folder() {
    let (runs, id) = own_flagship();
    let receipt = runs.path().join(&id).join("receipt.json");
    let mut said: serde_json::Value = serde_json::from_slice(&fs::read(&receipt).unwrap()).unwrap();
    fs::copy(runs.path().join(&id).join("coverage.parquet"), runs.path().join("secret.parquet")).unwrap();
    let mut output = said["outputs"][0].clone();
    for name in ["../secret.parquet", "..\\secret.parquet", "/etc/secret.parquet"] {
        output["name"] = name.into();
        said["outputs"].as_array_mut().unwrap().push(output.clone());
    }
    fs::write(&receipt, said.to_string()).unwrap();
    let server = Server::start(runs.path(), &[]);
    let names = server.get(&format!("/api/runs/{id}/tables"));
    assert!(names.status == 200 && !names.text().contains("secret"), "{}", names.text());
    for way in ["..%2fsecret.parquet", "..%2fsecret.csv", "..%5csecret.parquet", "%2fetc%2fsecret.parquet"] {
        assert_eq!(server.get(&format!("/api/runs/{id}/tables/{way}")).status, 404, "{way}");
    }
}
