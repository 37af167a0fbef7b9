//! Published population tables, checked: what the synthetic people of a country must add up to.
//!
//! Rows come already read (no file or format here); everything wrong with them is found in one pass. Targets are for men: regional figures for both
//! sexes are multiplied by the region's share of men, then brought to the national level; national single years on 1 January are the mean of
//! the two neighbouring mid-years, brought to the level of the regional statistics. This file knows no chance and no person.

use crate::people::{OLDEST_AGE, YOUNGEST_AGE};
use std::collections::{BTreeMap, BTreeSet};

#[cfg(test)]
pub(crate) mod tests;

/// Single years of age that are synthesised.
pub const SINGLE_YEARS: usize = (OLDEST_AGE - YOUNGEST_AGE + 1) as usize;
/// Cells of a region in the fit: the single years, then one for all who are older (fitted, not synthesised).
pub const CELLS: usize = SINGLE_YEARS + 1;

/// A row of the table of regions, on 1 January of a year. Counts are persons.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegionRow {
    /// Code in identities; the same for a region at all dates.
    pub code: u8,
    /// ISO 3166-2 code.
    pub iso_code: String,
    /// Name in English.
    pub name: String,
    /// Name in the country's language.
    pub name_local: String,
    /// Federal district.
    pub federal_district: String,
    /// Year on whose 1 January it was so.
    pub year: u16,
    /// Both sexes, all ages.
    pub population: u32,
    /// Men, all ages.
    pub male_population: u32,
    /// Both sexes, 18 and over.
    pub population_18_plus: u32,
    /// Both sexes, of working age.
    pub population_working_age: u32,
    /// Last age at which men counted as of working age at that date (the first is 16).
    pub working_age_men_to: u8,
}

/// A row of the table of a country taken as one region, on 1 January of a year. Counts are persons.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CountryRow {
    /// ISO 3166-1 code.
    pub iso_code: String,
    /// Name in English.
    pub name: String,
    /// Name in the country's language.
    pub name_local: String,
    /// Year on whose 1 January it was so.
    pub year: u16,
    /// Both sexes, all ages.
    pub inhabitants: u32,
}

/// A row of the table of men by single year of age, in the middle of a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SingleYearRow {
    /// Completed years.
    pub age: u8,
    /// Year on whose 1 July it was so.
    pub mid_year: u16,
    /// Men.
    pub males: u32,
}

/// A row of the table of men by groups of ages, in the middle of a year; taken for totals and for those older than the single years.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AgeGroupRow {
    /// First age.
    pub age_from: u8,
    /// Last age; `None` for an open group.
    pub age_to: Option<u8>,
    /// Year on whose 1 July it was so.
    pub mid_year: u16,
    /// Men.
    pub males: u32,
}

/// A row of the table of regional shapes: shares of ages in the autumn of [`SHAPE_YEAR`].
#[derive(Clone, Debug, PartialEq)]
pub struct ShapeRow {
    /// ISO 3166-2 code.
    pub iso_code: String,
    /// Shares of ages 0-5, 6-17, 18-29, 30-39, 40-49, 50-64, 65 and over.
    pub shares: [f64; 7],
}

/// A row of the table of published numbers of draft commissions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommissionRow {
    /// ISO 3166-2 code.
    pub iso_code: String,
    /// How many.
    pub commissions: u16,
}

/// Year of the census whose shape of ages the table of shapes has.
pub const SHAPE_YEAR: u16 = 2010;
/// First age and width in years of each band of a shape but the last, which is open.
const SHAPE_BANDS: [(u8, u8); 6] = [(0, 6), (6, 12), (18, 12), (30, 10), (40, 10), (50, 15)];
/// Shares are printed with five digits; seven of them may miss 1 by this.
const SHAPE_SUM_TOLERANCE: f64 = 7.0 * 0.000_005;
/// The least share that five digits can show.
const SHARE_MIN: f64 = 0.000_01;

/// All rows of a country.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MarginTables {
    /// The country as one region, one row a date; where there is one, only it and the single years are asked for.
    pub country: Vec<CountryRow>,
    /// Regions, one row a region and date.
    pub regions: Vec<RegionRow>,
    /// Men by single years, nationally.
    pub single_years: Vec<SingleYearRow>,
    /// Men by groups of ages, nationally.
    pub age_groups: Vec<AgeGroupRow>,
    /// Shapes, one row a region.
    pub shapes: Vec<ShapeRow>,
    /// Draft commissions, where published.
    pub commissions: Vec<CommissionRow>,
}

