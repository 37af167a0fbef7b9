//! Where everybody's row is: rows are grouped by district, then birth year, so that both are contiguous; identity and row map onto each other.
//!
//! A slot is (district, birth year). The persons of a cell (region, birth year) have serials from 0, dealt to the districts of the region in
//! contiguous ranges. This file knows no attribute and no chance.

use crate::random::PersonId;
use std::ops::Range;

/// A region of the population.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Region {
    /// Code in identities, from the table; stable, never a position.
    pub code: u8,
    /// ISO 3166-2 code.
    pub iso_code: String,
    /// Inhabitants of both sexes on the reference day.
    pub inhabitants: u32,
    /// Its districts.
    pub districts: Range<u32>,
}

/// First row and first serial of a slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Slot {
    row: u32,
    serial: u32,
}

/// A person added after synthesis, at the end of his slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Extra {
    row: u32,
    id: PersonId,
}

/// Why rows cannot be laid out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LayoutError {
    /// Two regions share this code.
    CodeTwice(u8),
    /// A region has no district.
    NoDistrict(String),
    /// More than 2^32 - 1 persons.
    TooMany,
    /// More districts than a nation can have.
    TooManyDistricts,
    /// No such region code.
    NoRegion(u8),
    /// The region has no such district.
    NoSuchDistrict(u16),
    /// The birth year is outside those of the layout.
    NoCohort(u16),
}

impl std::fmt::Display for LayoutError {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            LayoutError::CodeTwice(code) => write!(out, "two regions have the code {code}"),
            LayoutError::NoDistrict(region) => write!(out, "region {region} has no district"),
            LayoutError::TooMany => write!(out, "more than 4,294,967,295 persons"),
            LayoutError::TooManyDistricts => write!(out, "more than 65,536 districts"),
            LayoutError::NoRegion(code) => write!(out, "no region has the code {code}"),
            LayoutError::NoSuchDistrict(number) => write!(out, "the region has no district {number}"),
            LayoutError::NoCohort(year) => write!(out, "birth year {year} is outside the population"),
        }
    }
}

impl std::error::Error for LayoutError {}

/// A region to lay out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegionPlan {
    /// Code, unique and stable.
    pub code: u8,
    /// ISO 3166-2 code.
    pub iso_code: String,
    /// Inhabitants of both sexes.
    pub inhabitants: u32,
    /// For each district, how many persons of each birth year, in order.
    pub districts: Vec<Vec<u32>>,
}

/// The layout of all rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layout {
    regions: Vec<Region>,
    /// Region of each district.
    region_of_district: Vec<u8>,
    first_birth_year: u16,
    cohorts: u32,
    /// District by district, birth year by birth year, and one past the end.
    slots: Vec<Slot>,
    /// By row; few.
    extras: Vec<Extra>,
}

impl Layout {
    /// Lays out these regions, whose counts start with `first_birth_year` and have `cohorts` years each (missing ones are 0).
    ///
    /// # Errors
    /// If two regions share a code, one has no district, or there are too many persons.
    pub fn new(plans: &[RegionPlan], first_birth_year: u16, cohorts: u16) -> Result<Layout, LayoutError> {
        check_plans(plans)?;
        let (mut regions, mut region_of_district, mut slots) = (Vec::new(), Vec::new(), Vec::new());
        let mut row = 0_u32;
        for (place, plan) in (0..=u8::MAX).zip(plans) {
            let first_district = region_of_district.len() as u32;
            let mut serials = vec![0_u32; usize::from(cohorts)];
            for counts in &plan.districts {
                region_of_district.push(place);
                for (cohort, serial) in serials.iter_mut().enumerate() {
                    slots.push(Slot { row, serial: *serial });
                    let count = counts.get(cohort).copied().unwrap_or(0);
                    row = row.checked_add(count).ok_or(LayoutError::TooMany)?;
                    *serial += count;
                }
            }
            let districts = first_district..region_of_district.len() as u32;
            let (code, iso_code, inhabitants) = (plan.code, plan.iso_code.clone(), plan.inhabitants);
            regions.push(Region { code, iso_code, inhabitants, districts });
        }
        slots.push(Slot { row, serial: 0 });
        Ok(Layout { regions, region_of_district, first_birth_year, cohorts: cohorts.into(), slots, extras: Vec::new() })
    }

