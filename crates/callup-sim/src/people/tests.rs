//! Rows, identities and pictures; every trait against its share.
//!
//! Bounds: five standard deviations of a count of hits (see `random/tests.rs`); the seed is fixed, so nothing flickers.

use super::*;
use crate::random::{KindTable, Probability};
use callup_law::calendar::Day;

const REFERENCE: u16 = 2023;

fn table(share: f64) -> AgeTable {
    AgeTable::uniform(share).expect("a share")
}

fn share(value: f64) -> Probability {
    Probability::new(value).expect("a share")
}

/// Shares chosen apart from each other, so that a mix-up of two traits shows.
fn parameters() -> PopulationParameters {
    let study = [(16, 17, 0.9), (18, 21, 0.5), (22, 24, 0.2), (25, 64, 0.0)];
    PopulationParameters {
        study: AgeTable::from_bands(&study).expect("bands cover all ages"),
        study_year_ends: (6, 30),
        works: table(0.77),
        student_works: table(0.15),
        employer_reports: share(0.62),
        fitness: KindTable::new(&[0.35, 0.33, 0.22, 0.06, 0.04]).expect("weights"),
        served: table(0.45),
        reserve_unserved: table(0.12),
        unfit_decided: table(0.52),
        family_ground: table(0.07),
        objector: share(0.021),
        at_address: table(0.71),
        account: table(0.83),
        reading: KindTable::new(&[0.3, 0.4, 0.2, 0.1]).expect("weights"),
        needs_driving: share(0.09),
        record: RecordQuality {
            missing: table(0.05),
            deferment: EntryErrors::new(0.25, 0.03).expect("shares"),
            exemption: EntryErrors::new(0.2, 0.011).expect("shares"),
            service: EntryErrors::new(0.13, 0.017).expect("shares"),
            study: EntryErrors::new(0.31, 0.041).expect("shares"),
            reserve: EntryErrors::new(0.19, 0.023).expect("shares"),
            address_stale: table(0.28),
            employer_lost: share(0.37),
        },
    }
}

/// Two regions of three and one districts, born in 2000 and 2001.
fn layout(per_slot: u32) -> Layout {
    let plan = |code, iso_code: &str, districts: usize| RegionPlan {
        code,
        iso_code: iso_code.to_owned(),
        inhabitants: 1_000,
        districts: (0..districts).map(|district| vec![per_slot + district as u32, per_slot]).collect(),
    };
    Layout::new(&[plan(77, "RU-MOW", 3), plan(5, "RU-DA", 1)], 2000, 2).expect("a good layout")
}

fn people(per_slot: u32) -> People {
    People::draw(layout(per_slot), REFERENCE, &parameters(), &Draws::new(20))
        .expect("cohorts before the reference year")
}

fn assert_share<'a>(of: impl Iterator<Item = &'a Person>, what: &str, p: f64, holds: impl Fn(Person) -> bool) {
    let (mut n, mut hits) = (0.0, 0.0);
    for person in of {
        n += 1.0;
        hits += f64::from(u8::from(holds(*person)));
    }
    let bound = 5.0 * libm::sqrt(n * p * (1.0 - p));
    assert!(n > 1_000.0 && (hits - n * p).abs() <= bound, "{what}: {hits} of {n}, expected {} +- {bound}", n * p);
}

#[test]
fn a_person_takes_sixteen_bytes() {
    assert_eq!((size_of::<Person>(), size_of::<Standing>(), BYTES_A_PERSON), (8, 8, 16));
}

#[test]
fn identity_and_row_map_onto_each_other() {
    let people = people(4);
    assert_eq!(people.len(), (4 + 5 + 6 + 3 * 4) + 8);
    for row in 0..people.len() as u32 {
        let id = people.id(row);
        assert_eq!(people.row(id), Some(row), "{id:?}");
        let district = people.layout().district_of(row);
        assert!(people.layout().cohort_rows(district, id.birth_year()).contains(&row));
        let born = people.person(row).born();
        assert_eq!(born.to_ymd().0, i32::from(id.birth_year()));
    }
    for nobody in
        [PersonId::new(77, 2000, 15), PersonId::new(77, 2001, 12), PersonId::new(5, 2002, 0), PersonId::new(6, 2000, 0)]
    {
        assert_eq!(people.row(nobody), None, "{nobody:?}");
    }
}

