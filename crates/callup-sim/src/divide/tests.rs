//! Dividing whole numbers.

use super::{apportion, divide_anew, lend};

#[test]
fn parts_sum_to_the_whole_and_follow_the_weights() {
    assert_eq!(apportion(10, &[1, 1, 1]), [4, 3, 3]);
    assert_eq!(apportion(7, &[0, 5, 2]), [0, 5, 2]);
    assert_eq!(apportion(3, &[0, 0]), [0, 0]);
    assert_eq!(apportion(2, &[1, 3, 3]), [0, 1, 1]);
}

#[test]
fn what_is_held_stays_where_it_is_a_rounding_of_the_share() {
    // Shares of 0.5 each: whoever holds one keeps it.
    assert_eq!(divide_anew(2, &[1, 1, 1, 1], &[0, 1, 0, 1]), [0, 1, 0, 1]);
    // One was used up: nothing else moves.
    assert_eq!(divide_anew(1, &[1, 1, 1, 1], &[0, 0, 0, 1]), [0, 0, 0, 1]);
    // Nobody is left in the second: its man goes to one of the others.
    assert_eq!(divide_anew(2, &[1, 0, 1, 1], &[0, 1, 0, 1]), [1, 0, 0, 1]);
}

#[test]
fn divided_anew_everybody_has_a_rounding_of_his_share() {
    let (weights, held) = ([3, 1, 4, 1, 5, 9, 2, 6], [9, 0, 0, 0, 0, 0, 0, 40]);
    for total in 0..200 {
        let parts = divide_anew(total, &weights, &held);
        assert_eq!(parts.iter().sum::<u64>(), total);
        for (part, weight) in parts.iter().zip(weights) {
            assert!((total * weight / 31..=(total * weight).div_ceil(31)).contains(part), "{parts:?} of {total}");
        }
    }
}

#[test]
fn what_one_does_not_want_goes_to_those_who_want_more() {
    assert_eq!(lend(vec![1, 1, 0, 0], &[0, 1, 1, 1]), [0, 1, 1, 0]);
    // Nobody wants more than he has, or nobody has anything to spare.
    assert_eq!(lend(vec![3, 2], &[1, 2]), [3, 2]);
    assert_eq!(lend(vec![1, 0], &[2, 5]), [1, 0]);
    for seed in 0..200_u64 {
        let some = |by: u64| (0..6).map(|place| (seed * by + place * place * 7) % 5).collect::<Vec<u64>>();
        let (parts, wanted) = (some(3), some(11));
        let lent = lend(parts.clone(), &wanted);
        assert_eq!(lent.iter().sum::<u64>(), parts.iter().sum::<u64>());
        let kept = |(place, part): (usize, &u64)| *part >= parts[place].min(wanted[place]);
        assert!(lent.iter().enumerate().all(kept), "{parts:?} to {lent:?} of {wanted:?}: somebody gave what he wanted");
    }
}
