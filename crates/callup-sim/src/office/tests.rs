//! Fractions of capacity come out whole over many offices from the first day on, and over one office in the long run.

use super::{Commission, ONE, Queued, Roll, UNIT};

fn waiting(slot: u32) -> Queued {
    Queued { campaign: 0, day: 0, draw: slot, row: slot, slot, generation: 0 }
}

/// How many a commission decides of five that wait, with so much capacity.
fn decided(commission: &mut Commission, capacity: u128) -> u32 {
    (0..5).for_each(|slot| commission.enter(waiting(slot)));
    commission.line_up();
    commission.allow(capacity);
    let mut count = 0;
    while commission.next_place(None).is_some() {
        commission.use_one();
        count += 1;
    }
    commission.close_the_day();
    count
}

#[test]
fn small_offices_do_not_begin_late() {
    // A thousand offices with 0.3 decisions a day and fractions saved up evenly between 0 and 1 decide 300 on the first day.
    let capacity = ONE * 3 / 10;
    let words = (0..1000_u32).map(|place| place * 4_294_967 + 2_147_483);
    let first_day: u32 = words.clone().map(|word| decided(&mut Commission::saved_up(word), capacity)).sum();
    assert_eq!(first_day, 300);
    let empty: u32 = words.map(|_| decided(&mut Commission::default(), capacity)).sum();
    assert_eq!(empty, 0, "with nothing saved up none of them decides anything on the first day");
    let mut one = Commission::saved_up(77);
    let hundred_days: u32 = (0..100).map(|_| decided(&mut one, capacity)).sum();
    assert!((29..=31).contains(&hundred_days), "{hundred_days}");
}

#[test]
fn small_rolls_do_not_begin_late() {
    let roll = |word: u32| Roll { part: 1, weights_left: (0..=10).rev().collect(), ..Roll::saved_up(word) };
    // Two notices in ten days: 0.2 a day.
    let words = (0..1000_u32).map(|place| place * 4_294_967 + 2_147_483);
    let first_day: u64 = words.map(|word| roll(word).owed_today(0, 2 * UNIT)).sum();
    assert!((199..=201).contains(&first_day), "{first_day}");
}