#[test]
fn rows_are_grouped_by_district_then_birth_year() {
    let people = people(3);
    let layout = people.layout();
    let mut row = 0;
    for district in 0..layout.districts() {
        assert_eq!(layout.district_rows(district).start, row);
        for year in layout.birth_years() {
            assert_eq!(layout.cohort_rows(district, year).start, row);
            row = layout.cohort_rows(district, year).end;
        }
    }
    assert_eq!(row, layout.len());
    assert_eq!(layout.region_rows(1), layout.district_rows(3));
    assert_eq!((layout.region_of_district(2), layout.number_in_region(2), layout.region_of_district(3)), (0, 2, 1));
}

#[test]
fn one_more_person_changes_nobody() {
    let before = people(50);
    let (after, id) = before.with_extra(77, 2000, 1, &parameters(), &Draws::new(20)).expect("a good place");
    let (after, second) = after.with_extra(77, 2000, 0, &parameters(), &Draws::new(20)).expect("a good place");
    assert_eq!((id.serial(), second.serial()), (153, 154));
    assert_eq!(after.len(), before.len() + 2);
    for row in 0..before.len() as u32 {
        let other = after.row(before.id(row)).expect("everybody is still there");
        assert_eq!(after.person(other), before.person(row));
        assert_eq!(after.layout().district_of(other), before.layout().district_of(row));
    }
    for extra in [id, second] {
        let row = after.row(extra).expect("he is there");
        assert_eq!(after.id(row), extra);
        assert_eq!(before.row(extra), None);
    }
    assert_eq!(after.layout().district_of(after.row(id).expect("he is there")), 1);
    assert!(before.with_extra(77, 2000, 3, &parameters(), &Draws::new(20)).is_err());
    assert!(before.with_extra(77, 1999, 0, &parameters(), &Draws::new(20)).is_err());
}

#[test]
fn people_are_the_same_when_others_grow_in_number() {
    let few = people(10);
    let many = People::draw(
        Layout::new(
            &[
                RegionPlan { code: 1, iso_code: "RU-AD".into(), inhabitants: 9, districts: vec![vec![7, 7, 7, 7]] },
                RegionPlan {
                    code: 77,
                    iso_code: "RU-MOW".into(),
                    inhabitants: 9,
                    districts: vec![vec![0, 90, 90, 90]],
                },
            ],
            1999,
            4,
        )
        .expect("a good layout"),
        REFERENCE,
        &parameters(),
        &Draws::new(20),
    )
    .expect("good cohorts");
    let moscow = few.layout().region_rows(0);
    for row in moscow {
        let same = many.row(few.id(row)).expect("the cells have grown");
        assert_eq!(many.person(same), few.person(row));
    }
}

#[test]
fn traits_follow_their_shares() {
    use Attribute as A;
    let people = people(5_000);
    let day = Day::from_ymd(2023, 1, 1).expect("a date");
    let all = || people.rows().iter();
    let student = |person: &Person| person.truth().is_student(day);
    let has = |attribute| move |person: Person| person.truth().has(attribute);
    assert_share(all().filter(|p| p.born().to_ymd().0 == 2001), "students of 21", 0.5, |p| student(&p));
    assert_share(all().filter(|p| p.born().to_ymd().0 == 2000), "students of 22", 0.2, |p| student(&p));
    assert_share(all().filter(|p| student(p)), "students who work", 0.15, has(A::Works));
    assert_share(all().filter(|p| !student(p)), "others who work", 0.77, has(A::Works));
    let busy = |p: &&Person| p.truth().has(A::Works) || student(p);
    assert_share(all().filter(busy), "employer reports", 0.62, has(A::EmployerReports));
    assert!(!all().filter(|p| !busy(p)).any(|p| p.truth().has(A::EmployerReports)));
    assert_share(all(), "objector", 0.021, has(A::Objector));
    assert_share(all(), "at address", 0.71, has(A::AtAddress));
    assert_share(all(), "account", 0.83, has(A::Account));
    assert_share(all(), "family ground", 0.07, has(A::FamilyGround));
    assert_share(all().filter(|p| p.truth().has(A::Works)), "needs driving", 0.09, has(A::NeedsDriving));
    let with_account = || all().filter(|p| p.truth().has(A::Account));
    assert_share(with_account(), "weekly", 0.4, |p| p.truth().reading() == ReadingClass::Weekly);
    assert_share(all(), "never reads", 0.17 + 0.83 * 0.1, |p| p.truth().reading() == ReadingClass::Never);
}

