//! A table on its way out: named columns with unit and definition, and its bytes as Parquet.
//!
//! The same table always gives the same bytes: one row group size, one compression, no clock, metadata in a fixed order.
//! This file does not know what the columns mean.

use arrow_array::{Array as _, ArrayRef, Date32Array, Float64Array, Int16Array, RecordBatch, StringArray, UInt64Array};
use arrow_schema::{DataType, Field, Schema};
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, Encoding, ZstdLevel};
use parquet::file::properties::WriterProperties;
use parquet::schema::types::ColumnPath;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Days from 1900-01-01, day 0 of the laws, to 1970-01-01, day 0 of Arrow dates.
pub const UNIX_EPOCH_DAY: i32 = 25_567;

/// Level of compression: the default of the zstd library, pinned so that the bytes do not change with it.
const ZSTD_LEVEL: i32 = 3;

/// Values of one column.
#[derive(Clone, Debug, PartialEq)]
pub enum Values {
    /// Civil days, counted from 1900-01-01.
    Days(Vec<i32>),
    /// Words.
    Text(Vec<String>),
    /// Words, where some rows have none.
    OptionalText(Vec<Option<String>>),
    /// Words of a long table: none of them is kept apart.
    Words(StringArray),
    /// The same where some rows have none.
    OptionalWords(StringArray),
    /// Words out of a short list, by their place in it, where some rows have none.
    Listed {
        /// The list.
        words: Vec<String>,
        /// The place of each row's word.
        places: Vec<Option<u16>>,
    },
    /// Counts.
    Counts(Vec<u64>),
    /// Civil days, where some rows have none.
    OptionalDays(Vec<Option<i32>>),
    /// Counts, where some rows have none.
    OptionalCounts(Vec<Option<u64>>),
    /// Small numbers that can be below 0, where some rows have none.
    OptionalSigned(Vec<Option<i16>>),
    /// Numbers, where some rows have none.
    OptionalNumbers(Vec<Option<f64>>),
}

/// One column.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// Name.
    pub name: String,
    /// What is in the field's metadata: (key, text), for example unit and definition.
    pub metadata: Vec<(&'static str, String)>,
    /// The values.
    pub values: Values,
}

/// A table: columns of equal length.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// What is in the table's metadata: (key, text).
    pub metadata: Vec<(&'static str, String)>,
    /// The columns.
    pub columns: Vec<Column>,
}

impl Table {
    /// Adds a column with its unit and definition.
    pub fn push(&mut self, name: &str, unit: &str, definition: &str, values: Values) {
        let metadata = vec![("unit", unit.to_owned()), ("definition", definition.to_owned())];
        self.columns.push(Column { name: name.into(), metadata, values });
    }

