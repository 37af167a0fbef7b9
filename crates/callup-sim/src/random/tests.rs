//! The generator against published vectors; every way of drawing against its distribution.
//!
//! Bounds: a count of hits in `n` draws of probability `p` has standard deviation `sqrt(n p (1 - p))`. Five of them are allowed: the draws are fixed
//! by the seed, so a test never flickers, and a right generator would fail such a bound for one seed in 1.7 million.

use super::*;
use std::collections::BTreeSet;

const MANY: u32 = 200_000;

fn person(serial: u32) -> PersonId {
    PersonId::new(77, 1999, serial)
}

fn assert_share(hits: u32, n: u32, p: f64, what: &str) {
    let (expected, bound) = (f64::from(n) * p, 5.0 * libm::sqrt(f64::from(n) * p * (1.0 - p)));
    assert!((f64::from(hits) - expected).abs() <= bound, "{what}: {hits} of {n}, expected {expected} +- {bound}");
}

#[test]
fn philox_gives_the_random123_known_answers() {
    // Random123, tests/kat_vectors, lines "philox4x32 10".
    let vectors = [
        ([0; 4], [0; 2], [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8]),
        ([u32::MAX; 4], [u32::MAX; 2], [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd]),
        (
            [0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344],
            [0xa409_3822, 0x299f_31d0],
            [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1],
        ),
    ];
    for (counter, key, words) in vectors {
        assert_eq!(philox4x32_10(counter, key), words);
    }
}

#[test]
fn the_address_of_a_draw_is_frozen() {
    // Pinned: a change here changes every result of every run and must be made on purpose.
    let draws = Draws::new(0x0123_4567_89ab_cdef);
    let key = DrawKey::of_response(person(12_345), Decision::Appears, MatterKey::new(1, 3)).ordinal(7).alternative(2);
    assert_eq!(key.counter(521), [12_345, 77 << 24 | 99 << 16 | 521, 7, 0x1004_0200]);
    assert_eq!(draws.block(key), philox4x32_10(key.counter(521), [0x89ab_cdef, 0x0123_4567]));
}

#[test]
fn codes_are_unique_and_trait_blocks_stand_alone() {
    let codes: BTreeSet<u16> = Decision::ALL.iter().map(|decision| *decision as u16).collect();
    assert_eq!(codes.len(), Decision::ALL.len());
    for decision in Decision::ALL {
        assert_eq!(*decision as u16 <= 255, decision.kind() == DecisionKind::Trait, "{decision:?}");
        assert!(decision.meaning().ends_with('.'));
    }
}

#[test]
fn every_part_of_the_key_moves_the_draw() {
    let draws = Draws::new(1);
    let key = DrawKey::of_response(person(1), Decision::Appears, MatterKey::new(0, 0));
    let office = Actor::Office(OfficeId { region_code: 77, number: 1 });
    let others = [
        DrawKey { actor: Actor::Person(person(2)), ..key },
        DrawKey { actor: Actor::Person(PersonId::new(78, 1999, 1)), ..key },
        DrawKey { actor: Actor::Person(PersonId::new(77, 2000, 1)), ..key },
        DrawKey { actor: office, ..key },
        DrawKey { decision: Decision::Located, ..key },
        DrawKey { matter: MatterKey::new(0, 1), ..key },
        DrawKey { matter: MatterKey::new(1, 0), ..key },
        key.ordinal(1),
        key.alternative(1),
    ];
    let mut seen = BTreeSet::from([draws.block(key), Draws::new(2).block(key)]);
    for other in others {
        assert!(seen.insert(draws.block(other)), "{other:?}");
    }
}

#[test]
fn a_trait_is_its_lane_of_the_block() {
    let draws = Draws::new(9);
    let block = draws.trait_block(person(5), 1);
    let lanes = [Decision::Served, Decision::InReserve, Decision::Fitness, Decision::UnfitDecided];
    for (lane, decision) in lanes.into_iter().enumerate() {
        assert_eq!(draws.word(DrawKey::of_trait(person(5), decision)), block[lane]);
    }
}

#[test]
fn blocks_of_many_are_the_blocks_of_each() {
    let draws = Draws::new(0xfeed_0000_0000_0009);
    let mut many = [[0; lanes::AT_ONCE]; 4];
    for count in [1, 15, 16, 17, lanes::AT_ONCE] {
        draws.trait_words(person(7), 3, count, &mut many);
        for (place, serial) in (7..).take(count).enumerate() {
            assert_eq!(many.map(|words| words[place]), draws.trait_block(person(serial), 3));
        }
        let key = DrawKey::of_response(person(u32::MAX - 64), Decision::IssueDay, MatterKey::new(2, 5));
        draws.words_of_neighbours(key, count, &mut many);
        for (place, serial) in (u32::MAX - 64..).take(count).enumerate() {
            let key = DrawKey { actor: Actor::Person(person(serial)), ..key };
            assert_eq!(many.map(|words| words[place]), draws.block(key));
        }
    }
}

