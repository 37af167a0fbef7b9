//! What the coverage-guided fuzzer calls: a target under watch, and changes of an input by the lines and words of its target.

use crate::{seeds, targets::Target};
use callup_naive::changed_text::{Material, changed};
use callup_naive::random_law::Stream;
use std::collections::BTreeMap;
use std::sync::{LazyLock, Mutex, PoisonError};

/// Most processor time that one input may take, in hundredths of a second: an input of 64 KiB that takes longer shows work that grows
/// faster than the text.
const CENTISECONDS_MAX: u64 = 1000;

/// Gives the bytes to a target; one that takes too long breaks its promise like one that panics.
pub fn watched(target: Target, data: &[u8]) {
    let before = centiseconds();
    target.1(data);
    let took = centiseconds().saturating_sub(before);
    assert!(took <= CENTISECONDS_MAX, "{} took {took} hundredths of a second for {} bytes", target.0, data.len());
}

/// Processor time of this thread so far, so that tests beside it do not count. 0 where the system does not tell it as Linux does.
fn centiseconds() -> u64 {
    let stat = std::fs::read_to_string("/proc/thread-self/stat").unwrap_or_default();
    // The name of the program stands in brackets and may hold blanks; user and system time are the 12th and 13th word behind it.
    let words = stat.rsplit(')').next().unwrap_or_default().split_whitespace();
    words.skip(11).take(2).filter_map(|word| word.parse::<u64>().ok()).sum()
}

/// The material of a target, made once.
#[must_use]
pub fn material(target: &'static str) -> &'static Material {
    static KNOWN: LazyLock<Mutex<BTreeMap<&'static str, &'static Material>>> = LazyLock::new(Mutex::default);
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    known.entry(target).or_insert_with(|| {
        let seeds = seeds::of(target);
        Box::leak(Box::new(Material::new(seeds.iter().map(String::as_str), seeds::words(target))))
    })
}

/// What a fuzzer's own change of bytes is: data of this size in this room, how much of it counts afterwards.
pub type Blind = fn(&mut [u8], usize, usize) -> usize;

/// Changes an input in its place: two times of three by the lines and words of the target, else blindly.
pub fn mutate(target: Target, data: &mut [u8], size: usize, size_max: usize, seed: u32, blind: Blind) -> usize {
    let mut stream = Stream(u64::from(seed));
    if !stream.one_in(3)
        && let Ok(text) = std::str::from_utf8(&data[..size])
    {
        let new = changed(text, material(target.0), &mut stream);
        if new.len() <= size_max && new.as_bytes() != &data[..size] {
            data[..new.len()].copy_from_slice(new.as_bytes());
            return new.len();
        }
    }
    blind(data, size, size_max)
}