    /// All regions, in the order of the table.
    #[must_use]
    pub fn regions(&self) -> &[Region] {
        &self.regions
    }

    /// Place of the region with this code.
    #[must_use]
    pub fn region_with_code(&self, code: u8) -> Option<usize> {
        self.regions.iter().position(|region| region.code == code)
    }

    /// Place of the region in which a district lies.
    #[must_use]
    pub fn region_of_district(&self, district: u32) -> usize {
        usize::from(self.region_of_district[district as usize])
    }

    /// Number of a district within its region, from 0.
    #[must_use]
    pub fn number_in_region(&self, district: u32) -> u16 {
        let first = self.regions[self.region_of_district(district)].districts.start;
        u16::try_from(district - first).unwrap_or(u16::MAX)
    }

    /// How many districts there are.
    #[must_use]
    pub fn districts(&self) -> u32 {
        self.region_of_district.len() as u32
    }

    /// All birth years.
    #[must_use]
    pub fn birth_years(&self) -> Range<u16> {
        self.first_birth_year..self.first_birth_year + self.cohorts as u16
    }

    /// How many persons.
    #[must_use]
    pub fn len(&self) -> u32 {
        self.slots.last().map_or(0, |end| end.row)
    }

    /// Nobody at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Rows of a district.
    #[must_use]
    pub fn district_rows(&self, district: u32) -> Range<u32> {
        let first = (district * self.cohorts) as usize;
        self.slots[first].row..self.slots[first + self.cohorts as usize].row
    }

    /// Rows of a region.
    #[must_use]
    pub fn region_rows(&self, region: usize) -> Range<u32> {
        let districts = &self.regions[region].districts;
        self.district_rows(districts.start).start..self.district_rows(districts.end - 1).end
    }

    /// Rows of those of a district born in this year; empty outside the birth years.
    #[must_use]
    pub fn cohort_rows(&self, district: u32, birth_year: u16) -> Range<u32> {
        self.slot_of(district, birth_year).map_or(0..0, |slot| self.slots[slot].row..self.slots[slot + 1].row)
    }

    /// The district of a row. O(log districts).
    #[must_use]
    pub fn district_of(&self, row: u32) -> u32 {
        self.slot_at(row) as u32 / self.cohorts
    }

    /// Who is in a row. O(log slots).
    #[must_use]
    pub fn id(&self, row: u32) -> PersonId {
        if let Ok(place) = self.extras.binary_search_by_key(&row, |extra| extra.row) {
            return self.extras[place].id;
        }
        let at = self.slot_at(row);
        let (district, cohort) = (at as u32 / self.cohorts, at as u32 % self.cohorts);
        let code = self.regions[self.region_of_district(district)].code;
        let slot = self.slots[at];
        PersonId::new(code, self.first_birth_year + cohort as u16, slot.serial + (row - slot.row))
    }

    /// The row of a person, if he exists. O(log districts).
    #[must_use]
    pub fn row(&self, id: PersonId) -> Option<u32> {
        if let Some(extra) = self.extras.iter().find(|extra| extra.id == id) {
            return Some(extra.row);
        }
        let districts = self.regions[self.region_with_code(id.region_code())?].districts.clone();
        let cohort = self.cohort_of(id.birth_year())?;
        let serial_of = |district: u32| self.slots[(district * self.cohorts + cohort) as usize].serial;
        let district = last_not_above(districts, id.serial(), serial_of)?;
        let slot = (district * self.cohorts + cohort) as usize;
        let row = self.slots[slot].row + (id.serial() - self.slots[slot].serial);
        (row < self.slots[slot + 1].row - self.extras_in(slot)).then_some(row)
    }

