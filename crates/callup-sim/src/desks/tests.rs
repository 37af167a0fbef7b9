//! A desk against a naive queue of whole requests.

use super::Desk;
use crate::places::Line;

/// Decides with a list and a fraction, as one would by hand: so many quarters of a decision a day.
fn by_hand(arrivals: &[u32], quarters: u32) -> Vec<u32> {
    let (mut waiting, mut left, mut decided) = (0, 0, Vec::new());
    for arrived in arrivals {
        waiting += arrived;
        left += quarters;
        let today = waiting.min(left / 4);
        waiting -= today;
        left = (left - 4 * today) % 4;
        decided.push(today);
    }
    decided
}

#[test]
fn a_desk_decides_what_a_list_and_a_fraction_give() {
    let arrivals = [5, 0, 0, 7, 1, 0, 0, 0, 2, 9, 0, 0, 0, 0, 0, 0, 0];
    for quarters in [1, 3, 4, 5, 11] {
        let (mut desk, mut row, mut decided) = (Desk::default(), 0, Vec::new());
        for (day, arrived) in (1..).zip(arrivals) {
            for _ in 0..arrived {
                desk.enter(day, row, row);
                row += 1;
            }
            desk.allow(u64::from(quarters) << 30);
            decided.push(std::iter::from_fn(|| desk.next_ready(day, None)).count() as u32);
            desk.close_the_day();
        }
        assert_eq!(decided, by_hand(&arrivals, quarters), "{quarters} quarters a day");
    }
}

#[test]
fn who_is_ready_first_comes_first_and_nobody_before_he_is() {
    let mut desk = Desk::default();
    desk.enter(3, 1, 10);
    desk.enter(2, 9, 20);
    desk.enter(2, 4, 30);
    desk.allow(10 << 32);
    let mut next = |today| desk.next_ready(today, None).map(|(.., row)| row);
    assert_eq!(
        [next(1), next(2), next(2), next(2), next(3), next(9)],
        [None, Some(30), Some(20), None, Some(10), None]
    );
    assert_eq!(desk.waiting(), 0);
}

#[test]
fn where_the_line_is_told_capacity_is_not_asked() {
    let mut desk = Desk::default();
    (1..=3).for_each(|row| desk.enter(2, row, row));
    let told = Some(Line::UpTo((2, 2, 2)));
    let decided: Vec<u32> = std::iter::from_fn(|| desk.next_ready(5, told)).map(|(.., row)| row).collect();
    assert_eq!((decided, desk.line(5, Some((2, 2, 2)))), (vec![1, 2], Line::UpTo((2, 2, 2))));
    assert_eq!((desk.next_ready(5, None), desk.next_ready(5, Some(Line::Nobody))), (None, None));
}

#[test]
fn a_line_lets_everybody_through_only_where_capacity_is_left() {
    let mut desk = Desk::default();
    desk.enter(2, 1, 1);
    desk.allow(3 << 31);
    let last = desk.next_ready(5, None);
    // Half a decision is left over: whoever stood behind him had to wait.
    assert_eq!((last, desk.line(5, last)), (Some((2, 1, 1)), Line::UpTo((2, 1, 1))));
    desk.allow(1 << 31);
    assert_eq!(desk.line(6, None), Line::Everybody);
}

#[test]
fn a_desk_without_a_line_has_a_decision_on_as_many_days_as_its_capacity_makes() {
    for (capacity, days) in [(1_u64 << 30, 25), (3 << 30, 75), (1 << 32, 100), (5 << 32, 100), (0, 0)] {
        let open = (0..100).filter(|day| Desk::idle_line(capacity, *day) == Line::Everybody).count();
        assert_eq!(open, days, "{capacity}");
    }
}
