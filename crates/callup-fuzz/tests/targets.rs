//! Every fuzz target takes its seeds and some changes of each, so that targets cannot rot and the nearest breaches are found at once.

use callup_fuzz::fuzzer::material;
use callup_fuzz::seeds;
use callup_fuzz::targets::TARGETS;
use callup_naive::changed_text::changed;
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
        let seeds: Vec<Vec<u8>> =
            seeds::bytes_of(name).into_iter().filter(|seed| *name != "law" || seed.len() < LAW_BYTES_MAX).collect();
        assert!(!seeds.is_empty(), "{name} has no seeds");
        for (place, seed) in seeds.iter().enumerate() {
            let held = catch_unwind(AssertUnwindSafe(|| target(seed)));
            assert!(held.is_ok(), "{name}: seed {place} breaks a promise");
        }
        for number in 0..CHANGES {
            let bytes = other(name, &seeds[number as usize % seeds.len()], &mut Stream(number));
            let held = catch_unwind(AssertUnwindSafe(|| target(&bytes)));
            assert!(held.is_ok(), "{name}: change {number} breaks a promise:\n{}", String::from_utf8_lossy(&bytes));
        }
    }
}

/// A seed with some changes: of lines and words if it is a text, else of a byte.
fn other(name: &'static str, seed: &[u8], stream: &mut Stream) -> Vec<u8> {
    match std::str::from_utf8(seed) {
        Ok(text) => changed(text, material(name), stream).into_bytes(),
        Err(_) => {
            let mut bytes = seed.to_vec();
            let place = stream.below(bytes.len());
            bytes[place] = bytes[place].wrapping_add(stream.pick(&[1, 2, 16, 127, 128, 255]));
            bytes
        }
    }
}
