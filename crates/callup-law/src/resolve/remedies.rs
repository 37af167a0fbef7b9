//! Remedies and what keeps periods from running: tracks of their own, the rules that move them, guards that suspend events.
//!
//! What they come to is written in `docs/law-language.md`, points k and m; nothing after the resolver knows more of a remedy than its
//! track, its time limits and what it suspends.

use super::Resolver;
use super::declare::MAX_IN_MATTER;
use super::guards::{Alternatives, MAX_ALTERNATIVES, any, every};
use crate::diagnostic::Span;
use crate::document::{Body, Name, Statement, Suspension, WrittenAnchor, WrittenRemedy};
use crate::roles::Event;
use crate::rulebook::{Anchor, Cite, Guard, OnlyAfter, Period, Remedy, State, Test, Tolling, Track, Trigger, Unit};

impl Resolver<'_> {
    pub(super) fn declare_remedies(&mut self) {
        let document = self.document;
        for statement in &document.statements {
            let Body::Remedy(written) = &statement.body else { continue };
            let matter = self.matter_of_remedy(statement, written);
            let what = format!("remedy `{}`", written.name.text);
            let cite = self.cite(statement, None, self.span(statement), Some(&what));
            let (Some(matter), true) = (matter, self.take_name(&written.name, "remedy")) else { continue };
            let index = self.book.remedies.len();
            self.names.remedies.insert(written.name.text.clone(), index);
            let until_final = matches!(&written.suspends, Some(Suspension::Some { until_final: true, .. }));
            let states = Remedy::track_states(until_final);
            let track = self.add_track(&written.name, &written.label, matter, states, cite.clone());
            self.book.tracks[track].remedy = Some(index);
            self.book.remedies.push(Remedy {
                name: written.name.text.clone(),
                label: written.label.clone(),
                against: Vec::new(),
                decision_of: written.decision_of.as_ref().map(|body| body.text.clone()),
                only_after: None,
                to: written.to.as_ref().map(|to| to.text.clone()).unwrap_or_default(),
                file_within: None,
                restorable: written.restorable,
                decide_within: None,
                suspends: None,
                suspended: Vec::new(),
                suspended_events: Vec::new(),
                until_final,
                track,
                cite,
            });
        }
    }

    /// A track that a remedy or a chain brings with it.
    pub(super) fn add_track(
        &mut self,
        name: &Name,
        label: &str,
        matter: usize,
        states: Vec<State>,
        cite: Cite,
    ) -> usize {
        let index = self.book.tracks.len();
        self.names.tracks.insert(name.text.clone(), index);
        self.book.matters[matter].tracks.push(index);
        if self.book.matters[matter].tracks.len() == MAX_IN_MATTER + 1 {
            let message = format!("with its remedies and chains this matter has more than {MAX_IN_MATTER} tracks");
            self.error("E008", name.span, message);
        }
        let (name, label) = (name.text.clone(), label.to_owned());
        self.book.tracks.push(Track { name, label, matter, states, remedy: None, cite });
        index
    }

    /// The matter of all measures that a remedy is against, or that of a decision.
    fn matter_of_remedy(&mut self, statement: &Statement, remedy: &WrittenRemedy) -> Option<usize> {
        if remedy.decision_of.is_none() {
            let matters: Vec<usize> = remedy.against.iter().filter_map(|name| self.matter_of_measure(name)).collect();
            if matters.iter().any(|matter| *matter != matters[0]) {
                let help = "write one remedy for each matter".to_owned();
                self.error("E003", remedy.name.span, "a remedy is against measures of one matter").help.push(help);
            }
            // After an unknown measure any matter will do: the document is refused.
            return matters.first().copied().or((!self.book.matters.is_empty()).then_some(0));
        }
        let anchor = remedy.file.as_ref().map(|file| &file.of);
        let track = if let Some(WrittenAnchor::State(name)) = anchor { Some(&name.track) } else { None };
        let named = track.and_then(|track| self.matter_of_track(track));
        let help = "count the time to file from an entry into a state of its matter";
        named.or_else(|| self.only_matter(self.span(statement), help, "file"))
    }

    pub(super) fn matter_of_track(&self, track: &Name) -> Option<usize> {
        self.names.tracks.get(&track.text).map(|track| self.book.tracks[*track].matter)
    }

    /// The only matter of the document; an error if there are several, unless an unreadable clause that begins with `word` may say which.
    pub(super) fn only_matter(&mut self, span: Span, help: &str, word: &str) -> Option<usize> {
        if self.book.matters.len() > 1 && !self.is_broken(word) {
            self.error("E003", span, "this law has several matters: say which is meant").help.push(help.to_owned());
        }
        (!self.book.matters.is_empty()).then_some(0)
    }

    fn matter_of_measure(&self, measure: &Name) -> Option<usize> {
        let starts = self.document.statements.iter().filter_map(|statement| match &statement.body {
            Body::Measure { name, starts, .. } if name.text == measure.text => Some(starts),
            _ => None,
        });
        let mut tracks = starts.flatten().filter_map(|start| self.names.tracks.get(&start.on.track.text));
        tracks.next().map(|track| self.book.tracks[*track].matter)
    }

    pub(super) fn remedy(&mut self, statement: &Statement, written: &WrittenRemedy) {
        let against: Vec<usize> = written.against.iter().filter_map(|name| self.measure(name)).collect();
        let Some(index) = self.names.remedies.get(&written.name.text).copied() else { return };
        let cite = self.cite(statement, None, self.span(statement), None);
        // A second one of the name has been refused.
        if self.book.remedies[index].cite != cite {
            return;
        }
        let matter = Some(self.book.tracks[self.book.remedies[index].track].matter);
        let file_within = written.file.as_ref().and_then(|file| self.deadline(statement, file, matter, true, None));
        let what = format!("the time to decide of remedy `{}`", written.name.text);
        let decide_within =
            written.decide.as_ref().and_then(|decide| self.deadline(statement, decide, matter, true, Some(&what)));
        let only_after = written.only_after.as_ref().and_then(|(name, state)| self.only_after(name, state, matter));
        let (mut suspended, mut suspended_events) = (Vec::new(), Vec::new());
        let mut suspends = None;
        if let Some(Suspension::Some { what, guard, .. }) = &written.suspends {
            suspends = Some(self.guard(guard.as_ref(), matter, self.span(statement)));
            for one in what {
                self.suspended(one.as_ref(), &against, &mut suspended, &mut suspended_events);
            }
        }
        let remedy = &mut self.book.remedies[index];
        *remedy = Remedy {
            against,
            only_after,
            file_within,
            decide_within,
            suspends,
            suspended,
            suspended_events,
            ..remedy.clone()
        };
    }

    fn only_after(&mut self, name: &Name, state: &Name, matter: Option<usize>) -> Option<OnlyAfter> {
        const ENDS: &[&str] = &["decided", "granted", "rejected", "final"];
        let remedy = self.remedy_named(name)?;
        if !ENDS.contains(&state.text.as_str()) {
            self.unknown(state, "end of a remedy", ENDS);
            return None;
        }
        let (_, states) = self.states_named(name, std::slice::from_ref(state), matter)?;
        Some(OnlyAfter { remedy, states })
    }

    fn suspended(
        &mut self,
        name: Option<&Name>,
        against: &[usize],
        measures: &mut Vec<usize>,
        events: &mut Vec<Event>,
    ) {
        match name.map(|name| (name, Event::from_word(&name.text))) {
            None => measures.extend(against),
            Some((_, Some(event))) => events.push(event),
            Some((name, None)) => {
                let known = self.names.measures.get(&name.text).copied();
                if known.is_none() {
                    let mut words: Vec<String> = self.names.measures.keys().cloned().collect();
                    words.extend(Event::ALL.iter().map(|event| event.word().to_owned()));
                    let words: Vec<&str> = words.iter().map(String::as_str).collect();
                    self.unknown(name, "measure of this law and no event", &words);
                }
                measures.extend(known);
            }
        }
    }

    /// The rules of every remedy, behind those of the document.
    pub(super) fn rules_of_remedies(&mut self) {
        for remedy in &self.book.remedies {
            let filing = remedy.filing(&self.book.remedies);
            self.book.rules.extend(remedy.rules(&filing));
        }
    }

    /// The guard of every rule on a suspended event gets `and not` the suspension.
    pub(super) fn suspend_events(&mut self) {
        for remedy in self.book.remedies.clone() {
            let Some(guard) = &remedy.suspends else { continue };
            let suspends = Test::State { track: remedy.track, states: remedy.suspending_states(), is: true };
            let free = every(guard.0.iter().map(|tests| opposites(tests.iter().chain([&suspends]))).collect());
            let matter = self.book.tracks[remedy.track].matter;
            for index in 0..self.book.rules.len() {
                let rule = &self.book.rules[index];
                let Trigger::Event(event) = rule.trigger else { continue };
                if self.book.tracks[rule.track].matter == matter && remedy.suspended_events.contains(&event) {
                    self.keep_off(index, &free);
                }
            }
        }
    }

    fn keep_off(&mut self, rule: usize, free: &Alternatives) {
        let new = every(vec![any(vec![self.book.rules[rule].guard.0.clone()]), free.clone()]);
        if new.len() >= MAX_ALTERNATIVES {
            let span = self.document.span_of(&self.book.rules[rule].cite).unwrap_or(self.start());
            let message = format!("with what suspends it this guard has more than {MAX_ALTERNATIVES} alternatives");
            self.error("E008", span, message).help.push("split the rule".to_owned());
        }
        self.book.rules[rule].guard = Guard(new);
    }

    /// `while … does not run`: every rule is known by now.
    pub(super) fn tollings(&mut self) {
        let document = self.document;
        for statement in &document.statements {
            let Body::While { subject, values, rules } = &statement.body else { continue };
            let cite = self.cite(statement, None, self.span(statement), Some("`while`"));
            let Some(test) = self.tolling_test(subject, values) else { continue };
            let rules = rules.iter().filter_map(|rule| self.tolled(rule, &test)).collect();
            self.book.tollings.push(Tolling { test, rules, cite });
        }
    }

    fn tolling_test(&mut self, subject: &Name, values: &[Name]) -> Option<Test> {
        let Some(condition) = self.names.conditions.get(&subject.text).copied() else {
            if !self.names.tracks.contains_key(&subject.text) {
                let known: Vec<String> =
                    self.names.conditions.keys().chain(self.names.tracks.keys()).cloned().collect();
                let known: Vec<&str> = known.iter().map(String::as_str).collect();
                self.unknown(subject, "condition or track of this law", &known);
                return None;
            }
            let (track, states) = self.states_named(subject, values, None)?;
            return Some(Test::State { track, states, is: true });
        };
        if let Some(second) = values.get(1) {
            self.error("E003", second.span, "a condition is `yes` or `no`");
        }
        let is = self.yes_or_no(values.first()?)?;
        Some(Test::Condition { condition, is })
    }

    /// A rule whose period may be kept from running.
    fn tolled(&mut self, name: &Name, test: &Test) -> Option<usize> {
        let Some(index) = self.book.rules.iter().position(|rule| rule.name == name.text) else {
            let rules = self.book.rules.iter().map(|rule| rule.name.clone());
            // Names with a full stop are those of rules that nobody wrote.
            let known: Vec<String> = rules.filter(|rule| !rule.contains('.')).collect();
            let known: Vec<&str> = known.iter().map(String::as_str).collect();
            self.unknown(name, "rule of this law", &known);
            return None;
        };
        let rule = &self.book.rules[index];
        if let Test::State { track, .. } = test
            && self.book.tracks[*track].matter != self.book.tracks[rule.track].matter
        {
            self.another_matter(&name.text, name.span);
            return None;
        }
        let fits = match rule.trigger {
            Trigger::Period { period, after, .. } => {
                let has_days = period.parameter.is_some() || period.count > 0;
                let is_fixed = !matches!(after, Anchor::WindowStart(_) | Anchor::WindowEnd(_));
                has_days && is_fixed && !self.depends_on_days_off(period)
            }
            Trigger::Event(_) => false,
        };
        if !fits {
            let help = "a period of one or more days, months or years after an event, an entry, a date or a start can; not one that rolls";
            self.error("E003", name.span, format!("the period of `{}` cannot be kept from running", name.text))
                .help
                .push(help.to_owned());
        }
        fits.then_some(index)
    }

    fn depends_on_days_off(&self, period: Period) -> bool {
        let counting = &self.book.counting;
        match period.unit {
            Unit::Hours | Unit::WorkingDays => true,
            Unit::Days => counting.days.as_ref().is_some_and(|days| days.roll.is_some()),
            Unit::Months | Unit::Years => counting.months.as_ref().is_some_and(|months| months.roll.is_some()),
        }
    }
}

/// The opposites of all these tests, each as an alternative of its own.
pub(super) fn opposites<'t>(tests: impl IntoIterator<Item = &'t Test>) -> Alternatives {
    tests.into_iter().flat_map(Test::negations).map(|test| vec![test]).collect()
}
