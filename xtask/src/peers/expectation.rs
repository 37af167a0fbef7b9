//! The exact expectation of R1: every waiting time is a table, so the chance of each state on each day is a convolution.
//!
//! It knows the model's definition and nothing of the programs; agreement with it is the condition for showing a time.

use super::summary::{STATES, Summary, TRANSITIONS};

const DAYS: usize = 365;
const COMPLIES: f64 = 0.01;
const LOCATED: f64 = 0.002;
const LEAVES: f64 = COMPLIES + LOCATED;

/// Standard errors by which a national figure may be off: 78 figures a run, one in 150,000 each.
const NATION_WIDTHS: f64 = 4.5;
/// Standard errors by which a region's figure may be off: some 600 figures a run, one in 1.7 million each.
const REGION_WIDTHS: f64 = 5.0;
/// The binomial is not normal where few are expected; nothing beside the widths of millions.
const WHOLE_NUMBERS: f64 = 2.0;

/// Chance that something happens on each day; what lies past the end is left out.
type ByDay = Vec<f64>;

/// The chances of R1.
pub struct Expected {
    transitions: [f64; TRANSITIONS.len()],
    /// Chance of each state at the end of each day.
    states: Vec<[f64; STATES]>,
}

impl Expected {
    /// Convolves the waiting times.
    pub fn new() -> Expected {
        let issued: ByDay = (0..DAYS).map(|day| if day < 105 { 1.0 / 105.0 } else { 0.0 }).collect();
        let mut service: Vec<(usize, f64)> = (0..7).map(|days| (days, 0.35 / 7.0)).collect();
        service.push((7, 0.65));
        let served = then(&issued, &service);
        let in_time: Vec<(usize, f64)> = (1..20).map(|days| (days, 0.6 / 19.0)).collect();
        let appeared = then(&served, &in_time);
        let restricted = then(&served, &[(20, 0.4)]);
        let leaving: Vec<(usize, f64)> =
            (1..DAYS).map(|days| (days, (1.0 - LEAVES).powi(days as i32 - 1) * LEAVES)).collect();
        let freed = then(&restricted, &leaving);
        let come: ByDay = appeared.iter().zip(&freed).map(|(one, other)| one + other).collect();
        let decided = then(&come, &[(3, 1.0)]);
        let sum = |by_day: &ByDay| by_day.iter().sum::<f64>();
        let left = sum(&freed);
        let transitions = [
            sum(&issued),
            sum(&served),
            sum(&appeared),
            sum(&restricted),
            left * COMPLIES / LEAVES,
            left * LOCATED / LEAVES,
            sum(&decided) * 0.25,
            sum(&decided) * 0.75,
        ];
        let by_end = [issued, served, appeared, restricted, freed, decided].map(|by_day| by_end(&by_day));
        let states = (0..DAYS).map(|day| states(by_end.each_ref().map(|chances| chances[day]))).collect();
        Expected { transitions, states }
    }

    /// Transitions a person.
    pub fn events_per_person(&self) -> f64 {
        self.transitions.iter().sum()
    }

    /// Whether everything printed is where it must be; the error names the first figure that is not.
    pub fn hold(&self, summary: &Summary) -> Result<(), String> {
        for ((name, count), chance) in TRANSITIONS.iter().zip(summary.totals).zip(self.transitions) {
            near(&format!("total of {name}"), count, summary.people, chance, NATION_WIDTHS)?;
        }
        for (day, row) in summary.shown_days.iter().zip(&summary.nation) {
            self.hold_row(&format!("the nation on day {day}"), *day, row, summary.people, NATION_WIDTHS)?;
        }
        for (region, row) in summary.regions.iter().enumerate() {
            let what = format!("region {region} on day {}", summary.region_day);
            self.hold_row(&what, summary.region_day, row, row.iter().sum(), REGION_WIDTHS)?;
        }
        Ok(())
    }

    fn hold_row(&self, what: &str, day: usize, row: &[u64; STATES], people: u64, widths: f64) -> Result<(), String> {
        if row.iter().sum::<u64>() != people {
            return Err(format!("{what}: {} people of {people}", row.iter().sum::<u64>()));
        }
        let chances = self.states.get(day).ok_or(format!("{what}: no such day"))?;
        for (state, (count, chance)) in row.iter().zip(chances).enumerate() {
            near(&format!("{what}, state {state}"), *count, people, *chance, widths)?;
        }
        Ok(())
    }
}

/// The sum of two independent waiting times.
fn then(first: &ByDay, wait: &[(usize, f64)]) -> ByDay {
    let mut sum = vec![0.0; DAYS];
    for (day, chance) in first.iter().enumerate() {
        for (days, weight) in wait.iter().filter(|(days, _)| day + days < DAYS) {
            sum[day + days] += chance * weight;
        }
    }
    sum
}

/// Chance of having happened by the end of each day.
fn by_end(by_day: &ByDay) -> ByDay {
    by_day
        .iter()
        .scan(0.0, |sum, chance| {
            *sum += chance;
            Some(*sum)
        })
        .collect()
}

/// Chance of each state from the chances of having been issued, served, come in time, restricted, freed, decided.
fn states([issued, served, appeared, restricted, freed, decided]: [f64; 6]) -> [f64; STATES] {
    [
        1.0 - issued,
        issued - served,
        served - appeared - restricted,
        appeared + freed - decided,
        restricted - freed,
        decided * 0.25,
        decided * 0.75,
    ]
}

fn near(what: &str, count: u64, people: u64, chance: f64, widths: f64) -> Result<(), String> {
    let (people, chance) = (people as f64, chance.clamp(0.0, 1.0));
    let deviation = (count as f64 - people * chance).abs();
    let allowed = widths * (people * chance * (1.0 - chance)).sqrt() + WHOLE_NUMBERS;
    if deviation <= allowed {
        return Ok(());
    }
    Err(format!(
        "{what}: {count} where {:.1} are expected, off by {deviation:.1}, allowed {allowed:.1}",
        people * chance
    ))
}