/// Which table a finding is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Table {
    /// The country as one region.
    Country,
    /// Regions.
    Regions,
    /// Men by single years.
    SingleYears,
    /// Men by groups of ages.
    AgeGroups,
    /// Shapes.
    Shapes,
    /// Draft commissions.
    Commissions,
}

/// Something wrong with the tables.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MarginFinding {
    /// In which table.
    pub table: Table,
    /// In which row of it, from 0; `None` if a row is missing or the table as a whole is meant.
    pub row: Option<usize>,
    /// What is wrong.
    pub message: String,
}

/// A region with its targets.
#[derive(Clone, Debug, PartialEq)]
pub struct RegionMargin {
    /// Code in identities.
    pub code: u8,
    /// ISO 3166-2 code.
    pub iso_code: String,
    /// Name in English.
    pub name: String,
    /// Name in the country's language.
    pub name_local: String,
    /// Federal district.
    pub federal_district: String,
    /// Both sexes, all ages.
    pub inhabitants: u32,
    /// Published number of draft commissions.
    pub commissions: Option<u16>,
    /// Men of each cell before the fit; only their proportions matter.
    pub start: [f64; CELLS],
    /// Men of 18 and over.
    pub men_18_plus: f64,
    /// Men of working age.
    pub men_working_age: f64,
}

/// What the people of a country must add up to.
#[derive(Clone, Debug, PartialEq)]
pub struct Margins {
    /// People are as on 1 January of this year.
    pub reference_year: u16,
    /// Date of the regional figures: 1 January of this year.
    pub regional_year: u16,
    /// Last age of men of working age.
    pub working_age_men_to: u8,
    /// Factor by which national figures were brought to the level of the regional statistics.
    pub level: f64,
    /// Men of each cell, nationally.
    pub national: [f64; CELLS],
    /// Regions, ascending by code.
    pub regions: Vec<RegionMargin>,
}

impl Margins {
    /// Builds the margins for 1 January of `reference_year`, with the regional figures of the nearest date. All findings come back, not the first;
    /// there are margins exactly if there is no finding.
    #[must_use]
    pub fn build(tables: &MarginTables, reference_year: u16) -> (Option<Margins>, Vec<MarginFinding>) {
        let mut findings = Findings::default();
        if !tables.country.is_empty() {
            return (tables.one_region(reference_year, &mut findings), findings.0);
        }
        tables.check_regions(&mut findings);
        tables.check_shapes(&mut findings);
        tables.check_commissions(&mut findings);
        let regional_year = tables.nearest_regional_year(reference_year, &mut findings);
        let national = tables.national(reference_year, &mut findings);
        let level = regional_year.and_then(|year| tables.level(year, &mut findings));
        let (Some(regional_year), Some(national), Some(level), true) =
            (regional_year, national, level, findings.0.is_empty())
        else {
            return (None, findings.0);
        };
        let national = national.map(|men| men * level);
        let margins = tables.margins(reference_year, regional_year, level, national);
        if margins.regions.is_empty() {
            findings.table(Table::Regions, format!("no region has figures for 1 January {regional_year}"));
            return (None, findings.0);
        }
        (Some(margins), findings.0)
    }

    /// A country taken as one region, from men by single years alone (16 to 64). `None` if there are none at all.
    #[must_use]
    pub fn of_one_region(
        code: u8,
        iso_code: &str,
        name: &str,
        inhabitants: u32,
        reference_year: u16,
        men: &[u32; SINGLE_YEARS],
    ) -> Option<Margins> {
        let mut national = [0.0; CELLS];
        national.iter_mut().zip(men).for_each(|(cell, &count)| *cell = f64::from(count));
        let mut region = RegionMargin {
            code,
            iso_code: iso_code.to_owned(),
            name: name.to_owned(),
            name_local: name.to_owned(),
            federal_district: String::new(),
            inhabitants,
            commissions: None,
            start: national,
            men_18_plus: 0.0,
            men_working_age: 0.0,
        };
        (region.men_18_plus, region.men_working_age) = (sum(&national[ADULT..]), sum(&national));
        (region.men_working_age > 0.0).then(|| Margins {
            reference_year,
            regional_year: reference_year,
            working_age_men_to: OLDEST_AGE,
            level: 1.0,
            national,
            regions: vec![region],
        })
    }

    /// Cells of those of working age.
    #[must_use]
    pub fn working_age_cells(&self) -> usize {
        usize::from(self.working_age_men_to.clamp(YOUNGEST_AGE, OLDEST_AGE) - YOUNGEST_AGE) + 1
    }
}

