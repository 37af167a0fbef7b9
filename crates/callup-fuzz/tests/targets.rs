//! Every fuzz target takes its seeds and some changes of each, so that targets cannot rot and the nearest breaches are found at once.

use callup_fuzz::mutate::{changed, material};
use callup_fuzz::seeds;
use callup_fuzz::targets::TARGETS;
use callup_naive::random_law::Stream;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Changed texts tried for each target: about a second of them.
const CHANGES: u64 = 20;

/// Longest law that is tried here, bytes.
const LAW_BYTES_MAX: usize = 3000;

#[test]
fn every_target_takes_its_seeds_and_changes_of_them() {
    for (name, target) in TARGETS {
        // Long laws take seconds without optimisation, and have tests of their own; the fuzzer takes them too.
        let seeds: Vec<String> =
            seeds::of(name).into_iter().filter(|seed| *name != "law" || seed.len() < LAW_BYTES_MAX).collect();
        assert!(!seeds.is_empty(), "{name} has no seeds");
        for (place, seed) in seeds.iter().enumerate() {
            let held = catch_unwind(AssertUnwindSafe(|| target(seed.as_bytes())));
            assert!(held.is_ok(), "{name}: seed {place} breaks a promise");
        }
        for number in 0..CHANGES {
            let seed = &seeds[number as usize % seeds.len()];
            let text = changed(seed, material(name), &mut Stream(number));
            let held = catch_unwind(AssertUnwindSafe(|| target(text.as_bytes())));
            assert!(held.is_ok(), "{name}: change {number} breaks a promise:\n{text}");
        }
    }
}
