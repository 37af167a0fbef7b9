//! Indicators from outside: the list, the pages and what a run writes are one; strata stand beside everybody else.

use crate::support::{callup, flagship};
use arrow_array::cast::AsArray;
use arrow_array::types::{Float64Type, UInt64Type};
use arrow_array::{Array, RecordBatch};
use callup_sim::indicators::registry::{INDICATORS, Source};
use callup_sim::ledger::registry::LEDGER_INDICATORS;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

fn folder() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/indicators")
}

fn reader() -> ParquetRecordBatchReaderBuilder<fs::File> {
    ParquetRecordBatchReaderBuilder::try_new(fs::File::open(flagship().1.join("indicators.parquet")).unwrap()).unwrap()
}

fn batches() -> Vec<RecordBatch> {
    reader().build().unwrap().map(Result::unwrap).collect()
}

/// A word of a row; empty where there is none.
fn word<'b>(batch: &'b RecordBatch, column: &str, row: usize) -> &'b str {
    let column = batch.column_by_name(column).unwrap().as_string::<i32>();
    if column.is_null(row) { "" } else { column.value(row) }
}

#[test]
fn the_pages_are_those_of_the_list_and_say_what_it_says() {
    let pages: BTreeSet<String> = fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name != "README.md")
        .collect();
    let lived = INDICATORS.iter().map(|one| (one.id, one.unit, one.definition));
    let all: Vec<_> = lived.chain(LEDGER_INDICATORS.iter().map(|one| (one.id, one.unit, one.definition))).collect();
    let listed: BTreeSet<String> = all.iter().map(|one| format!("{}.md", one.0)).collect();
    assert_eq!(pages, listed);
    let index = fs::read_to_string(folder().join("README.md")).unwrap();
    let lists: serde_json::Value = serde_json::from_str(&callup(["list", "indicators", "--json"]).out).unwrap();
    let printed = lists["indicators"].as_array().unwrap();
    assert_eq!(printed.len(), all.len());
    for ((id, unit, definition), printed) in all.into_iter().zip(printed) {
        let page = fs::read_to_string(folder().join(format!("{id}.md"))).unwrap();
        let opening = format!("# {id}\n\n{definition}\n\nUnit: {unit}.\n");
        assert!(page.starts_with(&opening), "{page}");
        let parts = ["In symbols", "The truth it stands beside", "Standard", "Where it is", "Limits"];
        for part in parts {
            assert!(page.contains(&format!("\n## {part}\n\n")), "{id}: {part}");
        }
        let row = format!("| [{id}]({id}.md) | {unit} | {definition} |");
        assert!(index.contains(&row), "{row}");
        assert_eq!(printed["name"], id);
        assert!(printed["title"].as_str().unwrap().contains(definition));
    }
}

#[test]
fn a_run_writes_the_list_and_nothing_else() {
    let batches = batches();
    let mut written: BTreeSet<String> = BTreeSet::new();
    let mut ratios = 0;
    for batch in &batches {
        written.extend((0..batch.num_rows()).map(|row| word(batch, "indicator", row).to_owned()));
        let ratio = batch.column_by_name("ratio").unwrap().as_primitive::<Float64Type>();
        ratios += ratio.len() - ratio.null_count();
    }
    assert!(ratios > 100, "{ratios}");
    let metadata = reader().schema().metadata().clone();
    for indicator in INDICATORS {
        assert!(metadata.get(indicator.id).is_some_and(|text| text.starts_with(indicator.definition)));
        // Nobody is mobilised in the flagship, so nobody comes home from it.
        if indicator.sources != [Source::EveryShare] && indicator.id != "days_to_return" {
            assert!(written.remove(indicator.id), "{} has no row", indicator.id);
        }
    }
    assert_eq!(written, BTreeSet::new(), "rows without an entry in the list");
}

#[test]
fn strata_of_a_run_add_up() {
    let mut sums: BTreeMap<(String, String), (u64, u64)> = BTreeMap::new();
    for batch in &batches() {
        let value = batch.column_by_name("value").unwrap().as_primitive::<UInt64Type>();
        let of = batch.column_by_name("of").unwrap().as_primitive::<UInt64Type>();
        for row in 0..batch.num_rows() {
            let wanted = word(batch, "form", row) == "run" && word(batch, "region", row) == "all";
            if wanted && word(batch, "measure", row).is_empty() {
                let key = (word(batch, "indicator", row).to_owned(), word(batch, "stratum_kind", row).to_owned());
                let sum = sums.entry(key).or_default();
                *sum = (sum.0 + value.value(row), sum.1 + if of.is_null(row) { 0 } else { of.value(row) });
            }
        }
    }
    let kinds: BTreeSet<&str> = sums.keys().map(|key| key.1.as_str()).filter(|kind| !kind.is_empty()).collect();
    assert_eq!(kinds.len(), 8, "{kinds:?}");
    for kind in kinds {
        for ((name, _), all) in sums.iter().filter(|(key, _)| key.1.is_empty()) {
            let split = sums.get(&(name.clone(), kind.to_owned())).copied().unwrap_or((0, 0));
            assert_eq!(split, *all, "{name} by {kind}");
        }
    }
}