    /// The same with one more person at the end of a slot, under the next serial of his cell. No identity changes; rows after his move by one.
    ///
    /// # Errors
    /// If there is no such region, district or birth year, or no room.
    pub fn with_extra(&self, code: u8, birth_year: u16, number: u16) -> Result<(Layout, PersonId, u32), LayoutError> {
        let region = self.region_with_code(code).ok_or(LayoutError::NoRegion(code))?;
        let districts = self.regions[region].districts.clone();
        let district = districts.start + u32::from(number);
        if !districts.contains(&district) {
            return Err(LayoutError::NoSuchDistrict(number));
        }
        let slot = self.slot_of(district, birth_year).ok_or(LayoutError::NoCohort(birth_year))?;
        let serial: u32 = districts.map(|other| self.cohort_rows(other, birth_year).len() as u32).sum();
        let (id, row) = (PersonId::new(code, birth_year, serial), self.slots[slot + 1].row);
        self.len().checked_add(1).ok_or(LayoutError::TooMany)?;
        let mut layout = self.clone();
        layout.slots[slot + 1..].iter_mut().for_each(|later| later.row += 1);
        layout.extras.iter_mut().filter(|extra| extra.row >= row).for_each(|extra| extra.row += 1);
        layout.extras.push(Extra { row, id });
        layout.extras.sort_by_key(|extra| extra.row);
        Ok((layout, id, row))
    }

    /// The same districts and identities with the people of one district alone.
    #[must_use]
    pub fn only(&self, district: u32) -> Layout {
        let rows = self.district_rows(district);
        let moved = |row: u32| row.clamp(rows.start, rows.end) - rows.start;
        let extras = self.extras.iter().filter(|extra| rows.contains(&extra.row));
        Layout {
            slots: self.slots.iter().map(|slot| Slot { row: moved(slot.row), ..*slot }).collect(),
            extras: extras.map(|extra| Extra { row: moved(extra.row), ..*extra }).collect(),
            ..self.clone()
        }
    }

    fn cohort_of(&self, birth_year: u16) -> Option<u32> {
        let cohort = u32::from(birth_year.checked_sub(self.first_birth_year)?);
        (cohort < self.cohorts).then_some(cohort)
    }

    fn slot_of(&self, district: u32, birth_year: u16) -> Option<usize> {
        self.cohort_of(birth_year).map(|cohort| (district * self.cohorts + cohort) as usize)
    }

    /// The slot in which a row lies.
    fn slot_at(&self, row: u32) -> usize {
        assert!(row < self.len(), "row {row} of {} persons", self.len());
        self.slots.partition_point(|slot| slot.row <= row) - 1
    }

    fn extras_in(&self, slot: usize) -> u32 {
        let rows = self.slots[slot].row..self.slots[slot + 1].row;
        self.extras.iter().filter(|extra| rows.contains(&extra.row)).count() as u32
    }
}

/// INVARIANT: codes are unique, so there are at most 256 regions and a `u8` holds the place of each.
fn check_plans(plans: &[RegionPlan]) -> Result<(), LayoutError> {
    for (place, plan) in plans.iter().enumerate() {
        if plans[..place].iter().any(|before| before.code == plan.code) {
            return Err(LayoutError::CodeTwice(plan.code));
        }
        if plan.districts.is_empty() {
            return Err(LayoutError::NoDistrict(plan.iso_code.clone()));
        }
    }
    Ok(())
}

/// The last of these districts whose first serial is not above `serial`.
fn last_not_above(districts: Range<u32>, serial: u32, serial_of: impl Fn(u32) -> u32) -> Option<u32> {
    let (mut low, mut high) = (districts.start, districts.end);
    while low < high {
        let middle = low + (high - low) / 2;
        if serial_of(middle) <= serial { low = middle + 1 } else { high = middle }
    }
    low.checked_sub(1).filter(|found| *found >= districts.start)
}
