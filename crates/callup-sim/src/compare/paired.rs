//! How many persons an indicator counts in both worlds, in one alone, in neither; what became under one law of those to whom something happened under the
//! other; days of restriction gained and lost.
//!
//! Counted from what was ever true of each person in each world, so that every number is one of persons and none a difference of sums. This file
//! knows no law and no day.

use crate::district::{District, mark};
use crate::indicators::persons::sources;
use crate::indicators::registry;
use crate::people::{People, Person};
use crate::restricted::{MANNERS, Manner};
use crate::strata::Strata;
use callup_law::program::Offset;
use rayon::prelude::*;

/// How many marks there are.
const MARKS: usize = mark::NAMED.len();

/// Persons by what is true of them in two worlds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// In both.
    pub both: u64,
    /// In the first alone.
    pub first_only: u64,
    /// In the other alone.
    pub other_only: u64,
    /// In neither.
    pub neither: u64,
}

impl Cell {
    /// How many more there are in the other world than in the first.
    #[must_use]
    pub fn difference(&self) -> i64 {
        self.other_only as i64 - self.first_only as i64
    }

    fn add(&mut self, other: &Cell) {
        self.both += other.both;
        self.first_only += other.first_only;
        self.other_only += other.other_only;
        self.neither += other.neither;
    }
}

/// Something that is true of a person by the end of a run, or is not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quantity {
    /// How outputs name it: a mark, or an indicator that counts distinct persons.
    pub name: &'static str,
    /// What it says.
    pub definition: &'static str,
    /// Marks that are set, marks that are not, marks that are set for whoever can be counted at all.
    wanted: [u32; 3],
}

impl Quantity {
    /// Every mark, then every indicator of distinct persons.
    #[must_use]
    pub fn all() -> Vec<Quantity> {
        let marks =
            mark::NAMED.iter().map(|(mark, name, definition)| Quantity { name, definition, wanted: [*mark, 0, 0] });
        let of_indicator = |(name, wanted): (&'static str, [u32; 3])| {
            let definition = registry::find(name).map_or("", |indicator| indicator.definition);
            Quantity { name, definition, wanted }
        };
        // Of an indicator that bears the name of a mark the mark is what it counts.
        let of_own_name = |(name, _): &(&str, [u32; 3])| !mark::NAMED.iter().any(|(_, known, _)| known == name);
        marks.chain(sources().into_iter().filter(of_own_name).map(of_indicator)).collect()
    }

    const fn counts(&self, marks: u32) -> bool {
        let [with, without, of] = self.wanted;
        marks & (with | of) == with | of && marks & without == 0
    }
}

/// All counts of persons of a pair of worlds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paired {
    cells: usize,
    regions: usize,
    /// By quantity, region, then all and each stratum.
    counts: Vec<Cell>,
    /// By mark in the first world, then mark in the other: of how many both are true.
    matrix: Vec<u64>,
}

impl Paired {
    /// Counts everybody; `all` are the people by region and cell, see [`everybody`].
    pub(crate) fn count(people: &People, [first, other]: [&[u32]; 2], strata: &Strata, all: &[u64]) -> Paired {
        let layout = people.layout();
        let (quantities, cells, regions) = (Quantity::all(), 1 + strata.list().len(), layout.regions().len());
        let of_district = |district: u32| {
            let rows = layout.district_rows(district);
            let rows = rows.start as usize..rows.end as usize;
            let persons = people.district(district).iter().zip(first[rows.clone()].iter().zip(&other[rows]));
            let mut counted = OfDistrict::new(quantities.len(), cells);
            persons.for_each(|(person, (first, other))| counted.take(&quantities, strata, *person, [*first, *other]));
            (layout.region_of_district(district), counted)
        };
        let by_district: Vec<_> = (0..layout.districts()).into_par_iter().map(of_district).collect();
        let mut paired = Paired {
            cells,
            regions,
            counts: vec![Cell::default(); quantities.len() * regions * cells],
            matrix: vec![0; MARKS * MARKS],
        };
        for (region, counted) in by_district {
            paired.absorb(region, quantities.len(), counted);
        }
        for of_quantity in paired.counts.chunks_exact_mut(all.len().max(1)) {
            for (cell, all) in of_quantity.iter_mut().zip(all) {
                cell.neither = all - cell.both - cell.first_only - cell.other_only;
            }
        }
        paired
    }

    fn absorb(&mut self, region: usize, quantities: usize, counted: OfDistrict) {
        for place in 0..quantities {
            for cell in 0..self.cells {
                let of = counted.counts[place * self.cells + cell];
                self.counts[(place * self.regions + region) * self.cells + cell].add(&of);
            }
        }
        self.matrix.iter_mut().zip(counted.matrix).for_each(|(sum, one)| *sum += one);
    }

    /// Persons by the quantity at a place of [`Quantity::all`], in a region or everywhere, in a stratum or all.
    #[must_use]
    pub fn cell(&self, quantity: usize, region: Option<usize>, stratum: Option<usize>) -> Cell {
        let cell = stratum.map_or(0, |stratum| 1 + stratum);
        let mut sum = Cell::default();
        for region in region.map_or(0..self.regions, |region| region..region + 1) {
            sum.add(&self.counts[(quantity * self.regions + region) * self.cells + cell]);
        }
        sum
    }

    /// Of how many persons the mark at one place of [`mark::NAMED`] is true in the first world and that at another in the other.
    #[must_use]
    pub fn also(&self, first: usize, other: usize) -> u64 {
        self.matrix[first * MARKS + other]
    }
}

