//! Plans and efforts held to small sums.

use super::lag;
use crate::settings::contract::QuotaSetting;

fn quota() -> QuotaSetting {
    QuotaSetting {
        number: 1_000,
        regions: Vec::new(),
        from: 410,
        until: 449,
        length_days: 50,
        days_before: 10,
        ages: [18, 50],
        gain: 1_500,
        limit: 2_000,
    }
}

#[test]
fn the_plan_grows_in_equal_parts_from_its_own_first_day() {
    // Ten of fifty days lie before the run: what was planned for them is nobody's lag.
    assert_eq!([409, 410, 429, 449, 500].map(|day| quota().plan(1_000, day)), [0, 20, 400, 800, 800]);
    assert_eq!(QuotaSetting { until: 400, ..quota() }.plan(1_000, 420), 0);
}

#[test]
fn effort_is_one_and_gain_times_lag_within_bounds() {
    assert_eq!([0, 200, 500, 667, 1_000].map(|lag| quota().effort(lag)), [1_000, 1_300, 1_750, 2_000, 2_000]);
    assert_eq!([lag(100, 40), lag(100, 100), lag(100, 400), lag(0, 0)], [600, 0, 0, 0]);
}
