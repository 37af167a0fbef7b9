//! The fit converges to its margins, rounding holds every total, and identities stay whatever else grows.

use super::*;
use crate::margins::{CommissionRow, MarginTables, RegionRow};
use crate::people::{AgeTable, EntryErrors, RecordQuality};
use crate::random::{KindTable, Probability};

fn plan(scale: f64) -> SynthesisPlan {
    SynthesisPlan { scale, inhabitants_per_district: 10_000.0, seed: 5 }
}

fn nobody_special() -> PopulationParameters {
    let none = || AgeTable::uniform(0.0).expect("a share");
    let right = EntryErrors::new(0.0, 0.0).expect("shares");
    PopulationParameters {
        study: none(),
        study_year_ends: (6, 30),
        works: AgeTable::uniform(0.5).expect("a share"),
        student_works: none(),
        employer_reports: Probability::NEVER,
        fitness: KindTable::new(&[1.0; 5]).expect("weights"),
        served: none(),
        reserve_unserved: none(),
        unfit_decided: none(),
        family_ground: none(),
        objector: Probability::NEVER,
        at_address: none(),
        account: none(),
        reading: KindTable::new(&[1.0; 4]).expect("weights"),
        needs_driving: Probability::NEVER,
        record: RecordQuality {
            missing: none(),
            deferment: right,
            exemption: right,
            service: right,
            study: right,
            reserve: right,
            address_stale: none(),
            employer_lost: Probability::NEVER,
        },
    }
}

/// Three regions that differ in age, with men by age that fall like those of a real country.
fn margins() -> Margins {
    let mut tables = crate::margins::tests::tables();
    let template = tables.regions[0].clone();
    let region = |code, iso: &str, adults, workers| RegionRow {
        code,
        iso_code: iso.to_owned(),
        population: 60_000,
        male_population: 28_000,
        population_18_plus: adults,
        population_working_age: workers,
        ..template.clone()
    };
    tables.regions =
        vec![region(1, "XX-A", 48_000, 35_000), region(2, "XX-B", 44_000, 36_000), region(9, "XX-C", 50_500, 34_000)];
    let shape = crate::margins::ShapeRow { iso_code: "XX-C".to_owned(), ..tables.shapes[0].clone() };
    tables.shapes.push(shape);
    tables.commissions = vec![CommissionRow { iso_code: "XX-A".to_owned(), commissions: 3 }];
    tables
        .single_years
        .iter_mut()
        .for_each(|row| row.males = 1_500 - 11 * u32::from(row.age) + 137 * u32::from(row.age % 3));
    built(&tables)
}

fn built(tables: &MarginTables) -> Margins {
    let (margins, findings) = Margins::build(tables, 2023);
    margins.unwrap_or_else(|| panic!("{findings:?}"))
}

#[test]
fn the_fit_reaches_every_margin() {
    let margins = margins();
    let (_, report) = lay_out(&margins, plan(1.0)).expect("a small country");
    assert!(report.converged && report.rounds > 1, "{report:?}");
    assert_eq!(report.deviations.len(), 3);
    // The tolerance of the fit; ages are fitted last and hold to the rounding of the arithmetic.
    assert!(report.deviations.iter().all(|margin| margin.largest <= TOLERANCE), "{report:?}");
    assert!(report.deviations[2].largest < 1e-14);
}

#[test]
fn whole_totals_hold_by_region_and_by_age_at_any_scale() {
    let margins = margins();
    let fit = fit(&margins);
    for scale in [1.0, 0.37, 0.01] {
        let (layout, report) = lay_out(&margins, plan(scale)).expect("a small country");
        assert_eq!((report.men_missing, report.cells_moved_further), (0, 0));
        assert_eq!(layout.len(), (report.fitted_men * scale + 0.5) as u32);
        for (age, &target) in margins.national[..SINGLE_YEARS].iter().enumerate() {
            let year = 2023 - 17 - age as u16;
            let men: usize = (0..layout.districts()).map(|district| layout.cohort_rows(district, year).len()).sum();
            assert!((men as f64 - target * scale).abs() < 1.0, "{men} of age {}, expected {target}", age + 16);
        }
        for (region, row) in fit.table.iter().enumerate() {
            let men = layout.region_rows(region).len() as f64;
            assert!((men - total(&row[..SINGLE_YEARS]) * scale).abs() < 1.0);
        }
    }
}

#[test]
fn nobody_and_everybody_are_scales_too() {
    let margins = margins();
    assert_eq!(lay_out(&margins, plan(0.0)).expect("nobody").0.len(), 0);
    assert_eq!(lay_out(&margins, plan(f64::NAN)).expect("nobody").0.len(), 0);
    assert_eq!(lay_out(&margins, plan(7.0)).expect("all").0.len(), lay_out(&margins, plan(1.0)).expect("all").0.len());
}

#[test]
fn figures_beyond_what_rows_can_number_are_refused() {
    let refused = |margins: &Margins, plan| lay_out(margins, plan).expect_err("it cannot be laid out");
    let mut many = margins();
    many.national.iter_mut().for_each(|men| *men *= 1e6);
    assert_eq!(refused(&many, plan(1.0)), LayoutError::TooMany);
    let mut unequal = margins();
    unequal.national[3] = 1e12;
    assert_eq!(refused(&unequal, plan(1.0)), LayoutError::TooMany);
    let mut crowded = margins();
    crowded.regions[1].inhabitants = u32::MAX;
    let alone = SynthesisPlan { inhabitants_per_district: 0.0, ..plan(1e-6) };
    assert_eq!(refused(&crowded, alone), LayoutError::TooManyDistricts);
    let mut early = margins();
    early.reference_year = 64;
    assert_eq!(refused(&early, plan(0.1)), LayoutError::NoCohort(64));
}

