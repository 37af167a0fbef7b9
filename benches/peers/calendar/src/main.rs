//! The reference model R1 as a hand-written calendar engine with a weekly barrier: the yardstick for callup's general engine.
//!
//! usage: peer-calendar PEOPLE [SEED] [BARRIER_DAYS] [THREADS]. It knows nothing of laws or scenarios; the model is written out below.

use peer_r1::{
    COMES, COMES_DAYS, DAYS, DECIDED_AFTER, DEEMED, ISSUE_DAYS, PUT_OFF, READ, READ_DAYS, REGIONS, RESTRICTED_AFTER,
    STATES, Transition, leave_days, region_size, report,
};

/// Kinds of calendar entries: one queue a day and kind.
const ISSUE: usize = 0;
const SERVE: usize = 1;
const APPEAR: usize = 2;
const RESTRICT: usize = 3;
const DECIDE: usize = 4;
const COMPLY: usize = 5;
const LOCATE: usize = 6;
const KINDS: usize = 7;

/// A word of chance for (seed, person, decision).
fn word(seed: u64, person: u32, decision: u64) -> u64 {
    let mut z = seed ^ (u64::from(person) << 8 | decision).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

/// A number below `bound` from the upper bits.
fn below(word: u64, bound: u32) -> usize {
    (((word >> 32) * u64::from(bound)) >> 32) as usize
}

/// A number in [0, 1).
fn unit(word: u64) -> f64 {
    (word >> 11) as f64 / (1u64 << 53) as f64
}

struct Region {
    first: u32,
    queues: Vec<[Vec<u32>; KINDS]>,
    counts: [u32; STATES],
    totals: [u64; 8],
    table: Vec<[u32; STATES]>,
}

impl Region {
    fn new(seed: u64, first: u32, people: u32) -> Region {
        let mut region = Region {
            first,
            queues: (0..DAYS).map(|_| Default::default()).collect(),
            counts: [0; STATES],
            totals: [0; 8],
            table: Vec::with_capacity(DAYS),
        };
        region.counts[0] = people;
        for person in 0..people {
            let day = below(word(seed, first + person, 0), ISSUE_DAYS);
            region.put(day, ISSUE, person);
        }
        region
    }

    fn put(&mut self, day: usize, kind: usize, person: u32) {
        if day < DAYS {
            self.queues[day][kind].push(person);
        }
    }

    fn moved(&mut self, transition: Transition, how_many: usize) {
        let (before, after) = transition.ends();
        self.counts[before as usize] -= how_many as u32;
        self.counts[after as usize] += how_many as u32;
        self.totals[transition as usize] += how_many as u64;
    }

    /// Takes what is due; all of one kind make the same transition.
    fn due(&mut self, today: usize, kind: usize, transition: Transition) -> Vec<u32> {
        let people = std::mem::take(&mut self.queues[today][kind]);
        self.moved(transition, people.len());
        people
    }

    fn day(&mut self, seed: u64, today: usize) {
        for person in self.due(today, ISSUE, Transition::Issued) {
            let draw = word(seed, self.first + person, 1);
            let offset = if unit(draw) < READ { below(draw << 32, READ_DAYS) } else { DEEMED as usize };
            self.put(today + offset, SERVE, person);
        }
        for person in self.due(today, SERVE, Transition::Served) {
            let draw = word(seed, self.first + person, 2);
            if unit(draw) < COMES {
                self.put(today + 1 + below(draw << 32, COMES_DAYS), APPEAR, person);
            } else {
                self.put(today + RESTRICTED_AFTER as usize, RESTRICT, person);
            }
        }
        for person in self.due(today, RESTRICT, Transition::Restricted) {
            let draw = word(seed, self.first + person, 3);
            // Of the chance of 0.012 a day a sixth is being located.
            let kind = if below(draw << 32, 6) == 0 { LOCATE } else { COMPLY };
            self.put(today + leave_days(unit(draw)) as usize, kind, person);
        }
        let come = [(APPEAR, Transition::Appeared), (COMPLY, Transition::Complied), (LOCATE, Transition::Located)];
        for (kind, transition) in come {
            for person in self.due(today, kind, transition) {
                self.put(today + DECIDED_AFTER as usize, DECIDE, person);
            }
        }
        let decided = std::mem::take(&mut self.queues[today][DECIDE]);
        let deferred = decided.iter().filter(|&&person| unit(word(seed, self.first + person, 4)) < PUT_OFF).count();
        self.moved(Transition::Deferred, deferred);
        self.moved(Transition::Drafted, decided.len() - deferred);
        self.table.push(self.counts);
    }
}

fn week(regions: &mut [Region], seed: u64, days: std::ops::Range<usize>) {
    for region in regions {
        for today in days.clone() {
            region.day(seed, today);
        }
    }
}

fn main() {
    let numbers: Vec<u64> = std::env::args().skip(1).filter_map(|text| text.parse().ok()).collect();
    let number = |place: usize, default: u64| numbers.get(place).copied().unwrap_or(default);
    let (people, seed) = (number(0, 1_000_000) as u32, number(1, 1));
    let (barrier, threads) = (number(2, 7) as usize, number(3, 1) as usize);
    let sizes: Vec<u32> = (0..REGIONS as u32).map(|region| region_size(region, people)).collect();
    let mut firsts = sizes.iter().scan(0, |first, size| Some(std::mem::replace(first, *first + size)));
    let mut regions: Vec<Region> =
        sizes.iter().zip(firsts.by_ref()).map(|(&size, first)| Region::new(seed, first, size)).collect();
    for first_day in (0..DAYS).step_by(barrier) {
        let days = first_day..(first_day + barrier).min(DAYS);
        if threads < 2 {
            week(&mut regions, seed, days);
            continue;
        }
        // The barrier: the scope ends when every thread has done its share of the week.
        std::thread::scope(|scope| {
            for share in regions.chunks_mut(REGIONS.div_ceil(threads)) {
                scope.spawn(|| week(share, seed, days.clone()));
            }
        });
    }
    let totals = std::array::from_fn(|kind| regions.iter().map(|region| region.totals[kind]).sum());
    let table: Vec<[u32; STATES]> =
        (0..DAYS).flat_map(|day| regions.iter().map(move |region| region.table[day])).collect();
    report(people, seed, &totals, &table);
}
