//! The tables of a country, `tables/<country>/*.csv` with `SOURCES.toml`, read into `callup_sim::margins`.
//!
//! Every table must have its origin and its digest in `SOURCES.toml`; a column nobody knows and a cell that does not fit are
//! findings, all of them at once. What the figures mean is checked in `margins.rs`; this file knows only how they are written.

mod bonuses;

pub use bonuses::BONUSES;

use super::document::{BYTES_MAX, finding, keep, parse};
use super::take::{Collector, Taker};
use crate::data::sha256_hex;
use callup_law::diagnostic::{Diagnostic, Source, Span, nearest};
use callup_sim::margins::{
    AgeGroupRow, CommissionRow, CountryRow, MarginTables, Margins, RegionRow, ShapeRow, SingleYearRow, Table,
};
use callup_sim::scenario::contract::Bonus;
use std::str::FromStr;

/// The words for how sure a figure is.
pub const CONFIDENCE: [&str; 4] = ["read-now", "derived", "general-knowledge", "uncertain"];

/// File of the table of a country without regional figures.
pub const ONE_REGION: &str = "country.csv";
/// File, columns and meaning of the table of a country without regional figures: where it is, only it and the single years are read.
const COUNTRY: (Table, &str, &[&str]) =
    (Table::Country, ONE_REGION, &["iso_code", "name", "name_local", "date", "inhabitants", "confidence"]);
/// File of each table and its columns; all must be there.
const FILES: [(Table, &str, &[&str]); 5] = [
    (Table::Regions, "regions.csv", &REGION_COLUMNS),
    (Table::SingleYears, "male_single_years.csv", &["age", "date", "males", "confidence"]),
    (Table::AgeGroups, "male_age_groups.csv", &["age_from", "age_to", "date", "males", "confidence"]),
    (Table::Shapes, "age_shape_2010.csv", &SHAPE_COLUMNS),
    (Table::Commissions, "draft_commissions.csv", &["iso_code", "commissions", "date", "confidence"]),
];
const REGION_COLUMNS: [&str; 12] = [
    "code",
    "iso_code",
    "name",
    "name_ru",
    "federal_district",
    "date",
    "population",
    "male_population",
    "population_18_plus_both_sexes",
    "population_working_age_both_sexes",
    "working_age_men_to",
    "confidence",
];
const SHAPE_COLUMNS: [&str; 9] = [
    "iso_code",
    "share_0_5",
    "share_6_17",
    "share_18_29",
    "share_30_39",
    "share_40_49",
    "share_50_64",
    "share_65_plus",
    "confidence",
];

/// Where a table comes from, as `SOURCES.toml` says it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableSource {
    /// File name in the folder.
    pub file: String,
    /// What it holds.
    pub title: String,
    /// Who published the figures.
    pub origin: String,
    /// Dates the figures are for, as written.
    pub dates: Vec<String>,
    /// On what terms.
    pub licence: String,
    /// SHA-256 of the file.
    pub sha256: String,
    /// Remarks.
    pub notes: Vec<String>,
}

/// What reading the tables of a country gives.
#[derive(Clone, Debug)]
pub struct TablesRead {
    /// The rows that could be read.
    pub tables: MarginTables,
    /// The margins, if there is no finding at all.
    pub margins: Option<Margins>,
    /// Bonuses paid on contracts; empty where the country has no such table.
    pub bonuses: Vec<Bonus>,
    /// Origin of each table.
    pub origins: Vec<TableSource>,
    /// Findings; a span's source is a place in `sources`.
    pub findings: Vec<Diagnostic>,
    /// The texts: `SOURCES.toml`, then the tables that are there.
    pub sources: Vec<Source>,
}

