//! A pool held to a reference that walks through every day.

use super::{Pool, Used};

#[test]
fn a_week_takes_those_whose_budgets_its_days_use_up() {
    let budgets: Vec<(u64, u32)> = (1..=300).map(|one| (one * one % 977, one as u32)).collect();
    let mut pool = Pool { waiting: budgets.clone(), used: Used::default() };
    pool.waiting.sort_unstable();
    let (mut due, mut passed) = (Vec::new(), 0);
    for (week, hazard) in [70_u64, 0, 7, 140, 3].into_iter().enumerate() {
        pool.pass(hazard, 7, &mut due);
        let mut expected: Vec<(u64, u32)> = budgets
            .iter()
            .filter(|one| passed < one.0 && one.0 <= passed + hazard || one.0 == 0 && week == 0)
            .map(|one| ((0..7).find(|day| passed * 7 + hazard * (day + 1) >= one.0 * 7).expect("a day"), one.1))
            .collect();
        due.sort_unstable();
        expected.sort_unstable();
        assert_eq!(due, expected, "week {week}");
        passed += hazard;
        due.clear();
    }
    assert!(pool.fits(pool.used) && !pool.fits(Used { next: 0, ..pool.used }));
}