/// First cell of those of 18 and over.
pub const ADULT: usize = (18 - YOUNGEST_AGE) as usize;

#[derive(Default)]
struct Findings(Vec<MarginFinding>);

impl Findings {
    fn row(&mut self, table: Table, row: usize, message: String) {
        self.0.push(MarginFinding { table, row: Some(row), message });
    }

    fn table(&mut self, table: Table, message: String) {
        self.0.push(MarginFinding { table, row: None, message });
    }
}

impl MarginTables {
    /// The year nearest to `year` (the later of two) for whose 1 January the single years of age suffice; `None` if there is none.
    #[must_use]
    pub fn nearest_reference_year(&self, year: u16) -> Option<u16> {
        let mid_years: BTreeSet<u16> = self.single_years.iter().map(|row| row.mid_year).collect();
        let usable =
            mid_years.iter().filter(|mid| mid.checked_sub(1).is_some_and(|before| mid_years.contains(&before)));
        usable.copied().min_by_key(|usable| (usable.abs_diff(year), u16::MAX - usable))
    }

    /// The margins of a country without regional figures: the row of the nearest date (the later of two), and the mean of the two
    /// neighbouring mid-years of each age, halves upwards.
    fn one_region(&self, year: u16, findings: &mut Findings) -> Option<Margins> {
        for (place, row) in self.country.iter().enumerate() {
            let repeated = self.country[..place].iter().any(|other| other.year == row.year);
            if row.inhabitants == 0 || repeated || row.iso_code != self.country[0].iso_code {
                findings.row(
                    Table::Country,
                    place,
                    "no inhabitants, another country, or a second row for its date".into(),
                );
            }
        }
        let mut men = [0; SINGLE_YEARS];
        for (age, men) in (YOUNGEST_AGE..=OLDEST_AGE).zip(&mut men) {
            let before = self.single_year_count(age, year.saturating_sub(1), findings);
            let after = self.single_year_count(age, year, findings);
            *men = u32::try_from((u64::from(before?) + u64::from(after?)).div_ceil(2)).unwrap_or(u32::MAX);
        }
        let row = self.country.iter().min_by_key(|row| (row.year.abs_diff(year), u16::MAX - row.year))?;
        if !findings.0.is_empty() {
            return None;
        }
        let mut margins = Margins::of_one_region(1, &row.iso_code, &row.name, row.inhabitants, year, &men)?;
        margins.regional_year = row.year;
        margins.regions[0].name_local.clone_from(&row.name_local);
        Some(margins)
    }

    fn check_regions(&self, findings: &mut Findings) {
        let (mut seen, mut codes) = (BTreeSet::new(), BTreeMap::new());
        for (place, row) in self.regions.iter().enumerate() {
            let mut found =
                |message: String| findings.row(Table::Regions, place, format!("{}: {message}", row.iso_code));
            if !seen.insert((&row.iso_code, row.year)) {
                found(format!("a second row for 1 January {}", row.year));
            }
            if codes.entry(row.code).or_insert(&row.iso_code) != &&row.iso_code {
                found(format!("code {} belongs to another region", row.code));
            }
            if row.male_population == 0 || row.male_population > row.population {
                found("men are none or more than all inhabitants".to_owned());
            }
            if row.population_18_plus > row.population || row.population_working_age > row.population {
                found("a part is larger than all inhabitants".to_owned());
            }
            if row.population_18_plus == 0 || row.population_working_age == 0 {
                found("nobody of 18 and over or of working age".to_owned());
            }
            if !(18..=OLDEST_AGE).contains(&row.working_age_men_to) {
                found(format!("working age of men ends at {}, outside 18 to {OLDEST_AGE}", row.working_age_men_to));
            }
        }
        self.check_one_working_age(findings);
    }

    fn check_one_working_age(&self, findings: &mut Findings) {
        let mut ends = BTreeMap::new();
        for (place, row) in self.regions.iter().enumerate() {
            if *ends.entry(row.year).or_insert(row.working_age_men_to) != row.working_age_men_to {
                findings.row(Table::Regions, place, format!("{}: another end of working age than above", row.iso_code));
            }
        }
    }

