//! Between law and world: gives events and expiries to the law's step and turns what follows into agenda, counters and journal.
//!
//! The law says what follows from what; here stands only what the world makes of it: agencies put measures on and off, people
//! respond to service or default. This file knows no channel, no office and no chance.

use crate::district::{Asked, Common, District, facts_of, mark};
use crate::event::{Entry, Kind};
use crate::journal::{Cause, What};
use crate::lawset::{Bound, NO_MILESTONE};
use crate::matter::{Header, NONE, flag};
use crate::tally::{Flow, MeasureFlow};
use callup_law::calendar::Phase;
use callup_law::program::{Offset, UNSET};
use callup_law::roles::{Event, Milestone};
use callup_law::step::plan::Planned;
use callup_law::step::{self, Effect, Opened};

impl District<'_> {
    /// Opens a matter in a slot under the program of its header; `false` if the notice is void.
    pub fn open_matter(&mut self, common: &Common<'_>, slot: u32) -> bool {
        let header = *self.matters.header(slot);
        let bound = &common.laws.programs[usize::from(header.program)];
        let layout = bound.program.layout();
        let mut state = self.matters.state(slot, layout.tracks, layout.anchors);
        if !step::plan::open(&bound.program, &mut state, self.today) && !self.open_by_step(common, slot, &header, bound)
        {
            return false;
        }
        self.tally.count(Flow::MattersOpened);
        self.tally.shift(crate::tally::Stock::MattersOpen, 1);
        for track in 0..layout.tracks as u8 {
            self.tally.pass(NO_MILESTONE, bound.milestone(track, 0));
            let acts = bound.awaited(track, 0);
            if acts != 0 {
                self.await_acts(common, slot, acts);
            }
        }
        if !self.effects.is_empty() {
            self.before[..layout.tracks].fill(0);
            self.follow(common, slot, &header, bound);
        }
        true
    }

    /// Opens a matter step by step and leaves what follows in `effects`; `false` if the notice is void.
    fn open_by_step(&mut self, common: &Common<'_>, slot: u32, header: &Header, bound: &Bound) -> bool {
        let (layout, facts) = (
            bound.program.layout(),
            facts_of(self.people, self.standings, self.marks, self.asked(slot, bound), common, header.row, bound.law),
        );
        let mut state = self.matters.state(slot, layout.tracks, layout.anchors);
        let effects = &mut self.effects;
        let out = &mut |effect| effects.push(effect);
        match step::open(&bound.program, &mut state, self.today, Event::Issued, header.appearance, &facts, out) {
            Opened::Void(by) => {
                let law = &common.laws.laws[usize::from(bound.law)];
                let cause = self.exercise(common, slot, bound.law, law.bound_cite(by));
                self.tally.count(Flow::Void);
                self.note_dated(common, slot, What::Void, u16::from(header.campaign), header.appearance, cause);
                self.effects.clear();
                return false;
            }
            Opened::Stands => {}
        }
        true
    }

    /// An event happens in a matter because of `cause`: the law reacts, and so do `in any matter` lines of the person's other matters.
    #[inline]
    pub fn raise(&mut self, common: &Common<'_>, slot: u32, event: Event, cause: Cause) {
        let header = self.matters.header(slot);
        let (flags, bound) = (header.flags, &common.laws.programs[usize::from(header.program)]);
        let is_heard = bound.hears >> event as u32 & 1 == 1;
        // What nobody listens to costs nothing.
        if is_heard || flags & flag::SAMPLED != 0 || common.laws.any_matter {
            self.raise_heard(common, slot, event, cause, bound, is_heard);
        }
    }

    fn raise_heard(
        &mut self,
        common: &Common<'_>,
        slot: u32,
        event: Event,
        cause: Cause,
        bound: &Bound,
        is_heard: bool,
    ) {
        let flags = self.matters.header(slot).flags;
        if flags & flag::SAMPLED != 0 {
            self.because = cause;
            let date = if event == Event::Issued { self.matters.header(slot).appearance } else { UNSET };
            self.note_dated(common, slot, What::Event, event as u16, date, cause);
        }
        if is_heard {
            let generation = self.matters.header(slot).generation;
            let layout = bound.program.layout();
            let (agenda, today) = (&mut self.agenda, self.today);
            let mut state = self.matters.state(slot, layout.tracks, layout.anchors);
            let runs = &mut |rule, due, phase| {
                agenda.put(due, Entry { index: slot, payload: rule, generation, kind: kind_of(phase) })
            };
            match step::plan::event(&bound.program, &mut state, today, event, runs) {
                Planned::Ask => self.raise_by_step(common, slot, event, bound),
                Planned::Stays => {}
                Planned::Moves { track, from, to, rule } => self.entered(common, slot, bound, (track, from, to), rule),
            }
        }
        if common.laws.any_matter {
            // What ends in the person's other matters ends this one no other way.
            let because = self.because;
            self.raise_elsewhere(common, self.matters.header(slot).row, slot, event);
            self.because = because;
        }
    }

    /// An event that depends on facts or touches measures.
    fn raise_by_step(&mut self, common: &Common<'_>, slot: u32, event: Event, bound: &Bound) {
        let header = *self.matters.header(slot);
        let (layout, facts) = (
            bound.program.layout(),
            facts_of(self.people, self.standings, self.marks, self.asked(slot, bound), common, header.row, bound.law),
        );
        self.before[..layout.tracks].copy_from_slice(&self.matters.states(slot)[..layout.tracks]);
        let mut state = self.matters.state(slot, layout.tracks, layout.anchors);
        let effects = &mut self.effects;
        step::event(&bound.program, &mut state, self.today, event, &facts, &mut |effect| effects.push(effect));
        self.follow(common, slot, &header, bound);
    }

    /// An event that names a remedy of the law of the matter.
    pub fn raise_of_remedy(&mut self, common: &Common<'_>, slot: u32, event: Event, remedy: u16, cause: Cause) {
        let header = *self.matters.header(slot);
        let bound = &common.laws.programs[usize::from(header.program)];
        self.because = cause;
        self.note(common, slot, What::RemedyEvent, remedy << 8 | event as u16, cause);
        let (layout, facts) = (
            bound.program.layout(),
            facts_of(self.people, self.standings, self.marks, self.asked(slot, bound), common, header.row, bound.law),
        );
        self.before[..layout.tracks].copy_from_slice(&self.matters.states(slot)[..layout.tracks]);
        let mut state = self.matters.state(slot, layout.tracks, layout.anchors);
        let (effects, named) = (&mut self.effects, (event, usize::from(remedy)));
        step::remedy_event(&bound.program, &mut state, self.today, named, &facts, &mut |effect| effects.push(effect));
        self.follow(common, slot, &header, bound);
        if common.laws.any_matter {
            let because = self.because;
            self.raise_elsewhere(common, header.row, slot, event);
            self.because = because;
        }
    }

    /// Whether a pending remedy keeps an event from being brought about, or suspends a measure that stands.
    #[must_use]
    pub fn is_suspended(&self, common: &Common<'_>, slot: u32, event: Option<Event>) -> bool {
        let header = self.matters.header(slot);
        let program = &common.laws.programs[usize::from(header.program)].program;
        if !program.can_suspend() {
            return false;
        }
        let bound = &common.laws.programs[usize::from(header.program)];
        let facts =
            facts_of(self.people, self.standings, self.marks, self.asked(slot, bound), common, header.row, bound.law);
        let layout = program.layout();
        let view = self.matters.view(slot, layout.tracks, layout.anchors);
        match event {
            Some(event) => program.barred_by(&view, self.today, event, &facts).is_some(),
            None => program.suspended(&view, self.today, &facts, |_, _| ()) & self.matters.standing(slot) != 0,
        }
    }

    /// The person's other matters see an event of this one, in the order in which they were opened.
    fn raise_elsewhere(&mut self, common: &Common<'_>, row: u32, except: u32, event: Event) {
        let mut next = self.standings[row as usize].open_matter;
        while next != NONE {
            let slot = next;
            let header = *self.matters.header(slot);
            next = header.next;
            let bound = &common.laws.programs[usize::from(header.program)];
            if slot == except || !bound.program.ends_in_any_matter() {
                continue;
            }
            let (layout, facts) = (
                bound.program.layout(),
                facts_of(self.people, self.standings, self.marks, self.asked(slot, bound), common, row, bound.law),
            );
            self.before[..layout.tracks].copy_from_slice(&self.matters.states(slot)[..layout.tracks]);
            let mut state = self.matters.state(slot, layout.tracks, layout.anchors);
            let effects = &mut self.effects;
            step::foreign_event(&bound.program, &mut state, self.today, event, &facts, &mut |effect| {
                effects.push(effect)
            });
            self.follow(common, slot, &header, bound);
            self.close_if_over(common, slot);
        }
    }

    /// A period of the law comes due.
    pub fn expire(&mut self, common: &Common<'_>, entry: Entry, phase: Phase) {
        let (slot, generation) = (entry.index, entry.generation);
        let bound = &common.laws.programs[usize::from(self.matters.header(slot).program)];
        let layout = bound.program.layout();
        let (agenda, today) = (&mut self.agenda, self.today);
        let mut state = self.matters.state(slot, layout.tracks, layout.anchors);
        let runs = &mut |rule, due, phase| {
            agenda.put(due, Entry { index: slot, payload: rule, generation, kind: kind_of(phase) })
        };
        match step::plan::expire(&bound.program, &mut state, today, phase, entry.payload, runs) {
            Planned::Ask => self.expire_by_step(common, entry, phase, bound),
            Planned::Stays => {}
            Planned::Moves { track, from, to, rule } => {
                self.entered(common, slot, bound, (track, from, to), rule);
                self.close_if_over(common, slot);
            }
        }
    }

    /// What guards in a matter may ask for besides its person.
    fn asked(&self, slot: u32, bound: &Bound) -> Asked {
        let earlier_default = bound.asks_for_earlier_default && self.is_in_default_elsewhere(slot);
        Asked { region: self.region, today: self.today, earlier_default }
    }

    /// Whether the person of a matter is in default in another one that is still pending. Of those that are over his marks tell.
    fn is_in_default_elsewhere(&self, slot: u32) -> bool {
        let mut other = self.standings[self.matters.header(slot).row as usize].open_matter;
        while other != NONE {
            if other != slot && self.has(other, flag::DEFAULTED) {
                return true;
            }
            other = self.matters.header(other).next;
        }
        false
    }

    /// An expiry that depends on facts or touches measures.
    fn expire_by_step(&mut self, common: &Common<'_>, entry: Entry, phase: Phase, bound: &Bound) {
        let slot = entry.index;
        let header = *self.matters.header(slot);
        let (layout, facts) = (
            bound.program.layout(),
            facts_of(self.people, self.standings, self.marks, self.asked(slot, bound), common, header.row, bound.law),
        );
        self.before[..layout.tracks].copy_from_slice(&self.matters.states(slot)[..layout.tracks]);
        let mut state = self.matters.state(slot, layout.tracks, layout.anchors);
        let effects = &mut self.effects;
        let out = &mut |effect| effects.push(effect);
        step::expire(&bound.program, &mut state, self.today, phase, entry.payload, &facts, out);
        if !self.effects.is_empty() {
            self.follow(common, slot, &header, bound);
            self.close_if_over(common, slot);
        }
    }

    /// Carries a matter to the law that replaces its own.
    pub fn transfer(&mut self, common: &Common<'_>, slot: u32) {
        let header = *self.matters.header(slot);
        let old = &common.laws.programs[usize::from(header.program)];
        let Some((to, table)) = &old.transfer else { return };
        let new = &common.laws.programs[usize::from(*to)];
        let (restricted, acts) = (self.restriction(common, header.row), self.acts_awaited(common, slot));
        let mut from = self.matters.copy_of(slot);
        let facts =
            facts_of(self.people, self.standings, self.marks, self.asked(slot, new), common, header.row, new.law);
        let (narrow, wide) = (old.program.layout(), new.program.layout());
        let mut state = self.matters.state(slot, wide.tracks, wide.anchors);
        let effects = &mut self.effects;
        let source = from.state(narrow.tracks, narrow.anchors);
        let out = &mut |effect| effects.push(effect);
        step::transfer(&old.program, &new.program, table, &source, &mut state, self.today, &facts, out);
        for track in 0..narrow.tracks.max(wide.tracks) {
            let milestone = |bound: &Bound, states: &[u8], tracks: usize| {
                if track < tracks { bound.milestone(track as u8, states[track]) } else { NO_MILESTONE }
            };
            let was = milestone(old, &from.states, narrow.tracks);
            self.tally.pass(was, milestone(new, self.matters.states(slot), wide.tracks));
        }
        self.tally.count(Flow::Transferred);
        let cause = self.exercise(common, slot, new.law, common.laws.laws[usize::from(new.law)].replacing_cite());
        self.because = cause;
        self.note(common, slot, What::Transferred, u16::from(new.law), cause);
        self.lift_unknown(common, slot, old, cause);
        self.carry_measures(common, slot, old);
        self.matters.header_mut(slot).program = *to;
        self.settle(common, header.row, restricted);
        self.before[..wide.tracks].copy_from_slice(&self.matters.states(slot)[..wide.tracks]);
        let header = *self.matters.header(slot);
        self.await_acts_of_new_law(common, slot, acts);
        self.follow(common, slot, &header, new);
        self.review_listing(common, header.row);
        self.close_if_over(common, slot);
    }

    /// What follows from one input, in the order in which the law gives it.
    fn follow(&mut self, common: &Common<'_>, slot: u32, header: &Header, bound: &Bound) {
        let mut effects = std::mem::take(&mut self.effects);
        for effect in effects.drain(..) {
            match effect {
                Effect::PeriodRuns { rule, due, phase } => {
                    let entry =
                        Entry { index: slot, payload: rule, generation: header.generation, kind: kind_of(phase) };
                    self.agenda.put(due, entry);
                }
                Effect::Entered { track, state, rule } => {
                    let from = std::mem::replace(&mut self.before[usize::from(track)], state);
                    self.entered(common, slot, bound, (track, from, state), rule);
                }
                Effect::MeasureStarts { measure, start } => self.start_due(common, slot, bound, measure, start),
                Effect::LiftDue { measure, by, end } => self.lift_due(common, slot, bound, measure, by, Some(end)),
                Effect::BoundBroken { .. } => self.tally.count(Flow::Irregular),
                // Done by `transfer`, which knows the old program.
                Effect::LiftByTransfer { .. } => {}
            }
        }
        self.effects = effects;
    }

    /// A track has gone from a state to another by a rule.
    #[inline]
    fn entered(&mut self, common: &Common<'_>, slot: u32, bound: &Bound, moved: (u8, u8, u8), rule: u16) {
        let (track, from, state) = moved;
        let milestone = bound.milestone(track, state);
        self.tally.pass(bound.milestone(track, from), milestone);
        let cause = self.exercise(common, slot, bound.law, rule);
        if self.has(slot, flag::SAMPLED) {
            self.because = cause;
            self.note(common, slot, What::Entered, u16::from(track) << 8 | u16::from(state), cause);
        }
        if milestone == Milestone::Served as u8 {
            self.has_been_served(common, slot);
        } else if milestone == Milestone::Defaulted as u8 {
            self.has_defaulted(common, slot);
        }
        let acts = bound.awaited(track, state);
        if acts != 0 {
            self.await_acts(common, slot, acts);
        }
        let default = Milestone::Defaulted as u8;
        if (milestone == default) != (bound.milestone(track, from) == default) {
            self.review_listing(common, self.matters.header(slot).row);
        }
    }

    fn has_been_served(&mut self, common: &Common<'_>, slot: u32) {
        let (today, header) = (self.today, self.matters.header_mut(slot));
        if header.flags & flag::SERVED != 0 {
            return;
        }
        header.flags |= flag::SERVED;
        header.served = today;
        let knows = header.seen != UNSET;
        if !knows {
            header.keep_mark(mark::SERVED_UNSEEN);
        }
        self.count_of(slot, Flow::Served);
        if !knows {
            self.count_of(slot, Flow::ServedUnseen);
        }
        if self.matters.standing(slot) != 0 {
            self.started_on_the_day_of_service(common, slot);
        }
        self.answer_service(common, slot);
    }

    /// Measures that were due to start earlier today did not start before the day of service.
    #[cold]
    fn started_on_the_day_of_service(&mut self, common: &Common<'_>, slot: u32) {
        let (standing, program) = (self.matters.standing(slot), usize::from(self.matters.header(slot).program));
        for (measure, kind) in (0..).zip(&common.laws.programs[program].kinds) {
            let on = self.matters.dates(slot, measure).on;
            // Those that start with the service itself have no day yet.
            if standing >> measure & 1 == 1 && on != UNSET && on == self.after(self.start_latency(common, slot, *kind))
            {
                self.take_back_unserved(slot, common.columns.place(*kind));
            }
        }
    }

    fn start_due(&mut self, common: &Common<'_>, slot: u32, bound: &Bound, measure: u8, start: u8) {
        let kind = bound.kinds[usize::from(measure)];
        let place = common.columns.place(kind);
        let law = &common.laws.laws[usize::from(bound.law)];
        let cite = law.start_cite(bound.program.measure_in_book(measure), start);
        let cause = self.exercise(common, slot, bound.law, cite);
        self.count_measure_of(slot, place, MeasureFlow::StartDue);
        if !self.has(slot, flag::SERVED) {
            self.count_measure_of(slot, place, MeasureFlow::StartDueUnserved);
        }
        let manner = law.manner(cite);
        if manner.automatic {
            self.count_measure_of(slot, place, MeasureFlow::StartDueAutomatic);
        }
        if manner.assessed {
            self.count_measure_of(slot, place, MeasureFlow::StartDueAssessed);
        }
        self.note(common, slot, What::StartDue, kind as u16, cause);
        self.put_into_effect(common, slot, measure, kind);
    }

    fn lift_due(&mut self, common: &Common<'_>, slot: u32, bound: &Bound, measure: u8, by: Offset, end: Option<u8>) {
        let kind = bound.kinds[usize::from(measure)];
        if let Some(end) = end {
            let law = &common.laws.laws[usize::from(bound.law)];
            let cause =
                self.exercise(common, slot, bound.law, law.end_cite(bound.program.measure_in_book(measure), end));
            // Where it was still to take effect, nothing else is left to close the matter.
            self.because = cause;
            self.note_dated(common, slot, What::LiftDue, kind as u16, by, cause);
        }
        self.tally.count_measure(common.columns.place(kind), MeasureFlow::LiftDue);
        self.take_off(common, slot, measure, kind, by);
    }

    /// Measures that the new law does not know are due to be lifted today.
    fn lift_unknown(&mut self, common: &Common<'_>, slot: u32, old: &Bound, cause: Cause) {
        for place in 0..self.effects.len() {
            if let Effect::LiftByTransfer { measure } = self.effects[place] {
                let kind = old.kinds[usize::from(measure)];
                self.tally.count_measure(common.columns.place(kind), MeasureFlow::LiftDue);
                self.note_dated(common, slot, What::LiftDue, kind as u16, self.today, cause);
            }
        }
    }

    /// Moves the dates of measures to their places under the new law; those that it does not know are due to be lifted today.
    fn carry_measures(&mut self, common: &Common<'_>, slot: u32, old: &Bound) {
        let dates = self.matters.take_dates(slot, old.kinds.len());
        let on = self.matters.on(slot);
        self.matters.set_on(slot, 0);
        let mut now_on = 0;
        for (measure, dates) in dates.iter().enumerate() {
            let kept = old.transfer.as_ref().and_then(|(_, table)| table.measure(measure as u8));
            if let Some(place) = kept {
                *self.matters.dates_mut(slot, place) = *dates;
                self.put(dates.on, Kind::MeasureOn, slot, u16::from(place));
                self.put(dates.off, Kind::MeasureOff, slot, u16::from(place));
                now_on |= (on >> measure & 1) << place;
            } else if on >> measure & 1 == 1 {
                self.drop_measure(common, slot, old.kinds[measure], *dates);
            }
        }
        self.matters.set_on(slot, now_on);
    }

    /// Gives the slot back if every track is in a final state and nothing of the matter is pending.
    #[inline]
    pub fn close_if_over(&mut self, common: &Common<'_>, slot: u32) {
        self.drop_if_fallen(common, slot);
        let bound = &common.laws.programs[usize::from(self.matters.header(slot).program)];
        if bound.all_final(self.matters.states(slot)) {
            self.close_if_nothing_is_pending(common, slot, bound);
        }
    }

    fn close_if_nothing_is_pending(&mut self, common: &Common<'_>, slot: u32, bound: &Bound) {
        let header = *self.matters.header(slot);
        let waits = header.row == NONE || header.flags & flag::WAITS != 0 || self.matters.on(slot) != 0;
        if waits || self.awaits_start(slot, bound.kinds.len()) {
            return;
        }
        self.note(common, slot, What::Closed, 0, self.because);
        self.conclude(common, slot, true);
        self.tally.count(Flow::MattersClosed);
        self.tally.shift(crate::tally::Stock::MattersOpen, -1);
        self.marks[header.row as usize] |= u32::from(header.person_marks);
        self.unlink(header.row, slot);
        self.give_back(slot);
    }

    /// Gives the slot of a matter back; what it has used of the laws is kept.
    pub fn give_back(&mut self, slot: u32) {
        self.coverage.end_matter(slot, self.matters.header(slot).row);
        self.forget_acts(slot);
        self.matters.give_back(slot);
    }

    /// An article is the cause of something in a matter.
    #[inline]
    fn exercise(&mut self, common: &Common<'_>, slot: u32, law: u8, cite: u16) -> Cause {
        self.coverage.touch(slot, common.laws.citation(usize::from(law), usize::from(cite)));
        self.journal.exercise(law, cite)
    }

    /// Tells what open matters still keep for the end: marks of their persons, what they have used of the laws.
    pub fn mark_persons(&mut self) {
        for slot in self.matters.open_slots() {
            let header = self.matters.header(slot);
            self.marks[header.row as usize] |= u32::from(header.person_marks);
            self.coverage.end_matter(slot, header.row);
        }
    }

    /// Whether a measure is due to start and not yet in effect.
    fn awaits_start(&self, slot: u32, measures: usize) -> bool {
        (0..measures as u8).any(|measure| {
            let dates = self.matters.dates(slot, measure);
            // Of two measures that start on one day the entry of the first must not close the matter before the second.
            dates.on != UNSET && dates.on >= self.today && dates.on < dates.off
        })
    }

    /// Puts a matter at the end of its person's list.
    pub fn link(&mut self, row: u32, slot: u32) {
        let first = self.standings[row as usize].open_matter;
        if first == NONE {
            self.standings[row as usize].open_matter = slot;
            return;
        }
        self.has_overlaps = true;
        let mut last = first;
        while self.matters.header(last).next != NONE {
            last = self.matters.header(last).next;
        }
        self.matters.header_mut(last).next = slot;
    }

    /// Takes a matter out of its person's list.
    pub fn unlink(&mut self, row: u32, slot: u32) {
        let next = self.matters.header(slot).next;
        let mut at = self.standings[row as usize].open_matter;
        if at == slot {
            self.standings[row as usize].open_matter = next;
            return;
        }
        while self.matters.header(at).next != slot {
            at = self.matters.header(at).next;
        }
        self.matters.header_mut(at).next = next;
    }
}

/// Where in the day a phase of the law has its place.
const fn kind_of(phase: Phase) -> Kind {
    match phase {
        Phase::RunOut => Kind::RunOut,
        Phase::LastDay => Kind::LastDay,
        Phase::AtOnce | Phase::Events => Kind::AtOnce,
    }
}
