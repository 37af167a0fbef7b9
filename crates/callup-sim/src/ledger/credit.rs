//! Whole numbers out of rates: a credit that carries fractions on, and the division of a number in proportion.
//!
//! Nothing here draws lots and nothing is lost to rounding: over any stretch a credit gives the rate's sum but for less than one.

/// One, in the unit of rates: a decimal one, so that a rate as it is written is exact.
const ONE: u128 = 1_000_000_000;

/// So much a day, in billionths.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate(u128);

impl Rate {
    /// A rate of a number that is not below 0; what is below or no number is 0.
    #[must_use]
    pub fn new(a_day: f64) -> Rate {
        Rate(libm::round(a_day.max(0.0) * ONE as f64) as u128)
    }

    /// The rate so many times.
    #[must_use]
    pub fn times(self, count: u64) -> Rate {
        Rate(self.0.saturating_mul(u128::from(count)))
    }

    /// The rate divided; by 0 it is 0.
    #[must_use]
    pub fn over(self, count: u64) -> Rate {
        Rate(self.0.checked_div(u128::from(count)).unwrap_or(0))
    }
}

/// What has been given by a rate and not yet been taken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Credit(u128);

impl Credit {
    /// Gives a day's rate and takes whole numbers out; the fraction stays.
    pub fn draw(&mut self, rate: Rate) -> u64 {
        self.0 = self.0.saturating_add(rate.0);
        let whole = self.0 / ONE;
        self.0 %= ONE;
        u64::try_from(whole).unwrap_or(u64::MAX)
    }
}

/// Parts of a number in proportion to these sizes, at most all of each: whole parts first, then one each by the largest remainder, the earlier
/// before the later. They add up to the number, or to all there is.
#[must_use]
pub fn in_proportion(sizes: &[u64], number: u64) -> Vec<u64> {
    let all: u128 = sizes.iter().map(|size| u128::from(*size)).sum();
    let number = u128::from(number).min(all);
    if all == 0 {
        return vec![0; sizes.len()];
    }
    let shares: Vec<u128> = sizes.iter().map(|size| u128::from(*size) * number).collect();
    let mut parts: Vec<u64> = shares.iter().map(|share| (share / all) as u64).collect();
    let given: u64 = parts.iter().sum();
    let mut order: Vec<usize> = (0..sizes.len()).collect();
    order.sort_by_key(|place| (std::cmp::Reverse(shares[*place] % all), *place));
    for place in order.into_iter().take((number as u64 - given) as usize) {
        parts[place] += 1;
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::{Credit, Rate, in_proportion};

    #[test]
    fn a_credit_gives_the_sum_of_its_rate_but_for_less_than_one() {
        for a_day in [0.0, 0.01, 0.3, 1.0, 2.75, 1234.567] {
            let mut credit = Credit::default();
            let given: u64 = (0..365).map(|_| credit.draw(Rate::new(a_day))).sum();
            // Exact in thousandths, as these rates are written.
            assert_eq!(given, (a_day * 1000.0) as u64 * 365 / 1000, "{a_day}");
        }
    }

    #[test]
    fn parts_add_up_and_none_exceeds_its_whole() {
        assert_eq!(in_proportion(&[3, 3, 3], 2), [1, 1, 0]);
        assert_eq!(in_proportion(&[5, 0, 10], 6), [2, 0, 4]);
        assert_eq!(in_proportion(&[1, 2], 9), [1, 2]);
        assert_eq!(in_proportion(&[0, 0], 4), [0, 0]);
        for number in 0..=40 {
            let sizes = [7, 1, 0, 13, 19];
            let parts = in_proportion(&sizes, number);
            assert_eq!(parts.iter().sum::<u64>(), number.min(40));
            assert!(parts.iter().zip(&sizes).all(|(part, size)| part <= size));
        }
    }
}
