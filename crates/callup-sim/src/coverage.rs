//! Which citations of the laws were the cause of something, for whom: kept as ways through the laws, counted as distinct persons.
//!
//! A matter keeps which citations it has used while it is open; when it is over only its way is kept, and there are few ways. A person's way is that of
//! all his matters together. This file knows places of citations, not what stands there.

use crate::lawset::LawSet;
use std::collections::BTreeMap;

/// Citations in a word of a way.
const BITS: usize = u64::BITS as usize;
/// Ways that are found without a search.
const LATELY: usize = 256;

/// What the matters of one district have used.
#[derive(Clone, Debug, Default, serde::Serialize, serde::Deserialize)]
pub struct Coverage {
    /// Words of a way; 0 if nobody asks.
    words: usize,
    /// The way of each open matter so far, by slot.
    open: Vec<u64>,
    /// Every way of a matter that is over, in the order in which they came.
    ways: Vec<u64>,
    /// Row of the person and place of the way, of each matter that is over.
    over: Vec<(u32, u32)>,
    /// Places of ways.
    #[serde(skip)]
    places: BTreeMap<Vec<u64>, u32>,
    /// Places of ways met lately, by a few bits of them.
    #[serde(skip)]
    lately: Vec<u32>,
}

impl Coverage {
    /// Nothing is covered.
    #[must_use]
    pub fn new(laws: &LawSet) -> Coverage {
        Coverage { words: laws.citations().div_ceil(BITS), ..Coverage::default() }
    }

    /// A citation, by its place among those of all laws, is the cause of something in a matter.
    #[inline]
    pub fn touch(&mut self, slot: u32, place: usize) {
        if self.words > 0 {
            let at = slot as usize * self.words + place / BITS;
            if at >= self.open.len() {
                self.lengthen(slot);
            }
            self.open[at] |= 1 << (place % BITS);
        }
    }

    #[cold]
    fn lengthen(&mut self, slot: u32) {
        // Slots come one after another: room for some more at once.
        let slots = (slot as usize + 1).next_power_of_two();
        self.open.resize(slots * self.words, 0);
    }

    /// A matter is over and its slot is given back.
    pub fn end_matter(&mut self, slot: u32, row: u32) {
        let first = slot as usize * self.words;
        if self.words == 0 || first >= self.open.len() {
            return;
        }
        let way = &self.open[first..][..self.words];
        if way.iter().all(|word| *word == 0) {
            return;
        }
        let mixed = way.iter().fold(0_u64, |mixed, word| (mixed ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15));
        let near = (mixed >> (u64::BITS - LATELY.ilog2())) as usize;
        let known = self.lately.get(near).copied().filter(|place| self.is_at(*place, first));
        let place = known.unwrap_or_else(|| self.place_of(first, near));
        self.over.push((row, place));
        self.open[first..][..self.words].fill(0);
    }

    /// Whether the way of a slot is the one at this place.
    fn is_at(&self, place: u32, first: usize) -> bool {
        let at = place as usize * self.words;
        self.ways.get(at..at + self.words) == Some(&self.open[first..][..self.words])
    }

    fn place_of(&mut self, first: usize, near: usize) -> u32 {
        let way = &self.open[first..][..self.words];
        let next = (self.ways.len() / self.words) as u32;
        let place = *self.places.entry(way.to_vec()).or_insert(next);
        if place == next {
            self.ways.extend_from_slice(way);
        }
        self.lately.resize(LATELY, u32::MAX);
        self.lately[near] = place;
        place
    }

