//! The fuzzer's wrapper of the target `rulebook`; what it holds to stands in `callup_fuzz::targets`.
#![no_main]

use callup_fuzz::{fuzzer, targets::RULEBOOK};
use libfuzzer_sys::{fuzz_mutator, fuzz_target, fuzzer_mutate};

fuzz_target!(|data: &[u8]| fuzzer::watched(RULEBOOK, data));
fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    fuzzer::mutate(RULEBOOK, data, size, max_size, seed, fuzzer_mutate)
});
