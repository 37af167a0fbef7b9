//! What every Rust peer shares: the constants of R1, the counts, a plain generator and the line that is printed.
//!
//! It knows no engine and must not schedule anything.

pub const DAYS: usize = 365;
pub const REGIONS: usize = 85;
pub const STATES: usize = 7;

pub const ISSUE_DAYS: u32 = 105;
pub const READ: f64 = 0.35;
pub const READ_DAYS: u32 = 7;
pub const DEEMED: u32 = 7;
pub const COMES: f64 = 0.6;
/// Who comes does so 1 to 19 days after service.
pub const COMES_DAYS: u32 = 19;
pub const RESTRICTED_AFTER: u32 = 20;
pub const COMPLIES: f64 = 0.010;
pub const LOCATED: f64 = 0.002;
pub const DECIDED_AFTER: u32 = 3;
pub const PUT_OFF: f64 = 0.25;

const SHOWN_DAYS: [usize; 10] = [0, 10, 30, 60, 90, 104, 120, 180, 270, 364];
const REGION_DAY: usize = 120;

/// The seven states, in the order of the columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    Registered,
    Summoned,
    Served,
    Appeared,
    Restricted,
    Deferred,
    Drafted,
}

/// The eight transitions, in the order in which totals are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Transition {
    Issued,
    Served,
    Appeared,
    Restricted,
    Complied,
    Located,
    Deferred,
    Drafted,
}

const NAMES: [&str; 8] = ["issued", "served", "appeared", "restricted", "complied", "located", "deferred", "drafted"];

impl Transition {
    /// The states before and after.
    pub fn ends(self) -> (State, State) {
        match self {
            Transition::Issued => (State::Registered, State::Summoned),
            Transition::Served => (State::Summoned, State::Served),
            Transition::Appeared => (State::Served, State::Appeared),
            Transition::Restricted => (State::Served, State::Restricted),
            Transition::Complied | Transition::Located => (State::Restricted, State::Appeared),
            Transition::Deferred => (State::Appeared, State::Deferred),
            Transition::Drafted => (State::Appeared, State::Drafted),
        }
    }
}

/// A plain 64-bit generator (SplitMix64) for engines that bring none.
#[derive(Clone, Copy, Debug)]
pub struct Chance(pub u64);

impl Chance {
    pub fn word(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut word = self.0;
        word = (word ^ (word >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        word = (word ^ (word >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        word ^ (word >> 31)
    }

    /// A number in [0, 1).
    pub fn unit(&mut self) -> f64 {
        (self.word() >> 11) as f64 / (1u64 << 53) as f64
    }

    pub fn happens(&mut self, share: f64) -> bool {
        self.unit() < share
    }

    pub fn below(&mut self, bound: u32) -> u32 {
        (((self.word() >> 32) * u64::from(bound)) >> 32) as u32
    }

    /// Days until a restricted person leaves, and how.
    pub fn leaves(&mut self) -> (u32, Transition) {
        let days = leave_days(self.unit());
        let located = self.happens(LOCATED / (COMPLIES + LOCATED));
        (days, if located { Transition::Located } else { Transition::Complied })
    }
}

/// Days until the first success of the daily chance of leaving, at least 1, for a number in [0, 1).
pub fn leave_days(unit: f64) -> u32 {
    ((1.0 - unit).ln() / (1.0 - (COMPLIES + LOCATED)).ln()) as u32 + 1
}

/// Counts by region, kept day by day.
#[derive(Clone, Debug)]
pub struct Tally {
    pub counts: Vec<[u32; STATES]>,
    pub totals: [u64; 8],
    /// Days first, then regions.
    pub table: Vec<[u32; STATES]>,
}

impl Tally {
    /// Everybody registered; regions are runs of neighbours, equal but for one person.
    pub fn new(people: u32) -> Tally {
        let mut tally = Tally { counts: vec![[0; STATES]; REGIONS], totals: [0; 8], table: Vec::new() };
        for region in 0..REGIONS as u32 {
            tally.counts[region as usize][0] = region_size(region, people);
        }
        tally
    }

    pub fn moved(&mut self, region: usize, transition: Transition) {
        let (before, after) = transition.ends();
        self.counts[region][before as usize] -= 1;
        self.counts[region][after as usize] += 1;
        self.totals[transition as usize] += 1;
    }

    pub fn end_of_day(&mut self) {
        self.table.extend_from_slice(&self.counts);
    }
}

/// The region of a person.
pub fn region_of(person: u32, people: u32) -> usize {
    (u64::from(person) * REGIONS as u64 / u64::from(people)) as usize
}

/// How many people a region has.
pub fn region_size(region: u32, people: u32) -> u32 {
    let edge = |region: u32| (u64::from(region) * u64::from(people)).div_ceil(REGIONS as u64);
    (edge(region + 1) - edge(region)) as u32
}

/// PEOPLE [SEED] from the command line.
pub fn arguments() -> (u32, u64) {
    let mut words = std::env::args().skip(1);
    let people = words.next().and_then(|word| word.parse().ok()).expect("usage: PEOPLE [SEED]");
    (people, words.next().map_or(1, |word| word.parse().expect("SEED is a whole number")))
}

/// Prints the summary as one line of JSON; `table` holds the counts of each day and region, days first.
pub fn report(people: u32, seed: u64, totals: &[u64; 8], table: &[[u32; STATES]]) {
    assert_eq!(table.len(), DAYS * REGIONS, "a row for each day and region");
    let day = |day: usize| &table[day * REGIONS..(day + 1) * REGIONS];
    let nation: Vec<[u64; STATES]> = SHOWN_DAYS
        .iter()
        .map(|&shown| std::array::from_fn(|state| day(shown).iter().map(|row| u64::from(row[state])).sum()))
        .collect();
    let totals: Vec<String> = NAMES.iter().zip(totals).map(|(name, total)| format!("\"{name}\": {total}")).collect();
    println!(
        "{{\"people\": {people}, \"seed\": {seed}, \"totals\": {{{}}}, \"shown_days\": {SHOWN_DAYS:?}, \"nation\": {nation:?}, \
         \"region_day\": {REGION_DAY}, \"regions\": {:?}}}",
        totals.join(", "),
        day(REGION_DAY)
    );
}
