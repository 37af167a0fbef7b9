//! The reference model R1 as a hand-written calendar engine with a weekly barrier: the yardstick for callup's general engine.
//!
//! usage: peer-calendar PEOPLE [SEED] [BARRIER_DAYS]. It knows nothing of laws or scenarios; the model is written out below.

const DAYS: usize = 365;
const REGIONS: usize = 85;
const STATES: usize = 7;

/// States in the order of the columns.
const SUMMONED: usize = 1;
const SERVED: usize = 2;
const APPEARED: usize = 3;
const RESTRICTED: usize = 4;
const DEFERRED: usize = 5;
const DRAFTED: usize = 6;

/// Kinds of calendar entries: one queue a day and kind.
const ISSUE: usize = 0;
const SERVE: usize = 1;
const APPEAR: usize = 2;
const RESTRICT: usize = 3;
const DECIDE: usize = 4;
const KINDS: usize = 5;

/// A word of chance for (seed, person, decision).
fn word(seed: u64, person: u32, decision: u64) -> u64 {
    let mut z = seed ^ (u64::from(person) << 8 | decision).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

/// A number below `bound` from the upper bits.
fn below(word: u64, bound: u64) -> usize {
    (((word >> 32) * bound) >> 32) as usize
}

/// A number in [0, 1).
fn unit(word: u64) -> f64 {
    (word >> 11) as f64 / (1u64 << 53) as f64
}

struct Region {
    first: u32,
    queues: Vec<[Vec<u32>; KINDS]>,
    counts: [u32; STATES],
    moved: [u64; KINDS],
    deferred: u64,
}

impl Region {
    fn new(seed: u64, first: u32, people: u32) -> Region {
        let mut region = Region {
            first,
            queues: (0..DAYS).map(|_| Default::default()).collect(),
            counts: [0; STATES],
            moved: [0; KINDS],
            deferred: 0,
        };
        region.counts[0] = people;
        for person in 0..people {
            let day = below(word(seed, first + person, 0), 105);
            region.put(day, ISSUE, person);
        }
        region
    }

    fn put(&mut self, day: usize, kind: usize, person: u32) {
        if day < DAYS {
            self.queues[day][kind].push(person);
        }
    }

    fn shift(&mut self, from: usize, to: usize, how_many: usize) {
        self.counts[from] -= how_many as u32;
        self.counts[to] += how_many as u32;
    }

    fn day(&mut self, seed: u64, today: usize) {
        for person in std::mem::take(&mut self.queues[today][ISSUE]) {
            let draw = word(seed, self.first + person, 1);
            let offset = if unit(draw) < 0.35 { below(draw << 32, 7) } else { 7 };
            self.shift(0, SUMMONED, 1);
            self.moved[ISSUE] += 1;
            self.put(today + offset, SERVE, person);
        }
        for person in std::mem::take(&mut self.queues[today][SERVE]) {
            let draw = word(seed, self.first + person, 2);
            self.shift(SUMMONED, SERVED, 1);
            self.moved[SERVE] += 1;
            if unit(draw) < 0.6 {
                self.put(today + 1 + below(draw << 32, 19), APPEAR, person);
            } else {
                self.put(today + 20, RESTRICT, person);
            }
        }
        for person in std::mem::take(&mut self.queues[today][RESTRICT]) {
            self.shift(SERVED, RESTRICTED, 1);
            self.moved[RESTRICT] += 1;
            let draw = unit(word(seed, self.first + person, 3));
            // First success of a daily chance of 0.012, from the day after.
            let wait = ((1.0 - draw).ln() / (1.0f64 - 0.012).ln()) as usize + 1;
            self.put(today + wait, APPEAR, person | 1 << 31);
        }
        for entry in std::mem::take(&mut self.queues[today][APPEAR]) {
            let from = if entry >> 31 == 1 { RESTRICTED } else { SERVED };
            self.shift(from, APPEARED, 1);
            self.moved[APPEAR] += 1;
            self.put(today + 3, DECIDE, entry & !(1 << 31));
        }
        for person in std::mem::take(&mut self.queues[today][DECIDE]) {
            let deferred = unit(word(seed, self.first + person, 4)) < 0.25;
            self.shift(APPEARED, if deferred { DEFERRED } else { DRAFTED }, 1);
            self.moved[DECIDE] += 1;
            self.deferred += u64::from(deferred);
        }
    }
}

fn main() {
    let numbers: Vec<u64> = std::env::args().skip(1).filter_map(|text| text.parse().ok()).collect();
    let (people, seed) = (numbers.first().copied().unwrap_or(1_000_000) as u32, numbers.get(1).copied().unwrap_or(1));
    let barrier = numbers.get(2).copied().unwrap_or(7) as usize;
    let mut first = 0;
    let mut regions: Vec<Region> = (0..REGIONS as u32)
        .map(|index| {
            let size = people / REGIONS as u32 + u32::from(index < people % REGIONS as u32);
            let region = Region::new(seed, first, size);
            first += size;
            region
        })
        .collect();
    let mut table = vec![[0u32; STATES]; DAYS * REGIONS];
    for week in (0..DAYS).step_by(barrier) {
        for (index, region) in regions.iter_mut().enumerate() {
            for today in week..(week + barrier).min(DAYS) {
                region.day(seed, today);
                table[today * REGIONS + index] = region.counts;
            }
        }
    }
    let total = |kind: usize| regions.iter().map(|region| region.moved[kind]).sum::<u64>();
    let deferred: u64 = regions.iter().map(|region| region.deferred).sum();
    let events: u64 = (0..KINDS).map(total).sum();
    println!("people {people}");
    println!("issued {} served {} appeared {} restricted {}", total(ISSUE), total(SERVE), total(APPEAR), total(RESTRICT));
    println!("decided {} deferred {deferred}", total(DECIDE));
    println!("events_per_person {:.4}", events as f64 / f64::from(people));
    let check: u64 = table.iter().flatten().map(|&count| u64::from(count)).sum();
    println!("table_sum {check}");
}