/// Reads the tables of `country` for people as on 1 January of `reference_year`. `text_of` gives a text by its name from the
/// root of the data, for example `tables/ru/regions.csv`.
#[must_use]
pub fn read_tables(country: &str, reference_year: u16, text_of: &dyn Fn(&str) -> Option<Source>) -> TablesRead {
    let mut reader = Reader { sources: Vec::new(), findings: Vec::new() };
    let origins = reader.origins(&format!("tables/{country}/SOURCES.toml"), text_of);
    let mut tables = MarginTables::default();
    let mut places: Vec<(Table, Sheet)> = Vec::new();
    let is_one_region = text_of(&format!("tables/{country}/{}", COUNTRY.1)).is_some();
    let files: Vec<_> = if is_one_region { vec![COUNTRY, FILES[1]] } else { FILES.to_vec() };
    for (table, file, columns) in files {
        if let Some(sheet) = reader.sheet(country, file, columns, text_of) {
            reader.check_origin(file, &sheet, &origins);
            reader.fill(&mut tables, table, &sheet);
            places.push((table, sheet));
        }
    }
    let has_bonuses = text_of(&format!("tables/{country}/{BONUSES}")).is_some();
    let sheet = has_bonuses.then(|| reader.sheet(country, BONUSES, &bonuses::COLUMNS, text_of)).flatten();
    let bonuses = sheet.map_or_else(Vec::new, |sheet| {
        reader.check_origin(BONUSES, &sheet, &origins);
        reader.bonuses(&sheet)
    });
    let margins = reader.build(&tables, &places, reference_year);
    let Reader { sources, findings } = reader;
    TablesRead { tables, margins, bonuses, origins, findings, sources }
}

/// ISO codes of the regions of some tables, each once, in the order of the table.
#[must_use]
pub fn region_codes(tables: &MarginTables) -> Vec<String> {
    let mut codes: Vec<String> = Vec::new();
    let all = tables.country.iter().map(|row| &row.iso_code).chain(tables.regions.iter().map(|row| &row.iso_code));
    for code in all {
        if !codes.contains(code) {
            codes.push(code.clone());
        }
    }
    codes
}

/// A table as cells with the place of each row.
struct Sheet {
    source: u16,
    header: Vec<String>,
    rows: Vec<(Span, csv::StringRecord)>,
}

struct Reader {
    sources: Vec<Source>,
    findings: Vec<Diagnostic>,
}

impl Reader {
    fn add(&mut self, code: &'static str, span: Span, message: String) {
        keep(&mut self.findings, finding(code, span, message, Vec::new()));
    }

    /// Keeps a text; its place is the source of the spans in it.
    fn keep(&mut self, source: Source) -> u16 {
        self.sources.push(source);
        u16::try_from(self.sources.len() - 1).unwrap_or(u16::MAX)
    }

    fn missing(&mut self, name: &str) {
        let source = self.keep(Source { name: name.to_owned(), text: String::new() });
        self.add("T002", Span { source, start: 0, end: 0 }, "the file is missing".to_owned());
    }

    fn origins(&mut self, name: &str, text_of: &dyn Fn(&str) -> Option<Source>) -> Vec<TableSource> {
        let Some(source) = text_of(name) else {
            self.missing(name);
            return Vec::new();
        };
        let index = self.keep(source.clone());
        let Some(tree) = parse(&source, index, &mut self.findings) else { return Vec::new() };
        let collector = Collector::new(&self.sources, std::mem::take(&mut self.findings));
        let mut root = Taker::root(&collector, &tree);
        let tables = root.named_tables("table", "file").unwrap_or_default();
        let origins = tables.into_iter().filter_map(|(file, table)| take_origin(file, table)).collect();
        root.finish();
        self.findings = collector.finish().0;
        origins
    }

    fn sheet(
        &mut self,
        country: &str,
        file: &str,
        columns: &[&str],
        text_of: &dyn Fn(&str) -> Option<Source>,
    ) -> Option<Sheet> {
        let name = format!("tables/{country}/{file}");
        let Some(source) = text_of(&name) else {
            self.missing(&name);
            return None;
        };
        let index = self.keep(source.clone());
        if source.text.len() > BYTES_MAX {
            let (place, length) = (Span { source: index, start: 0, end: 0 }, source.text.len());
            self.add("T001", place, format!("the table has {length} bytes; at most {BYTES_MAX} are read"));
            return None;
        }
        let mut reader = csv::ReaderBuilder::new().flexible(false).from_reader(source.text.as_bytes());
        let header: Vec<String> = reader.headers().ok()?.iter().map(str::to_owned).collect();
        self.check_header(index, &header, columns);
        let mut rows = Vec::new();
        for record in reader.records() {
            match record {
                Ok(record) => rows.push((span_of(index, &source.text, record.position()), record)),
                Err(error) => {
                    let span = span_of(index, &source.text, error.position());
                    self.add("T001", span, format!("this is no row of the table: {}", csv_fault(&error)));
                }
            }
        }
        Some(Sheet { source: index, header, rows })
    }

