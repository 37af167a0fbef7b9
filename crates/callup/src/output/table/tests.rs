//! A table comes back from its bytes as it was, with its metadata, and the bytes are always the same.

use super::{Table, Values};
use arrow_array::cast::AsArray as _;
use arrow_array::types::{Date32Type, UInt64Type};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use std::io::Write as _;

fn table() -> Table {
    let mut table = Table { metadata: vec![("scale", "0.5".into()), ("scenario", "x".into())], columns: Vec::new() };
    table.push("date", "civil day", "The day.", Values::Days(vec![25_567, 44_927]));
    table.push("region", "ISO 3166-2", "The region.", Values::Text(vec!["RU-AD".into(), "RU-AL".into()]));
    table.push("issued", "persons", "Notices formed.", Values::Counts(vec![1, u64::MAX]));
    table
}

#[test]
fn a_table_comes_back_with_its_metadata() {
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(&table().to_parquet()).unwrap();
    let builder = ParquetRecordBatchReaderBuilder::try_new(file).unwrap();
    let schema = builder.schema().clone();
    assert_eq!(schema.metadata()["scale"], "0.5");
    assert_eq!(schema.field_with_name("issued").unwrap().metadata()["unit"], "persons");
    assert_eq!(schema.field_with_name("issued").unwrap().metadata()["definition"], "Notices formed.");
    let batches: Vec<_> = builder.build().unwrap().map(Result::unwrap).collect();
    assert_eq!(batches.len(), 1);
    // 1970-01-01 is Arrow's day 0 and 2023-01-03 its day 19,360.
    assert_eq!(batches[0].column(0).as_primitive::<Date32Type>().values(), &[0, 19_360]);
    assert_eq!(batches[0].column(1).as_string::<i32>().value(1), "RU-AL");
    assert_eq!(batches[0].column(2).as_primitive::<UInt64Type>().values(), &[1, u64::MAX]);
}

#[test]
fn the_bytes_do_not_depend_on_the_order_of_a_hash_map() {
    let first = table().to_parquet();
    // Each hash map has its own seed: if its order reached the file, some of 16 tries would differ.
    assert!((0..16).all(|_| table().to_parquet() == first));
}