    fn check_shapes(&self, findings: &mut Findings) {
        let mut seen = BTreeSet::new();
        for (place, row) in self.shapes.iter().enumerate() {
            if !seen.insert(row.iso_code.as_str()) {
                findings.row(Table::Shapes, place, format!("{}: a second row", row.iso_code));
            }
            let shares_ok = row.shares.iter().all(|share| *share >= SHARE_MIN);
            if !shares_ok || (sum(&row.shares) - 1.0).abs() > SHAPE_SUM_TOLERANCE {
                findings.row(
                    Table::Shapes,
                    place,
                    format!("{}: shares are not at least {SHARE_MIN} with sum 1", row.iso_code),
                );
            }
        }
        let regions: BTreeSet<&str> = self.regions.iter().map(|row| row.iso_code.as_str()).collect();
        for region in regions.difference(&seen) {
            findings.table(Table::Shapes, format!("{region}: no row"));
        }
    }

    fn check_commissions(&self, findings: &mut Findings) {
        let mut seen = BTreeSet::new();
        for (place, row) in self.commissions.iter().enumerate() {
            if !self.regions.iter().any(|region| region.iso_code == row.iso_code) {
                findings.row(Table::Commissions, place, format!("{}: no such region", row.iso_code));
            }
            if row.commissions == 0 || !seen.insert(&row.iso_code) {
                findings.row(Table::Commissions, place, format!("{}: no commission, or a second row", row.iso_code));
            }
        }
    }

    /// The date of the regional figures: the nearest, the later of two.
    fn nearest_regional_year(&self, year: u16, findings: &mut Findings) -> Option<u16> {
        let years: BTreeSet<u16> = self.regions.iter().map(|row| row.year).collect();
        let nearest = years.iter().copied().min_by_key(|known| (known.abs_diff(year), u16::MAX - known));
        let Some(nearest) = nearest else {
            findings.table(Table::Regions, "no row".to_owned());
            return None;
        };
        let everywhere: BTreeSet<&str> = self.regions.iter().map(|row| row.iso_code.as_str()).collect();
        let there = |iso: &str| self.regions.iter().any(|row| row.iso_code == iso && row.year == nearest);
        for missing in everywhere.into_iter().filter(|iso| !there(iso)) {
            findings.table(Table::Regions, format!("{missing}: no row for 1 January {nearest}"));
        }
        Some(nearest)
    }

    /// Men of each cell on 1 January, at the level of the national tables: the mean of the two neighbouring mid-years.
    fn national(&self, year: u16, findings: &mut Findings) -> Option<[f64; CELLS]> {
        let mut national = [0.0; CELLS];
        let mid_years = [year.saturating_sub(1), year];
        for (age, cell) in (YOUNGEST_AGE..=OLDEST_AGE).zip(&mut national) {
            for mid_year in mid_years {
                *cell += self.single_year(age, mid_year, findings)? / 2.0;
            }
        }
        let older = |row: &AgeGroupRow| row.age_from > OLDEST_AGE;
        for mid_year in mid_years {
            national[SINGLE_YEARS] += self.group_total(f64::from(mid_year), older, findings)? / 2.0;
        }
        Some(national)
    }

    fn single_year(&self, age: u8, mid_year: u16, findings: &mut Findings) -> Option<f64> {
        self.single_year_count(age, mid_year, findings).map(f64::from)
    }

    fn single_year_count(&self, age: u8, mid_year: u16, findings: &mut Findings) -> Option<u32> {
        let mut rows = self.single_years.iter().filter(|row| row.age == age && row.mid_year == mid_year);
        let found = rows.next();
        if rows.next().is_some() {
            findings.table(Table::SingleYears, format!("two rows for age {age} in the middle of {mid_year}"));
        }
        if found.is_none_or(|row| row.males == 0) {
            findings.table(Table::SingleYears, format!("no men of age {age} in the middle of {mid_year}"));
        }
        found.map(|row| row.males)
    }

    /// Men of some groups at a point of time (1 July of `at` where it is whole), on the straight line between the two years that the table has
    /// around it.
    fn group_total(&self, at: f64, of: impl Fn(&AgeGroupRow) -> bool, findings: &mut Findings) -> Option<f64> {
        let total = |year: u16| {
            let rows = self.age_groups.iter().filter(|row| row.mid_year == year && of(row));
            rows.map(|row| f64::from(row.males)).fold(0.0, |sum, men| sum + men)
        };
        let years: BTreeSet<u16> = self.age_groups.iter().map(|row| row.mid_year).collect();
        let before = years.iter().rev().find(|year| f64::from(**year) <= at);
        let after = years.iter().find(|year| f64::from(**year) >= at);
        let (Some(&before), Some(&after)) = (before, after) else {
            findings.table(Table::AgeGroups, format!("no years around the middle of {at}"));
            return None;
        };
        let (low, high) = (total(before), total(after));
        if low == 0.0 || high == 0.0 {
            findings.table(Table::AgeGroups, format!("no men in a group needed between {before} and {after}"));
            return None;
        }
        let part = if before == after { 0.0 } else { (at - f64::from(before)) / f64::from(after - before) };
        Some(low + (high - low) * part)
    }

