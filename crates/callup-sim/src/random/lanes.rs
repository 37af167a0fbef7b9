//! Philox4x32-10 on many counters at once, with the widest instructions that the machine at hand has.
//!
//! Only whole numbers, so the words are the same on every machine; tests hold them to the generator one by one. This file knows no key.

use pulp::{Arch, Simd, WithSimd};

/// Counters that go through the rounds together.
const LANES: usize = 16;
/// Most counters of one call.
pub const AT_ONCE: usize = 64;

/// Multipliers of a round and what is added to the key between rounds, as published with the generator.
const MULTIPLIERS: [u32; 2] = [0xD251_1F53, 0xCD9E_8D57];
const KEY_STEPS: [u32; 2] = [0x9E37_79B9, 0xBB67_AE85];
const ROUNDS: usize = 10;

/// Word by word the blocks of as many counters.
pub type Words = [[u32; AT_ONCE]; 4];

/// The blocks of the first `count` (at most [`AT_ONCE`]) counters that follow each other in their first word, word by word. What stands behind
/// them in `out` means nothing. The first word must not run past its end.
pub fn neighbours(key: [u32; 2], counter: [u32; 4], count: usize, out: &mut Words) {
    Arch::new().dispatch(Neighbours { key, counter, count, out });
}

struct Neighbours<'o> {
    key: [u32; 2],
    counter: [u32; 4],
    count: usize,
    out: &'o mut Words,
}

impl WithSimd for Neighbours<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        let [first, rest @ ..] = self.counter;
        for place in (0..self.count.min(AT_ONCE)).step_by(LANES) {
            let mut lanes = [[0; LANES], [rest[0]; LANES], [rest[1]; LANES], [rest[2]; LANES]];
            for (lane, word) in (0..).zip(&mut lanes[0]) {
                *word = first.wrapping_add(place as u32).wrapping_add(lane);
            }
            let blocks = rounds(lanes, self.key);
            for (out, block) in self.out.iter_mut().zip(&blocks) {
                out[place..place + LANES].copy_from_slice(block);
            }
        }
    }
}

#[inline(always)]
fn rounds(mut words: [[u32; LANES]; 4], mut key: [u32; 2]) -> [[u32; LANES]; 4] {
    for _ in 0..ROUNDS {
        let mut next = [[0; LANES]; 4];
        for lane in 0..LANES {
            let products = [
                u64::from(words[0][lane]) * u64::from(MULTIPLIERS[0]),
                u64::from(words[2][lane]) * u64::from(MULTIPLIERS[1]),
            ];
            next[0][lane] = (products[1] >> 32) as u32 ^ words[1][lane] ^ key[0];
            next[1][lane] = products[1] as u32;
            next[2][lane] = (products[0] >> 32) as u32 ^ words[3][lane] ^ key[1];
            next[3][lane] = products[0] as u32;
        }
        words = next;
        key = [key[0].wrapping_add(KEY_STEPS[0]), key[1].wrapping_add(KEY_STEPS[1])];
    }
    words
}