    fn check_header(&mut self, source: u16, header: &[String], columns: &[&str]) {
        let place = Span { source, start: 0, end: 0 };
        for column in columns.iter().filter(|column| !header.iter().any(|name| name == *column)) {
            self.add("T004", place, format!("the column `{column}` is missing"));
        }
        for (at, name) in header.iter().enumerate() {
            if !columns.contains(&name.as_str()) {
                let help = nearest(name, columns.iter().copied()).map(|near| format!("did you mean `{near}`?"));
                let message = format!("the column `{name}` is not known");
                keep(&mut self.findings, finding("T003", place, message, help.into_iter().collect()));
            } else if header[..at].contains(name) {
                self.add("T003", place, format!("the column `{name}` stands twice"));
            }
        }
    }

    /// `T009`: every table has an origin, and it is the file that the origin speaks of.
    fn check_origin(&mut self, file: &str, sheet: &Sheet, origins: &[TableSource]) {
        let place = Span { source: sheet.source, start: 0, end: 0 };
        let digest = sha256_hex(self.sources[usize::from(sheet.source)].text.as_bytes());
        match origins.iter().find(|origin| origin.file == file) {
            None => self.add("T009", place, format!("`SOURCES.toml` does not say where `{file}` comes from")),
            Some(origin) if origin.sha256 != digest => {
                let message = format!("the file is not the one that `SOURCES.toml` describes; its SHA-256 is {digest}");
                self.add("T009", place, message);
            }
            Some(_) => {}
        }
    }

    fn fill(&mut self, tables: &mut MarginTables, table: Table, sheet: &Sheet) {
        for (span, record) in &sheet.rows {
            let mut row = Row { reader: self, header: &sheet.header, span: *span, record };
            row.confidence();
            match table {
                Table::Country => tables.country.extend(row.country()),
                Table::Regions => tables.regions.extend(row.region()),
                Table::SingleYears => tables.single_years.extend(row.single_year()),
                Table::AgeGroups => tables.age_groups.extend(row.age_group()),
                Table::Shapes => tables.shapes.extend(row.shape()),
                Table::Commissions => tables.commissions.extend(row.commission()),
            }
        }
    }

    /// The margins, once every row was read: rows that are missing for being misread would be reported twice.
    fn build(&mut self, tables: &MarginTables, sheets: &[(Table, Sheet)], reference_year: u16) -> Option<Margins> {
        if !self.findings.is_empty() {
            return None;
        }
        let (margins, findings) = Margins::build(tables, reference_year);
        for found in findings {
            let sheet = sheets.iter().find(|sheet| sheet.0 == found.table).map(|sheet| &sheet.1);
            let source = sheet.map_or(0, |sheet| sheet.source);
            let row = found.row.and_then(|row| sheet.and_then(|sheet| sheet.rows.get(row)));
            self.add("T010", row.map_or(Span { source, start: 0, end: 0 }, |row| row.0), found.message);
        }
        margins
    }
}

fn take_origin(file: String, mut table: Taker<'_>) -> Option<TableSource> {
    let (title, origin, licence) = (table.text("title"), table.text("origin"), table.text("licence"));
    let (sha256, dates, notes) =
        (table.text("sha256"), take_texts(&mut table, "dates"), take_texts(&mut table, "notes"));
    table.finish();
    Some(TableSource {
        file,
        title: title?,
        origin: origin?,
        dates: dates?,
        licence: licence?,
        sha256: sha256?,
        notes: notes?,
    })
}

fn take_texts(table: &mut Taker<'_>, key: &'static str) -> Option<Vec<String>> {
    let items = table.list(key)?;
    Some(items.iter().filter_map(|item| table.as_text(key, item)).collect())
}

/// The line a record starts on.
fn span_of(source: u16, text: &str, position: Option<&csv::Position>) -> Span {
    let start = position.map_or(0, |position| usize::try_from(position.byte()).unwrap_or(0)).min(text.len());
    let rest = text.get(start..).unwrap_or_default();
    let length = rest.find('\n').unwrap_or(rest.len());
    let cut = |place: usize| u32::try_from(place).unwrap_or(u32::MAX);
    Span { source, start: cut(start), end: cut(start + length) }
}

