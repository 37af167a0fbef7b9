//! Draws the picture of the README from the daily table of a run: men under the exit ban, and those of them whom it wrongs.
//!
//! usage: readme_picture DAILY_PARQUET TITLE > docs/picture.svg. It takes every number from the table.

use callup::output::chart::{Frame, PENS, Pen, lines};
use callup::output::series::Series;
use callup::output::table::UNIX_EPOCH_DAY;
use callup_law::calendar::Day;
use parquet::arrow::parquet_to_arrow_schema;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field;
use parquet::schema::types::{Type, TypePtr};
use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write as _;
use std::sync::Arc;

const USAGE: &str = "usage: readme_picture DAILY_PARQUET TITLE";
/// Columns, what their lines are called, and where the key of each begins, pixels.
const LINES: [(&str, &str, u32); 3] = [
    ("exit_ban_standing", "under the exit ban", 14),
    ("exit_ban_standing_unseen", "of these, did not know of the summons", 175),
    ("exit_ban_standing_wrongful", "of these, free of the call-up in truth", 465),
];

fn main() -> Result<(), Box<dyn Error>> {
    let mut words = std::env::args().skip(1);
    let (path, title) = (words.next().ok_or(USAGE)?, words.next().ok_or(USAGE)?);
    let days = read(&path)?;
    let first = *days.keys().next().ok_or("the table has no day")?;
    let points = |line: usize| days.iter().map(|(day, sums)| ((day - first) as u16, sums[line])).collect();
    let series: Vec<Series> = (0..)
        .zip(LINES)
        .map(|(line, (_, label, _))| Series { label: label.to_owned(), points: points(line) })
        .collect();
    let frame = Frame { values: "men at the end of the day", steps: "date" };
    let start = Day::MIN.plus_days(first + UNIX_EPOCH_DAY);
    println!("{}", framed(&title, &lines(&frame, start, &series)));
    Ok(())
}

/// The sums of the regions by day, counted as Arrow counts days.
fn read(path: &str) -> Result<BTreeMap<i32, [u64; LINES.len()]>, Box<dyn Error>> {
    let reader = SerializedFileReader::new(std::fs::File::open(path)?)?;
    let metadata = reader.metadata().file_metadata();
    let schema = parquet_to_arrow_schema(metadata.schema_descr(), metadata.key_value_metadata())?;
    if schema.metadata().get("scale").map(String::as_str) != Some("1") {
        return Err("the run is not of the whole nation: its counts are not men".into());
    }
    let all = metadata.schema();
    let wanted = |field: &TypePtr| field.name() == "date" || LINES.iter().any(|(column, ..)| field.name() == *column);
    let fields: Vec<TypePtr> = all.get_fields().iter().filter(|field| wanted(field)).map(Arc::clone).collect();
    let projection = Type::group_type_builder(all.name()).with_fields(fields).build()?;
    let mut days = BTreeMap::<i32, [u64; LINES.len()]>::new();
    for row in reader.get_row_iter(Some(projection))? {
        let cells: BTreeMap<String, Field> = row?.into_columns().into_iter().collect();
        let Some(Field::Date(day)) = cells.get("date") else { return Err("the table has no column `date`".into()) };
        let sums = days.entry(*day).or_default();
        for (sum, (column, ..)) in sums.iter_mut().zip(LINES) {
            let Some(Field::ULong(count)) = cells.get(column) else {
                return Err(format!("no column `{column}`").into());
            };
            *sum += count;
        }
    }
    Ok(days)
}

/// A chart under its title and its key.
fn framed(title: &str, chart: &str) -> String {
    let mut out = String::from(
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 760 390" font-family="sans-serif" role="img" "#,
    );
    let title = title.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
    let _ = write!(out, r#"aria-label="{title}"><rect width="100%" height="100%" fill="white"/>"#);
    let _ = write!(out, r#"<text x="14" y="24" font-size="16" font-weight="bold">{title}</text>"#);
    for ((_, label, left), Pen { colour: (red, green, blue), dash }) in LINES.into_iter().zip(PENS) {
        let dashes = if dash.1 == 0 { "none".to_owned() } else { format!("{} {}", dash.0, dash.1) };
        let (right, text) = (left + 34, left + 42);
        let _ = write!(
            out,
            r#"<line x1="{left}" y1="46" x2="{right}" y2="46" stroke="rgb({red},{green},{blue})" stroke-width="3" stroke-dasharray="{dashes}"/><text x="{text}" y="51" font-size="12">{label}</text>"#
        );
    }
    let _ = write!(out, r#"<g transform="translate(0,62)">{chart}</g></svg>"#);
    out
}

#[cfg(test)]
mod tests {
    use super::{LINES, read};
    use callup::output::table::{Table, Values};

    /// Two regions on two days, of a run at a scale.
    fn file(scale: f64) -> tempfile::NamedTempFile {
        let mut table = Table { metadata: vec![("scale", scale.to_string())], columns: Vec::new() };
        table.push("date", "civil day", "The day.", Values::Days(vec![44_927, 44_927, 44_928, 44_928]));
        for (line, (column, ..)) in (1..).zip(LINES) {
            table.push(column, "persons", "Persons.", Values::Counts(vec![line, 10 * line, 0, 5]));
        }
        let file = tempfile::NamedTempFile::new().expect("a temporary file");
        std::fs::write(file.path(), table.to_parquet()).expect("written");
        file
    }

    #[test]
    fn men_are_counted_in_the_whole_nation_and_in_no_part_of_it() {
        let read = |scale| read(file(scale).path().to_str().expect("a path of letters"));
        let days: Vec<_> = read(1.0).expect("the whole nation").into_iter().collect();
        assert_eq!(days, [(19_360, [11, 22, 33]), (19_361, [5; 3])]);
        assert!(read(0.1).is_err());
    }
}