    /// The ways of all persons of the district, each with how many went it; open matters must have been ended.
    fn persons(&self) -> BTreeMap<Vec<u64>, u64> {
        let mut persons = BTreeMap::new();
        if self.words == 0 {
            return persons;
        }
        let rows = self.over.iter().map(|(row, _)| *row as usize + 1).max().unwrap_or(0);
        let mut matters = vec![0_u8; rows];
        self.over.iter().for_each(|(row, _)| matters[*row as usize] = matters[*row as usize].saturating_add(1));
        let mut alone = vec![0_u64; self.ways.len() / self.words];
        let way = |place: u32| &self.ways[place as usize * self.words..][..self.words];
        // Most people have one matter: only the others are put in order.
        let mut several: Vec<(u32, u32)> = Vec::new();
        for (row, place) in &self.over {
            match matters[*row as usize] {
                1 => alone[*place as usize] += 1,
                _ => several.push((*row, *place)),
            }
        }
        several.sort_unstable();
        for of_person in several.chunk_by(|one, next| one.0 == next.0) {
            let mut all = vec![0; self.words];
            for (_, place) in of_person {
                all.iter_mut().zip(way(*place)).for_each(|(all, word)| *all |= word);
            }
            *persons.entry(all).or_insert(0) += 1;
        }
        for (place, count) in (0..).zip(alone).filter(|(_, count)| *count > 0) {
            *persons.entry(way(place).to_vec()).or_insert(0) += count;
        }
        persons
    }

    /// The same for other laws, of which those that were used so far are the first.
    pub(crate) fn refitted(&self, laws: &LawSet) -> Coverage {
        let fresh = Coverage::new(laws);
        let refit = |ways: &[u64]| -> Vec<u64> {
            let words =
                |way: &[u64]| way.iter().copied().chain(std::iter::repeat(0)).take(fresh.words).collect::<Vec<u64>>();
            ways.chunks(self.words.max(1)).flat_map(words).collect()
        };
        Coverage { open: refit(&self.open), ways: refit(&self.ways), over: self.over.clone(), ..fresh }
    }

    /// Makes ready what is not kept in a save, and says whether the rest can be of a district with so many slots, rows and citations.
    pub(crate) fn restore(&mut self, fresh: &Coverage, slots: usize, rows: usize) -> Result<(), String> {
        let words = self.words.max(1);
        let form = self.words == fresh.words
            && self.open.len().is_multiple_of(words)
            && self.ways.len().is_multiple_of(words)
            && self.open.len() / words <= slots.next_power_of_two();
        if !form {
            return Err("what its matters have used has another form".into());
        }
        let ways = self.ways.len() / words;
        let is_known = |(row, place): &(u32, u32)| (*row as usize) < rows && (*place as usize) < ways;
        if !self.over.iter().all(is_known) {
            return Err("what its matters have used is nobody's".into());
        }
        self.places = (0..).zip(self.ways.chunks(words)).map(|(place, way)| (way.to_vec(), place)).collect();
        if self.places.len() == ways { Ok(()) } else { Err("a way through the laws is there twice".into()) }
    }
}

/// The ways of persons through the laws.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Covered {
    persons: BTreeMap<Vec<u64>, u64>,
}

impl Covered {
    /// Adds the persons of a district whose open matters have been ended.
    pub(crate) fn take(&mut self, district: &Coverage) {
        self.add(district.persons());
    }

    /// Adds those of other districts.
    pub(crate) fn absorb(&mut self, others: Covered) {
        self.add(others.persons);
    }

    fn add(&mut self, persons: BTreeMap<Vec<u64>, u64>) {
        persons.into_iter().for_each(|(way, count)| *self.persons.entry(way).or_insert(0) += count);
    }

    /// How many distinct persons any of these citations concerned; by their places among those of all laws (`LawSet::citation`).
    #[must_use]
    pub fn persons(&self, places: &[usize]) -> u64 {
        let uses = |way: &[u64]| {
            places.iter().any(|place| way.get(place / BITS).is_some_and(|word| word >> (place % BITS) & 1 == 1))
        };
        self.persons.iter().filter(|(way, _)| uses(way)).map(|(_, count)| count).sum()
    }

    /// How many different ways there are.
    #[must_use]
    pub fn ways(&self) -> usize {
        self.persons.len()
    }
}