    /// All men of the regional statistics over all men of the national table on 1 January of a year.
    fn level(&self, year: u16, findings: &mut Findings) -> Option<f64> {
        let regional = self.regions.iter().filter(|row| row.year == year).map(|row| f64::from(row.male_population));
        let regional = regional.fold(0.0, |sum, men| sum + men);
        let national = self.group_total(f64::from(year) - 0.5, |_| true, findings)?;
        Some(regional / national)
    }

    /// INVARIANT: called with checked tables only.
    fn margins(&self, reference_year: u16, regional_year: u16, level: f64, national: [f64; CELLS]) -> Margins {
        let mut rows: Vec<&RegionRow> = self.regions.iter().filter(|row| row.year == regional_year).collect();
        rows.sort_by_key(|row| row.code);
        let working_age_men_to = rows.first().map_or(OLDEST_AGE, |row| row.working_age_men_to);
        let regions = rows.iter().map(|row| self.region(row, reference_year)).collect();
        let mut margins = Margins { reference_year, regional_year, working_age_men_to, level, national, regions };
        let working = margins.working_age_cells();
        let adults_over = sum(&national[ADULT..]) / margins.regions.iter().fold(0.0, |sum, r| sum + r.men_18_plus);
        let workers_over =
            sum(&national[..working]) / margins.regions.iter().fold(0.0, |sum, r| sum + r.men_working_age);
        for region in &mut margins.regions {
            region.men_18_plus *= adults_over;
            region.men_working_age *= workers_over;
        }
        margins
    }

    fn region(&self, row: &RegionRow, reference_year: u16) -> RegionMargin {
        let share_of_men = f64::from(row.male_population) / f64::from(row.population);
        let shape = self.shapes.iter().find(|shape| shape.iso_code == row.iso_code);
        let moved = shape.map_or([1.0; CELLS], |shape| moved_shape(&shape.shares, reference_year));
        let commissions = self.commissions.iter().find(|known| known.iso_code == row.iso_code);
        RegionMargin {
            code: row.code,
            iso_code: row.iso_code.clone(),
            name: row.name.clone(),
            name_local: row.name_local.clone(),
            federal_district: row.federal_district.clone(),
            inhabitants: row.population,
            commissions: commissions.map(|known| known.commissions),
            start: moved.map(|share| share * f64::from(row.male_population)),
            men_18_plus: f64::from(row.population_18_plus) * share_of_men,
            men_working_age: f64::from(row.population_working_age) * share_of_men,
        }
    }
}

/// Share of the population of [`SHAPE_YEAR`] in each cell of today: those of age a now were so many years younger then. Deaths and moves since are
/// left to the fit.
fn moved_shape(shares: &[f64; 7], reference_year: u16) -> [f64; CELLS] {
    // The census was taken in October, so 1 January of a year lies a whole number of years and a quarter later; the quarter is dropped.
    let years = reference_year.saturating_sub(SHAPE_YEAR + 1);
    let density = |age: u16| {
        let band = SHAPE_BANDS.iter().rposition(|&(from, _)| u16::from(from) <= age);
        let inside = SHAPE_BANDS.last().is_some_and(|&(from, width)| age < u16::from(from + width));
        band.filter(|_| inside).map_or(0.0, |band| shares[band] / f64::from(SHAPE_BANDS[band].1))
    };
    let mut cells = [0.0; CELLS];
    for (age, cell) in (u16::from(YOUNGEST_AGE)..).zip(&mut cells[..SINGLE_YEARS]) {
        // Not yet born at the census: the density of the youngest, the best that the shape says.
        *cell = density(age.saturating_sub(years));
    }
    let oldest_then = (u16::from(OLDEST_AGE) + 1).saturating_sub(years);
    cells[SINGLE_YEARS] = shares[6] + (oldest_then..65).map(density).fold(0.0, |sum, share| sum + share);
    cells
}

/// A sum in fixed order.
fn sum(values: &[f64]) -> f64 {
    values.iter().fold(0.0, |sum, value| sum + value)
}
