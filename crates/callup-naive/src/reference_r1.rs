//! The closed form of the reference model R1: every waiting time is a table, so the chance of each transition on each day is a convolution.
//!
//! A run of R1 is held to it state by state and day by day. This file knows no engine and no law text.

/// Days that the closed form covers.
pub const DAYS: usize = 365;
/// Chance of complying on each day after restriction. It competes with [`LOCATED`]: both never happen on one day.
pub const COMPLIES: f64 = 0.01;
/// Chance of being located on each day after restriction.
pub const LOCATED: f64 = 0.002;

/// Chance that something happens on each day; what lies past the end is left out.
pub type ByDay = Vec<f64>;

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

fn scaled(by_day: &ByDay, share: f64) -> ByDay {
    by_day.iter().map(|chance| chance * share).collect()
}

fn either(one: &ByDay, other: &ByDay) -> ByDay {
    one.iter().zip(other).map(|(one, other)| one + other).collect()
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

/// For each transition of R1 the chance of its day.
#[derive(Clone, Debug)]
pub struct Expected {
    /// The notice is formed.
    pub issued: ByDay,
    /// It counts as served.
    pub served: ByDay,
    /// The time to come has run out.
    pub restricted: ByDay,
    /// The person appears, in time or later.
    pub appeared: ByDay,
    /// He is located.
    pub located: ByDay,
    /// The commission decides.
    pub decided: ByDay,
}

impl Default for Expected {
    fn default() -> Expected {
        Expected::new()
    }
}

impl Expected {
    /// The convolutions of R1.
    #[must_use]
    pub fn new() -> Expected {
        let issued: ByDay = (0..DAYS).map(|day| if day < 105 { 1.0 / 105.0 } else { 0.0 }).collect();
        let mut service: Vec<(usize, f64)> = (0..7).map(|days| (days, 0.35 / 7.0)).collect();
        service.push((7, 0.65));
        let served = then(&issued, &service);
        let in_time: Vec<(usize, f64)> = (1..20).map(|days| (days, 0.6 / 19.0)).collect();
        let restricted = then(&served, &[(20, 0.4)]);
        let leaves = COMPLIES + LOCATED;
        let out: Vec<(usize, f64)> =
            (1..DAYS).map(|days| (days, (1.0 - leaves).powi(days as i32 - 1) * leaves)).collect();
        let freed = then(&restricted, &out);
        let located = scaled(&freed, LOCATED / leaves);
        let appeared = either(&then(&served, &in_time), &freed);
        let decided = then(&appeared, &[(3, 1.0)]);
        Expected { issued, served, restricted, appeared, located, decided }
    }

    /// Chance of being in each state at the end of each day, by the name of its column.
    #[must_use]
    pub fn states(&self) -> Vec<(&'static str, ByDay)> {
        let (issued, served) = (by_end(&self.issued), by_end(&self.served));
        let (restricted, appeared, decided) = (by_end(&self.restricted), by_end(&self.appeared), by_end(&self.decided));
        // Of those who have appeared, how many were restricted before: all but those who came in time.
        let in_time: ByDay = by_end(&then(&self.served, &(1..20).map(|days| (days, 0.6 / 19.0)).collect::<Vec<_>>()));
        let freed: ByDay = appeared.iter().zip(&in_time).map(|(all, in_time)| all - in_time).collect();
        let minus =
            |one: &ByDay, other: &ByDay| one.iter().zip(other).map(|(one, other)| one - other).collect::<ByDay>();
        vec![
            ("at_placed", minus(&issued, &served)),
            ("at_served", minus(&minus(&served, &in_time), &restricted)),
            ("at_defaulted", minus(&restricted, &freed)),
            ("at_appeared", minus(&appeared, &decided)),
            ("at_deferred", scaled(&decided, 0.25)),
            ("at_called_up", scaled(&decided, 0.75)),
        ]
    }

    /// Chance that each counted transition happens within the days, by the name of its column.
    #[must_use]
    pub fn totals(&self) -> [(&'static str, f64); 6] {
        let sum = |by_day: &ByDay| by_day.iter().sum::<f64>();
        [
            ("entered_placed", sum(&self.issued)),
            ("entered_served", sum(&self.served)),
            ("entered_defaulted", sum(&self.restricted)),
            ("entered_appeared", sum(&self.appeared)),
            ("located", sum(&self.located)),
            ("examined", sum(&self.decided)),
        ]
    }
}

/// Whether a count of `people` may be this far from its expectation. Binomial, `widths` standard errors; two more for the whole numbers
/// where fewer than one is expected.
#[must_use]
pub fn is_near(count: u64, people: f64, chance: f64, widths: f64) -> bool {
    let deviation = (count as f64 - people * chance).abs();
    deviation <= widths * (people * chance * (1.0 - chance)).sqrt() + 2.0
}