#[test]
fn words_of_many_are_the_word_of_each() {
    let draws = Draws::new(0xfeed_0000_0000_0009);
    let mut many = [[0; lanes::AT_ONCE]; 4];
    for count in [0, 1, 17, lanes::AT_ONCE] {
        let keys: Vec<DrawKey> = (0..count as u32)
            .map(|place| {
                let someone = PersonId::new(place as u8, 1990 + place as u16 % 7, place.wrapping_mul(0x9E37_79B9));
                DrawKey::of_response(someone, Decision::Appears, MatterKey::new(2, place as u16)).ordinal(place)
            })
            .collect();
        draws.words_of_each(keys.iter().copied(), &mut many);
        let each: Vec<u32> = keys.iter().map(|key| draws.word(*key)).collect();
        assert_eq!(many[0][..count], each);
    }
}

#[test]
fn days_by_table_are_days_by_logarithm() {
    let mut words: Vec<u32> = (0..20_000_u32).map(|place| place.wrapping_mul(0x9E37_79B9)).collect();
    words.extend([0, 1, (1 << 24) - 1, 1 << 24, u32::MAX - 1, u32::MAX]);
    for daily in [0.0, 1e-9, 0.002, 0.01, 0.3, 0.999, 1.0] {
        let daily = Hazard::of_daily(Probability::new(daily).expect("a probability"));
        let table = HazardDays::new(daily, 365);
        let edges: Vec<u32> = (0..365_u64)
            .map(|day| Hazard(daily.0.saturating_mul(day + 1)).least_word())
            .flat_map(|word| [word.saturating_sub(1), word, word.saturating_add(1)])
            .collect();
        for word in words.iter().chain(&edges) {
            let days = Hazard::budget(*word).days_at(daily).filter(|days| *days < 365);
            assert_eq!(table.days(*word).map(u32::from), days, "word {word} at {daily:?}");
        }
    }
}

#[test]
fn a_person_id_gives_back_its_parts() {
    let id = PersonId::new(89, 2010, u32::MAX);
    assert_eq!((id.region_code(), id.birth_year(), id.serial()), (89, 2010, u32::MAX));
    assert!(PersonId::new(1, 2000, 5) < PersonId::new(2, 1960, 0));
}

#[test]
fn probability_is_exact_at_both_ends_and_checked() {
    assert!(!Probability::new(0.0).expect("in range").hits(0));
    assert!(Probability::new(1.0).expect("in range").hits(u32::MAX));
    assert_eq!(Probability::new(0.25).expect("in range").share(), 0.25);
    for bad in [-0.1, 1.1, f64::NAN, f64::INFINITY] {
        assert!(Probability::new(bad).is_err());
    }
    assert_eq!(Probability::clamped(-3.0), Probability::NEVER);
    assert_eq!(Probability::clamped(f64::NAN), Probability::ALWAYS);
}

#[test]
fn below_hits_with_its_probability() {
    let draws = Draws::new(42);
    for p in [0.001, 0.3, 0.95] {
        let probability = Probability::new(p).expect("in range");
        let hits =
            (0..MANY).filter(|&n| draws.below(DrawKey::of_trait(person(n), Decision::Objector), probability)).count();
        assert_share(hits as u32, MANY, p, "below");
    }
}

#[test]
fn words_of_neighbouring_decisions_are_unrelated() {
    // Both halves of two decisions: the four quarters are equally likely if they are independent.
    let draws = Draws::new(42);
    let half = |n, decision| draws.word(DrawKey::of_trait(person(n), decision)) >> 31;
    for (one, other) in [(Decision::Study, Decision::Work), (Decision::Account, Decision::ReadingClass)] {
        let both = (0..MANY).filter(|&n| half(n, one) & half(n, other) == 1).count();
        assert_share(both as u32, MANY, 0.25, "both in the upper half");
    }
}

#[test]
fn budgets_are_exponential() {
    let draws = Draws::new(7);
    let beyond = |limit: f64| {
        let limit = Hazard::of_rate(limit);
        (0..MANY).filter(|&n| draws.budget(DrawKey::of_world(person(n), Decision::Trip, 0)) > limit).count() as u32
    };
    for limit in [0.1, 1.0, 4.0] {
        assert_share(beyond(limit), MANY, libm::exp(-limit), "budget beyond limit");
    }
    assert!(Hazard::budget(0) > Hazard::budget(1) && Hazard::budget(u32::MAX) < Hazard(2));
}