/// People by region, then all and each stratum.
pub(crate) fn everybody(people: &People, strata: &Strata) -> Vec<u64> {
    let (layout, cells) = (people.layout(), 1 + strata.list().len());
    let of_district = |district: u32| {
        let persons = people.district(district);
        let mut counts = vec![0; cells];
        counts[0] = persons.len() as u64;
        if !strata.is_empty() {
            let places = persons.iter().flat_map(|person| strata.places(strata.code(*person)));
            places.for_each(|stratum| counts[1 + stratum] += 1);
        }
        (layout.region_of_district(district), counts)
    };
    let by_district: Vec<_> = (0..layout.districts()).into_par_iter().map(of_district).collect();
    let mut all = vec![0; layout.regions().len() * cells];
    for (region, counts) in by_district {
        all[region * cells..].iter_mut().zip(counts).for_each(|(sum, one)| *sum += one);
    }
    all
}

/// Counts of one district.
struct OfDistrict {
    counts: Vec<Cell>,
    cells: usize,
    matrix: Vec<u64>,
}

impl OfDistrict {
    fn new(quantities: usize, cells: usize) -> OfDistrict {
        OfDistrict { counts: vec![Cell::default(); quantities * cells], cells, matrix: vec![0; MARKS * MARKS] }
    }

    fn take(&mut self, quantities: &[Quantity], strata: &Strata, person: Person, marks: [u32; 2]) {
        // Of most people nothing is true anywhere.
        if marks == [0; 2] {
            return;
        }
        let cells = self.cells;
        let code = if strata.is_empty() { None } else { Some(strata.code(person)) };
        let strata = || code.into_iter().flat_map(|code| strata.places(code)).map(|stratum| 1 + stratum);
        for (place, quantity) in quantities.iter().enumerate() {
            let [first, other] = marks.map(|marks| quantity.counts(marks));
            if first || other {
                for cell in std::iter::once(0).chain(strata()) {
                    let cell = &mut self.counts[place * cells + cell];
                    cell.both += u64::from(first && other);
                    cell.first_only += u64::from(first && !other);
                    cell.other_only += u64::from(other && !first);
                }
            }
        }
        for first in bits(marks[0]) {
            bits(marks[1]).for_each(|other| self.matrix[first * MARKS + other] += 1);
        }
    }
}

/// Places of the marks that are set.
fn bits(marks: u32) -> impl Iterator<Item = usize> {
    (0..MARKS).filter(move |place| marks & mark::NAMED[*place].0 != 0)
}

/// Persons restricted for fewer or more days in the other world than in the first, and those days.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DaysCell {
    /// Days in the first world.
    pub days_first: u64,
    /// Days in the other.
    pub days_other: u64,
    /// Persons with fewer days.
    pub persons_fewer: u64,
    /// Days that they are spared.
    pub days_fewer: u64,
    /// Persons with more days.
    pub persons_more: u64,
    /// Days that they bear.
    pub days_more: u64,
}

/// Days gained and lost, by manner, region and stratum.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DaysBetween {
    cells: usize,
    regions: usize,
    counts: Vec<DaysCell>,
}

impl DaysBetween {
    pub(crate) fn new(regions: usize, strata: &Strata) -> DaysBetween {
        let cells = 1 + strata.list().len();
        DaysBetween { cells, regions, counts: vec![DaysCell::default(); MANNERS * regions * cells] }
    }

    /// Takes one district in both worlds.
    pub(crate) fn take(&mut self, strata: &Strata, first: &District<'_>, other: &District<'_>, last: Offset) {
        let region = usize::from(first.region);
        let of = |district: &District<'_>| -> Vec<(u32, [u32; MANNERS])> {
            district.days_restricted.iter().flat_map(|days| days.ended(last)).collect()
        };
        let (before, after) = (of(first), of(other));
        let (mut before, mut after) = (before.as_slice(), after.as_slice());
        while let Some(row) = before.first().into_iter().chain(after.first()).map(|(row, _)| *row).min() {
            let (before, after) = (take_row(&mut before, row), take_row(&mut after, row));
            let code = if strata.is_empty() { None } else { Some(strata.code(first.people[row as usize])) };
            for (manner, (one, another)) in before.into_iter().zip(after).enumerate() {
                let strata = code.into_iter().flat_map(|code| strata.places(code)).map(|stratum| 1 + stratum);
                for cell in std::iter::once(0).chain(strata) {
                    self.counts[(manner * self.regions + region) * self.cells + cell].take(one, another);
                }
            }
        }
    }

    /// Days in a manner, in a region or everywhere, in a stratum or all.
    #[must_use]
    pub fn cell(&self, manner: Manner, region: Option<usize>, stratum: Option<usize>) -> DaysCell {
        let cell = stratum.map_or(0, |stratum| 1 + stratum);
        let mut sum = DaysCell::default();
        for region in region.map_or(0..self.regions, |region| region..region + 1) {
            let one = self.counts[(manner as usize * self.regions + region) * self.cells + cell];
            sum.days_first += one.days_first;
            sum.days_other += one.days_other;
            sum.persons_fewer += one.persons_fewer;
            sum.days_fewer += one.days_fewer;
            sum.persons_more += one.persons_more;
            sum.days_more += one.days_more;
        }
        sum
    }
}

impl DaysCell {
    fn take(&mut self, first: u32, other: u32) {
        self.days_first += u64::from(first);
        self.days_other += u64::from(other);
        self.persons_fewer += u64::from(other < first);
        self.days_fewer += u64::from(first.saturating_sub(other));
        self.persons_more += u64::from(other > first);
        self.days_more += u64::from(other.saturating_sub(first));
    }
}

/// The days of a row, if it is at the head of the list.
fn take_row(list: &mut &[(u32, [u32; MANNERS])], wanted: u32) -> [u32; MANNERS] {
    match list.split_first() {
        Some(((row, days), rest)) if *row == wanted => {
            *list = rest;
            *days
        }
        _ => [0; MANNERS],
    }
}
