//! The chance of a matter: what was drawn ahead when it opened, for many people together, or what is drawn now.
//!
//! The words are the same either way; together they cost a fraction. This file knows no mechanism and no day.

use crate::district::{Common, District};
use crate::random::{Decision, DrawKey, PersonId, Probability, lanes};
use crate::settings::Wait;

impl District<'_> {
    /// The word of a decision in a matter, ordinal and alternative 0.
    #[must_use]
    #[inline(always)]
    pub fn word(&self, common: &Common<'_>, slot: u32, decision: Decision) -> u32 {
        match common.ahead.place(decision) {
            Some(place) => self.matters.word(slot, place),
            None => common.draws.word(self.key(common, slot, decision)),
        }
    }

    /// Whether something happens in a matter; certainties need no draw.
    #[must_use]
    #[inline]
    pub fn hits(&self, common: &Common<'_>, slot: u32, decision: Decision, chance: Probability) -> bool {
        match chance {
            Probability::ALWAYS => true,
            Probability::NEVER => false,
            _ => chance.hits(self.word(common, slot, decision)),
        }
    }

    /// Days to wait in a matter.
    #[must_use]
    #[inline]
    pub fn wait(&self, common: &Common<'_>, slot: u32, decision: Decision, wait: &Wait) -> u16 {
        match wait {
            Wait::Fixed(days) => *days,
            Wait::Drawn(table) => table.days(self.word(common, slot, decision)),
        }
    }

    /// Draws for people who are to get notices of a campaign, at most [`lanes::AT_ONCE`]: all words of the first, then all of the second.
    pub(crate) fn draw_ahead(&self, common: &Common<'_>, campaign: usize, people: &[PersonId], words: &mut Vec<u32>) {
        let decisions = common.ahead.decisions();
        words.clear();
        words.resize(people.len() * decisions.len(), 0);
        let mut blocks = [[0; lanes::AT_ONCE]; 4];
        for (place, decision) in decisions.iter().enumerate() {
            let key = |id: &PersonId| DrawKey::of_response(*id, *decision, common.matter_keys[campaign]);
            common.draws.words_of_each(people.iter().map(key), &mut blocks);
            words
                .iter_mut()
                .skip(place)
                .step_by(decisions.len())
                .zip(&blocks[0])
                .for_each(|(word, drawn)| *word = *drawn);
        }
    }

    /// Draws anew what was drawn ahead for open matters that come from a save.
    pub(crate) fn draw_again(&mut self, common: &Common<'_>) {
        self.matters.make_room_for_words(common.ahead.decisions().len());
        let slots: Vec<u32> = self.matters.open_slots().collect();
        for slot in slots {
            let word = |decision: &Decision| common.draws.word(self.key(common, slot, *decision));
            let words: Vec<u32> = common.ahead.decisions().iter().map(word).collect();
            self.matters.set_words(slot, &words);
        }
    }
}
