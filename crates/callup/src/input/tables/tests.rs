//! The shipped tables are whole; broken ones are told so, cell by cell.

use super::{TablesRead, read_tables};
use callup_law::diagnostic::Source;

fn shipped(name: &str) -> Option<Source> {
    let text = match name {
        "tables/ru/SOURCES.toml" => include_str!("../../../../../tables/ru/SOURCES.toml"),
        "tables/ru/regions.csv" => include_str!("../../../../../tables/ru/regions.csv"),
        "tables/ru/male_single_years.csv" => include_str!("../../../../../tables/ru/male_single_years.csv"),
        "tables/ru/male_age_groups.csv" => include_str!("../../../../../tables/ru/male_age_groups.csv"),
        "tables/ru/age_shape_2010.csv" => include_str!("../../../../../tables/ru/age_shape_2010.csv"),
        "tables/ru/draft_commissions.csv" => include_str!("../../../../../tables/ru/draft_commissions.csv"),
        _ => return None,
    };
    Some(Source { name: name.to_owned(), text: text.to_owned() })
}

fn with(file: &str, change: impl Fn(&str) -> String) -> TablesRead {
    let text_of = |name: &str| {
        let source = shipped(name)?;
        Some(if name.ends_with(file) { Source { text: change(&source.text), ..source } } else { source })
    };
    read_tables("ru", 2023, &text_of)
}

fn codes_and_lines(read: &TablesRead) -> Vec<(&'static str, usize, String)> {
    let line = |source: u16, start: u32| {
        let text = &read.sources[usize::from(source)].text;
        text.as_bytes()[..start as usize].iter().filter(|byte| **byte == b'\n').count() + 1
    };
    let findings = read.findings.iter();
    findings.map(|found| (found.code, line(found.span.source, found.span.start), found.message.clone())).collect()
}

#[test]
fn the_shipped_tables_are_whole() {
    let read = read_tables("ru", 2023, &shipped);
    assert_eq!(codes_and_lines(&read), []);
    let margins = read.margins.expect("no finding, so there are margins");
    // ISO 3166-2:RU has 83 codes.
    assert_eq!(margins.regions.len(), 83);
    assert_eq!(super::region_codes(&read.tables).len(), 83);
    assert_eq!(read.origins.len(), 6);
}

#[test]
fn a_changed_table_is_not_the_one_described() {
    let read = with("draft_commissions.csv", |text| text.replace("147", "148"));
    assert!(read.margins.is_none());
    let [(code, line, message)] = &codes_and_lines(&read)[..] else { panic!("one finding expected") };
    assert_eq!((*code, *line), ("T009", 1));
    assert!(message.starts_with("the file is not the one that `SOURCES.toml` describes; its SHA-256 is "));
}

#[test]
fn every_broken_cell_is_found_at_once() {
    let read = with("draft_commissions.csv", |_| {
        "iso_code,comissions,date,confidence\nRU-MOW,147,2023-04,sure\nRU-SPE,1\n".to_owned()
    });
    let findings = codes_and_lines(&read);
    let found: Vec<_> = findings.iter().filter(|found| found.0 != "T009").collect();
    let expected = [
        ("T001", 3, "this is no row of the table: it has 2 cells, the header has 4".to_owned()),
        ("T003", 1, "the column `comissions` is not known".to_owned()),
        ("T004", 1, "the column `commissions` is missing".to_owned()),
        ("T006", 2, "`confidence` is `sure`, not one of read-now, derived, general-knowledge, uncertain".to_owned()),
    ];
    for finding in &expected {
        assert!(found.contains(&finding), "{finding:?} not in {found:?}");
    }
    assert_eq!(found.len(), expected.len());
}

#[test]
fn numbers_and_dates_are_held_to_their_form() {
    let read = with("male_single_years.csv", |text| {
        text.replacen("2022-07-01", "2022-06-30", 1).replacen(",derived", "x,derived", 2)
    });
    let found: Vec<_> = codes_and_lines(&read).into_iter().filter(|found| found.0 == "T006").collect();
    assert_eq!(found.len(), 3, "{found:?}");
    assert_eq!(found[0].2, "`date` is `2022-06-30`, not a year followed by -07-01");
}

#[test]
fn a_country_without_tables_is_said_file_by_file() {
    let read = read_tables("atlantis", 2023, &shipped);
    let missing = read.findings.iter().filter(|found| found.code == "T002").count();
    assert_eq!((missing, read.findings.len()), (6, 6));
    assert_eq!(read.sources[0].name, "tables/atlantis/SOURCES.toml");
}

#[test]
fn a_cell_that_swallows_lines_is_told_on_one() {
    // A quotation mark too many joins the rows up to the next one to a single cell.
    let read =
        with("male_single_years.csv", |text| text.replacen("\n17,", "\n\"17,", 1).replacen("\n64,", "\n64\",", 1));
    assert!(read.margins.is_none());
    for found in &read.findings {
        assert!(!found.message.contains('\n') && found.message.chars().count() <= 401, "{}", found.message);
    }
    assert!(read.findings.iter().any(|found| found.message.ends_with('…')), "{:?}", read.findings);
}