#[test]
fn fitness_service_and_reserve_hang_together() {
    let people = people(5_000);
    let day = Day::from_ymd(2023, 1, 1).expect("a date");
    let all = || people.rows().iter();
    assert_share(all(), "limited", 0.22, |p| p.truth().fitness() == Fitness::Limited);
    assert_share(all(), "unfit", 0.04, |p| p.truth().fitness() == Fitness::Unfit);
    let callable = |p: &&Person| !p.truth().is_student(day) && p.truth().fitness().can_be_called();
    assert_share(all().filter(callable), "served", 0.45, |p| p.truth().has_served());
    assert!(!all().filter(|p| !callable(p)).any(|p| p.truth().has_served()));
    assert_share(all().filter(|p| !p.truth().has_served()), "reserve", 0.12, |p| p.truth().is_reservist());
    assert!(all().filter(|p| p.truth().has_served()).all(|p| p.truth().is_reservist()));
    let freed = |p: &&Person| matches!(p.truth().fitness(), Fitness::Limited | Fitness::Unfit);
    assert_share(all().filter(freed), "unfit decided", 0.52, |p| p.truth().is_exempt());
    assert!(!all().filter(|p| !freed(p)).any(|p| p.truth().is_exempt()));
}

#[test]
fn record_errors_follow_their_shares() {
    use RecordError as E;
    let people = people(8_000);
    let day = Day::from_ymd(2023, 1, 1).expect("a date");
    let all = || people.rows().iter();
    let wrong = |error| move |p: Person| p.errors().has(error);
    assert_share(all(), "missing", 0.05, wrong(E::Missing));
    assert_share(all(), "address stale", 0.28, wrong(E::AddressStale));
    assert_share(all().filter(|p| p.truth().has(Attribute::EmployerReports)), "employer", 0.37, wrong(E::EmployerLost));
    type Fact = fn(Truth, Day) -> bool;
    let facts: [(Fact, RecordError, f64, RecordError, f64); 5] = [
        (|t, d| t.has_deferment(d), E::DefermentLost, 0.25, E::DefermentFalse, 0.03),
        (|t, _| t.is_exempt(), E::ExemptionLost, 0.2, E::ExemptionFalse, 0.011),
        (|t, _| t.has_served(), E::ServiceLost, 0.13, E::ServiceFalse, 0.017),
        (|t, d| t.is_student(d), E::StudyLost, 0.31, E::StudyFalse, 0.041),
        (|t, _| t.is_reservist(), E::ReserveLost, 0.19, E::ReserveFalse, 0.023),
    ];
    for (fact, lost, lost_share, falsely, false_share) in facts {
        assert_share(all().filter(|p| fact(p.truth(), day)), "lost", lost_share, wrong(lost));
        assert_share(all().filter(|p| !fact(p.truth(), day)), "false", false_share, wrong(falsely));
        assert!(!all().any(|p| p.errors().has(if fact(p.truth(), day) { falsely } else { lost })));
    }
}

#[test]
fn birth_days_cover_their_year_evenly() {
    let people = people(10_000);
    let of_2000 = || people.rows().iter().filter(|p| p.born().to_ymd().0 == 2000);
    let january = |p: Person| p.born().to_ymd().1 == 1;
    assert_share(of_2000(), "January", 31.0 / 366.0, january);
    assert_share(of_2000(), "December", 31.0 / 366.0, |p| p.born().to_ymd().1 == 12);
    assert!(of_2000().any(|p| p.born().to_ymd() == (2000, 2, 29)));
}

#[test]
fn studies_end_with_a_year_of_study_and_shares_follow_age() {
    let people = people(10_000);
    let on = |year, month, day| Day::from_ymd(year, month, day).expect("a date");
    let born_2001 = || people.rows().iter().filter(|p| p.born().to_ymd().0 == 2001);
    // 21 on 1 January 2023, 22 a year later, 25 in 2026: shares 0.5, 0.2, 0.
    assert_share(born_2001(), "last day of the year of study", 0.5, |p| p.truth().is_student(on(2023, 6, 30)));
    assert_share(born_2001(), "day after", 0.2, |p| p.truth().is_student(on(2023, 7, 1)));
    assert_share(born_2001(), "a year later", 0.2, |p| p.truth().is_student(on(2024, 1, 1)));
    assert!(!born_2001().any(|p| p.truth().is_student(on(2026, 7, 1))));
}

