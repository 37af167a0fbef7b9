//! What befalls a person on his own timeline, untouched by any law: trips, illnesses; each looked up when somebody asks, never kept.
//!
//! The next spell begins when the hazard that has passed since the end of the last one uses up a budget of his. This file knows no law.

use crate::district::Common;
use crate::random::{Decision, DrawKey, Hazard, PersonId};
use crate::settings::Timeline;
use callup_law::program::Offset;

/// A stretch of days on somebody's timeline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spell {
    /// Which one, from 0.
    pub ordinal: u32,
    /// Its first day.
    pub from: Offset,
    /// The day after its last.
    pub end: Offset,
}

impl Common<'_> {
    /// The spells of a person that begin within the run, in order; `starts` and `lengths` are the decisions they are drawn for.
    pub fn spells<'c>(
        &'c self,
        person: PersonId,
        timeline: &'c Timeline,
        (starts, lengths): (Decision, Decision),
    ) -> impl Iterator<Item = Spell> + 'c {
        let most = timeline.passed.last().copied().unwrap_or(Hazard::ZERO);
        let first = usize::from(self.settings.first);
        let mut passed = Hazard::ZERO;
        (0..).map_while(move |ordinal| {
            let word = self.draws.word(DrawKey::of_world(person, starts, ordinal));
            // A budget above what passes in the whole run is the common case and costs no logarithm.
            if word < timeline.least_word {
                return None;
            }
            let at = passed.plus(Hazard::budget(word));
            if at > most {
                return None;
            }
            let day = timeline.passed.partition_point(|upto| *upto < at);
            let days = usize::from(self.wait(DrawKey::of_world(person, lengths, ordinal), &timeline.length).max(1));
            passed = timeline.passed.get(day + days - 1).copied().unwrap_or(most);
            let on = |day: usize| Offset::try_from(first + day).unwrap_or(Offset::MAX);
            Some(Spell { ordinal, from: on(day), end: on(day + days) })
        })
    }

    /// The spell in which a person is on a day, if any.
    #[must_use]
    pub fn spell_on(
        &self,
        day: Offset,
        person: PersonId,
        timeline: &Timeline,
        decisions: (Decision, Decision),
    ) -> Option<Spell> {
        if timeline.is_empty() {
            return None;
        }
        let begun = self.spells(person, timeline, decisions).take_while(|spell| spell.from <= day).last();
        begun.filter(|spell| day < spell.end)
    }
}
