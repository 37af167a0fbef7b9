//! Whether the indices of a rulebook point at what they name. A compiled document always passes; JSON from elsewhere may not.
//!
//! Binding asks this first, so that nothing after it needs to look twice.

use crate::calendar::Day;
use crate::program::STATES_MAX;
use crate::rulebook::{Anchor, EndTrigger, FactKind, Guard, Number, Period, Remedy, Rulebook, Test, Track, Trigger};

/// Everything that is wrong with the indices of a rulebook, one sentence each.
pub(crate) fn faults(book: &Rulebook) -> Vec<String> {
    let mut look = Look { book, faults: Vec::new() };
    look.matters_and_tracks();
    look.rules();
    look.measures();
    look.others();
    look.faults
}

struct Look<'a> {
    book: &'a Rulebook,
    faults: Vec<String>,
}

impl Look<'_> {
    fn need(&mut self, holds: bool, place: &str, what: &str) {
        if !holds {
            self.faults.push(format!("{place}: no such {what}"));
        }
    }

    fn matters_and_tracks(&mut self) {
        let book = self.book;
        for (index, matter) in book.matters.iter().enumerate() {
            for track in &matter.tracks {
                let belongs = book.tracks.get(*track).is_some_and(|track| track.matter == index);
                self.need(belongs, "matter", "track in this matter");
            }
        }
        for track in &book.tracks {
            self.need(track.matter < book.matters.len(), &track.name, "matter");
            self.need((1..=STATES_MAX).contains(&track.states.len()), &track.name, "number of states (1 to 250)");
        }
        for fact in &book.facts {
            self.need(fact.matter < book.matters.len(), &fact.name, "matter");
        }
    }

    fn rules(&mut self) {
        let book = self.book;
        self.need(book.rules.len() < usize::from(u16::MAX), "law", "number of rules (at most 65,534)");
        for rule in &book.rules {
            for state in rule.from.iter().chain([&rule.to]) {
                self.state(&rule.name, rule.track, *state);
            }
            self.guard(&rule.name, &rule.guard);
            if let Trigger::Period { period, after, .. } = rule.trigger {
                self.period(&rule.name, period);
                self.anchor(&rule.name, after);
            }
        }
    }

    fn measures(&mut self) {
        let book = self.book;
        for measure in &book.measures {
            let few = measure.starts.len() < 256 && measure.ends.len() < 256;
            self.need(few, &measure.name, "number of lines (at most 255)");
            for start in &measure.starts {
                self.state(&measure.name, start.track, start.state);
                self.guard(&measure.name, &start.guard);
            }
            for end in &measure.ends {
                if let EndTrigger::Entry { track, state } = end.on {
                    self.state(&measure.name, track, state);
                }
                self.guard(&measure.name, &end.guard);
                end.within.iter().for_each(|period| self.period(&measure.name, *period));
            }
        }
    }

    fn counting(&mut self) {
        let counting = &self.book.counting;
        let rolls = [
            counting.days.as_ref().and_then(|days| days.roll),
            counting.months.as_ref().and_then(|months| months.roll),
        ];
        let used = rolls.into_iter().flatten().chain(counting.working_days.as_ref().map(|days| days.calendar));
        for calendar in used.collect::<Vec<_>>() {
            self.need(calendar < counting.calendars.len(), "periods", "calendar");
        }
        for calendar in &counting.calendars {
            let in_order = |days: &[Day]| days.windows(2).all(|pair| pair[0] < pair[1]);
            self.need(in_order(&calendar.off) && in_order(&calendar.worked), &calendar.name, "order of days");
        }
    }

    fn period(&mut self, place: &str, period: Period) {
        let known = period.parameter.is_none_or(|parameter| parameter < self.book.parameters.len());
        self.need(known, place, "parameter");
    }

    fn others(&mut self) {
        let book = self.book;
        self.counting();
        for bound in &book.notices {
            let is_date = book.facts.get(bound.fact).is_some_and(|fact| fact.kind == FactKind::Date);
            self.need(is_date, "notice", "date fact");
            self.guard("notice", &bound.guard);
        }
        for remedy in &book.remedies {
            self.measures_named(&remedy.name, &remedy.against);
            for deadline in remedy.file_within.iter().chain(&remedy.decide_within) {
                self.period(&remedy.name, deadline.period);
                self.anchor(&remedy.name, deadline.of);
            }
            if let Some(guard) = &remedy.suspends {
                self.guard(&remedy.name, guard);
            }
        }
        self.remedies();
        for silence in &book.no_remedies {
            self.measures_named("no remedy", &silence.against);
        }
        for deadline in book.duties.iter().filter_map(|duty| duty.within.as_ref()) {
            self.period("duty", deadline.period);
            self.anchor("duty", deadline.of);
        }
    }

    fn remedies(&mut self) {
        let book = self.book;
        for (index, remedy) in book.remedies.iter().enumerate() {
            let own = |track: &Track| track.remedy == Some(index) && track.states.len() == Remedy::STATES.len();
            self.need(book.tracks.get(remedy.track).is_some_and(own), &remedy.name, "track of its own");
            self.measures_named(&remedy.name, &remedy.suspended);
            let known = remedy.only_after.as_ref().is_none_or(|after| after.remedy < book.remedies.len());
            self.need(known, &remedy.name, "remedy before it");
        }
        for track in &book.tracks {
            self.need(track.remedy.is_none_or(|remedy| remedy < book.remedies.len()), &track.name, "remedy");
        }
        for tolling in &book.tollings {
            self.guard("while", &Guard(vec![vec![tolling.test.clone()]]));
            for rule in &tolling.rules {
                self.need(*rule < book.rules.len(), "while", "rule");
            }
        }
    }

    fn measures_named(&mut self, place: &str, measures: &[usize]) {
        for measure in measures {
            self.need(*measure < self.book.measures.len(), place, "measure");
        }
    }

    fn state(&mut self, place: &str, track: usize, state: u8) {
        let exists = self.book.tracks.get(track).is_some_and(|track| usize::from(state) < track.states.len());
        self.need(exists, place, "state");
    }

    fn anchor(&mut self, place: &str, anchor: Anchor) {
        match anchor {
            Anchor::Event(_) | Anchor::Knowledge => {}
            Anchor::Combined(combined) => {
                let known = self.book.combined.get(combined);
                self.need(known.is_some_and(|known| known.of.len() > 1), place, "anchors to choose from");
                for anchor in known.into_iter().flat_map(|known| &known.of) {
                    match anchor {
                        Anchor::Combined(_) | Anchor::Knowledge | Anchor::WindowStart(_) | Anchor::WindowEnd(_) => {
                            self.need(false, place, "anchor to choose from");
                        }
                        _ => self.anchor(place, *anchor),
                    }
                }
            }
            Anchor::WindowStart(window) | Anchor::WindowEnd(window) => {
                self.need(window < self.book.windows.len(), place, "window");
            }
            Anchor::Entry { track, state } => self.state(place, track, state),
            Anchor::Fact(fact) => {
                let is_date = self.book.facts.get(fact).is_some_and(|fact| fact.kind == FactKind::Date);
                self.need(is_date, place, "date fact");
            }
            Anchor::MeasureStart(measure) => self.need(measure < self.book.measures.len(), place, "measure"),
        }
    }

    fn guard(&mut self, place: &str, guard: &Guard) {
        let book = self.book;
        for test in guard.0.iter().flatten() {
            match test {
                Test::Age { with: Number::Parameter(parameter), .. } => {
                    self.need(*parameter < book.parameters.len(), place, "parameter");
                }
                Test::Fact { fact, .. } => {
                    let of_person = |fact: &crate::rulebook::Fact| matches!(fact.kind, FactKind::Person { .. });
                    self.need(book.facts.get(*fact).is_some_and(of_person), place, "fact about the person");
                }
                Test::Switch { switch, option, .. } => {
                    let exists = book.switches.get(*switch).is_some_and(|switch| *option < switch.options.len());
                    self.need(exists, place, "option of a switch");
                }
                Test::Condition { condition, .. } => {
                    self.need(*condition < book.conditions.len(), place, "condition");
                }
                Test::State { track, states, .. } => states.iter().for_each(|state| self.state(place, *track, *state)),
                Test::Window { window, .. } => self.need(*window < book.windows.len(), place, "window"),
                Test::Age { .. } | Test::Notice { .. } => {}
            }
        }
    }
}
