//! Arithmetic of the margins on tables small enough to check by hand, and a finding for everything that can be wrong.

use super::*;

fn region(code: u8, iso_code: &str, population: u32, men: u32) -> RegionRow {
    RegionRow {
        code,
        iso_code: iso_code.to_owned(),
        name: iso_code.to_owned(),
        name_local: iso_code.to_owned(),
        federal_district: "Central".to_owned(),
        year: 2023,
        population,
        male_population: men,
        population_18_plus: population / 5 * 4,
        population_working_age: population / 5 * 3,
        working_age_men_to: 61,
    }
}

/// Two regions; the nation has 1,000 men at each age in the middle of 2022 and 2,000 in 2023, and 120,000 men in all, 20,000 of them over 64.
pub(crate) fn tables() -> MarginTables {
    let single = |mid_year, males| (16..=64).map(move |age| SingleYearRow { age, mid_year, males });
    let group = |age_from, age_to, mid_year, males| AgeGroupRow { age_from, age_to, mid_year, males };
    let shape = |iso: &str, young: f64| ShapeRow {
        iso_code: iso.to_owned(),
        shares: [young, 0.15, 0.2, 0.15, 0.15, 0.2, 0.15 - young],
    };
    MarginTables {
        country: Vec::new(),
        regions: vec![region(2, "XX-B", 50_000, 20_000), region(1, "XX-A", 100_000, 40_000)],
        single_years: single(2022, 1_000).chain(single(2023, 2_000)).collect(),
        age_groups: vec![
            group(0, Some(64), 2020, 100_000),
            group(65, None, 2020, 20_000),
            group(0, Some(64), 2030, 100_000),
            group(65, None, 2030, 20_000),
        ],
        shapes: vec![shape("XX-A", 0.05), shape("XX-B", 0.1)],
        commissions: vec![CommissionRow { iso_code: "XX-B".to_owned(), commissions: 7 }],
    }
}

fn finding(change: impl Fn(&mut MarginTables)) -> Vec<(Table, Option<usize>)> {
    let mut tables = tables();
    change(&mut tables);
    let (margins, findings) = Margins::build(&tables, 2023);
    assert_eq!(margins.is_none(), !findings.is_empty());
    findings.into_iter().map(|finding| (finding.table, finding.row)).collect()
}

#[test]
fn good_tables_have_no_finding() {
    assert_eq!(finding(|_| ()), []);
}

#[test]
fn national_ages_are_means_of_mid_years_at_the_level_of_the_regions() {
    let (margins, _) = Margins::build(&tables(), 2023);
    let margins = margins.expect("good tables");
    // 60,000 men in the regions, 120,000 in the national table.
    assert_eq!(margins.level, 0.5);
    assert!(margins.national[..SINGLE_YEARS].iter().all(|men| *men == 750.0));
    assert_eq!(margins.national[SINGLE_YEARS], 10_000.0);
}

#[test]
fn regional_targets_add_up_to_the_national_ages() {
    let (margins, _) = Margins::build(&tables(), 2023);
    let margins = margins.expect("good tables");
    let codes: Vec<u8> = margins.regions.iter().map(|region| region.code).collect();
    assert_eq!(codes, [1, 2]);
    let adults: f64 = margins.regions.iter().map(|region| region.men_18_plus).sum();
    let workers: f64 = margins.regions.iter().map(|region| region.men_working_age).sum();
    assert!((adults - (47.0 * 750.0 + 10_000.0)).abs() < 1e-6 && (workers - 46.0 * 750.0).abs() < 1e-6);
    assert!((margins.regions[0].men_18_plus / margins.regions[1].men_18_plus - 2.0).abs() < 1e-12);
    assert_eq!((margins.regions[0].commissions, margins.regions[1].commissions), (None, Some(7)));
}

#[test]
fn the_shape_moves_along_cohorts() {
    // On 1 January 2023 twelve years have passed: 16 was 4, 17 was 5, 18 was 6, 64 was 52.
    let cells = moved_shape(&[0.06, 0.12, 0.24, 0.1, 0.2, 0.15, 0.13], 2023);
    let near = |cell: usize, value: f64| assert!((cells[cell] - value).abs() < 1e-12, "{cell}: {}", cells[cell]);
    near(0, 0.01);
    near(2, 0.01);
    near(13, 0.01);
    near(14, 0.02);
    near(26, 0.01);
    near(36, 0.02);
    near(48, 0.01);
    near(SINGLE_YEARS, 0.13 + 12.0 * 0.01);
    // Nobody is lost on the way but those under 4 then.
    assert!((cells.iter().sum::<f64>() - (1.0 - 4.0 * 0.01)).abs() < 1e-12);
}