fn csv_fault(error: &csv::Error) -> String {
    match error.kind() {
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
            format!("it has {len} cells, the header has {expected_len}")
        }
        _ => "it cannot be read as comma-separated text".to_owned(),
    }
}

/// A row being read. A cell of a column that is missing is silent: the header was reported.
struct Row<'a> {
    reader: &'a mut Reader,
    header: &'a [String],
    span: Span,
    record: &'a csv::StringRecord,
}

impl Row<'_> {
    fn text(&self, column: &str) -> Option<String> {
        let place = self.header.iter().position(|name| name == column)?;
        self.record.get(place).map(|cell| cell.trim().to_owned())
    }

    fn refuse(&mut self, column: &str, cell: &str, wanted: &str) {
        self.reader.add("T006", self.span, format!("`{column}` is `{cell}`, not {wanted}"));
    }

    fn number<T: FromStr>(&mut self, column: &str) -> Option<T> {
        let cell = self.text(column)?;
        let number = cell.parse().ok();
        if number.is_none() {
            self.refuse(column, &cell, "a number that fits");
        }
        number
    }

    /// The year of a date that must be the given day of its year.
    fn year(&mut self, column: &str, month_and_day: &str) -> Option<u16> {
        let cell = self.text(column)?;
        let year = cell.split_once('-').filter(|(_, rest)| *rest == month_and_day);
        let year = year.filter(|(year, _)| year.len() == 4).and_then(|(year, _)| year.parse().ok());
        if year.is_none() {
            self.refuse(column, &cell, &format!("a year followed by -{month_and_day}"));
        }
        year
    }

    fn confidence(&mut self) {
        if let Some(cell) = self.text("confidence")
            && !CONFIDENCE.contains(&cell.as_str())
        {
            self.refuse("confidence", &cell, &format!("one of {}", CONFIDENCE.join(", ")));
        }
    }

    fn region(&mut self) -> Option<RegionRow> {
        let (code, year, working_age_men_to) =
            (self.number("code"), self.year("date", "01-01"), self.number("working_age_men_to"));
        let (population, male_population) = (self.number("population"), self.number("male_population"));
        let population_18_plus = self.number("population_18_plus_both_sexes");
        let population_working_age = self.number("population_working_age_both_sexes");
        Some(RegionRow {
            code: code?,
            iso_code: self.text("iso_code")?,
            name: self.text("name")?,
            name_local: self.text("name_ru")?,
            federal_district: self.text("federal_district")?,
            year: year?,
            population: population?,
            male_population: male_population?,
            population_18_plus: population_18_plus?,
            population_working_age: population_working_age?,
            working_age_men_to: working_age_men_to?,
        })
    }

    fn country(&mut self) -> Option<CountryRow> {
        let (year, inhabitants) = (self.year("date", "01-01"), self.number("inhabitants"));
        Some(CountryRow {
            iso_code: self.text("iso_code")?,
            name: self.text("name")?,
            name_local: self.text("name_local")?,
            year: year?,
            inhabitants: inhabitants?,
        })
    }

    fn single_year(&mut self) -> Option<SingleYearRow> {
        let (age, mid_year, males) = (self.number("age"), self.year("date", "07-01"), self.number("males"));
        Some(SingleYearRow { age: age?, mid_year: mid_year?, males: males? })
    }

    fn age_group(&mut self) -> Option<AgeGroupRow> {
        let open = self.text("age_to").is_some_and(|cell| cell.is_empty());
        let age_to = if open { Some(None) } else { self.number("age_to").map(Some) };
        let (age_from, mid_year, males) = (self.number("age_from"), self.year("date", "07-01"), self.number("males"));
        Some(AgeGroupRow { age_from: age_from?, age_to: age_to?, mid_year: mid_year?, males: males? })
    }

    fn shape(&mut self) -> Option<ShapeRow> {
        let mut shares = [0.0; 7];
        for (share, column) in shares.iter_mut().zip(&SHAPE_COLUMNS[1..]) {
            *share = self.number(column)?;
        }
        Some(ShapeRow { iso_code: self.text("iso_code")?, shares })
    }

    fn commission(&mut self) -> Option<CommissionRow> {
        let commissions = self.number("commissions");
        Some(CommissionRow { iso_code: self.text("iso_code")?, commissions: commissions? })
    }
}

#[cfg(test)]
mod tests;