#[test]
fn the_record_is_the_truth_but_for_its_errors_until_mended() {
    let day = Day::from_ymd(2023, 3, 1).expect("a date");
    let attributes = Attributes::new(Fitness::Fit, ReadingClass::Daily).with(Attribute::AtAddress, true);
    let born = Day::from_ymd(2004, 2, 29).expect("a date");
    let until = Day::from_ymd(2023, 6, 30);
    let person = |errors| Person::new(born, until, attributes, errors);
    let right = person(RecordErrors::NONE).record(Mended::NONE);
    assert!(right.is_on_record() && right.is_student(day) && right.has_deferment(day) && right.address_reaches_him());
    assert!(!right.is_student(Day::from_ymd(2023, 7, 1).expect("a date")));
    let errors = RecordErrors::NONE.with(RecordError::DefermentLost, true).with(RecordError::ServiceFalse, true);
    let wrong = person(errors);
    assert!(wrong.truth().has_deferment(day) && !wrong.record(Mended::NONE).has_deferment(day));
    assert!(!wrong.truth().has_served() && wrong.record(Mended::NONE).has_served());
    assert!(wrong.record(Mended::NONE.with(RecordPart::Deferment)).has_deferment(day));
    let missing = person(RecordErrors::NONE.with(RecordError::Missing, true));
    assert!(!missing.record(Mended::NONE).is_on_record() && !missing.record(Mended::NONE).is_student(day));
    assert!(missing.record(Mended::ALL).is_on_record());
    assert_eq!((wrong.age_on(Day::from_ymd(2023, 2, 28).expect("a date")), wrong.age_on(day)), (18, 19));
}

#[test]
fn people_made_by_hand_stand_where_they_were_put() {
    let region = |code, districts| RegionSpec { code, iso_code: format!("XX-{code}"), inhabitants: 10, districts };
    let person = |year| {
        let attributes = Attributes::new(Fitness::Fit, ReadingClass::Never);
        Person::new(Day::from_ymd(year, 5, 5).expect("a date"), None, attributes, RecordErrors::NONE)
    };
    let spec = |region_code, district, year| PersonSpec { region_code, district, person: person(year) };
    let specs = [spec(2, 0, 2001), spec(1, 1, 2003), spec(1, 0, 2001), spec(1, 1, 2003)];
    let (people, rows) = People::from_specs(REFERENCE, &[region(1, 2), region(2, 1)], &specs).expect("good specs");
    assert_eq!(rows, [3, 1, 0, 2]);
    for (spec, row) in specs.iter().zip(rows) {
        assert_eq!(people.person(row), spec.person);
        assert_eq!(people.row(people.id(row)), Some(row));
        assert_eq!(people.id(row).region_code(), spec.region_code);
        assert_eq!(people.layout().number_in_region(people.layout().district_of(row)), spec.district);
    }
    assert_eq!(people.district(1).len(), 2);
    assert_eq!(People::from_specs(REFERENCE, &[region(1, 2)], &specs).err(), Some(LayoutError::NoRegion(2)));
    assert!(People::from_specs(REFERENCE, &[region(1, 1), region(1, 1)], &[]).is_err());
    assert!(People::from_specs(REFERENCE, &[], &[]).expect("nobody").0.is_empty());
}

#[test]
fn tables_by_age_are_checked() {
    assert_eq!(AgeTable::from_bands(&[(16, 63, 0.1)]), Err(AgeTableError::Nowhere(64)));
    assert_eq!(AgeTable::from_bands(&[(16, 64, 0.1), (20, 20, 0.2)]), Err(AgeTableError::Twice(20)));
    assert_eq!(AgeTable::from_bands(&[(15, 64, 0.1)]), Err(AgeTableError::BadBand { age_from: 15, age_to: 64 }));
    assert!(matches!(AgeTable::uniform(1.5), Err(AgeTableError::Share(_))));
    let table = AgeTable::from_bands(&[(30, 64, 0.5), (16, 29, 0.25)]).expect("covers all ages");
    assert_eq!((table.at(29).share(), table.at(30).share(), table.at(3).share()), (0.25, 0.5, 0.25));
}

#[test]
fn threads_do_not_matter() {
    let on = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool of threads");
        pool.install(|| people(500))
    };
    assert_eq!(on(1), on(3));
}

#[test]
fn standings_start_clean_and_split_by_district() {
    let people = people(2);
    let mut standings = people.standings();
    let slices = by_district(people.layout(), &mut standings);
    assert_eq!(slices.len(), 4);
    assert!(slices.iter().all(|(district, slice)| slice.len() == people.district(*district).len()));
    let mut standing = Standing::START;
    assert_eq!(standing.deferred_until(), None);
    standing.set_deferred_until(Some(Day(45_000)));
    assert_eq!(standing.deferred_until(), Some(Day(45_000)));
}
