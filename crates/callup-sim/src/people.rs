//! Everybody: a dense row a person, grouped by district and birth year, and who is in which row.
//!
//! Rows never change in a run and are shared by every law of it; what a law does to people stands in one [`Standing`] a person and law. Truth
//! and record are both kept, because half of the harm is their difference. This file knows no law, no scenario and no file.

pub mod layout;
pub mod parameters;
pub mod person;
pub mod traits;

#[cfg(test)]
mod tests;

pub use layout::{Layout, LayoutError, Region, RegionPlan};
pub use parameters::{
    AgeTable, AgeTableError, EntryErrors, OLDEST_AGE, PopulationParameters, RecordQuality, YOUNGEST_AGE,
};
pub use person::{
    Attribute, Attributes, BYTES_A_PERSON, Fitness, Mended, Person, ReadingClass, Record, RecordError, RecordErrors,
    RecordPart, Standing, Status, Truth,
};

use crate::random::{COHORT_BASE_YEAR, Draws, PersonId};
use rayon::prelude::*;
use traits::{Cohort, draw_person, draw_persons};

/// The synthetic people of a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct People {
    rows: Vec<Person>,
    layout: Layout,
    /// People are as they were on 1 January of this year.
    reference_year: u16,
}

/// A person made by hand, for tests and reference models.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PersonSpec {
    /// Code of his region.
    pub region_code: u8,
    /// Number of his district within it.
    pub district: u16,
    /// The person.
    pub person: Person,
}

/// A region made by hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegionSpec {
    /// Code.
    pub code: u8,
    /// ISO 3166-2 code.
    pub iso_code: String,
    /// Inhabitants of both sexes.
    pub inhabitants: u32,
    /// How many districts.
    pub districts: u16,
}

impl People {
    /// Draws everybody of a layout, on the caller's threads.
    ///
    /// # Errors
    /// If a birth year of the layout does not come before the reference year.
    pub fn draw(
        layout: Layout,
        reference_year: u16,
        parameters: &PopulationParameters,
        draws: &Draws,
    ) -> Result<People, LayoutError> {
        let cohorts = cohorts_of(&layout, reference_year, parameters)?;
        let blank = Person::new(callup_law::calendar::Day(0), None, blank_attributes(), RecordErrors::NONE);
        let mut rows = vec![blank; layout.len() as usize];
        by_district(&layout, &mut rows).into_par_iter().for_each(|(district, rows)| {
            draw_district(&layout, district, rows, &cohorts, parameters, draws);
        });
        Ok(People { rows, layout, reference_year })
    }

    /// People made by hand: the rows they get are returned in the order of the specs. Serials follow the order of the specs within a slot.
    ///
    /// # Errors
    /// If a spec names no region or district of `regions`, or two regions share a code.
    pub fn from_specs(
        reference_year: u16,
        regions: &[RegionSpec],
        specs: &[PersonSpec],
    ) -> Result<(People, Vec<u32>), LayoutError> {
        let years: Vec<u16> = specs.iter().map(|spec| birth_year(spec.person)).collect();
        let first = years.iter().copied().min().unwrap_or(COHORT_BASE_YEAR);
        let cohorts = years.iter().copied().max().map_or(1, |last| last - first + 1);
        let mut plans: Vec<RegionPlan> = regions.iter().map(|region| region.plan(cohorts)).collect();
        for (spec, year) in specs.iter().zip(&years) {
            *spec.count_in(&mut plans, usize::from(year - first))? += 1;
        }
        let layout = Layout::new(&plans, first, cohorts)?;
        let mut order: Vec<usize> = (0..specs.len()).collect();
        let place = |spec: &PersonSpec| {
            let region =
                layout.region_with_code(spec.region_code).map_or(0, |region| layout.regions()[region].districts.start);
            region + u32::from(spec.district)
        };
        order.sort_by_key(|&at| (place(&specs[at]), years[at], at));
        let mut row_of = vec![0; specs.len()];
        (0_u32..).zip(&order).for_each(|(row, &at)| row_of[at] = row);
        let rows = order.iter().map(|&at| specs[at].person).collect();
        Ok((People { rows, layout, reference_year }, row_of))
    }