#[test]
fn districts_follow_publication_or_the_rule() {
    let (layout, report) = lay_out(&margins(), plan(1.0)).expect("a small country");
    let districts: Vec<usize> = layout.regions().iter().map(|region| region.districts.len()).collect();
    assert_eq!((districts, report.districts), (vec![3, 6, 6], 15));
    let one = SynthesisPlan { inhabitants_per_district: 1e9, ..plan(1.0) };
    assert_eq!(lay_out(&margins(), one).expect("a small country").1.districts, 3 + 1 + 1);
    for district in 3..8 {
        // Each birth year is dealt evenly, so two districts of a region differ by at most one man a birth year.
        let (here, next) = (layout.district_rows(district).len(), layout.district_rows(district + 1).len());
        assert!(here.abs_diff(next) <= SINGLE_YEARS, "{here} {next}");
    }
}

#[test]
fn identities_are_stable_when_another_region_grows() {
    let margins = margins();
    let mut grown = margins.clone();
    grown.regions[0].inhabitants *= 3;
    grown.regions[0].start.iter_mut().for_each(|men| *men *= 3.0);
    let (few, _) = synthesize(&margins, plan(0.5), &nobody_special()).expect("a small country");
    let (many, _) = synthesize(&grown, plan(1.0), &nobody_special()).expect("a small country");
    let mut met = 0;
    for row in 0..few.len() as u32 {
        if let Some(other) = many.row(few.id(row)) {
            assert_eq!(many.person(other), few.person(row));
            met += 1;
        }
    }
    assert!(met > few.len() * 9 / 10, "{met} of {}", few.len());
}

#[test]
fn everybody_is_of_his_age_on_the_reference_day() {
    let (people, report) = synthesize(&margins(), plan(0.2), &nobody_special()).expect("a small country");
    assert_eq!(people.len() as u32, report.synthesised_men);
    let last_of_year = callup_law::calendar::Day::from_ymd(2022, 12, 31).expect("a date");
    assert!(people.rows().iter().all(|person| (16..=64).contains(&person.age_on(last_of_year))));
}

#[test]
fn apportioning_keeps_the_sum_and_the_neighbours() {
    assert_eq!(apportion(&[0.5, 0.5, 2.0], 3), [1, 0, 2]);
    assert_eq!(apportion(&[1.2, 3.7, 0.1], 5), [1, 4, 0]);
    assert_eq!(apportion(&[], 0), [0_u32; 0]);
}

#[test]
fn rounding_finds_the_path_where_greed_fails() {
    // The largest remainder is (0, 0), but then row 1, which can only use column 0, finds it taken.
    let cells = [vec![0.9, 0.1], vec![0.2, 0.0]];
    let rounded = round_table(&cells, &[1, 1], &[1, 1]);
    assert_eq!(rounded, Rounded { counts: vec![vec![0, 1], vec![1, 0]], cells_moved_further: 0, missing: 0 });
}

#[test]
fn rounding_says_when_it_had_to_force_a_cell() {
    let rounded = round_table(&[vec![1.0, 0.5]], &[3], &[2, 1]);
    assert_eq!(rounded, Rounded { counts: vec![vec![2, 1]], cells_moved_further: 1, missing: 0 });
    assert_eq!(round_table(&[vec![0.5]], &[1], &[0]).missing, 1);
}

#[test]
fn rounding_holds_both_totals_of_random_tables() {
    use crate::random::{Decision, DrawKey, PersonId};
    let draws = Draws::new(1);
    for table in 0..200_u32 {
        let cell = |place: u32| {
            let key = DrawKey::of_world(PersonId::new(1, 2000, table), Decision::Move, place);
            f64::from(draws.word(key)) / 1e9
        };
        let cells: Vec<Vec<f64>> = (0..6).map(|row| (0..9).map(|column| cell(9 * row + column)).collect()).collect();
        let men = (cells.iter().map(|row| total(row)).sum::<f64>() + 0.5) as u32;
        let rows: Vec<f64> = cells.iter().map(|row| total(row)).collect();
        let columns: Vec<f64> = (0..9).map(|column| cells.iter().map(|row| row[column]).sum()).collect();
        let (rows, columns) = (apportion(&rows, men), apportion(&columns, men));
        let rounded = round_table(&cells, &rows, &columns);
        assert_eq!((rounded.missing, rounded.cells_moved_further), (0, 0), "table {table}");
        for (row, counts) in rounded.counts.iter().enumerate() {
            assert_eq!(counts.iter().sum::<u32>(), rows[row]);
            assert!(counts.iter().zip(&cells[row]).all(|(count, cell)| (f64::from(*count) - cell).abs() < 1.0));
        }
        for (column, &target) in columns.iter().enumerate() {
            assert_eq!(rounded.counts.iter().map(|row| row[column]).sum::<u32>(), target);
        }
    }
}
