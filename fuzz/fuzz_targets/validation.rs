//! The fuzzer's wrapper of the target `validation`; what it holds to stands in `callup_fuzz::targets`.
#![no_main]

use callup_fuzz::{fuzzer, targets::VALIDATION};
use libfuzzer_sys::{fuzz_mutator, fuzz_target, fuzzer_mutate};

fuzz_target!(|data: &[u8]| fuzzer::watched(VALIDATION, data));
fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    fuzzer::mutate(VALIDATION, data, size, max_size, seed, fuzzer_mutate)
});