#[test]
fn every_fault_is_found_with_its_row() {
    use Table as T;
    assert_eq!(finding(|t| t.regions[1].code = 2), [(T::Regions, Some(1))]);
    assert_eq!(finding(|t| t.regions[0].male_population = 60_000), [(T::Regions, Some(0))]);
    assert_eq!(finding(|t| t.regions[1].working_age_men_to = 60), [(T::Regions, Some(1))]);
    assert_eq!(finding(|t| t.regions[0].year = 2022), [(T::Regions, None)]);
    assert_eq!(finding(|t| t.single_years.retain(|row| row.age != 30)), [(T::SingleYears, None)]);
    assert_eq!(finding(|t| t.single_years.retain(|row| row.mid_year != 2022)), [(T::SingleYears, None)]);
    assert_eq!(finding(|t| t.age_groups.retain(|row| row.age_to.is_some())), [(T::AgeGroups, None)]);
    assert_eq!(finding(|t| t.shapes[0].shares[2] = 0.3), [(T::Shapes, Some(0))]);
    assert_eq!(finding(|t| t.shapes.truncate(1)), [(T::Shapes, None)]);
    assert_eq!(finding(|t| t.commissions[0].commissions = 0), [(T::Commissions, Some(0))]);
    assert_eq!(finding(|t| t.commissions[0].iso_code = "XX-C".to_owned()), [(T::Commissions, Some(0))]);
    assert!(!Margins::build(&MarginTables::default(), 2023).1.is_empty());
}

#[test]
fn all_faults_come_back_in_one_pass() {
    let faults = finding(|t| {
        t.regions[0].population_18_plus = 0;
        t.shapes[1].shares[0] = -0.1;
        t.commissions[0].commissions = 0;
    });
    assert_eq!(faults, [(Table::Regions, Some(0)), (Table::Shapes, Some(1)), (Table::Commissions, Some(0))]);
}

#[test]
fn the_nearest_usable_year_is_taken() {
    let tables = tables();
    assert_eq!([2019, 2023, 2040].map(|year| tables.nearest_reference_year(year)), [Some(2023); 3]);
    assert_eq!(MarginTables::default().nearest_reference_year(2023), None);
    let mut first_of_all = tables;
    first_of_all.single_years.iter_mut().for_each(|row| row.mid_year -= row.mid_year.min(2023));
    assert_eq!(first_of_all.nearest_reference_year(0), None, "no year comes before the year 0");
}

#[test]
fn the_tables_of_a_country_without_regions_are_enough() {
    let row = |year, inhabitants| CountryRow {
        iso_code: "EE".into(),
        name: "Estonia".into(),
        name_local: "Eesti".into(),
        year,
        inhabitants,
    };
    let only = MarginTables {
        country: vec![row(2020, 100_000), row(2023, 120_000)],
        single_years: tables().single_years,
        ..MarginTables::default()
    };
    let (margins, findings) = Margins::build(&only, 2023);
    assert_eq!(findings, []);
    let margins = margins.expect("no finding");
    assert_eq!((margins.regions.len(), margins.regions[0].inhabitants, margins.regional_year), (1, 120_000, 2023));
    // The national single years of `tables` are 1,000 and 2,000 men an age.
    assert_eq!(margins.national[0], 1_500.0);
    let twice = MarginTables { country: vec![row(2023, 0), row(2023, 1)], ..only };
    let places: Vec<_> = Margins::build(&twice, 2023).1.into_iter().map(|found| (found.table, found.row)).collect();
    assert_eq!(places, [(Table::Country, Some(0)), (Table::Country, Some(1))]);
}

#[test]
fn a_country_can_be_one_region() {
    let margins = Margins::of_one_region(1, "EE", "Estonia", 1_300_000, 2024, &[8_000; SINGLE_YEARS]).expect("men");
    assert_eq!((margins.regions[0].men_18_plus, margins.regions[0].men_working_age), (47.0 * 8_000.0, 49.0 * 8_000.0));
    assert!(Margins::of_one_region(1, "EE", "Estonia", 1, 2024, &[0; SINGLE_YEARS]).is_none());
}