#[test]
fn a_daily_probability_and_its_hazard_agree() {
    // First day on which accumulated hazard passes the budget is geometric with the daily probability.
    let draws = Draws::new(8);
    let daily = Hazard::of_daily(Probability::new(0.01).expect("in range"));
    let upto_day = |day: u32| {
        let fires = |n| {
            draws.budget(DrawKey::of_world(person(n), Decision::Departure, 0)).days_at(daily).is_some_and(|d| d <= day)
        };
        (0..MANY).filter(|&n| fires(n)).count() as u32
    };
    for day in [0_u32, 68, 299] {
        assert_share(upto_day(day), MANY, 1.0 - libm::pow(0.99, f64::from(day + 1)), "fired up to day");
    }
    assert_eq!(Hazard::budget(5).days_at(Hazard::ZERO), None);
    assert_eq!(Hazard::budget(5).days_at(Hazard::of_daily(Probability::ALWAYS)), Some(0));
    assert!(Hazard::budget(0) < Hazard::CERTAIN, "the smallest word has the largest budget");
}

#[test]
fn delay_tables_follow_their_weights() {
    let table = DelayTable::new(&[(1, 2.0), (3, 0.0), (10, 6.0)]).expect("good table");
    let draws = Draws::new(3);
    let mut counts = [0; 11];
    (0..MANY)
        .for_each(|n| counts[usize::from(draws.delay(DrawKey::of_world(person(n), Decision::Move, 0), &table))] += 1);
    assert_eq!(counts[3], 0);
    assert_share(counts[1], MANY, 0.25, "day 1");
    assert_eq!(counts[1] + counts[10], MANY);
    assert_eq!((table.shortest_days(), table.longest_days()), (1, 10));
}

#[test]
fn a_guided_look_into_a_table_finds_what_a_search_finds() {
    for table in [
        DelayTable::fixed(3),
        DelayTable::uniform(0, 6),
        DelayTable::uniform(1, 400),
        DelayTable::new(&[(0, 1e-12), (4, 1.0), (9, 0.0), (10, 1e-3)]).expect("a table"),
    ] {
        let words = (0..5_000_u32).map(|place| place.wrapping_mul(0x9E37_79B9));
        let edges = table.cumulative.iter().flat_map(|upto| [upto.saturating_sub(1) as u32, *upto as u32]);
        for word in words.chain(edges) {
            assert_eq!(table.days(word), table.days[place_of(&table.cumulative, word)], "word {word}");
        }
    }
}

#[test]
fn a_uniform_table_is_even_to_the_word() {
    let table = DelayTable::uniform(4, 10);
    assert_eq!((table.days(0), table.days(u32::MAX)), (4, 10));
    let mut last = 0;
    for upto in &table.cumulative {
        let width = upto - last;
        assert!(width == WORDS / 7 || width == WORDS / 7 + 1, "{width}");
        last = *upto;
    }
    assert_eq!(last, WORDS);
    assert_eq!(DelayTable::fixed(9).days(123), 9);
}

#[test]
fn bad_tables_are_refused() {
    assert_eq!(DelayTable::new(&[]), Err(ChanceError::NoWeight));
    assert_eq!(DelayTable::new(&[(1, 0.0)]), Err(ChanceError::NoWeight));
    assert_eq!(DelayTable::new(&[(2, 1.0), (2, 1.0)]), Err(ChanceError::DaysNotAscending(2)));
    assert_eq!(KindTable::new(&[1.0, -1.0]), Err(ChanceError::BadWeight(-1.0)));
    assert!(KindTable::new(&[1.0, f64::NAN]).is_err());
}

#[test]
fn taking_an_alternative_away_moves_only_those_who_had_it() {
    let draws = Draws::new(11);
    let mut counts = [0; 3];
    for n in 0..MANY / 4 {
        let key = DrawKey::of_response(person(n), Decision::ContractChoice, MatterKey::NONE);
        let with = draws.choose(key, &[1, 2, 5]).expect("weights above 0");
        let without = draws.choose(key, &[1, 0, 5]).expect("weights above 0");
        counts[with] += 1;
        assert!(with == 1 || with == without);
        assert_ne!(without, 1);
    }
    for (kind, p) in [0.125, 0.25, 0.625].into_iter().enumerate() {
        assert_share(counts[kind], MANY / 4, p, "alternative");
    }
    assert_eq!(draws.choose(DrawKey::of_trait(person(0), Decision::Study), &[0, 0]), None);
}

#[test]
fn numbers_below_a_bound_are_even() {
    let draws = Draws::new(12);
    let mut counts = [0; 5];
    for n in 0..MANY {
        counts[draws.number_below(DrawKey::of_world(person(0), Decision::PortalReading, n), 5) as usize] += 1;
    }
    counts.iter().for_each(|&hits| assert_share(hits, MANY, 0.2, "number"));
    assert_eq!(scaled_below(u32::MAX, 0), 0);
}