    /// Adds to the metadata of the column that was added last.
    pub fn describe_last(&mut self, metadata: &[(&'static str, String)]) {
        if let Some(column) = self.columns.last_mut() {
            column.metadata.extend_from_slice(metadata);
        }
    }

    /// The table as the bytes of a Parquet file.
    ///
    /// # Panics
    /// When the columns differ in length, or two bear one name: mistakes of the program, not of its input.
    #[must_use]
    pub fn to_parquet(self) -> Vec<u8> {
        self.to_parquet_in_groups(None)
    }

    /// As [`Table::to_parquet`], in groups of so many rows, so that a reader can leave out those that do not concern it.
    ///
    /// # Panics
    /// As [`Table::to_parquet`], and for groups of 0 rows.
    #[must_use]
    pub fn to_parquet_in_groups(self, rows: Option<usize>) -> Vec<u8> {
        let fields: Vec<Field> = self.columns.iter().map(Column::field).collect();
        let metadata = self.metadata.iter().map(|(key, text)| ((*key).to_owned(), text.clone()));
        let schema = Arc::new(Schema::new(fields).with_metadata(metadata.collect::<BTreeMap<_, _>>()));
        let level = ZstdLevel::try_new(ZSTD_LEVEL).expect("a level that zstd has");
        let mut properties = WriterProperties::builder()
            .set_compression(Compression::ZSTD(level))
            .set_created_by(format!("callup {}", env!("CARGO_PKG_VERSION")));
        for column in self.columns.iter().filter(|column| column.values.is_one_count()) {
            // A dictionary would look up every row: most columns of a small world hold nothing but 0.
            let path = ColumnPath::from(column.name.as_str());
            properties = properties
                .set_column_dictionary_enabled(path.clone(), false)
                .set_column_encoding(path, Encoding::DELTA_BINARY_PACKED);
        }
        if rows.is_some() {
            properties = properties.set_max_row_group_row_count(rows);
        }
        let properties = properties.build();
        let arrays = self.columns.into_iter().map(|column| column.values.into_array()).collect();
        let batch = RecordBatch::try_new(schema.clone(), arrays).expect("columns have one length and their own type");
        let mut bytes = Vec::new();
        let mut writer =
            ArrowWriter::try_new(&mut bytes, schema, Some(properties)).expect("a schema of plain types is writable");
        writer.write(&batch).expect("writing to memory does not fail");
        writer.close().expect("writing to memory does not fail");
        bytes
    }
}

impl Column {
    fn field(&self) -> Field {
        let nullable = !matches!(self.values, Values::Days(_) | Values::Text(_) | Values::Words(_) | Values::Counts(_));
        let metadata = self.metadata.iter().map(|(key, text)| ((*key).to_owned(), text.clone()));
        Field::new(&self.name, self.values.data_type(), nullable).with_metadata(metadata.collect::<BTreeMap<_, _>>())
    }
}

impl Values {
    /// Words, one a row.
    #[must_use]
    pub fn words<'w>(words: impl Iterator<Item = &'w str>) -> Values {
        Values::Words(StringArray::from_iter_values(words))
    }

    /// Words, where some rows have none.
    #[must_use]
    pub fn optional_words<'w>(words: impl Iterator<Item = Option<&'w str>>) -> Values {
        Values::OptionalWords(words.collect())
    }

    /// How many values there are.
    #[must_use]
    pub fn len(&self) -> usize {
        match self {
            Values::Days(values) => values.len(),
            Values::Text(values) => values.len(),
            Values::OptionalText(values) => values.len(),
            Values::Words(values) | Values::OptionalWords(values) => values.len(),
            Values::Listed { places, .. } => places.len(),
            Values::Counts(values) => values.len(),
            Values::OptionalDays(values) => values.len(),
            Values::OptionalCounts(values) => values.len(),
            Values::OptionalSigned(values) => values.len(),
            Values::OptionalNumbers(values) => values.len(),
        }
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether these are counts, the same in each row.
    fn is_one_count(&self) -> bool {
        matches!(self, Values::Counts(counts) if counts.iter().all(|count| Some(count) == counts.first()))
    }

    fn data_type(&self) -> DataType {
        match self {
            Values::Days(_) | Values::OptionalDays(_) => DataType::Date32,
            Values::Text(_)
            | Values::OptionalText(_)
            | Values::Words(_)
            | Values::OptionalWords(_)
            | Values::Listed { .. } => DataType::Utf8,
            Values::Counts(_) | Values::OptionalCounts(_) => DataType::UInt64,
            Values::OptionalSigned(_) => DataType::Int16,
            Values::OptionalNumbers(_) => DataType::Float64,
        }
    }

    fn into_array(self) -> ArrayRef {
        match self {
            Values::Days(days) => Arc::new(Date32Array::from_iter_values(days.iter().map(|day| day - UNIX_EPOCH_DAY))),
            Values::Text(words) => Arc::new(StringArray::from_iter_values(words)),
            Values::OptionalText(words) => Arc::new(StringArray::from_iter(words)),
            Values::Words(words) | Values::OptionalWords(words) => Arc::new(words),
            Values::Listed { words, places } => {
                let word = |place: &Option<u16>| place.map(|place| words[usize::from(place)].as_str());
                Arc::new(StringArray::from_iter(places.iter().map(word)))
            }
            Values::Counts(counts) => Arc::new(UInt64Array::from(counts)),
            Values::OptionalDays(days) => {
                Arc::new(Date32Array::from_iter(days.iter().map(|day| day.map(|day| day - UNIX_EPOCH_DAY))))
            }
            Values::OptionalCounts(counts) => Arc::new(UInt64Array::from(counts)),
            Values::OptionalSigned(numbers) => Arc::new(Int16Array::from(numbers)),
            Values::OptionalNumbers(numbers) => Arc::new(Float64Array::from(numbers)),
        }
    }
}

#[cfg(test)]
mod tests;