    /// The same people and one more, under the next serial of his region and birth year; he is drawn like everybody else.
    ///
    /// # Errors
    /// If there is no such region, birth year or district (number within the region).
    pub fn with_extra(
        &self,
        region_code: u8,
        birth_year: u16,
        district: u16,
        parameters: &PopulationParameters,
        draws: &Draws,
    ) -> Result<(People, PersonId), LayoutError> {
        let (layout, id, row) = self.layout.with_extra(region_code, birth_year, district)?;
        let cohort =
            Cohort::new(birth_year, self.reference_year, parameters).ok_or(LayoutError::NoCohort(birth_year))?;
        let mut rows = self.rows.clone();
        rows.insert(row as usize, draw_person(draws, id, &cohort, parameters));
        Ok((People { rows, layout, reference_year: self.reference_year }, id))
    }

    /// How many.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Nobody at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Everybody, by row.
    #[must_use]
    pub fn rows(&self) -> &[Person] {
        &self.rows
    }

    /// The person in a row. Panics beyond the end.
    #[must_use]
    pub fn person(&self, row: u32) -> Person {
        self.rows[row as usize]
    }

    /// The people of a district, by row.
    #[must_use]
    pub fn district(&self, district: u32) -> &[Person] {
        let rows = self.layout.district_rows(district);
        &self.rows[rows.start as usize..rows.end as usize]
    }

    /// Where everybody is.
    #[must_use]
    pub const fn layout(&self) -> &Layout {
        &self.layout
    }

    /// Year on whose 1 January people are as drawn.
    #[must_use]
    pub const fn reference_year(&self) -> u16 {
        self.reference_year
    }

    /// Who is in a row.
    #[must_use]
    pub fn id(&self, row: u32) -> PersonId {
        self.layout.id(row)
    }

    /// The row of a person, if he exists.
    #[must_use]
    pub fn row(&self, id: PersonId) -> Option<u32> {
        self.layout.row(id)
    }

    /// One standing a person, all at the start: what one law of a run needs.
    #[must_use]
    pub fn standings(&self) -> Vec<Standing> {
        vec![Standing::START; self.rows.len()]
    }
}

impl RegionSpec {
    fn plan(&self, cohorts: u16) -> RegionPlan {
        let districts = vec![vec![0; usize::from(cohorts)]; usize::from(self.districts)];
        RegionPlan { code: self.code, iso_code: self.iso_code.clone(), inhabitants: self.inhabitants, districts }
    }
}

impl PersonSpec {
    fn count_in<'a>(&self, plans: &'a mut [RegionPlan], cohort: usize) -> Result<&'a mut u32, LayoutError> {
        let plan = plans.iter_mut().find(|plan| plan.code == self.region_code);
        let plan = plan.ok_or(LayoutError::NoRegion(self.region_code))?;
        let district = plan.districts.get_mut(usize::from(self.district));
        Ok(&mut district.ok_or(LayoutError::NoSuchDistrict(self.district))?[cohort])
    }
}

/// Splits one value a person into one slice a district, in order: for rows, standings or any other column.
///
/// Panics if `column` has not one value a person.
pub fn by_district<'a, T>(layout: &Layout, mut column: &'a mut [T]) -> Vec<(u32, &'a mut [T])> {
    assert_eq!(column.len(), layout.len() as usize, "one value a person");
    let mut slices = Vec::with_capacity(layout.districts() as usize);
    for district in 0..layout.districts() {
        let (slice, rest) = column.split_at_mut(layout.district_rows(district).len());
        slices.push((district, slice));
        column = rest;
    }
    slices
}

fn draw_district(
    layout: &Layout,
    district: u32,
    mut rows: &mut [Person],
    cohorts: &[Cohort],
    parameters: &PopulationParameters,
    draws: &Draws,
) {
    for (year, cohort) in layout.birth_years().zip(cohorts) {
        let of_slot = layout.cohort_rows(district, year);
        let (slot, rest) = rows.split_at_mut(of_slot.len());
        if !slot.is_empty() {
            draw_persons(draws, layout.id(of_slot.start), cohort, parameters, slot);
        }
        rows = rest;
    }
}

fn cohorts_of(
    layout: &Layout,
    reference_year: u16,
    parameters: &PopulationParameters,
) -> Result<Vec<Cohort>, LayoutError> {
    let cohort = |year| Cohort::new(year, reference_year, parameters).ok_or(LayoutError::NoCohort(year));
    layout.birth_years().map(cohort).collect()
}

fn blank_attributes() -> Attributes {
    Attributes::new(Fitness::Fit, ReadingClass::Never)
}

fn birth_year(person: Person) -> u16 {
    let (year, _, _) = person.born().to_ymd();
    u16::try_from(year).unwrap_or(COHORT_BASE_YEAR)
}
