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

/// Columns that hold one count are written without a dictionary, and come back like any other: also in groups, and without a row.
#[test]
fn a_column_of_one_count_comes_back() {
    let counts = [vec![0; 5], vec![u64::MAX; 5], vec![3, 3, 3, 3, 4], vec![7; 5]];
    for (rows, group) in [(5, None), (5, Some(2)), (0, None)] {
        let mut table = Table::default();
        for (place, counts) in counts.iter().enumerate() {
            table.push(&format!("c{place}"), "persons", "Persons.", Values::Counts(counts[..rows].to_vec()));
        }
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(&table.to_parquet_in_groups(group)).unwrap();
        let builder = ParquetRecordBatchReaderBuilder::try_new(file).unwrap();
        for row_group in builder.metadata().row_groups() {
            let has_dictionary = |place: usize| row_group.column(place).dictionary_page_offset().is_some();
            assert_eq!(
                [0, 1, 2, 3].map(has_dictionary),
                [false, false, true, false],
                "{rows} rows, groups of {group:?}"
            );
        }
        let mut back = vec![Vec::new(); counts.len()];
        for batch in builder.build().unwrap().map(Result::unwrap) {
            for (place, values) in back.iter_mut().enumerate() {
                values.extend_from_slice(batch.column(place).as_primitive::<UInt64Type>().values());
            }
        }
        let wanted: Vec<&[u64]> = counts.iter().map(|counts| &counts[..rows]).collect();
        assert_eq!(back, wanted);
    }
}
