//! Philox4x32-10 on many counters at once, with the widest instructions that the machine at hand has.
//!
//! Only whole numbers, so the words are the same on every machine; tests hold them to the generator one by one. This file knows no key.

use pulp::{Arch, Simd, WithSimd};

/// Most counters of one call.
pub const AT_ONCE: usize = 64;

/// Multipliers of a round and what is added to the key between rounds, as published with the generator.
const MULTIPLIERS: [u64; 2] = [0xD251_1F53, 0xCD9E_8D57];
const KEY_STEPS: [u32; 2] = [0x9E37_79B9, 0xBB67_AE85];
const ROUNDS: usize = 10;
/// The lower half of a product.
const LOW: u64 = 0xFFFF_FFFF;

/// Word by word as many counters, or their blocks.
pub type Words = [[u32; AT_ONCE]; 4];

/// The blocks of the first `count` (at most [`AT_ONCE`]) counters that follow each other in their first word, word by word. What stands behind
/// them in `out` means nothing. The first word must not run past its end.
pub fn neighbours(key: [u32; 2], counter: [u32; 4], count: usize, out: &mut Words) {
    let count = count.min(AT_ONCE);
    let [first, rest @ ..] = counter;
    let [firsts, out_rest @ ..] = out;
    for (place, word) in firsts[..count].iter_mut().enumerate() {
        *word = first.wrapping_add(place as u32);
    }
    for (words, word) in out_rest.iter_mut().zip(rest) {
        words[..count].fill(word);
    }
    blocks(key, count, out);
}

/// Puts the blocks of the first `count` (at most [`AT_ONCE`]) counters, given word by word, in their places.
pub fn blocks(key: [u32; 2], count: usize, words: &mut Words) {
    Arch::new().dispatch(Blocks { key, count: count.min(AT_ONCE), words });
}

struct Blocks<'w> {
    key: [u32; 2],
    count: usize,
    words: &'w mut Words,
}

impl WithSimd for Blocks<'_> {
    type Output = ();

    // One counter a turn, in halves of wide words and without a check or a jump: so the compiler takes several turns together.
    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        let [a, b, c, d] = self.words.each_mut().map(|words| &mut words[..self.count]);
        for (((a, b), c), d) in a.iter_mut().zip(b).zip(c).zip(d) {
            let mut words = [*a, *b, *c, *d].map(u64::from);
            let mut key = self.key;
            for _ in 0..ROUNDS {
                let products = [(words[0] & LOW) * MULTIPLIERS[0], (words[2] & LOW) * MULTIPLIERS[1]];
                // The upper halves of the second and fourth word are waste, which the next round cuts off.
                words = [
                    (products[1] >> 32) ^ words[1] ^ u64::from(key[0]),
                    products[1],
                    (products[0] >> 32) ^ words[3] ^ u64::from(key[1]),
                    products[0],
                ];
                key = [key[0].wrapping_add(KEY_STEPS[0]), key[1].wrapping_add(KEY_STEPS[1])];
            }
            (*a, *b, *c, *d) = (words[0] as u32, words[1] as u32, words[2] as u32, words[3] as u32);
        }
    }
}
